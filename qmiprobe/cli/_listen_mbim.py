# SPDX-License-Identifier: GPL-2.0-or-later
"""Listening to an MBIM function: a subscribe list, and a look at one that became quiet."""

from __future__ import annotations

from contextlib import asynccontextmanager, suppress
from typing import TYPE_CHECKING

from qmiprobe.cli._indications import Choice, indications
from qmiprobe.cli._known import services
from qmiprobe.cli._listen import Heard
from qmiprobe.errors import QmiprobeError, Refused

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Mapping, Sequence

    from qmiprobe.address import ControlPort
    from qmiprobe.cli._indications import Wanted
    from qmiprobe.device import MbimDevice, Observed, Subscription
    from qmiprobe.mbim._codec import MbimMessage
    from qmiprobe.mbim.services._shared import Service
    from qmiprobe.transport import ControlTransport

    Cids = Mapping[Service, Sequence[int]]

QUIET = 10.0
"""Seconds without a notification after which the function is asked whether it is still open."""
TIMEOUT = 5.0
PUT_BACK = 2.0
"""Seconds for putting the list back."""
_FIRST = ("basic-connect", "sms", "ussd", "phonebook", "stk", "auth", "dss")
"""Services of MBIM 1.0, whose notifications a function sends before it gets a list."""


class MbimEar:
    """Where the notifications of one port come out."""

    def __init__(
        self, device: MbimDevice, heard: Subscription[MbimMessage], wanted: Sequence[Wanted]
    ) -> None:
        self.port = device.transport.name
        self.services: list[str] = []
        self._device = device
        self._heard = heard
        self._choice = Choice(wanted, "mbim")
        self._last = 0.0

    async def next(self) -> Heard | None:
        """Return the next notification; None for one that nobody wants. Raises the port's end."""
        import trio

        message = await anext(self._heard)
        self._last = trio.current_time()
        if not self._choice.takes(_uuid(message.packet.service).text, message.body):
            return None
        return Heard("mbim", message.raw, self._device.connection.mbimex, None)

    async def look(self) -> None:
        """Ask a quiet function for something harmless: one that was reset is closed, and silent.

        Raises NoAnswer, MbimProtocolError, TransportError; or the function is opened again,
        which counts as ``not-opened``, and its subscribe list is gone.
        """
        import trio

        from qmiprobe.mbim.services import basic_connect

        now = trio.current_time()
        self._last = self._last or now
        if now - self._last >= QUIET:
            self._last = now
            await self._device.exchange(basic_connect.RadioStateQuery(), timeout=TIMEOUT)


@asynccontextmanager
async def mbim_ear(
    transport: ControlTransport,
    port: ControlPort,
    wanted: Sequence[Wanted],
    observed: Observed,
    tell: Callable[[str], None],
) -> AsyncIterator[MbimEar]:
    """Open the function and write the subscribe list; at the end it is as without one.

    ``tell`` hears of a list that was refused. Raises what opening raises, and QmiprobeError for
    a service that is named and that the modem has not got.
    """
    from qmiprobe.session import mbim_device_at

    async with mbim_device_at(port.path, transport, observed=observed) as device:
        with device.subscribe() as heard:
            ear = MbimEar(device, heard, wanted)
            offered = await _offered(device)
            chosen = _chosen(wanted, offered, ear.port)
            ear.services += [str(service) for service in chosen]
            refusal = await _subscribe(device, chosen)
            if refusal is not None:
                said = "only what it sends by itself is heard"
                tell(f"{ear.port}: no subscribe list: {refusal}; {said}")
            try:
                yield ear
            finally:
                # Behind a proxy the list goes with the connection.
                if refusal is None and "mbim" not in port.proxies:
                    await _put_back(device, offered)


async def _offered(device: MbimDevice) -> dict[Service, Sequence[int]] | None:
    """Return the modem's services with their commands; None where it does not tell."""
    from qmiprobe.mbim.services import basic_connect

    try:
        answer = await device.call(basic_connect.DeviceServicesQuery(), timeout=TIMEOUT)
    except Refused:
        return None
    return {one.device_service_id: one.cids for one in answer.device_services}


def _chosen(wanted: Sequence[Wanted], offered: Cids | None, port: str) -> dict[Service, list[int]]:
    """Return the command ids to subscribe to; none of a service stand for all of its."""
    told = _told()
    if not wanted:
        known = offered if offered is not None else {_uuid_of(name): () for name in _FIRST}
        entries = {one: _both(told.get(one), known[one]) for one in known}
        return {one: cids for one, cids in entries.items() if cids is not None}
    chosen: dict[Service, list[int]] = {}
    for word in wanted:
        service = word.of("mbim")
        if service is None:
            continue
        uuid = _uuid_of(service.name)
        if offered is not None and uuid not in offered:
            raise QmiprobeError(f"{port}: the modem has no service {service.name}")
        defined = indications(service)
        cids = {one.id for one in defined if word.message in (None, one.message)}
        chosen[uuid] = sorted(cids | set(chosen.get(uuid, ())))
    return chosen


def _told() -> dict[Service, list[int]]:
    """Return the commands that have notifications, by service; only services that are known."""
    return {
        _uuid_of(one.name): sorted({it.id for it in indications(one)})
        for one in services()
        if one.protocol == "mbim" and one.module is not None
    }


def _both(told: list[int] | None, offered: Sequence[int]) -> list[int] | None:
    """Return what is told and offered; None where the service has nothing to tell."""
    if told is None:
        return []  # not known here: all that it has
    cids = [one for one in told if one in offered or not offered]
    return cids or None


async def _subscribe(device: MbimDevice, chosen: Cids) -> QmiprobeError | None:
    from qmiprobe.mbim.services import basic_connect

    events = [
        basic_connect.EventEntry(device_service_id=uuid, cids=list(cids))
        for uuid, cids in chosen.items()
    ]
    body = basic_connect.DeviceServiceSubscribeListSet(events=events)
    try:
        await device.call(body, timeout=TIMEOUT)
    except Refused as error:
        return error
    return None


async def _put_back(device: MbimDevice, offered: Cids | None) -> None:
    """Write the list that has the effect of none; bounded, and never raises."""
    import trio

    told = _told()
    first = {_uuid_of(name): told[_uuid_of(name)] for name in _FIRST}
    kept = {
        uuid: cids for uuid, cids in first.items() if cids and (offered is None or uuid in offered)
    }
    if device.failure is None:
        with trio.move_on_after(PUT_BACK, shield=True), suppress(QmiprobeError):
            await _subscribe(device, kept)


def _uuid(value: bytes) -> Service:
    from qmiprobe.mbim.services._shared import Service

    return Service(value)


def _uuid_of(name: str) -> Service:
    from qmiprobe.mbim.services._shared import Service

    return Service.from_name(name)
