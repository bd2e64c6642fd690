# SPDX-License-Identifier: GPL-2.0-or-later
"""Rules about a tunnel's endpoint: who keeps its answers back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from qmiprobe.diagnosis._facts import Facts, JsonValue
from qmiprobe.diagnosis._model import Evidence, Remedy
from qmiprobe.diagnosis._rules import Cause, Verdicts, failed, observed, rule
from qmiprobe.diagnosis._vpn_commands import carrier, endpoint, restart, tunnel

Record = Mapping[str, JsonValue]

_LATE_S = 30
_IKE, _NATT = 500, 4500
_FRAGMENTS = "IKE in fragments"


def _lines(records: Iterable[Record]) -> tuple[Evidence, ...]:
    return tuple(
        Evidence(
            f"{one.get('name')}, port {one.get('port')}: {one.get('result')}"
            + (f" by {one.get('offender')}" if one.get("offender") else ""),
            value=one,
            source="socket",
        )
        for one in records
    )


def _result(facts: Facts, port: int) -> JsonValue:
    """What became of the short IKE hello to a port."""
    for one in facts.records("vpn.endpoint.heard"):
        if one.get("port") == port and one.get("name") != _FRAGMENTS:
            return one.get("result")
    return None


def _lost_here(facts: Facts) -> bool:
    """Whether answers of it do arrive at this host, or nothing leaves it."""
    records = facts.records("vpn.endpoint.heard")
    kept = any(one.get("result") == "not-sent" for one in records)
    return kept or bool(
        facts.integer("vpn.endpoint.received") and facts.flag("vpn.endpoint.answered") is False
    )


def _silent(facts: Facts, verdicts: Verdicts) -> bool:
    """Whether nothing of the endpoint arrives: to our question, or where none may be asked."""
    if facts.flag("vpn.endpoint.unasked") and failed(verdicts, "vpn.ping"):
        return facts.integer("vpn.outer.received") == 0
    return failed(verdicts, "vpn.endpoint") and not _lost_here(facts)


def _forbidden(records: Iterable[Record]) -> bool:
    """Whether an ICMP error says that a filter spoke, not that there is no such host."""
    return any(one.get("prohibited") or one.get("errno") == "ECONNREFUSED" for one in records)


@rule(id="vpn/port-rejected", explains=("vpn.endpoint",))
def port_rejected(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """Somebody on the way refuses the port by an ICMP error."""
    address = facts.text("vpn.endpoint")
    unreachable = [
        one
        for one in facts.records("vpn.endpoint.heard")
        if one.get("result") == "unreachable" and one.get("offender")
    ]
    own = [one for one in unreachable if one.get("offender") == address]
    if own:
        return _rejected_there(own)
    if not unreachable or not (_forbidden(unreachable) or facts.texts("vpn.endpoint.reached")):
        return None
    port, who = unreachable[0].get("port"), unreachable[0].get("offender")
    return Cause(
        f"{who} on the way refuses packets to port {port} of the endpoint",
        Remedy(
            "Have the server listen on another port, 443 best of all, or ask the operator for an "
            "APN that lets VPNs through.",
        ),
        _lines(unreachable),
    )


def _rejected_there(records: list[Record]) -> Cause:
    """The endpoint's own host refuses, and not for want of a listener."""
    port = records[0].get("port")
    return Cause(
        f"the endpoint's own firewall refuses packets to port {port}",
        Remedy("Open the port on the server.", commands=(f"nft list ruleset | grep {port}",)),
        _lines(records),
    )


