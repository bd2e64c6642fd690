# SPDX-License-Identifier: GPL-2.0-or-later
"""The rung of `vpn` about sizes: how large a packet may be, inside and outside. V05."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from dataclasses import replace
from functools import partial

import trio

from qmiprobe import link, vpn
from qmiprobe.bearer import BearerFacts
from qmiprobe.check._check import Result
from qmiprobe.check._evidence import measured
from qmiprobe.check.vpn._context import Rung, VpnContext
from qmiprobe.check.vpn._hosts import Candidate, targets_of
from qmiprobe.check.vpn._outer import watch_outer
from qmiprobe.check.vpn._protocols import endpoint_alone
from qmiprobe.diagnosis import Evidence, Reason
from qmiprobe.link import Method, PmtuFacts
from qmiprobe.link._sockets import open_udp, origin_toward
from qmiprobe.vpn import LEAST, Kind

_ANY = 0xFFFF
_MOST_ADDED = 200
"""Bytes that no tunnel adds."""
_BLOCK = 16
"""Of ciphers: what is added varies by less."""
_NEAR = 16
_SAMPLE, _CLOSED_PORT = 1100, 33434
_TAP_S = 0.2
"""A user-space tunnel has sent by then."""
_PIECES = "pieces"
"""Sizes that this host cuts into fragments, there and back."""


async def vpn_pmtu(context: VpnContext) -> Result:
    """Packets as large as the tunnel's MTU pass, inside; and what the path outside takes."""
    inside = context.inside
    if inside is None or not context.answering:
        return Result.skipped("no host inside answers")
    if context.the_tunnel.transport == "tcp":
        return await _tcp_pmtu(context)
    found: dict[str, PmtuFacts] = {}

    async def measure(name: str, run: Callable[[], Awaitable[PmtuFacts]]) -> None:
        found[name] = await run()

    whole = await _largest_whole(context, inside)
    plan = dict(_plan(context, inside, whole=whole))
    async with trio.open_nursery() as nursery:
        for name, run in plan.items():
            nursery.start_soon(measure, name, run)
    for name in [one for one in found if _by_chance(found[one]) and one != "outer"]:
        again = await plan[name]()
        found[name] = max(found[name], again, key=lambda one: one.size or 0)
    for name in [one for one in found if one.endswith(_PIECES)]:
        first = _as_far_as_known(found.pop(name))
        # a path that loses packets at random loses those in pieces sooner
        if _ends_at(first, whole) and _ends_at(_as_far_as_known(await plan[name]()), whole):
            _note_pieces(context, found, name.removesuffix(_PIECES) + "echo", first)
    return _pmtu_result(context, found)


def _plan(
    context: VpnContext, inside: BearerFacts, *, whole: int
) -> Iterator[tuple[str, Callable[[], Awaitable[PmtuFacts]]]]:
    """Yield what is measured, by its name."""
    hosts = targets_of([Candidate(one, "", True) for one in context.answering])
    netdev, outside = context.netdev, context.outside
    ways = [
        ("up", frozenset(Method) - {Method.DNS_PADDING}, whole),
        ("echo", frozenset({Method.ECHO}), whole),
    ]
    if netdev is not None and netdev.mtu > whole:
        ways.append((_PIECES, frozenset({Method.ECHO}), netdev.mtu))
    for family in sorted({one.version for one in context.answering}):
        for way, methods, most in ways:
            inner = partial(link.measure_pmtu_up, inside, targets=hosts, family=family)
            yield f"inner.v{family}.{way}", partial(inner, methods=methods, most=most)
    if outside is not None:
        endpoint = context.the_endpoint
        targets = endpoint_alone(endpoint)
        family = endpoint.version
        yield "outer", partial(link.measure_pmtu_up, outside, targets=targets, family=family)


def _by_chance(got: PmtuFacts) -> bool:
    """Whether it ended so near below the netdev's MTU that a few lost packets would explain it."""
    return got.size is not None and 0 < got.netdev_mtu - got.size <= _NEAR


