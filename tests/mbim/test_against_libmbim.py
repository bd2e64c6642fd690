# SPDX-License-Identifier: GPL-2.0-or-later
"""Messages of every definition, read by libmbim: names, layouts and values are the same there."""

from __future__ import annotations

from random import Random

import pytest

from qmiprobe.mbim import _codec
from tests.core.peers import LibMbim
from tests.core.test_round_trips import mbim_packet
from tests.core.values import Maker, mbim_classes
from tests.vectors.libmbim_notation import differences, parse

pytestmark = pytest.mark.needs("libmbim-gi")

ROUNDS = 8
ONE_ITEM = {"BaseStationsInfoResponse", "BaseStationsInfoResponseEx3"}
"""libmbim before 1.30 reads each packed struct at the place of the first one."""

LAST_ITEM = {"TerminalCapabilityResponse", "TerminalCapabilitySet"}
"""libmbim before 1.30 reads octets without a size up to the buffer's end, not the struct's."""

NUMBERS = {"MessageStoreStatusResponse", "MessageStoreStatusNotification"}
"""libmbim before 1.30 takes these flags for an enum."""


def test_libmbim_reads_every_message_as_it_was_meant():
    libmbim = LibMbim()
    found: list[str] = []
    compared: set[str] = set()
    for entry, cls in mbim_classes():
        if cls.__name__ in LAST_ITEM | NUMBERS:
            continue
        most = 1 if cls.__name__ in ONE_ITEM else 3
        for seed in range(ROUNDS):
            random = Random(seed)
            body, _ = Maker(random, most=most, full=seed % 2 == 0).message(cls)
            data = _codec.encode(mbim_packet(entry, random), body)
            lines = libmbim.fields(data, mbimex=entry.mbimex)
            if lines is None:  # not known to that version, or nothing to print
                continue
            compared.add(cls.__name__)
            place = f"{cls.service_name} {cls.__name__}"
            found += [f"{place}{text}: {body}, {lines}" for text in differences(body, parse(lines))]
    assert not found, "\n".join(sorted(set(found)))
    assert len(compared) > 120
