# SPDX-License-Identifier: GPL-2.0-or-later
"""Reads what libqmi prints of a TLV and holds it against a decoded value.

``[ name = 'value' ... ]`` is a sequence, ``{ [0] = 'value ' ... }`` an array; everything else
is a number, yes or no, the nick of an enum, nicks of flags joined by commas, or text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from ipaddress import IPv4Address, IPv6Address
from typing import TypeAlias

from qmiprobe._arrays import Array, Nested, Sequenced
from qmiprobe._enums import OpenEnum, OpenFlags
from qmiprobe._message import Struct
from qmiprobe._text import Bcd, Plmn, Text
from qmiprobe._types import Bool, Bytes, Float, Int, IPv4, IPv6, Wire
from qmiprobe._wire import Writer

Tree: TypeAlias = "str | list[Tree] | dict[str, Tree]"

_MEMBER = re.compile(r" ([a-z0-9_]+) = '")
_ITEM = re.compile(r" ?\[(\d+)\] = '")
_LEAF_ENDS = re.compile(r" ?'(?= [a-z0-9_]+ = '| \]| ?\[\d+\] = '|\})")
_SEGMENT = re.compile(r"\[\[Seq:(\d+)\]\] ")


RENAMED = {"point-to-point": "point", "camped": "unknown", "gw-service-provider-name": "unknown"}
"""Values of enums that have another name in the libqmi of the vectors."""

NEWER = {"5gnr", "dun", "supl", "hipri", "cbs", "ut", "mcx"}
"""Flags that the libqmi of the vectors does not know yet."""


class NotationError(ValueError):
    """Text that is not what libqmi prints."""


class _Parser:
    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0

    def value(self) -> Tree:
        segment = _SEGMENT.match(self.text, self.at)
        if segment is not None:
            self.at = segment.end()
        if self.text.startswith(("[ ", "[]"), self.at):
            return self.sequence()
        if self.text.startswith("{", self.at):
            return self.array()
        end = _LEAF_ENDS.search(self.text, self.at)
        if end is None:
            raise NotationError(f"no end of a value at {self.at}")
        leaf = self.text[self.at : end.start()]
        self.at = end.start()
        return leaf

    def sequence(self) -> dict[str, Tree]:
        self.at += 1
        found: dict[str, Tree] = {}
        while not self.text.startswith(" ]", self.at):
            name = self.expect(_MEMBER).group(1)
            found[name] = self.value()
            self.close()
        self.at += 2
        return found

    def array(self) -> list[Tree]:
        self.at += 1
        found: list[Tree] = []
        while not self.text.startswith("}", self.at):
            self.expect(_ITEM)
            found.append(self.value())
            self.close()
        self.at += 1
        return found

    def expect(self, pattern: re.Pattern[str]) -> re.Match[str]:
        match = pattern.match(self.text, self.at)
        if match is None:
            raise NotationError(f"{pattern.pattern} expected at {self.at}")
        self.at = match.end()
        return match

    def close(self) -> None:
        if self.text.startswith(" '", self.at):
            self.at += 1
        if not self.text.startswith("'", self.at):
            raise NotationError(f"' expected at {self.at}")
        self.at += 1


def parse(text: str) -> tuple[Tree, str]:
    """Return the value that ``text`` begins with, and what follows it."""
    parser = _Parser(text)
    if not text.startswith(("[ ", "{")):
        return text, ""
    tree = parser.value()
    return tree, text[parser.at :]


def differences(wire: Wire, value: object, tree: Tree, path: str = "") -> Iterator[str]:
    """Say where ``value`` is not what libqmi printed; paths and kinds, not the values."""
    if isinstance(wire, Nested):
        yield from _struct(wire, value, tree, path)
    elif isinstance(wire, Array):
        yield from _array(wire, value, tree, path)
    elif isinstance(wire, (Bytes, Bcd, Plmn, IPv6, Int)) and isinstance(tree, list):
        if _octets(wire, value) != _printed_octets(wire, tree):
            yield f"{path}: octets differ"
    elif isinstance(tree, str):
        if not _same_leaf(wire, value, tree):
            yield f"{path}: {type(wire).__name__} differs"
    else:
        yield f"{path}: {type(wire).__name__} against {type(tree).__name__}"


def _struct(wire: Nested, value: object, tree: Tree, path: str) -> Iterator[str]:
    if isinstance(tree, list) and isinstance(value, Struct):  # as older versions print some
        tree = {field.name: item for (field, _), item in zip(value.public(), tree, strict=False)}
    if not isinstance(tree, dict) or not isinstance(value, Struct):
        yield f"{path}: a struct against {type(tree).__name__}"
        return
    ours = {field.name: (field, item) for field, item in value.public()}
    theirs = {name.replace("_", "-"): item for name, item in tree.items()}
    for name in [name for name in theirs if name.startswith("reserved") and name not in ours]:
        del theirs[name]
    if list(ours) != list(theirs):
        yield f"{path}: members {sorted(set(ours) ^ set(theirs))} or their order"
    for name in ours.keys() & theirs.keys():
        field, item = ours[name]
        yield from differences(field.wire, item, theirs[name], f"{path}.{name}")


def _array(wire: Array, value: object, tree: Tree, path: str) -> Iterator[str]:
    items = value.items if isinstance(value, Sequenced) else value
    if not isinstance(tree, list) or not isinstance(items, list):
        yield f"{path}: an array against {type(tree).__name__}"
        return
    if len(items) != len(tree):
        yield f"{path}: {len(items)} items against {len(tree)}"
    for index, (item, printed) in enumerate(zip(items, tree, strict=False)):
        yield from differences(wire.inner, item, printed, f"{path}[{index}]")


def _octets(wire: Wire, value: object) -> bytes:
    if isinstance(wire, IPv6):
        assert isinstance(value, IPv6Address)
        return value.packed
    writer = Writer()
    wire.encode(writer, value, {})
    prefix = getattr(wire, "size", None)
    return bytes(writer.data[prefix.fixed if isinstance(prefix, Int) else 0 :])


def _printed_octets(wire: Wire, tree: list[Tree]) -> bytes:
    numbers = [int(item) for item in tree if isinstance(item, str)]
    if isinstance(wire, IPv6):
        return b"".join(number.to_bytes(2, "big") for number in numbers)
    return bytes(numbers)


def _same_leaf(wire: Wire, value: object, printed: str) -> bool:
    if isinstance(wire, Bool):
        return printed in (("yes", "1") if value else ("no", "0"))
    if isinstance(value, OpenFlags):
        return _same_flags(value, printed)
    if isinstance(value, OpenEnum):
        old = RENAMED.get(str(value.name))
        return printed in (value.name, old, str(int(value)), "(null)")  # null: unknown to it
    if isinstance(wire, IPv4):
        assert isinstance(value, IPv4Address)
        return printed == str(int(value))
    if isinstance(wire, Float):
        return printed == f"{value:f}"
    if isinstance(wire, Text):
        return printed.rstrip() == str(value).rstrip()
    return printed == str(value)


def _same_flags(value: OpenFlags, printed: str) -> bool:
    if printed == str(int(value)):  # as older versions print them
        return True
    if printed == value.names.get(int(value)) or not value:  # a name for these very bits, or none
        return "," not in printed
    names = set() if printed in ("(null)", "none") else set(printed.split(", "))
    ours = {value.names[int(flag)] for flag in value}
    return names <= ours and ours - names <= NEWER
