# SPDX-License-Identifier: GPL-2.0-or-later
"""Opening an MBIM function that is busy at first, or that takes smaller transfers only."""

from __future__ import annotations

from typing import TYPE_CHECKING

import trio

from qmiprobe.errors import MbimError, MbimProtocolError
from qmiprobe.mbim.services._shared import ProtocolError, Status

if TYPE_CHECKING:
    from qmiprobe.device._mbim import MbimDevice

BUSY_TRIES = 3
BUSY_PAUSE = 0.5
"""Seconds between two tries."""
SIZES = (4096, 2048, 1024, 512, 256, 128, 64)
"""Bytes of a transfer that are tried, the largest first; every function takes the last."""


async def open_patiently(device: MbimDevice, *, timeout: float) -> None:
    """Open the function; what had to be done about it is kept as anomalies.

    ``open-busy``: it was busy, and is asked again, ``BUSY_TRIES`` times in all. ``max-transfer``:
    it refused the size of transfers, and is asked for the next smaller one. ``timeout`` (seconds)
    is that of each OPEN. Raises what :meth:`MbimDevice.open` raises.
    """
    asked, tries = device.connection.max_control_transfer, 1
    while True:
        size = device.connection.max_control_transfer
        try:
            await device.open(timeout=timeout)
            break
        except MbimError as error:
            if error.error != Status.BUSY:
                raise
            _record(device, "open-busy", f"{error}, try {tries} of {BUSY_TRIES}")
            if tries == BUSY_TRIES:
                raise
            tries += 1
            await trio.sleep(BUSY_PAUSE)
        except MbimProtocolError as error:
            smaller = next((one for one in SIZES if one < size), None)
            if error.error != ProtocolError.MAX_TRANSFER or smaller is None:
                raise
            device.connection.max_control_transfer = smaller
    if size != asked:
        _record(device, "max-transfer", f"opens for transfers of {size} bytes, not of {asked}")


def _record(device: MbimDevice, kind: str, text: str) -> None:
    device.observed.record(kind, text, b"", trio.current_time())
