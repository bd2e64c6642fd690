# SPDX-License-Identifier: GPL-2.0-or-later
"""A modem to talk to: QMI and MBIM connections on a transport, with typed calls.

What belongs to one protocol is loaded when it is first asked for: nobody needs both.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmiprobe._later import loader
from qmiprobe.device._background import background
from qmiprobe.device._observed import Anomaly, Observed
from qmiprobe.device._subscription import Subscription
from qmiprobe.transport import ControlTransport

if TYPE_CHECKING:
    from qmiprobe.device._mbim import MbimDevice, mbim_device
    from qmiprobe.device._qmi import QmiClient, QmiDevice, qmi_device

_LATER = {
    "MbimDevice": "_mbim",
    "QmiClient": "_qmi",
    "QmiDevice": "_qmi",
    "mbim_device": "_mbim",
    "qmi_device": "_qmi",
}

__all__ = [
    "Anomaly",
    "ControlTransport",
    "MbimDevice",
    "Observed",
    "QmiClient",
    "QmiDevice",
    "Subscription",
    "background",
    "mbim_device",
    "qmi_device",
]

__getattr__ = loader(__name__, _LATER)
