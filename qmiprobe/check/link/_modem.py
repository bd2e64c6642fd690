# SPDX-License-Identifier: GPL-2.0-or-later
"""Where nothing comes back: what the modem behind the netdev speaks, and what it counts.

Only then is it asked, as `check` asks it; a healthy link leaves the control port alone.
"""

from __future__ import annotations

from contextlib import AsyncExitStack

from qmiprobe import link
from qmiprobe.address import NetdevAddress, resolve
from qmiprobe.check._context import CheckOptions, open_context
from qmiprobe.check._engine import climb
from qmiprobe.check._ladder import LADDER
from qmiprobe.check.link._context import LinkContext
from qmiprobe.diagnosis import Facts
from qmiprobe.errors import QmiprobeError

SECONDS = 40.0
_TAKEN = ("device.", "session.", "netdev.", "link.return.", "link.rp_filter")


async def ask_modem(context: LinkContext) -> None:
    """Add what `check` learns of the modem, up to link.return, to the facts; nothing without one.

    Of a session on a VLAN or a mux netdev the modem is not found by the name: nothing then.
    """
    if not context.options.ask_others or not link.in_first_namespace():
        return
    learned = await _climbed(context)
    for fact in learned if learned is not None else ():
        if fact.name.startswith(_TAKEN) and fact.name != "device.address":
            context.facts.add(fact.name, fact.value, source=fact.source, personal=fact.personal)


async def _climbed(context: LinkContext) -> Facts | None:
    async with AsyncExitStack() as stack:
        try:
            address = NetdevAddress(name=context.netdev)
            port = await stack.enter_async_context(resolve(address))
            options = CheckOptions(targets=context.targets)
            inner = await stack.enter_async_context(open_context(port, options))
            report = await climb(LADDER, inner, timeout=SECONDS, only="link.return")
        except QmiprobeError:
            return None
        return report.facts
