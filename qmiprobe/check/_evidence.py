# SPDX-License-Identifier: GPL-2.0-or-later
"""Evidence with its value in the text, so that every view shows both."""

from __future__ import annotations

from qmiprobe.diagnosis import Evidence, JsonValue


def measured(
    name: str,
    value: JsonValue,
    *,
    unit: str | None = None,
    source: str = "",
    personal: bool = False,
) -> Evidence:
    """Return evidence that reads ``name: value unit`` and keeps value and unit as data."""
    shown = f"{value:g}" if isinstance(value, float) else str(value)
    text = f"{name}: {shown}{' ' + unit if unit else ''}"
    return Evidence(text, value=value, unit=unit, source=source, personal=personal)
