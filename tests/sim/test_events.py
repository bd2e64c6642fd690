# SPDX-License-Identifier: GPL-2.0-or-later
"""What happens to a modem by itself: events as text, and what hosts hear of them."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

import pytest
import trio

from qmiprobe.errors import AddressError
from qmiprobe.mbim.services import basic_connect as bc
from qmiprobe.mbim.services import sms
from qmiprobe.mbim.services._shared import (
    NwError,
    RegisterState,
)
from qmiprobe.qmi.services import nas, wds
from qmiprobe.sim import SimulatedModem, parse_event
from qmiprobe.sim._events import KINDS
from qmiprobe.sim._messages import deliver_pdu
from qmiprobe.sim._parts import Card, Change, Kind, Mode, Registration
from tests.sim.hosts import mbim_modem, qmi_modem

EXAMPLES = {
    "signal": "signal rsrp=-110 snr=3.5",
    "registration": "registration denied cause=11",
    "mode": "mode low-power",
    "switch": "switch off",
    "sim": "sim absent",
    "end": "end cause=26 session=0",
    "sms": "sms from=+15550101 text='good morning'",
}


@asynccontextmanager
async def playing(modem: SimulatedModem, *texts: str) -> AsyncGenerator[None, None]:
    async with trio.open_nursery() as nursery:
        nursery.start_soon(modem.play, [parse_event(text) for text in texts])
        yield
        nursery.cancel_scope.cancel()


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_event_can_be_written(kind: str):
    event = parse_event(f"every=0.5 {EXAMPLES[kind]} after=2")
    assert (event.after, event.every) == (2.0, 0.5)
    assert parse_event(EXAMPLES[kind]).every is None


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("", "what happens? One of: signal, registration"),
        ("after=1 singal rsrp=-90", "what happens? One of"),
        ("signal", "which figures? rssi=, rsrq=, rsrp=, snr="),
        ("signal rsrp=low", "rsrp=low is no number"),
        ("signal rsrp=-90,-500", "rsrp=-500: from -156 to 0"),
        ("signal rsrp=nan", "rsrp=nan: from -156 to 0"),
        ("signal rsrp=-90 rspr=-90", "rspr= means nothing here"),
        ("signal rsrp=-90 now", "now means nothing here"),
        ("after=soon signal rsrp=-90", "after=soon is no number"),
        ("after=-1 signal rsrp=-90", "times are seconds"),
        ("every=0 signal rsrp=-90", "times are seconds"),
        ("after=inf signal rsrp=-90", "after=inf: from"),
        ("registration", "which one? none, searching, home, roaming, denied"),
        ("registration denied", "denied needs cause=N"),
        ("registration home cause=3", "denied needs cause=N"),
        ("registration denied cause=300", "cause=300: from 1 to 255"),
        ("mode fast", "which one? online, low-power"),
        ("switch", "which one? on, off"),
        ("sms from=me text=hi", "'me' is no phone number"),
        ("sms text='hi", "No closing quotation"),
    ],
)
def test_a_mistake_in_an_event_is_named(text: str, complaint: str):
    with pytest.raises(AddressError, match=complaint.replace("?", r"\?")):
        parse_event(text)


@pytest.mark.autojump
async def test_events_come_at_their_times():
    modem = SimulatedModem("ec25")
    start = trio.current_time()
    seen: list[tuple[float, int]] = []

    def note(change: Change) -> None:
        if change.kind is Kind.SIGNAL:
            seen.append((trio.current_time() - start, modem.state.signal.rsrp))

    modem.state.watch(note)
    async with playing(modem, "after=2 every=3 signal rsrp=-100,-101", "signal rsrp=-90"):
        await trio.sleep(9)
    assert seen == [(0, -90), (2, -100), (5, -101), (8, -100)]


@pytest.mark.autojump
async def test_playing_ends_with_the_last_event():
    modem = SimulatedModem("ec25")
    with trio.fail_after(5):
        await modem.play([parse_event("after=4 mode low-power"), parse_event("switch off")])
    assert modem.state.radio.mode is Mode.LOW_POWER
    assert not modem.state.radio.hardware_on


async def test_a_change_of_signal_is_told_over_qmi():
    async with qmi_modem() as (modem, host):
        client = await host.allocate("nas")
        await host.call(nas.RegisterIndications(signal_info=True), client=client)
        async with playing(modem, "after=0.01 signal rsrp=-110 snr=1.5"):
            signal = (await host.told(nas.SignalInfoIndication)).lte_signal_strength
        assert signal is not None
        assert (signal.rsrp, signal.snr) == (-110, 15)


async def test_a_refusal_of_the_network_is_told_over_qmi_and_ends_the_session():
    async with qmi_modem() as (modem, host):
        client = await host.allocate("nas")
        await host.call(nas.RegisterIndications(serving_system_events=True), client=client)
        data = await host.allocate("wds")
        await host.call(wds.StartNetwork(apn="internet.example"), client=data)
        async with playing(modem, "after=0.01 registration denied cause=11"):
            system = (await host.told(nas.ServingSystemIndication)).serving_system
        assert system is not None
        assert system.registration_state == nas.RegistrationState.REGISTRATION_DENIED
        assert modem.state.sessions.numbers == []


async def test_the_radio_comes_back_to_the_network_that_the_event_made():
    async with mbim_modem() as (modem, host):
        async with playing(modem, "registration roaming"):
            state = await host.told(bc.RegisterStateNotification)
            assert state.register_state == RegisterState.ROAMING
        modem.state.set_mode(Mode.LOW_POWER)
        modem.state.set_mode(Mode.ONLINE)
        with trio.fail_after(2):
            while modem.state.registration is not Registration.ROAMING:
                await host.told(bc.RegisterStateNotification)


async def test_changes_of_all_kinds_are_told_over_mbim():
    async with mbim_modem() as (modem, host):
        async with playing(modem, "after=0.01 signal rssi=-113"):
            assert (await host.told(bc.SignalStateNotification)).rssi == 0
        async with playing(modem, "after=0.01 switch off"):
            radio = await host.told(bc.RadioStateNotification)
            assert radio.hw_radio_state == bc.RadioSwitchState.OFF
        async with playing(modem, "after=0.01 switch on", "after=0.02 sim absent"):
            ready = await host.told(bc.SubscriberReadyStatusNotification)
            assert ready.ready_state == bc.SubscriberReadyState.SIM_NOT_INSERTED
        assert modem.state.sim.card is Card.ABSENT


async def test_a_network_that_ends_the_session_says_why():
    async with mbim_modem() as (modem, host):
        modem.state.sessions.start(0, 4, apn="internet.example")
        await host.told(bc.ConnectNotification)
        async with playing(modem, "after=0.01 end cause=26"):
            told = await host.told(bc.ConnectNotification)
        assert told.activation_state == bc.ActivationState.DEACTIVATED
        assert told.nw_error == NwError(26)


async def test_a_short_message_arrives():
    async with mbim_modem(profile="l850") as (modem, host):
        async with playing(modem, "after=0.01 sms from=+15550101 text='good morning'"):
            told = await host.told(sms.MessageStoreStatusNotification)
        (message,) = modem.state.messages.held
        assert told.message_index == message.index
        expected = deliver_pdu("+15550101", "good morning")
        assert message.pdu[:14] == expected[:14]  # up to the time
        assert message.pdu[-12:] == expected[-12:]


async def test_a_thousand_indications_a_second_starve_nobody():
    async with mbim_modem() as (modem, host), playing(modem, "every=0.001 signal rssi=-60,-61"):
        for _ in range(20):
            await host.told(bc.SignalStateNotification)
            await host.call(bc.RadioStateQuery())
