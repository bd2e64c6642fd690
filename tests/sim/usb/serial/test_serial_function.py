# SPDX-License-Identifier: GPL-2.0-or-later
"""Serial ports on their endpoints: line control, answers, GPS, silence."""

from __future__ import annotations

import functools
import operator
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

import pytest
import trio
import trio.testing

from qmiprobe.sim import SimulatedModem
from qmiprobe.sim._parts import Registration
from qmiprobe.sim.usb._function import Setup, Stall
from qmiprobe.sim.usb._layout import Configuration
from qmiprobe.sim.usb._layout_file import parse_usb
from qmiprobe.sim.usb._pipes import TransferQueues, Urb
from qmiprobe.sim.usb.serial import serial_functions
from qmiprobe.sim.usb.serial._nmea import sentence, without_fix
from qmiprobe.sim.usb.serial._serial_function import SerialFunction

AT, GPS, DIAG, ACM = range(4)
LAYOUT = {
    "configurations": [
        {
            "interfaces": [
                {"role": "at"},
                {"role": "nmea"},
                {"role": "diag"},
                {"role": "modem", "acm": True},
                {"role": "serial-data"},
            ]
        }
    ]
}


class Ports:
    """All serial ports of a layout, and what came from them by endpoint."""

    def __init__(self) -> None:
        self.modem = SimulatedModem("ec25")
        self.modem.power_up()
        self.configuration: Configuration = parse_usb(LAYOUT, "test").configurations[0]
        self.heard: dict[int, list[bytes]] = {}
        self.pipes = TransferQueues(self._complete, packet_size=lambda _endpoint: 512)
        self.functions = serial_functions(
            self.configuration, profile=self.modem.profile, state=self.modem.state
        )
        self._number = 0

    def _complete(self, urb: Urb, status: int, data: bytes) -> None:
        assert status == 0
        if urb.endpoint & 0x80:
            self.heard.setdefault(urb.endpoint, []).append(data)

    def endpoint(self, port: int, direction: str, kind: str = "bulk") -> int:
        number = {ACM: 4 if kind == "bulk" else 3}.get(port, port)
        interface = self.configuration.interface(number)
        assert interface is not None
        endpoint = interface.endpoint(direction, kind)  # type: ignore[arg-type]
        assert endpoint is not None
        return endpoint.address

    def submit(self, endpoint: int, data: bytes = b"") -> None:
        self._number += 1
        length = len(data) or 4096
        self.pipes.submit(Urb(number=self._number, endpoint=endpoint, length=length, data=data))

    def function(self, port: int) -> SerialFunction:
        found = self.functions[port]
        assert isinstance(found, SerialFunction)
        return found

    def lines(self, port: int, value: int) -> None:
        self.function(port).control(Setup(0x21, 0x22, value, port, 0), b"")

    async def ask(self, port: int, data: bytes) -> bytes:
        into = self.endpoint(port, "in")
        before = len(self.heard.get(into, []))
        self.submit(into)
        self.submit(self.endpoint(port, "out"), data)
        await trio.testing.wait_all_tasks_blocked()
        return b"".join(self.heard.get(into, [])[before:])


@asynccontextmanager
async def running() -> AsyncGenerator[Ports, None]:
    ports = Ports()
    async with trio.open_nursery() as nursery:
        for function in ports.functions:
            nursery.start_soon(function.run, ports.pipes)
        await trio.testing.wait_all_tasks_blocked()
        yield ports
        nursery.cancel_scope.cancel()


@pytest.mark.parametrize("port", [AT, ACM])
async def test_at_ports_answer_on_their_endpoints(port: int):
    async with running() as ports:
        assert await ports.ask(port, b"AT+CGMM\r") == b"AT+CGMM\r\r\nEC25\r\n\r\nOK\r\n"
        assert ports.function(port).interfaces == ((3, 4) if port == ACM else (0,))


async def test_ports_know_nothing_of_each_other():
    async with running() as ports:
        await ports.ask(AT, b"ATE0\r")
        assert await ports.ask(AT, b"AT\r") == b"\r\nOK\r\n"
        assert await ports.ask(ACM, b"AT\r") == b"AT\r\r\nOK\r\n"


