# SPDX-License-Identifier: GPL-2.0-or-later
"""The matrix of causes: each recipe of a file by itself, what it is found to be, and no other.

A test file of the matrix is three lines::

    recipes, climbed_all = matrix(recipes_host.RECIPES)

    @recipes
    def test_..(recipe, climbed_all): check(recipe, climbed_all)
"""

from __future__ import annotations

from collections.abc import Mapping

from qmiprobe.diagnosis import Outcome
from tests.netns import BodyFailed

from .climbs import Climbed
from .recipe import Recipe

Found = Mapping[str, Climbed | BodyFailed]


def check(recipe: Recipe, found: Found) -> None:
    """The recipe's finding is named and no other; no check is broken."""
    climbed = found[recipe.name]
    if isinstance(climbed, BodyFailed):
        raise climbed
    broken = [one for one in climbed.verdicts if one.outcome is Outcome.BROKEN]
    assert broken == [], f"\n{climbed}"
    expected = {recipe.finding} if recipe.finding is not None else set()
    assert climbed.named == expected, f"{recipe.name} ({recipe.cause})\n{climbed}"
    if recipe.explains:
        explained = {name for finding in climbed.findings for name in finding.explains}
        assert recipe.explains in explained
