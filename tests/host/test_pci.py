# SPDX-License-Identifier: GPL-2.0-or-later
"""Modems on PCI and in the machine's own chip."""

from __future__ import annotations

from qmiprobe.host import modems, pci_modems, soc_modems
from tests.host.tree import FakeTree

_MODEM = "sys/devices/platform/soc@0/4080000.remoteproc"
_AUDIO = "sys/devices/platform/soc@0/9300000.remoteproc"


def pci(tree: FakeTree, address: str, *, subsystem: str = "0000:0000") -> str:
    """Add a Qualcomm device that nothing is bound to; return its folder."""
    folder = f"sys/devices/pci0000:00/{address}"
    names = ("vendor", "device", "subsystem_vendor", "subsystem_device")
    for name, value in zip(names, ("17cb", "0306", *subsystem.split(":")), strict=True):
        tree.write(f"{folder}/{name}", f"0x{value}\n")
    tree.link(f"sys/bus/pci/devices/{address}", folder)
    return folder


def test_a_pci_modem_without_a_driver_is_found_by_its_id(tree: FakeTree):
    pci(tree, "0000:01:00.0")
    (modem,) = pci_modems(tree.sysroot)
    assert (modem.driver, modem.expected_driver, modem.ports) == (None, "mhi-pci-generic", ())
    assert (modem.manufacturer, modem.product) == ("Qualcomm", "SDX55")


def test_the_subsystem_says_which_modem_it_is(tree: FakeTree):
    pci(tree, "0000:01:00.0", subsystem="1c5d:2000")
    (modem,) = pci_modems(tree.sysroot)
    assert (modem.manufacturer, modem.product) == ("Telit", "FN980")


def test_another_device_of_the_same_maker_is_no_modem(tree: FakeTree):
    folder = pci(tree, "0000:02:00.0")
    tree.write(f"{folder}/device", "0x1101\n")
    assert modems(tree.sysroot) == ()


def test_a_pci_modem_says_what_joins_it_to_qrtr_and_its_mode(tree: FakeTree):
    folder = pci(tree, "0000:01:00.0")
    tree.write(f"{folder}/t7xx_mode", "ready\n")
    tree.link("sys/bus/mhi/drivers/qcom_mhi_qrtr/mhi0_IPCR", f"{folder}/mhi0/mhi0_IPCR")
    (modem,) = pci_modems(tree.sysroot)
    assert (modem.qrtr, modem.mode) == ("qcom_mhi_qrtr", "ready")


def chip(tree: FakeTree, folder: str, firmware: str) -> None:
    """Add a processor of the chip that is joined to QRTR."""
    tree.write(f"{folder}/remoteproc/remoteproc0/firmware", f"{firmware}\n")
    channel = f"{folder}/remoteproc/remoteproc0/glink-edge/edge.IPCRTR.-1.-1"
    tree.link(f"sys/bus/rpmsg/drivers/qcom_smd_qrtr/{folder[-18:-11]}.IPCRTR", channel)


def test_the_modem_of_the_chip_is_found_and_the_audio_processor_is_not(tree: FakeTree):
    chip(tree, _MODEM, "qcom/sc7280/modem.mbn")
    chip(tree, _AUDIO, "qcom/sc7280/adsp.mbn")
    (modem,) = soc_modems(tree.sysroot)
    assert (modem.bus, modem.name, modem.qrtr) == ("soc", "4080000.remoteproc", "qcom_smd_qrtr")


def test_ports_and_netdevs_of_the_chip_belong_to_one_modem(tree: FakeTree):
    port = f"{_MODEM}/remoteproc/remoteproc0/smd-edge/edge.DATA5_CNTL/wwan/wwan0/wwan0qmi0"
    for folder, name in ((port, "wwan"), (f"{_MODEM}/bam-dmux/net/wwan0", "net")):
        tree.link(f"sys/class/{name}/{folder.rpartition('/')[2]}", folder)
        tree.link(f"{folder}/subsystem", f"sys/class/{name}")
    tree.write(f"{port}/type", "QMI\n")
    tree.link(f"{_MODEM}/bam-dmux/driver", "sys/bus/platform/drivers/bam-dmux")
    (modem,) = modems(tree.sysroot)
    assert [(one.path, one.protocol) for one in modem.ports] == [("/dev/wwan0qmi0", "qmi")]
    assert [(one.name, one.driver) for one in modem.netdevs] == [("wwan0", "bam-dmux")]
