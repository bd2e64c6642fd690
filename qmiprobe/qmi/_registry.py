# SPDX-License-Identifier: GPL-2.0-or-later
"""From ids and names to message classes; loads the module of a service on first use."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import cast

from qmiprobe._message import Message
from qmiprobe.qmi.services import _index


def service_name(number: int) -> str | None:
    """Return the name of a service id, also of services without definitions; None if unknown."""
    return _index.SERVICES.get(number)


def find(service: int, message_id: int, kind: str) -> tuple[tuple[int | None, str, str], ...]:
    """Return (vendor, module, class) of each definition under these ids."""
    return _by_ids().get((service, message_id, kind), ())


@cache
def _by_ids() -> dict[tuple[int, int, str], tuple[tuple[int | None, str, str], ...]]:
    found: dict[tuple[int, int, str], tuple[tuple[int | None, str, str], ...]] = {}
    for entry in _index.DEFINITIONS:
        key = (entry.service, entry.id, entry.kind)
        found[key] = (*found.get(key, ()), (entry.vendor, entry.module, entry.cls))
    return found


@cache
def load(module: str, cls: str) -> type[Message]:
    """Return the class of a definition."""
    loaded = import_module(f"qmiprobe.qmi.services.{module}")
    return cast("type[Message]", getattr(loaded, cls))


def message_name(
    service: int, message_id: int, kind: str, *, vendor: int | None = None
) -> str | None:
    """Return the message's name without loading its service.

    None where it is not defined, or where several vendors mean different things by its id and
    ``vendor`` is none of them.
    """
    names = {
        entry.vendor: entry.name
        for entry in _index.DEFINITIONS
        if (entry.service, entry.id, entry.kind) == (service, message_id, kind)
    }
    name = names.get(vendor) or names.get(None)
    return name or (names.popitem()[1] if len(names) == 1 else None)
