# SPDX-License-Identifier: GPL-2.0-or-later
"""From the arguments to the exit status: runs the command, turns every error into one line."""

from __future__ import annotations

import io
import os
import signal
import sys
import traceback
from typing import TYPE_CHECKING, NoReturn

import click

from qmiprobe.cli._group import COMPLETE_VARIABLE, PROGRAM, group
from qmiprobe.cli._status import ExitStatus, single_errors, status_of

if TYPE_CHECKING:
    from collections.abc import Sequence


def run_program(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run ``qmiprobe`` with ``arguments`` (by default those of the process) and exit."""
    arguments = sys.argv[1:] if arguments is None else arguments
    try:
        status = _complete() if COMPLETE_VARIABLE in os.environ else _run(list(arguments))
        sys.stdout.flush()
    except BrokenPipeError:
        status = ExitStatus.PIPE_CLOSED
    if status == ExitStatus.PIPE_CLOSED:
        # Python would complain once more when it flushes standard output at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    # All is done and said. Python takes a while to end, and would put its own handlers back.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)
    sys.exit(status)


def _complete() -> int:
    from click.shell_completion import shell_complete

    from qmiprobe.cli._completion import install

    install()
    return shell_complete(group, {}, PROGRAM, COMPLETE_VARIABLE, os.environ[COMPLETE_VARIABLE])


def _run(arguments: list[str]) -> int:
    # What click's own main does, but for its handling of errors and of closed pipes.
    try:
        with group.make_context(PROGRAM, list(arguments)) as context:
            result = group.invoke(context)
    except click.exceptions.Exit as ending:
        return ending.exit_code
    except click.exceptions.Abort:
        return ExitStatus.INTERRUPTED
    except click.ClickException as error:
        _show(error)
        return ExitStatus.USAGE
    except (Exception, KeyboardInterrupt) as error:
        return _explain(error, verbose=_is_verbose(arguments))
    return result if isinstance(result, int) else ExitStatus.OK


def _explain(error: BaseException, *, verbose: bool) -> ExitStatus:
    status = status_of(error)
    if verbose or status is ExitStatus.FAILED:
        traceback.print_exception(error)
    if status is ExitStatus.FAILED:
        click.echo(
            f"{PROGRAM}: failed: this is a bug. Please report the lines above, with what you ran "
            f"and `{PROGRAM} --version`.",
            err=True,
        )
    elif status not in (ExitStatus.INTERRUPTED, ExitStatus.PIPE_CLOSED):
        for line in dict.fromkeys(str(one) for one in single_errors(error)):
            _complain(f"{PROGRAM}: {line}")
    return status


def _show(error: click.ClickException) -> None:
    said = io.StringIO()
    error.show(said)
    for line in said.getvalue().splitlines():
        _complain(line)


def _complain(text: str) -> None:
    from qmiprobe.cli._say import broken

    for line in broken(text, sys.stderr):
        click.echo(line, err=True)


def _is_verbose(arguments: list[str]) -> bool:
    return any(one == "--verbose" or set(one) == {"-", "v"} for one in arguments)
