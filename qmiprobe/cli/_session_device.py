# SPDX-License-Identifier: GPL-2.0-or-later
"""A modem's device for ``connect`` and ``disconnect``, and the sessions that earlier runs left."""

from __future__ import annotations

import os
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from typing import TYPE_CHECKING

from qmiprobe.cli._open_port import opened_qmi
from qmiprobe.errors import AddressError, CannotTest, OtherProtocol, QmiprobeError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from qmiprobe.address import ControlPort, Protocol
    from qmiprobe.address._resolve import Wrap
    from qmiprobe.device import MbimDevice, Observed, QmiDevice
    from qmiprobe.session import SessionJournal


_PROTOCOLS: dict[str, Protocol] = {"qmi": "qmi", "mbim": "mbim"}


def protocol_of(port: ControlPort) -> Protocol:
    """Return what the port speaks; AddressError where neither driver nor address tells."""
    if port.wanted and port.driver_protocol and port.wanted != port.driver_protocol:
        text = f"{port.name} speaks {port.driver_protocol.upper()}, {port.wanted.upper()} is wanted"
        raise OtherProtocol(text, heard=port.driver_protocol)
    spoken = port.driver_protocol or port.wanted
    if spoken is None:
        text = f"what {port.name} speaks is not known: write qmi:{port.name} or mbim:{port.name}"
        raise AddressError(text)
    return spoken


@asynccontextmanager
async def opened_device(
    port: ControlPort, *, observed: Observed, joined: bool = False
) -> AsyncIterator[QmiDevice | MbimDevice]:
    """Yield the modem, its port opened and closed at the end.

    ``joined``: an MBIM function is taken for open already, since opening it again would end its
    sessions; so it is in any case where ``connect`` keeps one. Raises CannotTest where there is no
    port, and what opening raises.
    """
    import trio

    if port.open is None:
        raise CannotTest(port.missing or f"{port.name}: there is no control port to ask")
    protocol = protocol_of(port)
    transport = await port.open(protocol)
    try:
        if protocol == "qmi":
            async with opened_qmi(transport, port, vendor=None, observed=observed) as qmi:
                yield qmi
            return
        from qmiprobe.session import joined_mbim_device, mbim_device_at

        opening = (
            joined_mbim_device(transport, observed=observed)
            if joined
            else mbim_device_at(port.path, transport, observed=observed)
        )
        async with opening as mbim:
            yield mbim
    finally:
        with trio.CancelScope(shield=True):
            await transport.aclose()


async def end_by_journal(journal: SessionJournal, *, wrap: Wrap | None = None) -> tuple[str, ...]:
    """Undo what a session left, its modem found by what the journal says; see :func:`end_left`."""
    from qmiprobe.address import NodeAddress, resolve
    from qmiprobe.device import Observed

    owner = journal.owner
    async with AsyncExitStack() as stack:
        port: ControlPort | None = None
        if owner.port is not None:
            wanted = _PROTOCOLS.get(owner.protocol)
            address = NodeAddress(path=owner.port.path, wanted=wanted)
            with suppress(QmiprobeError):
                port = await stack.enter_async_context(resolve(address, wrap=wrap))
        return await end_left(journal, port, observed=Observed())


async def end_left(
    journal: SessionJournal, port: ControlPort | None, *, observed: Observed
) -> tuple[str, ...]:
    """Undo what a session left, in the modem and on the machine; return what could not be undone.

    ``port``: where its modem may be asked now; None, or another one by now: it is gone, and what
    was in it too.
    """
    from qmiprobe.session import unwind

    with journal:
        if port is None or not is_port_of(journal, port):
            return await unwind(journal)
        try:
            async with opened_device(port, observed=observed, joined=True) as device:
                await _give_back(device, port)
                return await unwind(journal, device=device)
        except QmiprobeError as error:
            return (*await unwind(journal), f"the modem could not be asked: {error}")


async def _give_back(device: QmiDevice | MbimDevice, port: ControlPort) -> None:
    from qmiprobe import host
    from qmiprobe.device import QmiDevice

    if not isinstance(device, QmiDevice) or port.path is None:
        return
    holders = host.holders(port.path).found
    # Who made a pty has it open too, and takes nobody's answers.
    pty = port.path.startswith("/dev/pts/")
    others = any(one.pid != os.getpid() and (one.is_proxy or not pty) for one in holders)
    await device.give_back_leftovers(held_by_others=others)


def is_port_of(journal: SessionJournal, port: ControlPort) -> bool:
    """Whether a session was started at this port, in this life of it."""
    from qmiprobe.device._journal_system import identify_port

    noted = journal.owner.port
    now = identify_port(port.path) if port.path is not None else None
    return noted is not None and now is not None and noted.is_same(now)
