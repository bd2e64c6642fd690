# SPDX-License-Identifier: GPL-2.0-or-later
"""Reading a file of faults, and looking faults up in it by name."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Protocol, TypeVar

from qmiprobe.errors import AddressError, DefinitionError

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable


class _Named(Protocol):
    @property
    def protocols(self) -> tuple[str, ...]: ...


F = TypeVar("F")
N = TypeVar("N", bound=_Named)


def read_faults(file: Traversable, make: Callable[..., F]) -> Mapping[str, F]:
    """Return every fault by name, in the file's order; DefinitionError where ``make`` refuses."""
    table = tomllib.loads(file.read_text(encoding="utf-8"))["faults"]
    found = {}
    for name, keys in table.items():
        if "protocols" in keys:
            keys["protocols"] = tuple(keys["protocols"])
        try:
            found[name] = make(name=name, **keys)
        except TypeError as error:
            raise DefinitionError(f"{file}, {name}: {error}") from None
    return found


def pick_faults(
    faults: Mapping[str, N], names: Iterable[str], *, protocol: str, whose: str = ""
) -> tuple[N, ...]:
    """Return the faults of these names; AddressError for unknown ones and for other protocols'."""
    found = []
    for name in names:
        fault = faults.get(name)
        if fault is None:
            there = ", ".join(one for one, its in faults.items() if protocol in its.protocols)
            raise AddressError(f"no fault {name!r}{whose}; there are: {there}")
        if protocol not in fault.protocols:
            raise AddressError(
                f"fault {name!r} is for {' and '.join(fault.protocols).upper()} modems only, and "
                f"this one speaks {protocol.upper()}"
            )
        found.append(fault)
    return tuple(found)