async def test_a_diagnostic_port_is_silent():
    async with running() as ports:
        assert await ports.ask(DIAG, b"\x00\x78\xf0\x7e") == b""


@pytest.mark.autojump
async def test_a_gps_port_speaks_once_a_second_to_whoever_reads():
    async with running() as ports:
        into = ports.endpoint(GPS, "in")
        await trio.sleep(2.5)
        assert into not in ports.heard, "nobody reads: nothing is kept"
        for _ in range(3):
            ports.submit(into)
        await trio.sleep(2)
        assert ports.heard[into] == [without_fix()] * 2


def test_sentences_have_the_checksums_that_receivers_send():
    assert without_fix() == (
        b"$GPGSV,1,1,00*79\r\n"
        b"$GPGGA,,,,,,0,,,,,,,,*66\r\n"
        b"$GPVTG,,T,,M,,N,,K,N*2C\r\n"
        b"$GPRMC,,V,,,,,,,,,,N*53\r\n"
        b"$GPGSA,A,1,,,,,,,,,,,,,,,*1E\r\n"
    )
    for line in (sentence("GPTXT,x"), *without_fix().splitlines()):
        body, _, value = line.strip()[1:].partition(b"*")
        assert functools.reduce(operator.xor, body) == int(value, 16)


async def test_the_line_is_set_and_told():
    async with running() as ports:
        function, coding = ports.function(ACM), bytes.fromhex("80250000000008")
        get = Setup(0xA1, 0x21, 0, 3, 7)
        assert function.control(get, b"") == bytes.fromhex("00c20100000008")
        assert function.control(Setup(0x21, 0x20, 0, 3, 7), coding) == b""
        assert function.control(get, b"") == coding
        assert function.control(Setup(0x21, 0x23, 0xFFFF, 3, 0), b"") == b""
        ports.lines(ACM, 3)
        assert function.lines == 3
        for setup in (Setup(0x21, 0x20, 0, 3, 3), Setup(0xA1, 0x01, 0, 3, 64)):
            with pytest.raises(Stall):
                function.control(setup, b"abc")


@pytest.mark.parametrize("port", [AT, ACM])
async def test_whoever_opens_the_port_sees_a_modem(port: int):
    async with running() as ports:
        notify = ports.endpoint(port, "in", "interrupt")
        ports.submit(notify)
        ports.lines(port, 3)
        await trio.testing.wait_all_tasks_blocked()
        assert ports.heard[notify] == [bytes((0xA1, 0x20, 0, 0, port, 0, 2, 0, 2, 0))]
        ports.lines(port, 3)
        ports.submit(notify)
        await trio.testing.wait_all_tasks_blocked()
        assert len(ports.heard[notify]) == 1, "it was open already"


async def test_what_a_program_left_unread_is_gone_when_the_next_one_opens():
    async with running() as ports:
        ports.lines(AT, 3)
        out, into = ports.endpoint(AT, "out"), ports.endpoint(AT, "in")
        for _ in range(2):
            ports.submit(out, b"AT+CGMM\r")
            await trio.testing.wait_all_tasks_blocked()
        ports.lines(AT, 0)
        await trio.testing.wait_all_tasks_blocked()
        ports.lines(AT, 3)
        ports.submit(into)
        await trio.testing.wait_all_tasks_blocked()
        assert into not in ports.heard
        assert (await ports.ask(AT, b"AT\r")).endswith(b"OK\r\n")


async def test_news_reach_whoever_reads():
    async with running() as ports:
        into = ports.endpoint(AT, "in")
        await ports.ask(AT, b"ATE0+CREG=1\r")
        ports.modem.state.meet(Registration.DENIED)
        assert len(ports.heard[into]) == 1, "nobody reads at the moment"
        ports.submit(into)
        ports.modem.state.meet(Registration.ROAMING)
        assert ports.heard[into][1:] == [b"\r\n+CREG: 5\r\n"]
