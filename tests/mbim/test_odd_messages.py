# SPDX-License-Identifier: GPL-2.0-or-later
"""What is odd about MBIM messages: what is made of it, and the notes it leaves."""

from __future__ import annotations

from dataclasses import replace

import pytest

from qmiprobe._enums import Uuid
from qmiprobe._message import Message
from qmiprobe._plain import from_fields
from qmiprobe.errors import DecodeError
from qmiprobe.mbim._buffer import MbimTlv, encode_buffer
from qmiprobe.mbim._codec import MbimMessage, decode, encode
from qmiprobe.mbim._header import Packet
from qmiprobe.mbim.services import basic_connect, ms_basic_connect_extensions
from qmiprobe.mbim.services._shared import Status
from tests.mbim.test_constructs import CASES, laid, packet_of


def read_as(
    cls: type[Message], buffer: bytes, *, mbimex: str | None = "1.0", **other: int
) -> MbimMessage:
    packet = replace(packet_of(cls), buffer=buffer, **other)  # type: ignore[arg-type]
    return decode(encode(packet, None), mbimex=mbimex)


def codes_of(message: MbimMessage) -> list[str]:
    return [note.code for note in message.notes]


def test_values_that_are_not_aligned_areread_as():
    decoded = read_as(basic_connect.PinSet, laid(2, 0, 25, 6, 0, 0, b"x", "000"))
    assert isinstance(decoded.body, basic_connect.PinSet)
    assert decoded.body.pin == "000"


def test_a_value_that_the_mask_does_not_announce_does_not_count():
    buffer = laid(0, 0, 0, 0, 0, 0, 0, 60, 0, 0, 0, 0, 0, 1500, 0, bytes([192, 0, 2, 1]))
    decoded = read_as(basic_connect.IpConfigurationResponse, buffer)
    assert isinstance(decoded.body, basic_connect.IpConfigurationResponse)
    assert decoded.body.ipv4_gateway is None
    assert decoded.body.ipv4_mtu is None
    assert decoded.body.ipv4_addresses == []
    assert codes_of(decoded)[:2] == ["item-without-mask", "item-without-mask"]


def test_a_mask_that_announces_what_is_not_there_leaves_a_note():
    decoded = read_as(basic_connect.IpConfigurationResponse, laid(0, 7, 0, *[0] * 12))
    assert isinstance(decoded.body, basic_connect.IpConfigurationResponse)
    assert decoded.body.ipv4_gateway is None
    assert decoded.body.ipv4_available.has(basic_connect.IpConfigurationAvailable.GATEWAY)
    assert codes_of(decoded) == ["mask-without-item"] * 3


def test_a_size_at_offset_zero_leaves_a_note():
    decoded = read_as(basic_connect.PinSet, laid(2, 0, 0, 6, 0, 0))
    assert isinstance(decoded.body, basic_connect.PinSet)
    assert decoded.body.pin == ""
    assert codes_of(decoded) == ["offset-zero"]


def test_an_item_that_is_not_there_is_left_out():
    decoded = read_as(basic_connect.VisibleProvidersResponse, laid(1, 0, 0))
    assert isinstance(decoded.body, basic_connect.VisibleProvidersResponse)
    assert decoded.body.providers == []
    assert codes_of(decoded) == ["empty-item"]


def test_bytes_behind_the_values_leave_a_note():
    assert codes_of(read_as(basic_connect.RadioStateSet, laid(1, 7))) == ["trailing-bytes"]
    assert codes_of(read_as(basic_connect.RadioStateSet, laid(1, b"\0\0\0"))) == []


def test_text_that_is_no_text_is_shown_with_notes():
    odd = read_as(basic_connect.PinSet, laid(2, 0, 24, 5, 0, 0, "000"))
    lone = read_as(basic_connect.PinSet, laid(2, 0, 24, 4, 0, 0, b"\0\xd8A\0"))
    zeros = read_as(basic_connect.PinSet, laid(2, 0, 24, 8, 0, 0, "00", bytes(4)))
    long = read_as(basic_connect.PinSet, laid(2, 0, 24, 40, 0, 0, "0" * 20))
    assert [codes_of(message) for message in (odd, lone, zeros, long)] == [
        ["odd-utf16"], ["not-utf16"], ["trailing-zeros"], ["too-long"],
    ]  # fmt: skip
    assert isinstance(lone.body, basic_connect.PinSet)
    assert lone.body.pin.endswith("A")


