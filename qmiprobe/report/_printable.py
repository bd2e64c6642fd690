# SPDX-License-Identifier: GPL-2.0-or-later
"""Texts that came from a modem, made safe for a terminal and for XML."""

from __future__ import annotations

import unicodedata

# Control characters, direction marks, surrogates and code points that no text has.
_UNSAFE = frozenset({"Cc", "Cf", "Cs", "Cn", "Co"})


def printable(text: str) -> str:
    """The text on one line, each character that steers a terminal replaced by U+FFFD."""
    return "".join(
        " " if char in "\n\t" else "\N{REPLACEMENT CHARACTER}" if _is_unsafe(char) else char
        for char in text
    )


def _is_unsafe(char: str) -> bool:
    return unicodedata.category(char) in _UNSAFE