def _ends_at(pieces: PmtuFacts, whole: int) -> bool:
    """Whether just what is larger than fits whole is lost, without a word."""
    return pieces.size is not None and pieces.black_hole and abs(pieces.size - whole) <= _BLOCK


def _note_pieces(
    context: VpnContext, found: dict[str, PmtuFacts], name: str, pieces: PmtuFacts
) -> None:
    """What passes whole is the end where what this host cuts into fragments is lost."""
    echo = found.get(name)
    if echo is None or echo.size is None:
        return
    if echo.size == echo.netdev_mtu < pieces.netdev_mtu:
        found[name] = replace(echo, netdev_mtu=pieces.netdev_mtu, black_hole=True)
        source = f"probes in {context.the_tunnel.name}"
        context.facts.add("vpn.pieces_lost", True, source=source)


async def measure_outer(context: VpnContext) -> PmtuFacts | None:
    """Measure the path to the endpoint alone, and note it."""
    outside, endpoint = context.outside, context.the_endpoint
    if outside is None:
        return None
    got = await link.measure_pmtu_up(
        outside, targets=endpoint_alone(endpoint), family=endpoint.version
    )
    if got.size is not None:
        source = f"packets on {outside.netdev}"
        context.facts.add("vpn.outer.size", got.size, source=source)
        context.facts.add("vpn.outer.black_hole", got.black_hole, source=source)
    return got


async def _tcp_pmtu(context: VpnContext) -> Result:
    """A tunnel over TCP: TCP cuts what is inside as it likes, so that its own path counts.

    Large packets are not sent into it: one that its TCP cannot carry stops all of it.
    """
    got = await measure_outer(context)
    if got is None or got.size is None:
        return Result.skipped("nothing of the endpoint answers packets of a size")
    line = measured("largest packet to the endpoint", got.size, unit="bytes", source="probes")
    if got.black_hole:
        text = f"the path to the endpoint loses packets above {got.size} bytes"
        return Result.failed(Reason.DEFECT, text, line)
    return Result.passed(f"{got.size} bytes reach the endpoint", line)


async def _largest_whole(context: VpnContext, inside: BearerFacts) -> int:
    """The largest inner packet whose outer one this host does not cut into fragments itself.

    Larger ones may pass, in pieces, where those just below vanish whole.
    """
    tunnel, carrier = context.the_tunnel, context.carrier
    if carrier is None or tunnel.endpoint is None:
        return _ANY
    size = vpn.inner_size(tunnel, carrier.mtu, family=tunnel.endpoint.version)
    exact = tunnel.kind is Kind.WIREGUARD or not tunnel.user_space
    seen = None if exact else await _added_seen(context, inside)
    if seen is not None and (size is None or carrier.mtu - size < seen):
        size = carrier.mtu - seen - _BLOCK + 1  # nobody told which cipher it really is
    return _ANY if size is None else max(size, LEAST[6])


async def _added_seen(context: VpnContext, inside: BearerFacts) -> int | None:
    """What the tunnel adds to one packet of ours, as the tap sees it; None where it does not."""
    host = context.answering[0]
    inner = _SAMPLE + (28 if host.version == 4 else 48)
    async with watch_outer(context.carrier_name, context.the_endpoint) as outer:
        try:
            with open_udp(origin_toward(inside, host), host, _CLOSED_PORT) as sock:
                sock.send(bytes(_SAMPLE))
        except OSError:
            return None
        await trio.sleep(_TAP_S)
    if outer is None or outer.fragments or not inner < outer.largest < inner + _MOST_ADDED:
        return None
    return outer.largest - inner


