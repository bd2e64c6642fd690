# SPDX-License-Identifier: GPL-2.0-or-later
"""Reads the messages of real modems; ``needs("vectors")`` says where they are looked for.

The files hold identity numbers as people published them: a failure shows the record's place in
its file and the names of what differs, and as few values as it can.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from tests.requirements import vectors_folder


@dataclass(frozen=True)
class Vector:
    """One record of one file; ``says`` is what independent decoders printed of it."""

    place: str
    record: dict[str, Any]

    @property
    def data(self) -> bytes:
        """The message."""
        return bytes.fromhex(self.record["hex"])

    def said(self, decoder: str) -> dict[str, Any] | None:
        """Return what ``decoder`` said, or None."""
        found: dict[str, Any] | None = self.record["says"].get(decoder)
        return found


def load(name: str) -> list[Vector]:
    """Return the records of one file; none where the folder is missing."""
    path = vectors_folder() / f"{name}.jsonl"
    if not path.is_file():
        return []
    lines = path.read_text(encoding="utf-8").splitlines()
    return [Vector(f"{name}:{n}", json.loads(line)) for n, line in enumerate(lines, 1)]
