# SPDX-License-Identifier: GPL-2.0-or-later
"""Faults of modem and netdev, as far as a host without a modem can have them: group B."""

from __future__ import annotations

from .recipe import Radio, Recipe

_SECOND = (
    "client: ip link add other0 type veth peer name other1",
    "client: ip link set other0 up",
    "client: ip link set other1 up",
)

RECIPES = (
    Recipe(
        name="netdev-down",
        note="wwan0 set down",
        cause="A2",
        finding="netdev/down",
        steps=("client: ip link set wwan0 down",),
    ),
    Recipe(
        name="missing-address",
        note="all addresses taken away",
        cause="B5",
        finding="netdev/missing-address",
        steps=("client: ip addr flush dev wwan0 scope global",),
    ),
    Recipe(
        name="missing-address-v6",
        note="those of IPv6",
        cause="B5",
        finding="netdev/missing-address",
        steps=("client: ip -6 addr flush dev wwan0 scope global",),
    ),
    Recipe(
        name="stale-address",
        note="one more address, of another network",
        cause="D20",
        finding="netdev/stale-address",
        steps=("client: ip addr add 10.64.7.9/30 dev wwan0",),
    ),
    Recipe(
        name="other-data-path",
        note="the session's address on another netdev",
        cause="B8",
        finding="host/other-data-path",
        steps=(
            *_SECOND,
            "client: ip addr flush dev wwan0 scope global",
            "client: ip addr add 10.64.0.2/30 dev other0",
        ),
    ),
    Recipe(
        name="modem-speaks-802.3",
        note="TUN netdev; frames come in, none is understood",
        cause="B1",
        finding="netdev/format-mismatch",
        radio=Radio(framed=True),
    ),
    Recipe(
        name="modem-speaks-raw-ip",
        note="TAP netdev; bare packets come in, none is understood",
        cause="B1",
        finding="netdev/format-mismatch",
        radio=Radio(bare=True),
    ),
    Recipe(
        name="no-arp-answer",
        note="ARP off at the other end",
        cause="B5",
        finding="netdev/no-arp-answer",
        steps=(
            "carrier: ip link set ue arp off",
            "client: ip link set wwan0 address 02:00:00:00:00:07",
            "client: ip -6 route replace default via 2001:db8:1::1 dev wwan0 metric 700",
            "carrier: ip addr flush dev ue",
        ),
    ),
    Recipe(
        name="no-carrier",
        note="the other end is down",
        cause="B6",
        finding="netdev/no-carrier",
        steps=("carrier: ip link set ue down", "client: sleep 0.2"),
    ),
    Recipe(
        name="phantom",
        note="the carrier drops all that comes",
        cause="B6",
        finding="session/phantom",
        nft=(
            "carrier: before iifname ue ip protocol { tcp, udp, icmp } drop",
            "carrier: before iifname ue meta nfproto ipv6 meta l4proto { tcp, udp } drop",
            "carrier: before iifname ue icmpv6 type echo-request drop",
        ),
    ),
    Recipe(
        name="phantom-downlink",
        note="the carrier sends nothing, no answers of neighbours either",
        cause="B6",
        finding="session/phantom",
        nft=("carrier: output oifname ue drop", "carrier: forward oifname ue drop"),
    ),
    Recipe(
        name="phantom-raw-ip",
        note="the radio loses all that is sent",
        cause="B6",
        finding="session/phantom",
        radio=Radio(loss_up=1.0),
    ),
)
