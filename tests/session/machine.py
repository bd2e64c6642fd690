# SPDX-License-Identifier: GPL-2.0-or-later
"""The state of a network namespace: all that a session may change, as text to compare."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import trio

LOOKS = (
    "link show",
    "addr show",
    "-4 route show table all",
    "-6 route show table all",
    "-4 rule show",
    "-6 rule show",
    "neigh show",
)


def ip(*words: str) -> str:
    """Return what ``ip`` prints."""
    done = subprocess.run(["ip", "-d", *words], capture_output=True, text=True, check=True)
    return done.stdout


def snapshot() -> dict[str, str]:
    """Return all that may have been changed."""
    state = {look: ip(*look.split()) for look in LOOKS}
    for kind in ("ipv4", "ipv6"):
        folder = Path("/proc/sys/net", kind, "conf/wwan0")
        for file in sorted(folder.glob("*")):
            if os.access(file, os.R_OK) and file.name != "stable_secret":
                state[str(file)] = file.read_text(encoding="ascii")
    return state


async def settled(read: Callable[[], object] = snapshot) -> object:
    """Return a state once it stays as it is: the kernel finishes some things later."""
    before = await trio.to_thread.run_sync(read)
    while True:
        await trio.sleep(0.1)
        now = await trio.to_thread.run_sync(read)
        if now == before:
            return now
        before = now
