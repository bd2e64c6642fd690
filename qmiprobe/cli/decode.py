# SPDX-License-Identifier: GPL-2.0-or-later
"""``qmiprobe decode``: what bytes mean, from hex, logs, traces, captures or raw."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import click

from qmiprobe._as_json import json_line
from qmiprobe.cli._decode_source import opened
from qmiprobe.cli._options import Options, shared
from qmiprobe.cli._say import say
from qmiprobe.cli._status import ExitStatus

if TYPE_CHECKING:
    from collections.abc import Iterable

    from qmiprobe.capture import Captured, Decoded, Decoder, Format, Protocol

MBIMEX = ("1.0", "2.0", "3.0", "4.0")
PROTOCOLS = ("qmi", "mbim")
_SINCE_THE_EPOCH = 1e8
"""Seconds from which on a time is a date."""


@click.command(
    "decode",
    epilog="\b\nExamples:\n"
    "  qmiprobe decode 011a0080020102050022000e000204000000000001040045433235\n"
    "  qmiprobe decode modem.trace\n"
    "  journalctl -u ModemManager -f | qmiprobe decode\n"
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
@click.option("--follow", is_flag=True, help="Go on with what is added to FILE, until interrupted.")
@shared("json", "keep_personal")
def command(
    options: Options,
    source: tuple[str, ...],
    protocol: Protocol | None,
    mbimex: str | None,
    follow: bool,
) -> int:
    """Say what bytes mean: hex, one message a line; logs with other text; traces; raw bytes.

    FILE, HEX or - for standard input, which is also read when nothing is given. Hex may have
    blanks, colons or 0x between its bytes. Of logs those of qmicli, mbimcli, ModemManager, uqmi,
    umbim, quectel-CM, RouterOS and strace are known. With --json each message is one object on
    one line. The exit status is 1 when there are bytes that mean nothing.
    """
    from qmiprobe.capture import Decoder, read_messages

    name = source[0] if source else "-"
    with opened(source, follow=follow) as lines:
        found, items = read_messages(lines, protocol=protocol)
        decoder = Decoder(
            keep_personal=options.keep_personal,
            mbimex=mbimex,
            follow=found.is_conversation,
        )
        count, status = _show_all(items, decoder, options)
    if not count:
        return _nothing(name, found)
    return status


def _show_all(
    items: Iterable[Captured], decoder: Decoder, options: Options
) -> tuple[int, ExitStatus]:
    """Write all messages; return how many they were, and the exit status."""
    count, status, text = 0, ExitStatus.OK, _Text(options)
    for item in items:
        count += 1
        decoded = decoder.decode(item)
        if not decoded.is_sound:
            status = ExitStatus.DEFECT
        if options.json:
            click.echo(json_line(decoded.json()))
        else:
            text.show(decoded)
    return count, status


def _nothing(name: str, found: Format) -> ExitStatus:
    if not found.is_any_text:
        click.echo(f"{name}: no messages in it", err=True)
        return ExitStatus.OK
    click.echo(
        f"{name}: no messages in it: no hex, and no form of a log that is known "
        "(docs/traces.md says which are, and how to record them)",
        err=True,
    )
    return ExitStatus.DEFECT


class _Text:
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
