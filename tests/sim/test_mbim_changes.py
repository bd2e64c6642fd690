# SPDX-License-Identifier: GPL-2.0-or-later
"""Over MBIM: sessions, PIN entry, the radio switch, and what hosts are told."""

from __future__ import annotations

from dataclasses import replace
from ipaddress import IPv4Address, IPv6Address

import pytest

from qmiprobe._message import Request
from qmiprobe.mbim.services import basic_connect as bc
from qmiprobe.mbim.services import ms_basic_connect_extensions as ms
from qmiprobe.mbim.services._shared import (
    AuthProtocol,
    Compression,
    ContextIpType,
    ContextType,
    DataClass,
    NwError,
    PinType,
    ProtocolError,
    RegisterState,
    Status,
)
from qmiprobe.sim._parts import Card, Mode
from qmiprobe.sim.dataplane import BearerTable
from tests.sim.hosts import MbimHost, mbim_modem


def connect(
    *, on: bool = True, session_id: int = 0, ip_type: ContextIpType = ContextIpType.IPV4V6
) -> bc.ConnectSet:
    command = bc.ActivationCommand.ACTIVATE if on else bc.ActivationCommand.DEACTIVATE
    return bc.ConnectSet(
        session_id=session_id,
        activation_command=command,
        access_string="internet.example",
        compression=Compression.NONE,
        auth_protocol=AuthProtocol.NONE,
        ip_type=ip_type,
        context_type=ContextType.INTERNET,
    )


def configuration(session_id: int = 0) -> bc.IpConfigurationQuery:
    return bc.IpConfigurationQuery(session_id=session_id, ipv4_mtu=0, ipv6_mtu=0)


def pin(code: str, operation: bc.PinOperation = bc.PinOperation.ENTER) -> bc.PinSet:
    return bc.PinSet(pin_type=PinType.PIN1, pin_operation=operation, pin=code)


async def test_a_session_gets_what_the_network_gives():
    async with mbim_modem() as (modem, host):
        answer = await host.call(connect())
        assert answer.activation_state == bc.ActivationState.ACTIVATED
        assert answer.ip_type == ContextIpType.IPV4V6
        got = await host.call(configuration())
        assert got.ipv4_addresses is not None
        assert got.ipv4_addresses[0].ipv4_address == IPv4Address("192.0.2.2")
        assert got.ipv4_addresses[0].on_link_prefix_length == 30
        assert got.ipv4_gateway == IPv4Address("192.0.2.1")
        assert got.ipv4_dns_servers == [
            IPv4Address("198.51.100.53"), IPv4Address("198.51.100.54"),
        ]  # fmt: skip
        assert got.ipv6_addresses is not None
        assert got.ipv6_addresses[0].ipv6_address == IPv6Address("2001:db8:1::2")
        assert (got.ipv4_mtu, got.ipv6_mtu) == (1500, 1500)
        assert modem.state.sessions.families(0) == [4, 6]
        answer = await host.call(connect(on=False))
        assert answer.activation_state == bc.ActivationState.DEACTIVATED
        assert (await host.ask(configuration())).status == Status.CONTEXT_NOT_ACTIVATED
        assert (await host.ask(connect(on=False))).status == Status.CONTEXT_NOT_ACTIVATED


async def test_a_session_of_one_family_has_no_other_addresses():
    async with mbim_modem() as (_, host):
        answer = await host.call(connect(ip_type=ContextIpType.IPV6))
        assert answer.ip_type == ContextIpType.IPV6
        got = await host.call(configuration())
        assert got.ipv4_available == 0
        assert not got.ipv4_addresses
        assert got.ipv6_addresses


async def test_several_sessions_stand_beside_each_other():
    async with mbim_modem() as (modem, host):
        await host.call(connect(session_id=0, ip_type=ContextIpType.IPV4))
        await host.call(connect(session_id=3, ip_type=ContextIpType.IPV4))
        got = await host.call(configuration(3))
        assert got.ipv4_addresses is not None
        assert got.ipv4_addresses[0].ipv4_address == IPv4Address("192.0.2.6")
        assert modem.state.sessions.numbers == [0, 3]
        assert (await host.ask(connect(session_id=8))).status == Status.INVALID_PARAMETERS


@pytest.mark.parametrize(
    ("fault", "status", "error"),
    [
        ("call-refused", Status.FAILURE, NwError.REQUESTED_SERVICE_OPTION_NOT_SUBSCRIBED),
        ("call-refused-internal", Status.FAILURE, NwError.NONE),
        ("no-sim", Status.SIM_NOT_INSERTED, None),
        ("sim-failure", Status.BAD_SIM, None),
        ("pin-required", Status.PIN_REQUIRED, None),
        ("radio-off", Status.RADIO_POWER_OFF, None),
        ("searching", Status.NOT_REGISTERED, None),
        ("not-attached", Status.PACKET_SERVICE_DETACHED, None),
    ],
)
async def test_a_refusal_says_why(fault: str, status: Status, error: NwError | None):
    async with mbim_modem(fault) as (modem, host):
        answer = await host.ask(connect())
        assert answer.status == status
        if error is None:
            assert answer.body is None
        else:
            assert isinstance(answer.body, bc.ConnectResponse)
            assert answer.body.nw_error == error
        assert modem.state.sessions.numbers == []


