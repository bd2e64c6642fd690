# SPDX-License-Identifier: GPL-2.0-or-later
"""What is known of a tunnel: plain facts, whoever tells them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from ipaddress import IPv4Network, IPv6Network
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qmiprobe.bearer import IPAddress, IPInterface

    from ._certificates import Validity
    from ._management import Management

IPNetwork = IPv4Network | IPv6Network


class Kind(StrEnum):
    """Which VPN it is."""

    WIREGUARD = "wireguard"
    OPENVPN = "openvpn"
    IPSEC = "ipsec"
    L2TP = "l2tp"
    PPTP = "pptp"
    OPENCONNECT = "openconnect"
    TAILSCALE = "tailscale"
    OTHER = "tunnel"
    """A TUN netdev of a program that we do not know."""


@dataclass(frozen=True, kw_only=True)
class Tunnel:
    """One tunnel. What nobody told is None, 0 or empty."""

    kind: Kind
    name: str
    """For people: the netdev, or the connection's name in its configuration."""
    source: str
    """Who told."""
    netdev: str | None = None
    """None: the kernel's IPsec has none of its own."""
    transport: str = "udp"
    """What carries it: udp, tcp, esp, gre."""
    endpoint: IPAddress | None = None
    port: int | None = None
    host: str | None = None
    """The endpoint's name, where the configuration has a name."""
    local: IPAddress | None = None
    """This side's outer address, where it is bound to one."""
    local_port: int | None = None
    """Its own UDP port."""
    fwmark: int = 0
    """Mark of its outer packets; 0: none."""
    established: bool | None = None
    """Whether the two sides have agreed on keys and these are not too old."""
    handshake_s: float | None = None
    """Seconds since the last handshake."""
    keepalive_s: int | None = None
    """0: off."""
    sent: int | None = None
    received: int | None = None
    """Bytes, as the tunnel counts them."""
    networks: tuple[IPNetwork, ...] = ()
    """What it is for: AllowedIPs, traffic selectors; empty: not told."""
    ours: tuple[IPNetwork, ...] = ()
    """This side's part of the traffic selectors."""
    inner: tuple[IPInterface, ...] = ()
    """This side's addresses inside."""
    cipher: str = ""
    user_space: bool = False
    process: str = ""
    """The program's name and id."""
    config: str = ""
    """Path of its configuration."""
    certificates: tuple[tuple[str, Validity], ...] = ()
    """Of its configuration: whose (``own``, ``authority``), and when they are valid."""
    management: Management | None = None
    """Where its process tells of itself (OpenVPN)."""
    options: tuple[tuple[str, str], ...] = ()
    """Settings that matter for a diagnosis, as the program names them."""

    def option(self, name: str) -> str | None:
        """Return a setting, or None where it was not told."""
        return next((value for key, value in self.options if key == name), None)

    def carries(self, family: int) -> bool:
        """Whether packets of IP family 4 or 6 may go through it."""
        if self.inner:
            return any(one.version == family for one in self.inner)
        return any(one.version == family for one in self.networks)
