# SPDX-License-Identifier: GPL-2.0-or-later
"""What the JSON objects of QMI and MBIM messages share, and how an object becomes a line."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable

from qmiprobe._plain import Json
from qmiprobe._wire import Note
from qmiprobe.errors import DecodeError

_encode = json.JSONEncoder(allow_nan=False, check_circular=False).encode
"""Of messages, which are trees."""


def notes_json(notes: Iterable[Note]) -> list[Json]:
    """Return the notes of a message."""
    return [{"code": note.code, "text": note.text, "tlv": note.tlv} for note in notes]


def undecodable_json(protocol: str | None, error: DecodeError, data: bytes) -> dict[str, Json]:
    """Return the object of bytes that mean nothing; ``protocol`` is None where it is unknown."""
    text = str(error.args[0])
    return {"protocol": protocol, "error": text, "offset": error.offset, "hex": data.hex()}


def json_line(document: Json) -> str:
    """Return ``document`` on one line of ASCII; numbers that JSON lacks (NaN) become null."""
    try:
        return _encode(document)
    except ValueError:
        return json.dumps(_finite(document))


def _finite(document: Json) -> Json:
    if isinstance(document, dict):
        return {key: _finite(value) for key, value in document.items()}
    if isinstance(document, list):
        return [_finite(value) for value in document]
    if isinstance(document, float) and not math.isfinite(document):
        return None
    return document
