# SPDX-License-Identifier: GPL-2.0-or-later
"""DNS and HTTP of the simulated network, asked over the netdev by plain sockets."""

from __future__ import annotations

import socket
import struct

import dns.edns
import dns.message
import dns.rcode
import pytest
import trio

from qmiprobe.sim.dataplane import NetworkFaults
from tests.netns import run_in_netns
from tests.sim.dataplane.host import DNS, INET, WEB, connected, fetch, ping

pytestmark = pytest.mark.needs("netns", "tun")
FAMILIES = [4, 6]
ADDRESSES = {"A": WEB[4], "AAAA": WEB[6]}


async def ask_udp(server: str, query: dns.message.Message, *, seconds: float = 1.0) -> bytes:
    family = INET[6 if ":" in server else 4]
    with trio.socket.socket(family, socket.SOCK_DGRAM) as probe:
        await probe.connect((server, 53))
        await probe.send(query.to_wire(max_size=65535))
        with trio.fail_after(seconds):
            return await probe.recv(4096)


async def ask_tcp(server: str, query: dns.message.Message, *, seconds: float = 1.0) -> bytes:
    with trio.fail_after(seconds):
        async with await trio.open_tcp_stream(server, 53) as stream:
            wire = query.to_wire()
            message = struct.pack("!H", len(wire)) + wire
            for byte in message:
                await stream.send_all(bytes([byte]))
            data = b""
            while len(data) < 2 or len(data) < 2 + int.from_bytes(data[:2], "big"):
                data += await stream.receive_some(4096)
            return data[2:]


def _texts(answer: bytes) -> tuple[str, list[str]]:
    message = dns.message.from_wire(answer)
    return dns.rcode.to_text(message.rcode()), [
        item.to_text() for rrset in message.answer for item in rrset
    ]


@pytest.mark.parametrize("server", [DNS[4], "198.51.100.54", DNS[6]])
def test_dns_knows_two_names_and_no_other(server: str):
    async def body() -> None:
        async with connected():
            for ask in (ask_udp, ask_tcp):
                for kind, address in ADDRESSES.items():
                    for name in ("connectivity.example", "large.example", "Large.EXAMPLE"):
                        query = dns.message.make_query(name, kind)
                        answer = await ask(server, query)
                        assert _texts(answer) == ("NOERROR", [address])
                        assert query.is_response(dns.message.from_wire(answer))
                    query = dns.message.make_query("no-such-name.example", kind)
                    assert _texts(await ask(server, query)) == ("NXDOMAIN", [])
                query = dns.message.make_query("large.example", "TXT")
                assert _texts(await ask(server, query)) == ("NOERROR", [])

    run_in_netns(body)


@pytest.mark.parametrize("family", FAMILIES)
def test_a_query_padded_to_the_full_packet_gets_a_small_answer(family: int):
    async def body() -> None:
        async with connected() as plane:
            head = 28 if family == 4 else 48
            query = dns.message.make_query("connectivity.example", "A", use_edns=0)
            bare = len(query.to_wire()) + 4
            padding = dns.edns.GenericOption(dns.edns.OptionType.PADDING, bytes(1500 - head - bare))
            query.use_edns(0, payload=1232, options=[padding])
            assert len(query.to_wire(max_size=65535)) == 1500 - head
            answer = await ask_udp(DNS[family], query)
            assert _texts(answer) == ("NOERROR", [WEB[4]])
            assert len(answer) < 100
            assert dns.message.from_wire(answer).edns == 0
            assert plane.network.uplink.bytes(family=family, protocol="udp") == 1500

    run_in_netns(body)


def test_silent_dns_servers_still_answer_a_ping():
    async def body() -> None:
        async with connected(NetworkFaults(no_dns=True)) as plane:
            query = dns.message.make_query("connectivity.example", "A")
            for family in (4, 6):
                for ask in (ask_udp, ask_tcp):
                    with pytest.raises(trio.TooSlowError):
                        await ask(DNS[family], query, seconds=0.1)
                assert await ping(DNS[family])
                assert (await fetch(WEB[family], "large.example", "/large"))[0] == 200
            assert plane.network.dropped["dns-silent"] >= 4
            assert plane.network.uplink.packets(protocol="udp") == 0

    run_in_netns(body)


