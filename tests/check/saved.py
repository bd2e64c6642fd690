# SPDX-License-Identifier: GPL-2.0-or-later
"""Checks of saved machines, each with a simulated modem's USB layout and something wrong."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from qmiprobe.address import parse, resolve
from qmiprobe.check import (
    DOCTOR,
    LADDER,
    CheckOptions,
    Report,
    climb,
    merged,
    open_context,
    patients,
)
from qmiprobe.sim import load_profile
from qmiprobe.sim._sysroot import Machine, write_sysroot
from qmiprobe.sim.usb._layout import Alternate, UsbLayout
from qmiprobe.sim.usb._layout_file import parse_usb


def disc(usb_id: str) -> UsbLayout:
    """Return the layout of a disc with drivers."""
    vendor, product = (int(part, 16) for part in usb_id.split(":"))
    interface = {"role": "storage"}
    return parse_usb(
        {"vendor": vendor, "product": product, "configurations": [{"interfaces": [interface]}]},
        "disc",
    )


def with_endpoints(profile: str, value: int, number: int, *kept: str) -> UsbLayout:
    """Return a profile's layout with these endpoints only at an interface: ``interrupt-in``."""
    usb = load_profile(profile).usb

    def thinned(one: Alternate) -> Alternate:
        pipes = tuple(
            pipe for pipe in one.endpoints if f"{pipe.kind}-{'in' if pipe.is_in else 'out'}" in kept
        )
        return replace(one, endpoints=pipes)

    configurations = tuple(
        replace(
            configuration,
            interfaces=tuple(
                replace(one, alternates=tuple(map(thinned, one.alternates)))
                if (configuration.value, one.number) == (value, number)
                else one
                for one in configuration.interfaces
            ),
        )
        for configuration in usb.configurations
    )
    return replace(usb, configurations=configurations)


async def check_saved(
    folder: Path,
    profile: str,
    *,
    layout: UsbLayout | None = None,
    address: str | None = None,
    options: CheckOptions | None = None,
    machine: Machine | None = None,
    **wrong: object,
) -> Report:
    """Return the report of a check of a machine with that modem; ``wrong``: see ``Machine``."""
    written = machine or Machine(**wrong)  # type: ignore[arg-type]
    write_sysroot(load_profile(profile), folder, machine=written, layout=layout)
    wanted = parse(address) if address is not None else None
    chosen = replace(options or CheckOptions(), sysroot=str(folder))
    async with (
        resolve(wanted, sysroot=str(folder)) as port,
        open_context(port, chosen) as context,
    ):
        return await climb(LADDER, context, timeout=20)


async def examine_saved(folder: Path, *, address: str | None = None) -> Report:
    """Return the doctor's report of a machine that was saved before; of all its modems."""
    wanted = parse(address) if address is not None else None
    reports = []
    for one in patients(wanted, sysroot=str(folder)):
        async with (
            resolve(one, sysroot=str(folder)) as port,
            open_context(port, CheckOptions(sysroot=str(folder))) as context,
        ):
            reports.append(await climb(DOCTOR, context, timeout=20))
    return merged(reports)


def outcomes(report: Report) -> Mapping[str, str]:
    """Return how each check ended."""
    return {verdict.check: str(verdict.outcome) for verdict in report.verdicts}
