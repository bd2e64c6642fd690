# SPDX-License-Identifier: GPL-2.0-or-later
"""Wire types that hold text or digits: what modems really put there, and notes about it."""

from __future__ import annotations

from unicodedata import category

from qmiprobe._gsm7 import from_gsm7
from qmiprobe._types import Int, Scope, Sized, Wire
from qmiprobe._wire import Reader, Writer
from qmiprobe.errors import EncodeError


def printable(text: str) -> bool:
    """Whether each character has a shape, or is a blank or the end of a line."""
    return text.isprintable() or all(
        ch.isprintable() or ch in "\t\r\n" or category(ch) in ("Zs", "Zl", "Zp", "Co")
        for ch in text
    )


class Text(Sized):
    """UTF-8 text, or what firmware takes for it.

    Decoding tries UTF-8, then UCS-2 where the bytes look like it, then the GSM 7-bit alphabet;
    what remains is shown with escapes. All but UTF-8 leave a note. Of more bytes than ``limit``
    the first ones count; in a fixed size they count up to a zero or what is not UTF-8.
    """

    kind = "text"

    def decode(self, reader: Reader, scope: Scope) -> str:
        raw = self.take(reader, scope)
        if self.fixed is not None:
            return self._head(raw, reader)
        if self.limit is not None:
            raw = raw[: self.limit]
        body = raw.rstrip(b"\0")
        if len(body) != len(raw):
            reader.log.note("trailing-zeros", f"{len(raw) - len(body)} zeros end the text")
        try:
            text = body.decode("utf-8")
        except UnicodeDecodeError:
            code, cause = "not-utf8", "the text is not UTF-8"
        else:
            if printable(text):
                return text
            code, cause = "unprintable", "the text holds characters that do not print"
        text, shown = _other_alphabet(raw, body)
        reader.log.note(code, f"{cause}: {shown}")
        return text

    def _head(self, raw: bytes, reader: Reader) -> str:
        """Return what stands before the fill, which is 0x00 or 0xFF."""
        body, _, behind = raw.partition(b"\0")
        try:
            text, fill = body.decode("utf-8"), b""
        except UnicodeDecodeError as error:
            text, fill = body[: error.start].decode("utf-8"), body[error.start :]
        if fill.strip(b"\xff"):
            reader.log.note("not-utf8", f"the text's last {len(fill)} bytes are not UTF-8")
        if behind.strip(b"\0\xff"):
            reader.log.note("trailing-bytes", f"{len(behind)} bytes behind the end of the text")
        return text

    def to_bytes(self, value: object) -> bytes:
        if not isinstance(value, str):
            raise EncodeError(f"{value!r} is no text")
        if "\0" in value:
            raise EncodeError("a text cannot hold a zero character")
        raw = value.encode("utf-8")
        return raw.ljust(self.fixed, b"\0") if self.fixed is not None else raw


def _other_alphabet(raw: bytes, body: bytes) -> tuple[str, str]:
    """Return the text in bytes that are no printable UTF-8, and what they were taken for.

    GSM 7-bit makes some text of nearly all bytes: UCS-2 goes first where every second byte is
    the same or 0, as in text of one script.
    """
    ucs2 = None
    if len(raw) % 2 == 0:
        wide = raw.decode("utf-16-le", "replace").rstrip("\0")
        if "\ufffd" not in wide and printable(wide):
            ucs2 = wide
    if ucs2 is not None and len(raw) >= 4 and len({*raw[1::2]} - {0}) <= 1:
        return ucs2, "read as UCS-2"
    gsm = from_gsm7(body)
    if gsm is not None:
        return gsm, "read as GSM 7-bit"
    if ucs2 is not None:
        return ucs2, "read as UCS-2"
    return body.decode("utf-8", "backslashreplace"), "shown with escapes"


class Utf16Text(Sized):
    """UTF-16LE text without terminator, as MBIM strings are (MBIM 1.0, 10.4)."""

    kind = "utf-16"

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
