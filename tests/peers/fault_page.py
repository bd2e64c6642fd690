# SPDX-License-Identifier: GPL-2.0-or-later
"""Writes docs/faults.md: stock mbimcli and qmiprobe beside each other on a modem with faults.

``python -m tests.peers.fault_page > docs/faults.md`` (about five minutes, most of it waiting).
"""

from __future__ import annotations

import json
import platform
import re
import sys
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from typing import cast

import trio

import qmiprobe
from qmiprobe.sim import SimulatedModem, all_faults, serve_pty
from tests.check.test_fault_table import TABLE, Row
from tests.netns import run_in_netns
from tests.requirements import CHECKOUT

ACCEPTABLE = {
    "fragments": True,
    "late": True,
    "duplicate": True,
    "indication-first": True,
    "stale-first": True,
    "stale-close-done": True,
    "garbage-zeros": True,
    "garbage-ones": True,
    "max-transfer": True,
    "not-opened-once": True,
    "mute": False,
    "open-busy": False,
    "open-wrong-transaction": False,
    "mute-after-first": False,
    "wrong-transaction": False,
    "wrong-message": False,
    "wrong-service": False,
    "truncated": False,
    "buffer-length-lie": False,
    "offset-outside": False,
    "short-buffer": False,
    "odd-utf16": False,
    "fragments-swapped": False,
    "fragments-missing": False,
    "fragments-mixed": False,
    "fragments-total": False,
    "failure-with-buffer": False,
    "status-777": False,
}
"""The conditions, and whether a host can get right answers from such a modem, none damaged."""
PATIENCE = 90.0
_SPEAKER = re.compile(r"^(\[/dev/[^]]+\] |error: |\[\d+ \w+ \d+, [\d:]+\] -\w+ \*\* )+")
_NODE = re.compile(r"/dev/(?:pts/)?\d+")
HEAD = ("fault", "mbimcli", "s", "qmiprobe", "check", "reason", "s")
_ALIGN = ("---", "---", "--:", "---", "---", "---", "--:")


@dataclass(frozen=True)
class Tried:
    """How one program took one condition."""

    verdict: str
    """``right``, ``wrongly accepted`` or ``failed``."""
    seconds: float
    said: str
    check: str = ""
    """qmiprobe: the check that fails or warns."""
    reason: str = ""
    """qmiprobe: why it fails, ``warn``, or ``pass``."""


def row_of(fault: str) -> Row:
    """Return what qmiprobe has to say of a fault, as its own tests have it."""
    (row,) = (one for one in TABLE if one.fault == fault and "mbim" in one.protocols)
    return row


async def _run(*command: str) -> tuple[int, str, str, float]:
    begin = trio.current_time()
    with trio.fail_after(PATIENCE):
        done = await trio.run_process(
            command, cwd=CHECKOUT, capture_stdout=True, capture_stderr=True, check=False
        )
    seconds = trio.current_time() - begin
    return done.returncode, done.stdout.decode(), done.stderr.decode(), seconds


async def try_mbimcli(fault: str) -> Tried:
    """Have mbimcli ask a modem with a fault what it is."""
    async with serve_pty(SimulatedModem("em7455", faults=(fault,))) as path:
        status, shown, told, seconds = await _run("mbimcli", "-d", path, "--query-device-caps")
    lines = [_SPEAKER.sub("", line).strip() for line in told.splitlines()]
    said = "; ".join(dict.fromkeys(line for line in lines if line)) or "nothing but the answer"
    if status:
        return Tried("failed", seconds, said)
    assert "Device ID" in shown, shown
    return Tried("right" if ACCEPTABLE[fault] else "wrongly accepted", seconds, said)


async def try_qmiprobe(fault: str) -> Tried:
    """Have qmiprobe check a modem with a fault; what it says is held against its own table."""
    async with serve_pty(SimulatedModem("em7455", faults=(fault,))) as path:
        words = ("-m", "qmiprobe", "check", f"mbim:{path}", "--json")
        _, shown, _, seconds = await _run(sys.executable, *words)
    report = cast("dict[str, list[dict[str, str]]]", json.loads(shown))
    checks = {one["id"]: one for one in report["checks"] if one["outcome"] in ("fail", "warn")}
    causes = [one["id"] for one in report["findings"]]
    row = row_of(fault)
    expected = {row.check: row.outcome} if row.check else {}
    right = {name: one["outcome"] for name, one in checks.items()} == expected
    right = right and causes == ([row.finding] if row.finding else [])
    bad = checks.get(row.check, {})
    said = bad.get("summary", "no check fails or warns")
    said += f" ({', '.join(causes)})" if causes else ""
    reason = bad.get("reason") or bad.get("outcome", "pass")
    return Tried("right" if right else "failed", seconds, said, row.check, reason)


