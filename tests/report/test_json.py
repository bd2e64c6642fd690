# SPDX-License-Identifier: GPL-2.0-or-later
"""The JSON document of a report holds to its schema and to the contract's keys."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from typing import Any

import jsonschema
import pytest

from qmiprobe import __version__
from qmiprobe.check import Report
from qmiprobe.report import report_json, schema
from tests.report import reports

ALL = [reports.healthy, reports.no_sim, reports.every_outcome, reports.personal]
Document = dict[str, Any]


def document_of(make: Callable[[], Report]) -> Document:
    """The document as a script reads it."""
    document: Document = json.loads(json.dumps(report_json(make())))
    return document


def validator() -> jsonschema.Draft202012Validator:
    return jsonschema.Draft202012Validator(
        schema("report"), format_checker=jsonschema.FormatChecker()
    )


@pytest.mark.parametrize("make", ALL)
def test_every_report_holds_to_the_schema(make: Callable[[], Report]):
    validator().validate(document_of(make))


def test_the_keys_are_those_of_the_contract():
    document = document_of(reports.no_sim)
    assert list(document) == [
        *("format", "tool", "device", "started", "duration_s", "outcome", "exit_status"),
        *("checks", "findings"),
    ]
    for check in document["checks"]:
        assert list(check) == [
            *("id", "outcome", "reason", "summary", "evidence", "duration_s", "blocked_by")
        ]
        for line in check["evidence"]:
            assert list(line) == ["text", "value", "unit", "source"]
    for finding in document["findings"]:
        assert set(finding) == {
            *("id", "title", "modem", "explains", "follows", "evidence", "remedy")
        }
        assert set(finding["remedy"]) == {"text", "commands", "undo", "lasting"}


def test_the_values_are_those_of_the_report():
    document = document_of(reports.no_sim)
    assert document["tool"] == {"name": "qmiprobe", "version": __version__}
    assert (document["outcome"], document["exit_status"]) == ("fail", 1)
    assert document["duration_s"] == 3.142
    opened, sim, radio = document["checks"][:3]
    assert (opened["outcome"], opened["reason"], opened["blocked_by"]) == ("pass", None, None)
    assert (sim["outcome"], sim["reason"], sim["duration_s"]) == ("fail", "defect", 0.021)
    assert sim["evidence"] == [
        {
            "text": "card state: absent",
            "value": "absent",
            "unit": None,
            "source": "uim get-card-status",
        }
    ]
    assert (radio["outcome"], radio["blocked_by"]) == ("blocked", "sim.ready")
    (finding,) = document["findings"]
    assert (finding["id"], finding["explains"]) == ("sim/absent", ["sim.ready"])
    assert finding["modem"] == "/dev/cdc-wdm0"
    assert finding["remedy"]["commands"] == ["qmicli -p -d /dev/cdc-wdm0 --uim-get-card-status"]


def _spoil(document: Document, how: str) -> None:
    check, finding = document["checks"][1], document["findings"][0]
    changes: dict[str, Callable[[], object]] = {
        "no format": lambda: document.pop("format"),
        "another format": lambda: document.update(format="qmiprobe-report/2"),
        "a fail without a reason": lambda: check.update(reason=None),
        "a reason without a fail": lambda: document["checks"][0].update(reason="defect"),
        "blocked by nothing": lambda: document["checks"][2].update(blocked_by=None),
        "an unknown outcome": lambda: check.update(outcome="failed"),
        "a status that is none": lambda: document.update(exit_status=2),
        "a time that is no time": lambda: document.update(started="yesterday"),
        "evidence without a text": lambda: check["evidence"][0].pop("text"),
        "a finding that explains nothing": lambda: finding.update(explains=[]),
        "a finding without an area": lambda: finding.update(id="absent"),
        "a remedy without undo": lambda: finding["remedy"].pop("undo"),
        "a check id with a blank": lambda: check.update(id="sim ready"),
    }
    changes[how]()


@pytest.mark.parametrize(
    "how",
    [
        *("no format", "another format", "a fail without a reason", "a reason without a fail"),
        *("blocked by nothing", "an unknown outcome", "a status that is none"),
        *("a time that is no time", "evidence without a text", "a finding that explains nothing"),
        *("a finding without an area", "a remedy without undo", "a check id with a blank"),
    ],
)
def test_the_schema_refuses_what_is_no_report(how: str):
    document = document_of(reports.no_sim)
    validator().validate(document)
    spoilt = copy.deepcopy(document)
    _spoil(spoilt, how)
    with pytest.raises(jsonschema.ValidationError):
        validator().validate(spoilt)


def test_keys_may_be_added_within_a_version():
    document = document_of(reports.no_sim)
    document["later"] = document["checks"][0]["later"] = 1
    validator().validate(document)
