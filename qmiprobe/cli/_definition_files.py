# SPDX-License-Identifier: GPL-2.0-or-later
"""The definition files behind a name: enums with their values, and tables as they are written."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from qmiprobe._definitions import definitions_folder

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_KINDS = ("enums", "flags", "uuids")
_TABLE = re.compile(r"\[(?P<key>[^\]]+)\]")
_REFERENCE = re.compile(
    r"\b(?:type|use|base|query|set|response|notification)\s*=\s*\"(?P<name>[a-z0-9-]+)\""
)


class Block(NamedTuple):
    """One table of a file, with the comment before it."""

    file: str
    key: str
    """As it stands in the brackets: ``messages.get-ids.response``."""
    text: str


def files_of(protocol: str, service: str) -> list[Path]:
    """Return the files of a service, then those that services of the protocol share."""
    folder = definitions_folder() / protocol
    own = [folder / f"{service}.toml", *sorted(folder.glob(f"{service}.*.toml"))]
    return [path for path in (*own, *sorted(folder.glob("_shared*.toml"))) if path.is_file()]


def enums_of(protocol: str, service: str) -> dict[str, dict[str, int | str]]:
    """Return name -> (value's name -> value) of what a service may use, its own names first."""
    found: dict[str, dict[str, int | str]] = {}
    for path in files_of(protocol, service):
        for name, values in _enums_in(path).items():
            found.setdefault(name, values)
    return found


@cache
def _enums_in(path: Path) -> dict[str, dict[str, int | str]]:
    tables = tomllib.loads(path.read_text(encoding="utf-8"))
    return {name: values for kind in _KINDS for name, values in tables.get(kind, {}).items()}


def is_shared(protocol: str, service: str, enum: str) -> bool:
    """Whether a service has an enum only from what the services of the protocol share."""
    own = (path for path in files_of(protocol, service) if not path.name.startswith("_shared"))
    return not any(enum in _enums_in(path) for path in own)


def message_source(protocol: str, service: str, message: str) -> list[Block]:
    """Return the tables of a message, and the structs and shared TLVs that they name."""
    blocks = _blocks(protocol, service)
    wanted = [
        block
        for block in blocks
        for key in block.key.split(".", 2)[1:2]
        if key == message and block.key.startswith(("messages.", "indications.", "commands."))
    ]
    wanted.sort(key=lambda block: ".mbimex." in block.key)
    for block in wanted:  # grows while it is read: structs hold structs
        names = {match["name"] for match in _REFERENCE.finditer(block.text)}
        keys = {f"{table}.{name}" for name in names for table in ("structs", "tlvs")}
        wanted += _first_of_each([one for one in blocks if one.key in keys and one not in wanted])
    return wanted


def enum_source(protocol: str, service: str, enum: str) -> list[Block]:
    """Return the table of an enum."""
    keys = {f"{kind}.{enum}" for kind in _KINDS}
    return _first_of_each([one for one in _blocks(protocol, service) if one.key in keys])


def _first_of_each(blocks: list[Block]) -> list[Block]:
    """A service's own name hides the shared one."""
    return list({block.key: block for block in reversed(blocks)}.values())[::-1]


@cache
def _blocks(protocol: str, service: str) -> tuple[Block, ...]:
    return tuple(
        block for path in files_of(protocol, service) for block in _blocks_in(path, protocol)
    )


def _blocks_in(path: Path, protocol: str) -> Iterator[Block]:
    key, lines = "", list[str]()
    pending: list[str] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        table = _TABLE.match(line)
        if table is not None:
            yield Block(f"protocols/{protocol}/{path.name}", key, "\n".join(lines).rstrip())
            key, lines, pending = table["key"], [*pending, line], []
        elif line.startswith("#"):
            pending.append(line)
        else:
            lines += [*pending, line]
            pending = []
    yield Block(f"protocols/{protocol}/{path.name}", key, "\n".join(lines + pending).rstrip())
