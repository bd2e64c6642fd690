# SPDX-License-Identifier: GPL-2.0-or-later
"""Where a face of the simulated modem puts what it has to say."""

from __future__ import annotations

from typing import Protocol


class Outlet(Protocol):
    """A control port, seen from inside the modem."""

    def put(self, message: bytes, *, request: bytes | None = None) -> None:
        """Queue one message for the host; ``request`` is what it answers, None: unasked."""
