# SPDX-License-Identifier: GPL-2.0-or-later
"""The MBIM face: opening, refusals, and answers that are what the state says."""

from __future__ import annotations

from random import Random

import pytest

from qmiprobe.mbim import _registry
from qmiprobe.mbim._header import Packet, build
from qmiprobe.mbim.services import basic_connect as bc
from qmiprobe.mbim.services import ms_basic_connect_extensions as ms
from qmiprobe.mbim.services import phonebook
from qmiprobe.mbim.services._shared import (
    AuthProtocol,
    Compression,
    ContextIpType,
    ContextType,
    ProtocolError,
    RegisterState,
    Service,
    Status,
)
from qmiprobe.sim import SimulatedModem, load_profile
from qmiprobe.sim._memory_port import open_simulated
from tests.sim.hosts import MbimHost, mbim_modem

BASIC = Service.BASIC_CONNECT


async def test_what_the_device_is_stands_in_the_profile():
    async with mbim_modem() as (modem, host):
        caps = await host.call(bc.DeviceCapsQuery())
        identity = modem.profile.identity
        assert (caps.device_id, caps.firmware_info) == (identity.imei, identity.revision)
        assert caps.max_sessions == modem.profile.mbim.max_sessions
        ready = await host.call(bc.SubscriberReadyStatusQuery())
        assert ready.ready_state == bc.SubscriberReadyState.INITIALIZED
        assert ready.subscriber_id == modem.state.sim.imsi
        assert ready.sim_icc_id == modem.state.sim.iccid
        assert ready.telephone_numbers == [modem.state.sim.msisdn]


async def test_nothing_is_answered_before_open_and_after_close():
    modem = SimulatedModem("em7455")
    async with open_simulated(modem) as open_port:
        host = MbimHost(open_port())
        refusal = await host.ask(bc.DeviceCapsQuery())
        assert refusal.error == ProtocolError.NOT_OPENED
        assert (await host.open()).status == Status.NONE
        await host.call(bc.DeviceCapsQuery())
        assert (await host.close()).status == Status.NONE
        refusal = await host.ask(bc.DeviceCapsQuery())
        assert refusal.error == ProtocolError.NOT_OPENED


async def test_opening_again_starts_afresh():
    async with mbim_modem() as (modem, host):
        subscribe = bc.DeviceServiceSubscribeListSet(events=[])
        await host.call(subscribe)
        assert modem.state.sessions.start(0, 4, apn="a")
        await host.open()
        assert modem.state.sessions.numbers == []
        modem.state.set_card(modem.state.sim.card.ABSENT)
        assert await host.told(bc.SubscriberReadyStatusNotification)


async def test_closing_ends_the_sessions():
    async with mbim_modem() as (modem, host):
        assert modem.state.sessions.start(0, 4, apn="a")
        await host.close()
        assert modem.state.sessions.numbers == []


async def test_unknown_services_and_commands_are_refused():
    async with mbim_modem() as (_, host):
        answer = await host.ask_raw(service=BASIC, cid=99, is_set=False, buffer=b"")
        assert answer.status == Status.NO_DEVICE_SUPPORT
        answer = await host.ask(phonebook.ConfigurationQuery())
        assert answer.status == Status.NO_DEVICE_SUPPORT
        answer = await host.ask(ms.VersionQuery(mbim_version=0x100, mbim_extended_version=0x200))
        assert answer.status == Status.NO_DEVICE_SUPPORT  # this profile speaks 1.0 only


async def test_short_and_senseless_buffers_are_refused():
    async with mbim_modem() as (_, host):
        for buffer in (b"\x01", b"\x01\0\0\0\xff\xff\0\0\xff\xff\0\0"):
            answer = await host.ask_raw(service=BASIC, cid=12, is_set=True, buffer=buffer)
            assert answer.status == Status.INVALID_PARAMETERS
        wanted = bc.RadioStateSet(radio_state=bc.RadioSwitchState(7))
        assert (await host.ask(wanted)).status == Status.INVALID_PARAMETERS


async def test_noise_is_ignored_and_never_kills_the_modem():
    random = Random(2)
    async with mbim_modem() as (_, host):
        frames = [random.randbytes(random.randrange(1, 80)) for _ in range(200)]
        for cid in range(1, 25):
            for _ in range(10):
                buffer = random.randbytes(random.randrange(60))
                frames.append(
                    build(
                        Packet(
                            kind="command", transaction=0x70000000 + len(frames), service=BASIC,
                            cid=cid, value=random.randrange(2), buffer=buffer,
                        )
                    )
                )  # fmt: skip
        frames += [bytes.fromhex("010b00000000000121000000"), b"\x03\0\0\0\x0c\0\0\0\1\0\0\0"]
        for frame in frames:
            await host.transport.send(frame)
        await host.open()
        assert (await host.call(bc.DeviceCapsQuery())).device_id == "001010987654322"


async def test_every_offered_command_is_answered_in_each_direction_it_is_defined_for():
    async with mbim_modem() as (modem, host):
        for name, cids in modem.profile.mbim.services.items():
            service = Service.from_name(name)
            for cid in cids:
                for direction in ("query", "set"):
                    if _registry.find(service.text, cid, direction):
                        answer = await host.ask_raw(
                            service=service, cid=cid, is_set=direction == "set", buffer=b""
                        )
                        assert answer.status is not None, (name, cid, direction)


