# SPDX-License-Identifier: GPL-2.0-or-later
"""Data sessions over QMI: what they get, who may stop them, why they are refused."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address

import pytest

from qmiprobe.qmi.services import ctl, wds
from qmiprobe.qmi.services._shared import Error, Service
from qmiprobe.sim._parts import Mode
from qmiprobe.sim.dataplane import BearerTable
from tests.sim.hosts import QmiHost, qmi_modem

ALL_SETTINGS = wds.GetCurrentSettings(requested_settings=wds.RequestedSettings(0xFFFFFFFF))


async def start(host: QmiHost, client: int, family: int = 4) -> int:
    request = wds.StartNetwork(ip_family_preference=wds.IpFamily(family), apn="internet.example")
    return (await host.call(request, client=client)).packet_data_handle


async def reason(host: QmiHost, client: int, family: int = 4) -> tuple[str, int]:
    message = await host.ask(
        wds.StartNetwork(ip_family_preference=wds.IpFamily(family)), client=client
    )
    assert message.result is not None
    assert message.result.error == Error.CALL_FAILED
    assert isinstance(message.body, wds.StartNetworkResponse)
    assert message.body.verbose_call_end_reason is not None
    verbose = message.body.verbose_call_end_reason
    return str(verbose.type), verbose.reason


async def test_a_session_gets_what_the_network_gives():
    async with qmi_modem() as (modem, host):
        client = await host.allocate("wds")
        handle = await start(host, client)
        status = await host.call(wds.GetPacketServiceStatus(), client=client)
        assert status.connection_status == wds.ConnectionStatus.CONNECTED
        facts = modem.state.sessions.find(0, 4)
        assert facts is not None
        got = await host.call(ALL_SETTINGS, client=client)
        assert got.ipv4_address == IPv4Address("192.0.2.2") == facts.facts.interface.ip
        assert got.ipv4_gateway_address == IPv4Address("192.0.2.1")
        assert got.ipv4_gateway_subnet_mask == IPv4Address("255.255.255.252")
        assert got.primary_ipv4_dns_address == IPv4Address("198.51.100.53")
        assert got.secondary_ipv4_dns_address == IPv4Address("198.51.100.54")
        assert (got.mtu, got.ip_family) == (1500, wds.IpFamily.IPV4)
        assert modem.bearers.counters(0, 4).tx_packets == 0
        await host.call(wds.StopNetwork(packet_data_handle=handle), client=client)
        status = await host.call(wds.GetPacketServiceStatus(), client=client)
        assert status.connection_status == wds.ConnectionStatus.DISCONNECTED
        assert await host.refused(ALL_SETTINGS, client=client) == Error.OUT_OF_CALL


async def test_only_what_is_asked_for_is_answered():
    async with qmi_modem() as (_, host):
        client = await host.allocate("wds")
        await start(host, client)
        asked = wds.GetCurrentSettings(requested_settings=wds.RequestedSettings.MTU)
        got = await host.call(asked, client=client)
        assert (got.mtu, got.ipv4_address, got.primary_ipv4_dns_address) == (1500, None, None)


async def test_both_families_are_up_side_by_side():
    async with qmi_modem() as (modem, host):
        four, six = await host.allocate("wds"), await host.allocate("wds")
        await host.call(wds.SetIpFamily(preference=wds.IpFamily.IPV6), client=six)
        await start(host, four)
        await host.call(wds.StartNetwork(), client=six)
        assert modem.state.sessions.families(0) == [4, 6]
        got = await host.call(ALL_SETTINGS, client=six)
        assert got.ipv6_address is not None
        assert got.ipv6_address.address == IPv6Address("2001:db8:1::2")
        assert got.ipv6_address.prefix_length == 64
        assert got.ipv6_primary_dns_address == IPv6Address("2001:db8:53::53")
        assert got.ipv4_address is None


async def test_a_call_that_is_up_is_not_started_again():
    async with qmi_modem() as (_, host):
        client, other = await host.allocate("wds"), await host.allocate("wds")
        await start(host, client)
        assert await host.refused(wds.StartNetwork(), client=client) == Error.NO_EFFECT
        assert await reason(host, other) == ("internal", 236)


async def test_a_handle_belongs_to_its_client_and_the_global_one_to_everybody():
    async with qmi_modem() as (modem, host):
        client, other = await host.allocate("wds"), await host.allocate("wds")
        handle = await start(host, client)
        stop = wds.StopNetwork(packet_data_handle=handle)
        assert await host.refused(stop, client=other) == Error.INVALID_HANDLE
        await host.call(wds.StopNetwork(packet_data_handle=0xFFFFFFFF), client=other)
        assert modem.state.sessions.numbers == []
        again = wds.StopNetwork(packet_data_handle=0xFFFFFFFF)
        assert await host.refused(again, client=other) == Error.NO_EFFECT


async def test_giving_the_client_id_back_ends_its_call():
    async with qmi_modem() as (modem, host):
        client = await host.allocate("wds")
        await start(host, client)
        info = ctl.Client(service_=Service.WDS, cid=client)
        await host.call(ctl.ReleaseCid(release_info=info))
        assert modem.state.sessions.numbers == []


async def test_sessions_of_other_mux_ids_have_other_addresses():
    async with qmi_modem() as (modem, host):
        first, second = await host.allocate("wds"), await host.allocate("wds")
        await host.call(wds.BindMuxDataPort(mux_id=2), client=second)
        await start(host, first)
        await start(host, second)
        assert modem.state.sessions.numbers == [0, 2]
        got = await host.call(ALL_SETTINGS, client=second)
        assert got.ipv4_address == IPv4Address("192.0.2.6")


@pytest.mark.parametrize(
    ("fault", "family", "expected"),
    [
        ("call-refused", 4, ("3gpp", 33)),
        ("call-refused", 6, ("3gpp", 33)),
        ("call-refused-internal", 4, ("internal", 220)),
        ("call-throttled", 6, ("internal", 211)),
        ("v6-refused", 6, ("3gpp", 50)),
        ("radio-off", 4, ("internal", 219)),
        ("no-sim", 4, ("cm", 2001)),
        ("not-attached", 4, ("cm", 2001)),
    ],
)
async def test_a_refusal_says_why(fault: str, family: int, expected: tuple[str, int]):
    async with qmi_modem(fault) as (_, host):
        client = await host.allocate("wds")
        assert await reason(host, client, family) == expected


async def test_one_family_may_be_refused_and_the_other_granted():
    async with qmi_modem("v6-refused") as (_, host):
        client = await host.allocate("wds")
        assert await reason(host, client, 6) == ("3gpp", 50)
        assert await start(host, client, 4)


async def test_a_stored_profile_without_the_family_is_refused():
    async with qmi_modem() as (modem, host):
        modem.state.contexts[1].family = "ipv4"
        client = await host.allocate("wds")
        request = wds.StartNetwork(ip_family_preference=wds.IpFamily.IPV6, profile_index_3gpp=1)
        assert await host.refused(request, client=client) == Error.CALL_FAILED
        request = wds.StartNetwork(profile_index_3gpp=9)
        assert await host.refused(request, client=client) == Error.INVALID_PROFILE


@pytest.mark.parametrize("family", [4, 6])
async def test_the_network_may_leave_out_the_address(family: int):
    async with qmi_modem("no-address") as (_, host):
        client = await host.allocate("wds")
        await start(host, client, family)
        got = await host.call(ALL_SETTINGS, client=client)
        assert (got.ipv4_address, got.ipv6_address, got.mtu) == (None, None, 1500)


async def test_a_session_that_the_radio_takes_away_is_told_with_the_reason():
    async with qmi_modem() as (modem, host):
        client = await host.allocate("wds")
        await start(host, client)
        up = await host.told(wds.PacketServiceStatusIndication)
        assert up.connection_status.status == wds.ConnectionStatus.CONNECTED
        modem.state.set_mode(Mode.LOW_POWER)
        down = await host.told(wds.PacketServiceStatusIndication)
        assert down.connection_status.status == wds.ConnectionStatus.DISCONNECTED
        assert down.ip_family == wds.IpFamily.IPV4
        assert down.verbose_call_end_reason is not None
        assert down.verbose_call_end_reason.reason == 219


async def test_counters_are_those_of_the_data_plane():
    async with qmi_modem() as (modem, host):
        client = await host.allocate("wds")
        asked = wds.GetPacketStatistics(mask=wds.PacketStatistics(0xFFFFFFFF))
        assert await host.refused(asked, client=client) == Error.OUT_OF_CALL
        await start(host, client)
        table = modem.bearers
        assert isinstance(table, BearerTable)
        table.count_tx((0, 4), 100)
        table.count_tx((0, 4), 40)
        got = await host.call(asked, client=client)
        assert (got.tx_packets_ok, got.tx_bytes_ok, got.rx_packets_ok) == (2, 140, 0)
        some = wds.GetPacketStatistics(mask=wds.PacketStatistics.TX_BYTES_OK)
        assert (await host.call(some, client=client)).tx_packets_ok is None
