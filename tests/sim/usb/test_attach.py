# SPDX-License-Identifier: GPL-2.0-or-later
"""Plugging in, with a kernel of ours in place of vhci_hcd: coming back, going, leaving nothing."""

from __future__ import annotations

import os
import socket
import struct
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
import trio
import trio.testing

from qmiprobe.errors import CannotTest, DeviceGone
from qmiprobe.sim import SimulatedModem
from qmiprobe.sim.usb import _arrival, _vhci
from qmiprobe.sim.usb._attach import attach_usb
from qmiprobe.sim.usb._body import UsbBody
from tests.sim.usb.test_control_port import VERSIONS, versions
from tests.sim.usb.usbhost import UsbHost


class Kernel:
    """Takes the sockets that vhci_hcd would get, and has one port."""

    def __init__(self, sysfs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.sysfs = sysfs
        self.taken: socket.socket | None = None
        self.attached = 0
        self.detached = 0
        self.refuses: Exception | None = None
        monkeypatch.setattr(_vhci, "load_driver", self.load_driver)
        monkeypatch.setattr(_vhci, "attach", self.attach)
        monkeypatch.setattr(_vhci, "detach", self.detach)
        monkeypatch.setattr(_vhci, "is_free", lambda _port: self.taken is None)
        monkeypatch.setattr(_vhci, "device_name", lambda _port: "1-1" if self.taken else None)
        monkeypatch.setattr(_arrival, "_DEVICES", sysfs)

    async def load_driver(self) -> None:
        await trio.lowlevel.checkpoint()

    def attach(self, descriptor: int, *, speed: str) -> int:
        if self.refuses is not None:
            raise self.refuses
        assert speed == "high"
        self.taken = socket.socket(fileno=os.dup(descriptor))
        self.attached += 1
        return 0

    def detach(self, _port: int) -> None:
        self.detached += 1
        self.drop()

    def drop(self) -> None:
        if self.taken is not None:
            self.taken.close()
            self.taken = None

    @asynccontextmanager
    async def host(self) -> AsyncGenerator[UsbHost]:
        """Be the host of what is plugged in now."""
        assert self.taken is not None
        copy = trio.socket.from_stdlib_socket(self.taken.dup())
        host = UsbHost(trio.SocketStream(copy))
        async with trio.open_nursery() as nursery:
            nursery.start_soon(host.read)
            yield host
            nursery.cancel_scope.cancel()
        copy.close()


@pytest.fixture(name="kernel")
def _kernel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Kernel:
    return Kernel(tmp_path, monkeypatch)


async def until(true: Callable[[], bool]) -> None:
    with trio.fail_after(10):
        while not true():  # noqa: ASYNC110  # the kernel in place of the real one tells nobody
            await trio.sleep(0.01)


async def test_a_modem_is_detached_at_the_end(kernel: Kernel):
    async with attach_usb(UsbBody(SimulatedModem("ec25"))) as attached:
        await until(lambda: kernel.attached == 1)
        async with kernel.host() as host:
            assert (await host.enumerate()).interfaces == [0, 1, 2, 3, 4]
        assert attached.port == 0
    assert (kernel.detached, kernel.taken) == (1, None)


async def test_what_came_up_is_told_once_it_is_quiet(kernel: Kernel):
    async with attach_usb(UsbBody(SimulatedModem("ec25"))) as attached:
        (kernel.sysfs / "1-1").mkdir()
        (kernel.sysfs / "1-1" / "bConfigurationValue").write_text("1\n")
        (kernel.sysfs / "1-1:1.4" / "usbmisc" / "cdc-wdm0").mkdir(parents=True)
        arrival = await attached.arrival(20)
        assert arrival is not None
        assert (arrival.name, arrival.configuration) == ("1-1", 1)
        assert [one.nodes for one in arrival.interfaces] == [("/dev/cdc-wdm0",)]


async def detached_by_hand(kernel: Kernel) -> None:
    async with attach_usb(UsbBody(SimulatedModem("ec25"))):
        await until(lambda: kernel.attached == 1)
        assert kernel.taken is not None
        kernel.taken.shutdown(socket.SHUT_RDWR)
        kernel.drop()
        await trio.sleep_forever()


async def test_a_modem_that_a_host_detaches_is_gone(kernel: Kernel):
    with pytest.raises(DeviceGone, match="the host detached sim:ec25 from its port 0"):
        await detached_by_hand(kernel)


async def test_a_kernel_that_refuses_is_told(kernel: Kernel):
    kernel.refuses = CannotTest("all virtual USB ports for high speed are taken")
    with pytest.raises(CannotTest, match="are taken"):
        async with attach_usb(UsbBody(SimulatedModem("ec25"))):
            await trio.sleep_forever()
    assert kernel.detached == 0, "what is at the port then is somebody else's"


async def third_command(host: UsbHost) -> None:
    await host.enumerate()
    await host.control(0x21, 0x22, 1, 4)
    for number in (1, 2):
        await host.ask(4, 0x89, versions(number))
    with pytest.raises(EOFError):
        await host.command(4, VERSIONS)


async def test_a_modem_that_resets_comes_back_by_itself(kernel: Kernel):
    body = UsbBody(SimulatedModem("ec25"), faults=["resets-when-asked"])
    async with attach_usb(body):
        await until(lambda: kernel.attached == 1)
        async with kernel.host() as host:
            await third_command(host)
        await until(lambda: kernel.attached == 2)
        async with kernel.host() as host:
            seen = await host.enumerate()
            assert struct.unpack("<HH", seen.device[8:12]) == (0x2C7C, 0x0125)


async def test_a_modem_that_crashes_comes_back_as_a_boot_loader(kernel: Kernel):
    body = UsbBody(SimulatedModem("ec25"), faults=["boot-loader-when-asked"])
    async with attach_usb(body):
        await until(lambda: kernel.attached == 1)
        async with kernel.host() as host:
            await third_command(host)
        await until(lambda: kernel.attached == 2)
        async with kernel.host() as host:
            seen = await host.enumerate()
            assert struct.unpack("<HH", seen.device[8:12]) == (0x05C6, 0x9008)


async def test_a_modem_that_unplugs_itself_stays_away(kernel: Kernel):
    body = UsbBody(SimulatedModem("ec25"), faults=["unplugged-when-asked"])
    async with attach_usb(body):
        await until(lambda: kernel.attached == 1)
        async with kernel.host() as host:
            await third_command(host)
        await until(lambda: kernel.taken is None)
        await trio.sleep(1.5)
        assert kernel.attached == 1