def test_hijacked_dns_gives_missing_names_an_address():
    async def body() -> None:
        async with connected(NetworkFaults(dns_hijacked=True)):
            missing = dns.message.make_query("no-such-name.example", "A")
            assert _texts(await ask_udp(DNS[4], missing)) == ("NOERROR", ["203.0.113.99"])
            existing = dns.message.make_query("connectivity.example", "A")
            assert _texts(await ask_udp(DNS[4], existing)) == ("NOERROR", [WEB[4]])

    run_in_netns(body)


def test_truncated_answers_are_whole_over_tcp():
    async def body() -> None:
        async with connected(NetworkFaults(dns_truncated=True)):
            query = dns.message.make_query("connectivity.example", "A")
            answer = dns.message.from_wire(await ask_udp(DNS[4], query))
            assert dns.flags.to_text(answer.flags) == "QR TC RD RA"
            assert answer.answer == []
            assert _texts(await ask_tcp(DNS[4], query)) == ("NOERROR", [WEB[4]])

    run_in_netns(body)


def test_dns_noise_is_ignored_and_the_server_lives_on():
    async def body() -> None:
        async with connected():
            query = dns.message.make_query("connectivity.example", "A")
            with trio.socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
                await probe.connect((DNS[4], 53))
                for noise in (b"", b"x", bytes(11), bytes(12), b"\xff" * 400):
                    await probe.send(noise)
            assert _texts(await ask_udp(DNS[4], query))[0] == "NOERROR"
            for noise in (b"", b"\x00", b"\x00\x05abc", b"\x00\x03abc", b"\xff\xff"):
                async with await trio.open_tcp_stream(DNS[4], 53) as stream:
                    await stream.send_all(noise)
            assert _texts(await ask_tcp(DNS[4], query))[0] == "NOERROR"

    run_in_netns(body)


@pytest.mark.parametrize("family", FAMILIES)
def test_pages_answer_with_their_status(family: int):
    async def body() -> None:
        async with connected() as plane:
            web = WEB[family]
            status, head, page = await fetch(web, "connectivity.example", "/generate_204")
            assert (status, page) == (204, b"")
            assert head.startswith(b"HTTP/1.1 204 No Content\r\n")
            status, head, page = await fetch(web, "large.example", "/large")
            assert (status, len(page)) == (200, 131072)
            assert b"Content-Length: 131072" in head
            assert (await fetch(web, "connectivity.example", "/large"))[0] == 404
            assert (await fetch(web, "other.example", "/"))[0] == 404
            assert (await fetch(web, "LARGE.example:80", "/large"))[0] == 200
            for target in (*plane.network.targets().http, *plane.network.targets().large):
                for address in target.addresses:
                    got = await fetch(str(address), target.host, target.path)
                    assert got[0] == target.status

    run_in_netns(body)


@pytest.mark.parametrize("family", FAMILIES)
def test_long_request_heads_work_and_endless_ones_end(family: int):
    async def body() -> None:
        async with connected():
            long = b"X-Long: " + b"a" * 8000 + b"\r\n"
            web = WEB[family]
            status, _, _ = await fetch(web, "connectivity.example", "/generate_204", extra=long)
            assert status == 204
            assert (await fetch(web, "x", "/", extra=b"X: " + b"a" * 40000))[0] == 431

    run_in_netns(body)


def test_broken_requests_do_not_stop_the_server():
    async def body() -> None:
        async with connected():
            for noise in (
                b"",
                b"\r\n\r\n",
                b"GET\r\n\r\n",
                b"\xff\xfe / HTTP/1.1\r\n\r\n",
                b"GET / HT",
            ):
                async with await trio.open_tcp_stream(WEB[4], 80) as stream:
                    await stream.send_all(noise)
            stream = await trio.open_tcp_stream(WEB[4], 80)
            stream.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            await stream.send_all(b"GET /large HTTP/1.1\r\nHost: large.example\r\n\r\n")
            await stream.receive_some(1)
            await stream.aclose()  # a reset in the middle of the page
            assert (await fetch(WEB[4], "connectivity.example", "/generate_204"))[0] == 204

    run_in_netns(body)


def test_a_walled_garden_redirects_every_page_to_its_portal():
    async def body() -> None:
        async with connected(NetworkFaults(walled_garden=True)):
            for family in (4, 6):
                status, head, _ = await fetch(WEB[family], "connectivity.example", "/generate_204")
                assert status == 302
                assert b"Location: http://portal.example/login" in head
            answer = await ask_udp(DNS[4], dns.message.make_query("portal.example", "A"))
            assert _texts(answer) == ("NOERROR", ["203.0.113.99"])
            assert (await fetch("203.0.113.99", "portal.example", "/login"))[0] == 200

    run_in_netns(body)
