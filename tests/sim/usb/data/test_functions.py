# SPDX-License-Identifier: GPL-2.0-or-later
"""The functions that carry packets in real layouts, and what Ethernet ones tell of the network."""

from __future__ import annotations

import struct
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

import pytest
import trio
import trio.testing

from qmiprobe.sim import SimulatedModem
from qmiprobe.sim.usb._function import Function, Setup, Stall
from qmiprobe.sim.usb._layout import Configuration
from qmiprobe.sim.usb.data import DataPort, data_functions
from qmiprobe.sim.usb.data._ntb import NCM_FRAMES, Block, Placement, decode_ntb, encode_ntb
from tests.sim.usb.data.pipes import PATIENCE, FakePipes, echo
from tests.sim.usb.data.test_links import ARP, Settings, framed

A = echo("192.0.2.2", "203.0.113.80")


def layout(name: str, value: int) -> Configuration:
    from qmiprobe.sim._profile import load_profile

    found = load_profile(name).usb.configurations
    return next(one for one in found if one.value == value)


NCM_INTERFACES = """
[[usb.configurations]]
[[usb.configurations.interfaces]]
role = "ncm"
mac = "020000000002"
[[usb.configurations.interfaces]]
role = "ncm-data"
"""


def ncm_layout() -> Configuration:
    import tomllib

    from qmiprobe.sim.usb._layout_file import parse_usb

    return parse_usb(tomllib.loads("[usb]\n" + NCM_INTERFACES)["usb"], "test").configurations[0]


class Running:
    """The functions of a configuration, and the host's end of their endpoints."""

    def __init__(self, modem: SimulatedModem, configuration: Configuration) -> None:
        self.modem, self.pipes, self.port = modem, FakePipes(), DataPort()
        self.configuration = configuration
        settings = {one.number: Settings() for one in configuration.interfaces}
        self.functions: list[Function] = data_functions(
            configuration, state=modem.state, port=self.port, settings=settings, rates=(10, 5)
        )

    def address(self, role: str, direction: str, kind: str) -> int:
        """Return the address of an endpoint."""
        (interface,) = self.configuration.of_role(role)
        endpoint = interface.endpoint(direction, kind)  # type: ignore[arg-type]
        assert endpoint is not None
        return endpoint.address


@asynccontextmanager
async def running(
    configuration: Configuration, profile: str = "lt4112"
) -> AsyncGenerator[Running, None]:
    made = Running(SimulatedModem(profile), configuration)
    made.modem.power_up()
    async with trio.open_nursery() as nursery:
        for function in made.functions:
            nursery.start_soon(function.run, made.pipes)
        await trio.testing.wait_all_tasks_blocked()
        yield made
        nursery.cancel_scope.cancel()


async def got(run: Running) -> tuple[int, bytes]:
    with trio.fail_after(PATIENCE):
        return await run.port.receive()


@pytest.mark.parametrize(
    ("profile", "value", "interfaces"),
    [
        ("ec25", 1, [(4,)]),
        ("em7455", 1, [(13,)]),
        ("lt4112", 1, [(3,)]),
        ("lt4112", 2, [(0,), (1,)]),
        ("lt4112", 3, [(1,)]),
    ],
)
def test_each_configuration_has_its_data_functions(
    profile: str, value: int, interfaces: list[tuple[int, ...]]
):
    configuration = layout(profile, value)
    settings = {one.number: Settings() for one in configuration.interfaces}
    found = data_functions(
        configuration, state=SimulatedModem(profile).state, port=DataPort(), settings=settings
    )
    assert [one.interfaces for one in found] == interfaces


async def test_qmi_speaks_what_the_modem_is_set_to():
    async with running(layout("ec25", 1), "ec25") as run:
        run.pipes.give(run.address("qmi", "out", "bulk"), A)
        assert await got(run) == (0, A)
        await run.port.send(0, A)
        assert await run.pipes.take(run.address("qmi", "in", "bulk")) == A
        run.modem.state.set_aggregation(downlink="qmap")
        await run.port.send(2, A)
        muxed = struct.pack("!BBH", 0, 2, len(A)) + A
        assert await run.pipes.take(run.address("qmi", "in", "bulk")) == muxed


