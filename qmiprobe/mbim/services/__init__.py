# SPDX-License-Identifier: GPL-2.0-or-later OR MIT
"""MBIM services as typed Python, made from ``protocols/mbim``."""
