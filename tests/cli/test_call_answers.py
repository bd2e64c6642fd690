# SPDX-License-Identifier: GPL-2.0-or-later
"""``call`` to modems that answer as no sound one does."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING
from unittest import mock

import trio

from qmiprobe import address
from qmiprobe._framing import Frame, Garbage
from qmiprobe.address import ControlPort
from qmiprobe.mbim._header import Packet, build, parse
from tests.capture.messages import RADIO_STATE, assert_valid, unhex
from tests.cli.inside import Ended, run

if TYPE_CHECKING:
    from qmiprobe.address import Protocol
    from qmiprobe.transport import ControlTransport

    Answer = Callable[[bytes], list[bytes]]

NOISE = b"\0" * 8


class Scripted:
    """A port at which each message gets the answers that a function has for it."""

    name = "scripted"
    max_command = None

    def __init__(self, answer: Answer) -> None:
        self._answer = answer
        self._give, self._take = trio.open_memory_channel[bytes](100)

    async def send(self, message: bytes) -> None:
        for one in self._answer(message):
            await self._give.send(one)

    async def receive(self) -> Frame | Garbage:
        data = await self._take.receive()
        return Garbage(data) if data == NOISE else Frame(data)

    async def aclose(self) -> None:
        self._give.close()


def call(protocol: Protocol, answer: Answer, *words: str) -> Ended:
    async def open_it(_protocol: Protocol) -> ControlTransport:
        return Scripted(answer)

    @asynccontextmanager
    async def resolve(_address: object, **_options: object) -> AsyncIterator[ControlPort]:
        yield ControlPort(name="scripted", open=open_it, driver_protocol=protocol)

    with mock.patch.object(address, "resolve", resolve):
        return run("call", "/dev/scripted", *words, "--timeout", "2")


def qmi_answer(tlvs: bytes, *, lie: int = 0) -> Answer:
    """Allocate and release as they should be, everything else with these TLVs."""

    def answer(message: bytes) -> list[bytes]:
        if message[4] == 0:
            body = b"\x02\x04\0\0\0\0\0" + b"\x01\x02\0" + bytes((2, 9))
            sdu = bytes((1, message[7])) + message[8:10] + len(body).to_bytes(2, "little") + body
            head = b"\0\0"
        else:
            size = (len(tlvs) + lie).to_bytes(2, "little")
            sdu = b"\x02" + message[7:11] + size + tlvs
            head = message[4:6]
        frame = b"\x80" + head + sdu
        return [b"\x01" + (len(frame) + 2).to_bytes(2, "little") + frame]

    return answer


def test_a_damaged_answer_is_shown_as_what_it_is():
    ended = call("qmi", qmi_answer(b"\x02\x04\0\0\0\0\0", lie=3), "dms.get-model", "--json")
    assert ended.status == 1
    (found,) = ended.objects
    assert_valid(found)
    assert found["error"] == "TLV length says 10 bytes, there are 7"
    assert "TLV length says 10 bytes" in ended.err


def test_an_error_without_a_name_is_its_number():
    ended = call("qmi", qmi_answer(b"\x02\x04\0\x01\0\xe8\xfd"), "dms.get-model")
    assert ended.status == 1
    assert "result: error without a name (65000)" in ended.out
    assert "65000" in ended.err


def test_an_answer_without_a_result_is_shown_with_its_note():
    ended = call("qmi", qmi_answer(b""), "dms.get-model", "--json")
    (found,) = ended.objects
    assert found["result"] is None
    assert [note["code"] for note in found["notes"]] == ["missing-result", "missing-tlv"]


def test_noise_beside_the_answer_is_told_and_changes_nothing_else():
    sound = qmi_answer(b"\x02\x04\0\0\0\0\0\x01\x02\0AB")
    ended = call("qmi", lambda message: [NOISE, *sound(message)], "dms.get-model")
    assert ended.status == 0
    assert "model: AB" in ended.out
    assert "also seen: garbage: 8 bytes that are no message (3 times)" in ended.err


def mbim_answer(command_done: Callable[[Packet], bytes]) -> Answer:
    def answer(message: bytes) -> list[bytes]:
        packet = parse(message)
        if packet.kind == "command":
            return [command_done(packet)]
        done = "open-done" if packet.kind == "open" else "close-done"
        return [build(Packet(kind=done, transaction=packet.transaction))]  # type: ignore[arg-type]

    return answer


def test_a_function_that_refuses_the_message_itself_is_quoted():
    def refuse(packet: Packet) -> bytes:
        return build(Packet(kind="function-error", transaction=packet.transaction, value=5))

    ended = call("mbim", mbim_answer(refuse), "basic-connect.radio-state", "--json")
    assert ended.status == 1
    (found,) = ended.objects
    assert (found["kind"], found["result"]["error"]["name"]) == ("function-error", "not-opened")
    assert "MBIM protocol error not-opened (5)" in ended.err


def test_a_status_without_a_name_is_its_number():
    def odd(packet: Packet) -> bytes:
        data = bytearray(unhex(RADIO_STATE))
        data[8:12] = packet.transaction.to_bytes(4, "little")
        data[40:44] = (777).to_bytes(4, "little")
        return bytes(data)

    ended = call("mbim", mbim_answer(odd), "basic-connect.radio-state")
    assert ended.status == 1
    assert "777" in ended.out
    assert "MBIM status 777 (777)" in ended.err


def test_a_port_without_a_control_port_cannot_be_asked():
    @asynccontextmanager
    async def resolve(_address: object, **_options: object) -> AsyncIterator[ControlPort]:
        yield ControlPort(name="2-6", open=None)

    with mock.patch.object(address, "resolve", resolve):
        ended = run("call", "2-6", "dms.get-model")
    assert ended.status == 3
    assert "2-6: there is no control port to ask" in ended.err
