# SPDX-License-Identifier: GPL-2.0-or-later
"""Rules of udev, rfkill, power, the place a program runs at: each as the files say."""

from __future__ import annotations

import errno
import os
import subprocess
from pathlib import Path

import pytest

from qmiprobe import host
from qmiprobe.diagnosis._usb_choice import set_in_rule
from tests.host.tree import FakeTree

ID = "03f0:581d"
RULE = (
    'ACTION=="add", SUBSYSTEM=="usb", ATTR{idVendor}=="03f0", ATTR{idProduct}=="581d", '
    'ATTR{bConfigurationValue}!="3", ATTR{bConfigurationValue}="3"\n'
)


def test_a_rule_that_sets_the_configuration_is_found_with_its_line(tree: FakeTree):
    tree.write("etc/udev/rules.d/40-lte.rules", f"# first\n{RULE}")
    (found,) = host.configuration_rules(ID, sysroot=tree.sysroot)
    assert (found.file, found.line, found.value) == ("/etc/udev/rules.d/40-lte.rules", 2, "3")
    assert found.fault is None
    assert host.configuration_rules("03f0:9d1d", sysroot=tree.sysroot) == ()


def test_the_number_in_a_rule_is_changed_by_what_is_printed_and_nothing_else(tree: FakeTree):
    rule = RULE.replace(", ATTR{bConfigurationValue}=", ", \\\n  ATTR{bConfigurationValue} = ")
    other = RULE.replace("581d", "9d1d")
    file = tree.write("etc/udev/rules.d/40-lte.rules", f"{other}{rule}{other}")
    (found,) = host.configuration_rules(ID, sysroot=tree.sysroot)
    assert (found.line, found.last) == (2, 3)
    line = set_in_rule({"file": str(file), "line": 2, "last": 3, "value": "3"}, 1)
    subprocess.run(["sh", "-c", line], check=True)
    assert file.read_text() == f"{other}{rule}{other}".replace(rule, rule.replace('"3"', '"1"'))


def test_a_rule_over_two_lines_and_one_with_a_stray_backslash_are_told_apart(tree: FakeTree):
    whole = RULE.replace(", ATTR{bConfigurationValue}=", ", \\\n  ATTR{bConfigurationValue}=")
    tree.write("etc/udev/rules.d/a.rules", whole)
    tree.write("etc/udev/rules.d/b.rules", whole.replace("\\\n", "\\ "))
    found = host.configuration_rules(ID, sysroot=tree.sysroot)
    assert [(one.file[-7:], one.line, one.fault) for one in found] == [
        ("a.rules", 1, None),
        ("b.rules", 1, "cannot be read from `\\   ATTR{bConfigurationV` on"),
    ]


def test_comments_other_names_and_shadowed_files_do_not_count(tree: FakeTree):
    tree.write("etc/udev/rules.d/40-lte.rules", f"#{RULE}")
    tree.write("usr/lib/udev/rules.d/40-lte.rules", RULE)
    tree.write("usr/lib/udev/rules.d/41-lte.txt", RULE)
    assert host.configuration_rules(ID, sysroot=tree.sysroot) == ()


def test_radio_switches_of_all_kinds_are_listed(tree: FakeTree):
    for number, (kind, soft, hard) in enumerate((("wlan", 0, 0), ("wwan", 1, 0), ("wwan", 0, 1))):
        for name, value in (("type", kind), ("soft", soft), ("hard", hard)):
            tree.write(f"sys/class/rfkill/rfkill{number}/{name}", f"{value}\n")
    found = host.radio_switches(tree.sysroot)
    assert [(one.kind, one.soft, one.hard) for one in found] == [
        ("wlan", False, False),
        ("wwan", True, False),
        ("wwan", False, True),
    ]


@pytest.mark.parametrize(
    ("plug", "port"),
    [
        ("2-6", "2-0:1.0/usb2-port6"),
        ("1-1.4", "1-1:1.0/1-1-port4"),
        ("1-1.4.2", "1-1.4:1.0/1-1.4-port2"),
    ],
)
def test_the_port_of_a_place_is_where_sysfs_has_it(tree: FakeTree, plug: str, port: str):
    tree.write(f"sys/bus/usb/devices/{port}/over_current_count", "2\n")
    found = host.supply(plug, sysroot=tree.sysroot)
    assert (found.port, found.over_currents) == (f"/sys/bus/usb/devices/{port}", 2)


