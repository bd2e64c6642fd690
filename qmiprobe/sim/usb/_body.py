# SPDX-License-Identifier: GPL-2.0-or-later
"""A simulated modem as a USB device: what its interfaces do in each configuration."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial

import trio

from qmiprobe.errors import CannotTest
from qmiprobe.mbim._frame import MbimFramer
from qmiprobe.qmi._frame import QmuxFramer
from qmiprobe.sim._modem import SimulatedModem
from qmiprobe.sim._profile import Protocol
from qmiprobe.sim.usb._altered import boot_loader, disc, with_endpoints
from qmiprobe.sim.usb._connection import Connection
from qmiprobe.sim.usb._control_function import ControlFunction
from qmiprobe.sim.usb._disc_function import DiscFunction
from qmiprobe.sim.usb._encapsulated import EncapsulatedPort
from qmiprobe.sim.usb._faults import UsbFaults, usb_faults
from qmiprobe.sim.usb._function import Function
from qmiprobe.sim.usb._layout import Configuration, Interface, UsbLayout
from qmiprobe.sim.usb._ntb_function import NtbFunction
from qmiprobe.sim.usb._ntb_settings import NtbSettings
from qmiprobe.sim.usb.data import DataFaults, DataPort, data_functions, first_sessions
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

    def __init__(
        self, modem: SimulatedModem, *, faults: Iterable[str] = (), wrap: Wrap | None = None
    ) -> None:
        if not modem.profile.usb.configurations:
            raise CannotTest(
                f"{modem.name} has no USB side: its profile lists no [[usb.configurations]]"
            )
        self.modem = modem
        self.faults = usb_faults(faults, protocol=modem.profile.protocol)
        self._own = _own_layout(modem.profile.usb, self.faults)
        self.layout = disc(self._own) if self.faults.disc_first else self._own
        """What it is on the bus now."""
        self.coming_back: Return | None = None
        """After it went: as what it comes back; None: not by itself."""
        self.went = False
        """Whether the modem unplugged itself."""
        self.port = DataPort(
            DataFaults(
                stop_after=self.faults.stop_after,
                lose_multiples_of=self.faults.lose_multiples_of,
                lose_uplink=self.faults.lose_uplink,
            )
        )
        """Where packets pass: give it to ``open_dataplane``."""
        self._wrap = wrap
        self._plugged = trio.CancelScope()

    async def plug_in(self, stream: trio.abc.Stream) -> None:
        """Be on the bus at the end of this stream, until the host hangs up or the modem goes."""
        self.went, self.coming_back = False, None
        connection = Connection(stream, self.layout, self.functions)
        self.modem.power_up()
        async with trio.open_nursery() as nursery:
            nursery.start_soon(self.modem.keep_time)
            with trio.CancelScope() as self._plugged:
                await connection.run()
            nursery.cancel_scope.cancel()

    def unplug(self) -> None:
        """Go away, for good."""
        self.went, self.coming_back = True, None
        self._plugged.cancel()

    def reboot(self, layout: UsbLayout | None = None) -> None:
        """Go away, and come back a second later, perhaps as something else."""
        self.unplug()
        self.coming_back = Return(layout=layout or self._own, after=_REBOOT)

    def leave(self, how: str) -> None:
        """Leave the bus as a fault says: ``gone``, ``back``, ``boot-loader``."""
        if how == "gone":
            self.unplug()
        else:
            self.reboot(boot_loader() if how == "boot-loader" else None)

    def functions(self, configuration: Configuration) -> list[Function]:
        """Return what the interfaces of a configuration do."""
        functions: list[Function] = []
        settings: dict[int, NtbSettings] = {}
        first = first_sessions(configuration)
        for interface in configuration.interfaces:
            if interface.role == "qmi":
                functions.append(self._control(interface, "qmi", first.get(interface.number, 0)))
            elif interface.role == "mbim":
                functions.append(self._control(interface, "mbim", first.get(interface.number, 0)))
            elif interface.role == "storage" and self.layout is not self._own:
                functions.append(DiscFunction(interface, self.reboot))
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

    def _control(
        self, interface: Interface, protocol: Protocol, first_session: int
    ) -> ControlFunction:
        framer = QmuxFramer() if protocol == "qmi" else MbimFramer()
        limit = interface.max_control_message
        name = f"{self.modem.name} interface {interface.number}"
        again = self.faults.tells_again
        port = EncapsulatedPort(name, framer, max_command=limit, tells_again=again)
        return ControlFunction(
            interface,
            port,
            partial(self._serve, protocol, first_session),
            faults=self.faults,
            leave=self.leave,
        )

    async def _serve(self, protocol: Protocol, first: int, port: ControlTransport) -> None:
        wrapped = port if self._wrap is None else self._wrap(port, protocol)
        await self.modem.serve(wrapped, protocol, first_session=first)


def _own_layout(layout: UsbLayout, faults: UsbFaults) -> UsbLayout:
    """Return the modem's layout, with what a fault changes of it."""
    return layout if faults.endpoints is None else with_endpoints(layout, faults.endpoints)
