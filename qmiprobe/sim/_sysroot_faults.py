# SPDX-License-Identifier: GPL-2.0-or-later
"""What faults of a modem's USB side leave to be seen on the machine it is plugged into."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from qmiprobe.errors import CannotTest
from qmiprobe.sim._profile import Profile
from qmiprobe.sim._sysroot import Machine, chosen_configuration
from qmiprobe.sim.usb._altered import disc, with_endpoints
from qmiprobe.sim.usb._faults import UsbFaults, all_usb_faults, usb_faults
from qmiprobe.sim.usb._layout import UsbLayout

_SILENT_WITH = 2
"""Endpoints with which qmi_wwan takes an interface for a diagnostic port: it says nothing."""


def machine_with_faults(profile: Profile, names: Iterable[str]) -> tuple[UsbLayout, Machine]:
    """Return the layout and the machine as the real kernel leaves them with these faults.

    Raises CannotTest for a fault of which nothing is to be seen until somebody talks to the
    modem, AddressError for one that there is none of or that is of another protocol.
    """
    layout, machine = profile.usb, Machine()
    for name in names:
        faults = usb_faults([name], protocol=profile.protocol)
        layout, machine = _with(layout, machine, profile, faults, name)
    return layout, machine


def _with(
    layout: UsbLayout, machine: Machine, profile: Profile, faults: UsbFaults, name: str
) -> tuple[UsbLayout, Machine]:
    value = machine.configuration or chosen_configuration(profile.name)
    if faults.disc_first:
        return disc(layout), replace(machine, configuration=1, drivers={0: "usb-storage"})
    roles = {"qmi"} if faults.endpoints is not None else set()
    roles |= {"mbim"} if faults.ntb_parameters_fail else set()
    if not roles:
        shown = ", ".join(one for one in all_usb_faults() if _shows(one))
        raise CannotTest(
            f"fault {name} is not to be seen before somebody talks to the modem; these are: {shown}"
        )
    if faults.endpoints is not None:
        layout = with_endpoints(layout, faults.endpoints)
    control = layout.configuration(value).of_role(*roles)
    aloud = faults.endpoints is not None and len(faults.endpoints) != _SILENT_WITH
    lines = [
        f"qmi_wwan: probe of {machine.plug}:{value}.{one.number} failed with error -22"
        for one in control
        if aloud
    ]
    if faults.ntb_parameters_fail:
        said = ("failed GET_NTB_PARAMETERS", "bind() failure")
        names = [f"{machine.plug}:{value}.{one.number}" for one in control]
        lines += [f"cdc_mbim {name}: {text}" for name in names for text in said]
    drivers = {**machine.drivers, **{one.number: None for one in control}}
    return layout, replace(machine, drivers=drivers, log=(*machine.log, *lines))


def _shows(name: str) -> bool:
    protocols = all_usb_faults()[name].protocols
    faults = usb_faults([name], protocol=protocols[0])
    return faults.disc_first or faults.ntb_parameters_fail or faults.endpoints is not None
