# SPDX-License-Identifier: GPL-2.0-or-later
"""What both protocols' connections tell of received bytes beside their own messages."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from qmiprobe.errors import DecodeError

QUARANTINE = 300.0
"""Seconds an abandoned transaction id stays unused; mbim-proxy and qmi-proxy wait as long."""


class Role(Enum):
    """Which side of the control port a connection plays."""

    HOST = "host"
    MODEM = "modem"


@dataclass(frozen=True)
class Malformed:
    """Bytes that cannot mean a message."""

    raw: bytes
    error: DecodeError
    request: object = None
    """The pending request that the bytes seem to answer; it is open no more."""


@dataclass(frozen=True)
class Unmatched:
    """A sound message that nobody waits for; ``kind`` is a slug, ``text`` says what it is.

    Kinds: ``wrong-transaction``, ``wrong-message``, ``wrong-service``, ``late`` (its request was
    given up), ``duplicate`` (its request was answered already), ``wrong-role``.
    """

    kind: str
    text: str
    raw: bytes
