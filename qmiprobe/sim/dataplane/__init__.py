# SPDX-License-Identifier: GPL-2.0-or-later
"""The data plane of the simulated modem: a netdev, a gate, and a small network behind it.

::

    enter_namespace()                          # one thread, before trio
    ...
    async with open_dataplane("wwan0", faults=NetworkFaults(no_dns=True)) as plane:
        facts = plane.network.family_facts(4)  # what the modem says it was given
        plane.table.up(0, 4, facts.interface)  # the session is up: packets flow
        plane.table.counters(0)                # packets and bytes, as modems count them
        plane.network.targets()                # whom link checks may talk to

It all runs in the caller's trio loop: a socket call that blocks that loop never gets its answer,
make it from a thread. A new IPv6 address on the host's side receives nothing until the kernel's
worker has added its local route, some ms later on a loaded machine, even with IFA_F_NODAD.

The network answers pings, DNS and HTTP, v4 and v6, in a second network namespace. Nothing here
touches the network namespace that the process was started in.
"""

from __future__ import annotations

from ._faults import NetworkFaults
from ._gate import BearerTable, Gate, PacketCounters
from ._namespace import can_enter_namespace, enter_namespace, in_own_namespace, open_in_namespace
from ._network import Network, Traffic
from ._plane import DataPlane, open_dataplane
from ._port import PacketPort
from ._tun import TapPort, TunPort, open_tap_port, open_tun_port

__all__ = [
    "BearerTable",
    "DataPlane",
    "Gate",
    "Network",
    "NetworkFaults",
    "PacketCounters",
    "PacketPort",
    "TapPort",
    "Traffic",
    "TunPort",
    "can_enter_namespace",
    "enter_namespace",
    "in_own_namespace",
    "open_dataplane",
    "open_in_namespace",
    "open_tap_port",
    "open_tun_port",
]
