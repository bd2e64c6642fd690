# SPDX-License-Identifier: GPL-2.0-or-later
"""Rules about the host's own part of the data path: routes, filters, frames lost at the modem."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from qmiprobe.diagnosis._commands import netdev
from qmiprobe.diagnosis._facts import Facts, JsonValue
from qmiprobe.diagnosis._link_local import FORBIDDEN
from qmiprobe.diagnosis._model import Evidence, Remedy
from qmiprobe.diagnosis._rules import Cause, Verdicts, came_in, observed, rule, went_out

_ANSWERED_BY_PORT = ("link.reach-v4", "link.reach-v6", "link.ports")
_TOLD = ("link.pmtu-up",)
_UNTOLD = ("path/mtu-black-hole-up", "path/mtu-smaller")
_PORTS_BLOCKED = ("path/udp-ports-blocked", "path/tcp-ports-blocked", "path/ports-blocked")
_FILTERED = ("link.return", "link.host-filter")
_REFUSED_BY_FILTER = ("EPERM", "EACCES")
_BY_ITSELF = (
    "link.reach-v4",
    "link.reach-v6",
    "link.ports",
    "link.marks",
    "link.protocol-walk",
    "link.pmtu-up",
)
"""Checks that send what may be refused where usual packets are not."""


@rule(id="link/no-route", explains=("link.route",))
def no_route(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """No route leads out through the netdev."""
    error = facts.text("link.route.error")
    if error is None or error in FORBIDDEN:
        return None
    name = netdev(facts)
    v6 = facts.integer("link.route.family") == 6
    ip = "ip -6" if v6 else "ip"
    return Cause(
        f"no {'IPv6 ' if v6 else ''}route leads to the targets through {name}",
        Remedy(
            "Add a default route; the metric keeps it behind a wired or Wi-Fi one.",
            commands=(f"{ip} route add default dev {name} metric 700",),
            undo=(f"{ip} route del default dev {name} metric 700",),
        ),
        (observed(facts, "link.route.error", "route lookup"),),
    )


@rule(id="host/output-filter", explains=_FILTERED, follows=("session/phantom",))
def output_filter(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """The host's packet filter refuses what we send."""
    errors, refused = facts.texts("link.return.send_errors"), facts.records("link.return.refused")
    later = facts.texts("link.filtered")
    if not refused and not later and not any(error in _REFUSED_BY_FILTER for error in errors):
        return None
    name = netdev(facts)
    return Cause(
        f"this host's packet filter does not let packets out through {name}",
        Remedy(
            "Find the rule: a firewall, or a VPN's kill switch. The last command lets everything "
            "out, for a test; it has no effect on rules of other tables.",
            commands=("nft list ruleset", f"iptables -I OUTPUT -o {name} -j ACCEPT"),
            undo=(f"iptables -D OUTPUT -o {name} -j ACCEPT",),
        ),
        (
            observed(facts, "link.return.send_errors", "errors on sending"),
            *_probes(refused, "never left", facts.source("link.return.refused")),
            *(Evidence(f"{one}: refused (EPERM)", source="socket") for one in later),
            observed(facts, "link.return.tap_out", "probes that left on the netdev"),
        ),
        also_explains=_BY_ITSELF if later else (),
        follows=_PORTS_BLOCKED if later else (),
    )


