# SPDX-License-Identifier: GPL-2.0-or-later
"""``qmiprobe reflect``: the far end for ``link`` and ``vpn``, on a server of the user's own."""

from __future__ import annotations

import click

from qmiprobe.cli._options import Options, shared
from qmiprobe.cli._status import ExitStatus

_PORT = click.IntRange(0, 65534)


@click.command(
    "reflect",
    epilog="\b\nExamples:\n"
    "  qmiprobe reflect --init --host 203.0.113.9  makes the token, prints the URL\n"
    "  qmiprobe reflect                            runs until interrupted\n"
    "  qmiprobe reflect --udp-port 500 --udp-port 4500 --udp-port 51820\n"
    "  qmiprobe reflect --unit > /etc/systemd/system/qmiprobe-reflect.service",
)
@click.option("--init", is_flag=True, help="Make the token if there is none, print the URL, end.")
@click.option("--unit", is_flag=True, help="Print a systemd unit with least privileges, end.")
@click.option("--host", metavar="HOST", help="Name or address of this server, for the URL.")
@click.option(
    "--token-file",
    type=click.Path(dir_okay=False),
    metavar="FILE",
    help="Where the token is; else a systemd credential, else a file of the user's own.",
)
@click.option("--port", type=_PORT, default=47900, show_default=True, help="UDP and TCP port.")
@click.option(
    "--udp-port", "udp_ports", type=_PORT, multiple=True, help="A further UDP port; repeatable."
)
@click.option(
    "--address", "addresses", multiple=True, metavar="A", help="Listen on this one; repeatable."
)
@click.option(
    "--other-address",
    "others",
    multiple=True,
    metavar="A",
    help="A second address of this server, to answer from on request; one for each IP family.",
)
@click.option("--no-raw", is_flag=True, help="Do not answer ESP and GRE.")
@click.option(
    "--rate",
    type=click.FloatRange(min=0.1),
    default=100.0,
    show_default=True,
    metavar="MBIT",
    help="Mbit/s that one session gets at most.",
)
@click.option(
    "--budget",
    type=click.FloatRange(min=0.1),
    default=20.0,
    show_default=True,
    metavar="MB",
    help="MB that one session gets at most beyond what it sends.",
)
@shared("json")
def command(options: Options, *, init: bool, unit: bool, **asked: object) -> int:
    """Be the far end for `link` and `vpn`: echo, sized and late answers, rates.

    Silent to whoever does not know the token. Sends nobody more than it got from there until the
    way back is proven. Runs until interrupted; needs no rights but CAP_NET_RAW for ESP and GRE
    and CAP_NET_BIND_SERVICE for ports below 1024.
    """
    from qmiprobe.cli import _reflect

    if init and unit:
        raise click.UsageError("give either --init or --unit")
    wanted = _reflect.wanted(asked)
    if init:
        _reflect.init(wanted, as_json=options.json)
        return ExitStatus.OK
    if unit:
        click.echo(_reflect.unit(wanted), nl=False)
        return ExitStatus.OK
    return _reflect.run_reflector(wanted, options)
