# SPDX-License-Identifier: GPL-2.0-or-later
"""Each construct that MBIM definitions can have, in one real definition, word by word by hand."""

from __future__ import annotations

import pytest

from qmiprobe._message import Message
from qmiprobe._plain import Json, fields_to_json, from_fields
from qmiprobe.mbim._buffer import encode_buffer
from qmiprobe.mbim._codec import decode, encode
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


def packet_of(cls: type[Message]) -> Packet:
    """Return a packet for a definition, without its buffer."""
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
    decoded = decode(encode(packet_of(cls), body), mbimex=getattr(cls, "mbimex", "1.0"))
    assert decoded.body == body
    assert decoded.notes == ()
    assert decoded.body is not None
    plain = fields_to_json(decoded.body)
    for mask in ("ipv4-available", "ipv6-available"):
        plain.pop(mask, None)
    assert from_fields(cls, plain) == body
