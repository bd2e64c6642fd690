# SPDX-License-Identifier: GPL-2.0-or-later OR MIT
# Do not edit: made from protocols/mbim/ms-voice-extensions.toml
# by python -m qmiprobe._codegen
"""Microsoft's: the network's clock, of the service that carries voice."""

from __future__ import annotations

from typing import ClassVar
from qmiprobe._enums import Uuid
from qmiprobe._message import Indication, Request, Response, Struct, member
from qmiprobe._text import U32
from qmiprobe._types import Int
from qmiprobe.mbim.services._shared import DataClass

class NitzInfo(Struct):
    year: int = member(U32)
    month: int = member(U32)
    day: int = member(U32)
    hour: int = member(U32)
    minute: int = member(U32)
    second: int = member(U32)
    time_zone_offset_minutes: int = member(U32, unit='min')
    daylight_saving_time_offset_minutes: int = member(U32, unit='min')
    data_class: DataClass = member(Int(4, enum=DataClass))


class NitzResponse(Response, NitzInfo):
    """ms-voice-extensions 10, response: Read the time and time zone that the network last
    announced."""

    service = Uuid.from_name("8d8b9eba-37be-449b-8f1e-61cb034a702e")
    service_name = "ms-voice-extensions"
    id = 10
    message = "nitz"


class NitzNotification(Indication, NitzInfo):
    """ms-voice-extensions 10, notification: Read the time and time zone that the network last
    announced."""

    service = Uuid.from_name("8d8b9eba-37be-449b-8f1e-61cb034a702e")
    service_name = "ms-voice-extensions"
    id = 10
    message = "nitz"


class NitzQuery(Request[NitzResponse]):
    """ms-voice-extensions 10, query: Read the time and time zone that the network last announced."""

    service = Uuid.from_name("8d8b9eba-37be-449b-8f1e-61cb034a702e")
    service_name = "ms-voice-extensions"
    id = 10
    message = "nitz"
    response = NitzResponse
    direction: ClassVar[str] = "query"
