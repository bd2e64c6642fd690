# SPDX-License-Identifier: GPL-2.0-or-later
"""What can be wrong with the simulated data plane, as one plain value."""

from __future__ import annotations

from dataclasses import dataclass

SMALLEST_MTU = 68
"""What every IPv4 link must carry (RFC 791)."""


@dataclass(frozen=True, kw_only=True)
class NetworkFaults:
    """Faults of the data plane; the default is a healthy network. Any of them may be combined.

    Sizes are bytes of an IP packet. "Up" is from the host to the network.
    """

    phantom_session: bool = False
    """The session is up, the modem counts what it sends, and nothing ever comes back."""
    raw_ip_mismatch: bool = False
    """The host's netdev is 802.3 (a TAP) while the modem speaks raw-IP."""
    no_dns: bool = False
    """The DNS servers are silent, UDP and TCP, while they still answer a ping."""
    dns_hijacked: bool = False
    """A name that does not exist resolves to an address of the operator's."""
    dns_truncated: bool = False
    """Answers over UDP come empty with the TC bit: the client must ask again over TCP."""
    walled_garden: bool = False
    """Every page redirects to the operator's portal."""
    mtu_up: int | None = None
    """Path MTU up; longer packets are answered with "fragmentation needed" / "too big"."""
    mtu_down: int | None = None
    mtu_black_hole_up: int | None = None
    """Packets up that are longer than this vanish in silence."""
    mtu_black_hole_down: int | None = None

    def __post_init__(self) -> None:
        for name in ("mtu_up", "mtu_down", "mtu_black_hole_up", "mtu_black_hole_down"):
            size = getattr(self, name)
            if size is not None and size < SMALLEST_MTU:
                raise ValueError(f"fault {name}={size}: must be at least {SMALLEST_MTU} bytes")
