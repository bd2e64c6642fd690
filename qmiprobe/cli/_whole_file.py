# SPDX-License-Identifier: GPL-2.0-or-later
"""Writes a file whole or not at all, also where the run is ended meanwhile."""

from __future__ import annotations

import contextlib
import os
import signal
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType


@contextlib.contextmanager
def whole_file(path: str) -> Iterator[BinaryIO]:
    """Give a file to write to, which stands at ``path`` once the block is done.

    Until then, and where the block raises or SIGINT or SIGTERM comes, ``path`` is as it was and
    nothing is left beside it. Raises OSError. For the main thread, outside of trio.
    """
    path = os.path.realpath(path)
    unfinished = f"{path}.part"
    with _removed_by_signals(unfinished):
        try:
            with open(unfinished, "wb") as file:
                yield file
            os.replace(unfinished, path)
        finally:
            _remove(unfinished)


@contextlib.contextmanager
def _removed_by_signals(path: str) -> Iterator[None]:
    """Have a signal end the program at once, as it does elsewhere, and take the file with it."""

    def end(number: int, frame: FrameType | None) -> None:
        _remove(path)
        os._exit(128 + number)

    before = {one: signal.signal(one, end) for one in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _remove(path: str) -> None:
    with contextlib.suppress(OSError):
        os.unlink(path)
