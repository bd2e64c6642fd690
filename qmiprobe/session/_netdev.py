# SPDX-License-Identifier: GPL-2.0-or-later
"""Puts a session's addresses, routes and MTU on a netdev; the ledger says how to take them off."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from errno import EACCES, EEXIST, EPERM
from pathlib import Path
from typing import TYPE_CHECKING

import trio

from qmiprobe.bearer import BearerFacts, FamilyFacts
from qmiprobe.errors import CannotTest
from qmiprobe.session._journal import noted_elsewhere
from qmiprobe.session._ledger import Ledger
from qmiprobe.session._steps import Address, LinkDown, LinkUp, Mtu, Route, Step
from qmiprobe.session._undo import route_arguments
from qmiprobe.session._unwind import unwind

if TYPE_CHECKING:
    from pyroute2 import IPRoute

METRIC = 4096
"""Of the default routes: behind everything that the machine has already."""
LEAST_IPV6_MTU = 1280
"""Below it the kernel throws a netdev's IPv6 away, addresses and settings: beyond undoing."""
_METRICS = 16
"""Metrics to try where others have default routes of ours."""
_LOCAL_SECONDS = 1.0
_RTN_LOCAL = 2
_MAIN_TABLE = 254
_NODAD = 0x02
_LINK_SCOPE = 253
_UP, _NOARP = 0x01, 0x80
_ARPHRD_ETHER = 1
_INET = {4: 2, 6: 10}
_ADVICE = {
    EPERM: "run as root",
    EACCES: "IPv6 is switched off on it (net.ipv6.conf.*.disable_ipv6); ask for IPv4 alone",
}


@asynccontextmanager
async def configured(
    facts: BearerFacts, *, ledger: Ledger | None = None, metric: int = METRIC
) -> AsyncIterator[None]:
    """Give the netdev what the network gave the session, while the block runs.

    Brings it up, sets the MTU (never below 1280 where it has IPv6), adds addresses and default
    routes from this metric on. Raises CannotTest where the netdev is not there or may not be
    changed. What was changed is undone on every way out, in reverse; what others changed
    meanwhile stays. ``ledger``: where changes are noted, for a run after one that is killed.
    """
    ledger = Ledger() if ledger is None else ledger
    begin = len(ledger.steps)
    try:
        await configure(facts, ledger, metric=metric)
        yield
    finally:
        await unwind(ledger, to=begin)


async def configure(facts: BearerFacts, ledger: Ledger, *, metric: int = METRIC) -> None:
    """Make these changes, and note them; see :func:`configured`."""
    await trio.to_thread.run_sync(_apply, facts, ledger, metric)


def _apply(facts: BearerFacts, ledger: Ledger, metric: int) -> None:
    from pyroute2 import IPRoute

    with IPRoute() as netlink:
        change = NetdevChange(netlink, facts.netdev, ledger)
        change.bring_up()
        if facts.mtu is not None:
            change.set_mtu(facts.mtu)
        for family in facts.families:
            change.add_address(family)
            change.add_default_route(family, metric)


