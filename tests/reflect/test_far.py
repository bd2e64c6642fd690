# SPDX-License-Identifier: GPL-2.0-or-later
"""A reflector and its client on loopback: each thing that can be asked of the far end."""

from __future__ import annotations

import socket
import struct
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from ipaddress import ip_address

import pytest
import trio

from qmiprobe.errors import CannotTest, NoAnswer
from qmiprobe.reflect import (
    AS_ASKED,
    Far,
    FarRefused,
    Feature,
    Limits,
    Reflector,
    ReflectorUrl,
    Status,
    connect,
    new_token,
    serve,
)
from qmiprobe.sim.dataplane._interface import set_mtu, set_up
from tests.netns import run_in_netns

HOSTS = {4: "127.0.0.1", 6: "::1"}
TOKEN = new_token()
each_family = pytest.mark.parametrize("family", [4, 6])


@asynccontextmanager
async def far_end(
    family: int = 4,
    *,
    limits: Limits | None = None,
    over: tuple[str, ...] = ("udp",),
    raw: tuple[str, ...] = (),
) -> AsyncGenerator[tuple[Far, Reflector], None]:
    """A reflector on a free port of loopback, and a session with it."""
    host = HOSTS[family]
    serving = serve(TOKEN, addresses=(ip_address(host),), port=0, raw=raw, limits=limits)
    async with serving as reflector:
        url = ReflectorUrl(TOKEN, host, reflector.port)
        async with connect(url, netdev="lo", timeout=20, over=over) as far:
            yield far, reflector


@each_family
async def test_an_echo_tells_how_both_packets_arrived(family: int):
    async with far_end(family) as (far, reflector):
        echo = await far.echo(size=700, back=900, timeout=20)
        assert echo is not None
        assert (echo.up.size, echo.down.size) == (700, 900)
        assert echo.up.address == echo.down.address == ip_address(HOSTS[family])
        assert echo.up.port == far.main.local_port
        assert echo.down.port == reflector.port
        assert 0 < echo.rtt_s < 1
        assert echo.up.fragment == echo.down.fragment == 0
        again = await far.echo(size=700, back=AS_ASKED, timeout=20)
        assert again is not None
        assert again.down.size == 700
        assert again.window & 1
        assert again.received == again.highest == again.sequence


@each_family
async def test_marks_are_set_and_seen_both_ways(family: int):
    async with far_end(family) as (far, _):
        echo = await far.main.echo(tos=0xB8, ttl=33, back_tos=2, back_ttl=12, timeout=20)
        assert echo is not None
        assert (echo.up.tos, echo.up.ttl) == (0xB8, 33)
        assert (echo.down.tos, echo.down.ttl) == (2, 12)


@pytest.mark.needs("netns")
@each_family
def test_a_packet_that_came_in_fragments_is_told_from_a_whole_one(family: int):
    async def body() -> tuple[int, int, int, int]:
        set_up("lo")
        set_mtu("lo", 1280)
        async with far_end(family) as (far, _):
            echo = await far.main.echo(size=3000, back=2000, fragments=True, timeout=20)
            assert echo is not None
            return echo.up.size, echo.down.size, echo.up.fragment, echo.down.fragment

    up, down, up_fragment, down_fragment = run_in_netns(body)
    assert (up, down) == (3000, 2000)
    assert 1200 < up_fragment <= 1280
    assert 1200 < down_fragment <= 1280


async def test_an_answer_comes_as_late_as_asked():
    async with far_end() as (far, _), far.flow() as flow:
        started = trio.current_time()
        echo = await flow.delayed(0.3, timeout=20)
        assert echo is not None
        assert trio.current_time() - started >= 0.3
        assert echo.left_ns - echo.up.at_ns >= 0.3e9
        assert echo.rtt_s < 0.3


async def test_several_late_answers_are_under_way_at_once():
    async with far_end() as (far, _):
        found = {}

        async def one(seconds: float) -> None:
            found[seconds] = await far.delayed(seconds, timeout=20)

        started = trio.current_time()
        async with trio.open_nursery() as nursery:
            for seconds in (0.1, 0.2, 0.3, 0.4):
                nursery.start_soon(one, seconds)
        assert all(found.values())
        assert trio.current_time() - started < 20


async def test_a_train_comes_in_order_and_whole():
    async with far_end() as (far, _):
        echoes = await far.main.train(200, size=300, timeout=20)
        assert [echo.index for echo in echoes] == list(range(200))
        assert {echo.down.size for echo in echoes} == {300}


async def test_a_series_gives_an_answer_to_each_packet():
    async with far_end() as (far, _):
        echoes = await far.main.series(100, interval_s=0.001, timeout=20)
        assert all(echoes)
        assert len({echo.sequence for echo in echoes if echo}) == 100


