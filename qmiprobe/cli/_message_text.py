# SPDX-License-Identifier: GPL-2.0-or-later
"""A decoded message for people: a line that names it, its result, fields with units, notes."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import click

from qmiprobe.cli._advice_lines import advice_lines
from qmiprobe.cli._value_text import field_lines, printable

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from qmiprobe._plain import Json
    from qmiprobe.capture import Decoded

_ARROWS = {"to-device": "->", "from-device": "<-", None: "--"}
_STEP = "  "


def message_lines(
    decoded: Decoded, *, with_hex: bool = False, latency_ms: float | None = None
) -> Iterator[str]:
    """Give the lines of one message; styled, for ``click.echo`` to strip where that is due."""
    said = decoded.json()
    latency = "" if latency_ms is None else f" after {latency_ms:.1f} ms"
    if decoded.message is None:
        protocol = str(said["protocol"] or "").upper()
        text = f"{_start(said, decoded)}{protocol}: {decoded.error}".replace(" : ", " ")
        yield click.style(printable(text), fg="red") + latency
        for note in decoded.notes:
            yield click.style(f"{_STEP}note: {printable(note.text)} [{note.code}]", fg="yellow")
    else:
        yield click.style(f"{_start(said, decoded)}{_title(said)}", bold=True) + latency
        for line in _body(decoded, said):
            yield _STEP + line
    if with_hex or decoded.message is None:
        yield f"{_STEP}hex: {decoded.raw.hex() or '(no bytes)'}"
    if decoded.inner is not None:
        for line in message_lines(decoded.inner, with_hex=with_hex):
            yield _STEP + line


def _start(said: Mapping[str, Json], decoded: Decoded) -> str:
    time = "" if decoded.time is None else f"{decoded.time:.6f} "
    return f"{time}{_ARROWS[decoded.direction]} "


def _title(said: Mapping[str, Json]) -> str:
    """``QMI dms get-ids response (client 1, transaction 5)``."""
    kind = said["kind"]
    if kind == "fragment":
        of = cast("Mapping[str, int]", said["fragment"])
        kind = f"fragment {of['current'] + 1} of {of['total']} of a {of['of']}"
    elif "query" in said:
        kind = "query" if said["query"] else "set"
    names = [str(said["protocol"]).upper(), *_names(said), str(kind)]
    about = [f"client {said['client']}"] if said["client"] is not None else []
    about.append(f"transaction {said['transaction']}")
    if said["vendor"] is not None:
        about.append(f"vendor {said['vendor']:#06x}")
    if said.get("mbimex", "1.0") != "1.0":
        about.append(f"MBIMEx {said['mbimex']}")
    return f"{' '.join(names)} ({', '.join(about)})"


def _names(said: Mapping[str, Json]) -> Iterator[str]:
    service, message = said["service_id"], said["message_id"]
    if service is not None:
        number = f"service {service:#04x}" if isinstance(service, int) else f"service {service}"
        yield str(said["service"] or number)
    if message is not None:
        number = f"message {message:#06x}" if said["protocol"] == "qmi" else f"command {message}"
        yield str(said["message"] or number)


def _body(decoded: Decoded, said: Mapping[str, Json]) -> Iterator[str]:
    result = cast("Mapping[str, Json] | None", said["result"])
    if result is not None:
        yield f"result: {_result(result)}"
    body = getattr(decoded.message, "body", None)
    if body is not None:
        yield from field_lines(body)
    elif said["fields"] is not None:
        fields = cast("Mapping[str, Json]", said["fields"])
        yield from (f"{name}: {value}" for name, value in fields.items())
    elif said["kind"] in ("request", "response", "indication") and _is_unknown(decoded):
        yield "(not defined: shown as it is)"
    for tlv in cast("list[dict[str, Json]]", said.get("unknown_tlvs", [])):
        yield f"TLV {tlv['tlv']:#04x}: {tlv['hex'] or '(empty)'}"
    buffer = getattr(getattr(decoded.message, "packet", None), "buffer", b"")
    if body is None and buffer:
        yield f"information buffer: {buffer.hex()}"
    for line in advice_lines(_error(decoded), body):
        yield click.style(line, fg="cyan")
    for note in cast("list[dict[str, Json]]", said["notes"]):
        yield click.style(printable(f"note: {note['text']} [{note['code']}]"), fg="yellow")


def _error(decoded: Decoded) -> object:
    """The code of a refusal: QMI's error, MBIM's status or protocol error."""
    message = decoded.message
    result = getattr(message, "result", None)
    if result is not None:
        return result.error
    return getattr(message, "status", None) or getattr(message, "error", None)


def _is_unknown(decoded: Decoded) -> bool:
    """Whether nothing is defined, rather than a refusal that came without a body."""
    packet = getattr(decoded.message, "packet", None)
    return packet is None or bool(packet.buffer)


def _result(result: Mapping[str, Json]) -> str:
    error = cast("Mapping[str, Json] | None", result["error"])
    if error is None:
        return click.style("success", fg="green")
    text = f"{error['name'] or 'error without a name'} ({error['value']})"
    return f"success, and yet {text}" if result["ok"] else click.style(text, fg="red")
