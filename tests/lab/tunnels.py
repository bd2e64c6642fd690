# SPDX-License-Identifier: GPL-2.0-or-later
"""The kernel's own WireGuard and ESP over a real wwan0, to a namespace behind the modem.

What the host sends to the far end is taken off the way to the simulated network, and put into a
TUN netdev of another namespace; packets above a size vanish there without a word.
"""

from __future__ import annotations

import os
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import trio

from qmiprobe.sim.dataplane import DataPlane, PacketPort, open_dataplane
from qmiprobe.sim.dataplane._interface import open_tun
from tests.bed.place import Place
from tests.bed.world import Bed
from tests.lab.plugged import Plugged, plugged, run, write

FAR = "203.0.113.200"
PATH = 1428
"""Bytes that the way to the far end takes."""
_KEY = "0x" + "0102030405060708090a0b0c0d0e0f1011121314"
_RAW_IP = Path("/sys/class/net/wwan0/qmi/raw_ip")
_MODULES = (
    *("wireguard", "esp4", "xfrm_user", "xfrm_algo"),
    *("aes_generic", "ctr", "ghash_generic", "crypto_null", "gcm", "seqiv", "echainiv"),
)


class Split:
    """A modem's port of packets, with those of the far end led elsewhere."""

    def __init__(self, port: PacketPort, descriptor: int) -> None:
        self._port = port
        self._descriptor = descriptor
        self._far = ip_address(FAR).packed

    async def send(self, session_id: int, packet: bytes) -> None:
        await self._port.send(session_id, packet)

    async def receive(self) -> tuple[int, bytes]:
        while True:
            session_id, packet = await self._port.receive()
            if packet[0] >> 4 != 4 or packet[16:20] != self._far:
                return session_id, packet
            if len(packet) <= PATH:
                os.write(self._descriptor, packet)

    async def come_back(self) -> None:
        """Carry what the far end sends, until cancelled."""
        while True:
            await trio.lowlevel.wait_readable(self._descriptor)
            packet = os.read(self._descriptor, 65535)
            if packet[0] >> 4 == 4 and len(packet) <= PATH:
                await self._port.send(0, packet)


@dataclass
class Reached:
    """A modem on the bus, and the far end behind it."""

    plug: Plugged
    plane: DataPlane
    far: Place

    @property
    def bed(self) -> Bed:
        """As much of a bed as transfers need."""
        return cast("Bed", SimpleNamespace(places={"server": self.far}))


@asynccontextmanager
async def reached(profile: str) -> AsyncGenerator[Reached, None]:
    """Have a session up on wwan0, and the far end on the way that it leads."""
    await run("modprobe", "tun")
    for module in _MODULES:
        await run("modprobe", module)
    far = Place("far")
    descriptor = far.call(lambda: open_tun("far0"))
    far.ip([f"addr add {FAR}/32 dev far0", "link set far0 up", "route add default dev far0"])
    try:
        async with plugged(profile) as plug:
            split = Split(plug.body.port, descriptor)
            async with open_dataplane(port=split) as plane, trio.open_nursery() as nursery:
                nursery.start_soon(split.come_back)
                plug.modem.bearers = plane.table
                await _connect(plug)
                yield Reached(plug, plane, far)
                nursery.cancel_scope.cancel()
    finally:
        os.close(descriptor)
        far.close()


async def _connect(plug: Plugged) -> None:
    """Bring a session up as the control port would, and set up the netdev."""
    plug.modem.state.sessions.start(0, 4, apn="internet.example")
    session = plug.modem.state.sessions.find(0, 4)
    assert session is not None
    if await trio.Path(_RAW_IP).exists():
        await write(_RAW_IP, "Y")  # as `connect` would: this modem speaks nothing else
    for words in (
        ("link", "set", "wwan0", "address", "02:50:56:00:00:01"),
        ("addr", "add", str(session.facts.interface), "dev", "wwan0"),
        ("link", "set", "wwan0", "up"),
        ("route", "add", "default", "dev", "wwan0"),
    ):
        await run("ip", *words)


async def wireguard(reached: Reached) -> str:
    """Bring the kernel's WireGuard up between wg0 here and wgs there; return the inner host."""
    here, there = Place("here", own=True), reached.far
    (mine, my_public), (its, its_public) = _keys(here), _keys(here)
    here.ip(["link add wg0 type wireguard", "addr add 10.9.0.2/24 dev wg0"])
    there.ip(["link add wgs type wireguard", "addr add 10.9.0.1/24 dev wgs"])
    files = {name: Path(f"/tmp/{name}.key") for name in ("wg0", "wgs")}
    files["wg0"].write_text(mine, encoding="ascii")
    files["wgs"].write_text(its, encoding="ascii")
    there.run(
        *("wg", "set", "wgs", "private-key", str(files["wgs"]), "listen-port", "51820"),
        *("peer", my_public, "allowed-ips", "10.9.0.2/32"),
    )
    here.run(
        *("wg", "set", "wg0", "private-key", str(files["wg0"]), "peer", its_public),
        *("endpoint", f"{FAR}:51820", "allowed-ips", "10.9.0.0/24"),
    )
    there.ip(["link set wgs up"])
    here.ip(["link set wg0 up"])
    return "10.9.0.1"


def _keys(place: Place) -> tuple[str, str]:
    private = place.run("wg", "genkey").strip()
    return private, place.run("wg", "pubkey", text=private).strip()


async def esp(reached: Reached) -> str:
    """Set the kernel's ESP up by hand, in UDP; return the inner host."""
    here, there = Place("here", own=True), reached.far
    session = reached.plug.modem.state.sessions.find(0, 4)
    assert session is not None
    own = str(session.facts.interface.ip)
    for place, ours, theirs, out, back in (
        (here, "10.2.0.2", "10.1.0.1", (own, FAR), (FAR, own)),
        (there, "10.1.0.1", "10.2.0.2", (FAR, own), (own, FAR)),
    ):
        place.ip([f"addr add {ours}/32 dev lo"])
        lines = []
        for source, destination in (out, back):
            spi = 0x1000 if source == own else 0x2000
            lines.append(
                f"xfrm state add src {source} dst {destination} proto esp spi {spi} reqid 1 "
                f"mode tunnel aead rfc4106(gcm(aes)) {_KEY} 128"
            )
        policies = (("out", ours, theirs, out), ("in", theirs, ours, back))
        for direction, source, destination, (outer_source, outer_destination) in policies:
            lines.append(
                f"xfrm policy add src {source}/32 dst {destination}/32 dir {direction} "
                f"tmpl src {outer_source} dst {outer_destination} proto esp mode tunnel reqid 1"
            )
        place.ip(lines)
    here.ip(["route add 10.1.0.1/32 dev wwan0 src 10.2.0.2"])
    return "10.1.0.1"
