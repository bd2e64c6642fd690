# SPDX-License-Identifier: GPL-2.0-or-later
"""A control port whose messages pass the control endpoint: the modem's end of ``/dev/cdc-wdmN``."""

from __future__ import annotations

from collections import deque

import trio

from qmiprobe._framing import Frame, Framer, Garbage
from qmiprobe.errors import DeviceGone

WAITING = 64
"""Messages that wait for a host that does not fetch them; then the oldest is lost."""


class EncapsulatedPort:
    """A :class:`~qmiprobe.transport.ControlTransport` for ``SimulatedModem.serve``."""

    def __init__(
        self,
        name: str,
        framer: Framer,
        *,
        max_command: int | None = None,
        tells_again: bool = True,
    ) -> None:
        self.name = name
        self.max_command = max_command
        self._framer = framer
        self._commands: deque[Frame | Garbage] = deque()
        self._arrived = trio.lowlevel.ParkingLot()
        self._answers: deque[bytes] = deque()
        self._announced = trio.lowlevel.ParkingLot()
        self._unannounced = 0
        self._told = 0
        """Announcements on their way, or that the host has not acted upon yet."""
        self._tells_again = tells_again
        self._closed = False

    # The modem's side

    async def receive(self) -> Frame | Garbage:
        """Return the next command; each transfer carries whole ones."""
        await trio.lowlevel.checkpoint_if_cancelled()
        while not self._commands:
            if self._closed:
                raise DeviceGone("the simulated modem has gone", port=self.name)
            await self._arrived.park()
        return self._commands.popleft()

    async def send(self, message: bytes) -> None:
        """Have the host told that there is an answer."""
        await trio.lowlevel.checkpoint_if_cancelled()
        if self._closed:
            raise DeviceGone("the simulated modem has gone", port=self.name)
        self.put(message)

    async def aclose(self) -> None:
        """Take no more."""
        self._closed = True
        self._arrived.unpark_all()
        await trio.lowlevel.checkpoint()

    # The host's side

    def take(self, data: bytes) -> None:
        """Take what a SEND_ENCAPSULATED_COMMAND carried."""
        self._commands.extend([*self._framer.feed(data), *self._framer.flush()])
        self._arrived.unpark()

    def fetch(self) -> bytes:
        """Return the oldest answer; empty where there is none."""
        answer = self._answers.popleft() if self._answers else b""
        self.spend()
        return answer

    def spend(self) -> None:
        """Note that the host acted upon an announcement.

        Of answers that are left then without one, most firmware tells again.
        """
        self._told = max(0, self._told - 1)
        missing = len(self._answers) - self._told - self._unannounced
        if self._tells_again and missing > 0:
            self._unannounced += missing
            self._announced.unpark()

    def put(self, answer: bytes) -> None:
        """Queue an answer, and its announcement."""
        self._answers.append(answer)
        if len(self._answers) > WAITING:
            self._answers.popleft()
        self._unannounced += 1
        self._announced.unpark()

    def clear(self) -> None:
        """Forget all answers."""
        self._answers.clear()
        self._unannounced = self._told = 0

    async def next_announcement(self) -> None:
        """Wait until an answer has to be announced."""
        while not self._unannounced:
            await self._announced.park()
        self._unannounced -= 1
        self._told += 1

    def lose_announcement(self) -> None:
        """Note that the last announcement never reached the host."""
        self._told -= 1
