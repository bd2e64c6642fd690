# SPDX-License-Identifier: GPL-2.0-or-later
"""Unpacks records that were packed with gzip, as attachments of bug reports often are."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator

from qmiprobe.errors import DecodeError

MAGIC = b"\x1f\x8b"
_WITH_HEADER = 31
_PORTION = 1 << 16


def unpacked_lines(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Give the lines of what is packed, in portions where there are none for long.

    DecodeError where the data is damaged or ends early.
    """
    part = b""
    for portion in _unpacked(chunks):
        *whole, part = (part + portion).split(b"\n")
        for line in whole:
            yield line + b"\n"
        if len(part) >= _PORTION:
            yield part
            part = b""
    if part:
        yield part


def _unpacked(chunks: Iterable[bytes]) -> Iterator[bytes]:
    unpacker = zlib.decompressobj(_WITH_HEADER)
    for chunk in chunks:
        rest = chunk
        while rest:
            if unpacker.eof:  # several files after one another are one
                unpacker = zlib.decompressobj(_WITH_HEADER)
            try:
                yield unpacker.decompress(rest, _PORTION)
            except zlib.error as error:
                raise DecodeError(f"the gzip file is damaged: {error}") from error
            rest = unpacker.unused_data if unpacker.eof else unpacker.unconsumed_tail
    if not unpacker.eof:
        raise DecodeError("the gzip file ends early")
