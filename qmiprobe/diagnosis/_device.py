# SPDX-License-Identifier: GPL-2.0-or-later
"""Rules about device."""

from __future__ import annotations
