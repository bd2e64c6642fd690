# SPDX-License-Identifier: GPL-2.0-or-later
"""Reads messages written as hex text, one a line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from qmiprobe.capture._captured import Captured, Protocol
from qmiprobe.errors import DecodeError

_BETWEEN = re.compile(r"[\s:,-]+")
_PREFIX = re.compile(r"0[xX]|\\x")
_NO_DIGIT = re.compile(r"[^0-9a-fA-F]")


def parse_hex(text: str) -> bytes:
    """Return the bytes that ``text`` writes as hex digits.

    Bytes may be apart by blanks, colons, commas or hyphens and may have ``0x`` or ``\\x`` before
    them. DecodeError names the place of what is no hex, and never the text, which may be personal.
    """
    digits = "".join(map(_digits, _BETWEEN.split(text)))
    if len(digits) % 2:
        raise DecodeError(
            f"{len(digits)} hex digits: half a byte too many", offset=len(digits) // 2
        )
    return bytes.fromhex(digits)


def looks_like_hex(text: str) -> bool:
    """Whether ``text`` is written as hex and holds at least a byte."""
    try:
        return bool(parse_hex(text))
    except DecodeError:
        return False


def begins_like_hex(head: bytes) -> bool:
    """Whether the first line that is not blank is hex, or there is none."""
    lines = head.decode("utf-8", "replace").splitlines()
    return all(looks_like_hex(line) for line in lines if line.strip())


def read_hex(lines: Iterable[bytes], protocol: Protocol | None = None) -> Iterator[Captured]:
    """Give one message for each line that is not blank; one that is no hex comes with its error.

    Fragments stay what they are: the lines need not be of one conversation.
    """
    for number, line in enumerate(lines, 1):
        text = line.decode("utf-8", "replace").strip()
        if not text:
            continue
        try:
            yield Captured(data=parse_hex(text), protocol=protocol)
        except DecodeError as error:
            said = DecodeError(f"line {number} is no hex: {error.args[0]}", offset=error.offset)
            yield Captured(data=b"", protocol=protocol, error=said)


def _digits(word: str) -> str:
    digits = _PREFIX.sub("", word)
    wrong = _NO_DIGIT.search(digits)
    if wrong is not None:
        raise DecodeError(f"{wrong[0]!r} is no hex digit", offset=wrong.start() // 2)
    # "0x1, 0xf": a word of one digit is a byte of its own
    return digits.zfill(2) if len(digits) == 1 else digits
