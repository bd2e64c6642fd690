# SPDX-License-Identifier: GPL-2.0-or-later
"""What is taken out of a saved machine before it is sent to anybody."""

from __future__ import annotations

import pytest

from qmiprobe.host._copy import MachineCopy
from qmiprobe.host._copy_masks import masked

_DEVICE = "sys/devices/pci0000:00/usb2/2-6"


def one(path: str, text: str, **files: str) -> str:
    """Return what becomes of one file."""
    all_files = {path: text, **files}
    copy = MachineCopy(files={name: each.encode() for name, each in all_files.items()})
    return masked(copy, host_name="attic").files[path].decode()


def test_a_serial_number_is_masked_wherever_it_stands():
    kmsg = "6,1,4600000,-;usb 2-6: SerialNumber: 3ec4efdf\n6,2,46,-;x 3ec4efdf y\n"
    files = {f"{_DEVICE}/serial": "3ec4efdf\n"}
    assert one("dev/kmsg", kmsg, **files) == kmsg.replace("3ec4efdf", "0XX0XXXX")
    assert one(f"{_DEVICE}/serial", "3ec4efdf\n") == "0XX0XXXX\n"


def test_the_serial_number_of_a_device_that_is_gone_is_masked_too():
    text = "6,1,4600000,-;usb 2-6: SerialNumber: ABCD1234EF\n"
    assert "ABCD1234EF" not in one("dev/kmsg", text)


def test_a_root_hub_keeps_the_address_of_its_controller():
    assert one("sys/devices/pci0000:00/usb2/serial", "0000:00:14.0\n") == "0000:00:14.0\n"


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("IMEI 001010123456789.", "IMEI 000000000000000."),
        ("iccid=8988211000000000001", "iccid=0000000000000000000"),
        ("call +15550100 now", "call +00000000 now"),
        ("on attic: up", "on host: up"),
        ("in /home/alice/notes", "in /home/user/notes"),
        ("6,1,4600000000000,-;usb 2-6: new", "6,1,4600000000000,-;usb 2-6: new"),
        ("usb:v03F0p581Dd0228dc00", "usb:v03F0p581Dd0228dc00"),
    ],
)
def test_what_names_somebody_is_masked_and_nothing_else(text: str, after: str):
    assert one("run/udev/data/c180:0", text) == after


def test_ethernet_addresses_keep_their_maker_and_stay_apart():
    text = "02:50:f3:aa:bb:01 02:50:f3:aa:bb:02 02:50:F3:AA:BB:01 enx0250f3aabb01"
    first, second, again, name = one("dev/kmsg", text).split()
    assert first.startswith("02:50:f3:")
    assert first != second
    assert again.lower() == first
    assert name == "enx" + first.replace(":", "")
    assert "aa" not in first


@pytest.mark.parametrize("known", ["02:50:f3:00:00:00", "00:00:00:00:00:00", "ff:ff:ff:ff:ff:ff"])
def test_an_address_that_is_nobodys_stays(known: str):
    assert one("dev/kmsg", known) == known


def test_a_netdev_that_is_named_by_its_address_is_renamed_in_paths_and_links():
    copy = MachineCopy(
        files={f"{_DEVICE}/net/enx0250f3aabb01/address": b"02:50:f3:aa:bb:01\n"},
        links={"sys/class/net/enx0250f3aabb01": f"../../../{_DEVICE}/net/enx0250f3aabb01"},
    )
    after = masked(copy)
    (path,) = after.files
    ((link, target),) = after.links.items()
    name = path.split("/")[-2]
    assert "aabb01" not in path
    assert (link, target) == (f"sys/class/net/{name}", f"../../../{_DEVICE}/net/{name}")


def test_descriptors_are_not_text():
    copy = MachineCopy(files={f"{_DEVICE}/descriptors": b"\x12\x01001010123456789\xff"})
    assert masked(copy).files == copy.files
