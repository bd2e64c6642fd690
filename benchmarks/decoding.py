# SPDX-License-Identifier: GPL-2.0-or-later
"""Bytes to typed fields and notes, beside libqmi and libmbim making their text of the same bytes.

The peers are the C libraries, called through ctypes (about 1 us a message of the peer's time).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TypeVar

from benchmarks.corpus import own, real
from benchmarks.measure import Comparison, Missing, in_turns
from qmiprobe.mbim._codec import decode as decode_mbim
from qmiprobe.qmi._codec import decode as decode_qmi
from tests.core.peers import LibMbim, LibQmi

Peer = TypeVar("Peer")
AIM = 0.5


def main() -> None:
    """Print the time a message, for each corpus and protocol."""
    try:
        for comparison in (*_qmi(), *_mbim()):
            print(comparison)
    except Missing as missing:
        print(f"decoding: {missing} (make deps)")


def _qmi() -> list[Comparison]:
    libqmi = _peer(LibQmi)
    return [
        _compared(f"decoding {label}", messages, decode_qmi, "libqmi", libqmi.work)
        for label, messages in (("QMI of real modems", real("qmi")), ("all of QMI", own("qmi")))
        if messages
    ]


def _mbim() -> list[Comparison]:
    libmbim = _peer(LibMbim)
    decode = partial(decode_mbim, mbimex="1.0")
    return [
        _compared(f"decoding {label}", messages, decode, "libmbim", libmbim.work)
        for label, messages in (("MBIM of real modems", real("mbim")),)
        if messages
    ]


def _peer(make: Callable[[], Peer]) -> Peer:
    try:
        return make()
    except OSError as error:
        raise Missing(str(error)) from None


def _compared(
    work: str,
    messages: list[bytes],
    decode: Callable[[bytes], object],
    peer: str,
    print_: Callable[[bytes], None],
) -> Comparison:
    repeat = range(max(1, 2000 // len(messages)))

    def ours() -> None:
        for _ in repeat:
            for message in messages:
                decode(message)

    def theirs() -> None:
        for _ in repeat:
            for message in messages:
                print_(message)

    a, b = in_turns(ours, theirs, pieces=len(repeat) * len(messages))
    return Comparison(work, a, peer, b, AIM)


if __name__ == "__main__":
    main()
