# SPDX-License-Identifier: GPL-2.0-or-later
"""qmiprobe and stock mbimcli share a modem through the stock mbim-proxy, the tunnel too."""

from __future__ import annotations

import pytest
import trio

from qmiprobe._framing import Frame
from qmiprobe.address import parse, resolve
from qmiprobe.device import MbimDevice, mbim_device, qmi_device
from qmiprobe.device._mbimex import announced_mbimex
from qmiprobe.device._proxy import open_proxy
from qmiprobe.errors import DeviceGone, NoAnswer
from qmiprobe.mbim._codec import decode
from qmiprobe.mbim._frame import MbimFramer
from qmiprobe.mbim.services import basic_connect as bc
from qmiprobe.mbim.services import ms_basic_connect_extensions as ext
from qmiprobe.mbim.services._shared import Service
from qmiprobe.mbim.services.proxy_control import ConfigurationSet
from qmiprobe.qmi.services import dms
from qmiprobe.transport import open_unix
from tests.device.inside import Inside
from tests.device.pty_end import pty_end
from tests.device.scripted import ScriptedMbim
from tests.netns import run_in_netns
from tests.peers.proxied import Proxied, outcomes, qmiprobe, with_proxy, with_running_proxy

pytestmark = pytest.mark.needs("netns", "mbim-proxy", "mbimcli")

CONTROL = (
    "port.open",
    "control.protocol",
    "control.answers",
    "device.identity",
    "device.mode",
    "sim.ready",
    "radio.signal",
    "radio.registered",
    "session.settings",
)


def test_check_passes_through_the_proxy():
    async def body(shared: Proxied) -> None:
        found = await outcomes(shared.address)
        assert {found[name] for name in CONTROL} == {"pass"}

    with_proxy("mbim", body)


def test_check_and_mbimcli_at_the_same_time():
    async def body(shared: Proxied) -> None:
        checks: list[dict[str, str]] = []

        async def check() -> None:
            checks.append(await outcomes(shared.address))

        async def ask(action: str, name: str, value: str) -> None:
            for _ in range(8):
                said = await shared.tool.good(action)
                assert said.fields()[name] == value

        identity = shared.modem.profile.identity
        async with trio.open_nursery() as nursery:
            for _ in range(3):
                nursery.start_soon(check)
            nursery.start_soon(ask, "--query-device-caps", "Device ID", identity.imei)
            nursery.start_soon(ask, "--query-radio-state", "Software radio state", "on")
            nursery.start_soon(ask, "--query-registration-state", "Register state", "home")
        for found in checks:
            assert {found[name] for name in CONTROL} == {"pass"}

    with_proxy("mbim", body)


def test_a_session_of_the_stock_tool_outlives_a_check():
    async def body(shared: Proxied) -> None:
        await shared.tool.good("--connect=access-string=internet.example,ip-type=ipv4")
        (number,) = shared.modem.state.sessions.numbers
        await outcomes(shared.address)
        assert shared.modem.state.sessions.numbers == [number]
        said = await shared.tool.good("--query-connection-state")
        assert said.fields()["Activation state"] == "activated"
        await shared.tool.good("--disconnect")
        assert shared.modem.state.sessions.numbers == []

    with_proxy("mbim", body)


def test_a_node_that_the_proxy_has_open_is_asked_through_it():
    async def body(shared: Proxied) -> None:
        first = await open_proxy("mbim", shared.path)
        async with resolve(parse(shared.path)) as port:
            assert port.proxies == ("mbim",)
            assert port.open is not None
            second = await port.open("mbim")
            assert second.name == shared.address
            for transport in (first, second):
                async with mbim_device(transport) as device:
                    caps = await device.call(bc.DeviceCapsQuery())
                    assert caps.device_id == shared.modem.profile.identity.imei
                await transport.aclose()

    with_proxy("mbim", body)


def test_a_modem_that_is_silent_is_told_from_a_proxy_that_is():
    async def body(shared: Proxied) -> None:
        with pytest.raises(NoAnswer, match=r"gave up after 5.* the modem does not answer"):
            await open_proxy("mbim", shared.path)

    with_proxy("mbim", body, faults=("mute",))


def test_a_proxy_that_is_stopped_ends_what_waits():
    async def body(shared: Proxied) -> None:
        transport = await open_proxy("mbim", shared.path)
        async with mbim_device(transport) as device:
            await shared.end_proxy()
            with pytest.raises(DeviceGone, match="the proxy hung up"):
                await device.call(bc.DeviceCapsQuery())
        await transport.aclose()
        said = await qmiprobe("call", shared.address, "basic-connect.radio-state")
        assert said.status == 3
        assert "no mbim-proxy listens in this network namespace" in said.text

    with_proxy("mbim", body)


async def _agree_on(version: int, path: str) -> None:
    """Be another program that agrees with the device on a version, for all."""
    connection = await open_unix("@mbim-proxy", MbimFramer())
    device = MbimDevice(connection)
    async with device.reading():
        await device.call(ConfigurationSet(device_path=path, timeout=5))
        await device.open()
        await device.call(ext.VersionQuery(mbim_version=0x0100, mbim_extended_version=version))
    await connection.aclose()


def test_the_version_that_another_program_agreed_on_is_announced():
    async def body() -> None:
        async with pty_end(MbimFramer()) as end, trio.open_nursery() as nursery:
            function = ScriptedMbim(end)
            agreed = ext.VersionResponse(mbim_version=0x0100, mbim_extended_version=0x0200)
            function.script(ext.VersionQuery, agreed)
            nursery.start_soon(function.run)
            early = await open_proxy("mbim", end.path)
            await _agree_on(0x0200, end.path)
            late = await open_proxy("mbim", end.path)
            for transport in (early, late):
                with trio.fail_after(2):
                    item = await transport.receive()
                assert isinstance(item, Frame)
                assert announced_mbimex(decode(item.data)) == "2.0"
                await transport.aclose()
            nursery.cancel_scope.cancel()

    run_in_netns(with_running_proxy, "mbim", body, timeout=30)


def test_a_tunnel_goes_through_the_proxy_that_has_the_port_open():
    async def body() -> None:
        async with pty_end(MbimFramer()) as end, trio.open_nursery() as nursery:
            inside = Inside(ScriptedMbim(end))
            nursery.start_soon(inside.function.run)
            other = await open_proxy("mbim", end.path)
            async with resolve(parse(f"mbim-tunnel:{end.path}")) as port:
                assert port.open is not None
                transport = await port.open("qmi")
                assert transport.name == f"mbim-tunnel:mbim-proxy:{end.path}"
                async with qmi_device(transport) as device, device.client("dms") as client:
                    assert (await client.call(dms.GetModel())).model == "EM7455"
                    assert inside.modem.held == [(2, client.cid)]
                    assert inside.subscriptions[-1][Service.QMI] == [1]
                await transport.aclose()
            assert inside.modem.held == []
            assert Service.QMI not in inside.subscriptions[-1]
            # The function is the proxy's: others still use it.
            assert (inside.function.count("open"), inside.function.count("close")) == (1, 0)
            async with mbim_device(other) as still_open:
                await still_open.call(bc.DeviceCapsQuery())
            await other.aclose()
            nursery.cancel_scope.cancel()

    run_in_netns(with_running_proxy, "mbim", body, timeout=30)
