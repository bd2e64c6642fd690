# SPDX-License-Identifier: GPL-2.0-or-later
"""The state of a simulated modem stays consistent, and tells of each change."""

from __future__ import annotations

from dataclasses import replace

import pytest

from qmiprobe.sim import load_profile
from qmiprobe.sim._parts import CallEnd, Card, Change, Context, Kind, Mode, Registration
from qmiprobe.sim._sessions import Session
from qmiprobe.sim._state import ModemState
from qmiprobe.sim.dataplane import BearerTable
from qmiprobe.sim.dataplane._addresses import family_facts


class Clock:
    """Time that the test moves."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


class Bed:
    """A modem's state with what it told."""

    def __init__(self) -> None:
        profile = load_profile("ec25")
        self.clock = Clock()
        self.bearers = BearerTable()
        self.state = ModemState(
            sim=profile.new_sim(),
            air=profile.new_air(),
            signal=profile.new_signal(),
            contexts=profile.new_contexts(),
            bearers=self.bearers,
            network=family_facts,
            clock=self.clock,
        )
        self.told: list[Change] = []

    def power_up(self) -> ModemState:
        self.state.power_up()
        self.state.watch(self.told.append)
        return self.state

    def pass_time(self, seconds: float) -> None:
        self.clock.now += seconds
        self.state.advance()

    @property
    def kinds(self) -> list[Kind]:
        return [change.kind for change in self.told]


@pytest.fixture
def bed() -> Bed:
    return Bed()


def test_a_healthy_modem_comes_up_registered_and_attached(bed: Bed):
    state = bed.power_up()
    assert (state.registration, state.attached) == (Registration.HOME, True)
    assert state.next_due is None


def test_radio_off_ends_sessions_and_registration_and_on_brings_registration_back(bed: Bed):
    state = bed.power_up()
    assert isinstance(state.sessions.start(0, 4, apn="a"), Session)
    state.set_mode(Mode.LOW_POWER)
    assert state.registration == Registration.NONE
    assert bed.bearers.interface(0, 4) is None
    assert state.sessions.ends[0, 4] == CallEnd(kind="internal", number=219)
    assert {Kind.MODE, Kind.REGISTRATION, Kind.ATTACH, Kind.SESSION} <= set(bed.kinds)
    state.set_mode(Mode.ONLINE)
    assert bed.state.registration == Registration.SEARCHING
    bed.pass_time(0.5)
    assert (state.registration, state.attached) == (Registration.HOME, True)


def test_the_hardware_switch_does_the_same_as_the_software_one(bed: Bed):
    state = bed.power_up()
    state.switch_hardware(on=False)
    assert state.registration == Registration.NONE
    state.switch_hardware(on=True)
    bed.pass_time(0.5)
    assert state.registered


def test_three_wrong_pins_want_the_puk_and_ten_wrong_puks_lose_the_card(bed: Bed):
    bed.state.sim.pin_enabled = True
    state = bed.power_up()
    assert state.sim.card == Card.PIN
    assert [state.verify_pin("0000") for _ in range(3)] == [False] * 3
    assert (state.sim.card, state.sim.pin_tries) == (Card.PUK, 0)
    assert state.unblock_pin("12345678", "4321")
    assert (state.sim.card, state.sim.pin_tries, state.sim.pin) == (Card.READY, 3, "4321")
    for _ in range(3):
        state.verify_pin("1234")
    for _ in range(10):
        assert not state.unblock_pin("87654321", "1111")
    assert bed.state.sim.card == Card.BLOCKED


def test_the_right_pin_lets_the_modem_register(bed: Bed):
    bed.state.sim.pin_enabled = True
    state = bed.power_up()
    assert state.registration == Registration.NONE
    assert state.verify_pin("1234")
    bed.pass_time(0.5)
    assert state.registered
    assert bed.kinds[:2] == [Kind.SIM, Kind.REGISTRATION]


def test_a_card_that_starts_slowly_gets_ready(bed: Bed):
    bed.state.sim.card, bed.state.sim.starting_s = Card.STARTING, 3.0
    state = bed.power_up()
    bed.pass_time(2.9)
    assert state.sim.card == Card.STARTING
    bed.pass_time(0.2)
    assert bed.state.sim.card == Card.READY
    bed.pass_time(0.5)
    assert state.registered


def test_a_denied_registration_keeps_its_cause(bed: Bed):
    bed.state.air.registers, bed.state.air.reject = Registration.DENIED, 11
    state = bed.power_up()
    assert (state.registration, state.reject, state.attached) == (Registration.DENIED, 11, False)


def test_a_network_out_of_reach_is_searched_for_ever(bed: Bed):
    state = bed.power_up()
    state.register(("999", "99"))
    bed.pass_time(60)
    assert state.registration == Registration.SEARCHING
    state.register()
    bed.pass_time(0.5)
    assert state.registered


def test_detaching_ends_sessions_and_keeps_the_registration(bed: Bed):
    state = bed.power_up()
    state.sessions.start(0, 4, apn="a")
    state.attach(wanted=False)
    assert state.registered
    assert not state.attached
    assert state.sessions.numbers == []


def test_sessions_have_addresses_of_their_own_and_say_when_there_are_no_more(bed: Bed):
    state = bed.power_up()
    started = [state.sessions.start(number, 4, apn="a") for number in range(0, 80, 10)]
    addresses = {str(one.facts.interface) for one in started if isinstance(one, Session)}
    assert len(addresses) == 8
    assert state.sessions.start(90, 4, apn="a") == CallEnd(kind="internal", number=228)
    state.sessions.stop(30, 4)
    again = state.sessions.start(90, 4, apn="a")
    assert isinstance(again, Session)
    assert str(again.facts.interface) in addresses


def test_a_data_plane_that_comes_later_hears_of_sessions_that_are_up(bed: Bed):
    state = bed.power_up()
    started = state.sessions.start(0, 6, apn="a")
    later = BearerTable()
    state.sessions.bearers = later
    assert isinstance(started, Session)
    assert later.interface(0, 6) == started.facts.interface


def test_the_network_can_leave_out_dns(bed: Bed):
    bed.state.calls.with_dns = False
    started = bed.power_up().sessions.start(0, 4, apn="a")
    assert isinstance(started, Session)
    assert started.facts.dns == ()


def test_nothing_is_told_where_nothing_changed(bed: Bed):
    state = bed.power_up()
    state.set_mode(Mode.ONLINE)
    state.switch_hardware(on=True)
    state.set_signal(replace(state.signal))
    state.set_card(Card.READY)
    state.attach()
    assert not state.sessions.stop(0, 4)
    assert not state.delete_context(99)
    assert bed.told == []


def test_changes_of_contexts_and_signal_are_told(bed: Bed):
    state = bed.power_up()
    state.store_context(Context(number=3, apn="x"))
    state.delete_context(3)
    state.set_signal(replace(state.signal, rssi=-100))
    assert bed.kinds == [Kind.CONTEXTS, Kind.CONTEXTS, Kind.SIGNAL]


def test_who_stopped_watching_is_told_no_more(bed: Bed):
    state = bed.power_up()
    seen: list[Change] = []
    unwatch = state.watch(seen.append)
    unwatch()
    unwatch()
    state.set_mode(Mode.LOW_POWER)
    assert seen == []
