# SPDX-License-Identifier: GPL-2.0-or-later
"""A data session: asked for in QMI or MBIM, put on the netdev, and undone."""

from __future__ import annotations

from qmiprobe.session._mbim import find_mbim_session, open_mbim_session
from qmiprobe.session._model import DataSession, Refusal, SessionRefused, SessionRequest
from qmiprobe.session._netdev import configured
from qmiprobe.session._qmi import find_qmi_session, open_qmi_session

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
