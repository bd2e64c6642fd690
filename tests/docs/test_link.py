# SPDX-License-Identifier: GPL-2.0-or-later
"""The pages of `link`: its checks are those of its ladder, its matrix that of the test bed."""

from __future__ import annotations

from qmiprobe.check.link import LINK_LADDER
from qmiprobe.diagnosis._rules import all_rules
from tests.bed.recipe import all_recipes
from tests.docs.pages import DOCS, coded, rows
from tests.docs.test_catalogues import spelled_out

PAGE = DOCS / "link.md"
MATRIX = DOCS / "link-causes.md"
_CHECK = ("check", "needs", "asks", "fails when")
_CAUSE = ("recipe", "entry", "finding", "set up by")


def test_each_check_stands_in_its_place_with_what_it_needs():
    listed = [(coded(row[0])[0], spelled_out(row[1])) for row in rows(PAGE, head=_CHECK)]
    assert listed == [(check.id, check.needs) for check in LINK_LADDER]


def test_the_matrix_has_each_recipe_of_the_bed():
    listed = [(coded(row[0])[0], row[1], coded(row[2])[0]) for row in rows(MATRIX, head=_CAUSE)]
    expected = [(one.name, one.cause, one.finding) for one in all_recipes() if one.finding]
    assert sorted(listed) == sorted((name, cause, str(found)) for name, cause, found in expected)


def test_what_recipes_are_named_is_a_finding():
    known = {rule.id for rule in all_rules()}
    assert {one.finding for one in all_recipes() if one.finding} <= known


def test_there_are_as_many_causes_as_were_promised():
    causes = {(one.cause, one.finding) for one in all_recipes() if one.finding}
    assert len({finding for _, finding in causes}) >= 35
