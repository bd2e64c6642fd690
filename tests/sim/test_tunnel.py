# SPDX-License-Identifier: GPL-2.0-or-later
"""QMI inside MBIM: the same modem answers both protocols at one control port."""

from __future__ import annotations

from collections import deque
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

import pytest

from qmiprobe._framing import Frame, Garbage
from qmiprobe.mbim.services import basic_connect as bc
from qmiprobe.mbim.services import qmi
from qmiprobe.mbim.services._shared import ProtocolError, Service, Status
from qmiprobe.qmi.services import ctl, dms, nas, wds
from qmiprobe.qmi.services._shared import Error
from qmiprobe.qmi.services._shared import Service as ServiceId
from qmiprobe.sim import SimulatedModem
from qmiprobe.sim._memory_port import open_simulated
from qmiprobe.sim._parts import Mode
from tests.sim.hosts import MbimHost, QmiHost, mbim_modem

SUBSCRIBE = bc.DeviceServiceSubscribeListSet(
    events=[bc.EventEntry(device_service_id=Service.QMI, cids=[1])]
)
VERSIONS = bytes.fromhex("010b00000000000121000000")


class Inside:
    """A control port whose messages are the buffers of the host's MBIM commands."""

    name = "inside"
    max_command: int | None = None

    def __init__(self, host: MbimHost) -> None:
        self.host = host
        self._answers: deque[bytes] = deque()

    async def send(self, message: bytes) -> None:
        self._answers.append((await self.host.call(qmi.MsgSet(qmux=message))).qmux)

    async def receive(self) -> Frame | Garbage:
        if self._answers:
            return Frame(self._answers.popleft())
        return Frame((await self.host.told(qmi.MsgNotification)).qmux)

    async def aclose(self) -> None:
        pass


@asynccontextmanager
async def tunnel(*faults: str) -> AsyncGenerator[tuple[SimulatedModem, MbimHost, QmiHost], None]:
    async with mbim_modem(*faults) as (modem, host):
        yield modem, host, QmiHost(Inside(host))


async def test_a_qmi_request_is_answered_in_the_commands_buffer():
    async with tunnel() as (modem, _, inside):
        client = await inside.allocate("dms")
        answer = await inside.call(dms.GetModel(), client=client)
        assert answer.model == modem.profile.identity.model
        assert await inside.refused(dms.UimGetIccid(), client=client) == Error.INVALID_QMI_COMMAND
        held = ctl.Client(service_=ServiceId.from_name("dms"), cid=client)
        await inside.call(ctl.ReleaseCid(release_info=held))
        assert await inside.refused(dms.GetModel(), client=client) == Error.INVALID_CLIENT_ID


async def test_the_services_inside_are_listed_beside_those_of_mbim():
    async with tunnel() as (modem, host, inside):
        listed = (await host.call(bc.DeviceServicesQuery())).device_services or []
        assert [one.cids for one in listed if one.device_service_id == Service.QMI] == [[1]]
        versions = await inside.call(ctl.GetVersionInfo())
        found = [str(one.service_) for one in versions.service_list]
        assert found == list(modem.profile.qmi.services)


async def test_a_session_of_one_protocol_is_one_of_the_other():
    async with tunnel() as (modem, host, inside):
        client = await inside.allocate("wds")
        started = await inside.call(wds.StartNetwork(apn="internet.example"), client=client)
        assert started.packet_data_handle
        asked = bc.IpConfigurationQuery(session_id=0, ipv4_mtu=0, ipv6_mtu=0)
        given = (await host.call(asked)).ipv4_addresses or []
        session = modem.state.sessions.find(0, 4)
        assert session is not None
        assert [one.ipv4_address for one in given] == [session.facts.interface.ip]


async def test_indications_come_only_to_a_host_that_subscribed_and_after_the_answer():
    async with tunnel() as (modem, host, inside):
        client = await inside.allocate("dms")
        await inside.call(dms.SetEventReport(operating_mode_reporting=True), client=client)
        modem.state.set_mode(Mode.LOW_POWER)
        await host.told(bc.RadioStateNotification)
        assert not [one for one in host.notifications if isinstance(one.body, qmi.MsgNotification)]
        await host.call(SUBSCRIBE)
        await inside.call(dms.SetOperatingMode(mode=dms.OperatingMode.ONLINE), client=client)
        told = await inside.told(dms.EventReportIndication)
        assert told.operating_mode == dms.OperatingMode.ONLINE


async def test_what_mbim_changes_is_told_in_qmi():
    async with tunnel() as (_, host, inside):
        await host.call(SUBSCRIBE)
        client = await inside.allocate("nas")
        await inside.call(nas.RegisterIndications(serving_system_events=True), client=client)
        await host.call(bc.RadioStateSet(radio_state=bc.RadioSwitchState.OFF))
        told = await inside.told(nas.ServingSystemIndication)
        assert told.serving_system is not None
        assert str(told.serving_system.registration_state) == "not-registered"


@pytest.mark.parametrize("noise", [b"", b"\x01", b"\x02" + VERSIONS[1:], VERSIONS[:-1]])
async def test_a_buffer_that_is_no_qmux_message_is_refused(noise: bytes):
    async with mbim_modem() as (_, host):
        answer = await host.ask_raw(service=Service.QMI, cid=1, is_set=True, buffer=noise)
        assert answer.status == Status.INVALID_PARAMETERS
        assert (await host.call(qmi.MsgSet(qmux=VERSIONS))).qmux


async def test_a_modem_without_qmi_says_so():
    async with mbim_modem(profile="l850") as (_, host):
        answer = await host.ask(qmi.MsgSet(qmux=VERSIONS))
        assert answer.status == Status.NO_DEVICE_SUPPORT


async def test_client_ids_outlive_the_port_and_the_opening():
    modem = SimulatedModem("em7455")
    async with open_simulated(modem) as open_port:
        first = MbimHost(open_port())
        await first.open()
        client = await QmiHost(Inside(first)).allocate("dms")
        await first.transport.aclose()
        second = MbimHost(open_port())
        await second.open()
        answer = await QmiHost(Inside(second)).call(dms.GetModel(), client=client)
        assert answer.model == "EM7455"


async def test_a_reset_from_inside_closes_the_function():
    async with tunnel() as (modem, host, inside):
        client = await inside.allocate("dms")
        await inside.call(dms.SetOperatingMode(mode=dms.OperatingMode.RESET), client=client)
        answer = await host.ask(bc.RadioStateQuery())
        assert answer.packet.value == ProtocolError.NOT_OPENED
        await host.open()
        assert await inside.refused(dms.GetModel(), client=client) == Error.INVALID_CLIENT_ID
        assert modem.state.radio.mode is Mode.ONLINE
