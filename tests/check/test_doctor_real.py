# SPDX-License-Identifier: GPL-2.0-or-later
"""The doctor on layouts of real modems that have the drivers Linux gave them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.check.saved import examine_saved
from tests.host.tree import FakeDevice, FakeInterface, FakeTree
from tests.vectors.layouts import Block, blocks

_CONTROL = {"qmi_wwan", "cdc_mbim"}
_MAKERS = {"qmi_wwan_q", "qmi_wwan_f", "simcom_wwan", "GobiNet", "meig_cdc_driver", "tozed"}
_NOT_WELL = {
    "usb-devices/2c7c_0620": "driver/not-loaded",  # the block shows no driver there
    "usb-devices/2cb7_01a4": "driver/not-loaded",
    "usb-devices/2c7c_030e_2": "driver/serial-thief",  # option's row reserved nothing yet
    "usb-devices/1199_9062": "usb/boot-loader",
    "usb-devices/413c_8218": "usb/boot-loader",
}
_NO_MODEMS = {"usb-devices/8087_0a2b"}


def with_nodes(device: FakeDevice) -> FakeDevice:
    """Return the device with the control ports that its drivers make."""
    found: list[FakeInterface] = []
    for one in device.interfaces:
        control = one.driver == "qmi_wwan" and not one.cls.startswith("0a")
        control = control or (one.driver == "cdc_mbim" and one.cls.startswith("02"))
        found.append(replace(one, wdm=f"cdc-wdm{len(found)}") if control else one)
    return replace(device, interfaces=found)


def _bound() -> list[Block]:
    return [
        one
        for one in blocks()
        if one.drivers and not _MAKERS & set(one.drivers.values()) and one.name not in _NO_MODEMS
    ]


@pytest.mark.needs("vectors")
@pytest.mark.time_limit(300)
async def test_what_works_for_its_owner_has_no_finding(tmp_path: Path):
    well, wrong = 0, []
    for index, block in enumerate(_bound()):
        tree = FakeTree(tmp_path / str(index))
        tree.add_usb(with_nodes(block.device))
        report = await examine_saved(tree.root)
        found = {one.id for one in report.findings}
        has_port = bool(_CONTROL & set(block.drivers.values())) and block.name not in _NOT_WELL
        expected = set() if has_port else {_NOT_WELL.get(block.name, "usb/composition")}
        well += found == expected
        if found != expected:
            wrong.append(f"{block.name}: {found}, expected {expected}")
    assert well > 140
    assert not wrong, "\n".join(wrong)
