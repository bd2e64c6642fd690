# SPDX-License-Identifier: GPL-2.0-or-later
"""Whole QMI messages: bytes to a message with notes, and a message to bytes."""

from __future__ import annotations

from collections.abc import Callable
from struct import Struct
from typing import NamedTuple

from qmiprobe import _compile
from qmiprobe._compile import ODD, Odd, Read
from qmiprobe._message import Field, Message, Response, encode_field
from qmiprobe._wire import Log, Note, Reader, Writer
from qmiprobe.errors import DecodeError, EncodeError
from qmiprobe.qmi import _careful
from qmiprobe.qmi._model import RESULT, QmiMessage, Result
from qmiprobe.qmi._sdu import Header, Kind, Tlv, build, parse_header, sdu_flags
from qmiprobe.qmi.services._shared import Error

__all__ = ["Header", "QmiMessage", "Result", "decode", "encode", "encode_tlvs"]


class _Plan(NamedTuple):
    """How the messages of one definition, or of none, are read."""

    kind: Kind
    compound: bool
    cls: type[Message] | None
    tlvs: dict[int, tuple[str, Read, Field]]
    notes: list[Note]
    """What is odd about choosing the definition."""
    judge: Callable[[Message, Result | None, list[Note]], None] | None
    """Notes what is missing, or there against its condition."""


_plans: dict[tuple[int, int, int, int | None], _Plan] = {}
"""By service, flags, message id and vendor."""
_results: dict[bytes, Result] = {}
_strange: dict[tuple[int, bytes], Note] = {}
"""Notes on TLVs that no definition has, by number and value."""
_NOTHING: dict[str, object] = {}
_MOST, _SHORT = 4096, 64
_unpack, _unpack_ctl = Struct("<BHBBBBHHH").unpack_from, Struct("<BHBBBBBHH").unpack_from
_unpack_head = Struct("<BH").unpack_from
_RESULT_HEAD = b"\x02\x04\x00"
_LEAST = 12
"""Bytes of a message of CTL without TLVs; those of others have one more."""
_FROM_SERVICE = 0x80
_new_header = tuple.__new__
_new: Callable[[type[QmiMessage]], QmiMessage] = object.__new__
_new_message: Callable[[type[Message]], Message] = object.__new__


def decode(data: bytes, *, vendor: int | None = None) -> QmiMessage:
    """Return the message in one whole QMUX frame; :class:`DecodeError` if it cannot mean one.

    ``vendor`` (a USB vendor id) chooses among definitions that share service and id.
    """
    if type(data) is not bytes:
        data = bytes(data)
    end = len(data)
    if end > _LEAST or (end == _LEAST and not data[4]):
        unpack, at = (_unpack, 13) if data[4] else (_unpack_ctl, 12)
        marker, size, sender, service, client, flags, transaction, message_id, rest = unpack(data)
        plan = _plans.get((service, flags, message_id, vendor))
        if plan is not None and marker == 1 and size == end - 1 and rest == end - at:
            if sender == _FROM_SERVICE or not sender:
                kind, compound = plan[0], plan[1]
                parts = (service, client, transaction, message_id, kind, sender != 0, compound)
                return _decode_tlvs(data, at, _new_header(Header, parts), plan)
    header, at = parse_header(data)
    plan = _plans.get((header.service, sdu_flags(header), header.message_id, vendor))
    return _decode_tlvs(data, at, header, plan or _plan_of(header, vendor))


def _decode_tlvs(data: bytes, at: int, header: Header, plan: _Plan) -> QmiMessage:
    kind, _, cls, tlvs, first_notes, judge = plan
    body, values, notes = None, _NOTHING, first_notes.copy()
    if cls is not None:
        body = _new_message(cls)
        values = body.__dict__
    unknown: dict[int, bytes] = {}
    end, result, awaited = len(data), None, kind == "response"
    if awaited and data[at : at + 3] == _RESULT_HEAD:
        result = _results.get(data[at + 3 : at + 7])
        if result is not None:
            at, awaited = at + 7, False
    while at < end:
        start = at + 3
        if start > end:
            raise DecodeError(f"{end - at} bytes are no TLV header", offset=at)
        number, length = _unpack_head(data, at)
        stop = start + length
        if stop > end:
            text = f"TLV {number:#04x} says {length} bytes, {end - start} are left"
            raise DecodeError(text, offset=at)
        at = stop
        if number in tlvs:
            attr, read, field = tlvs[number]
            if attr not in values:
                try:
                    values[attr] = read(data, start, stop, notes)
                except ODD:
                    assert body is not None
                    _read_odd(field, body, Tlv(number, start, stop), data, notes, unknown)
                continue
        elif number == RESULT and awaited:
            awaited = False
            result = _results.get(data[start:stop]) or _read_result(data, start, stop, notes)
            continue
        _keep(number, data[start:stop], number in tlvs, header, body, notes, unknown)
    if kind == "response" and result is None:
        notes.append(Note("missing-result", "a response without the Result TLV"))
    if judge is not None and body is not None:
        judge(body, result, notes)
    message = _new(QmiMessage)
    message.header, message.raw, message.result, message.body = header, data, result, body
    message.notes, message.unknown = tuple(notes), unknown
    return message


