# SPDX-License-Identifier: GPL-2.0-or-later
"""The rungs of the data path, up to names and pages, each over v4 and v6."""

from __future__ import annotations

import errno
from collections.abc import Iterable
from pathlib import Path

from qmiprobe.bearer import IPAddress
from qmiprobe.check._check import Result
from qmiprobe.check._data_path import DataPath
from qmiprobe.check._evidence import measured
from qmiprobe.diagnosis import Evidence, JsonValue, Reason
from qmiprobe.link import (
    DnsResult,
    HttpFacts,
    HttpResult,
    ProbeFact,
    ProbeResult,
    ReturnFacts,
    ask_dns,
    fetch_pages,
    find_route,
    measure_return,
)

_REFUSALS = (errno.EACCES, errno.ENETUNREACH, errno.EHOSTUNREACH)
NO_TARGETS = "no hosts to ask: give --targets FILE"


async def link_route(context: DataPath) -> Result:
    """Packets to the targets can leave by this netdev, and do so by themselves."""
    name, facts = context.netdev, context.facts
    shown, elsewhere = [], []
    for destination in _destinations(context):
        bound = await find_route(destination, netdev=name)
        own = context.the_bearer.family(destination.version)
        source = own.interface.ip if own is not None and bound.found else None
        if not bound.found or await _refused(destination, name, source):
            code = await _why(destination, source)
            facts.add("link.route.error", code, source="rtnetlink")
            facts.add("link.route.family", destination.version, source="rtnetlink")
            text = f"no route to {destination} by {name}"
            error = Evidence(f"route lookup: {code}", source="rtnetlink")
            return Result.failed(Reason.DEFECT, text, error)
        free = await find_route(destination)
        if free.device is not None and free.device != name:
            elsewhere.append(f"{destination} by {free.device}")
            facts.add("link.route.device", free.device, source="rtnetlink")
        shown.append(f"{destination} by {name}")
    evidence = [Evidence(text, source="rtnetlink") for text in (*shown, *elsewhere)]
    if elsewhere:
        # The tests bind to the netdev, so they hold all the same; programs of the user do not.
        text = f"unbound packets leave elsewhere: {', '.join(elsewhere)}"
        return Result.warned(text, *evidence)
    facts.add("link.route.device", name, source="rtnetlink")
    return Result.passed("; ".join(shown), *evidence)


async def _refused(destination: IPAddress, name: str | None, source: IPAddress | None) -> bool:
    """Whether what comes from the session's own address is refused, where other packets are not."""
    got = await find_route(destination, netdev=name, source=source)
    masked = got.device is not None and got.prefix is None  # over IPv4, where a netdev is named
    return masked or got.errno in _REFUSALS


async def _why(destination: IPAddress, source: IPAddress | None) -> str:
    """The error's name: with a netdev named, IPv4 has the same one for all reasons."""
    got = await find_route(destination, source=source)
    return errno.errorcode.get(got.errno or errno.ENETUNREACH, "ENETUNREACH")


def _destinations(context: DataPath) -> list[IPAddress]:
    families = [facts.family for facts in context.the_bearer.families]
    servers = [server for facts in context.the_bearer.families for server in facts.dns]
    echo = context.targets.echo if context.targets is not None else ()
    known = [*echo, *servers]
    firsts = [next((one for one in known if one.version == family), None) for family in families]
    return [one for one in firsts if one is not None]


async def link_return(context: DataPath) -> Result:
    """Something comes back: several probes of several kinds, at four observation points."""
    targets = context.targets
    if targets is None:
        return Result.skipped(NO_TARGETS)
    before = await context.session.packets() if context.session is not None else None
    seen = await measure_return(context.the_bearer, targets=targets)
    after = await context.session.packets() if context.session is not None else None
    _return_facts(context, seen)
    if before is not None and after is not None:
        context.facts.add("session.sent", after[0] - before[0], source="modem's counters")
        context.facts.add("session.received", after[1] - before[1], source="modem's counters")
    context.returned = seen
    evidence = _return_evidence(context, seen)
    kinds = sorted(seen.answered_kinds)
    if not kinds:
        return Result.failed(Reason.DEFECT, "nothing comes back", *evidence)
    silent = [
        f"IPv{facts.family}"
        for facts in context.the_bearer.families
        if not seen.answered_kinds_of(facts.family)
    ]
    if silent:
        text = f"{', '.join(kinds)} came back, but nothing over {', '.join(silent)}"
        return Result.warned(text, *evidence)
    return Result.passed(f"came back: {', '.join(kinds)}", *evidence)


