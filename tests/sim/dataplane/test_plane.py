# SPDX-License-Identifier: GPL-2.0-or-later
"""The whole data plane with real kernel sockets: it carries, counts, gates and goes away."""

from __future__ import annotations

import os
import socket
import struct
from ipaddress import IPv4Interface

import pytest
import trio
import trio.testing

from qmiprobe.errors import CannotTest, DeviceGone
from qmiprobe.sim.dataplane import NetworkFaults, PacketCounters, open_dataplane
from tests.netns import run_in_netns
from tests.sim.dataplane.host import (
    DNS,
    GATEWAY,
    INET,
    WEB,
    connected,
    fetch,
    netdev_counters,
    ping,
    set_link,
)

pytestmark = pytest.mark.needs("netns", "tun")
FAMILIES = [4, 6]


def test_every_host_of_the_network_answers_a_ping():
    async def body() -> None:
        async with connected():
            for address in (*GATEWAY.values(), *DNS.values(), "198.51.100.54", *WEB.values()):
                assert await ping(address), address
            assert not await ping("203.0.113.7", seconds=0.1)

    run_in_netns(body)


@pytest.mark.parametrize("family", FAMILIES)
def test_a_closed_port_is_refused(family: int):
    async def body() -> None:
        async with connected():
            with pytest.raises(OSError, match="all attempts to connect"):
                await trio.open_tcp_stream(WEB[family], 81)
            with trio.socket.socket(INET[family], socket.SOCK_DGRAM) as probe:
                await probe.connect((WEB[family], 9))
                for _ in range(20):  # no limit on how often it says so
                    await probe.send(b"anyone?")
                    with trio.fail_after(0.5), pytest.raises(ConnectionRefusedError):
                        await probe.recv(100)

    run_in_netns(body)


def test_the_counters_of_netdev_session_and_network_agree():
    async def body() -> None:
        async with connected() as plane:
            for family in (4, 6):
                assert await ping(WEB[family], size=100 * family)
                assert (await fetch(WEB[family], "large.example", "/large"))[0] == 200
            await trio.testing.wait_all_tasks_blocked(0.1)
            both = plane.table.counters(0)
            assert both == plane.table.counters(0, 4) + plane.table.counters(0, 6)
            rx_packets, rx_bytes, tx_packets, _ = netdev_counters(plane.netdev)
            assert (both.rx_packets, both.rx_bytes) == (rx_packets, rx_bytes)
            # The kernel's own solicitations have another source and stop at the gate.
            assert both.tx_packets + plane.gate.dropped["wrong-source"] == tx_packets
            assert set(plane.gate.dropped) <= {"wrong-source"}
            for family in (4, 6):
                counters = plane.table.counters(0, family)
                up, down = plane.network.uplink, plane.network.downlink
                assert up.packets(family=family) == counters.tx_packets
                assert up.bytes(family=family) == counters.tx_bytes
                assert down.packets(family=family) == counters.rx_packets
                assert down.bytes(family=family) == counters.rx_bytes
                assert up.packets(family=family, protocol="icmp") == 1
                assert up.bytes(family=family, protocol="icmp") == 100 * family
                assert down.bytes(family=family, protocol="tcp") > 128 * 1024
                assert up.packets(family=family, protocol="udp") == 0

    run_in_netns(body)


@pytest.mark.parametrize("family", FAMILIES)
def test_the_gate_follows_the_session_up_and_down(family: int):
    async def body() -> None:
        async with connected() as plane:
            assert await ping(WEB[family])
            plane.table.down(0, family)
            before = plane.table.counters(0, family)
            assert not await ping(WEB[family], seconds=0.2)
            assert plane.gate.dropped["no-session"] >= 1
            assert plane.table.counters(0, family) == before, "readable, and no longer growing"
            assert await ping(WEB[10 - family]), "the other family is another session"
            plane.table.up(0, family, plane.network.family_facts(family).interface)
            assert plane.table.counters(0, family) == PacketCounters()
            assert await ping(WEB[family])
            assert plane.table.counters(0, family).tx_packets == 1

    run_in_netns(body)


def test_a_source_address_that_the_network_did_not_give_does_not_pass():
    async def body() -> None:
        async with connected() as plane:
            plane.table.up(0, 4, IPv4Interface("192.0.2.6/30"))
            assert not await ping(WEB[4], seconds=0.2)
            assert plane.gate.dropped["wrong-source"] >= 1
            assert plane.table.counters(0, 4) == PacketCounters(tx_dropped=1)
            assert plane.network.uplink.packets(family=4) == 0

    run_in_netns(body)


def test_a_phantom_session_counts_what_is_sent_and_returns_nothing():
    async def body() -> None:
        async with connected(NetworkFaults(phantom_session=True)) as plane:
            for family in (4, 6):
                assert not await ping(WEB[family], seconds=0.1)
                counters = plane.table.counters(0, family)
                assert (counters.tx_packets, counters.tx_bytes) == (1, 64)
                assert counters.rx_packets == 0
            assert plane.network.uplink.packets() == 0

    run_in_netns(body)


def test_a_raw_ip_modem_understands_nothing_of_an_802_3_host():
    async def body() -> None:
        async with connected(NetworkFaults(raw_ip_mismatch=True)) as plane:
            assert not await ping(WEB[4], seconds=0.3)
            assert plane.gate.dropped["not-ip"] >= 1
            assert plane.table.counters(0) == PacketCounters()
            # Bare IP written to an Ethernet netdev: the host takes it for a broken frame.
            packet = bytes.fromhex("45000014000000004001000000000000") + bytes(100)
            await plane.port.send(0, packet)
            assert not await ping(WEB[4], seconds=0.1)

    run_in_netns(body)


