# SPDX-License-Identifier: GPL-2.0-or-later
"""The part of ``qmiprobe rebind`` that needs trio: finds the modem, plans, carries out."""

from __future__ import annotations

import functools
from dataclasses import dataclass, field, replace

import trio

from qmiprobe import rebind
from qmiprobe.address import Address, ControlPort, NetdevAddress, NodeAddress, UsbAddress, resolve
from qmiprobe.check import DOCTOR, CheckOptions, climb, note_standing, open_context
from qmiprobe.cli._options import Options
from qmiprobe.cli._rebind_output import Told, Voice
from qmiprobe.cli._run import run
from qmiprobe.cli._status import ExitStatus
from qmiprobe.diagnosis import Finding
from qmiprobe.errors import AddressError, CannotTest, NoAnswer
from qmiprobe.rebind import Leftover, NoHelp, Plan, Result, Situation, Wanted
from qmiprobe.rebind._managed import kept_off, sessions_of_modem_manager
from qmiprobe.rebind._restore import since_replugged
from qmiprobe.rebind._system import require_rights

_DOCTOR_S = 15.0


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What the user asked for."""

    configuration: int | None = None
    driver: str | None = None
    apply_it: bool = False
    finish: bool = False
    roll_back: bool = False
    force: bool = False
    check_it: bool = False
    udev_rule: bool = False
    modprobe_conf: bool = False
    ignore_modem: bool = False
    install: str | None = None


@dataclass
class Done:
    """What came of it."""

    status: int = ExitStatus.OK
    device: Address | None = None
    """The modem, where it has a port that answers."""
    driver: str | None = None
    """The one that the port has by now."""
    document: dict[str, object] | None = None
    """What is to be told yet, with the check that follows in it."""


@dataclass
class _Run:
    device: Address | None
    options: Options
    asked: Asked
    done: Done = field(default_factory=Done)

    _told: Told | None = None
    """What there is to tell, once there is a plan."""
    _engine: rebind.Engine | None = None
    """Who does it."""
    _ports: tuple[str, ...] = ()
    """Nodes and netdevs by which ModemManager may know the modem."""

    def __post_init__(self) -> None:
        self.voice = Voice(self.options, waits=self.asked.check_it)

    async def main(self) -> int:
        if self.asked.roll_back:
            return await self._roll_back()
        async with resolve(self.device, sysroot=self.options.sysroot) as port:
            return await self._rebind(port)

    async def _rebind(self, port: ControlPort) -> int:
        if port.simulated:
            raise AddressError(f"{port.name} has no USB side: rebind is for modems on a bus")
        if port.modem is None:
            why = port.missing or f"{port.name} belongs to no modem that sysfs shows"
            return await self._no_help(NoHelp(why=why), port)
        leftover = self._leftover(port.modem.name)
        if self.asked.finish and leftover is None:
            raise CannotTest(
                f"no rebind of {port.modem.name} was killed: nothing is to be finished"
            )
        found = self._plan(port, leftover)
        if isinstance(found, NoHelp):
            return await self._no_help(found, port)
        situation, plan = found
        netdevs = (one.name for one in port.modem.netdevs)
        self._ports = (*(one.path for one in port.modem.ports), *netdevs)
        self._told = told = Told(modem=port.modem, plan=plan, leftover=leftover)
        if self.asked.udev_rule or self.asked.modprobe_conf or self.asked.install is not None:
            self._last(situation, plan, told)
            if not (self.asked.apply_it or self.asked.finish):
                return self.voice.files(told, folder=self.asked.install)
        if not (self.asked.apply_it or self.asked.finish):
            return self.voice.planned(told)
        told.plan = plan = await self._with_sessions(plan)
        if plan.refusals and not plan.right and not self.asked.force:
            return self.voice.refused(told)
        return await self._apply(told, port)

    def _leftover(self, name: str) -> Leftover | None:
        """What a killed run left of this modem; another one's has to be mended first."""
        found = rebind.read_leftover() if self.options.sysroot == "/" else None
        if found is None or found.before.name == name:
            return found
        if self.asked.apply_it or self.asked.finish:
            other = found.before.name
            raise CannotTest(
                f"a rebind of {other} was killed and not mended: `qmiprobe rebind {other} "
                f"--finish` or `qmiprobe rebind {other} --roll-back` comes first"
            )
        return None

    def _plan(
        self, port: ControlPort, leftover: Leftover | None, *, unconfigure: bool | None = None
    ) -> tuple[Situation, Plan] | NoHelp:
        assert port.modem is not None
        situation = rebind.look(port.modem, sysroot=self.options.sysroot)
        if isinstance(situation, NoHelp):
            return situation
        wanted = Wanted(
            configuration=self.asked.configuration, driver=self.asked.driver, protocol=port.wanted
        )
        before = None
        if leftover is not None:
            before = leftover.before
            if wanted == Wanted():
                target = leftover.target
                wanted = Wanted(configuration=target.configuration, driver=target.driver)
            if before.device_number != situation.state.device_number:
                before = since_replugged(situation.state, before)
        plan = rebind.plan_for(situation, wanted=wanted, before=before, unconfigure=unconfigure)
        return plan if isinstance(plan, NoHelp) else (situation, plan)

    async def _with_sessions(self, plan: Plan) -> Plan:
        folder = f"/sys/bus/usb/devices/{plan.state.name}"
        found = await sessions_of_modem_manager(folder, ports=self._ports)
        return replace(plan, refusals=(*plan.refusals, *found))

    async def _apply(self, told: Told, port: ControlPort) -> int:
        plan = told.plan
        require_rights(plan.state.name)
        self.voice.plan_first(told)
        assert port.modem is not None
        note_standing(port.modem, port.port)
        with rebind.open_journal() as journal, rebind.this_machine() as machine:
            result = await self._carry_out(plan, journal, machine)
            again = self._second_try(port, plan, result)
            if again is not None:
                self.voice.note("once more, by way of no configuration at all")
                result = await self._carry_out(again, journal, machine)
        if result.outcome == "applied":
            target = plan.target
            self.done.device = UsbAddress(name=plan.state.name, wanted=target.protocol)
            self.done.driver = target.driver
        return self.voice.came_of_it(told, result)

    async def _carry_out(
        self, plan: Plan, journal: rebind.RebindJournal, machine: rebind.Linux
    ) -> Result:
        self._engine = rebind.Engine(
            machine,
            journal,
            functools.partial(kept_off, ports=self._ports),
            rebind.Ports(),
            self.voice.step,
            force=self.asked.force,
        )
        return await self._engine.apply(plan)

    def _second_try(self, port: ControlPort, plan: Plan, result: Result) -> Plan | None:
        """Some firmware takes another configuration only after it had none."""
        sets = [step for step in plan.steps if step.path.endswith("/bConfigurationValue")]
        if result.outcome != "rolled-back" or len(sets) != 1:
            return None
        found = self._plan(port, None, unconfigure=True)
        plan_of_it = None if isinstance(found, NoHelp) else found[1]
        same = plan_of_it is not None and plan_of_it.target == plan.target
        return plan_of_it if same else None

    async def _roll_back(self) -> int:
        with rebind.open_journal() as journal:
            leftover = journal.leftover
            if leftover is None:
                raise CannotTest("no rebind was killed: there is nothing to take back")
            await self._must_be_meant(leftover)
            with rebind.this_machine() as machine:
                self._engine = engine = rebind.Engine(
                    machine, journal, kept_off, rebind.Ports(), self.voice.step
                )
                async with kept_off(f"/sys/bus/usb/devices/{leftover.before.name}"):
                    left = await engine.roll_back(leftover.before)
        return self.voice.rolled_back(leftover, left)

    async def _must_be_meant(self, leftover: Leftover) -> None:
        """What was killed has to be what DEVICE names, if it names anything."""
        before, device = leftover.before, self.device
        if device is None:
            return
        if isinstance(device, UsbAddress) and before.name == device.name:
            return
        if isinstance(device, UsbAddress) and device.id == before.usb_id:
            return
        if isinstance(device, (NodeAddress, NetdevAddress)):
            async with resolve(device) as port:
                if port.modem is not None and port.modem.name == before.name:
                    return
        raise CannotTest(f"what was killed is a rebind of {before.name}, not of {device}")

    def out_of_time(self, error: NoAnswer) -> int:
        """Tell what a run that came to its end by ``--timeout`` leaves behind."""
        engine = self._engine
        return self.voice.out_of_time(
            str(error),
            self._told,
            began=engine is not None and (engine.began or bool(engine.left)),
            left=() if engine is None else engine.left,
            leftover=rebind.read_leftover(),
        )

    async def _no_help(self, found: NoHelp, port: ControlPort) -> int:
        findings: tuple[Finding, ...] = ()
        asked = CheckOptions(sysroot=self.options.sysroot)
        with trio.move_on_after(_DOCTOR_S):
            async with open_context(port, asked) as context:
                report = await climb(DOCTOR, context, timeout=_DOCTOR_S)
                findings = report.findings
        return self.voice.no_help(found, port, findings)

    def _last(self, situation: Situation, plan: Plan, told: Told) -> None:
        from qmiprobe.rebind._contradictions import contradictions
        from qmiprobe.rebind._install import check_rules, install
        from qmiprobe.rebind._lasting import lasting_files

        sysroot = self.options.sysroot
        found = lasting_files(
            situation.modem, plan.target, sysroot=sysroot, ignored=self.asked.ignore_modem
        )
        told.files = found
        told.against = tuple(
            map(str, contradictions(situation.modem, plan.target, sysroot=sysroot))
        )
        for one in found:
            checked = check_rules(one.text) if one.kind == "udev" else None
            if checked is not None and not checked.fine:
                raise CannotTest(f"udevadm verify refuses the rule, a bug: {checked.said}")
        if self.asked.install is not None:
            told.written = install(found, self.asked.install)
            return
        kinds = {"udev"} if self.asked.udev_rule else set()
        kinds |= {"modprobe", "modules-load"} if self.asked.modprobe_conf else set()
        told.files = tuple(one for one in found if one.kind in kinds)


def run_rebind(device: Address | None, options: Options, asked: Asked) -> Done:
    """Do what was asked; return what came of it. Everything is told by then."""
    one = _Run(device, options, asked)
    try:
        one.done.status = run(one.main, timeout=options.timeout)
    except NoAnswer as error:
        if not (asked.apply_it or asked.finish or asked.roll_back):
            raise
        one.done.status = one.out_of_time(error)
    one.done.document = one.voice.document
    return one.done
