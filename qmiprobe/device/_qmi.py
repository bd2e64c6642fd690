# SPDX-License-Identifier: GPL-2.0-or-later
"""A modem's QMI side: typed calls, client ids that are given back, indications."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, TypeVar, cast

import trio

from qmiprobe._events import Role, Unmatched
from qmiprobe._message import Request, Response
from qmiprobe.device._client_ids import ClientIds
from qmiprobe.device._leftovers import give_back
from qmiprobe.device._observed import Observed
from qmiprobe.device._port import Port, Slot
from qmiprobe.device._subscription import Subscription
from qmiprobe.errors import DecodeError, DeviceReset, NoAnswer, QmiError, QmiprobeError
from qmiprobe.qmi import _registry
from qmiprobe.qmi._codec import QmiMessage, decode
from qmiprobe.qmi._connection import IndicationReceived, Pending, QmiConnection, ResponseReceived
from qmiprobe.qmi._sdu import BROADCAST, CTL
from qmiprobe.qmi.services._shared import Service
from qmiprobe.transport import ControlTransport

if TYPE_CHECKING:
    from qmiprobe.device._journal import PortJournal
    from qmiprobe.device._journal_entries import HeldId

R = TypeVar("R", bound=Response)
TIMEOUT = 10.0
"""Seconds a request may take; a caller gives more to those that are known to take long."""
ABORT_TIMEOUT = 2.0
"""Seconds for the modem to give up a request, and to answer it after all."""
MOST_LATE = 16
_AT_ONCE = 4
"""Requests to services at a time; modems have been seen to lose step with more."""


class QmiDevice(Port[QmiMessage]):
    """One QMI control port. Made by :func:`qmi_device`."""

    def __init__(
        self,
        transport: ControlTransport,
        *,
        vendor: int | None = None,
        journal: PortJournal | None = None,
    ) -> None:
        self.connection = QmiConnection(Role.HOST, vendor=vendor)
        super().__init__(transport, self.connection)
        self._ids = ClientIds(self, journal)
        self._late: list[QmiMessage] = []
        self.ctl_turn = trio.Semaphore(1)
        """Held during a request to CTL: there is one at a time."""
        self._turn = trio.Semaphore(_AT_ONCE)

    @property
    def held(self) -> set[tuple[int, int]]:
        """(service, client id) of the ids that are ours now."""
        return self._ids.held

    @property
    def journal(self) -> PortJournal | None:
        """Where the ids that are ours are written down; None where they are not."""
        return self._ids.journal

    def note(self, event: object) -> None:
        if isinstance(event, IndicationReceived):
            self._ids.note(event.message)
            self.publish(event.message)

    def note_late(self, event: Unmatched) -> None:
        if isinstance(event.request, Pending):
            message = decode(event.raw, vendor=self.connection.vendor)
            self._take_late(event.request, message)

    async def settle(self) -> None:
        await self._ids.settle()

    async def exchange(
        self, body: Request[Response], *, client: int = 0, timeout: float = TIMEOUT
    ) -> QmiMessage:
        """Send a request and return its answer whole, also one that is a refusal.

        ``timeout`` counts from when it is this request's turn. Raises NoAnswer, DecodeError for
        an answer that means nothing, TransportError. Where its service can abort it, a request
        that is cancelled or not answered is aborted in the modem too; what it granted all the
        same, :meth:`granted_late` has.
        """
        async with self.ctl_turn if body.service == CTL else self._turn:
            return await self.exchange_in_turn(body, client=client, timeout=timeout)

    async def exchange_in_turn(
        self, body: Request[Response], *, client: int = 0, timeout: float = TIMEOUT
    ) -> QmiMessage:
        """The same for a caller who has taken the turn already."""
        now = trio.current_time()
        pending, frame = self.connection.request(body, client=client, now=now)
        name = f"{body.service_name} {body.message}"
        abortable = getattr(body, "abortable", False)
        return await self._finish(pending, frame, name, timeout, abortable=abortable)

    async def exchange_raw(
        self, *, service: int, client: int, message_id: int, tlvs: bytes, timeout: float = TIMEOUT
    ) -> QmiMessage:
        """The same for a message that is not defined; it is not aborted."""
        async with self.ctl_turn if service == CTL else self._turn:
            pending, frame = self.connection.request_raw(
                service=service,
                client=client,
                message_id=message_id,
                tlvs=tlvs,
                now=trio.current_time(),
            )
            name = f"message {message_id:#06x} of service {service:#04x}"
            return await self._finish(pending, frame, name, timeout)

    async def _finish(
        self,
        pending: Pending,
        frame: bytes,
        name: str,
        timeout: float,
        *,
        abortable: bool = False,
    ) -> QmiMessage:
        with self.expecting(pending) as slot:
            try:
                event = await self.ask(slot, [frame], name=name, timeout=timeout)
            except (NoAnswer, trio.Cancelled) as error:
                if abortable:
                    await self._abort(pending, slot)
                self._given_up(pending, slot, waited=isinstance(error, NoAnswer))
                raise
            finally:
                self.connection.abandon(pending, now=trio.current_time())
        message = cast("ResponseReceived", event).message
        self.observed.remark(name, message.notes, message.raw, trio.current_time())
        return message

    def _given_up(self, pending: Pending, slot: Slot, *, waited: bool) -> None:
        """Nobody waits for this answer any more; it may have come, or still be on its way."""
        if isinstance(slot.event, ResponseReceived):
            self._take_late(pending, slot.event.message)
        elif not waited and slot.error is None:
            self._ids.note_due(pending)

    async def _abort(self, pending: Pending, slot: Slot) -> None:
        """Give up a request in the modem too, and wait for how it ended: it may be granted."""
        module = _registry.service_name(pending.service)
        abort = _registry.load(module or "", "Abort")
        body = cast("Request[Response]", abort(transaction_id=pending.transaction))
        with trio.move_on_after(ABORT_TIMEOUT, shield=True):
            try:
                if not slot.done.is_set():
                    client, timeout = pending.client, ABORT_TIMEOUT / 2
                    await self.exchange_in_turn(body, client=client, timeout=timeout)
            except QmiprobeError as error:
                self._record("abort-failed", str(error))
            await slot.done.wait()

    def _take_late(self, pending: Pending, message: QmiMessage) -> None:
        granted = message.result is not None and message.result.ok
        if granted:
            self._late.append(message)
            del self._late[:-MOST_LATE]
        self._ids.note_late(pending, message if granted else None)

    def granted_late(self, body: type[Request[R]], *, client: int) -> R | None:
        """Return, once, what the modem granted after the request had been given up, or None."""
        for message in self._late:
            header = message.header
            if (header.service, header.message_id, header.client) == (
                body.service,
                body.id,
                client,
            ):
                self._late.remove(message)
                return cast("R | None", message.body)
        return None

    async def call(self, body: Request[R], *, client: int = 0, timeout: float = TIMEOUT) -> R:
        """Send a request and return its answer's body.

        Raises QmiError where the modem refuses, DecodeError where a required TLV is missing,
        and what :meth:`exchange` raises.
        """
        return accept(await self.exchange(body, client=client, timeout=timeout), body)

    @asynccontextmanager
    async def client(self, service: str) -> AsyncIterator[QmiClient]:
        """Hold a client id of a service while the block runs; it is given back on every way out.

        Raises QmiError where the modem gives none, EncodeError for a service that nobody knows.
        """
        number = int(Service.from_name(service))
        cid = await self._ids.allocate(number)
        try:
            yield QmiClient(self, number, cid)
        finally:
            await self._ids.release(number, cid)

    def leave(self, client: QmiClient) -> None:
        """Have a client id outlive this program: from now on it is not ours to give back.

        To be noted elsewhere before, or nobody ever gives it back.
        """
        self._ids.leave(client.service, client.cid)

    async def give_back_leftovers(self, *, held_by_others: bool = False) -> tuple[HeldId, ...]:
        """Give back the client ids that killed runs left on this port; return which.

        Only with a journal, and only where they can be nobody else's (see ``_leftovers``):
        ``held_by_others`` says that another program has the port open, and an id may be its own.
        """
        return await give_back(self._ids, self, held_by_others=held_by_others)

    def subscribe(self) -> Subscription[QmiMessage]:
        """Return the port's indications, for use in ``with``."""
        return Subscription(self)