def _return_facts(context: DataPath, seen: ReturnFacts) -> None:
    facts, source = context.facts, f"probes on {context.netdev}"
    asked = _texts(probe.kind for probe in seen.probes)
    kinds = _texts(seen.answered_kinds)
    errors = _texts(errno.errorcode.get(one, str(one)) for one in seen.send_errors)
    facts.add("link.return.asked", asked, source=source)
    facts.add("link.return.kinds", kinds, source=source)
    facts.add("link.return.send_errors", errors, source=source)
    received = sum(probe.came_back for probe in seen.probes)
    facts.add("link.return.received", received, source=source)
    if seen.tap_out is not None and seen.tap_in is not None:
        facts.add("link.return.tap_out", seen.tap_out, source="AF_PACKET")
        facts.add("link.return.tap_in", seen.tap_in, source="AF_PACKET")
    if seen.reverse_path_drops is not None:
        source = "/proc/self/net/netstat"
        facts.add("link.return.rp_filtered", seen.reverse_path_drops, source=source)
    setting = _rp_filter(context.netdev or "")
    if setting is not None:
        facts.add("link.rp_filter", setting, source="sysctl")
    sent = seen.after.counters.tx_packets - seen.before.counters.tx_packets
    received = seen.after.counters.rx_packets - seen.before.counters.rx_packets
    facts.add("netdev.sent", sent, source="rtnetlink")
    facts.add("netdev.received", received, source="rtnetlink")


def _texts(values: Iterable[object]) -> list[JsonValue]:
    return [*sorted({str(value) for value in values})]


def _rp_filter(name: str) -> int | None:
    try:
        texts = [
            Path(f"/proc/sys/net/ipv4/conf/{one}/rp_filter").read_text() for one in ("all", name)
        ]
        return max(int(text) for text in texts)
    except (OSError, ValueError):
        return None


def _return_evidence(context: DataPath, seen: ReturnFacts) -> list[Evidence]:
    facts = context.facts
    lines = [measured("probes sent", seen.sent, source="socket")]
    if seen.tap_out is not None:
        lines.append(measured("seen leaving", seen.tap_out, source="AF_PACKET"))
        lines.append(measured("seen arriving", seen.tap_in, source="AF_PACKET"))
    for name, text in (("session.sent", "modem sent"), ("session.received", "modem received")):
        if name in facts:
            lines.append(measured(text, facts.get(name), source="modem's counters"))
    back = [probe for probe in seen.probes if probe.came_back and probe.latency_s is not None]
    for probe in back[:6]:
        text = f"{probe.kind} {probe.target}"
        latency = round((probe.latency_s or 0) * 1000, 2)
        lines.append(measured(text, latency, unit="ms", source="socket"))
    return lines


async def link_host_filter(context: DataPath) -> Result:
    """The host's own filters let probes out and answers in."""
    seen = context.returned
    if seen is None:
        return Result.skipped("link.return sent nothing")
    if not seen.tapped:
        return Result.skipped("without CAP_NET_RAW there is no tap to see it with")
    refused = [probe for probe in seen.probes if _refused_here(seen, probe)]
    eaten = [
        p
        for p in seen.probes
        if p.tap_in and not p.came_back and not p.odd and not _answered_later(seen, p)
    ]
    _filter_facts(context, refused, eaten)
    if refused:
        names = ", ".join(sorted({f"{p.kind} to {p.target}" for p in refused}))
        text = f"this host's filter refuses what is sent: {names}"
        return Result.failed(Reason.DEFECT, text)
    if eaten:
        names = ", ".join(sorted({f"{p.kind} from {p.target}" for p in eaten}))
        return Result.failed(Reason.DEFECT, f"answers arrive and reach no socket: {names}")
    return Result.passed("what arrives reaches its socket")


def _refused_here(seen: ReturnFacts, probe: ProbeFact) -> bool:
    """Whether this host itself kept a probe from leaving.

    A SYN that a filter drops is repeated without a word, what a filter behind the routes (tc,
    egress) drops is said to be sent, and what a filter rejects looks as if the target had refused
    it: all have never been on the netdev.
    """
    if probe.result is ProbeResult.NOT_SENT:
        # ENOBUFS is what a rule behind the routes gives; a queue that was full is empty later.
        dropped = probe.errno == errno.ENOBUFS and not _answered_later(seen, probe)
        return dropped or probe.errno in (errno.EPERM, errno.EACCES)
    if probe.tap_out or probe.result is ProbeResult.NOT_PERMITTED or seen.tap_missed:
        return False
    # Without an answer to ARP nothing leaves either: then no other packet of the family has.
    others = (one.tap_out for one in seen.probes if one.family == probe.family)
    return any(others) or (seen.after.noarp and any(one.tap_out for one in seen.probes))


