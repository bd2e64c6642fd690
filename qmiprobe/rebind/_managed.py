# SPDX-License-Identifier: GPL-2.0-or-later
"""Whether ModemManager has a data session up on a modem, which a rebind would end."""

from __future__ import annotations

import os
from collections.abc import Iterable

from qmiprobe.dbus import open_modem_manager
from qmiprobe.errors import CannotTest

_SESSIONS = frozenset({"connecting", "connected", "disconnecting"})


async def sessions_of_modem_manager(folder: str, *, ports: Iterable[str] = ()) -> tuple[str, ...]:
    """Return a sentence for each session of the modem at ``folder``; none where none is seen.

    ``ports``: names or paths of its nodes and netdevs, by which ModemManager may know it too.
    """
    names = {os.path.basename(port) for port in ports}
    try:
        async with open_modem_manager() as manager:
            modems = await manager.modems()
    except CannotTest:  # it does not run: it has none
        return ()
    return tuple(
        f"ModemManager is {one.state}: a data session of its own would end"
        for one in modems
        if one.state in _SESSIONS
        and (_same(one.folder or one.uid, folder) or names & set(one.ports))
    )


def _same(one: str, other: str) -> bool:
    return os.path.realpath(one) == os.path.realpath(other)
