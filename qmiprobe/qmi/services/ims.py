# SPDX-License-Identifier: GPL-2.0-or-later OR MIT
# Do not edit: made from protocols/qmi/ims.toml
# by python -m qmiprobe._codegen
"""IMS settings: which services of the IP multimedia subsystem are wanted."""

from __future__ import annotations

from typing import ClassVar
from qmiprobe._arrays import Array
from qmiprobe._enums import OpenEnum
from qmiprobe._message import Indication, Request, Response, member
from qmiprobe._text import Text, U32, U64, U8
from qmiprobe._types import Bool, Int

class CallModePreference(OpenEnum):
    NONE: ClassVar[CallModePreference]
    CELLULAR: ClassVar[CallModePreference]
    WIFI: ClassVar[CallModePreference]
    WIFI_ONLY: ClassVar[CallModePreference]
    CELLULAR_ONLY: ClassVar[CallModePreference]
    IMS: ClassVar[CallModePreference]
    definition = "call-mode-preference"
    names = {
        0: "none",
        1: "cellular",
        2: "wifi",
        3: "wifi-only",
        4: "cellular-only",
        5: "ims",
    }


class SetImsPolicyManagerSettingsResponse(Response):
    """IMS 0x0047: the answer to :class:`SetImsPolicyManagerSettings`."""

    service = 0x12
    service_name = "ims"
    id = 0x0047
    message = "set-ims-policy-manager-settings"
    ims_settings_error: int | None = member(U32, tlv=0x10, required=False, default=None)


class SetImsPolicyManagerSettings(Request[SetImsPolicyManagerSettingsResponse]):
    """IMS 0x0047: Set where IMS policies come from, in which order, and their APNs."""

    service = 0x12
    service_name = "ims"
    id = 0x0047
    message = "set-ims-policy-manager-settings"
    response = SetImsPolicyManagerSettingsResponse
    acs_priority: int | None = member(U8, tlv=0x14, required=False, default=None)
    isim_priority: int | None = member(U8, tlv=0x15, required=False, default=None)
    nv_priority: int | None = member(U8, tlv=0x16, required=False, default=None)
    pco_priority: int | None = member(U8, tlv=0x17, required=False, default=None)
    service_mask: int | None = member(U64, tlv=0x18, required=False, default=None)
    apns: list[str] | None = member(Array(Text(U8), count=6), tlv=0x19, required=False, default=None)


class GetImsPolicyManagerSettingsResponse(Response):
    """IMS 0x0048: the answer to :class:`GetImsPolicyManagerSettings`."""

    service = 0x12
    service_name = "ims"
    id = 0x0048
    message = "get-ims-policy-manager-settings"
    ims_settings_error: int | None = member(U32, tlv=0x10, required=False, default=None)
    acs_priority: int | None = member(U8, tlv=0x15, required=False, default=None)
    isim_priority: int | None = member(U8, tlv=0x16, required=False, default=None)
    nv_priority: int | None = member(U8, tlv=0x17, required=False, default=None)
    pco_priority: int | None = member(U8, tlv=0x18, required=False, default=None)
    service_mask: int | None = member(U64, tlv=0x19, required=False, default=None)
    apns: list[str] | None = member(Array(Text(U8), count=6), tlv=0x1a, required=False, default=None)


class GetImsPolicyManagerSettings(Request[GetImsPolicyManagerSettingsResponse]):
    """IMS 0x0048: Read where IMS policies come from, in which order, and their APNs."""

    service = 0x12
    service_name = "ims"
    id = 0x0048
    message = "get-ims-policy-manager-settings"
    response = GetImsPolicyManagerSettingsResponse


class SetImsServicesEnabledSettingResponse(Response):
    """IMS 0x008f: the answer to :class:`SetImsServicesEnabledSetting`."""

    service = 0x12
    service_name = "ims"
    id = 0x008f
    message = "set-ims-services-enabled-setting"


class SetImsServicesEnabledSetting(Request[SetImsServicesEnabledSettingResponse]):
    """IMS 0x008f: Switch single IMS services on or off: voice, video, Wi-Fi calling, SMS and
    others."""

    service = 0x12
    service_name = "ims"
    id = 0x008f
    message = "set-ims-services-enabled-setting"
    response = SetImsServicesEnabledSettingResponse
    ims_voice_over_lte_enable: bool | None = member(Bool(), tlv=0x10, required=False, default=None)
    ims_video_telephony_service_enable: bool | None = member(Bool(), tlv=0x11, required=False, default=None)
    ims_voice_wifi_service_enable: bool | None = member(Bool(), tlv=0x14, required=False, default=None)
    ims_call_mode_preference: CallModePreference | None = member(Int(1, enum=CallModePreference), tlv=0x15, required=False, default=None)
    ims_service_enabled: bool | None = member(Bool(), tlv=0x18, required=False, default=None)
    ims_ut_service_enable: bool | None = member(Bool(), tlv=0x19, required=False, default=None)
    ims_sms_service_enable: bool | None = member(Bool(), tlv=0x1a, required=False, default=None)
    ims_ussd_service_enabled: bool | None = member(Bool(), tlv=0x1c, required=False, default=None)
    ims_presence_enabled: bool | None = member(Bool(), tlv=0x1e, required=False, default=None)
    ims_autoconfig_enabled: bool | None = member(Bool(), tlv=0x1f, required=False, default=None)
    ims_xdm_client_enabled: bool | None = member(Bool(), tlv=0x20, required=False, default=None)
    ims_rcs_enabled: bool | None = member(Bool(), tlv=0x21, required=False, default=None)
    ims_carrier_config: bool | None = member(Bool(), tlv=0x25, required=False, default=None)


