# SPDX-License-Identifier: GPL-2.0-or-later
"""What the rungs of `vpn` share: the tunnel, what carries it, hosts inside, and the facts."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from qmiprobe.bearer import BearerFacts, FamilyFacts, Targets
from qmiprobe.check._check import Check
from qmiprobe.diagnosis import Facts
from qmiprobe.vpn import HERE, Kind, Machine, Tunnel

if TYPE_CHECKING:
    from qmiprobe.bearer import IPAddress
    from qmiprobe.link import HostFacts, NetdevFacts, RouteFacts


@dataclass(frozen=True, kw_only=True)
class VpnPace:
    """How long silence is listened to; tests make it shorter."""

    handshake_s: float = 7.0
    """For a tunnel that has to shake hands first; WireGuard tries again after 5 s."""
    passive_s: float = 10.5
    """WireGuard answers data by an empty packet after 10 s, if it has no other answer."""


@dataclass(frozen=True, kw_only=True)
class VpnOptions:
    """What the user asked for."""

    tunnel: str | None = None
    """Netdev, or the connection's name."""
    peer: str | None = None
    """Endpoint: a name or an address."""
    kind: Kind | None = None
    host: str | None = None
    """A host inside the tunnel to ask."""
    targets: Targets | None = None
    """Hosts beyond the tunnel; None: our list, where the tunnel is the default route."""
    reflector: str | None = None
    machine: Machine = HERE
    resolv_conf: str = "/etc/resolv.conf"
    pace: VpnPace = field(default_factory=VpnPace)


@dataclass
class VpnContext:
    """The state of one climb."""

    options: VpnOptions
    facts: Facts = field(default_factory=Facts)
    tunnel: Tunnel | None = None
    """Set by vpn.found."""
    others: tuple[Tunnel, ...] = ()
    netdev: NetdevFacts | None = None
    """The tunnel's own, where it has one."""
    host: HostFacts | None = None
    route: RouteFacts | None = None
    """To the endpoint; set by vpn.route."""
    carrier: NetdevFacts | None = None
    """The netdev that really carries it."""
    answering: tuple[IPAddress, ...] = ()
    """Hosts inside that answered; set by vpn.ping."""

    @property
    def the_tunnel(self) -> Tunnel:
        """The tunnel; only rungs that need vpn.found may ask."""
        assert self.tunnel is not None
        return self.tunnel

    @property
    def the_endpoint(self) -> IPAddress:
        """The endpoint's address; only rungs that need vpn.route may ask."""
        assert self.the_tunnel.endpoint is not None
        return self.the_tunnel.endpoint

    @property
    def carrier_name(self) -> str:
        """The netdev that carries it; lo where none is known."""
        return self.carrier.name if self.carrier is not None else "lo"

    @property
    def inside(self) -> BearerFacts | None:
        """The tunnel as a link of its own; None where no packet can be sent into it."""
        tunnel = self.the_tunnel
        name = tunnel.netdev or (self.carrier.name if self.carrier is not None else None)
        if name is None or not tunnel.inner:
            return None
        firsts = {one.version: one for one in reversed(tunnel.inner)}
        families = [FamilyFacts(family=n, interface=firsts[n]) for n in sorted(firsts)]
        return BearerFacts(netdev=name, families=tuple(families))

    @property
    def outside(self) -> BearerFacts | None:
        """What carries the tunnel, for packets to the endpoint; None where there is no route."""
        from ipaddress import ip_interface

        route = self.route
        if route is None or route.device is None or route.source is None:
            return None
        family = route.destination.version
        interface = ip_interface(f"{route.source}/{32 if family == 4 else 128}")
        facts = FamilyFacts(family=family, interface=interface)
        # what lets the tunnel through by its mark, or routes it by it, has to do so with probes
        return BearerFacts(netdev=route.device, families=(facts,), fwmark=self.the_tunnel.fwmark)


Rung = Check[VpnContext]
