# SPDX-License-Identifier: GPL-2.0-or-later
"""The machine's own radio switches (rfkill): they belong to the platform, not to the modem."""

from __future__ import annotations

from dataclasses import dataclass

from qmiprobe.host._files import Tree, read_number, read_text

_FOLDER = "/sys/class/rfkill"


@dataclass(frozen=True, kw_only=True)
class RadioSwitch:
    """A switch that keeps a kind of radio off, or could."""

    path: str
    """Its folder in sysfs."""
    name: str
    """Who made it: ``tpacpi_wwan_sw``, ``dell-wwan``."""
    kind: str
    """``wwan``, ``wlan``, ``bluetooth``, ..."""
    soft: bool
    """Whether software keeps the radio off."""
    hard: bool
    """Whether a key, a slide or the firmware does."""


def radio_switches(sysroot: str = "/") -> tuple[RadioSwitch, ...]:
    """Return every rfkill switch of the machine, of all kinds of radio. Never raises."""
    tree = Tree(sysroot)
    found = []
    for name in tree.names(_FOLDER):
        folder = tree.real(f"{_FOLDER}/{name}")
        kind = read_text(folder, "type")
        if kind is None:
            continue
        found.append(
            RadioSwitch(
                path=f"{_FOLDER}/{name}",
                name=read_text(folder, "name") or name,
                kind=kind,
                soft=read_number(folder, "soft") == 1,
                hard=read_number(folder, "hard") == 1,
            )
        )
    return tuple(found)
