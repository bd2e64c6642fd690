# SPDX-License-Identifier: GPL-2.0-or-later
"""``python -m qmiprobe``: the same as the ``qmiprobe`` command."""

from __future__ import annotations

from qmiprobe.cli import main

if __name__ == "__main__":
    main()
