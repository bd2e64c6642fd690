# SPDX-License-Identifier: GPL-2.0-or-later
"""Cases of the rules about modems on PCI Express."""

from __future__ import annotations

from tests.diagnosis.cases import ABSENT, QMI, Case, Known

_ON_PCI: Known = {**QMI, "device.usb": "0000:01:00.0", "device.usb_id": "17cb:0306"}

PCI = (
    Case(
        "pci/unbound",
        {"pci.expected": "mhi-pci-generic", "pci.registered": False, "pci.installed": True},
        "driver.bound",
        near=(
            {"pci.driver": "mhi-pci-generic"},
            {"pci.driver": "pcie_mhi"},
            {"pci.expected": ABSENT},
        ),
        says=("no driver has the modem at 0000:01:00.0", "modprobe mhi_pci_generic"),
        base=_ON_PCI,
    ),
    Case(
        "pci/unbound",
        {
            "pci.expected": "mtk_t7xx",
            "pci.registered": False,
            "pci.blacklisted": "/etc/modprobe.d/a.conf",
        },
        "driver.bound",
        near=({"pci.driver": "mtk_t7xx", "pci.mode": "ready"}, {"pci.expected": ABSENT}),
        says=("/etc/modprobe.d/a.conf keeps it out", "modprobe mtk_t7xx", "sed -i -E"),
        base=_ON_PCI,
    ),
    Case(
        "pci/unbound",
        {"pci.expected": "iosm", "pci.registered": True},
        "driver.bound",
        near=({"pci.driver": "iosm"},),
        says=("echo 0000:01:00.0 > /sys/bus/pci/drivers/iosm/bind",),
        base=_ON_PCI,
    ),
    Case(
        "pci/other-driver",
        {"pci.driver": "pcie_mhi", "pci.expected": "mhi-pci-generic"},
        "driver.bound",
        near=({"pci.driver": "mhi-pci-generic"}, {"pci.driver": ABSENT}),
        says=(
            "pcie_mhi has the modem",
            "echo 0000:01:00.0 > /sys/bus/pci/drivers/pcie_mhi/unbind",
            "modprobe mhi_pci_generic",
        ),
        base=_ON_PCI,
    ),
    Case(
        "pci/not-ready",
        {"pci.driver": "mtk_t7xx", "pci.expected": "mtk_t7xx", "pci.mode": "fastboot_dump"},
        "driver.bound",
        near=({"pci.mode": "ready"}, {"pci.mode": ABSENT}, {"pci.driver": ABSENT}),
        says=("the state fastboot_dump", "echo reset >"),
        base=_ON_PCI,
    ),
    Case(
        "pci/no-ports",
        {"pci.driver": "mhi-pci-generic", "pci.expected": "mhi-pci-generic"},
        "driver.bound",
        near=({"pci.driver": "pcie_mhi"}, {"pci.driver": ABSENT}, {"pci.expected": ABSENT}),
        says=("modprobe mhi_wwan_ctrl", 'AT+QCFG="data_interface"'),
        base=_ON_PCI,
    ),
)
