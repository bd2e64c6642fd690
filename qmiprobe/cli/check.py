# SPDX-License-Identifier: GPL-2.0-or-later
"""``qmiprobe check``: climbs the whole ladder and ends in one verdict."""

from __future__ import annotations

from dataclasses import replace

import click
from click.core import ParameterSource

from qmiprobe.address import Address
from qmiprobe.cli._device import DeviceType
from qmiprobe.cli._options import Options, shared
from qmiprobe.cli._report import show
from qmiprobe.cli._status import ExitStatus

_FOR_SESSIONS = ("apn", "user", "profile", "targets")


@click.command(
    "check",
    epilog="\b\nExamples:\n  qmiprobe check /dev/cdc-wdm0\n"
    "  qmiprobe check wwan0 --connect --apn internet\n"
    "  qmiprobe check 03f0:581d --wait 20 --expect mbim --json\n"
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
@click.option(
    "--wait",
    type=click.FloatRange(min=0),
    default=0.0,
    metavar="S",
    help="Wait up to S seconds for the modem, then compare it with how it was.",
)
@click.option("--expect", type=click.Choice(["qmi", "mbim"]), help="Protocol that is wanted.")
@click.option("--expect-driver", metavar="NAME", help="Driver that must be bound.")
@click.option("--only", metavar="CHECK", help="Run one check and what it needs.")
@click.option("--probe", is_flag=True, help="Also ask in the protocol the driver does not speak.")
@shared("json", "junit", "html", "trace", "keep_personal", "sysroot", timeout=60.0)
def command(device: Address | None, options: Options, **asked: object) -> int:
    """Climb the whole ladder, from USB to path MTU, and name the first layer that is broken.

    Nothing beyond reading happens without --connect. DEVICE is left out where there is only one
    modem.
    """
    from qmiprobe.cli._check import run_check
    from qmiprobe.cli._rebind_note import note_killed_rebind

    options = _with_time_to_wait(options, asked["wait"])
    if asked["connect"] is False and any(asked[name] for name in _FOR_SESSIONS):
        raise click.UsageError("--apn, --user, --profile and --targets belong to --connect")
    report = run_check(device, options, asked)
    if isinstance(report, int):
        return report
    note_killed_rebind(options)
    show(report, options)
    return ExitStatus(report.exit_status)


def _with_time_to_wait(options: Options, wait: object) -> Options:
    """Give the command the time of the wait on top of its own, unless --timeout says how much."""
    source = click.get_current_context().get_parameter_source("timeout")
    if source is not ParameterSource.DEFAULT or options.timeout is None:
        return options
    return replace(options, timeout=options.timeout + float(str(wait)))
