# SPDX-License-Identifier: GPL-2.0-or-later
"""The part of ``qmiprobe call`` that needs trio: opens the port, sends, gives everything back."""

from __future__ import annotations

from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, TypeAlias

from qmiprobe.cli._kept import kept
from qmiprobe.errors import (
    CannotTest,
    DecodeError,
    MbimError,
    MbimProtocolError,
    QmiprobeError,
)

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Sequence

    from qmiprobe.address import Address, ControlPort
    from qmiprobe.address._resolve import Wrap
    from qmiprobe.cli._steps import Step
    from qmiprobe.device import MbimDevice, Observed, QmiClient, QmiDevice
    from qmiprobe.mbim._codec import MbimMessage
    from qmiprobe.qmi._codec import QmiMessage
    from qmiprobe.transport import ControlTransport

    Device: TypeAlias = QmiDevice | MbimDevice
    Send: TypeAlias = Callable[[Step, float], Awaitable[QmiMessage | MbimMessage]]
    Ask: TypeAlias = Callable[[Step], Awaitable["Answer"]]

_OPEN_TIMEOUT = 10.0
_KEPT_BACK = 2.5
"""Seconds of the whole time for giving back; at most half of it."""


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What came back to one message."""

    step: Step
    raw: bytes
    latency_s: float | None = None
    mbimex: str | None = None
    """Version in force when it came."""
    vendor: int | None = None
    """The vendor as which the answer was read."""
    failure: QmiprobeError | None = None
    """What is wrong with the answer: a refusal, or bytes that mean nothing."""


@dataclass(frozen=True, kw_only=True)
class Run:
    """What to do on one port."""

    address: Address
    observed: Observed
    """Takes what the port shows, also where the run fails."""
    steps: Sequence[Step]
    repeat: int = 1
    interval: float = 0.0
    at_once: int = 1
    """Rounds under way beside each other."""
    mbimex: str | None = None
    """The version of MBIM's extensions to agree on; None asks for none."""
    timeout: float = 30.0
    sysroot: str = "/"
    wrap: Wrap | None = None


async def exchange_all(run: Run, show: Callable[[Answer], None]) -> None:
    """Send the messages in order, ``repeat`` times, and ``show`` the answers, in order too.

    An answer that is a refusal ends its round.
    """
    import trio

    deadline = trio.current_time() + max(run.timeout - _KEPT_BACK, run.timeout / 2)
    async with kept(_opened(run)) as (device, send):
        ask = partial(_ask, device, send, deadline=deadline)
        start = trio.current_time()
        if run.at_once > 1:
            await _rounds_at_once(run, ask, show)
            return
        for number in range(run.repeat):
            await trio.sleep_until(start + number * run.interval)
            await _round(run.steps, ask, show)


async def _round(steps: Sequence[Step], ask: Ask, take: Callable[[Answer], None]) -> None:
    for step in steps:
        answer = await ask(step)
        take(answer)
        if answer.failure is not None:
            break


async def _rounds_at_once(run: Run, ask: Ask, show: Callable[[Answer], None]) -> None:
    """Make the rounds beside each other; the first one alone, which gets the client ids."""
    import trio

    answers: dict[int, list[Answer]] = {}
    numbers = iter(range(run.repeat))
    shown = 0

    async def work(rounds: Iterable[int]) -> None:
        nonlocal shown
        for number in rounds:
            got: list[Answer] = []
            await _round(run.steps, ask, got.append)
            answers[number] = got
            while shown in answers:
                for answer in answers.pop(shown):
                    show(answer)
                shown += 1

    await work([next(numbers)])
    async with trio.open_nursery() as nursery:
        for _ in range(run.at_once):
            nursery.start_soon(work, numbers)


async def _ask(device: Device, send: Send, step: Step, *, deadline: float) -> Answer:
    state = device.connection
    answered = partial(
        Answer,
        step=step,
        mbimex=getattr(state, "mbimex", None),
        vendor=getattr(state, "vendor", None),
    )
    try:
        answer = await send(step, _until(deadline))
    except MbimProtocolError as error:
        return answered(raw=getattr(error.response, "raw", b""), failure=error)
    except DecodeError as error:
        bad = [one for one in device.observed.anomalies if one.kind == "malformed"]
        if not bad:
            raise  # a sound message, but not the answer that it should be
        return answered(raw=bad[-1].raw, failure=error)
    latency = device.observed.latencies[-1]
    return answered(raw=answer.raw, latency_s=latency, failure=_refusal(step, answer))


def _until(deadline: float) -> float:
    """Return the seconds that are left, in tenths and never none."""
    import trio

    return max(0.1, round(deadline - trio.current_time(), 1))


