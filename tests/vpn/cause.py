# SPDX-License-Identifier: GPL-2.0-or-later
"""What a scenario of a tunnel is, as data, and the words that scenarios are made of."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass, field

from tests.bed.recipe import Radio, Recipe, Services

from .daemons import Daemons, WireGuard, wireguard
from .openconnect import OpenConnect, openconnect
from .openvpn import OpenVpn, openvpn, secret
from .strongswan import StrongSwan, strongswan

Setup = Callable[[Daemons], None]

WG_PORT = "udp dport 51820"
FILTER = (
    "client: nft 'add table inet k; add chain inet k c {{ type filter hook {} priority 0; }}; "
    "add rule inet k c {} drop'"
)
DECOY = (
    "client: ip link add eth7 type veth peer name eth8",
    "client: ip link set eth8 up",
    "client: ip addr add 192.168.7.2/24 dev eth7",
    "client: ip link set eth7 up",
)


SLOW = Radio(
    delay_s=0.06,
    jitter_s=0.03,
    loss_up=0.02,
    loss_down=0.02,
    idle_s=2.0,
    promotion_s=0.8,
)


def small(mtu: int) -> dict[str, tuple[str, ...]]:
    """A carrier whose path takes so many bytes, and who filters ICMP."""
    errors = ("icmp type destination-unreachable drop", "icmpv6 type packet-too-big drop")
    return {
        "steps": (f"carrier: ip link set ul mtu {mtu}", f"net: ip link set dn mtu {mtu}"),
        "nft": tuple(f"{place}: output {one}" for place in ("carrier", "net") for one in errors),
    }


PORT_443_FREE = Services(answering=frozenset({"dns", "http", "ntp", "echo", "stun"}))
"""Nothing of the bed's own on the server's port 443."""
LATER = (
    "carrier: nft 'add table inet k; add chain inet k f {{ type filter hook forward priority 0; }}"
    "; add rule inet k f {} drop'"
)


def recipe(**how: object) -> Recipe:
    return Recipe(name="", cause="", finding=None, **how)  # type: ignore[arg-type]


def wg(**how: object) -> Setup:
    return lambda made: wireguard(made, WireGuard(**how))  # type: ignore[arg-type]


def ov(**how: object) -> Setup:
    return lambda made: openvpn(made, OpenVpn(**how))  # type: ignore[arg-type]


def oc(**how: object) -> Setup:
    return lambda made: openconnect(made, OpenConnect(**how))  # type: ignore[arg-type]


def ov_secret(made: Daemons) -> None:
    key = secret(made.folder)
    client = (f"tls-crypt {key}", f"management {made.folder}/management unix")
    openvpn(made, OpenVpn(client=client, server=("--tls-crypt", key)))


def ov_secret_blocked(made: Daemons) -> None:
    """A client whose server nobody reaches, and that keeps strangers out by a key."""
    openvpn(made, OpenVpn(wait=False, client=(f"tls-crypt {secret(made.folder)}",)))


def pptp_server(made: Daemons) -> None:
    """A server that takes connections on PPTP's port, and nothing more."""
    code = "import socket, time; s = socket.create_server(('0.0.0.0', 1723)); time.sleep(300)"
    made.start(made.bed.places["server"], sys.executable, "-c", code)
    made.until(lambda: ":1723" in made.bed.places["server"].run("ss", "-ltn"), "port 1723")


def ss(**how: object) -> Setup:
    return lambda made: strongswan(made, StrongSwan(**how))  # type: ignore[arg-type]


def ss_ended(made: Daemons) -> None:
    """An association whose server's daemon is killed."""
    strongswan(made)
    made.processes[-1].kill()
    made.processes[-1].wait()


def nothing(made: Daemons) -> None:
    """No tunnel at all."""


@dataclass(frozen=True, kw_only=True)
class Cause:
    """One scenario."""

    name: str
    how: str
    """How it is set up, for people."""
    entry: str
    """Of the catalogue of links and VPNs."""
    finding: str | None
    tunnel: Setup
    recipe: Recipe = field(default_factory=lambda: recipe())
    after: tuple[str, ...] = ()
    """``place: command``, once the tunnel is up."""
    host: str | None = None
    peer: str | None = None
    kind: str | None = None
    dns: str = "198.51.100.53"
    reflect: bool = False
    says: str = ""
    """What stands in a command of the finding."""
