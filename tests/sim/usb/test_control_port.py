# SPDX-License-Identifier: GPL-2.0-or-later
"""Control ports over USB: commands, announcements, answers, as cdc-wdm has them."""

from __future__ import annotations

import struct

import pytest

from qmiprobe.mbim._header import Packet, build, parse
from qmiprobe.mbim.services._shared import Service
from tests.sim.usb.usbhost import Stalled, UsbHost, modem_on_bus

VERSIONS = bytes.fromhex("010b00000000000121000000")
"""CTL Get Version Info of transaction 1."""
EC25 = 4, 0x89
"""Interface of QMI, and its interrupt endpoint."""
EM7455 = 12, 0x87


def versions(transaction: int) -> bytes:
    return VERSIONS[:7] + bytes((transaction,)) + VERSIONS[8:]


async def on_ec25(host: UsbHost) -> None:
    await host.enumerate()
    await host.control(0x21, 0x22, 1, 4)


async def test_a_qmi_command_is_answered_after_an_announcement():
    async with modem_on_bus("ec25") as (host, _):
        await on_ec25(host)
        answer = await host.ask(*EC25, VERSIONS)
        assert answer[:6] == struct.pack("<BHBBB", 1, len(answer) - 1, 0x80, 0, 0)
        assert answer[6:10] == bytes((1, 1, 0x21, 0))


async def test_answers_come_in_order_and_each_is_announced_once():
    async with modem_on_bus("ec25") as (host, _):
        await on_ec25(host)
        for number in range(1, 6):
            await host.command(4, versions(number))
        for number in range(1, 6):
            assert (await host.notification(0x89))[1] == 1
            assert (await host.fetch(4))[7] == number
        assert await host.silent(await host.submit(0x89, 8))
        assert await host.fetch(4) == b""


async def test_an_announcement_waits_for_a_host_that_listens_later():
    async with modem_on_bus("ec25") as (host, _):
        await on_ec25(host)
        await host.command(4, VERSIONS)
        pending = await host.submit(0x89, 8)
        assert (await host.answer(pending)).data[1] == 1


async def test_a_listener_that_left_takes_no_announcement_with_it():
    async with modem_on_bus("ec25") as (host, _):
        await on_ec25(host)
        left = await host.submit(0x89, 8)
        assert await host.unlink(left) == -104
        assert (await host.ask(*EC25, VERSIONS))[6] == 1


async def test_a_message_longer_than_asked_for_is_cut():
    async with modem_on_bus("ec25") as (host, _):
        await on_ec25(host)
        await host.command(4, VERSIONS)
        await host.notification(0x89)
        assert len(await host.fetch(4, 20)) == 20
        assert await host.fetch(4) == b""


async def test_a_port_that_needs_dtr_is_silent_without_it():
    async with modem_on_bus("ec25") as (host, _):
        await host.enumerate()
        await host.command(4, VERSIONS)
        pending = await host.submit(0x89, 8)
        assert await host.silent(pending)
        await host.control(0x21, 0x22, 1, 4)
        await host.command(4, VERSIONS)
        assert (await host.answer(pending)).data[1] == 1
        await host.fetch(4)
        await host.control(0x21, 0x22, 0, 4)
        await host.command(4, VERSIONS)
        assert await host.silent(await host.submit(0x89, 8))


async def test_noise_in_a_command_harms_nothing():
    async with modem_on_bus("ec25") as (host, _):
        await on_ec25(host)
        for noise in (b"", b"\0", b"\xff" * 300, VERSIONS[:-3], b"AT\r"):
            await host.command(4, noise)
        assert (await host.ask(*EC25, VERSIONS))[6] == 1


async def test_two_control_ports_of_a_modem_answer_each_on_their_own():
    async with modem_on_bus("mc7455") as (host, body):
        seen = await host.enumerate()
        assert {8, 10} <= set(seen.interfaces)
        notify = {}
        for number in (8, 10):
            interface = body.layout.configuration(1).interface(number)
            assert interface is not None
            endpoint = interface.endpoint("in", "interrupt")
            assert endpoint is not None
            notify[number] = endpoint.address
            await host.control(0x21, 0x22, 1, number)
        await host.command(8, versions(1))
        await host.command(10, versions(2))
        for number, transaction in ((10, 2), (8, 1)):
            assert (await host.notification(notify[number]))[4] == number
            assert (await host.fetch(number))[7] == transaction


def opened(transaction: int) -> bytes:
    return build(Packet(kind="open", transaction=transaction, value=4096))


async def test_an_mbim_function_opens_and_answers():
    async with modem_on_bus("em7455") as (host, body):
        await host.enumerate()
        interface = body.layout.configuration(1).interface(12)
        assert interface is not None
        endpoint = interface.endpoint("in", "interrupt")
        assert endpoint is not None
        answer = parse(await host.ask(12, endpoint.address, opened(7)))
        assert (answer.kind, answer.transaction, answer.value) == ("open-done", 7, 0)
        caps = Packet(kind="command", transaction=8, service=Service.BASIC_CONNECT, cid=1)
        answer = parse(await host.ask(12, endpoint.address, build(caps)))
        assert (answer.kind, answer.cid, answer.transaction) == ("command-done", 1, 8)


async def test_transfer_blocks_are_agreed_on():
    async with modem_on_bus("em7455") as (host, _):
        await host.enumerate()
        parameters = await host.control(0xA1, 0x80, 0, 12, 28)
        length, formats, size = struct.unpack("<HHI", parameters[:8])
        assert (length, formats, size) == (28, 1, 16384)
        await host.control(0x21, 0x86, 0, 12, data=struct.pack("<I", 4096))
        assert (await host.control(0xA1, 0x85, 0, 12, 4)) == struct.pack("<I", 4096)
        with pytest.raises(Stalled):
            await host.control(0x21, 0x86, 0, 12, data=struct.pack("<I", 100))
        with pytest.raises(Stalled):
            await host.control(0x21, 0x84, 1, 12)
        await host.control(0x01, 11, 0, 13)
        assert (await host.control(0xA1, 0x85, 0, 12, 4)) == struct.pack("<I", 16384)


async def test_the_lt4112_speaks_what_its_configuration_says():
    async with modem_on_bus("lt4112") as (host, body):
        await host.enumerate(2)
        with pytest.raises(Stalled):
            await host.command(3, VERSIONS)
        await host.control(0, 9, 1)
        qmi = body.layout.configuration(1).interface(3)
        assert qmi is not None
        notify = qmi.endpoint("in", "interrupt")
        assert notify is not None
        assert (await host.ask(3, notify.address, VERSIONS))[6] == 1
        await host.control(0, 9, 3)
        mbim = body.layout.configuration(3).interface(0)
        assert mbim is not None
        notify = mbim.endpoint("in", "interrupt")
        assert notify is not None
        answer = parse(await host.ask(0, notify.address, opened(1)))
        assert answer.kind == "open-done"
        await host.control(0, 9, 1)
        await host.command(3, versions(9))


async def test_an_mbim_function_is_closed_after_a_reset_of_it():
    async with modem_on_bus("em7455") as (host, _):
        await host.enumerate()
        await host.command(12, opened(1))
        await host.control(0x21, 0x05, 0, 12)
        assert await host.fetch(12) == b""
