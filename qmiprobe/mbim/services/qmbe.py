# SPDX-License-Identifier: GPL-2.0-or-later OR MIT
# Do not edit: made from protocols/mbim/qmbe.toml
# by python -m qmiprobe._codegen
"""Qualcomm's own extensibility service: the diagnostic port, inside MBIM or beside it."""

from __future__ import annotations

from typing import ClassVar
from qmiprobe._enums import OpenEnum, Uuid
from qmiprobe._message import Indication, Request, Response, Struct, member
from qmiprobe._types import Bytes, Int

class DiagConfig(OpenEnum):
    EXCLUDE: ClassVar[DiagConfig]
    PRESENT: ClassVar[DiagConfig]
    definition = "diag-config"
    names = {
        0: "exclude",
        1: "present",
    }


class DiagConfigInfo(Struct):
    diag_config: DiagConfig = member(Int(4, enum=DiagConfig))


class DiagData(Struct):
    data: bytes = member(Bytes(), personal=True)


class DiagConfigResponse(Response, DiagConfigInfo):
    """qmbe 1, response: Read or choose whether the modem has a USB interface of its own for
    diagnostics, from its next start on."""

    service = Uuid.from_name("2d0c12c9-0e6a-495a-915c-8d174fe5d63c")
    service_name = "qmbe"
    id = 1
    message = "diag-config"


class DiagConfigQuery(Request[DiagConfigResponse]):
    """qmbe 1, query: Read or choose whether the modem has a USB interface of its own for
    diagnostics, from its next start on."""

    service = Uuid.from_name("2d0c12c9-0e6a-495a-915c-8d174fe5d63c")
    service_name = "qmbe"
    id = 1
    message = "diag-config"
    response = DiagConfigResponse
    direction: ClassVar[str] = "query"


class DiagConfigSet(Request[DiagConfigResponse], DiagConfigInfo):
    """qmbe 1, set: Read or choose whether the modem has a USB interface of its own for
    diagnostics, from its next start on."""

    service = Uuid.from_name("2d0c12c9-0e6a-495a-915c-8d174fe5d63c")
    service_name = "qmbe"
    id = 1
    message = "diag-config"
    response = DiagConfigResponse
    direction: ClassVar[str] = "set"


class DiagDataResponse(Response):
    """qmbe 2, response: Carry a frame of the diagnostic protocol to the modem, or from it."""

    service = Uuid.from_name("2d0c12c9-0e6a-495a-915c-8d174fe5d63c")
    service_name = "qmbe"
    id = 2
    message = "diag-data"


class DiagDataNotification(Indication, DiagData):
    """qmbe 2, notification: Carry a frame of the diagnostic protocol to the modem, or from it."""

    service = Uuid.from_name("2d0c12c9-0e6a-495a-915c-8d174fe5d63c")
    service_name = "qmbe"
    id = 2
    message = "diag-data"


class DiagDataSet(Request[DiagDataResponse], DiagData):
    """qmbe 2, set: Carry a frame of the diagnostic protocol to the modem, or from it."""

    service = Uuid.from_name("2d0c12c9-0e6a-495a-915c-8d174fe5d63c")
    service_name = "qmbe"
    id = 2
    message = "diag-data"
    response = DiagDataResponse
    direction: ClassVar[str] = "set"
