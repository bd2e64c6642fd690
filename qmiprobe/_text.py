# SPDX-License-Identifier: GPL-2.0-or-later
"""Wire types that hold text or digits: what modems really put there, and notes about it."""

from __future__ import annotations

from qmiprobe._types import Int, Scope, Sized, Wire
from qmiprobe._wire import Reader, Writer
from qmiprobe.errors import EncodeError


def _printable(text: str) -> bool:
    return all(ch.isprintable() or ch in "\t\r\n" for ch in text)


class Text(Sized):
    """UTF-8 text, or what firmware takes for it.

    Decoding tries UTF-8, then UCS-2 where the bytes look like it; what remains is shown with
    escapes, and a note. Zeros that fill up a fixed size are not part of the text.
    """

    def decode(self, reader: Reader, scope: Scope) -> str:
        raw = self.take(reader, scope)
        body = raw.rstrip(b"\0")
        if len(body) != len(raw) and self.fixed is None:
            reader.log.note("trailing-zeros", f"{len(raw) - len(body)} zeros end the text")
        try:
            text = body.decode("utf-8")
        except UnicodeDecodeError:
            return self._not_utf8(body, reader)
        if not _printable(text):
            reader.log.note("unprintable", "the text holds characters that do not print")
        return text

    def _not_utf8(self, raw: bytes, reader: Reader) -> str:
        reader.log.note("not-utf8", "the text is not UTF-8")
        if len(raw) % 2 == 0:
            text = raw.decode("utf-16-le", "replace")
            if _printable(text) and "\ufffd" not in text and all(ord(ch) < 0x3000 for ch in text):
                return text
        return raw.decode("utf-8", "backslashreplace")

    def to_bytes(self, value: object) -> bytes:
        if not isinstance(value, str):
            raise EncodeError(f"{value!r} is no text")
        raw = value.encode("utf-8")
        return raw.ljust(self.fixed, b"\0") if self.fixed is not None else raw


class Utf16Text(Sized):
    """UTF-16LE text without terminator, as MBIM strings are (MBIM 1.0, 10.4)."""

    def decode(self, reader: Reader, scope: Scope) -> str:
        raw = self.take(reader, scope)
        if len(raw) % 2:
            reader.log.note("odd-utf16", f"UTF-16 text of {len(raw)} bytes: the last one is lost")
            raw = raw[:-1]
        try:
            text = raw.decode("utf-16-le")
        except UnicodeDecodeError:
            reader.log.note("not-utf16", "the text is not UTF-16")
            text = raw.decode("utf-16-le", "replace")
        body = text.rstrip("\0")
        if body != text:
            reader.log.note("trailing-zeros", f"{len(text) - len(body)} zeros end the text")
        return body

    def to_bytes(self, value: object) -> bytes:
        if not isinstance(value, str):
            raise EncodeError(f"{value!r} is no text")
        return value.encode("utf-16-le")


class Bcd(Sized):
    """Digits, two a byte, the low half first; 0xF fills up (3GPP 24.008, 10.5.1.4)."""

    _DIGITS = "0123456789*#abcf"

    def decode(self, reader: Reader, scope: Scope) -> str:
        raw = self.take(reader, scope)
        digits = "".join(self._DIGITS[b & 15] + self._DIGITS[b >> 4] for b in raw)
        return digits.rstrip("f")

    def to_bytes(self, value: object) -> bytes:
        if not isinstance(value, str) or any(ch not in self._DIGITS for ch in value):
            raise EncodeError(f"{value!r} is not made of digits")
        digits = value + "f" * (len(value) % 2)
        if self.fixed is not None:
            digits = digits.ljust(2 * self.fixed, "f")
        return bytes(
            self._DIGITS.index(low) | self._DIGITS.index(high) << 4
            for low, high in zip(digits[::2], digits[1::2], strict=True)
        )


class Plmn(Wire):
    """A network's MCC and MNC in three bytes, as text ``001-01`` (3GPP 24.008, 10.5.1.13)."""

    fixed = 3

    def decode(self, reader: Reader, scope: Scope) -> str:
        a, b, c = reader.value(3)
        mcc = f"{a & 15:x}{a >> 4:x}{b & 15:x}"
        mnc = f"{c & 15:x}{c >> 4:x}" + (f"{b >> 4:x}" if b >> 4 != 15 else "")
        if not (mcc + mnc).isdigit() and (mcc, mnc) != ("fff", "ff"):
            reader.log.note("unknown-value", f"PLMN {mcc}-{mnc} is not made of digits")
        return f"{mcc}-{mnc}"

    def encode(self, writer: Writer, value: object, scope: Scope) -> None:
        mcc, dash, mnc = value.partition("-") if isinstance(value, str) else ("", "", "")
        try:
            if len(mcc) != 3 or not dash or len(mnc) not in (2, 3):
                raise ValueError
            m = [int(digit, 16) for digit in mcc + mnc.ljust(3, "f")]
        except ValueError:
            raise EncodeError(f"{value!r} is no PLMN such as 001-01") from None
        writer.data += bytes((m[0] | m[1] << 4, m[2] | m[5] << 4, m[3] | m[4] << 4))


U8, U16, U32, U64 = Int(1), Int(2), Int(4), Int(8)
