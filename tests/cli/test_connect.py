# SPDX-License-Identifier: GPL-2.0-or-later
"""``connect`` and ``disconnect`` as a user runs them, beside a modem with a network behind it."""

from __future__ import annotations

import json
import signal

import jsonschema
import pytest

from qmiprobe.report import schema
from tests.cli.connecting import Stage, play, said
from tests.session.machine import ip, snapshot

pytestmark = [pytest.mark.needs("netns"), pytest.mark.needs("tun")]
BOTH = pytest.mark.parametrize("profile", ["ec25", "em7455"])
QUIET = ("--dns", "none")


@BOTH
@pytest.mark.parametrize("up", [True, False])
def test_a_session_stays_until_disconnect_and_carries_packets(profile: str, up: bool):
    async def body(stage: Stage) -> None:
        ended = await stage.connect("--json", *QUIET)
        assert (ended.status, ended.err) == (0, ""), str(ended)
        told = json.loads(ended.out)
        jsonschema.validate(told, schema("session"))
        assert told["event"] == "connected"
        assert told["kept"] is True
        assert [one["family"] for one in told["families"]] == [4, 6]
        assert stage.sessions == [0]
        assert await stage.reaches(4)
        assert await stage.reaches(6)
        ended = await stage.disconnect("wwan0")
        assert (ended.status, ended.err) == (0, ""), str(ended)
        assert ended.out == f"wwan0: disconnected, by {stage.address.partition(':')[2]}\n"
        assert stage.sessions == []
        assert stage.modem.client_ids == []

    play(body, profile, up=up)


@BOTH
def test_what_is_told_is_what_the_netdev_has(profile: str):
    async def body(stage: Stage) -> None:
        told = json.loads((await stage.connect("--json", "--metric", "50", *QUIET)).out)
        state = snapshot()
        for family in told["families"]:
            assert f"{family['address']} " in state["addr show"]
        assert f"mtu {told['mtu']} " in state["link show"]
        assert told["metric"] == 50
        for look in ("-4 route show table all", "-6 route show table all"):
            assert "metric 50" in state[look]
        await stage.disconnect()

    play(body, profile)


@BOTH
def test_a_held_session_ends_with_its_program(profile: str):
    async def body(stage: Stage) -> None:
        run = await stage.hold(*QUIET)
        told = await said(run, "connected")
        assert told["kept"] is False
        assert await stage.reaches(4)
        run.send_signal(signal.SIGTERM)
        ended = await run.wait()
        assert (ended.status, ended.err) == (143, ""), str(ended)
        assert stage.sessions == []
        assert stage.modem.client_ids == []

    play(body, profile, up=False)


@BOTH
def test_disconnect_asks_a_run_that_holds_a_session_to_end_it(profile: str):
    async def body(stage: Stage) -> None:
        run = await stage.hold(*QUIET)
        await said(run, "connected")
        refused = await stage.connect(*QUIET)
        assert refused.status == 3, str(refused)
        assert "another run of qmiprobe holds a session on wwan0" in refused.err
        ended = await stage.disconnect("wwan0", "--json")
        assert ended.status == 0, str(ended)
        jsonschema.validate(json.loads(ended.out), schema("session"))
        assert json.loads(ended.out)["ended"][0]["was"] == "held"
        assert (await run.wait()).status == 143
        assert stage.sessions == []

    play(body, profile)


@BOTH
def test_a_kept_session_is_in_the_way_of_another_one_unless_forced(profile: str):
    async def body(stage: Stage) -> None:
        await stage.connect(*QUIET)
        refused = await stage.connect(*QUIET)
        assert refused.status == 3
        assert "`qmiprobe disconnect wwan0` ends it, or --force" in refused.err
        forced = await stage.connect("--force", *QUIET)
        assert forced.status == 0, str(forced)
        assert stage.sessions == [0]
        assert (await stage.disconnect()).status == 0

    play(body, profile)


