# SPDX-License-Identifier: GPL-2.0-or-later
"""Ports of the kernel's wwan class, which no test machine has: fakes of their nodes and sysfs."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
import trio

from qmiprobe.address import parse, resolve
from qmiprobe.check import LADDER, CheckOptions, Report, climb, open_context
from qmiprobe.cli._exchange import Run, exchange_all
from qmiprobe.cli._steps import make_steps
from qmiprobe.device import Observed
from qmiprobe.errors import OtherProtocol
from qmiprobe.sim import SimulatedModem, serve_pty
from tests.cli.inside import run
from tests.host.tree import FakeTree

PCI, DRIVER = "0000:01:00.0", "mhi-pci-generic"
PROFILES = {"qmi": "ec25", "mbim": "em7455"}


@pytest.fixture
def machine(tmp_path: Path) -> FakeTree:
    """A machine with a PCIe modem that has a port of each kind."""
    tree = FakeTree(tmp_path / "machine")
    for node, kind in (("wwan0qmi0", "QMI"), ("wwan0mbim0", "MBIM"), ("wwan0at0", "AT")):
        tree.add_pci_port(PCI, node, kind, DRIVER)
    return tree


@asynccontextmanager
async def node(tree: FakeTree, protocol: str, name: str) -> AsyncIterator[str]:
    """A node that leads to a simulated modem of a protocol."""
    link = Path(tree.sysroot).parent / name
    with trio.fail_after(60):
        async with serve_pty(SimulatedModem(PROFILES[protocol])) as path:
            link.symlink_to(path)
            yield str(link)


async def climbed(tree: FakeTree, path: str) -> Report:
    """What check says of a node, of which the fake machine's sysfs tells."""
    async with (
        resolve(parse(path), sysroot=tree.sysroot) as port,
        open_context(port, CheckOptions()) as context,
    ):
        return await climb(LADDER, context, timeout=50)


@pytest.mark.parametrize("protocol", ["qmi", "mbim"])
async def test_check_asks_a_port_in_what_its_type_says(machine: FakeTree, protocol: str):
    async with node(machine, protocol, f"wwan0{protocol}0") as path:
        report = await climbed(machine, path)
    assert report.exit_status == 0
    assert report.facts.text("device.protocol.heard") == protocol
    assert report.facts.text("device.protocol.driver") == protocol


async def test_check_does_not_ask_a_port_for_at_commands(machine: FakeTree):
    async with node(machine, "qmi", "wwan0at0") as path:
        report = await climbed(machine, path)
    assert report.exit_status == 5
    (failed,) = [one for one in report.verdicts if one.outcome == "fail"]
    assert (failed.check, failed.reason) == ("control.protocol", "other-protocol")
    assert failed.summary == "this port carries AT, neither QMI nor MBIM"
    (finding,) = report.findings
    assert finding.id == "control/other-protocol"
    assert "another one" in finding.remedy.text


async def asked(tree: FakeTree, path: str, message: str) -> list[str]:
    """The messages that come back to one."""
    found: list[str] = []
    steps = make_steps((message,), mbimex=None, wanted=None)
    run = Run(address=parse(path), observed=Observed(), steps=steps, sysroot=tree.sysroot)
    await exchange_all(run, lambda answer: found.append(answer.step.name))
    return found


async def test_call_opens_a_port_as_what_it_is(machine: FakeTree):
    async with node(machine, "mbim", "wwan0mbim0") as path:
        (name,) = await asked(machine, path, "basic-connect.device-caps")
        assert "device-caps" in name
        with pytest.raises(OtherProtocol, match="speaks MBIM"):
            await asked(machine, path, "dms.get-model")
    async with node(machine, "qmi", "wwan0at0") as path:
        with pytest.raises(OtherProtocol, match="speaks AT"):
            await asked(machine, path, "dms.get-model")


def test_list_shows_the_ports_with_what_they_carry(machine: FakeTree):
    machine.add_process(700, "ModemManager", "/dev/wwan0mbim0")
    shown = run("list", "--sysroot", machine.sysroot).lines
    assert shown[0].startswith(f"pci {PCI}  17cb:0306")
    assert [line.strip() for line in shown[1:]] == [
        f"control port /dev/wwan0at0: AT by {DRIVER}",
        f"control port /dev/wwan0mbim0: MBIM by {DRIVER}, held by ModemManager (700)",
        f"control port /dev/wwan0qmi0: QMI by {DRIVER}",
    ]
    document = json.loads(run("list", "--json", "--sysroot", machine.sysroot).out)
    (modem,) = document["modems"]
    assert [(one["path"], one["protocol"]) for one in modem["ports"]] == [
        ("/dev/wwan0at0", "at"),
        ("/dev/wwan0mbim0", "mbim"),
        ("/dev/wwan0qmi0", "qmi"),
    ]
