# SPDX-License-Identifier: GPL-2.0-or-later
"""After a rebind or a replug: what is not as it was is told, and nothing else."""

from __future__ import annotations

import json
import os
import stat
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest
import trio

from qmiprobe import host
from qmiprobe.address import parse, resolve
from qmiprobe.check._before import Before, Notes, differences
from qmiprobe.check._check import Result
from qmiprobe.check._context import CheckContext, CheckOptions, open_context
from qmiprobe.check._rungs_before import device_unchanged, note_before, note_standing
from qmiprobe.check._rungs_control import control_protocol
from qmiprobe.check._rungs_device import device_identity
from qmiprobe.check._rungs_host import port_open
from qmiprobe.diagnosis import Outcome
from qmiprobe.sim import load_profile
from qmiprobe.sim._sysroot import Machine, write_sysroot

QMI = Before(
    id="03f0:581d",
    device_number=4,
    configuration=1,
    interface=3,
    driver="qmi_wwan",
    alternates={"3": 0},
    protocol="qmi",
    services={"dms": "1.14", "wds": "1.67"},
    model="LT4112",
    revision="11.350.10.00.04",
    who="0123456789abcdef",
)
MBIM = replace(
    QMI,
    configuration=3,
    interface=0,
    driver="cdc_mbim",
    protocol="mbim",
    alternates={"0": 0, "1": 1},
    ntb={"dwNtbInMaxSize": 16384},
    services={"basic-connect": "commands 1 2 3"},
)


