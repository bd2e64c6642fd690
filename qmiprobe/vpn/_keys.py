# SPDX-License-Identifier: GPL-2.0-or-later
"""The keys of a WireGuard tunnel, for one handshake with its peer: read when needed, never kept."""

from __future__ import annotations

import base64
import binascii
import contextlib
from typing import TYPE_CHECKING

import trio

from ._handshake import PeerKeys
from ._wireguard import ask_socket, split_socket

if TYPE_CHECKING:
    from pathlib import Path

    from ._model import Tunnel

_SIZE = 32


async def read_keys(tunnel: Tunnel, run: Path) -> PeerKeys | None:
    """Return the keys toward a tunnel's peer, which root alone is told; None where nobody tells."""
    path = run / "wireguard" / f"{tunnel.netdev}.sock"
    if path.exists():
        return keys_of_socket(await ask_socket(path), tunnel)
    return await trio.to_thread.run_sync(_of_kernel, tunnel)


def keys_of_socket(text: str, tunnel: Tunnel) -> PeerKeys | None:
    """Return them of what a program beside the kernel said of itself."""
    device, peers = split_socket(text)
    ours = next((one for one in map(dict, peers) if one.get("endpoint") == _shown(tunnel)), None)
    if ours is None:
        return None
    secret = _key(ours.get("preshared_key")) or bytes(_SIZE)
    return _made(_key(device.get("private_key")), _key(ours["public_key"]), secret)


def _shown(tunnel: Tunnel) -> str:
    """The endpoint as WireGuard writes it."""
    host = f"[{tunnel.endpoint}]" if ":" in str(tunnel.endpoint) else str(tunnel.endpoint)
    return f"{host}:{tunnel.port}"


def _of_kernel(tunnel: Tunnel) -> PeerKeys | None:
    from pyroute2 import WireGuard

    with contextlib.suppress(Exception), WireGuard() as wireguard:
        private = b""
        for message in wireguard.info(tunnel.netdev):
            private = _key(message.get_attr("WGDEVICE_A_PRIVATE_KEY")) or private
            for peer in message.get_attr("WGDEVICE_A_PEERS") or ():
                endpoint = peer.get_attr("WGPEER_A_ENDPOINT") or {}
                if (endpoint.get("addr"), endpoint.get("port")) == (
                    str(tunnel.endpoint),
                    tunnel.port,
                ):
                    secret = _key(peer.get_attr("WGPEER_A_PRESHARED_KEY")) or bytes(_SIZE)
                    return _made(private, _key(peer.get_attr("WGPEER_A_PUBLIC_KEY")), secret)
    return None


def _made(private: bytes, peer: bytes, secret: bytes) -> PeerKeys | None:
    if {len(private), len(peer), len(secret)} != {_SIZE} or not any(private):
        return None
    return PeerKeys(private, peer, secret)


def _key(told: object) -> bytes:
    """A key as it is told: 64 digits, base64 of it, or its bytes."""
    data = told.encode() if isinstance(told, str) else told
    if not isinstance(data, bytes):
        return b""
    with contextlib.suppress(binascii.Error, ValueError):
        if len(data) == 2 * _SIZE:
            return bytes.fromhex(data.decode("ascii", "replace"))
        if len(data) > _SIZE:
            return base64.b64decode(data, validate=True)
    return data
