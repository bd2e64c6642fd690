# SPDX-License-Identifier: GPL-2.0-or-later
"""Modems that do as they are told: both protocols in the modem's role, over any transport."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, cast

import trio

from qmiprobe._events import Role
from qmiprobe._framing import Frame
from qmiprobe._message import Message, Response
from qmiprobe.device import MbimDevice, QmiDevice, mbim_device, qmi_device
from qmiprobe.errors import DeviceGone
from qmiprobe.mbim._codec import MbimMessage
from qmiprobe.mbim._connection import (
    CloseReceived,
    CommandReceived,
    MbimConnection,
    OpenReceived,
)
from qmiprobe.mbim.services import basic_connect as bc
from qmiprobe.mbim.services._shared import ContextType, Status
from qmiprobe.qmi._codec import QmiMessage
from qmiprobe.qmi._connection import QmiConnection, RequestReceived
from qmiprobe.qmi.services import ctl
from qmiprobe.qmi.services._shared import Error
from qmiprobe.transport import MemoryTransport, memory_pair

if TYPE_CHECKING:
    from qmiprobe.transport import ControlTransport

PORT = "memory:modem"


@dataclass(frozen=True)
class Silent:
    """No answer to this one."""


@dataclass(frozen=True)
class After:
    """An answer that takes its time, in seconds."""

    seconds: float
    answer: object


Answer = object
"""Response; Error or Status; Silent; After; bytes (sent as they are); a function of the message."""


@dataclass
class Scripted:
    """What both kinds share: what was asked, and what to answer by class of request."""

    port: ControlTransport
    asked: list[Message | str] = field(default_factory=list)
    """Bodies of requests in order; ``open`` and ``close`` for those of MBIM."""
    answers: dict[type[Message] | str, list[Answer]] = field(default_factory=dict)
    """Answers in order; the last one stays."""
    most_under_way: dict[int, int] = field(default_factory=lambda: defaultdict(int))
    """By QMI service; all of MBIM's under 0."""
    _now: dict[int, int] = field(default_factory=lambda: defaultdict(int))
    _sending: trio.Lock = field(default_factory=trio.Lock)
    _came: trio.Event = field(default_factory=trio.Event)

    def script(self, request: type[Message] | str, *answers: Answer) -> None:
        """Say what to answer to the next requests of a kind."""
        self.answers[request] = list(answers)

    def count(self, request: type[Message] | str) -> int:
        """Return how often something was asked."""
        return len(self.bodies(request))

    def bodies(self, request: type[Message] | str) -> list[Message | str]:
        """Return the requests of one kind."""
        if isinstance(request, str):
            return [one for one in self.asked if one == request]
        return [one for one in self.asked if type(one) is request]

    def _next(self, request: type[Message] | str) -> Answer:
        answers = self.answers.get(request)
        if not answers:
            return None
        return answers.pop(0) if len(answers) > 1 else answers[0]

    async def _due(self, answer: Answer, request: object) -> Answer:
        """Return an answer once it is due; Silent where nothing is left to be said."""
        if callable(answer):
            answer = cast("Callable[[object], Answer]", answer)(request)
        if isinstance(answer, After):
            await trio.sleep(answer.seconds)
            answer = answer.answer
        if isinstance(answer, bytes):
            await self._send(answer)
            return Silent()
        return answer

    async def run(self) -> None:
        """Be the modem until the port is closed."""
        async with trio.open_nursery() as nursery:
            while True:
                try:
                    item = await self.port.receive()
                except DeviceGone:
                    nursery.cancel_scope.cancel()
                    return
                if isinstance(item, Frame):
                    react = self.take(item.data)
                    self._came.set()
                    self._came = trio.Event()
                    if react is not None:
                        nursery.start_soon(react)

    def take(self, data: bytes) -> Callable[[], Awaitable[None]] | None:
        """Note what came and return what answers it."""
        raise NotImplementedError

    async def _count(self, key: int, react: Callable[[], Awaitable[None]]) -> None:
        self._now[key] += 1
        self.most_under_way[key] = max(self.most_under_way[key], self._now[key])
        try:
            await react()
        finally:
            self._now[key] -= 1

    async def _send(self, *frames: bytes) -> None:
        with suppress(DeviceGone):
            async with self._sending:  # a modem does not mix the fragments of two messages
                for frame in frames:
                    await self.port.send(frame)

    async def was_asked(self, request: type[Message] | str, times: int = 1) -> None:
        """Wait until something was asked so often."""
        while self.count(request) < times:
            await self._came.wait()


