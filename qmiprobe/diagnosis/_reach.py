# SPDX-License-Identifier: GPL-2.0-or-later
"""Rules about what comes back from beyond the operator: which kinds of traffic, which family."""

from __future__ import annotations

from qmiprobe.diagnosis._commands import netdev
from qmiprobe.diagnosis._facts import Facts
from qmiprobe.diagnosis._model import Evidence, Remedy
from qmiprobe.diagnosis._rules import Cause, Verdicts, failed, observed, rule

_FAMILIES = ("v4", "v6")
_REACH = ("link.reach-v4", "link.reach-v6")
_UDP = frozenset({"dns", "ntp", "quic", "udp"})
_QUIC_PACKET = 1228
"""The least length of a first packet of QUIC (RFC 9000, 14.1), with headers of UDP and IPv4."""
_TOO_LOSSY = 0.4
"""Share of round trips that may be lost before silence means nothing."""
_ASK = "Ask the operator which hosts and ports the APN is open to, or use another APN."


@rule(id="path/private-apn", explains=_REACH, follows=("path/no-dns",))
def private_apn(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """Only what stands in the operator's own network answers."""
    dead, alive = _dead(facts), _alive(facts)
    if not dead or alive or not facts.texts("link.return.kinds"):
        return None
    return Cause(
        "the operator's own servers answer, and no host beyond them",
        Remedy(
            "The APN may be a private one, for the hosts of its owner alone; or the subscription "
            "has run out of credit. " + _ASK,
        ),
        (
            observed(facts, "link.return.kinds", "what came back"),
            *(observed(facts, f"link.reach.{one}.silent", f"silent, IP{one}") for one in dead),
        ),
    )


@rule(id="path/one-family-dead", explains=_REACH)
def one_family_dead(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """One IP family leads nowhere, the other one does."""
    dead, alive = _dead(facts), _alive(facts)
    if not dead or not alive:
        return None
    number, name = dead[0].removeprefix("v"), netdev(facts)
    return Cause(
        f"no host answers over IPv{number}, though the session has it and the other family works",
        Remedy(
            f"Until the operator mends it, do without: a session with the other family alone, or "
            f"no default route for IPv{number}.",
            commands=(f"ip -{number} route del default dev {name}",),
            undo=(f"ip -{number} route add default dev {name} metric 700",),
        ),
        (
            *(observed(facts, f"link.reach.{one}.silent", f"silent, IP{one}") for one in dead),
            *(observed(facts, f"link.reach.{one}.kinds", f"comes back, IP{one}") for one in alive),
        ),
    )


@rule(
    id="path/web-only",
    explains=_REACH,
    follows=(
        "path/udp-blocked",
        "path/protocols-dropped",
        "path/esp-dropped",
        "path/gre-dropped",
        "path/udp-ports-blocked",
        "path/tcp-ports-blocked",
        "path/ports-blocked",
    ),
)
def web_only(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """TCP comes back and nothing else does: neither UDP nor ping."""
    found = [one for one in _FAMILIES if set(_kinds(facts, one)) == {"tcp"}]
    found = [one for one in found if "echo" in facts.texts(f"link.reach.{one}.silent")]
    if not any(_udp_silent(facts, one) for one in found):
        return None
    return Cause(
        "TCP comes back and nothing else: the APN is for web pages",
        Remedy(
            "VPNs over UDP (WireGuard, IPsec, OpenVPN's default) cannot work here: use one over "
            "TCP port 443. " + _ASK,
        ),
        tuple(observed(facts, f"link.reach.{one}.silent", f"silent, IP{one}") for one in found),
    )


@rule(id="path/udp-blocked", explains=_REACH, follows=("path/udp-ports-blocked",))
def udp_blocked(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """No UDP comes back from beyond the operator, other traffic does."""
    found = [one for one in _FAMILIES if _kinds(facts, one) and _udp_silent(facts, one)]
    if not found:
        return None
    families = " and ".join(f"IP{one}" for one in found)
    return Cause(
        f"no UDP comes back from beyond the operator over {families}, other packets do",
        Remedy(
            "VPNs over UDP (WireGuard, IPsec, OpenVPN's default) cannot work here: use one over "
            "TCP. " + _ASK,
        ),
        tuple(observed(facts, f"link.reach.{one}.silent", f"silent, IP{one}") for one in found),
    )


@rule(id="path/icmp-blocked", explains=_REACH, of_warning=True)
def icmp_blocked(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """Ping alone does not come back."""
    found = [
        one
        for one in _FAMILIES
        if facts.texts(f"link.reach.{one}.silent") == ("echo",) and _UDP & set(_kinds(facts, one))
    ]
    if not found:
        return None
    return Cause(
        "pings are not answered, and everything else is: the link works",
        Remedy(
            "Nothing is wrong with the link. Programs that watch it by ping alone report it down: "
            "let them ask by DNS or TCP.",
        ),
        tuple(observed(facts, f"link.reach.{one}.kinds", f"comes back, IP{one}") for one in found),
    )


@rule(id="path/some-traffic-blocked", explains=_REACH, of_warning=True)
def some_traffic_blocked(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """One or two kinds of traffic do not come back from any host."""
    silent = {one: facts.texts(f"link.reach.{one}.silent") for one in _FAMILIES}
    found = {one: kinds for one, kinds in silent.items() if kinds and kinds != ("echo",)}
    if not found or any(failed(verdicts, check) for check in _REACH):
        return None
    if any(_lost(facts, one) > _TOO_LOSSY for one in found):
        return None
    if all(_too_long(facts, one, kinds) for one, kinds in found.items()):
        return None
    kinds = ", ".join(dict.fromkeys(kind for names in found.values() for kind in names))
    return Cause(
        f"some traffic is not answered by any host: {kinds}",
        Remedy(
            f"Programs that need it want another way: DNS over TLS, the time from the modem. {_ASK}"
        ),
        tuple(observed(facts, f"link.reach.{one}.silent", f"silent, IP{one}") for one in found),
    )


@rule(id="path/ipv6-only", explains=("link.nat64",))
def ipv6_only(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """The session has IPv6 alone, and nothing on this host carries IPv4 over it."""
    if not failed(verdicts, "link.nat64") or "link.nat64.prefix" not in facts:
        return None
    if facts.text("link.nat64.ipv4_route") is not None:
        return None
    if facts.flag("link.nat64.passes") is False:
        return None
    prefix = facts.text("link.nat64.prefix")
    text = (
        "Names lead to IPv6 addresses that the network makes; programs and VPNs that have an IPv4 "
        "address written in do not get out. Run a CLAT, or name the far end instead."
        if prefix
        else "The network has no NAT64 either: ask for a session with IPv4 (IP type 4 or 46)."
    )
    again = "qmiprobe connect --ip-type 46"
    return Cause(
        "the session has IPv6 alone, and IPv4 does not get out",
        Remedy(text, commands=(("systemctl start clatd",) if prefix else ()) + (again,)),
        (
            observed(facts, "link.nat64.prefix", "NAT64 prefix"),
            observed(facts, "session.families", "IP families of the session"),
        ),
    )


@rule(id="path/nat64-broken", explains=("link.nat64",))
def nat64_broken(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """The network's DNS makes addresses of a prefix that leads nowhere."""
    prefix = facts.text("link.nat64.prefix")
    if prefix is None or facts.flag("link.nat64.passes") is not False:
        return None
    return Cause(
        f"the network's DNS makes addresses of {prefix}, and nothing comes back from there",
        Remedy(
            "The network's NAT64 does not work: hosts with IPv4 alone cannot be reached. Tell the "
            "operator; ask for a session with IPv4.",
            commands=("qmiprobe connect --ip-type 46",),
        ),
        (
            observed(facts, "link.nat64.prefix", "NAT64 prefix"),
            observed(facts, "link.nat64.passes", "packets pass"),
        ),
    )


@rule(id="path/dns-intercepted", explains=("link.dns-truth",))
def dns_intercepted(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """Somebody on the way answers DNS in the name of hosts that have none."""
    liars = facts.texts("link.dns_truth.intercepted")
    if not liars:
        return None
    name = netdev(facts)
    return Cause(
        "somebody on the way answers DNS questions to whatever server",
        Remedy(
            "Which server is asked makes no difference here. Use DNS over an encrypted channel "
            "(DoT, DoH, or through the VPN) where that matters.",
            commands=(
                f"resolvectl dns {name} 9.9.9.9#dns.quad9.net",
                f"resolvectl dnsovertls {name} yes",
            ),
            undo=(f"resolvectl revert {name}",),
        ),
        tuple(
            Evidence(
                f"{one} has no DNS, and an answer came in its name",
                value=one,
                source=facts.source("link.dns_truth.intercepted"),
            )
            for one in liars
        ),
    )


def _too_long(facts: Facts, family: str, kinds: tuple[str, ...]) -> bool:
    """Whether QUIC alone is silent, whose packets are longer than those that get through."""
    size = facts.integer(f"link.pmtu_up.{family}.size")
    hole = facts.flag(f"link.pmtu_up.{family}.black_hole") is True
    return kinds == ("quic",) and hole and size is not None and size < _QUIC_PACKET


def _lost(facts: Facts, family: str) -> float:
    """The share of round trips that link.rtt saw lost."""
    sent = facts.integer(f"link.rtt.{family}.sent") or 0
    return (facts.integer(f"link.rtt.{family}.lost") or 0) / sent if sent else 0.0


def _kinds(facts: Facts, family: str) -> tuple[str, ...]:
    return facts.texts(f"link.reach.{family}.kinds")


def _udp_silent(facts: Facts, family: str) -> bool:
    """Whether UDP was asked in two ways at least, or forbidden, and in none came back."""
    silent = _UDP & set(facts.texts(f"link.reach.{family}.silent"))
    return (len(silent) > 1 or "udp" in silent) and not _UDP & set(_kinds(facts, family))


def _dead(facts: Facts) -> list[str]:
    """Families that were asked in some way and came back in none."""
    return [
        one
        for one in _FAMILIES
        if facts.texts(f"link.reach.{one}.silent") and not _kinds(facts, one)
    ]


def _alive(facts: Facts) -> list[str]:
    return [one for one in _FAMILIES if _kinds(facts, one)]
