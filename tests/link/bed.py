# SPDX-License-Identifier: GPL-2.0-or-later
"""Where the link tests measure: a simulated network behind wwan0, and a decoy beside it."""

from __future__ import annotations

import os
import socket
import subprocess
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from ipaddress import ip_address
from pathlib import Path
from typing import TYPE_CHECKING

import pyroute2
import trio

from qmiprobe.bearer import BearerFacts, Targets
from qmiprobe.link import find_route
from qmiprobe.sim.dataplane import DataPlane, NetworkFaults
from qmiprobe.sim.dataplane._interface import open_tun, set_up
from tests.sim.dataplane.host import connected

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Iterator

_OUTGOING = 4
_LOCAL = 255
_ICMP6_HOUSEKEEPING = range(130, 144)  # MLD and neighbour discovery, of the kernel's own accord


@dataclass
class Bed:
    """A session that is up, and the network behind it."""

    plane: DataPlane
    bearer: BearerFacts
    targets: Targets = field(init=False)

    def __post_init__(self) -> None:
        self.targets = self.plane.network.targets()


@asynccontextmanager
async def network(
    faults: NetworkFaults | None = None, *, host_mtu: int = 1500
) -> AsyncGenerator[Bed, None]:
    """Run the simulated network with its session up, wwan0 configured."""
    async with connected(faults, host_mtu=host_mtu) as plane:
        await usable("2001:db8:1::2")
        families = tuple(plane.network.family_facts(family) for family in (4, 6))
        yield Bed(plane, BearerFacts(netdev=plane.netdev, families=families))


class Decoy:
    """A second netdev, which all routes prefer; whatever leaves by it is a fault."""

    name = "decoy0"

    def __init__(self, tap: socket.socket) -> None:
        self._tap = tap

    def left(self) -> list[bytes]:
        """Return the packets that left by it, but for the kernel's own housekeeping."""
        packets: list[bytes] = []
        while True:
            try:
                packet, address = self._tap.recvfrom(2048, socket.MSG_DONTWAIT)
            except BlockingIOError:
                return packets
            if address[2] == _OUTGOING and not _is_housekeeping(packet):
                packets.append(packet)


@contextmanager
def decoy() -> Iterator[Decoy]:
    """Make the decoy, with addresses and the best default routes of both families."""
    descriptor = open_tun(Decoy.name)
    try:
        tap = socket.socket(socket.AF_PACKET, socket.SOCK_DGRAM, 0)
        with tap:
            set_up(Decoy.name)
            tap.bind((Decoy.name, 3))
            _configure_decoy()
            yield Decoy(tap)
    finally:
        os.close(descriptor)


def _configure_decoy() -> None:
    with pyroute2.IPRoute() as netlink:
        index = socket.if_nametoindex(Decoy.name)
        netlink.addr("add", index=index, address="10.99.0.2", prefixlen=24)
        netlink.addr("add", index=index, address="2001:db8:99::2", prefixlen=64, flags=2)
        # more specific than any default route, so that it wins whatever the order of adding
        for half in ("0.0.0.0/1", "128.0.0.0/1"):
            netlink.route("add", dst=half, oif=index)
        for half in ("::/1", "8000::/1"):
            netlink.route("add", dst=half, oif=index, family=socket.AF_INET6)


def _is_housekeeping(packet: bytes) -> bool:
    if packet[0] >> 4 != 6:
        return packet[9] == 2  # IGMP
    hops = packet[6] == 0
    kind = packet[48] if hops else packet[40]
    return packet[6] in (0, 58) and kind in _ICMP6_HOUSEKEEPING


def nft(*rules: str) -> None:
    """Load nftables rules into this namespace: a table ``t`` with one chain per hook."""
    script = "add table inet t\n"
    for hook in ("input", "output"):
        script += f"add chain inet t {hook} {{ type filter hook {hook} priority 0; }}\n"
    script += "".join(f"add rule inet t {rule}\n" for rule in rules)
    path = os.environ.get("PATH", "") + ":/usr/sbin:/sbin"
    subprocess.run(
        ["nft", "-f", "-"], input=script, text=True, check=True, env={**os.environ, "PATH": path}
    )


def set_sysctl(name: str, value: str) -> None:
    """Write a setting of this network namespace."""
    Path("/proc/sys/net", name).write_text(value, encoding="ascii")


async def usable(address: str) -> None:
    """Wait until the kernel takes packets to a new IPv6 address; work of its own must run first."""
    with trio.fail_after(5):
        while True:
            if (await find_route(ip_address(address))).table == _LOCAL:
                return
            await trio.sleep(0.005)


async def settle() -> None:
    """Let packets that are on their way arrive."""
    await trio.sleep(0.3)
