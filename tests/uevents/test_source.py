# SPDX-License-Identifier: GPL-2.0-or-later
"""Waiting for the kernel: nothing is missed, nobody else is believed, and it ends in time."""

from __future__ import annotations

import errno
import fcntl
import os
import socket
import struct
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import trio

from qmiprobe.uevents import Uevents, open_uevents, wait_for
from qmiprobe.uevents import _source as source
from tests.netns import run_in_netns

_TUNSETIFF, _IFF_TUN = 0x400454CA, 0x1001


class ScriptedSocket(socket.socket):
    """A socket pair's end that says from whom each datagram is, and can be full."""

    def __init__(self, end: socket.socket) -> None:
        super().__init__(end.family, end.type, end.proto, end.detach())
        self.sender = 0
        self.full = 0

    def recvfrom(self, size: int, flags: int = 0) -> tuple[bytes, tuple[int, int]]:
        if self.full:
            self.full -= 1
            raise OSError(errno.ENOBUFS, "No buffer space available")
        data, _ = super().recvfrom(size, flags)
        return data, (self.sender, 1)


@contextmanager
def scripted() -> Iterator[tuple[Uevents, ScriptedSocket, socket.socket]]:
    ours, kernel = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
    with ScriptedSocket(ours) as sock, kernel:
        yield Uevents(sock), sock, kernel


def event(name: str) -> bytes:
    return f"add@/devices/{name}\0SUBSYSTEM=usb\0".encode()


async def test_what_is_there_already_is_found_without_any_event():
    with scripted() as (events, _, _):
        assert await events.wait_for(lambda: "there", timeout=5) == "there"


async def test_what_comes_between_looking_and_waiting_is_not_missed(
    monkeypatch: pytest.MonkeyPatch,
):
    monkeypatch.setattr(source, "LOOK_AGAIN_S", 1000.0)
    with scripted() as (events, _, kernel):
        there: list[str] = []
        looks = []

        def look() -> str | None:
            looks.append(1)
            found = there[0] if there else None
            if len(looks) == 1:  # it comes right after it was looked for
                there.append("cdc-wdm0")
                kernel.send(event("cdc-wdm0"))
            return found

        with trio.fail_after(10):
            assert await events.wait_for(look, timeout=60) == "cdc-wdm0"
        assert len(looks) == 2


async def test_a_burst_of_events_is_one_look():
    with scripted() as (events, _, kernel):
        for number in range(100):
            kernel.send(event(f"x{number}"))
        looks = []

        def look() -> bool | None:
            looks.append(1)
            return True if len(looks) == 2 else None

        assert await events.wait_for(look, timeout=10)
        assert [one.name for one in events.heard] == [f"x{number}" for number in range(100)]


async def test_events_that_were_lost_make_us_look(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(source, "LOOK_AGAIN_S", 1000.0)
    with scripted() as (events, sock, kernel):
        sock.full = 1
        kernel.send(b"x")  # only wakes us
        looks = []

        def look() -> bool | None:
            looks.append(1)
            return True if len(looks) == 2 else None

        with trio.fail_after(10):
            assert await events.wait_for(look, timeout=60)
        assert events.lost == 1


async def test_what_another_program_sends_is_not_believed():
    with scripted() as (events, sock, kernel):
        sock.sender = 4711
        kernel.send(event("spoof"))
        await trio.lowlevel.wait_readable(sock)
        assert events.drain() == ()
        assert not events.heard


@pytest.mark.autojump
async def test_without_events_it_is_looked_for_again_and_the_time_is_bounded():
    looked_at: list[float] = []

    def look() -> bool | None:
        looked_at.append(trio.current_time())
        return None

    begun = trio.current_time()
    assert await Uevents(None, "deaf").wait_for(look, timeout=2.0) is None
    assert trio.current_time() - begun == pytest.approx(2.0)
    assert len(looked_at) == pytest.approx(2.0 / source.POLL_S, abs=2)


@pytest.mark.autojump
async def test_what_is_there_at_the_very_end_still_counts():
    begun = trio.current_time()

    def look() -> bool | None:
        return True if trio.current_time() - begun >= 0.3 else None

    assert await Uevents(None, "deaf").wait_for(look, timeout=0.3)


def test_a_container_is_told_of_as_such(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(source, "_INITIAL_USER_NAMESPACE", 1)
    with open_uevents() as events:
        assert "container" in (events.why_deaf or "")


def _make_tun() -> int:
    fd = os.open("/dev/net/tun", os.O_RDWR | os.O_CLOEXEC)
    fcntl.ioctl(fd, _TUNSETIFF, struct.pack("16sH22x", b"probe7", _IFF_TUN))
    return fd


async def _hear_a_netdev() -> tuple[list[str], str | None]:
    with open_uevents() as events:
        async with trio.open_nursery() as nursery:

            async def make() -> None:
                await trio.sleep(0.05)
                os.close(_make_tun())

            nursery.start_soon(make)

            def both() -> bool | None:
                seen = {one.action for one in events.heard if one.name == "probe7"}
                return True if {"add", "remove"} <= seen else None

            if events.why_deaf is None:
                await events.wait_for(both, timeout=15)
        return [one.action for one in events.heard if one.name == "probe7"], events.why_deaf


@pytest.mark.needs("netns", "tun")
def test_the_kernel_tells_of_a_netdev_that_comes_and_goes():
    actions, why_deaf = run_in_netns(_hear_a_netdev)
    if os.geteuid() == 0:
        assert why_deaf is None
    if why_deaf is None:
        assert actions[0] == "add"
        assert actions[-1] == "remove"


async def _be_spoofed() -> tuple[str | None, int, list[str]]:
    with open_uevents() as events:
        if events._socket is None:
            return events.why_deaf, 0, []
        with socket.socket(socket.AF_NETLINK, socket.SOCK_DGRAM, 15) as other:
            other.sendto(event("spoof"), (events._socket.getsockname()[0], 0))
        with trio.fail_after(10):
            await trio.lowlevel.wait_readable(events._socket)
        return None, len(events.drain()), [one.name for one in events.heard]


@pytest.mark.needs("root", "netns")
def test_a_program_that_sends_to_the_real_socket_is_not_believed():
    assert run_in_netns(_be_spoofed) == (None, 0, [])


async def test_the_short_form_finds_a_file_that_comes(tmp_path: pytest.TempPathFactory):
    path = trio.Path(str(tmp_path)) / "node"
    async with trio.open_nursery() as nursery:

        async def make() -> None:
            await trio.sleep(0.05)
            await path.touch()

        nursery.start_soon(make)
        found = await wait_for(lambda: str(path) if os.path.exists(path) else None, timeout=20)
    assert found == str(path)
