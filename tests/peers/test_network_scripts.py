# SPDX-License-Identifier: GPL-2.0-or-later
"""The stock scripts qmi-network and mbim-network start, ask and stop a data session."""

from __future__ import annotations

from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from qmiprobe.sim import SimulatedModem, serve_pty
from tests.netns import run_in_netns
from tests.peers.proxied import running_proxy
from tests.peers.stage import Stage

pytestmark = pytest.mark.needs("netns", "qmicli", "mbimcli", "qmi-proxy", "mbim-proxy")
WDS = 1


async def staged(
    stack: AsyncExitStack,
    script: str,
    modem: SimulatedModem,
    folder: Path,
    *,
    proxy: bool,
    raw_ip: bool | None = None,
    **profile: str,
) -> Stage:
    """Serve the modem, and its stock proxy where that is wanted."""
    if proxy:
        await stack.enter_async_context(running_proxy(f"{modem.profile.protocol}-proxy"))
        profile["PROXY"] = "yes"
    node = await stack.enter_async_context(serve_pty(modem))
    limit = modem.profile.mbim.max_control_transfer
    stage = Stage.build(script, node, folder, raw_ip=raw_ip, max_control=limit)
    stage.write_profile(**profile)
    return stage


@pytest.mark.parametrize("proxy", [False, True], ids=["direct", "proxy"])
@pytest.mark.parametrize("profile", ["ec25", "mc7455"])
def test_qmi_network_starts_and_stops(profile: str, proxy: bool, tmp_path: Path):
    async def run() -> None:
        modem = SimulatedModem(profile)
        async with AsyncExitStack() as stack:
            stage = await staged(
                stack, "qmi-network", modem, tmp_path,
                proxy=proxy, raw_ip=not modem.ethernet, APN="internet.example", IP_TYPE="4",
            )  # fmt: skip
            said = await stage.run("start")
            assert said.status == 0, said.text
            assert said.complaints == [], said.text
            framing = "802-3" if modem.ethernet else "raw-ip"
            assert f"Device and kernel link layer protocol match: {framing}" in said.text
            assert "Network started successfully" in said.text
            session = modem.state.sessions.find(0, 4)
            assert session is not None
            assert session.apn == "internet.example"
            assert modem.client_ids == [(WDS, int(stage.state["CID"]))]
            said = await stage.run("status")
            assert (said.status, said.complaints) == (0, []), said.text
            assert "Status: connected" in said.text
            said = await stage.run("stop")
            assert said.status == 0, said.text
            assert said.complaints == [], said.text
            assert "Network stopped successfully" in said.text
            assert modem.state.sessions.numbers == []
            assert modem.client_ids == []
            assert stage.state == {}
            said = await stage.run("status")
            assert (said.status, "Status: disconnected" in said.text) == (64, True)

    run_in_netns(run, timeout=90)


def test_qmi_network_sets_the_netdev_to_what_the_modem_speaks(tmp_path: Path):
    async def run() -> None:
        modem = SimulatedModem("mc7455")
        async with AsyncExitStack() as stack:
            stage = await staged(
                stack, "qmi-network", modem, tmp_path, proxy=False, raw_ip=True, APN="a.example"
            )
            said = await stage.run("start")
            assert said.status == 0, said.text
            assert "Device link layer protocol retrieved: 802-3" in said.text
            assert stage.raw_ip.read_text(encoding="ascii").strip() == "N"

    run_in_netns(run, timeout=60)


def test_qmi_network_says_why_a_call_was_refused(tmp_path: Path):
    async def run() -> None:
        modem = SimulatedModem("ec25", faults=["call-refused"])
        async with AsyncExitStack() as stack:
            stage = await staged(
                stack, "qmi-network", modem, tmp_path, proxy=False, APN="a.example"
            )
            said = await stage.run("start")
            assert said.status == 2
            assert "option-unsubscribed" in said.text
            assert modem.client_ids == []

    run_in_netns(run, timeout=60)


@pytest.mark.parametrize("proxy", [False, True], ids=["direct", "proxy"])
@pytest.mark.parametrize("profile", ["em7455", "l850"])
def test_mbim_network_starts_and_stops(profile: str, proxy: bool, tmp_path: Path):
    async def run() -> None:
        modem = SimulatedModem(profile)
        async with AsyncExitStack() as stack:
            stage = await staged(
                stack, "mbim-network", modem, tmp_path, proxy=proxy, APN="internet.example"
            )
            said = await stage.run("start")
            assert said.status == 0, said.text
            assert said.complaints == [], said.text
            assert "Network started successfully" in said.text
            session = modem.state.sessions.find(0, 4)
            assert session is not None
            assert session.apn == "internet.example"
            assert ("TRID" in stage.state) is not proxy
            said = await stage.run("status")
            # The script waits for "connected", a word that mbimcli does not say.
            assert (said.status, said.complaints) == (64, []), said.text
            assert "Status: activated" in said.text
            said = await stage.run("stop")
            assert said.status == 0, said.text
            assert said.complaints == [], said.text
            assert "Network stopped successfully" in said.text
            assert modem.state.sessions.numbers == []

    run_in_netns(run, timeout=90)
