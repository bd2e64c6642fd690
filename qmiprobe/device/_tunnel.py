# SPDX-License-Identifier: GPL-2.0-or-later
"""QMI inside MBIM: a control port for QMI whose messages are commands of an MBIM function.

A QMUX message is the buffer of a set command of the function's ``qmi`` service, its answer that
of COMMAND_DONE; indications come as notifications, to whom subscribed to them.
"""

from __future__ import annotations

from collections import deque
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager

import trio

from qmiprobe._events import Malformed, Unmatched
from qmiprobe._framing import Frame, Garbage
from qmiprobe._message import Message
from qmiprobe.device._mbim import MbimDevice
from qmiprobe.device._mbim_open import open_patiently
from qmiprobe.device._observed import Observed
from qmiprobe.errors import (
    AnswerLost,
    DeviceGone,
    MbimError,
    ModemSilent,
    NoAnswer,
    OtherProtocol,
    QmiprobeError,
    TransportError,
)
from qmiprobe.mbim._codec import MbimMessage
from qmiprobe.mbim._connection import (
    AnswerReceived,
    FunctionErrorReceived,
    NotificationReceived,
)
from qmiprobe.mbim.services import basic_connect
from qmiprobe.mbim.services._shared import ProtocolError, Service, Status
from qmiprobe.mbim.services.qmi import MsgNotification, MsgResponse, MsgSet
from qmiprobe.qmi._frame import QmuxFramer
from qmiprobe.transport import ControlTransport

TIMEOUT = 5.0
"""Seconds for each of the three questions with which a tunnel is opened."""
_PUT_BACK_TIMEOUT = 1.0
"""Seconds to put the notifications back; closing has its own."""
CLOSE_TIMEOUT = 4.0
"""Seconds that both may take together, whatever happens."""
_NO_QMI = "this MBIM function has no QMI service"

AS_AFTER_OPEN = (
    (Service.BASIC_CONNECT, (2, 3, 7, 9, 10, 11, 12, 13, 15, 22, 24)),
    (Service.SMS, (1, 2, 5)),
    (Service.USSD, (1,)),
    (Service.PHONEBOOK, (1,)),
    (Service.STK, (1,)),
)
"""What a function notifies of by itself once it is open (MBIM 1.0), by service and command."""


async def open_tunnel(carrier: ControlTransport, *, timeout: float = TIMEOUT) -> TunnelTransport:
    """Open an MBIM control port for QMI; ``carrier`` is the tunnel's from here on.

    The transport is ready for :func:`qmi_device`. Nothing is said in QMI here. Raises
    OtherProtocol where the function has no QMI service, ModemSilent where it does not answer, and
    what opening an MBIM device raises, with what was ``observed``.
    """
    function = _Function(carrier)
    try:
        async with function.conversing():
            await open_patiently(function, timeout=timeout)
            try:
                await _prepare(function, timeout)
            except BaseException:
                await function.finish()
                raise
    except BaseException as error:
        await carrier.aclose()
        raise _told(error, function.observed) from None
    return TunnelTransport(function)


def _told(error: BaseException, observed: Observed) -> BaseException:
    """Return the error with what was seen before it; of a silence, that it is the modem's."""
    if isinstance(error, NoAnswer):
        error = ModemSilent(str(error))
    if isinstance(error, QmiprobeError):
        error.observed = observed
    return error


async def _prepare(function: _Function, timeout: float) -> None:
    services = await function.call(basic_connect.DeviceServicesQuery(), timeout=timeout)
    offered = [one.device_service_id for one in services.device_services]
    if Service.QMI not in offered:
        text = f"{function.transport.name}: {_NO_QMI}; it has {', '.join(map(str, offered))}"
        raise OtherProtocol(text, heard="mbim")
    function.offered = frozenset(offered)
    try:
        await function.subscribe_to([(Service.QMI, (MsgNotification.id,))], timeout=timeout)
    except MbimError as error:
        if error.error != Status.NO_DEVICE_SUPPORT:
            raise
        text = f"{function.transport.name}: {_NO_QMI}, although it lists one: {error}"
        raise OtherProtocol(text, heard="mbim") from error


