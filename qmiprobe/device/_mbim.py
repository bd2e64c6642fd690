# SPDX-License-Identifier: GPL-2.0-or-later
"""A modem's MBIM side: opened and closed, typed calls, notifications."""

from __future__ import annotations

import math
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, suppress
from statistics import median_low
from typing import Protocol, TypeVar, cast

import trio

from qmiprobe._enums import Uuid
from qmiprobe._events import Role
from qmiprobe._message import Request, Response
from qmiprobe.device._mbim_open import open_patiently
from qmiprobe.device._mbimex import announced_mbimex
from qmiprobe.device._observed import Observed
from qmiprobe.device._port import Port
from qmiprobe.device._subscription import Subscription
from qmiprobe.errors import DecodeError, MbimError, MbimProtocolError, QmiprobeError
from qmiprobe.mbim._codec import MbimMessage
from qmiprobe.mbim._connection import (
    MAX_CONTROL_TRANSFER,
    MIN_CONTROL_TRANSFER,
    AnswerReceived,
    CloseDone,
    FunctionErrorReceived,
    MbimConnection,
    NotificationReceived,
    OpenDone,
    Pending,
)
from qmiprobe.mbim.services import basic_connect
from qmiprobe.mbim.services._shared import NwError, ProtocolError, Status
from qmiprobe.transport import ControlTransport

R = TypeVar("R", bound=Response)
Command = tuple[Pending, list[bytes]]
"""A command as it will be matched, and its fragments."""
TIMEOUT = 10.0
"""Seconds a command may take; a caller gives more to those that are known to take long."""
CLOSE_TIMEOUT = 2.0
"""Seconds for closing, with the look for other programs' sessions before it."""
SLOW_CLOSE_TIMEOUT = 8.0
"""The same for a function whose answers were slow."""
_AT_ONCE = 4
"""Commands at a time; modems have been seen to lose step with more."""
_MOST_SESSIONS = 16
"""Sessions that are looked at before CLOSE, however many the function claims to have."""


class ConnectState(Protocol):
    """What each layout of the answer to CONNECT says."""

    session_id: int
    activation_state: basic_connect.ActivationState
    nw_error: NwError


