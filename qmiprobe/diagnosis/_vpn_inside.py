# SPDX-License-Identifier: GPL-2.0-or-later
"""Rules about what a tunnel carries: data that is lost, packets that are too large, names."""

from __future__ import annotations

from qmiprobe.diagnosis._facts import Facts
from qmiprobe.diagnosis._model import Evidence, Remedy
from qmiprobe.diagnosis._rules import Cause, Verdicts, failed, observed, rule
from qmiprobe.diagnosis._vpn_commands import carrier, lasting_mtu, tunnel

_LEAST_V6 = 1280
_SIZES = {
    "vpn.inner.v4.up.size": "largest IPv4 packet inside, up",
    "vpn.inner.v4.echo.size": "largest IPv4 packet inside, there and back",
    "vpn.inner.v6.up.size": "largest IPv6 packet inside, up",
    "vpn.inner.v6.echo.size": "largest IPv6 packet inside, there and back",
}


@rule(id="vpn/mtu-above-path", explains=("vpn.pmtu",))
def mtu_above_path(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """The tunnel sends packets that the path does not take, and nobody says so."""
    fits, mtu = facts.integer("vpn.fits"), facts.integer("vpn.mtu")
    if fits is None or not failed(verdicts, "vpn.pmtu") or _too_small(facts):
        return None
    name = tunnel(facts)
    if mtu is None:
        return _without_netdev(facts, fits)
    return Cause(
        f"{name} sends packets of up to {mtu} bytes, and this path loses those above "
        f"{facts.integer('vpn.passes')} without a word",
        Remedy(
            f"Set the tunnel's MTU to {fits}: what fits into the path with what the tunnel adds. "
            "Connections that are open already keep their size; open them anew.",
            commands=(f"ip link set dev {name} mtu {fits}",),
            undo=(f"ip link set dev {name} mtu {mtu}",),
            lasting=lasting_mtu(facts, fits),
        ),
        _size_lines(facts),
    )


def _without_netdev(facts: Facts, fits: int) -> Cause:
    """The kernel's IPsec: it takes its size from the netdev that carries it.

    That is what this side sends. The far side goes by the MSS that this side tells, which the
    kernel takes from the netdev too, without what ESP adds; a netdev smaller than the path would
    have usbnet's drivers lose what comes in (drivers/net/usb/usbnet.c, usbnet_change_mtu).
    """
    name, before = carrier(facts), facts.integer("vpn.carrier.mtu")
    size = facts.integer("vpn.outer.fits") or facts.integer("vpn.outer.size") or fits
    mss = fits - (60 if 6 in facts.numbers("vpn.families") else 40)
    return Cause(
        f"the path loses packets of the tunnel above {fits} bytes without a word",
        Remedy(
            f"Give {name} the size that the path takes: the kernel's IPsec computes from it what "
            "it sends. And tell the far side's TCP what fits inside, which the kernel does not do "
            "by itself. Connections that are open already keep their size; open them anew.",
            commands=(f"ip link set dev {name} mtu {size}", *_tell_mss(mss)),
            undo=(
                "nft delete table inet qmiprobe_mss",
                *((f"ip link set dev {name} mtu {before}",) if before is not None else ()),
            ),
            lasting=(
                f"nmcli connection modify CONNECTION gsm.mtu {size}",
                f"printf 'charon {{ plugins {{ kernel-netlink {{ mss = {mss} }} }} }}\\n' "
                "> /etc/strongswan.d/mss.conf",
            ),
        ),
        _size_lines(facts),
    )


def _tell_mss(mss: int) -> tuple[str, ...]:
    """Commands that put this MSS into what TCP says to the far side of an IPsec tunnel."""
    chain = "inet qmiprobe_mss out"
    return (
        "nft add table inet qmiprobe_mss",
        f"nft 'add chain {chain} {{ type filter hook output priority mangle; }}'",
        f"nft 'add rule {chain} rt ipsec exists tcp flags syn tcp option maxseg size set {mss}'",
    )


@rule(
    id="vpn/tcp-path-mtu",
    explains=("vpn.ping", "vpn.pmtu"),
    follows=("vpn/data-dropped", "vpn/far-side-silent"),
)
def tcp_path_mtu(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """The TCP that carries the tunnel sends segments that the path loses without a word."""
    size, before = facts.integer("vpn.outer.size"), facts.integer("vpn.carrier.mtu")
    if facts.text("vpn.transport") != "tcp" or size is None:
        return None
    if facts.flag("vpn.outer.black_hole") is not True:
        return None
    name = carrier(facts)
    return Cause(
        f"the tunnel's own TCP stops: its path loses packets above {size} bytes without a word",
        Remedy(
            f"Give {name} the size that the path takes, then begin the tunnel anew: both sides "
            "agree on sizes when they connect.",
            commands=(f"ip link set dev {name} mtu {size}",),
            undo=(f"ip link set dev {name} mtu {before}",) if before is not None else (),
            lasting=(f"nmcli connection modify CONNECTION gsm.mtu {size}",),
        ),
        (observed(facts, "vpn.outer.size", "largest packet outside", unit="bytes"),),
    )


@rule(id="vpn/path-too-small", explains=("vpn.pmtu",))
def path_too_small(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """What fits into the path is less than IPv6 in the tunnel needs."""
    fits = facts.integer("vpn.fits")
    if fits is None or not failed(verdicts, "vpn.pmtu") or not _too_small(facts):
        return None
    return Cause(
        f"the path is too small: {fits} bytes fit inside, and IPv6 in the tunnel needs {_LEAST_V6}",
        Remedy(
            "No MTU mends this: Linux switches IPv6 off below 1280 bytes. Take IPv6 out of the "
            "tunnel, carry it by TCP, or have its server cut packets itself (OpenVPN: fragment "
            f"{fits - 80}); or use another link.",
        ),
        _size_lines(facts),
    )


def _too_small(facts: Facts) -> bool:
    fits = facts.integer("vpn.fits")
    return fits is not None and fits < _LEAST_V6 and 6 in facts.numbers("vpn.families")


def _size_lines(facts: Facts) -> tuple[Evidence, ...]:
    outer = facts.integer("vpn.outer.size")
    lines = [
        observed(facts, name, label, unit="bytes")
        for name, label in _SIZES.items()
        if name in facts
    ]
    if outer is not None:
        lines.append(observed(facts, "vpn.outer.size", "largest packet outside", unit="bytes"))
    lines.append(observed(facts, "vpn.fits", "fits", unit="bytes"))
    return tuple(lines)


@rule(id="vpn/mtu-told-smaller", explains=("vpn.pmtu",), of_warning=True)
def mtu_told_smaller(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """The path takes less than the tunnel sends, and a router says so."""
    fits, mtu = facts.integer("vpn.fits"), facts.integer("vpn.mtu")
    if fits is None or mtu is None or failed(verdicts, "vpn.pmtu") or _too_small(facts):
        return None
    name = tunnel(facts)
    return Cause(
        f"{name} sends packets of up to {mtu} bytes, {fits} fit, and routers say so",
        Remedy(
            "It works while these messages come through; set the size, so that nothing has to be "
            "sent twice.",
            commands=(f"ip link set dev {name} mtu {fits}",),
            undo=(f"ip link set dev {name} mtu {mtu}",),
            lasting=lasting_mtu(facts, fits),
        ),
        _size_lines(facts),
    )


@rule(id="vpn/esp-blocked", explains=("vpn.ping",))
def esp_blocked(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """IPsec is agreed on and its bare ESP packets leave, but none comes back."""
    if facts.text("vpn.transport") != "esp" or not _one_way(facts):
        return None
    if facts.text("vpn.protocol.passes") == "esp":
        return None
    return Cause(
        "packets of bare ESP leave and none comes back: something on the way drops protocol 50",
        Remedy(
            "Have ESP carried in UDP, which passes: encap = yes in swanctl.conf (libreswan: "
            "encapsulation=yes), then begin the connection anew.",
            commands=(
                "swanctl --load-conns",
                f"swanctl --terminate --ike {tunnel(facts)}",
                "swanctl --initiate --child CHILD",
            ),
            lasting=(
                "sed -i 's/^ *remote_addrs.*/&\\n    encap = yes/' /etc/swanctl/swanctl.conf",
            ),
        ),
        _outer_lines(facts),
    )


@rule(id="vpn/data-dropped", explains=("vpn.ping",))
def data_dropped(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """The two sides have agreed on keys, and then no packet of the endpoint comes any more."""
    bare = facts.text("vpn.transport") == "esp"
    if not _one_way(facts) or (bare and facts.text("vpn.protocol.passes") != "esp"):
        return None
    if facts.flag("vpn.endpoint.answered") is not True:
        return None
    return Cause(
        "the handshake is answered, and then nothing of the endpoint arrives: data is dropped",
        Remedy(
            "Either the server has no way back for what is inside (forwarding, NAT, AllowedIPs "
            "there), or something on the way lets VPNs begin and then drops them: see on the "
            "server whether our packets still arrive. Against the latter helps another port, or "
            "a VPN over TCP 443.",
        ),
        _outer_lines(facts),
    )


def _one_way(facts: Facts) -> bool:
    """Whether packets left to the endpoint while the hosts inside were asked, and none came."""
    if facts.integer("vpn.inside.received") or facts.integer("vpn.inside.tap_in"):
        return False
    return bool(facts.integer("vpn.outer.sent")) and facts.integer("vpn.outer.received") == 0


def _outer_lines(facts: Facts) -> tuple[Evidence, ...]:
    return (
        observed(facts, "vpn.protocol.dropped", "dropped on the way"),
        observed(facts, "vpn.outer.sent", "packets to the endpoint"),
        observed(facts, "vpn.outer.received", "packets of the endpoint"),
        observed(facts, "vpn.inside.tap_out", "packets into the tunnel"),
    )


@rule(id="vpn/not-agreed", explains=("vpn.ping",))
def not_agreed(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """The server answers strangers, and the two sides have not agreed on keys."""
    if not facts.flag("vpn.not_agreed"):
        return None
    log = {
        "ipsec": "journalctl -u strongswan -u ipsec --since -10min",
        "openvpn": "journalctl -u 'openvpn*' --since -10min",
    }.get(facts.text("vpn.kind") or "", "journalctl --since -10min")
    return Cause(
        "the server is reached, but the two sides have not agreed on keys: no tunnel yet",
        Remedy(
            "Its log says why: who is not known (keys, certificates, names), proposals that the "
            "other side has not, certificates not valid at this clock's time, or nobody has "
            "started it.",
            commands=(log, "timedatectl"),
        ),
        (
            observed(facts, "vpn.endpoint.answered", "the server answers"),
            observed(facts, "vpn.not_agreed", "without keys"),
        ),
    )


@rule(id="vpn/far-side-silent", explains=("vpn.ping",))
def far_side_silent(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """The tunnel carries packets both ways, and no host inside answers."""
    if not failed(verdicts, "vpn.ping") or not facts.integer("vpn.outer.received"):
        return None
    if facts.integer("vpn.inside.tap_in") or facts.texts("vpn.inside.send_errors"):
        return None
    asked = ", ".join(facts.texts("vpn.inside.asked"))
    return Cause(
        f"the tunnel is alive both ways, but {asked} behind it does not answer",
        Remedy(
            "Look at the far side: whether it forwards, whether its network knows the way back to "
            "this side's inner address, whether a firewall there lets us in.",
            commands=("sysctl net.ipv4.ip_forward",),
        ),
        (
            observed(facts, "vpn.outer.received", "packets of the endpoint"),
            observed(facts, "vpn.xfrm_errors", "IPsec errors"),
        ),
    )


@rule(id="vpn/l2tp-in-clear", explains=("vpn.ping",), follows=("vpn/data-dropped",))
def l2tp_in_clear(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """L2TP leaves unencrypted: IPsec's policy does not match it."""
    if not facts.integer("vpn.outer.clear_l2tp"):
        return None
    return Cause(
        "L2TP packets leave this host without IPsec around them",
        Remedy(
            "IPsec's policy for UDP port 1701 is missing: start the IPsec connection before "
            "L2TP, and see that its traffic selectors name port 1701 and this address.",
            commands=("ip xfrm policy",),
        ),
        (observed(facts, "vpn.outer.clear_l2tp", "packets in the clear"),),
    )


@rule(id="vpn/dns-diverted", explains=("vpn.dns",))
def dns_diverted(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """The operator's DNS server is asked through the tunnel, where it answers nobody."""
    lost = [
        one
        for one in facts.records("vpn.dns")
        if one.get("answered") is False
        and one.get("by_carrier") is True
        and one.get("device") == facts.text("vpn.netdev")
    ]
    if not lost:
        return None
    server, name = lost[0].get("server"), carrier(facts)
    v6 = ":" in str(server)
    length = 128 if v6 else 32
    command = "ip -6" if v6 else "ip"
    return Cause(
        f"DNS server {server} is the operator's, and the tunnel swallows what goes to it",
        Remedy(
            "Use a DNS server behind the tunnel; or let this one be asked past it.",
            commands=(f"{command} route replace {server}/{length} dev {name}",),
            undo=(f"{command} route del {server}/{length} dev {name}",),
            lasting=(f"resolvectl dns {tunnel(facts)} DNS_BEHIND_THE_TUNNEL",),
        ),
        tuple(
            Evidence(f"{one.get('server')} answers by {name} alone", value=one, source="DNS")
            for one in lost
        ),
    )


@rule(id="vpn/dns-silent", explains=("vpn.dns",))
def dns_silent(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """No DNS server that this host asks answers, by whatever way."""
    servers = facts.records("vpn.dns")
    if not servers or any(one.get("answered") or one.get("by_carrier") for one in servers):
        return None
    names = ", ".join(str(one.get("server")) for one in servers)
    return Cause(
        f"no DNS server of this host answers: {names}",
        Remedy(
            "Set one that the tunnel leads to, or the link's own; then all names resolve again.",
            commands=(
                f"resolvectl dns {tunnel(facts)} DNS_BEHIND_THE_TUNNEL",
                f"resolvectl domain {tunnel(facts)} '~.'",
            ),
            undo=(f"resolvectl revert {tunnel(facts)}",),
        ),
        tuple(
            Evidence(f"{one.get('server')} by {one.get('device')}: silent", value=one)
            for one in servers
        ),
    )


@rule(id="vpn/goes-past", explains=("vpn.leak",), of_warning=True)
def goes_past(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """The tunnel is the default route of one IP family, and the other one goes past it."""
    family, device = facts.integer("vpn.past.family"), facts.text("vpn.past.device")
    if family is None or device is None:
        return None
    ip = "ip -6" if family == 6 else "ip"
    return Cause(
        f"IPv{family} goes past the tunnel by {device}, though the tunnel is the default route",
        Remedy(
            f"What has an IPv{family} address is reached without the VPN. Have the server give "
            f"IPv{family} too and route it inside; or keep it in, as the command does.",
            commands=(f"{ip} route add unreachable default metric 1",),
            undo=(f"{ip} route del unreachable default metric 1",),
            lasting=("nmcli connection modify CONNECTION ipv6.method disabled",)
            if family == 6
            else (),
        ),
        (observed(facts, "vpn.past.device", f"default route of IPv{family}"),),
    )


@rule(id="vpn/nat-forgets", explains=("vpn.idle",))
def nat_forgets(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """The NAT on the way forgets the tunnel before its next packet."""
    kept, lost = facts.number("vpn.nat.kept_s"), facts.number("vpn.nat.lost_s")
    if kept is None or lost is None:
        return None
    name, every = tunnel(facts), max(1, int(kept * 0.8))
    commands, lasting = _keepalive(facts, name, every)
    now = facts.integer("vpn.keepalive_s")
    return Cause(
        f"the NAT on the way forgets silent flows between {kept:g} and {lost:g} s; the tunnel "
        + (f"speaks every {now} s" if now else "sends no keepalives"),
        Remedy(
            f"Have the tunnel send something every {every} s, so that the other side can reach "
            "this one at any time.",
            commands=commands,
            lasting=lasting,
        ),
        (
            observed(facts, "vpn.nat.kept_s", "silence that the NAT bears", unit="s"),
            observed(facts, "vpn.nat.lost_s", "silence that it does not", unit="s"),
            observed(facts, "vpn.keepalive_s", "keepalive", unit="s"),
        ),
    )


def _keepalive(facts: Facts, name: str, every: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
    kind = facts.text("vpn.kind")
    if kind == "openvpn":
        return (), (f"echo 'keepalive {every} {6 * every}' >> CLIENT.conf",)
    if kind == "ipsec":
        return (), (f"echo 'charon.keep_alive = {every}s' >> /etc/strongswan.conf",)
    peers = f"wg show {name} peers"
    return (f"wg set {name} peer $({peers}) persistent-keepalive {every}",), (
        f"sed -i '/^\\[Peer\\]/a PersistentKeepalive = {every}' /etc/wireguard/{name}.conf",
    )
