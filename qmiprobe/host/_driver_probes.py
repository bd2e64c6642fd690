# SPDX-License-Identifier: GPL-2.0-or-later
"""What decides after the kernel has offered an interface to a driver: the drivers' own probes."""

from __future__ import annotations

import errno
from collections.abc import Callable
from dataclasses import dataclass
from itertools import chain

from qmiprobe.host._descriptors import ConfigurationDescriptor, InterfaceDescriptor
from qmiprobe.host._driver_rows import Row

_VENDOR, _MASS_STORAGE, _MBIM_FUNCTIONAL, _CALL_MANAGEMENT = 0xFF, 0x08, 0x1B, 0x01
_MBIM_SUBCLASS = 0x0E
_EC20 = "05c6:9215"


@dataclass(frozen=True)
class Asked:
    """An interface, as the driver's probe sees it."""

    usb_id: str
    one: InterfaceDescriptor
    configuration: ConfigurationDescriptor
    row: Row | None

    @property
    def words(self) -> frozenset[str]:
        return self.row.words if self.row is not None else frozenset()

    @property
    def by_class(self) -> bool:
        """Whether it is the standard's kind that fits, not the device."""
        return self.row is not None and self.row.product == "*"

    @property
    def count(self) -> int:
        """How many interfaces the configuration has."""
        return len({each.number for each in self.configuration.interfaces})


Refusal = tuple[int, str] | None
"""Number and reason; None: taken."""


def data_of(one: InterfaceDescriptor, configuration: ConfigurationDescriptor) -> int | None:
    """Return the data interface of a control interface, by its union or association."""
    there = {each.number for each in configuration.interfaces}
    if one.union is not None:
        master, slave = one.union
        return slave if master == one.number and slave != master and slave in there else None
    pair = next((pair for pair in configuration.associations if pair[0] == one.number), None)
    if pair is not None and pair[1] == 2 and one.number + 1 in there:
        return one.number + 1
    return None


def _silently(why: str) -> Refusal:
    return errno.ENODEV, why


def _qmi_wwan(asked: Asked) -> Refusal:
    one = asked.one
    if asked.row is not None and asked.row.number is not None and one.triple[0] != _VENDOR:
        return _silently("the row is by number, and the class is not vendor-specific")
    if (asked.usb_id, one.number, asked.count) == (_EC20, 0, 5):
        return _silently("a Quectel EC20 has QMI at interface 4")
    if len(one.endpoints) == 2:
        return _silently("with exactly two endpoints it is held for a diagnostic port")
    data = data_of(one, asked.configuration) if one.union is not None else None
    settings = (one,) if data is None else asked.configuration.alternates(data)
    why = _no_bulk_pair(settings)
    if why is not None:
        return errno.EINVAL, why
    if "?" not in one.pipes and "interrupt-in" not in one.pipes:
        return errno.EINVAL, "there is no interrupt IN endpoint, by which answers are announced"
    return None


def _no_bulk_pair(settings: tuple[InterfaceDescriptor, ...]) -> str | None:
    """Why no setting has bulk endpoints both ways; None where one has, or they were not read."""
    seen = [set(one.pipes) for one in settings]
    if any("?" in pipes or {"bulk-in", "bulk-out"} <= pipes for pipes in seen):
        return None
    every = set(chain.from_iterable(seen))
    missing = [f"bulk {way.upper()}" for way in ("in", "out") if f"bulk-{way}" not in every]
    return f"there is no {' and no '.join(missing) or 'pair of bulk'} endpoint"


def _ncm(asked: Asked) -> Refusal:
    """cdc_ncm and cdc_mbim give back what they cannot use, whatever the reason."""
    if not asked.configuration.functional_read or not asked.one.pipes:
        return None
    data = data_of(asked.one, asked.configuration)
    if data is None:
        return _silently("neither a union nor an association names the data interface")
    why = _no_bulk_pair(asked.configuration.alternates(data))
    return None if why is None else _silently(f"data interface {data}: {why}")


