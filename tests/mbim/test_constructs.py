# SPDX-License-Identifier: GPL-2.0-or-later
"""Each construct that MBIM definitions can have, in one real definition, word by word by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from qmiprobe._enums import Uuid
from qmiprobe._message import Message
from qmiprobe._plain import Json, fields_to_json, from_fields
from qmiprobe.errors import DecodeError
from qmiprobe.mbim._buffer import MbimTlv, encode_buffer
from qmiprobe.mbim._codec import MbimMessage, decode, encode
from qmiprobe.mbim._header import Packet
from qmiprobe.mbim.services import (
    auth,
    basic_connect,
    ms_basic_connect_extensions,
    ms_uicc_low_level_access,
    qmi,
    sms,
    stk,
)
from qmiprobe.mbim.services._shared import Status

INTERNET = "7e5e2a7e-4e6f-7272-736b-656e7e5e2a7e"


def laid(*parts: int | str | bytes) -> bytes:
    """Return numbers as words, texts as padded UTF-16, octets as they are."""
    out = b""
    for part in parts:
        if isinstance(part, int):
            out += part.to_bytes(4, "little")
        elif isinstance(part, str):
            wide = part.encode("utf-16-le")
            out += wide + bytes(-len(wide) % 4)
        else:
            out += part
    return out


CASES: list[tuple[str, type[Message], dict[str, Json], bytes]] = [
    (
        "a number with an enum",
        basic_connect.RadioStateSet, {"radio-state": "on"},
        laid(1),
    ),
    (
        "texts by offset and size, padded to four, absent as zeros",
        basic_connect.PinSet,
        {"pin-type": "pin1", "pin-operation": "enter", "pin": "000", "new-pin": ""},
        laid(2, 0, 24, 6, 0, 0, "000"),
    ),
    (
        "numbers of two bytes",
        ms_basic_connect_extensions.VersionQuery,
        {"mbim-version": 0x0100, "mbim-extended-version": 0x0300},
        bytes.fromhex("00010003"),
    ),
    (
        "numbers of eight bytes that are not aligned to eight",
        auth.SimResponse,
        {"sres1": 1, "kc1": 2, "sres2": 3, "kc2": 4, "sres3": 5, "kc3": 6, "n": 3},
        laid(1, 2, 0, 3, 4, 0, 5, 6, 0, 3),
    ),
    (
        "a UUID in the order of its text",
        basic_connect.ConnectQuery,
        {
            "session-id": 1, "activation-state": "unknown", "voice-call-state": "none",
            "ip-type": "default", "context-type": "internet", "nw-error": "none",
        },
        laid(1, 0, 0, 0, bytes.fromhex(INTERNET.replace("-", "")), 0),
    ),
    (
        "octets of a fixed size in place",
        auth.AkaQuery, {"rand": "00" * 15 + "01", "autn": "ff" * 16},
        laid(bytes(15) + b"\1", b"\xff" * 16),
    ),
    (
        "octets by size and offset, the size first",
        ms_uicc_low_level_access.OpenChannelSet,
        {"app-id": "a000000087", "select-p2-arg": 4, "channel-group": 5},
        laid(5, 16, 4, 5, bytes.fromhex("a000000087000000")),
    ),
    (
        "a size and the octets in place",
        stk.TerminalResponseSet, {"response": "0102030405"},
        laid(5, bytes.fromhex("0102030405000000")),
    ),
    (
        "octets up to the end, not padded",
        qmi.MsgSet, {"qmux": "010c0000020900341225000000"},
        bytes.fromhex("010c0000020900341225000000"),
    ),
    (
        "texts behind a count, each by offset and size",
        basic_connect.SubscriberReadyStatusResponse,
        {
            "ready-state": "initialized", "subscriber-id": "001010123456789",
            "sim-icc-id": "", "ready-info": [], "telephone-numbers": ["+15550100", "7"],
        },
        laid(1, 44, 30, 0, 0, 0, 2, 76, 18, 96, 2, "001010123456789", "+15550100", "7"),
    ),
    (
        "structs by offset and size, their offsets from their own start",
        basic_connect.VisibleProvidersResponse,
        {
            "providers": [
                {
                    "provider-id": "00101", "provider-state": ["home"], "provider-name": "T",
                    "cellular-class": ["gsm"], "rssi": 31, "error-rate": 99,
                },
            ],
        },
        laid(1, 12, 48, 32, 10, 1, 44, 2, 1, 31, 99, "00101", "T"),
    ),
    (
        "a struct in place, its offsets from its own start",
        sms.SendSet, {"format": "pdu", "pdu-message": {"pdu-data": "00010001"}},
        laid(0, 8, 4, bytes.fromhex("00010001")),
    ),
    (
        "a list that is there by the format, counted elsewhere",
        sms.ReadResponse,
        {
            "format": "pdu",
            "pdu-messages": [{"message-index": 1, "message-status": "old", "pdu-data": "0102"}],
        },
        laid(0, 1, 16, 20, 1, 1, 16, 2, bytes.fromhex("01020000")),
    ),
    (
        "the other list by the other format",
        sms.ReadResponse, {"format": "cdma", "cdma-messages": []},
        laid(1, 0),
    ),
    (
        "two references that share one size",
        basic_connect.IpPacketFiltersSet,
        {
            "session-id": 1,
            "packet-filters": [{"packet-filter": "0102030405", "packet-mask": "ff" * 5}],
        },
        laid(1, 1, 16, 28, 5, 12, 20, b"\1\2\3\4\5\0\0\0", b"\xff" * 5 + bytes(3)),
    ),
    (
        "numbers in place behind a count",
        basic_connect.DeviceServiceSubscribeListSet,
        {"events": [{"device-service-id": INTERNET, "cids": [1, 15]}]},
        laid(1, 12, 28, bytes.fromhex(INTERNET.replace("-", "")), 2, 1, 15),
    ),
    (
        "addresses by offset and count, and masks of what is there",
        basic_connect.IpConfigurationResponse,
        {
            "session-id": 0,
            "ipv4-addresses": [{"on-link-prefix-length": 30, "ipv4-address": "192.0.2.2"}],
            "ipv4-gateway": "192.0.2.1", "ipv4-dns-servers": ["192.0.2.53", "192.0.2.54"],
            "ipv6-gateway": "2001:db8::1", "ipv4-mtu": 1500,
        },
        laid(
            0, 15, 2, 1, 60, 0, 0, 68, 72, 2, 88, 0, 0, 1500, 0,
            30, bytes([192, 0, 2, 2]), bytes([192, 0, 2, 1]),
            bytes.fromhex("20010db8000000000000000000000001"),
            bytes([192, 0, 2, 53, 192, 0, 2, 54]),
        ),
    ),
    (
        "a struct by offset and size that is not there",
        ms_basic_connect_extensions.BaseStationsInfoResponse,
        {
            "system-type": ["lte"],
            "lte-neighboring-cells": [
                {
                    "provider-id": "00101", "cell-id": 1, "earfcn": 2, "physical-cell-id": 3,
                    "tac": 4, "rsrp": -100, "rsrq": -10,
                },
                {
                    "provider-id": "", "cell-id": 5, "earfcn": 6, "physical-cell-id": 7,
                    "tac": 8, "rsrp": 0, "rsrq": 0,
                },
            ],
        },
        laid(
            0x20, *[0] * 14, 76, 80, 0, 0,
            2,
            32, 10, 1, 2, 3, 4, 0xFFFFFF9C, 0xFFFFFFF6, "00101",
            0, 0, 5, 6, 7, 8, 0, 0,
        ),
    ),
    (
        "a packed list of version 2.0, by offset and size",
        basic_connect.SignalStateResponseEx2,
        {
            "rssi": 31, "error-rate": 99, "signal-strength-interval": 5, "rssi-threshold": 0,
            "error-rate-threshold": 0,
            "rsrp-snr": [
                {
                    "rsrp": 60, "snr": 50, "rsrp-threshold": 0, "snr-threshold": 0,
                    "system-type": ["lte"],
                },
            ],
        },
        laid(31, 99, 5, 0, 0, 28, 24, 1, 60, 50, 0, 0, 0x20),
    ),
    (
        "texts in TLVs of version 3.0, and a list of TLVs up to the end",
        basic_connect.ConnectSetEx3,
        {
            "session-id": 0, "activation-command": "activate", "compression": "none",
            "auth-protocol": "none", "ip-type": "ipv4v6", "context-type": "internet",
            "media-preference": "3gpp", "access-string": "net", "user-name": "",
            "password": "x", "unnamed-ies": [{"type": 13, "data": "2704800000"}],
        },
        laid(
            0, 1, 0, 0, 3, bytes.fromhex(INTERNET.replace("-", "")), 1,
            0x0200000A, 6, "net", 0x0000000A, 0, 0x0200000A, 2, "x",
            0x0300000D, 5, bytes.fromhex("2704800000000000"),
        ),
    ),
    (
        "a boolean of four bytes before a list without TLVs",
        ms_basic_connect_extensions.RegistrationParametersSet,
        {
            "mico-mode": "disabled", "drx-cycle": "not-specified", "ladn-info": "not-needed",
            "default-pdu-activation-hint": "likely", "re-register-if-nedeed": True,
            "unnamed-ies": [],
        },
        laid(0, 0, 0, 1, 1),
    ),
    (
        "UTF-8 text, and a list whose count stands earlier",
        ms_uicc_low_level_access.ApplicationListResponse,
        {
            "version": 1, "active-application-index": 0, "application-list-size-bytes": 44,
            "applications": [
                {
                    "application-type": "usim", "application-id": "a000",
                    "application-name": "ä", "pin-key-reference-count": 1,
                    "pin-key-references": "01",
                },
            ],
        },
        laid(
            1, 1, 0, 44, 24, 44,
            4, 32, 2, 36, 2, 1, 40, 1, b"\xa0\0\0\0", "ä".encode() + bytes(2), b"\1\0\0\0",
        ),
    ),
    (
        "octets as long as their entry says",
        ms_uicc_low_level_access.TerminalCapabilitySet,
        {"terminal-capability": [{"terminal-capability-data": "a90383"}]},
        laid(1, 12, 3, b"\xa9\3\x83\0"),
    ),
]  # fmt: skip


def _packet(cls: type[Message]) -> Packet:
    kinds = {"response": "command-done", "indication": "indicate-status"}
    return Packet(
        kind=kinds.get(cls.kind, "command"),  # type: ignore[arg-type]
        transaction=1,
        value=int(getattr(cls, "direction", "") == "set"),
        service=cls.service,
        cid=cls.id,
    )


@pytest.mark.parametrize(
    ("cls", "fields", "buffer"), [c[1:] for c in CASES], ids=[c[0] for c in CASES]
)
def test_a_construct_word_by_word(cls: type[Message], fields: dict[str, Json], buffer: bytes):
    body = from_fields(cls, fields)
    assert encode_buffer(body).hex(" ", 4) == buffer.hex(" ", 4)
    assert isinstance(body, Message)
    decoded = decode(encode(_packet(cls), body), mbimex=getattr(cls, "mbimex", "1.0"))
    assert decoded.body == body
    assert decoded.notes == ()
    assert decoded.body is not None
    plain = fields_to_json(decoded.body)
    for mask in ("ipv4-available", "ipv6-available"):
        plain.pop(mask, None)
    assert from_fields(cls, plain) == body


def _read(
    cls: type[Message], buffer: bytes, *, mbimex: str | None = "1.0", **other: int
) -> MbimMessage:
    packet = replace(_packet(cls), buffer=buffer, **other)  # type: ignore[arg-type]
    return decode(encode(packet, None), mbimex=mbimex)


def _codes(message: MbimMessage) -> list[str]:
    return [note.code for note in message.notes]


def test_values_that_are_not_aligned_are_read():
    decoded = _read(basic_connect.PinSet, laid(2, 0, 25, 6, 0, 0, b"x", "000"))
    assert isinstance(decoded.body, basic_connect.PinSet)
    assert decoded.body.pin == "000"


def test_a_value_that_the_mask_does_not_announce_does_not_count():
    buffer = laid(0, 0, 0, 0, 0, 0, 0, 60, 0, 0, 0, 0, 0, 1500, 0, bytes([192, 0, 2, 1]))
    decoded = _read(basic_connect.IpConfigurationResponse, buffer)
    assert isinstance(decoded.body, basic_connect.IpConfigurationResponse)
    assert decoded.body.ipv4_gateway is None
    assert decoded.body.ipv4_mtu is None
    assert decoded.body.ipv4_addresses == []
    assert _codes(decoded)[:2] == ["item-without-mask", "item-without-mask"]


def test_a_mask_that_announces_what_is_not_there_leaves_a_note():
    decoded = _read(basic_connect.IpConfigurationResponse, laid(0, 7, 0, *[0] * 12))
    assert isinstance(decoded.body, basic_connect.IpConfigurationResponse)
    assert decoded.body.ipv4_gateway is None
    assert decoded.body.ipv4_available.has(basic_connect.IpConfigurationAvailable.GATEWAY)
    assert _codes(decoded) == ["mask-without-item"] * 3


def test_a_size_at_offset_zero_leaves_a_note():
    decoded = _read(basic_connect.PinSet, laid(2, 0, 0, 6, 0, 0))
    assert isinstance(decoded.body, basic_connect.PinSet)
    assert decoded.body.pin == ""
    assert _codes(decoded) == ["offset-zero"]


def test_an_item_that_is_not_there_is_left_out():
    decoded = _read(basic_connect.VisibleProvidersResponse, laid(1, 0, 0))
    assert isinstance(decoded.body, basic_connect.VisibleProvidersResponse)
    assert decoded.body.providers == []
    assert _codes(decoded) == ["empty-item"]


def test_bytes_behind_the_values_leave_a_note():
    assert _codes(_read(basic_connect.RadioStateSet, laid(1, 7))) == ["trailing-bytes"]
    assert _codes(_read(basic_connect.RadioStateSet, laid(1, b"\0\0\0"))) == []


def test_text_that_is_no_text_is_shown_with_notes():
    odd = _read(basic_connect.PinSet, laid(2, 0, 24, 5, 0, 0, "000"))
    lone = _read(basic_connect.PinSet, laid(2, 0, 24, 4, 0, 0, b"\0\xd8A\0"))
    zeros = _read(basic_connect.PinSet, laid(2, 0, 24, 8, 0, 0, "00", bytes(4)))
    long = _read(basic_connect.PinSet, laid(2, 0, 24, 40, 0, 0, "0" * 20))
    assert [_codes(message) for message in (odd, lone, zeros, long)] == [
        ["odd-utf16"], ["not-utf16"], ["trailing-zeros"], ["too-long"],
    ]  # fmt: skip
    assert isinstance(lone.body, basic_connect.PinSet)
    assert lone.body.pin.endswith("A")


def test_a_tlv_of_another_type_where_text_is_expected_leaves_a_note():
    start = laid(0, 0, 0, 0, bytes(16), 0, 1)
    decoded = _read(basic_connect.ConnectResponseEx3, start + laid(0x0000000D, 4, 7), mbimex="3.0")
    assert _codes(decoded) == ["unknown-tlv"]


def test_a_list_of_tlvs_keeps_types_that_nobody_knows():
    buffer = laid(1, 2, 0x0200BEEF, 2, b"\1\2\0\0")
    decoded = _read(ms_basic_connect_extensions.WakeReasonResponse, buffer)
    assert isinstance(decoded.body, ms_basic_connect_extensions.WakeReasonResponse)
    assert decoded.body.wake_tlv == [MbimTlv(0xBEEF, b"\1\2")]


def test_the_only_layout_that_fits_is_assumed_with_a_note():
    decoded = _read(basic_connect.ConnectQuery, laid(1), mbimex=None)
    assert isinstance(decoded.body, basic_connect.ConnectQueryEx3)
    assert decoded.mbimex == "3.0"
    assert _codes(decoded) == ["assumed-mbimex"]
    whole = _read(basic_connect.ConnectQuery, laid(1, 0, 0, 0, bytes(16), 0), mbimex=None)
    assert (type(whole.body), whole.mbimex, whole.notes) == (basic_connect.ConnectQuery, "1.0", ())


def test_another_version_than_the_negotiated_one_is_read_with_a_note():
    """Another program has changed the version, or the device forgot it."""
    cls = ms_basic_connect_extensions.BaseStationsInfoResponse
    body = from_fields(cls, next(case[2] for case in CASES if case[1] is cls))
    decoded = _read(cls, encode_buffer(body), mbimex="3.0")
    assert decoded.body == body
    assert decoded.mbimex == "1.0"
    assert _codes(decoded) == ["other-mbimex"]


def test_a_shorter_layout_than_the_negotiated_one_is_read_as_cut_short():
    decoded = _read(basic_connect.SignalStateResponseEx2, laid(31, 99, 5, 0, 0), mbimex="2.0")
    assert isinstance(decoded.body, basic_connect.SignalStateResponseEx2)
    assert decoded.body.rssi == 31
    assert _codes(decoded) == ["short"]


@pytest.mark.parametrize("value", [2, 21, 0x87430001])
def test_a_refusal_without_a_buffer_has_a_status_and_no_body(value: int):
    decoded = _read(basic_connect.PinResponse, b"", value=value)
    assert decoded.status == Status(value)
    assert decoded.body is None
    assert decoded.notes == ()


def test_a_refusal_with_its_buffer_is_read():
    decoded = _read(basic_connect.PinResponse, laid(2, 1, 3), value=5)
    assert isinstance(decoded.body, basic_connect.PinResponse)
    assert decoded.body.remaining_attempts == 3
    assert decoded.status == Status.PIN_REQUIRED


def test_a_refusal_whose_buffer_means_nothing_still_counts():
    decoded = _read(basic_connect.PinResponse, b"\1", value=2)
    assert decoded.body is None
    assert decoded.status == Status.FAILURE
    assert _codes(decoded) == ["bad-buffer"]
    with pytest.raises(DecodeError):
        _read(basic_connect.PinResponse, b"\1")


def test_a_status_that_nobody_knows_is_kept_with_a_note():
    decoded = _read(basic_connect.PinResponse, b"", value=0x12345678)
    assert decoded.status == 0x12345678
    assert not Status(0x12345678).known
    assert _codes(decoded) == ["unknown-value"]


def test_a_service_or_command_that_nobody_knows_is_named_by_number():
    stranger = Uuid.from_name("00112233-4455-6677-8899-aabbccddeeff")
    packet = replace(_packet(basic_connect.PinResponse), service=stranger, buffer=b"\1\2\3")
    decoded = decode(encode(packet, None))
    assert (decoded.body, decoded.packet.service.text) == (None, str(stranger))
    packet = replace(_packet(basic_connect.PinResponse), cid=77, buffer=b"\1\2\3")
    assert decode(encode(packet, None)).packet.cid == 77


def test_an_error_of_the_protocol_that_nobody_knows_is_kept_with_a_note():
    decoded = decode(encode(Packet(kind="function-error", transaction=1, value=99), None))
    assert decoded.error == 99
    assert _codes(decoded) == ["unknown-value"]