def _pmtu_result(context: VpnContext, found: dict[str, PmtuFacts]) -> Result:
    facts = context.facts
    source = f"probes in {context.the_tunnel.name}"
    lines = []
    sizes = []
    small = []
    for name, measure in sorted(found.items()):
        got = found[name] = _as_far_as_known(measure)
        if got.size is None:
            if got.method is not None or name == "outer":
                lines.append(Evidence(f"{_way(name)}: no result: {got.inconclusive}"))
            continue
        facts.add(f"vpn.{name}.size", got.size, source=source)
        facts.add(f"vpn.{name}.black_hole", got.black_hole, source=source)
        said = f", a router said {got.signalled}" if got.signalled is not None else ""
        lines.append(
            Evidence(f"{_way(name)}: {got.size} of {got.netdev_mtu} bytes{said}", value=got.size)
        )
        if name != "outer":
            sizes.append(got.size)
            if got.size < got.netdev_mtu:
                small.append((name, got))
    if not sizes:
        return Result.skipped("nothing inside answers packets of a size", *lines)
    if not small:
        return Result.passed(f"{min(sizes)} bytes pass", *lines)
    fits = _fits(context, min(sizes), found.get("outer"))
    facts.add("vpn.fits", fits, source="measured, and what the protocol adds")
    facts.add("vpn.passes", min(sizes), source=source)
    least = _outer_of(context, fits)
    if least is not None:
        facts.add("vpn.outer.fits", least, source="what the protocol adds")
    lines.append(_arithmetic(context, fits, found.get("outer")))
    sends = context.netdev.mtu if context.netdev is not None else small[0][1].netdev_mtu
    text = f"the tunnel sends {sends} bytes, {min(sizes)} pass"
    if all(not got.black_hole for _, got in small):
        return Result.warned(f"{text}, and a router says so", *lines)
    return Result.failed(Reason.DEFECT, text, *lines)


def _as_far_as_known(got: PmtuFacts) -> PmtuFacts:
    """A search that time ended has a size all the same: the largest that was seen to pass."""
    ended = got.inconclusive is not None and got.inconclusive.startswith("no end")
    if not ended or got.passes is None or got.fails is None:
        return got
    silent = got.signalled is None or got.signalled > got.passes
    return replace(got, size=got.passes, black_hole=silent, inconclusive=None)


def _way(name: str) -> str:
    """What a measurement is of, for people: ``inner.v4.echo``."""
    if name == "outer":
        return "outside, to the endpoint"
    _, family, direction = name.split(".")
    ways = {"up": "up", "echo": "there and back"}
    return f"inside, IP{family}, {ways[direction]}"


def _arithmetic(context: VpnContext, fits: int, outer: PmtuFacts | None) -> Evidence:
    """How the size that fits comes about."""
    tunnel = context.the_tunnel
    said = ""
    if outer is not None and outer.size is not None and outer.size > fits:
        said = f"; {tunnel.kind} needs {outer.size - fits} of the {outer.size} outside"
    return Evidence(f"fits inside: {fits} bytes{said}", value=fits, unit="bytes")


def _outer_of(context: VpnContext, inner: int) -> int | None:
    """The smallest outer packet that carries ``inner`` bytes; None where that is not known."""
    tunnel = context.the_tunnel
    if tunnel.endpoint is None:
        return None
    for outer in range(inner, inner + _MOST_ADDED):
        room = vpn.inner_size(tunnel, outer, family=tunnel.endpoint.version)
        if room is not None and room >= inner:
            return outer
    return None


def _fits(context: VpnContext, passes: int, outer: PmtuFacts | None) -> int:
    """The tunnel MTU to set: what fits into the path by arithmetic where that agrees.

    Padding to a cipher's blocks makes packets fail that would pass with a smaller MTU, so up to a
    block more than what was seen to pass may be right.
    """
    tunnel = context.the_tunnel
    if outer is None or outer.size is None or tunnel.endpoint is None:
        return passes
    computed = vpn.inner_size(tunnel, outer.size, family=tunnel.endpoint.version)
    if computed is None or not passes <= computed < passes + 16:
        return passes
    return computed


RUNGS = (Rung("vpn.pmtu", ("vpn.ping",), vpn_pmtu, "large packets pass"),)
