# SPDX-License-Identifier: GPL-2.0-or-later
"""The modem on the sockets of the proxies, which belong to a network namespace of the test."""

from __future__ import annotations

import json
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
import trio

from qmiprobe.capture import open_trace
from qmiprobe.errors import CannotTest, DeviceGone
from qmiprobe.mbim._frame import MbimFramer
from qmiprobe.mbim.services import basic_connect as bc
from qmiprobe.mbim.services import proxy_control, qmi
from qmiprobe.mbim.services._shared import ProtocolError, Status
from qmiprobe.qmi._frame import QmuxFramer
from qmiprobe.qmi.services import ctl, dms, nas
from qmiprobe.sim import SimulatedModem, serve_proxy, serve_pty
from qmiprobe.sim._parts import Mode
from qmiprobe.transport import ControlTransport, open_unix, open_wdm
from tests.netns import run_in_netns
from tests.sim.hosts import MbimHost, QmiHost
from tests.sim.test_mbim_changes import connect
from tests.sim.test_pty import simulate

pytestmark = pytest.mark.needs("netns")
CONFIGURE = proxy_control.ConfigurationSet(device_path="/dev/cdc-wdm0", timeout=5)


def behind_proxy(body: Callable[[SimulatedModem], Awaitable[None]], profile: str) -> None:
    """Run ``body`` where this modem is served on its proxy's socket."""

    async def run() -> None:
        modem = SimulatedModem(profile)
        async with serve_proxy(modem) as address:
            assert address == f"@{modem.profile.protocol}-proxy"
            await body(modem)

    run_in_netns(run)


@asynccontextmanager
async def qmi_client() -> AsyncGenerator[QmiHost, None]:
    transport = await open_unix("@qmi-proxy", QmuxFramer())
    host = QmiHost(transport)
    await host.call(ctl.InternalProxyOpen(device_path="/dev/cdc-wdm0"))
    yield host
    await transport.aclose()


@asynccontextmanager
async def mbim_client(*, opened: bool = True) -> AsyncGenerator[MbimHost, None]:
    transport = await open_unix("@mbim-proxy", MbimFramer())
    host = MbimHost(transport)
    if opened:
        await host.call(CONFIGURE)
        await host.open()
    yield host
    await transport.aclose()


def test_qmi_clients_share_the_modem():
    async def body(modem: SimulatedModem) -> None:
        async with qmi_client() as one, qmi_client() as other:
            ids = [await one.allocate("dms"), await other.allocate("dms")]
            assert ids[0] != ids[1]
            for host, client in zip((one, other), ids, strict=True):
                answer = await host.call(dms.GetModel(), client=client)
                assert answer.model == modem.profile.identity.model
            await other.call(dms.SetEventReport(operating_mode_reporting=True), client=ids[1])
            modem.state.set_mode(Mode.LOW_POWER)
            told = await other.told(dms.EventReportIndication)
            assert told.operating_mode == dms.OperatingMode.LOW_POWER
            assert await one.silent(0.05)
        assert modem.client_ids == [(2, ids[0]), (2, ids[1])]  # nobody gave them back

    behind_proxy(body, "mc7455")


def test_mbim_clients_share_the_function_and_closing_ends_no_session():
    async def body(modem: SimulatedModem) -> None:
        async with mbim_client() as one:
            await one.call(connect())
            await one.close()
        assert modem.state.sessions.families(0) == [4, 6]
        async with mbim_client() as other:
            asked = bc.IpConfigurationQuery(session_id=0, ipv4_mtu=0, ipv6_mtu=0)
            assert (await other.call(asked)).ipv4_addresses
            modem.state.switch_hardware(on=False)
            assert await other.told(bc.RadioStateNotification)

    behind_proxy(body, "l850")


