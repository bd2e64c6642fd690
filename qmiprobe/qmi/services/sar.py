# SPDX-License-Identifier: GPL-2.0-or-later OR MIT
# Do not edit: made from protocols/qmi/sar.toml
# by python -m qmiprobe._codegen
"""Specific absorption rate: transmit power near the human body."""

from __future__ import annotations

from typing import ClassVar
from qmiprobe._enums import OpenEnum
from qmiprobe._message import Request, Response, member
from qmiprobe._types import Int

class RfState(OpenEnum):
    _0: ClassVar[RfState]
    _1: ClassVar[RfState]
    _2: ClassVar[RfState]
    _3: ClassVar[RfState]
    _4: ClassVar[RfState]
    _5: ClassVar[RfState]
    _6: ClassVar[RfState]
    _7: ClassVar[RfState]
    _8: ClassVar[RfState]
    _9: ClassVar[RfState]
    _10: ClassVar[RfState]
    _11: ClassVar[RfState]
    _12: ClassVar[RfState]
    _13: ClassVar[RfState]
    _14: ClassVar[RfState]
    _15: ClassVar[RfState]
    _16: ClassVar[RfState]
    _17: ClassVar[RfState]
    _18: ClassVar[RfState]
    _19: ClassVar[RfState]
    _20: ClassVar[RfState]
    definition = "rf-state"
    names = {
        0: "0",
        1: "1",
        2: "2",
        3: "3",
        4: "4",
        5: "5",
        6: "6",
        7: "7",
        8: "8",
        9: "9",
        10: "10",
        11: "11",
        12: "12",
        13: "13",
        14: "14",
        15: "15",
        16: "16",
        17: "17",
        18: "18",
        19: "19",
        20: "20",
    }


class RfSetStateResponse(Response):
    """SAR 0x0001: the answer to :class:`RfSetState`."""

    service = 0x11
    service_name = "sar"
    id = 0x0001
    message = "rf-set-state"


class RfSetState(Request[RfSetStateResponse]):
    """SAR 0x0001: Choose the row of the table of transmit powers."""

    service = 0x11
    service_name = "sar"
    id = 0x0001
    message = "rf-set-state"
    response = RfSetStateResponse
    state: RfState = member(Int(4, enum=RfState), tlv=0x01)


class RfGetStateResponse(Response):
    """SAR 0x0002: the answer to :class:`RfGetState`."""

    service = 0x11
    service_name = "sar"
    id = 0x0002
    message = "rf-get-state"
    state: RfState | None = member(Int(4, enum=RfState), tlv=0x10, required=False, default=None)


class RfGetState(Request[RfGetStateResponse]):
    """SAR 0x0002: Read which row of the table of transmit powers is in force."""

    service = 0x11
    service_name = "sar"
    id = 0x0002
    message = "rf-get-state"
    response = RfGetStateResponse
