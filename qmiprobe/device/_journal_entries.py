# SPDX-License-Identifier: GPL-2.0-or-later
"""What the journal holds: client ids, the port they belong to, and who had them; no I/O.

An id is given back only where it can be nobody else's by now: after a reset of the modem, or
where it was plugged in again, the same number may be another program's. In doubt it is
forgotten: an id that is lost costs a modem one of many, an id that is taken from ModemManager
costs it its connection.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from typing import Literal, cast

FORMAT = "qmiprobe-journal/1"
MOST_ENTRIES = 256
MOST_BYTES = 1 << 18
_MOST_TEXT = 4096

Life = Literal["alive", "dead", "unknown"]
Fate = Literal["give-back", "keep", "forget"]


@dataclass(frozen=True, kw_only=True)
class PortIdentity:
    """A control port as it is now; plugged in again, the same modem has another one."""

    path: str
    """For people: the same port may have several."""
    sysfs: str | None
    """Folder of the device; None where it has none (ptys)."""
    device: int
    """Device number (st_rdev)."""
    ctime_ns: int
    """When the node was last changed: it is made anew with its device."""

    def is_same(self, other: PortIdentity) -> bool:
        """Whether both are the same port in the same life."""
        mine = (self.sysfs, self.device, self.ctime_ns)
        return mine == (other.sysfs, other.device, other.ctime_ns)

    def shares_place(self, other: PortIdentity) -> bool:
        """Whether one has taken the place of the other, or is it."""
        same_folder = self.sysfs is not None and self.sysfs == other.sysfs
        return same_folder or self.device == other.device or self.path == other.path


@dataclass(frozen=True, kw_only=True)
class Holder:
    """A process."""

    pid: int
    start: int
    """When it was started, in clock ticks since boot: a number is used again, this is not."""
    namespace: str
    """Of its pid: seen from another one, nothing can be said of it."""


@dataclass(frozen=True, kw_only=True)
class HeldId:
    """A client id that a process holds."""

    service: int
    client: int
    port: PortIdentity
    boot_id: str
    holder: Holder
    noted: float
    """Seconds since boot."""


@dataclass(frozen=True)
class Sorted:
    """Entries by what becomes of them; those to forget are in neither."""

    give_back: tuple[HeldId, ...]
    keep: tuple[HeldId, ...]


def stale(
    entries: Iterable[HeldId],
    *,
    port: PortIdentity,
    boot_id: str,
    namespace: str,
    life: Callable[[Holder], Life],
    held_by_others: bool = False,
) -> Sorted:
    """Return which ids of ``port`` were left behind and are to be given back, and what stays.

    ``held_by_others``: another program has the port open now, so an id may be its own.
    """
    give_back: list[HeldId] = []
    keep: list[HeldId] = []
    for entry in entries:
        fate = _fate(entry, port, boot_id, namespace, life)
        if fate == "give-back" and held_by_others:
            fate = "forget"
        if fate != "forget":
            (give_back if fate == "give-back" else keep).append(entry)
    return Sorted(tuple(give_back), tuple(keep))


def _fate(
    entry: HeldId, port: PortIdentity, boot_id: str, namespace: str, life: Callable[[Holder], Life]
) -> Fate:
    if entry.boot_id != boot_id:
        return "forget"
    if entry.holder.namespace != namespace or life(entry.holder) != "dead":
        return "keep"
    if entry.port.is_same(port):
        return "give-back"
    # A device that is gone took its ids with it; other ports are judged when they are used.
    return "forget" if entry.port.shares_place(port) else "keep"


def write_entries(entries: Iterable[HeldId]) -> bytes:
    """Return the file for the newest entries, as many as fit."""
    kept = list(entries)[-MOST_ENTRIES:]
    while True:
        document = {"format": FORMAT, "held": [asdict(entry) for entry in kept]}
        data = json.dumps(document, indent=1).encode() + b"\n"
        if len(data) <= MOST_BYTES:
            return data
        kept = kept[len(kept) // 2 + 1 :]


def read_entries(data: bytes) -> list[HeldId]:
    """Return the entries of a file; what cannot be read is left out. Never raises."""
    if len(data) > MOST_BYTES:
        return []
    try:
        document = json.loads(data)
    except (ValueError, RecursionError):
        return []
    if not isinstance(document, dict) or document.get("format") != FORMAT:
        return []
    held = document.get("held")
    found = [_entry(one) for one in held] if isinstance(held, list) else []
    return [one for one in found if one is not None][-MOST_ENTRIES:]


def _entry(value: object) -> HeldId | None:
    try:
        fields = _mapping(value)
        port, holder = _mapping(fields["port"]), _mapping(fields["holder"])
        return HeldId(
            service=_number(fields["service"], 1, 0xFFFF),
            client=_number(fields["client"], 1, 0xFE),
            port=PortIdentity(
                path=_text(port["path"]),
                sysfs=None if port["sysfs"] is None else _text(port["sysfs"]),
                device=_number(port["device"], 0, 1 << 64),
                ctime_ns=_number(port["ctime_ns"], -(1 << 63), 1 << 63),
            ),
            boot_id=_text(fields["boot_id"]),
            holder=Holder(
                pid=_number(holder["pid"], 1, 1 << 31),
                start=_number(holder["start"], 0, 1 << 64),
                namespace=_text(holder["namespace"]),
            ),
            noted=_seconds(fields["noted"]),
        )
    except (KeyError, TypeError, ValueError):
        return None


def _mapping(value: object) -> dict[str, object]:
    if not isinstance(value, dict):
        raise TypeError
    return cast("dict[str, object]", value)


def _number(value: object, least: int, most: int) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise TypeError
    if not least <= value <= most:
        raise ValueError
    return value


def _seconds(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise TypeError
    if not 0 <= value < 1 << 40:
        raise ValueError
    return float(value)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    if len(value) > _MOST_TEXT:
        raise ValueError
    return value
