# SPDX-License-Identifier: GPL-2.0-or-later
"""A session's facts as JSON: in the journal, and for ``connect --json``."""

from __future__ import annotations

from collections.abc import Mapping
from ipaddress import ip_address, ip_interface

from qmiprobe.bearer import BearerFacts, FamilyFacts
from qmiprobe.session._steps import Bearer


def family_json(facts: FamilyFacts) -> dict[str, object]:
    """Return what the network gave one family, as a JSON object."""
    return {
        "family": facts.family,
        "address": str(facts.interface),
        "gateway": str(facts.gateway) if facts.gateway is not None else None,
        "dns": [str(server) for server in facts.dns],
        "mtu": facts.mtu,
    }


def step_of(bearer: BearerFacts) -> Bearer:
    """Return the journal's record of a session's facts."""
    return Bearer(
        netdev=bearer.netdev,
        session_id=bearer.session_id,
        families=tuple(family_json(one) for one in bearer.families),
    )


def bearer_of(step: Bearer) -> BearerFacts | None:
    """Return the facts of a record; None where it is damaged."""
    try:
        families = tuple(_family(one) for one in step.families)
    except (KeyError, TypeError, ValueError):
        return None
    return BearerFacts(netdev=step.netdev, families=families, session_id=step.session_id)


def _family(value: Mapping[str, object]) -> FamilyFacts:
    interface = ip_interface(str(value["address"]))
    gateway, dns, mtu = value["gateway"], value["dns"], value["mtu"]
    if not isinstance(dns, list) or not isinstance(mtu, int | None):
        raise TypeError
    return FamilyFacts(
        family=interface.version,
        interface=interface,
        gateway=ip_address(str(gateway)) if gateway is not None else None,
        dns=tuple(ip_address(str(server)) for server in dns),
        mtu=mtu,
    )
