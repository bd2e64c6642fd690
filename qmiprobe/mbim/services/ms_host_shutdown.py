# SPDX-License-Identifier: GPL-2.0-or-later OR MIT
# Do not edit: made from protocols/mbim/ms-host-shutdown.toml
# by python -m qmiprobe._codegen
"""Microsoft's: the host tells that it goes down."""

from __future__ import annotations

from typing import ClassVar
from qmiprobe._enums import Uuid
from qmiprobe._message import Request, Response

class NotifyResponse(Response):
    """ms-host-shutdown 1, response: Announce that the host shuts down, so that the modem can save
    its state."""

    service = Uuid.from_name("883b7c26-985f-43fa-9804-27d7fb80959c")
    service_name = "ms-host-shutdown"
    id = 1
    message = "notify"


class NotifySet(Request[NotifyResponse]):
    """ms-host-shutdown 1, set: Announce that the host shuts down, so that the modem can save its
    state."""

    service = Uuid.from_name("883b7c26-985f-43fa-9804-27d7fb80959c")
    service_name = "ms-host-shutdown"
    id = 1
    message = "notify"
    response = NotifyResponse
    direction: ClassVar[str] = "set"
