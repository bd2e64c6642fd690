# SPDX-License-Identifier: GPL-2.0-or-later
"""MBIM's messages, and a layer for the information buffer of each command."""

from __future__ import annotations

import struct
from collections.abc import Callable
from typing import Any, ClassVar

from scapy.fields import ConditionalField, LEIntField
from scapy.packet import Packet, Raw

from qmiprobe._enums import Uuid
from qmiprobe._message import MISSING, Message
from qmiprobe._wire import Log, Reader
from qmiprobe.errors import DecodeError
from qmiprobe.mbim import _codec
from qmiprobe.mbim._buffer import decode_buffer, encode_buffer
from qmiprobe.mbim._header import KINDS
from qmiprobe.mbim.services._shared import Service
from qmiprobe.scapy._fields import ABSENT, Absent, AutoField, ValueField, field_name
from qmiprobe.scapy._random import Drawn

_TYPES: dict[str, int] = {kind: number for number, kind in KINDS.items()}
_OF_BODY = {"query": "command", "set": "command", "response": "command-done"}
_FRAGMENTED = ("command", "command-done", "indicate-status")
_FIRST = 48
"""Bytes of a whole header in a first fragment."""
_ANSWERS = {"open-done": "open", "close-done": "close", "command-done": "command"}


class MBIMBuffer(Packet):  # type: ignore[misc]  # scapy has no types
    """The information buffer of one command. A subclass has a field for each member."""

    name = "MBIM buffer"
    definition: ClassVar[type[Message]]
    fields_desc: ClassVar[list[ValueField]] = []

    def self_build(self, *_: object, **__: object) -> bytes:
        """Return the buffer; members that are not given are zero or empty."""
        cache: bytes | None = self.raw_packet_cache
        if cache is not None and all(
            self.getfieldval(name) == value for name, value in self.raw_packet_cache_fields.items()
        ):
            return cache
        given: dict[str, object] = {}
        for one in self.fields_desc:
            value = self.getfieldval(one.name)
            if isinstance(value, Drawn):
                present = one.definition.present
                value = value.value if present is None or present.holds(given) else ABSENT
            if not isinstance(value, Absent):
                given[one.definition.attr] = value
        return encode_buffer(_body(self.definition, given))

    def do_dissect(self, s: bytes) -> bytes:
        """Read the members."""
        try:
            body = decode_buffer(self.definition, Reader(s, log=Log()))
        except DecodeError as error:
            raise ValueError(str(error)) from error
        for one in self.fields_desc:
            value = body.__dict__.get(one.definition.attr)
            self.fields[one.name] = ABSENT if value is None else value
        self.raw_packet_cache = s
        self.raw_packet_cache_fields = {
            one.name: one.do_copy(self.fields[one.name]) for one in self.fields_desc
        }
        self.explicit = 1
        return b""

    def answers(self, other: Packet) -> bool:
        """Whether it can answer ``other``: the header tells."""
        return True

    def hashret(self) -> bytes:
        """Return nothing of its own."""
        return b""


def _body(cls: type[Message], given: dict[str, object]) -> Message:
    needed = [one.attr for one in cls.__fields__ if one.public and one.init and _needs_value(one)]
    return cls(**given) if set(needed) <= given.keys() else cls.blank(**given)


def _needs_value(one: Any) -> bool:  # noqa: ANN401  # a field of a definition
    return one.default is MISSING


_layers: dict[type[Message], type[MBIMBuffer]] = {}


def buffer_layer(cls: type[Message]) -> type[MBIMBuffer]:
    """Return the layer of a definition."""
    if cls not in _layers:
        _layers[cls] = _make_layer(cls)
    return _layers[cls]


def _make_layer(cls: type[Message]) -> type[MBIMBuffer]:
    fields = [
        ValueField(field_name(one.attr), one) for one in cls.__fields__ if one.public and one.init
    ]
    name = f"{cls.service_name.title().replace('-', '')}_{cls.__name__}"
    kind = getattr(cls, "direction", cls.kind)
    return type(name, (MBIMBuffer,), {
        "name": f"{cls.service_name} {cls.message} {kind}",
        "definition": cls,
        "fields_desc": fields,
        "__doc__": cls.__doc__,
    })  # fmt: skip


def _definition(pkt: Packet) -> type[Message] | None:
    payload = pkt.payload
    return payload.definition if isinstance(payload, MBIMBuffer) else None


def _found_type(pkt: Packet) -> int:
    cls = _definition(pkt)
    if cls is None:
        return _TYPES["command"]
    return _TYPES[_OF_BODY.get(getattr(cls, "direction", cls.kind), "indicate-status")]


def _kind(pkt: Packet) -> str:
    return KINDS.get(pkt.get_field("type").number(pkt), "")


def _is(*kinds: str, first: bool = False) -> Callable[[Packet], bool]:
    def holds(pkt: Packet) -> bool:
        return _kind(pkt) in kinds and (not first or _has_head(pkt))

    return holds


