# SPDX-License-Identifier: GPL-2.0-or-later
"""A simulated modem as a USB device: what its interfaces do in each configuration."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import trio

from qmiprobe.errors import CannotTest
from qmiprobe.mbim._frame import MbimFramer
from qmiprobe.qmi._frame import QmuxFramer
from qmiprobe.sim._modem import SimulatedModem
from qmiprobe.sim._profile import Protocol
from qmiprobe.sim.usb._connection import Connection
from qmiprobe.sim.usb._control_function import ControlFunction
from qmiprobe.sim.usb._encapsulated import EncapsulatedPort
from qmiprobe.sim.usb._faults import UsbFaults
from qmiprobe.sim.usb._function import Function
from qmiprobe.sim.usb._layout import Configuration, Interface, UsbLayout
from qmiprobe.sim.usb._ntb_function import NtbFunction
from qmiprobe.sim.usb._ntb_settings import NtbSettings
from qmiprobe.sim.usb.data import DataPort, data_functions
from qmiprobe.sim.usb.serial import serial_functions
from qmiprobe.transport._port import ControlTransport

Wrap = Callable[[ControlTransport, Protocol], ControlTransport]
"""Puts something around the modem's end of a control port, such as a trace."""
_REBOOT = 1.0


@dataclass(frozen=True, kw_only=True)
class Return:
    """The modem comes back, as what."""

    layout: UsbLayout
    after: float


class UsbBody:
    """The USB side of one modem; ``await plug_in(stream)`` for each time it is on a bus."""

    def __init__(self, modem: SimulatedModem, *, wrap: Wrap | None = None) -> None:
        if not modem.profile.usb.configurations:
            raise CannotTest(
                f"{modem.name} has no USB side: its profile lists no [[usb.configurations]]"
            )
        self.modem = modem
        self.faults = UsbFaults()
        self.layout = modem.profile.usb
        """What it is on the bus now."""
        self.coming_back: Return | None = None
        """After it went: as what it comes back; None: not by itself."""
        self.went = False
        """Whether the modem unplugged itself."""
        self.port = DataPort()
        """Where packets pass: give it to ``open_dataplane``."""
        self._wrap = wrap
        self._plugged = trio.CancelScope()

    async def plug_in(self, stream: trio.abc.Stream) -> None:
        """Be on the bus at the end of this stream, until the host hangs up or the modem goes."""
        self.went, self.coming_back = False, None
        connection = Connection(stream, self.layout, self.functions)
        with trio.CancelScope() as self._plugged:
            await connection.run()

    def unplug(self) -> None:
        """Go away, for good."""
        self.went = True
        self._plugged.cancel()

    def reboot(self, layout: UsbLayout | None = None) -> None:
        """Go away, and come back a second later, perhaps as something else."""
        self.coming_back = Return(layout=layout or self.layout, after=_REBOOT)
        self.unplug()

    def functions(self, configuration: Configuration) -> list[Function]:
        """Return what the interfaces of a configuration do."""
        functions: list[Function] = []
        settings: dict[int, NtbSettings] = {}
        for interface in configuration.interfaces:
            if interface.role == "qmi":
                functions.append(self._control(interface, "qmi"))
            elif interface.role == "mbim":
                functions.append(self._control(interface, "mbim"))
            if interface.role in ("mbim", "ncm"):
                fails = self.faults.ntb_parameters_fail
                settings[interface.number] = NtbSettings(interface, fails=fails)
                functions.append(NtbFunction(interface, settings[interface.number]))
        link = self.modem.profile.link
        rates = {"rates": (link.downlink_bps, link.uplink_bps)} if link.downlink_bps else {}
        functions += data_functions(
            configuration, state=self.modem.state, port=self.port, settings=settings, **rates
        )
        return functions + serial_functions(
            configuration, profile=self.modem.profile, state=self.modem.state
        )

    def _control(self, interface: Interface, protocol: Protocol) -> ControlFunction:
        framer = QmuxFramer() if protocol == "qmi" else MbimFramer()
        limit = interface.max_control_message
        name = f"{self.modem.name} interface {interface.number}"
        port = EncapsulatedPort(name, framer, max_command=limit)
        return ControlFunction(
            interface,
            port,
            partial(self._serve, protocol),
            faults=self.faults,
            unplug=self.unplug,
        )

    async def _serve(self, protocol: Protocol, port: ControlTransport) -> None:
        wrapped = port if self._wrap is None else self._wrap(port, protocol)
        await self.modem.serve(wrapped, protocol)
