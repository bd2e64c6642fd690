# SPDX-License-Identifier: GPL-2.0-or-later
"""CLOSE ends every session of the function: it is sent unless one is somebody else's."""

from __future__ import annotations

import pytest
import trio

from qmiprobe.device import mbim_device
from qmiprobe.errors import NoAnswer
from qmiprobe.mbim._codec import MbimMessage
from qmiprobe.mbim.services import basic_connect as bc
from qmiprobe.mbim.services._shared import Status
from tests.device.scripted import After, ScriptedMbim, Silent, scripted_mbim

pytestmark = pytest.mark.autojump


class Own(Exception):
    """Something that goes wrong in a caller's block."""


async def test_without_sessions_close_is_sent():
    async with scripted_mbim() as (port, modem):
        async with mbim_device(port) as device:
            pass
        assert modem.count("close") == 1
        assert not modem.connection.is_open
        assert not device.left_open


@pytest.mark.parametrize("number", [0, 1, 3])
async def test_with_somebody_elses_session_it_is_not(number: int):
    async with scripted_mbim() as (port, modem):
        modem.active = {number}
        async with mbim_device(port) as device:
            pass
        assert modem.count("close") == 0
        assert modem.active == {number}
        assert device.left_open
        assert device.observed.anomalies == []


async def test_our_own_session_does_not_keep_us_from_closing():
    async with scripted_mbim() as (port, modem):
        modem.active = {0}
        async with mbim_device(port) as device:
            device.owned_sessions.add(0)
        assert modem.count("close") == 1


async def test_anothers_session_beside_our_own_does():
    async with scripted_mbim() as (port, modem):
        modem.active = {0, 2}
        async with mbim_device(port) as device:
            device.owned_sessions.add(0)
        assert modem.count("close") == 0
        assert device.left_open


async def test_a_session_that_is_being_set_up_counts():
    async with scripted_mbim() as (port, modem):
        state = bc.ConnectResponse.blank(activation_state=bc.ActivationState.ACTIVATING)
        modem.script(bc.ConnectQuery, state)
        async with mbim_device(port):
            pass
        assert modem.count("close") == 0


@pytest.mark.parametrize("status", [Status.CONTEXT_NOT_ACTIVATED, Status.NOT_INITIALIZED])
async def test_a_refusal_to_tell_of_a_session_means_that_there_is_none(status: Status):
    async with scripted_mbim() as (port, modem):
        modem.script(bc.ConnectQuery, status)
        async with mbim_device(port):
            pass
        assert modem.count("close") == 1


async def test_a_function_that_is_too_busy_to_tell_is_left_open():
    async with scripted_mbim() as (port, modem):
        modem.script(bc.ConnectQuery, Status.BUSY)
        async with mbim_device(port) as device:
            pass
        assert modem.count("close") == 0
        assert device.left_open
        assert [one.kind for one in device.observed.anomalies] == ["not-closed"]


async def test_the_capabilities_are_not_asked_for_twice():
    async with scripted_mbim() as (port, modem):
        modem.max_sessions = 2
        async with mbim_device(port) as device:
            await device.call(bc.DeviceCapsQuery())
        assert modem.count(bc.DeviceCapsQuery) == 1
        assert modem.count(bc.ConnectQuery) == 2


async def test_a_function_that_claims_too_many_sessions_is_asked_for_some():
    async with scripted_mbim() as (port, modem):
        modem.max_sessions = 0xFFFFFFFF
        async with mbim_device(port):
            pass
        assert modem.count(bc.ConnectQuery) == 16
        assert modem.count("close") == 1


async def test_a_function_without_capabilities_is_asked_for_session_0():
    async with scripted_mbim() as (port, modem):
        modem.script(bc.DeviceCapsQuery, Status.NO_DEVICE_SUPPORT)
        async with mbim_device(port):
            pass
        assert modem.count(bc.ConnectQuery) == 1
        assert modem.count("close") == 1


async def test_with_mbimex_3_the_question_has_its_layout():
    async with scripted_mbim() as (port, modem):
        asked: list[MbimMessage] = []

        def answer(message: MbimMessage) -> object:
            asked.append(message)
            return bc.ConnectResponseEx3.blank()

        modem.connection.mbimex = "3.0"
        modem.script(bc.ConnectQueryEx3, answer)
        modem.script(bc.DeviceCapsQuery, Status.NO_DEVICE_SUPPORT)
        async with mbim_device(port) as device:
            device.connection.mbimex = "3.0"
        assert [len(message.packet.buffer) for message in asked] == [4]
        assert modem.count("close") == 1


