# SPDX-License-Identifier: GPL-2.0-or-later
"""USB/IP as bytes, and the server that `usbip list -r` and `usbip attach` speak to."""

from __future__ import annotations

import struct
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress

import pytest
import trio
from hypothesis import given
from hypothesis import strategies as st

from qmiprobe.errors import CannotTest, DecodeError
from qmiprobe.sim import SimulatedModem
from qmiprobe.sim.usb._body import UsbBody
from qmiprobe.sim.usb._listen import listen_usbip
from qmiprobe.sim.usb._usbip import RequestReader, Submit, Unlink
from tests.sim.usb.usbhost import UsbHost


def submit(number: int, endpoint: int, data: bytes, *, packets: int = 0, command: int = 1) -> bytes:
    head = (command, number, 0x10002, endpoint >> 7, endpoint & 0x7F)
    tail = (0x200, len(data) or 64, 0, packets, 5)
    return struct.pack(">5I", *head) + struct.pack(">IiiiI", *tail) + bytes(range(8)) + data


@given(st.lists(st.binary(min_size=1, max_size=40), max_size=5), st.integers(1, 60))
def test_requests_are_found_however_the_stream_is_cut(payloads: list[bytes], size: int):
    stream = b"".join(submit(number, 5, data) for number, data in enumerate(payloads, 1))
    stream += submit(90, 0x84, b"") + struct.pack(">5II24x", 2, 91, 0x10002, 0, 0, 90)
    reader, found = RequestReader(), []
    for at in range(0, len(stream), size):
        found += reader.feed(stream[at : at + size])
    setup = bytes(range(8))
    assert found == [
        *(Submit(n, 5, len(data), setup, data) for n, data in enumerate(payloads, 1)),
        Submit(90, 0x84, 64, setup, b""),
        Unlink(91, 90),
    ]


@pytest.mark.parametrize(
    ("data", "complaint", "offset"),
    [
        (submit(1, 0x81, b"", command=9), "no request of number 9", 0),
        (submit(1, 0x81, b"") + submit(2, 0x81, b"", packets=8), "isochronous", 48),
        (submit(1, 0x11, b""), "cannot be", 0),
        (submit(1, 1, b"")[:24] + b"\xff" + bytes(23), "cannot be", 0),
    ],
)
def test_what_is_no_usbip_is_told_with_its_place(data: bytes, complaint: str, offset: int):
    with pytest.raises(DecodeError, match=complaint) as caught:
        RequestReader().feed(data)
    assert caught.value.offset == offset


@given(st.binary(max_size=200))
def test_noise_is_refused_or_waited_on(data: bytes):
    with suppress(DecodeError):
        RequestReader().feed(data)


@asynccontextmanager
async def served(*profiles: str) -> AsyncGenerator[tuple[int, list[UsbBody]], None]:
    bodies = [UsbBody(SimulatedModem(name)) for name in profiles]
    with trio.fail_after(30):
        async with listen_usbip(bodies, host="127.0.0.1", port=0) as (_, port):
            yield port, bodies


async def exactly(stream: trio.SocketStream, size: int) -> bytes:
    data = b""
    while len(data) < size:
        more = await stream.receive_some(size - len(data))
        assert more, f"hung up after {len(data)} of {size} bytes"
        data += more
    return data


async def test_the_list_names_every_modem_with_its_interfaces():
    async with served("ec25", "rm520n") as (port, bodies):
        stream = await trio.open_tcp_stream("127.0.0.1", port)
        async with stream:
            await stream.send_all(struct.pack(">HHI", 0x0111, 0x8005, 0))
            assert await exactly(stream, 12) == struct.pack(">HHII", 0x0111, 5, 0, 2)
            for body, busid, speed in zip(bodies, (b"1-1", b"1-2"), (3, 5), strict=True):
                record = await exactly(stream, 312)
                assert record[256:288].rstrip(b"\0") == busid
                numbers = struct.unpack(">IIIHHHBBBBBB", record[288:])
                layout = body.layout
                assert numbers[2:6] == (speed, layout.vendor, layout.product, layout.release)
                assert numbers[6:11] == (*layout.triple, 1, 1)
                classes = [await exactly(stream, 4) for _ in range(numbers[11])]
                first = layout.configurations[0].interfaces
                assert classes == [bytes((*one.alternates[0].triple, 0)) for one in first]
            assert await stream.receive_some(1) == b""


async def attach(port: int, busid: bytes) -> tuple[trio.SocketStream, int]:
    stream = await trio.open_tcp_stream("127.0.0.1", port)
    await stream.send_all(struct.pack(">HHI32s", 0x0111, 0x8003, 0, busid))
    _, code, status = struct.unpack(">HHI", await exactly(stream, 8))
    assert code == 3
    return stream, status


async def test_an_imported_modem_enumerates_and_is_taken_until_it_is_let_go():
    async with served("ec25") as (port, _):
        stream, status = await attach(port, b"1-1")
        assert status == 0
        record = await exactly(stream, 312)
        assert struct.unpack(">II", record[288:296]) == (1, 2)
        host = UsbHost(stream)
        async with trio.open_nursery() as nursery:
            nursery.start_soon(host.read)
            seen = await host.enumerate()
            assert seen.interfaces == [0, 1, 2, 3, 4]
            for busid in (b"1-1", b"1-9"):
                other, status = await attach(port, busid)
                assert status == 1
                await other.aclose()
            await stream.aclose()
            nursery.cancel_scope.cancel()
        for _ in range(100):
            again, status = await attach(port, b"1-1")
            await again.aclose()
            if status == 0:
                break
            await trio.sleep(0.02)
        assert status == 0


@pytest.mark.parametrize(
    "noise", [b"", b"GET / HT", struct.pack(">HHI", 0x0111, 0x8009, 0), bytes(7)]
)
async def test_who_speaks_something_else_is_hung_up(noise: bytes):
    async with served("ec25") as (port, _):
        stream = await trio.open_tcp_stream("127.0.0.1", port)
        async with stream:
            await stream.send_all(noise)
            if len(noise) < 8:
                await stream.send_eof()
            assert await stream.receive_some(1) == b""


async def test_an_address_that_is_taken_is_told():
    async with served("ec25") as (port, _):
        with pytest.raises(CannotTest, match=rf"cannot listen on 127\.0\.0\.1 port {port}"):
            async with listen_usbip([], host="127.0.0.1", port=port):
                pass
