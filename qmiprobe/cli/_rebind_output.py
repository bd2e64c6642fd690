# SPDX-License-Identifier: GPL-2.0-or-later
"""What ``rebind`` says: a plan that is a shell script, what came of it, or one JSON document."""

from __future__ import annotations

import json
import sys
import textwrap
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING

import click

from qmiprobe.cli._group import PROGRAM
from qmiprobe.cli._say import say
from qmiprobe.cli._status import ExitStatus
from qmiprobe.rebind._state import state_json

if TYPE_CHECKING:
    from qmiprobe import host
    from qmiprobe.address import ControlPort
    from qmiprobe.cli._options import Options
    from qmiprobe.diagnosis import Finding
    from qmiprobe.rebind import Leftover, NoHelp, Plan, Result, State, Step
    from qmiprobe.rebind._lasting import LastingFile

FORMAT = "qmiprobe-rebind/1"
_WIDTH = 80


@dataclass(kw_only=True)
class Told:
    """What is known of a rebind by the time it is told."""

    modem: host.Modem
    plan: Plan
    leftover: Leftover | None = None
    files: tuple[LastingFile, ...] = ()
    against: tuple[str, ...] = ()
    """Files of the machine that would undo it."""
    written: tuple[str, ...] = ()


@dataclass
class Voice:
    """Tells the user, as text or JSON."""

    options: Options
    waits: bool = False
    """Whether the document is kept, for what is to be added to it."""
    document: dict[str, object] | None = None
    did: dict[str, str] = field(default_factory=dict)
    """By command, what became of it."""

    def planned(self, told: Told) -> int:
        """The plan, nothing else."""
        outcome = "right" if told.plan.right else "planned"
        if self.options.json:
            return self._document(told, outcome, ExitStatus.OK)
        self._plan(told)
        return ExitStatus.OK

    def plan_first(self, told: Told) -> None:
        """The plan, before it is carried out."""
        if self.options.json:
            return
        self._plan(told)
        for path in told.written:
            self._comment(f"written: {path}")

    def refused(self, told: Told) -> int:
        """A plan that would do harm now."""
        if self.options.json:
            return self._document(told, "refused", ExitStatus.CANNOT_TEST)
        self._plan(told)
        for why in told.plan.refusals:
            self._error(why)
        self._error("nothing was done; --force does it all the same")
        return ExitStatus.CANNOT_TEST

    def step(self, step: Step, did: str, text: str) -> None:
        """One step, as it is done."""
        if did == "begins":
            return
        self.did[step.command] = did
        if self.options.verbose or did == "failed" or sys.stderr.isatty():
            more = f": {text}" if text else ""
            say(f"{PROGRAM}: {did}: {step.command}{more}", self.options, err=True)

    def note(self, text: str) -> None:
        """Something that is worth a line."""
        self._error(text)

    def came_of_it(self, told: Told, result: Result) -> int:
        """What came of carrying it out."""
        status = ExitStatus.OK if result.outcome == "applied" else ExitStatus.DEFECT
        if self.options.json:
            return self._document(told, result.outcome, status, result)
        for note in result.notes:
            self._error(note)
        if result.outcome == "applied":
            self._comment(f"done: {result.node} answers: {result.answer}")
            if not told.written and not _lasts(told):
                name = told.plan.state.name
                self._comment(
                    "until it is plugged in again, when Linux chooses another configuration: "
                    f"`{PROGRAM} rebind {name} --install /` makes it last"
                )
            return status
        self._error(result.error or "it failed")
        words = {
            "rolled-back": "all of it was taken back: the modem is as it was",
            "not-rolled-back": f"taken back but for: {'; '.join(result.left)}",
            "failed": "nothing was changed: the driver is the right one; "
            f"`{PROGRAM} check {told.plan.state.name}` says more",
        }
        self._error(words[result.outcome])
        return status

    def out_of_time(
        self,
        error: str,
        told: Told | None,
        *,
        began: bool,
        left: tuple[str, ...],
        leftover: Leftover | None,
    ) -> int:
        """What a run leaves that took longer than it may.

        ``began``: whether it had changed anything; ``left``: what could not be put back;
        ``leftover``: what the journal has by now.
        """
        status = ExitStatus.DEFECT if began or leftover else ExitStatus.NO_ANSWER
        if leftover is not None:
            name = leftover.before.name
            end = (
                f"not all is as it was: `{PROGRAM} rebind {name} --roll-back` takes the rest back, "
                f"`{PROGRAM} rebind {name} --finish` does it to the end"
            )
        else:
            end = "what was done is taken back" if began else "nothing was changed"
        self._error(f"{'; '.join((error, *left))}; {end}")
        if not self.options.json:
            return status
        came: dict[str, object] = {
            "error": error,
            "left": list(left),
            "interrupted": _interrupted(leftover),
        }
        if told is not None:
            return self._document(told, "timed-out", status, came=came)
        device: dict[str, object] | None = None
        if leftover is not None:
            before = leftover.before
            device, came["before"] = _named(before), state_json(before)
        return self._json(
            {"device": device, "outcome": "timed-out", "exit_status": int(status), **came}
        )

    def rolled_back(self, leftover: Leftover, left: tuple[str, ...]) -> int:
        """What a killed run had done, taken back."""
        status = ExitStatus.DEFECT if left else ExitStatus.OK
        outcome = "not-rolled-back" if left else "rolled-back"
        name = leftover.before.name
        if self.options.json:
            return self._json(
                {
                    "device": _named(leftover.before),
                    "outcome": outcome,
                    "exit_status": int(status),
                    "before": state_json(leftover.before),
                    "left": list(left),
                }
            )
        if left:
            self._error(f"{name} is not as it was: {'; '.join(left)}")
        else:
            say(f"# done: {name} is as it was before the run that was killed", self.options)
        return status

    def no_help(self, found: NoHelp, port: ControlPort, findings: Iterable[Finding]) -> int:
        """Why no rebind helps, and what does."""
        causes = tuple(findings)
        status = ExitStatus.CANNOT_TEST
        if self.options.json:
            modem = port.modem
            return self._json(
                {
                    "device": _device(modem) if modem is not None else None,
                    "outcome": "no-help",
                    "exit_status": int(status),
                    "no_help": {**asdict(found), "evidence": list(found.evidence)},
                    "findings": [_finding(one) for one in causes],
                }
            )
        self._comment(f"{port.name}: no rebind helps: {found.why}")
        # What is no modem yet, or is not there, has no composition to be changed.
        there = not any("usb.enumerated" in one.explains for one in causes)
        for line in (*found.evidence, *([found.instead] if found.instead and there else [])):
            self._comment(line)
        for one in causes:
            self._comment(f"{one.id}: {one.title}")
            self._comment(one.remedy.text)
            for command in one.remedy.commands:
                say(command, self.options)
        return status

    def files(self, told: Told, *, folder: str | None) -> int:
        """The files that make it last."""
        if self.options.json:
            return self._document(told, "planned", ExitStatus.OK)
        for one in told.files if folder is None else ():
            self._comment(f"{one.path}: {one.why}")
            say(one.text.rstrip("\n"), self.options)
        for path in told.written:
            say(path, self.options)
        if not told.files:
            self._comment("no file is needed: it lasts by itself")
        for line in told.against:
            self._error(f"this works against it: {line}")
        return ExitStatus.OK

    def _plan(self, told: Told) -> None:
        for line in _plan_lines(told):
            say(line, self.options)
        for note in told.plan.notes:
            self._error(note)

    def _comment(self, text: str) -> None:
        for line in _comment(text):
            say(line, self.options)

    def _error(self, text: str) -> None:
        say(f"{PROGRAM}: {text}", self.options, err=True)

    def _document(
        self,
        told: Told,
        outcome: str,
        status: ExitStatus,
        result: Result | None = None,
        *,
        came: Mapping[str, object] | None = None,
    ) -> int:
        plan = told.plan
        document: dict[str, object] = {
            "device": _device(told.modem),
            "outcome": outcome,
            "exit_status": int(status),
            "target": {**asdict(plan.target), "protocol": plan.target.protocol},
            "steps": [_step(one, self.did.get(one.command)) for one in plan.steps],
            "refusals": list(plan.refusals),
            "notes": list(plan.notes),
            "before": state_json(plan.before),
            "interrupted": _interrupted(told.leftover),
            "files": [{"path": one.path, "why": one.why, "text": one.text} for one in told.files],
            "written": list(told.written),
            "contradictions": list(told.against),
        }
        if result is not None:
            document |= {
                "after": None if result.after is None else state_json(result.after),
                "node": result.node, "answer": result.answer, "error": result.error,
                "left": list(result.left), "notes": [*plan.notes, *result.notes],
            }  # fmt: skip
        return self._json({**document, **(came or {})})

    def _json(self, document: dict[str, object]) -> int:
        self.document = {"format": FORMAT, **document}
        if not self.waits:
            show_document(self.document)
        return ExitStatus(int(str(document["exit_status"])))


