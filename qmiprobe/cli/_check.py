# SPDX-License-Identifier: GPL-2.0-or-later
"""The part of ``qmiprobe check`` that needs trio: namespaces, the climb, traces."""

from __future__ import annotations

import sys
from contextlib import nullcontext
from dataclasses import replace

import click
import trio

from qmiprobe.address import Address, ControlPort, SimAddress, resolve
from qmiprobe.check import LADDER, CheckOptions, Report, climb, open_context, select
from qmiprobe.cli._options import Options
from qmiprobe.cli._run import run
from qmiprobe.cli._tracing import trace_to
from qmiprobe.errors import AddressError
from qmiprobe.report import progress
from qmiprobe.session import SessionRequest

_SHARE = 0.85
"""Of the whole time, for the climb: what is left is for giving back and for the report."""
_LOOK_AGAIN = 0.25
_FAMILIES = {"4": (4,), "6": (6,), "46": (4, 6)}


def run_check(device: Address | None, options: Options, asked: dict[str, object]) -> Report | int:
    """Run the ladder; return its report, or the exit status of a signal."""
    only = asked["only"]
    _require_known(only)
    if asked["expect"] is not None:
        device = _wanting(device, str(asked["expect"]))
    data_plane, no_data_path = _enter_namespace(device, connect=bool(asked["connect"]))
    found: list[Report] = []

    async def main() -> int:
        timeout = options.timeout or 60.0
        with trace_to(options) as wrap:
            await _wait_for_node(device, float(str(asked["wait"])))
            async with resolve(
                device,
                sysroot=options.sysroot,
                data_plane=data_plane,
                no_data_path=no_data_path,
                wrap=wrap,
            ) as port:
                found.append(await _climb(port, options, asked, timeout * _SHARE))
        return 0

    status = run(main, timeout=options.timeout)
    return found[0] if found and not status else status


def _require_known(only: object) -> None:
    if only is None:
        return
    try:
        select(LADDER, only=str(only))
    except LookupError as error:
        raise click.UsageError(str(error.args[0])) from None


def _wanting(device: Address | None, protocol: str) -> Address | None:
    if device is None or not hasattr(device, "wanted"):
        return device
    wanted = device.wanted
    if wanted is not None and wanted != protocol:
        raise AddressError(f"--expect {protocol} contradicts the address {device}")
    return replace(device, wanted=protocol)  # type: ignore[arg-type]


def _enter_namespace(device: Address | None, *, connect: bool) -> tuple[bool, str | None]:
    """Go where a simulated modem may make its netdev; return whether we are, or why not."""
    if not isinstance(device, SimAddress) or not connect:
        return False, None
    from qmiprobe.sim.dataplane import can_enter_namespace, enter_namespace

    why_not = can_enter_namespace()
    if why_not is not None:
        return False, why_not
    enter_namespace()
    return True, None


async def _wait_for_node(device: Address | None, seconds: float) -> None:
    path = getattr(device, "path", None)
    with trio.move_on_after(seconds):
        while path is not None and not await trio.Path(path).exists():  # noqa: ASYNC110
            await trio.sleep(_LOOK_AGAIN)


async def _climb(
    port: ControlPort, options: Options, asked: dict[str, object], timeout: float
) -> Report:
    session = SessionRequest(
        apn=str(asked["apn"]),
        user=str(asked["user"]),
        password=str(asked["password"]),
        families=_FAMILIES[str(asked["ip_type"])],
        profile=asked["profile"] if isinstance(asked["profile"], int) else None,
    )
    only = str(asked["only"]) if asked["only"] is not None else None
    targets = None
    if asked["targets"]:
        from qmiprobe.link import load_targets

        targets = load_targets(str(asked["targets"]))
    wanted = CheckOptions(
        connect=bool(asked["connect"]),
        session=session,
        expect_driver=str(asked["expect_driver"]) if asked["expect_driver"] else None,
        probe=bool(asked["probe"]),
        sysroot=options.sysroot,
        checks=frozenset(check.id for check in select(LADDER, only=only)),
        targets=targets,
    )
    if wanted.connect and not port.simulated:
        from qmiprobe.link import PLANNED_BYTES

        kilobytes = PLANNED_BYTES // 1000
        text = f"the link checks will use up to {kilobytes} kB of the SIM's data volume"
        click.echo(text, err=True)
    quiet = options.json
    shown = nullcontext() if quiet else progress(sys.stderr, color=options.color)
    with shown as observer:
        async with open_context(port, wanted) as context:
            return await climb(LADDER, context, timeout=timeout, only=only, observer=observer)
