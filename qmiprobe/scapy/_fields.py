# SPDX-License-Identifier: GPL-2.0-or-later
"""Scapy fields whose values are those of the definitions, and numbers that find themselves."""

from __future__ import annotations

import copy
import struct
from collections.abc import Callable
from typing import Any

from scapy.fields import Field, RawVal
from scapy.packet import Packet
from scapy.volatile import VolatileValue

from qmiprobe._message import Field as Definition
from qmiprobe._plain import Json, from_json, to_json
from qmiprobe.scapy._random import RandomValue


class Absent:
    """The value of a field that is left out."""

    def __repr__(self) -> str:
        return "absent"

    def __bool__(self) -> bool:
        return False

    def __copy__(self) -> Absent:
        return self

    def __deepcopy__(self, memo: object) -> Absent:
        return self


ABSENT = Absent()


class Octets(bytes):
    """A value as it stands on the wire, whatever the definition says of it; QMI only."""


class ValueField(Field):  # type: ignore[misc]  # scapy has no types
    """One field of a definition: takes its Python value, or what JSON has for it."""

    __slots__ = ("definition",)
    islist = 1  # a list is one value, not one packet for each item
    ismutable = True

    def __init__(self, name: str, definition: Definition) -> None:
        super().__init__(name, ABSENT, "B")
        self.definition = definition

    def any2i(self, pkt: Packet | None, x: object) -> object:
        """Return the value that ``x`` stands for: ``"low-power"``, ``{"mcc": 1}``, ``None``."""
        if x is None:
            return ABSENT
        if isinstance(x, (Absent, Octets, VolatileValue, RawVal)) or not _is_json(x):
            return x
        data: Any = x
        return from_json(self.definition.wire, data)

    def i2repr(self, pkt: Packet | None, x: object) -> str:
        """Return the value for people, enums with name and number."""
        if isinstance(x, (Absent, VolatileValue, RawVal)):
            return repr(x)
        return x.hex() if isinstance(x, Octets) else _text(to_json(x))

    def i2h(self, pkt: Packet | None, x: object) -> object:
        """Return the value as it is."""
        return x

    def do_copy(self, x: object) -> object:
        """Return a copy that shares nothing."""
        return copy.deepcopy(x)

    def randval(self) -> RandomValue:
        """Return what ``fuzz`` puts here."""
        may_lack = self.definition.tlv is not None and not self.definition.required
        depends = self.definition.present is not None
        return RandomValue(self.definition.wire, ABSENT if may_lack else None, depends=depends)


def _is_json(x: object) -> bool:
    if isinstance(x, list):
        return all(map(_is_json, x))
    if isinstance(x, dict):
        return all(map(_is_json, x.values()))
    return type(x) in (bool, int, float, str)


def _text(data: Json) -> str:
    if isinstance(data, dict):
        if data.keys() == {"name", "value"}:
            return f"{data['name']} ({data['value']})" if data["name"] else str(data["value"])
        return "{" + ", ".join(f"{name}: {_text(item)}" for name, item in data.items()) + "}"
    if isinstance(data, list):
        return "[" + ", ".join(map(_text, data)) + "]"
    return repr(data) if isinstance(data, str) else str(data)


class AutoField(Field):  # type: ignore[misc]
    """A little-endian number that is found from the layers above where nobody gives it."""

    __slots__ = ("find", "label", "width")

    def __init__(
        self,
        name: str,
        fmt: str | Callable[[Packet], str],
        find: Callable[[Packet], int],
        show: Callable[[Packet, int], str] | None = None,
    ) -> None:
        super().__init__(name, None, "B")
        self.width = fmt if callable(fmt) else lambda _pkt: fmt
        self.find = find
        self.label = show

    def number(self, pkt: Packet) -> int:
        """Return the number that stands in the packet, or will."""
        given = pkt.getfieldval(self.name)
        return self.find(pkt) if given is None else int(given)

    def addfield(self, pkt: Packet, s: bytes, val: int | None) -> bytes:
        """Append the number."""
        number = self.find(pkt) if val is None else val
        return s + struct.pack(f"<{self.width(pkt)}", number)

    def getfield(self, pkt: Packet, s: bytes) -> tuple[bytes, int]:
        """Take the number off."""
        form = f"<{self.width(pkt)}"
        size = struct.calcsize(form)
        return s[size:], struct.unpack(form, s[:size])[0]

    def i2repr(self, pkt: Packet, x: int | None) -> str:
        """Return the number with its name."""
        if x is None:
            return "auto"
        name = self.label(pkt, int(x)) if self.label is not None else ""
        return f"{x:#x} ({name})" if name else str(x)


def field_name(attr: str) -> str:
    """Return ``attr``, with a line behind it where scapy's packets have such a word themselves."""
    return f"{attr}_" if hasattr(Packet, attr) or attr in ("result", "others") else attr
