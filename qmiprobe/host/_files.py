# SPDX-License-Identifier: GPL-2.0-or-later
"""Tolerant reading of sysfs and proc: what is missing or refused is None or empty."""

from __future__ import annotations

import os
from dataclasses import dataclass

UNREAD = "/qmiprobe/unread"
"""In a saved copy: what could not be read when it was made, and why."""


@dataclass(frozen=True)
class Tree:
    """Files under a sysroot, named by their absolute path on the machine it shows."""

    sysroot: str = "/"

    @property
    def live(self) -> bool:
        """Whether this is the running machine, not a saved copy."""
        return os.path.realpath(self.sysroot) == "/"

    def real(self, path: str) -> str:
        """Return where ``path`` of that machine stands on this one."""
        return os.path.join(self.sysroot, path.lstrip("/"))

    def resolved(self, path: str) -> str | None:
        """Return the folder that a link of sysfs leads to, as a path on this machine."""
        real = os.path.realpath(self.real(path))
        return real if os.path.exists(real) else None

    def unread(self, path: str) -> str | None:
        """Return why a file is missing in a saved copy, where that was noted."""
        for line in (read_text(self.real(UNREAD)) or "").splitlines():
            name, _, why = line.partition("\t")
            if name == path:
                return why
        return None

    def names(self, path: str) -> list[str]:
        """Return the sorted names in a folder."""
        return names_in(self.real(path))


def names_in(folder: str) -> list[str]:
    """Return the sorted names in ``folder``; empty where it is missing or refused."""
    try:
        return sorted(os.listdir(folder))
    except OSError:
        return []


def read_bytes(*parts: str) -> bytes | None:
    """Return the content of a small file."""
    try:
        with open(os.path.join(*parts), "rb") as file:
            return file.read(1 << 20)
    except (OSError, ValueError):
        return None


def read_text(*parts: str) -> str | None:
    """Return the content of a one-line file without the space around it; None for nothing."""
    data = read_bytes(*parts)
    return (data.decode(errors="replace").strip() or None) if data is not None else None


def read_number(*parts: str, radix: int = 10) -> int | None:
    """Return the number in a one-line file."""
    try:
        return int(read_text(*parts) or "", radix)
    except ValueError:
        return None


def link_name(*parts: str) -> str | None:
    """Return the last part of where a symbolic link leads: a driver's name, for instance."""
    try:
        return os.path.basename(os.readlink(os.path.join(*parts)))
    except OSError:
        return None


def read_attribute(path: str, *, sysroot: str = "/") -> str | None:
    """Return a one-line file of the machine, named by its path there; None for nothing."""
    return read_text(Tree(sysroot).real(path))


def uptime_s(sysroot: str = "/") -> float | None:
    """Return how long the machine has been running; None where a saved copy does not say."""
    try:
        return float((read_attribute("/proc/uptime", sysroot=sysroot) or "").split()[0])
    except (IndexError, ValueError):
        return None


def plugged_by_program(plug: str, *, sysroot: str = "/") -> bool:
    """Return whether a USB device is on a virtual controller, where programs plug devices in."""
    return "/vhci_hcd" in (Tree(sysroot).resolved(f"/sys/bus/usb/devices/{plug}") or "")