def _has_head(pkt: Packet) -> bool:
    """Whether it says what it is about: not from the second fragment on, nor where one is short."""
    if pkt.current or _kind(pkt) not in _FRAGMENTED:
        return not pkt.current
    return not ((pkt.total or 1) > 1 and pkt.length is not None and pkt.length < _FIRST)


class _UuidField(AutoField):
    """Sixteen bytes: the service."""

    def addfield(self, pkt: Packet, s: bytes, val: Any) -> bytes:  # noqa: ANN401
        """Append the UUID."""
        cls = _definition(pkt)
        found = cls.service if cls is not None else Uuid(bytes(16))
        return s + bytes(found if val is None else val)

    def getfield(self, pkt: Packet, s: bytes) -> tuple[bytes, Any]:
        """Take it off."""
        return s[16:], Service(s[:16])

    def any2i(self, pkt: Packet | None, x: object) -> object:
        """Take a name, too."""
        return Service.from_name(x) if isinstance(x, str) else x

    def i2repr(self, pkt: Packet, x: object) -> str:
        """Return the name."""
        return "auto" if x is None else str(x)


class MBIM(Packet):  # type: ignore[misc]
    """A message or a fragment. ``mbimex`` (of the class) is the version of MBIMEx in force."""

    name = "MBIM"
    mbimex: ClassVar[str | None] = None
    fields_desc: ClassVar = [
        AutoField("type", "I", _found_type, lambda _pkt, number: KINDS.get(number, "")),
        AutoField("length", "I", lambda _pkt: 0),
        LEIntField("transaction", 1),
        ConditionalField(LEIntField("max_control_transfer", 4096), _is("open")),
        ConditionalField(LEIntField("error", 0), _is("host-error", "function-error")),
        ConditionalField(AutoField("total", "I", lambda _pkt: 1), _is(*_FRAGMENTED)),
        ConditionalField(AutoField("current", "I", lambda _pkt: 0), _is(*_FRAGMENTED)),
        ConditionalField(_UuidField("service", "I", lambda _pkt: 0), _is(*_FRAGMENTED, first=True)),
        ConditionalField(
            AutoField("cid", "I", lambda pkt: cls.id if (cls := _definition(pkt)) else 0),
            _is(*_FRAGMENTED, first=True),
        ),
        ConditionalField(
            AutoField(
                "command_type",
                "I",
                lambda pkt: int(getattr(_definition(pkt), "direction", "") == "set"),
                lambda _pkt, number: {0: "query", 1: "set"}.get(number, ""),
            ),
            _is("command", first=True),
        ),
        ConditionalField(
            LEIntField("status", 0), _is("open-done", "close-done", "command-done", first=True)
        ),
        ConditionalField(
            AutoField("buffer_length", "I", lambda pkt: len(bytes(pkt.payload))),
            _is(*_FRAGMENTED, first=True),
        ),
    ]

    def post_build(self, p: bytes, pay: bytes) -> bytes:
        """Fill in the length."""
        if self.length is None:
            p = p[:4] + struct.pack("<I", len(p) + len(pay)) + p[8:]
        return p + pay

    def extract_padding(self, s: bytes) -> tuple[bytes, bytes]:
        """Cut where the message ends, so that another one may follow."""
        head = 12
        if _kind(self) in _FRAGMENTED:
            indicate = _kind(self) == "indicate-status"
            head = 44 if indicate else 48
            head = head if _has_head(self) else 20
        elif _kind(self) != "close":
            head = 16
        room = max(0, self.length - head)
        return s[:room], s[room:]

    def guess_payload_class(self, payload: bytes) -> type[Packet]:
        """Return the layer of the command; bytes for a fragment, or without a definition."""
        if _kind(self) not in _FRAGMENTED or self.total != 1:
            return Raw  # type: ignore[no-any-return]
        head = MBIM(**{name: self.fields[name] for name in self.fields if name != "length"})
        try:
            body = _codec.decode(bytes(head / Raw(payload)), mbimex=self.mbimex).body
        except DecodeError:
            body = None
        return buffer_layer(type(body)) if body is not None else Raw

    def do_dissect_payload(self, s: bytes) -> None:
        """Add the layer of a command whose buffer is empty too, as that of a bare query is."""
        found = Raw if s else self.guess_payload_class(s)
        if found is Raw:
            super().do_dissect_payload(s)
            return
        self.add_payload(found(_internal=1))
        self.payload.do_dissect(s)

    def _about(self) -> tuple[bytes, int]:
        cls = _definition(self)
        known = (cls.service, cls.id) if cls is not None else (bytes(16), 0)
        service = known[0] if self.service is None else self.service
        return bytes(service), known[1] if self.cid is None else self.cid

    def hashret(self) -> bytes:
        """Return what a command and its answer have in common."""
        return struct.pack("<I", self.transaction)

    def answers(self, other: Packet) -> bool:
        """Whether it answers a message of the host with that transaction."""
        if not isinstance(other, MBIM) or self.transaction != other.transaction:
            return False
        mine, theirs = _kind(self), _kind(other)
        if mine == "function-error":
            return theirs in ("open", "close", "command")
        if _ANSWERS.get(mine) != theirs or not theirs:
            return False
        return mine != "command-done" or self._about() == other._about()