class ScriptedQmi(Scripted):
    """A QMI modem: gives out client ids, refuses what no script says."""

    def __init__(self, port: ControlTransport) -> None:
        super().__init__(port)
        self.connection = QmiConnection(Role.MODEM)
        self.requests: list[QmiMessage] = []

    @property
    def held(self) -> list[tuple[int, int]]:
        """(service, client id) of the ids that hosts have now."""
        return self.connection.clients.held()

    def take(self, data: bytes) -> Callable[[], Awaitable[None]] | None:
        event = self.connection.receive(data)
        assert isinstance(event, RequestReceived), event
        message = event.message
        self.requests.append(message)
        assert message.body is not None
        self.asked.append(message.body)
        answer = self._next(type(message.body))
        return partial(self._count, message.header.service, partial(self._answer, message, answer))

    async def _answer(self, message: QmiMessage, answer: Answer) -> None:
        answer = await self._due(answer, message)
        if isinstance(answer, Response):
            await self._send(self.connection.respond(message, answer))
        elif isinstance(answer, Error):
            await self._send(self.connection.respond(message, error=answer))
        elif not isinstance(answer, Silent):
            await self._send(self.by_itself(message))

    def by_itself(self, message: QmiMessage) -> bytes:
        """Answer without a script: client ids, and no to everything else."""
        body, clients = message.body, self.connection.clients
        if isinstance(body, ctl.AllocateCid):
            cid = clients.allocate(int(body.service_))
            if cid is None:
                return self.connection.respond(message, error=Error.CLIENT_IDS_EXHAUSTED)
            info = ctl.Client(service_=body.service_, cid=cid)
            return self.connection.respond(message, ctl.AllocateCidResponse(allocation_info=info))
        if isinstance(body, ctl.ReleaseCid):
            info = body.release_info
            if not clients.release(int(info.service_), info.cid):
                return self.connection.respond(message, error=Error.INVALID_CLIENT_ID)
            return self.connection.respond(message, ctl.ReleaseCidResponse(release_info=info))
        return self.connection.respond(message, error=Error.INVALID_QMI_COMMAND)


class ScriptedMbim(Scripted):
    """An MBIM function: opens and closes, has no session, refuses what no script says."""

    def __init__(self, port: ControlTransport, *, max_control_transfer: int = 4096) -> None:
        super().__init__(port)
        self.connection = MbimConnection(
            Role.MODEM, max_control_transfer=max_control_transfer, mbimex=None
        )
        self.active: set[int] = set()
        """Data sessions that are up."""
        self.max_sessions = 4

    def take(self, data: bytes) -> Callable[[], Awaitable[None]] | None:
        event = self.connection.receive(data)
        if event is None:
            return None
        assert isinstance(event, OpenReceived | CloseReceived | CommandReceived), event
        if isinstance(event, CommandReceived):
            body = event.message.body
            assert body is not None
            self.asked.append(body)
            answer = self._next(type(body))
            return partial(self._count, 0, partial(self._answer, event.message, answer))
        name = "open" if isinstance(event, OpenReceived) else "close"
        self.asked.append(name)
        return partial(self._open_or_close, event, self._next(name))

    async def _open_or_close(self, event: OpenReceived | CloseReceived, answer: Answer) -> None:
        answer = await self._due(answer, event)
        if isinstance(answer, Silent):
            return
        if isinstance(event, OpenReceived):
            status = int(answer) if isinstance(answer, Status) else 0
            await self._send(self.connection.open_done(event.packet, status=status))
        else:
            self.active.clear()
            await self._send(self.connection.close_done(event.packet))

    async def _answer(self, message: MbimMessage, answer: Answer) -> None:
        answer = await self._due(answer, message)
        if isinstance(answer, Response):
            await self._send(*self.connection.answer(message, answer))
        elif isinstance(answer, Status):
            await self._send(*self.connection.answer(message, status=int(answer)))
        elif not isinstance(answer, Silent):
            await self._send(*self.by_itself(message))

    def by_itself(self, message: MbimMessage) -> list[bytes]:
        """Answer without a script: capabilities, sessions, and no to everything else."""
        body = message.body
        if isinstance(body, bc.DeviceCapsQuery):
            caps = bc.DeviceCapsResponse.blank(max_sessions=self.max_sessions)
            return self.connection.answer(message, caps)
        if isinstance(body, bc.ConnectQuery):
            return self.connection.answer(message, self.state(body.session_id))
        return self.connection.answer(message, status=Status.NO_DEVICE_SUPPORT)

    def state(self, session_id: int) -> bc.ConnectResponse:
        """Return what CONNECT says of a session."""
        active = session_id in self.active
        states = bc.ActivationState
        return bc.ConnectResponse.blank(
            session_id=session_id,
            activation_state=states.ACTIVATED if active else states.DEACTIVATED,
            context_type=ContextType.INTERNET,
        )


@asynccontextmanager
async def scripted_qmi() -> AsyncIterator[tuple[MemoryTransport, ScriptedQmi]]:
    """Give the host's end of a port in memory, and the QMI modem behind it."""
    host, own = memory_pair(PORT)
    modem = ScriptedQmi(own)
    async with trio.open_nursery() as nursery:
        nursery.start_soon(modem.run)
        try:
            yield host, modem
        finally:
            nursery.cancel_scope.cancel()


@asynccontextmanager
async def scripted_mbim(
    *, max_control_transfer: int = 4096, max_command: int | None = None
) -> AsyncIterator[tuple[MemoryTransport, ScriptedMbim]]:
    """Give the host's end of a port in memory, and the MBIM function behind it."""
    host, own = memory_pair(PORT, max_command=max_command)
    modem = ScriptedMbim(own, max_control_transfer=max_control_transfer)
    async with trio.open_nursery() as nursery:
        nursery.start_soon(modem.run)
        try:
            yield host, modem
        finally:
            nursery.cancel_scope.cancel()


@asynccontextmanager
async def opened_qmi() -> AsyncIterator[tuple[QmiDevice, ScriptedQmi]]:
    """Give a device on a scripted QMI modem."""
    async with scripted_qmi() as (port, modem), qmi_device(port) as device:
        yield device, modem


@asynccontextmanager
async def opened_mbim() -> AsyncIterator[tuple[MbimDevice, ScriptedMbim]]:
    """Give an open device on a scripted MBIM function."""
    async with scripted_mbim() as (port, modem), mbim_device(port) as device:
        yield device, modem
