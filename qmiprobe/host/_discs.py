# SPDX-License-Identifier: GPL-2.0-or-later
"""Modems that are still discs with drivers on them, and modems that wait for firmware."""

from __future__ import annotations

import os
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources

from qmiprobe.host._files import Tree, names_in, read_number, read_text
from qmiprobe.host._functions import is_modem_id

_USB = "/sys/bus/usb/devices"
_STORAGE = 0x08


@dataclass(frozen=True, kw_only=True)
class Disc:
    """A disc that is known to become a modem once it is ejected or told to."""

    name: str
    """Where it is plugged: ``2-6``."""
    id: str
    product: str | None
    becomes: tuple[str, ...]
    """Ids that it may come back as; empty where nobody noted them."""


def discs(sysroot: str = "/") -> tuple[Disc, ...]:
    """Return the USB devices that are nothing but a disc and are known to become modems."""
    tree = Tree(sysroot)
    found = []
    for name in tree.names(_USB):
        folder = tree.resolved(f"{_USB}/{name}") if ":" not in name else None
        if folder is None:
            continue
        usb_id = f"{read_text(folder, 'idVendor')}:{read_text(folder, 'idProduct')}"
        # A modem by its id that is nothing but a disc is one before its switch, too.
        becomes = _known().get(usb_id, () if is_modem_id(usb_id) else None)
        if becomes is not None and _only_storage(folder):
            product = read_text(folder, "product")
            found.append(Disc(name=name, id=usb_id, product=product, becomes=becomes))
    return tuple(found)


def waits_for_firmware(usb_id: str) -> bool:
    """Return whether ``usb_id`` is a modem's boot loader, not the modem."""
    return usb_id in _loaders()


def _only_storage(folder: str) -> bool:
    classes = [
        read_number(folder, one, "bInterfaceClass", radix=16)
        for one in names_in(folder)
        if os.path.exists(os.path.join(folder, one, "bInterfaceNumber"))
    ]
    return bool(classes) and set(classes) == {_STORAGE}


@cache
def _known() -> dict[str, tuple[str, ...]]:
    found = {}
    for vendor, text in _data("discs.toml")["discs"].items():
        for row in str(text).split(","):
            product, *targets = row.split()
            full = (one if ":" in one else f"{vendor}:{one}" for one in targets)
            found[f"{vendor}:{product}"] = tuple(full)
    return found


@cache
def _loaders() -> frozenset[str]:
    return frozenset(_data("vendors.toml")["boot-loaders"])


def _data(name: str) -> dict[str, dict[str, str]]:
    text = (resources.files("qmiprobe.host") / "data" / name).read_text(encoding="utf-8")
    return tomllib.loads(text)
