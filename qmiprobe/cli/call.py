# SPDX-License-Identifier: GPL-2.0-or-later
"""``qmiprobe call``: sends messages and shows the answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from qmiprobe._as_json import json_line
from qmiprobe.address import Address, ProxyAddress
from qmiprobe.cli._device import DeviceType
from qmiprobe.cli._group import PROGRAM
from qmiprobe.cli._options import Options, shared
from qmiprobe.cli._run import run
from qmiprobe.cli._say import say, say_observed
from qmiprobe.cli._status import ExitStatus
from qmiprobe.cli._step_words import StepWord
from qmiprobe.cli._steps import make_steps, mark
from qmiprobe.cli._tracing import trace_to

if TYPE_CHECKING:
    from qmiprobe.cli._exchange import Answer

MBIMEX = ("1.0", "2.0", "3.0", "4.0")


class _CallCommand(click.Command):
    """A command in which ``--then``, ``--set`` and ``--raw`` keep their place among the words."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        return super().parse_args(ctx, mark(args))


@click.command(
    "call",
    cls=_CallCommand,
    epilog="\b\nExamples:\n  qmiprobe call /dev/cdc-wdm0 dms.get-model\n"
    "  qmiprobe call sim:ec25 wds.start-network apn=internet\n"
    "  qmiprobe call sim:ec25 nas.get-signal-info --repeat 5 --interval 1 --json\n"
    "  qmiprobe call sim:ec25 dms.get-model --then nas.get-signal-info\n"
    "  qmiprobe call sim:em7455 basic-connect.radio-state radio-state=off\n"
    "  qmiprobe protocol dms                  the messages of a service",
)
@click.argument("device", type=DeviceType())
@click.argument("words", nargs=-1, type=StepWord(), metavar="MESSAGE [FIELD=VALUE]...")
# These three are taken by ``mark`` before click sees them: here for --help and completion.
@click.option(
    "--then", is_flag=True, expose_value=False, help="Another MESSAGE with its fields follows."
)
@click.option("--set", is_flag=True, expose_value=False, help="Send as a set, like :set.")
@click.option(
    "--raw",
    metavar="HEX",
    expose_value=False,
    help="A whole QMUX or MBIM message in place of MESSAGE; the ids are our own.",
)
@click.option(
    "--repeat",
    type=click.IntRange(min=1),
    default=1,
    metavar="N",
    help="Send N times; --timeout is longer then, unless given.",
)
@click.option(
    "--interval",
    type=click.FloatRange(min=0),
    default=0.0,
    metavar="S",
    help="Seconds from one time to the next.",
)
@click.option(
    "--at-once",
    type=click.IntRange(1, 4),
    default=1,
    metavar="N",
    help="Of --repeat, so many under way beside each other: sooner done, but one may wait for "
    "another, and its latency counts that.",
)
@click.option(
    "--mbimex",
    type=click.Choice(MBIMEX),
    help="Agree with the device on this version of MBIM's extensions first: it then holds for "
    "every program.",
)
@shared("json", "trace", "keep_personal", "sysroot", timeout=30.0)
def command(
    device: Address,
    words: tuple[str, ...],
    options: Options,
    repeat: int,
    interval: float,
    at_once: int,
    mbimex: str | None,
) -> int:
    """Send one message, or several, to a modem and show the answers.

    MESSAGE is SERVICE.MESSAGE, with qmi/ or mbim/ before it where both have the service; in MBIM
    :set or :query may follow. Fields of a struct are written a.b=1, items of a list a[0]=1 or
    a=1,2; enums by name or number, bytes as hex. FIELD=@FILE takes JSON from a file, @FILE alone
    an object with all fields. With --json each answer is one object on one line. A refusal of the
    modem ends the round: exit status 1.
    """
    if mbimex not in (None, "1.0") and isinstance(device, ProxyAddress):
        raise click.UsageError("--mbimex: behind a proxy the version is that of all its clients")
    if at_once > 1 and interval:
        raise click.UsageError("--at-once and --interval contradict each other")
    steps = make_steps(words, mbimex=mbimex, wanted=getattr(device, "wanted", None))
    timeout = options.timeout or 30.0
    if _is_default("timeout"):
        timeout += (repeat - 1) * (timeout + interval)
    failures: list[str] = []

    def show(answer: Answer) -> None:
        _show(answer, options)
        if answer.failure is not None:
            failures.append(str(answer.failure))
            say(f"{PROGRAM}: {answer.failure}", options, err=True)

    async def main() -> int:
        from qmiprobe.cli._exchange import Run, exchange_all
        from qmiprobe.device import Observed

        with trace_to(options) as wrap:
            asked = Run(
                address=device,
                observed=Observed(),
                steps=steps,
                repeat=repeat,
                interval=interval,
                at_once=at_once,
                mbimex=mbimex,
                timeout=timeout,
                sysroot=options.sysroot,
                wrap=wrap,
            )
            try:
                await exchange_all(asked, show)
            finally:
                say_observed(asked.observed, options)
        return ExitStatus.DEFECT if failures else ExitStatus.OK

    return run(main, timeout=timeout)


def _show(answer: Answer, options: Options) -> None:
    from qmiprobe.capture import Captured, Decoder
    from qmiprobe.cli._message_text import message_lines

    decoder = Decoder(
        keep_personal=options.keep_personal,
        mbimex=answer.mbimex,
        vendor=answer.vendor,
    )
    item = Captured(data=answer.raw, protocol=answer.step.protocol, direction="from-device")
    decoded = decoder.decode(item)
    latency = None if answer.latency_s is None else round(1000 * answer.latency_s, 3)
    if options.json:
        document = decoded.json()
        if latency is not None:
            document["latency_ms"] = latency
        click.echo(json_line(document))
        return
    for line in message_lines(decoded, with_hex=bool(options.verbose), latency_ms=latency):
        say(line, options)


def _is_default(name: str) -> bool:
    source = click.get_current_context().get_parameter_source(name)
    return source is click.core.ParameterSource.DEFAULT
