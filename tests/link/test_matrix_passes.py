# SPDX-License-Identifier: GPL-2.0-or-later
"""Each fault of what passes, of the NAT and of quality is named, and no other."""

from __future__ import annotations

import pytest

from tests.bed import recipes_passes, recipes_quality
from tests.bed.climbs import climbs
from tests.bed.matrix import Found, check
from tests.bed.recipe import Recipe

RECIPES = (*recipes_passes.RECIPES, *recipes_quality.RECIPES)
pytestmark = [
    pytest.mark.needs("netns"),
    pytest.mark.needs("tun"),
    pytest.mark.needs("nft"),
    pytest.mark.time_limit(900),  # others have their turn first
]


@pytest.fixture(scope="module")
def found() -> Found:
    """What the ladder says of each recipe."""
    return climbs(RECIPES)


@pytest.mark.parametrize("recipe", RECIPES, ids=lambda recipe: recipe.name)
def test_the_cause_is_named_and_no_other(recipe: Recipe, found: Found):
    check(recipe, found)
