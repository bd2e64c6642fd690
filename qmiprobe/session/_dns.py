# SPDX-License-Identifier: GPL-2.0-or-later
"""Who asks a session's DNS servers: the resolver, or the resolver's file, or nobody."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import trio

from qmiprobe.bearer import BearerFacts
from qmiprobe.errors import CannotTest
from qmiprobe.session._ledger import Ledger

if TYPE_CHECKING:
    from qmiprobe.session._connection import DnsWay

_MAIN_TABLE = 254
_INET = (2, 10)


@dataclass(frozen=True)
class Told:
    """How names are asked at the servers."""

    way: DnsWay
    problem: str | None = None
    """Why they are not, though wanted."""


async def tell_servers(bearer: BearerFacts, ledger: Ledger, *, way: DnsWay, metric: int) -> Told:
    """Have names asked at the session's servers, and note how to undo it.

    That no resolver runs is told and is no failure: packets flow all the same. Raises CannotTest
    where the resolver's file was asked for and cannot be replaced.
    """
    servers = [server for family in bearer.families for server in family.dns]
    if way == "none":
        return Told("none")
    if not servers:
        return Told("none", "the network named no DNS servers")
    if way == "resolv.conf":
        from qmiprobe.session._resolv_conf import replace_resolv_conf

        await trio.to_thread.run_sync(replace_resolv_conf, servers, ledger)
        return Told("resolv.conf")
    from qmiprobe.session._resolver import tell_resolver

    index, preferred = await trio.to_thread.run_sync(_standing, bearer.netdev, metric)
    try:
        await tell_resolver(index, servers, ledger, all_names=preferred)
    except CannotTest as error:
        text = f"names are not asked at the session's servers: {error}"
        return Told("none", f"{text}; --dns resolv.conf replaces the resolver's file instead")
    return Told("resolver")


def _standing(netdev: str, metric: int) -> tuple[int, bool]:
    """Return a netdev's index, and whether its default routes come before all others'."""
    from pyroute2 import IPRoute

    with IPRoute() as netlink:
        index = netlink.link_lookup(ifname=netdev)[0]
        for family in _INET:
            for route in netlink.get_routes(family=family, table=_MAIN_TABLE):
                other = route.get_attr("RTA_OIF") != index and not route["dst_len"]
                if other and (route.get_attr("RTA_PRIORITY") or 0) <= metric:
                    return index, False
    return index, True
