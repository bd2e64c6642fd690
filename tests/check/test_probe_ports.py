# SPDX-License-Identifier: GPL-2.0-or-later
"""``--probe``: every port of a modem says what it speaks; none that is held is touched."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
import trio

from qmiprobe import host
from qmiprobe.address import ControlPort
from qmiprobe.at import _port as at_port
from qmiprobe.at import _probe as probe_serial
from qmiprobe.check import _probe_ports as module
from qmiprobe.check._check import Result
from qmiprobe.check._context import CheckOptions, open_context
from qmiprobe.diagnosis import Facts, Outcome
from qmiprobe.host import Holder, Holders, Modem, Port, SerialPort
from qmiprobe.mbim._frame import MbimFramer
from qmiprobe.qmi._frame import QmuxFramer
from qmiprobe.sim import SimulatedModem, open_simulated
from tests.at.modem_side import modem_side, silent, simulated_at
from tests.device.pty_end import pty_end


@pytest.fixture(autouse=True)
def _nobody_has_them(monkeypatch: pytest.MonkeyPatch) -> None:
    """The other ends of the ptys are in this process."""
    monkeypatch.setattr(host, "holders", lambda _path: Holders(found=(), unread=0))
    monkeypatch.setattr(module, "ASK_S", 0.5)
    monkeypatch.setattr(probe_serial, "LISTEN_S", 0.1)
    monkeypatch.setattr(probe_serial, "AFTER_S", 0.2)
    monkeypatch.setattr(at_port.AtPort.ask, "__kwdefaults__", {"timeout": 0.5})


async def probed(modem: Modem, path: str | None = None) -> tuple[Result, Facts]:
    port = ControlPort(name="2-6", open=None, modem=modem, path=path)
    async with open_context(port, CheckOptions()) as context:
        return await module.probe_ports(context), context.facts


def with_serial(*paths: str) -> Modem:
    ports = tuple(
        SerialPort(path=path, driver="option", interface=number)
        for number, path in enumerate(paths)
    )
    return Modem(bus="usb", name="2-6", id="2c7c:0125", serial=ports)


def with_control(path: str, protocol: str) -> Modem:
    driver = {"qmi": "qmi_wwan", "mbim": "cdc_mbim"}[protocol]
    port = Port(path=path, protocol=protocol, driver=driver, interface=4, device="2-6")
    return Modem(bus="usb", name="2-6", id="2c7c:0125", ports=(port,))


@asynccontextmanager
async def control_port(profile: str) -> AsyncIterator[str]:
    """Have a pty on which a simulated modem speaks its protocol; yield its path."""
    modem = SimulatedModem(profile)
    framer = QmuxFramer() if modem.profile.protocol == "qmi" else MbimFramer()
    async with (
        open_simulated(modem) as open_port,
        pty_end(framer) as end,
        trio.open_nursery() as nursery,
    ):
        inner = open_port()

        async def there() -> None:
            while True:
                await inner.send((await end.receive()).data)

        async def back() -> None:
            while True:
                await end.send((await inner.receive()).data)

        nursery.start_soon(there)
        nursery.start_soon(back)
        yield end.path
        nursery.cancel_scope.cancel()


async def test_serial_ports_are_told_with_what_they_speak():
    async with modem_side(simulated_at()) as at, modem_side(silent) as diag:
        result, facts = await probed(with_serial(at.path, diag.path))
    assert result.outcome is Outcome.PASS
    assert result.summary.endswith("AT")
    assert [one["heard"] for one in facts.records("port.heard")] == ["at", None]
    assert "silent" in result.evidence[1].text


@pytest.mark.parametrize(("profile", "protocol"), [("ec25", "qmi"), ("em7455", "mbim")])
async def test_a_further_control_port_is_asked_in_its_drivers_protocol(profile: str, protocol: str):
    async with control_port(profile) as path:
        result, facts = await probed(with_control(path, protocol))
    assert (result.outcome, [one["heard"] for one in facts.records("port.heard")]) == (
        Outcome.PASS,
        [protocol],
    )


@pytest.mark.parametrize("protocol", ["qmi", "mbim"])
async def test_a_control_port_that_does_not_answer_is_a_warning(protocol: str):
    framer = QmuxFramer() if protocol == "qmi" else MbimFramer()
    async with pty_end(framer) as end:
        result, facts = await probed(with_control(end.path, protocol))
    assert result.outcome is Outcome.WARN
    assert end.path in result.summary
    assert [one["heard"] for one in facts.records("port.heard")] == [None]


async def test_the_port_that_the_ladder_asks_is_not_asked_again():
    modem = with_control("/dev/cdc-wdm0", "qmi")
    result, facts = await probed(modem, "/dev/cdc-wdm0")
    assert result.outcome is Outcome.SKIPPED
    assert "port.heard" not in facts


async def test_a_port_that_another_program_has_is_left_alone(monkeypatch: pytest.MonkeyPatch):
    holder = Holder(pid=4711, program="ModemManager")
    monkeypatch.setattr(host, "holders", lambda _path: Holders(found=(holder,), unread=0))
    async with modem_side(simulated_at()) as side:
        result, facts = await probed(with_serial(side.path))
        assert side.heard == b""
    assert "held by ModemManager (4711)" in result.evidence[0].text
    assert [one["heard"] for one in facts.records("port.heard")] == [None]


async def test_a_port_that_cannot_be_opened_is_told_with_the_reason():
    result, _ = await probed(with_serial("/dev/ttyNOTHING"))
    assert result.outcome is Outcome.PASS
    assert "cannot be opened" in result.evidence[0].text


async def test_a_simulated_modem_has_no_further_ports():
    port = ControlPort(name="sim:ec25", open=None, simulated=True)
    async with open_context(port, CheckOptions()) as context:
        assert (await module.probe_ports(context)).outcome is Outcome.SKIPPED


def test_no_file_stays_open_here():
    before = len(os.listdir("/proc/self/fd"))
    for _ in range(3):
        trio.run(test_serial_ports_are_told_with_what_they_speak)
    assert len(os.listdir("/proc/self/fd")) <= before + 1
