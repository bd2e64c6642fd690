# SPDX-License-Identifier: GPL-2.0-or-later
"""The QMUX frame, the service data unit in it, and its TLVs: bytes to parts and back.

Layout: QMUX is marker 0x01, length u16, flags, service, client; the SDU has flags, transaction
(one byte for CTL, two for a service), message id u16, TLV length u16; a TLV is type u8, length
u16, value. All little-endian (MSM Interface, 80-VB816-1; kernel drivers/soc/qcom/qmi_*).

A service above 255 exists on QRTR only, where messages have no frame at all and the same SDU. Its
frames are those that libqmi and its proxy use among themselves: marker 0x02, length u16, service
u16, client. No modem sees one.
"""

from __future__ import annotations

from collections.abc import Iterator
from struct import Struct
from typing import Literal, NamedTuple, NoReturn

from qmiprobe.errors import DecodeError, EncodeError

CTL = 0x00
BROADCAST = 0xFF
"""Client id of an indication that is for every client of the service."""

Kind = Literal["request", "response", "indication"]

# The kind stands in different bits: CTL has no compound flag.
_KINDS_CTL: dict[int, Kind] = {0: "request", 1: "response", 2: "indication"}
_KINDS: dict[int, Kind] = {0: "request", 2: "response", 4: "indication"}
_FLAGS_CTL = {kind: flags for flags, kind in _KINDS_CTL.items()}
_FLAGS = {kind: flags for flags, kind in _KINDS.items()}
_COMPOUND = 0x01
_FROM_SERVICE = 0x80


class Header(NamedTuple):
    """Who speaks to whom about what."""

    service: int
    client: int
    transaction: int
    message_id: int
    kind: Kind
    from_service: bool
    """The QMUX flag; messages that came over QRTR lack it."""
    compound: bool = False


class Tlv(NamedTuple):
    """Where one TLV's value stands in the message."""

    type: int
    start: int
    end: int


_CTL_LAYOUT, _LAYOUT = Struct("<BHBBBBBHH"), Struct("<BHBBBBHHH")
_WIDE, _WIDE_LAYOUT = 0x02, Struct("<BHHBBHHH")
_NARROW = 0xFF
"""The highest service that the usual frame has room for."""
_ANY_KIND = _KINDS | {flags | _COMPOUND: kind for flags, kind in _KINDS.items()}


def parse_header(data: bytes) -> tuple[Header, int]:
    """Return the header and where the TLVs start; the whole frame's lengths are checked."""
    size = len(data)
    if size >= _WIDE_LAYOUT.size and data[0] == _WIDE:
        return _parse_wide(data), _WIDE_LAYOUT.size
    if size >= _LAYOUT.size and data[4]:
        layout, kinds, at = _LAYOUT, _ANY_KIND, _LAYOUT.size
    elif size >= _CTL_LAYOUT.size and not data[4]:
        layout, kinds, at = _CTL_LAYOUT, _KINDS_CTL, _CTL_LAYOUT.size
    else:
        _refuse(data)
    marker, length, sender, service, client, flags, transaction, message_id, tlvs = (
        layout.unpack_from(data)
    )
    kind = kinds.get(flags)
    if marker != 1 or length != size - 1 or sender & 0x7F or kind is None or tlvs != size - at:
        _refuse(data)
    compound = layout is _LAYOUT and bool(flags & _COMPOUND)
    header = (service, client, transaction, message_id, kind, sender == _FROM_SERVICE, compound)
    return Header._make(header), at


def _parse_wide(data: bytes) -> Header:
    size, at = len(data), _WIDE_LAYOUT.size
    _, length, service, client, flags, transaction, message_id, tlvs = _WIDE_LAYOUT.unpack_from(
        data
    )
    kind = _ANY_KIND.get(flags)
    if length != size - 1 or service <= _NARROW or kind is None or tlvs != size - at:
        _refuse_wide(data, service)
    # There is no flag for it: what is no request comes from the service.
    from_service, compound = kind != "request", bool(flags & _COMPOUND)
    return Header(service, client, transaction, message_id, kind, from_service, compound)


