# SPDX-License-Identifier: GPL-2.0-or-later
"""The USB layouts of the profiles are those of the modems, as far as these were published."""

from __future__ import annotations

import pytest

from qmiprobe.sim import load_profile, profile_names
from tests.requirements import vectors_folder
from tests.sim.published import Published, read_descriptors, read_lsusb, read_usb_devices

SIM7600 = """
D:  Ver= 2.00 Cls=00 Sub=00 Prot=00 MxPS=64 #Cfgs=  1
P:  Vendor=1e0e ProdID=9001 Rev=03.18
C:  #Ifs= 6 Cfg#= 1 Atr=a0 MxPwr=500mA
I:  If#= 0 Alt= 0 #EPs= 2 Cls=ff Sub=ff Prot=ff
E:  Ad=01 Atr=02 MxPS= 512
E:  Ad=81 Atr=02 MxPS= 512
I:  If#= 1 Alt= 0 #EPs= 3 Cls=ff Sub=00 Prot=00
E:  Ad=02 Atr=02 MxPS= 512
E:  Ad=82 Atr=02 MxPS= 512
E:  Ad=83 Atr=03 MxPS=  10
I:  If#= 2 Alt= 0 #EPs= 3 Cls=ff Sub=00 Prot=00
E:  Ad=03 Atr=02 MxPS= 512
E:  Ad=84 Atr=02 MxPS= 512
E:  Ad=85 Atr=03 MxPS=  10
I:  If#= 3 Alt= 0 #EPs= 3 Cls=ff Sub=00 Prot=00
E:  Ad=04 Atr=02 MxPS= 512
E:  Ad=86 Atr=02 MxPS= 512
E:  Ad=87 Atr=03 MxPS=  10
I:  If#= 4 Alt= 0 #EPs= 3 Cls=ff Sub=00 Prot=00
E:  Ad=05 Atr=02 MxPS= 512
E:  Ad=88 Atr=02 MxPS= 512
E:  Ad=89 Atr=03 MxPS=  10
I:  If#= 5 Alt= 0 #EPs= 3 Cls=ff Sub=ff Prot=ff
E:  Ad=06 Atr=02 MxPS= 512
E:  Ad=8a Atr=02 MxPS= 512
E:  Ad=8b Atr=03 MxPS=   8
"""
"""As a board maker's manual has it."""

L850 = """
D:  Ver= 2.10 Cls=ef Sub=02 Prot=01 MxPS=64 #Cfgs=  1
P:  Vendor=2cb7 ProdID=0007 Rev= 3.33
C:  #Ifs= 8 Cfg#= 1 Atr=e0 MxPwr=100mA
I:  If#= 0 Alt= 0 #EPs= 1 Cls=02 Sub=0e Prot=00
E:  Ad=81 Atr=03 MxPS=  64
I:  If#= 1 Alt= 0 #EPs= 0 Cls=0a Sub=00 Prot=02
I:  If#= 1 Alt= 1 #EPs= 2 Cls=0a Sub=00 Prot=02
E:  Ad=82 Atr=02 MxPS= 512
E:  Ad=02 Atr=02 MxPS= 512
I:  If#= 2 Alt= 0 #EPs= 1 Cls=02 Sub=02 Prot=00
E:  Ad=83 Atr=03 MxPS=  64
I:  If#= 3 Alt= 0 #EPs= 2 Cls=0a Sub=00 Prot=00
E:  Ad=84 Atr=02 MxPS= 512
E:  Ad=04 Atr=02 MxPS= 512
I:  If#= 4 Alt= 0 #EPs= 1 Cls=02 Sub=02 Prot=00
E:  Ad=85 Atr=03 MxPS=  64
I:  If#= 5 Alt= 0 #EPs= 2 Cls=0a Sub=00 Prot=00
E:  Ad=86 Atr=02 MxPS= 512
E:  Ad=06 Atr=02 MxPS= 512
"""
"""As a user's router showed it, as far as that went: interfaces 6 and 7 are of the same kind."""

LOWER = {"rm520n": 0x0320}
"""Profiles at SuperSpeed whose published text is at high speed: bcdUSB."""


def built(name: str, value: int = 1) -> Published:
    """Return what the profile's descriptors say."""
    usb = load_profile(name).usb
    return read_descriptors(usb.device_descriptor(), usb.configuration_descriptor(value))


def vector(path: str) -> str:
    """Return one of the published texts."""
    return (vectors_folder() / path).read_text(encoding="utf-8", errors="replace")


def same_device(ours: Published, theirs: Published) -> None:
    """Assert that ids, classes and counts agree."""
    for name in ("vendor", "product", "release", "triple", "configurations", "interfaces"):
        assert getattr(ours, name) == getattr(theirs, name), name
    assert (ours.value, ours.attributes) == (theirs.value, theirs.attributes)


@pytest.mark.needs("vectors")
def test_the_ec25_is_the_published_one():
    ours, theirs = built("ec25"), read_usb_devices(vector("usb-devices/2c7c_0125_2.txt"))
    same_device(ours, theirs)
    assert (ours.usb, ours.power) == (theirs.usb, theirs.power)
    for one, other in zip(ours.settings, theirs.settings, strict=True):
        assert (one.number, one.alternate, one.triple) == (
            other.number,
            other.alternate,
            other.triple,
        )
        assert one.endpoints == other.endpoints