async def test_mbim_carries_blocks_and_starts_anew_when_switched_on_again():
    async with running(layout("lt4112", 3)) as run:
        out, into = run.address("mbim-data", "out", "bulk"), run.address("mbim-data", "in", "bulk")
        block = [Block(b"IPS\x02", (A,))]
        run.pipes.give(out, encode_ntb(block, sequence=0, placement=Placement()))
        assert await got(run) == (2, A)
        for sequence in (0, 1):
            await run.port.send(2, A)
            found = decode_ntb(await run.pipes.take(into))
            assert (found.blocks, found.sequence) == ((Block(b"IPS\x02", (A,)),), sequence)
        run.functions[0].set_alternate(1, 0)
        run.functions[0].set_alternate(1, 1)
        await run.port.send(2, A)
        assert decode_ntb(await run.pipes.take(into)).sequence == 0


async def test_ecm_carries_frames_of_session_0():
    async with running(layout("lt4112", 2)) as run:
        out, into = run.address("ecm-data", "out", "bulk"), run.address("ecm-data", "in", "bulk")
        run.pipes.give(out, ARP, framed(A, up=True))
        assert (await run.pipes.take(into))[12:14] == b"\x08\x06"
        assert await got(run) == (0, A)
        await run.port.send(0, A)
        assert await run.pipes.take(into) == framed(A)


async def test_a_new_host_is_known_by_the_address_it_was_given():
    async with running(ncm_layout()) as run:
        out, into = run.address("ncm-data", "out", "bulk"), run.address("ncm-data", "in", "bulk")
        await run.port.send(0, A)
        (block,) = decode_ntb(await run.pipes.take(into)).blocks
        assert block == Block(NCM_FRAMES, (framed(A),))
        frames = [Block(NCM_FRAMES, (framed(A, up=True), ARP))]
        run.pipes.give(out, encode_ntb(frames, sequence=0, placement=Placement(link_header=14)))
        assert await got(run) == (0, A)
        (block,) = decode_ntb(await run.pipes.take(into)).blocks
        assert block.datagrams[0][12:14] == b"\x08\x06"


@pytest.mark.parametrize(("role", "value"), [("ecm", 2), ("ncm", 0)])
async def test_the_host_is_told_when_the_network_comes_and_goes(role: str, value: int):
    configuration = layout("lt4112", value) if value else ncm_layout()
    async with running(configuration) as run:
        endpoint = run.address(role, "in", "interrupt")
        sessions = run.modem.state.sessions
        off, on = struct.pack("<BBHHH", 0xA1, 0, 0, 0, 0), struct.pack("<BBHHH", 0xA1, 0, 1, 0, 0)
        assert await run.pipes.take(endpoint) == off
        sessions.start(0, 4, apn="")
        speed = struct.pack("<BBHHHII", 0xA1, 0x2A, 0, 0, 8, 10, 5)
        assert [await run.pipes.take(endpoint) for _ in range(2)] == [speed, on]
        sessions.start(0, 6, apn="")
        sessions.start(1, 4, apn="")
        assert await run.pipes.silent(endpoint), "nothing is new to the host"
        sessions.stop(0, 4)
        sessions.stop(0, 6)
        assert await run.pipes.take(endpoint) == off


async def test_each_of_several_functions_has_sessions_of_its_own():
    async with running(layout("mc7455", 1), "mc7455") as run:
        first, second = run.configuration.of_role("qmi")
        for count, interface in enumerate((first, second)):
            into = interface.endpoint("in", "bulk")
            assert into is not None
            await run.port.send(256 * count, A)
            assert (await run.pipes.take(into.address))[14:] == A


async def test_ecm_takes_filters_and_refuses_the_rest():
    async with running(layout("lt4112", 2)) as run:
        control = run.functions[0]
        assert control.control(Setup(0x21, 0x43, 0x0C, 0, 0), b"") == b""
        for setup in (Setup(0xA1, 0x44, 1, 0, 4), Setup(0xA1, 0x80, 0, 0, 28)):
            for function in run.functions:
                with pytest.raises(Stall):
                    function.control(setup, b"")