class GetImsServicesEnabledSettingResponse(Response):
    """IMS 0x0090: the answer to :class:`GetImsServicesEnabledSetting`."""

    service = 0x12
    service_name = "ims"
    id = 0x0090
    message = "get-ims-services-enabled-setting"
    ims_voice_service_enabled: bool | None = member(Bool(), tlv=0x11, required=False, default=None)
    ims_video_telephony_service_enabled: bool | None = member(Bool(), tlv=0x12, required=False, default=None)
    ims_voice_wifi_service_enabled: bool | None = member(Bool(), tlv=0x15, required=False, default=None)
    ims_registration_service_enabled: bool | None = member(Bool(), tlv=0x18, required=False, default=None)
    ims_ut_service_enabled: bool | None = member(Bool(), tlv=0x19, required=False, default=None)
    ims_sms_service_enabled: bool | None = member(Bool(), tlv=0x1a, required=False, default=None)
    ims_ussd_service_enabled: bool | None = member(Bool(), tlv=0x1c, required=False, default=None)


class GetImsServicesEnabledSetting(Request[GetImsServicesEnabledSettingResponse]):
    """IMS 0x0090: Read which IMS services are switched on."""

    service = 0x12
    service_name = "ims"
    id = 0x0090
    message = "get-ims-services-enabled-setting"
    response = GetImsServicesEnabledSettingResponse


class BindResponse(Response):
    """IMS 0x0098: the answer to :class:`Bind`."""

    service = 0x12
    service_name = "ims"
    id = 0x0098
    message = "bind"


class Bind(Request[BindResponse]):
    """IMS 0x0098: Bind this client to one subscription of the modem."""

    service = 0x12
    service_name = "ims"
    id = 0x0098
    message = "bind"
    response = BindResponse
    binding: int = member(U32, tlv=0x01)
    """0: the first subscription."""


class ImsPolicyManagerSettingsIndIndication(Indication):
    """IMS 0x0049: The settings of the IMS policy manager have changed."""

    service = 0x12
    service_name = "ims"
    id = 0x0049
    message = "ims-policy-manager-settings-ind"
    acs_priority: int | None = member(U8, tlv=0x14, required=False, default=None)
    isim_priority: int | None = member(U8, tlv=0x15, required=False, default=None)
    nv_priority: int | None = member(U8, tlv=0x16, required=False, default=None)
    pco_priority: int | None = member(U8, tlv=0x17, required=False, default=None)
    service_mask: int | None = member(U64, tlv=0x18, required=False, default=None)
    apns: list[str] | None = member(Array(Text(U8), count=6), tlv=0x19, required=False, default=None)


class ImsServicesEnabledSettingIndication(Indication):
    """IMS 0x0091: An IMS service was switched on or off."""

    service = 0x12
    service_name = "ims"
    id = 0x0091
    message = "ims-services-enabled-setting"
    ims_voice_over_lte_enable: bool | None = member(Bool(), tlv=0x10, required=False, default=None)
    ims_video_telephony_service_enable: bool | None = member(Bool(), tlv=0x11, required=False, default=None)
    ims_voice_wifi_service_enable: bool | None = member(Bool(), tlv=0x14, required=False, default=None)
    ims_service_enabled: bool | None = member(Bool(), tlv=0x18, required=False, default=None)
    ims_ut_service_enable: bool | None = member(Bool(), tlv=0x19, required=False, default=None)
    ims_sms_service_enable: bool | None = member(Bool(), tlv=0x1a, required=False, default=None)
    ims_ussd_service_enabled: bool | None = member(Bool(), tlv=0x1c, required=False, default=None)
    ims_presence_enabled: bool | None = member(Bool(), tlv=0x1e, required=False, default=None)
    ims_autoconfig_enabled: bool | None = member(Bool(), tlv=0x1f, required=False, default=None)
    ims_xdm_client_enabled: bool | None = member(Bool(), tlv=0x20, required=False, default=None)
    ims_rcs_enabled: bool | None = member(Bool(), tlv=0x21, required=False, default=None)
    ims_carrier_config: bool | None = member(Bool(), tlv=0x25, required=False, default=None)
