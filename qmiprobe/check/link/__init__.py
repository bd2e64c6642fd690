# SPDX-License-Identifier: GPL-2.0-or-later
"""The ladder of `link`: the data path in depth, from the netdev to the quality of the link.

Rungs stand in groups, a file each with a tuple ``RUNGS``; ``_ladder`` puts them in order. All
share one :class:`LinkContext`; the engine is that of `check`.
"""

from __future__ import annotations

from qmiprobe.check.link._context import LinkContext, LinkOptions, Pace, open_link
from qmiprobe.check.link._ladder import LINK_LADDER

__all__ = ["LINK_LADDER", "LinkContext", "LinkOptions", "Pace", "open_link"]
