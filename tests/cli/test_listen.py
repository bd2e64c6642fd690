# SPDX-License-Identifier: GPL-2.0-or-later
"""``listen``: what the modem tells, through resets and unplugging, and nothing left behind."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
import trio

from qmiprobe.address import parse
from qmiprobe.capture import Captured, Decoder
from qmiprobe.cli import _listen, _listen_mbim
from qmiprobe.cli._indications import indication_words, parse_wanted
from qmiprobe.cli._listen import Heard, Listening, listen
from qmiprobe.cli._registrations import REGISTRATIONS, registered_services, requests_of
from qmiprobe.device import Observed
from qmiprobe.errors import MbimError, QmiError, QmiprobeError
from qmiprobe.mbim.services._shared import Service
from qmiprobe.qmi._codec import encode_tlvs
from qmiprobe.sim import SimulatedModem, serve_pty
from qmiprobe.sim._parts import Mode, Registration
from tests.capture.messages import assert_valid
from tests.cli.inside import run

PATIENCE = 10.0
_PREFIX = {"ec25": "qmi:", "em7455": "mbim:"}


class Listener:
    """A run of ``listen`` beside the test, and what it showed and told."""

    def __init__(self, path: str, *words: str, profile: str = "ec25") -> None:
        self.shown: list[str] = []
        self.told: list[str] = []
        self.run = Listening(
            address=parse(_PREFIX[profile] + path),
            observed=Observed(),
            wanted=[parse_wanted(word) for word in words],
        )

    def _show(self, heard: Heard) -> bool:
        item = Captured(data=heard.raw, protocol=heard.protocol, direction="from-device")
        said = Decoder(mbimex=heard.mbimex).decode(item).json()
        self.shown.append(f"{said['service']}.{said['message']}")
        return True

    @asynccontextmanager
    async def listening(self) -> AsyncGenerator[Listener, None]:
        async with trio.open_nursery() as nursery:
            nursery.start_soon(listen, self.run, self._show, self.told.append)
            await self.until(lambda: any("listening to" in one for one in self.told))
            yield self
            nursery.cancel_scope.cancel()

    async def until(self, is_so: Callable[[], bool]) -> None:
        with trio.fail_after(PATIENCE):
            while not is_so():  # noqa: ASYNC110
                await trio.sleep(0.02)


def registered(modem: SimulatedModem) -> int:
    """How many client ids the modem has given out."""
    return len(modem.face.connection.clients.held())  # type: ignore[union-attr]


async def test_what_a_qmi_modem_tells_is_shown_and_its_client_ids_go_back():
    modem = SimulatedModem("ec25")
    async with serve_pty(modem) as path:
        async with Listener(path).listening() as heard:
            assert registered(modem) >= 4
            modem.state.meet(Registration.ROAMING)
            modem.state.set_mode(Mode.LOW_POWER)
            await heard.until(lambda: "dms.event-report" in heard.shown)
            assert "nas.serving-system" in heard.shown
            assert "nas.system-info" in heard.shown
        assert registered(modem) == 0


async def test_only_the_services_that_are_named_are_registered_with():
    modem = SimulatedModem("ec25")
    async with serve_pty(modem) as path, Listener(path, "nas.system-info").listening() as heard:
        services = {service for service, _ in modem.face.connection.clients.held()}  # type: ignore[union-attr]
        modem.state.meet(Registration.SEARCHING)
        modem.state.meet(Registration.HOME)
        await heard.until(lambda: len(heard.shown) > 1)
        assert set(heard.shown) == {"nas.system-info"}
        assert 3 in services  # nas
        assert 2 not in services  # dms


async def test_a_qmi_modem_that_starts_anew_is_registered_with_again():
    modem = SimulatedModem("ec25")
    async with serve_pty(modem) as path, Listener(path, "nas", "ctl").listening() as heard:
        modem.state.set_mode(Mode.RESET)
        await heard.until(lambda: any("back after" in one for one in heard.told))
        assert "ctl.sync" in heard.shown
        assert any("the modem left" in one and "reset" in one for one in heard.told)
        before = heard.shown.count("nas.system-info")
        modem.state.meet(Registration.DENIED, reject=11)
        await heard.until(lambda: heard.shown.count("nas.system-info") > before)


@pytest.mark.parametrize("profile", ["ec25", "em7455"])
async def test_a_modem_that_is_unplugged_is_waited_for(
    profile: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(_listen, "AGAIN", 0.05)
    node = tmp_path / "cdc-wdm0"
    async with trio.open_nursery() as nursery:
        heard = Listener(str(node), profile=profile)
        async with serve_pty(SimulatedModem(profile)) as path:
            node.symlink_to(path)
            nursery.start_soon(listen, heard.run, heard._show, heard.told.append)
            await heard.until(lambda: bool(heard.told))
        await heard.until(lambda: any("the modem left" in one for one in heard.told))
        node.unlink()
        await trio.sleep(0.3)
        modem = SimulatedModem(profile)
        async with serve_pty(modem) as path:
            node.symlink_to(path)
            await heard.until(lambda: "listening to" in heard.told[-1])
            modem.state.meet(Registration.ROAMING)
            await heard.until(
                lambda: any("serving" in one or "register" in one for one in heard.shown)
            )
            nursery.cancel_scope.cancel()
    assert len([one for one in heard.told if "the modem left" in one]) == 1
    assert any(
        re.search(r"back after \d\.\d s, and registered with again", one) for one in heard.told
    )


async def test_an_mbim_function_gets_a_list_and_is_then_as_before():
    modem = SimulatedModem("em7455")
    async with serve_pty(modem) as path:
        heard = Listener(path, "ms-basic-connect-extensions", profile="em7455")
        async with heard.listening():
            ((_, port),) = modem.face._ports.values()  # type: ignore[union-attr]
            name = Service.from_name("ms-basic-connect-extensions")
            assert set(port.subscribed or ()) == {bytes(name)}
        assert bytes(Service.from_name("basic-connect")) in (port.subscribed or ())


async def test_an_mbim_function_that_was_reset_is_found_out_and_opened_again(
    monkeypatch: pytest.MonkeyPatch,
):
    monkeypatch.setattr(_listen_mbim, "QUIET", 0.5)
    modem = SimulatedModem("em7455")
    async with serve_pty(modem) as path:
        heard = Listener(path, "basic-connect.register-state", profile="em7455")
        async with heard.listening():
            modem.state.set_mode(Mode.RESET)
            await heard.until(lambda: any("back after" in one for one in heard.told))
            modem.state.meet(Registration.ROAMING)
            await heard.until(lambda: bool(heard.shown))
            assert set(heard.shown) == {"basic-connect.register-state"}


async def test_a_service_that_the_modem_has_not_got_is_an_error():
    for profile, word, kind in (("ec25", "voice", QmiError), ("em7455", "ussd", QmiprobeError)):
        async with serve_pty(SimulatedModem(profile)) as path:
            heard = Listener(path, word, profile=profile)
            with pytest.raises(kind, match=word):
                await listen(heard.run, heard._show, heard.told.append)
            assert not isinstance(kind, MbimError)


@pytest.mark.parametrize("one", REGISTRATIONS, ids=lambda one: f"{one.service}.{one.message}")
def test_each_registration_is_a_request_that_can_be_sent(one: object):
    tries = requests_of(one)  # type: ignore[arg-type]
    assert tries
    for body in (body for attempt in tries for body in attempt):
        assert encode_tlvs(body)


def test_registrations_change_nothing_else():
    """A refresh waits for its clients; a location server asks those who want its questions."""
    assert not any(one.message.startswith("refresh") for one in REGISTRATIONS)
    (loc,) = (one for one in REGISTRATIONS if one.service == "loc")
    asked = str(loc.fields) + str(loc.instead)
    assert "ni-notify" not in asked
    assert "inject" not in asked
    assert "ctl" not in registered_services()


def test_the_command_ends_after_a_count_or_a_time():
    ended = run("listen", "sim:ec25", "nas", "--for", "0.5")
    assert (ended.status, ended.out) == (0, "")
    assert "sim:ec25: listening to nas" in ended.err
    ended = run("listen", "sim:em7455", "--count", "3", "--for", "0.5")
    assert ended.status == 4
    assert "0 of 3 indications came within 0.5 s" in ended.err


def test_a_trace_is_listened_to_until_its_end(tmp_path: Path):
    trace = tmp_path / "trace"
    assert run("listen", "sim:ec25", "nas", "--for", "0.3", "--trace", str(trace)).status == 0
    lines = [one for one in trace.read_text().splitlines() if "release-cid" not in one]
    trace.write_text("\n".join(lines) + "\n")
    ended = run("listen", f"replay:{trace}", "nas", "--for", "20")
    assert ended.status == 0
    assert "waiting" not in ended.err


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (["nass"], "no service 'nass': did you mean nas"),
        (["nas.signal-inf"], "no indication 'signal-inf': did you mean signal-info"),
        (["nas.get-signal-info"], "no indication 'get-signal-info'"),
        (["nas", "basic-connect"], "one run speaks one protocol"),
        (["--count", "0"], "--count"),
    ],
)
def test_mistakes_are_usage_errors(words: list[str], complaint: str):
    ended = run("listen", "sim:ec25", *words)
    assert ended.status == 2
    assert complaint in ended.err


def test_a_service_of_the_other_protocol_is_one():
    ended = run("listen", "sim:ec25", "basic-connect", "--for", "1")
    assert ended.status == 5


def test_completion_offers_what_can_be_heard():
    assert "nas" in indication_words("na")
    assert "mbim/sms" in indication_words("mbim/s")
    assert indication_words("nas.signal") == ["nas.signal-info"]
    assert not any("get-" in word for word in indication_words("dms."))
    assert "nas" not in indication_words("", wanted="mbim")


@pytest.mark.parametrize(("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_signal_ends_it_after_all_was_put_back(
    number: signal.Signals, status: int, tmp_path: Path
):
    trace = tmp_path / "trace"
    program = [sys.executable, "-W", "error", "-m", "qmiprobe"]
    events = ("--event", "after=0.5 every=0.2 signal rsrp=-90,-110")
    with subprocess.Popen(
        [*program, "simulate", "ec25", "--pty", *events], stdout=subprocess.PIPE, text=True
    ) as modem:
        assert modem.stdout is not None
        path = modem.stdout.readline().strip()
        with subprocess.Popen(
            [*program, "listen", f"qmi:{path}", "--json", "--trace", str(trace)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        ) as listening:
            assert listening.stdout is not None
            for _ in range(3):
                said = json.loads(listening.stdout.readline())
                assert_valid(said)
                assert (said["kind"], said["direction"]) == ("indication", "from-device")
                assert said["time"] > 1e9
            listening.send_signal(number)
            assert listening.wait(timeout=20) == status
            assert listening.stderr is not None
            assert "Traceback" not in listening.stderr.read()
        modem.terminate()
    text = trace.read_text()
    assert text.count("allocate-cid") == text.count("release-cid") > 0