def _cdc_mbim(asked: Asked) -> Refusal:
    settings = asked.configuration.alternates(asked.one.number)
    mbim = [one for one in settings if one.triple[1] == _MBIM_SUBCLASS]
    if not mbim:
        return _silently("it is NCM without an MBIM alternate setting")
    read = asked.configuration.functional_read
    if read and not any(_MBIM_FUNCTIONAL in one.functional for one in settings):
        return _silently("it has no MBIM functional descriptor")
    return _ncm(asked)


def _cdc_ncm(asked: Asked) -> Refusal:
    settings = asked.configuration.alternates(asked.one.number)
    if any(one.triple[1] == _MBIM_SUBCLASS for one in settings):
        return _silently("it has an MBIM alternate setting, which cdc_mbim takes")
    return _ncm(asked)


def _left(asked: Asked) -> Refusal:
    return _silently("the driver leaves it to another one") if "left" in asked.words else None


def _cdc_acm(asked: Asked) -> Refusal:
    one = asked.one
    silent = not one.union and _CALL_MANAGEMENT not in one.functional
    read = asked.configuration.functional_read
    if read and asked.by_class and len(one.pipes) != 3 and silent:
        return _silently("no union or call management names its data interface")
    return _left(asked)


def _hso(asked: Asked) -> Refusal:
    return None if asked.one.triple[0] == _VENDOR else _silently("the class is not vendor-specific")


def _sierra_net(asked: Asked) -> Refusal:
    return None if len(asked.one.endpoints) == 3 else _silently("Direct IP has three endpoints")


def _reserved(asked: Asked) -> Refusal:
    if f"not{asked.one.number}" in asked.words:
        return _silently(f"interface {asked.one.number} is reserved for another driver")
    return None


def _option(asked: Asked) -> Refusal:
    if asked.one.triple[0] == _MASS_STORAGE:
        return _silently("it is mass storage")
    if reserved := _reserved(asked):
        return reserved
    if "two" in asked.words and len(asked.one.endpoints) != 2:
        return _silently("only interfaces with two endpoints are serial on this modem")
    return None


def _qcserial(asked: Asked) -> Refusal:
    one, count = asked.one, asked.count
    if one.triple[0] != _VENDOR:
        return _silently("the class is not vendor-specific")
    if count == 1:
        return None if len(one.endpoints) == 2 else _silently("it is no download port")
    layouts: dict[str, Callable[[], bool]] = {
        "g1k": lambda: _gobi_1000(asked),
        "g2k": lambda: _gobi_2000(asked),
        "swi": lambda: one.number in (0, 2, 3),
        "hwi": lambda: one.triple[2] not in _HUAWEI_NETWORK,
    }
    layout = next((name for name in layouts if name in asked.words), None)
    if layout is None or layouts[layout]():
        return None
    return _silently(f"its layout ({layout}) has no serial port there")


def _gobi_1000(asked: Asked) -> bool:
    settings = asked.configuration.alternates(asked.one.number)
    if asked.count not in (3, 4) or asked.one.number not in (0, 2):
        return False
    # The diagnostic port is set to alternate 1, and given back where there is none.
    return asked.one.number == 2 or "?" in asked.one.pipes or len(settings) > 1


def _gobi_2000(asked: Asked) -> bool:
    if asked.usb_id == _EC20 and asked.count == 5:
        return asked.one.number in (0, 1, 2, 3)
    return asked.count in (3, 4) and asked.one.number != 0


_HUAWEI_NETWORK = frozenset(
    {0x07, 0x37, 0x67, 0x08, 0x38, 0x68, 0x09, 0x39, 0x69, 0x16, 0x46, 0x76}
)
RULES: dict[str, Callable[[Asked], Refusal]] = {
    "cdc_acm": _cdc_acm,
    "hso": _hso,
    "qmi_wwan": _qmi_wwan,
    "sierra": _reserved,
    "sierra_net": _sierra_net,
    "cdc_mbim": _cdc_mbim,
    "cdc_ncm": _cdc_ncm,
    "cdc_ether": _left,
    "option": _option,
    "qcserial": _qcserial,
}
"""Drivers that are not here take what they are offered."""
