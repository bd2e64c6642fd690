# SPDX-License-Identifier: GPL-2.0-or-later
"""The ladder of `link`, in order. A group that is added has its line here."""

from __future__ import annotations

from qmiprobe.check.link import (
    _rungs_each_way,
    _rungs_host,
    _rungs_nat,
    _rungs_netdev,
    _rungs_path,
    _rungs_quality,
    _rungs_reach,
)
from qmiprobe.check.link._context import Rung
from qmiprobe.check.link._spared import spared

LINK_LADDER: tuple[Rung, ...] = (
    *_rungs_netdev.RUNGS,
    *_rungs_host.RUNGS,
    *_rungs_reach.RUNGS,
    *map(
        spared,
        (
            *_rungs_quality.FIRST,
            *_rungs_path.RUNGS,
            *_rungs_nat.RUNGS,
            *_rungs_each_way.RUNGS,
            *_rungs_quality.RUNGS,
        ),
    ),
)