class MbimDevice(Port[MbimMessage]):
    """One MBIM control port. Made by :func:`mbim_device`."""

    def __init__(self, transport: ControlTransport, *, mbimex: str | None = "1.0") -> None:
        most = transport.max_command or MAX_CONTROL_TRANSFER
        size = max(MIN_CONTROL_TRANSFER, min(most, MAX_CONTROL_TRANSFER))
        self.connection = MbimConnection(Role.HOST, max_control_transfer=size, mbimex=mbimex)
        super().__init__(transport, self.connection)
        self.owned_sessions: set[int] = set()
        """Data sessions that are ours: they do not keep us from closing."""
        self.close_by = math.inf
        """When closing has to be over, by trio's clock; ``CLOSE_TIMEOUT`` it has in any case."""
        self.joined = False
        """Whether another program had opened the function, and we have not."""
        self.keep_open = False
        """Whether closing would end a session that is to outlive this program."""
        self.left_open = False
        """Whether the function was left open: for the sake of a session that is not ours, or
        because it does not answer."""
        self._turn = trio.Semaphore(_AT_ONCE)
        self._opening = trio.Lock()
        self._reopens = 0
        self._max_sessions: int | None = None

    def _events(self, data: bytes) -> Iterator[object]:
        event = self.connection.receive(data, now=trio.current_time())
        yield from self.connection.others()
        yield event

    def note(self, event: object) -> None:
        if isinstance(event, NotificationReceived):
            # Through a proxy: another program may agree on a version for all, at any time.
            version = announced_mbimex(event.message)
            self.connection.mbimex = version or self.connection.mbimex
            self.publish(event.message)
        elif isinstance(event, FunctionErrorReceived):
            text = f"FUNCTION_ERROR {event.message.error} for no open request"
            self._record("stale", text, event.message.raw)

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

        ``timeout`` counts from when it is this command's turn. Raises NoAnswer, DecodeError for
        an answer that means nothing, MbimProtocolError, TransportError.
        """
        name = f"{body.service_name} {body.message}"
        async with self._turn:
            answer = await self._answer(
                lambda: self.connection.command(body, now=trio.current_time()), name, timeout
            )
        if isinstance(answer.body, basic_connect.DeviceCapsResponse):
            self._max_sessions = answer.body.max_sessions
        return answer

    async def exchange_raw(
        self, *, service: Uuid, cid: int, is_set: bool, buffer: bytes, timeout: float = TIMEOUT
    ) -> MbimMessage:
        """The same for a command that is not defined."""

        def command() -> Command:
            return self.connection.command_raw(
                service=service, cid=cid, is_set=is_set, buffer=buffer, now=trio.current_time()
            )

        async with self._turn:
            return await self._answer(command, f"command {cid} of {service}", timeout)

    async def _answer(
        self, command: Callable[[], Command], name: str, timeout: float
    ) -> MbimMessage:
        """Send a command; once more where the function turns out to be closed, and opens again."""
        was_open = self.connection.is_open or self._opening.locked()
        try:
            event = await self._finish(*command(), name, timeout)
        except MbimProtocolError as error:
            closed = was_open and error.error == ProtocolError.NOT_OPENED
            if not closed or not await self._reopened(name, timeout):
                raise
            event = await self._finish(*command(), name, timeout)
        message = cast("AnswerReceived", event).message
        self.observed.remark(name, message.notes, message.raw, trio.current_time())
        return message

    async def _reopened(self, name: str, timeout: float) -> bool:
        """Open again, once, what the function closed by itself; False where that will not do.

        A session of ours is gone with it: whoever holds that has to know.
        """
        async with self._opening:
            if self.connection.is_open:  # another command's sender did
                return True
            if self._reopens or self.owned_sessions:
                return False
            self._reopens += 1
            self._record("not-opened", f"{name}: the function was closed; it is opened again")
            await open_patiently(self, timeout=timeout)
            return True

    async def _finish(
        self, pending: Pending, frames: list[bytes], name: str, timeout: float
    ) -> object:
        with self.expecting(pending) as slot:
            try:
                event = await self.ask(slot, frames, name=name, timeout=timeout)
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
        return Subscription(self)

    @property
    def ex3(self) -> bool:
        """Whether version 3.0 of Microsoft's extensions is in force, or a later one."""
        return (self.connection.mbimex or "1.0") >= "3.0"

    async def connect_state(self, session_id: int, *, timeout: float) -> ConnectState:
        """Return the state of one data session, whoever started it; raises what calls raise."""
        if self.ex3:
            return await self.call(
                basic_connect.ConnectQueryEx3(session_id=session_id), timeout=timeout
            )
        return await self.call(
            basic_connect.ConnectQuery.blank(session_id=session_id), timeout=timeout
        )

    async def finish(self) -> None:
        """Close the function unless a session that is not ours is active; never raises.

        Shielded and bounded. Where it cannot be found out, or there is no time, the function
        stays open: another OPEN makes it start afresh, while CLOSE would end sessions for good.
        """
        if not self.connection.is_open or self.failure is not None:
            return
        if self.keep_open:
            self.left_open = True
            return
        latencies = self.observed.latencies
        usual = median_low(latencies) if latencies else 0.0
        one = max(CLOSE_TIMEOUT / 2, 2 * usual)
        left = min(6 * usual, SLOW_CLOSE_TIMEOUT, self.close_by - trio.current_time())
        most = max(CLOSE_TIMEOUT, left)
        if self.closing_trips * usual > most:
            self._record(
                "not-closed", f"at {usual:.1f} s an answer it takes more than {most:.0f} s"
            )
            self.left_open = True
            return
        with trio.move_on_after(most, shield=True) as scope:
            try:
                if not await self._others_are_connected(one):
                    await self.close(timeout=self.patience(max(one, CLOSE_TIMEOUT)))
            except QmiprobeError as error:
                self._record("not-closed", str(error))
        if scope.cancelled_caught:
            self._record("not-closed", f"not done within {most:g} s")
        self.left_open = self.connection.is_open

    @property
    def closing_trips(self) -> int:
        """How many answers closing waits for, one after another."""
        if self._max_sessions is None:
            return 4  # the number of sessions, which is 8 as a rule, a look at them, CLOSE
        return math.ceil(len(self._sessions_of_others()) / _AT_ONCE) + 1

    def _sessions_of_others(self) -> list[int]:
        """Return the numbers of the sessions that may be other programs'."""
        most = min(self._max_sessions or 1, _MOST_SESSIONS)
        return [number for number in range(most) if number not in self.owned_sessions]

    async def _others_are_connected(self, timeout: float) -> bool:
        if self._max_sessions is None:
            await self._ask_capabilities(self.patience(timeout))
        others = self._sessions_of_others()
        for at in range(0, len(others), _AT_ONCE):
            if await self._any_connected(others[at : at + _AT_ONCE], self.patience(timeout)):
                return True
        return False

    async def _any_connected(self, numbers: list[int], timeout: float) -> bool:
        """Look at some sessions at once; what cannot be found out counts where none is found."""
        connected: list[bool] = []
        failures: list[QmiprobeError] = []

        async def look(number: int) -> None:
            try:
                connected.append(await self._is_connected(number, timeout))
            except QmiprobeError as error:
                failures.append(error)

        async with trio.open_nursery() as nursery:
            for number in numbers:
                nursery.start_soon(look, number)
        if failures and not any(connected):
            raise failures[0]
        return any(connected)

    async def _ask_capabilities(self, timeout: float) -> None:
        with suppress(MbimError, DecodeError):
            await self.call(basic_connect.DeviceCapsQuery(), timeout=timeout)

    async def _is_connected(self, session_id: int, timeout: float) -> bool:
        try:
            state = await self.connect_state(session_id, timeout=timeout)
        except MbimError as error:
            if error.error == Status.BUSY:
                raise
            return False
        return state.activation_state in (
            basic_connect.ActivationState.ACTIVATED,
            basic_connect.ActivationState.ACTIVATING,
        )


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
    close_by: float = math.inf,
) -> AsyncIterator[MbimDevice]:
    """Open a control port as MBIM, use it while the block runs, and close it.

    Raises what :meth:`MbimDevice.open` raises, if it still does so after a few tries (see
    :func:`~qmiprobe.device._mbim_open.open_patiently`). ``timeout`` (seconds) is that of OPEN;
    ``observed`` takes the evidence, so that it is there also where OPEN fails; ``close_by`` is
    a time of trio's clock that bounds the end, in favour of a function that is slow.
    """
    device = MbimDevice(transport, mbimex=mbimex)
    device.close_by = close_by
    device.observed = device.observed if observed is None else observed
    async with device.reading():
        await open_patiently(device, timeout=timeout)
        try:
            yield device
        finally:
            await device.finish()
