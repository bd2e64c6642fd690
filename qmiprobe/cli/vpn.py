# SPDX-License-Identifier: GPL-2.0-or-later
"""``qmiprobe vpn``: why does a tunnel over the link carry no traffic?"""

from __future__ import annotations

import click

from qmiprobe.cli._options import Options, shared
from qmiprobe.cli._report import show
from qmiprobe.cli._status import ExitStatus

KINDS = ("wireguard", "openvpn", "ipsec", "l2tp", "pptp", "openconnect", "tailscale")


@click.command(
    "vpn",
    epilog="\b\nExamples:\n  qmiprobe vpn\n  qmiprobe vpn --tunnel wg0 --target 10.8.0.1\n"
    "  qmiprobe vpn --peer vpn.example.net --type ipsec\n"
    "  qmiprobe vpn --tunnel tun0 --reflector @reflector.url --json",
)
@click.option("--tunnel", metavar="IF", help="Its netdev, or the connection's name.")
@click.option("--peer", metavar="HOST", help="Its server; asked also where no tunnel is up.")
@click.option("--type", "kind", type=click.Choice(KINDS), help="Which VPN it is.")
@click.option("--target", metavar="HOST", help="A host inside the tunnel to ask.")
@click.option("--reflector", metavar="URL", help="A `qmiprobe reflect` on a server of yours.")
@click.option("--only", metavar="CHECK", help="Run one check and what it needs.")
@shared("json", "junit", "html", "keep_personal", timeout=60.0)
def command(options: Options, **asked: object) -> int:
    """Find out why a tunnel carries no traffic: route, endpoint, sizes, names, filters, NAT.

    Finds WireGuard, OpenVPN, strongSwan, OpenConnect, L2TP, PPTP and Tailscale tunnels by
    themselves. Nothing is changed, and no key leaves this host. Most of it wants root.
    """
    from qmiprobe.cli._vpn import run_vpn

    report = run_vpn(options, asked)
    if isinstance(report, int):
        return report
    show(report, options)
    return ExitStatus(report.exit_status)
