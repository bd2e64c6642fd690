# SPDX-License-Identifier: GPL-2.0-or-later
"""The udev rules that choose a USB configuration for a device."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from qmiprobe.host._files import Tree, read_bytes

_FOLDERS = ("/etc/udev/rules.d", "/run/udev/rules.d", "/usr/lib/udev/rules.d", "/lib/udev/rules.d")
_SETS = re.compile(r"ATTR\{bConfigurationValue\}\s*=(?!=)\s*\"([^\"]*)\"")
_IDS = tuple(
    re.compile(rf"ATTRS?\{{{name}\}}\s*==\s*\"([^\"]*)\"") for name in ("idVendor", "idProduct")
)
_TERM = re.compile(
    r"[\s,]*(?P<key>[^\s\"'={,!:+-][^\s\"'={!:+-]*)(?:\{[^}]*\})?\s*(?P<how>[=!+:-]=|=)\s*"
    r"e?\"(?:[^\"\\]|\\.)*\"[\s,]*"
)
_COMPARED = frozenset(
    {
        *("ACTION", "DEVPATH", "KERNEL", "SUBSYSTEM", "DRIVER", "KERNELS", "SUBSYSTEMS"),
        *("DRIVERS", "ATTRS", "TAGS", "CONST", "TEST", "RESULT"),
    }
)
_KEYS = _COMPARED | {
    *("ATTR", "SYSCTL", "ENV", "NAME", "SYMLINK", "TAG", "PROGRAM", "IMPORT", "OPTIONS", "OWNER"),
    *("GROUP", "MODE", "SECLABEL", "RUN", "GOTO", "LABEL"),
}


@dataclass(frozen=True, kw_only=True)
class ConfigurationRule:
    """A line that writes a device's ``bConfigurationValue``."""

    file: str
    line: int
    last: int
    """The last line of it: a backslash goes on in the next one."""
    value: str
    fault: str | None
    """Why udev leaves the line out; None where it takes it."""


def configuration_rules(usb_id: str, *, sysroot: str = "/") -> tuple[ConfigurationRule, ...]:
    """Return the rules for ``03f0:581d``, in the order of folders and names. Never raises."""
    tree = Tree(sysroot)
    seen: dict[str, str] = {}
    for folder in _FOLDERS:
        for name in tree.names(folder):
            if name.endswith(".rules"):
                seen.setdefault(name, folder)  # the same name in a later folder does not count
    return tuple(
        rule for name in sorted(seen) for rule in _in_file(tree, f"{seen[name]}/{name}", usb_id)
    )


def _in_file(tree: Tree, path: str, usb_id: str) -> Iterator[ConfigurationRule]:
    text = (read_bytes(tree.real(path)) or b"").decode(errors="replace")
    if "bConfigurationValue" not in text:
        return
    wanted = usb_id.split(":")
    for first, last, line in _lines(text):
        found = _SETS.search(line)
        ids = [one[1].lower() if (one := pattern.search(line)) else None for pattern in _IDS]
        if found is not None and ids == wanted:
            fault = fault_of(line)
            yield ConfigurationRule(file=path, line=first, last=last, value=found[1], fault=fault)


def fault_of(line: str) -> str | None:
    """Return what keeps udev from taking a line of a rules file; None where nothing does.

    Commas between terms are not needed. Measured with udev 252.
    """
    at = 0
    while at < len(line.rstrip()):
        term = _TERM.match(line, at)
        if term is None:
            return f"cannot be read from `{line[at:].strip(' ,')[:24]}` on"
        key = term["key"]
        if key not in _KEYS:
            return f"has {key}, which udev does not know"
        if key in _COMPARED and term["how"] not in ("==", "!="):
            return f"has {key}{term['how']}, which has to be =="
        at = term.end()
    return None


def _lines(text: str) -> Iterator[tuple[int, int, str]]:
    """Give first line, last line and text of each rule."""
    first, parts = 1, list[str]()
    for number, line in enumerate(text.splitlines(), 1):
        if not parts:
            first = number
        if line.rstrip().endswith("\\") and not line.lstrip().startswith("#"):
            parts.append(line.rstrip()[:-1])
            continue
        whole = "".join((*parts, line))
        parts = []
        if not whole.lstrip().startswith("#"):
            yield first, number, whole
