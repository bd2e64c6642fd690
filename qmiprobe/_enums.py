# SPDX-License-Identifier: GPL-2.0-or-later
"""Open enums, flags and UUIDs: known values have names, unknown ones stay what they are.

A modem newer than the definitions sends values that nobody listed; they are kept as numbers
and never refused. The standard library's ``enum`` is closed, and takes 0.1 ms a class to make,
too slow for hundreds of them; these take a few microseconds.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar, Self

from qmiprobe.errors import EncodeError


def attribute_name(name: str) -> str:
    """Return the class attribute of a value's name: ``low-power`` -> ``LOW_POWER``."""
    attribute = name.replace("-", "_").upper()
    return "_" + attribute if attribute[0].isdigit() else attribute


class _Named(int):
    """What open enums and flags share: the table of names."""

    definition: ClassVar[str] = ""
    """What the definitions call it."""
    names: ClassVar[Mapping[int, str]] = {}
    _known: ClassVar[dict[int, Any]]  # members of each subclass's own type
    _by_name: ClassVar[dict[str, int]]

    def __init_subclass__(cls) -> None:
        cls._known = {}
        cls._by_name = {name: value for value, name in cls.names.items()}
        for value, name in cls.names.items():
            member = int.__new__(cls, value)
            cls._known[value] = member
            setattr(cls, attribute_name(name), member)

    def __new__(cls, value: int = 0) -> Self:
        known: Self | None = cls._known.get(value)
        return int.__new__(cls, value) if known is None else known

    @classmethod
    def from_name(cls, text: str) -> Self:
        """Return the value of that name or number; :class:`EncodeError` with the nearest names."""
        value = cls._by_name.get(text)
        if value is not None:
            return cls(value)
        try:
            return cls(int(text, 0))
        except ValueError:
            from difflib import get_close_matches

            near = get_close_matches(text, cls._by_name, n=3, cutoff=0.5) or list(cls._by_name)[:8]
            raise EncodeError(f"{text!r} is no {cls.__name__}; one of: {', '.join(near)}") from None

    def __format__(self, spec: str) -> str:
        return format(int(self), spec) if spec else str(self)


class OpenEnum(_Named):
    """An integer with a name where the value is known."""

    @property
    def name(self) -> str | None:
        """The value's name, or None where it is not known."""
        return self.names.get(int(self))

    @property
    def known(self) -> bool:
        """Whether the definition lists this value."""
        return int(self) in self.names

    def __str__(self) -> str:
        return self.name or str(int(self))

    def __repr__(self) -> str:
        name = self.name
        label = attribute_name(name) if name else None
        return f"{type(self).__name__}.{label}" if label else f"{type(self).__name__}({int(self)})"


class OpenFlags(_Named):
    """An integer that is a set of bits, some of them named."""

    def __iter__(self) -> Iterator[Self]:
        for mask in self.names:
            if mask and int(self) & mask == mask:
                yield type(self)(mask)

    @property
    def unknown(self) -> int:
        """The bits that have no name."""
        rest = int(self)
        for mask in self.names:
            if int(self) & mask == mask:
                rest &= ~mask
        return rest

    @property
    def known(self) -> bool:
        """Whether all bits have names."""
        return not self.unknown

    def has(self, flag: int) -> bool:
        """Whether all bits of ``flag`` are set."""
        return int(self) & flag == flag

    def __or__(self, other: int) -> Self:
        return type(self)(int(self) | int(other))

    def __str__(self) -> str:
        parts = [self.names[int(flag)] for flag in self]
        if self.unknown:
            parts.append(hex(self.unknown))
        return ", ".join(parts)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({str(self) or '0'})"


class Uuid(bytes):
    """Sixteen bytes in text order, as MBIM has them on the wire."""

    definition: ClassVar[str] = ""
    """What the definitions call the table of names."""
    names: ClassVar[Mapping[str, str]] = {}
    _by_name: ClassVar[dict[str, str]] = {}

    def __init_subclass__(cls) -> None:
        cls._by_name = {name: text for text, name in cls.names.items()}
        for text, name in cls.names.items():
            setattr(cls, attribute_name(name), cls.from_name(text))

    @classmethod
    def from_name(cls, text: str) -> Self:
        """Return the UUID of that name or text; :class:`EncodeError` if it is neither."""
        digits = cls._by_name.get(text, text).replace("-", "")
        try:
            value = bytes.fromhex(digits)
        except ValueError:
            value = b""
        if len(value) != 16:
            known = f"; known names: {', '.join(cls._by_name)}" if cls._by_name else ""
            raise EncodeError(f"{text!r} is no UUID{known}")
        return cls(value)

    @property
    def text(self) -> str:
        """The usual form with hyphens."""
        h = self.hex()
        return f"{h[:8]}-{h[8:12]}-{h[12:16]}-{h[16:20]}-{h[20:]}"

    @property
    def name(self) -> str | None:
        """The UUID's name, or None where it is not known."""
        return self.names.get(self.text)

    def __str__(self) -> str:
        return self.name or self.text

    def __repr__(self) -> str:
        return f"{type(self).__name__}({str(self)!r})"