def _lasts(told: Told) -> bool:
    """Whether Linux sets that configuration by itself."""
    value = told.plan.target.configuration
    found = (one for one in told.modem.configurations if one.kernel_would_choose)
    return any(one.value == value for one in found)


def show_document(document: dict[str, object]) -> None:
    """Write the document."""
    click.echo(json.dumps(document, indent=2, ensure_ascii=False))


def _plan_lines(told: Told) -> Iterator[str]:
    plan, modem = told.plan, told.modem
    name = " ".join(word for word in (modem.id, modem.product) if word)
    yield from _comment(f"{modem.name} ({name}): {plan.target}")
    if told.leftover is not None:
        left = told.leftover
        state = "is under way" if left.under_way else "was killed"
        yield from _comment(
            f"a rebind of it {state} at step {left.step} of {left.steps} ({left.what}): "
            f"`{PROGRAM} rebind {modem.name} --finish` does the rest, which stands here; "
            f"`{PROGRAM} rebind {modem.name} --roll-back` takes it back"
        )
    if plan.right:
        yield from _comment("that is so already; whether the port answers, these show:")
    for number, one in enumerate(plan.steps, 1):
        yield from _comment(f"{number}. {one.why}")
        if one.undo is not None:
            yield f"#    undo: {one.undo.command}"
        yield one.command
    for why in () if plan.right else plan.refusals:
        yield from _comment(f"not now: {why}")


