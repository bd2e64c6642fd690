# SPDX-License-Identifier: GPL-2.0-or-later
"""A fresh fake machine for each test."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.host.tree import FakeTree


@pytest.fixture
def tree(tmp_path: Path) -> FakeTree:
    """Give an empty machine to add devices to."""
    return FakeTree(tmp_path)
