# SPDX-License-Identifier: GPL-2.0-or-later OR MIT
# Do not edit: made from protocols/mbim/stk.toml
# by python -m qmiprobe._codegen
"""The SIM toolkit: proactive commands of the SIM, and the host's answers."""

from __future__ import annotations

from typing import ClassVar
from qmiprobe._arrays import Array
from qmiprobe._enums import OpenEnum, Uuid
from qmiprobe._message import Indication, Request, Response, Struct, member
from qmiprobe._text import U32
from qmiprobe._types import Bytes, Int
from qmiprobe.mbim._buffer import OffsetSize, SizeInline

class PacProfile(OpenEnum):
    NOT_HANDLED_BY_FUNCTION_HANDLED_BY_HOST: ClassVar[PacProfile]
    NOT_HANDLED_BY_FUNCTION_MAY_BE_HANDLED_BY_HOST: ClassVar[PacProfile]
    HANDLED_BY_FUNCTION_ONLY_TRANSPARENT_TO_HOST: ClassVar[PacProfile]
    HANDLED_BY_FUNCTION_NOTIFICATION_TO_HOST_POSSIBLE: ClassVar[PacProfile]
    HANDLED_BY_FUNCTION_NOTIFICATIONS_TO_HOST_ENABLED: ClassVar[PacProfile]
    HANDLED_BY_FUNCTION_CAN_BE_OVERRIDEN_BY_HOST: ClassVar[PacProfile]
    HANDLED_BY_HOST_FUNCTION_NOT_ABLE_TO_HANDLE: ClassVar[PacProfile]
    HANDLED_BY_HOST_FUNCTION_ABLE_TO_HANDLE: ClassVar[PacProfile]
    definition = "pac-profile"
    names = {
        0: "not-handled-by-function-handled-by-host",
        1: "not-handled-by-function-may-be-handled-by-host",
        2: "handled-by-function-only-transparent-to-host",
        3: "handled-by-function-notification-to-host-possible",
        4: "handled-by-function-notifications-to-host-enabled",
        5: "handled-by-function-can-be-overriden-by-host",
        6: "handled-by-host-function-not-able-to-handle",
        7: "handled-by-host-function-able-to-handle",
    }


class PacType(OpenEnum):
    PROACTIVE_COMMAND: ClassVar[PacType]
    NOTIFICATION: ClassVar[PacType]
    definition = "pac-type"
    names = {
        0: "proactive-command",
        1: "notification",
    }


class PacInfo(Struct):
    pac_support: list[PacProfile] = member(Array(Int(1, enum=PacProfile), count=256), default_factory=list)
    """One for each proactive command: who can handle it and who does."""


class TerminalResponseInfo(Struct):
    result_data: bytes = member(OffsetSize(Bytes()), personal=True, default=b"")
    status_words: int = member(U32)


class EnvelopeInfo(Struct):
    envelope_support: bytes = member(Bytes(32))
    """One bit for each kind of envelope."""


class PacResponse(Response, PacInfo):
    """stk 1, response: Read which proactive commands the modem handles, or choose those the host
    handles; the SIM's commands come as notifications."""

    service = Uuid.from_name("d8f20131-fcb5-4e17-8602-d6ed3816164c")
    service_name = "stk"
    id = 1
    message = "pac"


class PacNotification(Indication):
    """stk 1, notification: Read which proactive commands the modem handles, or choose those the
    host handles; the SIM's commands come as notifications."""

    service = Uuid.from_name("d8f20131-fcb5-4e17-8602-d6ed3816164c")
    service_name = "stk"
    id = 1
    message = "pac"
    pac_type: PacType = member(Int(4, enum=PacType))
    data_buffer: bytes = member(Bytes(), personal=True)


class PacQuery(Request[PacResponse]):
    """stk 1, query: Read which proactive commands the modem handles, or choose those the host
    handles; the SIM's commands come as notifications."""

    service = Uuid.from_name("d8f20131-fcb5-4e17-8602-d6ed3816164c")
    service_name = "stk"
    id = 1
    message = "pac"
    response = PacResponse
    direction: ClassVar[str] = "query"


class PacSet(Request[PacResponse]):
    """stk 1, set: Read which proactive commands the modem handles, or choose those the host
    handles; the SIM's commands come as notifications."""

    service = Uuid.from_name("d8f20131-fcb5-4e17-8602-d6ed3816164c")
    service_name = "stk"
    id = 1
    message = "pac"
    response = PacResponse
    direction: ClassVar[str] = "set"
    pac_host_control: bytes = member(Bytes(32))
    """One bit for each proactive command."""


class TerminalResponseResponse(Response, TerminalResponseInfo):
    """stk 2, response: Answer a proactive command."""

    service = Uuid.from_name("d8f20131-fcb5-4e17-8602-d6ed3816164c")
    service_name = "stk"
    id = 2
    message = "terminal-response"


class TerminalResponseSet(Request[TerminalResponseResponse]):
    """stk 2, set: Answer a proactive command."""

    service = Uuid.from_name("d8f20131-fcb5-4e17-8602-d6ed3816164c")
    service_name = "stk"
    id = 2
    message = "terminal-response"
    response = TerminalResponseResponse
    direction: ClassVar[str] = "set"
    response_: bytes = member(SizeInline(Bytes()), personal=True)


class EnvelopeResponse(Response, EnvelopeInfo):
    """stk 3, response: Read which envelopes the SIM takes, or send it one."""

    service = Uuid.from_name("d8f20131-fcb5-4e17-8602-d6ed3816164c")
    service_name = "stk"
    id = 3
    message = "envelope"


class EnvelopeQuery(Request[EnvelopeResponse]):
    """stk 3, query: Read which envelopes the SIM takes, or send it one."""

    service = Uuid.from_name("d8f20131-fcb5-4e17-8602-d6ed3816164c")
    service_name = "stk"
    id = 3
    message = "envelope"
    response = EnvelopeResponse
    direction: ClassVar[str] = "query"


class EnvelopeSet(Request[EnvelopeResponse]):
    """stk 3, set: Read which envelopes the SIM takes, or send it one."""

    service = Uuid.from_name("d8f20131-fcb5-4e17-8602-d6ed3816164c")
    service_name = "stk"
    id = 3
    message = "envelope"
    response = EnvelopeResponse
    direction: ClassVar[str] = "set"
    data: bytes = member(Bytes(), personal=True)
