# SPDX-License-Identifier: GPL-2.0-or-later
"""Faults of the USB side: each does what its line says, and a modem goes on after those of once."""

from __future__ import annotations

import struct
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

import pytest
import trio

from qmiprobe.errors import AddressError
from qmiprobe.sim import SimulatedModem
from qmiprobe.sim.usb._body import UsbBody
from qmiprobe.sim.usb._faults import all_usb_faults, usb_faults
from tests.requirements import CHECKOUT
from tests.sim.usb.test_control_port import VERSIONS, versions
from tests.sim.usb.usbhost import Answer, Stalled, UsbHost, plugged

ONCE = (
    "send-stalls-once",
    "get-stalls-once",
    "lost-notification",
    "one-behind",
    "double-answer",
    "long-answer",
)


@asynccontextmanager
async def faulty(*names: str, profile: str = "ec25") -> AsyncGenerator[tuple[UsbHost, UsbBody]]:
    body = UsbBody(SimulatedModem(profile), faults=names)
    async with plugged(body) as host:
        await host.enumerate()
        yield host, body


@asynccontextmanager
async def asked_twice(name: str) -> AsyncGenerator[tuple[UsbHost, UsbBody]]:
    """Give a modem that has answered two commands, which a fault spares."""
    async with faulty(name) as (host, body):
        await host.control(0x21, 0x22, 1, 4)
        for number in (1, 2):
            assert (await host.ask(4, 0x89, versions(number)))[7] == number
        yield host, body


@pytest.mark.parametrize("name", list(all_usb_faults()))
def test_each_fault_is_told_in_a_line_and_does_something(name: str):
    fault = all_usb_faults()[name]
    assert fault.doc.endswith(".")
    assert len(fault.doc) < 100
    assert fault.usb.keys() - {"spared"}
    assert usb_faults([name], protocol=fault.protocols[0]) != usb_faults([], protocol="qmi")


def test_names_that_are_none_and_other_protocols_faults_are_refused():
    with pytest.raises(AddressError, match=r"no fault 'send-stall'.*send-stalls-once"):
        usb_faults(["send-stall"], protocol="qmi")
    with pytest.raises(AddressError, match=r"'ntb-parameters-fail' is for MBIM modems only"):
        usb_faults(["ntb-parameters-fail"], protocol="qmi")


@pytest.mark.parametrize("name", ONCE)
async def test_what_happens_once_spares_the_first_commands(name: str):
    async with asked_twice(name) as (host, _):
        assert host.answers == {}


async def test_a_command_that_stalls_is_lost_and_the_next_one_is_not():
    async with asked_twice("send-stalls-once") as (host, _):
        with pytest.raises(Stalled):
            await host.command(4, versions(3))
        assert (await host.ask(4, 0x89, versions(4)))[7] == 4


async def test_an_answer_that_stalls_is_still_there():
    async with asked_twice("get-stalls-once") as (host, _):
        await host.command(4, versions(3))
        await host.notification(0x89)
        with pytest.raises(Stalled):
            await host.fetch(4)
        await host.notification(0x89)
        assert (await host.fetch(4))[7] == 3


@pytest.mark.parametrize("name", ["send-stalls", "get-stalls"])
async def test_what_always_stalls_stalls_from_the_first_on(name: str):
    async with faulty(name) as (host, _):
        await host.control(0x21, 0x22, 1, 4)
        for _ in range(3):
            with pytest.raises(Stalled):
                await host.ask(4, 0x89, VERSIONS)


async def test_an_empty_answer_comes_before_each():
    async with faulty("empty-answers") as (host, _):
        await host.control(0x21, 0x22, 1, 4)
        for number in (1, 2, 3):
            assert await host.ask(4, 0x89, versions(number)) == b""
            assert (await host.notification(0x89))[1] == 1
            assert (await host.fetch(4))[7] == number


async def test_a_notification_that_means_nothing_comes_before_each():
    async with faulty("unknown-notifications") as (host, _):
        await host.control(0x21, 0x22, 1, 4)
        for number in (1, 2):
            await host.command(4, versions(number))
            assert (await host.notification(0x89))[1] == 0x20
            assert (await host.notification(0x89))[1] == 1
            assert (await host.fetch(4))[7] == number


