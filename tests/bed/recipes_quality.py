# SPDX-License-Identifier: GPL-2.0-or-later
"""Faults of the NAT on the way, of how good the link is, and of what it does under load."""

from __future__ import annotations

from .recipe import Radio, Recipe

_TCP_SHORT = (
    "carrier: sysctl -qw net.netfilter.nf_conntrack_tcp_timeout_established=2"
    " net.netfilter.nf_conntrack_tcp_loose=0"
)
_NAT = (
    Recipe(
        name="nat-symmetric",
        cause="D11",
        finding="path/nat-symmetric",
        steps=(
            "carrier: nft flush chain ip cgnat out",
            "carrier: nft add rule ip cgnat out oifname ul masquerade fully-random",
        ),
        note="masquerade fully-random",
    ),
    Recipe(
        name="nat-forgets",
        cause="D8",
        finding="path/nat-short",
        steps=(
            "carrier: sysctl -qw net.netfilter.nf_conntrack_udp_timeout=3"
            " net.netfilter.nf_conntrack_udp_timeout_stream=3",
        ),
        needs_reflector=True,
        note="UDP mappings live three seconds",
    ),
    Recipe(
        name="tcp-forgotten",
        cause="D9",
        finding="path/tcp-idle-short",
        steps=(_TCP_SHORT,),
        nft=("carrier: forward ct state invalid drop",),
        needs_reflector=True,
        note="TCP connections are forgotten after two seconds, then silence",
    ),
    Recipe(
        name="tcp-forgotten-reset",
        cause="D9",
        finding="path/tcp-idle-short",
        steps=(_TCP_SHORT,),
        nft=("carrier: forward ct state invalid meta l4proto tcp reject with tcp reset",),
        needs_reflector=True,
        note="the same, and what comes later is reset",
    ),
    Recipe(
        name="reflector-without-tcp",
        cause="D6",
        finding="link/no-reflector",
        nft=("carrier: forward tcp dport 47900 drop",),
        needs_reflector=True,
        note="the reflector's port is dropped over TCP: no lifetime",
    ),
    Recipe(
        name="wireguard-shape",
        cause="D7",
        finding="path/shape-filtered",
        nft=("carrier: forward udp length 156 @th,64,32 0x01000000 drop",),
        needs_reflector=True,
        note="handshakes of WireGuard dropped by their looks",
    ),
    Recipe(
        name="flow-cut-off",
        cause="D7",
        finding="path/flow-cut-off",
        nft=("carrier: forward iifname ue udp dport 47900 ct original packets > 10 drop",),
        needs_reflector=True,
        note="UDP flows cut off after ten packets",
    ),
)

_QUALITY = (
    Recipe(
        name="loss",
        cause="D17",
        finding="path/packet-loss",
        radio=Radio(delay_s=0.01, loss_up=0.08, loss_down=0.08),
        note="8 % of packets lost each way",
    ),
    Recipe(
        name="loss-in-bursts",
        cause="D17",
        finding="path/packet-loss",
        radio=Radio(delay_s=0.01, loss_up=0.2, loss_down=0.2, burst=3),
        note="20 % lost each way, three in a row",
    ),
    Recipe(
        name="pings-rationed",
        cause="D21",
        finding=None,
        nft=("server: output icmp type echo-reply limit rate over 5/second drop",),
        note="the host answers five pings a second: no fault of the link",
    ),
    Recipe(
        name="reordering",
        cause="D17",
        finding="path/out-of-order",
        radio=Radio(delay_s=0.01, jitter_s=0.05, keep_order=False),
        note="delays spread over 50 ms, order not kept",
    ),
    Recipe(
        name="duplicates",
        cause="D17",
        finding="path/duplicates",
        radio=Radio(delay_s=0.01, duplicate=0.1),
        note="each tenth packet twice",
    ),
    Recipe(
        name="radio-sleeps",
        cause="D19",
        finding="path/slow-wake-up",
        radio=Radio(delay_s=0.02, idle_s=0.7, promotion_s=0.9),
        note="after a silence the radio needs 0.9 s",
    ),
)

_TBF = "tbf rate 2mbit burst 5kb latency 2000ms"

_LOAD = (
    Recipe(
        name="bufferbloat",
        cause="D18",
        finding="path/bufferbloat",
        steps=(f"carrier: tc qdisc add dev ue root {_TBF}",),
        load=True,
        note="2 Mbit/s with a queue of two seconds, on the way down",
    ),
    Recipe(
        name="bufferbloat-up",
        cause="D18",
        finding="path/bufferbloat",
        steps=(f"client: tc qdisc add dev wwan0 root {_TBF}",),
        load=True,
        needs_reflector=True,
        note="the same on the way up, by the reflector",
    ),
    Recipe(
        name="throttled",
        cause="C4",
        finding="path/policed",
        nft=("carrier: forward oifname ue limit rate over 32 kbytes/second burst 8 kbytes drop",),
        load=True,
        note="what exceeds 32 kB/s is dropped",
    ),
)

RECIPES = (*_NAT, *_QUALITY, *_LOAD)
