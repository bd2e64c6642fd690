# SPDX-License-Identifier: GPL-2.0-or-later
"""Device addresses: what a person writes where a command wants a DEVICE, as plain values."""

from __future__ import annotations

from qmiprobe.address._model import (
    Address,
    NetdevAddress,
    NodeAddress,
    Protocol,
    ProxyAddress,
    QrtrAddress,
    ReplayAddress,
    SimAddress,
    TunnelAddress,
    UsbAddress,
)
from qmiprobe.address._parse import SCHEMES, parse
from qmiprobe.address._resolve import ControlPort, resolve

__all__ = [
    "SCHEMES",
    "Address",
    "ControlPort",
    "NetdevAddress",
    "NodeAddress",
    "Protocol",
    "ProxyAddress",
    "QrtrAddress",
    "ReplayAddress",
    "SimAddress",
    "TunnelAddress",
    "UsbAddress",
    "parse",
    "resolve",
]
