# SPDX-License-Identifier: GPL-2.0-or-later
"""Rules about the way through the network: names, pages, packet sizes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from qmiprobe.diagnosis._commands import netdev
from qmiprobe.diagnosis._facts import Facts, JsonValue
from qmiprobe.diagnosis._model import Evidence, Remedy
from qmiprobe.diagnosis._rules import Cause, Verdicts, failed, observed, rule

_FAMILIES = ("v4", "v6")
_REDIRECTS = range(300, 400)
_USELESS = ("SERVFAIL", "REFUSED", "NOTIMP")


@rule(
    id="path/no-dns",
    explains=("link.dns",),
    tell_apart="a public DNS server answers through the same netdev",
)
def no_dns(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """Not one of the network's DNS servers answers."""
    servers = list(_records(facts, "link.dns"))
    if not servers or any(server.get("answered") is True for server in servers):
        return None
    name = netdev(facts)
    return Cause(
        "none of the DNS servers that the network gave answers",
        Remedy(
            "Packets flow, only names are not resolved: use other DNS servers on this netdev. "
            "Tell the operator; some APNs forbid other servers.",
            commands=(
                f"resolvectl dns {name} 9.9.9.9 2620:fe::fe",
                f"resolvectl domain {name} '~.'",
            ),
            undo=(f"resolvectl revert {name}",),
            lasting=(
                "nmcli connection modify CONNECTION ipv4.dns 9.9.9.9 ipv4.ignore-auto-dns yes",
            ),
        ),
        _lines(facts, "link.dns", servers, "{server}: no answer"),
        also_explains=_wrong_by_name_only(facts),
    )


