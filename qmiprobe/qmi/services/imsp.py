# SPDX-License-Identifier: GPL-2.0-or-later OR MIT
# Do not edit: made from protocols/qmi/imsp.toml
# by python -m qmiprobe._codegen
"""IMS presence: state of the presence enabler."""

from __future__ import annotations

from typing import ClassVar
from qmiprobe._enums import OpenEnum
from qmiprobe._message import Request, Response, member
from qmiprobe._types import Int

class EnablerState(OpenEnum):
    UNINITIALIZED: ClassVar[EnablerState]
    INITIALIZED: ClassVar[EnablerState]
    AIRPLANE: ClassVar[EnablerState]
    REGISTERED: ClassVar[EnablerState]
    definition = "enabler-state"
    names = {
        1: "uninitialized",
        2: "initialized",
        3: "airplane",
        4: "registered",
    }


class GetEnablerStateResponse(Response):
    """IMSP 0x0024: the answer to :class:`GetEnablerState`."""

    service = 0x1f
    service_name = "imsp"
    id = 0x0024
    message = "get-enabler-state"
    enabler_state: EnablerState | None = member(Int(4, enum=EnablerState), tlv=0x10, required=False, default=None)


class GetEnablerState(Request[GetEnablerStateResponse]):
    """IMSP 0x0024: Read whether the presence enabler of IMS runs."""

    service = 0x1f
    service_name = "imsp"
    id = 0x0024
    message = "get-enabler-state"
    response = GetEnablerStateResponse
