# SPDX-License-Identifier: GPL-2.0-or-later
"""Takes bytes in the portions that a format wants out of those in which they come."""

from __future__ import annotations

from collections.abc import Iterable


class ByteStream:
    """Bytes that come in chunks of any size; holds one portion and one chunk at most."""

    def __init__(self, chunks: Iterable[bytes]) -> None:
        self._chunks = iter(chunks)
        self._held = b""
        self._at = 0

    def take(self, size: int) -> bytes:
        """Return the next ``size`` bytes; fewer only at the end."""
        end = self._at + size
        if end <= len(self._held):
            part = self._held[self._at : end]
            self._at = end
            return part
        parts = [self._held[self._at :]]
        missing = size - len(parts[0])
        self._held, self._at = b"", 0
        while missing > 0:
            chunk = next(self._chunks, None)
            if chunk is None:
                break
            parts.append(chunk[:missing])
            if len(chunk) > missing:
                self._held, self._at = chunk, missing
            missing -= len(parts[-1])
        return b"".join(parts)

    def skip(self, size: int) -> None:
        """Pass over ``size`` bytes without holding them."""
        while size > 0:
            passed = len(self.take(min(size, 1 << 16)))
            if not passed:
                return
            size -= passed
