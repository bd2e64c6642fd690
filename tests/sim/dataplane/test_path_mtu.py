# SPDX-License-Identifier: GPL-2.0-or-later
"""Both directions of the path have an MTU, exact to the byte, with and without complaint."""

from __future__ import annotations

import socket
import struct

import pytest
import trio

from qmiprobe.sim.dataplane import NetworkFaults
from tests.netns import run_in_netns
from tests.sim.dataplane.host import (
    GATEWAY,
    INET,
    IP_MTU,
    IP_MTU_DISCOVER,
    IP_PMTUDISC_DO,
    IPV6_MTU,
    IPV6_MTU_DISCOVER,
    WEB,
    connected,
    fetch,
    ping,
)

pytestmark = pytest.mark.needs("netns", "tun")
IP_RECVERR, IPV6_RECVERR = 11, 25
FAMILIES = [4, 6]


def _level(family: int) -> int:
    return socket.IPPROTO_IP if family == 4 else socket.IPPROTO_IPV6


def _read_complaint(probe: socket.socket) -> tuple[int, str]:
    """Return the MTU and the router of one message in the error queue."""
    _, ancillary, _, _ = probe.recvmsg(2000, 1000, socket.MSG_ERRQUEUE | socket.MSG_DONTWAIT)
    data = ancillary[0][2]
    info = struct.unpack_from("=I", data, 8)[0]
    at, length, family = (20, 4, socket.AF_INET) if len(data) == 32 else (24, 16, socket.AF_INET6)
    return info, socket.inet_ntop(family, data[at : at + length])


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("size", [1280, 1358, 1499])
def test_a_black_hole_up_swallows_the_first_byte_too_many_in_silence(family: int, size: int):
    async def body() -> None:
        async with connected(NetworkFaults(mtu_black_hole_up=size)) as plane:
            assert await ping(WEB[family], size=size)
            assert not await ping(WEB[family], size=size + 1, seconds=0.2)
            assert plane.network.dropped == {"black-hole": 1}
            assert plane.table.counters(0, family).rx_packets == 1
            assert plane.table.counters(0, family).tx_packets == 2

    run_in_netns(body)


@pytest.mark.parametrize("family", FAMILIES)
def test_a_black_hole_down_stalls_full_segments_and_passes_clamped_ones(family: int):
    async def body() -> None:
        faults = NetworkFaults(mtu_black_hole_down=1358)
        async with connected(faults) as plane:
            assert (await fetch(WEB[family], "connectivity.example", "/generate_204"))[0] == 204
            with pytest.raises(trio.TooSlowError):
                await fetch(WEB[family], "large.example", "/large", seconds=0.5)
            assert plane.network.dropped["black-hole"] > 0
            with socket.socket(INET[family], socket.SOCK_STREAM) as plain:
                segment = 1358 - (40 if family == 4 else 60)
                plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_MAXSEG, segment)
                stream = trio.SocketStream(trio.socket.from_stdlib_socket(plain))
                with trio.fail_after(3):
                    await stream.socket.connect((WEB[family], 80))
                    await stream.send_all(b"GET /large HTTP/1.1\r\nHost: large.example\r\n\r\n")
                    data = b"".join([part async for part in stream])
            assert len(data) > 128 * 1024

    run_in_netns(body)


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("mtu", [1280, 1420])
def test_a_smaller_mtu_up_is_signalled_and_believed_by_the_hosts_kernel(family: int, mtu: int):
    async def body() -> None:
        async with connected(NetworkFaults(mtu_up=mtu)) as plane:
            probe = socket.socket(INET[family], socket.SOCK_DGRAM | socket.SOCK_NONBLOCK)
            with probe:
                option = IP_MTU_DISCOVER if family == 4 else IPV6_MTU_DISCOVER
                probe.setsockopt(_level(family), option, IP_PMTUDISC_DO)
                errors = IP_RECVERR if family == 4 else IPV6_RECVERR
                probe.setsockopt(_level(family), errors, 1)
                probe.connect((WEB[family], 9))
                head = 28 if family == 4 else 48
                probe.send(bytes(mtu + 1 - head))
                with trio.fail_after(1):
                    await trio.lowlevel.wait_readable(probe)
                assert _read_complaint(probe) == (mtu, GATEWAY[family])
                known = IP_MTU if family == 4 else IPV6_MTU
                assert probe.getsockopt(_level(family), known) == mtu
                with pytest.raises(OSError, match="Message too long"):
                    probe.send(bytes(mtu + 1 - head))
            assert plane.network.dropped == {"too-big": 1}
            assert await ping(WEB[family], size=mtu)
            assert not await ping(WEB[family], size=mtu + 1, seconds=0.2)

    run_in_netns(body)


@pytest.mark.parametrize("family", FAMILIES)
def test_tcp_gets_through_a_smaller_mtu_in_both_directions(family: int):
    async def body() -> None:
        async with connected(NetworkFaults(mtu_up=1300, mtu_down=1290)) as plane:
            long = b"X-Long: " + b"a" * 8000 + b"\r\n"
            status, _, page = await fetch(WEB[family], "large.example", "/large", extra=long)
            assert (status, len(page)) == (200, 128 * 1024)
            assert plane.network.dropped["too-big"] >= 2, "one complaint each way at least"

    run_in_netns(body)


def test_ipv4_packets_that_may_be_cut_are_cut_and_put_together_again():
    async def body() -> None:
        async with connected(NetworkFaults(mtu_up=700, mtu_down=900)) as plane:
            with trio.socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_ICMP) as raw:
                raw.setsockopt(socket.IPPROTO_IP, IP_MTU_DISCOVER, 0)
                echo = bytes.fromhex("0800f7ff00000000") + bytes(1400)
                await raw.sendto(echo, (WEB[4], 0))
                with trio.fail_after(1):
                    answer = await raw.recv(2000)
            assert answer[28:] == bytes(1400)
            assert plane.network.dropped == {}
            assert plane.network.uplink.packets(family=4) == 3
            assert plane.network.downlink.packets(family=4) == 2

    run_in_netns(body)


def test_a_host_with_a_larger_mtu_than_the_path_hears_1500():
    async def body() -> None:
        async with connected(host_mtu=2000) as plane:
            assert await ping(WEB[4], size=1500)
            assert not await ping(WEB[4], size=1501, seconds=0.2)
            assert plane.network.dropped == {"too-big": 1}

    run_in_netns(body)
