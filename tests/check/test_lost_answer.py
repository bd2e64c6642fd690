# SPDX-License-Identifier: GPL-2.0-or-later
"""An answer that gets lost is a warning where the modem is in step again; else a defect."""

from __future__ import annotations

import errno
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest

from qmiprobe._framing import Frame, Garbage
from qmiprobe.address import ControlPort
from qmiprobe.check import LADDER, CheckOptions, Report, climb, open_context
from qmiprobe.diagnosis import Outcome
from qmiprobe.errors import AnswerLost, DeviceReset
from qmiprobe.sim import SimulatedModem, open_simulated
from qmiprobe.transport import ControlTransport

pytestmark = pytest.mark.autojump
FIRST, FOURTH = 2, 4
"""The command after the one that finds out the protocol; one in the middle of the round."""


@dataclass
class LossyPort:
    """A port around another that loses something at the fourth command and its answer."""

    inside: ControlTransport
    command: str = ""
    """``refused``: it is lost, and the next one raises; ``swallowed``: it is lost in silence."""
    answer: str = ""
    """``lost``, ``behind`` (it comes with the next one), ``overflow``, ``broken``."""
    at: int = FOURTH
    always: bool = False
    sent: int = 0
    received: int = 0
    _kept: list[Frame | Garbage] = field(default_factory=list)
    _fails: bool = False

    @property
    def name(self) -> str:
        return self.inside.name

    @property
    def max_command(self) -> int | None:
        return self.inside.max_command

    def _hits(self, count: int) -> bool:
        return count >= self.at if self.always else count == self.at

    async def send(self, message: bytes) -> None:
        self.sent += 1
        if self._fails:
            self._fails = False
            raise DeviceReset("not sent (EIO)", port=self.name, errno=errno.EIO)
        if self.command and self._hits(self.sent):
            self._fails = self.command == "refused"
        else:
            await self.inside.send(message)

    async def receive(self) -> Frame | Garbage:
        if self._kept:
            return self._kept.pop()
        item = await self.inside.receive()
        self.received += 1
        if not (self.answer and self._hits(self.received)):
            return item
        if self.answer == "overflow":
            raise AnswerLost("dropped", port=self.name, errno=errno.ENOBUFS)
        if self.answer == "broken":
            raise DeviceReset("reading failed (EIO)", port=self.name, errno=errno.EIO)
        late = item if self.answer == "behind" else None
        item = await self.receive()
        if late is not None:
            self._kept.append(item)
        return late or item

    async def aclose(self) -> None:
        await self.inside.aclose()


async def _climb(profile: str, wrap: Callable[[ControlTransport], ControlTransport]) -> Report:
    modem = SimulatedModem(profile)
    async with open_simulated(modem) as open_port:

        async def opening(_protocol: str) -> ControlTransport:
            return wrap(open_port())

        protocol = modem.profile.protocol
        port = ControlPort(name="sim", open=opening, simulated=True, driver_protocol=protocol)
        async with open_context(port, CheckOptions()) as context:
            return await climb(LADDER, context, timeout=60)


def _unwell(report: Report) -> dict[str, str]:
    bad = (Outcome.WARN, Outcome.FAIL, Outcome.BROKEN)
    return {one.check: str(one.outcome) for one in report.verdicts if one.outcome in bad}


@pytest.mark.parametrize("profile", ["ec25", "em7455"])
@pytest.mark.parametrize(
    "loss",
    [{"command": "refused"}, {"command": "swallowed"}, {"answer": "lost"}],
    ids=lambda loss: "-".join(*loss.items()),
)
@pytest.mark.parametrize("at", [FIRST, FOURTH])
async def test_one_loss_warns_and_is_told(profile: str, loss: dict[str, Any], at: int):
    report = await _climb(profile, lambda port: LossyPort(port, at=at, **loss))
    assert _unwell(report) == {"control.answers": "warn"}
    (verdict,) = [one for one in report.verdicts if one.check == "control.answers"]
    assert "asked again" in verdict.summary
    assert any("at first: " in one.text for one in verdict.evidence)


@pytest.mark.parametrize(
    ("profile", "outcome"), [("ec25", {}), ("em7455", {"control.answers": "warn"})]
)
async def test_an_answer_behind_the_next_is_late_where_nothing_else_was_asked_meanwhile(
    profile: str, outcome: dict[str, str]
):
    report = await _climb(profile, lambda port: LossyPort(port, answer="behind"))
    assert _unwell(report) == outcome


@pytest.mark.parametrize("profile", ["ec25", "em7455"])
@pytest.mark.parametrize("answer", ["overflow", "broken"])
async def test_an_answer_that_the_driver_could_not_take_is_a_defect(profile: str, answer: str):
    report = await _climb(profile, lambda port: LossyPort(port, answer=answer))
    assert _unwell(report) == {"control.answers": "fail"}
    assert [one.id for one in report.findings] == ["control/answers-spoilt"]


@pytest.mark.parametrize("profile", ["ec25", "em7455"])
@pytest.mark.parametrize("loss", [{"command": "swallowed"}, {"answer": "lost"}], ids=str)
async def test_a_modem_that_goes_on_losing_fails(profile: str, loss: dict[str, Any]):
    report = await _climb(profile, lambda port: LossyPort(port, always=True, **loss))
    assert _unwell(report) == {"control.answers": "fail"}
