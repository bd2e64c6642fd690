# SPDX-License-Identifier: GPL-2.0-or-later
"""``qmiprobe check`` at the real nodes of healthy modems."""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path

import pytest

from tests.lab.online import Judge, judge_process, online, write_targets
from tests.lab.plugged import write

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
