# SPDX-License-Identifier: GPL-2.0-or-later
"""802.3 or raw-IP: what a modem comes up with, what hosts may choose, and that packets follow."""

from __future__ import annotations

import pytest

from qmiprobe.qmi.services import ctl, wda, wds
from qmiprobe.sim import SimulatedModem
from tests.netns import run_in_netns
from tests.sim.dataplane.host import WEB, connected, ping
from tests.sim.hosts import qmi_modem

RAW_IP, ETHERNET = wda.LinkLayerProtocol.RAW_IP, wda.LinkLayerProtocol._802_3


@pytest.mark.parametrize(
    ("profile", "at_first", "after_the_other"),
    [
        ("mc7455", ETHERNET, RAW_IP),
        ("lt4112", ETHERNET, ETHERNET),
        ("ec25", RAW_IP, RAW_IP),
    ],
)
async def test_a_host_chooses_among_what_the_profile_has(
    profile: str, at_first: wda.LinkLayerProtocol, after_the_other: wda.LinkLayerProtocol
):
    async with qmi_modem(profile=profile) as (modem, host):
        client = await host.allocate("wda")
        found = await host.call(wda.GetDataFormat(), client=client)
        assert found.link_layer_protocol == at_first
        other = RAW_IP if at_first == ETHERNET else ETHERNET
        answer = await host.call(wda.SetDataFormat(link_layer_protocol=other), client=client)
        assert answer.link_layer_protocol == after_the_other
        found = await host.call(wda.GetDataFormat(), client=client)
        assert found.link_layer_protocol == after_the_other
        assert modem.ethernet is (after_the_other == ETHERNET)


async def test_the_control_service_chooses_too():
    async with qmi_modem(profile="mc7455") as (modem, host):
        for wanted in (ctl.DataLinkProtocol.RAW_IP, ctl.DataLinkProtocol._802_3):
            asked = ctl.SetDataFormat(format=ctl.DataFormat.ABSENT, protocol=wanted)
            assert (await host.call(asked)).protocol == wanted
            assert modem.ethernet is (wanted == ctl.DataLinkProtocol._802_3)


async def test_nothing_changes_while_a_session_is_up():
    async with qmi_modem(profile="mc7455") as (_, host):
        await host.call(wds.StartNetwork(), client=await host.allocate("wds"))
        asked = wda.SetDataFormat(link_layer_protocol=RAW_IP)
        answer = await host.call(asked, client=await host.allocate("wda"))
        assert answer.link_layer_protocol == ETHERNET


@pytest.mark.parametrize("profile", ["mc7455", "lt4112", "ec25"])
def test_the_mismatch_is_a_modem_in_raw_ip(profile: str):
    modem = SimulatedModem(profile, faults=["raw-ip-mismatch"])
    assert not modem.ethernet
    assert modem.network_faults.raw_ip_mismatch


@pytest.mark.needs("netns", "tun")
@pytest.mark.parametrize("ethernet", [True, False])
def test_packets_are_framed_as_the_host_chose(ethernet: bool):
    """The netdev stays what it is: only a modem that frames alike is understood there."""

    async def body() -> None:
        modem = SimulatedModem("mc7455")
        modem.state.set_framing("802.3" if ethernet else "raw-ip")
        async with connected(ethernet=ethernet) as plane:
            modem.bearers = plane.table
            assert await ping(WEB[4])
            modem.state.set_framing("raw-ip" if ethernet else "802.3")
            assert not await ping(WEB[4], seconds=0.2)
            modem.state.set_framing("802.3" if ethernet else "raw-ip")
            assert await ping(WEB[4])

    run_in_netns(body)


@pytest.mark.needs("netns", "tun")
def test_a_data_plane_takes_the_framing_of_the_modem_that_it_is_given_to():
    async def body() -> None:
        async with connected(ethernet=True) as plane:
            SimulatedModem("ec25").bearers = plane.table
            assert not await ping(WEB[4], seconds=0.2)
            SimulatedModem("lt4112").bearers = plane.table
            assert await ping(WEB[4])

    run_in_netns(body)
