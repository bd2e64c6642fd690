# SPDX-License-Identifier: GPL-2.0-or-later
"""Reading traces: bad lines are named, the rest is read."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qmiprobe._trace_format import FORMAT, TraceEntry, TraceHeader, entry_line, header_line
from qmiprobe.capture._trace import open_trace, read_trace
from qmiprobe.errors import DecodeError

HEADER = header_line(TraceHeader(version="1.0", protocol="qmi", port="/dev/cdc-wdm0"))
GOOD = '{"t": 1.5, "dir": "to-device", "hex": "01ff", "kind": "frame"}'
ENTRY = TraceEntry(time=1.5, direction="to-device", data=b"\x01\xff")


def test_the_format_has_one_name():
    assert json.loads(HEADER)["format"] == FORMAT == "qmiprobe-trace/1"


def test_entries_are_read_with_unknown_keys_blank_lines_and_a_second_header_between():
    more = GOOD[:-1] + ', "future": [1]}'
    lines = [HEADER, "", GOOD + "\n", more, HEADER, '{"t": 2, "dir": "from-device", "hex": ""}']
    assert list(read_trace(lines)) == [
        ENTRY,
        ENTRY,
        TraceEntry(time=2.0, direction="from-device", data=b""),
    ]


def test_the_header_says_protocol_port_and_version():
    header, entries = open_trace([HEADER])
    assert header == TraceHeader(version="1.0", protocol="qmi", port="/dev/cdc-wdm0")
    assert list(entries) == []


@pytest.mark.parametrize(
    ("first", "text"),
    [
        ("", "names no format"),
        (GOOD, "names no format"),
        ('{"format": "qmiprobe-trace/2"}', "'qmiprobe-trace/2', wanted is 'qmiprobe-trace/1'"),
        ("not json", "line 1: not JSON"),
        ("[1]", "line 1: a JSON object"),
        ('{"format": "qmiprobe-trace/1", "protocol": 5}', "line 1: 'protocol' must be text"),
    ],
)
def test_what_is_no_trace_is_refused_at_its_first_line(first: str, text: str):
    with pytest.raises(DecodeError, match=text):
        read_trace([first] if first else [])


BAD_LINES = [
    ('{"t": 1, "dir": "to-dev', "not JSON"),
    ("[]", "a JSON object is wanted"),
    ("[" * 100_000, "not JSON"),
    ('{"t": ' + "9" * 5000 + "}", "not JSON"),
    ('{"t": 1' + "0" * 400 + ', "dir": "to-device", "hex": ""}', "'t' must be seconds"),
    ('{"t": NaN, "dir": "to-device", "hex": ""}', "'t' must be seconds"),
    ('{"t": true, "dir": "to-device", "hex": ""}', "'t' must be seconds"),
    ('{"t": "1", "dir": "to-device", "hex": ""}', "'t' must be seconds"),
    ('{"t": 1, "dir": "up", "hex": ""}', "'dir' is 'up'"),
    ('{"t": 1, "dir": ["to-device"], "hex": ""}', "'dir' is"),
    ('{"t": 1, "dir": "to-device", "hex": "0g"}', "'hex' is not hex"),
    ('{"t": 1, "dir": "to-device", "hex": 12}', "'hex' must be text"),
    ('{"t": 1, "dir": "to-device"}', "'hex' must be text"),
    ('{"t": 1, "dir": "to-device", "hex": "", "kind": "noise"}', "'kind' is 'noise'"),
    ('{"t": 1, "dir": "to-device", "hex": "", "name": 4}', "'name' must be text"),
]


@pytest.mark.parametrize(("line", "text"), BAD_LINES, ids=[text for _, text in BAD_LINES])
def test_a_bad_line_is_named_by_its_number(line: str, text: str):
    entries = read_trace([HEADER, GOOD, line, GOOD])
    assert next(entries) == ENTRY
    with pytest.raises(DecodeError, match=f"line 3: {text}"):
        next(entries)


def test_reading_goes_on_after_bad_lines_when_somebody_takes_them():
    bad: list[DecodeError] = []
    lines = [HEADER, *(line for line, _ in BAD_LINES), GOOD]
    assert list(read_trace(lines, on_bad_line=bad.append)) == [ENTRY]
    assert [str(error).split(":")[0] for error in bad] == [
        f"line {number}" for number in range(2, 2 + len(BAD_LINES))
    ]


entries = st.builds(
    TraceEntry,
    time=st.floats(0, 1e6).map(lambda value: round(value, 6)),
    direction=st.sampled_from(["to-device", "from-device"]),
    data=st.binary(max_size=50),
    kind=st.sampled_from(["frame", "garbage"]),
    name=st.none() | st.text(max_size=10),
)


@given(written=st.lists(entries, max_size=5))
def test_what_is_written_is_read_back(written: list[TraceEntry]):
    assert list(read_trace([HEADER, *(entry_line(entry) for entry in written)])) == written


@given(lines=st.lists(st.text(max_size=40) | st.sampled_from([GOOD, HEADER]), max_size=5))
def test_any_text_gives_entries_or_decode_errors(lines: list[str]):
    bad: list[DecodeError] = []
    assert all(entry == ENTRY for entry in read_trace([HEADER, *lines], on_bad_line=bad.append))
