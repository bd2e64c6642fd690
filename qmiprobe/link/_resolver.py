# SPDX-License-Identifier: GPL-2.0-or-later
"""Which DNS servers this host asks: resolv.conf, and what systemd-resolved was told of a netdev."""

from __future__ import annotations

import os
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path
from typing import TYPE_CHECKING

from ._namespace import in_first_namespace

if TYPE_CHECKING:
    from collections.abc import Iterable

    from qmiprobe.bearer import IPAddress

_RESOLVED = Path("/run/systemd/resolve")
_TOLD = ("SERVERS=", "DNS=")
_MOST = 3
"""As many servers of resolv.conf as the C library asks."""
_OWNERS = {
    "/run/systemd/resolve/": "systemd-resolved",
    "/run/NetworkManager/": "NetworkManager",
    "/run/resolvconf/": "resolvconf",
    "/run/connman/": "connman",
}


@dataclass(frozen=True, kw_only=True)
class ResolverFacts:
    """How names are resolved on this host."""

    servers: tuple[IPAddress, ...]
    """Those of resolv.conf that the C library asks; a stub of the host itself may be among them."""
    owner: str
    """Who writes resolv.conf: systemd-resolved, NetworkManager, ...; file: nobody known."""
    of_netdev: tuple[IPAddress, ...]
    """What systemd-resolved was told for the netdev."""

    @property
    def remote(self) -> tuple[IPAddress, ...]:
        """Those of ``servers`` that are not on this host."""
        return tuple(one for one in self.servers if not one.is_loopback)


def read_resolver(index: int, *, resolv_conf: str = "/etc/resolv.conf") -> ResolverFacts:
    """Return what this host asks, with the servers of the netdev of this ``index``."""
    path = Path(resolv_conf)
    real = os.path.realpath(path)
    owner = next((name for root, name in _OWNERS.items() if real.startswith(root)), "file")
    named = [line.split()[1:] for line in _lines(path) if line.startswith("nameserver")]
    # The daemon's numbers are those of its own network namespace.
    state = _lines(_RESOLVED / "netif" / str(index)) if in_first_namespace() else []
    told = [line.partition("=")[2].split() for line in state if line.startswith(_TOLD)]
    return ResolverFacts(
        servers=tuple(_addresses(word for words in named for word in words[:1]))[:_MOST],
        owner=owner,
        of_netdev=tuple(_addresses(word for words in told for word in words)),
    )


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return []


def _addresses(words: Iterable[str]) -> list[IPAddress]:
    found = []
    for word in words:
        try:
            # systemd writes ports and names behind it: 9.9.9.9:53#dns.quad9.net
            found.append(ip_address(word.partition("#")[0].partition("%")[0]))
        except ValueError:
            continue
    return found
