# SPDX-License-Identifier: GPL-2.0-or-later
"""Tunnels over a link: which there are, and what can be measured of each.

Nothing here judges. ``find_tunnels`` asks everybody on the machine who may know of one; the
measurements are those of ``link``, outside and inside the tunnel. Keys are read for a single
handshake of WireGuard's, and none is kept.
"""

from __future__ import annotations

from ._certificates import Validity, validity
from ._find import HERE, Machine, find_tunnels, named_tunnel, resolve, same_tunnel
from ._handshake import Answer, Initiation, PeerKeys
from ._hello import IKE_PORT, NATT_PORT, Hello, dtls_hello, ike_hello, l2tp_hello, openvpn_hello
from ._keys import read_keys
from ._model import IPNetwork, Kind, Tunnel
from ._sizes import LEAST, added, inner_size
from ._tailscale import ask_netcheck

__all__ = [
    "HERE",
    "IKE_PORT",
    "LEAST",
    "NATT_PORT",
    "Answer",
    "Hello",
    "IPNetwork",
    "Initiation",
    "Kind",
    "Machine",
    "PeerKeys",
    "Tunnel",
    "Validity",
    "added",
    "ask_netcheck",
    "dtls_hello",
    "find_tunnels",
    "ike_hello",
    "inner_size",
    "l2tp_hello",
    "named_tunnel",
    "openvpn_hello",
    "read_keys",
    "resolve",
    "same_tunnel",
    "validity",
]
