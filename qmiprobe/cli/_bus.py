# SPDX-License-Identifier: GPL-2.0-or-later
"""The USB side of ``qmiprobe simulate``: plugs the modem in, and tells what came up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from contextlib import AsyncExitStack

    from qmiprobe.sim import SimulatedModem
    from qmiprobe.sim.usb._arrival import Arrival
    from qmiprobe.sim.usb._body import UsbBody
    from qmiprobe.transport import ControlTransport

_PATIENCE = 20.0
"""Seconds for the kernel to find a modem and its drivers."""


@dataclass(frozen=True, kw_only=True)
class Bus:
    """Where a modem is plugged in, and what is wrong with it there."""

    listen: tuple[str, int] | None
    """Host and port; None: this kernel's virtual host controller."""
    faults: Sequence[str] = ()

    async def plug_in(
        self,
        stack: AsyncExitStack,
        modem: SimulatedModem,
        *,
        wrap: Callable[..., ControlTransport] | None,
    ) -> tuple[dict[str, object], list[str]]:
        """Serve a modem by USB/IP as long as the stack is open.

        Returns what is told of it: a part of the document, and lines for people. Raises
        CannotTest where a bus is not to be had, AddressError for a fault of other modems.
        """
        from qmiprobe.sim.usb._attach import attach_usb
        from qmiprobe.sim.usb._body import UsbBody
        from qmiprobe.sim.usb._listen import listen_usbip

        body = UsbBody(modem, faults=self.faults, wrap=wrap)
        await _open_network(stack, body)
        if self.listen is not None:
            server = listen_usbip([body], host=self.listen[0], port=self.listen[1])
            host, port = await stack.enter_async_context(server)
            return {"host": host, "port": port, "busid": "1-1"}, [f"{host}:{port} 1-1"]
        attached = await stack.enter_async_context(attach_usb(body))
        arrival = await attached.arrival(_PATIENCE)
        if arrival is None:
            return {"device": None, "port": attached.port}, ["the kernel has not found it yet"]
        return _document(arrival, attached.port), _lines(arrival)


async def _open_network(stack: AsyncExitStack, body: UsbBody) -> None:
    """Have a network behind the modem; without one, data sessions carry nothing."""
    import click

    from qmiprobe.errors import CannotTest
    from qmiprobe.sim.dataplane import open_dataplane

    network = open_dataplane(faults=body.modem.network_faults, port=body.port)
    try:
        plane = await stack.enter_async_context(network)
    except CannotTest as error:
        click.echo(f"No network behind the modem, no packets: {error}", err=True)
    else:
        body.modem.bearers = plane.table


def _document(arrival: Arrival, port: int) -> dict[str, object]:
    return {
        "device": arrival.name,
        "port": port,
        "configuration": arrival.configuration,
        "interfaces": [
            {"name": one.name, "driver": one.driver, "nodes": list(one.nodes)}
            for one in arrival.interfaces
        ],
    }


def _lines(arrival: Arrival) -> list[str]:
    head = f"{arrival.name} configuration {arrival.configuration}"
    return [head] + [
        " ".join(("", one.name, one.driver or "-", *one.nodes)) for one in arrival.interfaces
    ]
