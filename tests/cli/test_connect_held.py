# SPDX-License-Identifier: GPL-2.0-or-later
"""``connect --hold`` follows what the network does: new addresses, drops, refusals after them."""

from __future__ import annotations

import signal
from dataclasses import replace
from ipaddress import ip_interface

import jsonschema
import pytest

from qmiprobe.report import schema
from qmiprobe.sim import parse_event
from qmiprobe.sim._parts import CallEnd, Change, Kind
from tests.cli.connecting import Stage, play, said
from tests.cli.forking import Running
from tests.session.machine import ip

pytestmark = [pytest.mark.needs("netns"), pytest.mark.needs("tun")]
BOTH = pytest.mark.parametrize("profile", ["ec25", "em7455"])
QUIET = ("--dns", "none")
BY_NETWORK = CallEnd(kind="3gpp", number=38)
NEW = ip_interface("192.0.2.66/30")


async def _end(stage: Stage, run: Running) -> str:
    """Interrupt a run; return what it said on standard error."""
    run.send_signal(signal.SIGTERM)
    ended = await run.wait()
    assert ended.status == 143, str(ended)
    for told in ended.objects:
        jsonschema.validate(told, schema("session"))
    assert stage.sessions == []
    assert stage.modem.client_ids == []
    return ended.err


@BOTH
def test_a_session_that_the_network_ends_is_started_again(profile: str):
    async def body(stage: Stage) -> None:
        run = await stage.hold(*QUIET)
        await said(run, "connected")
        stage.modem.state.sessions.end_all(BY_NETWORK)
        await said(run, "dropped")
        await said(run, "connected", times=2)
        assert stage.sessions == [0]
        assert await stage.reaches(4)
        assert await stage.reaches(6)
        assert "the session ended; it is started again" in await _end(stage, run)

    play(body, profile, up=False)


@BOTH
def test_a_new_address_takes_the_place_of_the_old_one(profile: str):
    async def body(stage: Stage) -> None:
        run = await stage.hold(*QUIET)
        first = await said(run, "connected")
        sessions = stage.modem.state.sessions
        old = sessions._up[0, 4]
        facts = replace(old.facts, interface=NEW, gateway=NEW.ip - 1, mtu=1400)
        sessions._up[0, 4] = replace(old, facts=facts)
        sessions._tell(Change(Kind.SESSION, 0, 4))
        changed = await said(run, "changed")
        families = changed["families"]
        assert isinstance(families, list)
        assert families[0]["address"] == str(NEW)
        assert families[1:] == first["families"][1:]  # type: ignore[index]
        there = ip("addr", "show", "dev", "wwan0")
        assert str(NEW) in there
        assert str(old.facts.interface) not in there
        assert "mtu 1400 " in there
        await _end(stage, run)

    play(body, profile, up=False)


@BOTH
def test_while_the_network_refuses_it_is_tried_again_and_each_attempt_told(profile: str):
    async def body(stage: Stage) -> None:
        run = await stage.hold(*QUIET)
        await said(run, "connected")
        refusals = stage.modem.state.calls.refusals
        refusals.update({4: BY_NETWORK, 6: BY_NETWORK})
        stage.modem.state.sessions.end_all(BY_NETWORK)
        first = await said(run, "refused")
        second = await said(run, "refused", times=2)
        assert (first["attempts"], second["attempts"]) == (1, 2)
        assert second["pause_s"] == 2 * first["pause_s"]  # type: ignore[operator]
        assert "38" in str(first["text"])
        assert "default" not in ip("-4", "route", "show")
        refusals.clear()
        again = await said(run, "connected", times=2)
        assert again["attempts"] == 3
        await _end(stage, run)

    play(body, profile, up=False)


@BOTH
def test_after_a_reset_of_the_modem_it_is_started_again(profile: str):
    async def body(stage: Stage) -> None:
        run = await stage.hold(*QUIET)
        await said(run, "connected")
        parse_event("mode reset").act(stage.modem.state, 0)
        await said(run, "dropped")
        await said(run, "connected", times=2)
        assert await stage.reaches(4)
        await _end(stage, run)

    play(body, profile, up=False)


@BOTH
def test_it_can_be_interrupted_while_it_waits_for_the_next_attempt(profile: str):
    async def body(stage: Stage) -> None:
        run = await stage.hold(*QUIET)
        await said(run, "connected")
        stage.modem.state.calls.refusals.update({4: BY_NETWORK, 6: BY_NETWORK})
        stage.modem.state.sessions.end_all(BY_NETWORK)
        await said(run, "refused")
        await _end(stage, run)

    play(body, profile, up=False)


@BOTH
def test_the_first_start_is_not_tried_again_but_explained(profile: str):
    async def body(stage: Stage) -> None:
        run = await stage.hold(*QUIET)
        ended = await run.wait()
        assert ended.status == 1, str(ended)
        (report,) = ended.objects
        jsonschema.validate(report, schema("report"))
        assert '"session/refused"' in ended.out

    play(body, profile, faults=["call-refused"], up=False)
