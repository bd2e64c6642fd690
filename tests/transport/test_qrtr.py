# SPDX-License-Identifier: GPL-2.0-or-later
"""QRTR sockets: the name server's packets, refusals, and a send that waits in the kernel.

Few kernels have QRTR; UDP on loopback stands in for it where a real socket is wanted.
"""

from __future__ import annotations

import errno
import os
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import trio
from trio.testing import wait_all_tasks_blocked

from qmiprobe.errors import (
    DeviceGone,
    DeviceReset,
    PortMissing,
    PortPermission,
    TransportError,
)
from qmiprobe.transport._qrtr import (
    BYE,
    CONTROL,
    DEL_CLIENT,
    DEL_SERVER,
    NEW_LOOKUP,
    NEW_SERVER,
    ControlPacket,
    Datagram,
    LinuxSocket,
    QrtrAddress,
    QrtrSocket,
    open_qrtr_socket,
    send_failure,
)


def oserror(number: int) -> OSError:
    return OSError(number, os.strerror(number))


class Refusing:
    """A system without such sockets."""

    def __init__(self, number: int) -> None:
        self.number = number

    def open_socket(self) -> QrtrSocket:
        raise oserror(self.number)


class Slow(socket.socket):
    """A socket whose sending waits in the system until ``room`` is set."""

    room: threading.Event
    full = 0
    """How often it still says that it is full."""

    def sendto(self, data: bytes, to: tuple[str, int]) -> int:  # type: ignore[override]
        if self.full:
            self.full -= 1
            raise BlockingIOError(errno.EAGAIN, "full")
        assert self.room.wait(20), "nobody made room"
        return int(super().sendto(data, to))


@contextmanager
def pair() -> Iterator[tuple[LinuxSocket, Slow, LinuxSocket]]:
    """A socket that is tested, what is beneath it, and another one."""
    raw, other = Slow(socket.AF_INET, socket.SOCK_DGRAM), Slow(socket.AF_INET, socket.SOCK_DGRAM)
    for one in (raw, other):
        one.room = threading.Event()
        one.room.set()
        one.bind(("127.0.0.1", 0))
    mine, peer = LinuxSocket(raw), LinuxSocket(other)
    try:
        yield mine, raw, peer
    finally:
        raw.room.set()
        mine.close()
        peer.close()


def test_a_lookup_asks_for_every_service():
    data = ControlPacket(NEW_LOOKUP, 0, 0, 0, 0).pack()
    assert data == bytes.fromhex("0a000000" + "00000000" * 4)


def test_a_server_is_read_as_service_instance_node_and_port():
    data = bytes.fromhex("04000000 02000000 01010000 03000000 44000000")
    assert ControlPacket.unpack(data) == (NEW_SERVER, 2, 0x0101, 3, 0x44)
    assert ControlPacket.unpack(b"\5" + data[1:]) == (DEL_SERVER, 2, 0x0101, 3, 0x44)


@pytest.mark.parametrize("command", [DEL_CLIENT, BYE])
def test_a_client_that_leaves_is_read_as_node_and_port(command: int):
    data = bytes((command,)) + bytes.fromhex("000000 03000000 44000000") + bytes(8)
    assert ControlPacket.unpack(data) == (command, 0, 0, 3, 0x44)


@pytest.mark.parametrize("size", [0, 1, 19])
def test_a_packet_that_is_too_short_is_none(size: int):
    assert ControlPacket.unpack(bytes(size)) is None


def test_what_is_behind_a_packet_is_ignored():
    data = ControlPacket(NEW_SERVER, 400, 1, 0, 9).pack() + b"more"
    assert ControlPacket.unpack(data) == (NEW_SERVER, 400, 1, 0, 9)


async def test_this_kernel_has_qrtr_or_the_error_says_what_to_do():
    try:
        socket.socket(socket.AF_QIPCRTR, socket.SOCK_DGRAM).close()
        there = True
    except OSError:
        there = False
    if there:
        own = open_qrtr_socket(name="qrtr:0")
        assert own.address.port != 0
        own.close()
        return
    with pytest.raises(PortMissing, match=r"^qrtr:0: this kernel has no QRTR \(E.*modprobe qrtr"):
        open_qrtr_socket(name="qrtr:0")


