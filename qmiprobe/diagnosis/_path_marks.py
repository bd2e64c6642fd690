# SPDX-License-Identifier: GPL-2.0-or-later
"""Rules about what the way does to headers: TTL, ECN, DSCP, and the options of TCP."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from qmiprobe.diagnosis._commands import netdev
from qmiprobe.diagnosis._facts import Facts, JsonValue
from qmiprobe.diagnosis._model import Evidence, Remedy
from qmiprobe.diagnosis._rules import Cause, Verdicts, failed, observed, passed, rule

_FAMILIES = ("v4", "v6")
_ECN = ("ect0", "ect1", "ce")
_ECN_BITS = 0x03
"""Of the TOS byte; the others are the DSCP."""
_DSCP = ("ef", "af42")


def _mangle(table: str, *rules: str) -> tuple[str, ...]:
    """The commands that load rules for what leaves, in a table of their own."""
    hook = "{ type filter hook postrouting priority mangle; }"
    return (
        f"nft add table inet {table}",
        f"nft 'add chain inet {table} post {hook}'",
        *(f"nft add rule inet {table} post {one}" for one in rules),
    )


@rule(id="path/ttl-filtered", explains=("link.marks",))
def ttl_filtered(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """Only packets with the usual TTL pass: those of hosts behind this one do not."""
    found = _marks(facts, ("ttl 63", "ttl 65", "ttl 128"))
    if not found:
        return None
    name = netdev(facts)
    return Cause(
        "packets with another TTL than 64 are dropped: the operator forbids tethering",
        Remedy(
            "This host is not concerned, those that it shares the link with are. Their packets can "
            "be given the usual TTL; your contract may forbid that.",
            commands=_mangle(
                "qpttl",
                f"oifname {name} ip ttl set 64",
                f"oifname {name} ip6 hoplimit set 64",
            ),
            undo=("nft delete table inet qpttl",),
        ),
        found,
    )


@rule(id="path/ecn-dropped", explains=("link.marks",))
def ecn_dropped(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """Packets that allow for ECN are dropped."""
    found = _marks(facts, _ECN)
    if not found or _marks(facts, _DSCP):
        return None
    return Cause(
        "packets with ECN marks are dropped on the way",
        Remedy(
            "Have TCP go without ECN; tunnels that copy the marks need the same inside.",
            commands=("sysctl -w net.ipv4.tcp_ecn=0",),
            undo=("sysctl -w net.ipv4.tcp_ecn=2",),
            lasting=("echo 'net.ipv4.tcp_ecn = 0' > /etc/sysctl.d/90-ecn.conf",),
        ),
        found,
    )


@rule(id="path/dscp-dropped", explains=("link.marks",))
def dscp_dropped(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """Packets with a DSCP are dropped."""
    found = _marks(facts, _DSCP)
    if not found:
        return None
    name = netdev(facts)
    return Cause(
        "packets with a DSCP (TOS) are dropped on the way",
        Remedy(
            "SSH, telephony and WireGuard's handshakes set one: take it off what leaves.",
            commands=_mangle(
                "qpdscp",
                f"oifname {name} ip dscp set cs0",
                f"oifname {name} ip6 dscp set cs0",
            ),
            undo=("nft delete table inet qpdscp",),
        ),
        found,
    )


def _marks(facts: Facts, names: tuple[str, ...]) -> tuple[Evidence, ...]:
    """A line for each family in which packets are dropped for one of these marks."""
    return tuple(
        Evidence(
            f"dropped over IP{one}: {', '.join(marks)}",
            value=marks,
            source=facts.source(f"link.marks.{one}.dropped"),
        )
        for one in _FAMILIES
        if (marks := [m for m in facts.texts(f"link.marks.{one}.dropped") if m in names])
    )


@rule(id="path/ecn-bleached", explains=("link.marks",), of_warning=True)
def ecn_bleached(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """ECN marks are wiped out on the way."""
    found = _changed(facts, _ECN, _wiped)
    if not found:
        return None
    return Cause(
        "ECN marks are wiped out on the way",
        Remedy(
            "Nothing breaks: TCP falls back to losses as its signal. More than half of all mobile "
            "operators do so."
        ),
        found,
    )


@rule(id="path/dscp-bleached", explains=("link.marks",), of_warning=True)
def dscp_bleached(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """DSCP marks are rewritten on the way."""
    found = _changed(facts, _DSCP, _rewritten)
    if not found:
        return None
    return Cause(
        "DSCP (TOS) marks are rewritten on the way",
        Remedy("Nothing breaks: telephony and the like are not preferred beyond this host."),
        found,
    )


def _wiped(sent: int, seen: int) -> bool:
    return bool(sent & _ECN_BITS) and not seen & _ECN_BITS


def _rewritten(sent: int, seen: int) -> bool:
    return sent & ~_ECN_BITS != seen & ~_ECN_BITS


def _changed(
    facts: Facts, names: tuple[str, ...], differs: Callable[[int, int], bool]
) -> tuple[Evidence, ...]:
    """A line for each mark of ``names`` whose part of the TOS byte came to a router otherwise."""
    return tuple(
        Evidence(
            f"{record.get('mark')} over IP{one}: as TOS {record.get('seen')} at hop "
            f"{record.get('hop')} ({record.get('by')})",
            value=record,
            source=facts.source(f"link.marks.{one}.changed"),
        )
        for one in _FAMILIES
        for record in facts.records(f"link.marks.{one}.changed")
        if record.get("mark") in names and _differs(record, differs)
    )


def _differs(record: Mapping[str, JsonValue], differs: Callable[[int, int], bool]) -> bool:
    sent, seen = record.get("sent"), record.get("seen")
    return isinstance(sent, int) and isinstance(seen, int) and differs(sent, seen)


@rule(id="path/tcp-options-stripped", explains=("link.tcp-options",), of_warning=True)
def tcp_options_stripped(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """Options of TCP get lost on the way."""
    found = [one for one in _FAMILIES if facts.texts(f"link.tcp_options.{one}.stripped")]
    if not found:
        return None
    return Cause(
        "a middlebox takes options out of TCP's SYN",
        Remedy(
            "Connections are slower over long or lossy ways; MPTCP, TCP-AO and MD5 do not work at "
            "all. What goes through a VPN is not touched.",
        ),
        tuple(observed(facts, f"link.tcp_options.{one}.stripped", f"IP{one}") for one in found),
    )


@rule(id="path/mss-rewritten", explains=("link.tcp-options",), of_warning=True)
def mss_rewritten(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """The network makes TCP's segments smaller."""
    found = [one for one in _FAMILIES if f"link.tcp_options.{one}.rewritten_mss" in facts]
    if not found:
        return None
    name = f"link.tcp_options.{found[0]}.rewritten_mss"
    return Cause(
        f"the network rewrites TCP's MSS to {facts.integer(name)}",
        Remedy(
            "TCP itself is the better for it. It shows that the way is narrower than the netdev: "
            "what is not TCP, VPNs first of all, needs the smaller size set by hand.",
        ),
        tuple(
            observed(facts, f"link.tcp_options.{one}.{what}", f"{label}, IP{one}", unit="bytes")
            for one in found
            for what, label in (("mss", "MSS sent"), ("rewritten_mss", "as a router saw it"))
        ),
    )


@rule(id="path/tcp-proxy", explains=("link.tcp-options",), of_warning=True)
def tcp_proxy(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """Somebody on the way answers for the host, and pages come all the same."""
    found = [one for one in _FAMILIES if f"link.tcp_options.{one}.answered_at" in facts]
    if not found or failed(verdicts, "link.portal") or not passed(verdicts, "link.tcp-options"):
        return None
    return Cause(
        "a proxy on the way takes TCP connections in place of the host",
        Remedy(
            "Pages come, changed at times; what is not plain web traffic may be cut. A VPN goes "
            "past it.",
        ),
        tuple(
            observed(facts, f"link.tcp_options.{one}.answered_at", f"answered at hop, IP{one}")
            for one in found
        ),
    )
