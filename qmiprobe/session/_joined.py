# SPDX-License-Identifier: GPL-2.0-or-later
"""An MBIM function that an earlier program left open, with its session active."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from qmiprobe.device import ControlTransport, MbimDevice, Observed

_FIRST_TRANSACTION = 0x10000
"""Far from those of the earlier program: a late answer to that one is none to us."""


@asynccontextmanager
async def joined_mbim_device(
    transport: ControlTransport, *, observed: Observed
) -> AsyncIterator[MbimDevice]:
    """Use a function that is open already, and close it unless others' sessions are active.

    It is not opened: that would have it start afresh, and end all its sessions (MBIM 1.0, 9.3.1).
    Where nobody has it open, commands raise MbimProtocolError (not opened).
    """
    device = MbimDevice(transport)
    device.observed = observed
    device.connection.join(transaction=_FIRST_TRANSACTION)
    async with device.reading():
        try:
            yield device
        finally:
            await device.finish()
