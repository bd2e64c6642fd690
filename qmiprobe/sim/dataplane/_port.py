# SPDX-License-Identifier: GPL-2.0-or-later
"""The seam between the simulated modem's data plane and whatever carries it to a host."""

from __future__ import annotations

from typing import Protocol


class PacketPort(Protocol):
    """Moves whole IP packets, each with the number of its data session, to and from the host.

    A TUN netdev is one such port, the USB bulk pipes of a simulated modem are another.
    """

    async def send(self, session_id: int, packet: bytes) -> None:
        """Hand one packet to the host (downlink); one that the host cannot take is dropped."""

    async def receive(self) -> tuple[int, bytes]:
        """Return session number and bytes of the next thing the host sent (uplink)."""
