# SPDX-License-Identifier: GPL-2.0-or-later
"""Questions that the modem refused, as words: which one, and with what error."""

from __future__ import annotations

from collections.abc import Mapping

from qmiprobe.diagnosis._facts import Facts, JsonValue
from qmiprobe.diagnosis._model import Evidence

Record = Mapping[str, JsonValue]
_KINDS = {
    "qmi-error": "QMI error",
    "status": "MBIM status",
    "protocol-error": "MBIM protocol error",
}


def refusals_of(facts: Facts, *checks: str) -> tuple[Record, ...]:
    """Return the refusals that made these checks fail; without any, all there are."""
    return tuple(
        record
        for record in facts.records("control.refused")
        if not checks or record.get("check") in checks
    )


def refusal_text(record: Record) -> str:
    """Return an error as a person writes it: ``QMI error 5 (client-ids-exhausted)``."""
    kind = _KINDS.get(str(record.get("kind")), "error")
    name = record.get("name")
    return f"{kind} {record.get('number')} ({name or 'a number without a name'})"


def refusal_evidence(record: Record) -> Evidence:
    """Return a refusal as evidence."""
    question = str(record.get("question"))
    return Evidence(
        f"{question}: {refusal_text(record)}", value=record.get("number"), source=question
    )