async def test_an_answer_that_was_not_announced_comes_before_the_next():
    async with asked_twice("lost-notification") as (host, _):
        await host.command(4, versions(3))
        pending = await host.submit(0x89, 8)
        assert await host.silent(pending)
        await host.command(4, versions(4))
        assert (await host.answer(pending)).data[1] == 1
        assert (await host.fetch(4))[7] == 3
        assert (await host.notification(0x89))[1] == 1
        assert (await host.fetch(4))[7] == 4
        assert (await host.ask(4, 0x89, versions(5)))[7] == 5


async def test_firmware_that_never_tells_again_stays_one_behind():
    async with asked_twice("one-behind") as (host, _):
        await host.command(4, versions(3))
        pending = await host.submit(0x89, 8)
        assert await host.silent(pending)
        await host.command(4, versions(4))
        assert (await host.answer(pending)).data[1] == 1
        assert (await host.fetch(4))[7] == 3
        assert (await host.ask(4, 0x89, versions(5)))[7] == 4


async def test_an_old_answer_comes_before_the_right_one():
    async with asked_twice("double-answer") as (host, _):
        assert (await host.ask(4, 0x89, versions(3)))[7] == 2
        assert (await host.notification(0x89))[1] == 1
        assert (await host.fetch(4))[7] == 3
        assert (await host.ask(4, 0x89, versions(4)))[7] == 4


async def test_an_answer_that_is_too_long_is_lost_as_babble():
    async with asked_twice("long-answer") as (host, _):
        await host.command(4, versions(3))
        await host.notification(0x89)
        setup = struct.pack("<BBHHH", 0xA1, 1, 0, 4, 4096)
        answer = await host.answer(await host.submit(0x80, 4096, setup=setup))
        assert answer == Answer(-75, 0, b"")
        assert (await host.ask(4, 0x89, versions(4)))[7] == 4


async def test_a_modem_may_need_dtr_that_no_driver_sets():
    async with faulty("needs-dtr", profile="lt4112") as (host, body):
        interface = body.layout.configuration(1).interface(3)
        assert interface is not None
        notify = interface.endpoint("in", "interrupt")
        assert notify is not None
        await host.command(3, VERSIONS)
        assert await host.silent(await host.submit(notify.address, 8))


async def test_a_modem_is_unplugged_with_a_command_on_its_way():
    async with asked_twice("unplugged-when-asked") as (host, body):
        with pytest.raises(EOFError):
            await host.command(4, versions(3))
        assert body.went
        assert body.coming_back is None


async def test_a_modem_resets_once_and_comes_back_as_it_was():
    async with asked_twice("resets-when-asked") as (host, body):
        with pytest.raises(EOFError):
            await host.command(4, versions(3))
        assert body.coming_back is not None
        assert body.coming_back.layout is body.modem.profile.usb
        async with plugged(body) as again:
            await again.enumerate()
            await again.control(0x21, 0x22, 1, 4)
            for number in range(1, 6):
                assert (await again.ask(4, 0x89, versions(number)))[7] == number


async def test_a_modem_comes_back_as_a_boot_loader():
    async with asked_twice("boot-loader-when-asked") as (host, body):
        with pytest.raises(EOFError):
            await host.command(4, versions(3))
        assert body.coming_back is not None
        body.layout = body.coming_back.layout
        async with plugged(body) as again:
            seen = await again.enumerate()
            assert struct.unpack("<HH", seen.device[8:12]) == (0x05C6, 0x9008)
            assert seen.interfaces == [0]


