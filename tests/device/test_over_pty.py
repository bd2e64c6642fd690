# SPDX-License-Identifier: GPL-2.0-or-later
"""Both devices over a real pty, in real time: in pieces, with many at once, and hung up."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
import trio

from qmiprobe.device import MbimDevice, QmiDevice, mbim_device, qmi_device
from qmiprobe.errors import DeviceGone
from qmiprobe.mbim._frame import MbimFramer
from qmiprobe.mbim.services import basic_connect as bc
from qmiprobe.mbim.services._shared import ContextType
from qmiprobe.qmi._frame import QmuxFramer
from qmiprobe.qmi.services import dms
from qmiprobe.transport import WdmTransport, open_wdm
from tests.device.pty_end import PtyEnd, pty_end
from tests.device.scripted import ScriptedMbim, ScriptedQmi, Silent

MODEL = dms.GetModelResponse(model="EC25")
LONG = "internet.with-a-rather-long-name.example.com"


@asynccontextmanager
async def _line(
    framer: type[QmuxFramer | MbimFramer], piece: int
) -> AsyncIterator[tuple[WdmTransport, PtyEnd]]:
    async with pty_end(framer(), piece=piece) as end:
        transport = await open_wdm(end.path, framer())
        try:
            yield transport, end
        finally:
            await transport.aclose()


@asynccontextmanager
async def _qmi(*, piece: int = 4096) -> AsyncIterator[tuple[QmiDevice, ScriptedQmi, PtyEnd]]:
    async with _line(QmuxFramer, piece) as (transport, end), trio.open_nursery() as nursery:
        modem = ScriptedQmi(end)
        nursery.start_soon(modem.run)
        with trio.fail_after(20):
            async with qmi_device(transport) as device:
                yield device, modem, end
        nursery.cancel_scope.cancel()


@asynccontextmanager
async def _mbim(*, piece: int = 4096) -> AsyncIterator[tuple[MbimDevice, ScriptedMbim, PtyEnd]]:
    async with _line(MbimFramer, piece) as (transport, end), trio.open_nursery() as nursery:
        modem = ScriptedMbim(end, max_control_transfer=64)
        nursery.start_soon(modem.run)
        with trio.fail_after(20):
            async with mbim_device(transport) as device:
                yield device, modem, end
        nursery.cancel_scope.cancel()


@pytest.mark.parametrize("piece", [1, 4096])
async def test_qmi_calls_are_answered_however_the_bytes_are_cut(piece: int):
    async with _qmi(piece=piece) as (device, modem, _):
        modem.script(dms.GetModel, MODEL)
        async with device.client("dms") as client:
            for _ in range(20):
                assert (await client.call(dms.GetModel())).model == "EC25"
        assert modem.held == []
        assert device.observed.anomalies == []


async def test_a_hundred_qmi_calls_at_once_are_all_answered():
    async with _qmi() as (device, modem, _):
        modem.script(dms.GetModel, MODEL)
        async with device.client("dms") as client, trio.open_nursery() as nursery:
            for _ in range(100):
                nursery.start_soon(client.call, dms.GetModel())
        assert modem.count(dms.GetModel) == 100
        assert modem.most_under_way[2] <= 4
        assert device.observed.anomalies == []


async def test_a_line_that_is_hung_up_ends_qmi_at_once():
    async with _qmi() as (device, modem, end):
        modem.script(dms.GetModel, Silent())
        async with trio.open_nursery() as nursery:

            async def ask() -> None:
                async with device.client("dms") as client:
                    with pytest.raises(DeviceGone):
                        await client.call(dms.GetModel(), timeout=60)

            for _ in range(3):
                nursery.start_soon(ask)
            await modem.was_asked(dms.GetModel, 3)
            begin = trio.current_time()
            end.hang_up()
        assert trio.current_time() - begin < 1


@pytest.mark.parametrize("piece", [1, 7, 4096])
async def test_mbim_fragments_pass_however_the_bytes_are_cut(piece: int):
    async with _mbim(piece=piece) as (device, modem, _):
        context = bc.ProvisionedContextElement.blank(
            context_id=1, context_type=ContextType.INTERNET, access_string=LONG
        )
        answer = bc.ProvisionedContextsResponse(provisioned_contexts=[context])
        modem.script(bc.ProvisionedContextsQuery, answer)
        async with trio.open_nursery() as nursery:
            for _ in range(10):
                nursery.start_soon(device.call, bc.ProvisionedContextsQuery())
        assert modem.count(bc.ProvisionedContextsQuery) == 10
        assert device.observed.anomalies == []


async def test_a_line_that_is_hung_up_ends_mbim_at_once():
    async with _mbim() as (device, modem, end):
        modem.script(bc.RadioStateQuery, Silent())
        async with trio.open_nursery() as nursery:

            async def ask() -> None:
                with pytest.raises(DeviceGone):
                    await device.call(bc.RadioStateQuery(), timeout=60)

            nursery.start_soon(ask)
            await modem.was_asked(bc.RadioStateQuery)
            begin = trio.current_time()
            end.hang_up()
        assert trio.current_time() - begin < 1
