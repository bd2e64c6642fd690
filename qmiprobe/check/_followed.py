# SPDX-License-Identifier: GPL-2.0-or-later
"""After the modem left under us: does anything come back in its place, and as what?"""

from __future__ import annotations

from dataclasses import replace

import trio

from qmiprobe import host
from qmiprobe.check._check import Check, Result
from qmiprobe.check._context import CheckContext
from qmiprobe.diagnosis import Outcome

_PATIENCE_S = 3.0
"""A modem that resets is back on the bus within two seconds, as a boot loader too."""
_LOOK_AGAIN_S = 0.25


def followed(rung: Check[CheckContext]) -> Check[CheckContext]:
    """Return the rung, with a look at the bus where the modem left in it."""

    async def run(context: CheckContext) -> Result:
        result = await rung.run(context)
        gone = context.facts.text("port.error") in ("gone", "io")
        if result.outcome is Outcome.FAIL and gone and "usb.left" not in context.facts:
            await _look(context)
        return result

    return replace(rung, run=run)


async def _look(context: CheckContext) -> None:
    modem, facts = context.port.modem, context.facts
    if modem is None or modem.bus != "usb":
        return
    with trio.move_on_after(_PATIENCE_S):
        while True:
            log = host.kernel_log(context.options.sysroot)
            here = [event for event in log.bus_events() if event.plug == modem.name]
            left = any(event.id is None for event in here[-2:])
            facts.add("usb.left", left, source="/dev/kmsg")
            if here and here[-1].id is not None and left:
                facts.add("usb.returned", here[-1].id, source="/dev/kmsg")
                return
            await trio.sleep(_LOOK_AGAIN_S)
