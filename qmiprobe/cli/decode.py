# SPDX-License-Identifier: GPL-2.0-or-later
"""``qmiprobe decode``: what bytes mean, from hex, traces or raw."""

from __future__ import annotations

import os
import sys
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

import click

from qmiprobe._as_json import json_line
from qmiprobe.cli._options import Options, shared
from qmiprobe.cli._say import say
from qmiprobe.cli._status import ExitStatus

if TYPE_CHECKING:
    from collections.abc import Iterable
    from contextlib import AbstractContextManager

    from qmiprobe.capture import Decoded, Protocol

MBIMEX = ("1.0", "2.0", "3.0", "4.0")
PROTOCOLS = ("qmi", "mbim")


@click.command(
    "decode",
    epilog="\b\nExamples:\n"
    "  qmiprobe decode 011a0080020102050022000e000204000000000001040045433235\n"
    "  qmiprobe decode modem.trace\n"
    "  qmiprobe decode --json --mbimex 3.0 - < messages.hex | jq .fields",
)
@click.argument("source", nargs=-1, type=click.Path(), metavar="[FILE|HEX|-]")
@click.option(
    "--protocol", type=click.Choice(PROTOCOLS), help="Where the bytes themselves do not say it."
)
@click.option(
    "--mbimex",
    type=click.Choice(MBIMEX),
    help="The version of MBIM's extensions, where the record does not show the agreement on it.",
)
@shared("json", "keep_personal")
def command(
    options: Options, source: tuple[str, ...], protocol: Protocol | None, mbimex: str | None
) -> int:
    """Say what bytes mean: hex, one message a line; a trace; raw bytes of a control port.

    FILE, HEX or - for standard input, which is also read when nothing is given. Hex may have
    blanks, colons or 0x between its bytes. With --json each message is one object on one line.
    The exit status is 1 when there are bytes that mean nothing.
    """
    from qmiprobe.capture import Decoder, read_messages

    name = source[0] if source else "-"
    with _opened(source) as lines:
        found, items = read_messages(lines, protocol=protocol)
        decoder = Decoder(
            keep_personal=options.keep_personal,
            mbimex=mbimex,
            follow=found.is_conversation,
        )
        status, empty = ExitStatus.OK, True
        for item in items:
            empty = False
            decoded = decoder.decode(item)
            if not decoded.is_sound:
                status = ExitStatus.DEFECT
            if options.json:
                click.echo(json_line(decoded.json()))
            else:
                _show(decoded, options)
    if empty:
        click.echo(f"{name}: no messages in it", err=True)
    return status


def _show(decoded: Decoded, options: Options) -> None:
    from qmiprobe.cli._message_text import message_lines

    for line in message_lines(decoded, with_hex=bool(options.verbose)):
        say(line, options)


def _opened(source: tuple[str, ...]) -> AbstractContextManager[Iterable[bytes]]:
    """Return the lines of what was named."""
    from qmiprobe.capture import looks_like_hex

    text = " ".join(source)
    if text in ("", "-"):
        if sys.stdin.isatty():
            click.echo("reading hex from the terminal; Ctrl-D ends it", err=True)
        return nullcontext(sys.stdin.buffer)
    if len(source) == 1 and os.path.exists(text):  # False too for what is too long for a name
        try:
            return Path(text).open("rb")
        except OSError as error:
            raise click.FileError(text, error.strerror) from None
    if all(looks_like_hex(line) for line in text.splitlines() if line.strip()):
        return nullcontext([line.encode() for line in text.splitlines()])
    shown = text if len(text) <= 40 else f"{text[:40]}..."
    raise click.UsageError(f"{shown!r} is no file, and not written as hex")
