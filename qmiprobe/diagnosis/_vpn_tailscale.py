# SPDX-License-Identifier: GPL-2.0-or-later
"""Rules about Tailscale, from what its own program tells."""

from __future__ import annotations

from qmiprobe.diagnosis._facts import Facts
from qmiprobe.diagnosis._model import Remedy
from qmiprobe.diagnosis._rules import Cause, Verdicts, observed, rule


@rule(id="vpn/tailscale-not-up", explains=("vpn.found",))
def tailscale_not_up(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """Tailscale runs, and is not connected: stopped, or logged out."""
    state = facts.text("vpn.tailscale.state")
    if state in (None, "Running"):
        return None
    return Cause(
        f"Tailscale is not up: {state or 'it does not say why'}",
        Remedy(
            "Bring it up; where it wants a login, it prints where to go.",
            commands=("tailscale up",),
            undo=("tailscale down",),
        ),
        (observed(facts, "vpn.tailscale.state", "state"),),
    )


@rule(id="vpn/tailscale-without-udp", explains=("vpn.endpoint",), of_warning=True)
def tailscale_without_udp(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """No UDP comes back, so that relays carry all of it by TCP."""
    if facts.flag("vpn.tailscale.udp") is not False:
        return None
    return Cause(
        "no UDP comes back to Tailscale: relays carry all of it, by TCP and slower",
        Remedy(
            "A filter on the way drops UDP: 41641 and 3478 to anywhere must pass. Ask for an APN "
            "that lets it; `qmiprobe link` tells which ports pass.",
            commands=("tailscale netcheck",),
        ),
        (observed(facts, "vpn.tailscale.udp", "UDP passes"),),
    )


@rule(id="vpn/tailscale-relayed", explains=("vpn.endpoint",), of_warning=True)
def tailscale_relayed(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """The NAT has another port for each destination: peers behind NATs too need relays."""
    if not facts.flag("vpn.tailscale.varies") or facts.flag("vpn.tailscale.udp") is False:
        return None
    return Cause(
        "the NAT on the way changes ports with each destination: Tailscale reaches few peers "
        "directly",
        Remedy(
            "It works by relays, slower. Give the other side an open UDP port (41641), or use "
            "IPv6 on both sides.",
            commands=("tailscale netcheck",),
        ),
        (observed(facts, "vpn.tailscale.varies", "the port changes"),),
    )
