# SPDX-License-Identifier: GPL-2.0-or-later
"""The messages that decoding is measured with: of real modems where they are, and our own."""

from __future__ import annotations

from random import Random

from qmiprobe.mbim._codec import decode as decode_mbim
from qmiprobe.qmi._codec import decode as decode_qmi
from tests.core.test_mutations import mbim_messages, qmi_messages
from tests.vectors.load import load

_QMUX = 0x01


def own(protocol: str) -> list[bytes]:
    """Return one message of every definition that the peers read, with a value in every field."""
    if protocol == "mbim":
        return mbim_messages(Random(1))
    # libqmi refuses the frames of 16-bit services.
    return [data for data in qmi_messages(Random(1)) if data[0] == _QMUX]


def real(protocol: str) -> list[bytes]:
    """Return messages of real modems that are defined; none where they are not at hand."""
    if protocol == "qmi":
        found = [vector.data for vector in load("qmi")]
        return [data for data in found if decode_qmi(data).body is not None]
    malformed = "libmbim_1_28_2_error"
    found = [
        vector.data
        for vector in load("mbim")
        if malformed not in vector.record["says"] and "synthetic" not in vector.record["origin"]
    ]
    return [data for data in found if _is_whole(data)]


def _is_whole(data: bytes) -> bool:
    from qmiprobe.errors import DecodeError

    try:
        message = decode_mbim(data, mbimex="1.0")
    except DecodeError:
        return False
    # libmbim gives up on messages of another version
    other = any(note.code == "other-mbimex" for note in message.notes)
    return message.body is not None and not other
