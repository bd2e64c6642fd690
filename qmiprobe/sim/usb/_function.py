# SPDX-License-Identifier: GPL-2.0-or-later
"""The seam between the simulated USB device and what its interfaces do.

A device makes its functions anew each time the host sets a configuration, and runs them until it
sets another or the device is gone. Several functions may stand on one interface: QMI has its
control half (interrupt endpoint, class requests) and its data half (bulk endpoints) there. A
class or vendor request to an interface goes to its functions in turn until one takes it.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import Protocol

TO_HOST, CLASS, VENDOR = 0x80, 0x20, 0x40
INTERFACE, ENDPOINT = 1, 2


class Stall(Exception):
    """The device refuses a request: the host sees -EPIPE."""


class Babble(Exception):
    """The device sends more than the host has room for: it sees -EOVERFLOW."""


@dataclass(frozen=True, slots=True)
class Setup:
    """The setup packet of a control transfer."""

    request_type: int
    request: int
    value: int
    index: int
    length: int

    @property
    def is_in(self) -> bool:
        """Whether the data go to the host."""
        return bool(self.request_type & TO_HOST)

    @property
    def kind(self) -> tuple[int, int]:
        """Request type and request: what to look up."""
        return self.request_type, self.request

    @property
    def interface(self) -> int:
        """Number of the interface that is asked."""
        return self.index & 0xFF


def parse_setup(data: bytes) -> Setup:
    """Return the setup packet in 8 bytes."""
    return Setup(*struct.unpack("<BBHHH", data))


class Pipes(Protocol):
    """The endpoints of a device, by address (0x80 for IN), as long as a configuration lasts."""

    async def send(self, endpoint: int, data: bytes) -> None:
        """Complete one pending IN transfer with these bytes; wait until the host offers one."""

    def send_nowait(self, endpoint: int, data: bytes) -> bool:
        """Do the same if the host offers one already; False where it does not."""

    async def receive(self, endpoint: int) -> bytes:
        """Take the next OUT transfer; until it is taken the host waits for its end."""

    def halt(self, endpoint: int) -> None:
        """Refuse all transfers there until the host clears the halt."""


class Function(Protocol):
    """What some interfaces of a configuration do."""

    @property
    def interfaces(self) -> tuple[int, ...]:
        """Their numbers."""

    def control(self, setup: Setup, data: bytes) -> bytes:
        """Carry out a class or vendor request to one of the interfaces.

        ``data`` is what came with it (OUT); returns what goes to the host (IN), of which it gets
        no more than it asked for. Raises :class:`Stall` for a request that is not known.
        """

    def set_alternate(self, interface: int, alternate: int) -> None:
        """Note that the host chose an alternate setting; 0 without a call at first."""

    async def run(self, pipes: Pipes) -> None:
        """Work until cancelled; what the host sent before stays queued."""
