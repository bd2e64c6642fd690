# SPDX-License-Identifier: GPL-2.0-or-later
"""Rules about what this host does to a session's packets: routes, TTL, checksums, buffers."""

from __future__ import annotations

from qmiprobe.diagnosis._commands import netdev
from qmiprobe.diagnosis._facts import Facts
from qmiprobe.diagnosis._model import Evidence, Remedy
from qmiprobe.diagnosis._rules import Cause, Verdicts, failed, observed, rule

FORBIDDEN = {
    "EACCES": "prohibit",
    "EINVAL": "blackhole",
    "EHOSTUNREACH": "unreachable",
}
"""What a route lookup says, and the type of route or rule that makes it say so."""
_SMALL_TTL = 32
_AGGREGATED = 16384
_REACH = ("link.reach-v4", "link.reach-v6")
_HEARD = (
    "link.return",
    "link.host-filter",
    "link.reach-v4",
    "link.reach-v6",
    "link.pmtu-down",
)


@rule(id="host/route-forbidden", explains=("link.route",))
def route_forbidden(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """A route or a routing rule is there to refuse such packets."""
    error = facts.text("link.route.error")
    kind = FORBIDDEN.get(error or "")
    if kind is None:
        return None
    name = netdev(facts)
    ip = "ip -6" if facts.integer("link.route.family") == 6 else "ip"
    return Cause(
        f"a route or routing rule of this host refuses packets to the targets ({kind})",
        Remedy(
            "VPNs set such routes so that nothing gets past them, and some leave them behind. "
            f"Find it, and take it away if it is not wanted; without it {name} may serve.",
            commands=(f"{ip} rule show", f"{ip} route show table all type {kind}"),
        ),
        (observed(facts, "link.route.error", "route lookup"),),
    )


@rule(
    id="host/ttl-too-small",
    explains=_REACH,
    follows=("path/one-family-dead", "path/private-apn", "path/no-dns"),
)
def ttl_too_small(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """Packets of this host end on the way, since they may pass a few routers only."""
    found = [
        (family, value)
        for family in (4, 6)
        if failed(verdicts, f"link.reach-v{family}")
        and (value := facts.integer(f"link.ttl.v{family}")) is not None
        and value < _SMALL_TTL
    ]
    if not found:
        return None
    name = netdev(facts)
    settings = {4: "net.ipv4.ip_default_ttl", 6: f"net.ipv6.conf.{name}.hop_limit"}
    said = ", ".join(f"{value} over IPv{family}" for family, value in found)
    return Cause(
        f"this host lets its packets pass a few routers only (TTL, hop limit): {said}",
        Remedy(
            "Set the usual 64. Over IPv6 a router advertisement may have set it: it comes again "
            "then, unless accept_ra_min_hop_limit stands against it.",
            commands=tuple(f"sysctl -w {settings[family]}=64" for family, _ in found),
            undo=tuple(f"sysctl -w {settings[family]}={value}" for family, value in found),
        ),
        tuple(observed(facts, f"link.ttl.v{family}", settings[family]) for family, _ in found),
    )


@rule(
    id="netdev/wrong-checksums",
    explains=_HEARD,
    follows=("host/input-filter", "path/mtu-black-hole-down"),
)
def wrong_checksums(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """Answers arrive, and the kernel throws them away: their checksums are wrong."""
    count = facts.integer("link.checksum_errors") or 0
    if count < 1 or not any(failed(verdicts, one) for one in _HEARD):
        return None
    name = netdev(facts)
    offloads = ("gro", "gso", "tso", "rx", "tx")
    return Cause(
        f"answers come in on {name} with wrong checksums, and the kernel throws them away",
        Remedy(
            "Mostly it is work that the kernel leaves to driver and modem, who do it badly: switch "
            "it off and see whether the count still grows. If it does, packets are spoilt on the "
            "way: another cable, port or firmware.",
            commands=(f"ethtool -K {name} {' '.join(f'{one} off' for one in offloads)}",),
            undo=(f"ethtool -K {name} {' '.join(f'{one} on' for one in offloads)}",),
            lasting=("nmcli connection modify CONNECTION ethtool.feature-gro off",),
        ),
        (
            observed(facts, "link.checksum_errors", "wrong checksums meanwhile"),
            observed(facts, "netdev.offloads", "left to the netdev"),
        ),
    )


@rule(
    id="netdev/drops-large",
    explains=("link.pmtu-down",),
    follows=("path/mtu-black-hole-down", "path/fragments-dropped", "path/size-holes"),
)
def drops_large(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """Large packets come as far as the driver, which has no buffer for them."""
    refused = facts.integer("link.pmtu_down.refused") or 0
    holes = [one for one in ("v4", "v6") if facts.flag(f"link.pmtu_down.{one}.black_hole")]
    if refused < 1 or not holes or not failed(verdicts, "link.pmtu-down"):
        return None
    name, own = netdev(facts), facts.integer("netdev.mtu")
    undo = (f"ip link set dev {name} mtu {own}",) if own is not None else ()
    return Cause(
        f"large packets come from the modem, and the driver of {name} cannot take them",
        Remedy(
            f"What the modem sends at once does not fit the driver's buffers, which the MTU of "
            f"{name} sizes: raise it, and keep the small one on netdevs above it; or have the "
            "modem send less at once (its downlink aggregation).",
            commands=(f"ip link set dev {name} mtu {_AGGREGATED}", f"ip -s -s link show {name}"),
            undo=undo,
        ),
        (
            observed(facts, "link.pmtu_down.refused", "packets that the driver counts as errors"),
            *(
                observed(facts, f"link.pmtu_down.{one}.size", f"largest IP{one} packet")
                for one in holes
            ),
            observed(facts, "netdev.driver", "driver"),
        ),
    )


@rule(id="netdev/usb-trouble", explains=("link.usb",), of_warning=True)
def usb_trouble(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """The kernel's log complains of the netdev's USB device; it may be asleep."""
    lines = facts.texts("link.usb.complaints")
    if not lines:
        return None
    name, asleep = netdev(facts), facts.flag("link.usb.suspends") is True
    file = f"/sys/class/net/{name}/device/../power/control"
    text = (
        "It may be put to sleep when it is idle, and some modems do not wake up: leave it on."
        if asleep
        else "A hub or cable with too little power does that, and firmware that hangs."
    )
    return Cause(
        f"the kernel complains of the USB device behind {name}",
        Remedy(
            f"{text} Look for more in `qmiprobe doctor`.",
            commands=(f"echo on > {file}", "qmiprobe doctor") if asleep else ("qmiprobe doctor",),
            undo=(f"echo auto > {file}",) if asleep else (),
        ),
        tuple(Evidence(one, source=facts.source("link.usb.complaints")) for one in lines),
    )
