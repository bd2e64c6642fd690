# SPDX-License-Identifier: GPL-2.0-or-later
"""MBIM messages up to their information buffer: parse, build, split into fragments and join.

All numbers are u32, little-endian. Layout of MBIM 1.0, sections 9.1 to 9.4: header (type,
length, transaction), for COMMAND, COMMAND_DONE and INDICATE_STATUS then total and current
fragment, and in the first fragment service, command, ... and the buffer.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from struct import Struct
from typing import Literal

from qmiprobe._enums import Uuid
from qmiprobe.errors import DecodeError, EncodeError

Kind = Literal[
    "open", "close", "command", "host-error",
    "open-done", "close-done", "command-done", "function-error", "indicate-status",
]  # fmt: skip

KINDS: dict[int, Kind] = {
    0x00000001: "open",
    0x00000002: "close",
    0x00000003: "command",
    0x00000004: "host-error",
    0x80000001: "open-done",
    0x80000002: "close-done",
    0x80000003: "command-done",
    0x80000004: "function-error",
    0x80000007: "indicate-status",
}
_TYPES = {kind: number for number, kind in KINDS.items()}
_FRAGMENTED = ("command", "command-done", "indicate-status")
_HEADER, _FRAGMENT_HEADER, _FIRST_HEADER = 12, 20, 48
NO_SERVICE = Uuid(bytes(16))
WHOLE = Struct("<IIIII16sIII")
"""Header of a command or a done command in one fragment, up to the buffer."""
INDICATE = 0x80000007
_WHOLE_KINDS: dict[int, Kind] = {number: KINDS[number] for number in (3, 0x80000003, INDICATE)}
_services: dict[bytes, Uuid] = {}


def from_device(kind: Kind) -> bool:
    """Whether the function sends messages of this kind."""
    return bool(_TYPES[kind] & 0x80000000)


@dataclass(slots=True)
class Packet:
    """One whole MBIM message, or one fragment of one."""

    kind: Kind
    transaction: int
    value: int = 0
    """open: MaxControlTransfer; open-done, close-done, command-done: status; errors: code;
    command: 1 for set, 0 for query."""
    service: Uuid = NO_SERVICE
    cid: int = 0
    buffer: bytes = b""
    buffer_at: int = 0
    """Where the buffer starts in the message."""
    total: int = 1
    current: int = 0
    """Fragments: how many, and which one this is. From the second on only ``buffer`` counts."""


def _u32(data: bytes, at: int) -> int:
    if at + 4 > len(data):
        raise DecodeError(f"{len(data)} bytes end inside the message's header", offset=len(data))
    return int.from_bytes(data[at : at + 4], "little")


def parse(data: bytes) -> Packet:
    """Return the message or fragment; :class:`DecodeError` where lengths do not agree."""
    size = len(data)
    if size >= WHOLE.size:
        number, length, transaction, total, current, service, cid, value, room = WHOLE.unpack_from(
            data
        )
        start = WHOLE.size
        if number == INDICATE:
            value, room, start = 0, value, WHOLE.size - 4
        kind = _WHOLE_KINDS.get(number)
        if kind is not None and (length, total, current, room) == (size, 1, 0, size - start):
            uuid = _services.get(service) or _remembered(service)
            return Packet(kind, transaction, value, uuid, cid, data[start:], start)
    return _parse_carefully(data)


def _remembered(service: bytes) -> Uuid:
    uuid = Uuid(service)
    if len(_services) < 256:
        _services[service] = uuid
    return uuid


def _parse_carefully(data: bytes) -> Packet:
    number, length, transaction = _u32(data, 0), _u32(data, 4), _u32(data, 8)
    kind = KINDS.get(number)
    if kind is None:
        raise DecodeError(f"message type {number:#010x} is not MBIM", offset=0)
    if length != len(data):
        raise DecodeError(f"length says {length} bytes, there are {len(data)}", offset=4)
    if kind == "close":  # some hosts append four bytes to it
        return Packet(kind=kind, transaction=transaction)
    if kind not in _FRAGMENTED:
        return Packet(kind=kind, transaction=transaction, value=_u32(data, 12))
    total, current = _u32(data, 12), _u32(data, 16)
    if not total or current >= total:
        raise DecodeError(f"fragment {current} of {total}", offset=12)
    if current:
        return Packet(
            kind=kind, transaction=transaction, total=total, current=current,
            buffer=data[_FRAGMENT_HEADER:], buffer_at=_FRAGMENT_HEADER,
        )  # fmt: skip
    return _parse_first(data, kind, transaction, total)


def _parse_first(data: bytes, kind: Kind, transaction: int, total: int) -> Packet:
    if total > 1 and len(data) < _FIRST_HEADER:
        # a first fragment this short ends before it says what it is about
        return Packet(
            kind=kind, transaction=transaction, total=total,
            buffer=data[_FRAGMENT_HEADER:], buffer_at=_FRAGMENT_HEADER,
        )  # fmt: skip
    cid = _u32(data, 36)
    at = 40 if kind == "indicate-status" else 44
    value = 0 if kind == "indicate-status" else _u32(data, 40)
    size = _u32(data, at)
    start = at + 4
    if (size != len(data) - start) if total == 1 else (size < len(data) - start):
        text = f"buffer length says {size} bytes, there are {len(data) - start}"
        if total == 1 and size < len(data) - start:
            # bytes behind the buffer mean nothing; the message still does
            return Packet(
                kind=kind, transaction=transaction, value=value, service=Uuid(data[20:36]),
                cid=cid, buffer=data[start : start + size], buffer_at=start,
            )  # fmt: skip
        raise DecodeError(text, offset=at)
    return Packet(
        kind=kind, transaction=transaction, value=value, service=Uuid(data[20:36]), cid=cid,
        buffer=data[start:], buffer_at=start, total=total,
    )  # fmt: skip


def build(packet: Packet) -> bytes:
    """Return the bytes of a whole message; :class:`EncodeError` if a number does not fit."""
    words = [_TYPES[packet.kind], 0, packet.transaction]
    tail = b""
    try:
        if packet.kind in _FRAGMENTED:
            head = [packet.total, packet.current]
            body = [packet.cid, packet.value, len(packet.buffer)]
            if packet.kind == "indicate-status":
                del body[1]
            tail = _pack(head) + packet.service + _pack(body) + packet.buffer
        elif packet.kind != "close":
            tail = _pack([packet.value])
        words[1] = _HEADER + len(tail)
        return _pack(words) + tail
    except OverflowError:
        raise EncodeError(f"a number of {packet.kind} does not fit 32 bits") from None


def _pack(words: Sequence[int]) -> bytes:
    return b"".join(word.to_bytes(4, "little") for word in words)


def split(message: bytes, limit: int) -> Iterator[bytes]:
    """Return ``message`` as fragments of at most ``limit`` bytes (9.5); whole where it fits."""
    if len(message) <= limit or KINDS.get(_u32(message, 0)) not in _FRAGMENTED:
        yield message
        return
    if limit <= _FRAGMENT_HEADER:
        raise EncodeError(f"{limit} bytes cannot hold a fragment")
    body, room = message[_FRAGMENT_HEADER:], limit - _FRAGMENT_HEADER
    total = -(-len(body) // room)
    for current in range(total):
        piece = body[current * room : (current + 1) * room]
        sizes = _pack([_FRAGMENT_HEADER + len(piece)])
        yield message[:4] + sizes + message[8:12] + _pack([total, current]) + piece


class Joiner:
    """Joins fragments to whole messages; one message at a time, as 9.5 demands."""

    def __init__(self, *, limit: int = 0x20000) -> None:
        self._limit = limit
        self._first: Packet | None = None
        self._parts: list[bytes] = []

    @property
    def pending(self) -> bool:
        """Whether a message is incomplete."""
        return self._first is not None

    def reset(self) -> None:
        """Give up what is incomplete."""
        self._first = None
        self._parts = []

    def add(self, data: bytes) -> bytes | None:
        """Return the whole message once its last fragment came, else None.

        A fragment out of sequence is a :class:`DecodeError`, and the message is given up.
        """
        packet = parse(data)
        if packet.total == 1:
            if self._first is not None and packet.kind in _FRAGMENTED:
                missing = f"{len(self._parts)} of {self._first.total}"
                self.reset()
                raise DecodeError(f"a new message after fragment {missing}", offset=12)
            return data
        if packet.current == 0:
            interrupted, self._first = self._first, packet
            self._parts = [data[_FRAGMENT_HEADER:]]
            if interrupted is not None:
                self.reset()
                raise DecodeError("a new first fragment before the last one came", offset=16)
            return None
        return self._add_later(packet, data)

    def _add_later(self, packet: Packet, data: bytes) -> bytes | None:
        first = self._first
        here = f"fragment {packet.current} of {packet.total}, transaction {packet.transaction}"
        if first is None:
            raise DecodeError(f"{here}: no first fragment came", offset=16)
        wanted = replace(packet, kind=first.kind, transaction=first.transaction, total=first.total)
        if packet != wanted or packet.current != len(self._parts):
            expected = f"{len(self._parts)} of {first.total}, transaction {first.transaction}"
            self.reset()
            raise DecodeError(f"{here} where {expected} is due", offset=12)
        self._parts.append(packet.buffer)
        if sum(map(len, self._parts)) > self._limit:
            self.reset()
            raise DecodeError(f"more than {self._limit} bytes of fragments", offset=4)
        if len(self._parts) < first.total:
            return None
        body = b"".join(self._parts)
        self.reset()
        length = _pack([_FRAGMENT_HEADER + len(body)])
        whole = data[:4] + length + data[8:12] + _pack([1, 0]) + body
        size_at = 40 if first.kind == "indicate-status" else 44
        size, there = _u32(whole, size_at), len(whole) - size_at - 4
        if size != there:
            raise DecodeError(f"buffer length says {size}, fragments hold {there}", offset=size_at)
        return whole
