# SPDX-License-Identifier: GPL-2.0-or-later
"""A QMI message as the JSON object of the command line's contract."""

from __future__ import annotations

from qmiprobe._as_json import notes_json
from qmiprobe._plain import Json, fields_to_json, to_json
from qmiprobe._trace_format import Direction
from qmiprobe.qmi import _registry
from qmiprobe.qmi._codec import QmiMessage, Result
from qmiprobe.qmi._sdu import Header
from qmiprobe.qmi.services import _index


def qmi_message_json(
    message: QmiMessage, *, direction: Direction | None = None, time: float | None = None
) -> dict[str, Json]:
    """Return the object; ``direction`` by default as the message itself tells, ``time`` in seconds.

    Fields are those of the definition, null where there is none; TLVs that it does not know are
    in ``unknown_tlvs``, which is there only with some.
    """
    header = message.header
    document: dict[str, Json] = {
        "protocol": "qmi",
        "kind": header.kind,
        "service": _registry.service_name(header.service),
        "service_id": header.service,
        "message": message_name(message),
        "message_id": header.message_id,
        "vendor": getattr(message.body, "vendor", None),
        "client": header.client,
        "transaction": header.transaction,
        "direction": direction or direction_of(header),
        "result": None if message.result is None else _result_json(message.result),
        "fields": None if message.body is None else fields_to_json(message.body),
        "notes": notes_json(message.notes),
        "time": time,
        "hex": message.raw.hex(),
    }
    if message.unknown:
        document["unknown_tlvs"] = [
            {"tlv": number, "hex": value.hex()} for number, value in message.unknown.items()
        ]
    return document


def message_name(message: QmiMessage) -> str | None:
    """Return the message's name; None where it has none, or one for each of several vendors."""
    if message.body is not None:
        return message.body.message
    header = message.header
    key = (header.service, header.message_id, header.kind)
    names = {
        entry.name for entry in _index.DEFINITIONS if (entry.service, entry.id, entry.kind) == key
    }
    return names.pop() if len(names) == 1 else None


def direction_of(header: Header) -> Direction:
    """Return which way a message goes; over QRTR only its kind tells."""
    if header.from_service or header.kind != "request":
        return "from-device"
    return "to-device"


def _result_json(result: Result) -> Json:
    fine = result.ok and not result.error
    return {"ok": result.ok, "error": None if fine else to_json(result.error)}
