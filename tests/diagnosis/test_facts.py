# SPDX-License-Identifier: GPL-2.0-or-later
"""Facts are JSON data with a source, and can be saved and read back."""

from __future__ import annotations

import json
from enum import IntEnum

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qmiprobe.diagnosis import Facts, JsonValue, Outcome, Reason
from tests.diagnosis.cases import facts_of

JSON: st.SearchStrategy[JsonValue] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=10,
)


@given(st.dictionaries(st.text(), st.tuples(JSON, st.text(), st.booleans())))
def test_saved_facts_are_the_same_when_read_back(
    entries: dict[str, tuple[JsonValue, str, bool]],
):
    facts = Facts()
    for name, (value, source, personal) in entries.items():
        facts.add(name, value, source=source, personal=personal)
    saved = json.loads(json.dumps(facts.to_json()))
    assert list(Facts.from_json(saved)) == list(facts)


def test_a_fact_has_a_value_and_a_source():
    facts = facts_of({"sim.state": "absent"})
    assert facts.get("sim.state") == "absent"
    assert facts.source("sim.state") == "seen as sim.state"
    assert "sim.state" in facts
    assert len(facts) == 1


def test_a_fact_that_was_not_observed_reads_as_nothing():
    facts = Facts()
    assert facts.get("sim.state") is None
    assert facts.get("sim.state", "unknown") == "unknown"
    assert facts.source("sim.state") == ""
    assert facts.fact("sim.state") is None
    assert "sim.state" not in facts


def test_a_fact_that_is_added_again_replaces_the_earlier_one():
    facts = facts_of({"a.b": 1})
    facts.add("a.b", 2, source="later", personal=True)
    assert [(f.value, f.source, f.personal) for f in facts] == [(2, "later", True)]


def test_readers_give_only_what_has_their_type():
    facts = facts_of({"t": "text", "i": 3, "f": 2.5, "b": True, "l": ["x", 1, {"k": "v"}]})
    assert [facts.text(name) for name in "tifbl"] == ["text", None, None, None, None]
    assert [facts.integer(name) for name in "tifbl"] == [None, 3, None, None, None]
    assert [facts.number(name) for name in "tifbl"] == [None, 3, 2.5, None, None]
    assert [facts.flag(name) for name in "tifbl"] == [None, None, None, True, None]
    assert [facts.texts(name) for name in "tl"] == [(), ("x",)]
    assert [facts.records(name) for name in "tl"] == [(), ({"k": "v"},)]


def test_what_is_kept_is_a_copy_as_plain_json():
    class Number(IntEnum):
        ONE = 1

    mutable = [1]
    facts = Facts()
    facts.add("a", {"outcome": Outcome.FAIL, "n": Number.ONE, "t": (1, 2), "l": mutable}, source="")
    mutable.append(2)
    value = facts.get("a")
    assert value == {"outcome": "fail", "n": 1, "t": [1, 2], "l": [1]}
    assert isinstance(value, dict)
    assert (type(value["outcome"]), type(value["n"])) == (str, int)


def test_a_value_that_is_not_json_is_refused_where_it_is_added():
    with pytest.raises(TypeError, match="fact a: bytes is not JSON data"):
        Facts().add("a", [b"x"], source="")


@pytest.mark.parametrize(
    ("data", "complaint"),
    [
        ({"name": "a"}, "must be a list"),
        ("text", "must be a list"),
        ([1], "fact 0: not an object"),
        ([{"name": "a", "value": 1}, {"value": 1}], "fact 1: needs name"),
        ([{"name": "a"}], "fact 0: needs name, value and source"),
    ],
)
def test_damaged_saved_facts_are_refused_by_place(data: JsonValue, complaint: str):
    with pytest.raises(ValueError, match=complaint):
        Facts.from_json(data)


def test_facts_under_a_root_are_those_below_its_dot():
    facts = facts_of({"sim.state": 1, "sim.pin.tries": 2, "simple": 3})
    assert [fact.name for fact in facts.under("sim")] == ["sim.state", "sim.pin.tries"]


def test_each_reason_has_the_exit_status_of_the_contract():
    assert {reason.value: reason.exit_status for reason in Reason} == {
        "defect": 1,
        "cannot-test": 3,
        "no-answer": 4,
        "other-protocol": 5,
    }
