# SPDX-License-Identifier: GPL-2.0-or-later
"""Opens the control port of an address for the commands that speak to one port themselves."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from qmiprobe.errors import AddressError, CannotTest, OtherProtocol

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from qmiprobe.address import Address, ControlPort, Protocol
    from qmiprobe.address._resolve import Wrap
    from qmiprobe.device import Observed, QmiDevice
    from qmiprobe.transport import ControlTransport


@asynccontextmanager
async def opened_port(
    address: Address,
    *,
    speak: Callable[[ControlPort], Protocol],
    sysroot: str = "/",
    wrap: Wrap | None = None,
) -> AsyncIterator[tuple[ControlPort, ControlTransport]]:
    """Yield the port and an open transport for the protocol that ``speak`` decides on.

    Raises OtherProtocol or AddressError where the port is known to speak another, CannotTest
    where there is none, and what opening raises.
    """
    import trio

    from qmiprobe.address import resolve

    async with resolve(address, sysroot=sysroot, wrap=wrap) as port:
        protocol = speak(port)
        _must_speak(port, protocol)
        if port.open is None:
            raise CannotTest(port.missing or f"{port.name}: there is no control port to ask")
        transport = await port.open(protocol)
        try:
            yield port, transport
        finally:
            with trio.CancelScope(shield=True):
                await transport.aclose()


def _must_speak(port: ControlPort, protocol: Protocol) -> None:
    """Never ask a port in the protocol that its driver does not speak: some latch the first."""
    if port.wanted not in (None, protocol):
        said = f"{port.name} is wanted as {str(port.wanted).upper()}"
        raise AddressError(f"{said}, and the message is of {protocol.upper()}")
    heard = port.driver_protocol or port.carries
    if heard not in (None, protocol):
        text = (
            f"{port.name} speaks {str(heard).upper()}, and the message is of {protocol.upper()}; "
            "`qmiprobe protocol` lists the services of both"
        )
        raise OtherProtocol(text, heard=str(heard))


@asynccontextmanager
async def opened_qmi(
    transport: ControlTransport, port: ControlPort, *, vendor: int | None, observed: Observed
) -> AsyncIterator[QmiDevice]:
    """Yield the device; the client ids of a port that is asked directly stand in a journal."""
    from qmiprobe.device import qmi_device
    from qmiprobe.device._journal import journal_of

    node = port.own_node("qmi")
    journal = journal_of(node) if node is not None else None
    if vendor is None:
        vendor = _vendor_of(port)
    async with qmi_device(transport, vendor=vendor, observed=observed, journal=journal) as device:
        yield device
        if journal is not None and journal.problem is not None:
            text = f"the client ids of this run were not written down: {journal.problem}"
            observed.record("journal", text, b"", 0.0)


def _vendor_of(port: ControlPort) -> int | None:
    name, colon, _ = (port.modem.id if port.modem is not None else "").partition(":")
    return int(name, 16) if colon else None
