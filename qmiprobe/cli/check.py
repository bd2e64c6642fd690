# SPDX-License-Identifier: GPL-2.0-or-later
"""``qmiprobe check``: climbs the whole ladder and ends in one verdict."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from qmiprobe.address import Address
from qmiprobe.cli._device import DeviceType
from qmiprobe.cli._options import Options, shared
from qmiprobe.cli._status import ExitStatus

if TYPE_CHECKING:
    from qmiprobe.check import Report

_FOR_SESSIONS = ("apn", "user", "profile", "targets")


@click.command(
    "check",
    epilog="\b\nExamples:\n  qmiprobe check /dev/cdc-wdm0\n"
    "  qmiprobe check wwan0 --connect --apn internet\n"
    "  qmiprobe check mbim:/dev/cdc-wdm0 --wait 20 --json\n"
    "  qmiprobe check 'sim:ec25?fault=no-sim'",
)
@click.argument("device", type=DeviceType(), required=False)
@click.option("--connect", is_flag=True, help="Open a data session, test it, close it.")
@click.option("--apn", default="", metavar="A", help="Access point name of the session.")
@click.option("--user", default="", metavar="U", help="User name for the session.")
@click.option("--password", default="", metavar="P", help="Password for the session.")
@click.option(
    "--ip-type",
    type=click.Choice(["4", "6", "46"]),
    default="46",
    show_default=True,
    help="IP families of the session.",
)
@click.option("--profile", type=int, metavar="N", help="Stored profile to start by.")
@click.option("--targets", metavar="FILE", help="Hosts for the link checks, in place of our list.")
@click.option("--wait", type=float, default=0.0, metavar="S", help="Seconds to wait for the node.")
@click.option("--expect", type=click.Choice(["qmi", "mbim"]), help="Protocol that is wanted.")
@click.option("--expect-driver", metavar="NAME", help="Driver that must be bound.")
@click.option("--only", metavar="CHECK", help="Run one check and what it needs.")
@click.option("--probe", is_flag=True, help="Also ask in the protocol the driver does not speak.")
@shared("json", "junit", "trace", "keep_personal", "sysroot", timeout=60.0)
def command(device: Address | None, options: Options, **asked: object) -> int:
    """Climb the whole ladder, from USB to path MTU, and name the first layer that is broken.

    Nothing beyond reading happens without --connect. DEVICE is left out where there is only one
    modem.
    """
    from qmiprobe.cli._check import run_check

    if asked["connect"] is False and any(asked[name] for name in _FOR_SESSIONS):
        raise click.UsageError("--apn, --user, --profile and --targets belong to --connect")
    report = run_check(device, options, asked)
    if isinstance(report, int):
        return report
    _show(report, options)
    return ExitStatus(report.exit_status)


def _show(report: Report, options: Options) -> None:
    keep = options.keep_personal
    if options.junit is not None:
        from qmiprobe.report import junit_xml

        with open(options.junit, "w", encoding="utf-8") as file:
            file.write(junit_xml(report, keep_personal=keep))
    if options.json:
        import json

        from qmiprobe.report import report_json

        document = report_json(report, keep_personal=keep)
        click.echo(json.dumps(document, indent=2, ensure_ascii=False))
        return
    from qmiprobe.report import print_report

    print_report(
        report,
        sys.stdout,
        color=options.color,
        verbose=bool(options.verbose),
        keep_personal=keep,
    )
