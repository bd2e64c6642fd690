# SPDX-License-Identifier: GPL-2.0-or-later
"""Rules about link."""

from __future__ import annotations
