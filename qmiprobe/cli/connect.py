# SPDX-License-Identifier: GPL-2.0-or-later
"""``qmiprobe connect``: a data session with addresses, routes and DNS on the netdev."""

from __future__ import annotations

import click

from qmiprobe.address import Address
from qmiprobe.cli._device import DeviceType
from qmiprobe.cli._options import Options, shared

_MOST_MUX = 254
_MOST_METRIC = 0xFFFFFF00


@click.command(
    "connect",
    epilog="\b\nExamples:\n  qmiprobe connect --apn internet.example\n"
    "  qmiprobe connect /dev/cdc-wdm0 --ip-type 4 --hold\n"
    "  qmiprobe connect wwan0 --mux 1 --metric 50 --dns resolv.conf\n"
    "  qmiprobe connect mbim:/dev/cdc-wdm0 --session-id 1 --apn ims --json\n"
    "  qmiprobe connect sim:ec25 --hold",
)
@click.argument("device", type=DeviceType(), required=False)
@click.option("--apn", default="", metavar="A", help="Access point name; else the modem's choice.")
@click.option("--user", default="", metavar="U", help="User name.")
@click.option("--password", default="", metavar="P", help="Password.")
@click.option(
    "--auth",
    type=click.Choice(["none", "pap", "chap", "both"]),
    help="How user and password are told; else as the network likes.",
)
@click.option(
    "--ip-type",
    type=click.Choice(["4", "6", "46"]),
    default="46",
    show_default=True,
    help="IP families.",
)
@click.option("--profile", type=int, metavar="N", help="Stored profile to start by.")
@click.option(
    "--framing",
    type=click.Choice(["auto", "raw-ip", "802.3"]),
    default="auto",
    show_default=True,
    help="QMI: what is spoken on the netdev; auto is what the modem speaks now.",
)
@click.option(
    "--mux",
    type=click.IntRange(1, _MOST_MUX),
    metavar="N",
    help="QMI: aggregate packets (QMAP), the session under this mux id, on a netdev of its own.",
)
@click.option("--qmap", is_flag=True, help="The same as --mux 1.")
@click.option(
    "--session-id",
    type=click.IntRange(0, 255),
    default=0,
    metavar="N",
    help="MBIM: number of the session; from 1 on it has a netdev of its own.",
)
@click.option(
    "--dns",
    type=click.Choice(["resolver", "resolv.conf", "none"]),
    default="resolver",
    show_default=True,
    help="Who asks the session's DNS servers: systemd-resolved, whoever reads /etc/resolv.conf "
    "(which is replaced, and put back), or nobody.",
)
@click.option(
    "--metric",
    type=click.IntRange(1, _MOST_METRIC),
    default=4096,
    show_default=True,
    metavar="N",
    help="Of the default routes; below those of other links it takes their traffic.",
)
@click.option("--netdev", metavar="NAME", help="Netdev of the port, where Linux does not tell.")
@click.option("--hold", is_flag=True, help="Stay, follow changes, and undo all at the end.")
@click.option(
    "--force",
    is_flag=True,
    help="End an earlier session, keep ModemManager from the modem meanwhile, change the framing "
    "of a netdev that is in use.",
)
@shared("json", "trace", "keep_personal", timeout=120.0)
def command(device: Address | None, options: Options, **asked: object) -> int:
    """Start a data session and put it on its netdev: addresses, default routes, MTU, DNS.

    It stays up when the command ends, and `qmiprobe disconnect` ends it; with --hold the command
    stays instead, starts it again when it drops, and undoes all when it is interrupted. Where the
    session is refused, the report says why. With --json one object; with --hold one a line.
    """
    if asked["qmap"] and asked["mux"] is None:
        asked["mux"] = 1
    if asked["mux"] is not None and asked["session_id"]:
        raise click.UsageError("--mux is QMI's, --session-id MBIM's: give one of them")
    from qmiprobe.cli._connect import run_connect

    return run_connect(device, options, asked)
