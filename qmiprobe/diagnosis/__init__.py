# SPDX-License-Identifier: GPL-2.0-or-later
"""Facts to findings: pure rules that name a cause and what mends it."""

from __future__ import annotations

from qmiprobe.diagnosis._facts import Fact, Facts, JsonValue
from qmiprobe.diagnosis._model import (
    Evidence,
    Finding,
    Outcome,
    Reason,
    Remedy,
    Verdict,
)

__all__ = [
    "Evidence",
    "Fact",
    "Facts",
    "Finding",
    "JsonValue",
    "Outcome",
    "Reason",
    "Remedy",
    "Verdict",
]
