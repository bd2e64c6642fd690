# SPDX-License-Identifier: GPL-2.0-or-later
"""Functional descriptors by name (CDC 1.2, ECM 1.2, NCM 1.0, MBIM 1.0)."""

from __future__ import annotations

import struct
from collections.abc import Mapping
from dataclasses import dataclass

from qmiprobe.errors import DefinitionError
from qmiprobe.sim.usb._descriptors import CLASS_INTERFACE, SUBTYPES


@dataclass(frozen=True, kw_only=True)
class Place:
    """The interface that a functional descriptor stands in."""

    number: int
    data: int | None
    mac_index: int
    where: str


_DEFAULTS: dict[str, dict[str, int]] = {
    "header": {"release": 0x0110},
    "call-management": {"capabilities": 0, "data": 0},
    "acm": {"capabilities": 2},
    "union": {"control": 0, "data": 0},
    "ethernet": {"mac": 0, "statistics": 0, "segment": 1514, "filters": 0, "power_filters": 0},
    "dmm": {"release": 0x0100, "max_command": 256},
    "ncm": {"release": 0x0100, "capabilities": 0x11},
    "mbim": {"release": 0x0100, "max_control_message": 4096, "filters": 32, "filter_size": 128,
             "segment": 2048, "capabilities": 0x20},
    "mbim-extended": {"release": 0x0100, "outstanding": 64, "mtu": 1500},
}  # fmt: skip
_LAYOUTS = {
    "header": "<H", "call-management": "<BB", "acm": "<B", "union": "<BB", "ethernet": "<BIHHB",
    "dmm": "<HH", "ncm": "<HB", "mbim": "<HHBBHB", "mbim-extended": "<HBH",
}  # fmt: skip


def functional(item: object, place: Place) -> bytes:
    """Return one descriptor: of a name, a table with ``name``, or a table with ``raw``."""
    table = {"name": item} if isinstance(item, str) else item
    if not isinstance(table, Mapping):
        raise DefinitionError(f"{place.where}: functional: a name or a table, not {item!r}")
    if "raw" in table:
        return _raw(table["raw"], place)
    name = table.get("name")
    if name not in _DEFAULTS:
        raise DefinitionError(
            f"{place.where}: functional: no descriptor {name!r}; there are: "
            f'{", ".join(_DEFAULTS)}, or raw = "05 24 ..."'
        )
    values = _DEFAULTS[name] | _of_place(name, place)
    strange = sorted(table.keys() - values.keys() - {"name"})
    if strange:
        raise DefinitionError(
            f"{place.where}: functional {name}: no key {', '.join(strange)}; known: "
            f"{', '.join(values)}"
        )
    values |= {key: value for key, value in table.items() if key != "name"}
    try:
        body = struct.pack(_LAYOUTS[name], *values.values())
    except struct.error as error:
        raise DefinitionError(f"{place.where}: functional {name}: {error}") from None
    return bytes((3 + len(body), CLASS_INTERFACE, SUBTYPES[name])) + body


def _of_place(name: str, place: Place) -> dict[str, int]:
    """Return what depends on where it stands; a vendor's serial port names itself no pair."""
    if name == "ethernet":
        return {"mac": place.mac_index}
    if place.data is None:
        return {}
    if name == "union":
        return {"control": place.number, "data": place.data}
    return {"data": place.data} if name == "call-management" else {}


def _raw(value: object, place: Place) -> bytes:
    try:
        data = bytes.fromhex(value) if isinstance(value, str) else b""
    except ValueError:
        data = b""
    if len(data) < 3 or data[0] != len(data):
        raise DefinitionError(
            f"{place.where}: functional: raw must be one descriptor in hexadecimal whose first "
            f"byte is its length, not {value!r}"
        )
    return data
