# SPDX-License-Identifier: GPL-2.0-or-later
"""The areas of rules, in ladder order; importing this loads them all."""

from __future__ import annotations

from qmiprobe.diagnosis import (
    _control,
    _device,
    _driver,
    _driver_unbound,
    _link,
    _netdev,
    _path,
    _port,
    _radio,
    _session,
    _sim,
    _usb,
)

AREAS = (
    _usb,
    _driver,
    _driver_unbound,
    _port,
    _control,
    _device,
    _sim,
    _radio,
    _session,
    _netdev,
    _link,
    _path,
)
