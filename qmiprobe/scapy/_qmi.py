# SPDX-License-Identifier: GPL-2.0-or-later
"""QMUX, QMI, and a layer for the TLVs of each message."""

from __future__ import annotations

import struct
from typing import Any, ClassVar

from scapy.fields import ByteField, ConditionalField, PacketListField, StrLenField, XByteField
from scapy.packet import Packet, Raw, bind_layers

from qmiprobe._message import Message, encode_field
from qmiprobe._wire import Log, Reader, Writer
from qmiprobe.qmi import _careful, _registry
from qmiprobe.qmi._sdu import CTL, Header, Tlv
from qmiprobe.qmi.services._shared import Error
from qmiprobe.scapy._fields import ABSENT, Absent, AutoField, Octets, ValueField, field_name
from qmiprobe.scapy._random import RandomValue

RESULT = 2
_KINDS_CTL = {0: "request", 1: "response", 2: "indication"}
_KINDS = {0: "request", 2: "response", 4: "indication"}


class QMITLV(Packet):  # type: ignore[misc]  # scapy has no types
    """A TLV as bytes; ``length`` may lie."""

    name = "QMI TLV"
    fields_desc: ClassVar = [
        XByteField("number", 0xE0),
        AutoField("length", "H", lambda pkt: len(pkt.getfieldval("value"))),
        StrLenField("value", b"", length_from=lambda pkt: pkt.length),
    ]

    def extract_padding(self, s: bytes) -> tuple[bytes, bytes]:
        """Leave what follows to others."""
        return b"", s


class TlvField(ValueField):
    """A field that stands in a TLV of its own, or is left out."""

    def addfield(self, pkt: Packet, s: bytes, val: object) -> bytes:
        """Append the TLV."""
        if isinstance(val, Absent):
            return s
        writer = Writer()
        if isinstance(val, Octets):
            writer.data += val
        else:
            encode_field(self.definition, writer, val, {})
        return s + struct.pack("<BH", self.definition.tlv, len(writer.data)) + writer.data


class ResultField(ValueField):
    """The Result TLV of a response: an error, ``none`` for success."""

    def __init__(self) -> None:
        super().__init__("result", _careful_result())
        self.default = Error(0)

    def addfield(self, pkt: Packet, s: bytes, val: object) -> bytes:
        """Append the TLV."""
        if isinstance(val, Absent):
            return s
        number = int(val)  # type: ignore[call-overload]
        return s + struct.pack("<BHHH", RESULT, 4, int(number != 0), number)

    def randval(self) -> RandomValue:
        """Return what ``fuzz`` puts here."""
        return RandomValue(self.definition.wire)


def _careful_result() -> Any:  # noqa: ANN401  # a field of no definition
    from qmiprobe._message import Field
    from qmiprobe._types import Int

    return Field(Int(2, enum=Error), name="result", tlv=RESULT)


class QMIMessage(Packet):  # type: ignore[misc]
    """The TLVs of one message. A subclass has a field for each that is defined: :func:`layer`."""

    name = "QMI TLVs"
    definition: ClassVar[type[Message] | None] = None
    fields_desc: ClassVar = [PacketListField("others", [], QMITLV)]

    def do_dissect(self, s: bytes) -> bytes:
        """Read TLVs in any order; those that mean nothing here become ``others``."""
        known = {one.definition.tlv: one for one in self.fields_desc if hasattr(one, "definition")}
        others, at = [], 0
        while at + 3 <= len(s):
            number, length = struct.unpack_from("<BH", s, at)
            stop = at + 3 + length
            if stop > len(s):
                break
            field = known.get(number)
            value = ABSENT if field is None else _read(field, s, at + 3, stop)
            if field is None or value is ABSENT or field.name in self.fields:
                others.append(QMITLV(s[at:stop]))
            else:
                self.fields[field.name] = value
            at = stop
        if others:
            self.fields["others"] = others
        for one in known.values():
            self.fields.setdefault(one.name, ABSENT)
        self.raw_packet_cache = s[:at]
        self.raw_packet_cache_fields = {
            one.name: self._raw_packet_cache_field_value(one, self.fields[one.name], copy=True)
            for one in self.fields_desc
            if one.name in self.fields
        }
        self.explicit = 1
        return s[at:]

    def hashret(self) -> bytes:
        """Return nothing of its own: the header tells what belongs together."""
        return b""

    def answers(self, other: Packet) -> bool:
        """Whether it can answer ``other``, by what both are."""
        return isinstance(other, QMIMessage)


def _read(field: ValueField, data: bytes, start: int, stop: int) -> object:
    tlv = Tlv(int(field.definition.tlv or 0), start, stop)
    reader = Reader(data, start=start, end=stop, log=Log())
    if isinstance(field, ResultField):
        if stop - start != 4:
            return ABSENT
        bad, error = struct.unpack_from("<HH", data, start)
        return Error(error) if bool(bad) is bool(error) else ABSENT
    holder = _Holder()
    if not _careful.decode_tlv(field.definition, reader, holder, tlv):  # type: ignore[arg-type]
        return ABSENT
    value = holder.__dict__.get(field.definition.attr)
    return ABSENT if value is None else value


class _Holder:
    """Takes a decoded value."""


_layers: dict[type[Message], type[QMIMessage]] = {}


def message_layer(cls: type[Message]) -> type[QMIMessage]:
    """Return the layer of a definition."""
    if cls not in _layers:
        _layers[cls] = _make_layer(cls)
    return _layers[cls]


