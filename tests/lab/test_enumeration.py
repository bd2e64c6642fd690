# SPDX-License-Identifier: GPL-2.0-or-later
"""Each profile with a USB side, plugged into the real kernel: who binds what, and what comes up.

What is expected was measured on real modems or read from the drivers' own tables, not from the
profiles: these are what is tested.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

import pytest
import trio

from qmiprobe.host._aliases import alias_list
from qmiprobe.host._driver_rows import DRIVERS, rows
from qmiprobe.sim import load_profile, profile_names
from qmiprobe.sim.usb._arrival import Arrival
from tests.lab import slow
from tests.lab.plugged import DEVICES, KernelLog, plugged

pytestmark = pytest.mark.needs("lab")


@dataclass(frozen=True)
class Expected:
    """A configuration as the kernel has it."""

    drivers: dict[str, str | None]
    nodes: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Of control ports and netdevs."""
    serial: int = 0
    """How many ttyUSB or ttyACM there are."""


def _drivers(configuration: int, **interfaces: str) -> dict[str, str | None]:
    """Read ``qcserial="0 2 3"`` as which driver has which interfaces."""
    found: dict[str, str | None] = {}
    for driver, numbers in interfaces.items():
        for number in numbers.split():
            name = driver.replace("usb_storage", "usb-storage")
            found[f"{configuration}.{number}"] = None if driver == "nobody" else name
    return found


def _wdm(number: int = 0) -> tuple[str, str]:
    return f"/dev/cdc-wdm{number}", f"wwan{number}"


EXPECTED: dict[str, dict[int, Expected]] = {
    "dwm222": {
        1: Expected(
            _drivers(1, option="0 1 2 3", qmi_wwan="4", usb_storage="5"), {"1.4": _wdm()}, serial=4
        )
    },
    "ec25": {1: Expected(_drivers(1, option="0 1 2 3", qmi_wwan="4"), {"1.4": _wdm()}, serial=4)},
    "em7455": {
        1: Expected(_drivers(1, qcserial="0 2 3", cdc_mbim="12 13"), {"1.12": _wdm()}, serial=3)
    },
    "l850": {
        1: Expected(_drivers(1, cdc_mbim="0 1", cdc_acm="2 3 4 5 6 7"), {"1.0": _wdm()}, serial=3)
    },
    "l850-ncm": {
        1: Expected(
            _drivers(1, cdc_acm="0 1 2 3 4 5", cdc_ncm="6 7 8 9 10 11"),
            {"1.6": ("wwan0",), "1.8": ("wwan1",), "1.10": ("wwan2",)},
            serial=3,
        )
    },
    "lm960": {
        1: Expected(
            _drivers(1, option="0 3 4 5 6", qmi_wwan="2", nobody="1"), {"1.2": _wdm()}, serial=5
        )
    },
    "lt4112": {
        2: Expected(_drivers(2, cdc_ether="0 1", qcserial="2 3 4"), {"2.0": ("usb0",)}, serial=3),
        1: Expected(_drivers(1, qcserial="0 1 2 4", qmi_wwan="3"), {"1.3": _wdm()}, serial=4),
        3: Expected(_drivers(3, cdc_mbim="0 1", qcserial="2"), {"3.0": _wdm()}, serial=1),
    },
    "lt4112-4": {
        2: Expected(_drivers(2, cdc_mbim="0 1", qcserial="2"), {"2.0": _wdm()}, serial=1),
        1: Expected(
            _drivers(1, qcserial="0 1 2 5", qmi_wwan="4", nobody="3"), {"1.4": _wdm()}, serial=4
        ),
    },
    "lt4120": {
        2: Expected(_drivers(2, cdc_ether="0 1"), {"2.0": ("usb0",)}),
        1: Expected(_drivers(1, qmi_wwan="1", nobody="0 2 3 4"), {"1.1": _wdm()}),
        3: Expected(_drivers(3, cdc_mbim="0 1", nobody="2"), {"3.0": _wdm()}),
    },
    "mc7455": {
        1: Expected(
            _drivers(1, qcserial="0 2 3", qmi_wwan="8 10"),
            {"1.8": _wdm(), "1.10": _wdm(1)},
            serial=3,
        )
    },
    "me909s": {
        2: Expected(
            _drivers(2, cdc_ether="0 1", option="2 3 4 5 6"), {"2.0": ("wwan0",)}, serial=5
        ),
        1: Expected(_drivers(1, option="0 1 2 3 4"), serial=5),
        3: Expected(_drivers(3, cdc_mbim="0 1", option="2"), {"3.0": _wdm()}, serial=1),
    },
    "rm520n": {1: Expected(_drivers(1, option="0 1 2 3", qmi_wwan="4"), {"1.4": _wdm()}, serial=4)},
    "sim7600": {
        1: Expected(_drivers(1, option="0 1 2 3 4", qmi_wwan="5"), {"1.5": _wdm()}, serial=5)
    },
}
"""By profile: the configuration that the kernel itself chooses, then the others."""


