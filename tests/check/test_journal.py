# SPDX-License-Identifier: GPL-2.0-or-later
"""Client ids in the journal, seen from outside: runs of the program on a simulated modem's pty."""

from __future__ import annotations

import os
import signal
import sys
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import jsonschema
import trio

from qmiprobe._framing import Frame, Garbage
from qmiprobe.qmi._codec import decode
from qmiprobe.report import schema
from qmiprobe.sim import SimulatedModem, serve_pty
from qmiprobe.transport import ControlTransport
from tests.requirements import CHECKOUT
from tests.soak.ended import Stage

WDA, DMS = 0x1A, 2


class Listening:
    """The modem's end of a port; counts what is asked, and may take long over one message."""

    def __init__(self, inner: ControlTransport, asked: Counter[str], *, slow: str = "") -> None:
        self.name, self.max_command = inner.name, inner.max_command
        self._inner = inner
        self._asked = asked
        self._slow = slow

    async def send(self, message: bytes) -> None:
        await self._inner.send(message)

    async def receive(self) -> Frame | Garbage:
        item = await self._inner.receive()
        body = decode(item.data).body
        assert body is not None
        self._asked[body.message] += 1
        if body.message == self._slow:
            await trio.sleep(3)
        return item

    async def aclose(self) -> None:
        await self._inner.aclose()


@asynccontextmanager
async def stage(
    folder: Path, asked: Counter[str] | None = None, *, faults: tuple[str, ...] = (), slow: str = ""
) -> AsyncIterator[Stage]:
    """Serve a modem that answers at once."""
    counted = Counter[str]() if asked is None else asked
    modem = SimulatedModem("ec25", faults=faults)
    with trio.fail_after(60):
        async with serve_pty(modem, wrap=lambda inner: Listening(inner, counted, slow=slow)) as at:
            yield Stage(modem, at, folder)


async def called(
    on: Stage, *more: str, kill_when: str = "", asked: Counter[str] | None = None
) -> str:
    """Run `qmiprobe call`; return what it says beside the answer."""
    environment = {**os.environ, "QMIPROBE_RUNTIME_DIR": str(on.folder / "run")}
    command = [sys.executable, "-W", "error", "-m", "qmiprobe", "call", on.path, "dms.get-model"]
    command += more
    with (on.folder / "err").open("wb") as complaints:
        process = await trio.lowlevel.open_process(
            command, stdout=complaints, stderr=complaints, cwd=CHECKOUT, env=environment
        )
    try:
        while kill_when and asked is not None and not asked[kill_when]:  # noqa: ASYNC110
            await trio.sleep(0.01)
        if kill_when:
            process.send_signal(signal.SIGKILL)
        assert await process.wait() == (-signal.SIGKILL if kill_when else 0)
    finally:
        process.kill()
        with trio.CancelScope(shield=True):
            await process.wait()
    return (on.folder / "err").read_text()


async def test_a_check_asks_for_no_more_ids_than_it_uses_and_tries(tmp_path: Path):
    asked: Counter[str] = Counter()
    async with stage(tmp_path, asked) as on:
        ended = await on.run()
    assert (ended.status, ended.err) == (0, "")
    # Five services, the spare one, and one for a look at whether a session is up.
    assert (asked["allocate-cid"], asked["release-cid"]) == (7, 7)
    assert asked["sync"] == 0
    assert "one more of wda" in ended.check("control.clients")["summary"]
    assert os.listdir(tmp_path / "run") == []


async def test_with_a_session_the_service_that_it_needs_is_tried(tmp_path: Path):
    async with stage(tmp_path) as on:
        ended = await on.run("--connect")
    assert ended.status == 0
    assert "one more of wds" in ended.check("control.clients")["summary"]


async def test_a_modem_with_one_client_of_a_service_fails_as_it_does_without_a_journal(
    tmp_path: Path,
):
    async with stage(tmp_path, faults=("one-client",)) as on:
        ended = await on.run()
        assert (on.modem.client_ids, on.noted) == ([], [])
    assert ended.status == 1
    assert "a second one of wds" in str(ended.check("control.clients")["evidence"])


async def test_a_journal_that_cannot_be_written_is_a_note(tmp_path: Path):
    (tmp_path / "run").write_text("a file in the folder's place")
    async with stage(tmp_path) as on:
        ended = await on.run()
        assert (ended.status, ended.report["outcome"]) == (0, "pass")
        (note,) = ended.check("control.clients")["evidence"]
        assert "not written down" in note["text"]
        said = await called(on)
        assert "model: EC25" in said
        assert "also seen: journal: the client ids of this run were not written down" in said
        assert on.modem.client_ids == []


async def test_a_call_leaves_nothing_and_asks_for_no_more_than_it_uses(tmp_path: Path):
    asked: Counter[str] = Counter()
    async with stage(tmp_path, asked) as on:
        said = await called(on)
        assert "also seen" not in said
        assert on.modem.client_ids == []
    assert asked == {"allocate-cid": 1, "get-model": 1, "release-cid": 1}
    assert os.listdir(tmp_path / "run") == []


async def test_what_a_killed_call_left_goes_back_in_the_next_check(tmp_path: Path):
    asked: Counter[str] = Counter()
    async with stage(tmp_path, asked, slow="get-model") as on:
        await called(on, "--repeat", "3", kill_when="get-model", asked=asked)
        assert on.noted == sorted(on.modem.client_ids) == [(DMS, 1), (WDA, 2)]
        await trio.sleep(3.5)  # it is still busy with what nobody waits for
        ended = await on.run("--only", "control.clients")
        assert on.modem.client_ids == on.noted == []
    assert ended.status == 0
    (finding,) = ended.report["findings"]
    assert finding["explains"] == ["control.clients"]
    assert finding["remedy"]["commands"] == []
    assert "Nothing needs to be done" in finding["remedy"]["text"]
    assert "dms 1" in str(finding["evidence"])
    jsonschema.validate(ended.report, schema("report"))
