# SPDX-License-Identifier: GPL-2.0-or-later
"""Puts a session's addresses, routes and MTU on a netdev, and takes them off again."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import trio

from qmiprobe.bearer import BearerFacts, FamilyFacts
from qmiprobe.errors import CannotTest

if TYPE_CHECKING:
    from pyroute2 import IPRoute

METRIC = 4096
"""Of the default routes: behind everything that the machine has already."""
UNDO_TIMEOUT = 5.0
_LOCAL_SECONDS = 1.0
_RTN_LOCAL = 2
_NODAD = 0x02
_UP, _NOARP = 0x01, 0x80
_ARPHRD_ETHER = 1

Undo = Callable[["IPRoute"], object]


@asynccontextmanager
async def configured(facts: BearerFacts) -> AsyncIterator[None]:
    """Give the netdev what the network gave the session, while the block runs.

    Raises CannotTest where the netdev is not there or may not be changed. What was changed is
    undone on every way out, in reverse; what others changed meanwhile stays.
    """
    undo: list[Undo] = []
    try:
        await trio.to_thread.run_sync(_apply, facts, undo)
        yield
    finally:
        with trio.move_on_after(UNDO_TIMEOUT, shield=True):
            await trio.to_thread.run_sync(_undo, undo)


def _apply(facts: BearerFacts, undo: list[Undo]) -> None:
    from pyroute2 import IPRoute
    from pyroute2.netlink.exceptions import NetlinkError

    with IPRoute() as netlink:
        found = netlink.link_lookup(ifname=facts.netdev)
        if not found:
            raise CannotTest(f"no netdev {facts.netdev}: is the data interface bound?")
        try:
            _apply_link(netlink, found[0], facts, undo)
            for family in facts.families:
                _apply_family(netlink, found[0], family, undo)
        except NetlinkError as error:
            raise CannotTest(f"{facts.netdev} may not be configured: {error}") from error


def _apply_link(netlink: IPRoute, index: int, facts: BearerFacts, undo: list[Undo]) -> None:
    link = netlink.get_links(index)[0]
    if not link["flags"] & _UP:
        netlink.link("set", index=index, state="up")
        undo.append(lambda nl: nl.link("set", index=index, state="down"))
    before = link.get_attr("IFLA_MTU")
    if facts.mtu is not None and facts.mtu != before:
        netlink.link("set", index=index, mtu=facts.mtu)
        undo.append(lambda nl: nl.link("set", index=index, mtu=before))


def _apply_family(netlink: IPRoute, index: int, facts: FamilyFacts, undo: list[Undo]) -> None:
    interface = facts.interface
    address = {
        "index": index,
        "address": str(interface.ip),
        "prefixlen": interface.network.prefixlen,
    }
    # There is nobody else on the link to have the address too.
    extra = {"flags": _NODAD} if facts.family == 6 else {}
    if _tolerant(lambda: netlink.addr("add", **address, **extra)):
        undo.append(lambda nl: nl.addr("delete", **address))
        _wait_until_local(netlink, str(interface.ip))
    route = {
        "dst": "0.0.0.0/0" if facts.family == 4 else "::/0",
        "oif": index,
        "priority": METRIC,
        "family": 2 if facts.family == 4 else 10,
    }
    # A raw-IP link needs no gateway: whatever is sent reaches the other end.
    if _resolves_neighbours(netlink, index) and facts.gateway is not None:
        route["gateway"] = str(facts.gateway)
    if _tolerant(lambda: netlink.route("add", **route)):
        undo.append(lambda nl: nl.route("delete", **route))


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


def _resolves_neighbours(netlink: IPRoute, index: int) -> bool:
    link = netlink.get_links(index)[0]
    return link["ifi_type"] == _ARPHRD_ETHER and not link["flags"] & _NOARP


def _tolerant(change: Callable[[], object]) -> bool:
    """Make a change; False where it was so already."""
    from errno import EEXIST

    from pyroute2.netlink.exceptions import NetlinkError

    try:
        change()
    except NetlinkError as error:
        if error.code == EEXIST:
            return False
        raise
    return True


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
