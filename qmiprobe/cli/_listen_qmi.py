# SPDX-License-Identifier: GPL-2.0-or-later
"""Listening to a QMI modem: one client id for each service, which carries its registrations."""

from __future__ import annotations

from contextlib import AsyncExitStack, asynccontextmanager
from typing import TYPE_CHECKING

from qmiprobe.cli._indications import Choice
from qmiprobe.cli._listen import Heard
from qmiprobe.cli._registrations import (
    REGISTRATIONS,
    Registration,
    registered_services,
    requests_of,
)
from qmiprobe.errors import QmiError, QmiprobeError, Refused

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Sequence

    from qmiprobe.address import ControlPort
    from qmiprobe.cli._indications import Wanted
    from qmiprobe.device import Observed, QmiClient, QmiDevice, Subscription
    from qmiprobe.qmi._codec import QmiMessage
    from qmiprobe.transport import ControlTransport

TIMEOUT = 5.0
"""Seconds for each request of registering."""


class QmiEar:
    """Where the indications of one port come out."""

    def __init__(
        self, device: QmiDevice, heard: Subscription[QmiMessage], wanted: Sequence[Wanted]
    ) -> None:
        self.port = device.transport.name
        self.services: list[str] = []
        """Those that a client id is held of."""
        self._device = device
        self._heard = heard
        self._choice = Choice(wanted, "qmi")

    async def next(self) -> Heard | None:
        """Return the next indication; None for one that nobody wants. Raises the port's end."""
        message = await anext(self._heard)
        if not self._choice.takes(message.header.service, message.body):
            return None
        return Heard("qmi", message.raw, None, self._device.connection.vendor)

    async def look(self) -> None:
        """Nothing is to be asked: a QMI modem that starts anew says so."""


@asynccontextmanager
async def qmi_ear(
    transport: ControlTransport,
    port: ControlPort,
    wanted: Sequence[Wanted],
    observed: Observed,
    tell: Callable[[str], None],
) -> AsyncIterator[QmiEar]:
    """Register with the services that are wanted; the client ids go back at the end.

    ``tell`` hears of registrations that were refused. Raises QmiprobeError where the modem has
    not got a service that is named.
    """
    from qmiprobe.cli._open_port import opened_qmi

    opened = opened_qmi(transport, port, vendor=None, observed=observed)
    async with opened as device, AsyncExitStack() as clients:
        if device.journal is not None:
            from qmiprobe.device._leftovers import take_witness

            await take_witness(device, clients)
        with device.subscribe() as heard:
            ear = QmiEar(device, heard, wanted)
            for name in await _services(device, wanted):
                await _listen_to(device, clients, name, ear, tell, named=bool(wanted))
            yield ear


async def _services(device: QmiDevice, wanted: Sequence[Wanted]) -> list[str]:
    """Return the names of the services to register with."""
    if wanted:
        return list(dict.fromkeys(service.name for one in wanted if (service := one.of("qmi"))))
    from qmiprobe.qmi.services import ctl

    known = registered_services()
    try:
        answer = await device.call(ctl.GetVersionInfo(), timeout=TIMEOUT)
    except Refused:
        return known  # firmware that does not tell refuses the ids that it has not got
    offered = {str(one.service_) for one in answer.service_list}
    return [name for name in known if name in offered]


async def _listen_to(
    device: QmiDevice,
    clients: AsyncExitStack,
    name: str,
    ear: QmiEar,
    tell: Callable[[str], None],
    *,
    named: bool,
) -> None:
    if name == "ctl":
        ear.services.append(name)
        return
    try:
        client = await clients.enter_async_context(device.client(name))
    except QmiError as error:
        if not named:
            return
        text = f"{ear.port}: the modem gives no client id for {name}: {error}"
        raise QmiError(text, error=error.error, response=error.response) from error
    ear.services.append(name)
    for registration in REGISTRATIONS:
        if registration.service == name:
            refusal = await _register(client, registration)
            if refusal is not None and named:
                tell(f"{ear.port}: not registered: {refusal}")


async def _register(client: QmiClient, registration: Registration) -> QmiprobeError | None:
    """Register, with less where the modem refuses more; return why not even that was taken."""
    first: QmiprobeError | None = None
    for attempt in requests_of(registration):
        refused = 0
        for body in attempt:
            try:
                await client.call(body, timeout=TIMEOUT)
            except Refused as error:
                first = first or error
                refused += 1
        if refused < len(attempt):
            return None
    return first
