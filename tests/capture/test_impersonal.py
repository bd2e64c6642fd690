# SPDX-License-Identifier: GPL-2.0-or-later
"""What is taken for impersonal, so as not to be redacted, is what redaction would not change."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

import pytest

from qmiprobe.capture import Captured, Decoder, Protocol, redact
from tests.core.mutations import damaged, mend_mbim, mend_qmux
from tests.core.test_mutations import mbim_messages, qmi_messages
from tests.vectors.load import load

Messages = Callable[[Random], list[bytes]]
Mend = Callable[[bytes], bytes]
VERSIONS = (None, "1.0", "3.0", "4.0")
ROUNDS = 3_000


def hold(data: bytes, protocol: Protocol) -> None:
    """Hold what is shown of ``data`` against what redaction makes of it."""
    for mbimex in VERSIONS if protocol == "mbim" else (None,):
        shown = Decoder(mbimex=mbimex).decode(Captured(data=data, protocol=protocol))
        assert shown.raw == redact(data, protocol=protocol, mbimex=mbimex), data.hex()


PROTOCOLS = pytest.mark.parametrize(
    ("protocol", "messages", "mend"),
    [("qmi", qmi_messages, mend_qmux), ("mbim", mbim_messages, mend_mbim)],
    ids=["qmi", "mbim"],
)


@PROTOCOLS
def test_messages_of_every_definition_are_shown_redacted(
    protocol: Protocol, messages: Messages, mend: Mend
):
    for seed in range(5):
        for data in messages(Random(seed)):
            hold(data, protocol)


@PROTOCOLS
def test_damaged_messages_are_shown_redacted(protocol: Protocol, messages: Messages, mend: Mend):
    random = Random(88)
    known = messages(random)
    for _ in range(ROUNDS):
        data = damaged(random, random.choice(known), random.choice(known))
        digits = b"0010101234567" if random.random() < 0.3 else b""
        hold(mend(data + digits), protocol)


@pytest.mark.needs("vectors")
def test_messages_of_real_modems_are_shown_redacted():
    for vector in load("qmi"):
        hold(vector.data, "qmi")
    for vector in load("mbim"):
        hold(vector.data, "mbim")
