# SPDX-License-Identifier: GPL-2.0-or-later OR MIT
# Do not edit: made from protocols/qmi/dpm.toml
# by python -m qmiprobe._codegen
"""Data Port Mapper: opens the data ports of modems that share memory with the host."""

from __future__ import annotations

from qmiprobe._arrays import Array, Nested
from qmiprobe._message import Request, Response, Struct, member
from qmiprobe._text import Text, U32, U8
from qmiprobe._types import Int
from qmiprobe.qmi.services._shared import DataEndpointType

class ControlPort(Struct):
    port_name: str = member(Text(U8))
    endpoint_type: DataEndpointType = member(Int(4, enum=DataEndpointType))
    interface_number: int = member(U32)


class HardwareDataPort(Struct):
    endpoint_type: DataEndpointType = member(Int(4, enum=DataEndpointType))
    interface_number: int = member(U32)
    rx_endpoint_number: int = member(U32)
    tx_endpoint_number: int = member(U32)


class SoftwareDataPort(Struct):
    endpoint_type: DataEndpointType = member(Int(4, enum=DataEndpointType))
    interface_number: int = member(U32)
    port_name: str = member(Text(U8))


class OpenPortResponse(Response):
    """DPM 0x0020: the answer to :class:`OpenPort`."""

    service = 0x2f
    service_name = "dpm"
    id = 0x0020
    message = "open-port"


class OpenPort(Request[OpenPortResponse]):
    """DPM 0x0020: Open control and data ports of an embedded modem, so that its data path works."""

    service = 0x2f
    service_name = "dpm"
    id = 0x0020
    message = "open-port"
    response = OpenPortResponse
    control_ports: list[ControlPort] | None = member(Array(Nested(ControlPort), count=U8), tlv=0x10, required=False, default=None)
    hardware_data_ports: list[HardwareDataPort] | None = member(Array(Nested(HardwareDataPort), count=U8), tlv=0x11, required=False, default=None)
    software_data_ports: list[SoftwareDataPort] | None = member(Array(Nested(SoftwareDataPort), count=U8), tlv=0x12, required=False, default=None)


class ClosePortResponse(Response):
    """DPM 0x0021: the answer to :class:`ClosePort`."""

    service = 0x2f
    service_name = "dpm"
    id = 0x0021
    message = "close-port"


class ClosePort(Request[ClosePortResponse]):
    """DPM 0x0021: Close the ports that were opened before."""

    service = 0x2f
    service_name = "dpm"
    id = 0x0021
    message = "close-port"
    response = ClosePortResponse
