# SPDX-License-Identifier: GPL-2.0-or-later
"""What the program ``tailscale`` tells: ``status --json`` and ``netcheck --format=json``."""

from __future__ import annotations

import contextlib
import json
import shutil
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from ipaddress import ip_address, ip_network
from typing import TYPE_CHECKING

import trio

from ._model import Tunnel

if TYPE_CHECKING:
    from qmiprobe.bearer import IPAddress

    from ._model import IPNetwork

_STATUS_SECONDS, _NETCHECK_SECONDS = 4.0, 12.0


@dataclass(frozen=True, kw_only=True)
class Netcheck:
    """What its own check of the network found; None: it did not say."""

    udp: bool | None = None
    """Whether any UDP comes back."""
    varies: bool | None = None
    """Whether the NAT gives each destination another port."""
    relay: int | None = None
    """The region whose relay is nearest."""


async def ask_status(*, path: str | None = None) -> Mapping[str, object]:
    """Return what ``tailscale status --json`` says; empty where there is no such program."""
    return await _ask("status", "--json", seconds=_STATUS_SECONDS, path=path)


async def ask_netcheck(*, path: str | None = None) -> Netcheck | None:
    """Return what ``tailscale netcheck`` finds, within 12 s; None where it finds nothing."""
    words = ("netcheck", "--format=json")
    return netcheck_of(await _ask(*words, seconds=_NETCHECK_SECONDS, path=path))


def netcheck_of(said: Mapping[str, object]) -> Netcheck | None:
    """Return what stands in a report."""
    if not said:
        return None
    relay = said.get("PreferredDERP")
    return Netcheck(
        udp=_flag(said.get("UDP")),
        varies=_flag(said.get("MappingVariesByDestIP")),
        relay=relay if isinstance(relay, int) and relay > 0 else None,
    )


def with_status(tunnel: Tunnel, said: Mapping[str, object]) -> Tunnel:
    """Return the tunnel with what a status tells: its state, and the peer that it talks to."""
    if not said:
        return tunnel
    peers = [one for one in _peers(said) if one.get("Online") is not False]
    peers.sort(key=lambda one: (not one.get("Active"), not one.get("CurAddr")))
    endpoint, port = _endpoint(peers[0].get("CurAddr")) if peers else (None, None)
    relay = str(peers[0].get("Relay") or "") if peers and endpoint is None else ""
    state = str(said.get("BackendState") or "")
    return replace(
        tunnel,
        established=state == "Running",
        endpoint=endpoint,
        port=port or tunnel.port,
        networks=tuple(network for peer in peers for network in _addresses(peer)),
        options=tuple(
            (name, value) for name, value in (("state", state), ("relay", relay)) if value
        ),
    )


async def _ask(*words: str, seconds: float, path: str | None) -> Mapping[str, object]:
    program = shutil.which("tailscale", path=path)
    if program is None:
        return {}
    with contextlib.suppress(OSError, ValueError), trio.move_on_after(seconds):
        done = await trio.run_process(
            [program, *words],
            capture_stdout=True,
            stderr=subprocess.DEVNULL,
            stdin=b"",
            check=False,
        )
        said = json.loads(done.stdout.decode("utf-8", "replace"))
        return said if isinstance(said, dict) else {}
    return {}


def _peers(said: Mapping[str, object]) -> list[Mapping[str, object]]:
    peers = said.get("Peer")
    return (
        [one for one in peers.values() if isinstance(one, dict)] if isinstance(peers, dict) else []
    )


def _addresses(peer: Mapping[str, object]) -> Iterator[IPNetwork]:
    addresses = peer.get("TailscaleIPs")
    for text in addresses if isinstance(addresses, Sequence) else ():
        with contextlib.suppress(ValueError):
            yield ip_network(str(text))


def _endpoint(text: object) -> tuple[IPAddress | None, int | None]:
    host, _, port = str(text or "").rpartition(":")
    with contextlib.suppress(ValueError):
        return ip_address(host.strip("[]")), int(port)
    return None, None


def _flag(value: object) -> bool | None:
    return value if isinstance(value, bool) else None
