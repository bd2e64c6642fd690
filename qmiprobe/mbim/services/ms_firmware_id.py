# SPDX-License-Identifier: GPL-2.0-or-later OR MIT
# Do not edit: made from protocols/mbim/ms-firmware-id.toml
# by python -m qmiprobe._codegen
"""Microsoft's: which firmware this is, as one number for updates."""

from __future__ import annotations

from typing import ClassVar
from qmiprobe._enums import Uuid
from qmiprobe._message import Request, Response, Struct, member
from qmiprobe._types import UuidWire

class FirmwareIdInfo(Struct):
    firmware_id: Uuid = member(UuidWire())


class GetResponse(Response, FirmwareIdInfo):
    """ms-firmware-id 1, response: Read the firmware's id."""

    service = Uuid.from_name("e9f7dea2-feaf-4009-93ce-90a3694103b6")
    service_name = "ms-firmware-id"
    id = 1
    message = "get"


class GetQuery(Request[GetResponse]):
    """ms-firmware-id 1, query: Read the firmware's id."""

    service = Uuid.from_name("e9f7dea2-feaf-4009-93ce-90a3694103b6")
    service_name = "ms-firmware-id"
    id = 1
    message = "get"
    response = GetResponse
    direction: ClassVar[str] = "query"
