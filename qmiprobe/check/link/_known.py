# SPDX-License-Identifier: GPL-2.0-or-later
"""Who knows what the network gave a netdev: the journal of `connect`, or ModemManager."""

from __future__ import annotations

import trio

from qmiprobe import link
from qmiprobe.bearer import BearerFacts
from qmiprobe.dbus import open_modem_manager
from qmiprobe.errors import CannotTest
from qmiprobe.session import held_bearer

_SECONDS = 3.0


async def known_bearer(netdev: str) -> tuple[BearerFacts, str] | None:
    """Return the session on ``netdev`` and who knows it; None where nobody does."""
    held = await trio.to_thread.run_sync(held_bearer, netdev)
    if held is not None:
        return held, "the journal of `qmiprobe connect`"
    if not link.in_first_namespace():
        return None
    with trio.move_on_after(_SECONDS):
        try:
            return await _managed(netdev)
        except (CannotTest, OSError):
            return None
    return None


async def _managed(netdev: str) -> tuple[BearerFacts, str] | None:
    async with open_modem_manager() as manager:
        for modem in await manager.modems():
            for bearer in await manager.bearers(modem):
                if bearer.facts is not None and bearer.facts.netdev == netdev:
                    return bearer.facts, "ModemManager"
    return None
