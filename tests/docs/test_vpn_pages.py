# SPDX-License-Identifier: GPL-2.0-or-later
"""The pages about tunnels say what the code does."""

from __future__ import annotations

from collections.abc import Sequence
from ipaddress import ip_address

import pytest

from qmiprobe.check.vpn import VPN_LADDER
from qmiprobe.diagnosis._rules import all_rules
from qmiprobe.vpn import Kind, Tunnel, inner_size
from tests.docs.pages import DOCS, coded, rows
from tests.docs.test_catalogues import spelled_out
from tests.vpn.causes import CAUSES, UNIT_ONLY
from tests.vpn.matrix import table

_CHECKS = ("check", "needs", "asks", "fails when")
_SIZES = ("tunnel", "adds over IPv4", "over IPv6", "fits into 1500", "1428", "1420")


def test_the_ladder_of_vpn_is_listed_with_what_each_rung_needs():
    listed = list(rows(DOCS / "vpn.md", head=_CHECKS))
    assert [coded(row[0])[0] for row in listed] == [check.id for check in VPN_LADDER]
    assert [spelled_out(row[1]) for row in listed] == [check.needs for check in VPN_LADDER]


def test_the_matrix_is_that_of_the_tests():
    text = (DOCS / "vpn-causes.md").read_text(encoding="utf-8")
    assert text.endswith("\n".join(table()) + "\n")


def test_every_finding_of_vpn_is_in_the_matrix():
    named = {cause.finding for cause in CAUSES if cause.finding} | set(UNIT_ONLY)
    assert named == {rule.id for rule in all_rules() if rule.id.startswith("vpn/")}


_TUNNELS = {
    "WireGuard": (Kind.WIREGUARD, "udp", ""),
    "OpenVPN, UDP, AES-GCM": (Kind.OPENVPN, "udp", "AES-256-GCM"),
    "ESP in UDP, AES-GCM": (Kind.IPSEC, "udp", "AES_GCM_16/128"),
    "ESP in UDP, AES-CBC, SHA-256": (Kind.IPSEC, "udp", "AES_CBC/256/HMAC_SHA2_256_128"),
    "ESP, AES-GCM": (Kind.IPSEC, "esp", "AES_GCM_16/128"),
    "AnyConnect, DTLS 1.2, AES-GCM": (Kind.OPENCONNECT, "udp", ""),
}


@pytest.mark.parametrize("row", list(rows(DOCS / "vpn.md", head=_SIZES)), ids=lambda row: row[0])
def test_the_sizes_are_those_that_are_computed(row: Sequence[str]):
    kind, transport, cipher = _TUNNELS[row[0]]
    tunnel = Tunnel(
        kind=kind,
        name="t",
        source="",
        transport=transport,
        cipher=cipher,
        endpoint=ip_address("192.0.2.1"),
    )
    computed = [inner_size(tunnel, outer, family=4) for outer in (1500, 1428, 1420)]
    assert [int(cell) for cell in row[3:]] == computed
