# SPDX-License-Identifier: GPL-2.0-or-later OR MIT
# Do not edit: made from protocols/mbim/multicarrier.toml
# by python -m qmiprobe._codegen
"""Microsoft's multi-carrier service: modems that can change their home operator."""

from __future__ import annotations

from typing import ClassVar
from qmiprobe._arrays import Array
from qmiprobe._enums import OpenFlags, Uuid
from qmiprobe._message import Request, Response, Struct, member
from qmiprobe._text import U32
from qmiprobe._types import Int, UuidWire
from qmiprobe.mbim.services._shared import Service

class MulticarrierCapability(OpenFlags):
    STATIC_SCAN: ClassVar[MulticarrierCapability]
    FW_REQUIRES_REBOOT: ClassVar[MulticarrierCapability]
    definition = "multicarrier-capability"
    names = {
        0x1: "static-scan",
        0x2: "fw-requires-reboot",
    }


class CapabilitiesInfo(Struct):
    capabilities: MulticarrierCapability = member(Int(4, enum=MulticarrierCapability))


class LocationInfo(Struct):
    country: int = member(U32, personal=True)


class CurrentCidListInfo(Struct):
    cids: list[int] = member(Array(U32, count=U32), default_factory=list)


class CapabilitiesResponse(Response, CapabilitiesInfo):
    """multicarrier 1, response: Read what changing the home operator costs: whether it scans or
    reboots."""

    service = Uuid.from_name("8b569648-628d-4653-9b9f-1025404424e1")
    service_name = "multicarrier"
    id = 1
    message = "capabilities"


class CapabilitiesQuery(Request[CapabilitiesResponse]):
    """multicarrier 1, query: Read what changing the home operator costs: whether it scans or
    reboots."""

    service = Uuid.from_name("8b569648-628d-4653-9b9f-1025404424e1")
    service_name = "multicarrier"
    id = 1
    message = "capabilities"
    response = CapabilitiesResponse
    direction: ClassVar[str] = "query"


class LocationInfoResponse(Response, LocationInfo):
    """multicarrier 2, response: Read which country the modem believes to be in, or tell it."""

    service = Uuid.from_name("8b569648-628d-4653-9b9f-1025404424e1")
    service_name = "multicarrier"
    id = 2
    message = "location-info"


class LocationInfoQuery(Request[LocationInfoResponse]):
    """multicarrier 2, query: Read which country the modem believes to be in, or tell it."""

    service = Uuid.from_name("8b569648-628d-4653-9b9f-1025404424e1")
    service_name = "multicarrier"
    id = 2
    message = "location-info"
    response = LocationInfoResponse
    direction: ClassVar[str] = "query"


class LocationInfoSet(Request[LocationInfoResponse], LocationInfo):
    """multicarrier 2, set: Read which country the modem believes to be in, or tell it."""

    service = Uuid.from_name("8b569648-628d-4653-9b9f-1025404424e1")
    service_name = "multicarrier"
    id = 2
    message = "location-info"
    response = LocationInfoResponse
    direction: ClassVar[str] = "set"


class CurrentCidListResponse(Response, CurrentCidListInfo):
    """multicarrier 3, response: Read which commands of a service work under the present home
    operator."""

    service = Uuid.from_name("8b569648-628d-4653-9b9f-1025404424e1")
    service_name = "multicarrier"
    id = 3
    message = "current-cid-list"


class CurrentCidListQuery(Request[CurrentCidListResponse]):
    """multicarrier 3, query: Read which commands of a service work under the present home
    operator."""

    service = Uuid.from_name("8b569648-628d-4653-9b9f-1025404424e1")
    service_name = "multicarrier"
    id = 3
    message = "current-cid-list"
    response = CurrentCidListResponse
    direction: ClassVar[str] = "query"
    device_service_id: Service = member(UuidWire(Service))
