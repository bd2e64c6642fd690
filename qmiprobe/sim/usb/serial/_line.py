# SPDX-License-Identifier: GPL-2.0-or-later
"""A line of AT commands, from bytes to commands, and answers back to bytes (ITU-T V.250)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

Form = Literal["do", "read", "test", "set"]

_LONGEST = 2048
"""Bytes of a line; what has no end by then is thrown away."""
_EXTENDED = re.compile(r"(?P<name>[+^$%#!*][A-Z][A-Z0-9_./:-]*)", re.IGNORECASE)
_BASIC = re.compile(r"(?P<name>&?[A-Z])(?P<number>\d*)", re.IGNORECASE)
_REGISTER = re.compile(r"S(?P<number>\d+)(?P<rest>\?|=\?|=\d*)?", re.IGNORECASE)
RESULT_CODES = {"OK": 0, "CONNECT": 1, "RING": 2, "NO CARRIER": 3, "ERROR": 4, "NO DIALTONE": 6,
                "BUSY": 7, "NO ANSWER": 8}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Command:
    """One command of a line: ``+CPIN`` read, ``E`` with 0."""

    name: str
    """In capitals."""
    form: Form = "do"
    values: tuple[str, ...] = ()
    """What stands behind ``=``, without quotes; a basic command's number or dial string."""


def split_line(text: str) -> list[Command] | None:
    """Return the commands of a line without its ``AT``; None where it cannot be understood."""
    commands = []
    at = 0
    while at < len(text):
        if text[at] in " ;":
            at += 1
            continue
        if text[at] in "+^$%#!*":
            end = _end_of_extended(text, at)
            command = _extended(text[at:end])
        else:
            command, end = _basic(text, at)
        if command is None:
            return None
        commands.append(command)
        at = end
    return commands


def _end_of_extended(text: str, at: int) -> int:
    quoted = False
    for position in range(at, len(text)):
        if text[position] == '"':
            quoted = not quoted
        elif text[position] == ";" and not quoted:
            return position
    return len(text)


def _extended(text: str) -> Command | None:
    match = _EXTENDED.match(text)
    if match is None:
        return None
    name, rest = match["name"].upper(), text[match.end() :].strip()
    if rest == "":
        return Command(name)
    if rest == "?":
        return Command(name, "read")
    if rest == "=?":
        return Command(name, "test")
    return Command(name, "set", _values(rest[1:])) if rest[0] == "=" else None


def _values(text: str) -> tuple[str, ...]:
    parts, quoted = [""], False
    for letter in text:
        if letter == '"':
            quoted = not quoted
        elif letter == "," and not quoted:
            parts.append("")
        else:
            parts[-1] += letter
    return tuple(part.strip() for part in parts)


def _basic(text: str, at: int) -> tuple[Command | None, int]:
    register = _REGISTER.match(text, at)
    if register is not None:
        name, rest = f"S{int(register['number'][:3])}", register["rest"] or ""
        forms: dict[str, Command] = {"": Command(name), "?": Command(name, "read"),
                                     "=?": Command(name, "test")}  # fmt: skip
        return forms.get(rest, Command(name, "set", (rest[1:],))), register.end()
    if text[at] in "Dd":  # a number to dial takes the rest of the line
        return Command("D", "do", (text[at + 1 :].strip(),)), len(text)
    match = _BASIC.match(text, at)
    if match is None:
        return None, at
    values = (match["number"],) if match["number"] else ()
    return Command(match["name"].upper(), "do", values), match.end()


class Line:
    """Collects what comes from the host into lines, and knows how it wants its answers."""

    def __init__(self) -> None:
        self.echo = self.verbose = True
        self.quiet = False
        self._buffer = bytearray()
        self._last = ""

    def reset(self) -> None:
        """Be as after power-up; a line that was begun stays."""
        self.echo = self.verbose = True
        self.quiet = False

    def feed(self, byte: int) -> str | None:
        """Take one byte; return the text behind ``AT`` of a line that it ends, else None.

        What stands before ``AT`` is ignored, such as the ``+++`` that ends a call there is none of.
        """
        if byte in (8, 127):
            del self._buffer[-1:]
            return None
        if byte != 13:
            if byte >= 32:
                self._buffer.append(byte)
            if len(self._buffer) > _LONGEST:
                self._buffer.clear()
            return self._repeated()
        text = self._buffer.decode("ascii", "replace")
        self._buffer.clear()
        start = text.upper().find("AT")
        if start < 0:
            return None
        self._last = text[start + 2 :]
        return self._last

    def _repeated(self) -> str | None:
        """``A/`` repeats the line before, without an end of its own."""
        if self._buffer.upper() != b"A/":
            return None
        self._buffer.clear()
        return self._last

    def text(self, text: str) -> bytes:
        """Return a line of information as the host wants it."""
        return (f"\r\n{text}\r\n" if self.verbose else f"{text}\r\n").encode("ascii", "replace")

    def result(self, code: str) -> bytes:
        """Return a final result code as the host wants it."""
        if self.quiet:
            return b""
        if self.verbose:
            return f"\r\n{code}\r\n".encode()
        return f"{RESULT_CODES.get(code, code)}\r".encode()
