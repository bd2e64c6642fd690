# SPDX-License-Identifier: GPL-2.0-or-later
"""An MBIM message as the JSON object of the command line's contract."""

from __future__ import annotations

from qmiprobe._as_json import notes_json
from qmiprobe._enums import Uuid
from qmiprobe._plain import Json, fields_to_json, to_json
from qmiprobe._trace_format import Direction
from qmiprobe.mbim import _registry
from qmiprobe.mbim._codec import MbimMessage
from qmiprobe.mbim._header import Packet, from_device

_KINDS = {"command": "request", "command-done": "response", "indicate-status": "indication"}


def mbim_message_json(
    message: MbimMessage, *, direction: Direction | None = None, time: float | None = None
) -> dict[str, Json]:
    """Return the object; ``direction`` by default as the message's type tells, ``time`` in seconds.

    One fragment of several is of kind ``fragment``; its own key ``fragment`` says of what.
    """
    packet = message.packet
    service = service_of(packet)
    uuid = None if service is None else service.text
    document: dict[str, Json] = {
        "protocol": "mbim",
        "kind": "fragment" if packet.total > 1 else kind_of(packet),
        "service": None if uuid is None else _registry.service_name(uuid),
        "service_id": uuid,
        "message": None if uuid is None else _registry.command_name(uuid, packet.cid),
        "message_id": None if service is None else packet.cid,
        "vendor": None,
        "client": None,
        "transaction": packet.transaction,
        "direction": direction or direction_of(packet),
        "result": _result_json(message),
        "fields": _fields_json(message),
        "notes": notes_json(message.notes),
        "mbimex": message.mbimex,
        "time": time,
        "hex": message.raw.hex(),
    }
    if packet.kind == "command" and service is not None:
        document["query"] = not packet.value
    if packet.total > 1:
        document["fragment"] = {
            "of": kind_of(packet), "current": packet.current, "total": packet.total
        }  # fmt: skip
    return document


def kind_of(packet: Packet) -> str:
    """Return the kind of a whole message: request, response, indication, open, open-done, ..."""
    return _KINDS.get(packet.kind, packet.kind)


def service_of(packet: Packet) -> Uuid | None:
    """Return the service of a command; None in other messages and in later fragments."""
    return packet.service if packet.kind in _KINDS and not packet.current else None


def service_name(service: Uuid | None) -> str | None:
    """Return the name of a service, None for an unknown one."""
    return None if service is None else _registry.service_name(service.text)


def command_name(packet: Packet) -> str | None:
    """Return the command's name, None where it is not known."""
    service = service_of(packet)
    return None if service is None else _registry.command_name(service.text, packet.cid)


def direction_of(packet: Packet) -> Direction:
    """Return which way a message goes, from its type."""
    return "from-device" if from_device(packet.kind) else "to-device"


def _result_json(message: MbimMessage) -> Json:
    if message.packet.current:
        return None
    if message.error is not None:
        return {"ok": False, "error": to_json(message.error)}
    status = message.status
    if status is None:
        return None
    return {"ok": not status, "error": to_json(status) if status else None}


def _fields_json(message: MbimMessage) -> Json:
    if message.packet.kind == "open":
        return {"max-control-transfer": message.packet.value}
    return None if message.body is None else fields_to_json(message.body)
