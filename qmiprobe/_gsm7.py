# SPDX-License-Identifier: GPL-2.0-or-later
"""Text in the GSM 7-bit default alphabet, packed into octets (3GPP 23.038, 6.1.2.1 and 6.2.1)."""

from __future__ import annotations

_ALPHABET = (
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ\x1bÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_ESCAPED = {
    0x0A: "\f", 0x14: "^", 0x28: "{", 0x29: "}", 0x2F: "\\", 0x3C: "[", 0x3D: "~", 0x3E: "]",
    0x40: "|", 0x65: "€",
}  # fmt: skip
_ESCAPE = 0x1B


def from_gsm7(data: bytes) -> str | None:
    """Return the text packed in ``data``, without the zeros that end it; None if it is none."""
    septets: list[int] = []
    for at in range(0, len(data), 7):
        bits, count = int.from_bytes(data[at : at + 7], "little"), 8 * len(data[at : at + 7]) // 7
        septets += [(bits >> (7 * n)) & 0x7F for n in range(count)]
    while septets and septets[-1] == 0:  # 0 is also "@", but not at the end
        septets.pop()
    text = []
    rest = iter(septets)
    for septet in rest:
        if septet != _ESCAPE:
            text.append(_ALPHABET[septet])
            continue
        escaped = _ESCAPED.get(next(rest, -1))
        if escaped is None:
            return None
        text.append(escaped)
    return "".join(text)


def to_gsm7(text: str) -> bytes | None:
    """Return ``text`` packed; None if the alphabet lacks one of its characters."""
    septets: list[int] = []
    for char in text:
        plain = _ALPHABET.find(char)
        if plain >= 0 and char != "\x1b":
            septets.append(plain)
            continue
        escaped = next((code for code, known in _ESCAPED.items() if known == char), None)
        if escaped is None:
            return None
        septets += (_ESCAPE, escaped)
    bits = sum(septet << (7 * n) for n, septet in enumerate(septets))
    return bits.to_bytes((7 * len(septets) + 7) // 8, "little")
