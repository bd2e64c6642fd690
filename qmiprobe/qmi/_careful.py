# SPDX-License-Identifier: GPL-2.0-or-later
"""The careful decoder of QMI messages: by the field tables alone, with spans of personal values.

It is the truth that the compiled one (``_codec``) is held against, and reads for it what is odd.
"""

from __future__ import annotations

from qmiprobe._compile import trailing_bytes
from qmiprobe._message import Field, Message, decode_field
from qmiprobe._wire import Log, Reader, Span
from qmiprobe.errors import DecodeError
from qmiprobe.qmi import _registry
from qmiprobe.qmi._model import RESULT, QmiMessage, Result
from qmiprobe.qmi._sdu import Tlv, parse_header, parse_tlvs
from qmiprobe.qmi.services._shared import Error


def decode(data: bytes, *, vendor: int | None = None) -> tuple[QmiMessage, list[Span]]:
    """Return the message in one whole QMUX frame, and where personal values stand in it.

    :class:`DecodeError` if the bytes cannot mean one.
    """
    header, start = parse_header(data)
    log = Log()
    cls = find_definition(header.service, header.message_id, header.kind, vendor, log)
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
            result = decode_result(reader)
        elif definition is None or body is None:
            unknown[tlv.type] = data[tlv.start : tlv.end]
            log.leftover(tlv.start, tlv.end)
            if body is not None:
                log.note("unknown-tlv", f"TLV {tlv.type:#04x}: {data[tlv.start : tlv.end].hex()}")
        elif not decode_tlv(definition, reader, body, tlv):
            unknown[tlv.type] = data[tlv.start : tlv.end]
    log.tlv = None
    if header.kind == "response" and result is None:
        log.note("missing-result", "a response without the Result TLV")
    if body is not None:
        judge_presence(body, result, log)
    message = QmiMessage(header, data, result, body, tuple(log.notes), unknown)
    return message, log.spans


def find_definition(
    service: int, message_id: int, kind: str, vendor: int | None, log: Log
) -> type[Message] | None:
    """Return the definition of a message, if there is one and it is sure."""
    found = _registry.find(service, message_id, kind)
    chosen = [entry for entry in found if entry[0] == vendor] if vendor is not None else []
    chosen = chosen or [entry for entry in found if entry[0] is None]
    if not chosen and len(found) == 1:
        log.note("assumed-vendor", f"read as vendor {found[0][0]:#06x} defines it")
        chosen = list(found)
    return _registry.load(chosen[0][1], chosen[0][2]) if chosen else None


def decode_result(reader: Reader) -> Result | None:
    """Return what the Result TLV says; None where it is too short to say it."""
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


def decode_tlv(definition: Field, reader: Reader, body: Message, tlv: Tlv) -> bool:
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
        log.notes.append(trailing_bytes(definition.name, tlv.type, reader.remaining))
        log.leftover(reader.pos, reader.end, personal=definition.sensitive)
    return True


def judge_presence(body: Message, result: Result | None, log: Log) -> None:
    """Note required TLVs that are not there, and those that are there against their condition."""
    ok = result is None or result.ok
    scope = {"result": result, **body.__dict__}
    for definition in body.__fields__:
        there = body.__dict__.get(definition.attr) is not None
        log.tlv = definition.tlv
        if definition.expected is not None:
            if there and not definition.expected.holds(scope):
                text = f"{definition.name} is there although not {definition.expected.text}"
                log.note("unexpected-tlv", text)
        elif definition.required and ok and not there:
            log.note("missing-tlv", f"{definition.name} is required and not there")
    log.tlv = None
