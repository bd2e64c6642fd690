# SPDX-License-Identifier: GPL-2.0-or-later
"""What Linux knows about modems, read from sysfs and proc without touching the modem itself.

Everything takes a ``sysroot``: ``/``, or a folder that holds a saved copy of another machine.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmiprobe._later import loader
from qmiprobe.host._descriptors import Descriptors, parse_descriptors
from qmiprobe.host._discs import Disc, discs, waits_for_firmware
from qmiprobe.host._drivers import PAIRED, Probe
from qmiprobe.host._files import plugged_by_program, read_attribute, uptime_s
from qmiprobe.host._functions import SERIAL_DRIVERS
from qmiprobe.host._holders import (
    Holder,
    Holders,
    clients_of,
    holders,
    holders_of_each,
    listening_proxies,
)
from qmiprobe.host._kmsg import BusEvent, FailedProbe, KernelLine, KernelLog, kernel_log
from qmiprobe.host._log_trouble import Trouble, busiest_second, rejected_modules, troubles
from qmiprobe.host._mode_switch import ModeSwitch, mode_switch
from qmiprobe.host._modem import Configuration, Interface, Modem, Netdev, Port, SerialPort
from qmiprobe.host._modems import modems, pci_modems, select, soc_modems, usb_modems
from qmiprobe.host._modules import (
    Module,
    drivers_by_alias,
    dynamic_ids,
    kernel_release,
    module,
)
from qmiprobe.host._netdev_settings import NetdevSettings, netdev_settings
from qmiprobe.host._place import (
    Access,
    Process,
    access_of,
    container,
    exists,
    hidden_processes,
    lockdown,
    module_parameter,
    processes,
    read_only_sysfs,
)
from qmiprobe.host._ports import find_port
from qmiprobe.host._power import Supply, can_super_speed, supply
from qmiprobe.host._settled import SettledPort, settled_port
from qmiprobe.host._switches import RadioSwitch, radio_switches
from qmiprobe.host._udev_rules import ConfigurationRule, configuration_rules

if TYPE_CHECKING:
    from qmiprobe.host._bundle import copy_machine, saved_tree, unpack_bundle, write_bundle
    from qmiprobe.host._copy import MachineCopy

__all__ = [
    "PAIRED",
    "SERIAL_DRIVERS",
    "Access",
    "BusEvent",
    "Configuration",
    "ConfigurationRule",
    "Descriptors",
    "Disc",
    "FailedProbe",
    "Holder",
    "Holders",
    "Interface",
    "KernelLine",
    "KernelLog",
    "MachineCopy",
    "ModeSwitch",
    "Modem",
    "Module",
    "Netdev",
    "NetdevSettings",
    "Port",
    "Probe",
    "Process",
    "RadioSwitch",
    "SerialPort",
    "SettledPort",
    "Supply",
    "Trouble",
    "access_of",
    "busiest_second",
    "can_super_speed",
    "clients_of",
    "configuration_rules",
    "container",
    "copy_machine",
    "discs",
    "drivers_by_alias",
    "dynamic_ids",
    "exists",
    "find_port",
    "hidden_processes",
    "holders",
    "holders_of_each",
    "kernel_log",
    "kernel_release",
    "listening_proxies",
    "lockdown",
    "mode_switch",
    "modems",
    "module",
    "module_parameter",
    "netdev_settings",
    "parse_descriptors",
    "pci_modems",
    "plugged_by_program",
    "processes",
    "radio_switches",
    "read_attribute",
    "read_only_sysfs",
    "rejected_modules",
    "saved_tree",
    "select",
    "settled_port",
    "soc_modems",
    "supply",
    "troubles",
    "unpack_bundle",
    "uptime_s",
    "usb_modems",
    "waits_for_firmware",
    "write_bundle",
]

_LATER = {
    "MachineCopy": "_copy",
    "copy_machine": "_bundle",
    "saved_tree": "_bundle",
    "unpack_bundle": "_bundle",
    "write_bundle": "_bundle",
}
"""Loaded by whoever asks: `list` has no use for archives."""

__getattr__ = loader(__name__, _LATER)
