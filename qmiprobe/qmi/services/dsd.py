# SPDX-License-Identifier: GPL-2.0-or-later OR MIT
# Do not edit: made from protocols/qmi/dsd.toml
# by python -m qmiprobe._codegen
"""Data System Determination: which radio technologies can carry data, and the APN for each use."""

from __future__ import annotations

from typing import ClassVar
from qmiprobe._arrays import Array, Nested
from qmiprobe._enums import OpenEnum, OpenFlags
from qmiprobe._message import Indication, Request, Response, Struct, member
from qmiprobe._text import Text, U8
from qmiprobe._types import Bool, Int

class ApnType(OpenEnum):
    DEFAULT: ClassVar[ApnType]
    IMS: ClassVar[ApnType]
    MMS: ClassVar[ApnType]
    DUN: ClassVar[ApnType]
    SUPL: ClassVar[ApnType]
    HIPRI: ClassVar[ApnType]
    FOTA: ClassVar[ApnType]
    CBS: ClassVar[ApnType]
    IA: ClassVar[ApnType]
    EMERGENCY: ClassVar[ApnType]
    definition = "apn-type"
    names = {
        0: "default",
        1: "ims",
        2: "mms",
        3: "dun",
        4: "supl",
        5: "hipri",
        6: "fota",
        7: "cbs",
        8: "ia",
        9: "emergency",
    }


class DataSystemNetworkType(OpenEnum):
    _3GPP: ClassVar[DataSystemNetworkType]
    _3GPP2: ClassVar[DataSystemNetworkType]
    WLAN: ClassVar[DataSystemNetworkType]
    definition = "data-system-network-type"
    names = {
        0: "3gpp",
        1: "3gpp2",
        2: "wlan",
    }


class RadioAccessTechnology(OpenEnum):
    UNKNOWN: ClassVar[RadioAccessTechnology]
    _3GPP_WCDMA: ClassVar[RadioAccessTechnology]
    _3GPP_GERAN: ClassVar[RadioAccessTechnology]
    _3GPP_LTE: ClassVar[RadioAccessTechnology]
    _3GPP_TDSCDMA: ClassVar[RadioAccessTechnology]
    _3GPP_WLAN: ClassVar[RadioAccessTechnology]
    _3GPP_5G: ClassVar[RadioAccessTechnology]
    _3GPP2_1X: ClassVar[RadioAccessTechnology]
    _3GPP2_HRPD: ClassVar[RadioAccessTechnology]
    _3GPP2_EHRPD: ClassVar[RadioAccessTechnology]
    _3GPP2_WLAN: ClassVar[RadioAccessTechnology]
    definition = "radio-access-technology"
    names = {
        0: "unknown",
        1: "3gpp-wcdma",
        2: "3gpp-geran",
        3: "3gpp-lte",
        4: "3gpp-tdscdma",
        5: "3gpp-wlan",
        6: "3gpp-5g",
        101: "3gpp2-1x",
        102: "3gpp2-hrpd",
        103: "3gpp2-ehrpd",
        104: "3gpp2-wlan",
    }


class ApnTypePreference(OpenFlags):
    DEFAULT: ClassVar[ApnTypePreference]
    IMS: ClassVar[ApnTypePreference]
    MMS: ClassVar[ApnTypePreference]
    DUN: ClassVar[ApnTypePreference]
    SUPL: ClassVar[ApnTypePreference]
    HIPRI: ClassVar[ApnTypePreference]
    FOTA: ClassVar[ApnTypePreference]
    CBS: ClassVar[ApnTypePreference]
    IA: ClassVar[ApnTypePreference]
    EMERGENCY: ClassVar[ApnTypePreference]
    definition = "apn-type-preference"
    names = {
        0x1: "default",
        0x2: "ims",
        0x4: "mms",
        0x8: "dun",
        0x10: "supl",
        0x20: "hipri",
        0x40: "fota",
        0x80: "cbs",
        0x100: "ia",
        0x200: "emergency",
    }


