# SPDX-License-Identifier: GPL-2.0-or-later
"""A port is asked by its protocol, again and again within its time, and nothing stays behind."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
import trio

from qmiprobe.errors import NoAnswer, PortMissing, QmiprobeError
from qmiprobe.rebind import Ports, Target
from qmiprobe.rebind._verify import _patiently
from qmiprobe.sim import SimulatedModem, serve_pty

QMI = Target(configuration=1, control=4, data=None, driver="qmi_wwan")
MBIM = Target(configuration=1, control=12, data=13, driver="cdc_mbim")


@asynccontextmanager
async def _port(profile: str, *faults: str) -> AsyncIterator[tuple[SimulatedModem, str]]:
    modem = SimulatedModem(profile, faults=faults)
    async with serve_pty(modem) as path:
        yield modem, path


async def test_qmi_is_asked_without_a_client_id():
    async with _port("ec25") as (modem, path):
        answer = await Ports().answer(path, QMI, timeout=20)
        assert answer.startswith("QMI, ")
        assert not modem.client_ids


async def test_mbim_is_opened_and_closed():
    async with _port("em7455") as (_, path):
        assert (await Ports().answer(path, MBIM, timeout=20)).startswith("MBIM, ")
        assert (await Ports().answer(path, MBIM, timeout=20)).startswith("MBIM, ")


@pytest.mark.parametrize(("profile", "target"), [("ec25", MBIM), ("em7455", QMI)])
async def test_another_protocol_is_no_answer(profile: str, target: Target):
    async with _port(profile) as (_, path):
        with pytest.raises(QmiprobeError):
            await Ports().answer(path, target, timeout=3)


async def test_the_format_is_asked_and_the_client_id_given_back():
    async with _port("ec25") as (modem, path):
        assert await Ports().sends_raw_ip(path, timeout=20) is True
        assert not modem.client_ids


async def test_a_node_that_is_not_there_is_told():
    with pytest.raises(PortMissing):
        await Ports().answer("/dev/cdc-wdm-none", QMI, timeout=0.1)


class _Slow:
    """Answers at last."""

    def __init__(self, after: int) -> None:
        self.after = after
        self.times: list[float] = []

    async def ask(self) -> str:
        self.times.append(trio.current_time())
        if len(self.times) < self.after:
            raise NoAnswer("not yet")
        return "at last"


@pytest.mark.autojump
async def test_firmware_that_needs_its_time_is_asked_at_growing_intervals():
    slow, begin = _Slow(6), trio.current_time()
    assert await _patiently(slow.ask, "/dev/x", 40.0) == "at last"
    since = [round(one - begin, 3) for one in slow.times]
    assert since == [0, 0.5, 1.5, 3.5, 7.5, 15.5]


@pytest.mark.autojump
async def test_it_ends_with_the_last_reason_in_its_time():
    begin = trio.current_time()
    with pytest.raises(NoAnswer, match="not yet"):
        await _patiently(_Slow(100).ask, "/dev/x", 5.0)
    assert trio.current_time() - begin == pytest.approx(5.0)
    with pytest.raises(NoAnswer, match="no answer within 4 s"):
        await _patiently(trio.sleep_forever, "/dev/x", 9.0)