class _Function(MbimDevice):
    """The MBIM function; its own reader runs only while a tunnel is opened and closed."""

    def __init__(self, carrier: ControlTransport) -> None:
        super().__init__(carrier)
        self.offered: frozenset[Service] = frozenset()

    @asynccontextmanager
    async def conversing(self) -> AsyncIterator[None]:
        """Read the port while the block runs, more than once."""
        self.failure = None
        async with self.reading():
            yield

    async def subscribe_to(
        self, events: Sequence[tuple[Service, tuple[int, ...]]], *, timeout: float
    ) -> None:
        """Choose the notifications, in place of those before."""
        entries = [
            basic_connect.EventEntry(device_service_id=service, cids=list(cids))
            for service, cids in events
        ]
        request = basic_connect.DeviceServiceSubscribeListSet(events=entries)
        await self.call(request, timeout=timeout)

    async def put_back(self) -> None:
        """Give everything back: the notifications, and the function unless others need it."""
        events = [(service, cids) for service, cids in AS_AFTER_OPEN if service in self.offered]
        try:
            await self.subscribe_to(events, timeout=self.patience(_PUT_BACK_TIMEOUT))
        finally:
            await self.finish()

    async def post(self, body: MsgSet) -> None:
        """Send a command whose answer :meth:`events` finds."""
        pending, frames = self.connection.command(body, now=trio.current_time())
        try:
            await self._send(frames)
        except BaseException:
            self.connection.abandon(pending, now=trio.current_time())
            raise

    def events(self, data: bytes) -> Iterator[object]:
        """Yield what one received frame means."""
        return self._events(data)


class TunnelTransport:
    """A :class:`~qmiprobe.device.ControlTransport` for QMUX; made by :func:`open_tunnel`.

    It has no reader of its own: what the function sends is looked at by who receives here.
    """

    max_command: int | None = None

    def __init__(self, function: _Function) -> None:
        self.name = f"mbim-tunnel:{function.transport.name}"
        self._function = function
        self._ready: deque[Frame | Garbage | TransportError] = deque()
        self._receiving = trio.CancelScope()
        self._closed = False

    async def send(self, message: bytes) -> None:
        """Send one QMUX message; see :class:`~qmiprobe.device.ControlTransport`."""
        self._check_open()
        await self._function.post(MsgSet(qmux=bytes(message)))

    async def receive(self) -> Frame | Garbage:
        """Return the next QMUX message.

        AnswerLost stands for what the function said in its place: a status, a protocol error, an
        MBIM message that fits nothing. Raises TransportError where it says that it has no QMI,
        or is closed, and what the carrier raises.
        """
        await trio.lowlevel.checkpoint()
        while not self._ready:
            self._check_open()
            with trio.CancelScope() as self._receiving:
                self._take(await self._function.transport.receive())
        item = self._ready.popleft()
        if isinstance(item, TransportError):
            raise item
        return item

    async def aclose(self) -> None:
        """Put the function back as it was, and close the carrier. Never raises; takes 4 s at most.

        The function is closed, unless a data session is active on it that must not end.
        """
        if self._closed:
            return
        self._closed = True
        self._receiving.cancel()
        function = self._function
        function.silent = bool(function.connection.pending)
        with trio.move_on_after(CLOSE_TIMEOUT, shield=True):
            try:
                async with function.conversing():
                    await function.put_back()
            except QmiprobeError:
                pass  # the port is at its end, or the function says no: nothing is left to do
        await function.transport.aclose()

    def _check_open(self) -> None:
        if self._closed:
            raise DeviceGone("the tunnel was closed by this program", port=self.name)

    def _take(self, item: Frame | Garbage) -> None:
        if isinstance(item, Garbage):
            self._ready.append(item)
            return
        for event in self._function.events(item.data):
            self._ready.extend(self._read(event))

    def _read(self, event: object) -> list[Frame | Garbage | TransportError]:
        """Return what an MBIM event means to somebody who speaks QMI."""
        if isinstance(event, AnswerReceived):
            return self._read_answer(event.message)
        if isinstance(event, NotificationReceived):
            return _cut(event.message.body)
        if isinstance(event, FunctionErrorReceived):
            error = event.message.error
            text = f"MBIM protocol error {error} ({int(error or 0)})"
            if error == ProtocolError.NOT_OPENED:
                return [self._end(f"{text}: another program closed the function, or it restarted")]
            return [self._lost(f"{text} in place of an answer")]
        if isinstance(event, Malformed):
            return [self._lost(f"an MBIM message cannot be read: {event.error}")]
        if isinstance(event, Unmatched):
            return [self._lost(f"{event.kind} MBIM message: {event.text}")]
        return []

    def _read_answer(self, message: MbimMessage) -> list[Frame | Garbage | TransportError]:
        if message.status == Status.NO_DEVICE_SUPPORT:
            return [self._end(f"{_NO_QMI}: MBIM status {message.status}")]
        if message.status:
            text = f"MBIM status {message.status} ({int(message.status)}) in place of a QMI answer"
            return [self._lost(text)]
        return _cut(message.body)

    def _end(self, text: str) -> TransportError:
        return TransportError(text, port=self.name)

    def _lost(self, text: str) -> TransportError:
        return AnswerLost(text, port=self.name)


def _cut(body: Message | None) -> list[Frame | Garbage | TransportError]:
    """Return the QMUX messages in a buffer of the ``qmi`` service; nothing for other services."""
    if not isinstance(body, MsgResponse | MsgNotification):
        return []
    framer = QmuxFramer()
    return [*framer.feed(body.qmux), *framer.flush()]
