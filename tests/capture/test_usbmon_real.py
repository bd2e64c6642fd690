# SPDX-License-Identifier: GPL-2.0-or-later
"""Captures that the Linux kernel made, of stock tools at simulated modems on its USB bus.

``usbmon-*``: what tcpdump and usbmon's text recorded of qmicli and mbimcli (Linux 6.1, qmi_wwan and
cdc_mbim), and the modem's own trace of the same messages.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from qmiprobe.capture import Captured, Decoder, read_messages

DATA = Path(__file__).parent / "data"
MODEMS = [("ec25", "usb 1:2 interface 4"), ("em7455", "usb 1:3 interface 12")]


def read(name: str) -> list[Captured]:
    return list(read_messages((DATA / name).read_bytes().splitlines(keepends=True))[1])


@pytest.mark.parametrize(("modem", "port"), MODEMS)
def test_a_capture_has_exactly_the_messages_of_the_modems_own_trace(modem: str, port: str):
    captured, traced = read(f"usbmon-{modem}.pcap"), read(f"usbmon-{modem}.trace")
    assert len(traced) == 12
    assert [(one.data, one.direction) for one in captured] == [
        (one.data, one.direction) for one in traced
    ]
    assert {one.port for one in captured} == {port}
    decoder = Decoder(follow=True)
    found = [decoder.decode(one) for one in captured]
    assert all(one.is_sound for one in found)
    assert all(one.latency_s for one in found if one.direction == "from-device")


@pytest.mark.parametrize(("modem", "port"), MODEMS)
def test_the_text_has_the_same_as_far_as_it_goes(modem: str, port: str):
    text, traced = read(f"usbmon-{modem}.txt"), read(f"usbmon-{modem}.trace")
    assert [(one.data, one.direction, one.port) for one in text] == [
        (one.data[:32], one.direction, port) for one in traced
    ]
    assert [one.error is not None for one in text] == [len(one.data) > 32 for one in traced]
