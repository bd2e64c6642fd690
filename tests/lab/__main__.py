# SPDX-License-Identifier: GPL-2.0-or-later
"""``python -m tests.lab -- COMMAND``: runs it in the lab's machine; ``--prepare`` only prepares."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from tests.lab._debian import CannotPrepare
from tests.lab._machine import CannotStart, run
from tests.lab._prepare import prepare

_SECONDS = 600.0


class _Printed:
    """Prints what a file grows by."""

    def __init__(self) -> None:
        self._at = 0

    def __call__(self, path: Path) -> None:
        if path.exists() and path.stat().st_size > self._at:
            with path.open("rb") as file:
                file.seek(self._at)
                data = file.read()
            self._at += len(data)
            sys.stdout.buffer.write(data)
            sys.stdout.buffer.flush()


def main() -> int:
    """Return the command's exit status, 124 when the time was up, 3 without a machine."""
    parser = argparse.ArgumentParser(prog="python -m tests.lab", description=__doc__)
    parser.add_argument("--prepare", action="store_true", help="fetch and make what is missing")
    parser.add_argument("--seconds", type=float, default=_SECONDS, help="at most this long")
    parser.add_argument("--dmesg", action="store_true", help="show the kernel's log at the end")
    parser.add_argument("command", nargs="*", help="what to run, after --")
    options = parser.parse_args()
    try:
        if options.prepare or not options.command:
            made = prepare(print)
            print(f"the lab is ready: Linux {made.release}")
        if not options.command:
            return 0
        ran = run(options.command, folder=Path.cwd(), seconds=options.seconds, watch=_Printed())
    except (CannotPrepare, CannotStart) as error:
        print(error, file=sys.stderr)
        return 3
    if options.dmesg or ran.status is None:
        print(ran.kernel_log, file=sys.stderr)
    if ran.status is None:
        print(f"not finished after {ran.seconds:.0f} s", file=sys.stderr)
        return 124
    return ran.status


if __name__ == "__main__":
    sys.exit(main())
