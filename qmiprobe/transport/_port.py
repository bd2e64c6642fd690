# SPDX-License-Identifier: GPL-2.0-or-later
"""What every transport offers to ``device`` and ``sim``: whole control messages, both ways."""

from __future__ import annotations

from typing import Protocol

from qmiprobe._framing import Frame, Garbage


class ControlTransport(Protocol):
    """A control port as messages. One task receives; any number of tasks may send."""

    @property
    def name(self) -> str:
        """For people: ``/dev/cdc-wdm0``, ``sim:ec25``."""

    @property
    def max_command(self) -> int | None:
        """Longest command that one write can carry, in bytes; None: not known, or no limit."""

    async def send(self, message: bytes) -> None:
        """Hands one whole control message (MBIM: one fragment) to the port.

        Raises :class:`~qmiprobe.errors.TransportError` or one of its kinds. A cancelled
        send has either sent nothing or all of it.
        """

    async def receive(self) -> Frame | Garbage:
        """The next whole message, or bytes that are none. A cancelled receive loses nothing.

        Raises :class:`~qmiprobe.errors.DeviceGone` once the port is gone, and for ever
        after; :class:`~qmiprobe.errors.DeviceReset` and
        :class:`~qmiprobe.errors.AnswerLost` once each, after which receiving may go on.
        """

    async def aclose(self) -> None:
        """Closes the port; a pending receive ends. Never raises; closing twice is allowed."""
