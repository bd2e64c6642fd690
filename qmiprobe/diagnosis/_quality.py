# SPDX-License-Identifier: GPL-2.0-or-later
"""Rules about how good the link is: loss, order, waking up, queues under load."""

from __future__ import annotations

from qmiprobe.diagnosis._commands import netdev
from qmiprobe.diagnosis._facts import Facts
from qmiprobe.diagnosis._model import Remedy
from qmiprobe.diagnosis._rules import Cause, Verdicts, failed, observed, rule

_FAMILIES = ("v4", "v6")
_WAYS = {"up": "on the way up", "down": "on the way down"}
LOSS = 0.01
DISORDER = 0.01
WAKE_MS = 500
BLOAT_MS = 200


@rule(id="path/packet-loss", explains=("link.rtt", "link.each-way"))
def packet_loss(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """Packets are lost, small ones too, at a rate that shows."""
    found = [one for one in _FAMILIES if _lowest_loss(facts, f"link.rtt.{one}.loss") > LOSS]
    ways = {
        f"link.each_way.{one}.{way}_": text
        for one in _FAMILIES
        for way, text in _WAYS.items()
        if _lowest_loss(facts, f"link.each_way.{one}.{way}_loss") > LOSS
    }
    if not found and not ways:
        return None
    roots = [f"link.rtt.{one}." for one in found] or list(ways)
    sent = sum(facts.integer(f"{root}sent") or 0 for root in roots)
    lost = sum(facts.integer(f"{root}lost") or 0 for root in roots)
    where = " and ".join(dict.fromkeys(ways.values()))
    return Cause(
        f"{lost} of {sent} small packets are lost" + (f", {where}" if where else ""),
        Remedy(
            "The radio or the operator's network loses them, whatever their kind. Look at the "
            "signal (qmiprobe check), try another place, antenna or band; a VPN over UDP suffers "
            "less than one over TCP.",
        ),
        tuple(
            observed(facts, f"link.rtt.{one}.{name}", f"{label}, IP{one}")
            for one in found
            for name, label in (
                ("lost", "lost"),
                ("loss", "share, 95 % interval"),
                ("longest_burst", "longest burst"),
            )
        )
        + tuple(
            observed(facts, f"{root}{name}", f"{label} {text}")
            for root, text in ways.items()
            for name, label in (("lost", "lost"), ("loss", "share, 95 % interval,"))
        ),
    )


def _lowest_loss(facts: Facts, name: str) -> float:
    bounds = facts.get(name)
    lowest = bounds[0] if isinstance(bounds, list) and bounds else 0.0
    return float(lowest) if isinstance(lowest, int | float) else 0.0


@rule(id="path/out-of-order", explains=("link.rtt",), of_warning=True)
def out_of_order(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """Packets overtake one another."""
    found = [one for one in _FAMILIES if _share(facts, one, "late") > DISORDER]
    if not found:
        return None
    return Cause(
        "packets overtake one another",
        Remedy(
            "Let IPsec take packets that are late, and TCP wait a little before it sends again.",
            commands=("sysctl -w net.ipv4.tcp_reordering=10",),
            undo=("sysctl -w net.ipv4.tcp_reordering=3",),
            lasting=("replay_window = 128 in the child of swanctl.conf",),
        ),
        tuple(observed(facts, f"link.rtt.{one}.late", f"late, IP{one}") for one in found),
    )


@rule(id="path/duplicates", explains=("link.rtt",), of_warning=True)
def duplicates(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """Packets come twice."""
    found = [one for one in _FAMILIES if _share(facts, one, "duplicates") > DISORDER]
    if not found:
        return None
    return Cause(
        "packets come twice",
        Remedy(
            "It costs volume and little else; VPNs throw the second one away and may count it as a "
            "replay. Two netdevs of one modem in a bridge do that, and so do some operators."
        ),
        tuple(observed(facts, f"link.rtt.{one}.duplicates", f"twice, IP{one}") for one in found),
    )


def _share(facts: Facts, family: str, name: str) -> float:
    sent = facts.integer(f"link.rtt.{family}.sent") or 0
    count = facts.integer(f"link.rtt.{family}.{name}") or 0
    return count / sent if sent else 0.0


@rule(id="path/slow-wake-up", explains=("link.idle",), of_warning=True)
def slow_wake_up(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """The first packet after a silence takes long."""
    wake = facts.number("link.idle.wake_ms")
    if wake is None or wake <= WAKE_MS:
        return None
    return Cause(
        f"after a silence the first packet takes {wake:.0f} ms longer: the radio is asleep",
        Remedy(
            "That is how mobile networks save power. Give programs at least 3 s before they call "
            "a packet lost, or keep the radio awake by a packet every few seconds.",
        ),
        (
            observed(facts, "link.idle.seconds", "silence", unit="s"),
            observed(facts, "link.idle.first_ms", "first packet", unit="ms"),
            observed(facts, "link.idle.later_ms", "those after it", unit="ms"),
        ),
    )


@rule(id="path/bufferbloat", explains=("link.load",))
def bufferbloat(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """Round trips grow under load: queues on the way are too long."""
    idle = facts.number("link.load.idle_ms")
    ways = {"down": "from the network", "up": "toward the network"}
    grown = {
        way: loaded - idle
        for way in ways
        if idle is not None and (loaded := facts.number(f"link.load.{way}_ms")) is not None
    }
    worst = max(grown, key=lambda way: grown[way], default=None)
    if idle is None or worst is None or grown[worst] <= BLOAT_MS:
        return None
    if not failed(verdicts, "link.load"):
        return None
    rate = facts.number(f"link.load.{worst}_mbit") or 1.0
    name, limit = netdev(facts), max(0.1, round(rate * 0.9, 1))
    return Cause(
        f"under load {ways[worst]} round trips take {grown[worst]:.0f} ms longer (bufferbloat)",
        Remedy(
            "Shape the traffic a little below the link's rate, so that the queue forms here and is "
            "kept short.",
            commands=(f"tc qdisc replace dev {name} root cake bandwidth {limit}mbit",),
            undo=(f"tc qdisc del dev {name} root",),
        ),
        (
            observed(facts, "link.load.idle_ms", "round trip without load", unit="ms"),
            observed(facts, f"link.load.{worst}_ms", "under load", unit="ms"),
            observed(facts, f"link.load.{worst}_mbit", "rate", unit="Mbit/s"),
        ),
    )


@rule(id="path/policed", explains=("link.load",))
def policed(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """What exceeds a low rate is dropped, without a queue: a plan that has run out."""
    ways = facts.texts("link.load.policed")
    if not ways:
        return None
    slowest = min(facts.number(f"link.load.{way}_mbit") or 0.0 for way in ways)
    return Cause(
        f"the operator drops what exceeds {slowest:g} Mbit/s",
        Remedy(
            "The plan's volume may be used up, or tethering be throttled: ask the operator what "
            "is left. Until then, keep what this host sends below that rate.",
            commands=(f"tc qdisc replace dev {netdev(facts)} root cake bandwidth "
                      f"{max(0.05, round(slowest * 0.9, 2)):g}mbit",),
            undo=(f"tc qdisc del dev {netdev(facts)} root",),
        ),
        tuple(
            observed(facts, f"link.load.{way}_{name}", f"{label}, {way}", unit=unit)
            for way in ways
            for name, label, unit in (
                ("mbit", "rate", "Mbit/s"),
                ("gaps", "segments after a gap", None),
                ("burst_loss", "lost of a burst", None),
            )
        ),
    )  # fmt: skip
