# SPDX-License-Identifier: GPL-2.0-or-later
"""The doctor on ports: what they carry, who has them by which name, who may open them."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from qmiprobe.address import parse, resolve
from qmiprobe.check import DOCTOR, CheckOptions, climb, open_context
from qmiprobe.check._port_facts import add_access
from qmiprobe.check._rungs_doctor import netdev_settings
from qmiprobe.diagnosis import Outcome, Reason, Verdict, explain
from tests.check.saved import examine_saved
from tests.host.devices import lt4112
from tests.host.tree import FakeDevice, FakeInterface, FakeTree


@pytest.fixture(name="tree")
def _tree(tmp_path: Path) -> FakeTree:
    return FakeTree(tmp_path)


async def test_a_port_of_huawei_cdc_ncm_carries_at_commands_only(tree: FakeTree):
    dongle = FakeDevice(
        "2-6",
        "12d1:1506",
        [
            FakeInterface(0, "ff/02/01", "option", tty="ttyUSB0"),
            FakeInterface(1, "ff/02/16", "huawei_cdc_ncm", wdm="cdc-wdm0", netdev="wwan0"),
        ],
    )
    tree.add_usb(dongle)
    report = await examine_saved(tree.root)
    (finding,) = report.findings
    assert finding.id == "driver/at-commands-only"
    assert "/dev/cdc-wdm0 carries AT commands" in finding.title
    assert report.exit_status == 1


async def test_a_port_that_is_open_by_its_other_name_is_held(tree: FakeTree):
    tree.add_usb(lt4112())
    tree.add_process(17, "uqmi", "/dev/wwan0qmi0")
    report = await examine_saved(tree.root)
    (finding,) = report.findings
    assert finding.id == "port/held-by-other-name"
    assert finding.remedy.commands == ("kill 17",)
    assert report.exit_status == 1


async def test_another_port_that_is_open_holds_nothing(tree: FakeTree):
    tree.add_usb(lt4112())
    tree.add_process(17, "uqmi", "/dev/wwan1qmi0")
    assert (await examine_saved(tree.root)).findings == ()


async def test_a_named_node_that_is_not_there_is_no_defect_but_nothing_to_look_at():
    async with (
        resolve(parse("/dev/cdc-wdm15")) as port,
        open_context(port, CheckOptions()) as context,
    ):
        report = await climb(DOCTOR, context, timeout=20)
    assert report.exit_status == 3
    assert {one.id for one in report.findings} <= {"port/missing", "port/renumbered"}


async def test_a_node_that_its_mode_allows_and_the_kernel_refuses_is_the_containers_matter():
    async with (
        resolve(parse("/dev/null")) as port,
        open_context(port, CheckOptions()) as context,
    ):
        found = add_access(context, "/dev/null")
        facts = context.facts
    assert found is not None
    assert facts.text("port.group") == ("root" if os.stat("/dev/null").st_gid == 0 else None)
    facts.add("port.error", "permission", source="/dev/null")
    refused = [Verdict("port.open", Outcome.FAIL, Reason.CANNOT_TEST, "refused")]
    for errno, finding in (("EPERM", "port/device-cgroup"), ("EACCES", "port/permission")):
        facts.add("port.errno", errno, source="open()")
        assert [one.id for one in explain(facts, refused)] == [finding]


@pytest.mark.parametrize(("netdev", "ended"), [(None, Outcome.FAIL), ("wwan99", Outcome.SKIPPED)])
async def test_a_netdev_that_its_driver_made_and_nobody_sees_is_elsewhere(
    tree: FakeTree, netdev: str | None, ended: Outcome
):
    modem = lt4112()
    modem.interfaces[1] = replace(modem.interfaces[1], netdev=netdev, raw_ip=None)
    tree.add_usb(modem)
    # The port of the saved machine, taken for one of this machine.
    async with (
        resolve(None, sysroot=tree.sysroot) as port,
        open_context(port, CheckOptions()) as context,
    ):
        result = await netdev_settings(context)
        verdict = Verdict("netdev.settings", result.outcome, result.reason, result.summary)
        found = explain(context.facts, [verdict])
    assert result.outcome is ended
    assert [one.id for one in found] == (
        ["netdev/other-namespace"] if ended is Outcome.FAIL else []
    )


@pytest.mark.parametrize(
    ("driver", "mode", "finding"),
    [
        (None, None, "pci/unbound"),
        ("mtk_t7xx", "fastboot_download", "pci/not-ready"),
        ("mtk_t7xx", "ready", "pci/no-ports"),
        ("vendor_t7xx", None, "pci/other-driver"),
    ],
)
async def test_a_modem_on_pci_express_without_a_port_says_why(
    tree: FakeTree, driver: str | None, mode: str | None, finding: str
):
    folder = "sys/devices/pci0000:00/0000:01:00.0"
    tree.write(f"{folder}/vendor", "0x14c3\n")
    tree.write(f"{folder}/device", "0x4d75\n")
    tree.link("sys/bus/pci/devices/0000:01:00.0", folder)
    if driver is not None:
        tree.link(f"{folder}/driver", f"sys/bus/pci/drivers/{driver}")
    if mode is not None:
        tree.write(f"{folder}/t7xx_mode", f"{mode}\n")
    report = await examine_saved(tree.root)
    assert [one.id for one in report.findings] == [finding]
    assert report.exit_status == 1


async def test_a_modem_on_pci_express_with_its_port_has_no_finding(tree: FakeTree):
    tree.add_pci_port("0000:01:00.0", "wwan0mbim0", "MBIM", "mhi-pci-generic")
    assert (await examine_saved(tree.root)).findings == ()