@BOTH
def test_one_family_alone(profile: str):
    async def body(stage: Stage) -> None:
        ended = await stage.connect("--ip-type", "6", "--json", *QUIET)
        assert [one["family"] for one in json.loads(ended.out)["families"]] == [6]
        assert await stage.reaches(6)
        assert "inet " not in ip("addr", "show", "dev", "wwan0")
        await stage.disconnect()

    play(body, profile)


@BOTH
def test_a_family_that_is_refused_is_told_and_the_other_one_serves(profile: str):
    async def body(stage: Stage) -> None:
        ended = await stage.connect("--json", *QUIET)
        assert ended.status == 0
        told = json.loads(ended.out)
        jsonschema.validate(told, schema("session"))
        assert [one["family"] for one in told["families"]] == [4]
        assert [(one["family"], one["number"]) for one in told["refused"]] == [(6, 50)]
        assert "IPv6: refused: " in ended.err
        await stage.disconnect()

    play(body, profile, faults=["v6-refused"])


@BOTH
@pytest.mark.parametrize(
    ("fault", "check", "finding"),
    [
        ("no-sim", "sim.ready", "sim/absent"),
        ("call-refused", "session.up", "session/refused"),
        ("call-throttled", "session.up", "session/refused"),
    ],
)
def test_a_refused_session_is_explained_as_check_does(
    profile: str, fault: str, check: str, finding: str
):
    async def body(stage: Stage) -> None:
        ended = await stage.connect("--json", *QUIET)
        assert ended.status == 1, str(ended)
        report = json.loads(ended.out)
        jsonschema.validate(report, schema("report"))
        failed = [one["id"] for one in report["checks"] if one["outcome"] == "fail"]
        assert failed == [check]
        assert [one["id"] for one in report["findings"]] == [finding]
        assert stage.sessions == []
        assert stage.modem.client_ids == []

    play(body, profile, faults=[fault], up=False)


@BOTH
def test_disconnect_without_a_session_does_nothing_and_says_so(profile: str):
    async def body(stage: Stage) -> None:
        ended = await stage.disconnect()
        assert (ended.status, ended.out) == (0, "")
        assert "no session of `qmiprobe connect` here" in ended.err

    play(body, profile)


@BOTH
def test_other_commands_leave_a_kept_session_up(profile: str):
    async def body(stage: Stage) -> None:
        await stage.connect(*QUIET)
        report = json.loads((await stage.forks.run("check", stage.address, "--json")).out)
        verdicts = {one["id"]: one for one in report["checks"]}
        assert verdicts["session.up"]["outcome"] == "pass", report
        joined = "open already" in verdicts["control.protocol"]["summary"]
        assert joined == (profile == "em7455")
        message = {"ec25": "dms.get-model", "em7455": "basic-connect.device-caps"}[profile]
        called = await stage.forks.run("call", stage.address, message)
        assert called.status == 0, str(called)
        assert stage.sessions == [0]
        assert await stage.reaches(4)
        assert await stage.reaches(6)
        assert (await stage.disconnect()).status == 0

    play(body, profile)


@pytest.mark.parametrize(
    ("profile", "options", "text"),
    [
        ("ec25", ("--session-id", "1"), "give --mux, not --session-id"),
        ("ec25", ("--mux", "1"), "leave --mux out"),
        ("ec25", ("--framing", "802.3"), "leave --framing out"),
        ("em7455", ("--mux", "1"), "leave --mux and --framing out"),
        ("em7455", ("--profile", "9"), "no provisioned context 9: there are 1"),
    ],
)
def test_what_the_protocol_or_the_driver_has_not_is_told_and_nothing_is_changed(
    profile: str, options: tuple[str, ...], text: str
):
    async def body(stage: Stage) -> None:
        ended = await stage.connect(*options, *QUIET)
        assert ended.status == 3, str(ended)
        assert text in ended.err
        assert stage.sessions == []
        assert stage.modem.client_ids == []

    play(body, profile, up=False)