async def version_of(program: str) -> str:
    """Return the version that a stock program gives itself."""
    _, shown, _, _ = await _run(program, "--version")
    return shown.splitlines()[0].split()[-1]


async def collect() -> tuple[str, dict[str, tuple[Tried, Tried]]]:
    """Return mbimcli's version, and how both took each condition, one after another."""
    found = {}
    for fault in ACCEPTABLE:
        found[fault] = await try_mbimcli(fault), await try_qmiprobe(fault)
        print(fault, *found[fault], sep="\n  ", file=sys.stderr)
    return await version_of("mbimcli"), found


def _text(said: str) -> str:
    """Return what was said without what differs from run to run."""
    said = _NODE.sub("PORT", said)
    return re.sub(r"\d+\.\d+ ms", "N ms", said).replace("`", "'").rstrip(".")


def _paragraph(text: str, *, indent: str = "") -> str:
    return textwrap.fill(
        text, 118, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False
    )


def page(version: str, found: dict[str, tuple[Tried, Tried]]) -> Iterator[str]:
    """Yield the page in pieces."""
    counts = {
        name: [pair[at].verdict for pair in found.values()]
        for at, name in enumerate(("mbimcli", "qmiprobe"))
    }
    yield "# Faults: mbimcli and qmiprobe beside each other\n"
    yield _paragraph(
        f"{len(found)} things that can be wrong with an MBIM modem's messages, each tried with "
        f"stock mbimcli {version} (`mbimcli -d PORT --query-device-caps`) and with qmiprobe "
        f"{qmiprobe.__version__} (`qmiprobe check mbim:PORT`, which asks far more than that), on "
        "the same simulated modem on a pty. No real modem had a part in it. Both have their own "
        "timeouts. The seconds are of one run on a machine with other work, Linux "
        f"{platform.release().partition('-')[0]}, Python {platform.python_version()}: the tenths "
        "mean nothing. What each fault does to the messages stands in "
        "[simulator.md](simulator.md)."
    )
    yield ""
    yield _paragraph(
        "Of mbimcli `right` means exit status 0 where right answers can be had, `wrongly "
        "accepted` exit status 0 with an answer that is damaged or not the one to its question, "
        "`failed` exit status 1. For a modem that answers nothing right, to fail is all that a "
        "client can do: what differs is when, and whether it says why. Of qmiprobe `right` means "
        "that it fails or warns at the check that the table names and at no other, with the "
        "cause of the fault. mbimcli is a client and no tester: the page measures what it was not "
        "made for."
    )
    yield ""
    for name, verdicts in counts.items():
        shown = [f"{verdicts.count(one)} {one}" for one in ("right", "wrongly accepted", "failed")]
        long = sum(pair[name == "qmiprobe"].seconds > 9.5 for pair in found.values())
        yield f"* {name}: {', '.join(shown)}; {long} took 10 s or more."
    yield f"\n| {' | '.join(HEAD)} |\n|{'|'.join(_ALIGN)}|"
    for fault, (theirs, ours) in found.items():
        cells = (f"`{fault}`", theirs.verdict, f"{theirs.seconds:.1f}", ours.verdict)
        check = f"`{ours.check}`" if ours.check else ""
        yield f"| {' | '.join((*cells, check, ours.reason, f'{ours.seconds:.1f}'))} |"
    yield "\n## What they said\n"
    for fault, (theirs, ours) in found.items():
        texts = f"mbimcli: {_text(theirs.said)}. qmiprobe: {_text(ours.said)}."
        yield _paragraph(f"* `{fault}`: {all_faults()[fault].doc} {texts}", indent="  ")
    yield "\nThe page is made by `python -m tests.peers.fault_page > docs/faults.md`."


if __name__ == "__main__":
    print("\n".join(page(*run_in_netns(collect, timeout=1500))))
