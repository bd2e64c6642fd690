# SPDX-License-Identifier: GPL-2.0-or-later
"""The other programs that care for modems and netdevs, spoken to over D-Bus.

Nothing that is asked here starts a service: one that does not run is not there. jeepney is loaded
when a bus is opened.
"""

from __future__ import annotations

from qmiprobe.dbus._bus import Bus, BusRefused, NoBus, NoService, Value, open_bus, plain
from qmiprobe.dbus._inhibition import Inhibition, inhibited
from qmiprobe.dbus._modem_manager import (
    ManagedBearer,
    ManagedModem,
    ModemManager,
    open_modem_manager,
)

__all__ = [
    "Bus",
    "BusRefused",
    "Inhibition",
    "ManagedBearer",
    "ManagedModem",
    "ModemManager",
    "NoBus",
    "NoService",
    "Value",
    "inhibited",
    "open_bus",
    "open_modem_manager",
    "plain",
]
