# SPDX-License-Identifier: GPL-2.0-or-later
"""QMI messages of real modems: each decodes to what libqmi says of it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from qmiprobe.qmi._codec import QmiMessage, decode
from qmiprobe.qmi._registry import message_name, service_name
from tests.vectors.libqmi_notation import differences, parse
from tests.vectors.load import Vector, load

pytestmark = pytest.mark.needs("vectors")

LIBQMI = "libqmi_1_32_2"
KINDS = {"none": "request", "response": "response", "indication": "indication"}

RULINGS: dict[str, str] = {}
"""``place TLV`` -> why ours is right where it is not what libqmi says; at most five in all."""


def _vectors() -> list[Vector]:
    return load("qmi") + load("qmi_rebuilt")


def _decoded(vector: Vector) -> QmiMessage:
    vendor = vector.record["says"].get("libqmi_vendor_id")
    return decode(vector.data, vendor=int(vendor, 0) if vendor else None)


def _header_differences(message: QmiMessage, said: dict[str, object]) -> Iterator[str]:
    header = message.header
    ours: dict[str, object] = {
        "qmux_length": len(message.raw) - 1,
        "qmux_flags": "0x80" if header.from_service else "0x00",
        "service": service_name(header.service),
        "client": header.client,
        "transaction": header.transaction,
    }
    for name, value in ours.items():
        if str(said[name]).lower() != str(value).lower():
            yield f"{name} is {value}, for libqmi {said[name]}"
    if int(str(said["id"]), 0) != header.message_id:
        yield f"id is {header.message_id:#06x}, for libqmi {said['id']}"
    if KINDS[str(said["flags"])] != header.kind:
        yield f"kind is {header.kind}, for libqmi {said['flags']}"


def _name_differences(message: QmiMessage, said: dict[str, object]) -> Iterator[str]:
    header = message.header
    ours = message_name(header.service, header.message_id, header.kind)
    theirs = str(said["message"]).lower().replace(" ", "-")
    if message.body is not None and said["message"] and theirs not in (ours, message.body.message):
        yield f"the message is {ours}, for libqmi {theirs}"


def _tlv_differences(message: QmiMessage, tlv: dict[str, str]) -> Iterator[str]:
    number, name = int(tlv["type"], 0), tlv["name"]
    if name == "Result":
        result, printed = message.result, tlv["translated"].removeprefix("FAILURE: ")
        if result is None or result.ok != (printed == "SUCCESS"):
            yield "Result: success or not"
        elif not result.ok and printed.lower() != str(result.error.name).replace("-", ""):
            yield f"Result: {result.error}, for libqmi {printed}"
        return
    if message.body is None or name is None:
        return
    field = next((field for field in message.body.__fields__ if field.tlv == number), None)
    if field is None:
        yield f"{tlv['type']}: not defined, for libqmi {name}"
        return
    if field.name != name.lower().replace(" ", "-"):
        yield f"{tlv['type']}: {field.name}, for libqmi {name}"
    cut = " ERROR: Reading TLV would overflow" in tlv["translated"]
    if cut:  # libqmi prints a struct up to where it ends
        assert {"short", "bad-tlv"} & {note.code for note in message.notes if note.tlv == number}
        return
    tree, behind = parse(tlv["translated"])
    if behind:
        assert "trailing-bytes" in {note.code for note in message.notes if note.tlv == number}
    value = message.body.__dict__[field.attr]
    yield from differences(field.wire, value, tree, f"{tlv['type']} {field.name}")


def test_every_message_is_what_libqmi_says_it_is():
    found: list[str] = []
    ruled: set[str] = set()
    for vector in _vectors():
        said = vector.said(LIBQMI)
        assert said is not None, vector.place
        message = _decoded(vector)
        found += [f"{vector.place}: {text}" for text in _header_differences(message, said)]
        found += [f"{vector.place}: {text}" for text in _name_differences(message, said)]
        for tlv in said["tlvs"]:
            different = list(_tlv_differences(message, tlv))
            key = f"{vector.place} {tlv['type']}"
            if different and key in RULINGS:
                ruled.add(key)
            else:
                found += [f"{vector.place}: {text}" for text in different]
    assert not found, "\n".join(found)
    assert ruled == set(RULINGS)


def test_every_tlv_of_a_defined_message_that_libqmi_does_not_know_is_kept():
    for vector in _vectors():
        message = _decoded(vector)
        said = vector.said(LIBQMI)
        assert said is not None
        known = {field.tlv for field in message.body.__fields__} if message.body else set()
        for tlv in said["tlvs"]:
            number = int(tlv["type"], 0)
            if tlv["name"] is None and number not in known and number != 0x02:
                assert message.unknown[number].hex(":") == tlv["value"].lower(), vector.place


def test_most_messages_are_defined_and_the_others_are_named_by_number():
    defined = {0: 0, 1: 0}
    for vector in _vectors():
        message = _decoded(vector)
        defined[message.body is not None] += 1
        assert isinstance(message.header.message_id, int)
    assert defined[True] >= 140
    assert defined[False] <= 50
