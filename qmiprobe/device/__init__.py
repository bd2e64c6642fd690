# SPDX-License-Identifier: GPL-2.0-or-later
"""A modem to talk to: QMI and MBIM connections on a transport, with typed calls."""

from __future__ import annotations

from qmiprobe.device._mbim import MbimDevice, mbim_device
from qmiprobe.device._observed import Anomaly, Observed
from qmiprobe.device._qmi import QmiClient, QmiDevice, qmi_device
from qmiprobe.device._subscription import Subscription
from qmiprobe.transport import ControlTransport

__all__ = [
    "Anomaly",
    "ControlTransport",
    "MbimDevice",
    "Observed",
    "QmiClient",
    "QmiDevice",
    "Subscription",
    "mbim_device",
    "qmi_device",
]
