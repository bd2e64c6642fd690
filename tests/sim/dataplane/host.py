# SPDX-License-Identifier: GPL-2.0-or-later
"""The host's side of the tests: addresses on the netdev, and probes by plain kernel sockets."""

from __future__ import annotations

import os
import socket
import struct
from contextlib import asynccontextmanager
from ipaddress import ip_address
from pathlib import Path
from typing import TYPE_CHECKING

import pyroute2
import trio

from qmiprobe.sim.dataplane import DataPlane, NetworkFaults, open_dataplane
from qmiprobe.sim.dataplane._carrier import wait_until_local

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

IP_MTU_DISCOVER, IP_PMTUDISC_DO, IP_PMTUDISC_PROBE = 10, 2, 3
IP_MTU, IPV6_MTU_DISCOVER, IPV6_MTU = 14, 23, 24
NODAD = 2

WEB = {4: "203.0.113.80", 6: "2001:db8:80::80"}
DNS = {4: "198.51.100.53", 6: "2001:db8:53::53"}
GATEWAY = {4: "192.0.2.1", 6: "2001:db8:1::1"}
INET = {4: socket.AF_INET, 6: socket.AF_INET6}


@asynccontextmanager
async def connected(
    faults: NetworkFaults | None = None, *, host_mtu: int = 1500, ethernet: bool = False
) -> AsyncGenerator[DataPlane, None]:
    """Run a data plane whose session is up, with addresses and default routes on the host."""
    async with open_dataplane(faults=faults, host_mtu=host_mtu, ethernet=ethernet) as plane:
        for family in (4, 6):
            plane.table.up(0, family, plane.network.family_facts(family).interface)
        await trio.to_thread.run_sync(_configure, plane)
        yield plane


def _configure(plane: DataPlane) -> None:
    with pyroute2.IPRoute() as netlink:
        index = socket.if_nametoindex(plane.netdev)
        for family in (4, 6):
            facts = plane.network.family_facts(family)
            netlink.addr(
                "add",
                index=index,
                address=str(facts.interface.ip),
                prefixlen=facts.interface.network.prefixlen,
                flags=NODAD if family == 6 else 0,
            )
            via = {"gateway": str(facts.gateway)} if plane.netdev.startswith("eth") else {}
            netlink.route("add", dst="default", family=INET[family], oif=index, **via)
            wait_until_local(netlink, [facts.interface.ip])


def set_link(name: str, state: str) -> None:
    """Bring a netdev up or down, or delete it."""
    with pyroute2.IPRoute() as netlink:
        index = socket.if_nametoindex(name)
        if state == "delete":
            netlink.link("del", index=index)
        else:
            netlink.link("set", index=index, state=state)


def netdev_counters(name: str) -> tuple[int, int, int, int]:
    """Return rx packets, rx bytes, tx packets, tx bytes of a netdev."""
    for line in Path("/proc/thread-self/net/dev").read_text(encoding="ascii").splitlines():
        label, _, rest = line.partition(":")
        if label.strip() == name:
            values = [int(word) for word in rest.split()]
            return values[1], values[0], values[9], values[8]
    raise LookupError(name)


async def ping(address: str, *, size: int = 64, seconds: float = 1.0) -> bool:
    """Send one ICMP echo request in an IP packet of ``size`` bytes; True when it is answered."""
    family = ip_address(address).version
    kind, protocol, head = (8, socket.IPPROTO_ICMP, 28) if family == 4 else (128, 58, 48)
    data = os.urandom(size - head)
    message = struct.pack("!BBHHH", kind, 0, 0, 7, 1) + data
    if family == 4:
        message = message[:2] + struct.pack("!H", _sum(message)) + message[4:]
    with trio.socket.socket(INET[family], socket.SOCK_RAW, protocol) as raw:
        if family == 4:
            raw.setsockopt(socket.IPPROTO_IP, IP_MTU_DISCOVER, IP_PMTUDISC_PROBE)
        else:
            raw.setsockopt(socket.IPPROTO_IPV6, IPV6_MTU_DISCOVER, IP_PMTUDISC_PROBE)
        with trio.move_on_after(seconds):
            await raw.sendto(message, (address, 0))
            while True:
                answer = await raw.recv(65535)
                if family == 4:
                    answer = answer[20:]
                if answer[0] in (0, 129) and answer[8:] == data:
                    return True
    return False


def _sum(data: bytes) -> int:
    total: int = sum(struct.unpack(f"!{len(data) // 2}H", data[: len(data) // 2 * 2]))
    total += (data[-1] << 8) if len(data) % 2 else 0
    while total > 0xFFFF:
        total = (total & 0xFFFF) + (total >> 16)
    return 0xFFFF - total


async def fetch(
    address: str, host: str, path: str, *, extra: bytes = b"", seconds: float = 5.0
) -> tuple[int, bytes, bytes]:
    """Return status, head and body of a page; trio.TooSlowError when it does not come."""
    with trio.fail_after(seconds):
        stream = await trio.open_tcp_stream(address, 80)
        async with stream:
            request = f"GET {path} HTTP/1.1\r\nHost: {host}\r\n".encode() + extra + b"\r\n"
            await stream.send_all(request)
            data = b"".join([part async for part in stream])
    head, _, body = data.partition(b"\r\n\r\n")
    return int(head.split(b" ")[1]), head, body
