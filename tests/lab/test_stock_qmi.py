# SPDX-License-Identifier: GPL-2.0-or-later
"""Stock qmicli at nodes of the real qmi_wwan, directly and through its proxy."""

from __future__ import annotations

import pytest

from qmiprobe.sim import SimulatedModem
from tests.lab.plugged import plugged, run
from tests.lab.stock import peer_at, wrong
from tests.peers.peer import Expected
from tests.peers.qmicli_actions import actions_of

pytestmark = pytest.mark.needs("lab", "qmicli", "qmi-proxy")

FEW = ("--get-service-version-info", "--dms-get-model", "--nas-get-serving-system")
MANY = 20


async def test_actions_of_each_service_get_the_modems_values():
    async with plugged("ec25") as plug:
        actions = list(actions_of(plug.modem).items())
        chosen = dict(actions[:: len(actions) // MANY])
        assert len(chosen) >= MANY
        assert await wrong(await peer_at(plug, "qmicli"), chosen) == {}
        assert plug.modem.client_ids == []


async def test_proxy_of_libqmi_reaches_the_node():
    async with plugged("ec25") as plug:
        peer = await peer_at(plug, "qmicli", "-p")
        assert await wrong(peer, _few(plug.modem)) == {}


async def test_modem_with_two_control_ports_answers_at_both():
    async with plugged("mc7455") as plug:
        nodes = await plug.nodes()
        assert len(nodes) == 2
        for node, _ in nodes.values():
            peer = await peer_at(plug, "qmicli", node=node)
            assert await wrong(peer, _few(plug.modem)) == {}


@pytest.mark.parametrize(("profile", "interface"), [("lt4112", "1.3"), ("lt4112-4", "1.4")])
async def test_lt4112_answers_in_configuration_1_wherever_its_firmware_has_qmi(
    profile: str, interface: str
):
    async with plugged(profile) as plug:
        await plug.configure(1)
        assert list(await plug.nodes()) == [interface]
        assert await wrong(await peer_at(plug, "qmicli"), _few(plug.modem)) == {}


async def test_superspeed_modem_answers():
    async with plugged("rm520n") as plug:
        assert await plug.read("speed") == "5000"
        assert await wrong(await peer_at(plug, "qmicli"), _few(plug.modem)) == {}


async def test_expected_data_format_is_the_drivers_switch():
    async with plugged("ec25") as plug:
        peer = await peer_at(plug, "qmicli")
        switch = "/sys/class/net/wwan0/qmi/raw_ip"
        assert (await peer.say("--get-expected-data-format")).text.strip() == "802-3"
        await peer.good("--set-expected-data-format=raw-ip")
        assert await run("cat", switch) == (0, "Y\n")
        assert (await peer.say("--get-expected-data-format")).text.strip() == "raw-ip"


async def test_data_call_of_qmicli_brings_settings():
    async with plugged("ec25") as plug:
        peer = await peer_at(plug, "qmicli")
        start = "--wds-start-network=apn=internet.example,ip-type=4"
        said = await peer.good(start, "--client-no-release-cid")
        client, handle = said.fields()["CID"], said.fields()["Packet data handle"]
        session = plug.modem.state.sessions.find(0, 4)
        assert session is not None
        said = await peer.good(
            "--wds-get-current-settings", f"--client-cid={client}", "--client-no-release-cid"
        )
        assert said.fields()["IPv4 address"] == str(session.facts.interface.ip)
        await peer.good(f"--wds-stop-network={handle}", f"--client-cid={client}")
        assert plug.modem.state.sessions.numbers == []


def _few(modem: SimulatedModem) -> dict[str, Expected]:
    return {name: shown for name, shown in actions_of(modem).items() if name in FEW}


def test_few_actions_are_known_ones():
    assert len(_few(SimulatedModem("ec25"))) == len(FEW)
