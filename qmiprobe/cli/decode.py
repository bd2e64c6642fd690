# SPDX-License-Identifier: GPL-2.0-or-later
"""``qmiprobe decode``: what bytes mean, from hex, logs, traces, captures or raw."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import click

from qmiprobe._as_json import json_line
from qmiprobe.cli._decode_output import CaptureFile, TextOutput
from qmiprobe.cli._decode_source import opened
from qmiprobe.cli._options import Options, shared
from qmiprobe.cli._status import ExitStatus

if TYPE_CHECKING:
    from qmiprobe.capture import Format, Protocol

MBIMEX = ("1.0", "2.0", "3.0", "4.0")
PROTOCOLS = ("qmi", "mbim")


@click.command(
    "decode",
    epilog="\b\nExamples:\n"
    "  qmiprobe decode 011a0080020102050022000e000204000000000001040045433235\n"
    "  qmiprobe decode modem.trace\n"
    "  qmiprobe decode usbmon.pcap -o messages.pcapng\n"
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
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, writable=True),
    metavar="FILE.pcapng",
    help="Also write the messages to a capture that Wireshark opens.",
)
@click.option("--follow", is_flag=True, help="Go on with what is added to FILE, until interrupted.")
@shared("json", "keep_personal")
def command(
    options: Options,
    source: tuple[str, ...],
    protocol: Protocol | None,
    mbimex: str | None,
    output: str | None,
    follow: bool,
) -> int:
    """Say what bytes mean: hex, one message a line; logs; traces; captures; raw bytes of a port.

    FILE, HEX or - for standard input, which is also read when nothing is given. Hex may have
    blanks, colons or 0x between its bytes. Logs are those of qmicli, mbimcli, ModemManager, uqmi,
    umbim, quectel-CM, RouterOS and strace, with any text between; captures those of usbmon
    (pcap, pcapng, or its text). docs/traces.md tells how to record each. With --json each
    message is one object on one line. The exit status is 1 when there are bytes that mean
    nothing.
    """
    from qmiprobe.capture import Decoder, read_messages

    name = source[0] if source else "-"
    _refuse_to_overwrite(source, output)
    with opened(source, follow=follow) as lines, CaptureFile(output) as capture:
        found, items = read_messages(lines, protocol=protocol)
        decoder = Decoder(
            keep_personal=options.keep_personal,
            mbimex=mbimex,
            follow=found.is_conversation,
        )
        count, status = 0, ExitStatus.OK
        text = None if options.json else TextOutput(options)
        for item in items:
            count += 1
            decoded = decoder.decode(item)
            if not decoded.is_sound:
                status = ExitStatus.DEFECT
            capture.write(decoded)
            if text is not None:
                text.show(decoded)
            else:
                sys.stdout.write(f"{json_line(decoded.json())}\n")
    if not count:
        return _nothing(name, found)
    return status


def _refuse_to_overwrite(source: tuple[str, ...], output: str | None) -> None:
    if output is None or len(source) != 1 or not os.path.exists(output):
        return
    if os.path.exists(source[0]) and os.path.samefile(source[0], output):
        raise click.UsageError(f"{output} is what shall be decoded: name another file with -o")


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