@pytest.fixture(name="runtime", autouse=True)
def _runtime(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "runtime"
    monkeypatch.setenv("QMIPROBE_RUNTIME_DIR", str(folder))
    return folder


def told(before: Before, now: Before) -> list[str]:
    return [str(one) for one in differences(before, now)]


def test_the_same_modem_shows_no_difference():
    assert told(QMI, QMI) == []
    assert told(MBIM, replace(MBIM, device_number=9)) == []


def test_another_driver_is_told_without_what_follows_from_it():
    assert told(QMI, MBIM) == [
        "configuration: 3, was 1",
        "control interface: 0, was 3",
        "driver: cdc_mbim, was qmi_wwan",
        "protocol: mbim, was qmi",
    ]


@pytest.mark.parametrize(
    ("changed", "line"),
    [
        ({"who": "f" * 16}, "modem: not the same one, was one with another IMEI"),
        ({"revision": "12.0"}, "firmware: 12.0, was 11.350.10.00.04"),
        ({"alternates": {"0": 0, "1": 0}}, "alternate setting of interface 1: 0, was 1"),
        ({"ntb": {"dwNtbInMaxSize": 2048}}, "NTB parameter dwNtbInMaxSize: 2048, was 16384"),
        ({"services": {}}, None),
        (
            {"services": {"basic-connect": "commands 1 2"}},
            "service basic-connect: commands 1 2, was commands 1 2 3",
        ),
        ({"who": None, "model": None}, None),
    ],
)
def test_each_thing_that_changed_is_told(changed: dict[str, object], line: str | None):
    now = replace(MBIM, **changed)  # type: ignore[arg-type]
    assert told(MBIM, now) == ([line] if line else [])


def test_a_service_that_is_gone_or_new_is_named():
    now = replace(QMI, services={"dms": "1.14", "nas": "1.25"})
    assert told(QMI, now) == [
        "service nas: 1.25, was not there",
        "service wds: not there, was 1.67",
    ]


def test_notes_are_for_their_owner_and_read_back_as_written(runtime: Path):
    notes = Notes()
    assert notes.read("2-6") is None
    notes.write("2-6", MBIM)
    assert notes.read("2-6") == MBIM
    assert notes.read("2-7") is None
    file = runtime / "before" / "2-6.json"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    assert os.listdir(file.parent) == ["2-6.json"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{",
        '{"format": "qmiprobe-before/2", "id": "x"}',
        '{"format": "qmiprobe-before/1"}',
        '{"format": "qmiprobe-before/1", "id": "x", "driver": 7}',
        '{"format": "qmiprobe-before/1", "id": "x", "ntb": []}',
        '{"format": "qmiprobe-before/1", "id": "x", "new": "y"}',
    ],
)
def test_a_file_that_is_not_ours_is_no_note(runtime: Path, text: str):
    (runtime / "before").mkdir(parents=True)
    (runtime / "before" / "2-6.json").write_text(text)
    assert Notes().read("2-6") is None


@pytest.mark.parametrize("device", ["", "..", ".", "a/b", "/etc/passwd"])
def test_a_name_that_is_no_place_has_no_note(device: str):
    notes = Notes()
    notes.write(device, QMI)
    assert notes.read(device) is None


def _plugged(folder: Path, profile: str) -> host.Modem:
    if not folder.exists():
        folder.mkdir()
        write_sysroot(load_profile(profile), folder, machine=Machine())
    (modem,) = host.modems(str(folder))
    return modem


@asynccontextmanager
async def asked(
    folder: Path, profile: str = "ec25", again: Callable[[str], int | None] | None = None
) -> AsyncIterator[CheckContext]:
    """Have a modem that answers, and stands in sysfs as one that was saved."""
    modem = _plugged(folder, profile)
    async with resolve(parse(f"sim:{profile}")) as port:
        port.simulated, port.modem, port.port = False, modem, modem.ports[0]
        async with open_context(port, CheckOptions(came_again=again)) as context:
            for rung in (port_open, control_protocol, device_identity):
                assert (await rung(context)).outcome is Outcome.PASS
            yield context


async def checked(folder: Path, profile: str = "ec25", *, again: int | None = 0) -> Result:
    async with asked(folder, profile, lambda _: again) as context:
        return await device_unchanged(context)


@pytest.mark.parametrize("profile", ["ec25", "em7455"])
async def test_the_first_check_has_nothing_to_compare_and_the_second_finds_no_change(
    tmp_path: Path, profile: str
):
    first = await checked(tmp_path / "root", profile)
    assert first.outcome is Outcome.SKIPPED
    second = await checked(tmp_path / "root", profile)
    assert (second.outcome, second.summary) == (Outcome.PASS, "as it was")
    (note,) = (tmp_path / "runtime" / "before").iterdir()
    kept = json.loads(note.read_text())
    assert kept["services"]
    assert load_profile(profile).identity.imei not in note.read_text()


async def test_another_modem_in_its_place_is_a_warning(tmp_path: Path):
    await checked(tmp_path / "root")
    before = Notes().read("2-6")
    assert before is not None
    Notes().write("2-6", replace(before, who="another one", device_number=99))
    result = await checked(tmp_path / "root")
    assert result.outcome is Outcome.WARN
    assert "not the same one" in result.summary
    # What was there before stays the measure: it is told again.
    assert (await checked(tmp_path / "root")).outcome is Outcome.WARN


async def test_a_modem_that_came_again_meanwhile_is_a_warning(tmp_path: Path):
    await checked(tmp_path / "root")
    result = await checked(tmp_path / "root", again=2)
    assert result.outcome is Outcome.WARN
    assert "came again 2 times" in result.summary
    assert [one.value for one in result.evidence][:1] == [2]


async def test_where_comings_cannot_be_heard_that_is_said(tmp_path: Path):
    await checked(tmp_path / "root")
    result = await checked(tmp_path / "root", again=None)
    assert result.outcome is Outcome.PASS
    assert result.evidence[0].value == "not known"


async def test_a_plain_check_makes_a_new_measure_and_keeps_the_services(tmp_path: Path):
    await checked(tmp_path / "root")
    before = Notes().read("2-6")
    assert before is not None
    Notes().write("2-6", replace(before, revision="older"))
    async with asked(tmp_path / "root") as context:
        note_before(context)
    assert Notes().read("2-6") == before
    assert (await checked(tmp_path / "root")).outcome is Outcome.PASS


async def test_how_it_stands_before_a_change_is_noted_from_sysfs_alone(tmp_path: Path):
    modem = _plugged(tmp_path / "root", "ec25")
    note_standing(modem, modem.ports[0])
    alone = Notes().read("2-6")
    assert alone is not None
    assert (alone.driver, alone.interface, alone.who) == ("qmi_wwan", 4, None)
    before = replace(alone, who="somebody", protocol="qmi", services={"dms": "1.14"})
    Notes().write("2-6", replace(before, configuration=7))
    note_standing(modem, modem.ports[0])
    assert Notes().read("2-6") == before
    note_standing(modem, None)
    without = Notes().read("2-6")
    assert without is not None
    assert (without.who, without.driver, without.services) == ("somebody", None, {})


async def test_a_simulated_modem_is_not_compared(runtime: Path):
    async with resolve(parse("sim:ec25")) as port, open_context(port, CheckOptions()) as context:
        assert (await device_unchanged(context)).outcome is Outcome.SKIPPED
        note_before(context)
    assert not await trio.Path(runtime).exists()
