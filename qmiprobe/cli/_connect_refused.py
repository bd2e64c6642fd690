# SPDX-License-Identifier: GPL-2.0-or-later
"""Why a session was refused: the ladder below it is climbed, and the same rules name the cause."""

from __future__ import annotations

import json
import sys
from contextlib import nullcontext
from typing import TYPE_CHECKING

import click

from qmiprobe.check import CheckOptions, climb, open_context
from qmiprobe.check._refused import SESSION, ladder_after
from qmiprobe.cli._report import show
from qmiprobe.report import progress, report_json

if TYPE_CHECKING:
    from qmiprobe.address import ControlPort
    from qmiprobe.cli._options import Options
    from qmiprobe.session import SessionRefused, SessionRequest


async def report_refusal(
    port: ControlPort,
    options: Options,
    refused: SessionRefused,
    *,
    request: SessionRequest,
    timeout: float,
    stream: bool = False,
) -> int:
    """Show the report of the rungs below the session and of its refusal; return its exit status.

    A lower rung that fails is the first cause: no SIM, not registered. With ``stream`` a JSON
    document stands on one line.
    """
    ladder = ladder_after(refused.refusals)
    wanted = CheckOptions(
        connect=True,
        session=request,
        sysroot=options.sysroot,
        checks=frozenset(check.id for check in ladder),
    )
    shown = nullcontext() if options.json else progress(sys.stderr, color=options.color)
    with shown as observer:
        async with open_context(port, wanted) as context:
            report = await climb(ladder, context, timeout=timeout, only=SESSION, observer=observer)
    if options.json and stream:
        document = report_json(report, keep_personal=options.keep_personal)
        click.echo(json.dumps(document, ensure_ascii=False))
    else:
        show(report, options)
    return report.exit_status
