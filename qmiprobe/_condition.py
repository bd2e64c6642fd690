# SPDX-License-Identifier: GPL-2.0-or-later
"""Conditions of the definition language: ``path (== | != | has) name``, joined by ``and``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from qmiprobe._enums import OpenEnum, OpenFlags
from qmiprobe.errors import DefinitionError


@dataclass(frozen=True)
class Term:
    """One comparison; ``path`` holds attribute names."""

    path: tuple[str, ...]
    operator: str
    name: str

    def holds(self, scope: Mapping[str, object]) -> bool:
        """Whether it holds for the values in ``scope``; a missing value only for ``!=``."""
        value: object = scope.get(self.path[0])
        for part in self.path[1:]:
            value = getattr(value, part, None)
        if isinstance(value, OpenFlags) and self.operator == "has":
            return any(flag is not None and value.names[int(flag)] == self.name for flag in value)
        if isinstance(value, bool):
            same = self.name == ("true" if value else "false")
        elif isinstance(value, OpenEnum):
            same = value.name == self.name
        else:
            same = str(value) == self.name
        return same if self.operator == "==" else not same


@dataclass(frozen=True)
class Condition:
    """A condition over earlier values; true when all its terms hold."""

    text: str
    terms: tuple[Term, ...]

    def holds(self, scope: Mapping[str, object]) -> bool:
        """Whether the values in ``scope`` meet it."""
        return all(term.holds(scope) for term in self.terms)


def attribute(name: str) -> str:
    """Return the attribute of a field's name: ``mute-state`` -> ``mute_state``."""
    return name.replace("-", "_")


def parse_condition(text: str) -> Condition:
    """Read a condition; :class:`DefinitionError` says what is wrong with it."""
    terms = []
    for part in text.split(" and "):
        words = part.split()
        if len(words) != 3 or words[1] not in ("==", "!=", "has"):
            raise DefinitionError(f"condition {part!r} is not 'path (==|!=|has) name'")
        path = tuple(attribute(step) for step in words[0].split("."))
        terms.append(Term(path, words[1], words[2]))
    return Condition(text, tuple(terms))