def _refusal(step: Step, answer: QmiMessage | MbimMessage) -> QmiprobeError | None:
    result = getattr(answer, "result", None)
    if result is not None and not result.ok:
        return QmiprobeError(f"{step.name}: QMI error {result}")
    status = getattr(answer, "status", None)
    if status:
        return QmiprobeError(f"{step.name}: MBIM status {status} ({int(status)})")
    return None


@asynccontextmanager
async def _opened(run: Run) -> AsyncIterator[tuple[Device, Send]]:
    from qmiprobe.cli._open_port import opened_port

    protocol = run.steps[0].protocol
    opening = opened_port(
        run.address, speak=lambda _port: protocol, sysroot=run.sysroot, wrap=run.wrap
    )
    speaking = _qmi if protocol == "qmi" else _mbim
    async with opening as (port, transport), speaking(transport, run, port) as opened:
        yield opened


@asynccontextmanager
async def _mbim(
    transport: ControlTransport, run: Run, port: ControlPort
) -> AsyncIterator[tuple[Device, Send]]:
    from qmiprobe.session import mbim_device_at

    limit = min(run.timeout / 2, _OPEN_TIMEOUT)
    opening = mbim_device_at(port.path, transport, timeout=limit, observed=run.observed)
    async with opening as device:
        await _agree(device, run.mbimex)
        yield device, _MbimSender(device).send


@asynccontextmanager
async def _qmi(
    transport: ControlTransport, run: Run, port: ControlPort
) -> AsyncIterator[tuple[Device, Send]]:
    from qmiprobe.cli._open_port import opened_qmi

    vendor = next((step.vendor for step in run.steps if step.vendor is not None), None)
    opened = opened_qmi(transport, port, vendor=vendor, observed=run.observed)
    async with opened as device, AsyncExitStack() as clients:
        several = run.repeat > 1 or len(run.steps) > 1
        yield device, _QmiSender(device, clients, long=several).send


class _QmiSender:
    """Sends with one client id for each service, held until the stack is closed."""

    def __init__(self, device: QmiDevice, stack: AsyncExitStack, *, long: bool) -> None:
        self._device = device
        self._stack = stack
        self._long = long
        """Whether there is time to be killed: a single message is over in a moment."""
        self._clients: dict[int, QmiClient] = {}

    async def send(self, step: Step, timeout: float) -> QmiMessage:
        """Send one message and return its answer."""
        from qmiprobe.qmi._sdu import CTL

        assert isinstance(step.service, int)
        client = 0 if step.service == CTL else (await self._client(step.service)).cid
        if step.body is not None:
            return await self._device.exchange(step.body, client=client, timeout=timeout)
        return await self._device.exchange_raw(
            service=step.service,
            client=client,
            message_id=step.message_id,
            tlvs=step.payload,
            timeout=timeout,
        )

    async def _client(self, service: int) -> QmiClient:
        from qmiprobe.qmi import _registry

        if service not in self._clients:
            name = _registry.service_name(service)
            if name is None:
                raise CannotTest(f"service {service:#04x} is not known: no client id for it")
            if not self._clients and self._long and self._device.journal is not None:
                await self._take_witness()
            self._clients[service] = await self._stack.enter_async_context(
                self._device.client(name)
            )
        return self._clients[service]

    async def _take_witness(self) -> None:
        """Hold first what tells the next run whose the other ids are, if this one is killed."""
        from qmiprobe.device._leftovers import take_witness

        await take_witness(self._device, self._stack)


class _MbimSender:
    """Sends commands."""

    def __init__(self, device: MbimDevice) -> None:
        self._device = device

    async def send(self, step: Step, timeout: float) -> MbimMessage:
        """Send one command and return its answer."""
        assert not isinstance(step.service, int)
        if step.body is not None:
            return await self._device.exchange(step.body, timeout=timeout)
        return await self._device.exchange_raw(
            service=step.service,
            cid=step.message_id,
            is_set=step.is_set,
            buffer=step.payload,
            timeout=timeout,
        )


async def _agree(device: MbimDevice, mbimex: str | None) -> None:
    """Agree on the version of the extensions, as the user wants it; it holds for the device."""
    if mbimex is None or mbimex == "1.0":
        return
    from qmiprobe.mbim.services import ms_basic_connect_extensions

    major, _, minor = mbimex.partition(".")
    query = ms_basic_connect_extensions.VersionQuery(
        mbim_version=0x0100, mbim_extended_version=int(major, 16) << 8 | int(minor, 16)
    )
    try:
        agreed = await device.call(query)
    except MbimError as error:
        text = f"MBIMEx {mbimex}: the modem does not agree on a version: {error}"
        raise MbimError(text, error=error.error, response=error.response) from None
    number = agreed.mbim_extended_version
    device.connection.mbimex = f"{number >> 8:x}.{number & 0xFF:x}"
    if device.connection.mbimex != mbimex:
        text = f"MBIMEx {mbimex} is wanted, the modem agrees on {device.connection.mbimex}"
        raise MbimError(text, error=0)
