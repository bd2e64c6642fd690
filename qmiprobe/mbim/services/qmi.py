# SPDX-License-Identifier: GPL-2.0-or-later OR MIT
# Do not edit: made from protocols/mbim/qmi.toml
# by python -m qmiprobe._codegen
"""A tunnel for QMI messages inside MBIM."""

from __future__ import annotations

from typing import ClassVar
from qmiprobe._enums import Uuid
from qmiprobe._message import Indication, Request, Response, Struct, member
from qmiprobe._types import Bytes

class QmuxMessage(Struct):
    qmux: bytes = member(Bytes(), personal=True)


class MsgResponse(Response, QmuxMessage):
    """qmi 1, response: Send one QMUX message; answers come as the response or as notifications."""

    service = Uuid.from_name("d1a30bc2-f97a-6e43-bf65-c7e24fb0f0d3")
    service_name = "qmi"
    id = 1
    message = "msg"


class MsgNotification(Indication, QmuxMessage):
    """qmi 1, notification: Send one QMUX message; answers come as the response or as
    notifications."""

    service = Uuid.from_name("d1a30bc2-f97a-6e43-bf65-c7e24fb0f0d3")
    service_name = "qmi"
    id = 1
    message = "msg"


class MsgSet(Request[MsgResponse], QmuxMessage):
    """qmi 1, set: Send one QMUX message; answers come as the response or as notifications."""

    service = Uuid.from_name("d1a30bc2-f97a-6e43-bf65-c7e24fb0f0d3")
    service_name = "qmi"
    id = 1
    message = "msg"
    response = MsgResponse
    direction: ClassVar[str] = "set"
