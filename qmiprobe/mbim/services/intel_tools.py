# SPDX-License-Identifier: GPL-2.0-or-later OR MIT
# Do not edit: made from protocols/mbim/intel-tools.toml
# by python -m qmiprobe._codegen
"""Intel's own: traces of the modem's firmware."""

from __future__ import annotations

from typing import ClassVar
from qmiprobe._enums import OpenEnum, Uuid
from qmiprobe._message import Request, Response, Struct, member
from qmiprobe._text import U32
from qmiprobe._types import Int

class TraceCommand(OpenEnum):
    MODE: ClassVar[TraceCommand]
    LEVEL: ClassVar[TraceCommand]
    LOCATION: ClassVar[TraceCommand]
    FLASH_INTERVAL: ClassVar[TraceCommand]
    definition = "trace-command"
    names = {
        0: "mode",
        1: "level",
        2: "location",
        3: "flash-interval",
    }


class TraceConfigInfo(Struct):
    trace_cmd: TraceCommand = member(Int(4, enum=TraceCommand))
    result_: int = member(U32)


class TraceConfigResponse(Response, TraceConfigInfo):
    """intel-tools 8, response: Read or change one setting of the firmware's trace."""

    service = Uuid.from_name("4ada4962-b988-46c3-87a7-97f20f994abb")
    service_name = "intel-tools"
    id = 8
    message = "trace-config"


class TraceConfigQuery(Request[TraceConfigResponse]):
    """intel-tools 8, query: Read or change one setting of the firmware's trace."""

    service = Uuid.from_name("4ada4962-b988-46c3-87a7-97f20f994abb")
    service_name = "intel-tools"
    id = 8
    message = "trace-config"
    response = TraceConfigResponse
    direction: ClassVar[str] = "query"
    trace_cmd: TraceCommand = member(Int(4, enum=TraceCommand))


class TraceConfigSet(Request[TraceConfigResponse]):
    """intel-tools 8, set: Read or change one setting of the firmware's trace."""

    service = Uuid.from_name("4ada4962-b988-46c3-87a7-97f20f994abb")
    service_name = "intel-tools"
    id = 8
    message = "trace-config"
    response = TraceConfigResponse
    direction: ClassVar[str] = "set"
    trace_cmd: TraceCommand = member(Int(4, enum=TraceCommand))
    trace_value: int = member(U32)