async def test_it_is_closed_when_the_block_raises_and_the_error_leaves_bare():
    async with scripted_mbim() as (port, modem):
        with pytest.raises(Own):
            async with mbim_device(port):
                raise Own
        assert modem.count("close") == 1


async def test_it_is_closed_when_the_block_is_cancelled():
    async with scripted_mbim() as (port, modem):
        modem.script("close", After(0.5, None))
        with trio.move_on_after(1) as scope:
            async with mbim_device(port) as device:
                await trio.sleep_forever()
        assert scope.cancelled_caught
        assert not modem.connection.is_open
        assert not device.left_open
        assert trio.current_time() == pytest.approx(1.5)


async def test_a_function_that_went_mute_is_left_in_bounded_time():
    async with scripted_mbim() as (port, modem):
        for request in (bc.RadioStateQuery, bc.DeviceCapsQuery, bc.ConnectQuery, "close"):
            modem.script(request, Silent())
        with pytest.raises(NoAnswer):
            async with mbim_device(port) as device:
                await device.call(bc.RadioStateQuery(), timeout=1)
        assert trio.current_time() <= 1 + 0.5
        assert device.left_open
        assert [one.kind for one in device.observed.anomalies] == ["not-closed"]


async def test_a_function_that_does_not_answer_close_is_left_in_bounded_time():
    async with scripted_mbim() as (port, modem):
        modem.script("close", Silent())
        async with mbim_device(port) as device:
            pass
        assert trio.current_time() <= 2
        assert device.left_open


def _slow(modem: ScriptedMbim, seconds: float) -> None:
    caps = bc.DeviceCapsResponse.blank(max_sessions=modem.max_sessions)
    modem.script(bc.DeviceCapsQuery, After(seconds, caps))
    modem.script(bc.ConnectQuery, After(seconds, bc.ConnectResponse.blank()))
    modem.script("open", After(seconds, None))
    modem.script("close", After(seconds, None))


async def test_a_function_whose_answers_were_slow_gets_the_time_to_close():
    async with scripted_mbim() as (port, modem):
        modem.max_sessions = 8
        _slow(modem, 1.5)
        async with mbim_device(port) as device:
            assert device.closing_trips == 4
            await device.call(bc.DeviceCapsQuery())
            assert device.closing_trips == 3  # two rounds of sessions, CLOSE
        assert not device.left_open
        assert modem.count("close") == 1
        assert modem.count(bc.ConnectQuery) == 8
        assert trio.current_time() == pytest.approx(5 * 1.5)


async def test_a_slow_function_for_which_there_is_no_time_is_left_open_at_once():
    async with scripted_mbim() as (port, modem):
        modem.max_sessions = 8
        _slow(modem, 1.5)
        async with mbim_device(port, close_by=7.0) as device:
            await device.call(bc.DeviceCapsQuery())
        assert device.left_open
        assert modem.count("close") == 0
        assert trio.current_time() == pytest.approx(3)
        assert "at 1.5 s an answer" in device.observed.anomalies[-1].text


async def test_one_slow_answer_does_not_make_a_function_slow():
    async with scripted_mbim() as (port, modem):
        modem.script(bc.VisibleProvidersQuery, After(30, Status.BUSY))
        async with mbim_device(port) as device:
            await device.call(bc.DeviceCapsQuery())
            await device.exchange(bc.VisibleProvidersQuery.blank(), timeout=60)
        assert not device.left_open
        assert modem.count("close") == 1


async def test_what_was_slow_and_went_mute_is_left_in_bounded_time():
    async with scripted_mbim() as (port, modem):
        _slow(modem, 3.0)
        modem.script("close", Silent())
        async with mbim_device(port) as device:
            await device.call(bc.DeviceCapsQuery())
        assert device.left_open
        assert trio.current_time() <= 6 + 8


async def test_a_slow_function_is_left_in_bounded_time():
    async with scripted_mbim() as (port, modem):
        modem.max_sessions = 16
        modem.script(bc.ConnectQuery, After(0.9, bc.ConnectResponse.blank()))
        async with mbim_device(port) as device:
            pass
        assert trio.current_time() == pytest.approx(2)
        assert device.left_open
        assert "not done within 2 s" in device.observed.anomalies[-1].text
