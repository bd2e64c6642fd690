# SPDX-License-Identifier: GPL-2.0-or-later
"""Layouts of real modems, as people published them with the driver that each interface got."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from qmiprobe.host import usb_modems
from tests.host.tree import FakeTree
from tests.vectors.layouts import Block, blocks

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from qmiprobe.host import Interface

_AGREEMENT = 0.95
_NOT_IN_LINUX = {
    "usbfs": "a program has it, adbd mostly",
    "qmi_wwan_q": "of Quectel",
    "qmi_wwan_f": "of Fibocom",
    "qmi_wwan_s": "of Sunsea",
    "simcom_wwan": "of SIMCom",
    "qmi_wwan_simcom": "of SIMCom",
    "GobiNet": "of Sierra Wireless and Quectel",
    "GobiSerial": "of Sierra Wireless",
    "GobiUSBNet": "of Qualcomm",
    "meig_cdc_driver": "of MeiG",
    "tozed": "of TOZED",
}
_OLDER_KERNEL = {
    (
        "usb-devices/2c7c_030e_2",
        4,
    ): "option's row came first, and reserved nothing then",
    ("usb-devices/12d1_14ac", 1): "qmi_wwan took interface numbers of any class then",
    ("usb-devices/12d1_14ac", 2): "goes with interface 1",
}
"""Interfaces that a kernel before the driver knew the id, or looked at its class, gave away."""
_NAMELESS = {"lsusb/1199_b000": "a receiver for satellites alone, of no class"}
_NO_MODEMS = {"8087:0a2b": "a Bluetooth controller"}
_FUNCTIONS = {
    "qmi_wwan": {"qmi", "data"},
    "cdc_mbim": {"mbim", "data"},
    "cdc_ncm": {"ncm", "data"},
    "cdc_ether": {"ecm", "data"},
    "rndis_host": {"rndis", "data"},
    "huawei_cdc_ncm": {"ncm", "data"},
    "cdc_acm": {"acm", "data"},
    "usb-storage": {"storage"},
    "snd-usb-audio": {"audio"},
    "usbhid": {"input", "serial"},
    "qcserial": {"serial"},
    # Rows without a class take whatever is there.
    "option": {"serial", "adb", "rndis", "ecm", "data"},
}


Seen = list[tuple[Block, tuple["Interface", ...]]]


@pytest.fixture(scope="module")
def layouts(tmp_path_factory: pytest.TempPathFactory) -> Seen:
    """Give each block with the interfaces that are made of it once nothing is bound."""
    folder = tmp_path_factory.mktemp("machines")
    return [(block, _interfaces(folder, block)) for block in blocks()]


def _interfaces(folder: Path, block: Block) -> tuple[Interface, ...]:
    """Return those of the active configuration, or of all where none is set."""
    tree = FakeTree(folder / block.name)
    tree.add_usb(block.unbound())
    modem = next(iter(usb_modems(tree.sysroot)), None)
    if modem is None:
        return ()
    active = modem.active_configuration
    chosen = modem.configurations if active is None else (active,)
    return tuple(one for configuration in chosen for one in configuration.interfaces)


@pytest.mark.needs("vectors")
def test_every_layout_is_read_and_is_that_of_a_modem(layouts: Seen):
    kinds = [block.name.partition("/")[0] for block, _ in layouts]
    assert kinds.count("usb-devices") > 100
    assert kinds.count("lsusb") > 10
    unseen = {block.device.usb_id for block, interfaces in layouts if not interfaces}
    assert unseen <= set(_NO_MODEMS)


@pytest.mark.needs("vectors")
def test_the_driver_that_linux_took_is_the_one_predicted(
    layouts: Seen, record_property: Callable[[str, object], None]
):
    right, wrong, left_out = 0, [], 0
    for block, interfaces in layouts:
        for one in interfaces:
            driver = block.drivers.get(one.number)
            if driver is None:
                continue
            if driver in _NOT_IN_LINUX or (block.name, one.number) in _OLDER_KERNEL:
                left_out += 1
            elif one.expected_driver == driver:
                right += 1
            else:
                wrong.append(f"{block.name} interface {one.number} ({one.cls}): {driver}, {one}")
    share = right / (right + len(wrong))
    figure = f"{right} of {right + len(wrong)} bound interfaces ({share:.1%}), {left_out} left out"
    record_property("agreement", figure)
    print(figure)
    assert right > 600
    assert share >= _AGREEMENT, "\n".join(wrong)


@pytest.mark.needs("vectors")
def test_what_is_left_out_is_there_to_be_left_out():
    there = {(block.name, number) for block in blocks() for number in block.drivers}
    assert set(_OLDER_KERNEL) <= there


@pytest.mark.needs("vectors")
def test_the_function_of_an_interface_fits_the_driver_that_linux_took(layouts: Seen):
    wrong, named = [], 0
    for block, interfaces in layouts:
        for one in interfaces:
            fits = _FUNCTIONS.get(block.drivers.get(one.number) or "")
            if fits is None or (block.name, one.number) in _OLDER_KERNEL:
                continue
            named += one.function is not None
            if one.function is not None and one.function not in fits:
                wrong.append(f"{block.name} interface {one.number}: {block.drivers}: {one}")
    assert named > 600
    assert not wrong, "\n".join(wrong)


@pytest.mark.needs("vectors")
def test_texts_of_lsusb_show_every_function(layouts: Seen):
    nameless, named = [], 0
    for block, interfaces in layouts:
        if block.name.startswith("lsusb"):
            for one in interfaces:
                named += one.function is not None
                if one.function is None and one.endpoints > 1 and block.name not in _NAMELESS:
                    nameless.append(f"{block.name} interface {one.number} ({one.cls})")
    assert named > 100
    assert nameless == []


@pytest.mark.needs("vectors")
def test_the_two_kinds_of_text_agree_on_a_modem_that_both_show(layouts: Seen):
    seen: dict[str, dict[tuple[int, str], tuple[str | None, str | None]]] = {}
    both = 0
    for block, interfaces in layouts:
        shown = {(one.number, one.cls): (one.function, one.expected_driver) for one in interfaces}
        # One id may stand for several compositions: only the same one is compared.
        key = f"{block.device.usb_id} {sorted(shown)}"
        other = seen.setdefault(key, shown)
        both += other is not shown
        assert other == shown, block.name
    assert both > 5
