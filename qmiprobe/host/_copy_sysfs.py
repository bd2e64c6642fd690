# SPDX-License-Identifier: GPL-2.0-or-later
"""What of sysfs goes into a copy of the machine: the buses, and all that hangs on its modems."""

from __future__ import annotations

import os
import re

from qmiprobe.host._copy import Copier
from qmiprobe.host._discs import discs
from qmiprobe.host._driver_rows import DRIVERS
from qmiprobe.host._modems import modems
from qmiprobe.host._ports import SOC

_USB = "/sys/bus/usb/devices"
_SHALLOW = re.compile(r"power|ep_[0-9a-f]{2}|.*-port[0-9]+|physical_location")
_DISC = re.compile(r"host[0-9]+")
"""What SCSI makes of a disc: much to read, and nothing of the modem."""
_CLASSES = ("usbmisc", "wwan", "net", "tty")
_MODULES = (
    *(*DRIVERS, "usbcore", "usbserial", "usb_wwan", "usbnet", "cdc_wdm", "wwan", "rmnet"),
    *("mhi", "mhi_pci_generic", "mhi_wwan_ctrl", "mhi_wwan_mbim", "mhi_net", "mtk_t7xx", "iosm"),
    *("qrtr", "qrtr_mhi", "qrtr_smd", "qmi_wwan_q", "GobiNet", "GobiSerial"),
)


def copy_sysfs(copier: Copier) -> None:
    """Take the USB bus, modems on other buses, switches of radios, drivers and modules."""
    found = modems(copier.tree.sysroot)
    deep = {one.name for one in found} | {one.name for one in discs(copier.tree.sysroot)}
    roots = _usb(copier, deep)
    for one in found:
        if one.bus == "pci":
            copier.link(f"/sys/bus/pci/devices/{one.name}")
            folder = copier.tree.resolved(f"/sys/bus/pci/devices/{one.name}")
            roots |= _whole(copier, folder)
        elif one.bus == "soc":
            roots |= _chip(copier, one.name)
    for name in _CLASSES:
        copier.links_into(f"/sys/class/{name}", roots)
    for bus in ("usb-serial", "mhi", "rpmsg", "wwan"):
        copier.links_into(f"/sys/bus/{bus}/devices", roots)
    _above(copier, roots)
    for name in copier.tree.names("/sys/class/rfkill"):
        copier.link(f"/sys/class/rfkill/{name}")
        folder = copier.tree.resolved(f"/sys/class/rfkill/{name}")
        if folder is not None:
            copier.attributes(folder, into=lambda _: False)
    _drivers(copier, roots)
    copier.file("/sys/kernel/security/lockdown")


def _usb(copier: Copier, deep: set[str]) -> set[str]:
    """Take the bus; return the folders of the devices that are taken whole."""
    tree = copier.tree
    whole: set[str] = set()
    known: set[str] = set()

    def into(folder: str) -> bool:
        name = os.path.basename(folder)
        known.add(folder)
        if name.partition(":")[0] in deep or copier.path_of(folder).startswith(tuple(whole)):
            return _DISC.fullmatch(name) is None
        return _is_usb(folder) or _SHALLOW.fullmatch(name) is not None

    for name in tree.names(_USB):
        copier.link(f"{_USB}/{name}")
        folder = tree.resolved(f"{_USB}/{name}")
        if folder is not None and name in deep:
            whole.add(copier.path_of(folder) + "/")
    for name in tree.names(_USB):
        folder = tree.resolved(f"{_USB}/{name}")
        if folder is not None and folder not in known:
            copier.attributes(folder, into=into)
            _hubs(copier, folder)
    return {one.rstrip("/") for one in whole}


def _is_usb(folder: str) -> bool:
    names = ("idVendor", "bInterfaceNumber")
    return any(os.path.exists(os.path.join(folder, name)) for name in names)


def _hubs(copier: Copier, folder: str) -> None:
    """Take what the hubs above a device say of themselves."""
    parent = os.path.dirname(folder)
    while re.fullmatch(r"usb[0-9]+|[0-9]+-[0-9.]+", os.path.basename(parent)):
        copier.attributes(parent, into=lambda _: False)
        parent = os.path.dirname(parent)


def _whole(copier: Copier, folder: str | None) -> set[str]:
    if folder is None:
        return set()
    copier.attributes(folder, into=lambda _: True)
    return {copier.path_of(folder)}


def _chip(copier: Copier, name: str) -> set[str]:
    """Take a processor of the chip: the folder that its links lead through."""
    tree = copier.tree
    for place in ("/sys/bus/rpmsg/drivers/qcom_smd_qrtr", "/sys/class/wwan", "/sys/class/net"):
        for one in tree.names(place):
            resolved = tree.resolved(f"{place}/{one}") or ""
            start = resolved.find(f"/{name}/")
            if start >= 0 and name.endswith(SOC):
                return _whole(copier, resolved[: start + 1 + len(name)])
    return set()


def _above(copier: Copier, roots: set[str]) -> None:
    """Take the netdevs that were made on top of a modem's: QMAP and VLAN ones."""
    starts = tuple(f"{root}/" for root in roots)
    for name in copier.tree.names("/sys/class/net"):
        folder = copier.tree.resolved(f"/sys/class/net/{name}")
        if folder is None or "/virtual/" not in folder:
            continue
        below = [one for one in os.listdir(folder) if one.startswith("lower_")]
        real = [copier.path_of(os.path.realpath(os.path.join(folder, one))) for one in below]
        if any(one.startswith(starts) for one in real):
            copier.link(f"/sys/class/net/{name}")
            copier.attributes(folder, into=lambda path: os.path.basename(path) == "qmap")


def _parameters(folder: str) -> bool:
    return os.path.basename(folder) == "parameters"


def _drivers(copier: Copier, roots: set[str]) -> None:
    for bus in ("usb", "usb-serial", "mhi", "rpmsg"):
        base = f"/sys/bus/{bus}/drivers"
        for name in copier.tree.names(base):
            for attribute in ("new_id", "remove_id"):
                copier.file(f"{base}/{name}/{attribute}")
            copier.link(f"{base}/{name}/module")
            copier.links_into(f"{base}/{name}", roots)
            # That it is there counts, also where it has nothing to say.
            copier.text(f"{base}/{name}/uevent", b"")
    copier.file("/sys/bus/usb/drivers_autoprobe")
    for name in _MODULES:
        folder = copier.tree.real(f"/sys/module/{name.replace('-', '_')}")
        if os.path.isdir(folder):
            copier.attributes(folder, into=_parameters)
