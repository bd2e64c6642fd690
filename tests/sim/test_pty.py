# SPDX-License-Identifier: GPL-2.0-or-later
"""The modem on a pty: clients come and go, and none gets what another left."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
import trio
import trio.testing
from trio.testing import wait_all_tasks_blocked

from qmiprobe._framing import Frame
from qmiprobe.capture import open_trace
from qmiprobe.errors import DeviceGone
from qmiprobe.mbim._frame import MbimFramer
from qmiprobe.mbim.services import basic_connect as bc
from qmiprobe.qmi._frame import QmuxFramer
from qmiprobe.qmi.services import ctl, dms, nas
from qmiprobe.sim import SimulatedModem, serve_pty
from qmiprobe.sim._parts import Mode
from qmiprobe.sim._pty import PtyPort
from qmiprobe.sim._trace import TracedPort
from qmiprobe.transport import open_wdm
from tests.sim.hosts import MbimHost, QmiHost

VERSIONS = bytes.fromhex("010b00000000000121000000")
OPEN = bytes.fromhex("01000000100000000100000000100000")


async def test_clients_come_and_go():
    modem = SimulatedModem("ec25")
    async with serve_pty(modem) as path:
        for _ in range(5):
            transport = await open_wdm(path, QmuxFramer())
            host = QmiHost(transport)
            client = await host.allocate("dms")
            assert (await host.call(dms.GetModel(), client=client)).model == "EC25"
            await transport.aclose()


async def test_an_answer_that_nobody_read_is_not_the_next_clients():
    async with serve_pty(SimulatedModem("ec25")) as path:
        for _ in range(20):
            fd = os.open(path, os.O_RDWR | os.O_NOCTTY)
            os.write(fd, VERSIONS)
            os.close(fd)
            await wait_all_tasks_blocked(0.005)
            transport = await open_wdm(path, QmuxFramer())
            assert await transport.drain(0.02) == []
            assert (await QmiHost(transport).call(ctl.GetVersionInfo())).service_list
            await transport.aclose()


async def test_what_is_taken_in_when_a_client_leaves_reaches_the_modem():
    port = PtyPort(QmuxFramer())
    items: list[object] = []

    received = trio.Event()

    async def receive() -> None:
        items.append(await port.receive())
        received.set()

    async with trio.open_nursery() as nursery:
        nursery.start_soon(receive)
        first = os.open(port.path, os.O_RDWR | os.O_NOCTTY)
        await wait_all_tasks_blocked(0.01)
        os.close(first)
        second = os.open(port.path, os.O_RDWR | os.O_NOCTTY)
        os.write(second, VERSIONS)
        port._look()  # what watches clients may be there before what waits for bytes
        with trio.move_on_after(1):
            await received.wait()
        nursery.cancel_scope.cancel()
    os.close(second)
    await port.aclose()
    assert items == [Frame(VERSIONS)]


async def test_indications_without_a_client_are_lost():
    modem = SimulatedModem("ec25")
    async with serve_pty(modem) as path:
        transport = await open_wdm(path, QmuxFramer())
        await QmiHost(transport).allocate("nas")
        await transport.aclose()
        await wait_all_tasks_blocked(0.02)
        modem.state.set_mode(Mode.LOW_POWER)
        await wait_all_tasks_blocked(0.02)
        transport = await open_wdm(path, QmuxFramer())
        assert await transport.drain(0.05) == []
        await transport.aclose()


async def test_half_a_message_of_a_client_that_left_does_no_harm():
    async with serve_pty(SimulatedModem("ec25")) as path:
        fd = os.open(path, os.O_RDWR | os.O_NOCTTY)
        os.write(fd, VERSIONS[:7])
        os.close(fd)
        await wait_all_tasks_blocked(0.02)
        transport = await open_wdm(path, QmuxFramer())
        assert (await QmiHost(transport).call(ctl.GetVersionInfo())).service_list
        await transport.aclose()


async def test_a_client_that_left_without_close_does_not_keep_the_next_from_opening():
    async with serve_pty(SimulatedModem("em7455")) as path:
        for _ in range(3):
            transport = await open_wdm(path, MbimFramer())
            host = MbimHost(transport)
            await host.open()
            assert (await host.call(bc.DeviceCapsQuery())).device_id
            await transport.aclose()


async def test_a_client_may_come_back_to_a_function_that_stayed_open():
    async with serve_pty(SimulatedModem("em7455")) as path:
        transport = await open_wdm(path, MbimFramer())
        await MbimHost(transport).open()
        await transport.aclose()
        transport = await open_wdm(path, MbimFramer())
        assert (await MbimHost(transport).call(bc.DeviceCapsQuery())).device_id
        await transport.aclose()


@pytest.mark.parametrize(("profile", "question"), [("ec25", OPEN), ("em7455", VERSIONS)])
async def test_the_other_protocol_is_met_with_silence(profile: str, question: bytes):
    async with serve_pty(SimulatedModem(profile)) as path:
        transport = await open_wdm(path, QmuxFramer())
        await transport.send(question)
        assert await transport.drain(0.3) == []
        await transport.aclose()


async def test_messages_arrive_in_pieces():
    async with serve_pty(SimulatedModem("ec25")) as path:
        transport = await open_wdm(path, QmuxFramer())
        fd = os.open(path, os.O_RDWR | os.O_NOCTTY)
        for byte in VERSIONS:
            os.write(fd, bytes((byte,)))
            await trio.sleep(0.001)
        with trio.fail_after(2):
            item = await transport.receive()
        os.close(fd)
        assert item.data[8:10] == b"\x21\x00"
        await transport.aclose()


async def test_the_pty_goes_with_the_modem():
    before = set(os.listdir("/proc/self/fd"))
    async with serve_pty(SimulatedModem("ec25")) as path:
        transport = await open_wdm(path, QmuxFramer())
    with trio.fail_after(2), pytest.raises(DeviceGone):
        await transport.receive()
    await transport.aclose()
    assert set(os.listdir("/proc/self/fd")) == before


async def test_a_client_that_does_not_read_does_not_stop_the_modem():
    modem = SimulatedModem("ec25")
    async with serve_pty(modem) as path:
        fd = os.open(path, os.O_RDWR | os.O_NOCTTY | os.O_NONBLOCK)
        for _ in range(3000):
            try:
                os.write(fd, VERSIONS)
            except BlockingIOError:
                await trio.sleep(0.001)
        await trio.sleep(0.05)
        os.close(fd)
        await trio.sleep(0.1)
        transport = await open_wdm(path, QmuxFramer())
        await transport.drain(0.05)
        assert (await QmiHost(transport).call(ctl.GetVersionInfo())).service_list
        await transport.aclose()


async def test_a_trace_is_written_from_the_hosts_point_of_view(tmp_path: Path):
    file = tmp_path / "trace"
    with file.open("w", encoding="utf-8") as writer:

        def traced(port: object) -> TracedPort:
            return TracedPort(port, writer, protocol="qmi")  # type: ignore[arg-type]

        async with serve_pty(SimulatedModem("ec25"), wrap=traced) as path:
            transport = await open_wdm(path, QmuxFramer())
            client = await QmiHost(transport).allocate("nas")
            assert client
            await transport.aclose()
    with file.open(encoding="utf-8") as reader:
        header, entries = open_trace(reader)
        found = [(entry.direction, entry.data[8:10]) for entry in entries]
    assert header.protocol == "qmi"
    assert found == [("to-device", b"\x22\x00"), ("from-device", b"\x22\x00")]


def simulate(*arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "qmiprobe", "simulate", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.mark.parametrize(("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_the_command_serves_until_it_is_told_to_end(
    number: signal.Signals, status: int, tmp_path: Path
):
    trace = tmp_path / "trace"
    with simulate("ec25", "--pty", "--json", "--fault", "no-sim", "--trace", str(trace)) as running:
        assert running.stdout is not None
        told = json.loads(running.stdout.readline())
        assert (told["profile"], told["protocol"], told["faults"]) == ("ec25", "qmi", ["no-sim"])

        async def ask() -> str:
            transport = await open_wdm(told["pty"], QmuxFramer())
            host = QmiHost(transport)
            client = await host.allocate("nas")
            answer = await host.call(nas.GetServingSystem(), client=client)
            await transport.aclose()
            return str(answer.serving_system.registration_state)

        assert trio.run(ask) == "not-registered"
        running.send_signal(number)
        assert running.wait(timeout=10) == status
        assert running.stderr is not None
        assert running.stderr.read() == ""
    assert len(trace.read_text().splitlines()) == 5


def test_the_path_alone_is_printed_for_people():
    with simulate("em7455", "--pty") as running:
        assert running.stdout is not None
        path = running.stdout.readline().strip()
        assert path.startswith("/dev/pts/")
        running.terminate()
        assert running.wait(timeout=10) == 143


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["ec25"], "Give --pty, --proxy, --usbip or --usbip-listen"),
        (["ec25", "--pty", "--event", "signal rsrp=low"], "rsrp=low is no number"),
        (["ec52", "--pty"], "'ec52' is not one of"),
        (["ec25", "--pty", "--fault", "nonsense"], "'nonsense' is not one of"),
        (["em7455", "--pty", "--fault", "raw-ip-mismatch"], "for QMI modems only"),
    ],
)
def test_mistakes_are_usage_errors(arguments: list[str], complaint: str):
    with simulate(*arguments) as running:
        _, text = running.communicate(timeout=20)
    assert running.returncode == 2
    assert complaint in text


def test_the_help_lists_profiles_and_faults():
    with simulate("--help") as running:
        text, _ = running.communicate(timeout=20)
    words = ("ec25", "l850", "no-sim", "mtu-black-hole", "Faults of QMI modems:", "registration")
    for word in words:
        assert word in text
    assert max(map(len, text.splitlines())) <= 100
