# SPDX-License-Identifier: GPL-2.0-or-later
"""The machine's drivers: loaded, installed, kept out, and what was written to their ``new_id``."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass

from qmiprobe.host._aliases import alias_list, list_text, module_folder
from qmiprobe.host._files import Tree, names_in, read_bytes, read_text

_DRIVERS = "/sys/bus/usb/drivers"
_SERIAL_DRIVERS = "/sys/bus/usb-serial/drivers"
_ON_USB = {"option1": "option", "generic": "usbserial_generic"}
_MODPROBE = ("/etc/modprobe.d", "/run/modprobe.d", "/usr/lib/modprobe.d", "/lib/modprobe.d")


@dataclass(frozen=True, kw_only=True)
class Module:
    """A driver as this machine has it."""

    name: str
    registered: bool
    """Whether the USB bus knows it now."""
    installed: bool | None
    """Whether its module is there to be loaded; None where that cannot be seen."""
    blacklisted: str | None
    """The file that keeps it out."""


def kernel_release(sysroot: str = "/") -> str | None:
    """Return the version of the machine's kernel: ``6.1.0-56-amd64``."""
    return read_text(Tree(sysroot).real("/proc/sys/kernel/osrelease"))


def module(driver: str, *, sysroot: str = "/") -> Module:
    """Return what the machine has of a driver. Never raises."""
    tree = Tree(sysroot)
    return Module(
        name=driver,
        registered=os.path.isdir(tree.real(f"{_DRIVERS}/{driver}")),
        installed=_installed(tree, driver),
        blacklisted=_blacklisted(tree, driver),
    )


def _same(driver: str) -> str:
    return driver.replace("-", "_")


def _installed(tree: Tree, driver: str) -> bool | None:
    folder = module_folder(tree)
    if folder is None:
        return None
    lists = [list_text(folder, name) for name in ("modules.dep", "modules.builtin")]
    if not any(lists):
        return None
    pattern = re.compile(rf"(?:^|/){_same(driver).replace('_', '[-_]')}\.ko", re.MULTILINE)
    return any(pattern.search(text) for text in lists)


def _blacklisted(tree: Tree, driver: str) -> str | None:
    pattern = re.compile(
        rf"^\s*(?:blacklist\s+{_same(driver).replace('_', '[-_]')}\s*(?:#|$)|"
        rf"install\s+{_same(driver).replace('_', '[-_]')}\s+/?(?:usr/)?s?bin/(?:true|false))",
        re.MULTILINE,
    )
    for folder in _MODPROBE:
        for name in names_in(tree.real(folder)):
            text = read_bytes(tree.real(folder), name) or b""
            if name.endswith(".conf") and pattern.search(text.decode(errors="replace")):
                return f"{folder}/{name}"
    return None


def drivers_by_alias(usb_id: str, modalias: str, *, sysroot: str = "/") -> tuple[str, ...] | None:
    """Return the modules that this kernel has for a modalias; None where its list is not there."""
    found = alias_list(sysroot).of(usb_id)
    return None if found is None else found.modules(modalias)


def dynamic_ids(sysroot: str = "/") -> dict[str, tuple[str, ...]]:
    """Return, by driver, the ids that were written to its ``new_id`` and are still there.

    Serial drivers are named as the USB bus names them; their ids stand on a bus of their own.
    """
    tree = Tree(sysroot)
    found: dict[str, tuple[str, ...]] = {}
    for folder in (_DRIVERS, _SERIAL_DRIVERS):
        for name in tree.names(folder):
            text = read_text(tree.real(f"{folder}/{name}/new_id"))
            lines = (line.split("#")[0].split() for line in (text or "").splitlines())
            ids = tuple(" ".join(words) for words in lines if len(words) >= 2)
            if ids:
                driver = name if folder == _DRIVERS else _ON_USB.get(name, name)
                found[driver] = (*found.get(driver, ()), *ids)
    return found


def names_id(ids: tuple[str, ...], usb_id: str) -> bool:
    """Return whether one of the dynamic ids is that of a device (``03f0:581d``)."""
    return any(one.lower().split()[:2] == usb_id.split(":") for one in ids)