class NetdevChange:
    """Changes one netdev, and notes each change before it is made. Blocks: for use in a thread.

    Raises CannotTest where there is no such netdev, and where a change is not allowed.
    """

    def __init__(self, netlink: IPRoute, netdev: str, ledger: Ledger) -> None:
        found = netlink.link_lookup(ifname=netdev)
        if not found:
            raise CannotTest(f"no netdev {netdev}: is the data interface bound?")
        self.netdev = netdev
        self.index: int = found[0]
        self._netlink = netlink
        self._ledger = ledger

    @property
    def is_up(self) -> bool:
        """Whether it is administratively up."""
        return bool(int(self._netlink.get_links(self.index)[0]["flags"]) & _UP)

    def has_addresses(self) -> bool:
        """Whether it has addresses beside those that the kernel gives by itself."""
        found = self._netlink.get_addr(index=self.index)
        return any(one["scope"] != _LINK_SCOPE for one in found)

    def bring_up(self) -> None:
        """Bring it up; where another session did, the last of them brings it down."""
        step = LinkUp(index=self.index)
        if not self.is_up:
            self.make("bring it up", step, lambda nl: nl.link("set", index=self.index, state="up"))
        elif noted_elsewhere(step, but=self._ledger):
            self._ledger.push(step)

    def bring_down(self) -> None:
        """Bring it down, to be up again later."""
        if self.is_up:
            step = LinkDown(index=self.index)
            text = "bring it down"
            self.make(text, step, lambda nl: nl.link("set", index=self.index, state="down"))

    def set_mtu(self, mtu: int) -> None:
        """Set its MTU, in bytes."""
        before = int(self._netlink.get_links(self.index)[0].get_attr("IFLA_MTU"))
        wanted = max(mtu, LEAST_IPV6_MTU) if _has_ipv6(self.netdev) else mtu
        if wanted == before:
            return
        step = Mtu(index=self.index, before=before, after=wanted)
        text = f"set its MTU to {wanted}"
        self.make(text, step, lambda nl: nl.link("set", index=self.index, mtu=wanted))

    def add_address(self, facts: FamilyFacts) -> None:
        """Give it a family's address."""
        interface = facts.interface
        if self._has_address(facts):
            return
        step = Address(
            index=self.index, address=str(interface.ip), prefix=interface.network.prefixlen
        )
        address = {"index": self.index, "address": step.address, "prefixlen": step.prefix}
        # There is nobody else on the link to have the address too.
        extra = {"flags": _NODAD} if facts.family == 6 else {}
        text = f"give it {interface}"
        if self.make(text, step, lambda nl: nl.addr("add", **address, **extra)):
            _wait_until_local(self._netlink, str(interface.ip))

    def _has_address(self, facts: FamilyFacts) -> bool:
        found = self._netlink.get_addr(family=_INET[facts.family], index=self.index)
        wanted = facts.interface
        there = {(str(one.get_attr("IFA_ADDRESS")), one["prefixlen"]) for one in found}
        return (str(wanted.ip), wanted.network.prefixlen) in there

    def add_default_route(self, facts: FamilyFacts, metric: int) -> None:
        """Lead a family's packets to it, with this metric or one a little higher."""
        if _has_default_route(self._netlink, self.index, _INET[facts.family]):
            return
        # A raw-IP link needs no gateway: whatever is sent reaches the other end.
        resolves = facts.gateway is not None and _resolves_neighbours(self._netlink, self.index)
        gateway = str(facts.gateway) if resolves else None
        what = f"add an IPv{facts.family} default route"
        for number in range(metric, metric + _METRICS):
            step = Route(index=self.index, family=facts.family, gateway=gateway, metric=number)
            arguments = route_arguments(step)
            if self.make(what, step, lambda nl: nl.route("add", **arguments)):  # noqa: B023
                return
        raise CannotTest(f"{self.netdev}: cannot {what}: others have {_METRICS} such routes")

    def make(self, what: str, step: Step, change: Callable[[IPRoute], object]) -> bool:
        """Note a change and make it; False where it was so already."""
        from pyroute2.netlink.exceptions import NetlinkError

        self._ledger.push(step)
        try:
            change(self._netlink)
        except (NetlinkError, OSError) as error:
            self._ledger.drop()
            code = error.code if isinstance(error, NetlinkError) else error.errno
            if code == EEXIST:
                return False
            advice = _ADVICE.get(code or 0, "see what `ip monitor` and the kernel log say")
            text = f"{self.netdev}: cannot {what}: {error}; {advice}"
            raise CannotTest(text) from error
        return True


def _has_ipv6(netdev: str) -> bool:
    return Path("/proc/sys/net/ipv6/conf", netdev).exists()


def _has_default_route(netlink: IPRoute, index: int, family: int) -> bool:
    found = netlink.get_routes(family=family, table=_MAIN_TABLE, oif=index)
    return any(not route["dst_len"] for route in found)


def _resolves_neighbours(netlink: IPRoute, index: int) -> bool:
    link = netlink.get_links(index)[0]
    return link["ifi_type"] == _ARPHRD_ETHER and not link["flags"] & _NOARP


def _wait_until_local(netlink: IPRoute, address: str) -> None:
    """Wait until the kernel takes packets to its new address.

    A worker adds the local route of an IPv6 address after the address itself, even without
    duplicate detection; what comes before is dropped. It is not worth failing for.
    """
    from pyroute2.netlink.exceptions import NetlinkError

    deadline = time.monotonic() + _LOCAL_SECONDS
    while time.monotonic() < deadline:
        try:
            if any(route["type"] == _RTN_LOCAL for route in netlink.route("get", dst=address)):
                return
        except NetlinkError:  # no route at all yet
            pass
        time.sleep(0.001)
