# SPDX-License-Identifier: GPL-2.0-or-later
"""Scenarios of VPNs over TLS: OpenConnect with ocserv, and certificates against the clock."""

from __future__ import annotations

from dataclasses import replace

from tests.bed.recipe import Services

from .cause import LATER, PORT_443_FREE, Cause, oc, ov, recipe

_UDP_443 = ("carrier: forward udp dport 443 drop",)
_YEAR = 365 * 86400.0
_LATE = replace(PORT_443_FREE, clock_s=_YEAR)
"""A year ahead of this machine."""

CAUSES = (
    Cause(
        name="openconnect-healthy",
        how="ocserv, TLS and DTLS",
        entry="-",
        finding=None,
        tunnel=oc(),
        recipe=recipe(services=PORT_443_FREE),
    ),
    Cause(
        name="openconnect-mtu",
        how="carrier 1428, ICMP filtered",
        entry="E11, D1",
        finding="vpn/mtu-above-path",
        tunnel=oc(),
        recipe=recipe(services=PORT_443_FREE),
        after=(
            "carrier: ip link set ul mtu 1428",
            "net: ip link set dn mtu 1428",
            *(
                f"{place}: nft 'add table inet k; "
                "add chain inet k o { type filter hook output priority 0; }; "
                "add rule inet k o icmp type destination-unreachable drop'"
                for place in ("carrier", "net")
            ),
        ),
        says="mtu 1362",
    ),
    Cause(
        name="dtls-blocked",
        how="the carrier drops UDP 443 once DTLS is up",
        entry="E11",
        finding="vpn/dtls-blocked",
        tunnel=oc(),
        recipe=recipe(services=PORT_443_FREE),
        after=(LATER.format("udp dport 443"),),
    ),
    Cause(
        name="dtls-unused",
        how="the carrier drops UDP 443 from the first",
        entry="E11",
        finding="vpn/dtls-unused",
        tunnel=oc(),
        recipe=recipe(services=PORT_443_FREE, nft=_UDP_443),
    ),
    Cause(
        name="certificate-ended",
        how="ocserv's certificate ended yesterday",
        entry="A12",
        finding="vpn/certificate-not-valid",
        tunnel=oc(days=(-40, -1), connect=False),
        recipe=recipe(services=PORT_443_FREE),
        peer="203.0.113.10",
        kind="openconnect",
    ),
    Cause(
        name="clock-before-certificate",
        how="a year behind, the certificate of last week",
        entry="A12",
        finding="vpn/clock-wrong",
        tunnel=oc(days=(358, 500), connect=False),
        recipe=recipe(services=_LATE),
        peer="203.0.113.10",
        kind="openconnect",
    ),
    Cause(
        name="openvpn-clock-before-certificate",
        how="the same; the client refuses the server",
        entry="A12",
        finding="vpn/clock-wrong",
        tunnel=ov(days=(358, 500), wait=False),
        recipe=recipe(services=Services(clock_s=_YEAR)),
    ),
    Cause(
        name="openvpn-certificate-ended",
        how="the authority's certificate ended yesterday",
        entry="A12",
        finding="vpn/certificate-not-valid",
        tunnel=ov(days=(-40, -1), wait=False),
    ),
)
