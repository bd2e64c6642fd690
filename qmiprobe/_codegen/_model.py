# SPDX-License-Identifier: GPL-2.0-or-later
"""Definitions as data, after their files were read and checked."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

Size = str | int | None


@dataclass
class FieldDef:
    """One TLV or member: the keys of the definition file, and where they stand."""

    name: str
    where: str
    keys: dict[str, object]
    members: StructDef | None = None
    """The anonymous struct of ``members = [...]``."""

    def text(self, key: str) -> str | None:
        """Return a key's text, or None where it is absent."""
        value = self.keys.get(key)
        return value if isinstance(value, str) else None

    def number(self, key: str) -> int | None:
        """Return a key's number, or None where it is absent."""
        value = self.keys.get(key)
        return value if isinstance(value, int) else None

    def size(self, key: str) -> Size:
        """Return a size or count: a type's name, a number, a member's name, or None."""
        value = self.keys.get(key)
        return value if isinstance(value, (str, int)) else None


@dataclass
class StructDef:
    """Fields one after another."""

    name: str
    where: str
    fields: list[FieldDef]


@dataclass
class EnumDef:
    """Names of values; UUIDs have texts."""

    name: str
    where: str
    kind: Literal["enums", "flags", "uuids"]
    values: dict[str, int | str]


@dataclass
class DirectionDef:
    """One direction of a message: request, response, indication, query, set, notification."""

    kind: str
    where: str
    fields: list[FieldDef] = field(default_factory=list)
    """QMI: the TLVs."""
    struct: str = ""
    """MBIM: name of the struct, or ``empty``."""
    mbimex: str = "1.0"


@dataclass
class MessageDef:
    """A QMI message or indication, or an MBIM command."""

    name: str
    where: str
    id: int
    doc: str
    directions: list[DirectionDef]
    vendor: int | None = None
    abort: bool = False
    indication: bool = False


@dataclass
class ServiceDef:
    """One service with everything its files say; ``_shared`` has neither id nor messages."""

    protocol: str
    name: str
    doc: str = ""
    id: int | str = 0
    enums: dict[str, EnumDef] = field(default_factory=dict)
    structs: dict[str, StructDef] = field(default_factory=dict)
    tlvs: dict[str, FieldDef] = field(default_factory=dict)
    messages: list[MessageDef] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    overlays: list[tuple[str, dict[str, Any], str]] = field(default_factory=list)
    """MBIMEx layouts whose command may stand in a later file: name, table, place."""
