# SPDX-License-Identifier: GPL-2.0-or-later
"""Discs that become modems are told from discs, and boot loaders from modems."""

from __future__ import annotations

import pytest

from qmiprobe.host import Disc, discs, waits_for_firmware
from tests.host.tree import FakeDevice, FakeInterface, FakeTree

DISC = FakeInterface(0, "08/06/50", "usb-storage", endpoints=2)
SERIAL = FakeInterface(1, "ff/01/01", "option")


def disc(usb_id: str, *others: FakeInterface, product: str | None = None) -> FakeDevice:
    """Return a device that has a disc."""
    return FakeDevice("1-2", usb_id, [DISC, *others], product=product)


def test_a_disc_says_what_it_becomes(tree: FakeTree):
    tree.add_usb(disc("12d1:1f01", product="HUAWEI Mobile"))
    assert discs(tree.sysroot) == (
        Disc(
            name="1-2",
            id="12d1:1f01",
            product="HUAWEI Mobile",
            becomes=("12d1:14db", "12d1:14dc"),
        ),
    )


@pytest.mark.parametrize(
    ("device", "known"),
    [
        (disc("2001:ac01"), True),
        (disc("2c7c:0125"), True),  # a modem by its vendor, and nothing but a disc now
        (disc("0951:1666"), False),
        (disc("12d1:1f01", SERIAL), False),  # it has become one already
        (FakeDevice("1-2", "12d1:1f01", [SERIAL]), False),
        (FakeDevice("1-2", "12d1:1f01", []), False),
    ],
)
def test_only_a_known_device_that_is_nothing_but_a_disc_is_one(
    tree: FakeTree, device: FakeDevice, known: bool
):
    tree.add_usb(device)
    assert [one.id for one in discs(tree.sysroot)] == ([device.usb_id] if known else [])


def test_boot_loaders_are_known_by_id():
    assert waits_for_firmware("05c6:9008")
    assert waits_for_firmware("1199:9070")
    assert not waits_for_firmware("1199:9071")
