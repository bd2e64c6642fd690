# SPDX-License-Identifier: GPL-2.0-or-later
"""Every definition and enum of libmbim is here, field by field; what differs is named."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.core.values import mbim_classes
from tests.requirements import CHECKOUT, vectors_folder

pytestmark = pytest.mark.needs("vectors")

FACTS = vectors_folder().parent / "reference"
OURS = CHECKOUT / "protocols" / "mbim"

_AVAILABLE = "the bits that say what is available are the fields' own `valid`"
DIFFERENT = {
    ("basicconnect", "ipconfiguration"): _AVAILABLE,
    ("msbasicconnectextensions", "devicecaps"): "what libmbim calls sms-class is the SIM's class",
    (
        "msbasicconnectextensions",
        "modemconfiguration",
    ): "one name for one field, in both directions",
    ("qmi", "msg"): "libmbim has one name for what is a QMUX frame in both directions",
}
"""Where our fields are others than libmbim's, and why."""

OTHER_NAMES = {
    "MbimFrequencyRange": "1 and 2 are no names: fr1, fr2",
    "MbimDrxCycle": "numbers are no names: frames-32 and so on",
    "MbimCoreError": "errors of the library, not of the protocol",
    "MbimMessageType": "the codec's own, not a definition's",
    "MbimMessageCommandType": "the codec's own, not a definition's",
}
"""Enums of libmbim that no enum of ours equals, and why."""


@dataclass(frozen=True)
class Fact:
    """One direction of one command as libmbim has it; names without case, spaces and hyphens."""

    service: str
    mbimex: str
    command: str
    kind: str
    fields: tuple[str, ...]


def _plain(name: str) -> str:
    return re.sub("[^a-z0-9]", "", name.lower())


def _facts() -> list[Fact]:
    facts: list[Fact] = []
    service, mbimex = "", ""
    for line in (FACTS / "mbim-definitions.txt").read_text(encoding="utf-8").splitlines():
        if head := re.match(r"service (.*?) ?(?:\{'mbimex-service': '(.*)', .*: '(.*)'\})?$", line):
            service, mbimex = head[2] or head[1], head[3] or "1.0"
        elif found := re.match(r" {3}(.*?) ?(query|set|response|notification) \| (.*)$", line):
            derived = {_plain(name) for name in re.findall(r"array-size-field=(\w+)", found[3])}
            names = [_plain(name) for name in re.findall(r"(?:^|, )(\w+):", found[3])]
            kept = tuple(name for name in names if name not in derived)
            facts.append(Fact(_plain(service), mbimex, _plain(found[1]), found[2], kept))
    return facts


def _ours() -> dict[tuple[str, str, str, str], tuple[str, ...]]:
    found = {}
    for entry, cls in mbim_classes():
        names = [_plain(field.name) for field in cls.__fields__]
        command = "" if _plain(cls.service_name) == "ussd" else _plain(entry.name)
        found[_plain(cls.service_name), entry.mbimex, command, entry.kind] = tuple(names)
    return found


def test_every_definition_of_libmbim_is_here():
    facts, ours = _facts(), _ours()
    assert len(facts) == 265
    missing = []
    for fact in facts:
        # A command that only exists in a newer version needs no overlay.
        versions = (fact.mbimex, "1.0")
        if not any((fact.service, one, fact.command, fact.kind) in ours for one in versions):
            missing.append(fact)
    assert missing == []


def test_the_fields_are_libmbims_in_its_order():
    ours = _ours()
    wrong: list[object] = []
    for fact in _facts():
        if (fact.service, fact.command) in DIFFERENT:
            continue
        key = (fact.service, fact.mbimex, fact.command, fact.kind)
        names = ours.get(key) or ours[fact.service, "1.0", fact.command, fact.kind]
        if tuple(name for name in names if name in fact.fields) != fact.fields:
            wrong.append((key, fact.fields, names))
        elif extra := [name for name in names if name not in fact.fields and "count" not in name]:
            wrong.append((key, extra))
    assert wrong == []


def _enums_of(path: Path) -> list[set[tuple[str, int]]]:
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    found = [*table.get("enums", {}).values(), *table.get("flags", {}).values()]
    return [{(_plain(name), number) for name, number in one.items()} for one in found]


def test_every_value_of_libmbims_enums_is_here():
    ours = [one for path in OURS.glob("*.toml") for one in _enums_of(path)]
    counted, missing = 0, []
    for line in (FACTS / "mbim-enums.txt").read_text(encoding="utf-8").splitlines():
        found = re.match(r"mbim-(?:enums|errors|message)\.h (\w+) \(\d+\): (.*)$", line)
        if not found or found[1] in OTHER_NAMES:
            continue
        pairs = [one.split("=") for one in found[2].split(", ")]
        numbers = {_plain(name): _number(text) for name, text in pairs}
        if "<<" in found[2]:
            numbers = {name: number for name, number in numbers.items() if number}
        counted += 1
        if not any(numbers.items() <= one for one in ours):
            missing.append(found[1])
    assert missing == []
    assert counted > 90


def _number(text: str) -> int:
    value, _, shift = text.partition("<<")
    return int(value, 0) << int(shift or 0)
