# SPDX-License-Identifier: GPL-2.0-or-later
"""Files that make a rebind last over a replug and a reboot; no I/O but reading what is there.

Every file is for one kind of device with one firmware: numbers of configurations are read from its
descriptors, and some firmware changes them, so each rule is guarded by what else they show.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass

from qmiprobe import host
from qmiprobe.host import Modem
from qmiprobe.host._files import Tree, read_bytes
from qmiprobe.host._mode_switch import mode_switch
from qmiprobe.rebind._model import DEVICES, DRIVERS, EXAMPLE, Target

RULES = "/etc/udev/rules.d"
MODPROBE = "/etc/modprobe.d"
MODULES_LOAD = "/etc/modules-load.d"
MODE_SWITCH = "/etc/usb_modeswitch.d"
_FIRST = 50
"""Of the rule's file: behind usb_modeswitch's own (40), before ModemManager's last (80)."""
_CONFIGURATION = re.compile(r"^\s*configuration\s*=", re.IGNORECASE)
_BY_US, _NO_CHECK = "by qmiprobe", "NoMBIMCheck=1"
_HAVE_MODULES = {"usbserial_generic": "usbserial"}


@dataclass(frozen=True, kw_only=True)
class LastingFile:
    """A file to be written, as a whole."""

    path: str
    """On the machine that has the modem."""
    text: str
    why: str

    @property
    def kind(self) -> str:
        """``udev``, ``modprobe``, ``modules-load`` or ``usb_modeswitch``."""
        folders = {RULES: "udev", MODPROBE: "modprobe", MODULES_LOAD: "modules-load"}
        return folders.get(os.path.dirname(self.path), "usb_modeswitch")


def lasting_files(
    modem: Modem, target: Target, *, sysroot: str = "/", ignored: bool = False
) -> tuple[LastingFile, ...]:
    """Return what makes ``target`` last; empty where the kernel gets there by itself.

    ``modem`` is as it was before the rebind: who had its interfaces then may take them again.
    ``ignored``: also keep ModemManager away from the modem for good.
    """
    found = (
        udev_rules(modem, target, sysroot=sysroot, ignored=ignored),
        modprobe_conf(modem, target),
        _modules_load(modem, target),
        mode_switch_file(modem, target, sysroot=sysroot),
    )
    return tuple(one for one in found if one is not None)


def udev_rules(
    modem: Modem, target: Target, *, sysroot: str = "/", ignored: bool = False
) -> LastingFile | None:
    """Return the rules file; None where no rule is needed."""
    parts = [
        *_configuration_rule(modem, target, sysroot),
        *_id_rule(modem, target),
        *_thief_rules(modem, target),
        *(_ignore_rule(modem) if ignored else ()),
    ]
    if not parts:
        return None
    return LastingFile(
        path=f"{RULES}/{_FIRST}-{_stem(modem)}.rules",
        text="\n".join((*_head(modem, target), *parts)) + "\n",
        why="udev sees to it each time the modem comes",
    )


def modprobe_conf(modem: Modem, target: Target) -> LastingFile | None:
    """Return the file for modprobe; None where none is needed."""
    lines: list[str] = []
    for thief in _thieves(modem, target):
        module = _HAVE_MODULES.get(thief, thief)
        lines += [
            f"# {target.driver} is loaded first, so that {thief} cannot be quicker.",
            f"softdep {module} pre: {target.driver}",
        ]
    if _is_dual(modem, target):
        lines += [
            "# The control interface can be NCM or MBIM: it is to be MBIM.",
            "options cdc_ncm prefer_mbim=Y",
        ]
    if not lines:
        return None
    return LastingFile(
        path=f"{MODPROBE}/{_stem(modem)}.conf",
        text="\n".join((*_head(modem, target), *lines)) + "\n",
        why="which driver is loaded first, and with which options",
    )


def mode_switch_file(modem: Modem, target: Target, *, sysroot: str = "/") -> LastingFile | None:
    """Return the file that keeps usb_modeswitch from undoing it; None where it would not.

    (Its dispatcher takes a modem that has an MBIM configuration there, unless told not to.)
    """
    entry = mode_switch(modem.id, sysroot=sysroot)
    sets = None if entry is None else entry.configuration
    has_mbim = any(
        one.function == "mbim" for each in modem.configurations for one in each.interfaces
    )
    to_mbim = has_mbim and target.protocol != "mbim"
    if not to_mbim and sets in (None, 0, target.configuration):
        return None
    path = f"{MODE_SWITCH}/{modem.id}"
    return LastingFile(
        path=path,
        text="\n".join(_mode_switch_lines(modem, target, Tree(sysroot).real(path))) + "\n",
        why="usb_modeswitch would set the configuration that has MBIM"
        if to_mbim
        else f"usb_modeswitch would set configuration {sets}",
    )


def _mode_switch_lines(modem: Modem, target: Target, own: str) -> Iterator[str]:
    """What is to stand in the file, with what the machine's own one has beside it.

    That may be what makes a modem of a disc: it stays, but for the configuration.
    """
    data = (read_bytes(own) or b"").decode(errors="replace").splitlines()
    kept = [line for line in data if _BY_US not in line and line != _NO_CHECK]
    if not kept:
        yield from _head(modem, target)
    else:
        yield f"# {modem.id}: {target}. Changed {_BY_US}: no Configuration, and the last line."
    yield from (_CONFIGURATION.sub(r"#\g<0>", line) for line in kept)
    yield _NO_CHECK


