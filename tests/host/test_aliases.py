# SPDX-License-Identifier: GPL-2.0-or-later
"""What the machine's own modules.alias changes in what is foretold."""

from __future__ import annotations

import pytest

from qmiprobe.host import Interface, usb_modems
from tests.host.tree import FakeDevice, FakeInterface, FakeTree

RELEASE = "5.4.0-test"
EC25 = "alias usb:v2C7Cp0125d*dc*dsc*dp*icFFiscFFipFFin* "


@pytest.fixture
def machine(tree: FakeTree) -> FakeTree:
    tree.write("proc/sys/kernel/osrelease", f"{RELEASE}\n")
    tree.write(f"lib/modules/{RELEASE}/modules.dep", "")
    return tree


def interface(tree: FakeTree, usb_id: str, one: FakeInterface) -> Interface:
    """Return what becomes of a modem's only interface."""
    tree.add_usb(FakeDevice("1-1", usb_id, [one]))
    (modem,) = usb_modems(tree.sysroot)
    active = modem.active_configuration
    assert active is not None
    return active.interfaces[0]


def test_a_driver_that_does_not_know_the_modem_yet_is_not_the_predicted_one(machine: FakeTree):
    lines = f"{EC25}option\nalias usb:v1199p9071d*dc*dsc*dp*ic*isc*ip*in08* qmi_wwan\n"
    machine.write(f"lib/modules/{RELEASE}/modules.alias", lines)
    found = interface(machine, "2c7c:0125", FakeInterface(4, "ff/ff/ff", endpoints=3))
    assert [one.driver for one in found.offers] == ["option"]
    assert found.predicted_driver is None
    assert (found.function, found.expected_driver) == ("qmi", "qmi_wwan")  # none the less


def test_a_modem_of_a_vendor_of_other_things_is_one_where_the_kernel_is_too_old(
    machine: FakeTree,
):
    lines = "alias usb:v1199p9071d*dc*dsc*dp*ic*isc*ip*in08* qmi_wwan\n"
    machine.write(f"lib/modules/{RELEASE}/modules.alias", lines)
    found = interface(machine, "413c:81b3", FakeInterface(8, "ff/ff/ff", endpoints=3))
    assert (found.function, found.predicted_driver) == ("qmi", None)


def test_a_driver_that_the_list_does_not_name_at_all_stands_as_linux_has_it(machine: FakeTree):
    machine.write(f"lib/modules/{RELEASE}/modules.alias", f"{EC25}option\n")
    found = interface(machine, "2c7c:0125", FakeInterface(4, "ff/ff/ff", endpoints=3))
    assert found.predicted_driver == "qmi_wwan"


@pytest.mark.parametrize("built_in", [False, True])
def test_a_row_that_only_this_kernel_has_counts(machine: FakeTree, built_in: bool):
    pattern = "usb:v2C7CpFFF1d*dc*dsc*dp*ic*isc*ip*in04*"
    if built_in:
        text = f"usbnet.license=GPL\0qmi_wwan.alias={pattern}\0qmi_wwan.author=x\0"
        machine.write(f"lib/modules/{RELEASE}/modules.builtin.modinfo", text)
    else:
        machine.write(f"lib/modules/{RELEASE}/modules.alias", f"alias {pattern} qmi_wwan\n")
    found = interface(machine, "2c7c:fff1", FakeInterface(4, "ff/ff/ff", endpoints=3))
    assert (found.function, found.predicted_driver) == ("qmi", "qmi_wwan")
    row = found.offers[0].row
    assert row is not None
    assert (row.kernel, row.number) == ("modules.alias", 4)


def test_a_driver_from_elsewhere_is_offered_what_its_pattern_says(machine: FakeTree):
    line = "alias usb:v2C7CpFFF2d*dc*dsc*dp*ic*isc*ip*in04* GobiNet\n"
    machine.write(f"lib/modules/{RELEASE}/modules.alias", line)
    found = interface(machine, "2c7c:fff2", FakeInterface(4, "ff/ff/ff", endpoints=3))
    assert found.predicted_driver == "GobiNet"


def test_what_a_modem_of_no_table_uses_by_habit_is_named_but_not_predicted(machine: FakeTree):
    found = interface(machine, "305a:ffff", FakeInterface(0, "ff/ff/30", endpoints=2))
    assert (found.function, found.expected_driver, found.predicted_driver) == (
        *("serial", "option"),
        None,
    )


def test_a_modem_that_linux_knows_has_its_other_interfaces_left_alone_for_a_reason(
    machine: FakeTree,
):
    found = interface(machine, "03f0:9d1d", FakeInterface(2, "ff/00/00", endpoints=3))
    assert (found.function, found.expected_driver) == (None, None)
