# SPDX-License-Identifier: GPL-2.0-or-later
"""Modems that are not on USB: PCI devices known by id, and the modem in the machine's own chip."""

from __future__ import annotations

import os
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources

from qmiprobe.host._files import Tree, link_name, names_in, read_number, read_text
from qmiprobe.host._ports import SOC

_DEVICES = "/sys/bus/pci/devices"
_MHI_QRTR = "/sys/bus/mhi/drivers/qcom_mhi_qrtr"
_SMD_QRTR = "/sys/bus/rpmsg/drivers/qcom_smd_qrtr"
_MODEM_FIRMWARE = ("mba", "modem")


@dataclass(frozen=True, kw_only=True)
class PciModem:
    """What the machine shows of a PCI device that is a modem."""

    manufacturer: str | None = None
    product: str | None = None
    driver: str | None = None
    expected_driver: str | None = None
    mode: str | None = None
    qrtr: str | None = None


def pci_modem_ids(tree: Tree) -> dict[str, PciModem]:
    """Return the PCI devices whose ids are modems', by address, with or without a driver."""
    with_qrtr = _above(tree, _MHI_QRTR)
    found = {}
    for name in tree.names(_DEVICES):
        folder = tree.resolved(f"{_DEVICES}/{name}")
        if folder is None:
            continue
        known = _known(_id(folder, ""), _id(folder, "subsystem_"))
        driver = link_name(folder, "driver")
        if known is None and driver not in _table():
            continue
        product, expected = known or (None, driver)
        qrtr = os.path.basename(_MHI_QRTR)
        maker, _, rest = (product or "").partition(" ")
        found[name] = PciModem(
            manufacturer=maker or None,
            product=rest or None,
            driver=driver,
            expected_driver=expected,
            mode=read_text(folder, "t7xx_mode"),
            qrtr=qrtr if any(one.startswith(f"{folder}/") for one in with_qrtr) else None,
        )
    return found


def soc_qrtr(tree: Tree) -> dict[str, str]:
    """Return the modem processors of the chip that are joined to QRTR, with the driver for that.

    Other processors (audio, sensors) are joined too: a modem is known by its firmware's name.
    """
    found = {}
    for one in _above(tree, _SMD_QRTR):
        end = one.find(SOC)
        folder = one[: end + len(SOC)] if end >= 0 else ""
        if folder and _runs_a_modem(folder):
            found[os.path.basename(folder)] = "qcom_smd_qrtr"
    return found


def is_soc(device: str) -> bool:
    """Return whether a device's name is that of a processor of the chip."""
    return device.endswith(SOC)


def _runs_a_modem(folder: str) -> bool:
    inner = os.path.join(folder, "remoteproc")
    firmware = " ".join(read_text(inner, name, "firmware") or "" for name in names_in(inner))
    return any(word in firmware for word in _MODEM_FIRMWARE)


def _above(tree: Tree, driver: str) -> list[str]:
    """Return the folders of the devices that a driver has."""
    resolved = (tree.resolved(f"{driver}/{name}") for name in tree.names(driver))
    return [one for one in resolved if one is not None and not one.endswith(driver)]


def _id(folder: str, which: str) -> str:
    numbers = [
        read_number(folder, f"{which}{name}", radix=16) or 0 for name in ("vendor", "device")
    ]
    return "{:04x}:{:04x}".format(*numbers)


def _known(pci_id: str, subsystem: str) -> tuple[str, str] | None:
    for key in (f"{pci_id}/{subsystem}", pci_id):
        for driver, rows in _table().items():
            if key in rows:
                return rows[key], driver
    return None


@cache
def _table() -> dict[str, dict[str, str]]:
    text = (resources.files("qmiprobe.host") / "data" / "pci.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