@pytest.mark.needs("vectors")
def test_the_rm520n_has_the_published_interfaces_at_superspeed():
    usb = load_profile("rm520n").usb
    ours, theirs = built("rm520n"), read_usb_devices(vector("usb-devices/2c7c_0801.txt"))
    same_device(ours, theirs)
    assert (ours.usb, theirs.usb) == (0x0320, 0x0210)
    assert usb.configuration_descriptor(1)[8] * 8 == 896
    for one, other in zip(ours.settings, theirs.settings, strict=True):
        assert (one.number, one.triple) == (other.number, other.triple)
        assert [pipe[:2] for pipe in one.endpoints] == [pipe[:2] for pipe in other.endpoints]
        assert {size for _, kind, size in one.endpoints if kind == 2} == {1024}
    # At high speed its configuration is 209 bytes long: without companions it is here too.
    assert ours.total is not None
    assert ours.total - 6 * sum(len(one.endpoints) for one in ours.settings) == 209


@pytest.mark.needs("vectors")
def test_the_dwm222_is_the_published_one_to_the_byte():
    ours, theirs = built("dwm222"), read_lsusb(vector("lsusb/2001_7e3d.txt"))
    same_device(ours, theirs)
    assert (ours.usb, ours.power, ours.total) == (theirs.usb, theirs.power, theirs.total)
    assert theirs.total == 0xE8
    assert ours.settings == theirs.settings


@pytest.mark.parametrize(("name", "text"), [("sim7600", SIM7600), ("l850", L850)])
def test_others_are_as_their_users_saw_them(name: str, text: str):
    ours, theirs = built(name), read_usb_devices(text)
    same_device(ours, theirs)
    assert (ours.usb, ours.power) == (theirs.usb, theirs.power)
    for one, other in zip(ours.settings, theirs.settings, strict=False):
        assert (one.number, one.alternate, one.triple) == (
            other.number,
            other.alternate,
            other.triple,
        )
        assert one.endpoints == other.endpoints


def test_the_l850_takes_control_messages_of_512_bytes():
    interface = load_profile("l850").usb.configuration(1).interface(0)
    assert interface is not None
    assert interface.max_control_message == 512
    # bNumberFilters 32, bMaxFilterSize 192, wMaxSegmentSize 1500, no capabilities
    assert bytes.fromhex("0c241b0001000220c0dc0500") in interface.alternates[0].functional


def test_the_lt4112_is_as_the_thread_and_the_map_have_it():
    first, second = load_profile("lt4112").usb, load_profile("lt4112-4").usb
    assert len(first.configuration_descriptor(1)) == 157
    classes = {
        usb: [one.alternates[0].triple[1:] for one in usb.configuration(1).interfaces]
        for usb in (first, second)
    }
    assert classes[first].index((1, 7)) == 3
    assert classes[second].index((1, 7)) == 4
    assert len(classes[second]) == 6
    assert [len(usb.configurations) for usb in (first, second)] == [3, 2]


def test_the_me909s_has_mbim_in_configuration_3_as_published():
    ours = built("me909s", 3)
    assert (ours.usb, ours.triple, ours.configurations) == (0x0210, (0, 0, 0xFF), 3)
    assert (ours.attributes, ours.power, ours.interfaces) == (0xA0, 2, 3)
    assert [(one.number, one.triple, len(one.endpoints)) for one in ours.settings] == [
        (0, (2, 0x0E, 0), 1),
        (1, (10, 0, 2), 0),
        (1, (10, 0, 2), 2),
        (2, (0xFF, 6, 0x14), 2),
    ]


def test_interface_numbers_that_drivers_go_by_are_right():
    usual = {
        "mc7455": (1, {8: "qmi", 10: "qmi", 3: "at", 2: "nmea", 0: "diag"}),
        "em7455": (1, {12: "mbim", 13: "mbim-data", 3: "at", 2: "nmea", 0: "diag"}),
        "lm960": (1, {0: "diag", 1: "adb", 2: "qmi"}),
        "sim7600": (1, {5: "qmi"}),
        "lt4120": (1, {1: "qmi"}),
        "l850-ncm": (1, {0: "at", 6: "ncm", 8: "ncm", 10: "ncm"}),
    }
    for name, (value, roles) in usual.items():
        there = {
            one.number: one.role for one in load_profile(name).usb.configuration(value).interfaces
        }
        assert roles.items() <= there.items(), name


@pytest.mark.parametrize("name", profile_names())
def test_every_layout_says_where_it_is_from_and_what_is_inferred(name: str):
    usb = load_profile(name).usb
    assert usb.configurations
    assert usb.source
    assert "the serial number is a test value" in usb.inferred
    # Whatever a fleet's units have there as filler, or the project's own test value.
    assert usb.serial in (
        "0123456789ABCDEF",
        "00010111",
        "000000010111",
        "LF00010111",
        "LF00010112",
    )


@pytest.mark.parametrize("name", profile_names())
def test_every_endpoint_has_an_address_of_its_own_in_its_configuration(name: str):
    for configuration in load_profile(name).usb.configurations:
        used = [
            pipe.address
            for one in configuration.interfaces
            for pipe in {
                each.address: each for alt in one.alternates for each in alt.endpoints
            }.values()
        ]
        assert len(used) == len(set(used))
        assert all(1 <= address & 0x7F <= 15 for address in used)
