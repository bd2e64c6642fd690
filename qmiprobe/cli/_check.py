# SPDX-License-Identifier: GPL-2.0-or-later
"""The part of ``qmiprobe check`` that needs trio: namespaces, the climb, traces."""

from __future__ import annotations

import sys
from collections.abc import Awaitable, Callable
from contextlib import nullcontext
from dataclasses import replace
from typing import TYPE_CHECKING

import click
import trio

from qmiprobe.address import Address, ControlPort, SimAddress, UsbAddress, resolve
from qmiprobe.check import (
    LADDER,
    SMOKE_LADDER,
    CheckOptions,
    Report,
    Wish,
    came_again,
    climb,
    is_ready,
    note_before,
    open_context,
    select,
    wait_until_ready,
)
from qmiprobe.cli._options import Options
from qmiprobe.cli._run import run
from qmiprobe.cli._tracing import trace_to
from qmiprobe.diagnosis import Reason
from qmiprobe.errors import AddressError
from qmiprobe.report import progress
from qmiprobe.session import SessionRequest
from qmiprobe.uevents import Uevents, open_uevents

if TYPE_CHECKING:
    from qmiprobe.address._resolve import Wrap
    from qmiprobe.check import Check, CheckContext

    Rung = Check[CheckContext]

_SHARE = 0.85
"""Of the time that is left, for the climb: the rest is for giving back and for the report."""
_MOST_WAITING = 0.7
"""Of the whole time, for waiting: the rest is for the check itself."""
_STARTING = ("usb.", "driver.", "port.", "control.")
"""Checks that may fail while a modem starts: it comes, gets its drivers, and is silent at first."""
_FAMILIES = {"4": (4,), "6": (6,), "46": (4, 6)}


def run_check(device: Address | None, options: Options, asked: dict[str, object]) -> Report | int:
    """Run the ladder; return its report, or the exit status of a signal."""
    wait = float(str(asked["wait"]))
    _require_known(asked["only"], SMOKE_LADDER if wait else LADDER)
    if asked["expect"] is not None:
        device = _wanting(device, str(asked["expect"]))
    data_plane, no_data_path = _enter_namespace(device, connect=bool(asked["connect"]))
    found: list[Report] = []

    async def once(address: Address | None, end: float, wrap: Wrap | None) -> Report:
        async with resolve(
            address,
            sysroot=options.sysroot,
            data_plane=data_plane,
            no_data_path=no_data_path,
            wrap=wrap,
        ) as port:
            left = end - trio.current_time()
            return await _climb(port, options, asked, max(left, 0) * _SHARE)

    async def main() -> int:
        end = trio.current_time() + (options.timeout or 60.0)
        with trace_to(options) as wrap:
            if not wait:
                found.append(await once(device, end, wrap))
                return 0
            with open_uevents() as events:
                asked["came_again"] = lambda name: _came_again(events, name)
                wish = _wish(device, asked, options.sysroot)
                found.append(await _patiently(wish, events, wait, end, wrap, once))
        return 0

    status = run(main, timeout=options.timeout)
    return found[0] if found and not status else status


async def _patiently(
    wish: Wish,
    events: Uevents,
    wait: float,
    end: float,
    wrap: Wrap | None,
    once: Callable[[Address | None, float, Wrap | None], Awaitable[Report]],
) -> Report:
    """Check the modem once it is there, and again while it is still starting, for ``wait`` s."""
    patient_until = trio.current_time() + min(wait, _MOST_WAITING * (end - trio.current_time()))
    while True:
        left = patient_until - trio.current_time()
        if sys.stderr.isatty() and left > 0 and not is_ready(wish):
            who = wish.address or "a modem"
            click.echo(f"waiting up to {left:.0f} s for {who} to be there", err=True)
        await wait_until_ready(wish, events=events, timeout=max(left, 0.0))
        report = await once(_one_that_came(wish), end, wrap)
        failure = report.first_failure
        starting = (
            failure is not None
            and failure.check.startswith(_STARTING)
            and failure.reason is not Reason.OTHER_PROTOCOL
        )
        if not starting or trio.current_time() >= patient_until:
            return report
        await events.changed()


def _wish(device: Address | None, asked: dict[str, object], sysroot: str) -> Wish:
    driver, protocol = asked["expect_driver"], asked["expect"]
    return Wish(
        address=device,
        protocol=protocol if protocol in ("qmi", "mbim") else None,
        driver=str(driver) if driver else None,
        sysroot=sysroot,
    )


def _one_that_came(wish: Wish) -> Address | None:
    """Name the only modem, so that the protocol that it is to speak can stand with it."""
    if wish.address is not None or wish.protocol is None:
        return wish.address
    from qmiprobe import host

    found = host.modems(wish.sysroot)
    return UsbAddress(name=found[0].name, wanted=wish.protocol) if len(found) == 1 else None


def _came_again(events: Uevents, name: str) -> int | None:
    events.drain()
    return came_again(events.heard, name) if events.why_deaf is None else None


def _require_known(only: object, ladder: tuple[Rung, ...]) -> None:
    if only is None:
        return
    try:
        select(ladder, only=str(only))
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


async def _climb(
    port: ControlPort, options: Options, asked: dict[str, object], timeout: float
) -> Report:
    only = str(asked["only"]) if asked["only"] is not None else None
    ladder = SMOKE_LADDER if "came_again" in asked else LADDER
    checks = frozenset(check.id for check in select(ladder, only=only))
    wanted = _wanted(asked, sysroot=options.sysroot, checks=checks)
    if wanted.connect and not port.simulated:
        from qmiprobe.link import PLANNED_BYTES

        kilobytes = PLANNED_BYTES // 1000
        text = f"the link checks will use up to {kilobytes} kB of the SIM's data volume"
        click.echo(text, err=True)
    quiet = options.json
    shown = nullcontext() if quiet else progress(sys.stderr, color=options.color)
    with shown as observer:
        async with open_context(port, wanted) as context:
            report = await climb(ladder, context, timeout=timeout, only=only, observer=observer)
            if ladder is LADDER:
                note_before(context)
            return report


def _wanted(asked: dict[str, object], *, sysroot: str, checks: frozenset[str]) -> CheckOptions:
    """Return the command's words as the check takes them."""
    session = SessionRequest(
        apn=str(asked["apn"]),
        user=str(asked["user"]),
        password=str(asked["password"]),
        families=_FAMILIES[str(asked["ip_type"])],
        profile=asked["profile"] if isinstance(asked["profile"], int) else None,
    )
    targets = None
    if asked["targets"]:
        from qmiprobe.link import load_targets

        targets = load_targets(str(asked["targets"]))
    return CheckOptions(
        connect=bool(asked["connect"]),
        session=session,
        expect_driver=str(asked["expect_driver"]) if asked["expect_driver"] else None,
        probe=bool(asked["probe"]),
        sysroot=sysroot,
        checks=checks,
        targets=targets,
        came_again=asked.get("came_again"),  # type: ignore[arg-type]
    )
