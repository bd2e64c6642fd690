# SPDX-License-Identifier: GPL-2.0-or-later
"""Rules about a tunnel on this host: is there one, and do its packets leave the right way."""

from __future__ import annotations

from qmiprobe.diagnosis._facts import Facts
from qmiprobe.diagnosis._model import Evidence, Remedy
from qmiprobe.diagnosis._rules import Cause, Verdicts, observed, rule
from qmiprobe.diagnosis._vpn_commands import carrier, endpoint, ip, restart, tunnel, way_out

_REFUSED_BY_FILTER = ("EPERM", "EACCES")
_BARRED = {"EINVAL": "blackhole", "EHOSTUNREACH": "unreachable", "EACCES": "prohibit"}
"""How the kernel refuses a lookup that ends at such a route."""
_NO_PEER = ("ENOKEY", "EDESTADDRREQ")


@rule(id="vpn/none", explains=("vpn.found",))
def none(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """Nobody tells of a tunnel."""
    if "vpn.found" not in facts:
        return None
    names = facts.texts("vpn.found")
    title = "this machine has no tunnel of that name" if names else "this machine has no tunnel"
    return Cause(
        title,
        Remedy(
            "Start the VPN first, or name its server with --peer and its --type. Sockets and "
            "processes of others are seen by root alone.",
            commands=("qmiprobe vpn --peer SERVER --type wireguard",),
        ),
        (
            Evidence(
                f"tunnels here: {', '.join(names) or 'none'}", source=facts.source("vpn.found")
            ),
        ),
    )


@rule(id="vpn/not-permitted", explains=("vpn.found",))
def not_permitted(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """There is a tunnel, or what may be one, that tells this user nothing."""
    names = facts.texts("vpn.hidden")
    if not names:
        return None
    return Cause(
        f"only root is told what {', '.join(names)} is and where it leads",
        Remedy("Run it as root.", commands=("sudo qmiprobe vpn",)),
        (observed(facts, "vpn.hidden", "tunnels"),),
    )


@rule(id="vpn/netdev-down", explains=("vpn.found",))
def netdev_down(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """The tunnel's netdev is switched off."""
    if facts.flag("vpn.up") is not False:
        return None
    name = tunnel(facts)
    return Cause(
        f"{name} is switched off",
        Remedy(
            "Switch it on; routes through it went with it, so that starting the VPN anew may be "
            "needed.",
            commands=(f"ip link set dev {name} up",),
            undo=(f"ip link set dev {name} down",),
        ),
        (observed(facts, "vpn.up", "up"),),
    )


@rule(id="vpn/no-endpoint", explains=("vpn.found",))
def no_endpoint(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """Its other side has no address: none is set, or its name does not resolve."""
    name = facts.text("vpn.endpoint.unknown")
    if name is None or facts.flag("vpn.up") is False:
        return None
    if not name:
        return Cause(
            "the tunnel has no endpoint: it waits to be called",
            Remedy(
                "Set the other side's address, unless it is that one that calls; with --peer "
                "qmiprobe asks it.",
                commands=(f"wg set {tunnel(facts)} peer PUBLIC_KEY endpoint HOST:PORT",),
            ),
            (observed(facts, "vpn.kind", "kind"),),
        )
    return Cause(
        f"the endpoint's name {name} does not resolve",
        Remedy(
            "Ask another DNS server for it, or write the address into the configuration. Where "
            "names go through the tunnel itself, its own endpoint cannot be one.",
            commands=(f"getent hosts {name}", f"resolvectl query {name}"),
        ),
        (observed(facts, "vpn.endpoint.unknown", "name"),),
    )


@rule(id="vpn/endpoint-route-loop", explains=("vpn.route",))
def endpoint_route_loop(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """Packets to the endpoint are routed into the tunnel."""
    if not facts.flag("vpn.route.loop"):
        return None
    way = way_out(facts) or "dev wwan0"
    route = f"{ip(facts)} route replace {endpoint(facts)} {way}"
    return Cause(
        f"packets to the endpoint are routed into {tunnel(facts)} itself",
        Remedy(
            "Give the endpoint a route of its own past the tunnel. wg-quick and NetworkManager "
            "set one, or a mark, each time they start it.",
            commands=(route,),
            undo=(f"{ip(facts)} route del {endpoint(facts)}",),
            lasting=(restart(facts),),
        ),
        (
            observed(facts, "vpn.endpoint", "endpoint"),
            observed(facts, "vpn.route.prefix", "route"),
        ),
    )


@rule(id="vpn/endpoint-family", explains=("vpn.route",))
def endpoint_family(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """The endpoint is of an IP family that this link has not."""
    address = facts.text("vpn.endpoint")
    if facts.text("vpn.route.error") is None or address is None:
        return None
    wanted = 6 if ":" in address else 4
    there = facts.numbers("vpn.route.families")
    if not there or wanted in there:
        return None
    text = (
        "Name the endpoint by a name that has an IPv6 address too, or run clatd, which translates."
        if wanted == 4
        else "Name the endpoint by its IPv4 address, or ask the operator for IPv6."
    )
    return Cause(
        f"the endpoint has an IPv{wanted} address, and this link has IPv{there[0]} alone",
        Remedy(text, commands=("systemctl start clatd",) if wanted == 4 else ()),
        (observed(facts, "vpn.endpoint", "endpoint"), observed(facts, "vpn.route.error", "route")),
    )


@rule(id="vpn/endpoint-no-route", explains=("vpn.route",))
def endpoint_no_route(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """No route leads to the endpoint, nor anywhere in its family."""
    address, error = facts.text("vpn.endpoint"), facts.text("vpn.route.error")
    if error is None or error in _BARRED or address is None:
        return None
    there = facts.numbers("vpn.route.families")
    if there and (6 if ":" in address else 4) not in there:
        return None
    return Cause(
        f"no route leads to the endpoint {address}",
        Remedy(
            "Bring the link up, or set a route to the endpoint by the modem's netdev.",
            commands=(f"{ip(facts)} route add {endpoint(facts)} dev wwan0",),
            undo=(f"{ip(facts)} route del {endpoint(facts)} dev wwan0",),
        ),
        (observed(facts, "vpn.route.error", "route lookup"),),
    )


@rule(id="vpn/endpoint-barred", explains=("vpn.route",))
def endpoint_barred(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """A route of this host forbids the endpoint: blackhole, unreachable, prohibit."""
    error = facts.text("vpn.route.error")
    if error not in _BARRED or facts.text("vpn.endpoint") is None:
        return None
    return Cause(
        f"a route of this host forbids the endpoint: it is of the kind {_BARRED[error]}",
        Remedy(
            "Some VPN's kill switch left it, or it is there on purpose. Find it and take it away; "
            "starting the VPN that set it and stopping it properly does so too.",
            commands=(
                f"{ip(facts)} route show table all type {_BARRED[error]}",
                f"{ip(facts)} route del {_BARRED[error]} {endpoint(facts)}",
            ),
        ),
        (observed(facts, "vpn.route.error", "route lookup"),),
    )


@rule(
    id="vpn/endpoint-route-leftover",
    explains=("vpn.endpoint",),
    follows=("vpn/endpoint-unreachable", "vpn/handshake-unanswered"),
)
def endpoint_route_leftover(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """The endpoint's own route is one of a link that is gone."""
    route = facts.text("vpn.route.leftover")
    way = way_out(facts)
    if route is None or way is None or facts.texts("vpn.endpoint.reached"):
        return None
    table = facts.integer("vpn.route.table")
    where = f" table {table}" if table is not None else ""
    return Cause(
        f"a route to the endpoint is left over from another link: {route}",
        Remedy(
            "Let it follow the default route of today.",
            commands=(f"{ip(facts)} route replace {endpoint(facts)} {way}{where}",),
            undo=(f"{ip(facts)} route replace {route}{where}",),
            lasting=(restart(facts),),
        ),
        (
            observed(facts, "vpn.route.leftover", "route"),
            observed(facts, "vpn.endpoint.reached", "comes back from there"),
        ),
    )


@rule(
    id="vpn/output-filter",
    explains=("vpn.endpoint",),
    follows=("vpn/endpoint-unreachable", "vpn/handshake-unanswered", "vpn/port-silent"),
)
def output_filter(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """This host's packet filter refuses packets to the endpoint."""
    heard = facts.records("vpn.endpoint.heard")
    refused = [
        one
        for one in heard
        if one.get("result") == "not-sent" and one.get("errno") in _REFUSED_BY_FILTER
    ]
    if not refused:
        return None
    name = carrier(facts)
    rule_text = f"OUTPUT -o {name} -d {endpoint(facts)} -j ACCEPT"
    return Cause(
        "this host's packet filter does not let packets to the endpoint out",
        Remedy(
            "Find the rule: a firewall, or another VPN's kill switch. The last command lets them "
            "out, for a test; it has no effect on rules of other tables.",
            commands=("nft list ruleset", f"iptables -I {rule_text}"),
            undo=(f"iptables -D {rule_text}",),
        ),
        tuple(Evidence(f"{one.get('name')}: {one.get('errno')}", value=one) for one in refused),
    )


@rule(
    id="vpn/rp-filter",
    explains=("vpn.endpoint", "vpn.ping"),
    follows=("vpn/handshake-unanswered", "vpn/port-silent", "vpn/endpoint-unreachable"),
)
def rp_filter(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """Reverse path filtering drops what comes, of the endpoint or from inside."""
    outside = facts.integer("vpn.endpoint.rp_filtered") or 0
    inside = facts.integer("vpn.inside.rp_filtered") or 0
    arrived = facts.integer("vpn.inside.tap_in") and not facts.integer("vpn.inside.received")
    if not outside and not (inside and arrived):
        return None
    name = carrier(facts) if outside else tunnel(facts)
    settings = ("net.ipv4.conf.all.rp_filter", f"net.ipv4.conf.{name}.rp_filter")
    return Cause(
        f"reverse path filtering drops what arrives on {name}",
        Remedy(
            "Set the filter to loose: the best route to the sender leads by another netdev. Where "
            "routes go by marks, src_valid_mark has them count for answers too.",
            commands=(
                *(f"sysctl -w {setting}=2" for setting in settings),
                "sysctl -w net.ipv4.conf.all.src_valid_mark=1",
            ),
            undo=tuple(f"sysctl -w {setting}=1" for setting in settings),
            lasting=(f"echo '{settings[1]} = 2' > /etc/sysctl.d/90-vpn.conf",),
        ),
        (
            observed(facts, "vpn.endpoint.rp_filtered", "dropped while the endpoint was asked"),
            observed(facts, "vpn.inside.rp_filtered", "dropped while hosts inside were asked"),
        ),
    )


@rule(
    id="vpn/input-filter",
    explains=("vpn.endpoint", "vpn.ping"),
    follows=("vpn/handshake-unanswered", "vpn/port-silent", "vpn/far-side-silent"),
)
def input_filter(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """Packets of the endpoint arrive, and this host's packet filter eats them."""
    if facts.integer("vpn.endpoint.rp_filtered") or not (
        facts.flag("vpn.outer.untaken") or _answers_lost(facts)
    ):
        return None
    rule_text = f"INPUT -i {carrier(facts)} -s {endpoint(facts)} -j ACCEPT"
    return Cause(
        "the endpoint's answers arrive, but this host's packet filter drops them",
        Remedy(
            "Find the rule. The last command lets them in, for a test; it has no effect on rules "
            "of other tables.",
            commands=("nft list ruleset", f"iptables -I {rule_text}"),
            undo=(f"iptables -D {rule_text}",),
        ),
        (
            observed(facts, "vpn.endpoint.received", "packets of it that arrived"),
            observed(facts, "vpn.outer.untaken", "the tunnel counts none of those for it"),
        ),
    )


def _answers_lost(facts: Facts) -> bool:
    """Whether answers to our questions arrived here, and no socket got any."""
    return (
        facts.flag("vpn.endpoint.answered") is False
        and bool(facts.integer("vpn.endpoint.received"))
        and not facts.flag("vpn.endpoint.unasked")
        and all(one.get("result") == "silent" for one in facts.records("vpn.endpoint.heard"))
    )


@rule(id="vpn/inside-output-filter", explains=("vpn.ping",))
def inside_output_filter(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """This host's packet filter refuses packets into the tunnel."""
    errors = facts.texts("vpn.inside.send_errors")
    if not any(error in _REFUSED_BY_FILTER for error in errors):
        return None
    rule_text = f"OUTPUT -o {tunnel(facts)} -j ACCEPT"
    return Cause(
        f"this host's packet filter lets nothing out through {tunnel(facts)}",
        Remedy(
            "Find the rule. The last command lets packets out, for a test; it has no effect on "
            "rules of other tables.",
            commands=("nft list ruleset", f"iptables -I {rule_text}"),
            undo=(f"iptables -D {rule_text}",),
        ),
        (observed(facts, "vpn.inside.send_errors", "errors on sending"),),
    )


@rule(id="vpn/inside-input-filter", explains=("vpn.ping",))
def inside_input_filter(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """Answers come out of the tunnel, and this host's packet filter eats them."""
    if not facts.integer("vpn.inside.tap_in") or facts.integer("vpn.inside.received"):
        return None
    if facts.integer("vpn.inside.rp_filtered"):
        return None
    rule_text = f"INPUT -i {tunnel(facts)} -j ACCEPT"
    return Cause(
        f"answers come out of {tunnel(facts)}, but this host's packet filter drops them",
        Remedy(
            "Find the rule, or the zone that the netdev is in. The last command lets answers in, "
            "for a test; it has no effect on rules of other tables.",
            commands=("nft list ruleset", f"iptables -I {rule_text}"),
            undo=(f"iptables -D {rule_text}",),
        ),
        (
            observed(facts, "vpn.inside.tap_in", "answers that arrived on the tunnel"),
            observed(facts, "vpn.inside.received", "answers that reached a socket"),
        ),
    )


@rule(id="vpn/allowed-ips", explains=("vpn.ping",))
def allowed_ips(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """WireGuard has no peer for the address: none of its AllowedIPs covers it."""
    errors = facts.texts("vpn.inside.send_errors")
    foreign = facts.texts("vpn.inside.foreign")
    unsent = foreign and not errors and facts.integer("vpn.outer.sent") == 0
    if not any(error in _NO_PEER for error in errors) and not unsent:
        return None
    asked = ", ".join(foreign or facts.texts("vpn.inside.asked"))
    return Cause(
        f"no peer of {tunnel(facts)} is responsible for {asked}",
        Remedy(
            "Add the network to the peer's AllowedIPs, here and in the configuration.",
            commands=(f"wg set {tunnel(facts)} peer PUBLIC_KEY allowed-ips NETWORK,...",),
        ),
        (
            observed(facts, "vpn.inside.send_errors", "errors on sending"),
            observed(facts, "vpn.inside.foreign", "not among its networks"),
        ),
    )
