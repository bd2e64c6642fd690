# SPDX-License-Identifier: GPL-2.0-or-later OR MIT
# Do not edit: made from protocols/qmi/ctl.toml
# by python -m qmiprobe._codegen
"""Control service: hands out client ids, reports service versions, sets the data format of old modems."""

from __future__ import annotations

from typing import ClassVar
from qmiprobe._arrays import Array, Nested
from qmiprobe._enums import OpenEnum
from qmiprobe._message import Indication, Request, Response, Struct, member
from qmiprobe._text import Text, U16, U8
from qmiprobe._types import Int
from qmiprobe.qmi.services._shared import Service

class DataFormat(OpenEnum):
    ABSENT: ClassVar[DataFormat]
    PRESENT: ClassVar[DataFormat]
    definition = "data-format"
    names = {
        0: "absent",
        1: "present",
    }


class DataLinkProtocol(OpenEnum):
    UNKNOWN: ClassVar[DataLinkProtocol]
    _802_3: ClassVar[DataLinkProtocol]
    RAW_IP: ClassVar[DataLinkProtocol]
    definition = "data-link-protocol"
    names = {
        0: "unknown",
        1: "802-3",
        2: "raw-ip",
    }


class ServiceVersion(Struct):
    service_: Service = member(Int(1, enum=Service))
    major_version: int = member(U16)
    minor_version: int = member(U16)


class Client(Struct):
    service_: Service = member(Int(1, enum=Service))
    cid: int = member(U8)


class WideClient(Struct):
    service_: Service = member(Int(2, enum=Service))
    cid: int = member(U8)


class SetInstanceIdResponse(Response):
    """CTL 0x0020: the answer to :class:`SetInstanceId`."""

    service = 0x00
    service_name = "ctl"
    id = 0x0020
    message = "set-instance-id"
    link_id: int = member(U16, tlv=0x01)


class SetInstanceId(Request[SetInstanceIdResponse]):
    """CTL 0x0020: Number this host's link to the modem, so that several links can be told apart."""

    service = 0x00
    service_name = "ctl"
    id = 0x0020
    message = "set-instance-id"
    response = SetInstanceIdResponse
    id_: int = member(U8, tlv=0x01)


class GetVersionInfoResponse(Response):
    """CTL 0x0021: the answer to :class:`GetVersionInfo`."""

    service = 0x00
    service_name = "ctl"
    id = 0x0021
    message = "get-version-info"
    service_list: list[ServiceVersion] = member(Array(Nested(ServiceVersion), count=U8), tlv=0x01)


class GetVersionInfo(Request[GetVersionInfoResponse]):
    """CTL 0x0021: List the services that the modem offers, each with its version."""

    service = 0x00
    service_name = "ctl"
    id = 0x0021
    message = "get-version-info"
    response = GetVersionInfoResponse


class AllocateCidResponse(Response):
    """CTL 0x0022: the answer to :class:`AllocateCid`."""

    service = 0x00
    service_name = "ctl"
    id = 0x0022
    message = "allocate-cid"
    allocation_info: Client = member(Nested(Client), tlv=0x01)


class AllocateCid(Request[AllocateCidResponse]):
    """CTL 0x0022: Obtain a client id of one service; every request to that service then carries
    it."""

    service = 0x00
    service_name = "ctl"
    id = 0x0022
    message = "allocate-cid"
    response = AllocateCidResponse
    service_: Service = member(Int(1, enum=Service), tlv=0x01)


class ReleaseCidResponse(Response):
    """CTL 0x0023: the answer to :class:`ReleaseCid`."""

    service = 0x00
    service_name = "ctl"
    id = 0x0023
    message = "release-cid"
    release_info: Client = member(Nested(Client), tlv=0x01)


class ReleaseCid(Request[ReleaseCidResponse]):
    """CTL 0x0023: Give a client id back, so that the modem does not run out of them."""

    service = 0x00
    service_name = "ctl"
    id = 0x0023
    message = "release-cid"
    response = ReleaseCidResponse
    release_info: Client = member(Nested(Client), tlv=0x01)


