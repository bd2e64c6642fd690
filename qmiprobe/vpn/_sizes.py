# SPDX-License-Identifier: GPL-2.0-or-later
"""How large a packet inside a tunnel may be where the outer path takes so many bytes.

Worst case of what each protocol adds: heads, numbers, initialisation vectors, padding to the
cipher's blocks, tags. Sources: the WireGuard paper 5.4.6, RFC 4303, RFC 3948, RFC 4106, RFC 7634,
OpenVPN's wire protocol (DATA_V2), RFC 6347, RFC 2661, RFC 2637.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ._model import Kind

if TYPE_CHECKING:
    from ._model import Tunnel

IP_HEADER = {4: 20, 6: 40}
UDP = 8
_WIREGUARD = 16 + 16
_WIREGUARD_BLOCK = 16
_OPENVPN_AEAD = 1 + 3 + 4 + 16
_OPENVPN_CBC = 1 + 3 + 16 + 20 + 4 + 16
"""HMAC-SHA1, IV, number, and a whole block of padding."""
_DTLS_GCM = 13 + 8 + 16 + 1
_ESP_HEAD = 8
_ESP_TRAILER = 2
_L2TP_PPP = UDP + 8 + 4
_PPTP = 16 + 6
"""GRE with key, sequence and acknowledgement; PPP and MPPE."""
LEAST = {4: 576, 6: 1280}
"""The smallest MTU that IP allows a link."""


def inner_size(tunnel: Tunnel, outer: int, *, family: int) -> int | None:
    """Return the largest inner IP packet that fits into ``outer`` bytes of IP ``family``.

    None where what the tunnel adds is not known, or TCP carries it, which cuts as it likes.
    """
    if tunnel.transport == "tcp":
        return None
    room = outer - IP_HEADER[family]
    if tunnel.kind in (Kind.WIREGUARD, Kind.TAILSCALE):
        # A side whose MTU is larger pads to blocks of 16: what fits for both ends is a multiple.
        return (room - UDP - _WIREGUARD) // _WIREGUARD_BLOCK * _WIREGUARD_BLOCK
    if tunnel.kind is Kind.OPENVPN:
        aead = "CBC" not in tunnel.cipher.upper()
        return room - UDP - (_OPENVPN_AEAD if aead else _OPENVPN_CBC)
    if tunnel.kind is Kind.OPENCONNECT:
        return room - UDP - _DTLS_GCM
    if tunnel.kind is Kind.PPTP:
        return room - _PPTP
    if tunnel.kind in (Kind.IPSEC, Kind.L2TP):
        inner = _esp_room(room - (UDP if tunnel.transport == "udp" else 0), tunnel.cipher)
        return inner - _L2TP_PPP if tunnel.kind is Kind.L2TP else inner
    return None


def added(tunnel: Tunnel, outer: int, *, family: int) -> int | None:
    """Return the bytes between the outer packet and the largest inner one."""
    inner = inner_size(tunnel, outer, family=family)
    return None if inner is None else outer - inner


def _esp_room(room: int, cipher: str) -> int:
    """Return what fits into ESP: head, vector, payload, padding, trailer, tag."""
    name = cipher.upper()
    if "CBC" in name:
        vector, block = (8, 8) if "3DES" in name else (16, 16)
        tag = 12 if "SHA1" in name or "MD5" in name else _hash_tag(name)
    else:
        vector, block, tag = 8, 4, 16  # AEAD: GCM, CCM, ChaCha20-Poly1305
    whole = (room - _ESP_HEAD - vector - tag) // block * block
    return whole - _ESP_TRAILER


def _hash_tag(name: str) -> int:
    for bits, tag in (("512", 32), ("384", 24), ("256", 16)):
        if f"SHA2_{bits}" in name or f"SHA{bits}" in name:
            return tag
    return 16
