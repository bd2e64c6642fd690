# SPDX-License-Identifier: GPL-2.0-or-later
"""Prints the table of docs/vpn-causes.md: ``python -m tests.vpn``."""

from __future__ import annotations

from .matrix import table

print("\n".join(table()))
