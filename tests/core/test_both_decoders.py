# SPDX-License-Identifier: GPL-2.0-or-later
"""The compiled decoder and the careful one agree: on values, notes and refusals."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

import pytest

from qmiprobe.errors import DecodeError
from qmiprobe.qmi import _careful, _codec
from tests.core.mutations import damaged, mend_qmux
from tests.core.test_mutations import qmi_messages
from tests.vectors.load import load

ROUNDS = 10_000


def outcome(decode: Callable[[bytes], object], data: bytes) -> object:
    """Return what a decoder gives for ``data``: a message, or the text of its refusal."""
    try:
        return decode(data)
    except DecodeError as error:
        return str(error)


def hold_qmi(data: bytes) -> bool:
    """Hold both QMI decoders against each other; return whether the bytes meant something."""
    compiled = outcome(_codec.decode, data)
    careful = outcome(lambda data: _careful.decode(data)[0], data)
    assert compiled == careful, data.hex()
    return not isinstance(compiled, str)


def hold_damaged(
    random: Random, messages: list[bytes], mend: Callable[[bytes], bytes],
    hold: Callable[[bytes], bool], rounds: int,
) -> int:  # fmt: skip
    """Hold both decoders against each other on damaged messages; return how many they read."""
    read = 0
    for _ in range(rounds):
        data = damaged(random, random.choice(messages), random.choice(messages))
        read += hold(mend(data) if random.random() < 0.9 else data)
    return read


def test_both_read_every_definition_alike():
    for seed in range(20):
        assert all(hold_qmi(data) for data in qmi_messages(Random(seed)))


def test_both_read_or_refuse_damaged_messages_alike():
    random = Random(20266)
    messages = qmi_messages(random)
    assert hold_damaged(random, messages, mend_qmux, hold_qmi, ROUNDS) > ROUNDS // 2


@pytest.mark.needs("vectors")
def test_both_read_messages_of_real_modems_alike():
    for name in ("qmi", "qmi_rebuilt"):
        assert all(hold_qmi(vector.data) for vector in load(name))
