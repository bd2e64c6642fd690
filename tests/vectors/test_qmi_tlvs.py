# SPDX-License-Identifier: GPL-2.0-or-later
"""Single TLVs from commit messages: each decodes to the value that was printed beside it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from qmiprobe._message import Field, Message, decode_field
from qmiprobe._wire import Reader
from qmiprobe.qmi import _registry
from qmiprobe.qmi.services import _index
from tests.requirements import vectors_folder
from tests.vectors.libqmi_notation import differences, parse

pytestmark = pytest.mark.needs("vectors")

KINDS = {"none": "request", "response": "response", "indication": "indication"}

OLD_BUGS = {
    "Model": "the commit mends the tabulator at the end, which made libqmi guess GSM 7-bit",
    "NMEA String": "the commit mends the line end, which made libqmi guess GSM 7-bit",
    "Imei": "the commit limits the text to the 15 digits before the garbage",
}
"""TLVs whose printed value shows the bug that their commit mends, and what we read."""


def _records() -> list[dict[str, Any]]:
    path = vectors_folder() / "qmi_tlvs.jsonl"
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def _classes(record: dict[str, Any]) -> list[type[Message]]:
    """Return the definitions that the record may belong to; all where it names no service."""
    name = (record["message"] or "").lower().replace(" ", "-")
    kind = KINDS.get(record["qmi_flags"] or "")
    found = []
    for entry in _index.DEFINITIONS:
        if record["service"] and entry.module != record["service"]:
            continue
        if name and (entry.name, entry.kind) != (name, kind):
            continue
        found.append(_registry.load(entry.module, entry.cls))
    return found


def _field(record: dict[str, Any]) -> Field | None:
    """Return the field of that name and number, where all that have them are one type."""
    wanted = (int(record["tlv_type"], 0), (record["tlv_name"] or "").lower().replace(" ", "-"))
    fields = [f for c in _classes(record) for f in c.__fields__ if (f.tlv, f.name) == wanted]
    kinds = {(type(f.wire), getattr(f.wire, "cls", None)) for f in fields}
    return fields[0] if len(kinds) == 1 else None


def _differences(record: dict[str, Any], field: Field) -> list[str]:
    value = decode_field(field, Reader(bytes.fromhex(record["value_hex"])), {})
    if " ... " in record["translated"]:
        return []
    tree, behind = parse(record["translated"])
    return [*differences(field.wire, value, tree, field.name), *([behind] if behind else [])]


def test_single_tlvs_are_what_was_printed_beside_them():
    found, compared = [], 0
    for number, record in enumerate(_records(), 1):
        field = _field(record)
        if field is None or record["tlv_name"] in OLD_BUGS:
            continue
        compared += 1
        found += [f"qmi_tlvs:{number}: {text}" for text in _differences(record, field)]
    assert not found, "\n".join(found)
    assert compared >= 20


def test_values_that_old_versions_misread_are_plain_text():
    for record in _records():
        field = _field(record)
        if field is None or record["tlv_name"] not in OLD_BUGS:
            continue
        value = decode_field(field, Reader(bytes.fromhex(record["value_hex"])), {})
        assert isinstance(value, str)
        assert value.isascii(), record["tlv_name"]
