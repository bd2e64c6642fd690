# SPDX-License-Identifier: GPL-2.0-or-later
"""The rows of ``data/drivers/*.toml``: which interfaces the kernel offers to which driver."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources

DRIVERS = (
    *("usbhid", "snd-usb-audio", "qmi_wwan", "cdc_mbim", "huawei_cdc_ncm", "sierra_net", "hso"),
    *(
        "kalmia",
        "lg-vl600",
        "cdc_ether",
        "cdc_ncm",
        "cdc_eem",
        "rndis_host",
        "ipheth",
        "cdc_acm",
        "cdc_wdm",
    ),
    *("usb-storage", "uas", "qcserial", "sierra", "ipw", "usb_serial_simple", "option"),
)
"""The drivers there are tables of; where two would take an interface the earlier one is named."""

_ROW = re.compile(
    r"([0-9a-f]{4}|\*)(?:((?:/(?:[0-9a-f]{2}|\*)){1,3})|#([0-9]+))?((?: [a-z][a-z0-9.=]*)*)"
)
_ANY = "*"


@dataclass(frozen=True, kw_only=True)
class Row:
    """One row of a driver's table."""

    driver: str
    kernel: str
    """The version of Linux whose table it was read in."""
    product: str
    cls: tuple[str, ...] = ()
    """Class, subclass, protocol as far as they count; ``*`` is any."""
    number: int | None = None
    words: frozenset[str] = frozenset()

    def fits(self, product: str, number: int, triple: tuple[int, int, int]) -> bool:
        """Return whether the kernel offers this interface to the driver."""
        parts = (f"{part:02x}" for part in triple)
        return (
            self.product in (_ANY, product)
            and self.number in (None, number)
            and all(one in (_ANY, part) for one, part in zip(self.cls, parts, strict=False))
        )

    def in_kernel(self, version: str | None) -> bool:
        """Return whether Linux of this version has it, as far as that is known; None: of today."""
        bounds = dict(word.split("=", 1) for word in self.words if "=" in word)
        if version is None:
            return "until" not in bounds
        asked = _number(version)
        return (
            _number(bounds.get("from", "0")) <= asked
            and asked[:2] <= _number(bounds.get("until", "999"))[:2]
        )


def rows(usb_id: str) -> Iterator[Row]:
    """Give the rows of all drivers that are about this vendor or about every one, in order."""
    vendor = usb_id.partition(":")[0]
    for driver in DRIVERS:
        for key in (vendor, _ANY):
            yield from _of(driver, key)


@cache
def rows_about(usb_id: str) -> tuple[Row, ...]:
    """Return those of :func:`rows` that are about this device or about any, in their order."""
    product = usb_id.partition(":")[2]
    return tuple(row for row in rows(usb_id) if row.product in (_ANY, product))


@cache
def lists(drivers: frozenset[str], usb_id: str) -> bool:
    """Return whether one of these drivers' tables names the device itself."""
    vendor, _, product = usb_id.partition(":")
    return any(
        row.product == product for driver in drivers & set(DRIVERS) for row in _of(driver, vendor)
    )


@cache
def _of(driver: str, vendor: str) -> tuple[Row, ...]:
    return tuple(
        row
        for kernel, ids in _tables(driver)
        if vendor in ids
        for row in read_rows(ids[vendor], driver, kernel)
    )


def read_rows(text: str, driver: str, kernel: str) -> Iterator[Row]:
    """Give the rows in the text of one vendor. Raises ValueError for one that means nothing."""
    for one in text.split(","):
        row = " ".join(one.split())
        found = _ROW.fullmatch(row)
        if found is None:
            raise ValueError(f"{driver}: {row!r} is no row: see host/data/README.md")
        product, cls, number, words = found.groups()
        yield Row(
            driver=driver,
            kernel=kernel,
            product=product,
            cls=tuple((cls or "").split("/")[1:]),
            number=None if number is None else int(number),
            words=frozenset(words.split()),
        )


@cache
def _tables(driver: str) -> tuple[tuple[str, dict[str, str]], ...]:
    folder = resources.files("qmiprobe.host") / "data" / "drivers"
    data = tomllib.loads((folder / f"{driver}.toml").read_text(encoding="utf-8"))
    return tuple((table["kernel"], table["ids"]) for table in data["tables"])


def _number(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"[0-9]+", version)[:3])
