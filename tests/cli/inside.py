# SPDX-License-Identifier: GPL-2.0-or-later
"""Runs qmiprobe in the test's own process: quicker than in one of its own, and no less whole."""

from __future__ import annotations

import io
import sys
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from typing import Any
from unittest import mock

from qmiprobe.cli import _main


@dataclass(frozen=True)
class Ended:
    """How a run ended."""

    status: int
    out: str
    err: str

    @property
    def lines(self) -> list[str]:
        """Lines on standard output."""
        return self.out.splitlines()

    @property
    def objects(self) -> list[dict[str, Any]]:
        """JSON objects on standard output, one a line."""
        import json

        return [json.loads(line) for line in self.lines]


def run(*arguments: str, stdin: bytes = b"") -> Ended:
    """Run ``qmiprobe`` with ``arguments``; errors become exit statuses as they do in ``main``."""
    out, err = io.StringIO(), io.StringIO()
    source = io.TextIOWrapper(io.BytesIO(stdin))
    with mock.patch.object(sys, "stdin", source), redirect_stdout(out), redirect_stderr(err):
        status = _main._run(list(arguments))
    return Ended(int(status), out.getvalue(), err.getvalue())
