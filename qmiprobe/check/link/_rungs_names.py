# SPDX-License-Identifier: GPL-2.0-or-later
"""The rung of `link` about the servers that programs of this host ask for names: H10."""

from __future__ import annotations

from functools import partial

import trio

from qmiprobe import link
from qmiprobe.bearer import IPAddress
from qmiprobe.check._check import Result
from qmiprobe.check._evidence import measured
from qmiprobe.check.link._context import LinkContext
from qmiprobe.diagnosis import Evidence, JsonValue, Reason


async def link_resolver(context: LinkContext) -> Result:
    """Programs of this host ask servers that answer, by the netdev that packets to them take."""
    assert context.found is not None
    got = link.read_resolver(context.found.index, resolv_conf=context.options.resolv_conf)
    lines = [measured("written by", got.owner, source=context.options.resolv_conf)]
    lines += [Evidence(f"asks {one}", source=context.options.resolv_conf) for one in got.servers]
    if not got.servers:
        return Result.warned("resolv.conf names no server", *lines)
    given = {server for one in context.the_bearer.families for server in one.dns}
    if not got.remote:
        return Result.passed(f"a resolver of this host, {got.owner}", *lines)
    bad = await _diverted(context, got.remote, given) or await _silent(context, got.remote, given)
    if bad is not None:
        return Result.failed(Reason.DEFECT, bad, *lines)
    if given & set(got.remote):
        return Result.passed("the network's own servers", *lines)
    text = f"asks {', '.join(map(str, got.remote))}; the network gave "
    return Result.passed(text + (", ".join(map(str, sorted(map(str, given)))) or "none"), *lines)


async def _diverted(
    context: LinkContext, asked: tuple[IPAddress, ...], given: set[IPAddress]
) -> str | None:
    """Say so where the network's own servers are asked by another netdev, and by none but that.

    Servers with a public address may well answer there.
    """
    found: list[JsonValue] = []
    answering = context.dns.answering if context.dns is not None else ()
    for server in asked:
        if server not in given or server.is_global or server not in answering:
            return None
        device = (await link.find_route(server)).device
        if device in (None, context.netdev, "lo"):
            return None
        found.append({"server": str(server), "device": device})
    if context.dns_guessed or "link.overlap" in context.facts:
        return None
    context.facts.add("link.resolver.diverted", found, source="rtnetlink")
    return "the network's own servers are asked by another netdev"


async def _silent(
    context: LinkContext, asked: tuple[IPAddress, ...], given: set[IPAddress]
) -> str | None:
    """Say so where programs ask servers by this netdev that say nothing, and others would."""
    known = context.dns.resolving if context.dns is not None else ()
    if not known or context.dns_guessed or given & set(asked):
        return None
    for server in asked:
        family = server.version in context.families
        if not family or (await link.find_route(server)).device != context.netdev:
            return None
    silent: list[JsonValue] = []

    async def ask(server: IPAddress) -> None:
        record = "A" if 4 in context.families else "AAAA"
        answer = await link.ask_server(
            context.the_bearer, server, name=context.the_targets.existing_name, record=record
        )
        if answer.result is not link.DnsResult.ANSWERED:
            silent.append(str(server))

    async with trio.open_nursery() as nursery:
        for server in asked:
            nursery.start_soon(partial(ask, server))
    if len(silent) < len(asked):
        return None
    context.facts.add("link.resolver.silent", silent, source=f"DNS by {context.netdev}")
    return f"{', '.join(map(str, silent))}: no answer, and the network's own servers do answer"
