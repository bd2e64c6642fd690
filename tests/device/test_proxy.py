# SPDX-License-Identifier: GPL-2.0-or-later
"""A port through qmi-proxy: it is named first, and each way to be refused says what to do."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
import trio

from qmiprobe.device import qmi_device
from qmiprobe.device._proxy import open_proxy
from qmiprobe.errors import CannotTest, DeviceGone, NoAnswer, PortMissing, PortPermission
from qmiprobe.qmi.services import ctl, dms
from qmiprobe.qmi.services._shared import Error
from tests.device.fake_proxy import FakeProxy, fake_qmi_proxy
from tests.device.scripted import ScriptedQmi, Silent


async def test_the_node_is_named_before_anything_else_and_its_messages_follow(tmp_path: Path):
    link = tmp_path / "modem"
    async with fake_qmi_proxy(tmp_path) as proxy:
        link.symlink_to(proxy.node)
        transport = await open_proxy("qmi", str(link), socket=proxy.socket)
        assert transport.name == f"qmi-proxy:{link}"
        proxy.modem.script(dms.GetModel, dms.GetModelResponse(model="EC25"))
        async with qmi_device(transport) as device, device.client("dms") as client:
            assert (await client.call(dms.GetModel())).model == "EC25"
        await transport.aclose()
        await proxy.left.wait()
        first = proxy.modem.asked[0]
        assert isinstance(first, ctl.InternalProxyOpen)
        assert first.device_path == proxy.node
        assert proxy.modem.count(ctl.InternalProxyOpen) == 1
        assert proxy.modem.held == []


async def test_without_a_proxy_the_error_says_how_to_start_one(tmp_path: Path):
    with pytest.raises(CannotTest, match=r"no qmi-proxy listens .*start it.*/dev/null itself"):
        await open_proxy("qmi", "/dev/null", socket=str(tmp_path / "nobody"))
    with pytest.raises(CannotTest, match="no mbim-proxy listens"):
        await open_proxy("mbim", "/dev/null", socket="@qmiprobe-nobody-listens-here")


async def test_a_node_that_is_not_there_is_not_asked_for(tmp_path: Path):
    async with fake_qmi_proxy(tmp_path) as proxy:
        with pytest.raises(PortMissing, match="no such node"):
            await open_proxy("qmi", str(tmp_path / "missing"), socket=proxy.socket)
        with pytest.raises(CannotTest, match="is no device node"):
            await open_proxy("qmi", str(tmp_path), socket=proxy.socket)
        await trio.testing.wait_all_tasks_blocked()
        assert proxy.modems == []


async def test_a_refusal_names_the_proxys_error(tmp_path: Path):
    async with fake_qmi_proxy(tmp_path) as proxy:

        def refuse(modem: ScriptedQmi) -> None:
            modem.script(ctl.InternalProxyOpen, Error.DEVICE_NOT_READY)

        proxy.prepare = refuse
        with pytest.raises(CannotTest, match=r"refuses to open .*device-not-ready"):
            await open_proxy("qmi", proxy.node, socket=proxy.socket)
        await proxy.left.wait()


async def _hung_up_on(proxy: FakeProxy[ScriptedQmi]) -> Exception:
    proxy.hangs_up = True
    with pytest.raises((CannotTest, PortMissing, PortPermission)) as caught:
        await open_proxy("qmi", proxy.node, socket=proxy.socket)
    return caught.value


async def test_a_proxy_that_hangs_up_on_a_sound_node(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr(os, "access", lambda _path, _mode: True)
    async with fake_qmi_proxy(tmp_path) as proxy:
        said = str(await _hung_up_on(proxy))
        assert f"hung up instead of opening {proxy.node}" in said
        assert "`qmi-proxy --verbose` says why" in said


async def test_a_proxy_that_hangs_up_on_somebody_who_is_not_root(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(os, "geteuid", lambda: 1234)
    monkeypatch.setattr(os, "access", lambda _path, _mode: True)
    async with fake_qmi_proxy(tmp_path) as proxy:
        error = await _hung_up_on(proxy)
        assert isinstance(error, CannotTest)
        assert "does not let in, and you are 1234; run as root" in str(error)


async def test_a_proxy_that_hangs_up_on_a_node_that_may_not_be_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(os, "access", lambda _path, _mode: False)
    async with fake_qmi_proxy(tmp_path) as proxy:
        error = await _hung_up_on(proxy)
        assert isinstance(error, PortPermission)
        assert "run as root" in str(error)


async def test_a_proxy_that_hangs_up_because_the_node_has_gone(tmp_path: Path):
    async with fake_qmi_proxy(tmp_path) as proxy:

        def silence(modem: ScriptedQmi) -> None:
            modem.script(ctl.InternalProxyOpen, Silent())

        async def unplug() -> None:
            await proxy.joined.wait()
            os.close(master)
            os.close(slave)
            await proxy.hang_up()

        proxy.prepare = silence
        master, slave = os.openpty()
        node = os.ttyname(slave)
        async with trio.open_nursery() as nursery:
            nursery.start_soon(unplug)
            with pytest.raises(PortMissing, match="no such node"):
                await open_proxy("qmi", node, socket=proxy.socket)


@pytest.mark.autojump
async def test_a_proxy_that_says_nothing_is_given_up_in_time(tmp_path: Path):
    async with fake_qmi_proxy(tmp_path) as proxy:

        def silence(modem: ScriptedQmi) -> None:
            modem.script(ctl.InternalProxyOpen, Silent())

        proxy.prepare = silence
        began = trio.current_time()
        with pytest.raises(NoAnswer, match=r"did not answer .* within 3 s: it hangs"):
            await open_proxy("qmi", proxy.node, socket=proxy.socket, timeout=3)
        assert trio.current_time() - began < 3.5
        await proxy.left.wait()


async def test_who_is_cancelled_while_the_proxy_thinks_leaves_no_connection(tmp_path: Path):
    async with fake_qmi_proxy(tmp_path) as proxy:

        def silence(modem: ScriptedQmi) -> None:
            modem.script(ctl.InternalProxyOpen, Silent())

        proxy.prepare = silence
        with trio.move_on_after(0.2) as scope:
            await open_proxy("qmi", proxy.node, socket=proxy.socket)
        assert scope.cancelled_caught
        with trio.fail_after(2):
            await proxy.left.wait()


async def test_a_proxy_that_ends_is_the_end_of_the_port(tmp_path: Path):
    async with fake_qmi_proxy(tmp_path) as proxy:
        transport = await open_proxy("qmi", proxy.node, socket=proxy.socket)
        await proxy.hang_up()
        for _ in range(2):
            with pytest.raises(DeviceGone, match=r"qmi-proxy:/dev/pts/\d+: the proxy hung up"):
                await transport.receive()
        with pytest.raises(DeviceGone, match="the proxy hung up"):
            await transport.send(bytes.fromhex("010b00000000000121000000"))
        await transport.aclose()
        await transport.aclose()


async def test_closing_ends_a_receive_that_waits(tmp_path: Path):
    async with fake_qmi_proxy(tmp_path) as proxy:
        transport = await open_proxy("qmi", proxy.node, socket=proxy.socket)

        async def receive() -> None:
            with pytest.raises(DeviceGone, match="closed by this program"):
                await transport.receive()

        with trio.fail_after(2):
            async with trio.open_nursery() as nursery:
                nursery.start_soon(receive)
                await trio.testing.wait_all_tasks_blocked()
                await transport.aclose()
