# SPDX-License-Identifier: GPL-2.0-or-later
"""The path between gate and servers: one direction of it, with an MTU of its own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ._icmp import fragment, too_big

if TYPE_CHECKING:
    from qmiprobe.bearer import IPAddress

    from ._header import Header

DEFAULT_MTU = 1500


@dataclass(frozen=True, slots=True)
class Passage:
    """What became of one packet."""

    onward: tuple[bytes, ...] = ()
    answer: bytes | None = None
    """An ICMP message back to the packet's sender."""
    dropped: str | None = None
    """Why it did not pass: black-hole or too-big."""


@dataclass(frozen=True, kw_only=True)
class Path:
    """One direction; sizes in bytes of an IP packet."""

    mtu: int = DEFAULT_MTU
    black_hole: int | None = None
    """Longer packets vanish without a word; None: there is no black hole."""

    def carry(self, packet: bytes, header: Header, *, router: IPAddress) -> Passage:
        """Return what becomes of ``packet``; complaints about it come from ``router``."""
        if self.black_hole is not None and header.size > self.black_hole:
            return Passage(dropped="black-hole")
        if header.size <= self.mtu:
            return Passage(onward=(packet[: header.size],))
        if header.may_fragment:
            return Passage(onward=tuple(fragment(packet, header, mtu=self.mtu)))
        complaint = too_big(packet[: header.size], header, mtu=self.mtu, router=router)
        return Passage(answer=complaint, dropped="too-big")
