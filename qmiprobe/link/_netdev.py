# SPDX-License-Identifier: GPL-2.0-or-later
"""What the kernel says of a netdev: flags, type, addresses, counters; read over rtnetlink."""

from __future__ import annotations

import errno
import socket
from dataclasses import dataclass, field
from ipaddress import ip_interface
from typing import TYPE_CHECKING

import trio

if TYPE_CHECKING:
    from collections.abc import Iterable

    from qmiprobe.bearer import IPInterface

    from ._netlink import Message

ARPHRD_ETHER = 1
ARPHRD_RAWIP = 519
ARPHRD_NONE = 65534

_UP, _POINTOPOINT, _NOARP, _LOWER_UP = 0x1, 0x10, 0x80, 0x10000
_TENTATIVE = 0x40 | 0x08  # IFA_F_TENTATIVE, IFA_F_DADFAILED
_COUNTERS = tuple(
    f"{side}_{unit}" for side in ("rx", "tx") for unit in ("packets", "bytes", "errors", "dropped")
)


@dataclass(frozen=True, kw_only=True)
class Counters:
    """A netdev's packet counters, since it was made."""

    rx_packets: int = 0
    rx_bytes: int = 0
    rx_errors: int = 0
    rx_dropped: int = 0
    tx_packets: int = 0
    tx_bytes: int = 0
    tx_errors: int = 0
    tx_dropped: int = 0


@dataclass(frozen=True, kw_only=True)
class NetdevFacts:
    """A netdev at one moment. Where ``exists`` is false all else is empty."""

    name: str
    exists: bool
    index: int = 0
    up: bool = False
    """Set up by the administrator (IFF_UP)."""
    lower_up: bool = False
    """The carrier is there (IFF_LOWER_UP)."""
    noarp: bool = False
    pointopoint: bool = False
    operstate: str = ""
    """up, down, unknown, dormant, ...: unknown is normal for raw-IP netdevs."""
    mtu: int = 0
    arphrd: int = 0
    """ARPHRD_ETHER (802.3), ARPHRD_NONE or ARPHRD_RAWIP (both raw-IP), or another."""
    hardware_address: bytes = b""
    """Six bytes where it is an Ethernet netdev."""
    kind: str | None = None
    """tun, rmnet, vlan, ...; None for a netdev that a device's driver made."""
    tap: bool | None = None
    """Of a tun netdev: whether it carries Ethernet frames."""
    addresses: tuple[IPInterface, ...] = ()
    tentative: tuple[IPInterface, ...] = ()
    """Those of ``addresses`` that are not usable yet (duplicate address detection), or never will
    be (it failed). A packet to such an address is dropped without a word."""
    counters: Counters = field(default_factory=Counters)

    @property
    def raw_ip(self) -> bool:
        """Whether it carries bare IP packets."""
        return self.arphrd in (ARPHRD_NONE, ARPHRD_RAWIP)


def netdev_names() -> tuple[str, ...]:
    """Return the names of the netdevs in this network namespace, but for loopback."""
    return tuple(name for _, name in socket.if_nameindex() if name != "lo")


async def read_netdev(name: str) -> NetdevFacts:
    """Return the facts of netdev ``name`` in this network namespace, now."""
    return await trio.to_thread.run_sync(_read, name)


def _read(name: str) -> NetdevFacts:
    from pyroute2 import IPRoute
    from pyroute2.netlink.exceptions import NetlinkError

    with IPRoute() as routes:
        try:
            links = list(routes.get_links(ifname=name))
            addresses = list(routes.get_addr(index=links[0]["index"])) if links else []
        except NetlinkError as error:
            if error.code != errno.ENODEV:
                raise
            links = []
    return _facts(name, links[0], addresses) if links else NetdevFacts(name=name, exists=False)


def _octets(text: object) -> bytes:
    return bytes.fromhex(text.replace(":", "")) if isinstance(text, str) else b""


def _facts(name: str, link: Message, addresses: Iterable[Message]) -> NetdevFacts:
    flags = link["flags"]
    kind, tap = _kind(link.get_attr("IFLA_LINKINFO"))
    mtu = link.get_attr("IFLA_MTU")
    addresses = tuple(addresses)
    return NetdevFacts(
        name=name,
        exists=True,
        index=link["index"],
        up=bool(flags & _UP),
        lower_up=bool(flags & _LOWER_UP),
        noarp=bool(flags & _NOARP),
        pointopoint=bool(flags & _POINTOPOINT),
        operstate=str(link.get_attr("IFLA_OPERSTATE") or "").lower(),
        mtu=mtu if isinstance(mtu, int) else 0,
        arphrd=link["ifi_type"],
        hardware_address=_octets(link.get_attr("IFLA_ADDRESS")),
        kind=kind,
        tap=tap,
        addresses=tuple(_address(message) for message in addresses),
        tentative=tuple(_address(a) for a in addresses if _address_flags(a) & _TENTATIVE),
        counters=_counters(link.get_attr("IFLA_STATS64")),
    )


def _kind(info: object) -> tuple[str | None, bool | None]:
    if info is None or not hasattr(info, "get_attr"):
        return None, None
    kind = info.get_attr("IFLA_INFO_KIND")
    data = info.get_attr("IFLA_INFO_DATA")
    if kind != "tun" or not hasattr(data, "get_attr"):
        return kind, None
    return kind, data.get_attr("IFLA_TUN_TYPE") == 2


def _address(message: Message) -> IPInterface:
    # of a point-to-point address IFA_ADDRESS is the other end, IFA_LOCAL our own
    own = message.get_attr("IFA_LOCAL") or message.get_attr("IFA_ADDRESS")
    return ip_interface(f"{own}/{message['prefixlen']}")


def _address_flags(message: Message) -> int:
    flags = message.get_attr("IFA_FLAGS")
    return flags if isinstance(flags, int) else message["flags"]


def _counters(values: object) -> Counters:
    if not isinstance(values, dict):
        return Counters()
    return Counters(**{name: int(values.get(name, 0)) for name in _COUNTERS})
