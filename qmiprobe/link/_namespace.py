# SPDX-License-Identifier: GPL-2.0-or-later
"""Whether this process is in the machine's first network namespace, that of its daemons."""

from __future__ import annotations

import os


def in_first_namespace() -> bool:
    """Return whether it is, also where that cannot be read (as without root).

    In another one, what ModemManager, systemd-resolved and sysfs say of a netdev is about one
    that happens to have the same name or number.
    """
    try:
        return os.readlink("/proc/self/ns/net") == os.readlink("/proc/1/ns/net")
    except OSError:
        return True
