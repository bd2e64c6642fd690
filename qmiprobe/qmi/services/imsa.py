# SPDX-License-Identifier: GPL-2.0-or-later OR MIT
# Do not edit: made from protocols/qmi/imsa.toml
# by python -m qmiprobe._codegen
"""IMS application: whether IMS is registered and which of its services work."""

from __future__ import annotations

from typing import ClassVar
from qmiprobe._enums import OpenEnum
from qmiprobe._message import Indication, Request, Response, member
from qmiprobe._text import Text, U16, U32
from qmiprobe._types import Bool, Int

class ImsRegistrationStatus(OpenEnum):
    NOT_REGISTERED: ClassVar[ImsRegistrationStatus]
    REGISTERING: ClassVar[ImsRegistrationStatus]
    REGISTERED: ClassVar[ImsRegistrationStatus]
    LIMITED_REGISTERED: ClassVar[ImsRegistrationStatus]
    definition = "ims-registration-status"
    names = {
        0: "not-registered",
        1: "registering",
        2: "registered",
        3: "limited-registered",
    }


class ServiceStatus(OpenEnum):
    UNAVAILABLE: ClassVar[ServiceStatus]
    LIMITED: ClassVar[ServiceStatus]
    AVAILABLE: ClassVar[ServiceStatus]
    definition = "service-status"
    names = {
        0: "unavailable",
        1: "limited",
        2: "available",
    }


class RegistrationTechnology(OpenEnum):
    WLAN: ClassVar[RegistrationTechnology]
    WWAN: ClassVar[RegistrationTechnology]
    INTERWORKING_WLAN: ClassVar[RegistrationTechnology]
    definition = "registration-technology"
    names = {
        0: "wlan",
        1: "wwan",
        2: "interworking-wlan",
    }


class GetImsRegistrationStatusResponse(Response):
    """IMSA 0x0020: the answer to :class:`GetImsRegistrationStatus`."""

    service = 0x21
    service_name = "imsa"
    id = 0x0020
    message = "get-ims-registration-status"
    ims_registration_error_code: int | None = member(U16, tlv=0x11, required=False, default=None)
    ims_registration_status: ImsRegistrationStatus | None = member(Int(4, enum=ImsRegistrationStatus), tlv=0x12, required=False, default=None)
    ims_registration_error_message: str | None = member(Text(), tlv=0x13, required=False, default=None)
    ims_registration_technology: RegistrationTechnology | None = member(Int(4, enum=RegistrationTechnology), tlv=0x14, required=False, default=None)


class GetImsRegistrationStatus(Request[GetImsRegistrationStatusResponse]):
    """IMSA 0x0020: Read whether the modem is registered with IMS, and if not, why."""

    service = 0x21
    service_name = "imsa"
    id = 0x0020
    message = "get-ims-registration-status"
    response = GetImsRegistrationStatusResponse


class GetImsServicesStatusResponse(Response):
    """IMSA 0x0021: the answer to :class:`GetImsServicesStatus`."""

    service = 0x21
    service_name = "imsa"
    id = 0x0021
    message = "get-ims-services-status"
    ims_sms_service_status: ServiceStatus | None = member(Int(4, enum=ServiceStatus), tlv=0x10, required=False, default=None)
    ims_voice_service_status: ServiceStatus | None = member(Int(4, enum=ServiceStatus), tlv=0x11, required=False, default=None)
    ims_video_telephony_service_status: ServiceStatus | None = member(Int(4, enum=ServiceStatus), tlv=0x12, required=False, default=None)
    ims_sms_service_registration_technology: RegistrationTechnology | None = member(Int(4, enum=RegistrationTechnology), tlv=0x13, required=False, default=None)
    ims_voice_service_registration_technology: RegistrationTechnology | None = member(Int(4, enum=RegistrationTechnology), tlv=0x14, required=False, default=None)
    ims_video_telephony_service_registration_technology: RegistrationTechnology | None = member(Int(4, enum=RegistrationTechnology), tlv=0x15, required=False, default=None)
    ims_ue_to_tas_service_status: ServiceStatus | None = member(Int(4, enum=ServiceStatus), tlv=0x16, required=False, default=None)
    ims_ue_to_tas_service_registration_technology: RegistrationTechnology | None = member(Int(4, enum=RegistrationTechnology), tlv=0x17, required=False, default=None)
    ims_video_share_service_status: ServiceStatus | None = member(Int(4, enum=ServiceStatus), tlv=0x18, required=False, default=None)
    ims_video_share_service_registration_technology: RegistrationTechnology | None = member(Int(4, enum=RegistrationTechnology), tlv=0x19, required=False, default=None)