@each_family
async def test_answers_come_from_the_other_port_on_request(family: int):
    async with far_end(family) as (far, reflector):
        assert far.offers(Feature.OTHER_PORT)
        async with far.flow(any_sender=True) as flow:
            echo = await flow.echo(other_port=True, timeout=20)
            assert echo is not None
            assert echo.down.port == reflector.other_port == far.opened.other_port


async def test_what_the_reflector_has_not_is_refused():
    async with far_end() as (far, _):
        with pytest.raises(FarRefused) as caught:
            await far.main.echo(other_address=True, timeout=20)
        assert caught.value.status == Status.NOT_HERE
        with pytest.raises(FarRefused):
            async with far.flow(protocol="esp"):
                pass


async def test_the_budget_is_named_when_it_is_used_up():
    async with far_end(limits=Limits(budget=5000)) as (far, _):
        assert far.opened.budget == 5000
        with pytest.raises(FarRefused, match="budget"):
            await far.main.train(100, size=1000, timeout=20)
        async with far.stream() as connection:
            with pytest.raises(FarRefused, match="budget"):
                await connection.pull(1_000_000)
            assert (await connection.echo()).port


@pytest.mark.needs("root", "netns")
@pytest.mark.parametrize("protocol", ["esp", "gre"])
@each_family
def test_esp_and_gre_are_echoed(protocol: str, family: int):
    async def body() -> tuple[int, int, int]:
        set_up("lo")
        async with (
            far_end(family, raw=("esp", "gre")) as (far, _),
            far.flow(protocol=protocol) as flow,
        ):
            echo = await flow.echo(size=500, back=900, timeout=20)
            assert echo is not None
            return echo.up.size, echo.down.size, echo.up.ttl

    up, down, ttl = run_in_netns(body)
    assert (up, down) == (500, 900)
    assert ttl == (64 if family == 4 else ttl)


@each_family
async def test_tcp_gives_echoes_late_answers_runs_and_the_syn(family: int):
    async with far_end(family, over=("tcp",)) as (far, _):
        assert far.over == "tcp"
        async with far.stream() as connection:
            assert (await connection.echo()).address == ip_address(HOSTS[family])
            syn = await connection.syn()
            assert syn[0] >> 4 == family
            started = trio.current_time()
            await connection.delayed(0.2)
            assert trio.current_time() - started >= 0.2
            down, up = await connection.pull(300_000), await connection.push(3_000_000)
            assert (down.bytes, up.bytes) == (300_000, 3_000_000)
            assert up.bits_per_second > 0
            assert (await connection.echo()).port  # the frames are in step


async def test_a_reset_ends_one_connection_alone():
    async with far_end(over=("tcp",)) as (far, reflector), far.stream() as connection:
        await connection.echo()
        for _ in range(3):
            with socket.create_connection((HOSTS[4], reflector.port)) as gone:
                gone.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            await trio.sleep(0.05)
        assert (await connection.echo()).address == ip_address(HOSTS[4])


async def test_an_answer_may_come_later_than_a_stranger_is_borne():
    hasty = Limits(greeting_s=0.2)
    async with far_end(over=("tcp",), limits=hasty) as (far, _), far.stream() as connection:
        started = trio.current_time()
        await connection.delayed(0.6)
        assert trio.current_time() - started >= 0.6


async def test_runs_of_udp_are_counted_each_way():
    async with far_end() as (far, _):
        down = await far.data_down(size=1000, rate=200_000, seconds=0.3)
        up = await far.data_up(size=1000, rate=200_000, seconds=0.3)
        assert down.packets == down.sent <= 60
        assert up.packets == up.sent
        assert 1 < up.sent <= 62
        assert down.sent > 1
        assert up.bytes == up.packets * 1000


async def test_a_session_is_opened_by_tcp_where_udp_is_silent():
    async with far_end() as (_, reflector):
        url = ReflectorUrl(TOKEN, "127.0.0.1", reflector.port)
        async with connect(url, netdev="lo", over=("udp", "tcp"), timeout=20) as far:
            assert far.over == "udp"
    with pytest.raises(NoAnswer, match="is it running"):
        async with connect(url, netdev="lo", timeout=0.2):
            pass


async def test_a_wrong_token_is_silence_and_says_so():
    async with far_end() as (_, reflector):
        url = ReflectorUrl(new_token(), "127.0.0.1", reflector.port)
        with pytest.raises(NoAnswer, match="the same token"):
            async with connect(url, netdev="lo", timeout=0.3):
                pass


async def test_a_port_that_is_taken_is_named():
    async with far_end() as (_, reflector):
        with pytest.raises(CannotTest, match=f"UDP port {reflector.port}"):
            async with serve(TOKEN, addresses=(ip_address("127.0.0.1"),), port=reflector.port):
                pass


async def test_what_the_block_raises_is_not_wrapped():
    with pytest.raises(LookupError):
        async with far_end() as (far, _), far.flow(), far.stream():
            raise LookupError
