# SPDX-License-Identifier: GPL-2.0-or-later
"""Carries out a plan: each step written down first, and all of it taken back where one fails."""

from __future__ import annotations

import errno
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack
from dataclasses import dataclass, field
from typing import Literal, Protocol

import trio

from qmiprobe.errors import CannotTest, QmiprobeError
from qmiprobe.host._files import Tree, read_text
from qmiprobe.rebind import _steps as steps
from qmiprobe.rebind._journal import RebindJournal
from qmiprobe.rebind._model import DEVICES, Plan, Step, Target
from qmiprobe.rebind._perform import Hands, StepFailed, control_node
from qmiprobe.rebind._restore import restoring, since_replugged, without_modem
from qmiprobe.rebind._state import State, differences, read_state
from qmiprobe.rebind._system import System

ROLL_BACK_S = 60.0
"""Seconds for the way back, also where the run itself is to end at once."""
_ROUNDS = 3
"""How often the way back is looked for; what is not reached then is told."""

Outcome = Literal["applied", "rolled-back", "not-rolled-back", "failed"]
Did = Literal["begins", "done", "not needed", "failed"]


class Kept(Protocol):
    """Whether ModemManager is kept from the modem (``dbus.Inhibition``)."""

    why_not: str | None

    async def again(self) -> bool:
        """Try once more, now that the modem has new ports."""
        ...


Inhibit = Callable[[str], AbstractAsyncContextManager[Kept]]
"""Keeps ModemManager from the modem at a folder of sysfs."""
Observer = Callable[[Step, Did, str], None]
"""Told of each step, and what there is to say about it."""


class Ask(Protocol):
    """Asks the port."""

    async def answer(self, node: str, target: Target, *, timeout: float) -> str:
        """Return what it said in the driver's protocol; raises QmiprobeError."""
        ...

    async def sends_raw_ip(self, node: str, *, timeout: float) -> bool | None:
        """Return whether the modem sends bare IP packets; None where it does not say."""
        ...


@dataclass(frozen=True, kw_only=True)
class Result:
    """What came of carrying out a plan.

    ``applied``: done and verified. ``rolled-back``: all is as it was. ``not-rolled-back``: see
    ``left``. ``failed``: nothing was changed, since nothing was to be, and the port is silent.
    """

    outcome: Outcome
    before: State
    after: State | None
    """None where the modem is gone."""
    node: str | None = None
    """The control port that answers."""
    answer: str | None = None
    error: str | None = None
    left: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def _silent(step: Step, did: Did, text: str) -> None:
    """Tell nobody."""


