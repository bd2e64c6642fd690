# SPDX-License-Identifier: GPL-2.0-or-later
"""As much of pyroute2's shapes as this room uses: it has no types of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable


class Message(Protocol):
    """One rtnetlink message: fields by key, attributes by name."""

    def __getitem__(self, key: str) -> int: ...
    def get_attr(self, name: str) -> object:
        """Return an attribute's value, or None where it is missing."""


class Routes(Protocol):
    """The part of ``IPRoute`` that asks for routes."""

    def route(self, command: str, **question: object) -> Iterable[Message]:
        """Ask; NetlinkError when the kernel refuses."""
