# SPDX-License-Identifier: GPL-2.0-or-later
"""Rules about routes into a tunnel: programs are not bound to its netdev as probes are."""

from __future__ import annotations

import shlex
from collections.abc import Mapping

from qmiprobe.diagnosis._facts import Facts, JsonValue
from qmiprobe.diagnosis._model import Evidence, Remedy
from qmiprobe.diagnosis._rules import Cause, Verdicts, rule
from qmiprobe.diagnosis._vpn_commands import tunnel

Record = Mapping[str, JsonValue]


def _missed(facts: Facts, *, overlap: bool) -> list[Record]:
    return [one for one in facts.records("vpn.elsewhere") if one.get("overlap") is overlap]


def _route(verb: str, one: Record, name: str) -> str:
    what = str(one.get("what"))
    command = "ip -6" if ":" in what else "ip"
    return f"{command} route {verb} {shlex.quote(what)} dev {name}"


def _lines(facts: Facts, records: list[Record]) -> tuple[Evidence, ...]:
    return tuple(
        Evidence(
            f"{one.get('what')}: "
            + (f"{one.get('prefix')} dev {one.get('device')}" if one.get("device") else "no route"),
            value=one,
            source=facts.source("vpn.elsewhere"),
        )
        for one in records
    )


_HERE = ("vpn/data-dropped", "vpn/far-side-silent")
"""What is said of a host that only probes would find through the tunnel."""


@rule(id="vpn/not-routed", explains=("vpn.routed", "vpn.ping"), follows=_HERE)
def not_routed(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """No route leads into the tunnel for what it is for."""
    missed = _missed(facts, overlap=False)
    if not missed:
        return None
    name = tunnel(facts)
    what = ", ".join(str(one.get("what")) for one in missed)
    return Cause(
        f"no route leads to {what} by {name}: packets of programs go past the tunnel",
        Remedy(
            "WireGuard's AllowedIPs are no routes, and servers have to push theirs. Set them; "
            "wg-quick and NetworkManager do so unless they are told not to (Table = off, "
            "never-default, route-nopull).",
            commands=tuple(_route("add", one, name) for one in missed if _narrow(one)),
            undo=tuple(_route("del", one, name) for one in missed if _narrow(one)),
            lasting=_lasting(facts),
        ),
        _lines(facts, missed),
    )


def _narrow(one: Record) -> bool:
    """A default route is not to be set by hand: packets of the tunnel itself would follow it."""
    return not str(one.get("what")).endswith(("/0", "/1"))


def _lasting(facts: Facts) -> tuple[str, ...]:
    name = tunnel(facts)
    if facts.text("vpn.kind") == "wireguard":
        return (f"wg-quick down {name}; wg-quick up {name}",)
    return ()


@rule(id="vpn/address-overlap", explains=("vpn.routed", "vpn.ping"), follows=_HERE)
def address_overlap(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """Another netdev has the same addresses, and its route wins."""
    missed = _missed(facts, overlap=True)
    if not missed:
        return None
    name = tunnel(facts)
    one = missed[0]
    return Cause(
        f"{one.get('what')} is behind the tunnel, and {one.get('device')} has the same addresses "
        f"({one.get('prefix')}): its route wins",
        Remedy(
            "The operator or a local network uses the addresses of the network behind the "
            "tunnel. A route to a single host wins over both; for more have one of the two "
            "networks renumbered, or translated at the VPN's server.",
            commands=tuple(_route("add", each, name) for each in missed if _single(each)),
            undo=tuple(_route("del", each, name) for each in missed if _single(each)),
        ),
        _lines(facts, missed),
    )


def _single(one: Record) -> bool:
    return "/" not in str(one.get("what"))