async def test_one_family_may_be_refused_and_the_other_granted():
    async with mbim_modem("v6-refused") as (_, host):
        answer = await host.call(connect())
        assert answer.ip_type == ContextIpType.IPV4
        assert answer.nw_error == 50


async def test_the_network_may_leave_out_the_address():
    async with mbim_modem("no-address") as (_, host):
        await host.call(connect())
        got = await host.call(configuration())
        assert not got.ipv4_addresses
        assert not got.ipv6_addresses
        assert got.ipv4_gateway is None
        assert got.ipv4_mtu == 1500


async def test_a_session_that_comes_up_and_goes_is_told():
    async with mbim_modem() as (modem, host):
        await host.call(connect(ip_type=ContextIpType.IPV4))
        up = await host.told(bc.ConnectNotification)
        assert up.activation_state == bc.ActivationState.ACTIVATED
        addresses = await host.told(bc.IpConfigurationNotification)
        assert addresses.ipv4_mtu == 1500
        await host.call(bc.RadioStateSet(radio_state=bc.RadioSwitchState.OFF))
        down = await host.told(bc.ConnectNotification)
        assert down.activation_state == bc.ActivationState.DEACTIVATED
        assert modem.state.sessions.numbers == []


async def test_the_radio_switch_deregisters_and_registers_again():
    async with mbim_modem() as (modem, host):
        off = await host.call(bc.RadioStateSet(radio_state=bc.RadioSwitchState.OFF))
        assert off.sw_radio_state == bc.RadioSwitchState.OFF
        told = await host.told(bc.RegisterStateNotification)
        assert told.register_state == RegisterState.DEREGISTERED
        await host.call(bc.RadioStateSet(radio_state=bc.RadioSwitchState.ON))
        while not modem.state.registered:
            await host.told(bc.RegisterStateNotification)
        service = await host.told(bc.PacketServiceNotification)
        while service.packet_service_state != bc.PacketServiceState.ATTACHED:
            service = await host.told(bc.PacketServiceNotification)


async def test_a_locked_radio_cannot_be_switched_on():
    async with mbim_modem("fcc-locked") as (_, host):
        answer = await host.ask(bc.RadioStateSet(radio_state=bc.RadioSwitchState.ON))
        assert answer.status == Status.OPERATION_NOT_ALLOWED


async def test_entering_the_pin_opens_the_card():
    async with mbim_modem("pin-required") as (modem, host):
        ready = await host.call(bc.SubscriberReadyStatusQuery())
        assert ready.ready_state == bc.SubscriberReadyState.DEVICE_LOCKED
        assert ready.subscriber_id == ""
        state = await host.call(bc.PinQuery())
        assert (state.pin_state, state.remaining_attempts) == (bc.PinState.LOCKED, 3)
        wrong = await host.ask(pin("0000"))
        assert wrong.status == Status.FAILURE
        assert isinstance(wrong.body, bc.PinResponse)
        assert wrong.body.remaining_attempts == 2
        right = await host.call(pin("1234"))
        assert right.pin_state == bc.PinState.UNLOCKED
        told = await host.told(bc.SubscriberReadyStatusNotification)
        while told.ready_state != bc.SubscriberReadyState.INITIALIZED:
            told = await host.told(bc.SubscriberReadyStatusNotification)
        while not modem.state.registered:
            await host.told(bc.RegisterStateNotification)


async def test_three_wrong_pins_want_the_puk():
    async with mbim_modem("pin-required") as (_, host):
        for _ in range(3):
            await host.ask(pin("0000"))
        state = await host.call(bc.PinQuery())
        assert (state.pin_type, state.remaining_attempts) == (PinType.PUK1, 10)
        unblock = bc.PinSet(
            pin_type=PinType.PUK1, pin_operation=bc.PinOperation.ENTER, pin="12345678",
            new_pin="1111",
        )  # fmt: skip
        assert (await host.call(unblock)).pin_state == bc.PinState.UNLOCKED


async def test_the_pin_can_be_switched_on_changed_and_off():
    async with mbim_modem() as (modem, host):
        operation = bc.PinOperation
        assert (await host.ask(pin("1234"))).status == Status.PIN_DISABLED
        assert (await host.ask(pin("9999", operation.ENABLE))).status == Status.FAILURE
        await host.call(pin("1234", operation.ENABLE))
        listed = await host.call(bc.PinListQuery())
        assert listed.pin_desc_pin1.pin_mode == bc.PinMode.ENABLED
        change = pin("1234", operation.CHANGE)
        change.new_pin = "4321"
        await host.call(change)
        await host.call(pin("4321", operation.DISABLE))
        assert not modem.state.sim.pin_enabled


