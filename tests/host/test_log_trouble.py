# SPDX-License-Identifier: GPL-2.0-or-later
"""Faults in the kernel's log, in the words of older and of newer kernels."""

from __future__ import annotations

import pytest

from qmiprobe.host import KernelLine, KernelLog, busiest_second, rejected_modules, troubles
from qmiprobe.host._kmsg import _line
from tests.requirements import vectors_folder


def log(*texts: str) -> KernelLog:
    return KernelLog(tuple(KernelLine(time_s=None, text=text) for text in texts))


@pytest.mark.parametrize(
    ("text", "kind", "plug"),
    [
        ("usb 2-6: device descriptor read/64, error -71", "enumeration", "2-6"),
        ("usb 2-6: device not accepting address 7, error -110", "enumeration", "2-6"),
        ("usb usb2-port6: unable to enumerate USB device", "enumeration", "2-6"),
        ("usb 2-1-port4: attempt power cycle", "enumeration", "2-1.4"),
        ("hub 2-0:1.0: unable to enumerate USB device on port 6", "enumeration", "2-6"),
        ("hub 2-1:1.0: Cannot enable port 3.  Maybe the USB cable is bad?", "enumeration", "2-1.3"),
        ("usb usb1-port2: over-current condition", "over-current", "1-2"),
        ("hub 1-0:1.0: over-current condition on port 2", "over-current", "1-2"),
        ("usb 2-6: can't set config #3, error -28", "bandwidth", "2-6"),
        ("usb 2-6: can't set config #3, error -110", "set-configuration", "2-6"),
        ("usb 2-6: Not enough bandwidth for altsetting 1", "bandwidth", "2-6"),
        ("qmi_wwan 2-6:1.4: nonzero urb status received: -71", "interrupt", "2-6"),
        ("cdc_wdm 1-1.3:1.4: nonzero urb status received: -EPIPE", "stall", "1-1.3"),
        ("cdc_mbim 2-6:1.12: wdm_int_callback - 0 bytes", "interrupt", "2-6"),
        (
            "qmi_wwan 2-6:1.2: unknown notification 32 received: index 2",
            "notification",
            "2-6",
        ),
        ("qmi_wwan 2-6:1.4: Tx URB error: -19", "transfer", "2-6"),
        ("qmi_wwan 2-6:1.4: Error autopm - -113", "resume", "2-6"),
        ("NETDEV WATCHDOG: wwan0 (qmi_wwan): transmit queue 0 timed out", "watchdog", None),
        ("qmi_wwan 2-6:1.4 wwan0: NETDEV WATCHDOG: CPU: 0: transmit", "watchdog", "2-6"),
        ("qmi_wwan 1-1.3:1.4 wwan0: Cannot change a running device", "running", "1-1.3"),
        ("usb 2-3: config 1 has an invalid interface number: 8 but max is 3", "numbering", "2-3"),
        ("usb 2-6: usbfs: interface 3 claimed by qmi_wwan while 'qemu' sets", "claimed", "2-6"),
    ],
)
def test_a_line_has_its_kind_and_its_place(text: str, kind: str, plug: str | None):
    (found,) = troubles(log(text))
    assert (found.kind, found.plug, found.text) == (kind, plug, text)


@pytest.mark.parametrize(
    "text",
    [
        "usb 2-6: new high-speed USB device number 5 using xhci_hcd",
        "usb 2-6: USB disconnect, device number 5",
        "qmi_wwan 2-6:1.3: cdc-wdm0: USB WDM device",
        "qmi_wwan: probe of 2-6:1.4 failed with error -22",
    ],
)
def test_what_is_no_fault_of_the_bus_is_none(text: str):
    assert list(troubles(log(text))) == []


@pytest.mark.parametrize(
    "text",
    [
        "Lockdown: modprobe: unsigned module loading is restricted; see man kernel_lockdown.7",
        "Loading of unsigned module is rejected",
        "Loading of module with unavailable key is rejected",
    ],
)
def test_a_module_that_was_refused_is_known(text: str):
    assert rejected_modules(log("nothing", text)) == (text,)


def test_the_busiest_second_is_counted_by_the_lines_own_times():
    lines = [KernelLine(time_s=at, text="") for at in (1.0, 5.0, 5.2, 5.9, 6.1, 9.0)]
    assert busiest_second(lines) == 3
    assert busiest_second([]) == 0
    assert busiest_second([KernelLine(time_s=None, text="")]) == 0


@pytest.mark.needs("vectors")
def test_logs_of_people_whose_modem_came_up_tell_of_no_failed_enumeration():
    for file in sorted((vectors_folder() / "dmesg").glob("*.txt")):
        texts = file.read_text(encoding="utf-8", errors="replace").splitlines()
        lines = tuple(line for text in texts if (line := _line(text)) is not None)
        kinds = {one.kind for one in troubles(KernelLog(lines))}
        assert kinds <= {"running", "interrupt", "numbering"}, file.name
