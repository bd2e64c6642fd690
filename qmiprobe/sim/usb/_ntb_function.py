# SPDX-License-Identifier: GPL-2.0-or-later
"""The requests about transfer blocks that an MBIM or NCM control interface gets."""

from __future__ import annotations

import trio

from qmiprobe.sim.usb._function import Pipes, Setup
from qmiprobe.sim.usb._layout import Interface
from qmiprobe.sim.usb._ntb_settings import NtbSettings


class NtbFunction:
    """Answers for the settings that a data function works by."""

    def __init__(self, interface: Interface, settings: NtbSettings) -> None:
        self._control = interface.number
        self._data = interface.data
        self.settings = settings

    @property
    def interfaces(self) -> tuple[int, ...]:
        """The pair."""
        return (self._control,) if self._data is None else (self._control, self._data)

    def control(self, setup: Setup, data: bytes) -> bytes:
        """Carry out a request."""
        return self.settings.control(setup, data)

    def set_alternate(self, interface: int, alternate: int) -> None:
        """Forget what was agreed when the data interface is switched off."""
        if interface == self._data and alternate == 0:
            self.settings.reset()

    async def run(self, pipes: Pipes) -> None:
        """Do nothing by itself."""
        await trio.sleep_forever()
