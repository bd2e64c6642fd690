# SPDX-License-Identifier: GPL-2.0-or-later
"""Replays: recorded answers to the same requests, in order, under the transactions of today."""

from __future__ import annotations

from typing import Literal

import pytest
import trio
from trio.testing import wait_all_tasks_blocked

from qmiprobe._framing import Frame, Garbage
from qmiprobe._trace_format import TraceEntry
from qmiprobe.errors import DeviceGone, TransportError
from qmiprobe.transport import ReplayTransport, replay

# A small protocol for the test: service, transaction (0: indication), then what is said.


def same_request(recorded: bytes, asked: bytes) -> bool:
    return recorded[0] == asked[0] and recorded[2:] == asked[2:]


def retag(answer: bytes, request: bytes) -> bytes | None:
    if answer[0] != request[0] or answer[1] == 0:
        return None
    return answer[:1] + request[1:2] + answer[2:]


def to(data: bytes, *, name: str | None = None) -> TraceEntry:
    return TraceEntry(time=0.5, direction="to-device", data=data, name=name)


def back(data: bytes, *, garbage: bool = False) -> TraceEntry:
    kind: Literal["frame", "garbage"] = "garbage" if garbage else "frame"
    return TraceEntry(time=0.5, direction="from-device", data=data, kind=kind)


def playing(*entries: TraceEntry, at_end: Literal["wait", "gone"] = "wait") -> ReplayTransport:
    return replay(entries, same_request=same_request, retag=retag, at_end=at_end)


async def test_a_recorded_request_gets_its_recorded_answer_under_the_new_transaction():
    port = playing(to(b"D\x01ids"), back(b"D\x01imei"), to(b"D\x02mode"), back(b"D\x02online"))
    await port.send(b"D\x41ids")
    assert await port.receive() == Frame(b"D\x41imei")
    await port.send(b"D\x42mode")
    assert await port.receive() == Frame(b"D\x42online")
    assert port.finished


async def test_an_answer_comes_only_after_its_request():
    port = playing(to(b"D\x01ids"), back(b"D\x01imei"))
    with trio.move_on_after(0.02) as scope:
        await port.receive()
    assert scope.cancelled_caught
    async with trio.open_nursery() as nursery:
        nursery.start_soon(port.send, b"D\x07ids")
        assert await port.receive() == Frame(b"D\x07imei")


async def test_indications_and_garbage_come_at_their_place_and_unchanged():
    port = playing(
        back(b"N\x00hello"),
        to(b"D\x01ids"),
        back(b"N\x00signal"),
        back(b"\xff\xff", garbage=True),
        back(b"D\x01imei"),
    )
    assert await port.receive() == Frame(b"N\x00hello")
    await port.send(b"D\x09ids")
    got = [await port.receive() for _ in range(3)]
    assert got == [Frame(b"N\x00signal"), Garbage(b"\xff\xff"), Frame(b"D\x09imei")]


async def test_each_of_several_open_requests_gets_its_own_answer():
    port = playing(
        to(b"D\x01a"),
        to(b"N\x01b"),
        to(b"D\x02c"),
        back(b"D\x02C"),
        back(b"N\x01B"),
        back(b"D\x01A"),
    )
    for request in (b"D\x11a", b"N\x21b", b"D\x12c"):
        await port.send(request)
    got = [(await port.receive()).data for _ in range(3)]
    assert got == [b"D\x12C", b"N\x21B", b"D\x11A"]


async def test_a_transaction_that_was_used_again_belongs_to_the_younger_request():
    port = playing(to(b"C\x01a"), back(b"C\x01A"), to(b"C\x01b"), back(b"C\x01B"))
    await port.send(b"C\x05a")
    assert (await port.receive()).data == b"C\x05A"
    await port.send(b"C\x01b")
    assert (await port.receive()).data == b"C\x01B"


async def test_several_answers_to_one_request_all_come():
    port = playing(to(b"D\x01scan"), back(b"D\x01part 1"), back(b"D\x01part 2"))
    await port.send(b"D\x05scan")
    assert [await port.receive() for _ in range(2)] == [
        Frame(b"D\x05part 1"),
        Frame(b"D\x05part 2"),
    ]


async def test_another_request_is_refused_and_the_expected_one_named():
    port = playing(to(b"D\x01ids", name="dms get-ids"), back(b"D\x01imei"))
    with pytest.raises(TransportError, match=r"with dms get-ids 4401696473, but 44016d6f6465"):
        await port.send(b"D\x01mode")
    await port.send(b"D\x01ids")
    assert await port.receive() == Frame(b"D\x01imei")


async def test_a_request_after_the_end_is_refused():
    port = playing()
    with pytest.raises(TransportError, match="at its end"):
        await port.send(b"D\x01ids")


async def test_at_the_end_a_replay_waits_or_is_gone_as_asked():
    port = playing(back(b"N\x00bye"), at_end="gone")
    assert await port.receive() == Frame(b"N\x00bye")
    with pytest.raises(DeviceGone, match="at its end"):
        await port.receive()
    waiting = playing()
    with trio.move_on_after(0.02) as scope:
        await waiting.receive()
    assert scope.cancelled_caught


async def test_closing_ends_a_receive_that_waits():
    port = playing()
    async with trio.open_nursery() as nursery:

        async def expect_the_end() -> None:
            with pytest.raises(DeviceGone, match="closed"):
                await port.receive()

        nursery.start_soon(expect_the_end)
        await wait_all_tasks_blocked()
        await port.aclose()
    await port.aclose()
    with pytest.raises(DeviceGone):
        await port.send(b"D\x01ids")