def _filter_facts(context: DataPath, refused: list[ProbeFact], eaten: list[ProbeFact]) -> None:
    for name, probes in (("link.return.refused", refused), ("link.return.eaten", eaten)):
        records: list[JsonValue] = [
            {"kind": str(one.kind), "family": one.family, "target": str(one.target)}
            for one in probes
        ]
        if records:
            context.facts.add(name, records, source="AF_PACKET")


def _answered_later(seen: ReturnFacts, probe: ProbeFact) -> bool:
    """Whether another probe of the same kind to the same host came back."""
    same = (probe.kind, probe.target)
    return any(other.came_back for other in seen.probes if (other.kind, other.target) == same)


async def link_dns(context: DataPath) -> Result:
    """The network's own servers answer, and answer honestly."""
    targets = context.targets
    if targets is None:
        return Result.skipped(NO_TARGETS)
    got = await ask_dns(context.the_bearer, targets=targets)
    context.dns = got
    lines = []
    for family in (4, 6):
        records: list[JsonValue] = []
        for server in (one for one in got.servers if one.version == family):
            answers = got.of_server(server)
            heard = [one for one in answers if one.result is DnsResult.ANSWERED]
            invented = _texts(
                a for one in heard if one.name == got.missing_name for a in one.addresses
            )
            rcode = next((one.rcode for one in heard if one.name == got.existing_name), None)
            answered = bool(heard)
            records.append(
                {
                    "server": str(server),
                    "answered": answered,
                    "rcode": rcode,
                    "resolved": server in got.resolving,
                    "missing": invented,
                }
            )
            state = f"answers ({rcode})" if answered else "no answer"
            lines.append(Evidence(f"{server}: {state}", value=invented or None, source="DNS"))
        if records:
            context.facts.add(f"link.dns.v{family}", records, source=f"DNS by {context.netdev}")
    if not got.servers:
        return Result.warned("the network gave no DNS servers")
    if not got.answering:
        return Result.failed(Reason.DEFECT, "none of the network's servers answers", *lines)
    if any(one.value for one in lines):
        text = f"an address is given for {got.missing_name}, which does not exist"
        return Result.failed(Reason.DEFECT, text, *lines)
    silent = [str(one) for one in got.servers if one not in got.answering]
    if silent:
        return Result.warned(f"no answer from {', '.join(silent)}", *lines)
    if not got.resolving:
        return Result.warned(f"{got.existing_name} is not resolved", *lines)
    return Result.passed(f"{len(got.answering)} servers answer", *lines)


async def link_tcp(context: DataPath) -> Result:
    """TCP connects, and a page with a known answer comes as it should."""
    targets = context.targets
    if targets is None:
        return Result.skipped(NO_TARGETS)
    got = await fetch_pages(context.the_bearer, targets=targets, dns=context.dns)
    _tcp_facts(context, got)
    lines = [
        measured(
            f"{page.host} over IPv{page.family}, by {'name' if page.by_name else 'address'}",
            page.status if page.status is not None else (page.error or str(page.result)),
            source="HTTP",
        )
        for page in got.pages
    ]
    if not any(one.result is HttpResult.ANSWERED for one in got.connects):
        return Result.failed(Reason.DEFECT, "no TCP connection comes about", *lines)
    unresolved = context.dns is not None and not context.dns.answering
    # Without DNS the pages by name are the matter of link.dns.
    judged = [page for page in got.pages if not (page.by_name and unresolved)]
    wrong = [page for page in judged if page.status is not None and not page.as_expected]
    if wrong:
        first = wrong[0]
        text = f"{first.host} answers {first.status} where {first.expected} is due"
        return Result.failed(Reason.DEFECT, text, *lines)
    if judged and not any(page.as_expected for page in judged):
        return Result.failed(Reason.DEFECT, "no page comes", *lines)
    missing = [page for page in judged if not page.as_expected]
    if missing:
        families = ", ".join(sorted({f"IPv{page.family}" for page in missing}))
        return Result.warned(f"some pages do not come over {families}", *lines)
    return Result.passed(f"{len(judged)} pages came as they should", *lines)


def _tcp_facts(context: DataPath, got: HttpFacts) -> None:
    for family in (4, 6):
        connects: list[JsonValue] = [
            {
                "address": str(one.address),
                "port": one.port,
                "connected": one.result is HttpResult.ANSWERED,
                "error": one.error,
            }
            for one in got.connects
            if one.family == family
        ]
        pages: list[JsonValue] = [
            {
                "host": one.host,
                "by": "name" if one.by_name else "address",
                "status": one.status,
                "expected": one.expected,
                "location": one.location,
                "error": one.error,
            }
            for one in got.pages
            if one.family == family
        ]
        source = f"TCP by {context.netdev}"
        if connects:
            context.facts.add(f"link.tcp.v{family}", connects, source=source)
        if pages:
            context.facts.add(f"link.http.v{family}", pages, source=source)
