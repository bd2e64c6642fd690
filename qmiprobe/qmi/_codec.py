# SPDX-License-Identifier: GPL-2.0-or-later
"""Whole QMI messages: bytes to a message with notes, and a message to bytes."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
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
    empty: dict[str, object]
    tlvs: dict[int, tuple[str, Read, Field]]
    notes: list[Note]
    """What is odd about choosing the definition."""
    judge: Callable[[Message, Result | None, list[Note]], None] | None
    """Notes what is missing, or there against its condition."""


_plans: dict[int | None, dict[int, _Plan]] = {}
"""By vendor, and by service, flags and message id in one number."""
_results: dict[bytes, Result] = {}
_NONE: dict[int, _Plan] = {}
_MOST = 4096
_LAYOUT, _CTL_LAYOUT = Struct("<BHBBBBHHH"), Struct("<BHBBBBBHH")
_new_header = partial(tuple.__new__, Header)


def decode(data: bytes, *, vendor: int | None = None) -> QmiMessage:
    """Return the message in one whole QMUX frame; :class:`DecodeError` if it cannot mean one.

    ``vendor`` (a USB vendor id) chooses among definitions that share service and id.
    """
    data = bytes(data)
    (_, _, cls, empty, tlvs, first_notes, judge), header, at = _open(data, vendor)
    body, values, notes = None, empty, first_notes.copy()
    if cls is not None:
        body = cls.__new__(cls)
        values = body.__dict__ = empty.copy()
    unknown: dict[int, bytes] = {}
    end, result, awaited = len(data), None, header.kind == "response"
    while at < end:
        start = at + 3
        if start > end:
            raise DecodeError(f"{end - at} bytes are no TLV header", offset=at)
        number = data[at]
        stop = start + (data[at + 1] | data[at + 2] << 8)
        if stop > end:
            text = f"TLV {number:#04x} says {stop - start} bytes, {end - start} are left"
            raise DecodeError(text, offset=at)
        at = stop
        entry = tlvs.get(number)
        if entry is not None and values[entry[0]] is None and number not in unknown:
            try:
                values[entry[0]] = entry[1](data, start, stop, notes)
            except ODD:
                assert body is not None
                _read_odd(entry[2], body, Tlv(number, start, stop), data, notes, unknown)
        elif number == RESULT and awaited:
            awaited = False
            result = _results.get(data[start:stop]) or _read_result(data, start, stop, notes)
        else:
            _keep(number, data[start:stop], body, header, notes, unknown)
    if result is None and header.kind == "response":
        notes.append(Note("missing-result", "a response without the Result TLV"))
    if judge is not None and body is not None:
        judge(body, result, notes)
    return QmiMessage(header, data, result, body, tuple(notes), unknown)


def _open(data: bytes, vendor: int | None) -> tuple[_Plan, Header, int]:
    """Return how to read the message in ``data``, its header, and where its TLVs start."""
    size = len(data)
    layout, at = (_LAYOUT, 13) if size > 4 and data[4] else (_CTL_LAYOUT, 12)
    if size >= at:
        marker, length, sender, service, client, flags, transaction, message_id, tlvs = (
            layout.unpack_from(data)
        )
        plan = _plans.get(vendor, _NONE).get(service << 24 | flags << 16 | message_id)
        if plan is not None and (marker, length, sender & 0x7F, tlvs) == (
            1,
            size - 1,
            0,
            size - at,
        ):
            parts = (service, client, transaction, message_id, plan.kind, sender == 0x80)
            return plan, _new_header((*parts, plan.compound)), at
    header, at = parse_header(data)
    return _plan_of(header, vendor), header, at


def _plan_of(header: Header, vendor: int | None) -> _Plan:
    log = Log()
    cls = _careful.find_definition(header.service, header.message_id, header.kind, vendor, log)
    fields = cls.__fields__ if cls is not None else ()
    tlvs: dict[int, tuple[str, Read, Field]] = {}
    plan = _Plan(
        header.kind,
        header.compound,
        cls,
        {field.attr: None for field in fields},
        tlvs,
        log.notes,
        _judge_of(fields),
    )
    for field in fields:
        if field.tlv is not None:
            tlvs[field.tlv] = (field.attr, _at_first(tlvs, field, field.tlv), field)
    plans = _plans.setdefault(vendor, {}) if len(_plans) < _MOST else {}
    if len(plans) < _MOST:
        plans[header.service << 24 | sdu_flags(header) << 16 | header.message_id] = plan
    return plan


def _judge_of(
    fields: tuple[Field, ...],
) -> Callable[[Message, Result | None, list[Note]], None] | None:
    required = [field for field in fields if field.required]

    def careful(body: Message, result: Result | None, notes: list[Note]) -> None:
        log = Log()
        _careful.judge_presence(body, result, log)
        notes += log.notes

    def quick(body: Message, result: Result | None, notes: list[Note]) -> None:
        values = body.__dict__
        for field in required:
            if values[field.attr] is None:
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


def _keep(
    number: int, value: bytes, body: Message | None, header: Header, notes: list[Note],
    unknown: dict[int, bytes],
) -> None:  # fmt: skip
    """Keep a TLV that the definition does not have; note one that came before."""
    known = body is not None and any(field.tlv == number for field in body.__fields__)
    if known or number in unknown or (number == RESULT and header.kind == "response"):
        text = f"TLV {number:#04x} again: the first one counts"
        notes.append(Note("repeated-tlv", text, number))
        return
    unknown[number] = value
    if body is not None:
        notes.append(Note("unknown-tlv", f"TLV {number:#04x}: {value.hex()}", number))


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
