# SPDX-License-Identifier: GPL-2.0-or-later
"""Puts a session's addresses, routes and MTU on a netdev, and takes them off again."""

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
_UP, _NOARP = 0x01, 0x80
_ARPHRD_ETHER = 1
_INET = {4: 2, 6: 10}
_ADVICE = {
    EPERM: "run as root",
    EACCES: "IPv6 is switched off on it (net.ipv6.conf.*.disable_ipv6); ask for IPv4 alone",
}

Undo = Callable[["IPRoute"], object]


@asynccontextmanager
async def configured(facts: BearerFacts) -> AsyncIterator[None]:
    """Give the netdev what the network gave the session, while the block runs.

    Brings it up, sets the MTU (never below 1280 where it has IPv6), adds addresses and default
    routes behind all others. Raises CannotTest where the netdev is not there or may not be
    changed. What was changed is undone on every way out, in reverse; what others changed
    meanwhile stays.
    """
    undo: list[Undo] = []
    try:
        await trio.to_thread.run_sync(_apply, facts, undo)
        yield
    finally:
        with trio.CancelScope(shield=True):  # a few short calls: it is bounded by itself
            await trio.to_thread.run_sync(_undo, undo)


def _apply(facts: BearerFacts, undo: list[Undo]) -> None:
    from pyroute2 import IPRoute

    with IPRoute() as netlink:
        found = netlink.link_lookup(ifname=facts.netdev)
        if not found:
            raise CannotTest(f"no netdev {facts.netdev}: is the data interface bound?")
        change = _Change(netlink, found[0], facts.netdev, undo)
        change.bring_up()
        if facts.mtu is not None:
            change.set_mtu(facts.mtu)
        for family in facts.families:
            change.add_address(family)
            change.add_default_route(family)


class _Change:
    """Changes one netdev and notes how each change is undone."""

    def __init__(self, netlink: IPRoute, index: int, netdev: str, undo: list[Undo]) -> None:
        self._netlink = netlink
        self._index = index
        self._netdev = netdev
        self._undo = undo

    def bring_up(self) -> None:
        index = self._index
        if not _flags(self._netlink, index) & _UP:
            self._make("bring it up", lambda nl: nl.link("set", index=index, state="up"))
            self._undo.append(lambda nl: nl.link("set", index=index, state="down"))

    def set_mtu(self, mtu: int) -> None:
        index, before = self._index, _mtu(self._netlink, self._index)
        wanted = max(mtu, LEAST_IPV6_MTU) if _has_ipv6(self._netdev) else mtu
        if wanted == before:
            return

        def put_back(netlink: IPRoute) -> None:
            if _mtu(netlink, index) == wanted:
                netlink.link("set", index=index, mtu=before)

        self._make(f"set its MTU to {wanted}", lambda nl: nl.link("set", index=index, mtu=wanted))
        self._undo.append(put_back)

    def add_address(self, facts: FamilyFacts) -> None:
        interface = facts.interface
        address: dict[str, object] = {
            "index": self._index,
            "address": str(interface.ip),
            "prefixlen": interface.network.prefixlen,
        }
        # There is nobody else on the link to have the address too.
        extra = {"flags": _NODAD} if facts.family == 6 else {}
        if self._make(f"give it {interface}", lambda nl: nl.addr("add", **address, **extra)):
            self._undo.append(lambda nl: nl.addr("delete", **address))
            _wait_until_local(self._netlink, str(interface.ip))

    def add_default_route(self, facts: FamilyFacts) -> None:
        family = _INET[facts.family]
        if _has_default_route(self._netlink, self._index, family):
            return
        route: dict[str, object] = {
            "dst": "0.0.0.0/0" if facts.family == 4 else "::/0",
            "oif": self._index,
            "family": family,
        }
        # A raw-IP link needs no gateway: whatever is sent reaches the other end.
        if facts.gateway is not None and _resolves_neighbours(self._netlink, self._index):
            route["gateway"] = str(facts.gateway)
        what = f"add an IPv{facts.family} default route"
        for metric in range(METRIC, METRIC + _METRICS):
            route["priority"] = metric
            if self._make(what, lambda nl: nl.route("add", **route)):
                self._undo.append(lambda nl: nl.route("delete", **route))
                return
        raise CannotTest(f"{self._netdev}: cannot {what}: others have {_METRICS} such routes")

    def _make(self, what: str, change: Callable[[IPRoute], object]) -> bool:
        """Make a change; False where it was so already."""
        from pyroute2.netlink.exceptions import NetlinkError

        try:
            change(self._netlink)
        except NetlinkError as error:
            if error.code == EEXIST:
                return False
            advice = _ADVICE.get(error.code, "see what `ip monitor` and the kernel log say")
            text = f"{self._netdev}: cannot {what}: {error}; {advice}"
            raise CannotTest(text) from error
        return True


def _flags(netlink: IPRoute, index: int) -> int:
    return int(netlink.get_links(index)[0]["flags"])


def _mtu(netlink: IPRoute, index: int) -> int:
    return int(netlink.get_links(index)[0].get_attr("IFLA_MTU"))


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


def _undo(undo: list[Undo]) -> None:
    from pyroute2 import IPRoute
    from pyroute2.netlink.exceptions import NetlinkError

    if not undo:
        return
    with IPRoute() as netlink:
        for step in reversed(undo):
            try:
                step(netlink)
            except NetlinkError:  # the netdev went, or somebody else took it off
                continue
