# SPDX-License-Identifier: GPL-2.0-or-later
"""WireGuard tunnels: the kernel's by generic netlink, others by their sockets.

Programs beside the kernel (wireguard-go, boringtun) answer on ``/run/wireguard/NETDEV.sock`` in a
text protocol (wireguard.com/xplatform). No key is kept or shown.
"""

from __future__ import annotations

import contextlib
import socket
import time
from collections.abc import Iterable, Iterator
from dataclasses import replace
from ipaddress import ip_address, ip_network
from pathlib import Path
from typing import TYPE_CHECKING

import trio

from ._model import Kind, Tunnel

if TYPE_CHECKING:
    from qmiprobe.bearer import IPAddress

    from ._model import IPNetwork

REKEY_SECONDS = 180.0
"""After which a handshake's keys are refused (REJECT_AFTER_TIME)."""
_PATIENCE = 2.0


async def find_wireguard(run: Path) -> list[Tunnel]:
    """Return the WireGuard tunnels of this network namespace, one for each peer."""
    found = await trio.to_thread.run_sync(_kernel)
    here = {name for _, name in socket.if_nameindex()}  # a socket may be of another namespace
    for path in sorted((run / "wireguard").glob("*.sock")):
        if path.stem in here:
            found += list(await read_socket(path))
    return found


async def read_socket(path: Path) -> Iterator[Tunnel]:
    """Return the tunnels of a program beside the kernel; none where it does not answer."""
    text = await ask_socket(path)
    return parse_socket(text, netdev=path.stem, source=str(path), now=time.time())


async def ask_socket(path: Path) -> str:
    """Return what a program beside the kernel says of itself, its keys too; empty if nothing."""
    with contextlib.suppress(OSError, trio.BrokenResourceError), trio.move_on_after(_PATIENCE):
        async with await trio.open_unix_socket(str(path)) as stream:
            await stream.send_all(b"get=1\n\n")
            data = b""
            while b"\n\n" not in data and (part := await stream.receive_some(65536)):
                data += part
            return data.decode("ascii", "replace")
    return ""


def parse_socket(text: str, *, netdev: str, source: str, now: float) -> Iterator[Tunnel]:
    """Give a tunnel for each peer in what a program said of itself."""
    device, peers = split_socket(text)
    for peer in peers:
        values = dict(peer)
        networks = [value for key, value in peer if key == "allowed_ip"]
        yield _tunnel(
            netdev=netdev,
            source=source,
            endpoint=_endpoint(values.get("endpoint")),
            fwmark=_number(device.get("fwmark")),
            local_port=_number(device.get("listen_port")),
            handshake=_number(values.get("last_handshake_time_sec")),
            keepalive=_number(values.get("persistent_keepalive_interval")),
            sent=_number(values.get("tx_bytes")),
            received=_number(values.get("rx_bytes")),
            networks=networks,
            now=now,
            user_space=True,
        )


def split_socket(text: str) -> tuple[dict[str, str], list[list[tuple[str, str]]]]:
    """Return what a program said of its netdev, and of each peer, in its order."""
    device: dict[str, str] = {}
    peers: list[list[tuple[str, str]]] = []
    for line in text.splitlines():
        key, _, value = line.partition("=")
        if key == "public_key":
            peers.append([])
        if not peers:
            device[key] = value
        elif key != "errno":
            peers[-1].append((key, value))
    return device, peers


def with_config(tunnel: Tunnel, *, root: Path) -> Tunnel:
    """Return the tunnel with what wg-quick's file tells: its path, and the endpoint's name."""
    path = root / "etc" / "wireguard" / f"{tunnel.netdev}.conf"
    try:
        lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return tunnel
    endpoints = []
    for line in lines:
        key, _, value = line.partition("#")[0].partition("=")
        if key.strip().lower() == "endpoint":
            endpoints.append(value.strip().rpartition(":")[0])
    host = endpoints[0] if len(endpoints) == 1 and endpoints[0] else None
    with contextlib.suppress(ValueError):
        ip_address((host or "").strip("[]"))
        host = None  # an address: nothing that could move
    return replace(tunnel, config=str(path), host=host)


def _kernel() -> list[Tunnel]:
    """Ask the kernel for its WireGuard netdevs; none where it has no such thing."""
    from pyroute2 import IPRoute

    with IPRoute() as routes:
        names = [
            str(link.get_attr("IFLA_IFNAME"))
            for link in routes.get_links()
            if (info := link.get_attr("IFLA_LINKINFO")) is not None
            and info.get_attr("IFLA_INFO_KIND") == "wireguard"
        ]
    if not names:
        return []
    from pyroute2 import WireGuard

    found: list[Tunnel] = []
    with contextlib.suppress(Exception), WireGuard() as wireguard:
        for name in names:
            for message in wireguard.info(name):
                found += _from_kernel(name, message)
    return found


def _from_kernel(name: str, message: object) -> Iterator[Tunnel]:
    get = message.get_attr  # type: ignore[attr-defined]
    for peer in get("WGDEVICE_A_PEERS") or ():
        endpoint = peer.get_attr("WGPEER_A_ENDPOINT") or {}
        address, port = endpoint.get("addr"), endpoint.get("port")
        stamp = peer.get_attr("WGPEER_A_LAST_HANDSHAKE_TIME") or {}
        allowed = peer.get_attr("WGPEER_A_ALLOWEDIPS") or ()
        yield _tunnel(
            netdev=name,
            source="generic netlink",
            endpoint=(ip_address(address), int(port or 0)) if address else None,
            fwmark=int(get("WGDEVICE_A_FWMARK") or 0),
            local_port=int(get("WGDEVICE_A_LISTEN_PORT") or 0),
            handshake=int(stamp.get("tv_sec") or 0),
            keepalive=int(peer.get_attr("WGPEER_A_PERSISTENT_KEEPALIVE_INTERVAL") or 0),
            sent=int(peer.get_attr("WGPEER_A_TX_BYTES") or 0),
            received=int(peer.get_attr("WGPEER_A_RX_BYTES") or 0),
            networks=[str(one["addr"]) for one in allowed if "addr" in one],
            now=time.time(),
            user_space=False,
        )


def _tunnel(
    *,
    netdev: str,
    source: str,
    endpoint: tuple[IPAddress, int] | None,
    fwmark: int,
    local_port: int,
    handshake: int,
    keepalive: int,
    sent: int,
    received: int,
    networks: Iterable[str],
    now: float,
    user_space: bool,
) -> Tunnel:
    age = max(0.0, now - handshake) if handshake else None
    return Tunnel(
        kind=Kind.TAILSCALE if netdev.startswith("tailscale") else Kind.WIREGUARD,
        name=netdev,
        source=source,
        netdev=netdev,
        endpoint=endpoint[0] if endpoint else None,
        port=endpoint[1] if endpoint else None,
        fwmark=fwmark,
        local_port=local_port or None,
        established=age is not None and age < REKEY_SECONDS,
        handshake_s=age,
        keepalive_s=keepalive,
        sent=sent,
        received=received,
        networks=tuple(_networks(networks)),
        user_space=user_space,
    )


def _networks(texts: Iterable[str]) -> Iterator[IPNetwork]:
    for text in texts:
        with contextlib.suppress(ValueError):
            yield ip_network(text, strict=False)


def _endpoint(text: str | None) -> tuple[IPAddress, int] | None:
    host, _, port = (text or "").rpartition(":")
    try:
        return ip_address(host.strip("[]").partition("%")[0]), int(port)
    except ValueError:
        return None


def _number(text: str | None) -> int:
    try:
        return int(text or "0", 0)
    except ValueError:
        return 0
