# SPDX-License-Identifier: GPL-2.0-or-later
"""Which tests run in the lab's machine, and how long one may run for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests import requirements
from tests.lab import INSIDE

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pytest

_BOOT_SECONDS = 60.0
_TEST_SECONDS = 120.0


def in_lab(item: pytest.Item) -> bool:
    """Return whether ``item``, met outside, is to be run in the machine."""
    if INSIDE or not any("lab" in marker.args for marker in item.iter_markers("needs")):
        return False
    return requirements.missing("lab") is None


def seconds_for(items: Iterable[pytest.Item]) -> float:
    """Return the most that a machine may take that runs ``items``."""
    markers = (item.get_closest_marker("time_limit") for item in items)
    limits = (float(marker.args[0]) if marker else _TEST_SECONDS for marker in markers)
    return _BOOT_SECONDS + sum(limits)
