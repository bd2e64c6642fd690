# SPDX-License-Identifier: GPL-2.0-or-later
"""What the machine has of a driver: registered, installed, kept out, its dynamic ids."""

from __future__ import annotations

import pytest

from qmiprobe.host import drivers_by_alias, dynamic_ids, kernel_release, module
from tests.host.tree import FakeTree

RELEASE = "6.1.0-56-amd64"
ALIASES = """\
# Aliases extracted from modules themselves.
alias usb:v03F0p581Dd*dc*dsc*dp*icFFisc01ip07in* qmi_wwan
alias usb:v03F0p581Dd*dc*dsc*dp*ic*isc*ip*in* qcserial
alias usb:v12D1p*d*dc*dsc*dp*icFFisc01ip07in* qmi_wwan
alias usb:v*p*d*dc*dsc*dp*ic02isc0Eip00in* cdc_mbim
alias pci:v00008086d00007560sv*sd*bc*sc*i* iosm
"""


@pytest.fixture
def machine(tree: FakeTree) -> FakeTree:
    """Give a machine with a kernel and its modules."""
    tree.write("proc/sys/kernel/osrelease", f"{RELEASE}\n")
    folder = f"lib/modules/{RELEASE}"
    tree.write(f"{folder}/modules.alias", ALIASES)
    tree.write(
        f"{folder}/modules.dep",
        "kernel/drivers/net/usb/qmi_wwan.ko: kernel/drivers/net/usb/usbnet.ko\n"
        "kernel/drivers/usb/storage/usb-storage.ko.xz:\n",
    )
    tree.write(f"{folder}/modules.builtin", "kernel/drivers/net/usb/cdc_mbim.ko\n")
    return tree


def test_modules_are_found_in_either_list_and_either_spelling(machine: FakeTree):
    installed = {
        name: module(name, sysroot=machine.sysroot).installed
        for name in ("qmi_wwan", "cdc_mbim", "usb_storage", "usb-storage", "option", "wwan")
    }
    assert installed == {
        "qmi_wwan": True,
        "cdc_mbim": True,
        "usb_storage": True,
        "usb-storage": True,
        "option": False,
        "wwan": False,
    }
    assert kernel_release(machine.sysroot) == RELEASE


def test_a_machine_that_shows_no_modules_says_nothing_of_them(tree: FakeTree):
    one = module("qmi_wwan", sysroot=tree.sysroot)
    assert (one.registered, one.installed, one.blacklisted) == (False, None, None)
    assert drivers_by_alias("03f0:581d", "usb:v03F0p581D", sysroot=tree.sysroot) is None


@pytest.mark.parametrize(
    ("line", "out"),
    [
        ("blacklist qmi_wwan", True),
        ("blacklist qmi-wwan # slow", True),
        ("install qmi_wwan /bin/false", True),
        ("  install qmi_wwan /usr/bin/true", True),
        ("# blacklist qmi_wwan", False),
        ("blacklist qmi_wwan_q", False),
        ("options qmi_wwan x=1", False),
    ],
)
def test_what_keeps_a_module_out_is_named(machine: FakeTree, line: str, out: bool):
    machine.write("etc/modprobe.d/local.conf", f"# mine\n{line}\n")
    machine.write("etc/modprobe.d/local.conf.bak", "blacklist qmi_wwan\n")
    found = module("qmi_wwan", sysroot=machine.sysroot).blacklisted
    assert found == ("/etc/modprobe.d/local.conf" if out else None)


@pytest.mark.parametrize(
    ("usb_id", "interface", "drivers"),
    [
        ("03f0:581d", "icFFisc01ip07in03", ("qmi_wwan", "qcserial")),
        ("03f0:581d", "icFFisc01ip14in04", ("qcserial",)),
        ("03f0:581d", "ic02isc0Eip00in00", ("qcserial", "cdc_mbim")),
        ("12d1:1506", "icFFisc01ip07in03", ("qmi_wwan",)),
        ("2c7c:0125", "icFFiscFFipFFin04", ()),
    ],
)
def test_the_kernels_own_list_names_the_modules(
    machine: FakeTree, usb_id: str, interface: str, drivers: tuple[str, ...]
):
    vendor, product = usb_id.upper().split(":")
    modalias = f"usb:v{vendor}p{product}d0228dc00dsc00dp00{interface}"
    assert drivers_by_alias(usb_id, modalias, sysroot=machine.sysroot) == drivers


def test_dynamic_ids_are_listed_by_driver(machine: FakeTree):
    machine.write("sys/bus/usb/drivers/qmi_wwan/new_id", "03f0 581d\n2c7c 0125 ff\n")
    machine.write("sys/bus/usb/drivers/cdc_mbim/new_id", "")
    (machine.root / "sys/bus/usb/drivers/usb").mkdir()
    assert dynamic_ids(machine.sysroot) == {"qmi_wwan": ("03f0 581d", "2c7c 0125 ff")}
    assert module("qmi_wwan", sysroot=machine.sysroot).registered
