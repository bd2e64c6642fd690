# SPDX-License-Identifier: GPL-2.0-or-later
"""Rungs on a saved machine: what was saved is read, and nobody is asked.

Without this a check of somebody else's machine would open this one's nodes and look at this
one's netdevs.
"""

from __future__ import annotations

import os
from dataclasses import replace

from qmiprobe.check._check import Check, Result
from qmiprobe.check._context import CheckContext

_READ = ("usb.", "driver.", "port.holder")
"""Checks that read files below the sysroot, and nothing else."""
_WHY = "a saved machine cannot be asked"


def is_saved(context: CheckContext) -> bool:
    """Return whether the machine is a saved one."""
    return os.path.realpath(context.options.sysroot) != "/"


def saved_too(rung: Check[CheckContext]) -> Check[CheckContext]:
    """Return the rung as it is on a saved machine: skipped where it would leave the folder."""
    if rung.id.startswith(_READ):
        return rung

    async def run(context: CheckContext) -> Result:
        if not is_saved(context) or context.port.simulated:
            return await rung.run(context)
        if rung.id == "port.node" and context.port.path is None and context.port.open is None:
            return await rung.run(context)
        return Result.skipped(_WHY)

    return replace(rung, run=run)
