# SPDX-License-Identifier: GPL-2.0-or-later
"""What `link` reads of the host, and the small formats that it speaks."""

from __future__ import annotations

import json
import struct
import time
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qmiprobe import link
from qmiprobe.link._firewall import parse_drops
from qmiprobe.link._nat64 import embed, prefix_of
from qmiprobe.link._reach import is_version_list, quic_hello
from qmiprobe.link._times import is_time, read_time, time_request
from tests.bed import answers
from tests.bed.recipe import HEALTHY, Recipe, recipe
from tests.bed.world import bed
from tests.netns import run_in_netns

in_bed = pytest.mark.needs("netns", "tun", "nft")

# RFC 6052, 2.4: how 192.0.2.33 stands behind prefixes of each length
_RFC_6052 = {
    "2001:db8::/32": "2001:db8:c000:221::",
    "2001:db8:100::/40": "2001:db8:1c0:2:21::",
    "2001:db8:122::/48": "2001:db8:122:c000:2:2100::",
    "2001:db8:122:300::/56": "2001:db8:122:3c0:0:221::",
    "2001:db8:122:344::/64": "2001:db8:122:344:c0:2:2100::",
    "2001:db8:122:344::/96": "2001:db8:122:344::192.0.2.33",
    "64:ff9b::/96": "64:ff9b::192.0.2.33",
}


@pytest.mark.parametrize(("prefix", "address"), _RFC_6052.items())
def test_an_ipv4_address_stands_behind_a_prefix_as_the_standard_has_it(prefix: str, address: str):
    made = embed(IPv6Network(prefix), IPv4Address("192.0.2.33"))
    assert made == IPv6Address(address)


@pytest.mark.parametrize("prefix", _RFC_6052)
@pytest.mark.parametrize("known", ["192.0.0.170", "192.0.0.171"])
def test_the_prefix_is_found_in_what_the_network_made(prefix: str, known: str):
    made = embed(IPv6Network(prefix), IPv4Address(known))
    assert prefix_of(made) == IPv6Network(prefix)


@given(st.integers(0, 2**128 - 1))
def test_any_other_address_has_no_prefix_or_one_that_makes_it(number: int):
    address = IPv6Address(number)
    found = prefix_of(address)
    known = [IPv4Address(one) for one in ("192.0.0.170", "192.0.0.171")]
    assert found is None or address in [embed(found, one) for one in known]


@given(st.floats(-4e8, 4e8))
def test_a_time_server_is_read_to_the_millisecond(ahead: float):
    request = time_request()
    answer = answers.time(request, ahead_s=ahead)
    assert answer is not None
    assert is_time(answer, request=request)
    assert read_time(answer) == pytest.approx(time.time() + ahead, abs=1.0)


def test_a_time_after_2036_is_read_too():
    data = bytes(40) + struct.pack("!II", 100, 1 << 31)
    assert read_time(data) == 2**32 - 2208988800 + 100.5


@pytest.mark.parametrize(
    ("at", "byte"),
    [(0, 0xE4), (0, 0x23), (1, 0), (1, 16), (24, None)],
    ids=["not-synchronised", "a-request", "kiss-of-death", "stratum-16", "of-another-request"],
)
def test_what_is_no_answer_of_a_time_server_is_passed_over(at: int, byte: int | None):
    request = time_request()
    answer = bytearray(answers.time(request, ahead_s=0) or b"")
    answer[at] = answer[at] ^ 0xFF if byte is None else byte
    assert not is_time(bytes(answer), request=request)


@given(st.binary(max_size=80))
def test_no_bytes_are_taken_for_the_answer_to_a_random_request(data: bytes):
    assert not is_time(data, request=time_request())
    assert not is_version_list(data, destination=bytes(8), source=b"12345678")


def test_a_quic_server_says_which_versions_it_has():
    ends = b"abcdefgh", b"12345678"
    hello = quic_hello(*ends)
    assert len(hello) == 1200
    answer = answers.version_negotiation(hello)
    assert answer is not None
    assert is_version_list(answer, destination=ends[1], source=ends[0])
    assert not is_version_list(answer, destination=ends[0], source=ends[1])


def _listing(*items: dict[str, object]) -> bytes:
    return json.dumps({"nftables": [{"metainfo": {}}, *items]}).encode()


_INPUT: dict[str, object] = {
    "chain": {"family": "inet", "table": "t", "name": "in", "hook": "input", "policy": "accept"}
}


def _rule(*parts: dict[str, object]) -> dict[str, object]:
    return {"rule": {"family": "inet", "table": "t", "chain": "in", "expr": list(parts)}}


def _of_netdev(name: str) -> dict[str, object]:
    return {"match": {"op": "==", "left": {"meta": {"key": "iifname"}}, "right": name}}


