# SPDX-License-Identifier: GPL-2.0-or-later
"""The device side of USB: enumeration as Linux does it, standard requests, transfers."""

from __future__ import annotations

import dataclasses
import struct

import pytest
import trio
import trio.testing

from qmiprobe.errors import CannotTest
from qmiprobe.sim import SimulatedModem, load_profile, profile_names
from qmiprobe.sim.usb._body import UsbBody
from qmiprobe.sim.usb._function import Pipes, Setup, Stall, parse_setup
from qmiprobe.sim.usb._layout import Configuration
from tests.sim.usb.usbhost import Stalled, modem_on_bus, plugged

WITH_USB = [name for name in profile_names() if load_profile(name).usb.configurations]


class Echo:
    """Says everything back over interface 4 of the EC25, and takes one vendor request."""

    interfaces = (4,)

    def __init__(self) -> None:
        self.alternates: list[tuple[int, int]] = []
        self.end = trio.Event()

    @property
    def ended(self) -> bool:
        return self.end.is_set()

    def control(self, setup: Setup, data: bytes) -> bytes:
        if setup.kind == (0xC1, 0x55):
            return b"twelve bytes"
        raise Stall

    def set_alternate(self, interface: int, alternate: int) -> None:
        self.alternates.append((interface, alternate))

    async def run(self, pipes: Pipes) -> None:
        try:
            while True:
                await pipes.send(0x88, await pipes.receive(0x05))
        finally:
            self.end.set()


class EchoBody(UsbBody):
    """An EC25 that echoes."""

    def __init__(self) -> None:
        super().__init__(SimulatedModem("ec25"))
        self.made: list[Echo] = []

    def functions(self, configuration: Configuration) -> list[Echo]:  # type: ignore[override]
        self.made.append(Echo())
        return [self.made[-1]]


@pytest.mark.parametrize("name", WITH_USB)
async def test_linux_can_enumerate_it(name: str):
    usb = load_profile(name).usb
    async with modem_on_bus(name) as (host, _):
        seen = await host.enumerate(usb.configurations[-1].value)
        assert seen.device == usb.device_descriptor()
        assert seen.device + b"".join(seen.configurations) == usb.descriptors()
        assert seen.interfaces == [one.number for one in usb.configurations[-1].interfaces]
        assert usb.manufacturer in seen.strings.values()
        assert seen.bos == usb.bos()
        assert await host.control(0x80, 8, 0, 0, 1) == bytes((usb.configurations[-1].value,))


async def test_what_a_device_does_not_know_is_refused():
    async with modem_on_bus("ec25") as (host, _):
        await host.enumerate()
        for request in (
            (0x80, 6, 0x0600, 0, 10),  # device qualifier
            (0x80, 6, 0x0201, 0, 9),  # a second configuration
            (0x80, 6, 0x0363, 0x0409, 255),  # text 99
            (0x80, 6, 0x0F00, 0, 5),  # BOS of a USB 2.00 device
            (0x00, 9, 2),  # configuration 2
            (0x01, 11, 1, 4),  # setting 1
            (0x01, 11, 0, 9),  # interface 9
            (0x02, 1, 0, 0x8C),  # endpoint 12
            (0x00, 3, 5),  # a feature of nothing
            (0x40, 1, 0, 0),  # a vendor's
            (0xA1, 0x99, 0, 4, 1),
            (0xA1, 1, 0, 0, 4096),  # an answer of interface 0
        ):
            with pytest.raises(Stalled):
                await host.control(*request)
        assert await host.control(0x80, 8, 0, 0, 1) == b"\x01"


async def test_status_and_features_are_kept():
    async with modem_on_bus("ec25") as (host, _):
        await host.enumerate()
        assert await host.control(0x80, 0, 0, 0, 2) == b"\0\0"
        await host.control(0x00, 3, 1)
        assert await host.control(0x80, 0, 0, 0, 2) == b"\x02\0"
        await host.control(0x00, 1, 1)
        assert await host.control(0x80, 0, 0, 0, 2) == b"\0\0"
        assert await host.control(0x81, 0, 0, 4, 2) == b"\0\0"
        assert await host.control(0x81, 10, 0, 4, 1) == b"\0"


async def test_a_superspeed_device_takes_the_requests_of_its_links():
    async with modem_on_bus("rm520n") as (host, _):
        seen = await host.enumerate()
        assert seen.bos is not None
        await host.control(0x00, 0x30, 0, 0, data=bytes(6))
        await host.control(0x00, 0x31, 40)
        await host.control(0x00, 3, 48)
        await host.control(0x01, 3, 0, 0)


async def test_a_halted_endpoint_refuses_until_the_halt_is_cleared():
    async with plugged(EchoBody()) as host:
        await host.enumerate()
        pending = await host.submit(0x88, 512)
        await host.control(0x02, 3, 0, 0x88)
        assert (await host.answer(pending)).status == -32
        assert (await host.answer(await host.submit(0x88, 512))).status == -32
        assert await host.control(0x82, 0, 0, 0x88, 2) == b"\x01\0"
        await host.control(0x02, 1, 0, 0x88)
        pending = await host.submit(0x88, 512)
        await host.submit(0x05, data=b"after the halt")
        assert (await host.answer(pending)).data == b"after the halt"


