# SPDX-License-Identifier: GPL-2.0-or-later
"""``qmiprobe link``: does the netdev carry traffic, and where is it lost?"""

from __future__ import annotations

from dataclasses import replace

import click

from qmiprobe.cli._options import Options, shared
from qmiprobe.cli._report import show
from qmiprobe.cli._status import ExitStatus

_WITH_REFLECTOR_S = 600.0
"""The default of --timeout with a reflector: a NAT forgets after minutes only."""


@click.command(
    "link",
    epilog="\b\nExamples:\n  qmiprobe link wwan0\n"
    "  qmiprobe link wwan0 --target vpn.example.net\n"
    "  qmiprobe link wwan0 --reflector qp://TOKEN@server.example.net:47900 --load\n"
    "  qmiprobe link wwan0 --only link.pmtu-up --json",
)
@click.argument("netdev", required=False)
@click.option("--target", metavar="HOST", help="Ask this host in place of our list.")
@click.option("--targets", metavar="FILE", help="Hosts to ask, in place of our list.")
@click.option("--reflector", metavar="URL", help="A `qmiprobe reflect` on a server of yours.")
@click.option("--load", is_flag=True, help="Also measure throughput: uses megabytes.")
@click.option("--only", metavar="CHECK", help="Run one check and what it needs.")
@shared("json", "junit", "html", "keep_personal", timeout=180.0)
def command(netdev: str | None, options: Options, **asked: object) -> int:
    """Test the data path of a netdev in depth, from its addresses to the quality of the link.

    Needs a data session that is up: `qmiprobe connect`, ModemManager. Every packet leaves by
    NETDEV alone, whatever the routes say. NETDEV is left out where only one modem has one. Nothing
    is changed; most checks want root or CAP_NET_RAW.
    """
    from qmiprobe.cli._link import run_link

    if asked["target"] and asked["targets"]:
        raise click.UsageError("--target and --targets both say which hosts to ask: give one")
    if asked["reflector"] and _is_default("timeout"):
        options = replace(options, timeout=_WITH_REFLECTOR_S)
    report = run_link(netdev, options, asked)
    if isinstance(report, int):
        return report
    show(report, options)
    return ExitStatus(report.exit_status)


def _is_default(name: str) -> bool:
    """Whether the user has not given this option."""
    source = click.get_current_context().get_parameter_source(name)
    return source is click.core.ParameterSource.DEFAULT
