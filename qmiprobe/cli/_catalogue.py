# SPDX-License-Identifier: GPL-2.0-or-later
"""What ``protocol`` knows, chosen by name or by a word in it, as data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias, cast

import click

from qmiprobe._advice import advice_for
from qmiprobe.cli._definition_files import enums_of, is_shared
from qmiprobe.cli._known import Definition, Service, definitions, nearest, services, split_protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from qmiprobe._plain import Json

FieldJson: TypeAlias = "Mapping[str, Json]"
Enum: TypeAlias = "dict[str, int | str]"


@dataclass(frozen=True)
class Chosen:
    """What was chosen of one service."""

    service: Service
    definitions: tuple[Definition, ...]
    enums: tuple[str, ...] | None
    """Names of enums; None: those that the definitions use."""
    is_whole: bool = False
    """Whether the service as such was asked for."""


def choose(name: str | None) -> list[Chosen]:
    """Return what a name stands for: a service, ``service.message``, an enum; None is all.

    A usage error names what is near.
    """
    if name is None:
        return [_whole(service) for service in services()]
    protocols, rest = split_protocol(name.lower().replace("_", "-").partition(":")[0])
    known = [service for service in services() if service.protocol in protocols]
    first, dot, part = rest.partition(".")
    named = [service for service in known if service.name == first]
    if named and not dot:
        return [_whole(service) for service in named]
    if dot and not named:
        raise click.UsageError(f"no service {first!r}{nearest(first, (one.name for one in known))}")
    found = [one for service in named or known for one in _part(service, part if dot else rest)]
    found = _each_enum_once(found)
    if not found:
        names = [word for service in named or known for word in part_names(service)]
        if not dot:
            names += [service.name for service in known]
        raise click.UsageError(f"nothing is called {name!r}{nearest(part if dot else rest, names)}")
    return found


def definitions_of(service: Service) -> tuple[Definition, ...]:
    """Return the definitions of a service, a message's own together, by number."""
    found = [
        one
        for one in definitions()
        if (one.protocol, one.service_id) == (service.protocol, service.id)
    ]
    order = ("request", "query", "set", "response", "indication", "notification")
    return tuple(
        sorted(found, key=lambda one: (one.id, one.message, one.mbimex, order.index(one.kind)))
    )


def part_names(service: Service) -> list[str]:
    """Return the names of a service's messages and enums."""
    messages = dict.fromkeys(one.message for one in definitions_of(service))
    enums = enums_of(service.protocol, service.name) if service.module is not None else {}
    return [*messages, *enums]


def _whole(service: Service) -> Chosen:
    return Chosen(service, definitions_of(service), None, is_whole=True)


def _part(service: Service, name: str) -> Iterator[Chosen]:
    found = tuple(one for one in definitions_of(service) if one.message == name)
    if found:
        yield Chosen(service, found, None)
    elif service.module is not None and name in enums_of(service.protocol, service.name):
        yield Chosen(service, (), (name,))


def _each_enum_once(found: list[Chosen]) -> list[Chosen]:
    """A shared enum is one, although every service has it."""
    seen: set[tuple[str, str]] = set()
    kept: list[Chosen] = []
    for one in found:
        service = one.service
        keys = {
            (service.protocol, name)
            for name in one.enums or ()
            if is_shared(service.protocol, service.name, name)
        }
        if not keys or keys - seen:
            kept.append(one)
        seen |= keys
    return kept


def search(chosen: Iterable[Chosen], word: str) -> list[Chosen]:
    """Return what has ``word`` in a name or in the sentence about it."""
    word = word.lower().replace("_", "-")
    found: list[Chosen] = []
    for one in chosen:
        about = f"{one.service.name} {one.service.doc or ''}".lower()
        kept = tuple(entry for entry in one.definitions if _mentions(entry, word))
        enums = tuple(
            name
            for name, values in enums_shown(one).items()
            if word in name or any(word in value for value in values)
        )
        if kept or enums or word in about:
            found.append(Chosen(one.service, kept, enums, is_whole=word in about))
    return found


def _mentions(entry: Definition, word: str) -> bool:
    if word in entry.message or word in sentence(entry).lower():
        return True
    return any(word in str(field["name"]) for field in all_fields(fields_of(entry)))


def sentence(entry: Definition) -> str:
    """Return the sentence about a message; empty for a response, which is about its request."""
    text = " ".join((entry.load().__doc__ or "").split()).partition(": ")[2]
    return "" if text.startswith("the answer to") else text


def fields_of(entry: Definition) -> list[FieldJson]:
    """Return the fields of a definition as the contract describes them."""
    from qmiprobe._describe import describe

    return cast("list[FieldJson]", describe(entry.load()))


def all_fields(fields: Iterable[FieldJson]) -> Iterator[FieldJson]:
    """Give the fields and those inside them."""
    for field in fields:
        yield field
        yield from all_fields(cast("list[FieldJson]", field["fields"] or []))


def enums_shown(chosen: Chosen) -> dict[str, Enum]:
    """Return the enums that were chosen, or that what was chosen uses."""
    if chosen.service.module is None:
        return {}
    known = enums_of(chosen.service.protocol, chosen.service.name)
    names: Iterable[str] | None = chosen.enums
    if names is None:
        fields = [field for entry in chosen.definitions for field in all_fields(fields_of(entry))]
        names = dict.fromkeys(str(field["enum"]) for field in fields if field["enum"])
    return {name: known[name] for name in names if name in known}


def document(chosen: Iterable[Chosen]) -> dict[str, Json]:
    """Return the JSON document of ``protocol --json``."""
    return {"services": [_service_json(one) for one in chosen]}


def _service_json(chosen: Chosen) -> Json:
    service = chosen.service
    enums = enums_shown(chosen).items()
    return {
        "protocol": service.protocol,
        "name": service.name,
        "id": service.id,
        "doc": service.doc or "",
        "definitions": [_definition_json(entry) for entry in chosen.definitions],
        "enums": [
            {
                "name": name,
                "values": cast("Json", values),
                "advice": cast("Json", advice_of(service, name, values)),
            }
            for name, values in enums
        ],
    }


def advice_of(service: Service, enum: str, values: Enum) -> dict[str, str]:
    """Return what values mean and what to do, by name, for those that people meet."""
    origin = "shared" if is_shared(service.protocol, service.name, enum) else service.name
    lines = (
        (name, advice_for(service.protocol, origin, enum, name, number))
        for name, number in values.items()
    )
    return {name: line for name, line in lines if line is not None}


def _definition_json(entry: Definition) -> Json:
    return {
        "name": entry.message,
        "id": entry.id,
        "vendor": entry.vendor,
        "kind": entry.kind,
        "mbimex": entry.mbimex if entry.protocol == "mbim" else None,
        "doc": sentence(entry),
        "fields": cast("Json", fields_of(entry)),
    }
