# SPDX-License-Identifier: GPL-2.0-or-later
"""A data session: asked for in QMI or MBIM, put on the netdev, and undone.

What belongs to one protocol is loaded when it is first asked for: nobody needs both.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmiprobe._later import loader
from qmiprobe.session._model import (
    Auth,
    DataSession,
    Framing,
    Refusal,
    SessionRefused,
    SessionRequest,
)
from qmiprobe.session._netdev import configured

if TYPE_CHECKING:
    from qmiprobe.session._connection import (
        Connection,
        ConnectPlan,
        DnsWay,
        Prepared,
        connected,
        prepared,
    )
    from qmiprobe.session._hold import hold
    from qmiprobe.session._joined import joined_mbim_device, mbim_device_at
    from qmiprobe.session._journal import (
        Running,
        SessionJournal,
        held_bearer,
        new_journal,
        sessions,
    )
    from qmiprobe.session._mbim import find_mbim_session, open_mbim_session
    from qmiprobe.session._qmi import find_qmi_session, open_qmi_session
    from qmiprobe.session._unwind import unwind

_LATER = {
    "ConnectPlan": "_connection",
    "Connection": "_connection",
    "DnsWay": "_connection",
    "Prepared": "_connection",
    "Running": "_journal",
    "SessionJournal": "_journal",
    "connected": "_connection",
    "find_mbim_session": "_mbim",
    "find_qmi_session": "_qmi",
    "held_bearer": "_journal",
    "hold": "_hold",
    "joined_mbim_device": "_joined",
    "mbim_device_at": "_joined",
    "new_journal": "_journal",
    "open_mbim_session": "_mbim",
    "open_qmi_session": "_qmi",
    "prepared": "_connection",
    "sessions": "_journal",
    "unwind": "_unwind",
}

__all__ = [
    "Auth",
    "ConnectPlan",
    "Connection",
    "DataSession",
    "DnsWay",
    "Framing",
    "Prepared",
    "Refusal",
    "Running",
    "SessionJournal",
    "SessionRefused",
    "SessionRequest",
    "configured",
    "connected",
    "find_mbim_session",
    "find_qmi_session",
    "held_bearer",
    "hold",
    "joined_mbim_device",
    "mbim_device_at",
    "new_journal",
    "open_mbim_session",
    "open_qmi_session",
    "prepared",
    "sessions",
    "unwind",
]

__getattr__ = loader(__name__, _LATER)
