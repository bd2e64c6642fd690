# SPDX-License-Identifier: GPL-2.0-or-later
"""The command lines of remedies for tunnels, with this tunnel's own names in them."""

from __future__ import annotations

import shlex

from qmiprobe.diagnosis._facts import Facts


def tunnel(facts: Facts) -> str:
    """The tunnel's netdev, or its name where it has none, quoted for a shell."""
    return shlex.quote(facts.text("vpn.netdev") or facts.text("vpn.name") or "tun0")


def carrier(facts: Facts) -> str:
    """The netdev that carries it, quoted."""
    name = facts.text("vpn.carrier") or facts.text("vpn.route.device")
    return shlex.quote(name or "wwan0")


def endpoint(facts: Facts) -> str:
    """The endpoint's address, quoted."""
    return shlex.quote(facts.text("vpn.endpoint") or "ENDPOINT")


def ip(facts: Facts) -> str:
    """`ip`, of the endpoint's family."""
    return "ip -6" if ":" in (facts.text("vpn.endpoint") or "") else "ip"


def way_out(facts: Facts) -> str | None:
    """The best default route beside the tunnel, as `ip route` takes it; None without one."""
    for one in facts.records("vpn.route.way_out"):
        device, gateway = one.get("device"), one.get("gateway")
        if isinstance(device, str):
            via = f"via {shlex.quote(gateway)} " if isinstance(gateway, str) else ""
            return f"{via}dev {shlex.quote(device)}"
    return None


def restart(facts: Facts) -> str:
    """The command that begins the tunnel anew."""
    name = tunnel(facts)
    return {
        "wireguard": f"wg-quick down {name}; wg-quick up {name}",
        "openvpn": "systemctl restart openvpn-client@NAME",
        "ipsec": f"swanctl --terminate --ike {name}; swanctl --initiate --child CHILD",
        "tailscale": "systemctl restart tailscaled",
    }.get(facts.text("vpn.kind") or "", f"ip link set dev {name} down")


def lasting_mtu(facts: Facts, size: int) -> tuple[str, ...]:
    """What keeps an MTU of a tunnel over restarts."""
    name = tunnel(facts)
    config = facts.text("vpn.config")
    kind = facts.text("vpn.kind")
    if kind == "wireguard":
        return (
            f"sed -i '/^\\[Interface\\]/a MTU = {size}' /etc/wireguard/{name}.conf",
            f"nmcli connection modify {name} wireguard.mtu {size}",
        )
    if kind == "openvpn":
        file = shlex.quote(config) if config else "CLIENT.conf"
        return (f"printf 'tun-mtu {size}\\nmssfix 0\\n' >> {file}",)
    if kind == "openconnect":
        return (f"openconnect --mtu {size} SERVER",)
    return ()
