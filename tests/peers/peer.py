# SPDX-License-Identifier: GPL-2.0-or-later
"""Runs stock qmicli and mbimcli against a simulated modem, in a network namespace of their own.

Their proxies listen on abstract sockets, which belong to a namespace: so no test meets the proxy
of another one, or the machine's.
"""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import trio

from qmiprobe.sim import SimulatedModem, serve_pty
from tests.netns import run_in_netns

PATIENCE = 15.0
SOMEWHERE = ""
"""In place of a value's name: the text stands anywhere."""
_COMPLAINTS = re.compile(
    r"^error:|-Warning \*\*|warning:|CRITICAL|couldn't|discarding|\bLeft\b|unexpected"
)
_PREFIX = re.compile(r"^\[/dev/[^]]+\] ")
_ABOUT_NO_MESSAGE = (
    "couldn't detect transport type of port: unexpected port subsystem",
    "requested QMI mode but unexpected transport type found",
    "requested MBIM mode but unexpected transport type found",
    "couldn't detect transport type of port",
    "MBIM device wasn't explicitly closed",
    "key 'apn' is deprecated",
)
"""What qmicli says of any pty, for it asks sysfs for a driver, and of its own manners."""


@dataclass(frozen=True)
class Said:
    """How one run of a peer ended."""

    status: int
    text: str

    @property
    def complaints(self) -> list[str]:
        """Lines with which the peer finds fault with a message."""
        return [
            line
            for line in self.text.splitlines()
            if _COMPLAINTS.search(line) and not any(known in line for known in _ABOUT_NO_MESSAGE)
        ]

    def fields(self) -> dict[str, str]:
        """Return the values it shows, ``Model: 'EC25'``, by name; the first of a name counts."""
        found: dict[str, str] = {}
        for line in self.text.splitlines():
            name, colon, value = _PREFIX.sub("", line).partition(":")
            if colon:
                found.setdefault(name.strip(), value.strip().strip("'"))
        return found

    def shows(self, expected: dict[str, str]) -> bool:
        """Whether these values stand there, or that of :data:`SOMEWHERE` anywhere."""
        fields = self.fields()
        return all(
            value in self.text if name == SOMEWHERE else fields.get(name) == value
            for name, value in expected.items()
        )


@dataclass
class Peer:
    """One stock tool at one simulated modem."""

    command: tuple[str, ...]
    modem: SimulatedModem

    async def say(self, *arguments: str) -> Said:
        """Run the tool once; it is killed when it takes too long."""
        with trio.fail_after(PATIENCE):
            done = await trio.run_process(
                [*self.command, *arguments], capture_stdout=True, capture_stderr=True, check=False
            )
        text = (done.stdout or b"").decode() + (done.stderr or b"").decode()
        return Said(done.returncode, text)

    async def good(self, *arguments: str) -> Said:
        """Run the tool; it must succeed and find fault with nothing."""
        said = await self.say(*arguments)
        assert said.status == 0, said.text
        assert said.complaints == [], said.complaints
        return said


Expected = Callable[[SimulatedModem], dict[str, str]]
"""What an action has to show, by the names of the tool, of what the modem knows."""
Body = Callable[[Peer], Awaitable[None]]
_OPTIONS = {"qmicli": ("--device-open-qmi",), "mbimcli": ()}
_PROFILES = {"qmicli": "ec25", "mbimcli": "em7455"}


def with_peer(tool: str, body: Body, *, faults: tuple[str, ...] = ()) -> None:
    """Run ``body`` with a stock tool and the modem that speaks its protocol."""

    async def run() -> None:
        modem = SimulatedModem(_PROFILES[tool], faults=faults)
        async with serve_pty(modem) as path:
            await body(Peer((tool, "-d", path, *_OPTIONS[tool]), modem))

    run_in_netns(run, timeout=60)