def test_a_modem_in_802_3_mode_serves_an_802_3_host():
    async def body() -> None:
        async with connected(ethernet=True) as plane:
            for family in (4, 6):
                assert await ping(WEB[family])
                status, _, page = await fetch(WEB[family], "large.example", "/large")
                assert (status, len(page)) == (200, 128 * 1024)
            assert plane.table.counters(0, 4).tx_packets > 1

    run_in_netns(body)


def test_a_netdev_that_is_down_loses_packets_and_recovers():
    async def body() -> None:
        async with connected() as plane:
            await trio.to_thread.run_sync(set_link, plane.netdev, "down")
            packet = struct.pack("!BBHHHBBH", 0x45, 0, 20, 0, 0, 64, 17, 0) + bytes(8)
            await plane.port.send(0, packet)
            assert plane.port.dropped["netdev-down"] == 1  # type: ignore[attr-defined]
            await plane.port.send(3, packet)
            assert plane.port.dropped["no-netdev"] == 1  # type: ignore[attr-defined]
            await trio.to_thread.run_sync(set_link, plane.netdev, "up")
            assert await ping(GATEWAY[4])

    run_in_netns(body)


def test_a_netdev_that_somebody_removes_is_named_in_one_plain_error():
    async def lose_it() -> None:
        async with connected() as plane:
            await trio.to_thread.run_sync(set_link, plane.netdev, "delete")
            await trio.sleep(2)

    async def body() -> None:
        with pytest.raises(DeviceGone, match="wwan0: the netdev was removed"):
            await lose_it()

    run_in_netns(body)


def test_nothing_is_left_behind_on_any_way_out():
    def seen() -> tuple[set[str], set[str]]:
        descriptors = {
            f"{number}:{os.readlink(f'/proc/self/fd/{number}')}"
            for number in os.listdir("/proc/self/fd")
            if os.path.exists(f"/proc/self/fd/{number}")
        }
        return descriptors, {name for _, name in socket.if_nameindex()}

    async def body() -> None:
        async with open_dataplane():
            pass
        before = seen()
        assert before[1] == {"lo"}
        async with open_dataplane() as plane:
            assert plane.netdev in seen()[1]
            assert len(seen()[0]) > len(before[0])
        assert seen() == before
        with pytest.raises(KeyError, match="the body's own"):
            async with open_dataplane():
                raise KeyError("the body's own")
        assert seen() == before
        with trio.move_on_after(0.05) as scope:
            async with open_dataplane():
                await trio.sleep_forever()
        assert scope.cancelled_caught
        assert seen() == before
        with pytest.raises(CannotTest, match="an MTU of 99999"):
            async with open_dataplane(host_mtu=99999):
                pass
        assert seen() == before
        async with open_dataplane("other0"):
            with pytest.raises(CannotTest, match="held by another program"):
                async with open_dataplane("other0"):
                    pass

    run_in_netns(body)


def test_two_networks_side_by_side_do_not_see_each_other():
    async def body() -> None:
        async with open_dataplane("wwan1") as idle, connected() as plane:
            assert await ping(WEB[4])
            assert plane.network.uplink.packets(family=4) == 1
            assert idle.network.uplink.packets() == 0

    run_in_netns(body)


def test_no_netdev_is_made_outside_a_namespace_of_our_own():
    async def body() -> None:
        async with open_dataplane():
            pytest.fail("a netdev on the machine itself")

    with pytest.raises(CannotTest, match="enter_namespace"):
        trio.run(body)


def test_packets_may_go_through_a_port_of_the_callers():
    class Wire:
        """A port made of two memory channels."""

        def __init__(self) -> None:
            self.to_host, self.sent = trio.open_memory_channel[tuple[int, bytes]](10)
            self.typed, self.from_host = trio.open_memory_channel[tuple[int, bytes]](10)

        async def send(self, session_id: int, packet: bytes) -> None:
            await self.to_host.send((session_id, packet))

        async def receive(self) -> tuple[int, bytes]:
            return await self.from_host.receive()

    async def body() -> None:
        wire = Wire()
        async with open_dataplane(port=wire) as plane:
            assert plane.netdev == ""
            facts = plane.network.family_facts(4, index=3)
            plane.table.up(5, 4, facts.interface)
            echo = bytes.fromhex("0800f7f500080002")
            head = bytes.fromhex("4500001c0000000040010000") + facts.interface.ip.packed
            head += bytes([203, 0, 113, 80])
            total = sum(struct.unpack("!10H", head))
            value = 0xFFFF - (total % 0xFFFF)
            packet = head[:10] + struct.pack("!H", value) + head[12:] + echo
            await wire.typed.send((5, packet))
            with trio.fail_after(2):
                session_id, answer = await wire.sent.receive()
            assert session_id == 5
            assert answer[16:20] == facts.interface.ip.packed
            assert answer[20] == 0
        assert "wwan0" not in {name for _, name in socket.if_nameindex()}

    run_in_netns(body)


def test_it_relays_more_than_a_few_hundred_packets_a_second():
    async def body() -> float:
        async with connected():
            start = trio.current_time()
            for _ in range(8):
                await fetch(WEB[4], "large.example", "/large")
            return 8 * 95 / (trio.current_time() - start)

    assert run_in_netns(body) > 500
