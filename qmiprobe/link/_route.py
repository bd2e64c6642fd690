# SPDX-License-Identifier: GPL-2.0-or-later
"""Where the kernel would send a packet: RTM_GETROUTE, with and without a netdev named."""

from __future__ import annotations

import errno
import os
import socket
from dataclasses import dataclass
from ipaddress import ip_address, ip_network
from typing import TYPE_CHECKING

import trio

if TYPE_CHECKING:
    from ipaddress import IPv4Network, IPv6Network

    from qmiprobe.bearer import IPAddress

    from ._netlink import Message, Routes

_FIB_MATCH = 0x2000  # RTM_F_FIB_MATCH: answer with the entry of the table, not with the result
_LOOKUP_TABLE = 0x1000  # RTM_F_LOOKUP_TABLE: tell the real table, else main is told for all


@dataclass(frozen=True, kw_only=True)
class RouteFacts:
    """The kernel's answer for one destination."""

    destination: IPAddress
    asked_netdev: str | None
    """The netdev that the question named; None: as any program would send."""
    device: str | None = None
    """The netdev that the packet would leave by; None when there is no route."""
    gateway: IPAddress | None = None
    source: IPAddress | None = None
    table: int | None = None
    """254 is main, 255 local."""
    prefix: IPv4Network | IPv6Network | None = None
    """The table's entry behind it. None beside a ``device``: there is no entry, and IPv4 takes
    the destination for a neighbour because a netdev was named."""
    errno: int | None = None
    error: str | None = None
    """Why there is no route, in the system's words."""

    @property
    def found(self) -> bool:
        """Whether a real routing entry carries the packet."""
        return self.device is not None and self.prefix is not None


async def find_route(
    destination: IPAddress,
    *,
    netdev: str | None = None,
    mark: int = 0,
    source: IPAddress | None = None,
) -> RouteFacts:
    """Return how a packet to ``destination`` would leave, with ``netdev`` by that one only.

    ``mark`` and ``source``: those of the packet, which routing rules may look at.
    """
    return await trio.to_thread.run_sync(_find, destination, netdev, mark, source)


def _find(
    destination: IPAddress, netdev: str | None, mark: int, source: IPAddress | None
) -> RouteFacts:
    from pyroute2 import IPRoute

    question: dict[str, object] = {
        "dst": str(destination).partition("%")[0],
        "family": socket.AF_INET if destination.version == 4 else socket.AF_INET6,
    }
    if mark:
        question["mark"] = mark
    if source is not None:
        question["src"] = str(source)
    if netdev is not None:
        try:
            question["oif"] = socket.if_nametoindex(netdev)
        except OSError:
            return _failure(destination, netdev, errno.ENODEV)
    with IPRoute() as routes:
        answer = _ask(routes, question)
        if isinstance(answer, int):
            return _failure(destination, netdev, answer)
        entry = _ask(routes, {**question, "flags": _FIB_MATCH | _LOOKUP_TABLE})
    return RouteFacts(
        destination=destination,
        asked_netdev=netdev,
        device=_name(answer.get_attr("RTA_OIF")),
        gateway=_address(answer.get_attr("RTA_GATEWAY")),
        source=_address(answer.get_attr("RTA_PREFSRC")),
        table=_table(answer if isinstance(entry, int) else entry),
        prefix=None if isinstance(entry, int) else _prefix(destination, entry),
    )


def _ask(routes: Routes, question: dict[str, object]) -> Message | int:
    """Return the kernel's message, or the errno that it refused with."""
    from pyroute2.netlink.exceptions import NetlinkError

    try:
        answers = list(routes.route("get", **question))
    except NetlinkError as error:
        return int(error.code)
    return answers[0] if answers else errno.EHOSTUNREACH


def _failure(destination: IPAddress, netdev: str | None, number: int) -> RouteFacts:
    return RouteFacts(
        destination=destination, asked_netdev=netdev, errno=number, error=os.strerror(number)
    )


def _prefix(destination: IPAddress, entry: Message) -> IPv4Network | IPv6Network:
    network = entry.get_attr("RTA_DST") or ("0.0.0.0" if destination.version == 4 else "::")
    return ip_network(f"{network}/{entry['dst_len']}")


def _table(entry: Message) -> int | None:
    table = entry.get_attr("RTA_TABLE")
    return table if isinstance(table, int) else None


def _address(value: object) -> IPAddress | None:
    return ip_address(value) if isinstance(value, str) else None


def _name(index: object) -> str | None:
    try:
        return socket.if_indextoname(index) if isinstance(index, int) else None
    except OSError:
        return None
