# SPDX-License-Identifier: GPL-2.0-or-later
"""What link and the reflector share of their sockets."""

from __future__ import annotations

import errno
import os
import socket
import struct
from ipaddress import ip_address

import pytest
import trio
import trio.testing
from hypothesis import given
from hypothesis import strategies as st

from qmiprobe.sockets import (
    KEEP_SECONDS,
    ORIGIN_ICMP,
    ORIGIN_LOCAL,
    ExtendedError,
    bind_to_netdev,
    parse_extended_error,
    queue_errors,
    retire,
    socket_address,
)


@pytest.mark.parametrize("seconds", [0.2, KEEP_SECONDS])
def test_sockets_kept_for_late_answers_are_closed_in_the_end(seconds: float):
    async def body() -> None:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
            retire(sock, seconds=seconds)
            await trio.sleep(seconds - 0.01)
            assert sock.fileno() >= 0
            await trio.sleep(0.02)
            assert sock.fileno() == -1

    trio.run(body, clock=trio.testing.MockClock(autojump_threshold=0))


def test_a_socket_that_is_kept_is_closed_when_the_program_ends():
    sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)

    async def body() -> None:
        retire(sock, seconds=1000)
        await trio.testing.wait_all_tasks_blocked()

    trio.run(body)
    assert sock.fileno() == -1


async def test_a_socket_that_somebody_closed_already_fails_nothing():
    sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    retire(sock, seconds=0)
    sock.detach()
    await trio.testing.wait_all_tasks_blocked()


@pytest.mark.parametrize(
    ("family", "address"),
    [
        (socket.AF_INET, "192.0.2.7"),
        (socket.AF_INET6, "2001:db8::7"),
    ],
)
def test_an_entry_of_the_error_queue_is_read_with_its_offender(family: int, address: str):
    packed = ip_address(address).packed
    where = struct.pack("=HH", family, 0)
    where += packed + bytes(8) if family == socket.AF_INET else bytes(4) + packed + bytes(4)
    entry = struct.pack("=IBBBBII", errno.EMSGSIZE, ORIGIN_ICMP, 3, 4, 0, 1400, 7) + where
    told = parse_extended_error(entry)
    assert (told.errno, told.type, told.code, told.info, told.data) == (
        errno.EMSGSIZE,
        3,
        4,
        1400,
        7,
    )
    assert told.offender == ip_address(address)
    assert told.from_network


def test_what_the_own_kernel_says_comes_from_no_network():
    entry = struct.pack("=IBBBBII", errno.EMSGSIZE, ORIGIN_LOCAL, 0, 0, 0, 1400, 0) + bytes(16)
    told = parse_extended_error(entry)
    assert (told.from_network, told.offender) == (False, None)


@given(st.binary(max_size=64))
def test_no_bytes_make_the_error_reader_raise(data: bytes):
    told = parse_extended_error(data)
    assert (told == ExtendedError()) >= (len(data) < 16)
    assert told.offender is None or len(data) >= 24


@pytest.mark.parametrize(
    ("remote", "expected"),
    [
        ("192.0.2.1", ("192.0.2.1", 53)),
        ("2001:db8::1", ("2001:db8::1", 53, 0, 0)),
        ("fe80::1", ("fe80::1", 53, 0, socket.if_nametoindex("lo"))),
        ("fe80::1%lo", ("fe80::1", 53, 0, socket.if_nametoindex("lo"))),
    ],
)
def test_only_a_link_local_address_needs_the_netdev(remote: str, expected: object):
    assert socket_address("lo", ip_address(remote), 53) == expected


def test_without_a_netdev_an_address_has_no_scope():
    assert socket_address(None, ip_address("fe80::1"), 53) == ("fe80::1", 53, 0, 0)


@pytest.mark.parametrize("family", [socket.AF_INET, socket.AF_INET6])
def test_a_closed_port_fails_a_socket_only_by_its_error_queue(family: socket.AddressFamily):
    loopback = "127.0.0.1" if family == socket.AF_INET else "::1"
    with socket.socket(family, socket.SOCK_DGRAM) as other:
        other.bind((loopback, 0))
        port = other.getsockname()[1]
    with socket.socket(family, socket.SOCK_DGRAM) as sock:
        queue_errors(sock)
        bind_to_netdev(sock, "lo")
        sock.connect((loopback, port))
        sock.send(b"anybody there")
        quoted, ((_, _, entry),), flags, _ = sock.recvmsg(64, 512, socket.MSG_ERRQUEUE)
    assert quoted == b"anybody there"
    assert parse_extended_error(entry).offender == ip_address(loopback)
    assert flags & socket.MSG_ERRQUEUE


def test_a_netdev_that_is_not_there_is_told_of():
    text = f"{os.strerror(errno.ENODEV)}|{os.strerror(errno.EPERM)}"
    udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    with udp as sock, pytest.raises(OSError, match=text):
        bind_to_netdev(sock, "wwan77")
