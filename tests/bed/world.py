# SPDX-License-Identifier: GPL-2.0-or-later
"""Builds the bed around the process that asks for it, with one recipe's fault in it."""

from __future__ import annotations

import os
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import trio

from qmiprobe.bearer import BearerFacts, Targets
from qmiprobe.sim.dataplane._interface import TAP, TUN, open_tun
from tests.link.bed import usable

from . import addresses
from .exact import exact_relay
from .place import Place
from .recipe import HEALTHY, PLACES, Recipe, by_place
from .relay import relay
from .rules import script
from .servers import serve

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

_FORWARDING = {
    "ipv4__ip_forward": 1,
    "ipv6__conf__all__forwarding": 1,
    "ipv4__icmp_ratelimit": 0,
    "ipv6__icmp__ratelimit": 0,
}
_QUIET = {"ipv6__conf__default__accept_dad": 0, "ipv6__conf__default__accept_ra": 0}
_NAT = """
table ip cgnat {
  chain out { type nat hook postrouting priority 100; oifname "ul" masquerade; }
}
"""


@dataclass
class Bed:
    """A bed that stands: where to measure, and its places for more commands."""

    recipe: Recipe
    places: dict[str, Place]
    bearer: BearerFacts
    targets: Targets
    nursery: trio.Nursery

    def command(self, line: str) -> None:
        """Run one more ``place: command``."""
        place, _, rest = line.partition(": ")
        self.places[place].shell([rest])

    def nft(self, line: str) -> None:
        """Load one more ``place: chain rule``."""
        place, _, rest = line.partition(": ")
        self.places[place].nft(script([rest]))


@asynccontextmanager
async def bed(recipe: Recipe = HEALTHY) -> AsyncGenerator[Bed, None]:
    """Build the bed; the calling process, in a network namespace of its own, is the client."""
    descriptors: list[int] = []
    places = {name: Place(name, own=name == "client") for name in PLACES}
    try:
        _build(places, recipe, descriptors)
        async with trio.open_nursery() as nursery:
            if recipe.radio is not None:
                up, down = descriptors
                carry = exact_relay if recipe.radio.exact else relay
                nursery.start_soon(carry, up, down, recipe.radio)
            serve(nursery, places, recipe.services)
            await _usable(recipe)
            for name, lines in by_place(recipe.nft).items():
                places[name].nft(script(lines))
            for name, lines in by_place(recipe.steps).items():
                places[name].shell(lines)
            bearer = addresses.bearer(recipe.families, mtu=recipe.mtu)
            yield Bed(recipe, places, bearer, addresses.targets(), nursery)
            nursery.cancel_scope.cancel()
    finally:
        for descriptor in descriptors:
            os.close(descriptor)
        for place in places.values():
            place.close()


def _build(places: dict[str, Place], recipe: Recipe, descriptors: list[int]) -> None:
    client, carrier, net, server = (places[name] for name in PLACES)
    for place in places.values():
        place.sysctl(**_QUIET)
    for place in (carrier, net):
        place.sysctl(**_FORWARDING)
    server.sysctl(ipv4__icmp_ratelimit=0, ipv6__icmp__ratelimit=0)
    links = [f"link add ul type veth peer name dn netns {net.number}"]
    if recipe.radio is None:
        links.append(f"link add ue type veth peer name wwan0 netns {client.number}")
    else:
        kind = TAP if recipe.radio.bare else TUN
        descriptors.append(client.call(lambda: open_tun("wwan0", kind=kind)))
        descriptors.append(carrier.call(lambda: open_tun("ue")))
    carrier.ip([*links, *_carrier()])
    net.ip([f"link add sg type veth peer name eth0 netns {server.number}", *_net()])
    server.ip(_server())
    client.ip(_client(recipe))
    carrier.nft(_NAT)
    client.plain(*(["wwan0"] if recipe.radio is None else []))
    carrier.plain("ul", *(["ue"] if recipe.radio is None else []))
    net.plain("dn", "sg")
    server.plain("eth0")


def _carrier() -> list[str]:
    return [
        "addr add 10.64.0.1/30 dev ue",
        "addr add 2001:db8:1::1/64 dev ue nodad",
        "addr add 192.0.2.1/30 dev ul",
        "addr add 2001:db8:2::1/64 dev ul nodad",
        "addr add 198.51.100.53/32 dev lo",
        "addr add 2001:db8:53::53/128 dev lo nodad",
        "link set ue up",
        "link set ul up",
        "route add default via 192.0.2.2",
        "route add default via 2001:db8:2::2",
    ]


def _net() -> list[str]:
    return [
        "addr add 192.0.2.2/30 dev dn",
        "addr add 2001:db8:2::2/64 dev dn nodad",
        "addr add 203.0.113.1/24 dev sg",
        "addr add 2001:db8:3::1/64 dev sg nodad",
        "link set dn up",
        "link set sg up",
        "route add 2001:db8:1::/64 via 2001:db8:2::1",
        "route add 2001:db8:53::/64 via 2001:db8:2::1",
        "route add 2001:db8:64::/96 via 2001:db8:2::1",
    ]


def _server() -> list[str]:
    return [
        *(f"addr add 203.0.113.{number}/24 dev eth0" for number in (10, 11, 12)),
        *(f"addr add 2001:db8:3::{number}/64 dev eth0 nodad" for number in (10, 11, 12)),
        "link set eth0 up",
        "route add default via 203.0.113.1",
        "route add default via 2001:db8:3::1",
    ]


def _client(recipe: Recipe) -> list[str]:
    lines = []
    for family in recipe.families:
        flags = " nodad" if family == 6 else ""
        lines.append(f"addr add {addresses.CLIENT[family]} dev wwan0{flags}")
    lines.append("link set wwan0 up")
    for family in recipe.families:
        way = f"via {addresses.GATEWAY[family]}" if recipe.radio is None else "dev wwan0"
        everything = "0.0.0.0/0" if family == 4 else "::/0"
        lines.append(f"route add {everything} {way} metric 700")
    return lines


async def _usable(recipe: Recipe) -> None:
    if 6 in recipe.families:
        await usable(str(addresses.CLIENT[6].ip))
