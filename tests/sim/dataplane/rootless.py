# SPDX-License-Identifier: GPL-2.0-or-later
"""Run as a plain user by test_rootless.py: prints one line that says how far it got."""

from __future__ import annotations

import os
import sys

import trio

from qmiprobe.errors import CannotTest
from qmiprobe.sim.dataplane import can_enter_namespace, enter_namespace
from tests.sim.dataplane.host import GATEWAY, WEB, connected, fetch, ping


async def _use_it() -> None:
    async with connected() as plane:
        for family in (4, 6):
            assert await ping(GATEWAY[family])
            assert (await fetch(WEB[family], "connectivity.example", "/generate_204"))[0] == 204
        print(f"works, unset {list(plane.network.unset)}")


def main() -> None:
    """Enter the namespace as this user, and send packets through a data plane."""
    assert os.geteuid() != 0
    print(can_enter_namespace() or "can", flush=True)
    try:
        enter_namespace()
        trio.run(_use_it)
    except CannotTest as error:
        print(f"cannot: {error}")
        sys.exit(3)


if __name__ == "__main__":
    main()