class SoMask(OpenFlags):
    _3GPP_SO_MASK_WCDMA: ClassVar[SoMask]
    _3GPP_SO_MASK_HSDPA: ClassVar[SoMask]
    _3GPP_SO_MASK_HSUPA: ClassVar[SoMask]
    _3GPP_SO_MASK_HSDPAPLUS: ClassVar[SoMask]
    _3GPP_SO_MASK_DC_HSDPAPLUS: ClassVar[SoMask]
    _3GPP_SO_MASK_64_QAM: ClassVar[SoMask]
    _3GPP_SO_MASK_HSPA: ClassVar[SoMask]
    _3GPP_SO_MASK_GPRS: ClassVar[SoMask]
    _3GPP_SO_MASK_EDGE: ClassVar[SoMask]
    _3GPP_SO_MASK_GSM: ClassVar[SoMask]
    _3GPP_SO_MASK_S2B: ClassVar[SoMask]
    _3GPP_SO_MASK_LTE_LIMITED_SRVC: ClassVar[SoMask]
    _3GPP_SO_MASK_LTE_FDD: ClassVar[SoMask]
    _3GPP_SO_MASK_LTE_TDD: ClassVar[SoMask]
    _3GPP_SO_MASK_TDSCDMA: ClassVar[SoMask]
    _3GPP_SO_MASK_DC_HSUPA: ClassVar[SoMask]
    _3GPP_SO_MASK_LTE_CA_DL: ClassVar[SoMask]
    _3GPP_SO_MASK_LTE_CA_UL: ClassVar[SoMask]
    _3GPP_SO_MASK_S2B_LIMITED_SRVC: ClassVar[SoMask]
    _3GPP_SO_MASK_FOUR_POINT_FIVE_G: ClassVar[SoMask]
    _3GPP_SO_MASK_FOUR_POINT_FIVE_G_PLUS: ClassVar[SoMask]
    _3GPP2_SO_MASK_1X_IS95: ClassVar[SoMask]
    _3GPP2_SO_MASK_1X_IS2000: ClassVar[SoMask]
    _3GPP2_SO_MASK_1X_IS2000_REL_A: ClassVar[SoMask]
    _3GPP2_SO_MASK_HDR_REV0_DPA: ClassVar[SoMask]
    _3GPP2_SO_MASK_HDR_REVA_DPA: ClassVar[SoMask]
    _3GPP2_SO_MASK_HDR_REVB_DPA: ClassVar[SoMask]
    _3GPP2_SO_MASK_HDR_REVA_MPA: ClassVar[SoMask]
    _3GPP2_SO_MASK_HDR_REVB_MPA: ClassVar[SoMask]
    _3GPP2_SO_MASK_HDR_REVA_EMPA: ClassVar[SoMask]
    _3GPP2_SO_MASK_HDR_REVB_EMPA: ClassVar[SoMask]
    _3GPP2_SO_MASK_HDR_REVB_MMPA: ClassVar[SoMask]
    _3GPP2_SO_MASK_HDR_EVDO_FMC: ClassVar[SoMask]
    _3GPP2_SO_MASK_1X_CS: ClassVar[SoMask]
    _3GPP_SO_MASK_5G_TDD: ClassVar[SoMask]
    _3GPP_SO_MASK_5G_SUB6: ClassVar[SoMask]
    _3GPP_SO_MASK_5G_MMWAVE: ClassVar[SoMask]
    _3GPP_SO_MASK_5G_NSA: ClassVar[SoMask]
    _3GPP_SO_MASK_5G_SA: ClassVar[SoMask]
    definition = "so-mask"
    names = {
        0x1: "3gpp-so-mask-wcdma",
        0x2: "3gpp-so-mask-hsdpa",
        0x4: "3gpp-so-mask-hsupa",
        0x8: "3gpp-so-mask-hsdpaplus",
        0x10: "3gpp-so-mask-dc-hsdpaplus",
        0x20: "3gpp-so-mask-64-qam",
        0x40: "3gpp-so-mask-hspa",
        0x80: "3gpp-so-mask-gprs",
        0x100: "3gpp-so-mask-edge",
        0x200: "3gpp-so-mask-gsm",
        0x400: "3gpp-so-mask-s2b",
        0x800: "3gpp-so-mask-lte-limited-srvc",
        0x1000: "3gpp-so-mask-lte-fdd",
        0x2000: "3gpp-so-mask-lte-tdd",
        0x4000: "3gpp-so-mask-tdscdma",
        0x8000: "3gpp-so-mask-dc-hsupa",
        0x10000: "3gpp-so-mask-lte-ca-dl",
        0x20000: "3gpp-so-mask-lte-ca-ul",
        0x40000: "3gpp-so-mask-s2b-limited-srvc",
        0x80000: "3gpp-so-mask-four-point-five-g",
        0x100000: "3gpp-so-mask-four-point-five-g-plus",
        0x1000000: "3gpp2-so-mask-1x-is95",
        0x2000000: "3gpp2-so-mask-1x-is2000",
        0x4000000: "3gpp2-so-mask-1x-is2000-rel-a",
        0x8000000: "3gpp2-so-mask-hdr-rev0-dpa",
        0x10000000: "3gpp2-so-mask-hdr-reva-dpa",
        0x20000000: "3gpp2-so-mask-hdr-revb-dpa",
        0x40000000: "3gpp2-so-mask-hdr-reva-mpa",
        0x80000000: "3gpp2-so-mask-hdr-revb-mpa",
        0x100000000: "3gpp2-so-mask-hdr-reva-empa",
        0x200000000: "3gpp2-so-mask-hdr-revb-empa",
        0x400000000: "3gpp2-so-mask-hdr-revb-mmpa",
        0x800000000: "3gpp2-so-mask-hdr-evdo-fmc",
        0x1000000000: "3gpp2-so-mask-1x-cs",
        0x10000000000: "3gpp-so-mask-5g-tdd",
        0x20000000000: "3gpp-so-mask-5g-sub6",
        0x40000000000: "3gpp-so-mask-5g-mmwave",
        0x80000000000: "3gpp-so-mask-5g-nsa",
        0x100000000000: "3gpp-so-mask-5g-sa",
    }


