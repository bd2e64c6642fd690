# SPDX-License-Identifier: GPL-2.0-or-later
"""Scapy layers for QMUX, QMI and MBIM, made from the same definitions as everything else here.

``QMUX()/QMI()/layer("dms.set-operating-mode")(mode="low-power")`` builds a frame; ``QMUX(data)``
and ``MBIM(data)`` dissect one; ``show()``, ``fuzz()`` and ``answers()`` do what they do elsewhere
in scapy. This package alone loads scapy.
"""

from __future__ import annotations

from qmiprobe.scapy._fields import ABSENT, Octets
from qmiprobe.scapy._layer import layer
from qmiprobe.scapy._mbim import MBIM, MBIMBuffer
from qmiprobe.scapy._qmi import QMI, QMITLV, QMUX, QMIMessage

__all__ = [
    "ABSENT",
    "MBIM",
    "QMI",
    "QMITLV",
    "QMUX",
    "MBIMBuffer",
    "Octets",
    "QMIMessage",
    "layer",
]
