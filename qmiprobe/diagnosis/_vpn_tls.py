# SPDX-License-Identifier: GPL-2.0-or-later
"""Rules about VPNs over TLS: certificates and the time, and DTLS beside TLS."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

from qmiprobe.diagnosis._facts import Facts, JsonValue
from qmiprobe.diagnosis._model import Evidence, Remedy
from qmiprobe.diagnosis._rules import Cause, Verdicts, observed, rule

Record = Mapping[str, JsonValue]

_OFF_S = 60
_WHOSE = {"server": "the server's", "own": "this side's own", "authority": "the authority's"}


def _day(seconds: JsonValue) -> str:
    if not isinstance(seconds, int):
        return "?"
    return datetime.fromtimestamp(seconds, tz=UTC).strftime("%Y-%m-%d")


def _holds(one: Record, now: int) -> bool:
    begins, ends = one.get("begins"), one.get("ends")
    return isinstance(begins, int) and isinstance(ends, int) and begins <= now <= ends


def _lines(records: list[Record]) -> tuple[Evidence, ...]:
    return tuple(
        Evidence(
            f"{_WHOSE.get(str(one.get('whose')), 'a')} certificate is valid from "
            f"{_day(one.get('begins'))} to {_day(one.get('ends'))}",
            value=one,
        )
        for one in records
    )


@rule(
    id="vpn/clock-wrong",
    explains=("vpn.endpoint", "vpn.ping"),
    follows=("vpn/not-agreed",),
)
def clock_wrong(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """Certificates are valid at the real time, and not at that of this clock."""
    now, ahead = facts.integer("vpn.now"), facts.integer("vpn.clock_ahead_s")
    if now is None or ahead is None or abs(ahead) < _OFF_S:
        return None
    by = [one for one in facts.records("vpn.certificates") if _holds(one, now + ahead)]
    if not by:
        return None
    way = "behind" if ahead > 0 else "ahead"
    return Cause(
        f"this clock is {abs(ahead)} s {way}: at its time a certificate of the VPN is not valid",
        Remedy(
            "Set the clock; time servers by the netdev that carries the tunnel answer.",
            commands=("chronyc makestep",),
            lasting=("systemctl enable --now chrony",),
        ),
        (*_lines(by), observed(facts, "vpn.clock_ahead_s", "time servers are ahead", unit="s")),
    )


@rule(
    id="vpn/certificate-not-valid",
    explains=("vpn.endpoint", "vpn.ping"),
    follows=("vpn/not-agreed",),
)
def certificate_not_valid(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """A certificate has ended, or has not begun, and the clock is right."""
    now = facts.integer("vpn.now")
    if now is None:
        return None
    now += facts.integer("vpn.clock_ahead_s") or 0
    by = [one for one in facts.records("vpn.certificates") if not _holds(one, now)]
    if not by:
        return None
    whose = _WHOSE.get(str(by[0].get("whose")), "a")
    ends = by[0].get("ends")
    ended = isinstance(ends, int) and ends < now
    said = f"has ended on {_day(ends)}" if ended else f"begins on {_day(by[0].get('begins'))}"
    return Cause(
        f"{whose} certificate {said}",
        Remedy("Have a new one issued: the other side takes none that is not valid."),
        _lines(by),
    )


@rule(
    id="vpn/dtls-blocked",
    explains=("vpn.ping",),
    follows=("vpn/data-dropped", "vpn/far-side-silent"),
)
def dtls_blocked(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """Data leaves by DTLS, and nothing comes back by it, while TLS lives."""
    if facts.text("vpn.kind") != "openconnect":
        return None
    if "udp" not in facts.texts("vpn.outer.kinds"):
        return None
    if "udp" in facts.texts("vpn.outer.received_kinds"):
        return None
    port = facts.integer("vpn.port") or 443
    return Cause(
        f"data leaves by DTLS, UDP port {port}, and nothing comes back by it",
        Remedy(
            "Data is lost until the client gives DTLS up: have it use TLS alone, which is slower "
            "and works.",
            commands=("openconnect --no-dtls SERVER",),
        ),
        (
            observed(facts, "vpn.outer.kinds", "leaves by"),
            observed(facts, "vpn.outer.received_kinds", "comes back by"),
        ),
    )


@rule(id="vpn/dtls-unused", explains=("vpn.ping",), of_warning=True)
def dtls_unused(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """Data goes by TLS, since DTLS has not come about."""
    if not facts.flag("vpn.by_tcp"):
        return None
    return Cause(
        "data goes by TLS over TCP: DTLS has not come about",
        Remedy(
            "It works, slower, and stands still with each lost packet. UDP to the server's port is "
            "filtered on the way, or the server has no DTLS: `qmiprobe link` tells which ports "
            "pass. --no-dtls spares the attempts.",
            commands=("openconnect --no-dtls SERVER",),
        ),
        (observed(facts, "vpn.outer.kinds", "leaves by"),),
    )
