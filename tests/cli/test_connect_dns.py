# SPDX-License-Identifier: GPL-2.0-or-later
"""``connect`` hands the session's DNS servers to the resolver, and takes them back."""

from __future__ import annotations

import json
import os

import pytest

from qmiprobe.sim.dataplane._interface import open_tun
from tests.cli.connecting import Stage, play, play_beside_a_resolver
from tests.session.fake_resolver import FakeResolver
from tests.session.machine import ip

pytestmark = [pytest.mark.needs(one) for one in ("netns", "tun", "dbus-daemon")]
SERVERS = ["198.51.100.53", "198.51.100.54", "2001:db8:53::53"]


def _index() -> int:
    return int(ip("link", "show", "wwan0").partition(":")[0])


def test_servers_are_told_for_the_netdev_and_taken_back():
    async def body(stage: Stage, resolver: FakeResolver) -> None:
        ended = await stage.connect("--json")
        assert (ended.status, ended.err) == (0, ""), str(ended)
        assert json.loads(ended.out)["dns"] == "resolver"
        assert resolver.addresses(_index()) == SERVERS
        assert resolver.domains[_index()] == [(".", True)], "there is no other way out"
        assert (await stage.disconnect()).status == 0
        assert resolver.addresses(_index()) == []
        assert resolver.domains[_index()] == []

    play_beside_a_resolver(body, "ec25")


def test_behind_another_way_out_only_this_netdevs_names_are_asked_there():
    async def body(stage: Stage, resolver: FakeResolver) -> None:
        other = open_tun("eth0")
        ip("link", "set", "eth0", "up")
        ip("route", "add", "default", "dev", "eth0", "metric", "100")
        await stage.connect()
        assert resolver.addresses(_index()) == SERVERS
        assert resolver.domains[_index()] == []
        await stage.disconnect()
        await stage.connect("--metric", "50")
        assert resolver.domains[_index()] == [(".", True)]
        await stage.disconnect()
        os.close(other)

    play_beside_a_resolver(body, "ec25")


def test_without_a_resolver_that_is_told_and_packets_flow_all_the_same():
    async def body(stage: Stage) -> None:
        ended = await stage.connect("--json")
        assert ended.status == 0
        assert json.loads(ended.out)["dns"] == "none"
        assert "names are not asked at the session's servers: no D-Bus" in ended.err
        assert await stage.reaches(4)
        await stage.disconnect()

    play(body, "ec25")


def test_a_network_without_servers_is_told():
    async def body(stage: Stage) -> None:
        stage.modem.state.calls.with_dns = False
        ended = await stage.connect()
        assert ended.status == 0
        assert "the network named no DNS servers" in ended.err
        await stage.disconnect()

    play(body, "em7455")
