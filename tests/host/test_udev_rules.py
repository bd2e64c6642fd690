# SPDX-License-Identifier: GPL-2.0-or-later
"""Which lines of a rules file udev leaves out, as it says itself."""

from __future__ import annotations

from pathlib import Path

import pytest

from qmiprobe.host._udev_rules import fault_of
from tests.udev import what_udev_says

_TAKEN = (
    'SUBSYSTEM == "usb", ENV{A} = "1"',
    'ACTION=="add" SUBSYSTEM=="usb" ENV{A}="1"',  # no commas
    'ACTION=="add"SUBSYSTEM=="usb"ENV{A}="1"',
    ' SUBSYSTEM=="usb", ENV{A}="1", ',
    'SUBSYSTEM=="usb", ENV{A}="a\\"b"',
    'SUBSYSTEM=="usb", ENV{A}=e"a\\x41"',
    'SUBSYSTEM=="usb", ATTR{bConfigurationValue}+="3"',  # taken for =
    'SUBSYSTEM=="usb", ATTR{a}!="3", TEST=="x", ENV{A}:="1", TAG-="b", NAME="a", SYMLINK+="b%n"',
    'SUBSYSTEM=="usb", OWNER="root", GROUP="root", MODE="0666", IMPORT{builtin}="usb_id"',
    'SUBSYSTEM=="usb", RUN+="/bin/sh -c \'echo $${k%%.*} > /sys$devpath/x\'"',
    'SUBSYSTEM=="usb", KERNELS=="1-*", ATTRS{a}=="1", DRIVERS=="x", NAME="z"',
    'SUBSYSTEM=="usb", TAGS=="y", CONST{virt}=="vm", NAME="z"',
    'PROGRAM="/bin/true", RESULT=="1", OPTIONS+="watch", GOTO="end"',
    'LABEL="end"',
)
_LEFT_OUT = {
    'SUBSYSTEM=="usb", ATTR{a}!="3" \\ ENV{A}="1"': "cannot be read from `\\ ENV",
    'SUBSYSTEM=="usb", ENV{A}=1': "cannot be read from `ENV{A}=1",
    "SUBSYSTEM=='usb', ENV{A}=\"1\"": "cannot be read from",
    'SUBSYSTEM=="usb"; ENV{A}="1"': "cannot be read from `;",
    'SUBSYSTEM=="usb", ENV{A}="1" # why': "cannot be read from `# why",
    'SUBSYSTEM=="usb", ENV{A}="1': "cannot be read from",
    'SUBSYSTEM="usb", ENV{A}="1"': "has SUBSYSTEM=, which has to be ==",
    'SUBSYSTEM=="usb", ATTRS{idVendor}="03f0"': "has ATTRS=",
    'SUBSYSTEM=="usb", ATTR(idVendor)=="03f0"': "has ATTR(idVendor), which udev does not know",
    'SUBSYSTEM=="usb", BUS=="usb"': "has BUS",
    'SUBSYSTEM=="usb", SYSFS{idVendor}=="03f0"': "has SYSFS",
    'SUBSYSTEM=="usb", attr{idVendor}=="03f0"': "has attr",
}


def test_a_line_that_udev_takes_has_no_fault():
    assert {line: fault_of(line) for line in _TAKEN} == dict.fromkeys(_TAKEN)


@pytest.mark.parametrize("line", _LEFT_OUT)
def test_a_line_that_udev_leaves_out_has_one_that_is_named(line: str):
    assert (fault_of(line) or "").startswith(_LEFT_OUT[line])


@pytest.mark.needs("udevadm")
def test_udev_itself_leaves_out_the_same_lines(tmp_path: Path):
    lines = (*_TAKEN, *_LEFT_OUT)
    said = what_udev_says({"50-x.rules": "".join(f"{line}\n" for line in lines)}, tmp_path)
    numbers = {int(one.split(":")[1].split()[0]) for one in said if "assuming" not in one}
    assert {lines[number - 1] for number in numbers} == set(_LEFT_OUT)
