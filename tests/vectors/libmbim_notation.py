# SPDX-License-Identifier: GPL-2.0-or-later
"""Reads what libmbim prints of an information buffer and holds it against a decoded one.

One line a field: ``Name = 'value'``; ``Name = {`` opens a struct, ``Name = '{`` an array of
structs or one TLV, ``Name = '[`` a list of TLVs; ``Name = n/a: ...`` is where libmbim gave up.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TypeAlias

from qmiprobe._enums import OpenEnum, OpenFlags, Uuid
from qmiprobe._message import Field, Struct
from qmiprobe.mbim._buffer import InTlv, MbimTlv, TlvList

Tree: TypeAlias = "str | list[Tree] | dict[str, Tree] | None"

_LINE = re.compile(r"(\[?[\w ]+?\]?) +=(?: (.*))?", re.DOTALL)
GAVE_UP = "n/a"
"""Stands in a tree where libmbim could not go on."""


OTHER_NAMES = {
    "ipv4-available": "ipv4configurationavailable",
    "ipv6-available": "ipv6configurationavailable",
    "ipv4-addresses": "ipv4address",
    "ipv6-addresses": "ipv6address",
    "ipv4-dns-servers": "ipv4dnsserver",
    "ipv6-dns-servers": "ipv6dnsserver",
}
"""Fields that the definitions call otherwise than libmbim."""

OTHER_NAMES_OF_OLD = {"qmimsg": "qmux", "smsclass": "simclass"}
"""What the libmbim of the vectors calls otherwise than the definitions."""

RENAMED = {"fr1": "1", "fr2": "2"}
"""Flags that have another name in the libmbim of the vectors."""


class NotationError(ValueError):
    """Lines that are not what libmbim prints."""


def parse(lines: list[str]) -> dict[str, Tree]:
    """Return the fields of a message by libmbim's names."""
    rest = list(lines)
    found = _members(rest, ())
    if rest:
        raise NotationError(f"{len(rest)} lines too many")
    return found


def _members(lines: list[str], ends: tuple[str, ...]) -> dict[str, Tree]:
    found: dict[str, Tree] = {}
    while lines and lines[0] not in ends:
        match = _LINE.fullmatch(lines.pop(0))
        if match is None:
            raise NotationError("a line without =")
        found[match.group(1)] = _value((match.group(2) or "").strip(), lines)
    if ends:
        if not lines:
            raise NotationError(f"{ends} is missing")
        lines.pop(0)
    return found


def _value(text: str, lines: list[str]) -> Tree:
    if text == "":
        return None
    if text.startswith("n/a"):
        lines.clear()
        return GAVE_UP
    if text == "{":
        return _members(lines, ("}", "},"))
    if text in ("'{", "'["):
        inside = _members(lines, ("}'", "]'"))
        return inside if any(name.startswith("tlv") for name in inside) else list(inside.values())
    if text == "'[ {":
        return _tlvs(lines)
    return text[1:-1] if text.startswith("'") and text.endswith("'") else text


def _tlvs(lines: list[str]) -> Tree:
    found: list[Tree] = [_members(lines, ("},", "},{"))]
    while lines and lines[0] != "]'":
        found.append(_members(lines, ("},", "},{")))
    lines.pop(0)
    return found


def _plain(name: str) -> str:
    return name.replace("-", "").replace("_", "").lower()


def differences(struct: Struct, tree: dict[str, Tree], path: str = "") -> Iterator[str]:
    """Say where ``struct`` is not what libmbim printed; paths and kinds, not the values."""
    names = [_plain(name) for name in tree]
    theirs = dict(zip([OTHER_NAMES_OF_OLD.get(n, n) for n in names], tree.values(), strict=True))
    for field, value in struct.public():
        name = OTHER_NAMES.get(field.name) or _plain(field.name)
        if name not in theirs:
            if GAVE_UP not in theirs.values():
                yield f"{path}.{field.name}: libmbim has no such field"
            return
        printed = theirs.pop(name)
        if printed == GAVE_UP:
            return
        yield from _one(field, value, printed, f"{path}.{field.name}")
    derived = {_plain(field.name) for field in struct.__fields__ if not field.public}
    for name in theirs:
        if name not in derived and not name.endswith(("count", "size", "sizebytes")):
            yield f"{path}: no field {name}"


def _one(field: Field, value: object, printed: Tree, path: str) -> Iterator[str]:
    if isinstance(value, MbimTlv) or isinstance(field.wire, InTlv):
        if not _same_tlv(value, printed):
            yield f"{path}: the TLV differs"
    elif isinstance(value, Struct):
        if isinstance(printed, dict):
            yield from differences(value, printed, path)
        else:
            yield f"{path}: a struct against {type(printed).__name__}"
    elif isinstance(value, list) and (isinstance(printed, list) or not isinstance(printed, str)):
        yield from _items(field, value, printed, path)
    elif isinstance(printed, str):
        if not _same_leaf(value, printed):
            yield f"{path}: differs"
    elif value is not None and value != b"":
        yield f"{path}: there, but not for libmbim"
    elif printed not in (None, {}, []):
        yield f"{path}: not there, but for libmbim"


def _items(field: Field, value: list[object], printed: Tree, path: str) -> Iterator[str]:
    items = printed if isinstance(printed, list) else [printed] if printed else []
    if len(value) != len(items):
        yield f"{path}: {len(value)} items against {len(items)}"
    for index, (item, one) in enumerate(zip(value, items, strict=False)):
        if isinstance(field.wire, TlvList):
            if not _same_tlv(item, one):
                yield f"{path}[{index}]: the TLV differs"
        elif isinstance(item, Struct) and isinstance(one, dict):
            yield from differences(item, one, f"{path}[{index}]")
        else:
            yield f"{path}[{index}]: {type(item).__name__} against {type(one).__name__}"


def _same_tlv(value: object, printed: Tree) -> bool:
    if not isinstance(printed, dict) or "tlv data" not in printed:
        return False
    data = bytes.fromhex(str(printed.get("tlv data") or "").replace(":", ""))
    if isinstance(value, MbimTlv):
        return value.data == data and f"({value.type:#06x})" in str(printed["tlv type"])
    return value == (data.decode("utf-16-le") if isinstance(value, str) else data)


def _same_leaf(value: object, printed: str) -> bool:
    if value is None:  # what the mask does not announce is 0 on the wire
        return printed in ("", "0")
    if isinstance(value, bool):
        return printed == ("true" if value else "false")
    if isinstance(value, OpenFlags):
        if not value or printed == value.names.get(int(value)):  # a name for none, or all of them
            return "," not in printed
        names = set() if printed in ("(null)", "none") else set(printed.split(", "))
        return names == {RENAMED.get(n, n) for n in (value.names[int(flag)] for flag in value)}
    if isinstance(value, OpenEnum):
        return printed in (value.name, str(int(value))) or (printed == "(null)" and not value.known)
    if isinstance(value, Uuid):
        return printed == value.text
    if isinstance(value, bytes):
        return printed == value.hex(":")
    if isinstance(value, str):
        return printed == value or (printed == "(null)" and value == "")
    if isinstance(value, list) and all(isinstance(item, OpenEnum) for item in value):
        return printed == bytes(int(item) for item in value).hex(":")  # an octet each
    if isinstance(value, list):
        return printed.replace(" ", "") == ",".join(str(item) for item in value).replace(" ", "")
    return printed == str(value)
