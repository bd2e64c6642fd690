# SPDX-License-Identifier: GPL-2.0-or-later OR MIT
# Do not edit: made from protocols/mbim/dss.toml
# by python -m qmiprobe._codegen
"""Device service streams: data of a service beside the IP sessions."""

from __future__ import annotations

from typing import ClassVar
from qmiprobe._enums import OpenEnum, Uuid
from qmiprobe._message import Request, Response, member
from qmiprobe._text import U32
from qmiprobe._types import Int, UuidWire
from qmiprobe.mbim.services._shared import Service

class LinkState(OpenEnum):
    DEACTIVATE: ClassVar[LinkState]
    ACTIVATE: ClassVar[LinkState]
    definition = "link-state"
    names = {
        0: "deactivate",
        1: "activate",
    }


class ConnectResponse(Response):
    """dss 1, response: Open or close one stream of a service."""

    service = Uuid.from_name("c08a26dd-7718-4382-8482-6e0d583c4d0e")
    service_name = "dss"
    id = 1
    message = "connect"


class ConnectSet(Request[ConnectResponse]):
    """dss 1, set: Open or close one stream of a service."""

    service = Uuid.from_name("c08a26dd-7718-4382-8482-6e0d583c4d0e")
    service_name = "dss"
    id = 1
    message = "connect"
    response = ConnectResponse
    direction: ClassVar[str] = "set"
    device_service_id: Service = member(UuidWire(Service))
    dss_session_id: int = member(U32)
    dss_link_state: LinkState = member(Int(4, enum=LinkState))