@pytest.mark.parametrize(
    ("name", "kinds"),
    [("no-notify-endpoint", [2, 2, 2]), ("only-notify-endpoint", [3]), ("no-endpoints", [])],
)
@pytest.mark.parametrize("profile", ["ec25", "lt4112"])
async def test_the_control_interface_may_lack_endpoints(name: str, kinds: list[int], profile: str):
    async with faulty(name, profile=profile) as (host, body):
        seen = await host.enumerate()
        own = body.layout.configuration(1).of_role("qmi")[0].number
        data, at, found, addresses = seen.configurations[0], 0, [], set()
        current = -1
        while at < len(data):
            if data[at + 1] == 4:
                current = data[at + 2]
            elif data[at + 1] == 5:
                assert data[at + 2] not in addresses
                addresses.add(data[at + 2])
                if current == own:
                    found.append(data[at + 3])
            at += data[at]
        assert found == kinds


async def test_a_function_may_refuse_to_say_how_it_transfers():
    async with faulty("ntb-parameters-fail", profile="em7455") as (host, _):
        with pytest.raises(Stalled):
            await host.control(0xA1, 0x80, 0, 12, 28)


def test_faults_of_data_reach_the_port():
    for name, field, value in (
        ("data-stop", "stop_after", 8),
        ("full-packets-lost", "lose_multiples_of", 512),
        ("uplink-lost", "lose_uplink", True),
    ):
        body = UsbBody(SimulatedModem("ec25"), faults=[name])
        assert getattr(body.port.faults, field) == value


def command(tag: int, scsi: bytes, length: int = 0, *, to_host: bool = True) -> bytes:
    flags = 0x80 if to_host and length else 0
    head = struct.pack("<4sIIBBB", b"USBC", tag, length, flags, 0, len(scsi))
    return head + scsi.ljust(16, b"\0")


async def scsi(host: UsbHost, tag: int, code: bytes, length: int = 0) -> tuple[bytes, int]:
    """Send a command to a disc as usb-storage does; returns its data and status."""
    await host.answer(await host.submit(0x01, data=command(tag, code, length)))
    data = (await host.answer(await host.submit(0x81, length))).data if length else b""
    status = (await host.answer(await host.submit(0x81, 13))).data
    signature, echoed, left, result = struct.unpack("<4sIIB", status)
    assert (signature, echoed, left) == (b"USBS", tag, length - len(data))
    return data, result


async def test_a_disc_answers_as_a_cd_rom_does():
    async with faulty("disc-first", profile="dwm222") as (host, body):
        seen = await host.enumerate()
        assert seen.interfaces == [0]
        assert struct.unpack("<HH", seen.device[8:12])[0] == body.modem.profile.usb.vendor
        assert await host.control(0xA1, 0xFE, 0, 0, 1) == b"\0"
        inquiry, status = await scsi(host, 1, b"\x12\0\0\0\x24\0", 36)
        assert (inquiry[0], inquiry[1], len(inquiry), status) == (5, 0x80, 36, 0)
        assert await scsi(host, 2, b"\0") == (b"", 0)
        capacity, _ = await scsi(host, 3, b"\x25", 8)
        assert struct.unpack(">II", capacity) == (511, 2048)
        block, _ = await scsi(host, 4, b"\x28\0\0\0\0\0\0\0\x02\0", 4096)
        assert len(block) == 4096
        assert (await scsi(host, 5, b"\xee"))[1] == 1
        assert (await scsi(host, 6, b"\x03\0\0\0\x12\0", 18))[0][0] == 0x70


@pytest.mark.parametrize("message", [b"\x1b\0\0\0\x02\0", b"\x11\x06\0\0\0\0\0\0\x01\0\x01"])
async def test_a_disc_that_is_ejected_becomes_a_modem(message: bytes):
    async with faulty("disc-first", profile="dwm222") as (host, body):
        await host.submit(0x01, data=command(1, message))
        with trio.fail_after(5):
            await host.gone.wait()
        assert body.coming_back is not None
        assert body.coming_back.layout is body.modem.profile.usb


def test_the_page_lists_each_fault_with_its_sentence():
    page = (CHECKOUT / "docs" / "simulator.md").read_text(encoding="utf-8")
    for name, fault in all_usb_faults().items():
        only = f" ({fault.protocols[0].upper()} only)" if len(fault.protocols) == 1 else ""
        assert f"| `{name}` | {fault.doc}{only} |" in page, name
