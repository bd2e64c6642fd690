# SPDX-License-Identifier: GPL-2.0-or-later
"""The ways by which a stock tool reaches a simulated modem; all its actions by each of them."""

from __future__ import annotations

from contextlib import AsyncExitStack
from dataclasses import dataclass
from functools import cache

from qmiprobe.sim import SimulatedModem, serve_proxy, serve_pty
from tests.netns import run_in_netns
from tests.peers import mbimcli_actions, qmicli_actions
from tests.peers.peer import Expected, Peer, Said
from tests.peers.proxied import running_proxy

ANY_NODE = "/dev/null"
"""For the tools a node has to be there; the simulated proxy takes any."""
_ACTIONS = {"qmicli": qmicli_actions.actions_of, "mbimcli": mbimcli_actions.actions_of}


@dataclass(frozen=True)
class Way:
    """A tool, its options, the modem, and what stands between them."""

    tool: str
    profile: str
    options: tuple[str, ...] = ()
    proxy: str = ""
    """``stock``: the proxy that comes with the tool; ``simulated``: the modem stands in for it."""

    def __str__(self) -> str:
        return "-".join(part for part in (self.profile, self.proxy or "direct") if part)

    async def open(self, stack: AsyncExitStack) -> Peer:
        """Return the tool at a new modem; to be called in a network namespace of its own."""
        modem = SimulatedModem(self.profile)
        node = ANY_NODE
        if self.proxy == "stock":
            await stack.enter_async_context(running_proxy(f"{modem.profile.protocol}-proxy"))
        if self.proxy == "simulated":
            await stack.enter_async_context(serve_proxy(modem))
        else:
            node = await stack.enter_async_context(serve_pty(modem))
        options = (*self.options, "-p") if self.proxy else self.options
        return Peer((self.tool, "-d", node, *options), modem)

    def actions(self) -> dict[str, Expected]:
        """Return what the tool asks this modem, and what it has to show."""
        return _ACTIONS[self.tool](SimulatedModem(self.profile))


def cases(*ways: Way) -> list[tuple[Way, str]]:
    """Return each action by each way."""
    return [(way, action) for way in ways for action in way.actions()]


@cache
def run_actions(way: Way) -> dict[str, Said]:
    """Run one action after another at one modem; return how each ended."""

    async def run() -> dict[str, Said]:
        async with AsyncExitStack() as stack:
            peer = await way.open(stack)
            return {action: await peer.say(action) for action in way.actions()}

    return run_in_netns(run, timeout=100)


def check_action(way: Way, action: str) -> None:
    """Hold what one action showed against what it has to."""
    said = run_actions(way)[action]
    assert said.status == 0, said.text
    assert said.complaints == [], said.complaints
    expected = way.actions()[action](SimulatedModem(way.profile))
    assert said.shows(expected), f"{expected} is not in {said.text}"
