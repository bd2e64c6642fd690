# SPDX-License-Identifier: GPL-2.0-or-later
"""The part of ``qmiprobe doctor`` that needs trio: one climb for each modem."""

from __future__ import annotations

import sys
from contextlib import nullcontext

from qmiprobe.address import Address, ControlPort, resolve
from qmiprobe.check import DOCTOR, PROBE, CheckOptions, Report, climb, open_context, patients
from qmiprobe.cli._options import Options
from qmiprobe.cli._run import run
from qmiprobe.cli._tracing import trace_to
from qmiprobe.report import progress

_SHARE = 0.85
"""Of the whole time, for the climbs: what is left is for giving back and for the report."""


def run_doctor(device: Address | None, options: Options, *, probe: bool) -> list[Report] | int:
    """Look at each modem in turn; return the reports, or the exit status of a signal."""
    found: list[Report] = []
    wanted = patients(device, sysroot=options.sysroot)
    asked = CheckOptions(probe=probe, sysroot=options.sysroot)

    async def main() -> int:
        share = (options.timeout or 30.0) * _SHARE / len(wanted)
        with trace_to(options) as wrap:
            for one in wanted:
                async with resolve(one, sysroot=options.sysroot, wrap=wrap) as port:
                    found.append(await _examine(port, asked, share, options))
        return 0

    status = run(main, timeout=options.timeout)
    return found if found and not status else status


async def _examine(
    port: ControlPort, asked: CheckOptions, timeout: float, options: Options
) -> Report:
    ladder = PROBE if asked.probe else DOCTOR
    shown = nullcontext() if options.json else progress(sys.stderr, color=options.color)
    with shown as observer:
        async with open_context(port, asked) as context:
            return await climb(ladder, context, timeout=timeout, observer=observer)