class QmiClient:
    """A client id of one service; made by :meth:`QmiDevice.client`."""

    def __init__(self, device: QmiDevice, service: int, cid: int) -> None:
        self.device = device
        self.service = service
        self.cid = cid

    async def call(self, body: Request[R], *, timeout: float = TIMEOUT) -> R:
        """Send a request of this service; see :meth:`QmiDevice.call`."""
        return accept(await self.exchange(body, timeout=timeout), body)

    async def exchange(self, body: Request[Response], *, timeout: float = TIMEOUT) -> QmiMessage:
        """Send a request of this service; see :meth:`QmiDevice.exchange`."""
        if (self.service, self.cid) not in self.device.held:
            text = f"client id {self.cid} of {body.service_name} is not ours any more"
            raise DeviceReset(text, port=self.device.transport.name)
        return await self.device.exchange(body, client=self.cid, timeout=timeout)

    def granted_late(self, body: type[Request[R]]) -> R | None:
        """Return what a request of this client got too late; see :meth:`QmiDevice.granted_late`."""
        return self.device.granted_late(body, client=self.cid)

    def concerns(self, message: QmiMessage) -> bool:
        """Whether an indication is for this client."""
        header = message.header
        return header.service == self.service and header.client in (self.cid, BROADCAST)


def accept(answer: QmiMessage, body: Request[R]) -> R:
    """Return the answer's body; QmiError for a refusal, DecodeError if a required part lacks."""
    name = f"{body.service_name} {body.message}"
    if answer.result is not None and not answer.result.ok:
        text = f"{name}: QMI error {answer.result}"
        raise QmiError(text, error=answer.result.error, response=answer)
    missing = [note.text for note in answer.notes if note.code in ("missing-tlv", "missing-result")]
    if missing or answer.body is None:
        raise DecodeError(f"{name}: {'; '.join(missing) or 'not defined'}")
    return cast("R", answer.body)


@asynccontextmanager
async def qmi_device(
    transport: ControlTransport,
    *,
    vendor: int | None = None,
    observed: Observed | None = None,
    journal: PortJournal | None = None,
) -> AsyncIterator[QmiDevice]:
    """Use a control port as QMI while the block runs. Nothing is sent by this itself.

    ``vendor`` (a USB vendor id) chooses among vendors' messages; ``observed`` takes the evidence;
    ``journal`` is told of the client ids that are held, for a run after one that is killed.
    The transport stays the caller's, to be closed after the block.
    """
    device = QmiDevice(transport, vendor=vendor, journal=journal)
    device.observed = device.observed if observed is None else observed
    async with device.reading():
        yield device
