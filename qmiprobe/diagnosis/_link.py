# SPDX-License-Identifier: GPL-2.0-or-later
"""Rules about the host's own part of the data path: routes, filters, frames lost at the modem."""

from __future__ import annotations

from qmiprobe.diagnosis._commands import netdev
from qmiprobe.diagnosis._facts import Facts
from qmiprobe.diagnosis._model import Remedy
from qmiprobe.diagnosis._rules import Cause, Verdicts, came_in, observed, rule, went_out

_FILTERED = ("link.return", "link.host-filter")
_REFUSED_BY_FILTER = ("EPERM", "EACCES")


@rule(id="link/no-route", explains=("link.route",))
def no_route(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """No route leads out through the netdev."""
    error = facts.text("link.route.error")
    if error is None:
        return None
    name = netdev(facts)
    return Cause(
        f"no route leads to the targets through {name}",
        Remedy(
            "Add a default route; the metric keeps it behind a wired or Wi-Fi one.",
            commands=(f"ip route add default dev {name} metric 700",),
            undo=(f"ip route del default dev {name} metric 700",),
        ),
        (observed(facts, "link.route.error", "route lookup"),),
    )


@rule(id="host/output-filter", explains=_FILTERED, follows=("session/phantom",))
def output_filter(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """The host's packet filter refuses what we send."""
    errors = facts.texts("link.return.send_errors")
    if not any(error in _REFUSED_BY_FILTER for error in errors):
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
            observed(facts, "link.return.tap_out", "probes that left on the netdev"),
        ),
    )


@rule(id="host/input-filter", explains=_FILTERED)
def input_filter(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """Answers arrive on the netdev, but the host's packet filter eats them."""
    if not _eaten(facts) or facts.integer("link.return.rp_filtered"):
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
        ),
    )


@rule(id="host/rp-filter", explains=_FILTERED)
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


def _eaten(facts: Facts) -> bool:
    """Whether answers came as far as the netdev and no socket got one."""
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
