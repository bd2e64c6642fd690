# SPDX-License-Identifier: GPL-2.0-or-later
"""A data session: asked for in QMI or MBIM, put on the netdev, and undone.

What belongs to one protocol is loaded when it is first asked for: nobody needs both.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from qmiprobe._later import loader
from qmiprobe.session._model import DataSession, Refusal, SessionRefused, SessionRequest
from qmiprobe.session._netdev import configured

if TYPE_CHECKING:
    from qmiprobe.session._mbim import find_mbim_session, open_mbim_session
    from qmiprobe.session._qmi import find_qmi_session, open_qmi_session

_LATER = {
    "find_mbim_session": "_mbim",
    "find_qmi_session": "_qmi",
    "open_mbim_session": "_mbim",
    "open_qmi_session": "_qmi",
}

__all__ = [
    "DataSession",
    "Refusal",
    "SessionRefused",
    "SessionRequest",
    "configured",
    "find_mbim_session",
    "find_qmi_session",
    "open_mbim_session",
    "open_qmi_session",
]

__getattr__ = loader(__name__, _LATER)
