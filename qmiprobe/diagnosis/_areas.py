# SPDX-License-Identifier: GPL-2.0-or-later
"""The areas of rules, in ladder order; importing this loads them all."""

from __future__ import annotations

from qmiprobe.diagnosis import (
    _control,
    _device,
    _driver,
    _driver_others,
    _driver_unbound,
    _host,
    _link,
    _link_host,
    _netdev,
    _netdev_host,
    _path,
    _port,
    _radio,
    _reach,
    _session,
    _sim,
    _usb,
    _usb_choice,
    _usb_log,
    _usb_power,
)

AREAS = (
    _usb,
    _usb_log,
    _usb_power,
    _usb_choice,
    _driver,
    _driver_unbound,
    _driver_others,
    _port,
    _host,
    _control,
    _device,
    _sim,
    _radio,
    _session,
    _netdev,
    _netdev_host,
    _link,
    _link_host,
    _reach,
    _path,
)
