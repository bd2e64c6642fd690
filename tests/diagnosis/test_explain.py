# SPDX-License-Identifier: GPL-2.0-or-later
"""The fewest causes that explain every failed check, on rules made for the test."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qmiprobe.diagnosis import (
    Evidence,
    Facts,
    Finding,
    Outcome,
    Reason,
    Remedy,
    Verdict,
    explain,
)
from qmiprobe.diagnosis._rules import Cause, Rule, Verdicts
from tests.diagnosis.cases import QMI, facts_of, failing, passing

NOTHING = Facts()


def fires(name: str, *explains: str, follows: tuple[str, ...] = (), tell_apart: str = "") -> Rule:
    """A rule that always finds its cause."""

    def recognise(facts: Facts, verdicts: Verdicts) -> Cause:
        return Cause(f"cause {name}", Remedy("Mend it."), (Evidence(f"seen {name}"),))

    return Rule(name, explains, recognise, follows, tell_apart)


def named(rules: list[Rule], *failed: str) -> list[str]:
    return [finding.id for finding in findings(rules, *failed)]


def findings(rules: list[Rule], *failed: str) -> tuple[Finding, ...]:
    return explain(NOTHING, [failing(check) for check in failed], rules=rules)


def test_without_a_failure_nothing_is_found_whatever_the_rules_say():
    verdicts = [
        passing("a"),
        Verdict("b", Outcome.WARN),
        Verdict("c", Outcome.BLOCKED, blocked_by="x"),
        Verdict("d", Outcome.BROKEN),
    ]
    assert explain(NOTHING, verdicts, rules=[fires("one", "a", "b", "c", "d")]) == ()


def test_a_cause_that_explains_no_failed_check_is_not_named():
    assert named([fires("one", "a"), fires("two", "b")], "a") == ["one"]


def test_one_cause_of_two_failures_is_named_rather_than_one_for_each():
    rules = [fires("of-a", "a"), fires("of-b", "b"), fires("of-both", "a", "b")]
    assert named(rules, "a", "b") == ["of-both"]


def test_two_causes_are_named_where_none_explains_both():
    rules = [fires("of-b", "b"), fires("of-a", "a")]
    assert named(rules, "a", "b") == ["of-a", "of-b"]


def test_the_fewest_are_found_where_the_largest_first_would_take_one_more():
    rules = [
        fires("large", "b", "c", "d", "e"),
        fires("left", "a", "b", "c"),
        fires("right", "d", "e", "f"),
    ]
    assert named(rules, "a", "b", "c", "d", "e", "f") == ["left", "right"]


def test_two_that_cannot_be_told_apart_are_both_named_with_the_test_that_would():
    rules = [fires("one", "a", tell_apart="it rains"), fires("two", "a"), fires("third", "b")]
    one, two, third = findings(rules, "a", "b")
    assert (one.id, two.id, third.id) == ("one", "two", "third")
    assert one.evidence[-1].text == (
        "cannot be told apart from two by what was seen; it is this one if it rains"
    )
    assert two.evidence[-1].text == "cannot be told apart from one by what was seen"
    assert [evidence.text for evidence in third.evidence] == ["seen third"]


def test_what_follows_from_a_cause_is_none_itself():
    rules = [fires("symptom", "b"), fires("root", "a", follows=("symptom",))]
    (finding,) = findings(rules, "a", "b")
    assert (finding.id, finding.explains, finding.follows) == ("root", ("a", "b"), ("symptom",))


def test_what_follows_does_so_through_others_and_needs_not_fire():
    rules = [
        fires("third", "c"),
        fires("second", "b", follows=("third",)),
        fires("first", "a", follows=("second", "never-fires")),
    ]
    (finding,) = findings(rules, "a", "c")
    assert (finding.id, finding.follows) == ("first", ("second", "third"))


def test_findings_stand_in_the_order_of_the_ladder():
    rules = [fires("late", "c"), fires("early", "a"), fires("middle", "b")]
    assert named(rules, "a", "b", "c") == ["early", "middle", "late"]


def test_only_the_failed_checks_are_said_to_be_explained():
    (finding,) = explain(NOTHING, [failing("b"), passing("a")], rules=[fires("one", "a", "b")])
    assert finding.explains == ("b",)


def test_a_failed_check_without_a_cause_is_unexplained_and_asks_for_a_report():
    verdict = Verdict("b", Outcome.FAIL, Reason.DEFECT, "bad", (Evidence("odd"),))
    facts = facts_of({**QMI, "device.address": "sim:ec25?fault=x&fault=y"})
    one, unexplained = explain(facts, [failing("a"), verdict], rules=[fires("one", "a")])
    assert one.explains == ("a",)
    assert (unexplained.id, unexplained.explains) == ("unexplained", ("b",))
    assert unexplained.title.startswith("not explained: b failed (bad)")
    assert unexplained.evidence == (Evidence("odd"),)
    assert "report" in unexplained.remedy.text
    assert unexplained.remedy.commands == (
        "qmiprobe check 'sim:ec25?fault=x&fault=y' --trace qmiprobe.trace --json > qmiprobe.json",
    )


def test_a_rule_that_falls_over_costs_no_report_and_is_shown_where_it_may_have_mattered():
    def falls(facts: Facts, verdicts: Verdicts) -> Cause | None:
        raise KeyError("oops")

    rules = [Rule("bad", ("a",), falls), fires("good", "b")]
    unexplained, good = findings(rules, "a", "b")
    assert (unexplained.id, good.id) == ("unexplained", "good")
    assert "rule bad is broken: KeyError" in unexplained.evidence[-1].text


@pytest.mark.parametrize("black_hole", [1430, 1400])
def test_a_black_hole_follows_from_the_mtu_only_where_the_sizes_agree(black_hole: int):
    facts = facts_of(
        {
            **QMI,
            "netdev.mtu": 1500,
            "session.mtu": 1430,
            "link.pmtu_up.v4.size": black_hole,
            "link.pmtu_up.v4.black_hole": True,
        }
    )
    found = explain(facts, [failing("netdev.mtu"), failing("link.pmtu-up")])
    expected = {
        1430: [("netdev/mtu-above-network", ("netdev.mtu", "link.pmtu-up"))],
        1400: [
            ("netdev/mtu-above-network", ("netdev.mtu",)),
            ("path/mtu-black-hole-up", ("link.pmtu-up",)),
        ],
    }
    assert [(finding.id, finding.explains) for finding in found] == expected[black_hole]


def test_a_format_mismatch_takes_the_phantom_session_with_it():
    facts = facts_of(
        {
            **QMI,
            "netdev.format": "802.3",
            "netdev.expected_format": "raw-ip",
            "session.up": True,
            "session.sent": 0,
            "link.return.tap_out": 9,
            "link.return.tap_in": 0,
        }
    )
    (finding,) = explain(facts, [failing("link.return")])
    assert (finding.id, finding.follows) == ("netdev/format-mismatch", ("netdev/lost-at-modem",))


def test_two_causes_of_a_radio_that_is_off_are_both_named_on_a_modem_that_ships_locked():
    facts = facts_of({**QMI, "device.mode": "low-power", "device.usb_id": "1199:9079"})
    low_power, locked = explain(facts, [failing("device.mode")])
    assert (low_power.id, locked.id) == ("device/low-power", "device/fcc-locked")
    assert "the command to switch it on is accepted" in low_power.evidence[-1].text
    assert "InvalidTransition" in locked.evidence[-1].text


def test_a_wrong_page_by_name_alone_is_the_work_of_the_liar_in_the_dns():
    facts = facts_of(
        {
            **QMI,
            "link.dns.v4": [{"server": "198.51.100.53", "answered": True, "missing": ["x"]}],
            "link.http.v4": [
                {"host": "h", "by": "address", "status": 204, "expected": 204},
                {"host": "h", "by": "name", "status": 302, "expected": 204},
            ],
        }
    )
    (finding,) = explain(facts, [failing("link.dns"), failing("link.tcp")])
    assert (finding.id, finding.explains) == ("path/dns-hijacked", ("link.dns", "link.tcp"))


CHECKS = st.sampled_from("abcdef")


@given(
    st.lists(st.sets(CHECKS, min_size=1), max_size=7),
    st.sets(CHECKS, min_size=1).map(lambda checks: tuple(sorted(checks))),
)
def test_every_failure_is_explained_once_it_can_be_and_nothing_else(
    covers: list[set[str]], failed: tuple[str, ...]
):
    rules = [fires(f"r{n}", *sorted(cover)) for n, cover in enumerate(covers)]
    found = findings(rules, *failed)
    explained = [check for finding in found for check in finding.explains]
    assert set(explained) == set(failed)
    can_be = set().union(*covers) & set(failed)
    unexplained = [finding.explains for finding in found if finding.id == "unexplained"]
    assert unexplained == [(check,) for check in failed if check not in can_be]


def test_a_warning_has_a_cause_where_a_rule_is_about_it_and_a_failure_none_of_these():
    about = Rule("area/odd", ("b",), lambda *_: Cause("odd", Remedy("None needed.")), (), "", True)
    warned = Verdict("b", Outcome.WARN, summary="b is odd")
    (finding,) = explain(NOTHING, [passing("a"), warned], rules=(about,))
    assert (finding.id, finding.explains) == ("area/odd", ("b",))
    assert explain(NOTHING, [passing("a"), passing("b")], rules=(about,)) == ()
    (finding,) = explain(NOTHING, [failing("b")], rules=(about,))
    assert finding.id == "unexplained"
    other = [one.id for one in explain(NOTHING, [failing("a"), warned], rules=(about,))]
    assert other == ["unexplained", "area/odd"]
