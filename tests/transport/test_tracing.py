# SPDX-License-Identifier: GPL-2.0-or-later
"""Traces: what is written, when, what is left out; and that reading gives it back."""

from __future__ import annotations

import io
import json

import pytest
import trio
from trio.testing import wait_all_tasks_blocked

import qmiprobe
from qmiprobe._framing import Frame, Garbage
from qmiprobe._trace_format import TraceEntry
from qmiprobe.capture._trace import open_trace
from qmiprobe.errors import DeviceGone, TransportError
from qmiprobe.transport import Tracing, memory_pair

SECRET = b"\x01\x02IMEI"


class Clock:
    """Seconds that the test sets."""

    now = 100.0

    def __call__(self) -> float:
        return self.now


async def test_each_message_is_a_line_with_time_direction_and_hex():
    host, modem = memory_pair("sim:test", max_command=512)
    clock, out = Clock(), io.StringIO()
    traced = Tracing(host, out, clock, protocol="qmi")
    clock.now = 100.25
    await traced.send(b"\x01\xff")
    await modem.deliver(Garbage(b"\xee"))
    await modem.send(b"\x02")
    clock.now = 101.5
    assert await traced.receive() == Garbage(b"\xee")
    assert await traced.receive() == Frame(b"\x02")
    assert [json.loads(line) for line in out.getvalue().splitlines()] == [
        {
            "format": "qmiprobe-trace/1",
            "tool": {"name": "qmiprobe", "version": qmiprobe.__version__},
            "protocol": "qmi",
            "port": "sim:test",
            "max_command": 512,
        },
        {"t": 0.25, "dir": "to-device", "hex": "01ff", "kind": "frame"},
        {"t": 1.5, "dir": "from-device", "hex": "ee", "kind": "garbage"},
        {"t": 1.5, "dir": "from-device", "hex": "02", "kind": "frame"},
    ]
    assert (traced.name, traced.max_command) == ("sim:test", 512)


async def test_what_was_written_is_what_is_read():
    host, modem = memory_pair("sim:test")
    out = io.StringIO()
    traced = Tracing(host, out, Clock(), protocol="mbim", name_of=lambda data: f"n{len(data)}")
    await traced.send(b"abc")
    await modem.send(b"de")
    await traced.receive()
    header, entries = open_trace(out.getvalue().splitlines())
    assert (header.protocol, header.version) == ("mbim", qmiprobe.__version__)
    assert list(entries) == [
        TraceEntry(time=0, direction="to-device", data=b"abc", name="n3"),
        TraceEntry(time=0, direction="from-device", data=b"de", name="n2"),
    ]


async def test_messages_are_redacted_in_the_trace_and_only_there():
    host, modem = memory_pair("sim:test")
    out = io.StringIO()
    traced = Tracing(
        host,
        out,
        Clock(),
        redact=lambda data: data.replace(b"IMEI", b"XXXX"),
        name_of=lambda data: "secret" if b"IMEI" in data else None,
    )
    await traced.send(SECRET)
    assert await modem.receive() == Frame(SECRET)
    await modem.deliver(Garbage(SECRET))
    assert await traced.receive() == Garbage(SECRET)
    assert b"IMEI".hex() not in out.getvalue()
    assert [entry.name for entry in open_trace(out.getvalue().splitlines())[1]] == ["secret"] * 2


async def test_bytes_that_cannot_be_redacted_are_withheld():
    host, modem = memory_pair("sim:test")
    out = io.StringIO()

    def redact(data: bytes) -> bytes:
        raise IndexError(data)

    traced = Tracing(host, out, Clock(), redact=redact)
    await traced.send(SECRET)
    assert await modem.receive() == Frame(SECRET)
    (entry,) = open_trace(out.getvalue().splitlines())[1]
    assert (entry.data, entry.name) == (b"", "6 bytes withheld: IndexError")


async def test_a_message_that_was_not_sent_is_not_in_the_trace():
    host, modem = memory_pair("sim:test", max_command=2)
    out = io.StringIO()
    traced = Tracing(host, out, Clock())
    with pytest.raises(TransportError):
        await traced.send(b"abc")
    await modem.send(b"d")
    await traced.receive()
    host.break_now()
    with pytest.raises(DeviceGone):
        await traced.send(b"e")
    assert [entry.data for entry in open_trace(out.getvalue().splitlines())[1]] == [b"d"]


class Late:
    """A transport whose send returns after the answer has come, as on a slow machine."""

    name = "late"
    max_command = None

    def __init__(self) -> None:
        self.answered = trio.Event()

    async def send(self, message: bytes) -> None:
        await self.answered.wait()
        await trio.sleep(0.01)

    async def receive(self) -> Frame:
        self.answered.set()
        return Frame(b"answer")

    async def aclose(self) -> None: ...


async def test_a_request_stands_before_its_answer_though_the_answer_was_faster():
    out = io.StringIO()
    traced = Tracing(Late(), out, Clock())
    async with trio.open_nursery() as nursery:
        nursery.start_soon(traced.send, b"request")
        await wait_all_tasks_blocked()
        await traced.receive()
    entries = open_trace(out.getvalue().splitlines())[1]
    assert [entry.data for entry in entries] == [b"request", b"answer"]


class Full(io.StringIO):
    """A disk that is full after the header."""

    def write(self, text: str, /) -> int:
        if self.getvalue():
            raise OSError(28, "No space left on device")
        return super().write(text)


@pytest.mark.parametrize("closes", [True, False])
async def test_a_trace_that_cannot_be_written_ends_and_the_messages_go_on(closes: bool):
    host, modem = memory_pair("sim:test")
    out = io.StringIO() if closes else Full()
    traced = Tracing(host, out, Clock())
    if closes:
        out.close()
    await traced.send(b"a")
    assert traced.failure is not None
    assert await modem.receive() == Frame(b"a")
    await traced.aclose()
    with pytest.raises(DeviceGone):
        await modem.receive()
