# SPDX-License-Identifier: GPL-2.0-or-later
"""Becoming a user without rights, who may be unable to read even this checkout (in /root)."""

from __future__ import annotations

import os
from importlib import import_module

NOBODY = 65534
_LOADED_LATE = (
    "encodings.idna",
    "dns.rdtypes.ANY.CNAME",
    "dns.rdtypes.ANY.SOA",
    "dns.rdtypes.IN.A",
    "dns.rdtypes.IN.AAAA",
    "qmiprobe.diagnosis._areas",
)
"""By libraries and by qmiprobe: nobody may be unable to."""


def become_nobody() -> None:
    """Make this process, a child of the test's, one of nobody's, for good."""
    for name in _LOADED_LATE:
        import_module(name)
    os.setresuid(NOBODY, NOBODY, NOBODY)