@rule(id="host/input-filter", explains=_FILTERED)
def input_filter(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """Answers arrive on the netdev, but the host's packet filter eats them."""
    large = any(facts.flag(f"link.pmtu_down.{one}.eaten") for one in ("v4", "v6"))
    unheard = [one for one in ("v4", "v6") if facts.flag(f"link.pmtu_up.{one}.unheard")]
    if facts.integer("link.return.rp_filtered") or not (large or unheard or _eaten(facts)):
        return None
    name = netdev(facts)
    return Cause(
        f"answers arrive on {name}, but this host's packet filter drops them",
        Remedy(
            "Find the rule, or the zone that the netdev is in. The last command lets answers in, "
            "for a test; it has no effect on rules of other tables.",
            commands=(
                "nft list ruleset",
                f"iptables -I INPUT -i {name} -m conntrack --ctstate ESTABLISHED,RELATED -j ACCEPT",
            ),
            undo=(
                f"iptables -D INPUT -i {name} -m conntrack --ctstate ESTABLISHED,RELATED -j ACCEPT",
            ),
        ),
        (
            observed(facts, "link.return.tap_in", "answers that arrived on the netdev"),
            observed(facts, "link.return.received", "answers that reached a socket"),
            *_probes(
                facts.records("link.return.eaten"),
                "arrived and reached no socket",
                facts.source("link.return.eaten"),
            ),
            *(
                observed(facts, f"link.pmtu_down.{one}.eaten", f"larger ones come in, IP{one}")
                for one in ("v4", "v6")
                if large
            ),
            *(
                observed(facts, f"link.pmtu_up.{one}.unheard", f"'too big' comes in, IP{one}")
                for one in unheard
            ),
        ),
        also_explains=("link.pmtu-down", *_ANSWERED_BY_PORT, *(_TOLD if unheard else ())),
        follows=("path/mtu-black-hole-down", *_PORTS_BLOCKED, *(_UNTOLD if unheard else ())),
    )


@rule(id="host/rp-filter", explains=_FILTERED, follows=("host/route-elsewhere",))
def rp_filter(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """Reverse path filtering drops the answers: their way back leads by another netdev."""
    if not _eaten(facts) or not facts.integer("link.return.rp_filtered"):
        return None
    name, before = netdev(facts), facts.integer("link.rp_filter")
    settings = ("net.ipv4.conf.all.rp_filter", f"net.ipv4.conf.{name}.rp_filter")
    return Cause(
        f"reverse path filtering drops the answers that arrive on {name}",
        Remedy(
            "Set the filter to loose: the best route to the sender leads by another netdev.",
            commands=tuple(f"sysctl -w {setting}=2" for setting in settings),
            undo=tuple(
                f"sysctl -w {setting}={1 if before is None else before}" for setting in settings
            ),
            lasting=(f"echo '{settings[1]} = 2' > /etc/sysctl.d/90-{name}.conf",),
        ),
        (
            observed(facts, "link.return.rp_filtered", "packets dropped meanwhile"),
            observed(facts, "link.return.tap_in", "answers that arrived on the netdev"),
            observed(facts, "link.rp_filter", "rp_filter"),
        ),
    )


def _probes(
    records: Iterable[Mapping[str, JsonValue]], became: str, source: str
) -> Iterator[Evidence]:
    """A line for each kind of probe that the filter met."""
    named = (f"{one.get('kind')} over IPv{one.get('family')}: {became}" for one in records)
    return (Evidence(text, source=source) for text in dict.fromkeys(named))


def _eaten(facts: Facts) -> bool:
    """Whether answers came as far as the netdev and their sockets did not get them."""
    if facts.records("link.return.eaten"):
        return True
    return bool(facts.integer("link.return.tap_in")) and facts.integer("link.return.received") == 0


@rule(id="netdev/lost-at-modem", explains=("link.return",), follows=("session/phantom",))
def lost_at_modem(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """Packets leave the netdev, but the modem counts none: it does not take them for packets."""
    if not went_out(facts) or came_in(facts) or facts.integer("session.sent") != 0:
        return None
    name = netdev(facts)
    return Cause(
        f"packets leave {name}, but the modem does not count one of them",
        _wrapped_otherwise(),
        (
            observed(facts, "link.return.tap_out", "probes that left on the netdev"),
            observed(facts, "session.sent", "packets that the modem sent"),
        ),
    )


@rule(
    id="netdev/multiplexed",
    explains=("link.return",),
    follows=("session/phantom", "netdev/no-arp-answer", "netdev/lost-at-modem"),
)
def multiplexed(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """The modem sends packets for several netdevs, with a header that this one does not know."""
    if not facts.integer("netdev.multiplexed"):
        return None
    return Cause(
        f"the modem multiplexes (QMAP), and {netdev(facts)} takes what it sends for other frames",
        _wrapped_otherwise(),
        (
            observed(facts, "netdev.multiplexed", "packets that came in with a QMAP header"),
            observed(facts, "netdev.format", "the host speaks"),
        ),
    )


@rule(id="netdev/lost-from-modem", explains=("link.return",))
def lost_from_modem(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """The modem gets answers from the network, but none arrives on the netdev."""
    if not facts.integer("session.received") or came_in(facts) != 0:
        return None
    return Cause(
        f"the modem gets answers from the network, but none arrives on {netdev(facts)}",
        _wrapped_otherwise(),
        (
            observed(facts, "session.received", "packets that the modem received"),
            observed(facts, "link.return.tap_in", "answers that arrived on the netdev"),
        ),
    )


def _wrapped_otherwise() -> Remedy:
    return Remedy(
        "Host and modem disagree on how packets are wrapped: multiplexing (QMAP), or the session "
        "is bound to another mux id. Let ModemManager connect without multiplexing.",
        commands=(
            "mmcli -m any --simple-disconnect",
            "mmcli -m any --simple-connect=apn=APN,multiplex=none",
        ),
        undo=("mmcli -m any --simple-disconnect",),
    )
