# SPDX-License-Identifier: GPL-2.0-or-later
"""The changes of one session in the order in which they were made, to be undone from the last."""

from __future__ import annotations

from qmiprobe.session._steps import Step


class Ledger:
    """A stack of changes. Each is noted before it is made, and struck out once it is undone."""

    def __init__(self) -> None:
        self._steps: list[Step] = []

    @property
    def steps(self) -> tuple[Step, ...]:
        """The changes that stand, the oldest first."""
        return tuple(self._steps)

    def push(self, step: Step) -> None:
        """Note a change that is about to be made."""
        self._steps.append(step)

    def drop(self) -> Step:
        """Strike out the last change: it was undone, or could not be made."""
        return self._steps.pop()
