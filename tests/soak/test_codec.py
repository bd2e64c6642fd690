# SPDX-License-Identifier: GPL-2.0-or-later
"""Long runs of the codec: many more messages than the quick tests have time for.

They come in parts with a seed each, so that all cores of a machine can share them.
"""

from __future__ import annotations

from random import Random

import pytest

from tests.core.mutations import mend_mbim, mend_qmux
from tests.core.test_both_decoders import hold_damaged, hold_mbim, hold_qmi
from tests.core.test_mutations import (
    SLOWEST,
    mbim_messages,
    qmi_messages,
    read_mbim,
    read_qmi,
    run,
)
from tests.core.test_round_trips import mbim_round_trip, qmi_round_trip
from tests.core.values import mbim_classes, qmi_classes

ROUNDS = 1000
PART = 250_000
"""Damaged messages that one test reads."""
READ, HELD_QMI, HELD_MBIM = range(16), range(100, 106), range(200, 202)
"""Seeds of the parts: of each protocol's reading, and of both decoders beside each other."""


def test_the_parts_are_ten_million_damaged_messages():
    assert (2 * len(READ) + len(HELD_QMI) + len(HELD_MBIM)) * PART == 10_000_000


@pytest.mark.soak
def test_every_message_is_the_same_after_very_many_round_trips():
    for seed in range(ROUNDS):
        random = Random(seed)
        for cls in qmi_classes():
            qmi_round_trip(cls, random, full=seed % 4 == 0)
        for entry, mbim_cls in mbim_classes():
            mbim_round_trip(entry, mbim_cls, random, full=seed % 4 == 0)


@pytest.mark.soak
@pytest.mark.parametrize("seed", READ)
def test_damaged_qmi_messages_are_read_or_refused(seed: int):
    random = Random(seed)
    well, slowest = run(random, qmi_messages(random), mend_qmux, read_qmi, PART)
    assert PART // 4 < well < PART
    assert slowest < SLOWEST


@pytest.mark.soak
@pytest.mark.parametrize("seed", READ)
def test_damaged_mbim_messages_are_read_or_refused(seed: int):
    random = Random(seed)
    well, slowest = run(random, mbim_messages(random), mend_mbim, read_mbim, PART)
    assert PART // 4 < well < PART
    assert slowest < SLOWEST


@pytest.mark.soak
@pytest.mark.parametrize("seed", HELD_QMI)
def test_both_decoders_read_damaged_messages_alike(seed: int):
    random = Random(seed)
    assert hold_damaged(random, qmi_messages(random), mend_qmux, hold_qmi, PART) > PART // 2


@pytest.mark.soak
@pytest.mark.parametrize("seed", HELD_MBIM)
def test_both_decoders_read_damaged_mbim_messages_alike_in_every_version(seed: int):
    random = Random(seed)
    assert hold_damaged(random, mbim_messages(random), mend_mbim, hold_mbim, PART) > PART // 2
