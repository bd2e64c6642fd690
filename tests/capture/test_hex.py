# SPDX-License-Identifier: GPL-2.0-or-later
"""Hex text in the forms that people paste; what is no hex is named without being repeated."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qmiprobe.capture._hex import looks_like_hex, parse_hex, read_hex
from qmiprobe.errors import DecodeError

DATA = b"\x01\x0c\x00\x00\xfe"


@pytest.mark.parametrize(
    "text",
    [
        "010c0000fe",
        "010C0000FE",
        "01 0c 00 00 fe",
        "01:0c:00:00:fe",
        "01-0C-00-00-FE",
        "0x01 0x0c 0x00 0x00 0xfe",
        "0x01,0x0C,0x0,0x0,0xFE",
        "0x010c0000fe",
        "\\x01\\x0c\\x00\\x00\\xfe",
        "  010c\t0000 fe ",
        "1 c 0 0 fe",
    ],
)
def test_each_usual_form_is_read(text: str):
    assert parse_hex(text) == DATA
    assert looks_like_hex(text)


@given(st.binary())
def test_what_python_writes_is_read(data: bytes):
    assert parse_hex(data.hex(":")) == parse_hex(data.hex()) == data


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("010", "3 hex digits: half a byte too many"),
        ("01 0g", "'g' is no hex digit"),
        ("0102zz", "'z' is no hex digit"),
        ("IMEI: 001010123456789", "'I' is no hex digit"),
    ],
)
def test_what_is_no_hex_is_named_and_not_repeated(text: str, said: str):
    with pytest.raises(DecodeError) as caught:
        parse_hex(text)
    assert caught.value.args == (said,)
    assert not looks_like_hex(text)


def test_no_bytes_are_not_taken_for_hex():
    assert parse_hex(" ") == b""
    assert not looks_like_hex(" ")


def test_each_line_is_one_message_in_order():
    found = list(read_hex([b"0102\n", b"\n", b"bad line\r\n", b"03 04\r\n", b"05"]))
    assert [one.data for one in found] == [b"\x01\x02", b"", b"\x03\x04", b"\x05"]
    assert [one.error is not None for one in found] == [False, True, False, False]
    assert str(found[1].error).startswith("line 3 is no hex: 'l' is no hex digit")


@given(st.lists(st.binary()))
def test_any_bytes_are_hex_or_an_error(lines: list[bytes]):
    for one in read_hex(lines):
        assert one.error is None or one.data == b""
