# SPDX-License-Identifier: GPL-2.0-or-later
"""Files of the machine that would undo a rebind: rules, modprobe's and usb_modeswitch's files."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from qmiprobe import host
from qmiprobe.host import Modem
from qmiprobe.host._files import Tree, read_bytes
from qmiprobe.host._mode_switch import mode_switch
from qmiprobe.host._udev_rules import configuration_rules
from qmiprobe.rebind._lasting import MODE_SWITCH
from qmiprobe.rebind._model import Target

_RULES = ("/etc/udev/rules.d", "/run/udev/rules.d", "/usr/lib/udev/rules.d", "/lib/udev/rules.d")
_MODPROBE = ("/etc/modprobe.d", "/run/modprobe.d", "/usr/lib/modprobe.d", "/lib/modprobe.d")
_GENERIC = re.compile(r"^\s*options\s+usbserial\s+(?P<rest>.*)$", re.MULTILINE)
_PAIR = re.compile(r"(vendor|product)\s*=\s*(0[xX][0-9a-fA-F]+|\d+)")
_NEW_ID = re.compile(r"new_id")


@dataclass(frozen=True, kw_only=True)
class Contradiction:
    """A file that works against the target."""

    file: str
    line: int | None
    text: str
    """What it does."""
    repair: str
    """What to do about it."""

    def __str__(self) -> str:
        place = self.file if self.line is None else f"{self.file}:{self.line}"
        return f"{place}: {self.text}; {self.repair}"


def contradictions(
    modem: Modem, target: Target, *, sysroot: str = "/"
) -> tuple[Contradiction, ...]:
    """Return the files that would keep ``target`` from lasting. Never raises."""
    tree = Tree(sysroot)
    return (
        *_configuration_rules(modem, target, sysroot),
        *_mode_switch(modem, target, sysroot),
        *_kept_out(target, sysroot),
        *_generic_serial(tree, modem),
        *_ids_in_rules(tree, modem, target),
    )


def _configuration_rules(modem: Modem, target: Target, sysroot: str) -> Iterator[Contradiction]:
    for rule in configuration_rules(modem.id, sysroot=sysroot):
        if rule.fault or rule.value == str(target.configuration) or "qmiprobe-" in rule.file:
            continue
        yield Contradiction(
            file=rule.file,
            line=rule.line,
            text=f"sets configuration {rule.value}",
            repair="remove that rule",
        )


def _mode_switch(modem: Modem, target: Target, sysroot: str) -> Iterator[Contradiction]:
    entry = mode_switch(modem.id, sysroot=sysroot)
    if entry is None or entry.disabled is not None or entry.configuration is None:
        return
    to_mbim = entry.configuration == 0
    fits = target.protocol == "mbim" if to_mbim else entry.configuration == target.configuration
    if not fits:
        where = "the one with MBIM" if to_mbim else str(entry.configuration)
        yield Contradiction(
            file=entry.file,
            line=None,
            text=f"usb_modeswitch sets configuration {where}",
            repair=f"write NoMBIMCheck=1, and nothing else, into {MODE_SWITCH}/{modem.id}",
        )


def _kept_out(target: Target, sysroot: str) -> Iterator[Contradiction]:
    kept = host.module(target.driver, sysroot=sysroot).blacklisted
    if kept is not None:
        yield Contradiction(
            file=kept,
            line=None,
            text=f"keeps {target.driver} from being loaded",
            repair="remove that line: no other file can take it back",
        )


def _generic_serial(tree: Tree, modem: Modem) -> Iterator[Contradiction]:
    ids = {"vendor": int(modem.id[:4], 16), "product": int(modem.id[5:], 16)}
    for path, text in _files(tree, _MODPROBE, ".conf"):
        for found in _GENERIC.finditer(text):
            given = {name: int(value, 0) for name, value in _PAIR.findall(found["rest"])}
            if given == ids or given == {"vendor": ids["vendor"]}:
                yield Contradiction(
                    file=path,
                    line=text.count("\n", 0, found.start("rest")) + 1,
                    text="gives each interface of the modem to the generic serial driver",
                    repair="remove that line",
                )


def _ids_in_rules(tree: Tree, modem: Modem, target: Target) -> Iterator[Contradiction]:
    vendor, product = modem.id.split(":")
    told = re.compile(rf"\b{vendor}\b[^\n]*\b{product}\b", re.IGNORECASE)
    for path, text in _files(tree, _RULES, ".rules"):
        if "qmiprobe-" in path:
            continue
        for number, line in enumerate(text.splitlines(), 1):
            is_rule = not line.lstrip().startswith("#") and told.search(line) is not None
            if not is_rule or not _NEW_ID.search(line) or target.driver in line:
                continue
            yield Contradiction(
                file=path,
                line=number,
                text="tells another driver of this modem (new_id)",
                repair="remove that rule",
            )


def _files(tree: Tree, folders: tuple[str, ...], end: str) -> Iterator[tuple[str, str]]:
    """Give path and text of each file that counts: the first folder that has the name."""
    seen: set[str] = set()
    for folder in folders:
        for name in sorted(tree.names(folder)):
            if name.endswith(end) and name not in seen:
                seen.add(name)
                data = read_bytes(tree.real(f"{folder}/{name}"))
                yield f"{folder}/{name}", (data or b"").decode(errors="replace")
