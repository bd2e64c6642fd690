# SPDX-License-Identifier: GPL-2.0-or-later
"""Which interfaces this machine's own kernel offers to which driver: its ``modules.alias``.

A driver that is built in has its patterns in ``modules.builtin.modinfo`` instead. Neither holds
what decides after the offer (reserved interfaces, layouts, endpoints): see ``data/drivers``.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase

from qmiprobe.host._driver_rows import Row
from qmiprobe.host._files import Tree, read_text

_MOST = 64 << 20
_PATTERN = re.compile(
    r"usb:v(\*|[0-9A-F]{4})p(\*|[0-9A-F]{4})d.*"
    r"ic(\*|[0-9A-F]{2})isc(\*|[0-9A-F]{2})ip(\*|[0-9A-F]{2})in(\*|[0-9A-F]{2})\*?"
)


@dataclass(frozen=True)
class Aliases:
    """What the kernel's list says of the devices of some vendor, in its order."""

    pairs: tuple[tuple[str, str], ...]
    """Pattern and module."""
    named: frozenset[str]
    """Every module that the list names, for whatever device."""

    def modules(self, modalias: str) -> tuple[str, ...]:
        """Return the modules whose patterns fit."""
        found = (name for pattern, name in self.pairs if fnmatchcase(modalias, pattern))
        return tuple(dict.fromkeys(found))

    def rows(self, modalias: str) -> Iterator[Row]:
        """Give what fits in the form of a driver's table."""
        for pattern, name in self.pairs:
            found = _PATTERN.fullmatch(pattern)
            if found is None or not fnmatchcase(modalias, pattern):
                continue
            _, product, *cls, number = found.groups()
            while cls and cls[-1] == "*":
                cls.pop()
            yield Row(
                driver=name,
                kernel="modules.alias",
                product=product.lower(),
                cls=tuple(part.lower() for part in cls),
                number=None if number == "*" else int(number, 16),
            )

    def lacks(self, driver: str, modalias: str) -> bool:
        """Return whether the kernel has the driver and does not offer it this interface."""
        name = driver.replace("-", "_")
        return name in self.named and name not in self.modules(modalias)


@dataclass(frozen=True)
class AliasList:
    """The whole list, read once for several devices; empty where the machine shows none."""

    pairs: tuple[tuple[str, str], ...]
    named: frozenset[str]

    def of(self, usb_id: str) -> Aliases | None:
        """Return what concerns a vendor's devices; None where the machine shows no list."""
        if not self.pairs:
            return None
        vendor = usb_id.upper().partition(":")[0]
        starts = (f"usb:v{vendor}p", "usb:v*")
        return Aliases(tuple(one for one in self.pairs if one[0].startswith(starts)), self.named)


def alias_list(sysroot: str = "/") -> AliasList:
    """Return which USB devices the kernel has modules for."""
    folder = module_folder(Tree(sysroot))
    pairs = () if folder is None else (*_listed(folder), *_built_in(folder))
    return AliasList(pairs, frozenset(name for _, name in pairs))


def module_folder(tree: Tree) -> str | None:
    """Return the folder with the lists of the running kernel's modules."""
    release = read_text(tree.real("/proc/sys/kernel/osrelease"))
    folder = tree.real(f"/lib/modules/{release}")
    return folder if release and os.path.isdir(folder) else None


def _listed(folder: str) -> Iterator[tuple[str, str]]:
    for line in list_text(folder, "modules.alias").splitlines():
        if line.startswith("alias usb:"):
            _, pattern, name = (*line.split(), "", "")[:3]
            yield pattern, name


def _built_in(folder: str) -> Iterator[tuple[str, str]]:
    for record in list_text(folder, "modules.builtin.modinfo").split("\0"):
        name, _, rest = record.partition(".alias=")
        if rest.startswith("usb:"):
            yield rest, name


def list_text(folder: str, name: str) -> str:
    """Return one of the lists; empty where it cannot be read."""
    try:
        with open(os.path.join(folder, name), encoding="utf-8", errors="replace") as file:
            return file.read(_MOST)
    except OSError:
        return ""
