# SPDX-License-Identifier: GPL-2.0-or-later
"""The compiled decoder and the careful one agree: on values, notes and refusals."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import partial
from random import Random

import pytest

from qmiprobe.errors import DecodeError
from qmiprobe.mbim import _careful as careful_mbim
from qmiprobe.mbim import _codec as mbim
from qmiprobe.qmi import _careful as careful_qmi
from qmiprobe.qmi import _codec as qmi
from qmiprobe.qmi.services import nas
from qmiprobe.qmi.services._shared import Error
from tests.core.mutations import damaged, mend_mbim, mend_qmux
from tests.core.test_mutations import mbim_messages, qmi_messages
from tests.core.test_round_trips import qmi_header
from tests.vectors.load import load

ROUNDS = 5_000


def outcome(decode: Callable[[bytes], object], data: bytes) -> object:
    """Return what a decoder gives for ``data``: a message, or the text of its refusal."""
    try:
        return decode(data)
    except DecodeError as error:
        return str(error)


def alike(one: object, other: object) -> bool:
    """Whether two outcomes are the same; a NaN, which equals nothing, is the same as another."""
    return one == other or repr(one) == repr(other)


def hold_qmi(data: bytes) -> bool:
    """Hold both QMI decoders against each other; return whether the bytes meant something."""
    compiled = outcome(qmi.decode, data)
    careful = outcome(lambda data: careful_qmi.decode(data)[0], data)
    assert alike(compiled, careful), data.hex()
    return not isinstance(compiled, str)


def _careful_mbim(version: str | None, data: bytes) -> object:
    return careful_mbim.decode(data, mbimex=version)[0]


def hold_mbim(data: bytes) -> bool:
    """Hold both MBIM decoders against each other, under every version that may be in force."""
    read = False
    for version in (None, *mbim.MBIMEX):
        compiled = outcome(partial(mbim.decode, mbimex=version), data)
        careful = outcome(partial(_careful_mbim, version), data)
        assert alike(compiled, careful), (version, data.hex())
        read = read or not isinstance(compiled, str)
    return read


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


@pytest.fixture(autouse=True)
def _compiled_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no message be read carefully only because it is among the first."""
    monkeypatch.setattr("qmiprobe._compile.AFTER", 0)


PROTOCOLS = pytest.mark.parametrize(
    ("messages", "mend", "hold"),
    [(qmi_messages, mend_qmux, hold_qmi), (mbim_messages, mend_mbim, hold_mbim)],
    ids=["qmi", "mbim"],
)
Messages = Callable[[Random], list[bytes]]
Mend = Callable[[bytes], bytes]
Hold = Callable[[bytes], bool]


@PROTOCOLS
def test_both_read_every_definition_alike(messages: Messages, mend: Mend, hold: Hold):
    for seed in range(10):
        assert all(hold(data) for data in messages(Random(seed)))


def test_a_value_that_is_no_number_does_not_make_them_differ():
    frequency = nas.UmtsLteFrequency(
        eutra_absolute_rf_channel_number=1,
        physical_cell_id=1,
        rsrp=math.nan,
        rsrq=1.0,
        cell_selection_rx_level=0,
        is_tdd=False,
    )
    info = nas.GetCellLocationInfoResponseUmtsInfoNeighboringLte(
        rrc_state=nas.WcdmaRrcState.CELL_DCH, frequency=[frequency]
    )
    body = nas.GetCellLocationInfoResponse(umts_info_neighboring_lte=info)
    data = qmi.encode(qmi_header(body, Random(1)), body, result=qmi.Result(True, Error(0)))
    assert hold_qmi(data)
    assert qmi.decode(data) != careful_qmi.decode(data)[0]


def test_a_frame_of_a_service_with_a_header_of_ctl_is_refused_also_where_its_message_is_known():
    known = bytes.fromhex("010c00800218020500270000 00")
    assert qmi.decode(known).header.message_id == 0x27
    assert not hold_qmi(bytes.fromhex("010b0080021802ff27000000"))


@PROTOCOLS
def test_both_read_or_refuse_damaged_messages_alike(messages: Messages, mend: Mend, hold: Hold):
    random = Random(20266)
    assert hold_damaged(random, messages(random), mend, hold, ROUNDS) > ROUNDS // 2


@pytest.mark.needs("vectors")
def test_both_read_messages_of_real_modems_alike():
    for name, hold in (("qmi", hold_qmi), ("qmi_rebuilt", hold_qmi), ("mbim", hold_mbim)):
        assert sum(hold(vector.data) for vector in load(name))