def _make_layer(cls: type[Message]) -> type[QMIMessage]:
    fields: list[Any] = [ResultField()] if cls.kind == "response" else []
    fields += [TlvField(field_name(one.attr), one) for one in cls.__fields__ if one.tlv is not None]
    fields.append(PacketListField("others", [], QMITLV))
    name = f"{cls.service_name.capitalize()}_{cls.__name__}"
    return type(name, (QMIMessage,), {
        "name": f"{cls.service_name} {cls.message} {cls.kind}",
        "definition": cls,
        "fields_desc": fields,
        "__doc__": cls.__doc__,
    })  # fmt: skip


def _definition(pkt: Packet) -> type[Message] | None:
    found: type[Message] | None = getattr(pkt.lastlayer(), "definition", None)
    return found if isinstance(pkt.lastlayer(), QMIMessage) else None


def _found_service(pkt: Packet) -> int:
    cls = _definition(pkt)
    return int(cls.service) if cls is not None else 0


def _service(pkt: Packet | None) -> int:
    """Return the service that a QMI layer is of; without a frame any but CTL."""
    if not isinstance(pkt, QMUX):
        return 1
    return int(pkt.get_field("service").number(pkt))


def _kinds(pkt: Packet) -> dict[int, str]:
    return _KINDS_CTL if _service(pkt.underlayer) == CTL else _KINDS


def _found_flags(pkt: Packet) -> int:
    cls = _definition(pkt)
    kind = cls.kind if cls is not None else "request"
    return next(number for number, name in _kinds(pkt).items() if name == kind)


def _kind(pkt: Packet) -> str:
    kinds = _kinds(pkt)
    flags = pkt.get_field("flags").number(pkt)
    return kinds.get(flags if kinds is _KINDS_CTL else flags & ~1, "")


class QMI(Packet):  # type: ignore[misc]
    """The service data unit up to its TLVs. ``vendor`` (of the class) chooses vendors' messages."""

    name = "QMI"
    vendor: ClassVar[int | None] = None
    fields_desc: ClassVar = [
        AutoField("flags", "B", _found_flags, lambda pkt, _number: _kind(pkt)),
        AutoField(
            "transaction",
            lambda pkt: "B" if _service(pkt.underlayer) == CTL else "H",
            lambda _pkt: 1,
        ),
        AutoField(
            "message_id",
            "H",
            lambda pkt: cls.id if (cls := _definition(pkt)) is not None else 0,
            lambda pkt, number: (
                _registry.message_name(_service(pkt.underlayer), number, _kind(pkt)) or ""
            ),
        ),
        AutoField("length", "H", lambda pkt: len(bytes(pkt.payload))),
    ]

    def guess_payload_class(self, payload: bytes) -> type[Packet]:
        """Return the layer of the message; of one without a definition TLVs as bytes."""
        service = _service(self.underlayer)
        kind = _kind(self)
        cls = _careful.find_definition(service, self.message_id, kind, self.vendor, Log())
        return message_layer(cls) if cls is not None else QMIMessage

    def extract_padding(self, s: bytes) -> tuple[bytes, bytes]:
        """Cut at the length."""
        return s[: self.length], s[self.length :]

    def do_dissect_payload(self, s: bytes) -> None:
        """Add the layer of a message without TLVs too."""
        if s:
            super().do_dissect_payload(s)
            return
        self.add_payload(self.guess_payload_class(s)(_internal=1))
        self.payload.do_dissect(s)

    def _numbers(self) -> tuple[int, int]:
        return (
            self.get_field("transaction").number(self),
            self.get_field("message_id").number(self),
        )

    def hashret(self) -> bytes:
        """Return what a request and its answer have in common."""
        return struct.pack("<HH", *self._numbers())

    def answers(self, other: Packet) -> bool:
        """Whether it is the response to a request."""
        return (
            isinstance(other, QMI)
            and self._numbers() == other._numbers()
            and (_kind(self), _kind(other)) == ("response", "request")
        )


class QMUX(Packet):  # type: ignore[misc]
    """The frame; marker 2 is that of services above 255, which libqmi alone uses."""

    name = "QMUX"
    fields_desc: ClassVar = [
        AutoField("marker", "B", lambda pkt: 2 if _service(pkt) > 0xFF else 1),
        AutoField("length", "H", lambda _pkt: 0),
        ConditionalField(
            AutoField("flags", "B", lambda pkt: 0x80 * (not _is_request(pkt))),
            lambda pkt: pkt.get_field("marker").number(pkt) != 2,
        ),
        AutoField(
            "service",
            lambda pkt: "H" if pkt.get_field("marker").number(pkt) == 2 else "B",
            _found_service,
            lambda _pkt, number: _registry.service_name(number) or "",
        ),
        ByteField("client", 0),
    ]

    def post_build(self, p: bytes, pay: bytes) -> bytes:
        """Fill in the length."""
        if self.length is None:
            p = p[:1] + struct.pack("<H", len(p) + len(pay) - 1) + p[3:]
        return p + pay

    def extract_padding(self, s: bytes) -> tuple[bytes, bytes]:
        """Cut where the frame ends, so that another one may follow."""
        room = max(0, self.length - 5)
        return s[:room], s[room:]

    def hashret(self) -> bytes:
        """Return what a request and its answer have in common."""
        head: bytes = struct.pack("<HB", _service(self), self.client)
        return head + bytes(self.payload.hashret())

    def answers(self, other: Packet) -> bool:
        """Whether it is the response to a request of the same client."""
        return (
            isinstance(other, QMUX)
            and (_service(self), self.client) == (_service(other), other.client)
            and bool(self.payload.answers(other.payload))
        )


def _is_request(pkt: Packet) -> bool:
    cls = _definition(pkt)
    return cls is None or cls.kind == "request"


bind_layers(QMUX, QMI)

__all__ = ["QMI", "QMITLV", "QMUX", "Header", "QMIMessage", "Raw", "message_layer"]
