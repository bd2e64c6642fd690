# SPDX-License-Identifier: GPL-2.0-or-later
"""From recorded bytes to meaning: protocols, redaction, versions, QMI inside MBIM, titles."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qmiprobe.capture import (
    Captured,
    Decoder,
    Protocol,
    protocol_of,
    read_messages,
    redact,
    title,
)
from qmiprobe.errors import DecodeError
from qmiprobe.mbim._header import Packet, build, split
from qmiprobe.mbim.services import basic_connect, ms_basic_connect_extensions, qmi
from qmiprobe.qmi.services import dms
from tests.capture.messages import (
    GET_IDS_ANSWER,
    GET_IDS_REQUEST,
    IMEI,
    OPEN,
    OPEN_DONE,
    RADIO_STATE,
    RADIO_STATE_QUERY,
    UNDEFINED,
    assert_valid,
    mbim_message,
    qmi_message,
    unhex,
)

PERSONAL = (IMEI, IMEI.encode().hex(), IMEI.encode("utf-16-le").hex())


def item(text: str | bytes, protocol: Protocol | None = None) -> Captured:
    data = unhex(text) if isinstance(text, str) else text
    return Captured(data=data, protocol=protocol)


@pytest.mark.parametrize(
    ("text", "protocol"),
    [
        (GET_IDS_REQUEST, "qmi"),
        (GET_IDS_ANSWER, "qmi"),
        ("01", "qmi"),
        ("01 00", "qmi"),
        (OPEN, "mbim"),
        (OPEN_DONE, "mbim"),
        (RADIO_STATE, "mbim"),
    ],
)
def test_the_first_bytes_tell_the_protocol(text: str, protocol: str):
    assert protocol_of(unhex(text)) == protocol


@pytest.mark.parametrize("text", ["", "00", "02", "05000000", "ff010c00"])
def test_bytes_that_begin_like_neither_are_said_to(text: str):
    with pytest.raises(DecodeError):
        protocol_of(unhex(text))
    found = Decoder().decode(item(text))
    assert (found.protocol, found.message) == (None, None)
    assert_valid(found.json())


def test_the_callers_protocol_counts_where_the_record_says_none():
    (found,) = read_messages([GET_IDS_REQUEST.encode()], protocol="mbim")[1]
    assert found.protocol == "mbim"
    assert Decoder().decode(found).protocol == "mbim"


def test_personal_values_are_masked_everywhere_unless_they_are_wanted():
    caps = basic_connect.DeviceCapsResponse.blank(device_id=IMEI, firmware_info="1.0")
    for data in (unhex(GET_IDS_ANSWER), mbim_message(caps)):
        masked = json.dumps(Decoder().decode(item(data)).json())
        kept = json.dumps(Decoder(keep_personal=True).decode(item(data)).json())
        assert not any(one in masked for one in PERSONAL)
        assert IMEI in kept
        assert any(one in kept for one in PERSONAL[1:])


def test_masking_changes_nothing_else():
    for text in (GET_IDS_ANSWER, RADIO_STATE):
        masked, kept = (Decoder(keep_personal=keep).decode(item(text)) for keep in (False, True))
        assert len(masked.raw) == len(kept.raw)
        assert masked.json().keys() == kept.json().keys()
        assert masked.json()["notes"] == kept.json()["notes"]


def test_digits_of_an_undecodable_message_are_masked():
    cut = unhex(GET_IDS_ANSWER)[:-1]
    found = Decoder().decode(item(cut))
    assert found.error is not None
    assert IMEI[:-1].encode() not in found.raw
    assert len(found.raw) == len(cut)
    assert Decoder(keep_personal=True).decode(item(cut)).raw == cut


def test_digits_in_a_fragment_are_masked():
    caps = basic_connect.DeviceCapsResponse.blank(device_id=IMEI)
    for part in split(mbim_message(caps), 128):
        assert IMEI.encode("utf-16-le") not in Decoder().decode(item(part)).raw


def test_a_qmi_message_inside_mbim_is_decoded_and_masked_too():
    inside = unhex(GET_IDS_ANSWER)
    data = mbim_message(qmi.MsgResponse(qmux=inside))
    found = Decoder().decode(item(data))
    assert found.inner is not None
    document = found.json()
    assert_valid(document)
    assert_valid(document["inner"])
    assert found.inner.json()["message"] == "get-ids"
    assert found.inner.direction == "from-device"
    assert not any(one in json.dumps(document) for one in PERSONAL)
    kept = Decoder(keep_personal=True).decode(item(data))
    assert kept.inner is not None
    assert kept.inner.raw == inside


def test_noise_inside_mbim_is_an_error_inside():
    data = mbim_message(qmi.MsgNotification(qmux=b"\x01\x02"))
    found = Decoder().decode(item(data))
    assert found.error is None
    assert found.inner is not None
    assert found.inner.error is not None
    assert not found.is_sound
    assert_valid(found.json()["inner"])


_NUMBERS = {"mbim_version": 0x0100, "mbim_extended_version": 0x0300}
VERSION_3 = mbim_message(ms_basic_connect_extensions.VersionResponse(**_NUMBERS))
QUERY_3 = mbim_message(ms_basic_connect_extensions.VersionQuery(**_NUMBERS))


def _mbimex(decoder: Decoder, *items: str | bytes) -> object:
    found = [decoder.decode(item(one)) for one in items]
    return found[-1].json()["mbimex"]


def test_an_agreement_in_the_record_holds_until_the_next_open():
    follow = Decoder(follow=True, mbimex="2.0")
    assert _mbimex(follow, RADIO_STATE) == "2.0"
    assert _mbimex(follow, OPEN_DONE, RADIO_STATE) == "1.0"
    assert _mbimex(follow, QUERY_3, RADIO_STATE) == "1.0"
    assert _mbimex(follow, VERSION_3, RADIO_STATE) == "3.0"
    assert _mbimex(follow, OPEN_DONE, RADIO_STATE) == "1.0"


def test_a_refused_agreement_changes_nothing():
    refused = build(
        Packet(
            kind="command-done",
            transaction=3,
            value=9,
            service=ms_basic_connect_extensions.VersionResponse.service,
            cid=15,
        )
    )
    assert _mbimex(Decoder(follow=True, mbimex="2.0"), refused, RADIO_STATE) == "2.0"


def test_lines_of_unknown_origin_do_not_tell_of_each_other():
    assert _mbimex(Decoder(), VERSION_3, RADIO_STATE) == "1.0"


def test_a_vendor_chooses_among_definitions():
    data = qmi_message(dms.SwiGetCurrentFirmware())
    named = Decoder(vendor=0x1199).decode(item(data))
    assert named.json()["message"] == "swi-get-current-firmware"


@pytest.mark.parametrize(
    ("text", "protocol", "said"),
    [
        (GET_IDS_REQUEST, "qmi", "dms get-ids request"),
        (GET_IDS_ANSWER, "qmi", "dms get-ids response"),
        (UNDEFINED, "qmi", "fox 0x0001 request"),
        (UNDEFINED.replace("e3", "70"), "qmi", "0x70 0x0001 request"),
        (OPEN, "mbim", "open"),
        (OPEN_DONE, "mbim", "open-done"),
        (RADIO_STATE, "mbim", "basic-connect radio-state response"),
        (RADIO_STATE_QUERY, "mbim", "basic-connect radio-state query"),
        (
            RADIO_STATE.replace("a289cc33", "a289cc34"),
            "mbim",
            "a289cc34-bcbb-8b4f-b6b0-133ec2aae6df 3 response",
        ),
        ("ffff", "qmi", None),
        ("ffff", "mbim", None),
    ],
)
def test_titles_are_told_by_the_header(text: str, protocol: Protocol, said: str | None):
    assert title(unhex(text), protocol=protocol) == said


def test_titles_of_fragments_count_them():
    parts = list(split(unhex(RADIO_STATE), 48))
    assert [title(one, protocol="mbim") for one in parts] == [
        "basic-connect radio-state response, fragment 1 of 2",
        "response, fragment 2 of 2",
    ]


@given(st.binary(max_size=120), st.sampled_from(["qmi", "mbim", None]), st.booleans())
def test_any_bytes_are_decoded_to_a_valid_object(
    data: bytes, protocol: Protocol | None, keep: bool
):
    found = Decoder(keep_personal=keep, follow=True).decode(item(data, protocol))
    assert_valid(found.json())
    assert len(found.raw) == len(data)
    assert len(redact(data, protocol=protocol)) == len(data)
    if protocol is not None:
        title(data, protocol=protocol)
