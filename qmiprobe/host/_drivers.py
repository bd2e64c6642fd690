# SPDX-License-Identifier: GPL-2.0-or-later
"""What a driver does with a USB interface: the tables of Linux, and what its probe looks at.

The machine's own ``modules.alias`` says which drivers are asked; what decides after that
(reserved interfaces, layouts, endpoints) stands in no file of the machine but here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from qmiprobe.host._aliases import Aliases
from qmiprobe.host._descriptors import ConfigurationDescriptor, Descriptors, InterfaceDescriptor
from qmiprobe.host._driver_probes import RULES, Asked, data_of
from qmiprobe.host._driver_rows import Row, rows_about

__all__ = [
    "PAIRED",
    "Kernel",
    "Probe",
    "control_of",
    "data_of",
    "expected_driver",
    "probe_by_dynamic_id",
    "probes",
]

_AUDIO, _AUDIO_FIRST = 0x01, (0x01, 0x01)
_DATA, _CONTROL = 0x0A, frozenset({0x02, 0xE0, 0xEF})
PAIRED = frozenset(
    {
        *("qmi_wwan", "cdc_mbim", "huawei_cdc_ncm", "cdc_ether", "cdc_ncm", "cdc_acm"),
        *("rndis_host", "snd-usb-audio", "lg-vl600"),
    }
)
"""Drivers that take a data interface along with their control interface."""


@dataclass(frozen=True, kw_only=True)
class Probe:
    """What becomes of an interface when the kernel offers it to a driver."""

    driver: str
    errno: int | None
    """None: taken; ENODEV: given back without a word in the log; EINVAL: a failed probe."""
    why: str = ""
    """Why it is not taken."""
    row: Row | None = None
    """The row of the driver's table; None where there is none (a dynamic id)."""


@dataclass(frozen=True)
class Kernel:
    """The kernel that is asked what it would do; where it does not say, what Linux does."""

    version: str | None = None
    aliases: Aliases | None = None
    """Its own list of who is offered what."""
    device: Descriptors | None = None
    """The device that the list is asked about."""

    newer: bool = False
    """Whether it has, beside its own list, what Linux of today knows."""

    def lacks(self, driver: str, one: InterfaceDescriptor) -> bool:
        """Return whether it has a driver that does not know this interface."""
        if self.newer or self.aliases is None or self.device is None:
            return False
        return self.aliases.lacks(driver, self.device.modalias(one))

    def of_today(self) -> Kernel:
        """Return the kernel that knows what this one and today's do.

        What an interface is for does not hang on how old the kernel is.
        """
        return replace(self, version=None, newer=True)

    def own_rows(self, one: InterfaceDescriptor) -> Iterator[Row]:
        """Give the rows of its own list, drivers named as the USB bus names them."""
        if self.aliases is not None and self.device is not None:
            for row in self.aliases.rows(self.device.modalias(one)):
                yield replace(row, driver=_ON_BUS.get(row.driver, row.driver))


_ON_BUS = {
    "usb_storage": "usb-storage",
    "snd_usb_audio": "snd-usb-audio",
    "lg_vl600": "lg-vl600",
}


def probes(
    usb_id: str,
    one: InterfaceDescriptor,
    configuration: ConfigurationDescriptor,
    *,
    kernel: Kernel | None = None,
) -> tuple[Probe, ...]:
    """Return what each driver does whose table fits, in the order of ``DRIVERS``.

    Without a kernel: one of today that has every driver.
    """
    kernel = kernel or Kernel()
    product = usb_id.partition(":")[2]
    asked: dict[str, Row] = {}
    for row in rows_about(usb_id):
        # A driver looks at the first row that fits, and at no other one.
        if row.driver not in asked and row.fits(product, one.number, one.triple):
            if row.in_kernel(kernel.version) and not kernel.lacks(row.driver, one):
                asked[row.driver] = row
    for row in kernel.own_rows(one):
        asked.setdefault(row.driver, row)
    return tuple(
        _probe(driver, Asked(usb_id, one, configuration, row)) for driver, row in asked.items()
    )


def probe_by_dynamic_id(
    driver: str, usb_id: str, one: InterfaceDescriptor, configuration: ConfigurationDescriptor
) -> Probe:
    """Return what a driver does with an interface that it is offered by a dynamic id."""
    return _probe(driver, Asked(usb_id, one, configuration, None))


def expected_driver(
    usb_id: str,
    one: InterfaceDescriptor,
    configuration: ConfigurationDescriptor,
    *,
    kernel: Kernel | None = None,
) -> str | None:
    """Return the driver that takes the interface, or the control interface it belongs to."""
    master = control_of(one.number, configuration)
    if one.triple[0] == _AUDIO and master is None:
        kinds = (
            each.number for each in configuration.interfaces if each.triple[:2] == _AUDIO_FIRST
        )
        master = next(kinds, None)
    if master is not None:
        for each in configuration.alternates(master)[:1]:
            driver = _taker(probes(usb_id, each, configuration, kernel=kernel))
            if driver in PAIRED:
                return driver
    return _taker(probes(usb_id, one, configuration, kernel=kernel))


def _taker(found: tuple[Probe, ...]) -> str | None:
    return next((probe.driver for probe in found if probe.errno is None), None)


def control_of(number: int, configuration: ConfigurationDescriptor) -> int | None:
    """Return the control interface that names this one as its data interface."""
    for one in configuration.interfaces:
        if data_of(one, configuration) == number:
            return one.number
    return _control_before(number, configuration)


def _control_before(number: int, configuration: ConfigurationDescriptor) -> int | None:
    """The control interface before a data interface, where no descriptors could be read."""
    kinds = {one.number: one for one in configuration.interfaces}
    before = kinds.get(number - 1)
    if before is None or configuration.functional_read or kinds[number].triple[0] != _DATA:
        return None
    return before.number if before.triple[0] in _CONTROL else None


def _probe(driver: str, asked: Asked) -> Probe:
    refusal = RULES[driver](asked) if driver in RULES else None
    number, why = refusal or (None, "")
    return Probe(driver=driver, errno=number, why=why, row=asked.row)
