# SPDX-License-Identifier: GPL-2.0-or-later
"""Machines that a rebind begins with: each with one thing wrong."""

from __future__ import annotations

from collections.abc import Callable

from qmiprobe import rebind
from tests.rebind.kernel import Kernel

Start = Callable[[], Kernel]


def _ethernet() -> Kernel:
    return Kernel.with_modem("lt4112")


def _qmi() -> Kernel:
    kernel = Kernel.with_modem("lt4112")
    kernel._choose(1)
    return kernel


def _thieves() -> Kernel:
    kernel = Kernel.with_modem("em7455")
    kernel.dynamic_ids = {"option": ["1199 9079"]}
    for number in (12, 13):
        kernel._unbind(number)
        kernel.bound[number] = "option"
    return kernel


def _generic() -> Kernel:
    kernel = Kernel.with_modem("ec25")
    kernel.dynamic_ids = {"usbserial_generic": ["2c7c 0125"]}
    kernel._unbind(4)
    kernel.bound[4] = "usbserial_generic"
    return kernel


def _hijacked() -> Kernel:
    kernel = Kernel.with_modem("lt4112")
    kernel.dynamic_ids = {"qmi_wwan": ["03f0 581d"]}
    kernel._choose(2)
    return kernel


def _poisoned() -> Kernel:
    kernel = Kernel.with_modem("lt4112")
    kernel.dynamic_ids = {"qmi_wwan": ["03f0 581d"]}
    kernel._choose(3)
    return kernel


def _unbound() -> Kernel:
    kernel = Kernel.with_modem("ec25")
    kernel._unbind(4)
    return kernel


def _unbound_mbim() -> Kernel:
    kernel = Kernel.with_modem("em7455")
    kernel._unbind(12)
    return kernel


def _half() -> Kernel:
    kernel = Kernel.with_modem("em7455")
    kernel._unbind(12)
    kernel.dynamic_ids = {"option": ["1199 9079"]}
    kernel.bound[13] = "option"
    return kernel


def _deauthorized() -> Kernel:
    kernel = Kernel.with_modem("lt4112")
    kernel._write("/sys/bus/usb/devices/2-6/authorized", "0")
    return kernel


def _interface_deauthorized() -> Kernel:
    kernel = Kernel.with_modem("em7455")
    kernel._authorize(12, allow=False)
    kernel._authorize(2, allow=False)
    return kernel


def _blacklisted() -> Kernel:
    kernel = Kernel.with_modem("ec25")
    kernel._unbind(4)
    kernel.loaded.discard("qmi_wwan")
    kernel.blacklisted = frozenset({"qmi_wwan"})
    return kernel


def _huawei() -> Kernel:
    return Kernel.with_modem("me909s")


def _dtr() -> Kernel:
    kernel = Kernel.with_modem("ec25")
    kernel.dynamic_ids = {"qmi_wwan": ["2c7c 0125"]}
    return kernel


def _unknown() -> Kernel:
    """Its id stands in no table: bind says ENODEV though host thinks otherwise."""
    kernel = Kernel.with_modem("ec25")
    kernel._unbind(4)
    kernel._unbind(2)
    kernel.unknown = True
    return kernel


def _fenced() -> Kernel:
    """Somebody's own fence, and all interfaces behind it."""
    kernel = Kernel.with_modem("lt4112")
    kernel.fence = True
    kernel._choose(1)
    return kernel


STARTS: dict[str, Start] = {
    "the kernel's own configuration": _ethernet,
    "the QMI one set by hand": _qmi,
    "serial drivers on the MBIM interfaces": _thieves,
    "a serial driver on the data interface": _half,
    "generic usbserial": _generic,
    "a leftover id in the ethernet configuration": _hijacked,
    "a leftover id on the MBIM interfaces": _poisoned,
    "unbound": _unbound,
    "unbound MBIM": _unbound_mbim,
    "device deauthorized": _deauthorized,
    "interfaces deauthorized": _interface_deauthorized,
    "module kept out": _blacklisted,
    "unconfigured first": _huawei,
    "an id that hides DTR": _dtr,
    "a modem that the driver does not know": _unknown,
    "a fence of somebody else": _fenced,
}
WANTED = {"the QMI one set by hand": rebind.Wanted(driver="cdc_mbim")}
