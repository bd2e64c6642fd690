# SPDX-License-Identifier: GPL-2.0-or-later
"""Faults of simulated modems by name, as data: ``faults.toml`` says what each one does."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from qmiprobe.errors import DefinitionError
from qmiprobe.sim._fault_table import pick_faults, read_faults
from qmiprobe.sim._parts import CallEnd

if TYPE_CHECKING:
    from qmiprobe.sim._state import ModemState
    from qmiprobe.sim.dataplane import NetworkFaults

_FILE = resources.files("qmiprobe") / "sim" / "faults.toml"


@dataclass(frozen=True, kw_only=True)
class Fault:
    """One thing that can be wrong with a simulated modem."""

    name: str
    doc: str
    """One line for people."""
    protocols: tuple[str, ...] = ("qmi", "mbim")
    state: Mapping[str, object] = field(default_factory=dict)
    network: Mapping[str, object] = field(default_factory=dict)
    wire: str = ""
    """Name of an alteration of outgoing messages (``_wire_faults.MAKERS``)."""
    clients: int | None = None
    """How many client ids a service has left."""

    @property
    def only_one(self) -> bool:
        """Whether modems of one protocol alone can have it."""
        return len(self.protocols) == 1


@cache
def all_faults() -> Mapping[str, Fault]:
    """Return every fault by name, in the file's order."""
    return read_faults(_FILE, Fault)


def fault_names(protocol: str | None = None) -> list[str]:
    """Return the names of the faults that a modem of ``protocol`` can have; None: of any."""
    return [name for name, fault in all_faults().items() if protocol in (None, *fault.protocols)]


def find_faults(names: Iterable[str], *, protocol: str) -> tuple[Fault, ...]:
    """Return the faults of these names; AddressError for unknown ones and for other protocols'."""
    return pick_faults(all_faults(), names, protocol=protocol)


def apply_to_state(faults: Iterable[Fault], state: ModemState) -> None:
    """Change how a modem comes up; to be called before it does."""
    for fault in faults:
        for path, value in fault.state.items():
            _assign(state, path, value, fault.name)


def _assign(state: ModemState, path: str, value: object, fault: str) -> None:
    part_name, _, attribute = path.partition(".")
    part = getattr(state, part_name, None)
    if not hasattr(part, attribute):
        raise DefinitionError(f"faults.toml, {fault}: a modem has no {path}")
    before = getattr(part, attribute)
    if isinstance(before, Enum):
        value = type(before)(value)
    elif attribute == "refusals" and isinstance(value, Mapping):
        value = {
            int(family): CallEnd(kind=kind, number=number)
            for family, (kind, number) in value.items()
        }
    setattr(part, attribute, value)


def network_faults(faults: Iterable[Fault]) -> NetworkFaults:
    """Return what the data plane has to be opened with."""
    from qmiprobe.sim.dataplane import NetworkFaults

    merged: dict[str, object] = {}
    for fault in faults:
        merged |= fault.network
    return NetworkFaults(**merged)  # type: ignore[arg-type]  # the file's values; a test holds it


def client_limit(faults: Iterable[Fault], default: int) -> int:
    """Return how many client ids a service has."""
    return min((one.clients for one in faults if one.clients is not None), default=default)
