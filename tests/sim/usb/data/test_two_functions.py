# SPDX-License-Identifier: GPL-2.0-or-later
"""Several QMI functions in one modem: each control port has the network interface beside it."""

from __future__ import annotations

from functools import partial

import trio

from qmiprobe.qmi.services import wds
from qmiprobe.sim import SimulatedModem
from qmiprobe.sim.usb.data import first_sessions
from qmiprobe.transport._memory import memory_pair
from tests.sim.hosts import QmiHost
from tests.sim.usb.data.test_functions import layout


def test_functions_are_numbered_as_they_stand():
    assert first_sessions(layout("mc7455", 1)) == {8: 0, 10: 256}
    assert first_sessions(layout("lt4112", 2)) == {0: 0}
    assert first_sessions(layout("em7455", 1)) == {12: 0}


async def test_each_control_port_starts_the_sessions_of_its_own_network_interface():
    modem = SimulatedModem("mc7455")
    async with trio.open_nursery() as nursery:
        for first in (0, 256):
            ours, theirs = memory_pair("host", max_command=None)
            nursery.start_soon(partial(modem.serve, theirs, first_session=first))
            host = QmiHost(ours)
            plain, muxed = await host.allocate("wds"), await host.allocate("wds")
            await host.call(wds.StartNetwork(), client=plain)
            await host.call(wds.BindMuxDataPort(mux_id=3), client=muxed)
            await host.call(wds.StartNetwork(), client=muxed)
            again = await host.allocate("wds")
            await host.call(wds.BindMuxDataPort(mux_id=9), client=again)
            await host.call(wds.Reset(), client=again)
            status = await host.call(wds.GetPacketServiceStatus(), client=again)
            assert status.connection_status == wds.ConnectionStatus.CONNECTED
        assert modem.state.sessions.numbers == [0, 3, 256, 259]
        nursery.cancel_scope.cancel()
