# SPDX-License-Identifier: GPL-2.0-or-later
"""``qmiprobe simulate``: a simulated modem for other programs."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from qmiprobe.cli._device import fault_names, profile_names
from qmiprobe.cli._options import Options, shared

if TYPE_CHECKING:
    from qmiprobe.sim import SimulatedModem
    from qmiprobe.transport import ControlTransport

    Wrap = Callable[[ControlTransport], ControlTransport]


def _tables() -> str:
    from qmiprobe.sim import all_faults, load_profile

    tables = {"Profiles": {name: load_profile(name).title for name in profile_names()}}
    for name, fault in all_faults().items():
        whose = f" of {fault.protocols[0].upper()} modems" if fault.only_one else ""
        tables.setdefault(f"Faults{whose}", {})[name] = fault.doc
    lines = ["\b", "Examples:"]
    lines += ["  qmiprobe simulate ec25 --pty", "  qmiprobe simulate em7455 --pty --fault no-sim"]
    for title, rows in tables.items():
        width = max(map(len, rows))
        lines += ["", "\b", f"{title}:"]
        lines += [f"  {name:<{width}}  {text}" for name, text in rows.items()]
    return "\n".join(lines)


class _Command(click.Command):
    """Its help ends with the tables of profiles and faults, read when it is asked for."""

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the tables."""
        self.epilog = _tables()
        super().format_epilog(ctx, formatter)


@click.command("simulate", cls=_Command)
@click.argument("profile", type=click.Choice(profile_names()))
@click.option("--pty", is_flag=True, help="Serve it on a pty, and print its path.")
@click.option(
    "--fault",
    "faults",
    multiple=True,
    type=click.Choice(fault_names()),
    metavar="NAME",
    help="What shall be wrong with it; may be given several times.",
)
@shared("json", "trace", "keep_personal")
def command(profile: str, pty: bool, faults: tuple[str, ...], options: Options) -> int:
    """Be a simulated modem for other programs, until interrupted.

    Open the path as any control port: `qmicli -d PATH --device-open-qmi --dms-get-model`,
    `mbimcli -d PATH --query-device-caps`, `qmiprobe check PATH`.
    """
    if not pty:
        raise click.UsageError("where shall it be served? Give --pty")
    from qmiprobe.cli._run import run
    from qmiprobe.sim import SimulatedModem

    modem = SimulatedModem(profile, faults=faults)

    async def main() -> int:
        await _serve(modem, options)
        return 0

    return run(main)


async def _serve(modem: SimulatedModem, options: Options) -> None:
    import trio

    from qmiprobe.sim import serve_pty

    with _tracer(modem, options) as wrap:
        async with serve_pty(modem, wrap=wrap) as path:
            told = {
                "profile": modem.profile.name,
                "protocol": modem.profile.protocol,
                "faults": [fault.name for fault in modem.faults],
                "pty": path,
            }
            click.echo(json.dumps(told) if options.json else path)
            await trio.sleep_forever()


@contextmanager
def _tracer(modem: SimulatedModem, options: Options) -> Iterator[Wrap | None]:
    """Give what writes a trace of the port, or None where none is wanted."""
    if options.trace is None:
        yield None
        return
    from qmiprobe.capture import redact
    from qmiprobe.sim._trace import TracedPort

    protocol = modem.profile.protocol
    masked = None if options.keep_personal else partial(redact, protocol=protocol)
    with Path(options.trace).open("w", encoding="utf-8") as file:
        yield lambda port: TracedPort(port, file, protocol=protocol, redact=masked)
