# SPDX-License-Identifier: GPL-2.0-or-later
"""``qmiprobe simulate``: a simulated modem for other programs."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import AsyncExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from qmiprobe.cli._device import fault_names, profile_names
from qmiprobe.cli._options import Options, shared

if TYPE_CHECKING:
    from qmiprobe.sim import Event, SimulatedModem
    from qmiprobe.transport import ControlTransport

    Wrap = Callable[[ControlTransport], ControlTransport]


def _tables() -> str:
    from qmiprobe.sim import all_faults, load_profile
    from qmiprobe.sim._events import KINDS

    tables = {"Profiles": {name: load_profile(name).title for name in profile_names()}}
    tables["Events (after=SECONDS, every=SECONDS, and one of these)"] = KINDS
    for name, fault in all_faults().items():
        whose = f" of {fault.protocols[0].upper()} modems" if fault.only_one else ""
        tables.setdefault(f"Faults{whose}", {})[name] = fault.doc
    lines = ["\b", "Examples:"]
    lines += [
        "  qmiprobe simulate ec25 --pty",
        "  qmiprobe simulate em7455 --pty --fault no-sim",
        "  qmiprobe simulate mc7455 --proxy --event 'after=2 every=1 signal rsrp=-90,-110'",
    ]
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
    "--proxy",
    is_flag=True,
    help="Serve it on the socket of qmi-proxy or mbim-proxy: clients reach it by `-p` and any "
    "path. Needs a network namespace where no proxy listens.",
)
@click.option(
    "--fault",
    "faults",
    multiple=True,
    type=click.Choice(fault_names()),
    metavar="NAME",
    help="What shall be wrong with it; may be given several times.",
)
@click.option(
    "--event",
    "events",
    multiple=True,
    metavar="EVENT",
    callback=lambda _context, _option, texts: _parsed(texts),
    help="What shall happen to it meanwhile; may be given several times.",
)
@shared("json", "trace", "keep_personal")
def command(
    profile: str,
    pty: bool,
    proxy: bool,
    faults: tuple[str, ...],
    events: tuple[Event, ...],
    options: Options,
) -> int:
    """Be a simulated modem for other programs, until interrupted.

    Open the path as any control port: `qmicli -d PATH --device-open-qmi --dms-get-model`,
    `mbimcli -d PATH --query-device-caps`, `qmiprobe check PATH`.
    """
    if not pty and not proxy:
        raise click.UsageError("where shall it be served? Give --pty or --proxy")
    from qmiprobe.cli._run import run
    from qmiprobe.sim import SimulatedModem

    serving = _Serving(SimulatedModem(profile, faults=faults), events, pty=pty, proxy=proxy)

    async def main() -> int:
        await serving.run(options)
        return 0

    return run(main)


def _parsed(texts: tuple[str, ...]) -> tuple[Event, ...]:
    """Read events; one that cannot be understood is a usage error."""
    if not texts:
        return ()
    from qmiprobe.errors import AddressError
    from qmiprobe.sim import parse_event

    try:
        return tuple(parse_event(text) for text in texts)
    except AddressError as error:
        raise click.UsageError(str(error)) from None


@dataclass(frozen=True)
class _Serving:
    """A modem, where it is to be found, and what happens to it."""

    modem: SimulatedModem
    events: tuple[Event, ...]
    pty: bool
    proxy: bool

    async def run(self, options: Options) -> None:
        """Serve until cancelled; say first where."""
        import trio

        from qmiprobe.sim import serve_proxy, serve_pty

        async with AsyncExitStack() as stack:
            wrap = stack.enter_context(_tracer(self.modem, options))
            pty = proxy = None
            if self.pty:
                pty = await stack.enter_async_context(serve_pty(self.modem, wrap=wrap))
            if self.proxy:
                proxy = await stack.enter_async_context(serve_proxy(self.modem, wrap=wrap))
            told = {
                "profile": self.modem.profile.name,
                "protocol": self.modem.profile.protocol,
                "faults": [fault.name for fault in self.modem.faults],
                "pty": pty,
                "proxy": proxy,
            }
            places = [place for place in (pty, proxy) if place is not None]
            click.echo(json.dumps(told) if options.json else "\n".join(places))
            await self.modem.play(self.events)
            await trio.sleep_forever()


@contextmanager
def _tracer(modem: SimulatedModem, options: Options) -> Iterator[Wrap | None]:
    """Give what writes a trace of all ports, or None where none is wanted."""
    if options.trace is None:
        yield None
        return
    from qmiprobe.capture import redact
    from qmiprobe.sim._trace import TracedPort

    protocol = modem.profile.protocol
    masked = None if options.keep_personal else partial(redact, protocol=protocol)
    with Path(options.trace).open("w", encoding="utf-8") as file:
        yield lambda port: TracedPort(
            port, file, protocol=protocol, redact=masked, header=not file.tell()
        )
