# SPDX-License-Identifier: GPL-2.0-or-later OR MIT
# Do not edit: made from protocols/mbim/quectel.toml
# by python -m qmiprobe._codegen
"""Quectel's own: the radio switch with its FCC lock."""

from __future__ import annotations

from typing import ClassVar
from qmiprobe._enums import OpenEnum, Uuid
from qmiprobe._message import Request, Response, Struct, member
from qmiprobe._types import Int

class RadioSwitchState(OpenEnum):
    OFF: ClassVar[RadioSwitchState]
    ON: ClassVar[RadioSwitchState]
    FCC_LOCKED: ClassVar[RadioSwitchState]
    definition = "radio-switch-state"
    names = {
        0: "off",
        1: "on",
        4: "fcc-locked",
    }


class QuectelRadioState(Struct):
    radio_state: RadioSwitchState = member(Int(4, enum=RadioSwitchState))


class RadioStateResponse(Response, QuectelRadioState):
    """quectel 1, response: Read the radio switch, or turn it on, which lifts the FCC lock."""

    service = Uuid.from_name("11223344-5566-7788-99aa-bbccddeeff11")
    service_name = "quectel"
    id = 1
    message = "radio-state"


class RadioStateQuery(Request[RadioStateResponse]):
    """quectel 1, query: Read the radio switch, or turn it on, which lifts the FCC lock."""

    service = Uuid.from_name("11223344-5566-7788-99aa-bbccddeeff11")
    service_name = "quectel"
    id = 1
    message = "radio-state"
    response = RadioStateResponse
    direction: ClassVar[str] = "query"


class RadioStateSet(Request[RadioStateResponse], QuectelRadioState):
    """quectel 1, set: Read the radio switch, or turn it on, which lifts the FCC lock."""

    service = Uuid.from_name("11223344-5566-7788-99aa-bbccddeeff11")
    service_name = "quectel"
    id = 1
    message = "radio-state"
    response = RadioStateResponse
    direction: ClassVar[str] = "set"
