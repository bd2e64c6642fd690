# SPDX-License-Identifier: GPL-2.0-or-later
"""The carrier's side: a namespace with a TUN, all addresses of the network, and its sockets.

The kernel of that namespace answers pings, refuses closed ports and speaks TCP; the sockets are
handed over to the trio loop of this process.
"""

from __future__ import annotations

import contextlib
import errno
import os
import socket
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from qmiprobe.errors import CannotTest

from . import _addresses
from ._interface import open_tun, set_mtu, set_up

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pyroute2 import IPRoute

    from qmiprobe.bearer import IPAddress

NETDEV = "carrier0"

_DNS_PORT = 53
_HTTP_PORT = 80
_HTTPS_PORT = 443
_BACKLOG = 64
_NODAD = 0x02
"""IFA_F_NODAD: even on lo an IPv6 address is tentative, and cannot be bound, for a moment."""
_RTN_LOCAL = 2
_LOCAL_SECONDS = 5.0
_SYSCTL_ROOT = Path("/proc/sys/net")
_SYSCTLS = {
    # Every probe must get its answer: a limit would look like loss.
    "ipv4/icmp_ratelimit": "0",
    "ipv4/icmp_msgs_per_sec": "100000",
    "ipv4/icmp_msgs_burst": "10000",
    "ipv6/icmp/ratelimit": "0",
    # A new namespace inherits what the machine's own was set to.
    "ipv4/conf/all/rp_filter": "0",
    "ipv4/conf/default/rp_filter": "0",
    "ipv4/ip_forward": "0",
    "ipv6/conf/all/forwarding": "0",
    "ipv6/conf/all/disable_ipv6": "0",
    "ipv6/conf/default/disable_ipv6": "0",
    # The carrier's own TUN says nothing of itself.
    "ipv6/conf/default/accept_ra": "0",
    "ipv6/conf/default/router_solicitations": "0",
    "ipv6/conf/default/accept_dad": "0",
    "ipv6/conf/default/addr_gen_mode": "1",
}


@dataclass(frozen=True, kw_only=True)
class CarrierSide:
    """What the carrier's namespace hands over; whoever gets it closes it."""

    tun: int
    """Non-blocking descriptor of its TUN: reads packets down, writes packets up."""
    dns_udp: tuple[socket.socket, ...]
    dns_tcp: tuple[socket.socket, ...]
    http: tuple[socket.socket, ...]
    unset: tuple[str, ...]
    """Kernel settings that could not be made: without them probes may be rate-limited."""

    def close_servers(self) -> None:
        """Close the sockets; the TUN is closed by whoever reads it."""
        for server in (*self.dns_udp, *self.dns_tcp, *self.http):
            server.close()


def build_carrier(mtu: int) -> CarrierSide:
    """Build it in the calling thread's network namespace, which must be new and its own.

    Raises CannotTest where the kernel refuses something.
    """
    dns = (*_addresses.DNS_V4, *_addresses.DNS_V6)
    web = (_addresses.WEB_V4, _addresses.WEB_V6, _addresses.PORTAL_V4, _addresses.PORTAL_V6)
    resolvers = _addresses.RESOLVERS
    with contextlib.ExitStack() as undo:
        try:
            unset = _set_sysctls()
            tun = open_tun(NETDEV)
            undo.callback(os.close, tun)
            set_mtu(NETDEV, mtu)
            set_up(NETDEV)
            _add_addresses((*dns, *web, *resolvers, *_gateways()))
            side = CarrierSide(
                tun=tun,
                dns_udp=_open(socket.SOCK_DGRAM, dns, _DNS_PORT, undo),
                dns_tcp=_open(socket.SOCK_STREAM, dns, _DNS_PORT, undo),
                http=(
                    *_open(socket.SOCK_STREAM, (*web, *resolvers), _HTTP_PORT, undo),
                    *_open(socket.SOCK_STREAM, resolvers, _HTTPS_PORT, undo),
                ),
                unset=unset,
            )
        except OSError as error:
            text = f"cannot build the simulated network: {error}"
            raise CannotTest(f"{text}; it needs IPv4 and IPv6 in this kernel") from error
        undo.pop_all()
    return side


def _set_sysctls() -> tuple[str, ...]:
    """Make the settings of this namespace; return those that the kernel has and refuses."""
    unset = []
    for name, value in _SYSCTLS.items():
        try:
            (_SYSCTL_ROOT / name).write_text(value, encoding="ascii")
        except FileNotFoundError:
            continue  # an older kernel, which has one limit for the whole machine
        except OSError:
            unset.append(name)
    return tuple(unset)


def _gateways() -> tuple[IPAddress, ...]:
    return tuple(
        _addresses.gateway(family, index)
        for family in (4, 6)
        for index in range(_addresses.SESSIONS)
    )


def _add_addresses(addresses: tuple[IPAddress, ...]) -> None:
    """Put the addresses on lo, route the clients to the TUN, and wait until it all holds."""
    from pyroute2 import IPRoute
    from pyroute2.netlink.exceptions import NetlinkError

    try:
        with IPRoute() as netlink:
            loopback, tun = socket.if_nametoindex("lo"), socket.if_nametoindex(NETDEV)
            for address in addresses:
                netlink.addr(
                    "add",
                    index=loopback,
                    address=str(address),
                    prefixlen=address.max_prefixlen,
                    flags=_NODAD if address.version == 6 else 0,
                )
            for clients in (_addresses.CLIENTS_V4, _addresses.CLIENTS_V6):
                netlink.route("add", dst=str(clients), oif=tun)
            wait_until_local(netlink, addresses)
    except NetlinkError as error:
        raise OSError(error.code, f"rtnetlink: {error}") from error


def wait_until_local(netlink: IPRoute, addresses: Iterable[IPAddress]) -> None:
    """Wait, blocking, until the kernel takes packets to these new addresses of its own.

    A worker of the kernel's adds the local route of an IPv6 address some time after the address,
    even without duplicate detection; what comes before is dropped. TimeoutError after 5 s.
    """
    deadline = time.monotonic() + _LOCAL_SECONDS
    for address in addresses:
        while not _is_local(netlink, address):
            if time.monotonic() > deadline:
                raise TimeoutError(errno.ETIMEDOUT, f"{address} is no local address yet")
            time.sleep(0.001)


def _is_local(netlink: IPRoute, address: IPAddress) -> bool:
    from pyroute2.netlink.exceptions import NetlinkError

    try:
        return any(route["type"] == _RTN_LOCAL for route in netlink.route("get", dst=str(address)))
    except NetlinkError:
        return False


def _open(
    kind: socket.SocketKind,
    addresses: Iterable[IPAddress],
    port: int,
    undo: contextlib.ExitStack,
) -> tuple[socket.socket, ...]:
    servers = []
    for address in addresses:
        family = socket.AF_INET if address.version == 4 else socket.AF_INET6
        server = socket.socket(family, kind)
        undo.callback(server.close)
        server.bind((str(address), port))
        if kind == socket.SOCK_STREAM:
            server.listen(_BACKLOG)
        servers.append(server)
    return tuple(servers)