@dataclass
class Engine:
    """All that carrying out a plan needs of the world."""

    system: System
    journal: RebindJournal
    inhibit: Inhibit
    ask: Ask
    observer: Observer = _silent
    force: bool = False
    """Whether a netdev in use may be taken down for its format."""
    left: tuple[str, ...] = ()
    """What the last way back could not put back."""
    _notes: list[str] = field(default_factory=list)
    _began: bool = False
    """Whether this run has changed anything; ``_changed`` also where one before it had."""
    _changed: bool = False
    _told: bool = False
    _kept: Kept | None = None

    @property
    def began(self) -> bool:
        """Whether it has changed anything, put back by now or not."""
        return self._began

    async def apply(self, plan: Plan) -> Result:
        """Carry out a plan, verify it, and take it back where that fails or is cancelled.

        The way back is shielded and bounded; a cancellation goes on after it. Raises CannotTest
        where it cannot begin: ModemManager does not let go, or there can be no journal.
        """
        self._changed = self.journal.leftover is not None
        answer: str | None = None
        async with AsyncExitStack() as stack:
            try:
                answer = await self._go(plan, stack)
            except (StepFailed, QmiprobeError) as error:
                if isinstance(error, CannotTest) and not self._began:
                    raise  # it has not begun
                return await self._failed(plan, str(error))
            except BaseException:  # cancelled, or a bug of ours: the machine comes first
                if self._changed:
                    await self.roll_back(plan.before)
                raise
            self.journal.end()
        return Result(
            outcome="applied",
            before=plan.before,
            after=self._state(plan.before.name),
            node=self._node(plan.before.name, plan.target),
            answer=answer,
            notes=tuple(self._notes),
        )

    async def _failed(self, plan: Plan, error: str) -> Result:
        left: tuple[str, ...] = ()
        outcome: Outcome = "failed"
        if self._changed:
            left = await self.roll_back(plan.before)
            outcome = "not-rolled-back" if left else "rolled-back"
        return Result(
            outcome=outcome, before=plan.before, after=self._state(plan.before.name), error=error,
            left=left, notes=tuple(self._notes),
        )  # fmt: skip

    async def _go(self, plan: Plan, stack: AsyncExitStack) -> str | None:
        answer = None
        for number, step in enumerate(plan.steps, 1):
            if step.op == "inhibit":
                await self._inhibit(step, stack)
                continue
            if step.op == "verify":
                answer = await self._verify(step, plan)
                continue
            if step.op == "format":
                await self._format(step, plan, number)
                continue
            await self._change(step, plan, number)
        return answer

    async def _inhibit(self, step: Step, stack: AsyncExitStack) -> None:
        self.observer(step, "begins", "")
        self._kept = await stack.enter_async_context(self.inhibit(step.value))
        why_not = self._kept.why_not
        self.observer(step, "done" if why_not is None else "not needed", why_not or "")

    async def _change(self, step: Step, plan: Plan, number: int) -> None:
        self.journal.begin(
            before=plan.before, target=plan.target, step=number, steps=len(plan.steps),
            what=step.command,
        )  # fmt: skip
        self._changed = self._began = True
        self.observer(step, "begins", "")
        try:
            did = await Hands(self.system).do(step)
        except StepFailed as error:
            if await self._by_example_after_all(step, plan, number, error):
                return
            self.observer(step, "failed", str(error))
            raise
        self.observer(step, "done" if did else "not needed", "")
        if step.op == "wait" and self._kept is not None and self._kept.why_not is not None:
            await self._kept.again()  # it may know the modem by its new ports

    async def _by_example_after_all(
        self, step: Step, plan: Plan, number: int, error: StepFailed
    ) -> bool:
        """Tell the driver of a modem that it turns out not to know; return whether that was it."""
        told = self._told or any(one.op == "add-id" for one in plan.steps)
        if step.op != "bind" or error.errno != errno.ENODEV or told:
            return False
        self._told = True
        state = self._state(plan.state.name)
        if plan.target.driver != "qmi_wwan" or state is None:
            return False
        self._notes.append(f"{plan.target.driver} did not know the modem: it was told by new_id")
        free = tuple(
            one.number
            for one in state.interfaces
            if one.driver is None and one.authorized and one.number not in plan.target.members
        )
        for each in steps.by_example(state, plan.target, free):
            await self._change(each, plan, number)
        return True

    async def _verify(self, step: Step, plan: Plan) -> str:
        self.observer(step, "begins", "")
        node = self._node(plan.state.name, plan.target)
        if node is None:
            text = "there is no node to ask"
            self.observer(step, "failed", text)
            raise StepFailed(text)
        try:
            answer = await self.ask.answer(node, plan.target, timeout=step.timeout_s)
        except QmiprobeError as error:
            self.observer(step, "failed", str(error))
            raise
        self.observer(step, "done", f"{node}: {answer}")
        return answer

    async def _format(self, step: Step, plan: Plan, number: int) -> None:
        """Have the netdev carry what the modem sends; no rebind fails for that alone."""
        self.observer(step, "begins", "")
        node = self._node(plan.state.name, plan.target)
        name = plan.state.interface_name(
            plan.target.control, configuration=plan.target.configuration
        )
        try:
            assert node is not None  # it has answered
            raw_ip = await self.ask.sends_raw_ip(node, timeout=step.timeout_s)
        except QmiprobeError as error:
            self.observer(step, "not needed", f"the modem does not say: {error}")
            return
        if raw_ip is None:
            self.observer(step, "not needed", "the modem does not say")
            return
        if plan.right and plan.refusals and not self.force:
            text = f"left as it is: {'; '.join(plan.refusals)}"
            self.observer(step, "not needed", text)
            return
        path = f"{DEVICES}/{name}/net"
        write = Step(op="raw-ip", path=path, value="Y" if raw_ip else "N", why=step.why)
        await self._change(write, plan, number)

    async def roll_back(self, before: State) -> tuple[str, ...]:
        """Put everything back as it was; return what could not be. Shielded and bounded."""
        left: tuple[str, ...] = ("the way back took too long",)
        with trio.move_on_after(ROLL_BACK_S, shield=True):
            left = await self._back(before)
        if not left:
            self.journal.end()
        self.left = left
        return left

    async def _back(self, before: State) -> tuple[str, ...]:
        for _ in range(_ROUNDS):
            now = self._state(before.name)
            if now is None or now.usb_id != before.usb_id:
                return await self._back_without_modem(before)
            same = now.device_number == before.device_number
            aim = before if same else since_replugged(now, before)
            way = restoring(now, aim)
            if not way:
                return ()
            for step in way:
                await self._take_back(step)
        now = self._state(before.name)
        return () if now is None else differences(now, aim)

    async def _back_without_modem(self, before: State) -> tuple[str, ...]:
        """The modem is gone; its bus and the drivers are still there."""
        path = f"{DEVICES}/{before.hub}/interface_authorized_default"
        fence = read_text(Tree(self.system.sysroot).real(path))
        for step in without_modem(before, fence=None if fence is None else fence == "0"):
            await self._take_back(step)
        return ()

    async def _take_back(self, step: Step) -> None:
        self.observer(step, "begins", "taking back")
        try:
            did = await Hands(self.system).do(step)
        except StepFailed as error:
            self.observer(step, "failed", str(error))
        else:
            self.observer(step, "done" if did else "not needed", "")

    def _state(self, name: str) -> State | None:
        return read_state(name, sysroot=self.system.sysroot)

    def _node(self, name: str, target: Target) -> str | None:
        interface = f"{name}:{target.configuration}.{target.control}"
        return control_node(interface, sysroot=self.system.sysroot)
