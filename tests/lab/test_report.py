# SPDX-License-Identifier: GPL-2.0-or-later
"""``qmiprobe report`` on the real kernel: the saved machine says what the machine itself said."""

from __future__ import annotations

import json
from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest

from tests.lab.online import Judge, judge_process
from tests.lab.plugged import DRIVERS, plugged, write

pytestmark = [pytest.mark.needs("lab"), pytest.mark.time_limit(240)]


@pytest.fixture(name="judge", scope="module")
def _judge() -> Generator[Judge, None, None]:
    with judge_process() as judge:
        yield judge


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
