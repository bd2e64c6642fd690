# SPDX-License-Identifier: GPL-2.0-or-later
"""AF_UNIX streams: framing over a real socket, refusals, the other end's end."""

from __future__ import annotations

import os
import socket
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest
import trio
from trio.testing import wait_all_tasks_blocked

from qmiprobe._framing import Frame, Garbage
from qmiprobe.errors import DeviceGone, PortBusy, PortMissing, TransportError
from qmiprobe.qmi._frame import QmuxFramer
from qmiprobe.transport import UnixTransport, open_unix

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

REQUEST = bytes.fromhex("010b00000000000121000000")
ANSWER = bytes.fromhex("011700800000010122000c0002040000000000010200010a")


@contextmanager
def pair() -> Iterator[tuple[UnixTransport, trio.socket.SocketType]]:
    """A transport, and the socket at its other end."""
    ours, theirs = trio.socket.socketpair()
    with ours, theirs:
        yield UnixTransport(ours, framer=QmuxFramer(), name="unix:test"), theirs


@contextmanager
def listening(address: str, *, backlog: int = 1) -> Iterator[socket.socket]:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as listener:
        listener.bind(address)
        listener.listen(backlog)
        yield listener


async def test_a_path_is_connected_to(tmp_path: Path):
    address = str(tmp_path / "socket")
    with trio.fail_after(10), listening(address) as listener:
        port = await open_unix(address, QmuxFramer())
        connection, _ = listener.accept()
        with connection:
            await port.send(REQUEST)
            assert connection.recv(100) == REQUEST
            connection.sendall(ANSWER)
            assert await port.receive() == Frame(ANSWER)
        assert (port.name, port.max_command) == (f"unix:{address}", None)
        await port.aclose()


async def test_an_abstract_name_is_connected_to():
    name = f"qmiprobe-test-{os.getpid()}"
    with trio.fail_after(10), listening("\0" + name) as listener:
        port = await open_unix("@" + name, QmuxFramer())
        connection, _ = listener.accept()
        with connection:
            await port.send(REQUEST)
            assert connection.recv(100) == REQUEST
        await port.aclose()


async def test_nobody_at_the_address_is_a_missing_port(tmp_path: Path):
    with pytest.raises(PortMissing, match="start the program"):
        await open_unix(str(tmp_path / "missing"), QmuxFramer())
    with listening(str(tmp_path / "dead")):
        pass
    with pytest.raises(PortMissing, match="nobody listens"):
        await open_unix(str(tmp_path / "dead"), QmuxFramer())
    with pytest.raises(PortMissing, match=r"unix:@qmiprobe-nobody: nobody listens"):
        await open_unix("@qmiprobe-nobody", QmuxFramer())
    with pytest.raises(TransportError, match="too long"):
        await open_unix("/" + "x" * 200, QmuxFramer())


async def test_a_full_queue_is_a_busy_port(tmp_path: Path):
    address = str(tmp_path / "socket")
    with trio.fail_after(10), listening(address, backlog=0):
        first = await open_unix(address, QmuxFramer())
        with pytest.raises(PortBusy, match="too many programs"):
            await open_unix(address, QmuxFramer())
        await first.aclose()


async def test_messages_are_cut_out_of_the_stream_and_noise_is_named():
    with trio.fail_after(10), pair() as (port, modem):
        await modem.send(b"\xff\xff" + ANSWER + REQUEST[:5])
        assert await port.receive() == Garbage(b"\xff\xff")
        assert await port.receive() == Frame(ANSWER)
        await modem.send(REQUEST[5:] + ANSWER)
        assert await port.receive() == Frame(REQUEST)
        assert await port.receive() == Frame(ANSWER)


async def test_the_other_ends_end_comes_after_all_it_sent_and_stays():
    with trio.fail_after(10), pair() as (port, modem):
        await modem.send(ANSWER + REQUEST[:5])
        modem.close()
        assert await port.receive() == Frame(ANSWER)
        assert await port.receive() == Garbage(REQUEST[:5])
        for _ in range(2):
            with pytest.raises(DeviceGone):
                await port.receive()
        with pytest.raises(DeviceGone):
            await port.send(REQUEST)


async def test_a_send_to_a_closed_other_end_is_the_end():
    with trio.fail_after(10), pair() as (port, modem):
        modem.close()
        with pytest.raises(DeviceGone):
            await port.send(REQUEST)
        with pytest.raises(DeviceGone):
            await port.receive()


async def test_a_long_message_is_sent_whole_though_it_was_cancelled_half_way():
    message = b"\x01\xff\xff\x00" + os.urandom(0xFFFC)
    with trio.fail_after(10), pair() as (port, modem):
        port._connection.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 4096)
        got = b""
        async with trio.open_nursery() as nursery:
            nursery.start_soon(port.send, message)
            await wait_all_tasks_blocked()
            nursery.cancel_scope.cancel()
            with trio.CancelScope(shield=True):
                while len(got) < len(message):
                    got += await modem.recv(4096)
        assert got == message


async def test_long_messages_of_two_senders_do_not_mix():
    messages = [b"\x01\xff\xff\x00" + bytes([fill]) * 0xFFFC for fill in (0xAA, 0xBB)]
    with trio.fail_after(10), pair() as (port, modem):
        port._connection.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 4096)
        got = b""
        async with trio.open_nursery() as nursery:
            for message in messages:
                nursery.start_soon(port.send, message)
            while len(got) < 2 * 0x10000:
                got += await modem.recv(1000)
        assert sorted([got[:0x10000], got[0x10000:]]) == messages


async def test_an_other_end_that_stops_reading_half_way_ends_the_connection(
    monkeypatch: pytest.MonkeyPatch,
):
    monkeypatch.setattr("qmiprobe.transport._stream.REST_PATIENCE", 0.05)
    with trio.fail_after(10), pair() as (port, _modem):
        port._connection.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 4096)
        with pytest.raises(DeviceGone, match="stopped reading"):
            await port.send(b"\x01\xff\xff\x00" + bytes(0xFFFC))
        with pytest.raises(DeviceGone):
            await port.receive()


async def test_closing_ends_a_receive_that_waits():
    with trio.fail_after(10), pair() as (port, _modem):
        async with trio.open_nursery() as nursery:

            async def expect_the_end() -> None:
                with pytest.raises(DeviceGone, match="closed by this program"):
                    await port.receive()

            nursery.start_soon(expect_the_end)
            await wait_all_tasks_blocked()
            await port.aclose()
        await port.aclose()
        with pytest.raises(DeviceGone):
            await port.send(REQUEST)
