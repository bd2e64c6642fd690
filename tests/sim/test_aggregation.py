# SPDX-License-Identifier: GPL-2.0-or-later
"""QMAP: what hosts may choose by WDA, what a modem makes of it, and which session a mux id is."""

from __future__ import annotations

import pytest

from qmiprobe.qmi.services import wda, wds
from qmiprobe.sim._parts import Framing
from tests.sim.hosts import QmiHost, qmi_modem

RAW_IP, ETHERNET = wda.LinkLayerProtocol.RAW_IP, wda.LinkLayerProtocol._802_3
OFF, QMAP = wda.DataAggregationProtocol.DISABLED, wda.DataAggregationProtocol.QMAP
V5 = wda.DataAggregationProtocol.QMAPV5


async def choose(
    host: QmiHost,
    link: wda.LinkLayerProtocol,
    both: wda.DataAggregationProtocol,
    *,
    size: int | None = None,
    datagrams: int | None = None,
) -> wda.SetDataFormatResponse:
    asked = wda.SetDataFormat(
        link_layer_protocol=link,
        uplink_data_aggregation_protocol=both,
        downlink_data_aggregation_protocol=both,
        downlink_data_aggregation_max_size=size,
        downlink_data_aggregation_max_datagrams=datagrams,
    )
    return await host.call(asked, client=await host.allocate("wda"))


def told(answer: wda.SetDataFormatResponse | wda.GetDataFormatResponse) -> tuple[object, ...]:
    return (
        answer.link_layer_protocol,
        answer.uplink_data_aggregation_protocol,
        answer.downlink_data_aggregation_protocol,
        answer.downlink_data_aggregation_max_size,
        answer.downlink_data_aggregation_max_datagrams,
    )


@pytest.mark.parametrize(
    ("size", "datagrams", "given"),
    [(None, None, (16384, 32)), (4096, 10, (4096, 10)), (32768, 64, (16384, 32))],
)
async def test_qmap_is_taken_within_what_the_modem_has_room_for(
    size: int | None, datagrams: int | None, given: tuple[int, int]
):
    async with qmi_modem() as (modem, host):
        answer = await choose(host, RAW_IP, QMAP, size=size, datagrams=datagrams)
        assert told(answer) == (RAW_IP, QMAP, QMAP, *given)
        found = await host.call(wda.GetDataFormat(), client=await host.allocate("wda"))
        assert told(found) == told(answer)
        assert found.uplink_data_aggregation_max_size == 16384
        assert modem.state.framing.downlink_size == given[0]


async def test_what_the_firmware_has_not_got_is_not_refused_but_not_done():
    async with qmi_modem() as (_, host):
        assert told(await choose(host, RAW_IP, V5)) == (RAW_IP, OFF, OFF, 0, 0)
        await choose(host, RAW_IP, QMAP)
        assert told(await choose(host, RAW_IP, OFF)) == (RAW_IP, OFF, OFF, 0, 0)


async def test_802_3_has_no_aggregation():
    async with qmi_modem(profile="mc7455") as (_, host):
        assert told(await choose(host, ETHERNET, QMAP)) == (ETHERNET, OFF, OFF, 0, 0)
        assert told(await choose(host, RAW_IP, QMAP))[:2] == (RAW_IP, QMAP)
        client = await host.allocate("wda")
        back = await host.call(wda.SetDataFormat(link_layer_protocol=ETHERNET), client=client)
        assert told(back) == (ETHERNET, OFF, OFF, 0, 0)


async def test_nothing_changes_while_a_session_is_up():
    async with qmi_modem() as (_, host):
        await host.call(wds.StartNetwork(), client=await host.allocate("wds"))
        assert told(await choose(host, RAW_IP, QMAP)) == (RAW_IP, OFF, OFF, 0, 0)


async def test_a_mux_id_is_a_session_of_its_own():
    async with qmi_modem() as (modem, host):
        await choose(host, RAW_IP, QMAP)
        for mux_id in (1, 2):
            client = await host.allocate("wds")
            await host.call(wds.BindMuxDataPort(mux_id=mux_id), client=client)
            await host.call(wds.StartNetwork(), client=client)
        sessions = modem.state.sessions
        assert sessions.numbers == [1, 2]
        first, second = (sessions.find(number, 4) for number in (1, 2))
        assert first is not None
        assert second is not None
        assert first.facts.interface != second.facts.interface


def test_one_direction_may_be_aggregated_alone():
    framing = Framing("raw-ip", ("raw-ip",), ("qmap",))
    framing.aggregate(uplink="qmap")
    assert (framing.uplink, framing.downlink, framing.downlink_size) == ("qmap", "disabled", 0)
    framing.aggregate(downlink="qmap", size=8192)
    framing.aggregate()
    assert (framing.downlink_size, framing.downlink_datagrams) == (8192, 32)
