# SPDX-License-Identifier: GPL-2.0-or-later
"""A record that is many times longer takes no more memory, and what has come is told at once."""

from __future__ import annotations

import os
import select
import subprocess
import sys
import tracemalloc
from collections.abc import Callable, Iterable, Iterator

import pytest

from qmiprobe.capture import Decoder, read_messages
from tests.capture.captures import STAMP, Usbmon, pcap
from tests.capture.messages import GET_IDS_ANSWER, GET_IDS_REQUEST, unhex
from tests.capture.streaming import decode_stream, repeated

REQUEST, ANSWER = unhex(GET_IDS_REQUEST), unhex(GET_IDS_ANSWER)
Make = Callable[[int], tuple[Iterable[bytes], int]]
LITTLE = 32_000
"""Bytes by which two runs may differ: less than 800 messages would take."""


def logs(times: int) -> tuple[Iterator[bytes], int]:
    """Return a log that uqmi writes, and how many messages are in it."""
    text = f"uqmi\nSend packet: {REQUEST.hex(' ')}\nReceived packet: {ANSWER.hex(' ')}\n"
    return (text.encode() for _ in range(times)), 2 * times


def captures(times: int) -> tuple[Iterator[bytes], int]:
    """Return a long pcap file in portions, and how many messages are in it."""
    usb = Usbmon()
    usb.send(REQUEST)
    usb.get(ANSWER)
    whole = pcap(usb.packets)
    return (whole[24 if number else 0 :] for number in range(times)), 2 * times


def raw(times: int) -> tuple[Iterator[bytes], int]:
    """Return bytes as they go over a port, and how many messages are in them."""
    return (REQUEST + ANSWER for _ in range(times)), 2 * times


def traced_peak(portions: Iterable[bytes], count: int) -> int:
    """Decode a record; return the bytes that the program had allocated at most."""
    decoder = Decoder(follow=True)
    tracemalloc.start()
    try:
        items = read_messages(line for portion in portions for line in portion.splitlines(True))[1]
        assert sum(decoder.decode(one).is_sound for one in items) == count
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("make", [logs, captures, raw])
def test_memory_does_not_grow_with_the_record(make: Make):
    traced_peak(*make(10))  # compiles what it needs
    assert traced_peak(*make(1000)) < traced_peak(*make(200)) + LITTLE


@pytest.mark.soak
def test_a_log_of_200_megabytes_is_decoded_in_32():
    portions, count = repeated(200)
    done = decode_stream(portions, limit=32 << 20)
    assert (done.status, done.objects) == (0, count)


LIVE = [
    (f"Send packet: {REQUEST.hex(' ')}\n".encode(), b"-> QMI dms get-ids request"),
    (pcap([REQUEST], link_type=147), b"times count from 2023"),
]


@pytest.mark.parametrize(("data", "said"), LIVE, ids=["log", "pcap"])
def test_what_came_by_a_pipe_is_told_before_it_ends(data: bytes, said: bytes):
    assert STAMP == 1_700_000_000
    code = "from qmiprobe.cli import main; main()"
    with subprocess.Popen(
        [sys.executable, "-c", code, "decode"], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(data)
        process.stdin.flush()
        assert select.select([process.stdout], [], [], 20)[0]
        assert os.read(process.stdout.fileno(), 4096).startswith(said)
        process.stdin.close()
        assert process.wait(20) == 0
