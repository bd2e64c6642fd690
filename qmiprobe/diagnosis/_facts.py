# SPDX-License-Identifier: GPL-2.0-or-later
"""Facts: what was observed, with its source, as data that can be saved and judged again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias, Union

# Sequence and Mapping, not list and dict, so that callers may hand over what they have.
JsonValue: TypeAlias = Union[
    bool, int, float, str, "Sequence[JsonValue]", "Mapping[str, JsonValue]", None
]


@dataclass(frozen=True)
class Fact:
    """One observed value. `source` says where it was seen; `personal`: not shown unasked."""

    name: str
    value: JsonValue
    source: str
    personal: bool = False


class Facts:
    """The facts of one run, by name; a fact that is added again replaces the earlier one."""

    def __init__(self) -> None:
        self._facts: dict[str, Fact] = {}

    def add(self, name: str, value: JsonValue, *, source: str, personal: bool = False) -> None:
        """Keep a fact. Raises TypeError when the value is not JSON data (tuples become lists)."""
        self._facts[name] = Fact(name, _as_json(value, name), source, personal)

    def get(self, name: str, default: JsonValue = None) -> JsonValue:
        """The value of a fact, or `default` when it was not observed."""
        fact = self._facts.get(name)
        return default if fact is None else fact.value

    def fact(self, name: str) -> Fact | None:
        """The fact with its source, or None when it was not observed."""
        return self._facts.get(name)

    def text(self, name: str) -> str | None:
        """The fact if it is text, else None."""
        value = self.get(name)
        return value if isinstance(value, str) else None

    def number(self, name: str) -> int | float | None:
        """The fact if it is a number, else None; true and false are no numbers."""
        value = self.get(name)
        return value if isinstance(value, int | float) and not isinstance(value, bool) else None

    def integer(self, name: str) -> int | None:
        """The fact if it is a whole number, else None; true and false are no numbers."""
        value = self.get(name)
        return value if isinstance(value, int) and not isinstance(value, bool) else None

    def flag(self, name: str) -> bool | None:
        """The fact if it is true or false, else None."""
        value = self.get(name)
        return value if isinstance(value, bool) else None

    def texts(self, name: str) -> tuple[str, ...]:
        """The texts of a list; empty when there is no such fact."""
        return tuple(item for item in self._items(name) if isinstance(item, str))

    def numbers(self, name: str) -> tuple[int, ...]:
        """The whole numbers of a list; empty when there is no such fact."""
        items = self._items(name)
        return tuple(item for item in items if isinstance(item, int) and not isinstance(item, bool))

    def records(self, name: str) -> tuple[Mapping[str, JsonValue], ...]:
        """The objects of a list; empty when there is no such fact."""
        return tuple(item for item in self._items(name) if isinstance(item, Mapping))

    def source(self, name: str) -> str:
        """Where the fact was seen; empty when it was not observed."""
        fact = self._facts.get(name)
        return "" if fact is None else fact.source

    def under(self, root: str) -> tuple[Fact, ...]:
        """The facts whose names begin with `root` and a dot, in the order of first adding."""
        return tuple(fact for fact in self if fact.name.startswith(f"{root}."))

    def __contains__(self, name: object) -> bool:
        return name in self._facts

    def __iter__(self) -> Iterator[Fact]:
        return iter(self._facts.values())

    def __len__(self) -> int:
        return len(self._facts)

    def to_json(self) -> list[dict[str, JsonValue]]:
        """All facts as JSON data; `from_json` makes the same facts of it."""
        return [
            {"name": f.name, "value": f.value, "source": f.source, "personal": f.personal}
            for f in self
        ]

    @classmethod
    def from_json(cls, data: JsonValue) -> Facts:
        """Facts from what `to_json` gave. Raises ValueError that names the entry which is not."""
        if not isinstance(data, Sequence) or isinstance(data, str):
            raise ValueError("saved facts must be a list of objects")
        facts = cls()
        for number, entry in enumerate(data):
            if not isinstance(entry, Mapping):
                raise ValueError(f"saved fact {number}: not an object")
            name, source = entry.get("name"), entry.get("source", "")
            if not isinstance(name, str) or not isinstance(source, str) or "value" not in entry:
                raise ValueError(f"saved fact {number}: needs name, value and source")
            personal = entry.get("personal") is True
            facts.add(name, entry["value"], source=source, personal=personal)
        return facts

    def _items(self, name: str) -> Sequence[JsonValue]:
        value = self.get(name)
        return value if isinstance(value, Sequence) and not isinstance(value, str) else ()


def _as_json(value: object, name: str) -> JsonValue:
    """A deep copy as plain JSON data: what is kept is what reading it back gives."""
    if value is None or isinstance(value, bool):
        return value
    for plain in (str, int, float):
        if isinstance(value, plain):
            return plain(value)  # an enum member becomes its plain value
    if isinstance(value, Mapping):
        return {str(key): _as_json(item, name) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_as_json(item, name) for item in value]
    raise TypeError(
        f"fact {name}: {type(value).__name__} is not JSON data; convert it where it is observed"
    )
