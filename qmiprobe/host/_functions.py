# SPDX-License-Identifier: GPL-2.0-or-later
"""What a USB interface is for, and which driver Linux has for that: rules in ``data/*.toml``."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from errno import EINVAL
from fnmatch import fnmatchcase
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from qmiprobe.host._driver_rows import lists

if TYPE_CHECKING:
    from qmiprobe.host._drivers import Probe

SERIAL_DRIVERS = frozenset({"option", "qcserial", "sierra", "usbserial_generic", "hso"})
_NAMES = re.compile(
    r"\b(?:LTE|WWAN|HSPA|HSDPA|UMTS|Gobi|Mobile Broadband|[345]G[ -](?:Modem|Module|WWAN))\b",
    re.IGNORECASE,
)
_WWAN_DRIVERS = SERIAL_DRIVERS | {
    *("qmi_wwan", "cdc_mbim", "huawei_cdc_ncm", "cdc_wdm"),
    *("sierra_net", "GobiNet", "GobiSerial"),
}

_PROTOCOLS = {"qmi_wwan": "qmi", "cdc_mbim": "mbim", "huawei_cdc_ncm": "at"}
_OF_MAKERS = "qmi_wwan_"
"""So the names of what makers made of qmi_wwan begin: qmi_wwan_q, qmi_wwan_f, qmi_wwan_simcom."""

_WITH_ROWS = {"serial": SERIAL_DRIVERS | {"qmi_wwan"}}
"""The tables that may know a device whose interface is used for this by habit."""


@dataclass(frozen=True)
class _ClassRule:
    function: str
    match: tuple[str, ...]
    ids: tuple[str, ...]
    driver: str | None
    endpoints: int | None


@dataclass(frozen=True)
class _Rules:
    classes: tuple[_ClassRule, ...]
    habits: tuple[_ClassRule, ...]
    drivers: dict[str, str]


def protocol_of(driver: str | None) -> str | None:
    """Return what the control port of a driver speaks; None where the driver does not say."""
    if driver is None:
        return None
    return "qmi" if driver.startswith(_OF_MAKERS) else _PROTOCOLS.get(driver)


def is_wwan_driver(driver: str | None) -> bool:
    """Return whether a device that has this driver bound is a modem."""
    return driver is not None and (driver in _WWAN_DRIVERS or driver.startswith(_OF_MAKERS))


def is_modem_id(usb_id: str) -> bool:
    """Return whether ``usb_id`` (``03f0:581d``) is known to be a modem by itself."""
    vendors, products = _known()
    return usb_id in products or usb_id.partition(":")[0] in vendors


def named_as_modem(product: str | None) -> bool:
    """Return whether a device calls itself a mobile broadband modem."""
    return product is not None and _NAMES.search(product) is not None


def function_of(
    usb_id: str,
    cls: str,
    *,
    endpoints: int,
    driver: str | None,
    offers: tuple[Probe, ...],
    expected: str | None,
) -> tuple[str | None, str | None]:
    """Return the function of an interface and the driver it should have; None: not known.

    ``offers``: what becomes of it at each driver that the kernel asks; ``expected``: which of
    them takes it, or takes the control interface that it belongs to.
    """
    rules = _rules()
    rule = next((rule for rule in rules.classes if _fits(rule, usb_id, cls, endpoints)), None)
    if rule is not None and rule.function == "data":
        return "data", expected
    # One that qmi_wwan knows and cannot use is QMI all the same: with -22 it says so itself.
    if any(one.driver == "qmi_wwan" and one.errno in (None, EINVAL) for one in offers):
        return "qmi", rules.drivers["qmi"]
    # Some vendors hide QMI behind an ECM class; the kernel's own table knows them.
    if driver == "qmi_wwan" and (rule is None or rule.function == "ecm"):
        return "qmi", driver
    left = any(one.driver == "cdc_ether" and one.row and "left" in one.row.words for one in offers)
    if left and any(one.driver == "qmi_wwan" for one in offers):
        return "qmi", rules.drivers["qmi"]
    if rule is not None:
        return rule.function, expected or rule.driver or rules.drivers.get(rule.function)
    if expected in SERIAL_DRIVERS:
        return "serial", expected
    if driver in SERIAL_DRIVERS:
        return "serial", driver
    return _by_habit(usb_id, cls, endpoints)


def _by_habit(usb_id: str, cls: str, endpoints: int) -> tuple[str | None, str | None]:
    """What modems that Linux has no rows for use such an interface for, and the driver for that.

    Where a driver knows the device and has no row for the interface, it has a reason.
    """
    for rule in _rules().habits:
        driver = _rules().drivers[rule.function]
        known = lists(_WITH_ROWS.get(rule.function, frozenset({driver})), usb_id)
        if _fits(rule, usb_id, cls, endpoints) and not known:
            return rule.function, driver
    return None, None


def _fits(rule: _ClassRule, usb_id: str, cls: str, endpoints: int) -> bool:
    return (
        rule.endpoints in (None, endpoints)
        and any(fnmatchcase(usb_id, one) for one in rule.ids)
        and any(fnmatchcase(cls, one) for one in rule.match)
    )


@cache
def _rules() -> _Rules:
    data = tomllib.loads(_text("functions.toml"))
    classes, habits = (
        tuple(
            _ClassRule(
                function=row["function"],
                match=tuple(row["match"]),
                ids=tuple(row.get("ids", ["*"])),
                driver=row.get("driver"),
                endpoints=row.get("endpoints"),
            )
            for row in data[name]
        )
        for name in ("classes", "habits")
    )
    return _Rules(classes=classes, habits=habits, drivers=data["drivers"])


@cache
def _known() -> tuple[frozenset[str], frozenset[str]]:
    data = tomllib.loads(_text("vendors.toml"))
    return frozenset(data["vendors"]), frozenset(data["products"])


def _text(name: str) -> str:
    return (resources.files("qmiprobe.host") / "data" / name).read_text(encoding="utf-8")
