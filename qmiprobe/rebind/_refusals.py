# SPDX-License-Identifier: GPL-2.0-or-later
"""What speaks against taking a modem from its drivers now: who would lose what by it."""

from __future__ import annotations

from collections.abc import Iterator

from qmiprobe import host
from qmiprobe.host._files import Tree, read_bytes
from qmiprobe.host._modem import Modem

_OURS = frozenset({"ModemManager", "qmi-proxy", "mbim-proxy"})
"""Programs that let go of the modem once ModemManager is told to."""
_GLOBAL = "00"
"""Scope of an address in /proc/net/if_inet6."""


def refusals(modem: Modem, *, sysroot: str = "/") -> tuple[str, ...]:
    """Return why a rebind would do harm now, each a sentence; empty where nothing is seen."""
    tree = Tree(sysroot)
    found: list[str] = []
    for netdev in modem.netdevs:
        found += _of_netdev(tree, netdev.name)
    for port in modem.ports:
        held = host.holders(port.path, sysroot=sysroot)
        users = list(held.found)
        if tree.live:
            users += [one for each in users if each.is_proxy for one in host.clients_of(each)]
        others = [one for one in users if one.program not in _OURS]
        if others:
            names = ", ".join(f"{one.program} ({one.pid})" for one in others)
            found.append(f"{port.path} is open in {names}: stop it first")
    return tuple(found)


def _of_netdev(tree: Tree, name: str) -> Iterator[str]:
    if name in _with_default_route(tree):
        yield f"{name} carries a default route: this machine may be reached by it alone"
    elif name in _with_addresses(tree):
        yield f"{name} has an address: a data session is up on it"


def _rows(tree: Tree, path: str) -> Iterator[list[str]]:
    text = (read_bytes(tree.real(path)) or b"").decode(errors="replace")
    return (line.split() for line in text.splitlines())


def _with_default_route(tree: Tree) -> set[str]:
    four = {
        row[0]
        for row in _rows(tree, "/proc/net/route")
        if len(row) > 7 and row[1] == row[7] == "00000000"
    }
    six = {
        row[-1]
        for row in _rows(tree, "/proc/net/ipv6_route")
        if len(row) == 10 and set(row[0]) == {"0"} and row[1] == "00"
    }
    return four | (six - {"lo"})


def _with_addresses(tree: Tree) -> set[str]:
    four = {row[0] for row in _rows(tree, "/proc/net/route") if len(row) > 7}
    six = {
        row[5] for row in _rows(tree, "/proc/net/if_inet6") if len(row) == 6 and row[3] == _GLOBAL
    }
    return four | six