class SetDataFormatResponse(Response):
    """CTL 0x0026: the answer to :class:`SetDataFormat`."""

    service = 0x00
    service_name = "ctl"
    id = 0x0026
    message = "set-data-format"
    protocol: DataLinkProtocol = member(Int(2, enum=DataLinkProtocol), tlv=0x10)


class SetDataFormat(Request[SetDataFormatResponse]):
    """CTL 0x0026: Choose the framing of data packets on modems that have no WDA service."""

    service = 0x00
    service_name = "ctl"
    id = 0x0026
    message = "set-data-format"
    response = SetDataFormatResponse
    format: DataFormat = member(Int(1, enum=DataFormat), tlv=0x01)
    protocol: DataLinkProtocol | None = member(Int(2, enum=DataLinkProtocol), tlv=0x10, required=False, default=None)


class SyncResponse(Response):
    """CTL 0x0027: the answer to :class:`Sync`."""

    service = 0x00
    service_name = "ctl"
    id = 0x0027
    message = "sync"


class Sync(Request[SyncResponse]):
    """CTL 0x0027: Start over with the control service; the modem frees the client ids of every
    program."""

    service = 0x00
    service_name = "ctl"
    id = 0x0027
    message = "sync"
    response = SyncResponse


class InternalProxyOpenResponse(Response):
    """CTL 0xff00: the answer to :class:`InternalProxyOpen`."""

    service = 0x00
    service_name = "ctl"
    id = 0xff00
    message = "internal-proxy-open"


class InternalProxyOpen(Request[InternalProxyOpenResponse]):
    """CTL 0xff00: Name to the proxy the control port that this connection wants; no modem ever
    sees this message."""

    service = 0x00
    service_name = "ctl"
    id = 0xff00
    message = "internal-proxy-open"
    response = InternalProxyOpenResponse
    device_path: str = member(Text(), tlv=0x01)


class InternalAllocateCidQrtrResponse(Response):
    """CTL 0xff22: the answer to :class:`InternalAllocateCidQrtr`."""

    service = 0x00
    service_name = "ctl"
    id = 0xff22
    message = "internal-allocate-cid-qrtr"
    allocation_info: WideClient = member(Nested(WideClient), tlv=0x01)


class InternalAllocateCidQrtr(Request[InternalAllocateCidQrtrResponse]):
    """CTL 0xff22: Obtain from the proxy a client id of a service whose number may need 16 bits."""

    service = 0x00
    service_name = "ctl"
    id = 0xff22
    message = "internal-allocate-cid-qrtr"
    response = InternalAllocateCidQrtrResponse
    service_: Service = member(Int(2, enum=Service), tlv=0x01)


class InternalReleaseCidQrtrResponse(Response):
    """CTL 0xff23: the answer to :class:`InternalReleaseCidQrtr`."""

    service = 0x00
    service_name = "ctl"
    id = 0xff23
    message = "internal-release-cid-qrtr"
    release_info: WideClient = member(Nested(WideClient), tlv=0x01)


class InternalReleaseCidQrtr(Request[InternalReleaseCidQrtrResponse]):
    """CTL 0xff23: Give back to the proxy a client id obtained over QRTR."""

    service = 0x00
    service_name = "ctl"
    id = 0xff23
    message = "internal-release-cid-qrtr"
    response = InternalReleaseCidQrtrResponse
    release_info: WideClient = member(Nested(WideClient), tlv=0x01)


class RevokeClientIdIndication(Indication):
    """CTL 0x0024: A client id was taken away by the modem; whoever holds it has to obtain a new
    one."""

    service = 0x00
    service_name = "ctl"
    id = 0x0024
    message = "revoke-client-id"
    client: Client = member(Nested(Client), tlv=0x01)


class InvalidClientIdIndication(Indication):
    """CTL 0x0025: The modem was addressed with a client id that it never gave out."""

    service = 0x00
    service_name = "ctl"
    id = 0x0025
    message = "invalid-client-id"
    client: Client = member(Nested(Client), tlv=0x01)


class SyncIndication(Indication):
    """CTL 0x0027: The modem has (re)started, and all client ids given out before are void."""

    service = 0x00
    service_name = "ctl"
    id = 0x0027
    message = "sync"
