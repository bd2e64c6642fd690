# SPDX-License-Identifier: GPL-2.0-or-later
"""The session with the user's reflector: opened once, by the first rung that needs it."""

from __future__ import annotations

from contextlib import AbstractAsyncContextManager
from typing import TYPE_CHECKING

from qmiprobe.check._check import Result
from qmiprobe.check.link._context import LinkContext
from qmiprobe.diagnosis import Reason
from qmiprobe.errors import CannotTest, NoAnswer

if TYPE_CHECKING:
    from qmiprobe.reflect import Far

_NONE = "needs a far end: run `qmiprobe reflect` on a server and give --reflector URL"


async def far_or_why(context: LinkContext) -> Far | Result:
    """Return the session, or the result of a rung that cannot do without one."""
    if context.options.reflector is None:
        return Result.skipped(_NONE)
    if context.far is None and context.far_missing is None:
        try:
            context.far = await context.keep(_connected(context))
        except (NoAnswer, CannotTest, OSError) as error:
            context.far_missing = str(error)
            context.facts.add("link.reflector.error", context.far_missing, source="reflector")
            text = f"no session with the reflector: {context.far_missing}"
            return Result.failed(Reason.CANNOT_TEST, text)
    if context.far is None:
        return Result.skipped("no session with the reflector")
    return context.far


def _connected(context: LinkContext) -> AbstractAsyncContextManager[Far]:
    from qmiprobe import reflect

    assert context.options.reflector is not None
    return reflect.connect(context.options.reflector, netdev=context.netdev)
