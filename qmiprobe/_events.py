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
    """A message, or the fragment that does not fit those before it."""
    error: DecodeError
    request: object = None
    """The pending request that the bytes seem to answer; it is open no more."""


@dataclass(frozen=True)
class Unmatched:
    """A sound message that nobody waits for; ``kind`` is a slug, ``text`` says what it is.

    Kinds: ``wrong-transaction``, ``wrong-client``, ``wrong-service`` (a request that is open
    fits but for that), ``wrong-message`` (the request of that transaction asked something else),
    ``late`` (its request was given up), ``duplicate`` (its request was answered already),
    ``stale`` (nobody asked), ``wrong-role`` (the other side may not send it).
    """

    kind: str
    text: str
    raw: bytes
    request: object = None
    """With ``late``: the request that was given up."""
