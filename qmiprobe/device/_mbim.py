# SPDX-License-Identifier: GPL-2.0-or-later
"""A modem's MBIM side: opened and closed, typed calls, notifications."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TypeVar, cast

import trio

from qmiprobe._enums import Uuid
from qmiprobe._events import Role
from qmiprobe._message import Request, Response
from qmiprobe.device._observed import Observed
from qmiprobe.device._port import Port
from qmiprobe.device._subscription import Subscription
from qmiprobe.errors import DecodeError, MbimError, MbimProtocolError, QmiprobeError
from qmiprobe.mbim._codec import MbimMessage
from qmiprobe.mbim._connection import (
    MAX_CONTROL_TRANSFER,
    AnswerReceived,
    CloseDone,
    FunctionErrorReceived,
    MbimConnection,
    NotificationReceived,
    OpenDone,
    Pending,
)
from qmiprobe.mbim.services import basic_connect
from qmiprobe.transport import ControlTransport

R = TypeVar("R", bound=Response)
TIMEOUT = 10.0
CLOSE_TIMEOUT = 2.0


class MbimDevice(Port[MbimMessage]):
    """One MBIM control port. Made by :func:`mbim_device`."""

    def __init__(self, transport: ControlTransport, *, mbimex: str | None = "1.0") -> None:
        size = min(transport.max_command or MAX_CONTROL_TRANSFER, MAX_CONTROL_TRANSFER)
        self.connection = MbimConnection(Role.HOST, max_control_transfer=size, mbimex=mbimex)
        super().__init__(transport, self.connection)
        self.owned_sessions: set[int] = set()
        """Data sessions that are ours: they do not keep us from closing."""
        self.left_open = False
        """Whether CLOSE was not sent, for the sake of a session that is not ours."""
        self._turn = trio.Semaphore(4)

    def note(self, event: object) -> None:
        if isinstance(event, NotificationReceived):
            self.publish(event.message)
        elif isinstance(event, FunctionErrorReceived):
            text = f"FUNCTION_ERROR {event.message.error} for no open request"
            self.observed.record("stale", text, event.message.raw, trio.current_time())

    async def open(self, *, timeout: float = TIMEOUT) -> MbimMessage:
        """Open the function and return its answer; MbimError if its status is not success.

        Raises MbimProtocolError where the function refuses the message, NoAnswer, DecodeError.
        """
        pending, frame = self.connection.open(now=trio.current_time())
        event = await self._finish(pending, [frame], "OPEN", timeout)
        message = cast("OpenDone", event).message
        if message.status:
            text = f"OPEN: MBIM status {message.status} ({int(message.status)})"
            raise MbimError(text, error=message.status, response=message)
        return message

    async def close(self, *, timeout: float = CLOSE_TIMEOUT) -> MbimMessage:
        """Close the function, which ends all its data sessions; return its answer."""
        pending, frame = self.connection.close(now=trio.current_time())
        event = await self._finish(pending, [frame], "CLOSE", timeout)
        return cast("CloseDone", event).message

    async def exchange(self, body: Request[Response], *, timeout: float = TIMEOUT) -> MbimMessage:
        """Send a command and return its answer whole, also one whose status is a refusal.

        Raises NoAnswer, DecodeError for an answer that means nothing, MbimProtocolError,
        TransportError.
        """
        async with self._turn:
            pending, frames = self.connection.command(body, now=trio.current_time())
            name = f"{body.service_name} {body.message}"
            return await self._answer(pending, frames, name, timeout)

    async def exchange_raw(
        self, *, service: Uuid, cid: int, is_set: bool, buffer: bytes, timeout: float = TIMEOUT
    ) -> MbimMessage:
        """The same for a command that is not defined."""
        async with self._turn:
            pending, frames = self.connection.command_raw(
                service=service, cid=cid, is_set=is_set, buffer=buffer, now=trio.current_time()
            )
            name = f"command {cid} of {service}"
            return await self._answer(pending, frames, name, timeout)

    async def _answer(
        self, pending: Pending, frames: list[bytes], name: str, timeout: float
    ) -> MbimMessage:
        event = await self._finish(pending, frames, name, timeout)
        return cast("AnswerReceived", event).message

    async def _finish(
        self, pending: Pending, frames: list[bytes], name: str, timeout: float
    ) -> object:
        try:
            event = await self.round_trip(pending, frames, name=name, timeout=timeout)
        finally:
            self.connection.abandon(pending, now=trio.current_time())
        if isinstance(event, FunctionErrorReceived):
            error = event.message.error
            text = f"{name}: MBIM protocol error {error} ({int(error or 0)})"
            raise MbimProtocolError(text, error=error or 0, response=event.message)
        return event

    async def call(self, body: Request[R], *, timeout: float = TIMEOUT) -> R:
        """Send a command and return its answer's body.

        Raises MbimError where the status is not success (its ``response.body`` may still say
        why), and what :meth:`exchange` raises.
        """
        return accept(await self.exchange(body, timeout=timeout), body)

    def subscribe(self) -> Subscription[MbimMessage]:
        """Return the port's notifications, for use in ``with``."""
        return Subscription(self.subscriptions)

    async def finish(self) -> None:
        """Close the function unless a session that is not ours is active; never raises."""
        if not self.connection.is_open or self.failure is not None:
            return
        with trio.move_on_after(CLOSE_TIMEOUT, shield=True):
            try:
                self.left_open = await self._others_are_connected()
                if not self.left_open:
                    await self.close()
            except QmiprobeError as error:
                self.observed.record("not-closed", str(error), b"", trio.current_time())

    async def _others_are_connected(self) -> bool:
        if 0 in self.owned_sessions:
            return False
        try:
            state = await self.call(
                basic_connect.ConnectQuery.blank(session_id=0), timeout=CLOSE_TIMEOUT / 2
            )
        except MbimError:
            return False
        active = basic_connect.ActivationState.ACTIVATED
        return state.activation_state == active


def accept(answer: MbimMessage, body: Request[R]) -> R:
    """Return the answer's body; MbimError if its status is not success."""
    name = f"{body.service_name} {body.message}"
    status = answer.status
    if status:
        text = f"{name}: MBIM status {status} ({int(status)})"
        raise MbimError(text, error=status, response=answer)
    if answer.body is None:
        raise DecodeError(f"{name}: the answer has no body that is defined")
    return cast("R", answer.body)


@asynccontextmanager
async def mbim_device(
    transport: ControlTransport,
    *,
    mbimex: str | None = "1.0",
    timeout: float = TIMEOUT,
    observed: Observed | None = None,
) -> AsyncIterator[MbimDevice]:
    """Open a control port as MBIM, use it while the block runs, and close it.

    Raises what :meth:`MbimDevice.open` raises. ``timeout`` (seconds) is that of OPEN;
    ``observed`` takes the evidence, so that it is there also where OPEN fails.
    """
    device = MbimDevice(transport, mbimex=mbimex)
    device.observed = device.observed if observed is None else observed
    async with device.reading():
        await device.open(timeout=timeout)
        try:
            yield device
        finally:
            await device.finish()
