# SPDX-License-Identifier: GPL-2.0-or-later
"""AT ports: asked over a pty, against the simulated modem's own; left as they were."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
import trio

from qmiprobe.at import _port as port_module
from qmiprobe.at import _probe as probe_module
from qmiprobe.at import open_at, probe_serial
from qmiprobe.errors import CannotTest, DeviceGone, NoAnswer, PortBusy, PortMissing
from qmiprobe.sim import load_profile
from qmiprobe.sim.usb.serial._nmea import without_fix
from tests.at.modem_side import modem_side, silent, simulated_at

QCDM = bytes.fromhex("00 78 f0 7e")


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(probe_module, "LISTEN_S", 0.1)
    monkeypatch.setattr(probe_module, "AFTER_S", 0.3)
    monkeypatch.setattr(port_module.AtPort.ask, "__kwdefaults__", {"timeout": 0.5})


@pytest.mark.parametrize("profile", ["ec25", "em7455", "me909s"])
async def test_an_at_port_is_known_and_says_who_it_is_without_its_numbers(profile: str):
    async with modem_side(simulated_at(profile)) as side:
        heard = await probe_serial(side.path)
    known = load_profile(profile)
    assert heard.spoken == "at"
    assert any(known.identity.model in line for line in heard.said), heard.said
    assert known.identity.imei not in " ".join(heard.said)


async def test_an_answer_has_its_lines_without_the_echo():
    async with modem_side(simulated_at()) as side, open_at(side.path) as port:
        answer = await port.ask("AT+CGMM")
        assert answer.ok
        assert answer.lines == (load_profile("ec25").identity.model,)
        refused = await port.ask("AT+NOTHING")
        assert (refused.ok, refused.result) == (False, "ERROR")


async def test_an_answer_that_comes_byte_by_byte_is_waited_for():
    async with modem_side(silent) as side, open_at(side.path) as port:
        async with trio.open_nursery() as nursery:

            async def dribble() -> None:
                for byte in b"AT\r\r\n+CREG: 0,1\r\n\r\nOK\r\n":
                    side.say(bytes([byte]))
                    await trio.sleep(0.001)

            nursery.start_soon(dribble)
            answer = await port.ask("AT", timeout=20)
        assert (answer.lines, answer.result) == (("+CREG: 0,1",), "OK")


async def test_a_gps_port_is_known_by_its_sentences_and_never_asked(
    monkeypatch: pytest.MonkeyPatch,
):
    monkeypatch.setattr(probe_module, "LISTEN_S", 30.0)
    async with modem_side(silent) as side:
        async with trio.open_nursery() as nursery:

            async def each_moment() -> None:
                while True:
                    side.say(without_fix())
                    await trio.sleep(0.05)

            nursery.start_soon(each_moment)
            assert (await probe_serial(side.path)).spoken == "nmea"
            nursery.cancel_scope.cancel()
        assert side.heard == b""


async def test_a_diagnostic_port_is_known_by_its_frames():
    async with modem_side(lambda _: QCDM) as side:
        assert (await probe_serial(side.path)).spoken == "qcdm"


@pytest.mark.parametrize("answer", [silent, lambda data: data])
async def test_a_port_that_is_silent_or_only_echoes_has_not_answered(answer: object):
    async with modem_side(answer) as side:  # type: ignore[arg-type]
        heard = await probe_serial(side.path)
        assert heard.spoken is None
        assert side.heard == b"AT\r"


async def test_without_an_answer_the_time_is_bounded():
    async with modem_side(silent) as side, open_at(side.path) as port:
        with trio.fail_after(10), pytest.raises(NoAnswer, match="no answer to AT"):
            await port.ask("AT", timeout=0.1)


async def test_the_settings_of_the_tty_are_put_back():
    async with modem_side(simulated_at()) as side:
        before = side.settings
        async with open_at(side.path) as port:
            assert side.settings != before
            await port.ask("AT")
        assert side.settings == before
        with pytest.raises(ZeroDivisionError):
            async with open_at(side.path):
                raise ZeroDivisionError
        with trio.CancelScope() as scope:
            async with open_at(side.path):
                scope.cancel()
                await trio.sleep_forever()
        assert side.settings == before


async def test_a_port_that_is_not_there_is_missing():
    with pytest.raises(PortMissing, match="/dev/ttyNOTHING"):
        async with open_at("/dev/ttyNOTHING"):
            pass


@pytest.mark.parametrize("path", ["/dev/null", "file"])
async def test_what_is_no_tty_is_told(path: str, tmp_path: Path):
    real = str(tmp_path / path) if path == "file" else path
    if path == "file":
        (tmp_path / path).touch()
    with pytest.raises(CannotTest, match="no serial port"):
        async with open_at(real):
            pass


async def test_a_port_that_another_program_locks_is_busy():
    async with modem_side(simulated_at()) as side, open_at(side.path):
        with pytest.raises(PortBusy, match="another program"):
            async with open_at(side.path):
                pass


async def test_a_modem_that_leaves_while_it_is_asked_is_gone():
    async with (
        modem_side(silent) as side,
        open_at(side.path) as port,
        trio.open_nursery() as nursery,
    ):

        async def leave() -> None:
            await trio.sleep(0.05)
            side.leave()

        nursery.start_soon(leave)
        with pytest.raises(DeviceGone):
            await port.ask("AT", timeout=20)


def test_pyserial_is_not_loaded_before_a_port_is_opened():
    code = "import sys, qmiprobe.at; sys.exit('serial' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], timeout=60, check=False).returncode == 0
