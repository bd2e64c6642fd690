# SPDX-License-Identifier: GPL-2.0-or-later
"""What Linux knows about modems, read from sysfs and proc without touching the modem itself.

Everything takes a ``sysroot``: ``/``, or a folder that holds a saved copy of another machine.
"""

from __future__ import annotations

from qmiprobe.host._descriptors import Descriptors, parse_descriptors
from qmiprobe.host._discs import Disc, discs, waits_for_firmware
from qmiprobe.host._drivers import PAIRED, Probe
from qmiprobe.host._files import plugged_by_program, read_attribute, uptime_s
from qmiprobe.host._functions import SERIAL_DRIVERS
from qmiprobe.host._holders import Holder, Holders, clients_of, holders, listening_proxies
from qmiprobe.host._kmsg import BusEvent, FailedProbe, KernelLine, KernelLog, kernel_log
from qmiprobe.host._modem import Configuration, Interface, Modem, Netdev, Port, SerialPort
from qmiprobe.host._modems import modems, pci_modems, select, usb_modems
from qmiprobe.host._modules import (
    Module,
    drivers_by_alias,
    dynamic_ids,
    kernel_release,
    module,
)
from qmiprobe.host._ports import find_port

__all__ = [
    "PAIRED",
    "SERIAL_DRIVERS",
    "BusEvent",
    "Configuration",
    "Descriptors",
    "Disc",
    "FailedProbe",
    "Holder",
    "Holders",
    "Interface",
    "KernelLine",
    "KernelLog",
    "Modem",
    "Module",
    "Netdev",
    "Port",
    "Probe",
    "SerialPort",
    "clients_of",
    "discs",
    "drivers_by_alias",
    "dynamic_ids",
    "find_port",
    "holders",
    "kernel_log",
    "kernel_release",
    "listening_proxies",
    "modems",
    "module",
    "parse_descriptors",
    "pci_modems",
    "plugged_by_program",
    "read_attribute",
    "select",
    "uptime_s",
    "usb_modems",
    "waits_for_firmware",
]
