# SPDX-License-Identifier: GPL-2.0-or-later
"""What usbmon records of a modem decodes to exactly the messages that the modem itself saw."""

from __future__ import annotations

import json
import signal
from collections.abc import AsyncGenerator, Generator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

import pytest
import trio

from qmiprobe._framing import Frame, Garbage
from qmiprobe.sim._profile import Protocol
from qmiprobe.transport import ControlTransport
from tests.lab import slow
from tests.lab.online import Judge, judge_process
from tests.lab.plugged import plugged, run
from tests.lab.stock import peer_at

pytestmark = pytest.mark.needs("lab", "qmicli", "mbimcli", "tcpdump")

TEXT = "/sys/kernel/debug/usb/usbmon/1u"
ALL_BUSES = "/sys/kernel/debug/usb/usbmon/0u"
EIGHT = ("lt4112", "ec25", "em7455", "mc7455", "em7455", "ec25", "lt4112", "ec25")
TOOLS = {"ec25": "qmicli", "em7455": "mbimcli"}
ACTIONS = {
    "qmicli": ("--dms-get-model", "--nas-get-serving-system", "--uim-get-card-status"),
    "mbimcli": ("--query-device-caps", "--query-registration-state", "--query-device-services"),
}


class Seen:
    """The messages of a modem's control ports, each with its direction."""

    def __init__(self) -> None:
        self.messages: list[tuple[str, str]] = []

    def wrap(self, port: ControlTransport, _protocol: Protocol) -> ControlTransport:
        """Stand between a port and the modem."""
        return _Watched(port, self)


class _Watched:
    def __init__(self, port: ControlTransport, seen: Seen) -> None:
        self._port = port
        self._seen = seen
        self.name = port.name
        self.max_command = port.max_command

    async def send(self, message: bytes) -> None:
        self._seen.messages.append(("from-device", message.hex()))
        await self._port.send(message)

    async def receive(self) -> Frame | Garbage:
        item = await self._port.receive()
        self._seen.messages.append(("to-device", item.data.hex()))
        return item

    async def aclose(self) -> None:
        await self._port.aclose()


@pytest.fixture(name="judge", scope="module")
def _judge() -> Generator[Judge, None, None]:
    with judge_process() as judge:
        yield judge


@asynccontextmanager
async def _recording(*command: str) -> AsyncGenerator[None, None]:
    """Have a program record until the block has ended, and a moment longer."""
    async with trio.open_nursery() as nursery:
        process = await nursery.start(_run, command)
        await trio.sleep(slow(0.1))
        yield
        await trio.sleep(slow(0.1))
        process.send_signal(signal.SIGINT)


async def _run(command: tuple[str, ...], *, task_status: trio.TaskStatus[trio.Process]) -> None:
    await trio.run_process(command, check=False, capture_stderr=True, task_status=task_status)


@pytest.mark.parametrize("profile", TOOLS)
async def test_pcap_and_text_decode_to_the_messages_of_the_modem(
    judge: Judge, tmp_path: Path, profile: str
):
    tool = TOOLS[profile]
    pcap, text = tmp_path / "usb.pcap", tmp_path / "usb.txt"
    seen = Seen()
    tcpdump = ("tcpdump", "-i", "usbmon1", "-U", "-Z", "root", "-w", str(pcap))
    async with plugged(profile, wrap=seen.wrap) as plug:
        before = len(seen.messages)
        async with _recording(*tcpdump), _recording("sh", "-c", f"exec cat {TEXT} > {text}"):
            peer = await peer_at(plug, tool)
            for action in ACTIONS[tool]:
                await peer.good(action)
        messages = seen.messages[before:]
    assert len(messages) >= 2 * len(ACTIONS[tool])
    assert await _decoded(judge, pcap) == messages
    # The text keeps 32 bytes of each transfer.
    shown = await _decoded(judge, text, status=1)
    assert len(shown) == len(messages)
    for (direction, message), (where, beginning) in zip(messages, shown, strict=True):
        assert direction == where
        assert message.startswith(beginning)
        assert beginning == message or len(beginning) == 64


async def _decoded(judge: Judge, path: Path, *, status: int = 0) -> list[tuple[str, str]]:
    """Return direction and bytes of the messages that ``qmiprobe decode`` finds in a file."""
    ended, output, errors = await judge.run("decode", "--json", "--keep-personal", str(path))
    assert (ended, errors) == (status, ""), (output[-1000:], errors)
    documents = [json.loads(line) for line in output.splitlines()]
    return [(one["direction"], one["hex"]) for one in documents]


async def test_capture_for_wireshark_is_written_of_it(judge: Judge, tmp_path: Path):
    pcap, made = tmp_path / "usb.pcap", tmp_path / "messages.pcapng"
    words = ("tcpdump", "-i", "usbmon1", "-U", "-Z", "root", "-w", str(pcap))
    async with plugged("ec25") as plug, _recording(*words):
        await (await peer_at(plug, "qmicli")).good("--dms-get-model")
    status, _, errors = await judge.run("decode", "-o", str(made), str(pcap))
    assert (status, errors) == (0, "")
    assert await _decoded(judge, made) == await _decoded(judge, pcap)
    assert (await run("tcpdump", "-nr", str(made)))[0] == 0


@pytest.mark.soak
async def test_a_list_of_eight_modems_asks_none_of_them(judge: Judge, tmp_path: Path):
    text = tmp_path / "usb.txt"
    async with AsyncExitStack() as stack:
        modems = [await stack.enter_async_context(plugged(profile)) for profile in EIGHT]
        async with _recording("sh", "-c", f"exec cat {ALL_BUSES} > {text}"):
            begun = trio.current_time()
            status, output, _ = await judge.run("list", "--json")
            took = trio.current_time() - begun
            await trio.sleep(slow(0.1))
            quiet = text.read_text(encoding="ascii")
            await modems[0].configure(1)
        assert text.read_text(encoding="ascii"), "nothing is recorded at all"
    assert status == 0
    assert len(json.loads(output)["modems"]) == len(EIGHT)
    assert quiet == ""
    print(f"list --json of {len(EIGHT)} modems: {took:.2f} s on the emulated machine")
