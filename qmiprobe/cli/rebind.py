# SPDX-License-Identifier: GPL-2.0-or-later
"""``qmiprobe rebind``: from a modem without a working control port to one that answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from qmiprobe.address import Address
from qmiprobe.cli._device import DeviceType
from qmiprobe.cli._options import Options, shared

if TYPE_CHECKING:
    from qmiprobe.check import Report
    from qmiprobe.cli._rebind import Asked, Done

_CHECK_DEFAULTS: dict[str, object] = {
    "connect": False, "apn": "", "user": "", "password": "", "ip_type": "46", "profile": None,
    "targets": None, "wait": 20.0, "expect": None, "expect_driver": None, "only": None,
    "probe": False,
}  # fmt: skip


@click.command(
    "rebind",
    epilog="\b\nExamples:\n  qmiprobe rebind                             the plan, as shell lines\n"
    "  qmiprobe rebind 03f0:581d --driver qmi_wwan QMI, not MBIM\n"
    "  qmiprobe rebind 2-6 --apply                 done, verified, or taken back\n"
    "  qmiprobe rebind 2-6 --apply --check         and the whole ladder after it\n"
    "  qmiprobe rebind 2-6 --roll-back             what a killed run left\n"
    "  qmiprobe rebind 2-6 --udev-rule             what makes it last",
)
@click.argument("device", type=DeviceType(), required=False)
@click.option(
    "--configuration", type=click.IntRange(1, 255), metavar="N", help="USB configuration to set."
)
@click.option(
    "--driver",
    type=click.Choice(["qmi_wwan", "cdc_mbim"]),
    help="Driver of the control port: QMI or MBIM.",
)
@click.option("--apply", "apply_it", is_flag=True, help="Carry the plan out.")
@click.option("--finish", is_flag=True, help="Carry out the rest of what a killed run began.")
@click.option("--roll-back", is_flag=True, help="Take back what a killed run did.")
@click.option("--force", is_flag=True, help="Also where that cuts a connection.")
@click.option("--check", "check_it", is_flag=True, help="Climb the whole ladder afterwards.")
@click.option("--udev-rule", is_flag=True, help="Print the udev rule that makes it last.")
@click.option("--modprobe-conf", is_flag=True, help="Print the file for modprobe that does.")
@click.option(
    "--ignore-modem", is_flag=True, help="Have the rule keep ModemManager from it for good."
)
@click.option(
    "--install",
    type=click.Path(file_okay=False),
    metavar="DIR",
    help="Write those files below DIR; / for this machine.",
)
@shared("json", "keep_personal", "sysroot", timeout=180.0)
def command(device: Address | None, options: Options, **given: object) -> int:
    """Print what gives a modem a working control port, or do it.

    The plan sets the right USB configuration, takes the control interface from drivers that it
    does not belong to, and gives it to the one it does. With --apply ModemManager is kept from the
    modem meanwhile, each step is written down before it is done, the port has to answer by its
    protocol, and all is taken back where it does not. A run that was killed is finished or taken
    back by the next one. Where no rebind helps, it says what does.

    Exit status: 0 the plan is printed, or done and verified; 1 taken back; 3 no rebind helps, or
    it would do harm now.
    """
    from qmiprobe.cli._rebind import Asked, run_rebind

    asked = Asked(**given)  # type: ignore[arg-type]  # as declared above
    _must_agree(asked, options)
    done = run_rebind(device, options, asked)
    if not asked.check_it:
        return done.status
    return _checked(done, options)


def _must_agree(asked: Asked, options: Options) -> None:
    given = {
        "--apply": asked.apply_it, "--finish": asked.finish, "--roll-back": asked.roll_back,
    }  # fmt: skip
    changing = [name for name, one in given.items() if one]
    if len(changing) > 1:
        raise click.UsageError(f"{' and '.join(changing)}: one of them")
    if changing and options.sysroot != "/":
        raise click.UsageError(f"{changing[0]} is for this machine, not for a saved one")
    if asked.check_it and changing not in (["--apply"], ["--finish"]):
        raise click.UsageError("--check belongs to --apply or --finish")


def _checked(done: Done, options: Options) -> int:
    """The smoke test: the same ladder as `qmiprobe check`, of the modem as it is now."""
    from qmiprobe.cli._rebind_output import show_document

    status: int = done.status
    report: Report | None = None
    if not status and done.device is not None:
        from qmiprobe.cli._check import run_check

        found = run_check(done.device, options, {**_CHECK_DEFAULTS, "expect_driver": done.driver})
        if isinstance(found, int):
            return found
        report, status = found, found.exit_status
    if done.document is not None:
        from qmiprobe.report import report_json

        checked = report and report_json(report, keep_personal=options.keep_personal)
        show_document({**done.document, "check": checked})
    elif report is not None:
        from qmiprobe.cli._report import show

        show(report, options)
    return status
