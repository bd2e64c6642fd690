# SPDX-License-Identifier: GPL-2.0-or-later
"""Packets that this host's own filter refuses where usual ones pass: no fault of the network."""

from __future__ import annotations

from collections.abc import Sequence

from qmiprobe.check._check import Result
from qmiprobe.check.link._checksums import note_checksums
from qmiprobe.check.link._context import LinkContext
from qmiprobe.diagnosis import JsonValue, Reason


def eaten_here(context: LinkContext, records: Sequence[JsonValue]) -> Result:
    """Return the result of a check whose answers came in and reached no socket.

    ``records``: what became of which, {kind, family, target}; they are added to the facts.
    """
    facts = context.facts
    note_checksums(context, since=context.checksum_errors)
    facts.add("link.return.eaten", [*facts.records("link.return.eaten"), *records],
              source="AF_PACKET")  # fmt: skip
    kinds = ", ".join(str(one["kind"]) for one in records if isinstance(one, dict))
    return Result.failed(Reason.DEFECT, f"answers arrive and reach no socket: {kinds}")


def filtered_here(context: LinkContext, names: Sequence[str]) -> Result:
    """Add what was refused to the facts, and return the result of a check that met it."""
    facts = context.facts
    known: list[JsonValue] = [*dict.fromkeys((*facts.texts("link.filtered"), *names))]
    facts.add("link.filtered", known, source="EPERM")
    text = f"this host's filter refuses what is sent: {', '.join(names)}"
    return Result.failed(Reason.DEFECT, text)
