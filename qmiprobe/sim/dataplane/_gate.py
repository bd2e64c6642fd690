# SPDX-License-Identifier: GPL-2.0-or-later
"""The gate between host and network: who may send, from which address, and how much it was.

The control plane tells the :class:`BearerTable` what is up; the :class:`Gate` looks there at
every packet. "tx" is from the host to the network, "rx" toward the host, as modems count them.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ._header import read_header

if TYPE_CHECKING:
    from collections.abc import Callable

    from qmiprobe.bearer import IPAddress, IPInterface

    from ._header import Header


@dataclass(frozen=True, kw_only=True, slots=True)
class PacketCounters:
    """What one data session has carried; bytes are those of whole IP packets."""

    tx_packets: int = 0
    tx_bytes: int = 0
    tx_dropped: int = 0
    rx_packets: int = 0
    rx_bytes: int = 0
    rx_dropped: int = 0

    def __add__(self, other: PacketCounters) -> PacketCounters:
        return PacketCounters(
            tx_packets=self.tx_packets + other.tx_packets,
            tx_bytes=self.tx_bytes + other.tx_bytes,
            tx_dropped=self.tx_dropped + other.tx_dropped,
            rx_packets=self.rx_packets + other.rx_packets,
            rx_bytes=self.rx_bytes + other.rx_bytes,
            rx_dropped=self.rx_dropped + other.rx_dropped,
        )


class BearerTable:
    """The data sessions of a simulated modem, each one family of one session number."""

    def __init__(self) -> None:
        self._up: dict[tuple[int, int], IPInterface] = {}
        self._counters: dict[tuple[int, int], PacketCounters] = {}
        self.on_frame: Callable[[bool], None] = lambda _ethernet: None
        """Told whenever the modem's framing toward the host is set; True: Ethernet."""

    def frame(self, *, ethernet: bool) -> None:
        """Frame packets to and from the host so from now on; the netdev stays what it is."""
        self.on_frame(ethernet)

    def up(self, session_id: int, family: int, interface: IPInterface) -> None:
        """Open ``family`` (4 or 6) of a session with the address it was given; counts restart."""
        if interface.version != family:
            raise ValueError(f"session {session_id}: {interface} is not of family {family}")
        self._up[session_id, family] = interface
        self._counters[session_id, family] = PacketCounters()

    def down(self, session_id: int, family: int) -> None:
        """Close it; nothing happens when it is not up. Its counters stay readable."""
        self._up.pop((session_id, family), None)

    def interface(self, session_id: int, family: int) -> IPInterface | None:
        """Return the address of a session that is up, else None."""
        return self._up.get((session_id, family))

    def counters(self, session_id: int, family: int | None = None) -> PacketCounters:
        """Return what a session has carried since it came up: one family, or both together."""
        total = PacketCounters()
        for (number, kind), counters in self._counters.items():
            if number == session_id and family in (None, kind):
                total += counters
        return total

    def find(self, destination: IPAddress) -> tuple[int, int] | None:
        """Return session number and family of the session that owns ``destination``."""
        for key, interface in self._up.items():
            if _owns(interface, destination):
                return key
        return None

    def count_tx(self, key: tuple[int, int], size: int) -> None:
        """Count one packet of ``size`` bytes toward the network."""
        old = self._counters[key]
        self._counters[key] = replace(
            old, tx_packets=old.tx_packets + 1, tx_bytes=old.tx_bytes + size
        )

    def count_rx(self, key: tuple[int, int], size: int) -> None:
        """Count one packet of ``size`` bytes toward the host."""
        old = self._counters[key]
        self._counters[key] = replace(
            old, rx_packets=old.rx_packets + 1, rx_bytes=old.rx_bytes + size
        )

    def count_tx_drop(self, key: tuple[int, int]) -> None:
        """Count one packet that the session's gate did not let through."""
        old = self._counters[key]
        self._counters[key] = replace(old, tx_dropped=old.tx_dropped + 1)

    def count_rx_drop(self, key: tuple[int, int]) -> None:
        """Count one packet for this session that did not get to the host."""
        old = self._counters[key]
        self._counters[key] = replace(old, rx_dropped=old.rx_dropped + 1)


class Gate:
    """Decides about every packet between host and network.

    ``dropped`` counts by reason: not-ip (bytes of the host that are no IP packet), no-session,
    wrong-source (an address that the network did not give), no-destination, phantom.
    """

    def __init__(self, table: BearerTable, *, phantom: bool = False) -> None:
        self._table = table
        self._phantom = phantom
        self.dropped: Counter[str] = Counter()

    def admit(self, session_id: int, packet: bytes) -> Header | None:
        """Return the header of a packet that may go up to the network, None when dropped."""
        header = read_header(packet)
        if header is None:
            self.dropped["not-ip"] += 1
            return None
        key = session_id, header.family
        interface = self._table.interface(*key)
        if interface is None:
            self.dropped["no-session"] += 1
            return None
        if not _owns(interface, header.source):
            self.dropped["wrong-source"] += 1
            self._table.count_tx_drop(key)
            return None
        self._table.count_tx(key, header.size)
        if self._phantom:
            self.dropped["phantom"] += 1
            return None
        return header

    def deliver(self, packet: bytes) -> int | None:
        """Return the number of the session that a packet goes down to, None when dropped."""
        header = read_header(packet)
        key = None if header is None else self._table.find(header.destination)
        if header is None or key is None:
            self.dropped["no-destination"] += 1
            return None
        if self._phantom:
            self.dropped["phantom"] += 1
            self._table.count_rx_drop(key)
            return None
        self._table.count_rx(key, header.size)
        return key[0]


def _owns(interface: IPInterface, address: IPAddress) -> bool:
    """Tell whether a session owns an address: the one of IPv4, the whole prefix of IPv6."""
    if interface.version == 4:
        return interface.ip == address
    return address in interface.network
