# SPDX-License-Identifier: GPL-2.0-or-later
"""From when until when a certificate is valid (RFC 5280, 4.1.2.5); nothing else of it is read."""

from __future__ import annotations

import base64
import contextlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

_SEQUENCE, _UTC_TIME, _TIME, _VERSION = 0x30, 0x17, 0x18, 0xA0
_PEM = re.compile("-----BEGIN CERTIFICATE-----(.*?)-----END CERTIFICATE-----", re.DOTALL)


@dataclass(frozen=True)
class Validity:
    """Seconds since 1970."""

    begins: float
    ends: float

    def holds(self, now: float) -> bool:
        """Whether the certificate is valid at a time."""
        return self.begins <= now <= self.ends


def validity(der: bytes) -> Validity | None:
    """Return that of a certificate; None for what is none."""
    with contextlib.suppress(IndexError, ValueError, UnicodeDecodeError):
        (_, whole), *_ = _values(der)
        (_, body), *_ = _values(whole)
        fields = [one for one in _values(body) if one[0] != _VERSION]
        begins, ends = _values(fields[3][1])  # behind number, algorithm, issuer
        return Validity(_seconds(*begins), _seconds(*ends))
    return None


def validities(text: str) -> Iterator[Validity]:
    """Give those of all certificates in a text (PEM)."""
    for found in _PEM.finditer(text):
        with contextlib.suppress(ValueError):
            valid = validity(base64.b64decode("".join(found.group(1).split())))
            if valid is not None:
                yield valid


def _values(data: bytes) -> list[tuple[int, bytes]]:
    """Return what stands side by side (DER): kinds and contents."""
    found, at = [], 0
    while at < len(data):
        kind, length = data[at], data[at + 1]
        at += 2
        if length & 0x80:
            count = length & 0x7F
            length = int.from_bytes(data[at : at + count], "big")
            at += count
        if at + length > len(data):
            raise ValueError("longer than it is")
        found.append((kind, data[at : at + length]))
        at += length
    return found


def _seconds(kind: int, text: bytes) -> float:
    forms = {_UTC_TIME: "%y%m%d%H%M%SZ", _TIME: "%Y%m%d%H%M%SZ"}
    if kind not in forms:
        raise ValueError("no time")
    return datetime.strptime(text.decode("ascii"), forms[kind]).replace(tzinfo=UTC).timestamp()
