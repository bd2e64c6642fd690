# SPDX-License-Identifier: GPL-2.0-or-later
"""Messages of every definition, read by libqmi: names, layouts and values are the same there.

The vectors show what some modems send; this shows that nothing that could be sent is read
otherwise. What the system's libqmi is too old to know, it prints without a name.
"""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

import pytest

from qmiprobe._message import Message
from qmiprobe.qmi import _codec
from tests.core.peers import LibQmi, PrintedTlv
from tests.core.test_round_trips import qmi_header
from tests.core.values import Maker, qmi_classes
from tests.vectors.libqmi_notation import differences, parse

pytestmark = pytest.mark.needs("libqmi-gi")

ROUNDS = 4
OLD_PARSERS = ("ERROR: invalid string",)
"""libqmi before 1.34 takes text of nothing but fill for invalid."""


def _differences(body: Message, tlvs: list[PrintedTlv], compared: set[object]) -> Iterator[str]:
    fields = {field.tlv: field for field in body.__fields__}
    for tlv in tlvs:
        if tlv.name is None or (tlv.name == "Result" and tlv.type == 0x02):
            continue
        field = fields[tlv.type]
        place = f"{body.service_name} {body.message} {body.kind}: {field.name}"
        if field.name != tlv.name.lower().replace(" ", "-"):
            yield f"{place}: libqmi calls it {tlv.name}"
        if any(text in tlv.translated for text in OLD_PARSERS):
            continue
        tree, behind = parse(tlv.translated)
        if behind:
            yield f"{place}: {behind}"
        value = body.__dict__[field.attr]
        compared.add((type(body), tlv.type))
        for text in differences(field.wire, value, tree):
            yield f"{place}{text}: {value!r}, for libqmi {tlv.translated}"


def test_libqmi_reads_every_message_as_it_was_meant():
    libqmi = LibQmi()
    found: list[str] = []
    compared: set[object] = set()
    for cls in qmi_classes():
        vendor = getattr(cls, "vendor", None)
        for seed in range(ROUNDS):
            random = Random(seed)
            body, result = Maker(random, full=seed % 2 == 0).message(cls)
            data = _codec.encode(qmi_header(body, random), body, result=result)
            tlvs = libqmi.tlvs(data, vendor=vendor)
            found += list(_differences(body, tlvs, compared))
    assert not found, "\n".join(sorted(set(found)))
    assert len(compared) > 850