def ignore_rule(modem: Modem) -> LastingFile:
    """Return the rules file that keeps ModemManager away from the modem for good."""
    return LastingFile(
        path=f"{RULES}/{_FIRST}-{_stem(modem)}-ignore.rules",
        text="\n".join(_ignore_rule(modem)) + "\n",
        why="ModemManager does not touch it any more",
    )


def _stem(modem: Modem) -> str:
    return f"qmiprobe-{modem.id.replace(':', '-')}"


def _head(modem: Modem, target: Target) -> tuple[str, ...]:
    return (f"# {modem.id}: {target}. Written by qmiprobe; remove this file to undo it.",)


def _device(modem: Modem, *, action: str = "add") -> str:
    vendor, _, product = modem.id.partition(":")
    return (
        f'ACTION=="{action}", SUBSYSTEM=="usb", ENV{{DEVTYPE}}=="usb_device", '
        f'ATTR{{idVendor}}=="{vendor}", ATTR{{idProduct}}=="{product}"'
    )


def _configuration_rule(modem: Modem, target: Target, sysroot: str) -> Iterator[str]:
    if any(
        one.kernel_would_choose and one.value == target.configuration
        for one in modem.configurations
    ):
        return
    release = host.read_attribute(f"{DEVICES}/{modem.name}/bcdDevice", sysroot=sysroot)
    guard = f'ATTR{{bcdDevice}}=="{release}", ' if release else ""
    value = target.configuration
    yield "# The numbers are this firmware's: another one gets no rule, rather than a wrong one."
    yield f"{_device(modem)}, \\"
    yield (
        f'  {guard}ATTR{{bNumConfigurations}}=="{len(modem.configurations)}", '
        f'ATTR{{bConfigurationValue}}!="{value}", ATTR{{bConfigurationValue}}="{value}"'
    )


def _id_rule(modem: Modem, target: Target) -> Iterator[str]:
    if not target.by_example:
        return
    vendor, _, product = modem.id.partition(":")
    yield f"# {target.driver} is told of this id when it is loaded, by the example of one it knows."
    yield (
        f'ACTION=="add", SUBSYSTEM=="drivers", DEVPATH=="/bus/usb/drivers/{target.driver}", '
        f'ATTR{{new_id}}="{vendor} {product} {EXAMPLE}"'
    )


def _thief_rules(modem: Modem, target: Target) -> Iterator[str]:
    """Rules that give an interface back whatever other driver gets it."""
    thieves = _thieves(modem, target)
    if not thieves:
        return
    product = "/".join(part.lstrip("0") or "0" for part in modem.id.split(":"))
    yield f"# Had by {', '.join(thieves)}: whoever is bound to it, {target.driver} gets it."
    for number in target.members:
        yield (
            f'ACTION=="bind", SUBSYSTEM=="usb", ENV{{DEVTYPE}}=="usb_interface", '
            f'ENV{{PRODUCT}}=="{product}/*", \\'
        )
        yield f'  KERNEL=="*:{target.configuration}.{number}", DRIVER!="{target.driver}", \\'
        # In a rule a dollar sign and a percent sign are doubled.
        yield (
            f"  RUN+=\"/bin/sh -c 'k=$kernel; echo $kernel > /sys$devpath/driver/unbind; "
            f"modprobe -q {target.driver}; "
            f"echo $${{k%%.*}}.{target.control} > {DRIVERS}/{target.driver}/bind'\""
        )


def _ignore_rule(modem: Modem) -> tuple[str, ...]:
    return (
        "# ModemManager leaves this modem alone.",
        f'{_device(modem, action="add|change|move|bind")}, ENV{{ID_MM_DEVICE_IGNORE}}="1"',
    )


def _modules_load(modem: Modem, target: Target) -> LastingFile | None:
    if not target.by_example:
        return None
    return LastingFile(
        path=f"{MODULES_LOAD}/{_stem(modem)}.conf",
        text="\n".join((*_head(modem, target), target.driver)) + "\n",
        why=f"nothing else loads {target.driver} for an id that it does not know",
    )


def _thieves(modem: Modem, target: Target) -> list[str]:
    found = [
        one.driver
        for each in modem.configurations
        for one in each.interfaces
        if each.value == target.configuration
        and one.number in target.members
        and one.driver not in (None, target.driver, "cdc_ncm")
    ]
    return [name for name in dict.fromkeys(found) if name is not None]


def _is_dual(modem: Modem, target: Target) -> bool:
    """Whether the control interface is NCM too, and has been taken for that."""
    settings = [
        one
        for each in modem.configurations
        for one in each.interfaces
        if each.value == target.configuration and one.number == target.control
    ]
    functions = {one.function for one in settings}
    had = {one.driver for one in settings}
    return target.driver == "cdc_mbim" and ("ncm" in functions or "cdc_ncm" in had)
