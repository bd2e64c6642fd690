# SPDX-License-Identifier: GPL-2.0-or-later
"""Netdevs of MBIM sessions beyond the first: VLANs of cdc_mbim, links of a wwan device.

cdc_mbim carries session N as VLAN N (Documentation/networking/cdc_mbim.rst); drivers of the wwan
class (PCIe) make a netdev for each link number that they are asked for (linux/wwan.h).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import trio

from qmiprobe.errors import CannotTest
from qmiprobe.session._ledger import Ledger
from qmiprobe.session._netdev import NetdevChange
from qmiprobe.session._steps import MadeLink
from qmiprobe.session._sysfs import wwan_device

if TYPE_CHECKING:
    from pyroute2 import IPRoute

_MOST_NAME = 15
"""Bytes of a netdev's name (IFNAMSIZ - 1)."""


async def session_netdev(parent: str, *, session_id: int, ledger: Ledger) -> str:
    """Return the netdev that carries an MBIM session; it is made where the first one's is not it.

    Raises CannotTest where it cannot be made.
    """
    if session_id == 0:
        return parent
    return await trio.to_thread.run_sync(_make, parent, session_id, ledger)


def _make(parent: str, session_id: int, ledger: Ledger) -> str:
    from pyroute2 import IPRoute

    name = f"{parent[: _MOST_NAME - 4]}.{session_id}"
    with IPRoute() as netlink:
        change = NetdevChange(netlink, parent, ledger)
        if netlink.link_lookup(ifname=name):
            text = f"{name} is there already: another program's session {session_id}?"
            raise CannotTest(f"{text} Give another --session-id, or `ip link delete {name}`")
        change.bring_up()  # first: its VLANs come up with it, and count as its users then
        device = wwan_device(parent)
        kind = "vlan" if device is None else "wwan"
        step = MadeLink(name=name, type=kind, parent=change.index, number=session_id)
        what = f"make {name} above it"
        if device is None:
            change.make(what, step, lambda nl: _add_vlan(nl, name, change.index, session_id))
        else:
            change.make(what, step, lambda nl: _add_wwan(nl, name, device, session_id))
    return name


def _add_vlan(netlink: IPRoute, name: str, parent: int, number: int) -> None:
    netlink.link("add", ifname=name, kind="vlan", link=parent, vlan_id=number)


def _add_wwan(netlink: IPRoute, name: str, device: str, number: int) -> None:
    from pyroute2.netlink import nla
    from pyroute2.netlink.rtnl.ifinfmsg import ifinfmsg

    class Wwan(nla):  # type: ignore[misc]
        """The attributes of its kind, which pyroute2 does not know."""

        prefix = "IFLA_"
        nla_map = (("IFLA_WWAN_UNSPEC", "none"), ("IFLA_WWAN_LINK_ID", "uint32"))

    ifinfmsg.ifinfo.register_link_kind(module={"wwan": Wwan})
    netlink.link("add", ifname=name, kind="wwan", parent_dev_name=device, wwan_link_id=number)
