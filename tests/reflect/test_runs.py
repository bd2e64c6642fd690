# SPDX-License-Identifier: GPL-2.0-or-later
"""Runs of data: what is sent quickly, how it is counted, and that strangers change nothing."""

from __future__ import annotations

import errno
import socket

import pytest
import trio
from hypothesis import given
from hypothesis import strategies as st

from qmiprobe.reflect import FarRefused, Limits, Run, new_token
from qmiprobe.reflect._bare import BARE_BYTES, Count, head, read_head, tag_of
from qmiprobe.reflect._bulk import Segments, piece_of, send_run
from qmiprobe.reflect._sessions import Sessions
from qmiprobe.sim.dataplane._interface import set_mtu, set_up
from tests.bed.recipe import Radio, Recipe
from tests.bed.reflector import far_of
from tests.bed.world import bed
from tests.netns import run_in_netns

from .test_far import each_family, far_end

TAG = b"12345678"


@each_family
async def test_what_is_cut_by_the_kernel_arrives_packet_by_packet(family: int):
    async with far_end(family) as (far, _):
        down = await far.data_down(size=1000, rate=5e6, seconds=0.2)
        up = await far.data_up(size=1000, rate=5e6, seconds=0.2)
        for run in (down, up):
            assert run.packets == run.sent > 1
            assert run.bytes == 1000 * run.packets
            assert (run.late, run.twice, run.loss) == (0, 0, 0)
            assert run.bits_per_second < 6e7


class Refusing(socket.socket):
    """A socket of a kernel that does not cut packets."""

    number = errno.EIO

    def sendmsg(self, buffers, ancdata=(), flags=0, address=None):  # noqa: ANN001
        if any(level == socket.IPPROTO_UDP for level, _, _ in ancdata):
            raise OSError(self.number, "refused")
        return super().sendmsg(buffers, ancdata, flags)


@pytest.mark.parametrize("number", [errno.EIO, errno.EINVAL, errno.ENOPROTOOPT])
async def test_where_the_kernel_does_not_cut_packets_go_one_by_one(number: int):
    with (
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as there,
        Refusing(socket.AF_INET, socket.SOCK_DGRAM) as here,
    ):
        there.bind(("127.0.0.1", 0))
        there.settimeout(20)
        here.connect(there.getsockname())
        here.number = number
        segments = Segments(here, TAG, payload=300)
        assert await send_run(segments, size=328, rate=1e9, seconds=20, count=70) == 70
        assert not segments.cut
        got = [there.recv(1000) for _ in range(70)]
        assert [read_head(one, len(one)) for one in got] == [(TAG, number) for number in range(70)]
        assert {len(one) for one in got} == {300}


async def test_other_errors_of_the_kernel_are_told():
    with Refusing(socket.AF_INET, socket.SOCK_DGRAM) as here:
        here.connect(("127.0.0.1", 9))
        here.number = errno.EPERM
        with pytest.raises(PermissionError):
            await send_run(Segments(here, TAG, payload=300), size=328, rate=1e9, seconds=20)


async def test_a_run_down_that_is_too_much_is_refused():
    async with far_end(limits=Limits(budget=50_000)) as (far, _):
        with pytest.raises(FarRefused, match="budget"):
            await far.data_down(size=1000, rate=1e6, seconds=1)


async def test_a_run_ends_when_its_session_is_closed():
    async with far_end() as (far, reflector):
        with trio.move_on_after(0.3):
            await far.data_down(size=1000, rate=1e5, seconds=60)
        before = reflector.traffic.packets_out
        far.close()
        for _ in range(200):  # what a run came to is noted at its end
            await trio.sleep(0.02)
            if reflector.traffic.packets_out > before + 10:
                return
        pytest.fail("it goes on")


