# SPDX-License-Identifier: GPL-2.0-or-later
"""Rules about the NAT on the way, and about what watches flows: lifetimes, looks."""

from __future__ import annotations

from qmiprobe.diagnosis._facts import Facts
from qmiprobe.diagnosis._model import Evidence, Remedy
from qmiprobe.diagnosis._rules import Cause, Verdicts, failed, observed, rule

_FAMILIES = ("v4", "v6")
_VARYING = ("address-dependent", "address-and-port-dependent")
_LEAST_KEEPALIVE, _USUAL_KEEPALIVE = 1, 25


@rule(id="path/nat-symmetric", explains=("link.nat-type",), of_warning=True)
def nat_symmetric(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """The NAT gives each destination another port."""
    found = [
        one
        for one in _FAMILIES
        if facts.flag(f"link.nat.{one}.translated") and facts.text(f"link.nat.{one}.mapping")
        in _VARYING
    ]  # fmt: skip
    if not found:
        return None
    return Cause(
        "the operator's NAT shows each destination another port (symmetric NAT)",
        Remedy(
            "Connections to servers work; direct ones between two such hosts do not, so Tailscale "
            "and calls go by relays. IPv6, or a server with a public address as hub, avoid it.",
        ),
        tuple(observed(facts, f"link.nat.{one}.mapping", f"mapping, IP{one}") for one in found),
    )


@rule(id="path/nat-short", explains=("link.nat-lifetime",))
def nat_short(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """The NAT forgets idle UDP flows sooner than usual keepalives come."""
    below = facts.number("link.nat_lifetime.replied.below_s")
    lived = facts.number("link.nat_lifetime.replied.at_least_s")
    if below is None or lived is None or not failed(verdicts, "link.nat-lifetime"):
        return None
    often = max(_LEAST_KEEPALIVE, min(_USUAL_KEEPALIVE, int(lived * 0.8)))
    return Cause(
        f"an idle UDP flow is forgotten after {lived:g} to {below:g} s",
        Remedy(
            f"Let VPNs send something at least every {often} s; until then the other side cannot "
            "reach this host after a pause.",
            commands=(f"wg set wg0 peer PEER persistent-keepalive {often}",),
            undo=("wg set wg0 peer PEER persistent-keepalive 0",),
            lasting=(
                f"PersistentKeepalive = {often} (WireGuard), keepalive {often} {4 * often} "
                f"(OpenVPN), charon.keep_alive = {often}s (strongSwan)",
            ),
        ),
        (
            observed(facts, "link.nat_lifetime.replied.at_least_s", "outlives", unit="s"),
            observed(facts, "link.nat_lifetime.replied.below_s", "does not outlive", unit="s"),
            observed(facts, "link.nat_lifetime.unreplied.below_s", "unanswered", unit="s"),
        ),
    )


@rule(id="path/tcp-idle-short", explains=("link.tcp-idle",))
def tcp_idle_short(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """Something on the way ends TCP connections that are idle."""
    below = facts.number("link.tcp_idle.below_s")
    lived = facts.number("link.tcp_idle.at_least_s")
    if below is None or lived is None or not failed(verdicts, "link.tcp-idle"):
        return None
    reset = facts.text("link.tcp_idle.end") == "reset"
    often = max(1, min(60, int(lived * 0.8)))
    return Cause(
        f"idle TCP connections {'are reset' if reset else 'go silent'} after {lived:g} to "
        f"{below:g} s",
        Remedy(
            f"Let programs send something at least every {often} s, or the kernel for those that "
            "have keepalive switched on.",
            commands=(
                f"sysctl -w net.ipv4.tcp_keepalive_time={often} "
                f"net.ipv4.tcp_keepalive_intvl={max(1, often // 4)}",
            ),
            undo=("sysctl -w net.ipv4.tcp_keepalive_time=7200 net.ipv4.tcp_keepalive_intvl=75",),
            lasting=(f"ServerAliveInterval {often} in ~/.ssh/config",),
        ),
        (
            observed(facts, "link.tcp_idle.at_least_s", "outlives", unit="s"),
            observed(facts, "link.tcp_idle.below_s", "does not outlive", unit="s"),
        ),
    )


_TCP_INSTEAD = (
    "Disguise it, or use what looks like a web page: OpenVPN or another TLS VPN on TCP port 443, "
    "WireGuard behind udp2raw or an obfuscating fork."
)


@rule(id="path/shape-filtered", explains=("link.shapes",))
def shape_filtered(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """Packets are kept back that look like a VPN's."""
    found = [one for one in facts.records("link.shapes") if one.get("filtered") is True]
    if not found or "link.shapes.killed_after" in facts:
        return None
    names = ", ".join(str(one.get("name")) for one in found)
    source = facts.source("link.shapes")
    return Cause(
        f"packets that look like {names} are kept back, random ones of the same length pass",
        Remedy(f"The operator looks for VPNs and blocks them. {_TCP_INSTEAD}"),
        tuple(
            Evidence(
                f"like {one.get('name')}: {one.get('answered')} of {one.get('sent')} answered, "
                f"random {one.get('random')}",
                value=one,
                source=source,
            )
            for one in found
        ),
    )


@rule(id="path/flow-cut-off", explains=("link.shapes",))
def flow_cut_off(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """Each UDP flow goes silent after some packets."""
    after = facts.integer("link.shapes.killed_after")
    if after is None:
        return None
    return Cause(
        f"a UDP flow goes silent after {after} packets, and a fresh one passes again",
        Remedy(
            "Something on the way looks into the first packets of a flow and then cuts it off: a "
            f"VPN connects and then carries nothing. {_TCP_INSTEAD}"
        ),
        (observed(facts, "link.shapes.killed_after", "packets that pass"),),
    )


@rule(
    id="link/no-reflector",
    explains=("link.nat-lifetime", "link.tcp-idle", "link.shapes", "link.each-way", "link.load"),
)
def no_reflector(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """The user's far end does not answer."""
    if "link.reflector.error" not in facts:
        return None
    return Cause(
        "the reflector does not answer",
        Remedy(
            "See that it runs on the server, that the URL is the one that it printed (it is silent "
            "to a wrong token), and that the server's firewall lets its port pass, UDP and TCP. "
            "The other checks do without it.",
            commands=("qmiprobe reflect --init", "qmiprobe reflect"),
        ),
        (observed(facts, "link.reflector.error", "what was tried"),),
    )