@pytest.mark.parametrize("profile", EXPECTED)
async def test_kernel_chooses_a_configuration_and_drivers_bind_in_each(profile: str):
    expected = EXPECTED[profile]
    with KernelLog() as log:
        async with plugged(profile) as modem:
            assert await modem.configuration() == next(iter(expected))
            _compare(await modem.arrived(), next(iter(expected.values())))
            layout = modem.modem.profile.usb
            assert await modem.read("idVendor") == f"{layout.vendor:04x}"
            assert (await modem.read_bytes("descriptors")) == layout.descriptors()
            for attribute, text in (("product", layout.product_name), ("serial", layout.serial)):
                assert not text or await modem.read(attribute) == text
            for value in list(expected)[1:]:
                await modem.configure(value)
                _compare(await modem.arrived(), expected[value])
        assert " failed with error" not in log.text
        assert "bogus" not in log.text
    assert not modem.folder.exists()


def _compare(arrival: Arrival, expected: Expected) -> None:
    drivers = {place.name.partition(":")[2]: place.driver for place in arrival.interfaces}
    nodes = {place.name.partition(":")[2]: place.nodes for place in arrival.interfaces}
    serial = [node for names in nodes.values() for node in names if "/tty" in node]
    others = {
        interface: left
        for interface, names in nodes.items()
        if (left := tuple(name for name in names if "/tty" not in name))
    }
    assert drivers == expected.drivers
    assert others == expected.nodes
    assert len(serial) == expected.serial


async def test_two_modems_at_once_get_nodes_of_their_own():
    async with plugged("ec25") as one, plugged("em7455") as other:
        assert one.name != other.name
        assert await one.nodes() == {"1.4": _wdm()}
        assert await other.nodes() == {"1.12": _wdm(1)}


async def test_unplugged_modem_is_gone_from_the_bus_at_once():
    async with plugged("ec25") as modem:
        folder = DEVICES / modem.name
        modem.body.unplug()
        with trio.fail_after(slow(1)):
            while folder.exists():  # noqa: ASYNC110  # sysfs wakes nobody
                await trio.sleep(0.01)


def test_every_profile_with_a_usb_side_is_expected_here():
    there = {name for name in profile_names() if load_profile(name).usb.configurations}
    assert there == set(EXPECTED)


def test_the_tables_know_every_device_that_this_kernels_drivers_list():
    listed = alias_list()
    tables = {driver.replace("-", "_"): driver for driver in DRIVERS}
    names = {name: tables[name] for name in listed.named if name in tables}
    assert {"qmi_wwan", "option", "qcserial", "cdc_mbim", "cdc_ether", "sierra"} <= set(names)
    checked, unknown = 0, []
    for pattern, name in listed.pairs:
        # usb-storage lists single discs that need help; it takes them by their class all the same.
        if name in names and name not in ("usb_storage", "uas", "usbhid", "snd_usb_audio"):
            checked += 1
            if not _is_known(pattern, names[name]):
                unknown.append(f"{name}: {pattern}")
    assert checked > 2000
    assert unknown == []


def _is_known(pattern: str, driver: str) -> bool:
    """Return whether a driver's table has rows for all that a pattern fits."""
    found = re.match(r"usb:v(....|\*)p(....|\*)d.*ic(..|\*)isc(..|\*)ip(..|\*)in(..|\*)", pattern)
    assert found is not None, pattern
    vendor, product, *cls, number = (part.lower() for part in found.groups())
    triple = [int(part, 16) if part != "*" else 0xFF for part in cls]
    at = int(number, 16) if number != "*" else 0xFF
    asked = (triple[0], triple[1], triple[2])
    mine = (row for row in rows(f"{vendor}:{product}") if row.driver == driver)
    return any(row.fits(product, at, asked) for row in mine)
