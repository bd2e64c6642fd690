# SPDX-License-Identifier: GPL-2.0-or-later OR MIT
# Do not edit: made from protocols/mbim/fibocom.toml
# by python -m qmiprobe._codegen
"""Fibocom's own: AT commands over MBIM."""

from __future__ import annotations

from typing import ClassVar
from qmiprobe._enums import Uuid
from qmiprobe._message import Request, Response, Struct, member
from qmiprobe._types import Bytes

class AtCommandInfo(Struct):
    command_resp: bytes = member(Bytes(), personal=True)


class AtCommandResponse(Response, AtCommandInfo):
    """fibocom 1, response: Run one AT command and return what the modem printed."""

    service = Uuid.from_name("ffffffff-abca-4b11-a4e2-f2fc87f94488")
    service_name = "fibocom"
    id = 1
    message = "at-command"


class AtCommandSet(Request[AtCommandResponse]):
    """fibocom 1, set: Run one AT command and return what the modem printed."""

    service = Uuid.from_name("ffffffff-abca-4b11-a4e2-f2fc87f94488")
    service_name = "fibocom"
    id = 1
    message = "at-command"
    response = AtCommandResponse
    direction: ClassVar[str] = "set"
    command_req: bytes = member(Bytes(), personal=True)
    """ASCII, with its end of line."""
