# SPDX-License-Identifier: GPL-2.0-or-later
"""Layouts are read from profiles, give the right descriptors, and name every mistake."""

from __future__ import annotations

import struct
import tomllib

import pytest

from qmiprobe.errors import DefinitionError
from qmiprobe.sim import load_profile
from qmiprobe.sim.usb._layout import UsbLayout
from qmiprobe.sim.usb._layout_file import parse_usb


def layout(text: str) -> UsbLayout:
    return parse_usb(tomllib.loads(text), "[usb]")


def one(interfaces: str, head: str = "") -> UsbLayout:
    return layout(f"{head}\n[[configurations]]\n{interfaces}")


def walk(data: bytes) -> list[bytes]:
    found, at = [], 0
    while at < len(data):
        assert data[at] >= 2, "a descriptor without an end"
        found.append(data[at : at + data[at]])
        at += data[at]
    assert at == len(data)
    return found


def endpoints(data: bytes) -> list[tuple[int, int, int, int]]:
    return [
        (part[2], part[3], int.from_bytes(part[4:6], "little"), part[6])
        for part in walk(data)
        if part[1] == 5
    ]


def test_the_ec25_has_the_endpoints_that_were_seen_on_one():
    usb = load_profile("ec25").usb
    assert usb.device_descriptor().hex() == "12010002ef0201407c2c2501180301010201"
    data = usb.configuration_descriptor(1)
    classes = [tuple(part[5:8]) for part in walk(data) if part[1] == 4]
    assert classes == [(255, 255, 255), *3 * [(255, 0, 0)], (255, 255, 255)]
    assert endpoints(data) == [
        (0x81, 2, 512, 0), (0x01, 2, 512, 0),
        (0x83, 3, 10, 9), (0x82, 2, 512, 0), (0x02, 2, 512, 0),
        (0x85, 3, 10, 9), (0x84, 2, 512, 0), (0x03, 2, 512, 0),
        (0x87, 3, 10, 9), (0x86, 2, 512, 0), (0x04, 2, 512, 0),
        (0x89, 3, 8, 9), (0x88, 2, 512, 0), (0x05, 2, 512, 0),
    ]  # fmt: skip


def test_the_lt4112_is_as_long_as_the_one_of_the_thread():
    usb = load_profile("lt4112").usb
    assert struct.unpack("<HBB", usb.configuration_descriptor(1)[2:6]) == (157, 5, 1)
    assert usb.device_descriptor()[12:18].hex() == "280202030403"
    assert [one.role for one in usb.configuration(2).interfaces[:2]] == ["ecm", "ecm-data"]
    assert [one.role for one in usb.configuration(3).interfaces[:2]] == ["mbim", "mbim-data"]


def test_an_mbim_pair_has_its_association_union_and_two_settings():
    usb = load_profile("em7455").usb
    parts = walk(usb.configuration_descriptor(1))
    assert bytes((8, 11, 12, 2, 2, 14, 0, 0)) in parts
    assert bytes((5, 0x24, 6, 12, 13)) in parts
    settings = [(part[2], part[3], part[4]) for part in parts if part[1] == 4 and part[2] == 13]
    assert settings == [(13, 0, 0), (13, 1, 2)]
    interface = usb.configuration(1).interface(12)
    assert interface is not None
    assert interface.max_control_message == 4096


@pytest.mark.parametrize("name", ["ec25", "em7455", "lt4112"])
def test_every_configuration_says_its_own_length_and_counts(name: str):
    usb = load_profile(name).usb
    for configuration in usb.configurations:
        data = usb.configuration_descriptor(configuration.value)
        length, interfaces, value = struct.unpack("<HBB", data[2:6])
        parts = walk(data)
        assert length == len(data)
        assert interfaces == len({part[2] for part in parts if part[1] == 4})
        assert value == configuration.value
        counted = [part[4] for part in parts if part[1] == 4]
        assert sum(counted) == len(endpoints(data))


def test_superspeed_has_companions_a_bos_and_power_in_units_of_8_ma():
    usb = one('[[configurations.interfaces]]\nrole = "qmi"', 'speed = "super"')
    assert usb.device_descriptor()[2:4] == b"\x20\x03"
    assert usb.device_descriptor()[7] == 9
    data = usb.configuration_descriptor(1)
    assert data[8] == 112
    parts = walk(data)
    kinds = [part[1] for part in parts]
    assert kinds == [2, 4, 5, 48, 5, 48, 5, 48]
    assert parts[3] == bytes((6, 48, 0, 0, 8, 0))
    assert {size for _, kind, size, _ in endpoints(data) if kind == 2} == {1024}
    bos = usb.bos()
    assert bos is not None
    assert struct.unpack("<BBHB", bos[:5]) == (5, 15, len(bos), 2)
    assert [part[2] for part in walk(bos)[1:]] == [2, 3]


