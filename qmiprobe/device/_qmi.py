# SPDX-License-Identifier: GPL-2.0-or-later
"""A modem's QMI side: typed calls, client ids that are given back, indications."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TypeVar, cast

import trio

from qmiprobe._events import Role
from qmiprobe._message import Indication, Request, Response
from qmiprobe.device._port import Port
from qmiprobe.device._subscription import Subscription
from qmiprobe.errors import DecodeError, NoAnswer, QmiError, QmiprobeError
from qmiprobe.qmi import _registry
from qmiprobe.qmi._codec import QmiMessage
from qmiprobe.qmi._connection import IndicationReceived, Pending, QmiConnection, ResponseReceived
from qmiprobe.qmi._sdu import BROADCAST, CTL
from qmiprobe.qmi.services import ctl
from qmiprobe.qmi.services._shared import Service
from qmiprobe.transport import ControlTransport

R = TypeVar("R", bound=Response)
TIMEOUT = 10.0
"""Seconds a request may take; a caller gives more to those that are known to take long."""
ALLOCATE_TIMEOUT = 5.0
RELEASE_TIMEOUT = 2.0


class QmiDevice(Port[QmiMessage]):
    """One QMI control port. Made by :func:`qmi_device`."""

    def __init__(self, transport: ControlTransport, *, vendor: int | None = None) -> None:
        self.connection = QmiConnection(Role.HOST, vendor=vendor)
        super().__init__(transport, self.connection)
        self.held: set[tuple[int, int]] = set()
        """(service, client id) of the ids that are ours now."""
        # Modems have been seen to lose step with more (CTL has 255 transaction ids in all).
        self._ctl_turn = trio.Semaphore(1)
        self._turn = trio.Semaphore(4)

    def note(self, event: object) -> None:
        if isinstance(event, IndicationReceived):
            self.publish(event.message)

    async def exchange(
        self, body: Request[Response], *, client: int = 0, timeout: float = TIMEOUT
    ) -> QmiMessage:
        """Send a request and return its answer whole, also one that is a refusal.

        Raises NoAnswer, DecodeError for an answer that means nothing, TransportError.
        A request that is cancelled on the way is aborted where its service can do that.
        """
        async with self._ctl_turn if body.service == CTL else self._turn:
            now = trio.current_time()
            pending, frame = self.connection.request(body, client=client, now=now)
            name = f"{body.service_name} {body.message}"
            try:
                return await self._finish(pending, frame, name, timeout)
            except (NoAnswer, trio.Cancelled):
                if getattr(body, "abortable", False):
                    await self._abort(pending)
                raise

    async def exchange_raw(
        self, *, service: int, client: int, message_id: int, tlvs: bytes, timeout: float = TIMEOUT
    ) -> QmiMessage:
        """The same for a message that is not defined."""
        async with self._ctl_turn if service == CTL else self._turn:
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
        self, pending: Pending, frame: bytes, name: str, timeout: float
    ) -> QmiMessage:
        try:
            event = await self.round_trip(pending, [frame], name=name, timeout=timeout)
        finally:
            self.connection.abandon(pending, now=trio.current_time())
        return cast("ResponseReceived", event).message

    async def _abort(self, pending: Pending) -> None:
        """Give up a request in the modem too: a cancelled call may come up after all."""
        module = _registry.service_name(pending.service)
        abort = _registry.load(module or "", "Abort")
        body = cast("Request[Response]", abort(transaction_id=pending.transaction))
        with trio.move_on_after(RELEASE_TIMEOUT, shield=True):
            try:
                now = trio.current_time()
                request, frame = self.connection.request(body, client=pending.client, now=now)
                await self._finish(request, frame, "abort", RELEASE_TIMEOUT)
            except QmiprobeError as error:
                self.observed.record("abort-failed", str(error), b"", trio.current_time())

    async def call(self, body: Request[R], *, client: int = 0, timeout: float = TIMEOUT) -> R:
        """Send a request and return its answer's body.

        Raises QmiError where the modem refuses, DecodeError where a required TLV is missing,
        and what :meth:`exchange` raises.
        """
        return accept(await self.exchange(body, client=client, timeout=timeout), body)

    @asynccontextmanager
    async def client(self, service: str) -> AsyncIterator[QmiClient]:
        """Hold a client id of a service while the block runs; it is given back on every way out.

        Raises QmiError where the modem gives none.
        """
        number = _registry.service_id(service)
        # Once asked for, the id is ours even if we are cancelled before the answer.
        with trio.CancelScope(shield=True):
            request = ctl.AllocateCid(service_=Service(number))
            answer = await self.call(request, timeout=ALLOCATE_TIMEOUT)
        cid = answer.allocation_info.cid
        self.held.add((number, cid))
        try:
            yield QmiClient(self, number, cid)
        finally:
            await self._release(number, cid)

    async def _release(self, service: int, cid: int) -> None:
        if self.failure is not None:
            return
        info = ctl.Client(service_=Service(service), cid=cid)
        with trio.move_on_after(RELEASE_TIMEOUT, shield=True):
            try:
                await self.call(ctl.ReleaseCid(release_info=info), timeout=RELEASE_TIMEOUT)
                self.held.discard((service, cid))
            except QmiprobeError as error:
                text = f"client id {cid} of {_registry.service_name(service)}: {error}"
                self.observed.record("not-released", text, b"", trio.current_time())

    def subscribe(self) -> Subscription[QmiMessage]:
        """Return the port's indications, for use in ``with``."""
        return Subscription(self.subscriptions)


class QmiClient:
    """A client id of one service; made by :meth:`QmiDevice.client`."""

    def __init__(self, device: QmiDevice, service: int, cid: int) -> None:
        self.device = device
        self.service = service
        self.cid = cid

    async def call(self, body: Request[R], *, timeout: float = TIMEOUT) -> R:
        """Send a request of this service; see :meth:`QmiDevice.call`."""
        return await self.device.call(body, client=self.cid, timeout=timeout)

    async def exchange(self, body: Request[Response], *, timeout: float = TIMEOUT) -> QmiMessage:
        """Send a request of this service; see :meth:`QmiDevice.exchange`."""
        return await self.device.exchange(body, client=self.cid, timeout=timeout)

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
    transport: ControlTransport, *, vendor: int | None = None
) -> AsyncIterator[QmiDevice]:
    """Use a control port as QMI while the block runs. Nothing is sent by this itself."""
    device = QmiDevice(transport, vendor=vendor)
    async with device.reading():
        yield device


__all__ = ["Indication", "QmiClient", "QmiDevice", "qmi_device"]
