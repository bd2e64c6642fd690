# SPDX-License-Identifier: GPL-2.0-or-later OR MIT
# Do not edit: made from protocols/mbim/intel-thermal-rf.toml
# by python -m qmiprobe._codegen
"""Intel's own: the frequencies in use, so that a notebook can move its clocks out of their way."""

from __future__ import annotations

from typing import ClassVar
from qmiprobe._arrays import Nested
from qmiprobe._enums import OpenEnum, Uuid
from qmiprobe._message import Indication, Request, Response, Struct, member
from qmiprobe._text import U32, U64
from qmiprobe._types import Bool, Int
from qmiprobe.mbim._buffer import Pairs

class ServingCellInfo(OpenEnum):
    PCELL: ClassVar[ServingCellInfo]
    SCELL: ClassVar[ServingCellInfo]
    PSCELL: ClassVar[ServingCellInfo]
    SSCELL: ClassVar[ServingCellInfo]
    RADIO_OFF: ClassVar[ServingCellInfo]
    definition = "serving-cell-info"
    names = {
        0: "pcell",
        1: "scell",
        2: "pscell",
        3: "sscell",
        4294967295: "radio-off",
    }


class RfimFrequencyValue(Struct):
    serving_cell_info: ServingCellInfo = member(Int(4, enum=ServingCellInfo))
    center_frequency: int = member(U64, unit='Hz')
    bandwidth: int = member(U32, unit='Hz')
    rsrp: int = member(U32)
    rsrq: int = member(U32)
    sinr: int = member(U32)
    rssi: int = member(U32)
    connection_status: bool = member(Bool(4))


class RfimInfo(Struct):
    _rfim_frequency_values_count = member(U32, name="rfim-frequency-values-count", derived="count")
    rfim_frequency_values: list[RfimFrequencyValue] = member(Pairs(Nested(RfimFrequencyValue), count='_rfim_frequency_values_count'), default_factory=list)


class RfimResponse(Response, RfimInfo):
    """intel-thermal-rf 9, response: Read the frequencies of the serving cells, or switch reports
    about them on and off."""

    service = Uuid.from_name("fdc22af2-f441-4d46-af8d-259fcdde4635")
    service_name = "intel-thermal-rf"
    id = 9
    message = "rfim"


class RfimNotification(Indication, RfimInfo):
    """intel-thermal-rf 9, notification: Read the frequencies of the serving cells, or switch
    reports about them on and off."""

    service = Uuid.from_name("fdc22af2-f441-4d46-af8d-259fcdde4635")
    service_name = "intel-thermal-rf"
    id = 9
    message = "rfim"


class RfimQuery(Request[RfimResponse]):
    """intel-thermal-rf 9, query: Read the frequencies of the serving cells, or switch reports
    about them on and off."""

    service = Uuid.from_name("fdc22af2-f441-4d46-af8d-259fcdde4635")
    service_name = "intel-thermal-rf"
    id = 9
    message = "rfim"
    response = RfimResponse
    direction: ClassVar[str] = "query"


class RfimSet(Request[RfimResponse]):
    """intel-thermal-rf 9, set: Read the frequencies of the serving cells, or switch reports about
    them on and off."""

    service = Uuid.from_name("fdc22af2-f441-4d46-af8d-259fcdde4635")
    service_name = "intel-thermal-rf"
    id = 9
    message = "rfim"
    response = RfimResponse
    direction: ClassVar[str] = "set"
    activation_state: bool = member(Bool(4))
