# SPDX-License-Identifier: GPL-2.0-or-later
"""``qmiprobe list``: the modems of this machine, as sysfs shows them."""

from __future__ import annotations

import json

import click

from qmiprobe import host
from qmiprobe.cli._bounded import within
from qmiprobe.cli._list_document import document, holders_of
from qmiprobe.cli._list_lines import fitted, lines
from qmiprobe.cli._options import Options, shared
from qmiprobe.cli._status import ExitStatus


@click.command(
    "list",
    epilog="\b\nExamples:\n  qmiprobe list\n"
    "  qmiprobe list --json | jq -r '.modems[].ports[].path'",
)
@shared("json", "sysroot", timeout=30.0)
def command(options: Options) -> int:
    """Show the modems of this machine and what hangs on them.

    USB id, configurations, interfaces with their drivers, control ports, netdevs, ttys, and who
    holds the ports. Nothing is sent to a modem.
    """
    found, held = within(options.timeout, lambda: _seen(options.sysroot))
    if options.json:
        click.echo(json.dumps(document(found, held), indent=2, ensure_ascii=False))
        return ExitStatus.OK
    for modem in found:
        for line in lines(modem, held):
            click.echo(fitted(line))
    unread = max((one.unread for one in held.values()), default=0)
    if unread:
        whose = "1 process" if unread == 1 else f"{unread} processes"
        click.echo(
            f"who holds the ports is known in part only: {whose} of other users may not be looked "
            "into. Root may.",
            err=True,
        )
    if not found:
        click.echo(
            "no modem on USB or PCI: is it plugged in and powered? See also `lsusb`", err=True
        )
    return ExitStatus.OK


def _seen(sysroot: str) -> tuple[tuple[host.Modem, ...], dict[str, host.Holders]]:
    found = host.modems(sysroot)
    return found, holders_of(found, sysroot)
