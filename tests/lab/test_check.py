# SPDX-License-Identifier: GPL-2.0-or-later
"""``qmiprobe check`` at the real nodes of healthy modems."""

from __future__ import annotations

import json
from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest

from tests.lab.online import Judge, judge_process, online, write_targets
from tests.lab.plugged import DRIVERS, plugged, write

pytestmark = [pytest.mark.needs("lab"), pytest.mark.time_limit(240)]

LAST_WINDOW = 16
"""Frames that a server may send ahead."""
STATISTICS = Path("/sys/class/net/wwan0/statistics")


@pytest.fixture(name="judge", scope="module")
def _judge() -> Generator[Judge, None, None]:
    with judge_process() as judge:
        yield judge


@pytest.mark.parametrize(
    ("profile", "configuration"), [("ec25", None), ("em7455", None), ("lt4112", 1)]
)
async def test_connected_check_passes_and_both_sides_count_the_same(
    judge: Judge, tmp_path: Path, profile: str, configuration: int | None
):
    async with online(profile, configuration=configuration) as modem:
        if profile == "ec25":  # its firmware speaks raw-IP only, and the driver starts with 802.3
            await write(Path("/sys/class/net/wwan0/qmi/raw_ip"), "Y")
        targets = write_targets(modem.plane.network.targets(), tmp_path / "targets.toml")
        options = ("--connect", "--apn", "internet.example", "--targets", targets)
        report = await judge.check("/dev/cdc-wdm0", *options)
        assert report.of("fail", "warn", "blocked", "broken") == {}, str(report)
        assert report.status == 0, str(report)
        assert report.findings == []
        assert set(report.of("pass")) >= {"driver.bound", "control.answers", "link.pmtu-down"}
        counters = modem.plug.body.port.counters
        sent, received = (int((STATISTICS / f"{one}_packets").read_text()) for one in ("tx", "rx"))
        assert sent == counters.up_frames
        # The check ends while the rest of a large page is on its way: what comes then is not
        # counted by a netdev that goes down. test_data_path.py compares without that.
        assert counters.down_frames - LAST_WINDOW <= received <= counters.down_frames
        assert int((STATISTICS / "rx_errors").read_text()) == 0
        assert modem.plug.modem.client_ids == []
        assert modem.plug.modem.state.sessions.numbers == []


async def test_check_without_a_device_finds_the_modem_and_reads_only(judge: Judge):
    async with online("ec25") as modem:
        report = await judge.check()
        assert report.status == 0, str(report)
        assert report.of("fail", "warn", "blocked", "broken") == {}, str(report)
        assert report.outcomes["session.up"] == "skipped"
        assert modem.plug.body.port.counters.up_packets == 0


async def test_list_shows_the_modem_with_driver_node_and_netdev(judge: Judge):
    async with online("ec25"):
        status, output, errors = await judge.run("list")
        assert (status, errors) == (0, "")
        for text in ("1-1", "2c7c:0125", "qmi_wwan", "/dev/cdc-wdm0", "wwan0"):
            assert text in output, output


async def test_a_report_shows_what_the_machine_showed(judge: Judge, tmp_path: Path):
    file = str(tmp_path / "saved.tar.gz")
    async with plugged("ec25") as modem, plugged("lt4112"):
        unbind = DRIVERS / "qmi_wwan" / "unbind"
        await write(unbind, f"{modem.name}:1.4")
        live = [await said(judge, command) for command in ("list", "doctor")]
        assert (await said(judge, "report", file, "--timeout", "600"))["failures"] == []
    saved = [await said(judge, command, "--sysroot", file) for command in ("list", "doctor")]
    assert len(live[0]["modems"]) == 2
    assert saved[0] == live[0]
    causes = [sorted(one["id"] for one in document["findings"]) for document in (live[1], saved[1])]
    assert causes[0] == causes[1]
    assert {"driver/unbound", "usb/wrong-configuration"} <= set(causes[0])
    assert host_side(saved[1]) == host_side(live[1])


async def said(judge: Judge, *words: str) -> dict[str, Any]:
    """Return the JSON document that a command prints."""
    _, output, errors = await judge.run(*words, "--json", seconds=200)
    assert output, errors
    document: dict[str, Any] = json.loads(output)
    return document


def host_side(document: dict[str, Any]) -> list[tuple[str, str, str]]:
    """Return what the checks said that need the machine's files only."""
    return [
        (one["id"], one["outcome"], one["summary"])
        for one in document["checks"]
        if one["id"].startswith(("usb.", "driver."))
    ]
