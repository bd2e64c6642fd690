# SPDX-License-Identifier: GPL-2.0-or-later
"""``qmiprobe listen``: indications as they come."""

from __future__ import annotations

import time
from datetime import datetime
from typing import TYPE_CHECKING

import click

from qmiprobe._as_json import json_line
from qmiprobe.address import Address
from qmiprobe.cli._device import DeviceType
from qmiprobe.cli._group import PROGRAM
from qmiprobe.cli._indications import IndicationWord, Wanted, common_protocol
from qmiprobe.cli._options import Options, shared
from qmiprobe.cli._run import run
from qmiprobe.cli._say import say, say_observed
from qmiprobe.cli._status import ExitStatus
from qmiprobe.cli._tracing import trace_to

if TYPE_CHECKING:
    from qmiprobe.cli._listen import Heard


@click.command(
    "listen",
    epilog="\b\nExamples:\n"
    "  qmiprobe listen /dev/cdc-wdm0                    all that the modem tells\n"
    "  qmiprobe listen wwan0 nas wds.packet-service-status\n"
    "  qmiprobe listen mbim-proxy:/dev/cdc-wdm0 basic-connect.signal-state --json\n"
    "  qmiprobe listen sim:ec25 nas --for 60\n"
    "  qmiprobe listen /dev/cdc-wdm0 wms --count 1 --for 30 || echo none",
)
@click.argument("device", type=DeviceType())
@click.argument("wanted", nargs=-1, type=IndicationWord(), metavar="[SERVICE[.INDICATION]]...")
@click.option(
    "--for",
    "seconds",
    type=click.FloatRange(min=0, min_open=True),
    metavar="S",
    help="End after so many seconds, from the start; else it goes on until interrupted.",
)
@click.option(
    "--count",
    type=click.IntRange(min=1),
    metavar="N",
    help="End after N indications; with --for, exit status 4 where fewer came.",
)
@shared("json", "trace", "keep_personal", "sysroot")
def command(
    device: Address,
    wanted: tuple[Wanted, ...],
    options: Options,
    seconds: float | None,
    count: int | None,
) -> int:
    """Show the indications (MBIM: notifications) of a modem as they come.

    Registers for those of the services that are named, or for all that the modem has, and takes
    that back at the end. A modem that is reset or unplugged is waited for, told of on standard
    error, and registered with again. With --json each indication is one object on one line.
    """
    common_protocol(wanted)
    shown = 0

    def show(heard: Heard) -> bool:
        nonlocal shown
        _show(heard, options)
        shown += 1
        return shown != count

    def tell(text: str) -> None:
        say(f"{PROGRAM}: {text}", options, err=True)

    async def main() -> int:
        import trio

        from qmiprobe.cli._listen import Listening, listen
        from qmiprobe.device import Observed

        with trace_to(options) as wrap:
            asked = Listening(
                address=device,
                observed=Observed(),
                wanted=wanted,
                sysroot=options.sysroot,
                wrap=wrap,
            )
            try:
                with trio.move_on_after(float("inf") if seconds is None else seconds) as bound:
                    await listen(asked, show, tell)
            finally:
                say_observed(asked.observed, options)
        if bound.cancelled_caught and count is not None:
            tell(f"{shown} of {count} indications came within {seconds:g} s")
            return ExitStatus.NO_ANSWER
        return ExitStatus.OK

    return run(main)


def _show(heard: Heard, options: Options) -> None:
    from qmiprobe.capture import Captured, Decoder

    now = time.time()
    decoder = Decoder(keep_personal=options.keep_personal, mbimex=heard.mbimex, vendor=heard.vendor)
    item = Captured(
        data=heard.raw,
        protocol=heard.protocol,
        direction="from-device",
        time=now if options.json else None,
    )
    decoded = decoder.decode(item)
    if options.json:
        click.echo(json_line(decoded.json()))
        return
    from qmiprobe.cli._message_text import message_lines

    at = datetime.fromtimestamp(now).astimezone().isoformat(" ", "milliseconds")
    first, *others = message_lines(decoded, with_hex=bool(options.verbose))
    for line in (f"{at[11:23]} {first}", *others):
        say(line, options)