@pytest.mark.parametrize("query", [bc.PinQuery(), bc.PinListQuery(), bc.HomeProviderQuery()])
async def test_without_a_sim_its_questions_are_refused(query: Request[bc.PinResponse]):
    async with mbim_modem("no-sim") as (_, host):
        assert (await host.ask(query)).status == Status.SIM_NOT_INSERTED


async def test_a_denied_registration_names_its_cause():
    async with mbim_modem("registration-denied") as (_, host):
        state = await host.call(bc.RegisterStateQuery())
        assert state.register_state == RegisterState.DENIED
        assert state.nw_error == NwError.PLMN_NOT_ALLOWED


async def test_a_network_that_is_not_there_is_not_registered_with():
    async with mbim_modem() as (modem, host):

        def wanted(provider: str) -> bc.RegisterStateSet:
            return bc.RegisterStateSet(
                provider_id=provider,
                register_action=bc.RegisterAction.MANUAL,
                data_class=DataClass(0),
            )

        assert (await host.ask(wanted("99999"))).status == Status.PROVIDER_NOT_VISIBLE
        assert (await host.ask(wanted("x"))).status == Status.INVALID_PARAMETERS
        await host.call(wanted("00101"))
        while not modem.state.registered:
            await host.told(bc.RegisterStateNotification)


async def test_attaching_and_detaching():
    async with mbim_modem() as (_, host):
        detach = bc.PacketServiceSet(packet_service_action=bc.PacketServiceAction.DETACH)
        answer = await host.call(detach)
        assert answer.packet_service_state == bc.PacketServiceState.DETACHED
        attach = bc.PacketServiceSet(packet_service_action=bc.PacketServiceAction.ATTACH)
        answer = await host.call(attach)
        assert answer.packet_service_state == bc.PacketServiceState.ATTACHED


async def test_signal_and_slot_changes_are_told():
    async with mbim_modem() as (modem, host):
        modem.state.set_signal(replace(modem.state.signal, rssi=-113))
        assert (await host.told(bc.SignalStateNotification)).rssi == 0
        modem.state.set_card(Card.ABSENT)
        told = await host.told(bc.SubscriberReadyStatusNotification)
        assert told.ready_state == bc.SubscriberReadyState.SIM_NOT_INSERTED
        slot = await host.call(ms.SlotInfoStatusQuery(slot_index=0))
        assert slot.state == ms.UiccSlotState.STATE_EMPTY


async def test_counters_are_those_of_the_data_plane():
    async with mbim_modem() as (modem, host):
        await host.call(connect())
        table = modem.bearers
        assert isinstance(table, BearerTable)
        table.count_tx((0, 4), 100)
        table.count_rx((0, 6), 60)
        got = await host.call(bc.PacketStatisticsQuery())
        assert (got.out_packets, got.out_octets) == (1, 100)
        assert (got.in_packets, got.in_octets) == (1, 60)


async def test_stored_contexts_can_be_added():
    async with mbim_modem() as (_, host):

        async def add(number: int) -> list[str]:
            answer = await host.call(bc.ProvisionedContextsSet(
                context_id=number, context_type=ContextType.INTERNET, access_string="b.example",
                user_name="u", password="p", compression=Compression.NONE,
                auth_protocol=AuthProtocol.CHAP, provider_id="",
            ))  # fmt: skip
            return [one.access_string for one in answer.provisioned_contexts]

        assert await add(0xFFFFFFFF) == ["internet.example", "b.example"]
        assert await host.told(bc.ProvisionedContextsNotification)


async def test_small_settings_are_kept():
    async with mbim_modem() as (_, host):
        enabled = bc.NetworkIdleHintState.ENABLED
        await host.call(bc.NetworkIdleHintSet(state=enabled))
        assert (await host.call(bc.NetworkIdleHintQuery())).state == enabled


async def ready(host: MbimHost) -> bc.SubscriberReadyState:
    return (await host.call(bc.SubscriberReadyStatusQuery())).ready_state


@pytest.mark.autojump
async def test_a_busy_sim_gets_ready_within_its_time():
    import trio

    async with mbim_modem("sim-busy") as (_, host):
        assert await ready(host) == bc.SubscriberReadyState.NOT_INITIALIZED
        await trio.sleep(3.1)
        assert await ready(host) == bc.SubscriberReadyState.INITIALIZED


async def test_a_reset_closes_the_function():
    async with mbim_modem() as (modem, host):
        await host.call(connect())
        modem.state.set_mode(Mode.RESET)
        refusal = await host.ask(bc.DeviceCapsQuery())
        assert refusal.error == ProtocolError.NOT_OPENED
        assert modem.state.sessions.numbers == []
        await host.open()
        await host.call(bc.DeviceCapsQuery())
