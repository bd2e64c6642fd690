# SPDX-License-Identifier: GPL-2.0-or-later
"""``qmiprobe simulate``: a simulated modem for other programs."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import AsyncExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from textwrap import wrap
from typing import TYPE_CHECKING

import click

from qmiprobe.cli._bus import Bus
from qmiprobe.cli._device import fault_names, profile_names, usb_fault_names
from qmiprobe.cli._options import Options, shared
from qmiprobe.cli._status import ExitStatus

if TYPE_CHECKING:
    from qmiprobe.sim import Event, SimulatedModem
    from qmiprobe.sim._profile import Protocol
    from qmiprobe.transport import ControlTransport

    Wrap = Callable[..., ControlTransport]
    """Of a port, and the protocol there if it is not the profile's."""

_WIDTH = 78
"""Columns of the tables in the help, of the 80 of a terminal."""


def _tables() -> str:
    from qmiprobe.sim import all_faults, load_profile
    from qmiprobe.sim._events import KINDS
    from qmiprobe.sim.usb._faults import all_usb_faults

    tables = {"Profiles": {name: load_profile(name).title for name in profile_names()}}
    tables["Events (after=SECONDS, every=SECONDS, and one of these)"] = KINDS
    for name, fault in all_faults().items():
        whose = f" of {fault.protocols[0].upper()} modems" if fault.only_one else ""
        tables.setdefault(f"Faults{whose}", {})[name] = fault.doc
    tables["Faults of modems on USB (--usbip, --usbip-listen)"] = {
        name: fault.doc for name, fault in all_usb_faults().items()
    }
    lines = ["\b", "Examples:"]
    lines += [
        "  qmiprobe simulate ec25 --pty",
        "  qmiprobe simulate em7455 --pty --fault no-sim",
        "  qmiprobe simulate mc7455 --proxy --event 'every=1 signal rsrp=-90,-99'",
        "  qmiprobe simulate lt4112 --sysroot machine  for `qmiprobe check --sysroot`",
    ]
    for title, rows in tables.items():
        width = max(map(len, rows))
        lines += ["", "\b", f"{title}:"]
        rest = " " * (width + 4)
        for name, text in rows.items():
            lines += wrap(f"  {name:<{width}}  {text}", _WIDTH, subsequent_indent=rest)
    return "\n".join(lines)


