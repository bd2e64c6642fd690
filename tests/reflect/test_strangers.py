# SPDX-License-Identifier: GPL-2.0-or-later
"""The reflector under strangers: nothing back, memory flat, and its users served all the while."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
import trio

from qmiprobe.reflect import ReflectorUrl, connect

from .flooding import HOST, Running, flood, knock, running

FLAT = 2_000_000
"""Bytes that a process may grow by for reasons of its allocator.

In an hour of 74 million packets and 3,500 connections it was 750,000. A byte for each packet would
show, and so would half a kilobyte for each connection.
"""


def asks(far_end: Running) -> int:
    """Open a session and return how many of ten echoes came back."""

    async def main() -> int:
        async with connect(ReflectorUrl(far_end.token, HOST, far_end.port), timeout=20) as far:
            return sum([await far.echo(timeout=20) is not None for _ in range(10)])

    return trio.run(main)


def besiege(folder: Path, seconds: float) -> None:
    with running(folder) as far_end:
        assert asks(far_end) == 10
        flood(far_end, seconds=1)  # what a process takes once is no leak
        assert knock(far_end, times=10) == b""
        taken = [far_end.memory()]
        end = time.monotonic() + seconds
        sent, seed = 0, 3
        while time.monotonic() < end:
            seed += 1
            count, back = flood(far_end, seconds=min(30.0, seconds / 2), seed=seed)
            assert back == []
            sent += count
            assert knock(far_end, times=30, seed=seed) == b""
            assert asks(far_end) == 10
            taken.append(far_end.memory())
            print(f"{sent} packets, {taken[-1] // 1024} kB", flush=True)
        assert sent > 1000
        assert taken[-1] - taken[0] < FLAT
        assert far_end.process.poll() is None


def test_strangers_get_nothing_and_cost_no_memory(tmp_path: Path):
    besiege(tmp_path, 3)


@pytest.mark.soak
@pytest.mark.time_limit(4500)
def test_strangers_get_nothing_and_cost_no_memory_for_an_hour(tmp_path: Path):
    besiege(tmp_path, 3600)


def test_silent_connections_end_and_others_get_in(tmp_path: Path):
    """As many strangers as one network may have do not keep a user out for long."""
    import socket

    with running(tmp_path) as far_end:
        socks = [socket.create_connection((HOST, far_end.port)) for _ in range(40)]
        try:
            ended = 0
            for sock in socks:
                sock.settimeout(60)
                try:
                    ended += sock.recv(10) == b""
                except ConnectionResetError:
                    ended += 1
            assert ended == 40
        finally:
            for sock in socks:
                sock.close()
        assert asks(far_end) == 10