async def test_transfers_wait_for_each_other_in_both_directions():
    async with plugged(EchoBody()) as host:
        await host.enumerate()
        out = await host.submit(0x05, data=b"one")
        assert (await host.answer(out)).actual == 3
        waiting = await host.submit(0x05, data=b"two")
        assert await host.silent(waiting), "the device is still busy with the first"
        assert (await host.answer(await host.submit(0x88, 512))).data == b"one"
        await host.answer(waiting)
        assert (await host.answer(await host.submit(0x88, 512))).data == b"two"


async def test_an_unlinked_transfer_is_never_completed():
    async with plugged(EchoBody()) as host:
        await host.enumerate()
        first, second = await host.submit(0x88, 512), await host.submit(0x88, 512)
        assert await host.unlink(first) == -104
        await host.submit(0x05, data=b"for the second")
        assert (await host.answer(second)).data == b"for the second"
        assert await host.silent(first)
        assert await host.unlink(second) == 0
        assert await host.unlink(4711) == 0


@pytest.mark.parametrize(("buffer", "parts"), [(1024, [1024, 476]), (1500, [1500]), (2048, [1500])])
async def test_long_data_fill_buffers_of_whole_packets(buffer: int, parts: list[int]):
    async with plugged(EchoBody()) as host:
        await host.enumerate()
        pending = [await host.submit(0x88, buffer) for _ in parts]
        await host.submit(0x05, data=bytes(1500))
        answers = [await host.answer(number) for number in pending]
        assert [one.actual for one in answers] == parts
        assert {one.status for one in answers} == {0}


async def test_data_longer_than_a_broken_buffer_are_lost_as_babble():
    async with plugged(EchoBody()) as host:
        await host.enumerate()
        pending = await host.submit(0x88, 1000)
        await host.submit(0x05, data=bytes(1500))
        answer = await host.answer(pending)
        assert (answer.status, answer.actual) == (-75, 1000)
        again = await host.submit(0x88, 1000)
        await host.submit(0x05, data=b"next")
        assert (await host.answer(again)).data == b"next"


async def test_another_configuration_ends_the_functions_and_forgets_settings():
    body = EchoBody()
    async with plugged(body) as host:
        await host.enumerate()
        pending = await host.submit(0x88, 512)
        await host.control(0x01, 11, 0, 4)
        assert body.made[0].alternates == [(4, 0)]
        await host.control(0x00, 9, 1)
        assert (await host.answer(pending)).status == -108
        assert body.made[0].ended
        assert len(body.made) == 2
        await host.control(0x00, 9, 0)
        await trio.testing.wait_all_tasks_blocked()
        assert body.made[1].ended
        assert await host.control(0x80, 8, 0, 0, 1) == b"\0"
        with pytest.raises(Stalled):
            await host.control(0x01, 11, 0, 4)


async def test_a_vendor_request_reaches_the_function_and_no_more_comes_than_was_asked_for():
    async with plugged(EchoBody()) as host:
        await host.enumerate()
        assert await host.control(0xC1, 0x55, 0, 4, 255) == b"twelve bytes"
        assert await host.control(0xC1, 0x55, 0, 4, 6) == b"twelve"


async def test_hanging_up_ends_the_functions_and_unplugging_hangs_up():
    body = EchoBody()
    async with plugged(body) as host:
        await host.enumerate()
        await host.stream.aclose()
        with trio.fail_after(5):
            await body.made[0].end.wait()
    assert not body.went
    async with plugged(body) as host:
        await host.enumerate()
        body.unplug()
        with trio.fail_after(5):
            await host.gone.wait()
    assert body.went


async def test_a_stream_of_something_else_is_hung_up():
    async with plugged(EchoBody()) as host:
        await host.stream.send_all(b"GET / HTTP/1.1\r\n" + bytes(100))
        with trio.fail_after(5):
            await host.gone.wait()


async def test_hundred_plug_ins_leave_nothing():
    body = UsbBody(SimulatedModem("ec25"))
    for _ in range(100):
        async with plugged(body) as host:
            await host.control(0x80, 6, 0x0100, 0, 18)
            await host.control(0x00, 9, 1)


def test_a_profile_without_a_usb_side_says_so():
    profile = load_profile("ec25")
    bare = dataclasses.replace(profile, usb=dataclasses.replace(profile.usb, configurations=()))
    with pytest.raises(CannotTest, match=r"sim:ec25 has no USB side: .*usb\.configurations"):
        UsbBody(SimulatedModem(bare))


def test_setup_packets_are_little_endian():
    setup = parse_setup(struct.pack("<BBHHH", 0xA1, 1, 2, 0x0304, 4096))
    assert (setup.kind, setup.value, setup.interface, setup.length) == ((0xA1, 1), 2, 4, 4096)
    assert setup.is_in