def _refuse_wide(data: bytes, service: int) -> NoReturn:
    if service <= _NARROW:
        raise DecodeError(
            f"QMUX marker is 0x02, but service {service:#04x} is no wide one", offset=0
        )
    _refuse_parts(data, size=7, kinds=_ANY_KIND)


def _refuse(data: bytes) -> NoReturn:
    """Say what is wrong with a frame."""
    if len(data) < 6:
        raise DecodeError(f"{len(data)} bytes are no QMUX frame", offset=len(data))
    if data[0] != 0x01:
        raise DecodeError(f"QMUX marker is {data[0]:#04x}, not 0x01", offset=0)
    length = int.from_bytes(data[1:3], "little")
    flags, service = data[3], data[4]
    if length == len(data) - 1 and flags not in (0, _FROM_SERVICE):
        raise DecodeError(f"QMUX flags are {flags:#04x}", offset=3)
    if service == CTL:
        _refuse_parts(data, size=6, kinds=_KINDS_CTL)
    _refuse_parts(data, size=7, kinds=_ANY_KIND)


def _refuse_parts(data: bytes, *, size: int, kinds: dict[int, Kind]) -> NoReturn:
    """Say what is wrong with the length, or with the SDU and its header of ``size`` bytes."""
    length = int.from_bytes(data[1:3], "little")
    if length != len(data) - 1:
        raise DecodeError(f"QMUX length says {length + 1} bytes, there are {len(data)}", offset=1)
    if len(data) < 6 + size:
        raise DecodeError(f"{len(data) - 6} bytes are no SDU header", offset=6)
    if data[6] not in kinds:
        raise DecodeError(f"SDU flags are {data[6]:#04x}", offset=6)
    body = 6 + size
    tlv_length = int.from_bytes(data[body - 2 : body], "little")
    if tlv_length != len(data) - body:
        text = f"TLV length says {tlv_length} bytes, there are {len(data) - body}"
        raise DecodeError(text, offset=body - 2)
    raise AssertionError("nothing is wrong with the frame")


def parse_tlvs(data: bytes, start: int) -> Iterator[Tlv]:
    """Return the TLVs from ``start`` to the end; one that reaches beyond is refused."""
    end = len(data)
    while start < end:
        if end - start < 3:
            raise DecodeError(f"{end - start} bytes are no TLV header", offset=start)
        length = int.from_bytes(data[start + 1 : start + 3], "little")
        value = start + 3
        if length > end - value:
            text = f"TLV {data[start]:#04x} says {length} bytes, {end - value} are left"
            raise DecodeError(text, offset=start)
        yield Tlv(data[start], value, value + length)
        start = value + length


def sdu_flags(header: Header) -> int:
    """Return the flags of the service data unit."""
    if header.service == CTL:
        return _FLAGS_CTL[header.kind]
    return _FLAGS[header.kind] | (_COMPOUND if header.compound else 0)


def build(header: Header, tlvs: bytes) -> bytes:
    """Return the whole QMUX frame."""
    ctl, flags = header.service == CTL, sdu_flags(header)
    try:
        sdu = b"".join(
            (
                flags.to_bytes(1, "little"),
                header.transaction.to_bytes(1 if ctl else 2, "little"),
                header.message_id.to_bytes(2, "little"),
                len(tlvs).to_bytes(2, "little"),
                tlvs,
            )
        )
        sender = _FROM_SERVICE if header.from_service else 0
        length = (len(sdu) + 5).to_bytes(2, "little")
        if header.service > _NARROW:
            client = header.client.to_bytes(1, "little")
            return b"\x02" + length + header.service.to_bytes(2, "little") + client + sdu
        return b"\x01" + length + bytes((sender, header.service, header.client)) + sdu
    except (OverflowError, ValueError):
        raise EncodeError(f"message of {len(tlvs)} bytes does not fit a QMUX frame") from None
