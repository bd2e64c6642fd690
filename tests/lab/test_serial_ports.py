# SPDX-License-Identifier: GPL-2.0-or-later
"""Serial ports of simulated modems over option, qcserial and cdc_acm: AT commands and NMEA."""

from __future__ import annotations

import os
import select
import time
import tty
from collections.abc import Callable

import pytest
import trio

from qmiprobe.sim.usb._layout import Configuration
from tests.lab import slow
from tests.lab.plugged import Plugged, plugged

pytestmark = pytest.mark.needs("lab")


def converse(node: str, text: bytes, complete: Callable[[bytes], bool]) -> bytes:
    """Say something at a port and return what comes; in another thread than the modem's own.

    Opening and closing a port wait until the modem has taken what that sends.
    """
    descriptor = os.open(node, os.O_RDWR | os.O_NOCTTY | os.O_NONBLOCK)
    try:
        tty.setraw(descriptor)
        if text:
            os.write(descriptor, text)
        answer, deadline = b"", time.monotonic() + slow(2)
        while not complete(answer):
            left = max(0.0, deadline - time.monotonic())
            assert select.select([descriptor], [], [], left)[0], answer
            answer += os.read(descriptor, 4096)
    finally:
        os.close(descriptor)
    return answer


async def ask(node: str, text: str) -> bytes:
    """Return the whole answer to a command line."""
    return await trio.to_thread.run_sync(
        converse, node, text.encode() + b"\r", lambda got: got.endswith((b"OK\r\n", b"ERROR\r\n"))
    )


async def port_of(modem: Plugged, *roles: str) -> str:
    """Return the node of the first port with one of these roles in the configuration there is."""
    configuration = await _configuration(modem)
    number = configuration.of_role(*roles)[0].number
    places = {one.name.rpartition(".")[2]: one.nodes for one in (await modem.arrived()).interfaces}
    (node,) = (name for name in places[str(number)] if "/tty" in name)
    return node


async def _configuration(modem: Plugged) -> Configuration:
    value = await modem.configuration()
    return next(one for one in modem.modem.profile.usb.configurations if one.value == value)


@pytest.mark.parametrize(
    ("profile", "model"), [("ec25", b"EC25"), ("em7455", b"EM7455"), ("l850", b"L850")]
)
async def test_an_at_port_answers_whatever_driver_it_has(profile: str, model: bytes):
    async with plugged(profile) as modem:
        node = await port_of(modem, "at", "modem")
        assert await ask(node, "ATE0") == b"ATE0\r\r\nOK\r\n"
        assert model in await ask(node, "AT+CGMM")
        assert b"+CPIN: READY" in await ask(node, "AT+CPIN?")
        assert await ask(node, "AT+CTZU=?") == b"\r\nERROR\r\n"
        long = b"".join([await ask(node, "AT+CLAC") for _ in range(8)])
        assert long.count(b"+CGDCONT") == 8


async def test_what_is_left_unread_does_not_reach_the_next_program():
    async with plugged("ec25") as modem:
        node = await port_of(modem, "at")
        await trio.to_thread.run_sync(converse, node, b"ATI\rATI\rAT+CLAC\r", lambda _got: True)
        assert await ask(node, "ATE0") == b"ATE0\r\r\nOK\r\n"


async def test_a_gps_port_tells_that_there_is_no_fix():
    async with plugged("ec25") as modem:
        node = await port_of(modem, "nmea")
        said = await trio.to_thread.run_sync(
            converse, node, b"", lambda got: got.count(b"$GPGGA") >= 2 and got.endswith(b"\n")
        )
        assert b"$GPGGA,,,,,,0,,,,,,,,*66\r\n" in said
        assert b"$GPRMC,,V,,,,,,,,,,N*53\r\n" in said
