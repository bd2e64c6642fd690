# SPDX-License-Identifier: GPL-2.0-or-later
"""No packet of a link check leaves by another netdev, though every route prefers that one."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING

import pytest
import trio

from qmiprobe.link import ProbeKind, _probes, _sockets, _stream
from qmiprobe.sim.dataplane import NetworkFaults
from tests.netns import run_in_netns

from . import hub
from .bed import decoy, network, settle
from .everything import everything

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = [pytest.mark.needs("netns"), pytest.mark.needs("tun")]


@pytest.mark.parametrize(
    "faults",
    [
        NetworkFaults(),
        NetworkFaults(phantom_session=True),
        NetworkFaults(no_dns=True),
        NetworkFaults(walled_garden=True),
        NetworkFaults(dns_truncated=True),
        NetworkFaults(mtu_black_hole_up=1358),
        NetworkFaults(mtu_black_hole_down=1358),
        NetworkFaults(mtu_up=1420),
    ],
    ids=["healthy", "phantom", "no-dns", "walled", "truncated", "hole-up", "hole-down", "mtu-up"],
)
def test_nothing_leaves_by_another_netdev(faults: NetworkFaults) -> None:
    found = everything(faults)
    assert found.leaked == []
    assert found.left > 10


def test_the_decoy_would_show_a_packet_of_a_socket_that_is_not_bound() -> None:
    async def body() -> int:
        async with network():
            with decoy() as other:
                for family, kind in ((4, socket.AF_INET), (6, socket.AF_INET6)):
                    with socket.socket(kind, socket.SOCK_DGRAM) as sock:
                        sock.sendto(b"out", (str(hub.DNS[family]), 53))
                await settle()
                return len(other.left())

    assert run_in_netns(body) == 2


async def _answer_late(retire: Callable[[socket.socket], None] | None) -> int:
    """Let answers come after the measurement has ended; return how many packets leaked."""

    def respond(packet: hub.Packet) -> list[tuple[float, bytes]]:
        return [(0.5, hub.dns_answer(packet))] if packet.protocol == "udp" else []

    if retire is not None:
        vars(_probes)["retire"] = retire
    async with hub.hub(respond):
        with decoy() as other:
            for family in (4, 6):
                probe = _probes.Probe(
                    ProbeKind.DNS,
                    _sockets.Origin(hub.NETDEV),
                    hub.DNS[family],
                    53,
                    0,
                    "there.example",
                )
                with trio.move_on_after(0.2):
                    await probe.run()
            await trio.sleep(0.6)
            return len(other.left())


def test_an_answer_that_comes_too_late_draws_no_error_out_of_another_netdev() -> None:
    assert run_in_netns(_answer_late, None) == 0
    assert run_in_netns(_answer_late, socket.socket.close) > 0, "the rule has lost its reason"


_FIN, _SYN, _ACK = 1, 2, 16


def _ending(packet: hub.Packet) -> list[tuple[float, bytes]]:
    """Accept a connection and end it, and say so once more when the other side forgot it."""
    if packet.protocol != "tcp":
        return []
    flags = packet.body[13]
    if flags & _SYN:
        return [(0, hub.segment(packet, _SYN | _ACK, number=1000, takes=1))]
    if flags & _FIN:
        return [(0, hub.segment(packet, _ACK, number=1002, takes=1))]
    if int.from_bytes(packet.body[8:12], "big") == 1001:
        ended = hub.segment(packet, _FIN | _ACK, number=1001)
        return [(0, ended), (0.5, ended)]
    return []


async def _end_twice(retire: Callable[[socket.socket], None] | None) -> int:
    """Be told twice that a connection is over; return how many packets leaked."""
    if retire is not None:
        vars(_stream)["retire"] = retire
    async with hub.hub(_ending):
        with decoy() as other:
            for family in (4, 6):
                origin = _sockets.Origin(hub.NETDEV)
                async with await _stream.connect(origin, hub.HOST[family], 80) as stream:
                    assert await stream.receive_some(1) == b""
            await trio.sleep(0.8)
            return len(other.left())


def test_an_end_that_is_repeated_draws_no_reset_out_of_another_netdev() -> None:
    assert run_in_netns(_end_twice, None) == 0
    assert run_in_netns(_end_twice, socket.socket.close) > 0, "the rule has lost its reason"
