# SPDX-License-Identifier: GPL-2.0-or-later
"""Where ``decode`` writes to: text for people, and a capture for Wireshark."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Self

import click

from qmiprobe.cli._say import say

if TYPE_CHECKING:
    from qmiprobe.capture import Decoded
    from qmiprobe.cli._options import Options

_SINCE_THE_EPOCH = 1e8
"""Seconds from which on a time is a date."""


class CaptureFile:
    """The file that ``-o`` names; without one, nothing is written."""

    def __init__(self, path: str | None) -> None:
        self._path = path
        self._file: BinaryIO | None = None
        self._left_out = 0

    def __enter__(self) -> Self:
        if self._path is not None:
            from qmiprobe.capture import PcapngWriter

            self._writer = PcapngWriter()
            try:
                self._file = Path(self._path).open("wb")
            except OSError as error:
                raise click.FileError(self._path, error.strerror) from None
            self._file.write(self._writer.begin())
        return self

    def write(self, decoded: Decoded) -> None:
        """Add a message; what means nothing is left out."""
        if self._file is None:
            return
        if decoded.message is None:
            self._left_out += 1
            return
        self._file.write(self._writer.message(decoded))
        self._file.flush()

    def __exit__(self, *_: object) -> None:
        if self._file is not None:
            self._file.close()
        if self._left_out:
            click.echo(
                f"{self._path}: {self._left_out} of the records are not in it, for they are no "
                "whole messages",
                err=True,
            )


class TextOutput:
    """Writes messages for people: what is the same for many of them, once."""

    def __init__(self, options: Options) -> None:
        self._options = options
        self._began: float | None = None
        self._port: str | None = None
        self._said: set[str] = set()

    def show(self, decoded: Decoded) -> None:
        """Write one message."""
        from qmiprobe.cli._message_text import message_lines

        if decoded.port != self._port and decoded.port is not None:
            self._port = decoded.port
            self._say(click.style(f"{decoded.port}:", underline=True))
        latency = None if decoded.latency_s is None else 1000 * decoded.latency_s
        for line in message_lines(
            self._shortened(decoded), with_hex=bool(self._options.verbose), latency_ms=latency
        ):
            self._say(line)

    def _shortened(self, decoded: Decoded) -> Decoded:
        """Return ``decoded`` timed from the first message, without what was said before."""
        if decoded.time is not None and decoded.time >= _SINCE_THE_EPOCH:
            if self._began is None:
                self._began = decoded.time
                self._say(f"times count from {_date(decoded.time)}")
            decoded = replace(decoded, time=decoded.time - self._began)
        notes = tuple(one for one in decoded.notes if one.code not in self._said)
        self._said.update(one.code for one in notes if one.code == "rebuilt")
        return replace(decoded, notes=notes)

    def _say(self, line: str) -> None:
        say(line, self._options)


def _date(time: float) -> str:
    from datetime import UTC, datetime

    try:
        return f"{datetime.fromtimestamp(time, UTC):%Y-%m-%d %H:%M:%S.%f} (as the record has it)"
    except (OverflowError, OSError, ValueError):
        return f"{time:.6f}"
