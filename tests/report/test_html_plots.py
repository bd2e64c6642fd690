# SPDX-License-Identifier: GPL-2.0-or-later
"""Pictures in the HTML page: of what was measured alone, to scale, said in words as well."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from qmiprobe.check.link._rungs_quality import BLOAT_FAIL_S
from qmiprobe.diagnosis import Facts, JsonValue
from qmiprobe.report import html_page
from qmiprobe.report._html_plots import BLOAT_MS, figures
from tests.report.reports import healthy
from tests.report.test_html import Page
from tests.report.test_plots import MEASURED

EVERYTHING: dict[str, JsonValue] = {
    **MEASURED,
    "link.rtt.v4.times_ms": [40.0 + number % 10 for number in range(98)] + [None, 900.0],
    "link.rtt.v4.interval_ms": 20.0,
    "radio.signal.rsrp": -121,
    "radio.signal.snr": 12.4,
    "netdev.mtu": 1500,
    "link.pmtu_up.v4.size": 1428,
    "link.pmtu_up.v4.black_hole": True,
    "link.pmtu_down.v6.size": 1400,
    "vpn.mtu": 1420,
    "vpn.inner.v4.up.size": 1360,
    "vpn.nat.kept_s": 20.0,
    "vpn.nat.lost_s": 24.5,
    "link.load.down_mbit": 12.5,
    "link.load.up_mbit": 5.0,
    "link.load.down_loss": 0.025,
}
DRAWN = {
    "Signal": ("radio.signal.rsrp",),
    "Round trips over IPv4": ("link.rtt.v4.times_ms",),
    "Largest packets": ("link.pmtu_up.v4.size", "link.pmtu_down.v6.size", "vpn.inner.v4.up.size"),
    "Sizes over IPv6": ("link.sizes.v6.tried", "link.sizes.v6.holes"),
    "How long what is idle lives": ("link.nat_lifetime.replied.at_least_s", "vpn.nat.kept_s"),
    "Throughput": ("link.load.down_mbit",),
    "Round trips under load": ("link.load.idle_ms", "link.load.down_ms"),
}


def _facts(values: dict[str, JsonValue]) -> Facts:
    facts = Facts()
    for name, value in values.items():
        facts.add(name, value, source="test")
    return facts


def _drawn(*names: str) -> str:
    return "".join(figures(_facts({name: EVERYTHING[name] for name in names})))


def _bars(drawn: str) -> list[tuple[str, float, float]]:
    """Return what bars are made of: kind, where it begins, how wide it is."""
    found = re.findall(r'<rect class="(\w+)" x="([\d.]+)" width="([\d.]+)"', drawn)
    return [(kind, float(start), float(width)) for kind, start, width in found]


def _titles(drawn: str) -> list[str]:
    return re.findall(r"<figcaption>([^<]*)</figcaption>", drawn)


def test_nothing_measured_is_no_picture():
    assert Page(html_page(healthy())).text.count("Measurements") == 0
    assert _titles(_drawn("link.load.idle_ms", "netdev.mtu", "vpn.mtu")) == []


@pytest.mark.parametrize("title", DRAWN)
def test_each_measurement_has_a_picture_of_its_own(title: str):
    assert _titles(_drawn(*DRAWN[title])) == [title]


def test_all_of_them_stand_in_the_page_once_and_it_is_valid():
    from html5lib import HTMLParser

    text = html_page(replace(healthy(), facts=_facts(EVERYTHING)))
    assert _titles(text) == list(DRAWN)
    HTMLParser(strict=True).parse(text)


SAID = (
    *("-121 dBm", "median 44 ms", "1 of 100 lost", "1428 bytes", "lost: 512 bytes"),
    *("57.5 s to 58 s", "180 s and more", "12.5 Mbit/s", "400 ms, 2.5% lost"),
)


def test_each_picture_is_said_in_words_or_stands_among_them():
    page = Page(html_page(replace(healthy(), facts=_facts(EVERYTHING))))
    pictures = [attributes for tag, attributes in page.tags if tag == "svg"]
    alone = [one for one in pictures if one.get("role") == "img"]
    assert all(one.get("aria-hidden") == "true" for one in pictures if one not in alone)
    tags = [tag for tag, _ in page.tags]
    assert tags.count("title") == len(alone) + 1, "one is the page's own"
    assert tags.count("desc") == len(alone) == 2
    assert [words for words in SAID if words not in page.text] == []


def test_signal_below_what_can_be_used_is_marked():
    kinds = [kind for kind, _, _ in _bars(_drawn("radio.signal.rsrp", "radio.signal.snr"))]
    assert kinds == ["lost", "mark"]


def test_each_packet_of_a_series_is_drawn_where_it_belongs():
    drawn = _drawn("link.rtt.v4.times_ms", "link.rtt.v4.interval_ms")
    paths = dict(re.findall(r'<path class="(\w+)"[^>]* d="([^"]*)"', drawn))
    dots = [float(one) for one in re.findall(r"M([\d.]+) [\d.]+h0", paths["dots"])]
    assert len(dots) == 98
    assert dots == sorted(dots)
    assert paths["gone"] == "M985 0V100"
    assert paths["late"].startswith("M995 ")
    assert "packet 100, after 2 s" in drawn
    assert "1 above" in drawn


def test_pings_that_the_host_leaves_out_are_not_called_lost():
    values: dict[str, JsonValue] = {
        "link.rtt.v4.times_ms": [40.0] * 12 + [None],
        "link.rtt.v4.rationed": True,
    }
    assert "1 of 13 left out by the host" in "".join(figures(_facts(values)))


def test_packets_that_all_took_as_long_are_drawn():
    values: dict[str, JsonValue] = {"link.rtt.v6.times_ms": [0.0] * 10 + [None]}
    assert "median 0 ms" in "".join(figures(_facts(values)))


def test_what_vanishes_is_red_and_what_is_told_is_not():
    values: dict[str, JsonValue] = {"netdev.mtu": 1500, "link.pmtu_up.v4.size": 1400}
    for hole, kind in ((True, "lost"), (False, "unsure")):
        told = _facts({**values, "link.pmtu_up.v4.black_hole": hole})
        passes, beyond = _bars("".join(figures(told)))
        assert passes[0] == "mark"
        assert beyond[0] == kind
        assert passes[2] + beyond[2] == pytest.approx(1000)


def test_a_lifetime_ends_where_it_was_seen_to_end():
    drawn = _drawn("vpn.nat.kept_s", "vpn.nat.lost_s")
    (lived, unsure, dead) = _bars(drawn)
    assert "not known" in drawn
    assert [one[0] for one in (lived, unsure, dead)] == ["mark", "unsure", "lost"]
    assert dead[1] / lived[2] == pytest.approx(24.5 / 20, rel=0.01)
    assert dead[1] + dead[2] == pytest.approx(1000)


def test_waiting_is_red_where_the_check_fails():
    assert BLOAT_MS == BLOAT_FAIL_S * 1000
    kinds = [kind for kind, _, _ in _bars(_drawn("link.load.idle_ms", "link.load.down_ms"))]
    assert kinds == ["mark", "lost"]
