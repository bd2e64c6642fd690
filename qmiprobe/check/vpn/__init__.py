# SPDX-License-Identifier: GPL-2.0-or-later
"""The ladder of `vpn`: which tunnel, what carries it, does its endpoint answer, what fits inside.

Rungs stand in groups, a file each; the engine is that of `check`.
"""

from __future__ import annotations

from qmiprobe.check.vpn import (
    _rungs_endpoint,
    _rungs_found,
    _rungs_inside,
    _rungs_routed,
    _rungs_sizes,
    _rungs_use,
)
from qmiprobe.check.vpn._context import Rung, VpnContext, VpnOptions, VpnPace

VPN_LADDER: tuple[Rung, ...] = (
    *_rungs_found.RUNGS,
    *_rungs_routed.RUNGS,
    *_rungs_endpoint.RUNGS,
    *_rungs_inside.RUNGS,
    *_rungs_sizes.RUNGS,
    *_rungs_use.RUNGS_COUNTERS,
    *_rungs_use.RUNGS_USE,
)

__all__ = ["VPN_LADDER", "VpnContext", "VpnOptions", "VpnPace"]