def test_a_tlv_of_another_type_where_text_is_expected_leaves_a_note():
    start = laid(0, 0, 0, 0, bytes(16), 0, 1)
    decoded = read_as(
        basic_connect.ConnectResponseEx3, start + laid(0x0000000D, 4, 7), mbimex="3.0"
    )
    assert codes_of(decoded) == ["unknown-tlv"]


def test_a_list_of_tlvs_keeps_types_that_nobody_knows():
    buffer = laid(1, 2, 0x0200BEEF, 2, b"\1\2\0\0")
    decoded = read_as(ms_basic_connect_extensions.WakeReasonResponse, buffer)
    assert isinstance(decoded.body, ms_basic_connect_extensions.WakeReasonResponse)
    assert decoded.body.wake_tlv == [MbimTlv(0xBEEF, b"\1\2")]


def test_the_only_layout_that_fits_is_assumed_with_a_note():
    decoded = read_as(basic_connect.ConnectQuery, laid(1), mbimex=None)
    assert isinstance(decoded.body, basic_connect.ConnectQueryEx3)
    assert decoded.mbimex == "3.0"
    assert codes_of(decoded) == ["assumed-mbimex"]
    whole = read_as(basic_connect.ConnectQuery, laid(1, 0, 0, 0, bytes(16), 0), mbimex=None)
    assert (type(whole.body), whole.mbimex, whole.notes) == (basic_connect.ConnectQuery, "1.0", ())


def test_another_version_than_the_negotiated_one_is_read_with_a_note():
    """Another program has changed the version, or the device forgot it."""
    cls = ms_basic_connect_extensions.BaseStationsInfoResponse
    body = from_fields(cls, next(case[2] for case in CASES if case[1] is cls))
    decoded = read_as(cls, encode_buffer(body), mbimex="3.0")
    assert decoded.body == body
    assert decoded.mbimex == "1.0"
    assert codes_of(decoded) == ["other-mbimex"]


def test_a_shorter_layout_than_the_negotiated_one_is_read_as_cut_short():
    decoded = read_as(basic_connect.SignalStateResponseEx2, laid(31, 99, 5, 0, 0), mbimex="2.0")
    assert isinstance(decoded.body, basic_connect.SignalStateResponseEx2)
    assert decoded.body.rssi == 31
    assert codes_of(decoded) == ["short"]


@pytest.mark.parametrize("value", [2, 21, 0x87430001])
def test_a_refusal_without_a_buffer_has_a_status_and_no_body(value: int):
    decoded = read_as(basic_connect.PinResponse, b"", value=value)
    assert decoded.status == Status(value)
    assert decoded.body is None
    assert decoded.notes == ()


def test_a_refusal_with_its_buffer_isread_as():
    decoded = read_as(basic_connect.PinResponse, laid(2, 1, 3), value=5)
    assert isinstance(decoded.body, basic_connect.PinResponse)
    assert decoded.body.remaining_attempts == 3
    assert decoded.status == Status.PIN_REQUIRED


def test_a_refusal_whose_buffer_means_nothing_still_counts():
    decoded = read_as(basic_connect.PinResponse, b"\1", value=2)
    assert decoded.body is None
    assert decoded.status == Status.FAILURE
    assert codes_of(decoded) == ["bad-buffer"]
    with pytest.raises(DecodeError):
        read_as(basic_connect.PinResponse, b"\1")


def test_a_status_that_nobody_knows_is_kept_with_a_note():
    decoded = read_as(basic_connect.PinResponse, b"", value=0x12345678)
    assert decoded.status == 0x12345678
    assert not Status(0x12345678).known
    assert codes_of(decoded) == ["unknown-value"]


def test_a_service_or_command_that_nobody_knows_is_named_by_number():
    stranger = Uuid.from_name("00112233-4455-6677-8899-aabbccddeeff")
    packet = replace(packet_of(basic_connect.PinResponse), service=stranger, buffer=b"\1\2\3")
    decoded = decode(encode(packet, None))
    assert (decoded.body, decoded.packet.service.text) == (None, str(stranger))
    packet = replace(packet_of(basic_connect.PinResponse), cid=77, buffer=b"\1\2\3")
    assert decode(encode(packet, None)).packet.cid == 77


def test_an_error_of_the_protocol_that_nobody_knows_is_kept_with_a_note():
    decoded = decode(encode(Packet(kind="function-error", transaction=1, value=99), None))
    assert decoded.error == 99
    assert codes_of(decoded) == ["unknown-value"]
