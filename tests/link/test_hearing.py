# SPDX-License-Identifier: GPL-2.0-or-later
"""The one reader of a socket: data and ICMP errors together, without spinning."""

from __future__ import annotations

import errno
import socket
import time
from ipaddress import ip_address

import pytest
import trio

from qmiprobe.link._events import (
    Datagram,
    NetworkError,
    next_events,
)
from qmiprobe.link._sockets import Origin, open_udp
from qmiprobe.sockets import ORIGIN_ICMP, ORIGIN_ICMP6

LOOPBACK = {4: ip_address("127.0.0.1"), 6: ip_address("::1")}
FAMILIES = pytest.mark.parametrize("family", [4, 6])
LO = Origin("lo")


def _closed_port(family: int) -> int:
    kind = socket.AF_INET if family == 4 else socket.AF_INET6
    with socket.socket(kind, socket.SOCK_DGRAM) as sock:
        sock.bind((str(LOOPBACK[family]), 0))
        return int(sock.getsockname()[1])


@FAMILIES
async def test_a_closed_port_is_heard_with_its_offender(family: int) -> None:
    with open_udp(LO, LOOPBACK[family], _closed_port(family)) as sock:
        sock.send(b"anybody there")
        with trio.fail_after(2):
            events = await next_events(sock)
    (error,) = events
    assert isinstance(error, NetworkError)
    assert error.errno == errno.ECONNREFUSED
    assert (error.origin, error.type, error.code) in ((ORIGIN_ICMP, 3, 3), (ORIGIN_ICMP6, 1, 4))
    assert error.offender == LOOPBACK[family]
    assert error.from_network
    assert error.quoted == b"anybody there"


@FAMILIES
async def test_data_and_errors_that_wait_together_are_both_taken(family: int) -> None:
    kind = socket.AF_INET if family == 4 else socket.AF_INET6
    with socket.socket(kind, socket.SOCK_DGRAM) as server:
        server.bind((str(LOOPBACK[family]), 0))
        with open_udp(LO, LOOPBACK[family], server.getsockname()[1]) as sock:
            server.sendto(b"data", sock.getsockname())
            server.close()
            sock.send(b"too late")
            with trio.fail_after(2):
                events = await next_events(sock)
    assert [type(event) for event in events] == [NetworkError, Datagram]


async def test_waiting_costs_no_processor_time() -> None:
    with open_udp(LO, LOOPBACK[4], _closed_port(4)) as sock:
        sock.send(b"x")
        await next_events(sock)
        before = time.process_time()
        with trio.move_on_after(0.5):
            await next_events(sock)
        assert time.process_time() - before < 0.2


async def test_nothing_is_heard_from_another_host_or_port() -> None:
    stranger = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    with stranger, open_udp(LO, LOOPBACK[4], _closed_port(4)) as sock:
        stranger.sendto(b"psst", sock.getsockname())
        with trio.move_on_after(0.2) as scope:
            await next_events(sock)
        assert scope.cancelled_caught
