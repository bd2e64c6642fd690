# SPDX-License-Identifier: GPL-2.0-or-later
"""The command line. One file for each subcommand, imported only when that one runs."""

from __future__ import annotations

from qmiprobe.cli._main import main

__all__ = ["main"]