@rule(id="vpn/nobody-listens", explains=("vpn.endpoint",))
def nobody_listens(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """The endpoint's host itself says that nothing listens on the port."""
    heard = facts.records("vpn.endpoint.heard")
    refused = [one for one in heard if one.get("result") == "refused"]
    if not refused or any(one.get("result") == "answered" for one in heard):
        return None
    port = refused[0].get("port")
    return Cause(
        f"nothing listens on port {port} of the endpoint: its own host says so",
        Remedy(
            "See on the server whether the VPN runs, and on which port; correct the endpoint "
            "here if it is another one.",
            commands=(f"getent hosts {endpoint(facts)}",),
        ),
        _lines(refused),
    )


@rule(
    id="vpn/natt-blocked",
    explains=("vpn.endpoint", "vpn.ping"),
    follows=("vpn/data-dropped",),
)
def natt_blocked(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """IKE is answered on port 500 and not on 4500, where it has to go on behind a NAT."""
    if _result(facts, _IKE) != "answered" or _result(facts, _NATT) != "silent":
        return None
    return Cause(
        "IKE is answered on UDP port 500, and on 4500 nothing comes back",
        Remedy(
            "Behind a NAT all of IPsec goes by port 4500: have it opened on the server's "
            "firewall; if that is right, the operator blocks it, and a VPN over TCP or UDP 443 is "
            "what remains.",
        ),
        _lines(facts.records("vpn.endpoint.heard")),
    )


@rule(id="vpn/ike-blocked", explains=("vpn.endpoint",))
def ike_blocked(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """IKE is answered on port 4500 alone."""
    if _result(facts, _NATT) != "answered" or _result(facts, _IKE) != "silent":
        return None
    return Cause(
        "IKE is answered on UDP port 4500, and on 500 nothing comes back",
        Remedy(
            "Begin on port 4500 at once: in swanctl.conf set local_port and remote_port to 4500.",
            commands=("swanctl --load-conns",),
            lasting=("sed -i 's/^ *remote_addrs.*/&\\n    remote_port = 4500/' SWANCTL.conf",),
        ),
        _lines(facts.records("vpn.endpoint.heard")),
    )


@rule(id="vpn/ike-fragments", explains=("vpn.endpoint",))
def ike_fragments(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """Short messages of IKE are answered, those that are cut into fragments are not."""
    long = [one for one in facts.records("vpn.endpoint.heard") if one.get("name") == _FRAGMENTS]
    if not long or long[0].get("result") != "silent" or _result(facts, _NATT) != "answered":
        return None
    return Cause(
        "IP fragments do not reach the endpoint: long messages of IKE are lost",
        Remedy(
            "Have IKE cut its messages itself (RFC 7383), on both sides: fragmentation = yes in "
            "swanctl.conf, and fragment_size = 1200 in strongswan.conf. Smaller certificates "
            "(ECDSA) help as well.",
            commands=("swanctl --load-conns",),
        ),
        _lines(facts.records("vpn.endpoint.heard")),
    )


@rule(
    id="vpn/endpoint-moved",
    explains=("vpn.endpoint",),
    follows=(
        "vpn/endpoint-unreachable",
        "vpn/handshake-unanswered",
        "vpn/nobody-listens",
        "vpn/port-rejected",
        "vpn/port-silent",
    ),
)
def endpoint_moved(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """The server's name has another address than the one that the tunnel took when it began."""
    today, host = facts.text("vpn.endpoint.today"), facts.text("vpn.host")
    if today is None or host is None or facts.flag("vpn.endpoint.answered") is not False:
        return None
    name, port = tunnel(facts), facts.integer("vpn.port")
    shown = f"[{today}]:{port}" if ":" in today else f"{today}:{port}"
    wireguard = facts.text("vpn.kind") == "wireguard"
    command = f"wg set {name} peer $(wg show {name} peers) endpoint {shown}"
    return Cause(
        f"{host} is {today} today, and the tunnel still calls {facts.text('vpn.endpoint')}",
        Remedy(
            "WireGuard resolves a name once, when it begins. Set the address of today; "
            "wireguard-tools has reresolve-dns.sh for a timer that does so.",
            commands=(command,) if wireguard else (restart(facts),),
        ),
        (
            observed(facts, "vpn.endpoint.today", f"{host} is"),
            observed(facts, "vpn.endpoint", "the tunnel calls"),
        ),
    )


@rule(id="vpn/gre-blocked", explains=("vpn.endpoint",))
def gre_blocked(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """PPTP's control connection is answered, and GRE, which carries its data, is dropped."""
    if facts.text("vpn.kind") != "pptp" or facts.text("vpn.protocol.dropped") != "gre":
        return None
    return Cause(
        "PPTP is answered on TCP port 1723, and GRE, which carries its data, is dropped",
        Remedy(
            "Carriers' NAT seldom lets GRE through: use another VPN. On a router of your own the "
            "kernel's PPTP helper for connection tracking lets it pass.",
            commands=("modprobe nf_nat_pptp",),
            undo=("modprobe -r nf_nat_pptp",),
        ),
        (observed(facts, "vpn.protocol.dropped", "dropped on the way"),),
    )


@rule(
    id="vpn/port-silent",
    explains=("vpn.endpoint", "vpn.ping"),
    tell_apart="the server's own log or a capture there shows no packet of ours",
)
def port_silent(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """The endpoint's host is reached otherwise, and its VPN port stays silent."""
    kind = facts.text("vpn.kind")
    if not _silent(facts, verdicts) or kind in (None, "wireguard"):
        return None
    heard = facts.records("vpn.endpoint.heard")
    if not facts.texts("vpn.endpoint.reached") or not heard:
        return None
    if any(one.get("result") != "silent" for one in heard):
        return None
    ports = ", ".join(sorted({f"{one.get('transport')} {one.get('port')}" for one in heard}))
    return Cause(
        f"the endpoint's host is reached, but {ports} stays silent",
        Remedy(
            "A filter on the way or at the server drops the port. See on the server whether our "
            "packets arrive; have it listen on 443 too. `qmiprobe link` tells which ports pass.",
            commands=(f"qmiprobe link {carrier(facts)} --target {endpoint(facts)}",),
        ),
        (
            *_lines(heard),
            observed(facts, "vpn.endpoint.reached", "comes back from there"),
        ),
    )


@rule(id="vpn/endpoint-unreachable", explains=("vpn.endpoint", "vpn.ping"))
def endpoint_unreachable(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """Nothing at all comes back from the endpoint's host."""
    if not _silent(facts, verdicts) or "vpn.endpoint.reached" not in facts:
        return None
    if facts.texts("vpn.endpoint.reached"):
        return None
    heard = facts.records("vpn.endpoint.heard")
    if any(one.get("result") in ("refused", "answered") for one in heard) or _forbidden(heard):
        return None
    return Cause(
        f"nothing comes back from the endpoint by {carrier(facts)}",
        Remedy(
            "See first whether the link itself carries traffic, then whether the server runs and "
            "has this address.",
            commands=(f"qmiprobe link {carrier(facts)} --target {endpoint(facts)}",),
        ),
        (
            observed(facts, "vpn.endpoint", "endpoint"),
            observed(facts, "vpn.endpoint.reached", "comes back from there"),
        ),
    )
