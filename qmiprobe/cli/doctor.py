# SPDX-License-Identifier: GPL-2.0-or-later
"""``qmiprobe doctor``: why there is no working control port or netdev, for every modem."""

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


@click.command(
    "doctor",
    epilog="\b\nExamples:\n  qmiprobe doctor\n"
    "  qmiprobe doctor 03f0:581d --json\n"
    "  qmiprobe doctor qmi:2-6                     QMI is wanted, not MBIM\n"
    "  qmiprobe doctor /dev/cdc-wdm0 --probe       also asks the ports\n"
    "  qmiprobe doctor --sysroot saved/            somebody else's machine",
)
@click.argument("device", type=DeviceType(), required=False)
@click.option("--probe", is_flag=True, help="Also ask the ports themselves what they speak.")
@shared("json", "junit", "html", "trace", "keep_personal", "sysroot", timeout=30.0)
def command(device: Address | None, options: Options, *, probe: bool) -> int:
    """Say why there is no working control port or netdev, and what mends it.

    Looks at every modem of the machine, or at DEVICE, from sysfs, proc and the kernel's log:
    nothing is opened or sent without --probe, and nothing is changed. Each cause comes with its
    evidence, commands that mend it, their undo, and what makes it last.

    Exit status: 0 nothing was found, 1 findings, 3 there is nothing to look at, or no right to.
    """
    from qmiprobe.cli._doctor import run_doctor
    from qmiprobe.cli._rebind_note import note_killed_rebind

    reports = run_doctor(device, options, probe=probe)
    if isinstance(reports, int):
        return reports
    note_killed_rebind(options)
    return _show(reports, options)


def _show(reports: list[Report], options: Options) -> int:
    from qmiprobe.check import merged
    from qmiprobe.cli._report import write_files

    whole, keep = merged(reports), options.keep_personal
    write_files(whole, options)
    if options.json:
        import json

        from qmiprobe.report import report_json

        document = report_json(whole, keep_personal=keep)
        click.echo(json.dumps(document, indent=2, ensure_ascii=False))
        return ExitStatus(whole.exit_status)
    from qmiprobe.report import print_report

    for number, report in enumerate(reports):
        if number:
            click.echo()
        print_report(
            merged([report]),
            sys.stdout,
            color=options.color,
            verbose=bool(options.verbose),
            keep_personal=keep,
        )
    return ExitStatus(whole.exit_status)
