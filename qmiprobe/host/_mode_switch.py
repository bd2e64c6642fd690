# SPDX-License-Identifier: GPL-2.0-or-later
"""What usb_modeswitch would do to a device: its data, the machine's own files, its settings."""

from __future__ import annotations

import os
import re
import tarfile
from dataclasses import dataclass

from qmiprobe.host._files import Tree, read_bytes

_OWN = "/etc/usb_modeswitch.d"
_SHIPPED = "/usr/share/usb_modeswitch"
_PACK = f"{_SHIPPED}/configPack.tar.gz"
_SETTINGS = "/etc/usb_modeswitch.conf"
_MOST = 1 << 16
_SETTING = re.compile(r"^\s*(\w+)\s*=\s*\"?([^\"\n#]*?)\"?\s*(?:#.*)?$", re.MULTILINE)


@dataclass(frozen=True, kw_only=True)
class ModeSwitch:
    """An entry of usb_modeswitch for a device."""

    file: str
    """Where it stands."""
    configuration: int | None
    """The USB configuration that it sets; 0: the one with MBIM, where there is one; None: none."""
    disabled: str | None
    """The setting that keeps it from doing so: ``DisableSwitching=1``."""


def mode_switch(usb_id: str, *, sysroot: str = "/") -> ModeSwitch | None:
    """Return the machine's entry for ``03f0:581d``; None where there is none. Never raises."""
    tree = Tree(sysroot)
    found = _entry(tree, usb_id)
    if found is None:
        return None
    file, text = found
    own = _settings(text)
    value = own.get("configuration", "")
    return ModeSwitch(
        file=file,
        configuration=int(value) if value.isdigit() else None,
        disabled=_disabled(tree, own, value),
    )


def _entry(tree: Tree, usb_id: str) -> tuple[str, str] | None:
    """The machine's own file comes before the shipped ones; an empty one counts, too."""
    for folder in (_OWN, _SHIPPED):
        data = read_bytes(tree.real(f"{folder}/{usb_id}"))
        if data is not None:
            return f"{folder}/{usb_id}", data.decode(errors="replace")
    packed = _packed(tree.real(_PACK), usb_id)
    return None if packed is None else (f"{_PACK}: {usb_id}", packed)


def _packed(path: str, usb_id: str) -> str | None:
    if not os.path.isfile(path):
        return None
    try:
        with tarfile.open(path) as pack:
            for member in pack:
                if os.path.basename(member.name) == usb_id and member.isfile():
                    file = pack.extractfile(member)
                    return file.read(_MOST).decode(errors="replace") if file else None
    except (OSError, EOFError, tarfile.TarError):
        return None
    return None


def _settings(text: str) -> dict[str, str]:
    return {name.lower(): value.strip() for name, value in _SETTING.findall(text)}


def _disabled(tree: Tree, own: dict[str, str], value: str) -> str | None:
    text = (read_bytes(tree.real(_SETTINGS)) or b"").decode(errors="replace")
    everywhere = _settings(text)
    if everywhere.get("disableswitching") == "1":
        return f"DisableSwitching=1 in {_SETTINGS}"
    if value == "0" and everywhere.get("disablembimglobal") == "1":
        return f"DisableMBIMGlobal=1 in {_SETTINGS}"
    return "NoMBIMCheck=1" if value == "0" and own.get("nombimcheck") == "1" else None
