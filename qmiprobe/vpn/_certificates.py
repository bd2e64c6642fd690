# SPDX-License-Identifier: GPL-2.0-or-later
"""From when until when a certificate is valid (RFC 5280, 4.1.2.5); nothing else of it is read."""

from __future__ import annotations

import base64
import contextlib
import re
from collections.abc import Iterator
from dataclasses import dataclass

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
    from cryptography import x509

    try:
        found = x509.load_der_x509_certificate(der)
    except (ValueError, x509.InvalidVersion):
        return None
    return Validity(found.not_valid_before_utc.timestamp(), found.not_valid_after_utc.timestamp())


def validities(text: str) -> Iterator[Validity]:
    """Give those of all certificates in a text (PEM)."""
    for found in _PEM.finditer(text):
        with contextlib.suppress(ValueError):
            valid = validity(base64.b64decode("".join(found.group(1).split())))
            if valid is not None:
                yield valid
