# SPDX-License-Identifier: GPL-2.0-or-later
"""Where ``decode`` reads from: a file that may grow, hex on the command line, standard input."""

from __future__ import annotations

import os
import sys
import time
from contextlib import closing, nullcontext
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, cast

import click

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Iterator
    from contextlib import AbstractContextManager
    from io import BufferedReader

LONGEST_LINE = 1 << 20
"""Bytes of a line at most: a file without line ends shall not take all memory."""
_CHUNK = 1 << 16
_PAUSE_S = 0.2


def opened(
    source: tuple[str, ...], *, follow: bool = False
) -> AbstractContextManager[Iterable[bytes]]:
    """Return the lines of what was named; with ``follow`` those to come, too, without an end."""
    from qmiprobe.capture import looks_like_hex

    text = " ".join(source)
    if text in ("", "-"):
        if sys.stdin.isatty():
            click.echo("reading hex from the terminal; Ctrl-D ends it", err=True)
        return nullcontext(_lines(_reading(sys.stdin.buffer)))
    if len(source) == 1 and os.path.exists(text):  # False too for what is too long for a name
        try:
            file = Path(text).open("rb")  # noqa: SIM115  # closed with the lines
        except OSError as error:
            raise click.FileError(text, error.strerror) from None
        return closing(_of_file(file, follow=follow))
    if follow:
        raise click.UsageError("--follow wants a file, or standard input")
    if all(looks_like_hex(line) for line in text.splitlines() if line.strip()):
        return nullcontext([line.encode() for line in text.splitlines()])
    shown = text if len(text) <= 40 else f"{text[:40]}..."
    raise click.UsageError(f"{shown!r} is no file, and not written as hex")


def _of_file(file: BinaryIO, *, follow: bool) -> Generator[bytes, None, None]:
    with file:
        read = _reading(file)
        yield from _lines(partial(_patiently, read) if follow else read)


def _reading(file: BinaryIO) -> Callable[[], bytes]:
    """Return what reads whatever is there, however little."""
    return partial(cast("BufferedReader", file).read1, _CHUNK)


def _patiently(read: Callable[[], bytes]) -> bytes:
    """Return what is added to a file, as soon as there is something."""
    while not (data := read()):
        time.sleep(_PAUSE_S)
    return data


def _flushed_first(read: Callable[[], bytes]) -> bytes:
    sys.stdout.flush()
    return read()


def _lines(read: Callable[[], bytes]) -> Iterator[bytes]:
    """Give the lines of what ``read`` returns, until it returns nothing.

    Bytes that are no text come as they are read, for no line end may follow for long. What was
    made of them is flushed before more is waited for.
    """
    part = b""
    while data := _flushed_first(read):
        *whole, part = (part + data).split(b"\n")
        for line in whole:
            yield line + b"\n"
        if len(part) >= LONGEST_LINE or b"\0" in part:
            yield part
            part = b""
    if part:
        yield part
