# SPDX-License-Identifier: GPL-2.0-or-later
"""No personal value leaves by the page: not in its text, its pictures, its titles, its marks."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from qmiprobe import sim
from qmiprobe.check import Report
from qmiprobe.diagnosis import Evidence, Facts, Finding, Outcome, Reason, Remedy, Verdict
from qmiprobe.report import html_page
from tests.cli.program import qmiprobe
from tests.report.reports import healthy
from tests.report.test_html import Page
from tests.report.test_html_plots import EVERYTHING

PERSONAL = {
    "device.imei": "001010123456782",
    "sim.imsi": "001010123456789",
    "sim.iccid": "8988211000000123456",
    "sim.number": "+15550100",
    "link.nat.v4.mapped": "198.51.100.77",
    "link.nat.v6.mapped": "2001:db8:77::5",
    "position": "52.51631 & 13.3777",
}


def told() -> Report:
    """Each personal value stands as a fact, and in every other text that a page has."""
    facts = Facts()
    for name, value in EVERYTHING.items():
        facts.add(name, value, source="test")
    for name, value in PERSONAL.items():
        facts.add(name, value, source=f"said {value}", personal=True)
    said = " ".join(PERSONAL.values())
    lines = tuple(
        Evidence(f"{name} {value}", value, source=f"from {value}", personal=True)
        for name, value in PERSONAL.items()
    )
    remedy = Remedy(said, (f"echo {said}",), (f"undo {said}",), (f"keep {said}",))
    verdict = Verdict("sim.ready", Outcome.FAIL, Reason.DEFECT, said, lines)
    return replace(
        healthy(),
        device={"address": f"at {said}", "model": said, "revision": said, "manufacturer": said},
        verdicts=(verdict, replace(verdict, outcome=Outcome.PASS, reason=None)),
        findings=(Finding("sim/x", said, ("sim.ready",), remedy, lines, modem=said),),
        facts=facts,
    )


def words(page: Page) -> str:
    """All that a page says to anybody: texts, those of pictures too, and attributes."""
    attributes = [value for _, names in page.tags for value in names.values() if value is not None]
    return "\n".join([*page.texts, *attributes])


@pytest.mark.parametrize("value", PERSONAL.values())
def test_no_part_of_the_page_holds_a_personal_value(value: str):
    assert value not in words(Page(html_page(told())))
    assert value in words(Page(html_page(told(), keep_personal=True)))


def test_pictures_are_drawn_beside_what_is_masked():
    masked, kept = (html_page(told(), keep_personal=keep) for keep in (False, True))
    pictures = masked[masked.index("<h2>Measurements") :]
    assert pictures == kept[kept.index("<h2>Measurements") :]
    assert pictures.count("<svg") > 10


@pytest.mark.parametrize("profile", ["ec25", "em7455"])
def test_a_check_of_a_simulated_modem_writes_a_page_without_its_identity(
    profile: str, tmp_path: Path
):
    file = tmp_path / "page.html"
    ended = qmiprobe("check", f"sim:{profile}", "--html", str(file))
    assert ended.returncode == 0, ended.stderr
    page = words(Page(file.read_text(encoding="utf-8")))
    modem = sim.load_profile(profile)
    secrets = [modem.identity.imei, *(str(modem.sim[key]) for key in ("imsi", "iccid", "msisdn"))]
    assert [value for value in secrets if value in page] == []
