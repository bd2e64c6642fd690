# SPDX-License-Identifier: GPL-2.0-or-later
"""The rules of nftables that recipes are made of: ``chain rule``, with chains that are there."""

from __future__ import annotations

from collections.abc import Iterable

_CHAINS = {
    "input": "filter hook input priority 0",
    "output": "filter hook output priority 0",
    "forward": "filter hook forward priority 0",
    # before conntrack puts fragments together (-400), which in a place with NAT it does
    "early": "filter hook prerouting priority -450",
    "before": "filter hook prerouting priority -300",
    "mangle-out": "filter hook postrouting priority -150",
    "nat-in": "nat hook prerouting priority -100",
    "nat-out": "nat hook postrouting priority 100",
}


def script(lines: Iterable[str]) -> str:
    """Return what ``nft -f`` takes: a table ``faults`` with the chains that the lines name."""
    lines = list(lines)
    chains = dict.fromkeys(line.split(" ", 1)[0] for line in lines)
    found = ["add table inet faults"]
    found += [f"add chain inet faults {one} {{ type {_CHAINS[one]}; }}" for one in chains]
    found += [f"add rule inet faults {line}" for line in lines]
    return "\n".join(found) + "\n"
