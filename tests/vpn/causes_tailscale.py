# SPDX-License-Identifier: GPL-2.0-or-later
"""Scenarios of Tailscale, by a stand-in that says what its programs would."""

from __future__ import annotations

from .cause import Cause
from .daemons import Daemons
from .tailscale import Tailscale, tailscale


def _direct(made: Daemons) -> None:
    tailscale(made, Tailscale(address="203.0.113.10:41641"))


def _without_udp(made: Daemons) -> None:
    tailscale(made, Tailscale(udp=False))


def _relayed(made: Daemons) -> None:
    tailscale(made, Tailscale(varies=True))


def _logged_out(made: Daemons) -> None:
    tailscale(made, Tailscale(state="NeedsLogin"))


CAUSES = (
    Cause(
        name="tailscale-healthy",
        how="a stand-in: a peer reached directly",
        entry="-",
        finding=None,
        tunnel=_direct,
    ),
    Cause(
        name="tailscale-without-udp",
        how="a stand-in: its netcheck finds no UDP",
        entry="E12, D6",
        finding="vpn/tailscale-without-udp",
        tunnel=_without_udp,
    ),
    Cause(
        name="tailscale-relayed",
        how="a stand-in: its netcheck finds ports that vary",
        entry="E12, D11",
        finding="vpn/tailscale-relayed",
        tunnel=_relayed,
    ),
    Cause(
        name="tailscale-logged-out",
        how="a stand-in: its status is NeedsLogin",
        entry="-",
        finding="vpn/tailscale-not-up",
        tunnel=_logged_out,
    ),
)
