# SPDX-License-Identifier: GPL-2.0-or-later
"""A port through mbim-proxy: it is opened by the proxy, and so is the version of MBIMEx its own."""

from __future__ import annotations

from pathlib import Path

import pytest
import trio

from qmiprobe._framing import Frame
from qmiprobe.device import mbim_device
from qmiprobe.device._mbimex import announced_mbimex
from qmiprobe.device._proxy import open_proxy
from qmiprobe.errors import CannotTest, ModemSilent, NoAnswer
from qmiprobe.mbim._codec import MbimMessage, decode
from qmiprobe.mbim.services import basic_connect as bc
from qmiprobe.mbim.services import ms_basic_connect_extensions as ext
from qmiprobe.mbim.services import proxy_control
from qmiprobe.mbim.services._shared import Status
from tests.device.fake_proxy import fake_mbim_proxy
from tests.device.scripted import ScriptedMbim, Silent


def _announcement(modem: ScriptedMbim, version: int) -> bytes:
    body = proxy_control.VersionNotification(mbim_version=0x0100, mbim_extended_version=version)
    (frame,) = modem.connection.notify(body)
    return frame


async def test_the_node_is_named_before_open(tmp_path: Path):
    async with fake_mbim_proxy(tmp_path) as proxy:
        transport = await open_proxy("mbim", proxy.node, socket=proxy.socket, timeout=7)
        async with mbim_device(transport) as device:
            await device.call(bc.DeviceCapsQuery())
        await transport.aclose()
        await proxy.left.wait()
        first, second, *_ = proxy.modem.asked
        assert isinstance(first, proxy_control.ConfigurationSet)
        # Less than we wait: the proxy is to give up on a silent modem before we do on the proxy.
        assert (first.device_path, first.timeout) == (proxy.node, 4)
        assert second == "open"
        assert proxy.modem.asked[-1] == "close"


async def test_the_version_that_the_proxy_announces_comes_first_to_who_listens(tmp_path: Path):
    async with fake_mbim_proxy(tmp_path) as proxy:

        def announce(modem: ScriptedMbim) -> None:
            def answer(message: MbimMessage) -> bytes:
                (done,) = modem.connection.answer(message, proxy_control.ConfigurationResponse())
                return _announcement(modem, 0x0300) + done

            modem.script(proxy_control.ConfigurationSet, answer)

        proxy.prepare = announce
        transport = await open_proxy("mbim", proxy.node, socket=proxy.socket)
        item = await transport.receive()
        assert isinstance(item, Frame)
        assert announced_mbimex(decode(item.data)) == "3.0"
        await proxy.modem.port.send(_announcement(proxy.modem, 0x0200))
        item = await transport.receive()
        assert isinstance(item, Frame)
        assert announced_mbimex(decode(item.data)) == "2.0"
        await transport.aclose()


async def test_other_messages_announce_no_version(tmp_path: Path):
    async with fake_mbim_proxy(tmp_path) as proxy:
        transport = await open_proxy("mbim", proxy.node, socket=proxy.socket)
        (frame,) = proxy.modem.connection.notify(bc.SignalStateNotification.blank())
        assert announced_mbimex(decode(frame)) is None
        await transport.aclose()


async def test_a_version_of_mbimex_is_never_asked_for(tmp_path: Path):
    async with fake_mbim_proxy(tmp_path) as proxy:
        transport = await open_proxy("mbim", proxy.node, socket=proxy.socket)
        async with mbim_device(transport) as device:
            query = ext.VersionQuery(mbim_version=0x0100, mbim_extended_version=0x0300)
            with pytest.raises(CannotTest, match="holds for every program"):
                await device.call(query)
            # What is refused here does no harm to what follows.
            await device.call(bc.DeviceCapsQuery())
        await transport.aclose()
        await proxy.left.wait()
        assert proxy.modem.count(ext.VersionQuery) == 0


async def test_a_refusal_names_the_status(tmp_path: Path):
    async with fake_mbim_proxy(tmp_path) as proxy:

        def refuse(modem: ScriptedMbim) -> None:
            modem.script(proxy_control.ConfigurationSet, Status.INVALID_PARAMETERS)

        proxy.prepare = refuse
        with pytest.raises(CannotTest, match=r"refuses to open .*invalid-parameters"):
            await open_proxy("mbim", proxy.node, socket=proxy.socket)
        await proxy.left.wait()


@pytest.mark.autojump
async def test_a_proxy_that_gives_up_on_the_modem_means_a_silent_modem(tmp_path: Path):
    async with fake_mbim_proxy(tmp_path) as proxy:

        def silence(modem: ScriptedMbim) -> None:
            modem.script(proxy_control.ConfigurationSet, Silent())

        async def give_up() -> None:
            await trio.sleep(5)
            await proxy.hang_up()

        proxy.prepare = silence
        async with trio.open_nursery() as nursery:
            nursery.start_soon(give_up)
            with pytest.raises(ModemSilent, match=r"gave up after 5.0 s: the modem does not"):
                await open_proxy("mbim", proxy.node, socket=proxy.socket, timeout=7)


@pytest.mark.autojump
async def test_a_proxy_that_hangs_is_given_up_in_time(tmp_path: Path):
    async with fake_mbim_proxy(tmp_path) as proxy:

        def silence(modem: ScriptedMbim) -> None:
            modem.script(proxy_control.ConfigurationSet, Silent())

        proxy.prepare = silence
        began = trio.current_time()
        with pytest.raises(NoAnswer, match=r"mbim-proxy did not answer .* within 7 s"):
            await open_proxy("mbim", proxy.node, socket=proxy.socket)
        assert trio.current_time() - began < 7.5
        await proxy.left.wait()


async def test_the_connection_follows_the_version_that_the_proxy_announces(tmp_path: Path):
    async with fake_mbim_proxy(tmp_path) as proxy:
        transport = await open_proxy("mbim", proxy.node, socket=proxy.socket)
        async with mbim_device(transport) as device:
            assert device.connection.mbimex == "1.0"
            with device.subscribe() as told:
                await proxy.modem.port.send(_announcement(proxy.modem, 0x0300))
                await anext(aiter(told))
            assert device.connection.mbimex == "3.0"
            assert proxy.modem.count(ext.VersionQuery) == 0
        await transport.aclose()
