# SPDX-License-Identifier: GPL-2.0-or-later
"""What ``protocol`` knows, for people: services, messages with their fields, enums."""

from __future__ import annotations

from itertools import groupby
from textwrap import wrap
from typing import TYPE_CHECKING, cast

import click

from qmiprobe.cli._catalogue import (
    Chosen,
    FieldJson,
    advice_of,
    enums_shown,
    fields_of,
    sentence,
)
from qmiprobe.cli._definition_files import is_shared
from qmiprobe.cli._known import definitions

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from qmiprobe.cli._catalogue import Enum
    from qmiprobe.cli._known import Definition, Service


def service_lines(services: Iterable[Service], counts: dict[Service, int]) -> Iterator[str]:
    """Give a line for each service, those without definitions in one at the end."""
    for protocol, group in groupby(services, key=lambda one: one.protocol):
        known = list(group)
        defined = [one for one in known if one.module is not None]
        width = max(len(one.name) for one in defined)
        yield click.style(protocol.upper(), bold=True)
        for one in defined:
            number = f"{one.id:#04x}  " if isinstance(one.id, int) else ""
            yield f"  {number}{one.name:<{width}}  {counts[one]:>3}  {one.doc or ''}"
        others = ", ".join(one.name for one in known if one.module is None)
        if others:
            yield f"  known by name only: {others}"


def overview_lines(chosen: Chosen) -> Iterator[str]:
    """Give the messages and enums of a service, a line for each message."""
    service = chosen.service
    number = f"{service.id:#04x}" if isinstance(service.id, int) else service.id
    yield click.style(f"{service.protocol.upper()} {service.name} ({number})", bold=True)
    if service.doc:
        yield f"  {service.doc}"
    if not chosen.definitions:
        yield "  No messages of it are defined."
        return
    yield ""
    rows = [list(group) for _, group in groupby(chosen.definitions, key=lambda one: one.message)]
    width = max(len(row[0].message) for row in rows)
    for row in rows:
        yield f"  {_number(row[0])}  {row[0].message:<{width}}  {_about(row[0])}"
    enums = enums_shown(chosen)
    if enums:
        yield ""
        yield f"  Enums: {', '.join(enums)}"


def message_lines(entries: Iterable[Definition]) -> Iterator[str]:
    """Give each message with the fields of all its directions."""
    for _, group in groupby(entries, key=lambda one: (one.protocol, one.service, one.message)):
        row = list(group)
        first = row[0]
        about = [f"{'message' if first.protocol == 'qmi' else 'command'} {_number(first).strip()}"]
        about += [f"vendor {first.vendor:#06x}"] if first.vendor is not None else []
        name = f"{first.protocol.upper()} {first.service}.{first.message} ({', '.join(about)})"
        yield click.style(name, bold=True)
        yield f"  {_about(first)}"
        yield from _direction_lines(row)


def _direction_lines(row: Iterable[Definition]) -> Iterator[str]:
    shown: list[tuple[str, list[FieldJson]]] = []
    for entry in row:
        newer = f", MBIMEx {entry.mbimex} on" if entry.mbimex != "1.0" else ""
        name, fields = f"{entry.kind}{newer}", fields_of(entry)
        same = next((earlier for earlier, known in shown if known == fields), None)
        if not fields:
            yield f"  {name}: no fields"
        elif same is not None:
            yield f"  {name}: the same as {same}"
        else:
            yield f"  {name}:"
            yield from _field_lines(fields, "    ")
        shown.append((name, fields))


def enum_lines(service: Service, name: str, values: Enum) -> Iterator[str]:
    """Give the values of an enum."""
    shared = is_shared(service.protocol, service.name, name)
    label = name if shared else f"{service.name}.{name}"
    advice = advice_of(service, name, values)
    yield click.style(f"{service.protocol.upper()} {label}", bold=True)
    width = max((len(one) for one in values), default=0)
    is_mask = any(isinstance(one, int) and one > 0xFFFF for one in values.values())
    for one, value in values.items():
        shown = f"{value:#x}" if isinstance(value, int) and is_mask else value
        yield f"  {one:<{width}}  {shown}"
        yield from wrap(
            advice.get(one, ""), 78, initial_indent="      ", subsequent_indent="      "
        )


def hit_lines(chosen: Iterable[Chosen], word: str) -> Iterator[str]:
    """Give a line for each name that a search met."""
    for one in chosen:
        service = one.service
        start = f"{service.protocol} {service.name}"
        if one.is_whole:
            yield f"{start}  {service.doc or '(known by name only)'}"
        for _, group in groupby(one.definitions, key=lambda entry: entry.message):
            row = list(group)
            yield f"{start}.{row[0].message}  {_about(row[0])}"
            yield from dict.fromkeys(
                f"    {entry.kind}: {path}"
                for entry in row
                for path in _paths(fields_of(entry), "")
                if word in path.rpartition(".")[2]
            )
        for name, values in enums_shown(one).items():
            met = [f"{value} = {number}" for value, number in values.items() if word in value]
            yield f"{start}.{name}  enum{': ' if met else ''}{', '.join(met)}"


def _paths(fields: Iterable[FieldJson], before: str) -> Iterator[str]:
    for field in fields:
        yield f"{before}{field['name']}"
        inside = cast("list[FieldJson]", field["fields"] or [])
        yield from _paths(inside, f"{before}{field['name']}.")


def _about(entry: Definition) -> str:
    """Return the sentence about a message, which stands at what is sent, or at an indication."""
    key = (entry.protocol, entry.service_id, entry.message)
    row = (one for one in definitions() if (one.protocol, one.service_id, one.message) == key)
    return next((text for one in row if (text := sentence(one))), "")


def _number(entry: Definition) -> str:
    return f"{entry.id:#06x}" if entry.protocol == "qmi" else f"{entry.id:>3}"


def _field_lines(fields: Iterable[FieldJson], indent: str) -> Iterator[str]:
    rows = list(fields)
    width = max((len(str(field["name"])) for field in rows), default=0)
    for field in rows:
        tlv = f"{field['tlv']:#04x}  " if field["tlv"] is not None else ""
        yield f"{indent}{tlv}{field['name']:<{width}}  {_kind(field)}"
        inside = cast("list[FieldJson]", field["fields"] or [])
        yield from _field_lines(inside, f"{indent}{' ' * len(tlv)}  ")


def _kind(field: FieldJson) -> str:
    marks = [str(field["type"])]
    marks += [f"enum {field['enum']}"] if field["enum"] else []
    marks += [f"in {field['unit']}"] if field["unit"] else []
    marks += ["required"] if field["required"] and field["tlv"] is not None else []
    marks += ["personal"] if field["personal"] else []
    marks += [f"if {field['when']}"] if field.get("when") else []
    return ", ".join(marks)
