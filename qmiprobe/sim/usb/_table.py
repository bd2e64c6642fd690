# SPDX-License-Identifier: GPL-2.0-or-later
"""A table of a profile, read key by key; every mistake is told with its place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NoReturn, TypeVar, cast

from qmiprobe.errors import DefinitionError

_Choice = TypeVar("_Choice", bound=str)


class Table:
    """Reads keys of a table; :meth:`end` refuses those that nobody read."""

    def __init__(self, entries: object, where: str) -> None:
        self.where = where
        if not isinstance(entries, Mapping):
            self._refuse(f"a table is needed, not {entries!r}")
        self._entries: Mapping[str, object] = entries
        self._read: set[str] = set()

    def said(self, key: str) -> object:
        """Return what stands there as it is; None: nothing."""
        self._read.add(key)
        return self._entries.get(key)

    def number(self, key: str, default: int = 0, *, limit: int = 0xFFFF) -> int:
        """Return a number from 0 to ``limit``."""
        value = self._entries.get(key, default)
        self._read.add(key)
        if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= limit:
            self._refuse(f"{key}: a number from 0 to {limit} is needed, not {value!r}")
        return value

    def flag(self, key: str) -> bool:
        """Return whether it is true; false where it is not there."""
        value = self.said(key) or False
        if not isinstance(value, bool):
            self._refuse(f"{key}: true or false, not {value!r}")
        return value

    def text(self, key: str, default: str = "") -> str:
        """Return a text."""
        value = self._entries.get(key, default)
        self._read.add(key)
        if not isinstance(value, str):
            self._refuse(f"{key}: a text is needed, not {value!r}")
        return value

    def choice(self, key: str, known: tuple[_Choice, ...], default: str = "") -> _Choice:
        """Return one of the known words."""
        value = self.text(key, default)
        found = next((one for one in known if one == value), None)
        if found is None:
            self._refuse(f"{key}: no {value!r}; there are: {', '.join(known)}")
        return found

    def version(self, key: str, default: str) -> int:
        """Return ``2.10`` as 0x0210."""
        value = self.text(key, default)
        major, _, minor = value.partition(".")
        if not (major.isdigit() and minor.isdigit() and len(minor) == 2):
            self._refuse(f'{key}: a version such as "2.00" is needed, not {value!r}')
        return int(major + minor, 16)

    def triple(self, key: str, default: tuple[int, int, int]) -> tuple[int, int, int]:
        """Return class, subclass, protocol."""
        value = self._entries.get(key, default)
        self._read.add(key)
        if not isinstance(value, Sequence) or len(value) != 3:
            self._refuse(f"{key}: class, subclass and protocol are needed, not {value!r}")
        if not all(isinstance(one, int) and 0 <= one <= 0xFF for one in value):
            self._refuse(f"{key}: three bytes are needed, not {value!r}")
        return (value[0], value[1], value[2])

    def hexadecimal(self, key: str) -> bytes:
        """Return bytes written in hexadecimal; none where it is not there."""
        try:
            return bytes.fromhex(self.text(key))
        except ValueError:
            self._refuse(f"{key}: bytes in hexadecimal are needed")

    def mapping(self, key: str) -> Mapping[str, object]:
        """Return a table inside; an empty one where there is none, or true or false instead."""
        value = self.said(key)
        if value is None or isinstance(value, bool):
            return {}
        if not isinstance(value, Mapping):
            self._refuse(f"{key}: a table is needed, not {value!r}")
        return value

    def items(self, key: str, default: Sequence[object]) -> Sequence[object]:
        """Return a list of whatever."""
        value = self._entries.get(key, default)
        self._read.add(key)
        if not isinstance(value, Sequence) or isinstance(value, str):
            self._refuse(f"{key}: a list is needed, not {value!r}")
        return value

    def tables(self, key: str) -> list[Mapping[str, object]]:
        """Return a list of tables; empty where there is none."""
        items = self.items(key, ())
        for item in items:
            if not isinstance(item, Mapping):
                self._refuse(f"{key}: a list of tables is needed, not of {item!r}")
        return cast("list[Mapping[str, object]]", list(items))

    def texts(self, key: str) -> tuple[str, ...] | None:
        """Return a list of texts; None where there is none."""
        self._read.add(key)
        if key not in self._entries:
            return None
        items = self.items(key, ())
        if not all(isinstance(item, str) for item in items):
            self._refuse(f"{key}: a list of texts is needed, not {items!r}")
        return cast("tuple[str, ...]", tuple(items))

    def end(self) -> None:
        """Refuse keys that mean nothing here."""
        strange = sorted(self._entries.keys() - self._read)
        if strange:
            self._refuse(f"no key {', '.join(strange)}; known: {', '.join(sorted(self._read))}")

    def _refuse(self, what: str) -> NoReturn:
        raise DefinitionError(f"{self.where}: {what}")
