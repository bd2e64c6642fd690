# SPDX-License-Identifier: GPL-2.0-or-later
"""The search for a size is exact, short, and cannot be led astray for ever."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qmiprobe.link._search import Search


def _run(truth: int, *, low: int, high: int, count: int = 4, hint: int | None = None) -> int:
    """Search where every size up to ``truth`` passes; return how many rounds it took."""
    search = Search(low=low, high=high, base=1200)
    rounds = 0
    while not search.done:
        sizes = search.next_sizes(count, hint=hint)
        assert sizes == tuple(sorted(set(sizes)))
        assert sizes
        assert all(search.low < size < search.high for size in sizes)
        assert len(sizes) <= max(count, 2)
        passed = [size for size in sizes if size <= truth]
        search.note(passed=passed, lost=[size for size in sizes if size > truth])
        rounds += 1
    assert search.low == truth
    return rounds


@given(st.integers(128, 1499))
def test_every_size_is_found_within_six_rounds(truth: int) -> None:
    assert _run(truth, low=128, high=1500) <= 6


@given(st.integers(1200, 1499))
def test_usual_sizes_are_found_within_four_rounds(truth: int) -> None:
    assert _run(truth, low=128, high=1500) <= 4


@given(st.integers(128, 1499))
def test_a_true_hint_takes_one_round(truth: int) -> None:
    assert _run(truth, low=128, high=1500, hint=truth) == 1


@given(st.integers(128, 1499), st.integers(0, 70000))
def test_a_false_hint_does_no_harm(truth: int, hint: int) -> None:
    assert _run(truth, low=128, high=1500, hint=hint) <= 7


@given(st.data())
def test_it_ends_whatever_passes_and_is_lost(data: st.DataObject) -> None:
    search = Search(low=100, high=data.draw(st.integers(101, 2000)), base=1200)
    for _ in range(20):
        if search.done:
            break
        gap = search.high - search.low
        sizes = search.next_sizes(4)
        passed = [size for size in sizes if data.draw(st.booleans())]
        search.note(passed=passed, lost=[size for size in sizes if size not in passed])
        assert search.high - search.low < gap
    assert search.done


def test_a_search_needs_a_gap() -> None:
    with pytest.raises(ValueError, match="low must be below high"):
        Search(low=1500, high=1500, base=1200)
