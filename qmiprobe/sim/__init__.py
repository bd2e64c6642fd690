# SPDX-License-Identifier: GPL-2.0-or-later
"""A modem that does not exist: the codecs of QMI and MBIM in the modem's role.

::

    modem = SimulatedModem("ec25", faults=["no-sim"])
    async with open_simulated(modem) as open_port:   # in memory
        transport = open_port()
    async with serve_pty(modem) as path:             # as /dev/pts/N, for other programs
        ...
    async with serve_proxy(modem) as address:        # as @qmi-proxy or @mbim-proxy
        ...

``profile_names``, ``fault_names`` and what they need load nothing but the standard library.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmiprobe._later import loader
from qmiprobe.sim._faults import Fault, all_faults, fault_names
from qmiprobe.sim._profile import Profile, load_profile, profile_names

if TYPE_CHECKING:
    from qmiprobe.sim._events import Event, parse_event
    from qmiprobe.sim._memory_port import open_simulated
    from qmiprobe.sim._modem import SimulatedModem
    from qmiprobe.sim._proxy import serve_proxy
    from qmiprobe.sim._pty import serve_pty

_LATER = {
    "Event": "_events",
    "SimulatedModem": "_modem",
    "open_simulated": "_memory_port",
    "parse_event": "_events",
    "serve_proxy": "_proxy",
    "serve_pty": "_pty",
}

__getattr__ = loader(__name__, _LATER)

__all__ = [
    "Event",
    "Fault",
    "Profile",
    "SimulatedModem",
    "all_faults",
    "fault_names",
    "load_profile",
    "open_simulated",
    "parse_event",
    "profile_names",
    "serve_proxy",
    "serve_pty",
]
