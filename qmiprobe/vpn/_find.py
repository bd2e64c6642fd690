# SPDX-License-Identifier: GPL-2.0-or-later
"""Which tunnels there are on this machine: everybody who may know is asked."""

from __future__ import annotations

import contextlib
import socket
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from ipaddress import ip_address, ip_interface
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import trio

from ._management import with_management
from ._model import Kind, Tunnel
from ._openvpn import openvpn_tunnel
from ._programs import Program, find_programs
from ._tailscale import ask_status, with_status
from ._vici import find_ipsec
from ._wireguard import find_wireguard, with_config
from ._xfrm import find_xfrm

if TYPE_CHECKING:
    from qmiprobe.bearer import IPAddress, IPInterface

_RESOLVER_SECONDS = 3.0
_PORTS = {
    Kind.WIREGUARD: 51820,
    Kind.OPENVPN: 1194,
    Kind.IPSEC: 500,
    Kind.L2TP: 500,
    Kind.PPTP: 1723,
    Kind.OPENCONNECT: 443,
    Kind.TAILSCALE: 41641,
}


@dataclass(frozen=True)
class Machine:
    """Where to look; tests look elsewhere."""

    proc: Path = Path("/proc")
    run: Path = Path("/run")
    root: Path = Path("/")
    path: str | None = None
    """Where programs are looked for, as PATH; None: the environment's."""


HERE = Machine()


async def find_tunnels(machine: Machine = HERE) -> tuple[Tunnel, ...]:
    """Return all tunnels of this network namespace that somebody tells of.

    WireGuard by netlink and by its programs' sockets, IPsec by strongSwan's vici socket and by the
    kernel's policies, OpenVPN and others by their processes and the TUN netdevs that these hold.
    Within 10 s.
    """
    programs = await trio.to_thread.run_sync(find_programs, machine.proc)
    found = [*await find_wireguard(machine.run), *await find_ipsec(machine.run)]
    addresses = await trio.to_thread.run_sync(_addresses)
    told = {one.endpoint for one in found if one.kind is Kind.IPSEC}
    kernel = await trio.to_thread.run_sync(find_xfrm)
    found += [one for one in kernel if one.endpoint not in told]
    known = {one.netdev for one in found}
    for program in programs:
        found += [
            one
            for one in _of_program(program, machine)
            if one.netdev not in known or not one.netdev
        ]
    completed = [await _completed(one, programs, addresses, machine) for one in found]
    return tuple(_without_doubles(completed))


async def same_tunnel(before: Tunnel, machine: Machine = HERE) -> Tunnel | None:
    """Return what is told of a tunnel now; None where it is gone."""
    same = (before.kind, before.netdev, before.name)
    found = [one for one in await find_tunnels(machine) if (one.kind, one.netdev, one.name) == same]
    found.sort(key=lambda one: (one.endpoint != before.endpoint, one.networks != before.networks))
    return found[0] if found else None


async def named_tunnel(kind: Kind, peer: str, *, port: int | None = None) -> Tunnel:
    """Return a tunnel that the user names and that need not be there yet."""
    tunnel = Tunnel(
        kind=kind,
        name=peer,
        source="the command line",
        transport="tcp" if kind is Kind.PPTP else "udp",
        port=port or _PORTS.get(kind),
        host=peer,
    )
    address = _address(peer) or await resolve(peer)
    return replace(tunnel, endpoint=address, host=None if _address(peer) else peer)


async def resolve(name: str, *, family: int | None = None) -> IPAddress | None:
    """Return a name's first address by the system's resolver, or None in time."""
    wanted = {None: socket.AF_UNSPEC, 4: socket.AF_INET, 6: socket.AF_INET6}[family]
    with trio.move_on_after(_RESOLVER_SECONDS), contextlib.suppress(OSError):
        found = await trio.socket.getaddrinfo(name, None, family=wanted, type=socket.SOCK_DGRAM)
        return ip_address(str(found[0][4][0]).partition("%")[0])
    return None


