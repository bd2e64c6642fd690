# SPDX-License-Identifier: GPL-2.0-or-later
"""Netdevs of MBIM sessions beyond the first: what rtnetlink is asked for, and what comes of it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from qmiprobe.errors import CannotTest
from qmiprobe.session import _links, _sysfs
from qmiprobe.session._ledger import Ledger
from qmiprobe.session._links import session_netdev
from qmiprobe.session._steps import LinkUp, MadeLink
from qmiprobe.session._unwind import unwind
from qmiprobe.sim.dataplane._interface import TAP, open_tun
from tests.netns import run_in_netns
from tests.session.machine import ip, settled


class Asked:
    """Stands in for rtnetlink: remembers what it was asked."""

    def __init__(self) -> None:
        self.questions: list[tuple[str, dict[str, object]]] = []

    def link(self, command: str, **arguments: object) -> None:
        self.questions.append((command, arguments))


async def test_the_first_session_is_the_netdev_itself():
    ledger = Ledger()
    assert await session_netdev("wwan0", session_id=0, ledger=ledger) == "wwan0"
    assert ledger.steps == ()


def test_a_link_of_a_wwan_device_is_asked_for_by_its_number():
    from pyroute2.netlink.rtnl.ifinfmsg import ifinfmsg

    asked = Asked()
    _links._add_wwan(asked, "wwan0.7", "wwan0", 7)
    ((command, arguments),) = asked.questions
    assert command == "add"
    wanted = {"ifname": "wwan0.7", "kind": "wwan", "parent_dev_name": "wwan0", "wwan_link_id": 7}
    assert arguments == wanted
    data = {"attrs": [("IFLA_WWAN_LINK_ID", 7)]}
    info = {"attrs": [("IFLA_INFO_KIND", "wwan"), ("IFLA_INFO_DATA", data)]}
    message = ifinfmsg()
    message["attrs"] = [("IFLA_LINKINFO", info)]
    message.encode()
    # IFLA_INFO_DATA (2), in it IFLA_WWAN_LINK_ID (1), a number of 32 bits (linux/wwan.h)
    assert bytes.fromhex("0c000200 08000100 07000000") in bytes(message.data)


@pytest.mark.parametrize("kind", ["wwan", "usb"])
def test_only_a_netdev_of_the_wwan_class_has_links(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
):
    monkeypatch.setattr(_sysfs, "NET", tmp_path / "net")
    device = tmp_path / ("pci/wwan/wwan0" if kind == "wwan" else "usb/1-1:1.12")
    device.mkdir(parents=True)
    (tmp_path / "net/wwan0").mkdir(parents=True)
    (tmp_path / "net/wwan0/device").symlink_to(device)
    assert _sysfs.wwan_device("wwan0") == ("wwan0" if kind == "wwan" else None)


@pytest.mark.needs("netns", "tun", "vlan")
def test_a_vlan_carries_another_session_and_goes_again():
    async def body() -> None:
        descriptor = open_tun("wwan0", kind=TAP)
        ip("link", "set", "wwan0", "up")
        ip("link", "set", "wwan0", "down")
        before = await settled()
        ledger = Ledger()
        assert await session_netdev("wwan0", session_id=5, ledger=ledger) == "wwan0.5"
        assert [type(step) for step in ledger.steps] == [LinkUp, MadeLink]
        assert "vlan protocol 802.1Q id 5" in ip("link", "show", "wwan0.5")
        with pytest.raises(CannotTest, match="is there already"):
            await session_netdev("wwan0", session_id=5, ledger=Ledger())
        assert await unwind(ledger) == ()
        assert await settled() == before
        os.close(descriptor)

    run_in_netns(body)
