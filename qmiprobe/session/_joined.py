# SPDX-License-Identifier: GPL-2.0-or-later
"""An MBIM function that an earlier program left open, with its session active."""

from __future__ import annotations

import math
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager

from qmiprobe.device import ControlTransport, MbimDevice, Observed, mbim_device
from qmiprobe.mbim.services import basic_connect as bc
from qmiprobe.session._journal import keeps_mbim_session

OPEN_TIMEOUT = 10.0
"""Seconds for the first answer."""
_FIRST_TRANSACTION = 0x10000
"""Far from those of the earlier program: a late answer to that one is none to us."""


def mbim_device_at(
    node: str | None,
    transport: ControlTransport,
    *,
    observed: Observed,
    timeout: float = OPEN_TIMEOUT,
    close_by: float = math.inf,
) -> AbstractAsyncContextManager[MbimDevice]:
    """Use a control port as ``mbim_device`` does, without an end to what `connect` keeps there.

    ``node`` is the port's node, None where there is none. See ``mbim_device`` for the rest.
    """
    use = joined_mbim_device if node is not None and keeps_mbim_session(node) else mbim_device
    return use(transport, observed=observed, timeout=timeout, close_by=close_by)


@asynccontextmanager
async def joined_mbim_device(
    transport: ControlTransport,
    *,
    observed: Observed,
    timeout: float = OPEN_TIMEOUT,
    close_by: float = math.inf,
) -> AsyncIterator[MbimDevice]:
    """Use a function that is open already, and close it unless others' sessions are active.

    It is not opened: that would have it start afresh, and end all its sessions (MBIM 1.0, 9.3.1).
    Where nobody has it open it is. Raises what ``mbim_device`` raises.
    """
    device = MbimDevice(transport)
    device.observed, device.close_by = observed, close_by
    device.joined = True
    device.connection.join(transaction=_FIRST_TRANSACTION)
    async with device.reading():
        # Whether it is open shows at the first command: if not, the device opens it.
        await device.exchange(bc.DeviceCapsQuery(), timeout=timeout)
        try:
            yield device
        finally:
            await device.finish()
