# SPDX-License-Identifier: GPL-2.0-or-later
"""Whole QMI messages: bytes to a message with notes, and a message to bytes."""

from __future__ import annotations

from dataclasses import dataclass, field

from qmiprobe._message import Field, Message, Response, decode_field, encode_field
from qmiprobe._wire import Log, Note, Reader, Span, Writer
from qmiprobe.errors import DecodeError, EncodeError
from qmiprobe.qmi import _registry
from qmiprobe.qmi._sdu import Header, Tlv, build, parse_header, parse_tlvs
from qmiprobe.qmi.services._shared import Error

RESULT = 0x02
"""The Result TLV: status u16, error u16; in every response."""


@dataclass(frozen=True)
class Result:
    """What a response says of its request."""

    ok: bool
    error: Error

    def __str__(self) -> str:
        return "success" if self.ok else f"{self.error} ({int(self.error)})"


@dataclass(frozen=True, kw_only=True)
class QmiMessage:
    """A decoded message: header, body where it is defined, and what was odd about the bytes."""

    header: Header
    raw: bytes
    result: Result | None = None
    """Only in responses; None where the TLV is missing."""
    body: Message | None = None
    """None where the message is not defined: ``header`` still names it by number."""
    notes: tuple[Note, ...] = ()
    spans: tuple[Span, ...] = ()
    """Where personal values stand in ``raw``, and bytes that may hold some."""
    unknown: dict[int, bytes] = field(default_factory=dict)
    """TLVs that the definition does not have or that it cannot read, by number."""


def decode(data: bytes, *, vendor: int | None = None) -> QmiMessage:
    """Return the message in one whole QMUX frame; :class:`DecodeError` if it cannot mean one.

    ``vendor`` (a USB vendor id) chooses among definitions that share service and id.
    """
    header, start = parse_header(data)
    log = Log()
    cls = _definition(header, vendor, log)
    body = cls.empty() if cls is not None else None
    fields = {field.tlv: field for field in cls.__fields__} if cls is not None else {}
    result = None
    seen: set[int] = set()
    unknown: dict[int, bytes] = {}
    for tlv in parse_tlvs(data, start):
        log.tlv = tlv.type
        if tlv.type in seen:
            log.note("repeated-tlv", f"TLV {tlv.type:#04x} again: the first one counts")
            log.leftover(tlv.start, tlv.end, personal=True)
            continue
        seen.add(tlv.type)
        reader = Reader(data, start=tlv.start, end=tlv.end, log=log)
        definition = fields.get(tlv.type)
        if tlv.type == RESULT and header.kind == "response":
            result = _decode_result(reader)
        elif definition is None or body is None:
            unknown[tlv.type] = data[tlv.start : tlv.end]
            log.leftover(tlv.start, tlv.end)
            if body is not None:
                log.note("unknown-tlv", f"TLV {tlv.type:#04x}: {data[tlv.start : tlv.end].hex()}")
        elif not _decode_tlv(definition, reader, body, tlv):
            unknown[tlv.type] = data[tlv.start : tlv.end]
    log.tlv = None
    if header.kind == "response" and result is None:
        log.note("missing-result", "a response without the Result TLV")
    if body is not None:
        _judge_presence(body, result, log)
    return QmiMessage(
        header=header,
        raw=data,
        result=result,
        body=body,
        notes=tuple(log.notes),
        spans=tuple(log.spans),
        unknown=unknown,
    )


def _definition(header: Header, vendor: int | None, log: Log) -> type[Message] | None:
    found = _registry.find(header.service, header.message_id, header.kind)
    chosen = [entry for entry in found if entry[0] == vendor] if vendor is not None else []
    chosen = chosen or [entry for entry in found if entry[0] is None]
    if not chosen and len(found) == 1:
        log.note("assumed-vendor", f"read as vendor {found[0][0]:#06x} defines it")
        chosen = list(found)
    return _registry.load(chosen[0][1], chosen[0][2]) if chosen else None


def _decode_result(reader: Reader) -> Result | None:
    if reader.remaining < 4:
        reader.log.note("bad-tlv", f"the Result TLV has {reader.remaining} bytes, 4 are wanted")
        reader.log.leftover(reader.pos, reader.end)
        return None
    status, error = reader.uint(2), Error(reader.uint(2))
    if not error.known:
        reader.log.note("unknown-value", f"QMI error {int(error)} ({int(error):#06x})")
    if status > 1:
        reader.log.note("unknown-value", f"result status {status}")
    if reader.remaining:
        reader.log.note("trailing-bytes", f"{reader.remaining} bytes behind the result")
        reader.log.leftover(reader.pos, reader.end)
    return Result(status == 0, error)


def _decode_tlv(definition: Field, reader: Reader, body: Message, tlv: Tlv) -> bool:
    """Put the TLV's value into ``body``; False where its bytes do not mean one.

    The other TLVs still do: a modem that cuts one short has answered all the same.
    """
    log, name = reader.log, f"TLV {tlv.type:#04x} ({definition.name})"
    try:
        if tlv.start == tlv.end and definition.wire.least:
            log.note("empty-tlv", f"{name} has no value")
            return False
        body.__dict__[definition.attr] = decode_field(definition, reader, body.__dict__)
    except DecodeError as error:
        log.note("bad-tlv", f"{name}: {error}")
        log.leftover(tlv.start, tlv.end, personal=definition.sensitive)
        return False
    if reader.remaining:
        log.note("trailing-bytes", f"{reader.remaining} bytes behind {definition.name}")
        log.leftover(reader.pos, reader.end, personal=definition.sensitive)
    return True


def _judge_presence(body: Message, result: Result | None, log: Log) -> None:
    ok = result is None or result.ok
    scope = {"result": result, **body.__dict__}
    for definition in body.__fields__:
        there = body.__dict__[definition.attr] is not None
        log.tlv = definition.tlv
        if definition.expected is not None:
            if there and not definition.expected.holds(scope):
                text = f"{definition.name} is there although not {definition.expected.text}"
                log.note("unexpected-tlv", text)
        elif definition.required and ok and not there:
            log.note("missing-tlv", f"{definition.name} is required and not there")
    log.tlv = None


def encode(
    header: Header, body: Message | None, *, result: Result | None = None, extra: bytes = b""
) -> bytes:
    """Return the whole frame; TLVs in the definition's order, ``extra`` appended as they are."""
    tlvs = bytearray()
    if header.kind == "response":
        verdict = result or Result(True, Error(0))
        tlvs += b"\x02\x04\x00" + int(not verdict.ok).to_bytes(2, "little")
        tlvs += int(verdict.error).to_bytes(2, "little")
    if body is not None:
        tlvs += encode_tlvs(body)
    return build(header, bytes(tlvs) + extra)


def encode_tlvs(body: Message) -> bytes:
    """Return the TLVs of ``body``; fields that are None are left out."""
    out = bytearray()
    for definition in body.__fields__:
        value = body.__dict__.get(definition.attr)
        if value is None:
            if definition.required and not isinstance(body, Response):
                raise EncodeError(f"{definition.name} is required")
            continue
        writer = Writer()
        encode_field(definition, writer, value, body.__dict__)
        if len(writer.data) > 0xFFFF:
            raise EncodeError(f"{definition.name}: {len(writer.data)} bytes do not fit a TLV")
        out += bytes((definition.tlv or 0,)) + len(writer.data).to_bytes(2, "little") + writer.data
    return bytes(out)
