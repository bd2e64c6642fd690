# SPDX-License-Identifier: GPL-2.0-or-later
"""Rules about what the way lets pass: fragments, sizes, protocols, ports."""

from __future__ import annotations

from collections.abc import Mapping

from qmiprobe.diagnosis._commands import netdev
from qmiprobe.diagnosis._facts import Facts, JsonValue
from qmiprobe.diagnosis._model import Evidence, Remedy
from qmiprobe.diagnosis._rules import Cause, Verdicts, observed, rule

_FAMILIES = ("v4", "v6")
_USES = {
    "udp 53": "DNS", "udp 443": "QUIC", "udp 500": "IKE", "udp 1194": "OpenVPN",
    "udp 1701": "L2TP", "udp 3478": "STUN", "udp 4500": "IPsec behind NAT",
    "udp 51820": "WireGuard", "tcp 22": "SSH", "tcp 80": "HTTP", "tcp 443": "HTTPS",
    "tcp 1194": "OpenVPN", "tcp 1723": "PPTP",
}  # fmt: skip


@rule(id="path/fragments-dropped", explains=("link.fragments",))
def fragments_dropped(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """Packets in fragments do not arrive, whole ones do."""
    names = [f"link.fragments.{one}.{way}" for one in _FAMILIES for way in ("up", "down")]
    lost = [name for name in names if facts.flag(name) is False]
    if not lost:
        return None
    return Cause(
        "packets in fragments are dropped on the way, whole ones pass",
        Remedy(
            "Keep packets whole: a smaller MTU in the tunnel, IKE's own fragmentation, short (EC) "
            "certificates, DNS answers below 1232 bytes.",
            commands=("ip link set dev wg0 mtu 1280",),
            undo=("ip link set dev wg0 mtu 1420",),
            lasting=("fragmentation = yes, fragment_size = 1280 (strongSwan); MTU = 1280 "
                     "(WireGuard)",),
        ),
        tuple(observed(facts, name, f"pass {' '.join(name.split('.')[2:])}") for name in lost),
    )  # fmt: skip


@rule(id="path/size-holes", explains=("link.size-holes",))
def size_holes(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """Some sizes vanish, larger ones pass."""
    holes = sorted({n for one in _FAMILIES for n in facts.numbers(f"link.sizes.{one}.holes")})
    if not holes:
        return None
    name = netdev(facts)
    whole = all(size % 512 == 0 or (size + 14) % 512 == 0 for size in holes)
    why = (
        "USB packets are that long: the driver or the modem does not end such transfers"
        if whole
        else "what they have in common does not say why"
    )
    return Cause(
        f"packets of {', '.join(map(str, holes))} bytes vanish, larger ones pass",
        Remedy(
            f"By their size: {why}. Newer firmware or a newer kernel (FLAG_SEND_ZLP in the driver) "
            "mend it; raw-IP in place of 802.3 (or the reverse), or QMAP, moves it to other sizes.",
            commands=(f"ip link set dev {name} mtu {max(holes[0] - 1, 576)}",)
            if holes[0] > 1280
            else (),
            undo=(f"ip link set dev {name} mtu {facts.integer('netdev.mtu') or 1500}",)
            if holes[0] > 1280
            else (),
        ),
        tuple(
            observed(facts, f"link.sizes.{one}.holes", f"lost, IP{one}", unit="bytes")
            for one in _FAMILIES
            if facts.numbers(f"link.sizes.{one}.holes")
        ),
    )


def _dropped(facts: Facts, root: str) -> list[tuple[str, Mapping[str, JsonValue]]]:
    """Family and record of each passage that is kept back."""
    return [
        (one, record)
        for one in _FAMILIES
        for record in facts.records(f"{root}.{one}")
        if record.get("dropped") is True
    ]


def _names(facts: Facts, root: str) -> set[str]:
    return {str(record.get("name")) for _, record in _dropped(facts, root)}


def _passages(facts: Facts, root: str, names: set[str]) -> tuple[Evidence, ...]:
    return tuple(
        Evidence(
            f"{record.get('name')} over IP{one}: {_how(record)}",
            value=record,
            source=facts.source(f"{root}.{one}"),
        )
        for one, record in _dropped(facts, root)
        if record.get("name") in names
    )


def _how(record: Mapping[str, JsonValue]) -> str:
    if record.get("forged") is True:
        return f"reset before hop {record.get('before')} in the name of the host"
    if record.get("by") is not None:
        return f"rejected by {record['by']}"
    if record.get("before") is not None:
        return f"dropped between hops {record.get('after')} and {record['before']}"
    return "the host answers others that it has no use for, not this one"


@rule(id="path/esp-dropped", explains=("link.protocol-walk",))
def esp_dropped(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """ESP does not pass, GRE does (or nobody knows)."""
    names = _names(facts, "link.protocols")
    if "esp" not in names or names & {"gre", "other"}:
        return None
    return Cause(
        "ESP (IPsec's own protocol) is dropped on the way",
        Remedy(
            "IPsec connects and then carries nothing: wrap it in UDP, which passes.",
            lasting=(
                "encap = yes in the connection of swanctl.conf (strongSwan)",
                "encapsulation=yes (Libreswan), forceencaps=yes (ipsec.conf)",
            ),
        ),
        _passages(facts, "link.protocols", {"esp"}),
    )


@rule(id="path/gre-dropped", explains=("link.protocol-walk",))
def gre_dropped(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """GRE does not pass, ESP does (or nobody knows)."""
    names = _names(facts, "link.protocols")
    if "gre" not in names or names & {"esp", "other"}:
        return None
    return Cause(
        "GRE (which PPTP needs) is dropped on the way",
        Remedy(
            "PPTP cannot work here: it connects by TCP port 1723 and then carries nothing. Use "
            "another VPN; plain GRE tunnels can go in UDP (FOU) or in WireGuard.",
        ),
        _passages(facts, "link.protocols", {"gre"}),
    )


@rule(id="path/protocols-dropped", explains=("link.protocol-walk",))
def protocols_dropped(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """Nothing but TCP, UDP and ICMP passes."""
    names = _names(facts, "link.protocols")
    if len(names) < 2:
        return None
    return Cause(
        "IP protocols beside TCP, UDP and ICMP are dropped on the way",
        Remedy(
            "IPsec has to be wrapped in UDP; PPTP and plain GRE tunnels cannot work here.",
            lasting=("encap = yes in the connection of swanctl.conf (strongSwan)",),
        ),
        _passages(facts, "link.protocols", names),
    )


_MOVE = "Let the server listen on a port that passes, 443 at best. "


@rule(id="path/udp-ports-blocked", explains=("link.ports",))
def udp_ports_blocked(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """UDP to some ports is kept back, to others not."""
    names = _names(facts, "link.ports")
    return _ports(facts, names) if all(one.startswith("udp") for one in names) else None


@rule(id="path/tcp-ports-blocked", explains=("link.ports",))
def tcp_ports_blocked(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """TCP to some ports is kept back, to others not."""
    names = _names(facts, "link.ports")
    return _ports(facts, names) if all(one.startswith("tcp") for one in names) else None


@rule(id="path/ports-blocked", explains=("link.ports",))
def ports_blocked(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """Ports of UDP and of TCP are kept back."""
    names = _names(facts, "link.ports")
    return _ports(facts, names) if len({one[:3] for one in names}) > 1 else None


def _ports(facts: Facts, names: set[str]) -> Cause | None:
    if not names:
        return None
    ordered = sorted(names, key=lambda name: (name[:3], int(name.split()[1])))
    shown = ", ".join(
        f"{name.upper()} ({_USES[name]})" if name in _USES else name.upper() for name in ordered
    )
    lasting = ("ListenPort = 443 (WireGuard), port 443 (OpenVPN)",)
    return Cause(
        f"packets to some ports are kept back: {shown}",
        Remedy(f"{_MOVE}Or ask the operator which ports the APN is open to.", lasting=lasting),
        _passages(facts, "link.ports", names),
        also_explains=("link.portal",) if "tcp 80" in names else (),
    )
