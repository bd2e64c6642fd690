# SPDX-License-Identifier: GPL-2.0-or-later
"""Runs a command's async part: bounded in time, and ended by signals only after it cleaned up."""

from __future__ import annotations

import os
import signal
from typing import TYPE_CHECKING

from qmiprobe.cli._status import ExitStatus
from qmiprobe.errors import NoAnswer

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

    import trio

_STATUS = {
    signal.SIGINT: ExitStatus.INTERRUPTED,
    signal.SIGTERM: ExitStatus.TERMINATED,
}


def run(main: Callable[[], Awaitable[int]], *, timeout: float | None = None) -> int:
    """Run ``main`` under trio and return its exit status.

    After ``timeout`` seconds it is cancelled, and NoAnswer is raised. SIGINT and SIGTERM cancel
    it too and give 130 and 143 once it has put everything back; a second signal does not wait.
    """
    import trio

    return trio.run(_supervise, main, timeout)


async def _supervise(main: Callable[[], Awaitable[int]], timeout: float | None) -> int:
    import trio

    stopped: list[ExitStatus] = []
    failure: Exception | None = None
    status: int | None = None
    bound = trio.move_on_after(float("inf") if timeout is None else timeout)
    with trio.open_signal_receiver(*_STATUS) as signals:
        async with trio.open_nursery() as nursery:
            nursery.start_soon(_watch, signals, bound, stopped)
            with bound:
                # Caught here, so that the nursery does not wrap it in a group.
                try:
                    status = await main()
                except Exception as error:
                    failure = error
            nursery.cancel_scope.cancel()
    if stopped:
        return stopped[0]
    if failure is not None:
        raise failure
    if status is None:
        raise NoAnswer(f"did not finish within {timeout:g} s: --timeout gives it more")
    return status


async def _watch(
    signals: AsyncIterator[int], scope: trio.CancelScope, stopped: list[ExitStatus]
) -> None:
    async for number in signals:
        if stopped:
            os._exit(stopped[0])
        stopped.append(_STATUS[signal.Signals(number)])
        scope.cancel()
