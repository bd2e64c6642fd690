# SPDX-License-Identifier: GPL-2.0-or-later
"""From UUIDs, command ids and names to message classes; loads a service on first use."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import cast

from qmiprobe._enums import Uuid
from qmiprobe._message import Message
from qmiprobe.mbim.services import _index


def service_name(uuid: str) -> str | None:
    """Return the name of a service by UUID text; None if unknown."""
    return _index.SERVICES.get(uuid)


def command_name(uuid: str, cid: int) -> str | None:
    """Return a command's name without loading its service; None where it is not defined."""
    return _index.COMMANDS.get((uuid, cid))


def find(uuid: str, cid: int, kind: str) -> tuple[tuple[str, str, str], ...]:
    """Return (MBIMEx version, module, class) of each layout of a direction, oldest first."""
    return layouts(Uuid.from_name(uuid), cid, kind)


def layouts(service: bytes, cid: int, kind: str) -> tuple[tuple[str, str, str], ...]:
    """Return what :func:`find` does, for the sixteen bytes of the UUID."""
    return _by_ids().get((service, cid, kind), ())


@cache
def _by_ids() -> dict[tuple[bytes, int, str], tuple[tuple[str, str, str], ...]]:
    found: dict[tuple[bytes, int, str], tuple[tuple[str, str, str], ...]] = {}
    for entry in _index.DEFINITIONS:
        key = (bytes(Uuid.from_name(entry.service)), entry.id, entry.kind)
        found[key] = (*found.get(key, ()), (entry.mbimex, entry.module, entry.cls))
    return found


@cache
def load(module: str, cls: str) -> type[Message]:
    """Return the class of a definition."""
    loaded = import_module(f"qmiprobe.mbim.services.{module}")
    return cast("type[Message]", getattr(loaded, cls))
