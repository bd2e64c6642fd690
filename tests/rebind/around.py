# SPDX-License-Identifier: GPL-2.0-or-later
"""What stands around a machine in tests of ``rebind``: its port, ModemManager, and its plan."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from qmiprobe import host, rebind
from qmiprobe.rebind import Plan, State, Target
from tests.rebind.kernel import PLUG, Kernel


@dataclass
class Port:
    """The control port of a machine's modem: a ``rebind`` engine asks it."""

    kernel: Kernel

    async def answer(self, node: str, target: Target, *, timeout: float) -> str:
        """Answer where the right driver has it."""
        return await self.kernel.answer(node, target, timeout=timeout)

    async def sends_raw_ip(self, node: str, *, timeout: float) -> bool | None:
        """Say how the modem sends packets."""
        return self.kernel.sends_raw_ip


@dataclass
class Manager:
    """ModemManager, as far as it matters: whether it is kept from the modem."""

    held: int = 0
    why_not: str | None = None

    async def again(self) -> bool:
        """Nothing changes here."""
        return self.why_not is None

    @asynccontextmanager
    async def inhibited(self, folder: str) -> AsyncIterator[Manager]:
        """Be kept from the modem during the block."""
        self.held += 1
        try:
            yield self
        finally:
            self.held -= 1


def modem_of(kernel: Kernel) -> host.Modem:
    """Return the modem as ``host`` finds it."""
    (modem,) = host.usb_modems(kernel.sysroot)
    return modem


def modules_of(kernel: Kernel) -> dict[str, host.Module]:
    """Return what the machine has of the drivers of control ports."""
    sysroot = kernel.sysroot
    return {name: host.module(name, sysroot=sysroot) for name in ("qmi_wwan", "cdc_mbim")}


def state_of(kernel: Kernel) -> State:
    """Return its state."""
    state = rebind.read_state(PLUG, sysroot=kernel.sysroot)
    assert state is not None
    return state


def plan_of(
    kernel: Kernel, wanted: rebind.Wanted | None = None, *, before: State | None = None
) -> Plan | rebind.NoHelp:
    """Return the plan for the machine as it is."""
    situation = rebind.look(modem_of(kernel), sysroot=kernel.sysroot)
    assert not isinstance(situation, rebind.NoHelp)
    return rebind.plan_for(situation, wanted=wanted or rebind.Wanted(), before=before)


def numbers(last: int) -> Iterator[int]:
    """Give each point at which a run of so many writes can be stopped: before and after each."""
    for number in range(1, last + 1):
        yield number
        yield -number
