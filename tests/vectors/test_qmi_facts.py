# SPDX-License-Identifier: GPL-2.0-or-later
"""Every message, indication and TLV of libqmi is here, and every value of its enums."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from qmiprobe._message import Message
from tests.core.values import qmi_classes
from tests.requirements import CHECKOUT, vectors_folder

pytestmark = pytest.mark.needs("vectors")

FACTS = vectors_folder().parent / "reference"
OURS = CHECKOUT / "protocols" / "qmi"

NOT_PROTOCOL = {
    "QmiCtlFlag": "bits of the frame, the codec's own",
    "QmiServiceFlag": "bits of the frame, the codec's own",
    "QmiEndian": "how the library stores numbers",
    "QmiCoreError": "errors of the library",
    "QmiDeviceOpenFlags": "options of the library",
    "QmiDeviceReleaseClientFlags": "options of the library",
    "QmiDeviceExpectedDataFormat": "options of the library",
    "QmiDeviceAddLinkFlags": "options of the library",
    "QmiMessageContext": "a type of the library",
    "QmiHelpersTransportType": "a type of the library",
}
"""Enums of libqmi that no message carries."""

TWICE = {
    ("QmiLocSessionStatus", "enginelocked"): "libqmi gives it phone-offline's number; it has 7",
}
"""Values that libqmi has another number for."""

Key = tuple[str, int, int | None, str]
Tlvs = dict[int, tuple[str, bool]]


def _plain(name: str) -> str:
    return re.sub("[^a-z0-9]", "", name.lower())


def _facts() -> dict[Key, Tlvs]:
    """Return TLVs by service, id, vendor and direction: name and whether it is mandatory."""
    facts: dict[Key, Tlvs] = {}
    service, head = "", None
    for line in (FACTS / "qmi-definitions.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            service = line[3:].strip().lower()
        elif head := re.match(r"(message|indication) (0x\w+) .*?(?: vendor (0x\w+))?$", line) or (
            None if not line.startswith("  ") else head
        ):
            vendor = int(head[3], 16) if head[3] else None
            key = (service, int(head[2], 16), vendor)
            if head[1] == "message":
                facts.setdefault((*key, "request"), {})
                facts.setdefault((*key, "response"), {})
            else:
                facts.setdefault((*key, "indication"), {})
            if found := re.match(r"  (in |out) (0x\w+)([!?]) ([^:]+): ", line):
                kind = "request" if found[1] == "in " else "response"
                kind = "indication" if head[1] == "indication" else kind
                facts[*key, kind][int(found[2], 16)] = (_plain(found[4]), found[3] == "!")
    return facts


def _ours() -> dict[Key, type[Message]]:
    return {
        (cls.service_name, cls.id, getattr(cls, "vendor", None), cls.kind): cls
        for cls in qmi_classes()
    }


def test_every_message_and_indication_of_libqmi_is_here():
    facts, ours = _facts(), _ours()
    assert sum(key[3] == "request" for key in facts) == 305
    assert sum(key[3] == "indication" for key in facts) == 73
    assert sorted(map(str, facts.keys() - ours.keys())) == []


def test_every_tlv_has_libqmis_number_name_and_need():
    ours = _ours()
    wrong = [
        (key, number, expected, found.get(number))
        for key, tlvs in _facts().items()
        for found in [
            {field.tlv: (_plain(field.name), field.required) for field in ours[key].__fields__}
        ]
        for number, expected in tlvs.items()
        if found.get(number) != expected
    ]
    assert wrong == []


def _tables(path: Path, kind: str) -> Iterator[set[tuple[str, int]]]:
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    for one in table.get(kind, {}).values():
        yield {(_plain(name), number) for name, number in one.items()}


def test_every_value_of_libqmis_enums_is_here():
    paths = sorted(OURS.glob("*.toml"))
    enums = [one for path in paths for one in _tables(path, "enums")]
    flags = [one for path in paths for one in _tables(path, "flags")]
    counted, missing = 0, {}
    for line in (FACTS / "qmi-enums.txt").read_text(encoding="utf-8").splitlines():
        found = re.match(r"(Qmi\w+) \([\w-]+\): (.*)$", line.strip())
        if not found or found[1] in NOT_PROTOCOL:
            continue
        values = set(_values(found[1], found[2]))
        bits = {(name, number) for name, number in values if number}  # 0 is no flag
        counted += 1
        if not any(values <= one for one in enums) and not any(bits <= one for one in flags):
            missing[found[1]] = values
    assert missing == {}
    assert counted > 250


def _values(enum: str, text: str) -> Iterator[tuple[str, int]]:
    for one in text.split(", "):
        name, number = one.split("=", 1)
        short = _plain(name).removeprefix(_plain(enum))
        if number == "-1" or (short, number) == ("none", "0"):
            continue  # "unknown" in C only, and no flag at all
        if (enum, short) not in TWICE and re.fullmatch(r"-?\w+", number):
            yield short, int(number, 0)
