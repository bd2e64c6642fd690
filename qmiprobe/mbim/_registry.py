# SPDX-License-Identifier: GPL-2.0-or-later
"""From UUIDs, command ids and names to message classes; loads a service on first use."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import cast

from qmiprobe._message import Message
from qmiprobe.mbim.services import _index


def service_name(uuid: str) -> str | None:
    """Return the name of a service by UUID text; None if unknown."""
    return _index.SERVICES.get(uuid)


def command_name(uuid: str, cid: int) -> str | None:
    """Return a command's name without loading its service; None where it is not defined."""
    return _index.COMMANDS.get((uuid, cid))


@cache
def find(uuid: str, cid: int, kind: str) -> tuple[tuple[str, str, str], ...]:
    """Return (MBIMEx version, module, class) of each layout of a direction, oldest first."""
    return tuple(
        (entry.mbimex, entry.module, entry.cls)
        for entry in _index.DEFINITIONS
        if (entry.service, entry.id, entry.kind) == (uuid, cid, kind)
    )


@cache
def load(module: str, cls: str) -> type[Message]:
    """Return the class of a definition."""
    loaded = import_module(f"qmiprobe.mbim.services.{module}")
    return cast("type[Message]", getattr(loaded, cls))
