# SPDX-License-Identifier: GPL-2.0-or-later
"""What each fault gives through the stock proxies, and inside MBIM.

Most faults give there what they give on the port itself. A proxy lets through what it can read
and match: through it a modem that answers nonsense is one that does not answer.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from typing import cast

import pytest
import trio

from qmiprobe.sim import SimulatedModem, serve_pty
from tests.check.test_fault_table import TABLE
from tests.netns import run_in_netns
from tests.peers.proxied import qmiprobe, running_proxy

pytestmark = [
    pytest.mark.needs("netns", "qmi-proxy", "mbim-proxy"),
    pytest.mark.time_limit(900),
]
AT_ONCE = 3


@dataclass(frozen=True)
class Shown:
    """The check that fails or warns, how, and the causes that are named."""

    check: str = ""
    outcome: str = "pass"
    reason: str | None = None
    findings: tuple[str, ...] = ()


def _fails(check: str, reason: str, finding: str) -> Shown:
    return Shown(check, "fail", reason, (finding,))


PASSES = Shown()
SILENT = _fails("control.answers", "no-answer", "control/went-silent")
NOTHING = _fails("control.protocol", "no-answer", "control/no-answer")
HUNG_UP = _fails("port.open", "cannot-test", "port/proxy-failed")
STEP = _fails("control.protocol", "defect", "control/out-of-step")
STEP_LATER = _fails("control.answers", "defect", "control/out-of-step")
SPOILT = _fails("control.protocol", "defect", "control/answers-spoilt")
GARBAGE = Shown("control.protocol", "warn")

QMI_PROXY = {
    "duplicate": PASSES,
    "stale-first": PASSES,
    "garbage-zeros": _fails("control.answers", "defect", "port/proxy-failed"),
    "garbage-ones": _fails("control.answers", "defect", "port/proxy-failed"),
    **dict.fromkeys(("wrong-transaction", "wrong-service", "wrong-message"), SILENT),
    **dict.fromkeys(("length-lie", "tlv-overrun"), SILENT),
    "truncated": _fails("control.answers", "defect", "port/proxy-failed"),
}
MBIM_PROXY = {
    "duplicate": PASSES,
    "stale-first": PASSES,
    "fragments-total": PASSES,
    **dict.fromkeys(("garbage-zeros", "garbage-ones", "wrong-transaction"), SILENT),
    **dict.fromkeys(("truncated", "length-lie"), STEP_LATER),
    "buffer-length-lie": SILENT,
    **dict.fromkeys(("fragments-swapped", "fragments-missing", "fragments-mixed"), SILENT),
    **dict.fromkeys(("open-busy", "open-busy-twice", "max-transfer"), HUNG_UP),
    "open-wrong-transaction": NOTHING,
    # The proxy goes on saying so, whatever the modem would answer by now.
    "not-opened-once": _fails("control.answers", "defect", "device/question-refused"),
}
TUNNEL = {
    # What MBIM needs to be opened for QMI goes first: it is told at the protocol.
    **dict.fromkeys(("wrong-transaction", "wrong-service", "wrong-message"), STEP),
    **dict.fromkeys(("truncated", "length-lie", "buffer-length-lie"), SPOILT),
    **dict.fromkeys(("fragments-swapped", "fragments-missing"), SPOILT),
    **dict.fromkeys(("fragments-mixed", "fragments-total"), SPOILT),
    **dict.fromkeys(("garbage-zeros", "garbage-ones"), GARBAGE),
    "mute-after-first": NOTHING,
    "unplugged": _fails("port.open", "defect", "port/gone"),
    # These are of MBIM commands that QMI inside it does not use, or over once it is open.
    **dict.fromkeys(("offset-outside", "short-buffer", "odd-utf16", "status-777"), PASSES),
    **dict.fromkeys(("failure-with-buffer", "stale-first", "not-opened-once"), PASSES),
    **dict.fromkeys(("open-busy-twice", "max-transfer"), PASSES),
}
WAYS = {
    "qmi-proxy": ("qmi", "ec25", QMI_PROXY),
    "mbim-proxy": ("mbim", "em7455", MBIM_PROXY),
    "mbim-tunnel": ("mbim", "em7455", TUNNEL),
}
EITHER = {
    # The second answer to the question for the version comes before that check is over, or after.
    ("mbim-tunnel", "duplicate"): Shown("control.protocol", "warn"),
}
"""What else a fault may give."""
QUICK = {
    "qmi-proxy": ("mute", "garbage-zeros", "length-lie", "one-client", "no-sim", "unplugged"),
    "mbim-proxy": (
        *("mute", "stale-close-done", "not-opened-once", "open-busy", "max-transfer"),
        *("length-lie", "status-777", "unplugged", "other-slot"),
    ),
    "mbim-tunnel": (
        *("mute", "mute-after-first", "open-busy", "open-busy-twice", "max-transfer"),
        *("wrong-message", "fragments", "fragments-missing", "unplugged", "no-sim"),
    ),
}
"""What is tried in every run of the tests."""


def expected(way: str) -> dict[str, Shown]:
    """Return what each fault that can show on the control channel has to give."""
    protocol, _, others = WAYS[way]
    found = {}
    for row in TABLE:
        if protocol in row.protocols and not row.check.startswith(("session.", "netdev.", "link.")):
            causes = (row.finding,) if row.finding else ()
            usual = Shown(row.check, row.outcome, row.reason, causes)
            found[row.fault] = others.get(row.fault, usual)
    return found


async def _check(way: str, path: str) -> Shown:
    said = await qmiprobe("check", f"{way}:{path}", "--json", "--timeout", "20")
    report = cast("dict[str, list[dict[str, str]]]", json.loads(said.text))
    bad = [one for one in report["checks"] if one["outcome"] in ("fail", "warn", "broken")]
    assert len(bad) < 2, [(one["id"], one["summary"]) for one in bad]
    findings = tuple(one["id"] for one in report["findings"])
    one = bad[0] if bad else {"id": "", "outcome": "pass"}
    return Shown(one["id"], one["outcome"], one.get("reason"), findings)


@cache
def shown(way: str, faults: tuple[str, ...]) -> dict[str, Shown | str]:
    """Try these faults, a few at a time, all by one proxy; a text says what went wrong."""

    async def run() -> dict[str, Shown | str]:
        found: dict[str, Shown | str] = {}
        limit, done = trio.CapacityLimiter(AT_ONCE), trio.Event()

        async def one(fault: str) -> None:
            # Each keeps its pty to the end: the proxy would take another one for the same modem.
            async with serve_pty(SimulatedModem(WAYS[way][1], faults=(fault,))) as path:
                async with limit:
                    try:
                        found[fault] = await _check(way, path)
                    except Exception as error:
                        found[fault] = repr(error)
                if len(found) == len(faults):
                    done.set()
                await done.wait()

        proxy = way if way.endswith("-proxy") else "mbim-proxy"
        async with running_proxy(proxy), trio.open_nursery() as nursery:
            for fault in faults:
                nursery.start_soon(one, fault)
        return found

    return run_in_netns(run, timeout=600)


def test_the_exceptions_are_of_faults_that_there_are():
    for way, (_, _, others) in WAYS.items():
        assert set(others) - set(expected(way)) == set()
        assert set(QUICK[way]) - set(expected(way)) == set()


@pytest.mark.parametrize(
    ("way", "fault"), [(way, one) for way, all_ in QUICK.items() for one in all_]
)
def test_a_fault_fails_at_one_check_at_most(way: str, fault: str):
    assert shown(way, QUICK[way])[fault] == expected(way)[fault]


@pytest.mark.soak
@pytest.mark.parametrize(("way", "fault"), [(way, one) for way in WAYS for one in expected(way)])
def test_every_fault_fails_at_one_check_at_most(way: str, fault: str):
    found = shown(way, tuple(expected(way)))[fault]
    if found != expected(way)[fault]:
        # Which message a stock proxy loses first depends on how busy it is with all of them.
        found = shown(way, (fault,))[fault]
    assert found in (expected(way)[fault], EITHER.get((way, fault)))