def test_there_is_no_bos_below_usb_2_01():
    assert one('[[configurations.interfaces]]\nrole = "qmi"').bos() is None


def test_texts_are_numbered_as_they_come_and_strange_ones_are_not_there():
    usb = load_profile("lt4112").usb
    assert usb.string(0) == b"\x04\x03\x09\x04"
    assert usb.string(1) is None
    assert usb.string(2) == b"\x20\x03" + "Hewlett-Packard".encode("utf-16-le")
    assert usb.string(200) is None


def test_the_mac_address_of_an_ethernet_function_is_a_text():
    usb = load_profile("lt4112").usb
    part = next(part for part in walk(usb.configuration_descriptor(2)) if part[1:3] == b"\x24\x0f")
    text = usb.string(part[3])
    assert text is not None
    assert text[2:].decode("utf-16-le") == "020000C0FFEE"


def test_addresses_sizes_and_raw_descriptors_can_be_said_outright():
    usb = one(
        """[[configurations.interfaces]]
        role = "unknown"
        number = 8
        class = [255, 1, 20]
        endpoints = ["0x8e bulk 256", "in interrupt 16 interval 5", "0x0f bulk"]
        functional = [{ raw = "05 24 00 10 01" }]"""
    )
    data = usb.configuration_descriptor(1)
    assert endpoints(data) == [(0x8E, 2, 256, 0), (0x81, 3, 16, 5), (0x0F, 2, 512, 0)]
    assert bytes.fromhex("0524001001") in walk(data)
    assert walk(data)[1] == bytes((9, 4, 8, 0, 3, 255, 1, 20, 0))


def test_alternate_settings_may_be_of_different_classes():
    usb = one(
        """[[configurations.interfaces]]
        role = "ncm"
        [[configurations.interfaces.alternates]]
        endpoints = ["in interrupt 16 interval 9"]
        [[configurations.interfaces.alternates]]
        class = [2, 14, 0]
        functional = ["header", "mbim", "union"]
        endpoints = ["0x81 interrupt 64 interval 9"]
        [[configurations.interfaces]]
        role = "ncm-data" """
    )
    settings = [tuple(part[5:8]) for part in walk(usb.configuration_descriptor(1)) if part[1] == 4]
    assert settings[:2] == [(2, 13, 0), (2, 14, 0)]


def test_ntb_parameters_have_28_bytes():
    usb = load_profile("em7455").usb
    interface = usb.configuration(1).interface(12)
    assert interface is not None
    assert bytes(interface.ntb).hex() == (
        "1c000100004000000400000004000000004000000400000004002000"
    )


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ('role = "qmy"', r"configuration 1 interface 0: role: no 'qmy'; there are: qmi"),
        ('role = "qmi"\nendpoint = []', r"interface 0: no key endpoint; known: .*endpoints"),
        ('role = "qmi"\nendpoints = ["in bulb"]', r"interface 0 alternate 0: no endpoint 'in b"),
        ('role = "qmi"\nclass = [255, 1]', r"interface 0: class: class, subclass and protocol"),
        ('role = "qmi"\nnumber = 256', r"number: a number from 0 to 255"),
        ('role = "mbim"', r"interface 0: data: a number"),
        ('role = "mbim"\ndata = 7', r"interface 0: its data interface 7 is not there"),
        ('role = "qmi"\nfunctional = ["onion"]', r"no descriptor 'onion'; there are: header"),
        ('role = "qmi"\nfunctional = [{ raw = "05 24" }]', r"raw must be one descriptor"),
        ('role = "qmi"\nfunctional = [{ name = "acm", x = 1 }]', r"functional acm: no key x"),
        ('role = "qmi"\nacm = true', r"acm is for at, modem, nmea, diag, not qmi"),
        ('role = "qmi"\nntb = { size = 3 }', r"ntb: .*size"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_with_its_place(text: str, complaint: str):
    with pytest.raises(DefinitionError, match=complaint):
        one(f"[[configurations.interfaces]]\n{text}")


def test_numbers_of_interfaces_and_configurations_are_there_once():
    twice = '[[configurations.interfaces]]\nrole = "qmi"\nnumber = 1\n'
    with pytest.raises(DefinitionError, match=r"two interfaces of the same number: \[1, 1\]"):
        one(2 * twice)
    with pytest.raises(DefinitionError, match=r"two configurations of the same value: \[1, 1\]"):
        layout(2 * "[[configurations]]\nvalue = 1\n")
    with pytest.raises(DefinitionError, match=r"no USB configuration 4; there are: 1, 2, 3"):
        load_profile("lt4112").usb.configuration(4)