class DataSystem(Struct):
    technology: DataSystemNetworkType = member(Int(4, enum=DataSystemNetworkType))
    rat: RadioAccessTechnology = member(Int(4, enum=RadioAccessTechnology))
    so_mask: SoMask = member(Int(8, enum=SoMask))


class GetSystemStatusResponse(Response):
    """DSD 0x0024: the answer to :class:`GetSystemStatus`."""

    service = 0x2a
    service_name = "dsd"
    id = 0x0024
    message = "get-system-status"
    available_systems: list[DataSystem] | None = member(Array(Nested(DataSystem), count=U8), tlv=0x10, required=False, default=None)


class GetSystemStatus(Request[GetSystemStatusResponse]):
    """DSD 0x0024: Read which technologies could carry data now, the preferred one first."""

    service = 0x2a
    service_name = "dsd"
    id = 0x0024
    message = "get-system-status"
    response = GetSystemStatusResponse


class SystemStatusChangeResponse(Response):
    """DSD 0x0025: the answer to :class:`SystemStatusChange`."""

    service = 0x2a
    service_name = "dsd"
    id = 0x0025
    message = "system-status-change"


class SystemStatusChange(Request[SystemStatusChangeResponse]):
    """DSD 0x0025: Ask to be told when the data systems change, or no longer."""

    service = 0x2a
    service_name = "dsd"
    id = 0x0025
    message = "system-status-change"
    response = SystemStatusChangeResponse
    register_indication: bool | None = member(Bool(), tlv=0x11, required=False, default=None)


class GetApnInfoResponse(Response):
    """DSD 0x0033: the answer to :class:`GetApnInfo`."""

    service = 0x2a
    service_name = "dsd"
    id = 0x0033
    message = "get-apn-info"
    apn_name: str | None = member(Text(), tlv=0x10, required=False, default=None)


class GetApnInfo(Request[GetApnInfoResponse]):
    """DSD 0x0033: Read the APN that the modem would use for one purpose."""

    service = 0x2a
    service_name = "dsd"
    id = 0x0033
    message = "get-apn-info"
    response = GetApnInfoResponse
    apn_type: ApnType = member(Int(4, enum=ApnType), tlv=0x01)


class SetApnTypeResponse(Response):
    """DSD 0x0051: the answer to :class:`SetApnType`."""

    service = 0x2a
    service_name = "dsd"
    id = 0x0051
    message = "set-apn-type"


class SetApnTypeApnType(Struct):
    name: str = member(Text(U8))
    type: ApnTypePreference = member(Int(8, enum=ApnTypePreference))


class SetApnType(Request[SetApnTypeResponse]):
    """DSD 0x0051: Say which purposes an APN serves."""

    service = 0x2a
    service_name = "dsd"
    id = 0x0051
    message = "set-apn-type"
    response = SetApnTypeResponse
    apn_type: SetApnTypeApnType = member(Nested(SetApnTypeApnType), tlv=0x01)
    apn_type_preference_mask: ApnTypePreference | None = member(Int(8, enum=ApnTypePreference), tlv=0x10, required=False, default=None)


class SystemStatusIndication(Indication):
    """DSD 0x0026: Other technologies can carry data than before."""

    service = 0x2a
    service_name = "dsd"
    id = 0x0026
    message = "system-status"
    available_systems: list[DataSystem] | None = member(Array(Nested(DataSystem), count=U8), tlv=0x10, required=False, default=None)
