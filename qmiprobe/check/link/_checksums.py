# SPDX-License-Identifier: GPL-2.0-or-later
"""Answers that came in and were thrown away for their checksums, by the kernel's own count."""

from __future__ import annotations

from qmiprobe import link
from qmiprobe.check.link._context import LinkContext


def note_checksums(context: LinkContext, *, since: int | None) -> None:
    """Add how many more there are than ``since``, where there are more."""
    now = link.read_checksum_errors()
    if now is not None and since is not None and now > since:
        context.facts.add("link.checksum_errors", now - since, source="/proc/net/snmp, snmp6")
