# SPDX-License-Identifier: GPL-2.0-or-later OR MIT
# Do not edit: made from protocols/qmi/imsdcm.toml
# by python -m qmiprobe._codegen
"""IMS data connection manager: data sessions that IMS asks the host for."""

from __future__ import annotations

from typing import ClassVar
from qmiprobe._arrays import Nested
from qmiprobe._enums import OpenEnum
from qmiprobe._message import Indication, Request, Response, Struct, member
from qmiprobe._text import Text, U32, U8
from qmiprobe._types import Int

class ApnType(OpenEnum):
    IMS: ClassVar[ApnType]
    INTERNET: ClassVar[ApnType]
    EMERGENCY: ClassVar[ApnType]
    RCS: ClassVar[ApnType]
    UT: ClassVar[ApnType]
    WLAN: ClassVar[ApnType]
    definition = "apn-type"
    names = {
        0: "ims",
        1: "internet",
        2: "emergency",
        3: "rcs",
        4: "ut",
        5: "wlan",
    }


class IpFamiliy(OpenEnum):
    V4: ClassVar[IpFamiliy]
    V6: ClassVar[IpFamiliy]
    definition = "ip-familiy"
    names = {
        0: "v4",
        1: "v6",
    }


class RatType(OpenEnum):
    EHPRD: ClassVar[RatType]
    LTE: ClassVar[RatType]
    EPC: ClassVar[RatType]
    WLAN: ClassVar[RatType]
    definition = "rat-type"
    names = {
        0: "ehprd",
        1: "lte",
        2: "epc",
        3: "wlan",
    }


class InstanceId(OpenEnum):
    GLOBAL: ClassVar[InstanceId]
    ID1: ClassVar[InstanceId]
    ID2: ClassVar[InstanceId]
    NONE: ClassVar[InstanceId]
    definition = "instance-id"
    names = {
        1: "global",
        2: "id1",
        3: "id2",
        255: "none",
    }


class PdpActivateRequestResponse(Response):
    """IMSDCM 0x0020: the answer to :class:`PdpActivateRequest`."""

    service = 0x302
    service_name = "imsdcm"
    id = 0x0020
    message = "pdp-activate-request"
    pdp_id: int | None = member(U8, tlv=0x10, required=False, default=None)
    pdp_request_sequence_number: int | None = member(U32, tlv=0x11, required=False, default=None)
    instance_id: InstanceId | None = member(Int(4, enum=InstanceId), tlv=0x12, required=False, default=None)


class PdpActivateRequestConnectionParameters(Struct):
    apn: str = member(Text(U8))
    apn_type: ApnType = member(Int(4, enum=ApnType))
    rat_type: RatType = member(Int(4, enum=RatType))
    ip_family: IpFamiliy = member(Int(4, enum=IpFamiliy))
    wds_profile_number: int = member(U32)


class PdpActivateRequest(Request[PdpActivateRequestResponse]):
    """IMSDCM 0x0020: Answer or ask for a data session that IMS needs."""

    service = 0x302
    service_name = "imsdcm"
    id = 0x0020
    message = "pdp-activate-request"
    response = PdpActivateRequestResponse
    connection_parameters: PdpActivateRequestConnectionParameters = member(Nested(PdpActivateRequestConnectionParameters), tlv=0x01)
    pdp_request_sequence_number: int | None = member(U32, tlv=0x10, required=False, default=None)
    pdp_subscription_id: int | None = member(U32, tlv=0x11, required=False, default=None)
    pdp_slot_id: int | None = member(U32, tlv=0x12, required=False, default=None)
    instance_id: InstanceId | None = member(Int(4, enum=InstanceId), tlv=0x13, required=False, default=None)


class PdpDeactivateRequestResponse(Response):
    """IMSDCM 0x0021: the answer to :class:`PdpDeactivateRequest`."""

    service = 0x302
    service_name = "imsdcm"
    id = 0x0021
    message = "pdp-deactivate-request"
    pdp_id: int = member(U8, tlv=0x10)
    instance_id: InstanceId | None = member(Int(4, enum=InstanceId), tlv=0x11, required=False, default=None)


class PdpDeactivateRequest(Request[PdpDeactivateRequestResponse]):
    """IMSDCM 0x0021: End a data session of IMS."""

    service = 0x302
    service_name = "imsdcm"
    id = 0x0021
    message = "pdp-deactivate-request"
    response = PdpDeactivateRequestResponse
    pdp_id: int = member(U8, tlv=0x01)
    instance_id: InstanceId | None = member(Int(4, enum=InstanceId), tlv=0x10, required=False, default=None)


class PdpActivateIndicationAddressInfo(Struct):
    ip_family: IpFamiliy = member(Int(4, enum=IpFamiliy))
    address: str = member(Text(U8), personal=True)


class PdpActivateIndication(Indication):
    """IMSDCM 0x0020: A data session of IMS is up, with this address."""

    service = 0x302
    service_name = "imsdcm"
    id = 0x0020
    message = "pdp-activate"
    pdp_id: int = member(U8, tlv=0x01)
    pdp_request_sequence_number: int | None = member(U32, tlv=0x10, required=False, default=None)
    address_info: PdpActivateIndicationAddressInfo | None = member(Nested(PdpActivateIndicationAddressInfo), tlv=0x11, required=False, default=None)
    instance_id: InstanceId | None = member(Int(4, enum=InstanceId), tlv=0x12, required=False, default=None)
