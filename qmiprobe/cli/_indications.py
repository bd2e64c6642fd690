# SPDX-License-Identifier: GPL-2.0-or-later
"""The words of ``listen``: which services and indications are meant, and their completion."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import click
from click.shell_completion import CompletionItem

from qmiprobe.cli._known import (
    Definition,
    Service,
    definitions,
    find_services,
    nearest,
    split_protocol,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from qmiprobe.address import Protocol

    _ParamType = click.ParamType["Wanted"]
else:
    _ParamType = click.ParamType  # generic only in newer releases of click

INDICATION_KINDS = ("indication", "notification")
"""Kinds of definitions that come from the modem unasked."""


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """One word: a service in each protocol that is meant, and which of its indications."""

    text: str
    services: tuple[Service, ...]
    message: str | None = None
    """The only indication that is wanted; None for all."""

    def of(self, protocol: Protocol) -> Service | None:
        """Return the service in that protocol; None where there is none of the name."""
        return next((one for one in self.services if one.protocol == protocol), None)


def parse_wanted(text: str) -> Wanted:
    """Return what a word such as ``nas`` or ``nas.serving-system`` means.

    A usage error names the nearest service or indication there is.
    """
    protocols, rest = split_protocol(text.lower().replace("_", "-"))
    name, dot, message = rest.partition(".")
    found = find_services(name, protocols)
    if not dot:
        return Wanted(text=text, services=tuple(found))
    told = {one: _names(indications(one)) for one in found}
    having = tuple(one for one in found if message in told[one])
    if not having:
        known = dict.fromkeys(word for names in told.values() for word in names)
        listed = f"; it has {', '.join(known)}" if known else "; none of its are defined"
        hint = nearest(message, known) or listed
        raise click.UsageError(f"service {name} has no indication {message!r}{hint}")
    return Wanted(text=text, services=having, message=message)


class Choice:
    """Which indications of one protocol the words ask for."""

    def __init__(self, wanted: Iterable[Wanted], protocol: Protocol) -> None:
        self._wanted = {
            (service.id, one.message) for one in wanted if (service := one.of(protocol)) is not None
        }

    def takes(self, service: int | str, message: object) -> bool:
        """Return whether a decoded ``message`` of a service, by its id, is one; without words all.

        A message that was not decoded is taken with all of its service.
        """
        name = getattr(message, "message", None)
        return not self._wanted or not {(service, None), (service, name)}.isdisjoint(self._wanted)


def indications(service: Service) -> list[Definition]:
    """Return the definitions of a service's indications (MBIM: notifications)."""
    return [
        one
        for one in definitions()
        if (one.protocol, one.service_id) == (service.protocol, service.id)
        and one.kind in INDICATION_KINDS
    ]


def common_protocol(wanted: Sequence[Wanted]) -> Protocol | None:
    """Return the protocol that the words leave open no more; None where they do."""
    protocols: set[Protocol] = {"qmi", "mbim"}
    for one in wanted:
        protocols &= {service.protocol for service in one.services}
    if not protocols:
        raise click.UsageError("one run speaks one protocol: these are services of both")
    return protocols.pop() if len(protocols) == 1 else None


def _names(found: Iterable[Definition]) -> list[str]:
    return list(dict.fromkeys(one.message for one in found))


class IndicationWord(_ParamType):
    """``SERVICE`` or ``SERVICE.INDICATION``."""

    name = "service"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> Wanted:
        """Look the names up."""
        return value if isinstance(value, Wanted) else parse_wanted(str(value))

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem[str]]:
        """Offer services that have indications; behind a dot, these."""
        device = getattr(ctx.params.get("device"), "wanted", None)
        return [CompletionItem(word) for word in indication_words(incomplete, wanted=device)]


def indication_words(incomplete: str, *, wanted: str | None = None) -> list[str]:
    """Return what ``incomplete`` may become."""
    protocols, rest = split_protocol(incomplete)
    prefix = incomplete[: len(incomplete) - len(rest)]
    told = [
        one
        for one in definitions()
        if one.kind in INDICATION_KINDS and one.protocol in protocols
        if one.protocol == (wanted or one.protocol)
    ]
    if "." in rest:
        words = (f"{prefix}{one.service}.{one.message}" for one in told)
    else:
        words = (f"{prefix}{one.service}" for one in told)
    return [word for word in dict.fromkeys(words) if word.startswith(incomplete)]
