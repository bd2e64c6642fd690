# SPDX-License-Identifier: GPL-2.0-or-later
"""A check that needs a right which this user lacks is skipped: that is no fault of the link."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from qmiprobe.check._check import Result
from qmiprobe.check.link._context import LinkContext, Rung
from qmiprobe.errors import CannotTest


def spared(rung: Rung) -> Rung:
    """Return the rung, skipped where sockets of its kind are not allowed."""

    async def run(context: LinkContext) -> Result:
        try:
            return await rung.run(context)
        except (CannotTest, ExceptionGroup) as error:
            leaves = list(_leaves(error))
            if not all(_for_want_of_rights(leaf) for leaf in leaves):
                raise
            return Result.skipped(str(leaves[0]))

    return replace(rung, run=run)


def _leaves(error: Exception) -> Iterator[Exception]:
    """The exceptions themselves, out of the groups that nurseries put around them."""
    if isinstance(error, ExceptionGroup):
        for inner in error.exceptions:
            yield from _leaves(inner)
    else:
        yield error


def _for_want_of_rights(error: Exception) -> bool:
    return isinstance(error, CannotTest) and isinstance(error.__cause__, PermissionError)
