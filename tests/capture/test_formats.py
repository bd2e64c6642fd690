# SPDX-License-Identifier: GPL-2.0-or-later
"""Which format a record has, and what its reader gives out."""

from __future__ import annotations

from contextlib import suppress
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qmiprobe._trace_format import TraceEntry, TraceHeader, entry_line, header_line
from qmiprobe.capture import Captured, Protocol, read_messages
from qmiprobe.capture._detect import detect
from qmiprobe.errors import DecodeError, QmiprobeError
from qmiprobe.mbim._header import split
from tests.capture.messages import (
    GET_IDS_ANSWER,
    GET_IDS_REQUEST,
    OPEN,
    RADIO_STATE,
    UNDEFINED,
    unhex,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

QMI = [unhex(GET_IDS_REQUEST), unhex(GET_IDS_ANSWER), unhex(UNDEFINED)]
HEADER = header_line(TraceHeader(version="1.0", protocol="qmi"))


def trace(*entries: TraceEntry, protocol: str | None = "qmi") -> bytes:
    lines = [header_line(TraceHeader(version="1.0", protocol=protocol)), *map(entry_line, entries)]
    return "\n".join([*lines, ""]).encode()


def read(data: bytes, *, protocol: Protocol | None = None) -> list[Captured]:
    return list(read_messages(BytesIO(data), protocol=protocol)[1])


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (b"010c\n", "hex"),
        (b"\n\n  01:0c\n", "hex"),
        (b"plain text", "a log"),
        (b"", "hex"),
        (b"\xef\xbb\xbf0102\n", "hex"),
        (HEADER.encode(), "a trace"),
        (b"\xef\xbb\xbf" + HEADER.encode(), "a trace"),
        (b"\n \n" + HEADER.encode(), "a trace"),
        (QMI[0], "raw bytes"),
        (unhex(OPEN), "raw bytes"),
        (unhex(RADIO_STATE), "raw bytes"),
        (b"\xd4\xc3\xb2\xa1\x02\x00", "a pcap file"),
        (b"\n\r\r\n\x1c\x00", "a pcapng file"),
    ],
)
def test_formats_are_told_by_their_beginning(data: bytes, name: str):
    found, again = detect(BytesIO(data))
    assert found.name == name
    assert b"".join(again) == data.removeprefix(b"\xef\xbb\xbf")


def test_no_more_is_read_than_what_tells_the_format():
    def lines() -> Iterator[bytes]:
        yield b"0102\n"
        raise AssertionError("read on")

    found, items = read_messages(lines())
    assert found.name == "hex"
    assert next(items).data == b"\x01\x02"


def test_raw_bytes_are_cut_into_messages_and_what_is_none_is_said():
    found = read(QMI[0] + QMI[1] + b"\xff\xff\xff" + QMI[2])
    assert [one.data for one in found] == [QMI[0], QMI[1], b"\xff\xff\xff", QMI[2]]
    assert [one.protocol for one in found] == ["qmi"] * 4
    assert str(found[2].error).startswith("3 bytes that belong to no message")


def test_raw_mbim_is_joined():
    parts = b"".join(split(unhex(RADIO_STATE), 32))
    assert [one.data for one in read(unhex(OPEN) + parts)] == [unhex(OPEN), unhex(RADIO_STATE)]


def test_raw_bytes_of_neither_protocol_are_refused():
    with pytest.raises(DecodeError, match="begins neither"):
        read(b"\x00\x00\x00\x00")


def test_the_callers_protocol_counts_where_the_record_does_not_say_it():
    noise = b"\xff\xff" + QMI[0]
    assert [one.data for one in read(noise, protocol="qmi")] == [b"\xff\xff", QMI[0]]
    sent = TraceEntry(time=0.0, direction="to-device", data=b"\xff")
    assert read(trace(sent, protocol=None), protocol="mbim")[0].protocol == "mbim"
    assert read(trace(sent, protocol="qmi"), protocol="mbim")[0].protocol == "qmi"


def test_a_trace_gives_messages_with_time_and_direction():
    sent = TraceEntry(time=0.5, direction="to-device", data=QMI[0])
    got = TraceEntry(time=0.75, direction="from-device", data=QMI[1], name="dms get-ids")
    assert read(trace(sent, got)) == [
        Captured(data=QMI[0], direction="to-device", time=0.5, protocol="qmi"),
        Captured(data=QMI[1], direction="from-device", time=0.75, protocol="qmi"),
    ]


def test_a_trace_without_a_protocol_is_read_by_its_bytes_and_joined():
    parts = [
        TraceEntry(time=0.0, direction="from-device", data=part)
        for part in split(unhex(RADIO_STATE), 32)
    ]
    (found,) = read(trace(*parts, protocol=None))
    assert (found.data, found.protocol) == (unhex(RADIO_STATE), "mbim")


def test_garbage_withheld_bytes_and_bad_lines_stand_where_they_were():
    garbage = TraceEntry(time=1.0, direction="from-device", data=b"\0" * 40, kind="garbage")
    withheld = TraceEntry(
        time=2.0, direction="from-device", data=b"", name="7 bytes withheld: ValueError"
    )
    strange = TraceEntry(time=3.0, direction="from-device", data=b"\xff\xff")
    data = trace(garbage, withheld, protocol=None) + b'{"t": 1\n' + entry_line(strange).encode()
    found = read(data)
    assert [str(one.error.args[0]) for one in found if one.error] == [
        "40 bytes that belong to no message",
        "7 bytes withheld: ValueError",
        "line 4: not JSON: Expecting ',' delimiter",
        "ffff begins neither a QMUX frame (01) nor an MBIM message",
    ]
    assert [one.data for one in found] == [garbage.data, b"", b"", strange.data]


def test_what_only_looks_like_a_trace_is_refused():
    with pytest.raises(DecodeError, match="not a trace"):
        read(b'{"format": "something/1"}\n')


@given(st.binary(max_size=200))
def test_any_bytes_are_messages_or_an_error_of_ours(data: bytes):
    with suppress(QmiprobeError):
        read(data)
