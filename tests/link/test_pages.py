# SPDX-License-Identifier: GPL-2.0-or-later
"""TCP connections and pages: honest, walled, refused, cut off, not HTTP at all."""

from __future__ import annotations

import contextlib
import errno
import time
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qmiprobe.bearer import HttpTarget
from qmiprobe.link import DnsFacts, HttpFacts, HttpResult, _http, fetch_pages
from qmiprobe.link._reply import HEAD_LIMIT, BadReply, get_request, parse_head, read_head
from qmiprobe.sim.dataplane import NetworkFaults
from tests.netns import run_in_netns

from .bed import network, nft
from .everything import everything

in_netns = [pytest.mark.needs("netns"), pytest.mark.needs("tun")]


async def _fetch_behind(*rules: str) -> HttpFacts:
    async with network() as bed:
        nft(*rules)
        return await fetch_pages(bed.bearer, targets=bed.targets)


class TestOnTheNetwork:
    pytestmark = in_netns

    def test_pages_come_by_address_and_by_name_over_both_families(self) -> None:
        facts = everything().http
        asked = {(page.family, page.by_name) for page in facts.pages}
        assert asked == {(4, False), (4, True), (6, False), (6, True)}
        assert all(page.as_expected and page.status == 204 for page in facts.pages)
        assert all(page.latency_s and page.connect_s for page in facts.pages)
        assert {fact.family for fact in facts.connects} == {4, 6}
        assert {fact.result for fact in facts.connects} == {HttpResult.ANSWERED}

    def test_a_walled_garden_shows_its_redirect(self) -> None:
        facts = everything(NetworkFaults(walled_garden=True)).http
        assert not any(page.as_expected for page in facts.pages)
        assert {page.status for page in facts.pages} == {302}
        assert {page.location for page in facts.pages} == {"http://portal.example/login"}

    def test_without_dns_pages_come_by_address_only(self) -> None:
        facts = everything(NetworkFaults(no_dns=True)).http
        assert all(page.as_expected != page.by_name for page in facts.pages)
        named = {page.result for page in facts.pages if page.by_name}
        assert named == {HttpResult.NO_NAME}

    def test_servers_known_to_be_silent_are_not_asked_again(self) -> None:
        async def body() -> tuple[HttpFacts, float]:
            async with network(NetworkFaults(no_dns=True)) as bed:
                dns = DnsFacts(answers=(), existing_name="", missing_name="")
                started = time.monotonic()
                facts = await fetch_pages(bed.bearer, targets=bed.targets, dns=dns)
                return facts, time.monotonic() - started

        facts, seconds = run_in_netns(body)
        assert seconds < 1
        assert {page.by_name for page in facts.pages if not page.as_expected} == {True}

    def test_a_phantom_session_is_silence_within_five_seconds(self) -> None:
        found = everything(NetworkFaults(phantom_session=True))
        facts = found.http
        assert found.seconds["pages"] < 5
        assert {fact.result for fact in facts.connects} == {HttpResult.SILENT}
        by_address = {page.result for page in facts.pages if not page.by_name}
        assert by_address == {HttpResult.SILENT}

    def test_a_port_where_nothing_listens_refuses(self) -> None:
        async def body() -> HttpFacts:
            async with network() as bed:
                places = tuple((address, 81) for address, _ in bed.targets.tcp)
                page = replace(bed.targets.http[0], port=81)
                targets = replace(bed.targets, tcp=places, http=(page,))
                return await fetch_pages(bed.bearer, targets=targets)

        facts = run_in_netns(body)
        refused = (HttpResult.REFUSED, errno.ECONNREFUSED)
        assert {(fact.result, fact.errno) for fact in facts.connects} == {refused}
        assert {(page.result, page.errno) for page in facts.pages} == {refused}

    @pytest.mark.needs("nft")
    def test_an_answer_that_is_lost_after_the_connection_is_silence_after_it(self) -> None:
        async def body() -> HttpFacts:
            vars(_http)["PAGE_SECONDS"] = 1.0
            return await _fetch_behind("input tcp sport 80 tcp flags & (psh|fin) != 0 drop")

        facts = run_in_netns(body)
        assert {fact.result for fact in facts.connects} == {HttpResult.ANSWERED}
        assert {page.result for page in facts.pages} == {HttpResult.SILENT}
        assert all(page.connect_s for page in facts.pages)


class _Parts:
    """What a connection gives, in the pieces that it comes in."""

    def __init__(self, *parts: bytes) -> None:
        self._parts = list(parts)

    async def receive_some(self, limit: int) -> bytes:
        return self._parts.pop(0)[:limit] if self._parts else b""


PAGE = HttpTarget(host="there.example", path="/x", status=204, addresses=())
HEAD = b"HTTP/1.1 302 Found\r\nLocation: http://portal.example/\r\nlocation: no\r\n\r\n"


@pytest.mark.parametrize("step", [1, 2, 7, 1000])
async def test_a_head_is_read_in_pieces_of_any_size(step: int) -> None:
    pieces = [HEAD[at : at + step] for at in range(0, len(HEAD), step)]
    head = await read_head(_Parts(*pieces))
    assert (head.status, head.fields["location"]) == (302, "http://portal.example/")


async def test_bare_line_feeds_and_a_missing_phrase_are_understood() -> None:
    head = await read_head(_Parts(b"HTTP/1.0 204\nA: b\n\nrest"))
    assert (head.status, head.fields, head.body) == (204, {"a": "b"}, b"rest")


async def test_a_head_that_ends_early_is_cut() -> None:
    with pytest.raises(BadReply, match="ended after 12 bytes") as caught:
        await read_head(_Parts(HEAD[:12]))
    assert caught.value.cut


async def test_what_is_not_http_is_refused_at_its_first_bytes() -> None:
    with pytest.raises(BadReply, match="not HTTP") as caught:
        await read_head(_Parts(b"SSH-2.0-x\r\n", b"never read"))
    assert not caught.value.cut


async def test_a_head_without_end_is_given_up() -> None:
    with pytest.raises(BadReply, match="more than 65536"):
        await read_head(_Parts(*[b"HTTP/1.1 200 OK\r\n"], *[b"A: b\r\n" * 600] * 40))
    assert HEAD_LIMIT == 65536


@given(st.binary(max_size=100))
def test_no_bytes_make_the_head_parser_raise_anything_else(data: bytes) -> None:
    with contextlib.suppress(BadReply):
        parse_head(data, b"")


def test_a_request_names_the_port_only_where_it_is_unusual() -> None:
    assert b"\r\nHost: there.example\r\n" in get_request(PAGE)
    assert b"\r\nHost: there.example:81\r\n" in get_request(replace(PAGE, port=81))
    assert b"\r\nRange: bytes=0-99\r\n" in get_request(PAGE, last_byte=99)