def _keep(
    number: int, value: bytes, defined: bool, header: Header, body: Message | None,
    notes: list[Note], unknown: dict[int, bytes],
) -> None:  # fmt: skip
    """Keep a TLV that the definition does not have; note one that came before."""
    if defined or number in unknown or (number == RESULT and header.kind == "response"):
        text = f"TLV {number:#04x} again: the first one counts"
        notes.append(Note("repeated-tlv", text, number))
        return
    unknown[number] = value
    if body is not None:
        notes.append(_strange.get((number, value)) or _strange_note(number, value))


def _plan_of(header: Header, vendor: int | None) -> _Plan:
    log = Log()
    cls = _careful.find_definition(header.service, header.message_id, header.kind, vendor, log)
    fields = cls.__fields__ if cls is not None else ()
    tlvs: dict[int, tuple[str, Read, Field]] = {}
    plan = _Plan(
        header.kind,
        header.compound,
        cls,
        tlvs,
        log.notes,
        _judge_of(fields),
    )
    for field in fields:
        setattr(cls, field.attr, None)  # what a message does not hold
        if field.tlv is not None:
            tlvs[field.tlv] = (field.attr, _at_first(tlvs, field, field.tlv), field)
    if len(_plans) < _MOST:
        _plans[header.service, sdu_flags(header), header.message_id, vendor] = plan
    return plan


def _judge_of(
    fields: tuple[Field, ...],
) -> Callable[[Message, Result | None, list[Note]], None] | None:
    required = [field.attr for field in fields if field.required]

    def careful(body: Message, result: Result | None, notes: list[Note]) -> None:
        log = Log()
        _careful.judge_presence(body, result, log)
        notes += log.notes

    def quick(body: Message, result: Result | None, notes: list[Note]) -> None:
        values = body.__dict__
        for attr in required:
            if values.get(attr) is None:
                careful(body, result, notes)
                return

    if any(field.expected is not None for field in fields):
        return careful
    return quick if required else None


def _at_first(tlvs: dict[int, tuple[str, Read, Field]], field: Field, number: int) -> Read:
    """Return what reads a TLV until it has come often enough to be compiled."""
    uses = 0

    def read(data: bytes, at: int, end: int, notes: list[Note]) -> object:
        nonlocal uses
        uses += 1
        if uses <= _compile.AFTER:
            raise Odd
        compiled = _compile.compile_value(field, number)
        tlvs[number] = (field.attr, compiled or _careful_only, field)
        return tlvs[number][1](data, at, end, notes)

    return read


def _careful_only(_data: bytes, _at: int, _end: int, _notes: list[Note]) -> object:
    raise Odd


def _read_odd(
    field: Field, body: Message, tlv: Tlv, data: bytes, notes: list[Note], unknown: dict[int, bytes]
) -> None:
    while notes and notes[-1].tlv == tlv.type:
        notes.pop()
    log = Log()
    log.tlv = tlv.type
    reader = Reader(data, start=tlv.start, end=tlv.end, log=log)
    if not _careful.decode_tlv(field, reader, body, tlv):
        body.__dict__[field.attr] = None  # it came, and another one will not count
        unknown[tlv.type] = data[tlv.start : tlv.end]
    notes += log.notes


def _read_result(data: bytes, start: int, stop: int, notes: list[Note]) -> Result | None:
    log = Log()
    log.tlv = RESULT
    result = _careful.decode_result(Reader(data, start=start, end=stop, log=log))
    notes += log.notes
    if result is not None and not log.notes:
        _results[data[start:stop]] = result
    return result


def _strange_note(number: int, value: bytes) -> Note:
    """Return the note about a TLV that the definition does not have, and remember it."""
    note = Note("unknown-tlv", f"TLV {number:#04x}: {value.hex()}", number)
    if len(_strange) < _MOST and len(value) <= _SHORT:
        _strange[number, value] = note
    return note


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
