# SPDX-License-Identifier: GPL-2.0-or-later
"""The kernel's log is read in all its forms, the failures of probes in both wordings."""

from __future__ import annotations

import os

import pytest

from qmiprobe.host import kernel_log
from tests.host.tree import FakeTree
from tests.requirements import vectors_folder

LINES = (
    "usb 2-6: New USB device found, idVendor=03f0, idProduct=581d, bcdDevice= 2.28",
    "qmi_wwan: probe of 2-6:2.4 failed with error -22",
    "qmi_wwan 2-6:1.4: probe with driver qmi_wwan failed with error -22",
    "usb 2-6: USB disconnect, device number 5",
    "cdc_mbim 2-60:1.0: bind() failure",
)


@pytest.mark.parametrize(
    "form", ["6,{n},{n}000000,-;{text}\n SUBSYSTEM=usb\n", "[    {n}.000000] {text}\n", "{text}\n"]
)
def test_every_form_gives_the_same_events(tree: FakeTree, form: str):
    tree.write("dev/kmsg", "".join(form.format(n=n, text=text) for n, text in enumerate(LINES, 1)))
    log = kernel_log(tree.sysroot)
    assert tuple(line.text for line in log.lines) == LINES
    assert [line.time_s for line in log.lines] in ([1, 2, 3, 4, 5], [None] * 5)
    failures = [(one.driver, one.interface, one.errno) for one in log.failed_probes()]
    assert failures == [("qmi_wwan", "2-6:2.4", 22), ("qmi_wwan", "2-6:1.4", 22)]
    assert [(one.plug, one.id) for one in log.bus_events()] == [("2-6", "03f0:581d"), ("2-6", None)]
    assert log.about("2-6") == (LINES[0], LINES[1], LINES[2], LINES[3])
    assert log.about("2-6:1.4") == (LINES[2],)


def test_a_machine_without_a_log_says_why(tree: FakeTree):
    log = kernel_log(tree.sysroot)
    assert log.lines == ()
    assert log.unread is not None
    assert "No such file" in log.unread


def test_a_damaged_log_is_read_as_far_as_it_goes(tree: FakeTree):
    tree.write("dev/kmsg", b"6,1,2,-;fine\n\xff\xfe;\n6,2,x,-;\n\n   \n")
    assert kernel_log(tree.sysroot).lines[0].text == "fine"


def test_the_log_of_this_machine_is_read_without_waiting():
    log = kernel_log()
    assert log.lines or log.unread or not os.path.exists("/dev/kmsg")


@pytest.mark.needs("vectors")
def test_published_logs_are_understood(tree: FakeTree):
    folder = vectors_folder() / "dmesg"
    text = (folder / "hp_lt4112_qmi_probe_fail.txt").read_text(encoding="utf-8")
    tree.write("dev/kmsg", text)
    log = kernel_log(tree.sysroot)
    (failure,) = log.failed_probes()
    assert (failure.driver, failure.interface, failure.errno) == ("qmi_wwan", "2-6:2.4", 22)
    tree.write("dev/kmsg", (folder / "ml_fail_9359b15ae295.txt").read_text(encoding="utf-8"))
    events = [(one.plug, one.id) for one in kernel_log(tree.sysroot).bus_events()]
    assert events == [("1-1", "05c6:90b2"), ("1-1", None)]


def test_what_cdc_mbim_says_before_it_gives_up_is_told_from_other_lines(tree: FakeTree):
    tree.write(
        "dev/kmsg",
        "cdc_mbim 1-1:1.12: setting rx_max = 16384\n"
        "cdc_mbim 1-1:1.12: failed GET_NTB_PARAMETERS\n"
        "cdc_mbim 1-1:1.12: bind() failure\n"
        "cdc_ncm 1-1:1.6 usb0: failed to get mac address\n",
    )
    found = [
        (one.driver, one.interface, one.errno) for one in kernel_log(tree.sysroot).failed_binds()
    ]
    assert found == [
        ("cdc_mbim", "1-1:1.12", 19),
        ("cdc_mbim", "1-1:1.12", 19),
        ("cdc_ncm", "1-1:1.6", 19),
    ]


def test_what_was_said_of_an_earlier_device_at_the_same_place_is_left_out(tree: FakeTree):
    tree.write("dev/kmsg", "\n".join((*LINES, LINES[0], "cdc_mbim 2-6:1.0: bind() failure")))
    log = kernel_log(tree.sysroot).since_plugged("2-6")
    assert list(log.failed_probes()) == []
    assert len(list(log.failed_binds())) == 1
    assert len(kernel_log(tree.sysroot).since_plugged("9-9").lines) == len(LINES) + 2