@pytest.mark.needs("netns")
def test_packets_of_a_run_that_do_not_fit_the_netdev_are_refused():
    async def body() -> str:
        set_up("lo")
        set_mtu("lo", 1280)
        async with far_end() as (far, _):
            with pytest.raises(FarRefused) as refused:
                await far.data_down(size=1281, rate=1e6, seconds=0.2)
            with pytest.raises(OSError, match="too long"):
                await far.data_up(size=1281, rate=1e6, seconds=0.2)
            run = await far.data_up(size=1280, rate=1e6, seconds=0.1)
            assert run.packets == run.sent > 1
            return str(refused.value)

    assert "longer" in run_in_netns(body)


@given(st.lists(st.integers(0, 3000), max_size=300))
def test_each_packet_is_counted_once_in_any_order(numbers: list[int]):
    count = Count(1)
    for at, number in enumerate(numbers):
        count.take(number, size=100, at_ns=1000 + at)
    late = sum(number < max(numbers[:at], default=-1) for at, number in enumerate(numbers))
    assert count.packets == len(set(numbers))
    assert count.twice == len(numbers) - len(set(numbers))
    assert count.late <= late
    assert count.size == 100 * count.packets
    if numbers == sorted(numbers):
        assert count.late == 0


def test_a_count_takes_no_memory_for_what_comes():
    count = Count(1)
    for number in range(0, 1 << 32, 10_000_019):
        count.take(number, size=100, at_ns=1)
    assert count.late == count.twice == 0
    count.take(5, size=100, at_ns=1)
    assert count.late == 1
    assert len(count._seen) == 4096


@given(st.binary(max_size=40), st.integers(0, 20))
def test_noise_is_no_packet_of_a_run(data: bytes, length: int):
    assert read_head(data, min(length, len(data))) is None or data.startswith(b"QPRD")
    packet = head(TAG) + data
    assert read_head(packet, len(packet)) == (TAG, 0)
    assert read_head(packet, BARE_BYTES - 1) is None


def test_tags_are_of_one_key_one_run_and_one_way():
    one, other = new_token(), new_token()
    tags = {
        tag_of(key, run, down=way)
        for key in (one, other)
        for run in (1, 2)
        for way in (False, True)
    }
    assert len(tags) == 8


def test_a_session_counts_four_runs_at_most_and_none_once_it_is_closed():
    sessions = Sessions(Limits())
    session = sessions.open(b"k", nonce=b"n", cookie=b"c", network=b"4", now=0)
    assert session is not None
    for run in range(1, 2000):
        sessions.counted(session, run)
        session.note_sent(run, packets=1, size=100)
    tags = [tag_of(session.key, run, down=False) for run in range(1, 2000)]
    assert [sessions.run_of(tag) is not None for tag in tags].count(True) == 4
    assert sessions.run_of(tags[-1]) is not None
    assert session.sent(1999) is not None
    assert session.sent(1995) is None
    sessions.close(session)
    assert not any(map(sessions.run_of, tags))


def test_pieces_are_as_long_as_the_kernel_says():
    told = [(socket.IPPROTO_IP, 2, b"\1"), (socket.IPPROTO_UDP, 104, b"\x58\x02\0\0")]
    assert piece_of(told, 1800) == 600
    assert piece_of(told[:1], 1800) == 1800


@pytest.mark.needs("netns", "tun")
def test_loss_and_order_are_those_of_the_packets_on_the_way():
    radio = Radio(delay_s=0.01, jitter_s=0.02, loss_up=0.2, duplicate=0.1, keep_order=False)

    async def body() -> tuple[Run, Run]:
        recipe = Recipe(name="runs", cause="", finding=None, radio=radio)
        async with bed(recipe) as built, far_of(built) as far:
            up = await far.data_up(size=500, rate=500_000, seconds=0.6)
            down = await far.data_down(size=500, rate=500_000, seconds=0.6)
            return up, down

    up, down = run_in_netns(body)
    assert up.sent > 50
    assert 0.08 < up.loss < 0.35
    assert down.loss < 0.02
    for run in (up, down):
        assert run.late > run.packets // 10
        assert 0 < run.twice < run.packets // 3
