# SPDX-License-Identifier: GPL-2.0-or-later
"""Stock qmicli and mbimcli at the nodes that the real drivers made."""

from __future__ import annotations

from collections.abc import Mapping

import trio

from tests.lab import slow
from tests.lab.plugged import Plugged
from tests.peers.peer import Expected, Peer, Said

_PATIENCE = 2.0


async def peer_at(plug: Plugged, *command: str, node: str | None = None) -> SlowPeer:
    """Return the tool at this node, by default the modem's only one, when it is there."""
    if node is None:
        (names,) = (await plug.nodes()).values()
        node = names[0]
    return SlowPeer((*command, "-d", node), plug.modem)


class SlowPeer(Peer):
    """A tool that may take its time."""

    async def say(self, *arguments: str) -> Said:
        """Run the tool once; it is killed when it takes too long."""
        with trio.fail_after(slow(_PATIENCE)):
            done = await trio.run_process(
                [*self.command, *arguments], capture_stdout=True, capture_stderr=True, check=False
            )
        text = (done.stdout or b"").decode() + (done.stderr or b"").decode()
        return Said(done.returncode, text)


async def wrong(peer: Peer, actions: Mapping[str, Expected]) -> dict[str, str]:
    """Run all these actions; return what the tool said where it was not what is expected."""
    found = {}
    for action, expected in actions.items():
        wanted = expected(peer.modem)
        said = await peer.say(action)
        if said.status or said.complaints or not said.shows(wanted):
            found[action] = said.text
    return found
