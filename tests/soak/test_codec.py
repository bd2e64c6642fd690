# SPDX-License-Identifier: GPL-2.0-or-later
"""Long runs of the codec: many more messages than the quick tests have time for."""

from __future__ import annotations

from random import Random

import pytest

from tests.core.test_round_trips import mbim_round_trip, qmi_round_trip
from tests.core.values import mbim_classes, qmi_classes

pytestmark = pytest.mark.soak

ROUNDS = 1000


def test_every_message_is_the_same_after_very_many_round_trips():
    for seed in range(ROUNDS):
        random = Random(seed)
        for cls in qmi_classes():
            qmi_round_trip(cls, random, full=seed % 4 == 0)
        for entry, mbim_cls in mbim_classes():
            mbim_round_trip(entry, mbim_cls, random, full=seed % 4 == 0)
