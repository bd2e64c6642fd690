# SPDX-License-Identifier: GPL-2.0-or-later
"""Long runs of the codec: many more messages than the quick tests have time for."""

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

pytestmark = pytest.mark.soak

ROUNDS = 1000
DAMAGED = 1_000_000


def test_every_message_is_the_same_after_very_many_round_trips():
    for seed in range(ROUNDS):
        random = Random(seed)
        for cls in qmi_classes():
            qmi_round_trip(cls, random, full=seed % 4 == 0)
        for entry, mbim_cls in mbim_classes():
            mbim_round_trip(entry, mbim_cls, random, full=seed % 4 == 0)


def test_a_million_damaged_qmi_messages_are_read_or_refused():
    random = Random(1)
    _, slowest = run(random, qmi_messages(random), mend_qmux, read_qmi, DAMAGED)
    assert slowest < SLOWEST


def test_a_million_damaged_mbim_messages_are_read_or_refused():
    random = Random(2)
    _, slowest = run(random, mbim_messages(random), mend_mbim, read_mbim, DAMAGED)
    assert slowest < SLOWEST


def test_both_decoders_read_half_a_million_damaged_messages_alike():
    random = Random(3)
    hold_damaged(random, qmi_messages(random), mend_qmux, hold_qmi, DAMAGED // 2)


def test_both_decoders_read_a_hundred_thousand_damaged_mbim_messages_alike_in_every_version():
    random = Random(4)
    hold_damaged(random, mbim_messages(random), mend_mbim, hold_mbim, DAMAGED // 10)
