# SPDX-License-Identifier: GPL-2.0-or-later
"""Scenarios of what this host itself does with packets for a tunnel: routes, marks, fragments."""

from __future__ import annotations

from .cause import FILTER, WG_PORT, Cause, recipe, ss, wg

_NO_FRAGMENTS = ("net: early ip frag-off & 0x1fff != 0 drop",)

CAUSES = (
    Cause(
        name="address-overlap",
        how="the network behind the tunnel is wwan0's own too",
        entry="A5",
        finding="vpn/address-overlap",
        tunnel=wg(allowed=("10.64.0.0/24", "10.9.0.0/24")),
        after=(
            "client: ip route add 10.64.0.0/24 dev wg0",
            "server: ip addr add 10.64.0.1/32 dev lo",
        ),
        host="10.64.0.1",
        says="ip route add 10.64.0.1 dev wg0",
    ),
    Cause(
        name="not-routed",
        how="AllowedIPs have a network that no route leads to",
        entry="A2",
        finding="vpn/not-routed",
        tunnel=wg(allowed=("10.9.0.0/24", "10.77.0.0/16")),
        says="ip route add 10.77.0.0/16 dev wg0",
    ),
    Cause(
        name="default-not-routed",
        how="AllowedIPs 0.0.0.0/0 and ::/0, and no route into wg0",
        entry="A2",
        finding="vpn/not-routed",
        tunnel=wg(fwmark=0x5000, allowed=("0.0.0.0/0", "::/0")),
    ),
    Cause(
        name="kill-switch-by-mark",
        how="unmarked UDP may not leave; carrier drops UDP 51820",
        entry="A4, D6",
        finding="vpn/handshake-unanswered",
        tunnel=wg(fwmark=0x5000),
        recipe=recipe(nft=(f"carrier: forward {WG_PORT} drop",)),
        after=(FILTER.format("output", "oifname wwan0 meta l4proto udp meta mark != 0x5000"),),
    ),
    Cause(
        name="mark-by-old-gateway",
        how="the mark's table has the gateway of an earlier session",
        entry="A3",
        finding="vpn/endpoint-route-leftover",
        tunnel=wg(fwmark=0x5000),
        after=(
            "client: ip route add default via 10.64.0.9 dev wwan0 onlink table 78",
            "client: ip rule add fwmark 0x5000 lookup 78",
        ),
        says="ip route replace 203.0.113.10 via 10.64.0.1 dev wwan0 table 78",
    ),
    Cause(
        name="in-pieces",
        how="wwan0 1428, so that packets are cut; fragments dropped",
        entry="E2, D3",
        finding="vpn/mtu-above-path",
        tunnel=wg(),
        recipe=recipe(nft=_NO_FRAGMENTS),
        after=(
            "client: ip link set wwan0 mtu 1428",
            "carrier: ip link set ue mtu 1428",
        ),
        says="mtu 1360",
    ),
    Cause(
        name="input-filter-later",
        how="nft input: drop UDP from 51820, after the handshake",
        entry="A4",
        finding="vpn/input-filter",
        tunnel=wg(keepalive=25),
        after=("client: sleep 1", FILTER.format("input", "udp sport 51820")),
        host="10.9.0.1",
    ),
    Cause(
        name="ipsec-input-filter",
        how="nft input: drop UDP from 4500, once the association is there",
        entry="A4, E7",
        finding="vpn/input-filter",
        tunnel=ss(),
        after=(FILTER.format("input", "udp sport { 500, 4500 }"),),
    ),
    Cause(
        name="server-rejects",
        how="the server's own firewall rejects UDP 51820",
        entry="D6",
        finding="vpn/port-rejected",
        tunnel=wg(),
        recipe=recipe(nft=(f"server: input {WG_PORT} reject with icmp type admin-prohibited",)),
    ),
)
