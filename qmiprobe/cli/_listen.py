# SPDX-License-Identifier: GPL-2.0-or-later
"""The part of ``qmiprobe listen`` that needs trio: registers, listens, comes back, puts back."""

from __future__ import annotations

from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from qmiprobe.address import ReplayAddress
from qmiprobe.cli._kept import kept
from qmiprobe.cli._status import single_errors
from qmiprobe.errors import AddressError, DeviceReset, QmiprobeError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Sequence

    from qmiprobe.address import Address, ControlPort, Protocol
    from qmiprobe.address._resolve import Wrap
    from qmiprobe.cli._indications import Wanted
    from qmiprobe.cli._listen_mbim import MbimEar
    from qmiprobe.cli._listen_qmi import QmiEar
    from qmiprobe.device import Observed

    Ear: TypeAlias = QmiEar | MbimEar

LOOK = 0.25
"""Seconds from one look to the next at whether the modem is still the same."""
AGAIN = 0.5
"""Seconds from one try to reach a modem that left to the next."""
_RESET_SIGNS = ("reset", "client-revoked", "not-opened")
"""What a port shows where its modem started anew while the node stayed."""


class Heard(NamedTuple):
    """One indication as it came."""

    protocol: Protocol
    raw: bytes
    mbimex: str | None
    vendor: int | None


@dataclass(frozen=True, kw_only=True)
class Listening:
    """What to listen to, and where."""

    address: Address
    observed: Observed
    """Takes what the port shows."""
    wanted: Sequence[Wanted] = ()
    """Services and indications; none are all that the modem has."""
    sysroot: str = "/"
    wrap: Wrap | None = None


async def listen(
    run: Listening, show: Callable[[Heard], bool], tell: Callable[[str], None]
) -> None:
    """Register, and ``show`` indications until it returns False; put back what was registered.

    A modem that is reset or unplugged meanwhile is waited for, and registered with anew: ``tell``
    hears of both. Raises what opening and registering raise, the first time only.
    """
    import trio

    left_at: float | None = None
    was_open = False
    while True:
        try:
            async with kept(_opened(run, tell)) as ear:
                if left_at is not None:
                    away = trio.current_time() - left_at
                    tell(f"{ear.port}: back after {away:.1f} s, and registered with again")
                    left_at = None
                was_open = True
                tell(f"{ear.port}: listening to {', '.join(ear.services)}")
                await _hear(run.observed, ear, show)
                return
        except Exception as error:
            if not was_open or not _is_loss(error):
                raise
            if isinstance(run.address, ReplayAddress):
                return  # the end of a trace is no unplugging
            if left_at is None:
                left_at = trio.current_time()
                said = "; ".join(dict.fromkeys(str(one) for one in single_errors(error)))
                tell(f"the modem left: {said}; waiting for it")
        await trio.sleep(AGAIN)


def _is_loss(error: Exception) -> bool:
    return all(isinstance(one, QmiprobeError) for one in single_errors(error))


async def _hear(observed: Observed, ear: Ear, show: Callable[[Heard], bool]) -> None:
    import trio

    def signs() -> list[int]:
        return [observed.counts[kind] for kind in _RESET_SIGNS]

    before = signs()
    while True:
        heard = None
        with trio.move_on_after(LOOK) as scope:
            heard = await ear.next()
        if heard is not None and not show(heard):
            return
        if scope.cancelled_caught:  # all that had come is shown
            await ear.look()
            if signs() != before:
                raise DeviceReset("it was reset", port=ear.port)


@asynccontextmanager
async def _opened(run: Listening, tell: Callable[[str], None]) -> AsyncIterator[Ear]:
    from qmiprobe.cli._open_port import opened_port

    opening = opened_port(
        run.address, speak=lambda port: _protocol(run, port), sysroot=run.sysroot, wrap=run.wrap
    )
    async with opening as (port, transport):
        if _protocol(run, port) == "qmi":
            from qmiprobe.cli._listen_qmi import qmi_ear

            async with qmi_ear(transport, port, run.wanted, run.observed, tell) as ear:
                yield ear
        else:
            from qmiprobe.cli._listen_mbim import mbim_ear

            async with mbim_ear(transport, port, run.wanted, run.observed, tell) as other:
                yield other


def _protocol(run: Listening, port: ControlPort) -> Protocol:
    """Return what to speak: what the words mean, or else what the port does."""
    from qmiprobe.cli._indications import common_protocol

    known = port.wanted or port.driver_protocol
    if known is not None and all(one.of(known) for one in run.wanted):
        return known
    named = common_protocol(run.wanted)
    if named is None:
        text = f"{port.name}: which protocol does it speak? Write qmi:{port.name} or mbim:..."
        raise AddressError(text)
    return named