def test_qmi_inside_mbim_goes_through_mbim_proxy():
    async def body(modem: SimulatedModem) -> None:
        async with mbim_client() as host:
            answer = await host.call(qmi.MsgSet(qmux=bytes.fromhex("010b00000000000121000000")))
            assert answer.qmux[6:7] == b"\x01"

    behind_proxy(body, "em7455")


def test_mbim_proxy_wants_to_know_the_port_first():
    async def body(modem: SimulatedModem) -> None:
        async with mbim_client(opened=False) as host:
            answer = await host.ask(bc.RadioStateQuery())
            assert answer.packet.value == ProtocolError.NOT_OPENED
            await host.call(CONFIGURE)
            await host.open()
            assert await host.call(bc.RadioStateQuery())
            strange = await host.ask_raw(
                service=CONFIGURE.service, cid=9, is_set=True, buffer=bytes(4)
            )
            assert strange.status == Status.NO_DEVICE_SUPPORT

    behind_proxy(body, "em7455")


def test_after_a_reset_clients_open_anew():
    async def body(modem: SimulatedModem) -> None:
        async with mbim_client() as host:
            modem.state.set_mode(Mode.RESET)
            answer = await host.ask(bc.RadioStateQuery())
            assert answer.packet.value == ProtocolError.NOT_OPENED
            await host.open()
            await host.call(bc.RadioStateQuery())

    behind_proxy(body, "l850")


def test_the_pty_and_the_socket_lead_to_the_same_modem():
    async def run() -> None:
        modem = SimulatedModem("ec25")
        async with serve_pty(modem) as path, serve_proxy(modem), qmi_client() as one:
            other = QmiHost(await open_wdm(path, QmuxFramer()))
            clients = await one.allocate("nas"), await other.allocate("nas")
            assert clients[0] != clients[1]
            await one.call(nas.RegisterIndications(signal_info=True), client=clients[0])
            modem.state.set_signal(type(modem.state.signal)(rsrp=-111))
            assert await one.told(nas.SignalInfoIndication)
            await other.transport.aclose()

    run_in_netns(run)


def test_a_proxy_that_listens_already_is_named():
    async def run() -> None:
        async with serve_proxy(SimulatedModem("ec25")):
            with pytest.raises(CannotTest, match="a qmi-proxy listens in this network namespace"):
                async with serve_proxy(SimulatedModem("mc7455")):
                    pass
        async with serve_proxy(SimulatedModem("ec25")):
            pass  # the name is free again

    run_in_netns(run)


def test_ending_it_hangs_up():
    async def run() -> None:
        async with serve_proxy(SimulatedModem("ec25")):
            transport: ControlTransport = await open_unix("@qmi-proxy", QmuxFramer())
        with pytest.raises(DeviceGone), trio.fail_after(2):
            await transport.receive()
        await transport.aclose()

    run_in_netns(run)


def test_the_command_serves_on_both_and_lets_things_happen(tmp_path: Path):
    trace = tmp_path / "trace"
    event = "every=0.05 signal rsrp=-90,-91"

    async def run() -> None:
        options = ("--json", "--pty", "--proxy", "--trace", str(trace), "--event", event)
        with simulate("mc7455", *options) as running:
            assert running.stdout is not None
            told = json.loads(running.stdout.readline())
            assert told["proxy"] == "@qmi-proxy"
            assert told["pty"].startswith("/dev/pts/")
            seen = set()
            async with qmi_client() as host:
                client = await host.allocate("nas")
                await host.call(nas.RegisterIndications(signal_info=True), client=client)
                for _ in range(2):
                    signal = (await host.told(nas.SignalInfoIndication)).lte_signal_strength
                    assert signal is not None
                    seen.add(signal.rsrp)
            assert seen == {-90, -91}
            running.terminate()
            assert running.wait(timeout=10) == 143

    run_in_netns(run)
    with trace.open(encoding="utf-8") as reader:
        header, entries = open_trace(reader)
        assert header.protocol == "qmi"
        assert len(list(entries)) > 5
