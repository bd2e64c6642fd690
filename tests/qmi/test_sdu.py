# SPDX-License-Identifier: GPL-2.0-or-later
"""QMUX frames: what is refused, with the byte that is at fault, and headers there and back."""

from __future__ import annotations

import pytest

from qmiprobe.errors import DecodeError, EncodeError
from qmiprobe.qmi._codec import decode
from qmiprobe.qmi._sdu import Header, Kind, build, parse_header, parse_tlvs

GET_IDS = "010c00000209003412 25000000"


@pytest.mark.parametrize(
    ("text", "said", "offset"),
    [
        ("", "0 bytes are no QMUX frame", 0),
        ("0105000001", "5 bytes are no QMUX frame", 5),
        ("030c00000209003412 25000000", "QMUX marker is 0x03", 0),
        ("020c00020009003412 25000000", "QMUX marker is 0x02, but service 0x02 is no wide", 0),
        ("020d00900109003412 25000000", "QMUX length says 14 bytes, there are 13", 1),
        ("020c00900109083412 25000000", "SDU flags are 0x08", 6),
        ("020c00900109003412 25000100", "TLV length says 1 bytes, there are 0", 11),
        ("020b009001090034122500", "11 bytes are no QMUX frame|marker is 0x02", 0),
        ("010d00000209003412 25000000", "QMUX length says 14 bytes, there are 13", 1),
        ("010c00400209003412 25000000", "QMUX flags are 0x40", 3),
        ("010c00000209083412 25000000", "SDU flags are 0x08", 6),
        ("010b00000009030127000000", "SDU flags are 0x03", 6),
        ("010c00000209003412 25000100", "TLV length says 1 bytes, there are 0", 11),
        ("0108000002090000 00", "3 bytes are no SDU header", 6),
    ],
)
def test_a_frame_that_is_none_is_refused_at_the_byte_at_fault(text: str, said: str, offset: int):
    with pytest.raises(DecodeError, match=said) as caught:
        parse_header(bytes.fromhex(text))
    assert caught.value.offset == offset


@pytest.mark.parametrize("service", [0, 1, 0xE3])
@pytest.mark.parametrize("kind", ["request", "response", "indication"])
@pytest.mark.parametrize("from_service", [False, True])
def test_a_header_is_the_same_after_a_round_trip(service: int, kind: Kind, from_service: bool):
    header = Header(
        service=service, client=7, transaction=200, message_id=0xFF00, kind=kind,
        from_service=from_service, compound=service != 0,
    )  # fmt: skip
    frame = build(header, b"\x10\x00\x00")
    found, at = parse_header(frame)
    assert found == header
    assert [tlv.type for tlv in parse_tlvs(frame, at)] == [0x10]


@pytest.mark.parametrize("kind", ["request", "response", "indication"])
def test_a_service_above_255_has_frames_of_its_own(kind: Kind):
    header = Header(
        service=0x0190, client=7, transaction=0x1234, message_id=0x0025, kind=kind,
        from_service=kind != "request",
    )  # fmt: skip
    frame = build(header, b"\x10\x00\x00")
    assert frame[:6] == bytes.fromhex("02 0f00 9001 07")
    narrow = build(header._replace(service=2), b"\x10\x00\x00")
    assert frame[6:] == narrow[6:]  # what goes over QRTR
    assert parse_header(frame) == (header, 13)
    assert decode(frame).header == header


def test_a_number_that_does_not_fit_is_refused():
    header, _ = parse_header(bytes.fromhex(GET_IDS))
    for wrong in (
        {"transaction": 0x10000},
        {"message_id": -1},
        {"client": 256},
        {"service": 0x10000},
    ):
        with pytest.raises(EncodeError):
            build(header._replace(**wrong), b"")  # type: ignore[arg-type]
    with pytest.raises(EncodeError, match="65535 bytes does not fit"):
        build(header, bytes(0xFFFF))


@pytest.mark.parametrize(
    ("tlvs", "said"),
    [("10", "1 bytes are no TLV header"), ("100200 01", "TLV 0x10 says 2 bytes, 1 are left")],
)
def test_a_tlv_that_ends_beyond_the_message_is_refused(tlvs: str, said: str):
    with pytest.raises(DecodeError, match=said):
        list(parse_tlvs(bytes.fromhex(tlvs), 0))
