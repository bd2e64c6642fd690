# SPDX-License-Identifier: GPL-2.0-or-later
"""qmiprobe and stock qmicli share a modem through the stock qmi-proxy; none disturbs the other."""

from __future__ import annotations

import os
import signal
import sys

import pytest
import trio

from qmiprobe.address import parse, resolve
from qmiprobe.device import qmi_device
from qmiprobe.device._proxy import open_proxy
from qmiprobe.errors import CannotTest, DeviceGone, NoAnswer
from qmiprobe.qmi.services import ctl, dms
from tests.peers.proxied import Proxied, outcomes, qmiprobe, with_proxy
from tests.requirements import CHECKOUT

pytestmark = pytest.mark.needs("netns", "qmi-proxy", "qmicli")

CONTROL = (
    "port.open",
    "control.protocol",
    "control.answers",
    "control.clients",
    "device.identity",
    "device.mode",
    "sim.ready",
    "radio.signal",
    "radio.registered",
    "session.settings",
)


def test_check_passes_through_the_proxy_and_gives_its_client_ids_back():
    async def body(shared: Proxied) -> None:
        found = await outcomes(shared.address)
        assert {found[name] for name in CONTROL} == {"pass"}
        assert shared.held == []

    with_proxy("qmi", body)


def test_check_and_qmicli_at_the_same_time():
    """Each of 3 checks and 24 runs of qmicli is right, and no client id is left."""

    async def body(shared: Proxied) -> None:
        checks: list[dict[str, str]] = []

        async def check() -> None:
            checks.append(await outcomes(shared.address))

        async def ask(action: str, name: str, value: str) -> None:
            for _ in range(8):
                said = await shared.tool.good(action)
                assert said.fields()[name] == value

        identity = shared.modem.profile.identity
        # As ModemManager does: the proxy keeps the port open while programs come and go.
        manager = await open_proxy("qmi", shared.path)
        async with trio.open_nursery() as nursery:
            for _ in range(3):
                nursery.start_soon(check)
            nursery.start_soon(ask, "--dms-get-model", "Model", identity.model)
            nursery.start_soon(ask, "--dms-get-revision", "Revision", identity.revision)
            nursery.start_soon(ask, "--dms-get-operating-mode", "Mode", "online")
        for found in checks:
            assert {found[name] for name in CONTROL} == {"pass"}
        assert shared.held == []
        await manager.aclose()

    with_proxy("qmi", body)


def test_a_client_of_the_stock_tool_outlives_a_check():
    async def body(shared: Proxied) -> None:
        said = await shared.tool.good("--dms-noop", "--client-no-release-cid")
        assert "CID" in said.text
        (kept,) = shared.held
        await outcomes(shared.address)
        assert shared.held == [kept]
        await shared.tool.good("--dms-get-model", f"--client-cid={kept[1]}")
        assert shared.held == []

    with_proxy("qmi", body)


def test_a_node_that_the_proxy_has_open_is_asked_through_it():
    async def body(shared: Proxied) -> None:
        async with resolve(parse(shared.path)) as port:
            assert port.proxies == ()  # it listens, but not for this pty
        first = await open_proxy("qmi", shared.path)
        async with resolve(parse(shared.path)) as port:
            assert port.proxies == ("qmi",)
            assert port.open is not None
            second = await port.open("qmi")
            assert second.name == shared.address
            for transport in (first, second):
                async with qmi_device(transport) as device, device.client("dms") as client:
                    model = (await client.call(dms.GetModel())).model
                    assert model == shared.modem.profile.identity.model
                await transport.aclose()
        assert shared.held == []
        await trio.sleep(0.2)
        async with resolve(parse(shared.path)) as port:
            assert port.proxies == ()  # nobody uses it any more, so the proxy has closed it

    with_proxy("qmi", body)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_leaves_no_client_id_behind_the_proxy(number: signal.Signals):
    async def body(shared: Proxied) -> None:
        code = "from qmiprobe.cli import main; main()"
        words = ("call", shared.address, "dms.get-model", "--repeat", "99", "--interval", "0.2")
        async with trio.open_nursery() as nursery:
            command = [sys.executable, "-c", code, *words]

            async def run(*, task_status: trio.TaskStatus[trio.Process]) -> None:
                await trio.run_process(
                    command, cwd=CHECKOUT, capture_stdout=True, check=False, task_status=task_status
                )

            process = await nursery.start(run)
            with trio.fail_after(10):
                while not shared.held:  # noqa: ASYNC110
                    await trio.sleep(0.02)
                process.send_signal(number)
                assert await process.wait() == 128 + number
        assert shared.held == []

    with_proxy("qmi", body)


def test_a_proxy_that_is_stopped_ends_what_waits():
    async def body(shared: Proxied) -> None:
        transport = await open_proxy("qmi", shared.path)
        async with qmi_device(transport) as device:
            await device.call(ctl.GetVersionInfo())
            await shared.end_proxy()
            with pytest.raises(DeviceGone, match="the proxy hung up"):
                await device.call(ctl.GetVersionInfo())
        await transport.aclose()
        said = await qmiprobe("call", shared.address, "ctl.get-version-info")
        assert said.status == 3
        assert "no qmi-proxy listens in this network namespace" in said.text

    with_proxy("qmi", body)


def test_a_proxy_that_hangs_is_given_up_in_time():
    async def body(shared: Proxied) -> None:
        shared.proxy.send_signal(signal.SIGSTOP)
        try:
            with trio.fail_after(3), pytest.raises(NoAnswer, match="qmi-proxy did not answer"):
                await open_proxy("qmi", shared.path, timeout=1)
        finally:
            shared.proxy.send_signal(signal.SIGCONT)

    with_proxy("qmi", body)


@pytest.mark.needs("root")
def test_a_user_that_the_proxy_does_not_let_in_is_told_so():
    async def body(shared: Proxied) -> None:
        os.chmod(shared.path, 0o666)
        transport = await open_proxy("qmi", shared.path)  # loads what nobody may not read
        await transport.aclose()
        os.seteuid(65534)
        try:
            with pytest.raises(CannotTest, match="does not let in, and you are 65534; run as root"):
                await open_proxy("qmi", shared.path)
        finally:
            os.seteuid(0)

    with_proxy("qmi", body)


def test_check_says_that_it_goes_through_the_proxy():
    async def body(shared: Proxied) -> None:
        manager = await open_proxy("qmi", shared.path)
        said = await qmiprobe("check", shared.path, "--json")
        assert said.status == 0, said.text
        assert "; asked through qmi-proxy" in said.text
        assert "open through qmi-proxy" in said.text
        await manager.aclose()

    with_proxy("qmi", body)