class _Command(click.Command):
    """Its help ends with the tables of profiles and faults, read when it is asked for."""

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the tables."""
        self.epilog = _tables()
        super().format_epilog(ctx, formatter)


@click.command("simulate", cls=_Command)
@click.argument("profile", type=click.Choice(profile_names()), metavar="PROFILE")
@click.option("--pty", is_flag=True, help="Serve it on a pty, and print its path.")
@click.option(
    "--proxy",
    is_flag=True,
    help="Serve it on the socket of qmi-proxy or mbim-proxy: clients reach it by `-p` and any "
    "path. Needs a network namespace where no proxy listens.",
)
@click.option(
    "--usbip",
    is_flag=True,
    help="Plug it into this kernel (module vhci_hcd, root): its real drivers make /dev/cdc-wdmN, "
    "wwanN and so on of it.",
)
@click.option(
    "--usbip-listen",
    metavar="HOST:PORT",
    callback=lambda _context, _option, text: _place(text),
    help="Serve it to `usbip attach -r HOST -b 1-1` of any machine; the usual port is 3240.",
)
@click.option(
    "--sysroot",
    type=click.Path(file_okay=False),
    metavar="DIR",
    help="Write the machine that it is plugged into as a folder, for --sysroot of `check` and "
    "`list`, and end.",
)
@click.option(
    "--fault",
    "faults",
    multiple=True,
    type=click.Choice([*fault_names(), *usb_fault_names()]),
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
    usbip: bool,
    usbip_listen: tuple[str, int] | None,
    sysroot: str | None,
    faults: tuple[str, ...],
    events: tuple[Event, ...],
    options: Options,
) -> int:
    """Be a simulated modem for other programs, until interrupted.

    Open the path as any control port: `qmicli -d PATH --device-open-qmi --dms-get-model`,
    `mbimcli -d PATH --query-device-caps`, `qmiprobe check PATH`.
    """
    if sysroot is not None:
        if pty or proxy or usbip or usbip_listen or events or options.trace:
            raise click.UsageError("--sysroot writes files and serves nobody: give it alone")
        return _write_machine(profile, sysroot, faults)
    if not (pty or proxy or usbip or usbip_listen):
        raise click.UsageError(
            "where shall it be served? Give --pty, --proxy, --usbip or --usbip-listen; --sysroot "
            "only writes files"
        )
    if usbip and usbip_listen:
        raise click.UsageError("a modem is on one bus: give either --usbip or --usbip-listen")
    from qmiprobe.cli._run import run
    from qmiprobe.sim import SimulatedModem

    on_usb = set(usb_fault_names()).intersection(faults)
    if on_usb and not (usbip or usbip_listen):
        raise click.UsageError(f"--fault {min(on_usb)} is for --usbip and --usbip-listen")
    modem = SimulatedModem(profile, faults=[one for one in faults if one not in on_usb])
    bus = None
    if usbip or usbip_listen:
        bus = Bus(listen=usbip_listen, faults=[one for one in faults if one in on_usb])
    serving = _Serving(modem, events, pty=pty, proxy=proxy, bus=bus)

    async def main() -> int:
        await serving.run(options)
        return 0

    return run(main)


def _write_machine(profile: str, folder: str, faults: tuple[str, ...]) -> int:
    """Write the modem's USB side as sysfs, proc and the kernel's log show it; say where."""
    from qmiprobe.sim import load_profile
    from qmiprobe.sim._sysroot import write_sysroot
    from qmiprobe.sim._sysroot_faults import machine_with_faults

    strange = [one for one in faults if one not in usb_fault_names()]
    if strange:
        raise click.UsageError(f"--fault {strange[0]} leaves nothing to be seen on the machine")
    loaded = load_profile(profile)
    layout, machine = machine_with_faults(loaded, faults)
    write_sysroot(loaded, Path(folder), machine=machine, layout=layout)
    click.echo(folder)
    return ExitStatus.OK


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


def _place(text: str | None) -> tuple[str, int] | None:
    """Read a host and a port; what is none is a usage error."""
    if text is None:
        return None
    host, _, port = text.rpartition(":")
    if not host or not port.isdigit() or int(port) > 0xFFFF:
        raise click.UsageError(f"--usbip-listen: HOST:PORT is needed, not {text!r}")
    return host.strip("[]"), int(port)


@dataclass(frozen=True)
class _Serving:
    """A modem, where it is to be found, and what happens to it."""

    modem: SimulatedModem
    events: tuple[Event, ...]
    pty: bool
    proxy: bool
    bus: Bus | None

    async def run(self, options: Options) -> None:
        """Serve until cancelled; say first where."""
        import trio

        async with AsyncExitStack() as stack:
            wrap = stack.enter_context(_tracer(self.modem, options))
            told: dict[str, object] = {
                "profile": self.modem.profile.name,
                "protocol": self.modem.profile.protocol,
                "faults": [
                    *(fault.name for fault in self.modem.faults),
                    *(self.bus.faults if self.bus else ()),
                ],
                "pty": None,
                "proxy": None,
            }
            lines = await self._open(stack, wrap, told)
            click.echo(json.dumps(told) if options.json else "\n".join(lines))
            await self.modem.play(self.events)
            await trio.sleep_forever()

    async def _open(
        self, stack: AsyncExitStack, wrap: Wrap | None, told: dict[str, object]
    ) -> list[str]:
        """Serve it wherever it shall be; return lines for people, fill in the document."""
        from qmiprobe.sim import serve_proxy, serve_pty

        lines = []
        if self.pty:
            told["pty"] = path = await stack.enter_async_context(serve_pty(self.modem, wrap=wrap))
            lines.append(path)
        if self.proxy:
            proxy = serve_proxy(self.modem, wrap=wrap)
            told["proxy"] = address = await stack.enter_async_context(proxy)
            lines.append(address)
        if self.bus is not None:
            told["usbip"], said = await self.bus.plug_in(stack, self.modem, wrap=wrap)
            lines += said
        return lines


@contextmanager
def _tracer(modem: SimulatedModem, options: Options) -> Iterator[Wrap | None]:
    """Give what writes a trace of all ports, or None where none is wanted."""
    if options.trace is None:
        yield None
        return
    from qmiprobe.capture import redact
    from qmiprobe.sim._trace import TracedPort

    with Path(options.trace).open("w", encoding="utf-8") as file:

        def traced(port: ControlTransport, protocol: Protocol | None = None) -> ControlTransport:
            spoken = protocol or modem.profile.protocol
            masked = None if options.keep_personal else partial(redact, protocol=spoken)
            return TracedPort(port, file, protocol=spoken, redact=masked, header=not file.tell())

        yield traced
