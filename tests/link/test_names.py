# SPDX-License-Identifier: GPL-2.0-or-later
"""DNS: servers that answer, are silent, lie, cut short, refuse, or talk nonsense."""

from __future__ import annotations

import errno

import dns.message
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qmiprobe.link import DnsFacts, DnsResult, ask_dns
from qmiprobe.link._query import read_reply
from qmiprobe.sim.dataplane import NetworkFaults
from tests.netns import run_in_netns

from . import hub
from .bed import network, nft
from .everything import everything

in_netns = [pytest.mark.needs("netns"), pytest.mark.needs("tun")]


async def _ask_behind(*rules: str) -> DnsFacts:
    async with network() as bed:
        nft(*rules)
        return await ask_dns(bed.bearer, targets=bed.targets)


class TestOnTheNetwork:
    pytestmark = in_netns

    def test_every_server_resolves_one_name_and_denies_the_other(self) -> None:
        facts = everything().dns
        assert len(facts.servers) == 3
        assert facts.resolving == facts.answering == facts.servers
        assert facts.hijacked == ()
        rcodes = {(answer.name, answer.rcode) for answer in facts.answers}
        assert rcodes == {(facts.existing_name, "NOERROR"), (facts.missing_name, "NXDOMAIN")}
        families = {(answer.family, answer.record) for answer in facts.answers}
        assert families == {(4, "A"), (4, "AAAA"), (6, "A"), (6, "AAAA")}
        assert all(answer.transport == "udp" for answer in facts.answers)

    def test_silent_servers_are_asked_three_times_within_four_seconds(self) -> None:
        found = everything(NetworkFaults(no_dns=True))
        facts = found.dns
        assert found.seconds["names"] < 4
        assert facts.answering == ()
        assert {(a.result, a.attempts) for a in facts.answers} == {(DnsResult.SILENT, 3)}

    def test_an_address_for_a_missing_name_shows_as_hijacked(self) -> None:
        facts = everything(NetworkFaults(dns_hijacked=True)).dns
        assert facts.hijacked == facts.resolving == facts.servers

    def test_an_answer_that_is_cut_short_is_fetched_over_tcp(self) -> None:
        facts = everything(NetworkFaults(dns_truncated=True)).dns
        assert facts.resolving == facts.servers
        assert {answer.transport for answer in facts.answers} == {"tcp"}

    @pytest.mark.needs("nft")
    def test_an_output_filter_shows_as_not_sent(self) -> None:
        facts = run_in_netns(_ask_behind, "output udp dport 53 drop")
        results = {(answer.result, answer.errno) for answer in facts.answers}
        assert results == {(DnsResult.NOT_SENT, errno.EPERM)}

    def test_a_port_where_nothing_listens_shows_as_refused(self) -> None:
        facts = run_in_netns(_ask_hub, lambda packet: [(0, hub.port_unreachable(packet))])
        assert {answer.result for answer in facts.answers} == {DnsResult.REFUSED}
        assert {answer.attempts for answer in facts.answers} == {1}

    def test_a_router_without_a_way_shows_as_unreachable_and_is_named(self) -> None:
        def respond(packet: hub.Packet) -> list[tuple[float, bytes]]:
            return [(0, hub.port_unreachable(packet, by=hub.ROUTER[packet.family]))]

        facts = run_in_netns(_ask_hub, respond)
        assert {answer.result for answer in facts.answers} == {DnsResult.UNREACHABLE}
        for answer in facts.answers:
            assert str(hub.ROUTER[answer.family]) in str(answer.error)

    def test_an_answer_to_the_second_attempt_counts_and_says_so(self) -> None:
        seen: list[bytes] = []

        def respond(packet: hub.Packet) -> list[tuple[float, bytes]]:
            first = packet.body[8:] not in seen
            seen.append(packet.body[8:])
            return [] if first else [(0, hub.dns_answer(packet))]

        facts = run_in_netns(_ask_hub, respond)
        assert {(a.result, a.attempts) for a in facts.answers} == {(DnsResult.ANSWERED, 2)}
        assert all(
            answer.latency_s is not None and answer.latency_s < 1 for answer in facts.answers
        )


async def _ask_hub(respond: hub.Responder) -> DnsFacts:
    async with hub.hub(respond):
        return await ask_dns(hub.BEARER, targets=hub.TARGETS)


QUERY = dns.message.make_query("there.example", "A", id=0x1234)


def _response(*, name: str = "there.example", identifier: int = 0x1234) -> bytes:
    query = dns.message.make_query(name, "A", id=identifier)
    return dns.message.make_response(query).to_wire()


def test_a_response_is_read() -> None:
    reply = read_reply(_response(), QUERY)
    assert reply is not None
    assert (reply.result, reply.rcode, reply.truncated) == ("answered", "NOERROR", False)


@pytest.mark.parametrize(
    "data",
    [b"", _response()[:11], QUERY.to_wire(), _response(identifier=1), _response(name="x.example")],
    ids=["empty", "short", "the-query-itself", "other-identifier", "other-question"],
)
def test_what_answers_another_question_is_passed_over(data: bytes) -> None:
    assert read_reply(data, QUERY) is None


def test_a_response_that_cannot_be_read_is_malformed() -> None:
    reply = read_reply(_response()[:20], QUERY)
    assert reply is not None
    assert reply.result == "malformed"


@given(st.binary(max_size=200), st.booleans())
def test_no_bytes_make_the_reader_raise(data: bytes, like_an_answer: bool) -> None:
    head = b"\x12\x34\x81\x80" if like_an_answer else b""
    read_reply(head + data, QUERY)


@given(st.data())
def test_no_damage_to_an_answer_makes_the_reader_raise(data: st.DataObject) -> None:
    wire = bytearray(_response())
    for _ in range(data.draw(st.integers(1, 4))):
        wire[data.draw(st.integers(2, len(wire) - 1))] = data.draw(st.integers(0, 255))
    read_reply(bytes(wire), QUERY)