@rule(
    id="path/dns-useless",
    explains=("link.dns",),
    tell_apart="a public DNS server answers through the same netdev",
)
def dns_useless(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """The network's DNS servers answer, and only to say that they cannot."""
    servers = [one for one in _records(facts, "link.dns") if one.get("answered") is True]
    if not servers or not failed(verdicts, "link.dns"):
        return None
    if not all(one.get("rcode") in _USELESS or one.get("resolved") is False for one in servers):
        return None
    name = netdev(facts)
    return Cause(
        "the DNS servers that the network gave answer, and resolve nothing",
        Remedy(
            "They have trouble, or refuse this subscriber: use other DNS servers on this netdev, "
            "and tell the operator.",
            commands=(
                f"resolvectl dns {name} 9.9.9.9 2620:fe::fe",
                f"resolvectl domain {name} '~.'",
            ),
            undo=(f"resolvectl revert {name}",),
        ),
        _lines(facts, "link.dns", servers, "{server}: {rcode}"),
        also_explains=_wrong_by_name_only(facts),
    )


@rule(
    id="path/dns-hijacked",
    explains=("link.dns",),
    tell_apart="the test page is right when asked by address",
)
def dns_hijacked(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """A name that does not exist is given an address."""
    liars = [server for server in _records(facts, "link.dns") if server.get("missing")]
    if not liars:
        return None
    name = netdev(facts)
    return Cause(
        "the network's DNS servers invent answers for names that do not exist",
        Remedy(
            "Use DNS servers over an encrypted channel (DoT, DoH, or through the VPN): plain ones "
            "may be diverted to the same liar.",
            commands=(
                f"resolvectl dns {name} 9.9.9.9#dns.quad9.net",
                f"resolvectl dnsovertls {name} yes",
            ),
            undo=(f"resolvectl revert {name}",),
        ),
        _lines(facts, "link.dns", liars, "{server} gives {missing} for a name that does not exist"),
        also_explains=_wrong_by_name_only(facts),
    )


def _wrong_by_name_only(facts: Facts) -> tuple[str, ...]:
    """`link.tcp` where the test page comes as it should if asked by address."""
    right = {
        page.get("by")
        for page in _records(facts, "link.http")
        if page.get("status") is not None and page.get("status") == page.get("expected")
    }
    return ("link.tcp", "link.portal") if right == {"address"} else ()


@rule(
    id="path/walled-garden",
    explains=("link.tcp", "link.portal"),
    follows=(
        "path/dns-hijacked",
        "path/dns-intercepted",
        "path/private-apn",
        "path/one-family-dead",
        "path/udp-blocked",
        "path/web-only",
        "path/icmp-blocked",
    ),
    tell_apart="a browser shows the operator's page for every plain http address",
)
def walled_garden(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """Another page comes instead of the test page, even when asked by address."""
    wrong = [page for page in _records(facts, "link.http") if _is_other_page(page)]
    if not any(page.get("by") == "address" for page in wrong):
        return None
    where = next((page["location"] for page in wrong if page.get("location")), None)
    return Cause(
        "the network answers with its own page instead of the one asked for (walled garden)",
        Remedy(
            "Open any plain http address in a browser on this link and see what the operator "
            "wants: credit, activation, consent. No setting here changes it.",
            commands=(f"curl --interface {netdev(facts)} -sI http://detectportal.firefox.com/",),
        ),
        (
            *_lines(
                facts, "link.http", wrong, "{host} by {by}: status {status} instead of {expected}"
            ),
            *([Evidence(f"leads to {where}", value=where)] if where else []),
        ),
        also_explains=("link.reach-v4", "link.reach-v6", "link.dns-truth"),
    )


def _is_other_page(page: Mapping[str, JsonValue]) -> bool:
    status = page.get("status")
    # 5xx and 404 come from servers in trouble; a portal redirects, answers 200 or 511.
    return (
        isinstance(status, int)
        and status != page.get("expected")
        and (status in _REDIRECTS or status in (200, 511))
    )


@rule(
    id="path/tcp-blocked",
    explains=("link.tcp", "link.reach-v4", "link.reach-v6"),
    tell_apart="no TCP port answers at all",
)
def tcp_blocked(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """No TCP connection comes about although other packets return."""
    connects = list(_records(facts, "link.tcp"))
    silent = tuple(family for family in _FAMILIES if _without_tcp(facts, family))
    if not silent:
        if not connects or any(connect.get("connected") is True for connect in connects):
            return None
        if "tcp" in facts.texts("link.return.kinds"):
            return None
    over = f" over IP{silent[0]}" if len(silent) == 1 else ""
    return Cause(
        f"no TCP connection comes about{over}, though other packets return",
        Remedy(
            "The APN lets only some traffic through: ask the operator which hosts and ports it "
            "is open to, or use another APN.",
        ),
        (
            *_lines(facts, "link.tcp", connects, "{address} port {port}: {error}"),
            *(observed(facts, f"link.reach.{one}.kinds", f"IP{one} comes back") for one in silent),
        ),
    )


def _without_tcp(facts: Facts, family: str) -> bool:
    """Whether other kinds of traffic come back from beyond the operator, and TCP does not."""
    back = facts.texts(f"link.reach.{family}.kinds")
    return bool(back) and "tcp" in facts.texts(f"link.reach.{family}.silent")


@rule(id="path/mtu-black-hole-up", explains=("link.pmtu-up",))
def mtu_black_hole_up(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """Large packets toward the network vanish without a word, or both ways at the same size."""
    sizes = _sizes(facts, "link.pmtu_up", black_hole=True)
    if sizes and sizes == _sizes(facts, "link.pmtu_down", black_hole=True):
        cause = _black_hole(facts, "link.pmtu_up", "both ways")
        assert cause is not None
        return replace(
            cause,
            evidence=(*cause.evidence, *_size_lines(facts, "link.pmtu_down")),
            also_explains=("link.pmtu-down",),
            follows=("path/mtu-black-hole-down", *cause.follows),
        )
    return _black_hole(facts, "link.pmtu_up", "toward the network")


@rule(id="path/mtu-black-hole-down", explains=("link.pmtu-down",))
def mtu_black_hole_down(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """Large packets from the network vanish without a word."""
    return _black_hole(facts, "link.pmtu_down", "from the network")


def _black_hole(facts: Facts, root: str, direction: str) -> Cause | None:
    sizes = _sizes(facts, root, black_hole=True)
    if not sizes:
        return None
    text = "Make this host send and ask for packets that fit; VPNs on it need a smaller MTU still."
    if min(sizes.values()) < 1280:
        text += " Below 1280 bytes, Linux switches IPv6 off on the netdev."
    return Cause(
        f"packets above {min(sizes.values())} bytes {direction} vanish without a word",
        _smaller_mtu(facts, text, min(sizes.values())),
        _size_lines(facts, root),
        also_explains=_same_the_other_way(facts, root, sizes),
        follows=_told_as_well(facts, sizes),
    )


def _told_as_well(facts: Facts, sizes: Mapping[str, int]) -> tuple[str, ...]:
    """That one, where the other family is told of the very size that this one is not."""
    own = facts.integer("netdev.mtu") or 0
    told = {
        size
        for root in ("link.pmtu_up", "link.pmtu_down")
        for size in _sizes(facts, root, black_hole=False).values()
        if size < own
    }
    return ("path/mtu-smaller",) if told and told <= set(sizes.values()) else ()


def _same_the_other_way(facts: Facts, root: str, sizes: Mapping[str, int]) -> tuple[str, ...]:
    """The check of the other direction, where the same size is told there."""
    other = "link.pmtu_down" if root == "link.pmtu_up" else "link.pmtu_up"
    told = _sizes(facts, other, black_hole=False)
    smaller = {family: size for family, size in told.items() if sizes.get(family) == size}
    return (other.replace("_", "-"),) if smaller else ()


@rule(id="path/mtu-smaller", explains=("link.pmtu-up", "link.pmtu-down"))
def mtu_smaller(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """The path takes less than the netdev sends, and says so."""
    own = facts.integer("netdev.mtu")
    sizes = {
        (root, family): size
        for root in ("link.pmtu_up", "link.pmtu_down")
        if failed(verdicts, root.replace("_", "-"))
        for family, size in _sizes(facts, root, black_hole=False).items()
        if own is not None and size < own and size not in _untold(facts, family)
    }
    if not sizes:
        return None
    size = min(sizes.values())
    text = "Set the size that the path takes, so that nothing has to be sent twice."
    roots = sorted({root for root, _ in sizes})
    return Cause(
        f"the path takes packets of {size} bytes, {netdev(facts)} sends up to {own}",
        _smaller_mtu(facts, text, size),
        tuple(line for root in roots for line in _size_lines(facts, root)),
    )


def _untold(facts: Facts, family: str) -> set[int]:
    """Sizes above which packets vanish without a word in either direction: that is the cause."""
    roots = ("link.pmtu_up", "link.pmtu_down")
    return {_sizes(facts, root, black_hole=True).get(family, 0) for root in roots}


def _sizes(facts: Facts, root: str, *, black_hole: bool) -> dict[str, int]:
    """The measured size of each family whose path is a black hole (or is not)."""
    return {
        family: size
        for family in _FAMILIES
        if facts.flag(f"{root}.{family}.black_hole") is black_hole
        and (size := facts.integer(f"{root}.{family}.size")) is not None
    }


def _smaller_mtu(facts: Facts, text: str, size: int) -> Remedy:
    name, own = netdev(facts), facts.integer("netdev.mtu")
    return Remedy(
        text,
        commands=(f"ip link set dev {name} mtu {size}",),
        undo=(f"ip link set dev {name} mtu {own}",) if own is not None else (),
        lasting=(f"nmcli connection modify CONNECTION gsm.mtu {size}",),
    )


def _size_lines(facts: Facts, root: str) -> tuple[Evidence, ...]:
    return tuple(
        observed(facts, f"{root}.{family}.size", f"largest IP{family} packet", unit="bytes")
        for family in _FAMILIES
        if f"{root}.{family}.size" in facts
    )


def _records(facts: Facts, root: str) -> Iterator[Mapping[str, JsonValue]]:
    for family in _FAMILIES:
        yield from facts.records(f"{root}.{family}")


def _lines(
    facts: Facts, root: str, records: list[Mapping[str, JsonValue]], template: str
) -> tuple[Evidence, ...]:
    """One line of evidence for each record of a fact, by a template of its keys."""
    sources = (facts.source(f"{root}.{family}") for family in _FAMILIES)
    source = next(filter(None, sources), "")
    return tuple(
        Evidence(template.format_map(_Shown(record)), value=record, source=source)
        for record in records
    )


class _Shown(dict[str, JsonValue]):
    """A record whose missing keys read as `?` and whose lists read as text."""

    def __missing__(self, key: str) -> str:
        return "?"

    def __getitem__(self, key: str) -> JsonValue:
        value = super().__getitem__(key)
        return ", ".join(map(str, value)) if isinstance(value, list) else value
