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
_NO_COMMA = re.compile(r"\"[ \t]+(?=[A-Z]+(?:\{[^}]*\})?\s*[=!+:-])")
"""Two terms without a comma between: udev takes the line for broken, and leaves it out."""


@dataclass(frozen=True, kw_only=True)
class ConfigurationRule:
    """A line that writes a device's ``bConfigurationValue``."""

    file: str
    line: int
    last: int
    """The last line of it: a backslash goes on in the next one."""
    value: str
    broken: bool
    """Whether two of its terms have no comma between them."""


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
            broken = _NO_COMMA.search(line) is not None
            yield ConfigurationRule(file=path, line=first, last=last, value=found[1], broken=broken)


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