@pytest.mark.parametrize(
    ("version", "bos", "able"),
    [
        (" 3.20", None, True),
        (" 2.10", bytes.fromhex("050f160002071002000000000a1003000e0001ffff0700"), True),
        (" 2.10", bytes.fromhex("050f0c000107100200000000"), False),
        (" 2.00", None, None),
        (" 2.10", b"\x05\x0f\x00", False),
    ],
)
def test_whether_it_could_be_faster_stands_in_its_descriptors(
    tree: FakeTree, version: str, bos: bytes | None, able: bool | None
):
    folder = "sys/devices/usb2/2-6"
    tree.write(f"{folder}/version", f"{version}\n")
    if bos is not None:
        tree.write(f"{folder}/bos_descriptors", bos)
    tree.link("sys/bus/usb/devices/2-6", folder)
    assert host.can_super_speed("2-6", sysroot=tree.sysroot) is able


def test_mounts_containers_and_lockdown_are_read(tree: FakeTree):
    assert host.read_only_sysfs(tree.sysroot) is None
    tree.write("proc/mounts", "sysfs /sys sysfs rw,nosuid 0 0\n")
    assert host.read_only_sysfs(tree.sysroot) is False
    tree.write("proc/mounts", "sysfs /sys sysfs ro,nosuid 0 0\n")
    assert host.read_only_sysfs(tree.sysroot) is True
    assert host.container(tree.sysroot) is None
    tree.write(".dockerenv", "")
    assert host.container(tree.sysroot) == "/.dockerenv"
    assert host.lockdown(tree.sysroot) is None
    tree.write("sys/kernel/security/lockdown", "none [integrity] confidentiality\n")
    assert host.lockdown(tree.sysroot) == "integrity"


def test_a_node_is_told_from_a_file_without_being_opened(tree: FakeTree):
    assert host.access_of(str(tree.write("dev/cdc-wdm0", ""))) is None
    assert host.access_of("/no/such") is None
    found = host.access_of("/dev/null")
    assert found is not None
    assert (found.mode, found.allowed) == ("crw-rw-rw-", True)


def test_what_stands_on_a_netdev_and_its_counters_are_read(tree: FakeTree):
    folder = "sys/devices/x/net/wwan0"
    for name, value in (
        *(("flags", "0x1003"), ("mtu", "1500"), ("qmi/raw_ip", "Y")),
        *(("statistics/rx_errors", "4"), ("upper_qmimux0", "")),
    ):
        tree.write(f"{folder}/{name}", f"{value}\n")
    tree.link("sys/class/net/wwan0", folder)
    found = host.netdev_settings("wwan0", sysroot=tree.sysroot)
    assert found is not None
    assert (found.up, found.mtu, found.raw_ip, found.rx_errors) == (True, 1500, True, 4)
    assert (found.above, found.pass_through, found.rx_packets) == (("qmimux0",), None, None)
    assert host.netdev_settings("wwan1", sysroot=tree.sysroot) is None


def test_a_process_that_may_not_be_looked_into_counts_alike_live_and_saved(
    tree: FakeTree, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """In a container root may list the folder, and not read the links in it."""
    for pid in (700, 701, 702):
        tree.add_process(pid, "sshd", "/dev/null")
    read = os.readlink

    def refuses(path: str) -> str:
        if "/701/fd/" in str(path):
            raise PermissionError(errno.EACCES, "no")
        return read(path)

    monkeypatch.setattr(os, "readlink", refuses)
    assert host.hidden_processes(tree.sysroot) == 1
    assert host.holders("/dev/cdc-wdm0", sysroot=tree.sysroot).unread == 1
    copy = host.copy_machine(tree.sysroot)
    file = tmp_path / "saved.tar.gz"
    with file.open("wb") as out:
        host.write_bundle(out, copy, documents={"about.json": b"{}"}, made=0)
    (tmp_path / "unpacked").mkdir()
    saved = host.unpack_bundle(str(file), tmp_path / "unpacked")
    assert host.hidden_processes(saved) == 1
    assert host.holders("/dev/cdc-wdm0", sysroot=saved).unread == 1
