# SPDX-License-Identifier: GPL-2.0-or-later
"""Rules about the host around a netdev: who else has routes and addresses, clock, IPv6."""

from __future__ import annotations

from qmiprobe.diagnosis._commands import netdev
from qmiprobe.diagnosis._facts import Facts
from qmiprobe.diagnosis._model import Evidence, Remedy
from qmiprobe.diagnosis._rules import Cause, Verdicts, failed, observed, rule

_CLOCK_S = 3600
_HOUR, _MINUTE = 3600, 60
_IPV6_MTU = 1280


@rule(id="host/route-elsewhere", explains=("link.route",), of_warning=True)
def route_elsewhere(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """Programs that bind to no netdev use another one."""
    other = facts.text("link.route.device")
    if not facts.flag("link.route.elsewhere") or other is None:
        return None
    if any(verdict.failed for verdict in verdicts.values()) or "link.route.past" in facts:
        return None  # beside something that is broken it is no news
    name = netdev(facts)
    return Cause(
        f"this host prefers {other}: what programs send does not leave by {name}",
        Remedy(
            "That is as it should be where the modem is only the second way out. To prefer it, "
            "give its default route a smaller metric than the other one has.",
            commands=(f"ip route add default dev {name} metric 50",),
            undo=(f"ip route del default dev {name} metric 50",),
            lasting=("nmcli connection modify CONNECTION ipv4.route-metric 50",),
        ),
        (observed(facts, "link.route.device", "packets to the targets leave by"),),
    )


@rule(id="host/wrong-gateway", explains=("link.route",))
def wrong_gateway(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """The default route leads to a gateway that the network did not give."""
    records = facts.records("link.route.gateways")
    if not records:
        return None
    name = netdev(facts)
    said = [f"{one.get('route')} instead of {one.get('given')}" for one in records]
    commands = [
        f"ip -{one.get('family')} route replace default via {one.get('given')} dev {name} "
        f"metric {one.get('metric')}"
        for one in records
    ]
    undo = [
        f"ip -{one.get('family')} route replace default via {one.get('route')} dev {name} "
        f"metric {one.get('metric')}"
        for one in records
    ]
    return Cause(
        f"the default route of {name} leads to {', '.join(said)}",
        Remedy(
            "It is left from an earlier session: each one may have another gateway.",
            commands=tuple(commands),
            undo=tuple(undo),
        ),
        tuple(
            Evidence(f"IPv{one.get('family')}: {text}", source=facts.source("link.route.gateways"))
            for one, text in zip(records, said, strict=True)
        ),
    )


@rule(id="host/ra-ignored", explains=("link.route",), follows=("link/no-route",))
def ra_ignored(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """The host forwards, so it takes no IPv6 route from the network."""
    if not facts.flag("link.ra_ignored") or facts.integer("link.route.family") != 6:
        return None
    name = netdev(facts)
    return Cause(
        f"{name} takes no IPv6 route from the network: router advertisements are ignored",
        Remedy(
            "A host that forwards ignores them unless accept_ra is 2. The network repeats them; "
            "setting the netdev down and up asks for one.",
            commands=(f"sysctl -w net.ipv6.conf.{name}.accept_ra=2",),
            undo=(f"sysctl -w net.ipv6.conf.{name}.accept_ra=1",),
            lasting=(f"echo 'net.ipv6.conf.{name}.accept_ra = 2' > /etc/sysctl.d/90-{name}.conf",),
        ),
        (
            observed(facts, "link.ra_ignored", "router advertisements are ignored"),
            observed(facts, "link.route.error", "route lookup"),
        ),
    )


@rule(id="host/ipv6-disabled", explains=("netdev.address",), follows=("netdev/missing-address",))
def ipv6_disabled(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """IPv6 is switched off where the session has it."""
    if not facts.flag("link.ipv6_off") or 6 not in facts.numbers("session.families"):
        return None
    name = netdev(facts)
    return Cause(
        f"IPv6 is switched off on {name}, and the session has it",
        Remedy(
            "Switch it on, then set the session up anew: its address went with it.",
            commands=(f"sysctl -w net.ipv6.conf.{name}.disable_ipv6=0",),
            undo=(f"sysctl -w net.ipv6.conf.{name}.disable_ipv6=1",),
        ),
        (
            observed(facts, "link.ipv6_off", "disable_ipv6"),
            observed(facts, "session.families", "IP families of the session"),
        ),
    )


@rule(id="netdev/mtu-below-ipv6", explains=("netdev.address",), follows=("netdev/missing-address",))
def mtu_below_ipv6(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """The netdev's MTU is less than IPv6 needs, so the kernel has taken its addresses away."""
    mtu = facts.integer("netdev.mtu")
    if mtu is None or mtu >= _IPV6_MTU or 6 not in facts.numbers("session.families"):
        return None
    if any(":" in text for text in facts.texts("netdev.addresses")):
        return None
    name = netdev(facts)
    return Cause(
        f"the MTU of {name} is {mtu}: IPv6 needs {_IPV6_MTU}, and the kernel has switched it off",
        Remedy(
            "Set a greater one, then set the session up anew: the IPv6 address went with it.",
            commands=(f"ip link set dev {name} mtu {_IPV6_MTU}",),
            undo=(f"ip link set dev {name} mtu {mtu}",),
        ),
        (
            observed(facts, "netdev.mtu", f"MTU of {name}", unit="bytes"),
            observed(facts, "session.families", "IP families of the session"),
        ),
    )


@rule(id="host/address-overlap", explains=("link.overlap",))
def address_overlap(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """Another netdev's route covers the session's gateway or DNS servers."""
    records = facts.records("link.overlap")
    if not records:
        return None
    name = netdev(facts)
    addresses = [str(one.get("address")) for one in records]
    lines = [
        f"{one.get('what')} {one.get('address')}: {one.get('prefix')} leads to {one.get('device')}"
        for one in records
    ]
    devices = sorted({str(one.get("device")) for one in records})
    return Cause(
        f"addresses of the session on {name} are taken for those behind {' and '.join(devices)}",
        Remedy(
            "Routes to the single addresses win over the wide one: mostly the operator and a VPN "
            "or a second network use the same private range.",
            commands=tuple(f"ip route add {one} dev {name}" for one in addresses),
            undo=tuple(f"ip route del {one} dev {name}" for one in addresses),
        ),
        tuple(Evidence(text, source=facts.source("link.overlap")) for text in lines),
    )


@rule(
    id="host/conntrack-full",
    explains=("link.sysctl",),
    follows=("host/output-filter", "host/input-filter"),
)
def conntrack_full(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """Connection tracking has no room, so new connections are dropped."""
    most = facts.integer("link.conntrack_full")
    if most is None:
        return None
    return Cause(
        f"connection tracking is full ({most} entries): new connections are dropped",
        Remedy(
            "Make room. Something opens many connections, or answers are missing: see who.",
            commands=(
                f"sysctl -w net.netfilter.nf_conntrack_max={2 * most}",
                "conntrack -L -o extended",
            ),
            undo=(f"sysctl -w net.netfilter.nf_conntrack_max={most}",),
        ),
        (observed(facts, "link.conntrack_full", "entries"),),
    )


@rule(
    id="host/other-data-path",
    explains=("netdev.address", "link.bearer"),
    follows=("netdev/missing-address", "netdev/not-set-up"),
)
def other_data_path(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """The session runs over another netdev."""
    others = facts.texts("link.bearer.elsewhere")
    if not others:
        return None
    name, other = netdev(facts), others[0]
    return Cause(
        f"the data session runs over {other}, not over {name}",
        Remedy(
            f"Test {other}, or have the session set up on {name}: programs that find a serial "
            "port of the modem dial there (PPP), and a modem with several USB configurations may "
            "have an Ethernet function too.",
            commands=(f"qmiprobe link {other}", "qmiprobe doctor"),
        ),
        (observed(facts, "link.bearer.elsewhere", "netdevs with the session's address"),),
    )


@rule(id="netdev/not-set-up", explains=("link.bearer",))
def not_set_up(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """The netdev has no address: nobody has set a session up on it."""
    if not facts.flag("link.bearer.none"):
        return None
    name = netdev(facts)
    return Cause(
        f"{name} has no address: no data session is set up on it",
        Remedy(
            "Open a data session; see first whether the modem is ready for one.",
            commands=("qmiprobe check", "qmiprobe connect"),
            undo=("qmiprobe disconnect",),
        ),
        (observed(facts, "link.bearer.none", "without an address"),),
    )


@rule(id="netdev/no-arp-answer", explains=("link.return",), follows=("session/phantom",))
def no_arp_answer(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """Nobody answers ARP, so not one IP packet leaves the netdev."""
    family = facts.integer("link.return.no_neighbour")
    if family is None:
        return None
    name = netdev(facts)
    return Cause(
        f"nobody on {name} answers {'neighbour discovery' if family == 6 else 'ARP'} for the "
        f"gateway: not one IPv{family} packet leaves",
        Remedy(
            "See whether the gateway is the one that this session has. Many modems have no "
            "Ethernet side: they speak raw-IP, or answer no ARP. Set the format that the modem "
            "speaks; where it speaks 802.3, switch ARP off.",
            commands=(
                f"ip link set dev {name} down",
                f"echo Y > /sys/class/net/{name}/qmi/raw_ip",
                f"ip link set dev {name} up",
                f"ip link set dev {name} arp off",
            ),
            undo=(
                f"ip link set dev {name} arp on",
                f"ip link set dev {name} down",
                f"echo N > /sys/class/net/{name}/qmi/raw_ip",
                f"ip link set dev {name} up",
            ),
        ),
        (
            observed(facts, "link.gateways", "gateways"),
            observed(facts, "link.return.tap_out", "IP packets that left on the netdev"),
            observed(facts, "netdev.format", "the host speaks"),
        ),
    )


@rule(
    id="host/neighbours-filtered",
    explains=("link.return", "link.host-filter"),
    follows=("netdev/no-arp-answer", "session/phantom"),
)
def neighbours_filtered(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """Neighbours answer, and yet this host knows none: its filter drops the answers."""
    family = facts.integer("link.return.unheard")
    if family is None:
        return None
    name, v6 = netdev(facts), family == 6
    way = "neighbour discovery" if v6 else "ARP"
    rule = f"ip6tables -I INPUT -i {name} -p ipv6-icmp -j ACCEPT"
    return Cause(
        f"this host's filter drops the answers to {way} on {name}: not one IPv{family} packet "
        "leaves",
        Remedy(
            "IPv6 needs ICMPv6: a filter that drops all of it cuts IPv6 off. The last command "
            "lets it in, for a test; it has no effect on rules of other tables."
            if v6
            else "Find the rule that drops ARP.",
            commands=("nft list ruleset", *((rule,) if v6 else ())),
            undo=(rule.replace("-I", "-D", 1),) if v6 else (),
        ),
        (
            observed(facts, "link.return.unheard", "IP family without a neighbour"),
            observed(facts, "link.gateways", "gateways"),
        ),
    )


@rule(id="host/clock-wrong", explains=("link.clock",))
def clock_wrong(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """The clock is so far off that certificates and handshakes are refused."""
    ahead = facts.number("link.clock.ahead_s")
    if ahead is None or abs(ahead) <= _CLOCK_S or not failed(verdicts, "link.clock"):
        return None
    return _clock(facts, ahead)


@rule(id="host/clock-drift", explains=("link.clock",), of_warning=True)
def clock_drift(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """The clock is off by minutes."""
    ahead = facts.number("link.clock.ahead_s")
    if ahead is None or abs(ahead) > _CLOCK_S or failed(verdicts, "link.clock"):
        return None
    return _clock(facts, ahead)


def _clock(facts: Facts, ahead: float) -> Cause:
    return Cause(
        f"this machine's clock is {_span(abs(ahead))} {'behind' if ahead > 0 else 'ahead'}",
        Remedy(
            "Set it. A WireGuard peer that has seen a later time refuses handshakes until the "
            "clock has caught up, or until the peer is removed there and added again; "
            "certificates are not yet, or no longer, valid.",
            commands=("chronyc makestep",),
            lasting=("systemctl enable --now chrony",),
        ),
        (observed(facts, "link.clock.ahead_s", "the network's time is ahead", unit="s"),),
    )


def _span(seconds: float) -> str:
    if seconds >= _HOUR:
        return f"{seconds / _HOUR:.1f} hours"
    return f"{seconds / _MINUTE:.1f} minutes"
