# SPDX-License-Identifier: GPL-2.0-or-later
"""QMI and MBIM protocol client and link tester for Linux WWAN modems."""

__version__ = "0.1.0.dev0"
