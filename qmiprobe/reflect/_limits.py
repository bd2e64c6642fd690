# SPDX-License-Identifier: GPL-2.0-or-later
"""What a reflector gives at most: to one session, to one network, to all together."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qmiprobe.bearer import IPAddress

_PREFIX_BITS = {4: 24, 6: 56}


@dataclass(frozen=True, kw_only=True)
class Limits:
    """Bounds of memory and traffic; bytes are those of IP packets."""

    budget: int = 20_000_000
    """Bytes that one session gets beyond those that it sends."""
    rate: int = 12_500_000
    """Bytes a second at which one session gets them."""
    sessions: int = 64
    sessions_per_network: int = 8
    held: int = 64
    """Answers that are held back for one session."""
    trains: int = 4
    """Trains of answers that are under way for one session."""
    connections: int = 64
    """TCP connections, those of strangers among them."""
    connections_per_network: int = 16
    packets_per_second: int = 20_000
    """Answers to one network: an IPv4 /24 or an IPv6 /56."""
    greetings_per_second: int = 20
    networks: int = 1024
    """Networks whose use is remembered."""
    idle_s: float = 1200.0
    """After which a session is forgotten."""
    greeting_s: float = 5.0
    """That a TCP connection may take to show that it knows the token."""


class Buckets:
    """One token bucket for each network, for the networks seen last."""

    def __init__(self, *, rate: float, burst: float, most: int) -> None:
        """Refill ``rate`` a second up to ``burst``; remember ``most`` networks."""
        self._rate = rate
        self._burst = burst
        self._most = most
        self._levels: OrderedDict[bytes, tuple[float, float]] = OrderedDict()

    def __len__(self) -> int:
        return len(self._levels)

    def take(self, network: bytes, amount: float, *, now: float) -> bool:
        """Take ``amount`` from the bucket of a network, or nothing and return False."""
        level, since = self._levels.get(network, (self._burst, now))
        level = min(self._burst, level + (now - since) * self._rate)
        enough = level >= amount
        self._levels[network] = (level - amount if enough else level, now)
        self._levels.move_to_end(network)
        while len(self._levels) > self._most:
            self._levels.popitem(last=False)
        return enough


def network_of(address: IPAddress) -> bytes:
    """Return what names the network of an address: its /24 or /56."""
    return bytes([address.version]) + address.packed[: _PREFIX_BITS[address.version] // 8]
