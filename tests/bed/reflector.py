# SPDX-License-Identifier: GPL-2.0-or-later
"""A reflector on the server of the bed."""

from __future__ import annotations

import ctypes
import os
from contextlib import asynccontextmanager, contextmanager
from typing import TYPE_CHECKING

from qmiprobe.reflect import Limits, Reflector, ReflectorUrl, connect, new_token, serve

from . import addresses

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Iterator

    from qmiprobe.reflect import Far

    from .place import Place
    from .world import Bed

PORT = 47900
MORE_PORTS = (500, 1194, 4500, 51820)
_CLONE_NEWNET = 0x40000000


@contextmanager
def _inside(place: Place) -> Iterator[None]:
    """Be in a place's network namespace; no other task may run meanwhile."""
    libc = ctypes.CDLL(None, use_errno=True)
    own = os.open("/proc/thread-self/ns/net", os.O_RDONLY)
    there = os.open(f"/proc/self/task/{place.number}/ns/net", os.O_RDONLY)
    try:
        if libc.setns(there, _CLONE_NEWNET) != 0:
            raise OSError(ctypes.get_errno(), "setns")
        yield
    finally:
        if libc.setns(own, _CLONE_NEWNET) != 0:
            os._exit(70)  # whatever came next would be in the wrong place
        os.close(own)
        os.close(there)


@asynccontextmanager
async def reflecting(
    built: Bed, *, limits: Limits | None = None
) -> AsyncGenerator[tuple[dict[int, str], Reflector], None]:
    """Run a reflector on the server; gives its URL for each family."""
    token = new_token()
    hosts = {family: addresses.SERVER[family] for family in (4, 6)}
    serving = serve(
        token, addresses=tuple(hosts.values()), port=PORT, more_ports=MORE_PORTS, limits=limits
    )
    with _inside(built.places["server"]):
        reflector = await serving.__aenter__()
    try:
        yield (
            {n: ReflectorUrl(token, str(host), PORT).with_token for n, host in hosts.items()},
            reflector,
        )
    finally:
        await serving.__aexit__(None, None, None)


@asynccontextmanager
async def far_of(
    built: Bed, *, family: int = 4, limits: Limits | None = None
) -> AsyncGenerator[Far, None]:
    """Open a session with a reflector on the server."""
    async with (
        reflecting(built, limits=limits) as (urls, _),
        connect(urls[family], netdev=addresses.NETDEV) as far,
    ):
        yield far
