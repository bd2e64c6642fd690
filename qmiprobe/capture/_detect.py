# SPDX-License-Identifier: GPL-2.0-or-later
"""Finds out in which format messages were recorded. A new format is one reader and one row here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import TypeAlias

from qmiprobe.capture._captured import Captured, Protocol
from qmiprobe.capture._gzip import MAGIC, unpacked_lines
from qmiprobe.capture._hex import begins_like_hex, read_hex
from qmiprobe.capture._log import read_log
from qmiprobe.capture._packets import (
    PCAP_MAGIC,
    PCAPNG_MAGIC,
    read_pcap_messages,
    read_pcapng_messages,
)
from qmiprobe.capture._raw import read_raw
from qmiprobe.capture._recorded import read_recorded

Reader: TypeAlias = Callable[[Iterable[bytes], Protocol | None], Iterator[Captured]]


@dataclass(frozen=True)
class Format:
    """One way in which messages are recorded."""

    name: str
    fits: Callable[[bytes], bool]
    """Whether the first line that is not blank (or the first bytes) are of this format."""
    read: Reader
    is_conversation: bool
    """Whether its messages are of one port in order, so that one tells how to read the next."""
    is_any_text: bool = False
    """Whether any text fits, so that it need not hold messages at all."""


_LONGEST_MAGIC = 4
_BYTE_ORDER_MARK = "\ufeff".encode()
_TEXT = frozenset((*b"\t\n\r\f\x1b", *range(0x20, 0x7F), *range(0x80, 0x100)))


def _is_raw(head: bytes) -> bool:
    """Whether it is no text, for a log may have control characters.

    Either the beginning of an MBIM message has a zero, or that of a QMUX frame is its marker.
    """
    return not _TEXT.issuperset(head) and (b"\0" in head or head.startswith(b"\x01"))


FORMATS = (
    Format("a pcap file", lambda head: head.startswith(PCAP_MAGIC), read_pcap_messages, True),
    Format("a pcapng file", lambda head: head.startswith(PCAPNG_MAGIC), read_pcapng_messages, True),
    Format("a trace", lambda head: head.lstrip().startswith(b"{"), read_recorded, True),
    Format("raw bytes", _is_raw, read_raw, True),
    Format("hex", begins_like_hex, read_hex, False),
    Format("a log", lambda head: True, read_log, True, is_any_text=True),
)
"""The first that fits is it."""


def detect(lines: Iterable[bytes]) -> tuple[Format, Iterator[bytes]]:
    """Return the format, and all lines again, unpacked; reads no more of them than it has to."""
    rest = iter(lines)
    seen: list[bytes] = []
    size, is_blank = 0, True
    for line in rest:
        seen.append(line)
        size += len(line)
        is_blank = is_blank and not line.strip()
        if not is_blank and (size >= _LONGEST_MAGIC or line.endswith(b"\n")):
            break
    if seen:
        seen[0] = seen[0].removeprefix(_BYTE_ORDER_MARK)
    # All of them: the magic number of a pcapng begins with line ends.
    head = b"".join(seen)
    if head.startswith(MAGIC):
        return detect(unpacked_lines(chain(seen, rest)))
    found = next(one for one in FORMATS if one.fits(head))
    return found, chain(seen, rest)


def read_messages(
    lines: Iterable[bytes], *, protocol: Protocol | None = None
) -> tuple[Format, Iterator[Captured]]:
    """Return the format of what was recorded, and its messages.

    ``protocol`` counts where the record does not say it.
    DecodeError where it is not what it seemed.
    """
    found, again = detect(lines)
    return found, found.read(again, protocol)
