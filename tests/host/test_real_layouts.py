# SPDX-License-Identifier: GPL-2.0-or-later
"""Layouts of real modems, as people published them with the driver each interface got."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from qmiprobe.host import usb_modems
from tests.host.tree import FakeDevice, FakeInterface, FakeTree
from tests.requirements import vectors_folder

if TYPE_CHECKING:
    from pathlib import Path

    from qmiprobe.host import Interface

_JUDGED = {"qmi_wwan", "cdc_mbim", "cdc_ncm", "huawei_cdc_ncm"}
_ROLES = {"qmi_wwan": "qmi", "cdc_mbim": "mbim", "option": "serial", "qcserial": "serial"}
_OLDER_KERNEL = {("2c7c:030e", 4)}
"""Interfaces that qmi_wwan took only after the kernel of the block."""
_NOT_MODEM_DRIVERS = {None, "usbfs", "usbhid", "snd-usb-audio"}
_ID = re.compile(r"Vendor=([0-9a-f]{4}) ProdID=([0-9a-f]{4})")
_INTERFACE = re.compile(
    r"If#=\s*(\w+) Alt=\s*(\d+) #EPs=\s*(\d+) Cls=(..)\(.*?\) Sub=(..) Prot=(..) Driver=(\S+)"
)


def _device(text: str) -> FakeDevice | None:
    found = _ID.search(text)
    if found is None:
        return None
    device = FakeDevice("1-1", f"{found[1]}:{found[2]}")
    for number, alternate, endpoints, *triple, driver in _INTERFACE.findall(text):
        device.interfaces.append(
            FakeInterface(
                number=int(number, 0),
                cls="/".join(triple),
                driver=None if driver == "(none)" else driver,
                alternate=int(alternate),
                endpoints=int(endpoints),
            )
        )
    unique = {one.number: one for one in device.interfaces}
    device.interfaces = list(unique.values())
    return device


def _real_devices() -> list[FakeDevice]:
    texts = (
        file.read_text(encoding="utf-8", errors="replace")
        for file in sorted((vectors_folder() / "usb-devices").glob("*.txt"))
    )
    found = (_device(text) for text in texts)
    return [device for device in found if device is not None and device.interfaces]


def _shown(folder: Path, device: FakeDevice) -> tuple[Interface, ...]:
    tree = FakeTree(folder)
    tree.add_usb(device)
    modems = usb_modems(tree.sysroot)
    active = modems[0].active_configuration if modems else None
    return active.interfaces if active else ()


@pytest.mark.needs("vectors")
def test_real_modems_are_found_and_their_drivers_are_the_expected_ones(tmp_path: Path):
    unseen = set()
    differing = []
    judged = 0
    for index, device in enumerate(_real_devices()):
        interfaces = _shown(tmp_path / str(index), device)
        if not interfaces:
            unseen.add(device.usb_id)
        for one in interfaces:
            if one.driver in _JUDGED and one.function != "data":
                judged += 1
                if one.expected_driver != one.driver:
                    differing.append(f"{device.usb_id} interface {one.number}: {one}")
    assert judged > 60
    assert differing == []
    assert unseen == {"8087:0a2b"}, "the only one that is no modem: a Bluetooth controller"


@pytest.mark.needs("vectors")
def test_function_of_an_unbound_interface_is_never_a_wrong_one(tmp_path: Path):
    wrong = []
    named = 0
    for index, device in enumerate(_real_devices()):
        drivers = {one.number: one.driver for one in device.interfaces}
        for interface in device.interfaces:
            interface.driver = None
        for one in _shown(tmp_path / str(index), device):
            driver = drivers[one.number]
            named += one.function in ("qmi", "mbim")
            # Serial drivers do take RNDIS and ADB interfaces that are not theirs.
            good = one.function in (_ROLES.get(driver or ""), "data", "ecm", "rndis", "adb", None)
            if driver in _ROLES and not good and (device.usb_id, one.number) not in _OLDER_KERNEL:
                wrong.append(f"{device.usb_id} interface {one.number}: {driver}: {one}")
    assert named > 50
    assert not wrong, "\n".join(wrong)


@pytest.mark.needs("vectors")
def test_the_driver_that_linux_took_is_the_one_predicted(tmp_path: Path):
    right, wrong, newer = 0, [], set()
    for index, device in enumerate(_real_devices()):
        drivers = {one.number: one.driver for one in device.interfaces}
        for interface in device.interfaces:
            interface.driver = None
        for one in _shown(tmp_path / str(index), device):
            driver = drivers[one.number]
            if driver in _NOT_MODEM_DRIVERS:
                continue
            if one.expected_driver == driver:
                right += 1
            elif one.expected_driver is None and driver not in {each.driver for each in one.offers}:
                newer.add(device.usb_id)  # an id that Linux 6.12 does not know yet
            else:
                wrong.append(f"{device.usb_id} interface {one.number}: {driver}: {one}")
    assert right > 600
    assert right / (right + len(wrong)) > 0.97, "\n".join(wrong)
    assert len(newer) < 12, newer
