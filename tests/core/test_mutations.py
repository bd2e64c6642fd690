# SPDX-License-Identifier: GPL-2.0-or-later
"""Damaged messages: nothing but DecodeError comes out of a decoder, soon, and without waste."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from random import Random

import pytest

from qmiprobe._arrays import Nested
from qmiprobe._framing import Frame, Framer, Garbage
from qmiprobe._plain import fields_to_json
from qmiprobe.errors import DecodeError, EncodeError
from qmiprobe.mbim import _codec as mbim
from qmiprobe.mbim._frame import MbimFramer
from qmiprobe.mbim._header import Joiner, Packet, split
from qmiprobe.mbim._redact import redact as redact_mbim
from qmiprobe.mbim.services import basic_connect
from qmiprobe.qmi import _codec as qmi
from qmiprobe.qmi._frame import QmuxFramer
from qmiprobe.qmi._redact import redact as redact_qmi
from qmiprobe.qmi.services import dms
from tests.core.mutations import damaged, mend_mbim, mend_qmux
from tests.core.test_round_trips import mbim_packet, qmi_header
from tests.core.values import Maker, mbim_classes, qmi_classes

ROUNDS = 10_000
"""Damaged messages of each protocol; the long run has a hundred times as many."""

SLOWEST = 0.5
"""Seconds of the processor that no message of a few hundred bytes may take, on any machine."""


def qmi_messages(random: Random) -> list[bytes]:
    """Return one message of every QMI definition."""
    made = []
    for cls in qmi_classes():
        body, result = Maker(random, full=True).message(cls)
        made.append(qmi.encode(qmi_header(body, random), body, result=result))
    return made


def mbim_messages(random: Random) -> list[bytes]:
    """Return one message of every MBIM definition."""
    made = []
    for entry, cls in mbim_classes():
        body, _ = Maker(random, full=True).message(cls)
        made.append(mbim.encode(mbim_packet(entry, random), body))
    return made


def read_qmi(data: bytes) -> None:
    """Do with ``data`` all that is done with messages; DecodeError if it is none."""
    assert len(redact_qmi(data)) == len(data)
    message = qmi.decode(data)
    assert len(message.notes) <= 8 * len(data)
    if message.body is not None:
        json.dumps(fields_to_json(message.body))
        with suppress(EncodeError):
            qmi.encode(message.header, message.body, result=message.result)


def read_mbim(data: bytes) -> None:
    """Do with ``data`` all that is done with messages; DecodeError if it is none."""
    assert len(redact_mbim(data)) == len(data)
    message = mbim.decode(data)
    assert len(message.notes) <= 8 * len(data)
    if message.body is not None:
        json.dumps(fields_to_json(message.body))
        with suppress(EncodeError):
            mbim.encode(message.packet, message.body)


def run(
    random: Random,
    messages: Sequence[bytes],
    mend: Callable[[bytes], bytes],
    read: Callable[[bytes], None],
    rounds: int,
) -> tuple[int, float]:
    """Read ``rounds`` damaged messages; return how many still meant something, and the slowest."""
    read_well, slowest = 0, 0.0
    for _ in range(rounds):
        data = damaged(random, random.choice(messages), random.choice(messages))
        if random.random() < 0.8:  # else the very header is refused, and nothing else is tried
            data = mend(data)
        well, took = _timed(read, data)
        if took >= SLOWEST:  # a collection of garbage, or the message? It is slow twice, then.
            took = min(took, _timed(read, data)[1])
        read_well += well
        slowest = max(slowest, took)
    return read_well, slowest


def _timed(read: Callable[[bytes], None], data: bytes) -> tuple[bool, float]:
    """Read ``data``; return whether it meant something, and the seconds of the processor."""
    well, start = True, time.thread_time()
    try:
        read(data)
    except DecodeError as error:
        assert 0 <= error.offset <= len(data)  # noqa: PT017
        well = False
    return well, time.thread_time() - start


def test_damaged_qmi_messages_are_read_or_refused():
    random = Random(20261)
    well, slowest = run(random, qmi_messages(random), mend_qmux, read_qmi, ROUNDS)
    assert ROUNDS // 4 < well < ROUNDS
    assert slowest < SLOWEST


def test_damaged_mbim_messages_are_read_or_refused():
    random = Random(20262)
    well, slowest = run(random, mbim_messages(random), mend_mbim, read_mbim, ROUNDS)
    assert ROUNDS // 4 < well < ROUNDS
    assert slowest < SLOWEST


@pytest.mark.parametrize("read", [read_qmi, read_mbim], ids=["qmi", "mbim"])
def test_noise_is_refused(read: Callable[[bytes], None]):
    random = Random(20263)
    for _ in range(2000):
        data = random.randbytes(random.randrange(80))
        with pytest.raises(DecodeError):
            read(data)


@pytest.mark.parametrize(
    ("make", "messages"),
    [(QmuxFramer, qmi_messages), (MbimFramer, mbim_messages)],
    ids=["qmux", "mbim"],
)
def test_framers_lose_no_byte_of_damaged_messages(
    make: Callable[[], Framer], messages: Callable[[Random], list[bytes]]
):
    random = Random(20264)
    pool = messages(random)
    for _ in range(300):
        stream = b"".join(damaged(random, random.choice(pool), random.choice(pool)) for _ in "123")
        framer, found = make(), list[Frame | Garbage]()
        rest = stream
        while rest:
            size = random.randint(1, 64)
            found += framer.feed(rest[:size])
            rest = rest[size:]
        found += framer.flush()
        assert b"".join(item.data for item in found) == stream


def test_a_joiner_refuses_what_is_no_sequence_and_goes_on():
    random = Random(20265)
    pool = mbim_messages(random)
    joiner = Joiner()
    refused = 0
    for _ in range(2000):
        message = random.choice(pool)
        fragments = list(split(message, random.choice((48, 64, 100))))
        victim = random.randrange(len(fragments))
        fragments[victim] = damaged(random, fragments[victim], message)
        for fragment in fragments:
            try:
                joiner.add(fragment)
            except DecodeError:
                refused += 1
        joiner.reset()
        assert [whole for f in split(message, 64) if (whole := joiner.add(f))][-1] == message
    assert refused > 1000


def test_references_that_overlap_do_not_make_a_small_message_large():
    count, size = 6000, 40_000
    pairs = b"".join(
        (8 + 8 * count).to_bytes(4, "little") + size.to_bytes(4, "little") for _ in range(count)
    )
    buffer = b"\1\0\0\0" + bytes(20) + count.to_bytes(4, "little") + pairs + bytes(size)
    query = basic_connect.SubscriberReadyStatusQuery
    packet = Packet(
        kind="command-done", transaction=1, service=query.service, cid=query.id, buffer=buffer
    )
    with pytest.raises(DecodeError, match="references to more than"):
        mbim.decode(mbim.encode(packet, None), mbimex="1.0")


def test_a_count_beyond_the_bytes_is_refused_before_anything_is_made():
    wire = basic_connect.SubscriberReadyStatusResponse
    assert Nested(wire).least == 4
    buffer = b"\1\0\0\0" + bytes(20) + b"\xff\xff\xff\xff"
    packet = Packet(kind="command-done", transaction=1, service=wire.service, cid=2, buffer=buffer)
    with pytest.raises(DecodeError, match="4294967295 items announced"):
        mbim.decode(mbim.encode(packet, None), mbimex="1.0")


def test_a_long_text_of_another_alphabet_is_read_in_time():
    header = qmi_header(dms.GetModelResponse(model=""), Random(1))
    tlv = b"\x01" + (60_000).to_bytes(2, "little") + b"\xc3" * 60_000
    start = time.thread_time()
    message = qmi.decode(qmi.encode(header, None, extra=tlv))
    assert time.thread_time() - start < SLOWEST
    assert [note.code for note in message.notes] == ["not-utf8"]
