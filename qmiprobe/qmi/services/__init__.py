# SPDX-License-Identifier: GPL-2.0-or-later OR MIT
"""QMI services as typed Python, made from ``protocols/qmi``."""
