# SPDX-License-Identifier: GPL-2.0-or-later
"""Tasks that run beside a block; what the block raises leaves as it is."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

import trio


@asynccontextmanager
async def beside() -> AsyncGenerator[trio.Nursery, None]:
    """Give a nursery whose tasks end with the block; it wraps no error of the block in a group."""
    failed: Exception | None = None
    async with trio.open_nursery() as nursery:
        try:
            yield nursery
        except Exception as error:
            failed = error
        nursery.cancel_scope.cancel()
    if failed is not None:
        raise failed