def _of_program(program: Program, machine: Machine) -> Iterator[Tunnel]:
    if program.kind == "openvpn":
        tunnel = openvpn_tunnel(program, root=machine.root)
        if tunnel is not None:
            yield tunnel
        return
    if program.kind in ("ipsec", "wireguard"):
        return  # told by their own sockets
    kind = Kind(program.kind) if program.kind else Kind.OTHER
    if kind is Kind.OTHER and not program.netdevs:
        return
    host, port = _server_in(program) if kind in (Kind.OPENCONNECT, Kind.PPTP) else (None, None)
    address = _address(host) if host else None
    plain = kind is Kind.OPENCONNECT and "--no-dtls" in program.words
    yield Tunnel(
        kind=kind,
        name=program.netdevs[0] if program.netdevs else program.name,
        source=f"/proc/{program.pid}",
        netdev=program.netdevs[0] if program.netdevs else None,
        transport="tcp" if kind is Kind.PPTP else "udp",
        endpoint=address,
        port=port or _PORTS.get(kind),
        host=None if address else host,
        options=(("no-dtls", ""),) if plain else (),
        established=None if program.netdevs else False,
        user_space=True,
        process=program.title,
    )


def _server_in(program: Program) -> tuple[str | None, int | None]:
    """Return the server in a command line, and its port: those of its URL, or its last word."""
    words = [word for word in program.words[1:] if not word.startswith("-")]
    words.sort(key=lambda word: "//" in word)
    if not words:
        return None, None
    with contextlib.suppress(ValueError):
        url = urlsplit(words[-1] if "//" in words[-1] else f"//{words[-1]}")
        return url.hostname, url.port
    return None, None


async def _completed(
    tunnel: Tunnel,
    programs: Iterable[Program],
    addresses: dict[str, tuple[IPInterface, ...]],
    machine: Machine,
) -> Tunnel:
    """Add what others tell: the netdev of charon's own ESP, addresses, the endpoint of a name."""
    if tunnel.kind is Kind.IPSEC and tunnel.netdev is None:
        held = next((p for p in programs if p.kind == "ipsec" and p.netdevs), None)
        if held is not None:
            tunnel = replace(tunnel, netdev=held.netdevs[0], user_space=True, process=held.title)
    if tunnel.kind is Kind.WIREGUARD:
        tunnel = with_config(tunnel, root=machine.root)
    if tunnel.netdev is not None:
        tunnel = replace(tunnel, inner=addresses.get(tunnel.netdev, ()))
        holder = next((p for p in programs if tunnel.netdev in p.netdevs), None)
        if holder is not None and not tunnel.process:
            tunnel = replace(tunnel, process=holder.title)
    if not tunnel.inner and tunnel.ours:
        own = [one for some in addresses.values() for one in some if not one.ip.is_loopback]
        inner = [one for one in own if any(one.ip in network for network in tunnel.ours)]
        tunnel = replace(tunnel, inner=tuple(inner))
    if tunnel.kind is Kind.TAILSCALE:
        tunnel = with_status(tunnel, await ask_status(path=machine.path))
    if tunnel.management is not None:
        tunnel = await with_management(tunnel)
    if tunnel.endpoint is None and tunnel.host:
        tunnel = replace(tunnel, endpoint=await resolve(tunnel.host))
    return tunnel


def _without_doubles(tunnels: Iterable[Tunnel]) -> Iterator[Tunnel]:
    """Give each netdev once, what is known to be a VPN first."""
    seen: set[tuple[str, str]] = set()
    for tunnel in tunnels:
        key = (tunnel.netdev or "", tunnel.name if tunnel.netdev is None else "")
        peer = (str(tunnel.endpoint), "") if tunnel.kind is Kind.WIREGUARD else ("", "")
        whole = (key[0] + key[1], peer[0])
        if whole not in seen:
            seen.add(whole)
            yield tunnel


def _addresses() -> dict[str, tuple[IPInterface, ...]]:
    """Return the addresses of each netdev, link-local ones left out."""
    from pyroute2 import IPRoute

    found: dict[str, list[IPInterface]] = {}
    with IPRoute() as routes:
        names = {link["index"]: str(link.get_attr("IFLA_IFNAME")) for link in routes.get_links()}
        for message in routes.get_addr():
            text = message.get_attr("IFA_LOCAL") or message.get_attr("IFA_ADDRESS")
            interface = ip_interface(f"{text}/{message['prefixlen']}")
            if not interface.ip.is_link_local:
                found.setdefault(names.get(message["index"], ""), []).append(interface)
    return {name: tuple(some) for name, some in found.items()}


def _address(text: str | None) -> IPAddress | None:
    try:
        return ip_address(text) if text else None
    except ValueError:
        return None
