# SPDX-License-Identifier: GPL-2.0-or-later
"""The text view: what a person sees, at 80 columns, with and without colours."""

from __future__ import annotations

import io
import re
from collections.abc import Callable

import pytest

from qmiprobe.check import Report
from qmiprobe.diagnosis import Evidence, Finding, Outcome, Reason, Remedy, Verdict
from qmiprobe.report import print_report
from tests.report import reports
from tests.report.reports import report_of

ALL = [reports.healthy, reports.no_sim, reports.every_outcome, reports.personal]
ESCAPE = re.compile("\x1b\\[[0-9;]*m")


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    encoding = "utf-8"

    def isatty(self) -> bool:
        return True


class AsciiPipe(io.StringIO):
    """A stream that cannot write more than ASCII."""

    encoding = "ascii"


def printed(report: Report, *, color: bool | None = None, verbose: bool = False) -> str:
    out = io.StringIO()
    print_report(report, out, color=color, verbose=verbose)
    return out.getvalue()


def on_terminal(report: Report, *, color: bool | None = None) -> str:
    out = Terminal()
    print_report(report, out, color=color)
    return out.getvalue()


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("NO_COLOR", "FORCE_COLOR", "COLORTERM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLUMNS", "80")


def test_the_whole_report_of_a_modem_without_a_sim_card():
    assert printed(reports.no_sim()).splitlines() == [
        "/dev/cdc-wdm0  Quectel, EC25, EC25EFAR06A08M4G, QMI",
        "",
        "  ✓  port.open  opened; commands up to 4096 bytes",
        "  ✗  sim.ready  no SIM card in slot 1",
        "                card state: absent  [uim get-card-status]",
        "  ·  5 checks   blocked, needs sim.ready, which failed: radio.registered,",
        "                session.settings, session.up, link.route, link.return",
        "",
        "Cause: no SIM card in the slot  (sim/absent)",
        "  card: absent  [uim get-card-status]",
        "  slot: 1  [uim get-card-status]",
        "  explains sim.ready",
        "",
        "  Insert a SIM card, contacts clean and the right way round, and restart the",
        "  modem: many do not notice a card that comes later. Then see whether it is",
        "  read.",
        "    qmicli -p -d /dev/cdc-wdm0 --uim-get-card-status",
        "",
        "1 pass, 1 fail, 5 blocked; 3.1 s",
        "FAIL at sim.ready: no SIM card in slot 1 (exit status 1)",
    ]


@pytest.mark.parametrize("make", ALL)
@pytest.mark.parametrize("verbose", [False, True])
def test_no_line_is_wider_than_80_columns_in_a_pipe(make: Callable[[], Report], verbose: bool):
    commands = {c for f in make().findings for c in f.remedy.commands}
    wide = [
        line
        for line in printed(make(), verbose=verbose).splitlines()
        if len(line) > 80 and line.strip() not in commands
    ]
    assert wide == []


@pytest.mark.parametrize("make", ALL)
def test_a_pipe_gets_no_escape_sequence(make: Callable[[], Report]):
    assert "\x1b" not in printed(make())


@pytest.mark.usefixtures("terminal")
def test_a_terminal_gets_colours_that_change_nothing_of_the_text():
    colored = on_terminal(reports.every_outcome())
    assert "\x1b[1;31m✗" in colored
    assert "\x1b[32m✓" in colored
    assert ESCAPE.sub("", colored) == on_terminal(reports.every_outcome(), color=False)


@pytest.mark.usefixtures("terminal")
def test_no_color_wins_over_a_terminal(monkeypatch: pytest.MonkeyPatch):
    assert "\x1b" not in on_terminal(reports.no_sim(), color=False)
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b" not in on_terminal(reports.no_sim())


def test_colours_can_be_asked_for_in_a_pipe():
    assert "\x1b[1;31m✗" in printed(reports.no_sim(), color=True)


def test_the_verdict_is_the_last_line():
    assert printed(reports.healthy()).splitlines()[-2:] == ["2 pass; 3.1 s", "PASS (exit status 0)"]


def test_every_outcome_is_told_apart_without_colours():
    text = printed(reports.every_outcome())
    marks = re.findall(r"^  (\S)  (\S+)", text, flags=re.MULTILINE)
    assert marks == [
        ("-", "usb.enumerated"),
        ("✓", "port.open"),
        ("!", "control.answers"),
        ("✗", "device.identity"),
        ("·", "device.mode"),
        ("?", "radio.signal"),
    ]
    assert "skipped, a simulated modem has no USB side" in text
    assert "slow (8.5 s)" in text
    assert "median 812 ms  [10 round trips]" in text
    assert "Cause: not explained: device.identity failed" in text


def test_a_stream_that_knows_ascii_alone_gets_ascii_alone():
    out = AsciiPipe()
    print_report(reports.no_sim(), out)
    assert out.getvalue().isascii()
    assert "x  sim.ready" in out.getvalue()


def test_verbose_gives_each_blocked_check_its_line():
    text = printed(reports.no_sim(), verbose=True)
    assert all(
        re.search(rf"^  ·  {check} ", text, re.MULTILINE) for check in reports.BLOCKED_CHECKS
    )
    assert "5 checks" not in text


def test_a_broken_check_is_owned_up_to():
    broken = Verdict("a", Outcome.BROKEN, summary="KeyError: 'x'")
    words = " ".join(printed(report_of(broken)).split())
    assert words.endswith(
        "BROKEN at a: KeyError: 'x' - a bug of qmiprobe, please report it (exit status 70)"
    )


def test_a_command_is_never_broken_and_what_follows_from_a_cause_is_named():
    long = "qmicli -p -d /dev/cdc-wdm0 " + " ".join(f"--option-{n}=value" for n in range(9))
    finding = Finding(
        "netdev/format-mismatch",
        "the formats differ",
        ("link.return",),
        Remedy("Do this.", (long,), ("undo it",), ("keep it",)),
        follows=("session/phantom",),
    )
    verdict = Verdict("link.return", Outcome.FAIL, Reason.DEFECT, "nothing returns")
    text = printed(report_of(verdict, findings=(finding,)))
    assert f"\n    {long}\n" in text
    assert "explains link.return; from it follows session/phantom" in text
    assert "  To undo it:\n    undo it\n  To make it last:\n    keep it\n" in text


@pytest.mark.parametrize("evil", ["\x1b[2J", "\x1b]0;title\x07", "\r", "\x9b31m", "\u202e"])
def test_no_text_of_a_modem_steers_the_terminal(evil: str):
    evidence = (Evidence(f"model {evil}", source=evil),)
    verdict = Verdict("a", Outcome.FAIL, Reason.DEFECT, f"bad {evil}", evidence)
    report = report_of(verdict)
    report = Report(**{**vars(report), "device": {"address": evil, "model": evil}})
    text = printed(report, verbose=True)
    assert not any(char in text for char in evil if not char.isprintable())


def test_markup_in_a_text_is_no_markup():
    verdict = Verdict("a", Outcome.WARN, summary="[bold]odd[/bold] :smile: [/]")
    assert "[bold]odd[/bold] :smile: [/]" in printed(report_of(verdict))
