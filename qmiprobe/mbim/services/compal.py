# SPDX-License-Identifier: GPL-2.0-or-later OR MIT
# Do not edit: made from protocols/mbim/compal.toml
# by python -m qmiprobe._codegen
"""Compal's own: AT commands over MBIM."""

from __future__ import annotations

from typing import ClassVar
from qmiprobe._enums import Uuid
from qmiprobe._message import Request, Response, Struct, member
from qmiprobe._types import Bytes

class AtCommandInfo(Struct):
    command_resp: bytes = member(Bytes(), personal=True)


class AtCommandResponse(Response, AtCommandInfo):
    """compal 1, response: Run one AT command and return what the modem printed."""

    service = Uuid.from_name("a2a32a97-cab1-4f57-9ae1-451c74dda957")
    service_name = "compal"
    id = 1
    message = "at-command"


class AtCommandQuery(Request[AtCommandResponse]):
    """compal 1, query: Run one AT command and return what the modem printed."""

    service = Uuid.from_name("a2a32a97-cab1-4f57-9ae1-451c74dda957")
    service_name = "compal"
    id = 1
    message = "at-command"
    response = AtCommandResponse
    direction: ClassVar[str] = "query"
    command_req: bytes = member(Bytes(), personal=True)
    """ASCII, with its end of line."""
