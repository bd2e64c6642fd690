# SPDX-License-Identifier: GPL-2.0-or-later
"""The virtual host controller by its files, read from a folder made for it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from qmiprobe.errors import CannotTest
from qmiprobe.sim import SimulatedModem
from qmiprobe.sim.usb import _arrival, _vhci
from qmiprobe.sim.usb._attach import attach_usb
from qmiprobe.sim.usb._body import UsbBody

STATUS = """\
hub port sta spd dev      sockfd local_busid
hs  0000 006 003 00010002 000009 1-1
hs  0001 004 000 00000000 000000 0-0
ss  0015 004 000 00000000 000000 0-0
"""
SECOND = """\
hub port sta spd dev      sockfd local_busid
hs  0030 004 000 00000000 000000 0-0
"""


@pytest.fixture(name="controller")
def _controller(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "status").write_text(STATUS)
    (tmp_path / "status.1").write_text(SECOND)
    for name in ("attach", "detach"):
        (tmp_path / name).write_text("")
    monkeypatch.setattr(_vhci, "CONTROLLER", tmp_path)
    return tmp_path


def test_the_first_free_port_of_the_right_hub_is_taken(controller: Path):
    assert _vhci.free_ports("high") == [1, 30]
    assert _vhci.free_ports("full") == [1, 30]
    assert _vhci.free_ports("super") == [15]
    (controller / "status").write_text(STATUS.replace("0001 004", "0001 006"))
    assert _vhci.free_ports("high") == [30]
    (controller / "status.1").unlink()
    with pytest.raises(CannotTest, match="ports for high speed are taken"):
        _vhci.attach(7, speed="high")


def test_a_port_knows_its_device(controller: Path):
    assert controller.exists()
    assert _vhci.device_name(0) == "1-1"
    assert _vhci.device_name(1) is None
    assert not _vhci.is_free(0)
    assert _vhci.is_free(1)


def test_a_port_is_not_free_until_its_hub_has_seen_the_device_go(controller: Path):
    (controller / "usbmon").mkdir()
    for bus in (9, 10):
        (controller / f"usb{bus}" / f"{bus}-0:1.0" / f"usb{bus}-port2").mkdir(parents=True)
    assert _vhci.is_free(1)
    (controller / "usb10" / "10-0:1.0" / "usb10-port2" / "device").mkdir()
    assert _vhci.is_free(1)
    (controller / "usb9" / "9-0:1.0" / "usb9-port2" / "device").mkdir()
    assert not _vhci.is_free(1)


def test_attaching_says_port_socket_device_and_speed(controller: Path):
    assert _vhci.attach(7, speed="super") == 15
    assert (controller / "attach").read_text() == "15 7 65553 5"
    _vhci.detach(15)
    assert (controller / "detach").read_text() == "15"


def test_a_kernel_that_refuses_is_quoted(controller: Path, monkeypatch: pytest.MonkeyPatch):
    def refuse(*_: object, **__: object) -> int:
        raise OSError(22, "Invalid argument")

    monkeypatch.setattr(Path, "write_text", refuse)
    assert controller.exists()
    with pytest.raises(CannotTest, match="refused a device at port 1: Invalid argument"):
        _vhci.attach(7, speed="high")

    def forbid(*_: object, **__: object) -> int:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "write_text", forbid)
    with pytest.raises(CannotTest, match="needs root"):
        _vhci.attach(7, speed="high")


def test_a_port_that_another_modem_took_meanwhile_is_passed_over(
    controller: Path, monkeypatch: pytest.MonkeyPatch
):
    tried: list[str] = []

    def busy(_path: Path, text: str, **_: object) -> int:
        tried.append(text.split()[0])
        if len(tried) == 1:
            raise OSError(16, "Device or resource busy")
        return len(text)

    monkeypatch.setattr(Path, "write_text", busy)
    assert controller.exists()
    assert _vhci.attach(7, speed="high") == 30
    assert tried == ["1", "30"]


async def test_a_kernel_without_the_module_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(_vhci, "CONTROLLER", tmp_path / "none")
    monkeypatch.setenv("PATH", str(tmp_path))
    body = UsbBody(SimulatedModem("ec25"))
    with pytest.raises(CannotTest, match="no virtual USB host controller: there is no modprobe"):
        async with attach_usb(body):
            pass
    modprobe = tmp_path / "modprobe"
    modprobe.write_text("#!/bin/sh\necho FATAL: Module vhci_hcd not found >&2; exit 1\n")
    modprobe.chmod(0o755)
    with pytest.raises(CannotTest, match="FATAL: Module vhci_hcd not found; a kernel with"):
        async with attach_usb(body):
            pass


def test_what_came_up_is_read_from_sysfs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(_arrival, "_DEVICES", tmp_path)
    driver = tmp_path / "drivers" / "qmi_wwan"
    driver.mkdir(parents=True)
    (tmp_path / "1-1").mkdir()
    (tmp_path / "1-1" / "bConfigurationValue").write_text("1\n")
    for path in ("1-1:1.0", "1-1:1.4/usbmisc/cdc-wdm0", "1-1:1.4/net/wwan0", "1-1:1.3/ttyUSB2"):
        (tmp_path / path).mkdir(parents=True)
    os.symlink(driver, tmp_path / "1-1:1.4" / "driver")
    seen = _arrival.look("1-1")
    assert seen.configuration == 1
    assert [(one.name, one.driver, one.nodes) for one in seen.interfaces] == [
        ("1-1:1.0", None, ()),
        ("1-1:1.3", None, ("/dev/ttyUSB2",)),
        ("1-1:1.4", "qmi_wwan", ("/dev/cdc-wdm0", "wwan0")),
    ]
    assert _arrival.look("1-2") == _arrival.Arrival("1-2", None, ())
