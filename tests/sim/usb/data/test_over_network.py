# SPDX-License-Identifier: GPL-2.0-or-later
"""Pings from bulk endpoints through the simulated network and back, in every form."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import trio
import trio.testing

from qmiprobe.sim import SimulatedModem
from qmiprobe.sim.dataplane import DataPlane, open_dataplane
from qmiprobe.sim.dataplane._header import read_header
from qmiprobe.sim.usb._layout import Configuration
from qmiprobe.sim.usb.data import DataPort, data_functions
from qmiprobe.sim.usb.data._ntb import Block, Placement, decode_ntb, encode_ntb, session_signature
from qmiprobe.sim.usb.data._qmap import MuxedPacket, decode_transfer, encode_packets
from tests.netns import run_in_netns
from tests.sim.dataplane.host import WEB
from tests.sim.usb.data.pipes import FakePipes, echo
from tests.sim.usb.data.test_functions import layout
from tests.sim.usb.data.test_links import Settings, framed

Packets = list[tuple[int, bytes]]
Form = tuple[Callable[[Packets], list[bytes]], Callable[[bytes], Packets]]


def _raw_ip() -> Form:
    return (lambda packets: [one for _, one in packets]), (lambda transfer: [(0, transfer)])


def _ethernet() -> Form:
    return (
        lambda packets: [framed(one, up=True) for _, one in packets],
        lambda transfer: [(0, transfer[14:])],
    )


def _qmap() -> Form:
    return (
        lambda packets: [encode_packets(MuxedPacket(*one) for one in packets)],
        lambda transfer: [(one.mux_id, one.packet) for one in decode_transfer(transfer).packets],
    )


def _mbim() -> Form:
    def pack(packets: Packets) -> list[bytes]:
        blocks = [Block(session_signature(number), (one,)) for number, one in packets]
        return [encode_ntb(blocks, sequence=0, placement=Placement())]

    def unpack(transfer: bytes) -> Packets:
        blocks = decode_ntb(transfer).blocks
        return [(one.signature[3], packet) for one in blocks for packet in one.datagrams]

    return pack, unpack


FORMS: dict[str, tuple[str, int, str, tuple[int, ...], Callable[[], Form]]] = {
    "802.3": ("lt4112", 1, "qmi", (0,), _ethernet),
    "raw-ip": ("ec25", 1, "qmi", (0,), _raw_ip),
    "qmap": ("ec25", 1, "qmi", (1, 2), _qmap),
    "mbim": ("em7455", 1, "mbim-data", (0, 1), _mbim),
    "ecm": ("lt4112", 2, "ecm-data", (0,), _ethernet),
}


class Host:
    """Sends pings over bulk endpoints."""

    def __init__(self, configuration: Configuration, role: str, form: Form) -> None:
        (interface,) = configuration.of_role(role)
        into, out = interface.endpoint("in", "bulk"), interface.endpoint("out", "bulk")
        assert into is not None
        assert out is not None
        self.into, self.out = into.address, out.address
        self.pipes = FakePipes()
        self._pack, self._unpack = form

    async def ping(self, modem: SimulatedModem, sessions: tuple[int, ...], count: int) -> None:
        """Ping over all sessions and both families at once; every answer has to come back."""
        sent: set[tuple[int, str, str]] = set()
        for number in range(count):
            packets = []
            for session_id in sessions:
                for family in (4, 6):
                    session = modem.state.sessions.find(session_id, family)
                    assert session is not None
                    own = str(session.facts.interface.ip)
                    packets.append((session_id, echo(own, WEB[family], number=number)))
                    sent.add((session_id, own, WEB[family]))
            self.pipes.give(self.out, *self._pack(packets))
            missing = set(sent)
            while missing:
                for session_id, packet in self._unpack(await self.pipes.take(self.into)):
                    header = read_header(packet)
                    assert header is not None
                    assert packet[header.offset] in (0, 129)
                    key = (session_id, str(header.destination), str(header.source))
                    missing.remove(key)


@pytest.mark.needs("netns", "tun")
@pytest.mark.parametrize("name", FORMS)
def test_pings_come_back_and_both_sides_count_alike(name: str):
    run_in_netns(_ping_over, name)


async def _ping_over(name: str) -> None:
    profile, value, role, sessions, form = FORMS[name]
    modem, configuration, port = SimulatedModem(profile), layout(profile, value), DataPort()
    if name == "qmap":
        modem.state.set_aggregation(uplink="qmap", downlink="qmap")
    host = Host(configuration, role, form())
    async with open_dataplane(port=port) as plane, trio.open_nursery() as nursery:
        modem.bearers = plane.table
        modem.power_up()
        for session_id in sessions:
            for family in (4, 6):
                modem.state.sessions.start(session_id, family, apn="internet.example")
        settings = {one.number: Settings() for one in configuration.interfaces}
        for function in data_functions(
            configuration, state=modem.state, port=port, settings=settings
        ):
            nursery.start_soon(function.run, host.pipes)
        await host.ping(modem, sessions, count=3)
        await trio.testing.wait_all_tasks_blocked()
        _compare(plane, port, sessions, each=6)
        nursery.cancel_scope.cancel()


def _compare(plane: DataPlane, port: DataPort, sessions: tuple[int, ...], *, each: int) -> None:
    counted, total = port.counters, each * len(sessions)
    assert (counted.up_packets, counted.down_packets) == (total, total)
    assert counted.up_sessions == counted.down_sessions == dict.fromkeys(sessions, each)
    assert counted.dropped == {}
    for session_id in sessions:
        gate = plane.table.counters(session_id)
        assert (gate.tx_packets, gate.rx_packets) == (each, each)
    assert plane.gate.dropped == {}
