# SPDX-License-Identifier: GPL-2.0-or-later
"""The options that commands share, each defined once.

@click.command()
@shared("json", "sysroot", timeout=30.0)
def command(options: Options) -> int: ...
"""

from __future__ import annotations

import functools
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

import click

from qmiprobe.cli._saved_machine import SavedMachine

if TYPE_CHECKING:
    from collections.abc import Callable

_Result = TypeVar("_Result")
_Decorator: TypeAlias = "Callable[[Callable[..., Any]], Callable[..., Any]]"


@dataclass(frozen=True, kw_only=True)
class Options:
    """What the user said by shared options; a command that lacks one sees its default."""

    json: bool = False
    """One JSON document (or one object a line) on standard output instead of text."""
    junit: str | None = None
    html: str | None = None
    timeout: float | None = None
    """Seconds for the whole command; None: no bound."""
    trace: str | None = None
    keep_personal: bool = False
    sysroot: str = "/"
    verbose: int = 0
    no_color: bool = False

    @property
    def color(self) -> bool | None:
        """What click and rich take: False for never, None for a terminal only."""
        return False if self.no_color or os.environ.get("NO_COLOR") else None


_OUTPUT_FILE = click.Path(dir_okay=False, writable=True)
_SHARED = {
    "json": click.option("--json", is_flag=True, help="One JSON document on standard output."),
    "junit": click.option(
        "--junit", type=_OUTPUT_FILE, metavar="FILE", help="Write the verdicts as JUnit XML."
    ),
    "html": click.option(
        "--html", type=_OUTPUT_FILE, metavar="FILE", help="Write the report as a page to look at."
    ),
    "trace": click.option(
        "--trace", type=_OUTPUT_FILE, metavar="FILE", help="Record every control message."
    ),
    "keep_personal": click.option(
        "--keep-personal",
        is_flag=True,
        help="Show IMEI, IMSI, ICCID, phone numbers and position as they are.",
    ),
    "sysroot": click.option(
        "--sysroot",
        type=SavedMachine(),
        metavar="DIR|FILE",
        default="/",
        help="Read sysfs and proc from a saved copy, or a file of `qmiprobe report`.",
    ),
    "verbose": click.option("-v", "--verbose", count=True, help="Say more; twice for all of it."),
    "no_color": click.option(
        "--no-color", is_flag=True, help="No colours, as with NO_COLOR in the environment."
    ),
}
_ALWAYS = ("verbose", "no_color")


def shared(
    *names: str, timeout: float | None = None
) -> Callable[[Callable[..., _Result]], Callable[..., _Result]]:
    """Return a decorator that adds shared options and passes them as ``options``.

    ``names`` are fields of ``Options``; verbose and no_color always come along. ``timeout`` gives
    the command that option too, with its own default in seconds.
    """
    wanted = (*names, *(name for name in _ALWAYS if name not in names))
    decorators: list[_Decorator] = [_SHARED[name] for name in wanted]
    if timeout is not None:
        wanted = (*wanted, "timeout")
        decorators.append(_timeout(timeout))

    def decorate(function: Callable[..., _Result]) -> Callable[..., _Result]:
        @functools.wraps(function)
        def wrapper(**values: Any) -> _Result:  # noqa: ANN401  # click passes what it parsed
            options = Options(**{name: values.pop(name) for name in wanted})
            return function(options=options, **values)

        decorated: Callable[..., _Result] = wrapper
        for decorator in reversed(decorators):
            decorated = decorator(decorated)
        return decorated

    return decorate


def _timeout(default: float) -> _Decorator:
    return click.option(
        "--timeout",
        type=click.FloatRange(min=0, min_open=True),
        metavar="S",
        default=default,
        show_default=True,
        help="Seconds that the whole command may take.",
    )
