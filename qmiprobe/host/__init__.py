# SPDX-License-Identifier: GPL-2.0-or-later
"""What Linux knows about modems, read from sysfs and proc without touching the modem itself.

Everything takes a ``sysroot``: ``/``, or a folder that holds a saved copy of another machine.
"""

from __future__ import annotations

from qmiprobe.host._descriptors import Descriptors, parse_descriptors
from qmiprobe.host._holders import Holder, Holders, clients_of, holders, listening_proxies
from qmiprobe.host._modem import Configuration, Interface, Modem, Netdev, Port, SerialPort
from qmiprobe.host._modems import modems, pci_modems, select, usb_modems
from qmiprobe.host._ports import find_port

__all__ = [
    "Configuration",
    "Descriptors",
    "Holder",
    "Holders",
    "Interface",
    "Modem",
    "Netdev",
    "Port",
    "SerialPort",
    "clients_of",
    "find_port",
    "holders",
    "listening_proxies",
    "modems",
    "parse_descriptors",
    "pci_modems",
    "select",
    "usb_modems",
]
