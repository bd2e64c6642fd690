# SPDX-License-Identifier: GPL-2.0-or-later
"""Frames: what is sealed is read back, whatever else arrives is nothing."""

from __future__ import annotations

from ipaddress import ip_address
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qmiprobe.errors import AddressError, EncodeError
from qmiprobe.reflect import ReflectorUrl, new_token, parse_token, parse_url, token_text
from qmiprobe.reflect._frame import LONGEST_BODY, PREFIXES, Frame, Op, seal, unseal
from qmiprobe.reflect._messages import (
    Answer,
    Ask,
    Opened,
    Tally,
    Wish,
    parse_answer,
    parse_ask,
    parse_opened,
    parse_tally,
)

KEY = bytes(range(32))
_FRAMES = st.builds(
    Frame,
    op=st.integers(0, 255),
    session=st.binary(min_size=8, max_size=8),
    sequence=st.integers(0, 0xFFFFFFFF),
    proof=st.binary(min_size=8, max_size=8),
    body=st.binary(max_size=LONGEST_BODY),
    prefix=st.sampled_from(PREFIXES).map(bytes),
)


@given(_FRAMES, st.integers(0, 3000))
def test_a_frame_is_read_back_whatever_its_padding(frame: Frame, size: int):
    data = seal(frame, key=KEY, size=size)
    sealed = unseal(data)
    assert sealed is not None
    assert sealed.frame == frame
    assert sealed.size == len(data) == max(size, frame.size)
    assert sealed.signed_by(KEY)


@given(_FRAMES, st.integers(0), st.integers(1, 255))
def test_a_changed_byte_is_noticed_unless_it_is_padding_or_prefix(
    frame: Frame, where: int, change: int
):
    data = bytearray(seal(frame, key=KEY))
    place = len(frame.prefix) + where % (len(data) - len(frame.prefix))
    data[place] ^= change
    sealed = unseal(bytes(data))
    assert sealed is None or not sealed.signed_by(KEY)


@given(st.binary(max_size=200))
def test_noise_is_no_frame_of_ours(data: bytes):
    for start in (b"", b"QPR1", b"QPR1\x05\0\0\x10"):
        sealed = unseal(start + data)
        assert sealed is None or not sealed.signed_by(KEY)


@given(st.binary(max_size=120))
def test_bodies_of_any_bytes_are_read_or_refused(data: bytes):
    for parse in (parse_ask, parse_answer, parse_tally):
        parse(data)
    for family in (4, 6):
        parse_opened(data, family=family)


def test_bodies_are_read_back():
    ask = Ask(size=1400, wishes=Wish.TOS | Wish.FRAGMENTS, tos=7, ttl=9, count=3, gap_us=5)
    assert parse_ask(ask.pack()) == ask
    for text in ("192.0.2.7", "2001:db8::7"):
        answer = Answer(address=ip_address(text), port=9, ttl=3, window=5, arrived_ns=1 << 60)
        assert parse_answer(answer.pack()) == answer
        opened = Opened(
            session=b"12345678",
            nonce=bytes(16),
            budget=1,
            rate=2,
            other_address=ip_address(text),
            ports=(443, 4500),
        )
        assert parse_opened(opened.pack(), family=ip_address(text).version) == opened
    tally = Tally(run=1, packets=2, size=3, first_ns=1_000_000_000, last_ns=3_000_000_000)
    assert parse_tally(tally.pack()) == tally
    assert tally.seconds == 2.0


def test_a_frame_that_no_receiver_takes_is_not_made():
    with pytest.raises(EncodeError, match="prefix"):
        seal(Frame(op=Op.ASK, prefix=b"123"), key=KEY)
    with pytest.raises(EncodeError, match="body"):
        seal(Frame(op=Op.ASK, body=bytes(LONGEST_BODY + 1)), key=KEY)


@pytest.mark.parametrize("host", ["203.0.113.9", "2001:db8::9", "far.example"])
def test_a_url_is_read_back_and_shows_its_token_only_when_asked(host: str):
    url = ReflectorUrl(new_token(), host, 4711)
    assert parse_url(url.with_token) == url
    assert token_text(url.token) not in f"{url} {url!r}"


def test_a_url_may_stand_in_a_file(tmp_path: Path):
    url = ReflectorUrl(new_token(), "203.0.113.9")
    file = tmp_path / "url"
    file.write_text(url.with_token + "\n", encoding="ascii")
    assert parse_url(f"@{file}") == url
    with pytest.raises(AddressError, match="cannot be read"):
        parse_url(f"@{file}.missing")


@pytest.mark.parametrize(
    "text",
    ["", "http://x@y:1", "qp://host:1", "qp://secretsecret@host:1", "qp://[::1", "qp://a@b:99999"],
)
def test_a_url_that_is_none_is_refused_without_showing_its_token(text: str):
    with pytest.raises(AddressError) as caught:
        parse_url(text)
    assert "secretsecret" not in str(caught.value)


def test_a_token_of_another_length_is_refused():
    with pytest.raises(AddressError, match="copy it whole"):
        parse_token(token_text(new_token())[:-3])