async def test_the_list_of_services_is_the_profiles():
    async with mbim_modem() as (modem, host):
        answer = await host.call(bc.DeviceServicesQuery())
        found = {str(one.device_service_id): tuple(one.cids) for one in answer.device_services}
        assert found == {name: tuple(ids) for name, ids in modem.profile.mbim.services.items()}


async def test_a_subscribe_list_narrows_what_is_told():
    async with mbim_modem() as (modem, host):
        entry = bc.EventEntry(device_service_id=BASIC, cids=[3])
        strange = bc.EventEntry(device_service_id=Service.PHONEBOOK, cids=[1])
        answer = await host.call(bc.DeviceServiceSubscribeListSet(events=[entry, strange]))
        assert answer.events == [entry]
        modem.state.set_card(modem.state.sim.card.ABSENT)
        assert await host.silent()
        modem.state.switch_hardware(on=False)
        told = await host.told(bc.RadioStateNotification)
        assert told.hw_radio_state == bc.RadioSwitchState.OFF


async def test_long_answers_come_in_fragments_of_the_agreed_size():
    modem = SimulatedModem("em7455")
    async with open_simulated(modem) as open_port:
        host = MbimHost(open_port())
        host.connection.max_control_transfer = 64
        await host.open()
        caps = await host.call(bc.DeviceCapsQuery())
        assert caps.device_id == modem.profile.identity.imei
        answer = await host.call(bc.ConnectSet(
            session_id=0, activation_command=bc.ActivationCommand.ACTIVATE,
            access_string="a.long.access.point.name.example", compression=Compression.NONE,
            auth_protocol=AuthProtocol.NONE, ip_type=ContextIpType.IPV4,
            context_type=ContextType.INTERNET,
        ))  # fmt: skip
        assert answer.activation_state == bc.ActivationState.ACTIVATED


async def test_a_fragment_out_of_sequence_is_a_function_error():
    async with mbim_modem() as (_, host):
        head = b"\x03\0\0\0" + (24).to_bytes(4, "little") + b"\x09\0\0\0"
        second = head + (3).to_bytes(4, "little") + (1).to_bytes(4, "little") + b"abcd"
        await host.transport.send(second)
        item = await host.transport.receive()
        assert item.data == build(Packet(kind="function-error", transaction=9, value=2))


async def test_providers_registration_and_signal():
    async with mbim_modem() as (modem, host):
        home = await host.call(bc.HomeProviderQuery())
        assert (home.provider.provider_id, home.provider.provider_name) == (
            "00101", "Test Network",
        )  # fmt: skip
        visible = await host.call(bc.VisibleProvidersQuery(action=bc.VisibleProvidersAction(0)))
        assert [one.provider_id for one in visible.providers] == ["00101", "00102"]
        state = await host.call(bc.RegisterStateQuery())
        assert state.register_state == RegisterState.HOME
        service = await host.call(bc.PacketServiceQuery())
        assert service.packet_service_state == bc.PacketServiceState.ATTACHED
        signal = await host.call(bc.SignalStateQuery())
        assert signal.rssi == (modem.state.signal.rssi + 113) // 2
        wanted = bc.SignalStateSet(
            signal_strength_interval=30, rssi_threshold=2, error_rate_threshold=0
        )
        assert (await host.call(wanted)).signal_strength_interval == 30


@pytest.mark.parametrize("version", ["2.0", "3.0"])
async def test_a_newer_profile_agrees_on_a_version_and_changes_its_layouts(version: str):
    old = load_profile("em7455")
    services = dict(old.mbim.services)
    services["ms-basic-connect-extensions"] = (*services["ms-basic-connect-extensions"], 15)
    mbim = type(old.mbim)(services=services, mbimex=version)
    profile = type(old)(**{**vars(old), "mbim": mbim})
    modem = SimulatedModem(profile)
    async with open_simulated(modem) as open_port:
        host = MbimHost(open_port())
        await host.open()
        asked = ms.VersionQuery(mbim_version=0x100, mbim_extended_version=0x400)
        answer = await host.call(asked)
        assert answer.mbim_extended_version == int(version[0]) << 8
        host.connection.mbimex = version
        state = await host.ask(bc.RegisterStateQuery())
        assert isinstance(state.body, bc.RegisterStateResponseEx2)
        signal = await host.ask(bc.SignalStateQuery())
        assert isinstance(signal.body, bc.SignalStateResponseEx2)
        assert signal.body.rsrp_snr[0].rsrp == modem.state.signal.rsrp + 156
        if version == "3.0":
            ready = await host.ask(bc.SubscriberReadyStatusQuery())
            assert isinstance(ready.body, bc.SubscriberReadyStatusResponseEx3)
            service = await host.ask(bc.PacketServiceQuery())
            assert isinstance(service.body, bc.PacketServiceResponseEx3)
            connect = await host.ask(bc.ConnectQueryEx3(session_id=0))
            assert isinstance(connect.body, bc.ConnectResponseEx3)
            caps = await host.ask(ms.DeviceCapsQuery())
            assert isinstance(caps.body, ms.DeviceCapsResponseEx3)
            assert caps.body.device_id == old.identity.imei
            assert caps.notes == ()
