# SPDX-License-Identifier: GPL-2.0-or-later
"""Every scenario, and the findings that only the tests of the rules set up."""

from __future__ import annotations

from . import causes_host, causes_others, causes_tailscale, causes_tls, causes_wireguard
from .cause import Cause

CAUSES: tuple[Cause, ...] = (
    *causes_wireguard.CAUSES,
    *causes_host.CAUSES,
    *causes_others.CAUSES,
    *causes_tls.CAUSES,
    *causes_tailscale.CAUSES,
)

UNIT_ONLY = {
    "vpn/not-permitted": ("V00", "a TUN netdev, looked at by a plain user"),
    "vpn/no-endpoint": ("E3", "facts of a name that does not resolve"),
    "vpn/esp-blocked": ("D4, E8", "facts: ESP out, none in; needs the kernel's own IPsec"),
    "vpn/l2tp-in-clear": ("E9", "facts: UDP 1701 on the netdev that carries it"),
    "vpn/mtu-told-smaller": ("D1", "facts: a router inside says a size"),
}
"""Findings that only the tests of the rules set up, by facts."""
