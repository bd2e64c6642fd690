# SPDX-License-Identifier: GPL-2.0-or-later
"""What the indexes of the definitions know, by name; no service's module is loaded for it."""

from __future__ import annotations

import difflib
from functools import cache
from typing import TYPE_CHECKING, NamedTuple, cast

import click

if TYPE_CHECKING:
    from collections.abc import Iterable

    from qmiprobe._message import Message
    from qmiprobe.address import Protocol

SEND_KINDS = ("request", "query", "set")
"""Kinds of definitions that a host sends."""


class Service(NamedTuple):
    """A service by name and number; ``module`` is None where nothing of it is defined."""

    protocol: Protocol
    name: str
    id: int | str
    """QMI: the number; MBIM: the UUID."""
    doc: str | None
    module: str | None


class Definition(NamedTuple):
    """One direction of one message, in one layout."""

    protocol: Protocol
    service: str
    service_id: int | str
    message: str
    id: int
    kind: str
    vendor: int | None
    mbimex: str
    module: str
    cls: str

    def load(self) -> type[Message]:
        """Return the class, which loads the module of the service."""
        if self.protocol == "qmi":
            from qmiprobe.qmi import _registry as qmi

            return qmi.load(self.module, self.cls)
        from qmiprobe.mbim import _registry as mbim

        return mbim.load(self.module, self.cls)


@cache
def services() -> tuple[Service, ...]:
    """Return all services, QMI first; those without definitions too."""
    from qmiprobe.mbim.services import _index as mbim
    from qmiprobe.qmi.services import _index as qmi

    found: list[Service] = []
    for number, name in qmi.SERVICES.items():
        found.append(Service("qmi", name, number, qmi.DOCS.get(name), qmi.MODULES.get(name)))
    for uuid, name in mbim.SERVICES.items():
        found.append(Service("mbim", name, uuid, mbim.DOCS.get(name), mbim.MODULES.get(name)))
    return tuple(found)


@cache
def definitions() -> tuple[Definition, ...]:
    """Return all definitions of both protocols, in the order of the files."""
    from qmiprobe.mbim.services import _index as mbim
    from qmiprobe.qmi.services import _index as qmi

    names = {(one.protocol, one.id): one.name for one in services()}
    found: list[Definition] = []
    for protocol, entries in (("qmi", qmi.DEFINITIONS), ("mbim", mbim.DEFINITIONS)):
        for entry in cast("Iterable[qmi.Definition]", entries):
            service = names[cast("Protocol", protocol), entry.service]
            found.append(Definition(
                cast("Protocol", protocol), service, entry.service, entry.name, entry.id,
                entry.kind, entry.vendor, entry.mbimex, entry.module, entry.cls,
            ))  # fmt: skip
    return tuple(found)


def split_protocol(text: str) -> tuple[tuple[Protocol, ...], str]:
    """Take a leading ``qmi/`` or ``mbim/`` off; return the protocols that are meant."""
    for protocol in cast("tuple[Protocol, ...]", ("qmi", "mbim")):
        if text.startswith(f"{protocol}/"):
            return (protocol,), text[len(protocol) + 1 :]
    return ("qmi", "mbim"), text


def find_services(name: str, protocols: Iterable[Protocol]) -> list[Service]:
    """Return the services of that name; a usage error names the nearest ones."""
    known = [one for one in services() if one.protocol in protocols]
    found = [one for one in known if one.name == name]
    if not found:
        names = dict.fromkeys(one.name for one in known)
        raise click.UsageError(f"no service {name!r}{nearest(name, names)}")
    return found


def find_messages(text: str) -> list[Definition]:
    """Return all definitions of ``SERVICE.MESSAGE``; a usage error names the nearest ones."""
    protocols, rest = split_protocol(text.lower().replace("_", "-"))
    service, dot, message = rest.partition(".")
    if not dot:
        names = sorted({f"{one.service}.{one.message}" for one in definitions()})
        same = [name for name in names if name.endswith(f".{rest}")]
        hint = f": did you mean {' or '.join(same[:4])}?" if same else nearest(rest, names)
        raise click.UsageError(f"{text!r} is no SERVICE.MESSAGE such as dms.get-model{hint}")
    ids = {(one.protocol, one.id) for one in find_services(service, protocols)}
    of_service = [one for one in definitions() if (one.protocol, one.service_id) in ids]
    if not of_service:
        said = f"of service {service} no messages are defined: --raw sends one as bytes"
        raise click.UsageError(said)
    found = [one for one in of_service if one.message == message]
    if not found:
        messages = dict.fromkeys(one.message for one in of_service)
        hint = nearest(message, messages)
        see = f"; `qmiprobe protocol {service}` lists them"
        raise click.UsageError(f"service {service} has no message {message!r}{hint or see}")
    return found


def nearest(word: str, names: Iterable[str]) -> str:
    """Return ``: did you mean ...?``, or nothing where no name is near."""
    known = list(names)
    found = [name for name in known if sorted(name) == sorted(word)]  # letters in another order
    found = found[:3] or difflib.get_close_matches(word, known, n=3, cutoff=0.6)
    return f": did you mean {' or '.join(found)}?" if found else ""
