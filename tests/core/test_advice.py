# SPDX-License-Identifier: GPL-2.0-or-later
"""Advice on codes: every line belongs to a value that exists, and is a line."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator

import pytest

from qmiprobe._advice import FILE, advice
from qmiprobe._definitions import definitions_folder
from qmiprobe.cli._definition_files import enums_of
from qmiprobe.mbim.services._shared import NwError, Status
from qmiprobe.qmi._call_end import call_end_reason
from qmiprobe.qmi.services import nas, voice, wds
from qmiprobe.qmi.services._shared import Error

TABLES = tomllib.loads((definitions_folder() / FILE).read_text(encoding="utf-8"))


def values_of(key: str) -> dict[str, int | str]:
    protocol, service, enum = key.split(".", 2)
    return enums_of(protocol, "_shared" if service == "shared" else service)[enum]


def by_name() -> Iterator[tuple[str, str, str]]:
    for protocol in ("qmi", "mbim"):
        for service, enums in TABLES[protocol].items():
            for enum, lines in enums.items():
                for name, line in lines.items():
                    yield f"{protocol}.{service}.{enum}", name, line


def test_every_line_is_about_a_value_that_the_definitions_have():
    wrong = [f"{key}: {name}" for key, name, _ in by_name() if name not in values_of(key)]
    assert not wrong


def test_every_cause_has_a_name_in_one_of_its_enums():
    for causes in ("mobility", "session"):
        enums = [key for key, tables in TABLES["causes"].items() if causes in tables]
        known = {value for key in enums for value in values_of(key).values()}
        assert {int(number) for number in TABLES[causes]} <= known


def test_lines_are_sentences_of_a_readable_length():
    lines = [line for *_, line in by_name()]
    lines += [line for causes in ("mobility", "session") for line in TABLES[causes].values()]
    assert len(lines) > 100
    assert [line for line in lines if not line.endswith(".") or len(line) > 160] == []


@pytest.mark.parametrize(
    ("value", "part"),
    [
        (Error.NO_SIM, "no SIM"),
        (Status.RADIO_POWER_OFF, "radio is off"),
        (nas.RejectCause(11), "does not let the SIM in"),
        (NwError(8), "Neither data nor calls"),
        (NwError(33), "plan does not include"),
        (wds.CallEndReasonVerbose3gpp(8), "barred data"),
        (wds.CallEndReason.GENERIC_NO_SERVICE, "no service"),
    ],
)
def test_a_value_finds_the_line_of_its_own_enum(value: Error, part: str):
    assert part in (advice(value) or "")


@pytest.mark.parametrize(
    "value",
    [Error.NONE, NwError(0), Error(65000), voice.CallEndReason(33), nas.RejectCause(34)],
)
def test_other_values_have_none(value: Error):
    assert advice(value) is None


def test_a_verbose_reason_is_named_within_its_type():
    kind = wds.CallEndReasonVerboseType
    reason = wds.VerboseCallEndReason(type=kind.from_name("internal"), reason=209)
    named = call_end_reason(reason)
    assert named is not None
    assert named.name == "pdn-ipv4-call-throttled"
    assert "hold" in (advice(named) or "")
    assert call_end_reason(wds.VerboseCallEndReason(type=kind(99), reason=1)) is None
