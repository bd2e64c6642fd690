# SPDX-License-Identifier: GPL-2.0-or-later
"""The words of ``call`` as messages to send: names, fields, ``--then``, ``--set``, ``--raw``."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast

import click

from qmiprobe.cli._assignments import assemble
from qmiprobe.cli._body import make_body, settable
from qmiprobe.cli._known import SEND_KINDS, Definition, find_messages
from qmiprobe.errors import DecodeError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qmiprobe._enums import Uuid
    from qmiprobe._message import Request, Response
    from qmiprobe.address import Protocol

# Options whose place among the words counts: click hands them on as words.
THEN, SET, RAW = "\0then", "\0set", "\0raw"
_MARKS = {"--then": THEN, "--set": SET, "--raw": RAW}


@dataclass(frozen=True, kw_only=True)
class Step:
    """One message to send, checked and not yet sent."""

    name: str
    protocol: Protocol
    service: int | Uuid
    message_id: int
    body: Request[Response] | None = None
    """None where the message is given as bytes."""
    payload: bytes = b""
    """TLVs or information buffer of a message given as bytes."""
    is_set: bool = False
    vendor: int | None = None


@dataclass
class _Words:
    """The words of one step."""

    message: str | None = None
    raw: str | None = None
    is_set: bool = False
    assignments: list[str] = field(default_factory=list)


def mark(arguments: Sequence[str]) -> list[str]:
    """Turn the options that belong to one step into words, which keep their place."""
    words: list[str] = []
    for index, word in enumerate(arguments):
        if word == "--":
            return [*words, *arguments[index:]]
        name, equals, value = word.partition("=")
        words.append(_MARKS.get(name, word))
        if name == "--raw" and equals:
            words.append(value)
    return words


def split_steps(words: Sequence[str]) -> list[list[str]]:
    """Return the words of each step."""
    steps: list[list[str]] = [[]]
    for word in words:
        if word == THEN:
            steps.append([])
        else:
            steps[-1].append(word)
    return steps


def make_steps(
    words: Sequence[str], *, mbimex: str | None = None, wanted: Protocol | None = None
) -> list[Step]:
    """Return what to send; a usage error or EncodeError says what is wrong with a word.

    ``mbimex`` chooses among the layouts of a command; ``wanted`` decides where both protocols
    have a message of that name.
    """
    steps = [_step(_sorted(part), mbimex or "1.0", wanted) for part in split_steps(words)]
    if len({step.protocol for step in steps}) > 1:
        raise click.UsageError("one run speaks one protocol: these are messages of both")
    return steps


def _sorted(words: list[str]) -> _Words:
    found = _Words()
    rest = iter(words)
    for word in rest:
        if word == SET:
            found.is_set = True
        elif word == RAW:
            found.raw = next(rest, None)
        elif found.message is None and found.raw is None:
            found.message = word
        else:
            found.assignments.append(word)
    if found.raw is not None and (found.assignments or found.message):
        raise click.UsageError("--raw HEX is a whole message: no name and no fields beside it")
    if found.raw is None and found.message is None:
        raise click.UsageError("no MESSAGE: such as dms.get-model, or --raw HEX")
    return found


def _step(words: _Words, mbimex: str, wanted: Protocol | None) -> Step:
    if words.raw is not None:
        return _raw_step(words.raw)
    text, _, kind = (words.message or "").partition(":")
    if kind not in ("", "set", "query"):
        raise click.UsageError(f"{words.message!r}: after the colon stands set or query")
    kind = "set" if words.is_set and not kind else kind
    found = _one_protocol(find_messages(text), text, wanted)
    definition = _choose(found, kind, words.assignments, mbimex, text)
    # MBIM's queries carry zeros where nothing is asked for.
    cls = definition.load()
    body = make_body(cls, assemble(words.assignments), blank=definition.kind == "query")
    return Step(
        name=f"{definition.service} {definition.message}",
        protocol=definition.protocol,
        service=cls.service,
        message_id=definition.id,
        body=cast("Request[Response]", _encodable(body, definition.protocol)),
        vendor=definition.vendor,
    )


def _one_protocol(found: list[Definition], text: str, wanted: Protocol | None) -> list[Definition]:
    protocols = {one.protocol for one in found}
    if len(protocols) > 1 and wanted is None:
        raise click.UsageError(f"both protocols have {text}: write qmi/{text} or mbim/{text}")
    return [one for one in found if len(protocols) == 1 or one.protocol == wanted]


def _choose(
    found: list[Definition], kind: str, assignments: list[str], mbimex: str, text: str
) -> Definition:
    sendable = [one for one in found if one.kind in SEND_KINDS]
    if not sendable:
        raise click.UsageError(f"{text} comes from the modem alone: it cannot be sent")
    fitting = [one for one in sendable if one.mbimex <= mbimex] or sendable
    newest = {one.kind: one for one in sorted(fitting, key=lambda one: one.mbimex)}
    if kind:
        if kind not in newest:
            raise click.UsageError(f"{text} has no {kind}, only {' and '.join(newest)}")
        return newest[kind]
    if set(newest) == {"query", "set"}:
        return newest["set" if _only_set_has(newest, assignments) else "query"]
    return next(iter(newest.values()))


def _only_set_has(newest: dict[str, Definition], assignments: list[str]) -> bool:
    query, to_set = ({field.name for field in settable(one.load())}
                     for one in (newest["query"], newest["set"]))  # fmt: skip
    given = set(assemble(assignments))
    return bool(given & (to_set - query)) and not given & (query - to_set)


def _encodable(body: object, protocol: Protocol) -> object:
    """Encode once, so that a value that does not fit is refused before a port is opened."""
    from qmiprobe._message import Message

    assert isinstance(body, Message)
    if protocol == "qmi":
        from qmiprobe.qmi._codec import encode_tlvs

        encode_tlvs(body)
    else:
        from qmiprobe.mbim._buffer import encode_buffer

        encode_buffer(body)
    return body


def _raw_step(text: str) -> Step:
    from qmiprobe.capture import parse_hex, protocol_of, title

    try:
        data = parse_hex(text)
        protocol = protocol_of(data)
        named = title(data, protocol=protocol) or "message"
        return _qmi_raw(data, named) if protocol == "qmi" else _mbim_raw(data, named)
    except DecodeError as error:
        raise click.UsageError(f"--raw: {error}: it takes a whole QMUX or MBIM message") from None


def _qmi_raw(data: bytes, name: str) -> Step:
    from qmiprobe.qmi._sdu import parse_header

    header, start = parse_header(data)
    return Step(
        name=name,
        protocol="qmi",
        service=header.service,
        message_id=header.message_id,
        payload=data[start:],
    )


def _mbim_raw(data: bytes, name: str) -> Step:
    from qmiprobe.mbim._header import parse

    packet = parse(data)
    if packet.kind != "command" or packet.total > 1:
        raise DecodeError(f"{name} is not one whole COMMAND")
    return Step(
        name=name,
        protocol="mbim",
        service=packet.service,
        message_id=packet.cid,
        payload=packet.buffer,
        is_set=bool(packet.value),
    )
