# SPDX-License-Identifier: GPL-2.0-or-later
"""No personal value of any definition is left in a redacted message, and the rest is as before."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from ipaddress import IPv4Address, IPv6Address
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qmiprobe._arrays import Sequenced
from qmiprobe._message import Message, Struct
from qmiprobe._redact import mask_runs
from qmiprobe.mbim import _codec as mbim
from qmiprobe.mbim._buffer import MbimTlv
from qmiprobe.mbim._header import Packet, split
from qmiprobe.mbim._redact import redact as redact_mbim
from qmiprobe.mbim.services import basic_connect
from qmiprobe.mbim.services.qmi import MsgSet
from qmiprobe.qmi import _codec as qmi
from qmiprobe.qmi._redact import redact as redact_qmi
from qmiprobe.qmi._sdu import Header
from qmiprobe.qmi.services import dms, nas
from qmiprobe.qmi.services._shared import Error
from tests.core.test_round_trips import mbim_packet, qmi_header
from tests.core.values import Maker, mbim_classes, qmi_classes

IMSI, IMEI = "001010123456789", "001060123456789"


def _pairs(before: Struct, after: Struct, personal: bool) -> Iterator[tuple[bool, object, object]]:
    """Return each value before and after, and whether it is personal."""
    for (field, old), (_, new) in zip(before.public(), after.public(), strict=True):
        yield from _values(old, new, personal or field.personal)


def _values(old: object, new: object, personal: bool) -> Iterator[tuple[bool, object, object]]:
    if isinstance(old, Struct) and isinstance(new, Struct):
        yield from _pairs(old, new, personal)
    elif isinstance(old, Sequenced) and isinstance(new, Sequenced):
        yield from _values(old.items, new.items, personal)
    elif isinstance(old, list) and isinstance(new, list) and not isinstance(old, bytes):
        assert len(old) == len(new)
        for one, other in zip(old, new, strict=True):
            yield from _values(one, other, personal)
    else:
        yield personal, old, new


def _is_masked(value: object) -> bool:
    if isinstance(value, str):
        return not set(value) - set("0X+-")
    if isinstance(value, bytes):
        return not any(value)
    if isinstance(value, MbimTlv):
        return not any(value.data)
    if isinstance(value, (IPv4Address, IPv6Address)):
        return not int(value)
    return not value


def _check(before: Message | None, after: Message | None) -> int:
    """Hold a message against its redacted form; return how many personal values it had."""
    assert before is not None
    assert type(after) is type(before)
    found = 0
    for personal, old, new in _pairs(before, after, False):
        if personal:
            assert _is_masked(new), type(before)
            found += old is not None
        elif not isinstance(old, MbimTlv):
            assert new == old, type(before)
    return found


def test_no_personal_value_of_any_qmi_definition_is_left():
    found = 0
    for seed, cls in enumerate(qmi_classes()):
        random = Random(seed)
        body, result = Maker(random, full=True).message(cls)
        data = qmi.encode(qmi_header(body, random), body, result=result)
        vendor = getattr(cls, "vendor", None)
        redacted = redact_qmi(data, vendor=vendor)
        assert len(redacted) == len(data)
        found += _check(
            qmi.decode(data, vendor=vendor).body, qmi.decode(redacted, vendor=vendor).body
        )
        assert redact_qmi(redacted, vendor=vendor) == redacted
    assert found > 130


def test_no_personal_value_of_any_mbim_definition_is_left():
    found = 0
    for seed, (entry, cls) in enumerate(mbim_classes()):
        random = Random(seed)
        body, _ = Maker(random, full=True).message(cls)
        data = mbim.encode(mbim_packet(entry, random), body)
        redacted = redact_mbim(data, mbimex=entry.mbimex)
        assert len(redacted) == len(data)
        before = mbim.decode(data, mbimex=entry.mbimex).body
        found += _check(before, mbim.decode(redacted, mbimex=entry.mbimex).body)
        assert redact_mbim(redacted, mbimex=entry.mbimex) == redacted
    assert found > 100


def _get_ids() -> bytes:
    body = dms.GetIdsResponse(imei=IMEI, esn="80112233")
    header = Header(
        service=2, client=1, transaction=1, message_id=body.id, kind="response", from_service=True
    )
    return qmi.encode(header, body)


def test_a_serial_number_is_zeros_of_the_same_length():
    message = qmi.decode(redact_qmi(_get_ids()))
    assert isinstance(message.body, dms.GetIdsResponse)
    assert message.body.imei == "0" * 15
    assert message.result == qmi.Result(True, Error(0))


def test_a_tlv_that_no_definition_has_loses_its_long_numbers():
    wide = IMSI.encode("utf-16-le")
    tlv = b"a" + IMSI.encode() + b" 1234567 " + wide
    data = qmi.decode(_get_ids())
    frame = qmi.encode(data.header, data.body, extra=b"\xf0" + len(tlv).to_bytes(2, "little") + tlv)
    kept = qmi.decode(redact_qmi(frame)).unknown[0xF0]
    assert kept == b"a" + b"0" * 15 + b" 1234567 " + ("0" * 15).encode("utf-16-le")


def test_a_message_that_no_definition_has_loses_its_long_numbers():
    header = Header(
        service=0xE9, client=1, transaction=1, message_id=0x5555, kind="response", from_service=True
    )
    tlv = b"\x10" + len(IMEI).to_bytes(2, "little") + IMEI.encode()
    frame = qmi.encode(header, None, extra=tlv)
    assert IMEI.encode() not in redact_qmi(frame)
    assert qmi.decode(redact_qmi(frame)).header == header


def test_a_personal_tlv_that_cannot_be_read_is_masked_as_a_whole():
    header = Header(
        service=3, client=1, transaction=1, message_id=nas.GetCellLocationInfoResponse.id,
        kind="response", from_service=True,
    )  # fmt: skip
    tlv = b"\x13\x05\x00\x01\x11\x22\x33\x44"  # ends inside a cell's numbers
    redacted = redact_qmi(qmi.encode(header, None, extra=tlv))
    assert redacted.endswith(b"\x13\x05\x00" + bytes(5))


def test_what_is_no_message_loses_its_long_numbers():
    for redact in (redact_qmi, redact_mbim):
        assert redact(b"\r\n+CIMI: " + IMSI.encode()) == b"\r\n+CIMI: " + b"0" * 15
    assert mask_runs(b"1234567 12345678") == b"1234567 00000000"


def _tunnelled(qmux: bytes) -> bytes:
    packet = Packet(kind="command", transaction=1, value=1, service=MsgSet.service, cid=1)
    return mbim.encode(packet, MsgSet(qmux=qmux))


def test_qmi_inside_mbim_is_redacted_by_what_knows_qmi():
    redacted = redact_mbim(_tunnelled(_get_ids()), inner=redact_qmi)
    assert redacted == _tunnelled(redact_qmi(_get_ids()))


@pytest.mark.parametrize("inner", [None, lambda data: data + b"x"], ids=["none", "a broken one"])
def test_qmi_inside_mbim_that_nobody_can_redact_is_gone(inner: Callable[[bytes], bytes] | None):
    redacted = redact_mbim(_tunnelled(_get_ids()), inner=inner)
    assert redacted == _tunnelled(bytes(len(_get_ids())))


def test_a_fragment_keeps_its_header_only():
    body = basic_connect.SubscriberReadyStatusResponse(
        ready_state=basic_connect.SubscriberReadyState.INITIALIZED, subscriber_id=IMSI,
        sim_icc_id="8988211000000000001", ready_info=basic_connect.ReadyInfo(0),
        telephone_numbers=["+15550100"],
    )  # fmt: skip
    packet = Packet(kind="command-done", transaction=7, service=body.service, cid=body.id)
    for fragment in split(mbim.encode(packet, body), 64):
        redacted = redact_mbim(fragment)
        before, after = mbim.decode(fragment).packet, mbim.decode(redacted).packet
        assert after == replace(before, buffer=bytes(len(before.buffer)))


def test_a_refusals_buffer_that_means_nothing_is_gone():
    packet = Packet(
        kind="command-done", transaction=7, value=2,
        service=basic_connect.SubscriberReadyStatusQuery.service, cid=2, buffer=b"secret",
    )  # fmt: skip
    assert redact_mbim(mbim.encode(packet, None)).endswith(bytes(6))


def test_bytes_that_nothing_refers_to_lose_their_long_numbers():
    body = basic_connect.RadioStateSet(radio_state=basic_connect.RadioSwitchState.ON)
    packet = Packet(kind="command", transaction=1, value=1, service=body.service, cid=body.id)
    buffer = b"\1\0\0\0" + IMSI[:12].encode("utf-16-le")
    data = mbim.encode(replace(packet, buffer=buffer), None)
    assert redact_mbim(data).endswith(("0" * 12).encode("utf-16-le"))


@given(st.binary(max_size=200))
@settings(derandomize=True, max_examples=300, deadline=None)
def test_redaction_never_raises_and_never_changes_the_length(data: bytes):
    for redact in (redact_qmi, redact_mbim):
        assert len(redact(data)) == len(data)
