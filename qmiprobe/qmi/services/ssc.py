# SPDX-License-Identifier: GPL-2.0-or-later OR MIT
# Do not edit: made from protocols/qmi/ssc.toml
# by python -m qmiprobe._codegen
"""Sensor core: raw messages of phone sensors."""

from __future__ import annotations

from typing import ClassVar
from qmiprobe._enums import OpenEnum
from qmiprobe._message import Indication, Request, Response, member
from qmiprobe._text import U16, U32, U64
from qmiprobe._types import Bytes, Int

class ReportType(OpenEnum):
    SMALL: ClassVar[ReportType]
    LARGE: ClassVar[ReportType]
    definition = "report-type"
    names = {
        0: "small",
        1: "large",
    }


class ControlResponse(Response):
    """SSC 0x0020: the answer to :class:`Control`."""

    service = 0x190
    service_name = "ssc"
    id = 0x0020
    message = "control"
    client_id: int | None = member(U64, tlv=0x10, required=False, default=None)
    response_: int | None = member(U32, tlv=0x11, required=False, default=None)


class Control(Request[ControlResponse]):
    """SSC 0x0020: Send one message to the sensor core."""

    service = 0x190
    service_name = "ssc"
    id = 0x0020
    message = "control"
    response = ControlResponse
    data: bytes = member(Bytes(U16), tlv=0x01)
    report_type: ReportType | None = member(Int(1, enum=ReportType), tlv=0x10, required=False, default=None)


class ReportSmallIndication(Indication):
    """SSC 0x0021: A short message of the sensor core."""

    service = 0x190
    service_name = "ssc"
    id = 0x0021
    message = "report-small"
    client_id: int = member(U64, tlv=0x01)
    data: bytes = member(Bytes(U16), tlv=0x02)


class ReportLargeIndication(Indication):
    """SSC 0x0022: A long message of the sensor core."""

    service = 0x190
    service_name = "ssc"
    id = 0x0022
    message = "report-large"
    client_id: int = member(U64, tlv=0x01)
    data: bytes = member(Bytes(U16), tlv=0x02)
