# SPDX-License-Identifier: GPL-2.0-or-later
"""Rules about WireGuard's handshake, which says nothing of why it is not answered."""

from __future__ import annotations

from qmiprobe.diagnosis._facts import Facts
from qmiprobe.diagnosis._model import Remedy
from qmiprobe.diagnosis._rules import Cause, Verdicts, failed, observed, rule
from qmiprobe.diagnosis._vpn_commands import tunnel

_LATE_S = 30


def _unanswered(facts: Facts) -> bool:
    return facts.text("vpn.kind") == "wireguard" and facts.flag("vpn.endpoint.answered") is False


@rule(
    id="vpn/clock-behind",
    explains=("vpn.endpoint",),
    follows=("vpn/handshake-unanswered",),
)
def clock_behind(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """WireGuard's handshakes carry the time, and a peer takes no older one than it has seen.

    Proven where one of our own is answered that carries the time of the servers.
    """
    ahead = facts.integer("vpn.clock_ahead_s")
    if not _unanswered(facts) or ahead is None or ahead < _LATE_S:
        return None
    if facts.text("vpn.own_handshake") != "agrees":
        return None
    if not facts.integer("vpn.own_handshake.ahead_s"):
        return None
    return Cause(
        f"this clock is {ahead} s behind, and the peer refuses handshakes older than the last one",
        Remedy(
            "Set the clock; time servers by the netdev that carries the tunnel answer.",
            commands=("chronyc makestep",),
            lasting=("systemctl enable --now chrony",),
        ),
        (
            observed(facts, "vpn.clock_ahead_s", "time servers are ahead", unit="s"),
            observed(facts, "vpn.own_handshake", "the same handshake with their time"),
        ),
    )


@rule(
    id="vpn/secret-differs",
    explains=("vpn.endpoint",),
    follows=("vpn/handshake-unanswered", "vpn/input-filter"),
)
def secret_differs(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """The peer answers with a proof that our pre-shared key does not make."""
    if not _unanswered(facts) or facts.text("vpn.own_handshake") != "secret-differs":
        return None
    name = tunnel(facts)
    return Cause(
        f"the pre-shared key of {name} is not that of its peer: all other keys are right",
        Remedy(
            "The peer answers each handshake, and its answers do not fit. Set the same "
            "PresharedKey on both sides, or none on both.",
            commands=(f"wg set {name} peer PUBLIC_KEY preshared-key FILE",),
            lasting=(f"sed -i 's#^PresharedKey.*#PresharedKey = KEY#' /etc/wireguard/{name}.conf",),
        ),
        (
            observed(facts, "vpn.endpoint.received", "packets of it that arrived"),
            observed(facts, "vpn.own_handshake", "a handshake of our own with its keys"),
        ),
    )


@rule(id="vpn/handshake-unanswered", explains=("vpn.endpoint",))
def handshake_unanswered(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """WireGuard gets no answer from a host that is reached: by design it does not say why."""
    if not failed(verdicts, "vpn.endpoint") or facts.text("vpn.kind") != "wireguard":
        return None
    heard = facts.records("vpn.endpoint.heard")
    if any(one.get("result") != "silent" for one in heard):
        return None
    if facts.integer("vpn.endpoint.received") and facts.flag("vpn.endpoint.answered") is False:
        return None  # it is lost on this host
    if not facts.texts("vpn.endpoint.reached"):
        return None
    return Cause(
        "the endpoint's host is reached, but no handshake is answered",
        Remedy(
            "WireGuard is silent to whom it does not know. On the server compare the public keys "
            "with `wg show`, see whether it listens on this port and whether our packets arrive "
            "there; if none does, UDP to this port is filtered on the way: try port 443.",
            commands=(f"wg show {tunnel(facts)}",),
        ),
        (
            observed(facts, "vpn.endpoint.sent", "packets to it that left"),
            observed(facts, "vpn.endpoint.reached", "comes back from there"),
            observed(facts, "vpn.own_handshake", "a handshake of our own with its keys"),
        ),
    )
