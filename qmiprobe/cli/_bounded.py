# SPDX-License-Identifier: GPL-2.0-or-later
"""Bounds in time what a command without trio reads: sysfs may keep a reader waiting for a modem."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Generic, TypeVar

from qmiprobe.errors import NoAnswer

if TYPE_CHECKING:
    from collections.abc import Callable

_Result = TypeVar("_Result")


def within(timeout: float | None, work: Callable[[], _Result]) -> _Result:
    """Return what ``work`` returns, or raise what it raises.

    Raises NoAnswer after ``timeout`` seconds (None: never); the thread that it runs in is left
    behind then, and ends with the program at the latest.
    """
    errand = _Errand(work)
    thread = threading.Thread(target=errand.run, name="qmiprobe-reading", daemon=True)
    thread.start()
    thread.join(timeout)
    if thread.is_alive():
        raise NoAnswer(f"did not finish within {timeout:g} s: --timeout gives it more")
    return errand.result()


class _Errand(Generic[_Result]):
    def __init__(self, work: Callable[[], _Result]) -> None:
        self._work = work
        self._found: list[_Result] = []
        self._error: BaseException | None = None

    def run(self) -> None:
        try:
            self._found.append(self._work())
        except BaseException as error:  # it is raised where it belongs
            self._error = error

    def result(self) -> _Result:
        if self._error is not None:
            raise self._error
        return self._found[0]
