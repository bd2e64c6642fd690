# SPDX-License-Identifier: GPL-2.0-or-later
"""The options of a TCP SYN, read out of an IP packet. Pure."""

from __future__ import annotations

from dataclasses import dataclass

_TCP = 6
_NAMES = {2: "mss", 3: "window-scale", 4: "sack", 8: "timestamps", 30: "mptcp", 34: "fast-open"}


@dataclass(frozen=True)
class Syn:
    """A SYN or SYN-ACK as it was seen."""

    source: bytes
    destination: bytes
    """Addresses, packed."""
    source_port: int
    destination_port: int
    ack: bool
    options: tuple[int, ...] | None
    """Their kinds, padding left out; None where the packet was quoted without them."""
    mss: int | None

    @property
    def names(self) -> frozenset[str]:
        """The options by name."""
        return frozenset(_NAMES.get(kind, f"option {kind}") for kind in self.options or ())


def parse_syn(packet: bytes) -> Syn | None:
    """Return the SYN in an IP packet, or in what is quoted of one; None for anything else."""
    if len(packet) >= 20 and packet[0] >> 4 == 4:
        protocol, tcp = packet[9], packet[(packet[0] & 15) * 4 :]
        ends = packet[12:16], packet[16:20]
    elif len(packet) >= 40 and packet[0] >> 4 == 6:
        protocol, tcp = packet[6], packet[40:]
        ends = packet[8:24], packet[24:40]
    else:
        return None
    if protocol != _TCP or len(tcp) < 8:
        return None
    ports = int.from_bytes(tcp[:2], "big"), int.from_bytes(tcp[2:4], "big")
    if len(tcp) < 14:
        return Syn(*ends, *ports, False, None, None)
    if not tcp[13] & 0x02:
        return None
    end = (tcp[12] >> 4) * 4
    whole = 20 <= end <= len(tcp)
    options = parse_options(tcp[20:end]) if whole else None
    mss = next((int.from_bytes(value, "big") for kind, value in options or () if kind == 2), None)
    kinds = tuple(kind for kind, _ in options) if options is not None else None
    return Syn(*ends, *ports, bool(tcp[13] & 0x10), kinds, mss)


def parse_options(data: bytes) -> tuple[tuple[int, bytes], ...]:
    """Return kind and value of each TCP option, padding left out; stops where it makes no sense."""
    found = []
    while data and data[0] != 0:
        if data[0] == 1:
            data = data[1:]
            continue
        if len(data) < 2 or not 2 <= data[1] <= len(data):
            break
        found.append((data[0], data[2 : data[1]]))
        data = data[data[1] :]
    return tuple(found)