def test_rules_that_drop_are_found_unless_they_are_about_another_netdev():
    counted: dict[str, object] = {"counter": {"packets": 7, "bytes": 700}}
    listing = _listing(
        _INPUT,
        _rule(_of_netdev("wwan0"), counted, {"drop": None}),
        _rule(_of_netdev("wlan0"), {"drop": None}),
        _rule({"accept": None}),
        _rule({"reject": {"type": "tcp reset"}}),
    )
    found = parse_drops(listing, "wwan0")
    assert [(one.chain, one.hook, one.packets) for one in found] == [
        ("in", "input", 7),
        ("in", "input", None),
    ]
    assert "drop" in found[0].text


def test_a_chain_that_drops_by_its_policy_is_found():
    chain: dict[str, object] = {
        "chain": {"family": "ip", "table": "f", "name": "INPUT", "hook": "input", "policy": "drop"}
    }
    (found,) = parse_drops(_listing(chain), "wwan0")
    assert (found.table, found.text) == ("ip f", "policy drop")


@pytest.mark.parametrize("listing", [b"", b"[]", b"{}", b'{"nftables": [1, {"rule": {}}]}'])
def test_a_listing_that_cannot_be_read_has_no_rules(listing: bytes):
    assert parse_drops(listing, "wwan0") == []


@pytest.mark.parametrize(
    ("text", "servers", "remote"),
    [
        ("nameserver 9.9.9.9\nnameserver 2620:fe::fe\n", 2, 2),
        ("# none\nsearch example.com\n", 0, 0),
        ("nameserver 127.0.0.53\noptions edns0\n", 1, 0),
        ("nameserver fe80::1%wwan0\nnameserver nonsense\nnameserver\n", 1, 1),
        ("".join(f"nameserver 192.0.2.{n}\n" for n in range(1, 6)), 3, 3),
    ],
)
def test_resolv_conf_is_read_as_the_c_library_reads_it(
    tmp_path: Path, text: str, servers: int, remote: int
):
    file = tmp_path / "resolv.conf"
    file.write_text(text, encoding="utf-8")
    got = link.read_resolver(999_999, resolv_conf=str(file))
    assert (len(got.servers), len(got.remote), got.owner) == (servers, remote, "file")


def test_a_resolv_conf_that_is_not_there_names_nobody(tmp_path: Path):
    assert link.read_resolver(999_999, resolv_conf=str(tmp_path / "none")).servers == ()


@in_bed
def test_what_stands_beside_the_netdev_is_read():
    async def body() -> tuple[link.HostFacts, link.Settings, link.OffloadFacts]:
        async with bed(recipe("rp-filter")) as built:
            await link.echoing(built.bearer, [ip_address("10.64.0.1")])
            return (
                await link.read_host("wwan0"),
                link.read_settings("wwan0"),
                link.read_offloads("wwan0"),
            )

    host, settings, offloads = run_in_netns(body)
    assert {one.name for one in host.others} == {"other0", "other1"}
    defaults = {one.device: one.metric for one in host.routes if one.prefix.prefixlen == 0}
    assert defaults["other0"] == 50
    near = {one.address: one.state for one in host.neighbours}
    assert near[ip_address("10.64.0.1")] in ("reachable", "delay", "stale")
    assert not host.marked
    assert (settings.rp_filter, settings.rp_filter_all) == (1, 1)
    assert offloads.on is not None
    assert "tso" not in offloads.on


@in_bed
def test_rules_are_read_from_the_kernel():
    async def body() -> link.FirewallFacts:
        async with bed(recipe("input-udp")):
            return await link.read_firewall("wwan0")

    found = run_in_netns(body)
    assert found.drops is not None
    assert [(one.chain, one.hook) for one in found.drops] == [("input", "input")]


async def _reach(which: Recipe) -> dict[int, link.ReachFacts]:
    async with bed(which) as built:
        return {
            family: await link.measure_reach(built.bearer, targets=built.targets, family=family)
            for family in (4, 6)
        }


@in_bed
def test_each_kind_of_traffic_comes_back_from_a_healthy_world():
    for found in run_in_netns(_reach, HEALTHY).values():
        assert set(found.kinds) == set(link.ReachKind) - {link.ReachKind.UDP}
        assert found.silent == ()
        assert all(one.latency_s is not None for one in found.reached)


@in_bed
def test_who_forbids_is_known_by_address():
    found = run_in_netns(_reach, recipe("private-apn-rejects"))[4]
    assert found.kinds == ()
    assert {str(one.offender) for one in found.reached} == {"10.64.0.1"}
    assert any(one.prohibited for one in found.reached)


@in_bed
def test_hosts_that_answer_pings_are_told_from_those_that_do_not():
    hosts = (ip_address("203.0.113.10"), ip_address("203.0.113.77"))

    async def body() -> tuple[object, ...]:
        async with bed(HEALTHY) as built:
            return await link.echoing(built.bearer, hosts)

    assert run_in_netns(body) == hosts[:1]
