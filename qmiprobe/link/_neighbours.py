# SPDX-License-Identifier: GPL-2.0-or-later
"""What else this host has: other netdevs with addresses, their routes, neighbours of the netdev."""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import ip_address, ip_interface, ip_network
from typing import TYPE_CHECKING

import trio

if TYPE_CHECKING:
    from ipaddress import IPv4Network, IPv6Network

    from qmiprobe.bearer import IPAddress, IPInterface

    from ._netlink import Message

ARPHRD_PPP = 512
_LOOPBACK, _UP = 0x8, 0x1
_STATES = {
    0x01: "incomplete",
    0x02: "reachable",
    0x04: "stale",
    0x08: "delay",
    0x10: "probe",
    0x20: "failed",
    0x40: "noarp",
    0x80: "permanent",
}
_MAIN = 254


@dataclass(frozen=True, kw_only=True)
class OtherNetdev:
    """A netdev beside the one in question, lo left out."""

    name: str
    up: bool
    ppp: bool
    kind: str | None
    """wireguard, tun, bridge, ...; None for a netdev that a device's driver made."""
    addresses: tuple[IPInterface, ...]


@dataclass(frozen=True, kw_only=True)
class RouteEntry:
    """An entry of a routing table, main or another one, that packets may leave by."""

    prefix: IPv4Network | IPv6Network
    device: str
    gateway: IPAddress | None
    metric: int
    table: int


@dataclass(frozen=True, kw_only=True)
class Neighbour:
    """What ARP or neighbour discovery knows of an address."""

    address: IPAddress
    state: str
    """reachable, stale, failed, incomplete, ..."""


@dataclass(frozen=True, kw_only=True)
class HostFacts:
    """The rest of the host, as rtnetlink shows it at one moment."""

    others: tuple[OtherNetdev, ...]
    routes: tuple[RouteEntry, ...]
    neighbours: tuple[Neighbour, ...]
    """Those of the netdev in question."""
    marked: bool
    """Whether a routing rule looks at marks (as those of wg-quick do)."""


async def read_host(netdev: str) -> HostFacts:
    """Return what stands beside ``netdev``, now."""
    return await trio.to_thread.run_sync(_read, netdev)


def _read(netdev: str) -> HostFacts:
    from pyroute2 import IPRoute

    with IPRoute() as routes:
        links = list(routes.get_links())
        names = {link["index"]: str(link.get_attr("IFLA_IFNAME")) for link in links}
        addresses = list(routes.get_addr())
        entries = [_entry(one, names) for one in routes.get_routes()]
        rules = [one for family in (2, 10) for one in routes.get_rules(family=family)]
        own = next((index for index, name in names.items() if name == netdev), None)
        near = list(routes.get_neighbours(ifindex=own)) if own is not None else []
    return HostFacts(
        others=tuple(
            _other(link, addresses)
            for link in links
            if names[link["index"]] != netdev and not link["flags"] & _LOOPBACK
        ),
        routes=tuple(entry for entry in entries if entry is not None),
        neighbours=tuple(filter(None, map(_neighbour, near))),
        marked=any(rule.get_attr("FRA_FWMARK") for rule in rules),
    )


def _other(link: Message, addresses: list[Message]) -> OtherNetdev:
    info = link.get_attr("IFLA_LINKINFO")
    kind = info.get_attr("IFLA_INFO_KIND") if hasattr(info, "get_attr") else None
    return OtherNetdev(
        name=str(link.get_attr("IFLA_IFNAME")),
        up=bool(link["flags"] & _UP),
        ppp=link["ifi_type"] == ARPHRD_PPP,
        kind=kind,
        addresses=tuple(_address(one) for one in addresses if one["index"] == link["index"]),
    )


def _address(message: Message) -> IPInterface:
    own = message.get_attr("IFA_LOCAL") or message.get_attr("IFA_ADDRESS")
    return ip_interface(f"{own}/{message['prefixlen']}")


def _entry(message: Message, names: dict[int, str]) -> RouteEntry | None:
    index, table = message.get_attr("RTA_OIF"), message.get_attr("RTA_TABLE")
    if message["type"] != 1 or index not in names or table == 255:  # unicast; not table local
        return None
    everything = "0.0.0.0" if message["family"] == 2 else "::"
    target = message.get_attr("RTA_DST") or everything
    gateway, metric = message.get_attr("RTA_GATEWAY"), message.get_attr("RTA_PRIORITY")
    return RouteEntry(
        prefix=ip_network(f"{target}/{message['dst_len']}", strict=False),
        device=names[index] if isinstance(index, int) else "",
        gateway=ip_address(gateway) if isinstance(gateway, str) else None,
        metric=metric if isinstance(metric, int) else 0,
        table=table if isinstance(table, int) else _MAIN,
    )


def _neighbour(message: Message) -> Neighbour | None:
    address = message.get_attr("NDA_DST")
    if not isinstance(address, str):
        return None
    state = _STATES.get(message["state"], "unknown")
    return Neighbour(address=ip_address(address), state=state)
