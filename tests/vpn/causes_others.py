# SPDX-License-Identifier: GPL-2.0-or-later
"""Scenarios of OpenVPN, IPsec, and of servers that no tunnel leads to yet."""

from __future__ import annotations

from .cause import (
    SLOW,
    Cause,
    nothing,
    ov,
    ov_secret,
    ov_secret_blocked,
    pptp_server,
    recipe,
    small,
    ss,
    ss_ended,
)

_SMALL = (
    "carrier: ip link set ul mtu 1428",
    "net: ip link set dn mtu 1428",
    "carrier: nft 'add table inet k; add chain inet k o { type filter hook output priority 0; }; "
    "add rule inet k o icmp type destination-unreachable drop'",
    "net: nft 'add table inet k; add chain inet k o { type filter hook output priority 0; }; "
    "add rule inet k o icmp type destination-unreachable drop'",
)

CAUSES = (
    Cause(name="openvpn-healthy", how="OpenVPN 2.6, UDP", entry="-", finding=None, tunnel=ov()),
    Cause(
        name="openvpn-secret-healthy",
        how="the same with tls-crypt",
        entry="E6",
        finding=None,
        tunnel=ov_secret,
    ),
    Cause(
        name="openvpn-tcp-healthy",
        how="the same over TCP",
        entry="-",
        finding=None,
        tunnel=ov(protocol="tcp"),
    ),
    Cause(
        name="openvpn-mtu-slow-radio",
        how="a slow radio, carrier 1428, ICMP filtered",
        entry="E5, D1",
        finding="vpn/mtu-above-path",
        tunnel=ov(),
        recipe=recipe(radio=SLOW, **small(1428)),
        says="mtu 1376",
    ),
    Cause(
        name="openvpn-tcp-mtu",
        how="carrier 1428, ICMP filtered, over TCP",
        entry="D1",
        finding="vpn/tcp-path-mtu",
        tunnel=ov(protocol="tcp"),
        recipe=recipe(),
        after=_SMALL,
        says="ip link set dev wwan0 mtu 1428",
    ),
    Cause(
        name="openvpn-secret-blocked",
        how="tls-crypt, the carrier drops UDP 1194",
        entry="D6, E6",
        finding="vpn/port-silent",
        tunnel=ov_secret_blocked,
        recipe=recipe(nft=("carrier: forward udp dport 1194 drop",)),
    ),
    Cause(
        name="openvpn-secret-blocked-later",
        how="the same once the tunnel is up",
        entry="D6, E6",
        finding="vpn/port-silent",
        tunnel=ov_secret,
        after=(
            "carrier: nft 'add table inet k; "
            "add chain inet k f { type filter hook forward priority 0; }; "
            "add rule inet k f udp dport 1194 drop'",
        ),
    ),
    Cause(
        name="openvpn-cbc-mtu",
        how="AES-256-CBC by agreement alone, carrier 1428, ICMP filtered",
        entry="E5, D1",
        finding="vpn/mtu-above-path",
        tunnel=ov(client=("data-ciphers AES-256-CBC",), server=("--data-ciphers", "AES-256-CBC")),
        recipe=recipe(**small(1428)),
    ),
    Cause(
        name="openvpn-mtu",
        how="carrier 1428, ICMP filtered",
        entry="E5, D1",
        finding="vpn/mtu-above-path",
        tunnel=ov(),
        recipe=recipe(**small(1428)),
        says="mtu 1376",
    ),
    Cause(
        name="openvpn-blocked",
        how="the carrier drops UDP 1194",
        entry="D6",
        finding="vpn/port-silent",
        tunnel=ov(wait=False),
        recipe=recipe(nft=("carrier: forward udp dport 1194 drop",)),
    ),
    Cause(
        name="ipsec-healthy",
        how="strongSwan, IKEv2, ESP in UDP, AES-GCM",
        entry="-",
        finding=None,
        tunnel=ss(),
    ),
    Cause(
        name="ipsec-secrets-differ",
        how="another pre-shared key at the client",
        entry="E7",
        finding="vpn/not-agreed",
        tunnel=ss(secret="another", wait=False),
    ),
    Cause(
        name="openvpn-stranger",
        how="the server does not know the client's certificate",
        entry="E6",
        finding="vpn/not-agreed",
        tunnel=ov(known=False, wait=False),
    ),
    Cause(
        name="ipsec-mtu",
        how="carrier 1428, ICMP filtered",
        entry="E8, D1",
        finding="vpn/mtu-above-path",
        tunnel=ss(),
        recipe=recipe(**small(1428)),
        says="mtu 1366",
    ),
    Cause(
        name="ipsec-cbc-mtu",
        how="the same with AES-CBC and SHA-256",
        entry="E8, D1",
        finding="vpn/mtu-above-path",
        tunnel=ss(esp="aes256-sha256"),
        recipe=recipe(**small(1428)),
        says="mtu 1358",
    ),
    Cause(
        name="ipsec-server-ended",
        how="the daemon of the server killed once the association is there",
        entry="E7",
        finding="vpn/nobody-listens",
        tunnel=ss_ended,
    ),
    Cause(
        name="ipsec-both-blocked-later",
        how="the carrier drops UDP 500 and 4500 later",
        entry="D6, E7",
        finding="vpn/port-silent",
        tunnel=ss(),
        after=(
            "carrier: nft 'add table inet k; "
            "add chain inet k f { type filter hook forward priority 0; }; "
            "add rule inet k f udp dport { 500, 4500 } drop'",
        ),
    ),
    Cause(
        name="4500-blocked",
        how="the carrier drops UDP 4500",
        entry="E7",
        finding="vpn/natt-blocked",
        tunnel=ss(wait=False),
        recipe=recipe(nft=("carrier: forward udp dport 4500 drop",)),
    ),
    Cause(
        name="4500-blocked-later",
        how="the same once the association is there",
        entry="E7",
        finding="vpn/natt-blocked",
        tunnel=ss(),
        after=(
            "carrier: nft 'add table inet k; "
            "add chain inet k f { type filter hook forward priority 0; }; "
            "add rule inet k f udp dport 4500 drop'",
        ),
    ),
    Cause(
        name="500-blocked",
        how="the carrier drops UDP 500",
        entry="E7",
        finding="vpn/ike-blocked",
        tunnel=ss(wait=False),
        recipe=recipe(nft=("carrier: forward udp dport 500 drop",)),
    ),
    Cause(
        name="ike-fragments",
        how="later fragments dropped",
        entry="E7, D3",
        finding="vpn/ike-fragments",
        tunnel=ss(wait=False),
        recipe=recipe(nft=("net: early ip frag-off & 0x1fff != 0 drop",)),
    ),
    Cause(
        name="dtls-blocked",
        how="TCP 443 answers, DTLS does not",
        entry="E11",
        finding="vpn/dtls-blocked",
        tunnel=nothing,
        peer="203.0.113.10",
        kind="openconnect",
    ),
    Cause(
        name="gre-blocked",
        how="TCP 1723 answers, the carrier drops GRE",
        entry="D5, E10",
        finding="vpn/gre-blocked",
        tunnel=pptp_server,
        recipe=recipe(nft=("carrier: forward meta l4proto gre drop",)),
        peer="203.0.113.10",
        kind="pptp",
    ),
    Cause(
        name="pptp-healthy",
        how="TCP 1723 answers, GRE passes",
        entry="-",
        finding=None,
        tunnel=pptp_server,
        peer="203.0.113.10",
        kind="pptp",
    ),
    Cause(
        name="pptp-not-there",
        how="TCP 1723 closed",
        entry="E10",
        finding="vpn/nobody-listens",
        tunnel=nothing,
        peer="203.0.113.10",
        kind="pptp",
    ),
)
