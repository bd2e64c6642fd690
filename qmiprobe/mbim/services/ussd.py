# SPDX-License-Identifier: GPL-2.0-or-later OR MIT
# Do not edit: made from protocols/mbim/ussd.toml
# by python -m qmiprobe._codegen
"""USSD: codes sent to the network, and its answers."""

from __future__ import annotations

from typing import ClassVar
from qmiprobe._enums import OpenEnum, Uuid
from qmiprobe._message import Indication, Request, Response, Struct, member
from qmiprobe._text import U32
from qmiprobe._types import Bytes, Int
from qmiprobe.mbim._buffer import OffsetSize

class Action(OpenEnum):
    INITIATE: ClassVar[Action]
    CONTINUE: ClassVar[Action]
    CANCEL: ClassVar[Action]
    definition = "action"
    names = {
        0: "initiate",
        1: "continue",
        2: "cancel",
    }


class ResponseKind(OpenEnum):
    NO_ACTION_REQUIRED: ClassVar[ResponseKind]
    ACTION_REQUIRED: ClassVar[ResponseKind]
    TERMINATED_BY_NETWORK: ClassVar[ResponseKind]
    OTHER_LOCAL_CLIENT: ClassVar[ResponseKind]
    OPERATION_NOT_SUPPORTED: ClassVar[ResponseKind]
    NETWORK_TIMEOUT: ClassVar[ResponseKind]
    definition = "response-kind"
    names = {
        0: "no-action-required",
        1: "action-required",
        2: "terminated-by-network",
        3: "other-local-client",
        4: "operation-not-supported",
        5: "network-timeout",
    }


class SessionState(OpenEnum):
    NEW_SESSION: ClassVar[SessionState]
    EXISTING_SESSION: ClassVar[SessionState]
    definition = "session-state"
    names = {
        0: "new-session",
        1: "existing-session",
    }


class UssdInfo(Struct):
    response_: ResponseKind = member(Int(4, enum=ResponseKind))
    session_state: SessionState = member(Int(4, enum=SessionState))
    data_coding_scheme: int = member(U32)
    payload: bytes = member(OffsetSize(Bytes()), personal=True, default=b"")
    """Often the subscriber's own number or balance."""


class UssdResponse(Response, UssdInfo):
    """ussd 1, response: Start, continue or cancel a USSD session; what the network says comes as a
    notification."""

    service = Uuid.from_name("e550a0c8-5e82-479e-82f7-10abf4c3351f")
    service_name = "ussd"
    id = 1
    message = "ussd"


class UssdNotification(Indication, UssdInfo):
    """ussd 1, notification: Start, continue or cancel a USSD session; what the network says comes
    as a notification."""

    service = Uuid.from_name("e550a0c8-5e82-479e-82f7-10abf4c3351f")
    service_name = "ussd"
    id = 1
    message = "ussd"


class UssdSet(Request[UssdResponse]):
    """ussd 1, set: Start, continue or cancel a USSD session; what the network says comes as a
    notification."""

    service = Uuid.from_name("e550a0c8-5e82-479e-82f7-10abf4c3351f")
    service_name = "ussd"
    id = 1
    message = "ussd"
    response = UssdResponse
    direction: ClassVar[str] = "set"
    action: Action = member(Int(4, enum=Action))
    data_coding_scheme: int = member(U32)
    payload: bytes = member(OffsetSize(Bytes()), personal=True, default=b"")
