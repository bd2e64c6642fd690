# SPDX-License-Identifier: GPL-2.0-or-later
"""What is to be known of a port's node without opening it, as facts for the rules."""

from __future__ import annotations

import grp

from qmiprobe import host
from qmiprobe.check._context import CheckContext


def add_access(context: CheckContext, path: str) -> host.Access | None:
    """Add and return who may open a node; None where it is no device node."""
    found = host.access_of(path)
    if found is None:
        return None
    facts = context.facts
    facts.add("port.mode", found.mode, source=path)
    facts.add("port.allowed", found.allowed, source=path)
    facts.add("port.group", _group(found.group), source=path)
    inside = host.container(context.options.sysroot)
    if inside is not None:
        facts.add("host.container", inside, source=inside)
    return found


def _group(number: int) -> str:
    try:
        return grp.getgrgid(number).gr_name
    except KeyError:
        return str(number)


def other_names(context: CheckContext) -> tuple[str, ...]:
    """Return the other nodes of the same port: ``wwan0qmi0`` for ``cdc-wdm0``."""
    path, modem = context.port.path, context.port.modem
    if path is None or modem is None:
        return ()
    for port in modem.ports:
        names = (port.path, *port.also)
        if path in names:
            return tuple(name for name in names if name != path)
    return ()
