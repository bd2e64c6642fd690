# SPDX-License-Identifier: GPL-2.0-or-later
"""The host's end of a control port, with our own codec: one request, its answer, what came unasked.

Every wait ends after two seconds.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any, TypeVar, cast

import trio

from qmiprobe._enums import Uuid
from qmiprobe._events import Role
from qmiprobe._framing import Frame
from qmiprobe._message import Indication, Request, Response
from qmiprobe.mbim._codec import MbimMessage
from qmiprobe.mbim._connection import (
    AnswerReceived,
    CloseDone,
    FunctionErrorReceived,
    MbimConnection,
    NotificationReceived,
    OpenDone,
)
from qmiprobe.qmi._codec import QmiMessage
from qmiprobe.qmi._connection import IndicationReceived, QmiConnection, ResponseReceived
from qmiprobe.qmi.services import ctl
from qmiprobe.qmi.services._shared import Error, Service
from qmiprobe.sim._memory_port import open_simulated
from qmiprobe.sim._modem import SimulatedModem
from qmiprobe.transport._port import ControlTransport

PATIENCE = 2.0
R = TypeVar("R", bound=Response)
I = TypeVar("I", bound=Indication)  # noqa: E741


class QmiHost:
    """Asks one thing after another."""

    def __init__(self, transport: ControlTransport) -> None:
        self.transport = transport
        self.connection = QmiConnection(Role.HOST)
        self.indications: list[QmiMessage] = []
        self.strange: list[object] = []

    async def ask(self, body: Request[Any], *, client: int = 0) -> QmiMessage:
        """Send a request and return its answer, whatever it says."""
        pending, frame = self.connection.request(body, client=client, now=trio.current_time())
        await self.transport.send(frame)
        return await self._answer(pending)

    async def ask_raw(
        self, *, service: int, client: int, message_id: int, tlvs: bytes = b""
    ) -> QmiMessage:
        """The same for TLVs as bytes."""
        pending, frame = self.connection.request_raw(
            service=service,
            client=client,
            message_id=message_id,
            tlvs=tlvs,
            now=trio.current_time(),
        )
        await self.transport.send(frame)
        return await self._answer(pending)

    async def _answer(self, pending: object) -> QmiMessage:
        with trio.fail_after(PATIENCE):
            while True:
                event = await self._next()
                if isinstance(event, ResponseReceived) and event.request == pending:
                    return event.message

    async def _next(self) -> object:
        item = await self.transport.receive()
        assert isinstance(item, Frame), item
        event = self.connection.receive(item.data, now=trio.current_time())
        if isinstance(event, IndicationReceived):
            self.indications.append(event.message)
        elif not isinstance(event, ResponseReceived):
            self.strange.append(event)
        return event

    async def call(self, body: Request[R], *, client: int = 0) -> R:
        """Return the answer of a request that must succeed, without notes about the bytes."""
        message = await self.ask(body, client=client)
        assert message.result is not None
        assert message.result.ok, f"{body}: {message.result}"
        assert message.notes == (), message.notes
        return cast("R", message.body)

    async def refused(self, body: Request[Any], *, client: int = 0) -> Error:
        """Return the error of a request that must be refused."""
        message = await self.ask(body, client=client)
        assert message.result is not None
        assert not message.result.ok, f"{body} was granted"
        return message.result.error

    async def allocate(self, service: str) -> int:
        """Return a new client id."""
        answer = await self.call(ctl.AllocateCid(service_=Service.from_name(service)))
        return answer.allocation_info.cid

    async def told(self, kind: type[I]) -> I:
        """Return the next indication of a kind; earlier ones of others are forgotten."""
        with trio.fail_after(PATIENCE):
            while True:
                while self.indications:
                    message = self.indications.pop(0)
                    assert message.notes == (), message.notes
                    if isinstance(message.body, kind):
                        return message.body
                await self._next()

    async def silent(self, seconds: float = 0.2) -> bool:
        """Whether nothing comes for a while."""
        with trio.move_on_after(seconds) as scope:
            await self._next()
        return scope.cancelled_caught and not self.indications


class MbimHost:
    """Asks one thing after another."""

    def __init__(self, transport: ControlTransport) -> None:
        self.transport = transport
        self.connection = MbimConnection(Role.HOST)
        self.notifications: list[MbimMessage] = []
        self.strange: list[object] = []

    async def open(self) -> MbimMessage:
        """Open the function and return OPEN_DONE."""
        _, data = self.connection.open(now=trio.current_time())
        await self.transport.send(data)
        return await self._until(OpenDone)

    async def close(self) -> MbimMessage:
        """Close it and return CLOSE_DONE."""
        _, data = self.connection.close(now=trio.current_time())
        await self.transport.send(data)
        return await self._until(CloseDone)

    async def ask(self, body: Request[Any]) -> MbimMessage:
        """Send a command and return COMMAND_DONE, or FUNCTION_ERROR."""
        _, fragments = self.connection.command(body, now=trio.current_time())
        for fragment in fragments:
            await self.transport.send(fragment)
        return await self._until(AnswerReceived, FunctionErrorReceived)

    async def ask_raw(self, *, service: Uuid, cid: int, is_set: bool, buffer: bytes) -> MbimMessage:
        """The same for an information buffer as bytes."""
        _, fragments = self.connection.command_raw(
            service=service, cid=cid, is_set=is_set, buffer=buffer, now=trio.current_time()
        )
        for fragment in fragments:
            await self.transport.send(fragment)
        return await self._until(AnswerReceived, FunctionErrorReceived)

    async def call(self, body: Request[R]) -> R:
        """Return the answer of a command that must succeed, without notes about the bytes."""
        message = await self.ask(body)
        assert message.status == 0, f"{body}: {message.status}"
        assert message.notes == (), message.notes
        return cast("R", message.body)

    async def _until(self, *kinds: type) -> MbimMessage:
        with trio.fail_after(PATIENCE):
            while True:
                event = await self._next()
                if isinstance(event, kinds):
                    return cast("MbimMessage", event.message)  # type: ignore[attr-defined]

    async def _next(self) -> object:
        item = await self.transport.receive()
        assert isinstance(item, Frame), item
        event = self.connection.receive(item.data, now=trio.current_time())
        if isinstance(event, NotificationReceived):
            self.notifications.append(event.message)
        elif not isinstance(
            event, (OpenDone, CloseDone, AnswerReceived, FunctionErrorReceived, type(None))
        ):
            self.strange.append(event)
        return event

    async def told(self, kind: type[I]) -> I:
        """Return the next notification of a kind; earlier ones of others are forgotten."""
        with trio.fail_after(PATIENCE):
            while True:
                while self.notifications:
                    message = self.notifications.pop(0)
                    assert message.notes == (), message.notes
                    if isinstance(message.body, kind):
                        return message.body
                await self._next()

    async def silent(self, seconds: float = 0.2) -> bool:
        """Whether nothing comes for a while."""
        with trio.move_on_after(seconds) as scope:
            await self._next()
        return scope.cancelled_caught and not self.notifications


@asynccontextmanager
async def qmi_modem(
    *faults: str, profile: str = "ec25"
) -> AsyncGenerator[tuple[SimulatedModem, QmiHost], None]:
    """Give a simulated QMI modem and a host at its port."""
    modem = SimulatedModem(profile, faults=faults)
    async with open_simulated(modem) as open_port:
        yield modem, QmiHost(open_port())


@asynccontextmanager
async def mbim_modem(
    *faults: str, profile: str = "em7455"
) -> AsyncGenerator[tuple[SimulatedModem, MbimHost], None]:
    """Give a simulated MBIM modem, and a host that has opened it."""
    modem = SimulatedModem(profile, faults=faults)
    async with open_simulated(modem) as open_port:
        host = MbimHost(open_port())
        await host.open()
        yield modem, host
