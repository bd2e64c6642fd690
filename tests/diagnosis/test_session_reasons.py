# SPDX-License-Identifier: GPL-2.0-or-later
"""Reasons of a refused data session are sorted by what the user can do."""

from __future__ import annotations

import pytest

from qmiprobe.diagnosis._session_reasons import _BY_TYPE, Trouble, sort_reason
from tests.diagnosis.cases import QMI, facts_of, rule_called, text_of


@pytest.mark.parametrize(
    ("kind", "number", "name", "trouble"),
    [
        ("3gpp", 27, "unknown-apn", Trouble.APN),
        ("nw-error", 27, "missing-or-unknown-apn", Trouble.APN),
        ("internal", 263, "invalid-apn", Trouble.APN),
        ("3gpp", 29, "authentication-failed", Trouble.AUTHENTICATION),
        ("ppp", 32, "chap-failure", Trouble.AUTHENTICATION),
        ("internal", 209, "pdn-ipv4-call-throttled", Trouble.THROTTLED),
        ("3gpp", 50, "ipv4-only-allowed", Trouble.IP_FAMILY),
        ("nw-error", 51, "pdp-type-ipv6-only-allowed", Trouble.IP_FAMILY),
        ("internal", 231, "ip-version-mismatch", Trouble.IP_FAMILY),
        ("3gpp", 33, "option-unsubscribed", Trouble.SUBSCRIPTION),
        ("internal", 239, "apn-disallowed-on-roaming", Trouble.ROAMING),
        ("cm", 2001, "no-service", Trouble.RADIO),
        ("internal", 241, "interface-in-use-config-match", Trouble.IN_USE),
        ("3gpp", 26, "insufficient-resources", Trouble.NETWORK),
        ("status", 31, "invalid-access-string-apn", Trouble.APN),
        (None, None, "data-throttled", Trouble.THROTTLED),
        ("3gpp", 9999, None, Trouble.UNKNOWN),
        (None, None, None, Trouble.UNKNOWN),
    ],
)
def test_a_reason_comes_down_to_its_trouble(
    kind: str | None, number: int | None, name: str | None, trouble: Trouble
):
    assert sort_reason(kind, number, name) is trouble


def test_the_same_number_means_another_thing_in_another_list():
    assert sort_reason("3gpp", 2, None) is Trouble.UNKNOWN
    assert sort_reason("ppp", 2, None) is Trouble.AUTHENTICATION


def test_no_number_stands_for_two_troubles_of_one_list():
    for kind, troubles in _BY_TYPE.items():
        numbers = [number for numbers in troubles.values() for number in numbers]
        assert len(numbers) == len(set(numbers)), kind


@pytest.mark.parametrize(
    ("number", "says"),
    [
        (27, "--apn APN"),
        (29, "--user USER --password PASSWORD"),
        (51, "--connect --ip-type 6"),
        (33, "--ip-type 4"),
        (26, "Wait a few minutes"),
        (55, "mmcli -m any --simple-disconnect"),
        (9999, "ask the operator"),
    ],
)
def test_the_remedy_fits_the_network_s_reason(number: int, says: str):
    facts = facts_of({**QMI, "session.refused.type": "3gpp", "session.refused.number": number})
    finding = rule_called("session/refused")(facts, {})
    assert finding is not None
    assert says in text_of(finding)
    assert f"3gpp {number}" in finding.title


def test_a_throttled_modem_is_restarted_and_an_apn_asked_for():
    facts = facts_of({**QMI, "session.refused.type": "internal", "session.refused.number": 209})
    finding = rule_called("session/refused")(facts, {})
    assert finding is not None
    text = text_of(finding)
    assert text.index("operating-mode=low-power") < text.index("operating-mode=online")
    assert "holds back further attempts" in text