def _comment(text: str) -> list[str]:
    return textwrap.wrap(
        text, _WIDTH, initial_indent="# ", subsequent_indent="#    ", break_long_words=False,
        break_on_hyphens=False,
    )  # fmt: skip


def _named(state: State) -> dict[str, object]:
    return {"name": state.name, "id": state.usb_id}


def _device(modem: host.Modem) -> dict[str, object]:
    return {
        "name": modem.name, "id": modem.id, "manufacturer": modem.manufacturer,
        "product": modem.product,
    }  # fmt: skip


def _step(one: Step, did: str | None) -> dict[str, object]:
    return {
        "op": one.op, "path": one.path, "value": one.value, "expected": one.expected,
        "undo": None if one.undo is None else {"path": one.undo.path, "value": one.undo.value},
        "timeout_s": one.timeout_s, "why": one.why, "command": one.command, "did": did,
    }  # fmt: skip


def _interrupted(leftover: Leftover | None) -> dict[str, object] | None:
    if leftover is None:
        return None
    return {
        "step": leftover.step, "steps": leftover.steps, "command": leftover.what,
        "under_way": leftover.under_way,
    }  # fmt: skip


def _finding(one: Finding) -> dict[str, object]:
    return {
        "id": one.id,
        "title": one.title,
        "remedy": {
            "text": one.remedy.text, "commands": list(one.remedy.commands),
            "undo": list(one.remedy.undo), "lasting": list(one.remedy.lasting),
        },
    }  # fmt: skip