@pytest.mark.parametrize(
    ("number", "kind", "words"),
    [
        (errno.EAFNOSUPPORT, PortMissing, "modprobe qrtr"),
        (errno.EACCES, PortPermission, "run as root"),
        (errno.EPERM, PortPermission, "run as root"),
        (errno.EMFILE, TransportError, "Too many open files (EMFILE)"),
    ],
)
def test_a_refused_socket_says_what_to_do(number: int, kind: type[TransportError], words: str):
    with pytest.raises(TransportError) as caught:
        open_qrtr_socket(name="qrtr:0", system=Refusing(number))
    assert type(caught.value) is kind
    assert caught.value.errno == number
    assert words in str(caught.value)


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        (errno.ECONNRESET, DeviceGone),
        (errno.EHOSTUNREACH, DeviceGone),
        (errno.EPIPE, DeviceGone),
        (errno.ENODEV, DeviceReset),
        (errno.ENOMEM, TransportError),
    ],
)
def test_a_failed_send_tells_a_node_that_left_from_a_service_that_stopped(
    number: int, kind: type[TransportError]
):
    failure = send_failure(oserror(number), name="qrtr:3")
    assert type(failure) is kind
    assert failure.errno == number
    assert failure.port == "qrtr:3"


async def test_a_datagram_comes_whole_and_with_its_source():
    with trio.fail_after(10), pair() as (mine, _, peer):
        with pytest.raises(BlockingIOError):
            mine.receive()
        await peer.send(b"one", mine.address)
        await peer.send(bytes(60000), mine.address)
        await mine.wait_readable()
        assert mine.receive() == Datagram(b"one", peer.address)
        await mine.wait_readable()
        assert len(mine.receive().data) == 60000


async def test_closing_ends_the_wait_for_a_datagram():
    with trio.fail_after(10), pair() as (mine, _, _peer):
        async with trio.open_nursery() as nursery:
            nursery.start_soon(mine.wait_readable)
            await wait_all_tasks_blocked()
            mine.close()
        mine.close()
        await mine.wait_readable()


async def test_a_send_that_waits_in_the_kernel_holds_up_nothing_else():
    with trio.fail_after(10), pair() as (mine, raw, peer):
        raw.room.clear()
        with trio.move_on_after(0.05) as scope:
            await mine.send(b"late", peer.address)
        assert scope.cancelled_caught
        # The kernel has the socket locked: reading would wait with it.
        await peer.send(b"hello", mine.address)
        with pytest.raises(BlockingIOError):
            mine.receive()
        with trio.move_on_after(0.05) as scope:
            await mine.wait_readable()
        assert scope.cancelled_caught
        raw.room.set()
        await mine.wait_readable()
        assert mine.receive().data == b"hello"
        await peer.wait_readable()
        assert peer.receive().data == b"late"


async def test_messages_of_one_socket_keep_their_order_behind_one_that_waits():
    with trio.fail_after(10), pair() as (mine, raw, peer):
        raw.room.clear()
        async with trio.open_nursery() as nursery:
            for number in range(5):
                nursery.start_soon(mine.send, bytes((number,)), peer.address)
                await wait_all_tasks_blocked()
            raw.room.set()
        got: list[int] = []
        while len(got) < 5:
            await peer.wait_readable()
            got.append(peer.receive().data[0])
        assert got == [0, 1, 2, 3, 4]


async def test_a_full_socket_is_tried_again():
    with trio.fail_after(10), pair() as (mine, raw, peer):
        raw.full = 3
        await mine.send(b"at last", peer.address)
        await peer.wait_readable()
        assert peer.receive().data == b"at last"
        assert raw.full == 0


async def test_a_failed_send_raises_what_the_kernel_said():
    with trio.fail_after(10), pair() as (mine, _, peer):
        with pytest.raises(OSError, match="too long") as caught:
            await mine.send(bytes(70000), peer.address)
        assert caught.value.errno == errno.EMSGSIZE


async def test_a_socket_that_is_closed_while_it_sends_does_no_harm():
    with trio.fail_after(10), pair() as (mine, raw, peer):
        raw.room.clear()
        with trio.move_on_after(0.05):
            await mine.send(b"late", peer.address)
        mine.close()
        raw.room.set()
        await trio.sleep(0.05)
        assert await trio.to_thread.run_sync(lambda: raw.fileno()) == -1


def test_the_name_server_has_the_same_port_on_every_node():
    assert QrtrAddress(1, CONTROL) == (1, 0xFFFFFFFE)