class GetImsServicesStatus(Request[GetImsServicesStatusResponse]):
    """IMSA 0x0021: Read which IMS services work, and over which technology."""

    service = 0x21
    service_name = "imsa"
    id = 0x0021
    message = "get-ims-services-status"
    response = GetImsServicesStatusResponse


class RegisterIndicationsResponse(Response):
    """IMSA 0x0022: the answer to :class:`RegisterIndications`."""

    service = 0x21
    service_name = "imsa"
    id = 0x0022
    message = "register-indications"


class RegisterIndications(Request[RegisterIndicationsResponse]):
    """IMSA 0x0022: Choose which changes of IMS are reported to this client."""

    service = 0x21
    service_name = "imsa"
    id = 0x0022
    message = "register-indications"
    response = RegisterIndicationsResponse
    ims_registration_status_changed: bool | None = member(Bool(), tlv=0x10, required=False, default=None)
    ims_services_status_changed: bool | None = member(Bool(), tlv=0x11, required=False, default=None)


class BindResponse(Response):
    """IMSA 0x0033: the answer to :class:`Bind`."""

    service = 0x21
    service_name = "imsa"
    id = 0x0033
    message = "bind"


class Bind(Request[BindResponse]):
    """IMSA 0x0033: Bind this client to one subscription of the modem."""

    service = 0x21
    service_name = "imsa"
    id = 0x0033
    message = "bind"
    response = BindResponse
    binding: int | None = member(U32, tlv=0x10, required=False, default=None)
    """0: the first subscription."""


class GetBindResponse(Response):
    """IMSA 0x0034: the answer to :class:`GetBind`."""

    service = 0x21
    service_name = "imsa"
    id = 0x0034
    message = "get-bind"
    binding: int | None = member(U32, tlv=0x10, required=False, default=None)
    """0: the first subscription."""


class GetBind(Request[GetBindResponse]):
    """IMSA 0x0034: Read which subscription this client is bound to."""

    service = 0x21
    service_name = "imsa"
    id = 0x0034
    message = "get-bind"
    response = GetBindResponse


class ImsRegistrationStatusChangedIndication(Indication):
    """IMSA 0x0023: The registration with IMS has changed."""

    service = 0x21
    service_name = "imsa"
    id = 0x0023
    message = "ims-registration-status-changed"
    ims_registration_error_code: int | None = member(U16, tlv=0x10, required=False, default=None)
    ims_registration_status: ImsRegistrationStatus | None = member(Int(4, enum=ImsRegistrationStatus), tlv=0x11, required=False, default=None)
    ims_registration_error_message: str | None = member(Text(), tlv=0x12, required=False, default=None)
    ims_registration_technology: RegistrationTechnology | None = member(Int(4, enum=RegistrationTechnology), tlv=0x13, required=False, default=None)


class ImsServicesStatusChangedIndication(Indication):
    """IMSA 0x0024: An IMS service has become available or unavailable."""

    service = 0x21
    service_name = "imsa"
    id = 0x0024
    message = "ims-services-status-changed"
    ims_sms_service_status: ServiceStatus | None = member(Int(4, enum=ServiceStatus), tlv=0x10, required=False, default=None)
    ims_voice_service_status: ServiceStatus | None = member(Int(4, enum=ServiceStatus), tlv=0x11, required=False, default=None)
    ims_video_telephony_service_status: ServiceStatus | None = member(Int(4, enum=ServiceStatus), tlv=0x12, required=False, default=None)
    ims_sms_service_registration_technology: RegistrationTechnology | None = member(Int(4, enum=RegistrationTechnology), tlv=0x13, required=False, default=None)
    ims_voice_service_registration_technology: RegistrationTechnology | None = member(Int(4, enum=RegistrationTechnology), tlv=0x14, required=False, default=None)
    ims_video_telephony_service_registration_technology: RegistrationTechnology | None = member(Int(4, enum=RegistrationTechnology), tlv=0x15, required=False, default=None)
    ims_ue_to_tas_service_status: ServiceStatus | None = member(Int(4, enum=ServiceStatus), tlv=0x16, required=False, default=None)
    ims_ue_to_tas_service_registration_technology: RegistrationTechnology | None = member(Int(4, enum=RegistrationTechnology), tlv=0x17, required=False, default=None)
    ims_video_share_service_status: ServiceStatus | None = member(Int(4, enum=ServiceStatus), tlv=0x18, required=False, default=None)
    ims_video_share_service_registration_technology: RegistrationTechnology | None = member(Int(4, enum=RegistrationTechnology), tlv=0x19, required=False, default=None)
