# SPDX-License-Identifier: GPL-2.0-or-later OR MIT
# Do not edit: made from protocols/qmi/nas.toml, protocols/qmi/nas.bands.toml, protocols/qmi/nas.cells.toml, protocols/qmi/nas.enums.toml, protocols/qmi/nas.names.toml, protocols/qmi/nas.selection.toml, protocols/qmi/nas.serving-system.toml, protocols/qmi/nas.signal.toml, protocols/qmi/nas.system-info.toml
# by python -m qmiprobe._codegen
"""Network Access Service: registration, serving system, signal, cells and preferences."""

from __future__ import annotations

from typing import ClassVar
from qmiprobe._arrays import Array, Nested
from qmiprobe._enums import OpenEnum, OpenFlags
from qmiprobe._message import Indication, Request, Response, Struct, member
from qmiprobe._text import Plmn, Text, U16, U32, U64, U8
from qmiprobe._types import Bool, Bytes, Float, Int
from qmiprobe.qmi.services._shared import Bands, LteBands

class SwiModemMode(OpenEnum):
    POWERING_OFF: ClassVar[SwiModemMode]
    FACTORY_TEST: ClassVar[SwiModemMode]
    OFFLINE: ClassVar[SwiModemMode]
    OFFLINE_AMPS: ClassVar[SwiModemMode]
    OFFLINE_CDMA: ClassVar[SwiModemMode]
    ONLINE: ClassVar[SwiModemMode]
    LOW_POWER: ClassVar[SwiModemMode]
    RESETTING: ClassVar[SwiModemMode]
    NETWORK_TEST: ClassVar[SwiModemMode]
    OFFLINE_REQUEST: ClassVar[SwiModemMode]
    PSEUDO_ONLINE: ClassVar[SwiModemMode]
    RESETTING_MODEM: ClassVar[SwiModemMode]
    UNKNOWN: ClassVar[SwiModemMode]
    definition = "swi-modem-mode"
    names = {
        0: "powering-off",
        1: "factory-test",
        2: "offline",
        3: "offline-amps",
        4: "offline-cdma",
        5: "online",
        6: "low-power",
        7: "resetting",
        8: "network-test",
        9: "offline-request",
        10: "pseudo-online",
        11: "resetting-modem",
        255: "unknown",
    }


class SwiSystemMode(OpenEnum):
    NO_SERVICE: ClassVar[SwiSystemMode]
    AMPS: ClassVar[SwiSystemMode]
    CDMA: ClassVar[SwiSystemMode]
    GSM: ClassVar[SwiSystemMode]
    HDR: ClassVar[SwiSystemMode]
    WCDMA: ClassVar[SwiSystemMode]
    GPS: ClassVar[SwiSystemMode]
    WLAN: ClassVar[SwiSystemMode]
    LTE: ClassVar[SwiSystemMode]
    UNKNOWN: ClassVar[SwiSystemMode]
    definition = "swi-system-mode"
    names = {
        0: "no-service",
        1: "amps",
        2: "cdma",
        3: "gsm",
        4: "hdr",
        5: "wcdma",
        6: "gps",
        8: "wlan",
        9: "lte",
        255: "unknown",
    }


class SwiImsRegState(OpenEnum):
    NO_SRV: ClassVar[SwiImsRegState]
    IN_PROG: ClassVar[SwiImsRegState]
    FAILED: ClassVar[SwiImsRegState]
    LIMITED: ClassVar[SwiImsRegState]
    FULL_SRV: ClassVar[SwiImsRegState]
    UNKNOWN: ClassVar[SwiImsRegState]
    definition = "swi-ims-reg-state"
    names = {
        0: "no-srv",
        1: "in-prog",
        2: "failed",
        3: "limited",
        4: "full-srv",
        255: "unknown",
    }


class SwiPsState(OpenEnum):
    ATTACHED: ClassVar[SwiPsState]
    DETACHED: ClassVar[SwiPsState]
    UNKNOWN: ClassVar[SwiPsState]
    definition = "swi-ps-state"
    names = {
        0: "attached",
        1: "detached",
        255: "unknown",
    }


class SwiEmmState(OpenEnum):
    DEREGISTERED: ClassVar[SwiEmmState]
    REG_INITIATED: ClassVar[SwiEmmState]
    REGISTERED: ClassVar[SwiEmmState]
    TAU_INITIATED: ClassVar[SwiEmmState]
    SR_INITIATED: ClassVar[SwiEmmState]
    DEREG_INITIATED: ClassVar[SwiEmmState]
    INVALID: ClassVar[SwiEmmState]
    UNKNOWN: ClassVar[SwiEmmState]
    definition = "swi-emm-state"
    names = {
        0: "deregistered",
        1: "reg-initiated",
        2: "registered",
        3: "tau-initiated",
        4: "sr-initiated",
        5: "dereg-initiated",
        6: "invalid",
        255: "unknown",
    }


class SwiEmmConnectionState(OpenEnum):
    RRC_IDLE: ClassVar[SwiEmmConnectionState]
    WAITING_RRC_CFM: ClassVar[SwiEmmConnectionState]
    RRC_CONNECTING: ClassVar[SwiEmmConnectionState]
    RRC_RELEASING: ClassVar[SwiEmmConnectionState]
    UNKNOWN: ClassVar[SwiEmmConnectionState]
    definition = "swi-emm-connection-state"
    names = {
        0: "rrc-idle",
        1: "waiting-rrc-cfm",
        2: "rrc-connecting",
        3: "rrc-releasing",
        255: "unknown",
    }


class ActiveBand(OpenEnum):
    BC_0: ClassVar[ActiveBand]
    BC_1: ClassVar[ActiveBand]
    BC_2: ClassVar[ActiveBand]
    BC_3: ClassVar[ActiveBand]
    BC_4: ClassVar[ActiveBand]
    BC_5: ClassVar[ActiveBand]
    BC_6: ClassVar[ActiveBand]
    BC_7: ClassVar[ActiveBand]
    BC_8: ClassVar[ActiveBand]
    BC_9: ClassVar[ActiveBand]
    BC_10: ClassVar[ActiveBand]
    BC_11: ClassVar[ActiveBand]
    BC_12: ClassVar[ActiveBand]
    BC_13: ClassVar[ActiveBand]
    BC_14: ClassVar[ActiveBand]
    BC_15: ClassVar[ActiveBand]
    BC_16: ClassVar[ActiveBand]
    BC_17: ClassVar[ActiveBand]
    BC_18: ClassVar[ActiveBand]
    BC_19: ClassVar[ActiveBand]
    GSM_450: ClassVar[ActiveBand]
    GSM_480: ClassVar[ActiveBand]
    GSM_750: ClassVar[ActiveBand]
    GSM_850: ClassVar[ActiveBand]
    GSM_900_EXTENDED: ClassVar[ActiveBand]
    GSM_900_PRIMARY: ClassVar[ActiveBand]
    GSM_900_RAILWAYS: ClassVar[ActiveBand]
    GSM_DCS_1800: ClassVar[ActiveBand]
    GSM_PCS_1900: ClassVar[ActiveBand]
    WCDMA_2100: ClassVar[ActiveBand]
    WCDMA_PCS_1900: ClassVar[ActiveBand]
    WCDMA_DCS_1800: ClassVar[ActiveBand]
    WCDMA_1700_US: ClassVar[ActiveBand]
    WCDMA_850: ClassVar[ActiveBand]
    WCDMA_800: ClassVar[ActiveBand]
    WCDMA_2600: ClassVar[ActiveBand]
    WCDMA_900: ClassVar[ActiveBand]
    WCDMA_1700_JAPAN: ClassVar[ActiveBand]
    WCDMA_1500_JAPAN: ClassVar[ActiveBand]
    WCDMA_850_JAPAN: ClassVar[ActiveBand]
    EUTRAN_1: ClassVar[ActiveBand]
    EUTRAN_2: ClassVar[ActiveBand]
    EUTRAN_3: ClassVar[ActiveBand]
    EUTRAN_4: ClassVar[ActiveBand]
    EUTRAN_5: ClassVar[ActiveBand]
    EUTRAN_6: ClassVar[ActiveBand]
    EUTRAN_7: ClassVar[ActiveBand]
    EUTRAN_8: ClassVar[ActiveBand]
    EUTRAN_9: ClassVar[ActiveBand]
    EUTRAN_10: ClassVar[ActiveBand]
    EUTRAN_11: ClassVar[ActiveBand]
    EUTRAN_12: ClassVar[ActiveBand]
    EUTRAN_13: ClassVar[ActiveBand]
    EUTRAN_14: ClassVar[ActiveBand]
    EUTRAN_17: ClassVar[ActiveBand]
    EUTRAN_18: ClassVar[ActiveBand]
    EUTRAN_19: ClassVar[ActiveBand]
    EUTRAN_20: ClassVar[ActiveBand]
    EUTRAN_21: ClassVar[ActiveBand]
    EUTRAN_23: ClassVar[ActiveBand]
    EUTRAN_24: ClassVar[ActiveBand]
    EUTRAN_25: ClassVar[ActiveBand]
    EUTRAN_26: ClassVar[ActiveBand]
    EUTRAN_27: ClassVar[ActiveBand]
    EUTRAN_28: ClassVar[ActiveBand]
    EUTRAN_29: ClassVar[ActiveBand]
    EUTRAN_30: ClassVar[ActiveBand]
    EUTRAN_31: ClassVar[ActiveBand]
    EUTRAN_32: ClassVar[ActiveBand]
    EUTRAN_33: ClassVar[ActiveBand]
    EUTRAN_34: ClassVar[ActiveBand]
    EUTRAN_35: ClassVar[ActiveBand]
    EUTRAN_36: ClassVar[ActiveBand]
    EUTRAN_37: ClassVar[ActiveBand]
    EUTRAN_38: ClassVar[ActiveBand]
    EUTRAN_39: ClassVar[ActiveBand]
    EUTRAN_40: ClassVar[ActiveBand]
    EUTRAN_41: ClassVar[ActiveBand]
    EUTRAN_42: ClassVar[ActiveBand]
    EUTRAN_43: ClassVar[ActiveBand]
    EUTRAN_46: ClassVar[ActiveBand]
    EUTRAN_47: ClassVar[ActiveBand]
    EUTRAN_48: ClassVar[ActiveBand]
    EUTRAN_66: ClassVar[ActiveBand]
    EUTRAN_71: ClassVar[ActiveBand]
    EUTRAN_125: ClassVar[ActiveBand]
    EUTRAN_126: ClassVar[ActiveBand]
    EUTRAN_127: ClassVar[ActiveBand]
    EUTRAN_250: ClassVar[ActiveBand]
    TDSCDMA_A: ClassVar[ActiveBand]
    TDSCDMA_B: ClassVar[ActiveBand]
    TDSCDMA_C: ClassVar[ActiveBand]
    TDSCDMA_D: ClassVar[ActiveBand]
    TDSCDMA_E: ClassVar[ActiveBand]
    TDSCDMA_F: ClassVar[ActiveBand]
    NR5G_1: ClassVar[ActiveBand]
    NR5G_2: ClassVar[ActiveBand]
    NR5G_3: ClassVar[ActiveBand]
    NR5G_5: ClassVar[ActiveBand]
    NR5G_7: ClassVar[ActiveBand]
    NR5G_8: ClassVar[ActiveBand]
    NR5G_20: ClassVar[ActiveBand]
    NR5G_28: ClassVar[ActiveBand]
    NR5G_38: ClassVar[ActiveBand]
    NR5G_41: ClassVar[ActiveBand]
    NR5G_50: ClassVar[ActiveBand]
    NR5G_51: ClassVar[ActiveBand]
    NR5G_66: ClassVar[ActiveBand]
    NR5G_70: ClassVar[ActiveBand]
    NR5G_71: ClassVar[ActiveBand]
    NR5G_74: ClassVar[ActiveBand]
    NR5G_75: ClassVar[ActiveBand]
    NR5G_76: ClassVar[ActiveBand]
    NR5G_77: ClassVar[ActiveBand]
    NR5G_78: ClassVar[ActiveBand]
    NR5G_79: ClassVar[ActiveBand]
    NR5G_80: ClassVar[ActiveBand]
    NR5G_81: ClassVar[ActiveBand]
    NR5G_82: ClassVar[ActiveBand]
    NR5G_83: ClassVar[ActiveBand]
    NR5G_84: ClassVar[ActiveBand]
    NR5G_85: ClassVar[ActiveBand]
    NR5G_257: ClassVar[ActiveBand]
    NR5G_258: ClassVar[ActiveBand]
    NR5G_259: ClassVar[ActiveBand]
    NR5G_260: ClassVar[ActiveBand]
    NR5G_261: ClassVar[ActiveBand]
    NR5G_12: ClassVar[ActiveBand]
    NR5G_25: ClassVar[ActiveBand]
    NR5G_34: ClassVar[ActiveBand]
    NR5G_39: ClassVar[ActiveBand]
    NR5G_40: ClassVar[ActiveBand]
    NR5G_65: ClassVar[ActiveBand]
    NR5G_86: ClassVar[ActiveBand]
    NR5G_48: ClassVar[ActiveBand]
    NR5G_14: ClassVar[ActiveBand]
    NR5G_13: ClassVar[ActiveBand]
    NR5G_18: ClassVar[ActiveBand]
    NR5G_26: ClassVar[ActiveBand]
    NR5G_30: ClassVar[ActiveBand]
    NR5G_29: ClassVar[ActiveBand]
    NR5G_53: ClassVar[ActiveBand]
    NR5G_46: ClassVar[ActiveBand]
    NR5G_91: ClassVar[ActiveBand]
    NR5G_92: ClassVar[ActiveBand]
    NR5G_93: ClassVar[ActiveBand]
    NR5G_94: ClassVar[ActiveBand]
    definition = "active-band"
    names = {
        0: "bc-0",
        1: "bc-1",
        2: "bc-2",
        3: "bc-3",
        4: "bc-4",
        5: "bc-5",
        6: "bc-6",
        7: "bc-7",
        8: "bc-8",
        9: "bc-9",
        10: "bc-10",
        11: "bc-11",
        12: "bc-12",
        13: "bc-13",
        14: "bc-14",
        15: "bc-15",
        16: "bc-16",
        17: "bc-17",
        18: "bc-18",
        19: "bc-19",
        40: "gsm-450",
        41: "gsm-480",
        42: "gsm-750",
        43: "gsm-850",
        44: "gsm-900-extended",
        45: "gsm-900-primary",
        46: "gsm-900-railways",
        47: "gsm-dcs-1800",
        48: "gsm-pcs-1900",
        80: "wcdma-2100",
        81: "wcdma-pcs-1900",
        82: "wcdma-dcs-1800",
        83: "wcdma-1700-us",
        84: "wcdma-850",
        85: "wcdma-800",
        86: "wcdma-2600",
        87: "wcdma-900",
        88: "wcdma-1700-japan",
        90: "wcdma-1500-japan",
        91: "wcdma-850-japan",
        120: "eutran-1",
        121: "eutran-2",
        122: "eutran-3",
        123: "eutran-4",
        124: "eutran-5",
        125: "eutran-6",
        126: "eutran-7",
        127: "eutran-8",
        128: "eutran-9",
        129: "eutran-10",
        130: "eutran-11",
        131: "eutran-12",
        132: "eutran-13",
        133: "eutran-14",
        134: "eutran-17",
        143: "eutran-18",
        144: "eutran-19",
        145: "eutran-20",
        146: "eutran-21",
        152: "eutran-23",
        147: "eutran-24",
        148: "eutran-25",
        153: "eutran-26",
        164: "eutran-27",
        158: "eutran-28",
        159: "eutran-29",
        160: "eutran-30",
        165: "eutran-31",
        154: "eutran-32",
        135: "eutran-33",
        136: "eutran-34",
        137: "eutran-35",
        138: "eutran-36",
        139: "eutran-37",
        140: "eutran-38",
        141: "eutran-39",
        142: "eutran-40",
        149: "eutran-41",
        150: "eutran-42",
        151: "eutran-43",
        163: "eutran-46",
        166: "eutran-47",
        167: "eutran-48",
        161: "eutran-66",
        168: "eutran-71",
        155: "eutran-125",
        156: "eutran-126",
        157: "eutran-127",
        162: "eutran-250",
        200: "tdscdma-a",
        201: "tdscdma-b",
        202: "tdscdma-c",
        203: "tdscdma-d",
        204: "tdscdma-e",
        205: "tdscdma-f",
        250: "nr5g-1",
        251: "nr5g-2",
        252: "nr5g-3",
        253: "nr5g-5",
        254: "nr5g-7",
        255: "nr5g-8",
        256: "nr5g-20",
        257: "nr5g-28",
        258: "nr5g-38",
        259: "nr5g-41",
        260: "nr5g-50",
        261: "nr5g-51",
        262: "nr5g-66",
        263: "nr5g-70",
        264: "nr5g-71",
        265: "nr5g-74",
        266: "nr5g-75",
        267: "nr5g-76",
        268: "nr5g-77",
        269: "nr5g-78",
        270: "nr5g-79",
        271: "nr5g-80",
        272: "nr5g-81",
        273: "nr5g-82",
        274: "nr5g-83",
        275: "nr5g-84",
        276: "nr5g-85",
        277: "nr5g-257",
        278: "nr5g-258",
        279: "nr5g-259",
        280: "nr5g-260",
        281: "nr5g-261",
        282: "nr5g-12",
        283: "nr5g-25",
        284: "nr5g-34",
        285: "nr5g-39",
        286: "nr5g-40",
        287: "nr5g-65",
        288: "nr5g-86",
        289: "nr5g-48",
        290: "nr5g-14",
        291: "nr5g-13",
        292: "nr5g-18",
        293: "nr5g-26",
        294: "nr5g-30",
        295: "nr5g-29",
        296: "nr5g-53",
        297: "nr5g-46",
        298: "nr5g-91",
        299: "nr5g-92",
        300: "nr5g-93",
        301: "nr5g-94",
    }


class DlBandwidth(OpenEnum):
    _1_4: ClassVar[DlBandwidth]
    _3: ClassVar[DlBandwidth]
    _5: ClassVar[DlBandwidth]
    _10: ClassVar[DlBandwidth]
    _15: ClassVar[DlBandwidth]
    _20: ClassVar[DlBandwidth]
    _5GNR_5: ClassVar[DlBandwidth]
    _5GNR_10: ClassVar[DlBandwidth]
    _5GNR_15: ClassVar[DlBandwidth]
    _5GNR_20: ClassVar[DlBandwidth]
    _5GNR_25: ClassVar[DlBandwidth]
    _5GNR_30: ClassVar[DlBandwidth]
    _5GNR_40: ClassVar[DlBandwidth]
    _5GNR_50: ClassVar[DlBandwidth]
    _5GNR_60: ClassVar[DlBandwidth]
    _5GNR_80: ClassVar[DlBandwidth]
    _5GNR_90: ClassVar[DlBandwidth]
    _5GNR_100: ClassVar[DlBandwidth]
    _5GNR_200: ClassVar[DlBandwidth]
    _5GNR_400: ClassVar[DlBandwidth]
    GSM_02: ClassVar[DlBandwidth]
    TDSCDMA_16: ClassVar[DlBandwidth]
    WCDMA_5: ClassVar[DlBandwidth]
    WCDMA_10: ClassVar[DlBandwidth]
    _5GNR_70: ClassVar[DlBandwidth]
    UNKNOWN: ClassVar[DlBandwidth]
    definition = "dl-bandwidth"
    names = {
        0: "1-4",
        1: "3",
        2: "5",
        3: "10",
        4: "15",
        5: "20",
        6: "5gnr-5",
        7: "5gnr-10",
        8: "5gnr-15",
        9: "5gnr-20",
        10: "5gnr-25",
        11: "5gnr-30",
        12: "5gnr-40",
        13: "5gnr-50",
        14: "5gnr-60",
        15: "5gnr-80",
        16: "5gnr-90",
        17: "5gnr-100",
        18: "5gnr-200",
        19: "5gnr-400",
        20: "gsm-02",
        21: "tdscdma-16",
        22: "wcdma-5",
        23: "wcdma-10",
        24: "5gnr-70",
        255: "unknown",
    }


class CdmaPilotType(OpenEnum):
    ACTIVE: ClassVar[CdmaPilotType]
    NEIGHBOR: ClassVar[CdmaPilotType]
    definition = "cdma-pilot-type"
    names = {
        0: "active",
        1: "neighbor",
    }


class WcdmaRrcState(OpenEnum):
    DISCONNECTED: ClassVar[WcdmaRrcState]
    CELL_PCH: ClassVar[WcdmaRrcState]
    URA_PCH: ClassVar[WcdmaRrcState]
    CELL_FACH: ClassVar[WcdmaRrcState]
    CELL_DCH: ClassVar[WcdmaRrcState]
    definition = "wcdma-rrc-state"
    names = {
        0: "disconnected",
        1: "cell-pch",
        2: "ura-pch",
        3: "cell-fach",
        4: "cell-dch",
    }


class ScellState(OpenEnum):
    DECONFIGURED: ClassVar[ScellState]
    DEACTIVATED: ClassVar[ScellState]
    ACTIVATED: ClassVar[ScellState]
    definition = "scell-state"
    names = {
        0: "deconfigured",
        1: "deactivated",
        2: "activated",
    }


class RadioInterface(OpenEnum):
    UNKNOWN: ClassVar[RadioInterface]
    NONE: ClassVar[RadioInterface]
    CDMA_1X: ClassVar[RadioInterface]
    CDMA_1XEVDO: ClassVar[RadioInterface]
    AMPS: ClassVar[RadioInterface]
    GSM: ClassVar[RadioInterface]
    UMTS: ClassVar[RadioInterface]
    LTE: ClassVar[RadioInterface]
    TD_SCDMA: ClassVar[RadioInterface]
    _5GNR: ClassVar[RadioInterface]
    NO_CHANGE: ClassVar[RadioInterface]
    definition = "radio-interface"
    names = {
        -1: "unknown",
        0: "none",
        1: "cdma-1x",
        2: "cdma-1xevdo",
        3: "amps",
        4: "gsm",
        5: "umts",
        8: "lte",
        9: "td-scdma",
        12: "5gnr",
        255: "no-change",
    }


class NetworkServiceDomain(OpenEnum):
    NONE: ClassVar[NetworkServiceDomain]
    CS: ClassVar[NetworkServiceDomain]
    PS: ClassVar[NetworkServiceDomain]
    CS_PS: ClassVar[NetworkServiceDomain]
    CAMPED: ClassVar[NetworkServiceDomain]
    definition = "network-service-domain"
    names = {
        0: "none",
        1: "cs",
        2: "ps",
        3: "cs-ps",
        4: "camped",
    }


class NetworkRegisterType(OpenEnum):
    AUTOMATIC: ClassVar[NetworkRegisterType]
    MANUAL: ClassVar[NetworkRegisterType]
    definition = "network-register-type"
    names = {
        1: "automatic",
        2: "manual",
    }


class PsAttachAction(OpenEnum):
    ATTACH: ClassVar[PsAttachAction]
    DETACH: ClassVar[PsAttachAction]
    definition = "ps-attach-action"
    names = {
        1: "attach",
        2: "detach",
    }


class RegistrationState(OpenEnum):
    NOT_REGISTERED: ClassVar[RegistrationState]
    REGISTERED: ClassVar[RegistrationState]
    NOT_REGISTERED_SEARCHING: ClassVar[RegistrationState]
    REGISTRATION_DENIED: ClassVar[RegistrationState]
    UNKNOWN: ClassVar[RegistrationState]
    definition = "registration-state"
    names = {
        0: "not-registered",
        1: "registered",
        2: "not-registered-searching",
        3: "registration-denied",
        4: "unknown",
    }


class AttachState(OpenEnum):
    UNKNOWN: ClassVar[AttachState]
    ATTACHED: ClassVar[AttachState]
    DETACHED: ClassVar[AttachState]
    definition = "attach-state"
    names = {
        0: "unknown",
        1: "attached",
        2: "detached",
    }


class NetworkType(OpenEnum):
    UNKNOWN: ClassVar[NetworkType]
    _3GPP2: ClassVar[NetworkType]
    _3GPP: ClassVar[NetworkType]
    definition = "network-type"
    names = {
        0: "unknown",
        1: "3gpp2",
        2: "3gpp",
    }


class RoamingIndicatorStatus(OpenEnum):
    ON: ClassVar[RoamingIndicatorStatus]
    OFF: ClassVar[RoamingIndicatorStatus]
    definition = "roaming-indicator-status"
    names = {
        0: "on",
        1: "off",
    }


class DataCapability(OpenEnum):
    NONE: ClassVar[DataCapability]
    GPRS: ClassVar[DataCapability]
    EDGE: ClassVar[DataCapability]
    HSDPA: ClassVar[DataCapability]
    HSUPA: ClassVar[DataCapability]
    WCDMA: ClassVar[DataCapability]
    CDMA: ClassVar[DataCapability]
    EVDO_REV_0: ClassVar[DataCapability]
    EVDO_REV_A: ClassVar[DataCapability]
    GSM: ClassVar[DataCapability]
    EVDO_REV_B: ClassVar[DataCapability]
    LTE: ClassVar[DataCapability]
    HSDPA_PLUS: ClassVar[DataCapability]
    DC_HSDPA_PLUS: ClassVar[DataCapability]
    definition = "data-capability"
    names = {
        0: "none",
        1: "gprs",
        2: "edge",
        3: "hsdpa",
        4: "hsupa",
        5: "wcdma",
        6: "cdma",
        7: "evdo-rev-0",
        8: "evdo-rev-a",
        9: "gsm",
        10: "evdo-rev-b",
        11: "lte",
        12: "hsdpa-plus",
        13: "dc-hsdpa-plus",
    }


class ServiceStatus(OpenEnum):
    NONE: ClassVar[ServiceStatus]
    LIMITED: ClassVar[ServiceStatus]
    AVAILABLE: ClassVar[ServiceStatus]
    LIMITED_REGIONAL: ClassVar[ServiceStatus]
    POWER_SAVE: ClassVar[ServiceStatus]
    definition = "service-status"
    names = {
        0: "none",
        1: "limited",
        2: "available",
        3: "limited-regional",
        4: "power-save",
    }


class HdrPersonality(OpenEnum):
    UNKNOWN: ClassVar[HdrPersonality]
    HRPD: ClassVar[HdrPersonality]
    EHRPD: ClassVar[HdrPersonality]
    definition = "hdr-personality"
    names = {
        0: "unknown",
        1: "hrpd",
        2: "ehrpd",
    }


class CallBarringStatus(OpenEnum):
    NORMAL_ONLY: ClassVar[CallBarringStatus]
    EMERGENCY_ONLY: ClassVar[CallBarringStatus]
    NO_CALLS: ClassVar[CallBarringStatus]
    ALL_CALLS: ClassVar[CallBarringStatus]
    UNKNOWN: ClassVar[CallBarringStatus]
    definition = "call-barring-status"
    names = {
        0: "normal-only",
        1: "emergency-only",
        2: "no-calls",
        3: "all-calls",
        -1: "unknown",
    }


class LteRegistrationDomain(OpenEnum):
    NOT_APPLICABLE: ClassVar[LteRegistrationDomain]
    CS_ONLY: ClassVar[LteRegistrationDomain]
    PS_ONLY: ClassVar[LteRegistrationDomain]
    CS_PS: ClassVar[LteRegistrationDomain]
    LIMITED_SERVICE: ClassVar[LteRegistrationDomain]
    definition = "lte-registration-domain"
    names = {
        0: "not-applicable",
        1: "cs-only",
        2: "ps-only",
        3: "cs-ps",
        4: "limited-service",
    }


class RoamingStatus(OpenEnum):
    OFF: ClassVar[RoamingStatus]
    ON: ClassVar[RoamingStatus]
    BLINK: ClassVar[RoamingStatus]
    OUT_OF_NEIGHBORHOOD: ClassVar[RoamingStatus]
    OUT_OF_BUILDING: ClassVar[RoamingStatus]
    PREFERRED_SYSTEM: ClassVar[RoamingStatus]
    AVAILABLE_SYSTEM: ClassVar[RoamingStatus]
    ALLIANCE_PARTNER: ClassVar[RoamingStatus]
    PREMIUM_PARTNER: ClassVar[RoamingStatus]
    FULL_SERVICE: ClassVar[RoamingStatus]
    PARTIAL_SERVICE: ClassVar[RoamingStatus]
    BANNER_ON: ClassVar[RoamingStatus]
    BANNER_OFF: ClassVar[RoamingStatus]
    definition = "roaming-status"
    names = {
        0: "off",
        1: "on",
        2: "blink",
        3: "out-of-neighborhood",
        4: "out-of-building",
        5: "preferred-system",
        6: "available-system",
        7: "alliance-partner",
        8: "premium-partner",
        9: "full-service",
        10: "partial-service",
        11: "banner-on",
        12: "banner-off",
    }


class LteCellAccessStatus(OpenEnum):
    NORMAL_ONLY: ClassVar[LteCellAccessStatus]
    EMERGENCY_ONLY: ClassVar[LteCellAccessStatus]
    NO_CALLS: ClassVar[LteCellAccessStatus]
    ALL_CALLS: ClassVar[LteCellAccessStatus]
    UNKNOWN: ClassVar[LteCellAccessStatus]
    definition = "lte-cell-access-status"
    names = {
        0: "normal-only",
        1: "emergency-only",
        2: "no-calls",
        3: "all-calls",
        255: "unknown",
    }


class HdrProtocolRevision(OpenEnum):
    NONE: ClassVar[HdrProtocolRevision]
    REL_0: ClassVar[HdrProtocolRevision]
    REL_A: ClassVar[HdrProtocolRevision]
    REL_B: ClassVar[HdrProtocolRevision]
    definition = "hdr-protocol-revision"
    names = {
        0: "none",
        1: "rel-0",
        2: "rel-a",
        3: "rel-b",
    }


class WcdmaHsService(OpenEnum):
    HSDPA_HSUPA_UNSUPPORTED: ClassVar[WcdmaHsService]
    HSDPA_SUPPORTED: ClassVar[WcdmaHsService]
    HSUPA_SUPPORTED: ClassVar[WcdmaHsService]
    HSDPA_HSUPA_SUPPORTED: ClassVar[WcdmaHsService]
    HSDPA_PLUS_SUPPORTED: ClassVar[WcdmaHsService]
    HSDPA_PLUS_HSUPA_SUPPORTED: ClassVar[WcdmaHsService]
    DC_HSDPA_PLUS_SUPPORTED: ClassVar[WcdmaHsService]
    DC_HSDPA_PLUS_HSUPA_SUPPORTED: ClassVar[WcdmaHsService]
    definition = "wcdma-hs-service"
    names = {
        0: "hsdpa-hsupa-unsupported",
        1: "hsdpa-supported",
        2: "hsupa-supported",
        3: "hsdpa-hsupa-supported",
        4: "hsdpa-plus-supported",
        5: "hsdpa-plus-hsupa-supported",
        6: "dc-hsdpa-plus-supported",
        7: "dc-hsdpa-plus-hsupa-supported",
    }


class CellBroadcastCapability(OpenEnum):
    UNKNOWN: ClassVar[CellBroadcastCapability]
    OFF: ClassVar[CellBroadcastCapability]
    ON: ClassVar[CellBroadcastCapability]
    definition = "cell-broadcast-capability"
    names = {
        0: "unknown",
        1: "off",
        2: "on",
    }


class SimRejectState(OpenEnum):
    UNAVAILABLE: ClassVar[SimRejectState]
    AVAILABLE: ClassVar[SimRejectState]
    CS_INVALID: ClassVar[SimRejectState]
    PS_INVALID: ClassVar[SimRejectState]
    CS_PS_INVALID: ClassVar[SimRejectState]
    definition = "sim-reject-state"
    names = {
        0: "unavailable",
        1: "available",
        2: "cs-invalid",
        3: "ps-invalid",
        4: "cs-ps-invalid",
    }


class Drx(OpenEnum):
    UNKNOWN: ClassVar[Drx]
    CN6_T32: ClassVar[Drx]
    CN7_T64: ClassVar[Drx]
    CN8_T128: ClassVar[Drx]
    CN9_T256: ClassVar[Drx]
    definition = "drx"
    names = {
        0: "unknown",
        6: "cn6-t32",
        7: "cn7-t64",
        8: "cn8-t128",
        9: "cn9-t256",
    }


class LteVoiceDomain(OpenEnum):
    NONE: ClassVar[LteVoiceDomain]
    IMS: ClassVar[LteVoiceDomain]
    _1X: ClassVar[LteVoiceDomain]
    _3GPP: ClassVar[LteVoiceDomain]
    definition = "lte-voice-domain"
    names = {
        0: "none",
        1: "ims",
        2: "1x",
        3: "3gpp",
    }


class RejectCause(OpenEnum):
    NONE: ClassVar[RejectCause]
    IMSI_UNKNOWN_IN_HLR: ClassVar[RejectCause]
    ILLEGAL_UE: ClassVar[RejectCause]
    IMSI_UNKNOWN_IN_VLR: ClassVar[RejectCause]
    IMEI_NOT_ACCEPTED: ClassVar[RejectCause]
    ILLEGAL_ME: ClassVar[RejectCause]
    PS_SERVICES_NOT_ALLOWED: ClassVar[RejectCause]
    PS_AND_NON_PS_SERVICES_NOT_ALLOWED: ClassVar[RejectCause]
    UE_IDENTITY_NOT_DERIVED_BY_NETWORK: ClassVar[RejectCause]
    IMPLICITLY_DETACHED: ClassVar[RejectCause]
    PLMN_NOT_ALLOWED: ClassVar[RejectCause]
    LOCATION_AREA_NOT_ALLOWED: ClassVar[RejectCause]
    ROAMING_IN_LOCATION_AREA_NOT_ALLOWED: ClassVar[RejectCause]
    PS_SERVICES_IN_LOCATION_AREA_NOT_ALLOWED: ClassVar[RejectCause]
    NO_SUITABLE_CELLS_IN_LOCATION_AREA: ClassVar[RejectCause]
    MSC_TEMPORARILY_NOT_REACHABLE: ClassVar[RejectCause]
    NETWORK_FAILURE: ClassVar[RejectCause]
    CS_DOMAIN_NOT_AVAILABLE: ClassVar[RejectCause]
    ESM_FAILURE: ClassVar[RejectCause]
    MAC_FAILURE: ClassVar[RejectCause]
    SYNCH_FAILURE: ClassVar[RejectCause]
    CONGESTION: ClassVar[RejectCause]
    UE_SECURITY_CAPABILITIES_MISMATCH: ClassVar[RejectCause]
    SECURITY_MODE_REJECTED_UNSPECIFIED: ClassVar[RejectCause]
    CSG_NOT_AUTHORIZED: ClassVar[RejectCause]
    NON_EPS_AUTHENTICATION_UNACCEPTABLE: ClassVar[RejectCause]
    SMS_PROVIDED_BY_GPRS_IN_ROUTING_AREA: ClassVar[RejectCause]
    REDIRECTION_TO_5GCN_REQUIRED: ClassVar[RejectCause]
    SERVICE_OPTION_NOT_SUPPORTED: ClassVar[RejectCause]
    REQUESTED_SERVICE_OPTION_NOT_SUBSCRIBED: ClassVar[RejectCause]
    SERVICE_OPTION_TEMPORARILY_OUT_OF_ORDER: ClassVar[RejectCause]
    REQUESTED_SERVICE_OPTION_NOT_AUTHORIZED: ClassVar[RejectCause]
    CALL_CANNOT_BE_IDENTIFIED: ClassVar[RejectCause]
    CS_SERVICE_TEMPORARILY_NOT_AVAILABLE: ClassVar[RejectCause]
    NO_EPS_BEARER_CONTEXT_ACTIVATED: ClassVar[RejectCause]
    SEVERE_NETWORK_FAILURE: ClassVar[RejectCause]
    RETRY_UPON_ENTRY_INTO_NEW_CELL_0: ClassVar[RejectCause]
    RETRY_UPON_ENTRY_INTO_NEW_CELL_1: ClassVar[RejectCause]
    RETRY_UPON_ENTRY_INTO_NEW_CELL_2: ClassVar[RejectCause]
    RETRY_UPON_ENTRY_INTO_NEW_CELL_3: ClassVar[RejectCause]
    RETRY_UPON_ENTRY_INTO_NEW_CELL_4: ClassVar[RejectCause]
    RETRY_UPON_ENTRY_INTO_NEW_CELL_5: ClassVar[RejectCause]
    RETRY_UPON_ENTRY_INTO_NEW_CELL_6: ClassVar[RejectCause]
    RETRY_UPON_ENTRY_INTO_NEW_CELL_7: ClassVar[RejectCause]
    RETRY_UPON_ENTRY_INTO_NEW_CELL_8: ClassVar[RejectCause]
    RETRY_UPON_ENTRY_INTO_NEW_CELL_9: ClassVar[RejectCause]
    RETRY_UPON_ENTRY_INTO_NEW_CELL_10: ClassVar[RejectCause]
    RETRY_UPON_ENTRY_INTO_NEW_CELL_11: ClassVar[RejectCause]
    RETRY_UPON_ENTRY_INTO_NEW_CELL_12: ClassVar[RejectCause]
    RETRY_UPON_ENTRY_INTO_NEW_CELL_13: ClassVar[RejectCause]
    RETRY_UPON_ENTRY_INTO_NEW_CELL_14: ClassVar[RejectCause]
    RETRY_UPON_ENTRY_INTO_NEW_CELL_15: ClassVar[RejectCause]
    SEMANTICALLY_INCORRECT_MESSAGE: ClassVar[RejectCause]
    INVALID_MANDATORY_INFORMATION: ClassVar[RejectCause]
    MESSAGE_TYPE_NON_EXISTENT: ClassVar[RejectCause]
    MESSAGE_TYPE_NOT_COMPATIBLE: ClassVar[RejectCause]
    INFORMATION_ELEMENT_NON_EXISTENT: ClassVar[RejectCause]
    CONDITIONAL_INFORMATION_ELEMENT_ERROR: ClassVar[RejectCause]
    MESSAGE_NOT_COMPATIBLE: ClassVar[RejectCause]
    UNSPECIFIED_PROTOCOL_ERROR: ClassVar[RejectCause]
    definition = "reject-cause"
    names = {
        0: "none",
        2: "imsi-unknown-in-hlr",
        3: "illegal-ue",
        4: "imsi-unknown-in-vlr",
        5: "imei-not-accepted",
        6: "illegal-me",
        7: "ps-services-not-allowed",
        8: "ps-and-non-ps-services-not-allowed",
        9: "ue-identity-not-derived-by-network",
        10: "implicitly-detached",
        11: "plmn-not-allowed",
        12: "location-area-not-allowed",
        13: "roaming-in-location-area-not-allowed",
        14: "ps-services-in-location-area-not-allowed",
        15: "no-suitable-cells-in-location-area",
        16: "msc-temporarily-not-reachable",
        17: "network-failure",
        18: "cs-domain-not-available",
        19: "esm-failure",
        20: "mac-failure",
        21: "synch-failure",
        22: "congestion",
        23: "ue-security-capabilities-mismatch",
        24: "security-mode-rejected-unspecified",
        25: "csg-not-authorized",
        26: "non-eps-authentication-unacceptable",
        28: "sms-provided-by-gprs-in-routing-area",
        31: "redirection-to-5gcn-required",
        32: "service-option-not-supported",
        33: "requested-service-option-not-subscribed",
        34: "service-option-temporarily-out-of-order",
        35: "requested-service-option-not-authorized",
        38: "call-cannot-be-identified",
        39: "cs-service-temporarily-not-available",
        40: "no-eps-bearer-context-activated",
        42: "severe-network-failure",
        48: "retry-upon-entry-into-new-cell-0",
        49: "retry-upon-entry-into-new-cell-1",
        50: "retry-upon-entry-into-new-cell-2",
        51: "retry-upon-entry-into-new-cell-3",
        52: "retry-upon-entry-into-new-cell-4",
        53: "retry-upon-entry-into-new-cell-5",
        54: "retry-upon-entry-into-new-cell-6",
        55: "retry-upon-entry-into-new-cell-7",
        56: "retry-upon-entry-into-new-cell-8",
        57: "retry-upon-entry-into-new-cell-9",
        58: "retry-upon-entry-into-new-cell-10",
        59: "retry-upon-entry-into-new-cell-11",
        60: "retry-upon-entry-into-new-cell-12",
        61: "retry-upon-entry-into-new-cell-13",
        62: "retry-upon-entry-into-new-cell-14",
        63: "retry-upon-entry-into-new-cell-15",
        95: "semantically-incorrect-message",
        96: "invalid-mandatory-information",
        97: "message-type-non-existent",
        98: "message-type-not-compatible",
        99: "information-element-non-existent",
        100: "conditional-information-element-error",
        101: "message-not-compatible",
        111: "unspecified-protocol-error",
    }


class NetworkDescriptionDisplay(OpenEnum):
    NO: ClassVar[NetworkDescriptionDisplay]
    YES: ClassVar[NetworkDescriptionDisplay]
    UNKNOWN: ClassVar[NetworkDescriptionDisplay]
    definition = "network-description-display"
    names = {
        0: "no",
        1: "yes",
        255: "unknown",
    }


class NetworkDescriptionEncoding(OpenEnum):
    UNSPECIFIED: ClassVar[NetworkDescriptionEncoding]
    ASCII7: ClassVar[NetworkDescriptionEncoding]
    UNICODE: ClassVar[NetworkDescriptionEncoding]
    GSM: ClassVar[NetworkDescriptionEncoding]
    definition = "network-description-encoding"
    names = {
        0: "unspecified",
        1: "ascii7",
        4: "unicode",
        9: "gsm",
    }


class DayOfWeek(OpenEnum):
    MONDAY: ClassVar[DayOfWeek]
    TUESDAY: ClassVar[DayOfWeek]
    WEDNESDAY: ClassVar[DayOfWeek]
    THURSDAY: ClassVar[DayOfWeek]
    FRIDAY: ClassVar[DayOfWeek]
    SATURDAY: ClassVar[DayOfWeek]
    SUNDAY: ClassVar[DayOfWeek]
    definition = "day-of-week"
    names = {
        0: "monday",
        1: "tuesday",
        2: "wednesday",
        3: "thursday",
        4: "friday",
        5: "saturday",
        6: "sunday",
    }


class DaylightSavingsAdjustment(OpenEnum):
    NONE: ClassVar[DaylightSavingsAdjustment]
    ONE_HOUR: ClassVar[DaylightSavingsAdjustment]
    TWO_HOURS: ClassVar[DaylightSavingsAdjustment]
    definition = "daylight-savings-adjustment"
    names = {
        0: "none",
        1: "one-hour",
        2: "two-hours",
    }


class PlmnEncodingScheme(OpenEnum):
    GSM: ClassVar[PlmnEncodingScheme]
    UCS2LE: ClassVar[PlmnEncodingScheme]
    definition = "plmn-encoding-scheme"
    names = {
        0: "gsm",
        1: "ucs2le",
    }


class PlmnNameCountryInitials(OpenEnum):
    INITIALS_DO_NOT_ADD: ClassVar[PlmnNameCountryInitials]
    INIITALS_ADD: ClassVar[PlmnNameCountryInitials]
    INIITALS_UNSPECIFIED: ClassVar[PlmnNameCountryInitials]
    definition = "plmn-name-country-initials"
    names = {
        0: "initials-do-not-add",
        1: "iniitals-add",
        255: "iniitals-unspecified",
    }


class NetworkNameSource(OpenEnum):
    UNKNOWN: ClassVar[NetworkNameSource]
    OPERATOR_PLMN_LIST_AND_PLMN_NETWORK_NAME: ClassVar[NetworkNameSource]
    COMMON_PCN_HANDSET_SPECIFICATION_AND_OPERATOR_NAME_STRING: ClassVar[NetworkNameSource]
    NITZ: ClassVar[NetworkNameSource]
    SE13: ClassVar[NetworkNameSource]
    MCC_MNC: ClassVar[NetworkNameSource]
    SERVICE_PROVIDER_NAME: ClassVar[NetworkNameSource]
    definition = "network-name-source"
    names = {
        0: "unknown",
        1: "operator-plmn-list-and-plmn-network-name",
        2: "common-pcn-handset-specification-and-operator-name-string",
        3: "nitz",
        4: "se13",
        5: "mcc-mnc",
        6: "service-provider-name",
    }


class PlmnNameSpareBits(OpenEnum):
    UNKNOWN: ClassVar[PlmnNameSpareBits]
    BIT_8: ClassVar[PlmnNameSpareBits]
    BITS_78: ClassVar[PlmnNameSpareBits]
    BITS_68: ClassVar[PlmnNameSpareBits]
    BITS_58: ClassVar[PlmnNameSpareBits]
    BITS_48: ClassVar[PlmnNameSpareBits]
    BITS_38: ClassVar[PlmnNameSpareBits]
    BITS_28: ClassVar[PlmnNameSpareBits]
    definition = "plmn-name-spare-bits"
    names = {
        0: "unknown",
        1: "bit-8",
        2: "bits-78",
        3: "bits-68",
        4: "bits-58",
        5: "bits-48",
        6: "bits-38",
        7: "bits-28",
    }


class Boolean(OpenEnum):
    FALSE: ClassVar[Boolean]
    TRUE: ClassVar[Boolean]
    UNKNOWN: ClassVar[Boolean]
    definition = "boolean"
    names = {
        0: "false",
        1: "true",
        2: "unknown",
    }


class PlmnLanguageId(OpenEnum):
    UNKNOWN: ClassVar[PlmnLanguageId]
    ZH_TRAD: ClassVar[PlmnLanguageId]
    ZH_SIMP: ClassVar[PlmnLanguageId]
    definition = "plmn-language-id"
    names = {
        0: "unknown",
        1: "zh-trad",
        2: "zh-simp",
    }


class NetworkNameDisplayCondition(OpenFlags):
    REGISTERED_PLMN_IF_KNOWN_NETWORK: ClassVar[NetworkNameDisplayCondition]
    SPN_NOT_REQUIRED_IF_UNKNOWN_NETWORK: ClassVar[NetworkNameDisplayCondition]
    definition = "network-name-display-condition"
    names = {
        0x1: "registered-plmn-if-known-network",
        0x2: "spn-not-required-if-unknown-network",
    }


class NetworkScanResult(OpenEnum):
    SUCCESS: ClassVar[NetworkScanResult]
    ABORT: ClassVar[NetworkScanResult]
    RADIO_LINK_FAILURE: ClassVar[NetworkScanResult]
    definition = "network-scan-result"
    names = {
        0: "success",
        1: "abort",
        2: "radio-link-failure",
    }


class IncrementalNetworkScanStatus(OpenEnum):
    COMPLETE: ClassVar[IncrementalNetworkScanStatus]
    PARTIAL: ClassVar[IncrementalNetworkScanStatus]
    ABORTED: ClassVar[IncrementalNetworkScanStatus]
    definition = "incremental-network-scan-status"
    names = {
        0: "complete",
        1: "partial",
        2: "aborted",
    }


class PreferenceDuration(OpenEnum):
    PERMANENT: ClassVar[PreferenceDuration]
    POWER_CYCLE: ClassVar[PreferenceDuration]
    ONE_CALL: ClassVar[PreferenceDuration]
    ONE_CALL_OR_TIME: ClassVar[PreferenceDuration]
    INTERNAL_ONE_CALL_1: ClassVar[PreferenceDuration]
    INTERNAL_ONE_CALL_2: ClassVar[PreferenceDuration]
    INTERNAL_ONE_CALL_3: ClassVar[PreferenceDuration]
    definition = "preference-duration"
    names = {
        0: "permanent",
        1: "power-cycle",
        2: "one-call",
        3: "one-call-or-time",
        4: "internal-one-call-1",
        5: "internal-one-call-2",
        6: "internal-one-call-3",
    }


class CdmaPrlPreference(OpenEnum):
    A_SIDE_ONLY: ClassVar[CdmaPrlPreference]
    B_SIDE_ONLY: ClassVar[CdmaPrlPreference]
    ANY: ClassVar[CdmaPrlPreference]
    definition = "cdma-prl-preference"
    names = {
        1: "a-side-only",
        2: "b-side-only",
        16383: "any",
    }


class RoamingPreference(OpenEnum):
    OFF: ClassVar[RoamingPreference]
    NOT_OFF: ClassVar[RoamingPreference]
    NOT_FLASHING: ClassVar[RoamingPreference]
    ANY: ClassVar[RoamingPreference]
    definition = "roaming-preference"
    names = {
        1: "off",
        2: "not-off",
        3: "not-flashing",
        255: "any",
    }


class NetworkSelectionPreference(OpenEnum):
    AUTOMATIC: ClassVar[NetworkSelectionPreference]
    MANUAL: ClassVar[NetworkSelectionPreference]
    definition = "network-selection-preference"
    names = {
        0: "automatic",
        1: "manual",
    }


class ChangeDuration(OpenEnum):
    POWER_CYCLE: ClassVar[ChangeDuration]
    PERMANENT: ClassVar[ChangeDuration]
    definition = "change-duration"
    names = {
        0: "power-cycle",
        1: "permanent",
    }


class ServiceDomainPreference(OpenEnum):
    CS_ONLY: ClassVar[ServiceDomainPreference]
    PS_ONLY: ClassVar[ServiceDomainPreference]
    CS_PS: ClassVar[ServiceDomainPreference]
    PS_ATTACH: ClassVar[ServiceDomainPreference]
    PS_DETACH: ClassVar[ServiceDomainPreference]
    definition = "service-domain-preference"
    names = {
        0: "cs-only",
        1: "ps-only",
        2: "cs-ps",
        3: "ps-attach",
        4: "ps-detach",
    }


class GsmWcdmaAcquisitionOrderPreference(OpenEnum):
    AUTOMATIC: ClassVar[GsmWcdmaAcquisitionOrderPreference]
    GSM: ClassVar[GsmWcdmaAcquisitionOrderPreference]
    WCDMA: ClassVar[GsmWcdmaAcquisitionOrderPreference]
    definition = "gsm-wcdma-acquisition-order-preference"
    names = {
        0: "automatic",
        1: "gsm",
        2: "wcdma",
    }


class VoiceDomainPreference(OpenEnum):
    CS_ONLY: ClassVar[VoiceDomainPreference]
    PS_ONLY: ClassVar[VoiceDomainPreference]
    CS_PREFERRED: ClassVar[VoiceDomainPreference]
    PS_PREFERRED: ClassVar[VoiceDomainPreference]
    definition = "voice-domain-preference"
    names = {
        0: "cs-only",
        1: "ps-only",
        2: "cs-preferred",
        3: "ps-preferred",
    }


class NetworkSelectionRegistrationRestriction(OpenEnum):
    UNRESTRICTED: ClassVar[NetworkSelectionRegistrationRestriction]
    CAMPED_ONLY: ClassVar[NetworkSelectionRegistrationRestriction]
    LIMITED: ClassVar[NetworkSelectionRegistrationRestriction]
    definition = "network-selection-registration-restriction"
    names = {
        0: "unrestricted",
        1: "camped-only",
        2: "limited",
    }


class UsagePreference(OpenEnum):
    UNKNOWN: ClassVar[UsagePreference]
    VOICE_CENTRIC: ClassVar[UsagePreference]
    DATA_CENTRIC: ClassVar[UsagePreference]
    definition = "usage-preference"
    names = {
        0: "unknown",
        1: "voice-centric",
        2: "data-centric",
    }


class NetworkScanType(OpenFlags):
    GSM: ClassVar[NetworkScanType]
    UMTS: ClassVar[NetworkScanType]
    LTE: ClassVar[NetworkScanType]
    TD_SCDMA: ClassVar[NetworkScanType]
    _5GNR: ClassVar[NetworkScanType]
    definition = "network-scan-type"
    names = {
        0x1: "gsm",
        0x2: "umts",
        0x4: "lte",
        0x8: "td-scdma",
        0x10: "5gnr",
    }


class NetworkStatus(OpenFlags):
    CURRENT_SERVING: ClassVar[NetworkStatus]
    AVAILABLE: ClassVar[NetworkStatus]
    HOME: ClassVar[NetworkStatus]
    ROAMING: ClassVar[NetworkStatus]
    FORBIDDEN: ClassVar[NetworkStatus]
    NOT_FORBIDDEN: ClassVar[NetworkStatus]
    PREFERRED: ClassVar[NetworkStatus]
    NOT_PREFERRED: ClassVar[NetworkStatus]
    definition = "network-status"
    names = {
        0x1: "current-serving",
        0x2: "available",
        0x4: "home",
        0x8: "roaming",
        0x10: "forbidden",
        0x20: "not-forbidden",
        0x40: "preferred",
        0x80: "not-preferred",
    }


class PlmnAccessTechnologyIdentifier(OpenFlags):
    GSM_COMPACT: ClassVar[PlmnAccessTechnologyIdentifier]
    GSM: ClassVar[PlmnAccessTechnologyIdentifier]
    NGRAN: ClassVar[PlmnAccessTechnologyIdentifier]
    EUTRAN: ClassVar[PlmnAccessTechnologyIdentifier]
    UTRAN: ClassVar[PlmnAccessTechnologyIdentifier]
    ALL: ClassVar[PlmnAccessTechnologyIdentifier]
    definition = "plmn-access-technology-identifier"
    names = {
        0x40: "gsm-compact",
        0x80: "gsm",
        0x800: "ngran",
        0x4000: "eutran",
        0x8000: "utran",
        0xffff: "all",
    }


class RadioTechnologyPreference(OpenFlags):
    _3GPP2: ClassVar[RadioTechnologyPreference]
    _3GPP: ClassVar[RadioTechnologyPreference]
    AMPS_OR_GSM: ClassVar[RadioTechnologyPreference]
    CDMA_OR_WCDMA: ClassVar[RadioTechnologyPreference]
    HDR: ClassVar[RadioTechnologyPreference]
    LTE: ClassVar[RadioTechnologyPreference]
    definition = "radio-technology-preference"
    names = {
        0x1: "3gpp2",
        0x2: "3gpp",
        0x4: "amps-or-gsm",
        0x8: "cdma-or-wcdma",
        0x10: "hdr",
        0x20: "lte",
    }


class RatModePreference(OpenFlags):
    CDMA_1X: ClassVar[RatModePreference]
    CDMA_1XEVDO: ClassVar[RatModePreference]
    GSM: ClassVar[RatModePreference]
    UMTS: ClassVar[RatModePreference]
    LTE: ClassVar[RatModePreference]
    TD_SCDMA: ClassVar[RatModePreference]
    _5GNR: ClassVar[RatModePreference]
    definition = "rat-mode-preference"
    names = {
        0x1: "cdma-1x",
        0x2: "cdma-1xevdo",
        0x4: "gsm",
        0x8: "umts",
        0x10: "lte",
        0x20: "td-scdma",
        0x40: "5gnr",
    }


class TdScdmaBandPreference(OpenFlags):
    A: ClassVar[TdScdmaBandPreference]
    B: ClassVar[TdScdmaBandPreference]
    C: ClassVar[TdScdmaBandPreference]
    D: ClassVar[TdScdmaBandPreference]
    E: ClassVar[TdScdmaBandPreference]
    F: ClassVar[TdScdmaBandPreference]
    definition = "td-scdma-band-preference"
    names = {
        0x1: "a",
        0x2: "b",
        0x4: "c",
        0x8: "d",
        0x10: "e",
        0x20: "f",
    }


class EvdoSinrLevel(OpenEnum):
    _0: ClassVar[EvdoSinrLevel]
    _1: ClassVar[EvdoSinrLevel]
    _2: ClassVar[EvdoSinrLevel]
    _3: ClassVar[EvdoSinrLevel]
    _4: ClassVar[EvdoSinrLevel]
    _5: ClassVar[EvdoSinrLevel]
    _6: ClassVar[EvdoSinrLevel]
    _7: ClassVar[EvdoSinrLevel]
    _8: ClassVar[EvdoSinrLevel]
    definition = "evdo-sinr-level"
    names = {
        0: "0",
        1: "1",
        2: "2",
        3: "3",
        4: "4",
        5: "5",
        6: "6",
        7: "7",
        8: "8",
    }


class SignalStrengthRequest(OpenFlags):
    RSSI: ClassVar[SignalStrengthRequest]
    ECIO: ClassVar[SignalStrengthRequest]
    IO: ClassVar[SignalStrengthRequest]
    SINR: ClassVar[SignalStrengthRequest]
    ERROR_RATE: ClassVar[SignalStrengthRequest]
    RSRQ: ClassVar[SignalStrengthRequest]
    LTE_SNR: ClassVar[SignalStrengthRequest]
    LTE_RSRP: ClassVar[SignalStrengthRequest]
    definition = "signal-strength-request"
    names = {
        0x1: "rssi",
        0x2: "ecio",
        0x4: "io",
        0x8: "sinr",
        0x10: "error-rate",
        0x20: "rsrq",
        0x40: "lte-snr",
        0x80: "lte-rsrp",
    }


class NetworkTechnology(Struct):
    mcc: int = member(U16)
    mnc: int = member(U16)
    radio_interface: RadioInterface = member(Int(1, signed=True, enum=RadioInterface))


class NetworkCode(Struct):
    mcc: int = member(U16)
    mnc: int = member(U16)
    includes_pcs_digit: bool = member(Bool())
    """The MNC has three digits."""


class RfBandExtended(Struct):
    radio_interface: RadioInterface = member(Int(1, signed=True, enum=RadioInterface))
    active_band_class: ActiveBand = member(Int(2, enum=ActiveBand))
    active_channel: int = member(U32)


class RfBandwidth(Struct):
    radio_interface: RadioInterface = member(Int(1, signed=True, enum=RadioInterface))
    bandwidth: DlBandwidth = member(Int(4, enum=DlBandwidth))


class GeranNeighbor(Struct):
    cell_id: int = member(U32, personal=True)
    plmn: str = member(Plmn())
    lac: int = member(U16, personal=True)
    geran_absolute_rf_channel_number: int = member(U16)
    base_station_identity_code: int = member(U8)
    rx_level: int = member(U16)


class UmtsNeighbor(Struct):
    utra_absolute_rf_channel_number: int = member(U16)
    primary_scrambling_code: int = member(U16)
    rscp: int = member(Int(2, signed=True), unit='dBm')
    ecio: int = member(Int(2, signed=True), unit='dB')


class UmtsGeranNeighbor(Struct):
    geran_absolute_rf_channel_number: int = member(U16)
    network_color_code: int = member(U8)
    base_station_color_code: int = member(U8)
    rssi: int = member(Int(2, signed=True))


class LteCell(Struct):
    physical_cell_id: int = member(U16)
    rsrq: int = member(Int(2, signed=True), unit='0.1 dB')
    rsrp: int = member(Int(2, signed=True), unit='0.1 dBm')
    rssi: int = member(Int(2, signed=True), unit='0.1 dBm')
    cell_selection_rx_level: int = member(Int(2, signed=True), unit='0.1 dB')


class LteFrequency(Struct):
    eutra_absolute_rf_channel_number: int = member(U16)
    cell_selection_rx_level_low_threshold: int = member(U8)
    cell_selection_rx_level_high_threshold: int = member(U8)
    cell_reselection_priority: int = member(U8)
    cell: list[LteCell] = member(Array(Nested(LteCell), count=U8), default_factory=list)


class LteGsmCell(Struct):
    geran_absolute_rf_channel_number: int = member(U16)
    band_is_1900: bool = member(Bool())
    cell_id_valid: bool = member(Bool())
    base_station_identity_code: int = member(U8)
    rssi: int = member(Int(2, signed=True), unit='0.1 dBm')
    cell_selection_rx_level: int = member(Int(2, signed=True), unit='0.1 dB')


class LteGsmFrequency(Struct):
    cell_reselection_priority: int = member(U8)
    cell_reselection_high_threshold: int = member(U8)
    cell_reselection_low_threshold: int = member(U8)
    ncc_permitted: int = member(U8)
    cell: list[LteGsmCell] = member(Array(Nested(LteGsmCell), count=U8), default_factory=list)


class LteWcdmaCell(Struct):
    primary_scrambling_code: int = member(U16)
    cpich_rscp: int = member(Int(2, signed=True), unit='0.1 dBm')
    cpich_ecno: int = member(Int(2, signed=True), unit='0.1 dB')
    cell_selection_rx_level: int = member(Int(2, signed=True), unit='0.1 dB')


class LteWcdmaFrequency(Struct):
    utra_absolute_rf_channel_number: int = member(U16)
    cell_reselection_priority: int = member(U8)
    cell_reselection_high_threshold: int = member(U16)
    cell_reselection_low_threshold: int = member(U16)
    cell: list[LteWcdmaCell] = member(Array(Nested(LteWcdmaCell), count=U8), default_factory=list)


class UmtsLteFrequency(Struct):
    eutra_absolute_rf_channel_number: int = member(U16)
    physical_cell_id: int = member(U16)
    rsrp: float = member(Float(4), unit='dBm')
    rsrq: float = member(Float(4), unit='dB')
    cell_selection_rx_level: int = member(Int(2, signed=True), unit='0.1 dB')
    is_tdd: bool = member(Bool())


class CdmaPosition(Struct):
    pilot_type: CdmaPilotType = member(Int(4, enum=CdmaPilotType))
    system_id: int = member(U16)
    network_id: int = member(U16)
    base_station_id: int = member(U16, personal=True)
    pilot_pn: int = member(U16)
    pilot_strength: int = member(U16)
    latitude: int = member(Int(4, signed=True), unit='0.25 arcsec', personal=True)
    longitude: int = member(Int(4, signed=True), unit='0.25 arcsec', personal=True)
    gps_time_in_milliseconds: int = member(U64, unit='ms')


class SecondaryCell(Struct):
    physical_cell_id: int = member(U16)
    rx_channel: int = member(U16)
    dl_bandwidth: DlBandwidth = member(Int(4, enum=DlBandwidth))
    lte_band: ActiveBand = member(Int(2, enum=ActiveBand))
    state: ScellState = member(Int(4, enum=ScellState))
    cell_index: int = member(U8)


class ServiceProviderName(Struct):
    name_display_condition: NetworkNameDisplayCondition = member(Int(1, enum=NetworkNameDisplayCondition))
    name: str = member(Text(U8))


class OperatorPlmn(Struct):
    mcc: str = member(Text(3))
    mnc: str = member(Text(3))
    lac1: int = member(U16)
    lac2: int = member(U16)
    plmn_name_record_identifier: int = member(U8)


class OperatorName(Struct):
    name_encoding: PlmnEncodingScheme = member(Int(1, enum=PlmnEncodingScheme))
    short_country_initials: PlmnNameCountryInitials = member(Int(1, enum=PlmnNameCountryInitials))
    long_name_spare_bits: PlmnNameSpareBits = member(Int(1, enum=PlmnNameSpareBits))
    short_name_spare_bits: PlmnNameSpareBits = member(Int(1, enum=PlmnNameSpareBits))
    long_name: bytes = member(Bytes(U8))
    short_name: bytes = member(Bytes(U8))


class PlmnNameInLanguage(Struct):
    long_name: list[int] = member(Array(U16, count=U8), default_factory=list)
    short_name: list[int] = member(Array(U16, count=U8), default_factory=list)
    language_id: PlmnLanguageId = member(Int(4, enum=PlmnLanguageId))


class UniversalTime(Struct):
    year: int = member(U16)
    month: int = member(U8)
    day: int = member(U8)
    hour: int = member(U8)
    minute: int = member(U8)
    second: int = member(U8)
    day_of_week: DayOfWeek = member(Int(1, enum=DayOfWeek))


class NetworkTime(Struct):
    universal_time: UniversalTime = member(Nested(UniversalTime))
    timezone_offset: int = member(Int(1, signed=True), unit='15 min')
    daylight_savings_adjustment: DaylightSavingsAdjustment = member(Int(1, enum=DaylightSavingsAdjustment))
    radio_interface: RadioInterface = member(Int(1, signed=True, enum=RadioInterface))


class ScannedNetwork(Struct):
    mcc: int = member(U16)
    mnc: int = member(U16)
    network_status: NetworkStatus = member(Int(1, enum=NetworkStatus))
    description: str = member(Text(U8))


class PreferredNetwork(Struct):
    mcc: int = member(U16)
    mnc: int = member(U16)
    radio_access_technology: PlmnAccessTechnologyIdentifier = member(Int(2, enum=PlmnAccessTechnologyIdentifier))


class TechnologyPreference(Struct):
    technology_preference: RadioTechnologyPreference = member(Int(2, enum=RadioTechnologyPreference))
    technology_preference_duration: PreferenceDuration = member(Int(1, enum=PreferenceDuration))


class LteBandMasks(Struct):
    mask_low: int = member(U64)
    mask_mid_low: int = member(U64)
    mask_mid_high: int = member(U64)
    mask_high: int = member(U64)


class Nr5gBandMasks(Struct):
    mask_0: int = member(U64)
    mask_1: int = member(U64)
    mask_2: int = member(U64)
    mask_3: int = member(U64)
    mask_4: int = member(U64)
    mask_5: int = member(U64)
    mask_6: int = member(U64)
    mask_7: int = member(U64)


class FoundNetwork(Struct):
    mcc: int = member(U16)
    mnc: int = member(U16)
    network_status: NetworkStatus = member(Int(1, enum=NetworkStatus))
    radio_interface: RadioInterface = member(Int(1, signed=True, enum=RadioInterface))
    includes_pcs_digit: bool = member(Bool())
    """The MNC has three digits."""
    description: str = member(Text(U8))


class ServingSystem(Struct):
    registration_state: RegistrationState = member(Int(1, enum=RegistrationState))
    cs_attach_state: AttachState = member(Int(1, enum=AttachState))
    ps_attach_state: AttachState = member(Int(1, enum=AttachState))
    selected_network: NetworkType = member(Int(1, enum=NetworkType))
    radio_interfaces: list[RadioInterface] = member(Array(Int(1, signed=True, enum=RadioInterface), count=U8), default_factory=list)


class NamedNetwork(Struct):
    mcc: int = member(U16)
    mnc: int = member(U16)
    description: str = member(Text(U8))


class CdmaSystemId(Struct):
    sid: int = member(U16)
    nid: int = member(U16)


class CdmaBaseStation(Struct):
    base_station_id: int = member(U16, personal=True)
    base_station_latitude: int = member(Int(4, signed=True), unit='0.25 arcsec', personal=True)
    base_station_longitude: int = member(Int(4, signed=True), unit='0.25 arcsec', personal=True)


class RoamingIndicator(Struct):
    radio_interface: RadioInterface = member(Int(1, enum=RadioInterface))
    roaming_indicator: RoamingIndicatorStatus = member(Int(1, enum=RoamingIndicatorStatus))


class TimeZone3gpp2(Struct):
    leap_seconds: int = member(U8)
    local_time_offset: int = member(Int(1, signed=True))
    daylight_saving_time: bool = member(Bool())


class DetailedServiceStatus(Struct):
    status: ServiceStatus = member(Int(1, enum=ServiceStatus))
    capability: NetworkServiceDomain = member(Int(1, enum=NetworkServiceDomain))
    hdr_status: ServiceStatus = member(Int(1, enum=ServiceStatus))
    hdr_hybrid: bool = member(Bool())
    forbidden: bool = member(Bool())


class CdmaNetworkCode(Struct):
    mcc: int = member(U16)
    imsi_11_12: int = member(U8, personal=True)
    """Digits 11 and 12 of the IMSI."""


class CallBarring(Struct):
    cs_status: CallBarringStatus = member(Int(4, signed=True, enum=CallBarringStatus))
    ps_status: CallBarringStatus = member(Int(4, signed=True, enum=CallBarringStatus))


class Strength(Struct):
    strength: int = member(Int(1, signed=True), unit='dBm')
    radio_interface: RadioInterface = member(Int(1, signed=True, enum=RadioInterface))


class RfBand(Struct):
    radio_interface: RadioInterface = member(Int(1, signed=True, enum=RadioInterface))
    active_band_class: ActiveBand = member(Int(2, enum=ActiveBand))
    active_channel: int = member(U16)


class RssiOfInterface(Struct):
    rssi: int = member(U8, unit='-1 dBm')
    radio_interface: RadioInterface = member(Int(1, signed=True, enum=RadioInterface))


class EcioOfInterface(Struct):
    ecio: int = member(U8, unit='-0.5 dB')
    radio_interface: RadioInterface = member(Int(1, signed=True, enum=RadioInterface))


class ErrorRateOfInterface(Struct):
    rate: int = member(U16)
    radio_interface: RadioInterface = member(Int(1, signed=True, enum=RadioInterface))


class RsrqOfInterface(Struct):
    rsrq: int = member(Int(1, signed=True), unit='dB')
    radio_interface: RadioInterface = member(Int(1, signed=True, enum=RadioInterface))


class CdmaSignal(Struct):
    rssi: int = member(Int(1, signed=True), unit='dBm')
    ecio: int = member(Int(2, signed=True), unit='-0.5 dB')


class HdrSignal(Struct):
    rssi: int = member(Int(1, signed=True), unit='dBm')
    ecio: int = member(Int(2, signed=True), unit='-0.5 dB')
    sinr: EvdoSinrLevel = member(Int(1, enum=EvdoSinrLevel))
    io: int = member(Int(4, signed=True), unit='dBm')


class LteSignal(Struct):
    rssi: int = member(Int(1, signed=True), unit='dBm')
    rsrq: int = member(Int(1, signed=True), unit='dB')
    rsrp: int = member(Int(2, signed=True), unit='dBm')
    snr: int = member(Int(2, signed=True), unit='0.1 dB')


class Nr5gSignal(Struct):
    rsrp: int = member(Int(2, signed=True), unit='dBm')
    snr: int = member(Int(2, signed=True), unit='0.1 dB')


class ReportRate(Struct):
    rate: int = member(U8)
    average_period: int = member(U8)


class RxChain(Struct):
    is_radio_tuned: bool = member(Bool())
    rx_power: int = member(Int(4, signed=True), unit='0.1 dBm')
    ecio: int = member(Int(4, signed=True), unit='0.1 dB')
    rscp: int = member(Int(4, signed=True), unit='0.1 dBm')
    rsrp: int = member(Int(4, signed=True), unit='0.1 dBm')
    phase: int = member(U32, unit='0.01 degree')


class CdmaServiceStatus(Struct):
    service_status: ServiceStatus = member(Int(1, enum=ServiceStatus))
    preferred_data_path: bool = member(Bool())


class ServiceState(Struct):
    service_status: ServiceStatus = member(Int(1, enum=ServiceStatus))
    true_service_status: ServiceStatus = member(Int(1, enum=ServiceStatus))
    preferred_data_path: bool = member(Bool())


class CdmaSystemInfo(Struct):
    domain_valid: bool = member(Bool())
    domain: NetworkServiceDomain = member(Int(1, enum=NetworkServiceDomain))
    service_capability_valid: bool = member(Bool())
    service_capability: NetworkServiceDomain = member(Int(1, enum=NetworkServiceDomain))
    roaming_status_valid: bool = member(Bool())
    roaming_status: RoamingStatus = member(Int(1, enum=RoamingStatus))
    forbidden_valid: bool = member(Bool())
    forbidden: bool = member(Bool())
    prl_match_valid: bool = member(Bool())
    prl_match: bool = member(Bool())
    p_rev_valid: bool = member(Bool())
    p_rev: int = member(U8)
    base_station_p_rev_valid: bool = member(Bool())
    base_station_p_rev: int = member(U8)
    concurrent_service_support_valid: bool = member(Bool())
    concurrent_service_support: bool = member(Bool())
    cdma_system_id_valid: bool = member(Bool())
    sid: int = member(U16)
    nid: int = member(U16)
    base_station_info_valid: bool = member(Bool())
    base_station_id: int = member(U16, personal=True)
    base_station_latitude: int = member(Int(4, signed=True), unit='0.25 arcsec', personal=True)
    base_station_longitude: int = member(Int(4, signed=True), unit='0.25 arcsec', personal=True)
    packet_zone_valid: bool = member(Bool())
    packet_zone: int = member(U16)
    network_id_valid: bool = member(Bool())
    mcc: str = member(Text(3))
    mnc: str = member(Text(3))


class HdrSystemInfo(Struct):
    domain_valid: bool = member(Bool())
    domain: NetworkServiceDomain = member(Int(1, enum=NetworkServiceDomain))
    service_capability_valid: bool = member(Bool())
    service_capability: NetworkServiceDomain = member(Int(1, enum=NetworkServiceDomain))
    roaming_status_valid: bool = member(Bool())
    roaming_status: RoamingStatus = member(Int(1, enum=RoamingStatus))
    forbidden_valid: bool = member(Bool())
    forbidden: bool = member(Bool())
    prl_match_valid: bool = member(Bool())
    prl_match: bool = member(Bool())
    personality_valid: bool = member(Bool())
    personality: HdrPersonality = member(Int(1, enum=HdrPersonality))
    protocol_revision_valid: bool = member(Bool())
    protocol_revision: HdrProtocolRevision = member(Int(1, enum=HdrProtocolRevision))
    is_856_system_id_valid: bool = member(Bool())
    is_856_system_id: str = member(Text(16))


class GsmSystemInfo(Struct):
    domain_valid: bool = member(Bool())
    domain: NetworkServiceDomain = member(Int(1, enum=NetworkServiceDomain))
    service_capability_valid: bool = member(Bool())
    service_capability: NetworkServiceDomain = member(Int(1, enum=NetworkServiceDomain))
    roaming_status_valid: bool = member(Bool())
    roaming_status: RoamingStatus = member(Int(1, enum=RoamingStatus))
    forbidden_valid: bool = member(Bool())
    forbidden: bool = member(Bool())
    lac_valid: bool = member(Bool())
    lac: int = member(U16, personal=True)
    cid_valid: bool = member(Bool())
    cid: int = member(U32, personal=True)
    registration_reject_info_valid: bool = member(Bool())
    registration_reject_domain: NetworkServiceDomain = member(Int(1, enum=NetworkServiceDomain))
    registration_reject_cause: RejectCause = member(Int(1, enum=RejectCause))
    network_id_valid: bool = member(Bool())
    mcc: str = member(Text(3))
    mnc: str = member(Text(3))
    egprs_support_valid: bool = member(Bool())
    egprs_support: bool = member(Bool())
    dtm_support_valid: bool = member(Bool())
    dtm_support: bool = member(Bool())


class WcdmaSystemInfo(Struct):
    domain_valid: bool = member(Bool())
    domain: NetworkServiceDomain = member(Int(1, enum=NetworkServiceDomain))
    service_capability_valid: bool = member(Bool())
    service_capability: NetworkServiceDomain = member(Int(1, enum=NetworkServiceDomain))
    roaming_status_valid: bool = member(Bool())
    roaming_status: RoamingStatus = member(Int(1, enum=RoamingStatus))
    forbidden_valid: bool = member(Bool())
    forbidden: bool = member(Bool())
    lac_valid: bool = member(Bool())
    lac: int = member(U16, personal=True)
    cid_valid: bool = member(Bool())
    cid: int = member(U32, personal=True)
    registration_reject_info_valid: bool = member(Bool())
    registration_reject_domain: NetworkServiceDomain = member(Int(1, enum=NetworkServiceDomain))
    registration_reject_cause: RejectCause = member(Int(1, enum=RejectCause))
    network_id_valid: bool = member(Bool())
    mcc: str = member(Text(3))
    mnc: str = member(Text(3))
    hs_call_status_valid: bool = member(Bool())
    hs_call_status: WcdmaHsService = member(Int(1, enum=WcdmaHsService))
    hs_service_valid: bool = member(Bool())
    hs_service: WcdmaHsService = member(Int(1, enum=WcdmaHsService))
    primary_scrambling_code_valid: bool = member(Bool())
    primary_scrambling_code: int = member(U16)


class LteSystemInfo(Struct):
    domain_valid: bool = member(Bool())
    domain: NetworkServiceDomain = member(Int(1, enum=NetworkServiceDomain))
    service_capability_valid: bool = member(Bool())
    service_capability: NetworkServiceDomain = member(Int(1, enum=NetworkServiceDomain))
    roaming_status_valid: bool = member(Bool())
    roaming_status: RoamingStatus = member(Int(1, enum=RoamingStatus))
    forbidden_valid: bool = member(Bool())
    forbidden: bool = member(Bool())
    lac_valid: bool = member(Bool())
    lac: int = member(U16, personal=True)
    cid_valid: bool = member(Bool())
    cid: int = member(U32, personal=True)
    registration_reject_info_valid: bool = member(Bool())
    registration_reject_domain: NetworkServiceDomain = member(Int(1, enum=NetworkServiceDomain))
    registration_reject_cause: RejectCause = member(Int(1, enum=RejectCause))
    network_id_valid: bool = member(Bool())
    mcc: str = member(Text(3))
    mnc: str = member(Text(3))
    tac_valid: bool = member(Bool())
    tac: int = member(U16, personal=True)


class AdditionalCdmaSystemInfo(Struct):
    geo_system_index: int = member(U16)
    registration_period: int = member(U16)


class AdditionalSystemInfo(Struct):
    geo_system_index: int = member(U16)


class AdditionalBroadcastSystemInfo(Struct):
    geo_system_index: int = member(U16)
    cell_broadcast_support: CellBroadcastCapability = member(Int(4, enum=CellBroadcastCapability))


class TdScdmaSystemInfo(Struct):
    domain_valid: bool = member(Bool())
    domain: NetworkServiceDomain = member(Int(1, enum=NetworkServiceDomain))
    service_capability_valid: bool = member(Bool())
    service_capability: NetworkServiceDomain = member(Int(1, enum=NetworkServiceDomain))
    roaming_status_valid: bool = member(Bool())
    roaming_status: RoamingStatus = member(Int(1, enum=RoamingStatus))
    forbidden_valid: bool = member(Bool())
    forbidden: bool = member(Bool())
    lac_valid: bool = member(Bool())
    lac: int = member(U16, personal=True)
    cid_valid: bool = member(Bool())
    cid: int = member(U32, personal=True)
    registration_reject_info_valid: bool = member(Bool())
    registration_reject_domain: NetworkServiceDomain = member(Int(1, enum=NetworkServiceDomain))
    registration_reject_cause: RejectCause = member(Int(1, enum=RejectCause))
    network_id_valid: bool = member(Bool())
    mcc: str = member(Text(3))
    mnc: str = member(Text(3))
    hs_call_status_valid: bool = member(Bool())
    hs_call_status: WcdmaHsService = member(Int(1, enum=WcdmaHsService))
    hs_service_valid: bool = member(Bool())
    hs_service: WcdmaHsService = member(Int(1, enum=WcdmaHsService))
    cell_parameter_id_valid: bool = member(Bool())
    cell_parameter_id: int = member(U16)
    cell_broadcast_support_valid: bool = member(Bool())
    cell_broadcast_support: CellBroadcastCapability = member(Int(4, enum=CellBroadcastCapability))
    cs_call_barring_status_valid: bool = member(Bool())
    cs_call_barring_status: CallBarringStatus = member(Int(4, signed=True, enum=CallBarringStatus))
    ps_call_barring_status_valid: bool = member(Bool())
    ps_call_barring_status: CallBarringStatus = member(Int(4, signed=True, enum=CallBarringStatus))
    cipher_domain_valid: bool = member(Bool())
    cipher_domain: NetworkServiceDomain = member(Int(1, enum=NetworkServiceDomain))


class Nr5gSystemInfo(Struct):
    domain_valid: bool = member(Bool())
    domain: NetworkServiceDomain = member(Int(1, enum=NetworkServiceDomain))
    service_capability_valid: bool = member(Bool())
    service_capability: NetworkServiceDomain = member(Int(1, enum=NetworkServiceDomain))
    roaming_status_valid: bool = member(Bool())
    roaming_status: RoamingStatus = member(Int(1, enum=RoamingStatus))
    forbidden_valid: bool = member(Bool())
    forbidden: bool = member(Bool())
    lac_valid: bool = member(Bool())
    lac: int = member(U16, personal=True)
    cid_valid: bool = member(Bool())
    cid: int = member(U32, personal=True)
    registration_reject_info_valid: bool = member(Bool())
    registration_reject_domain: NetworkServiceDomain = member(Int(1, enum=NetworkServiceDomain))
    registration_reject_cause: int = member(U8)
    network_id_valid: bool = member(Bool())
    mcc: str = member(Text(3))
    mnc: str = member(Text(3))
    tac_valid: bool = member(Bool())
    tac: int = member(U16, personal=True)


class ResetResponse(Response):
    """NAS 0x0000: the answer to :class:`Reset`."""

    service = 0x03
    service_name = "nas"
    id = 0x0000
    message = "reset"


class Reset(Request[ResetResponse]):
    """NAS 0x0000: Forget this client's NAS state, event reports included."""

    service = 0x03
    service_name = "nas"
    id = 0x0000
    message = "reset"
    response = ResetResponse


class AbortResponse(Response):
    """NAS 0x0001: the answer to :class:`Abort`."""

    service = 0x03
    service_name = "nas"
    id = 0x0001
    message = "abort"


class Abort(Request[AbortResponse]):
    """NAS 0x0001: Give up a NAS request that has not been answered yet, such as a network scan."""

    service = 0x03
    service_name = "nas"
    id = 0x0001
    message = "abort"
    response = AbortResponse
    transaction_id: int = member(U16, tlv=0x01)


class RegisterIndicationsResponse(Response):
    """NAS 0x0003: the answer to :class:`RegisterIndications`."""

    service = 0x03
    service_name = "nas"
    id = 0x0003
    message = "register-indications"


class RegisterIndicationsNetworkRejectInformation(Struct):
    enable_network_reject_indications: bool = member(Bool())
    supress_system_info_indications: bool = member(Bool())


class RegisterIndications(Request[RegisterIndicationsResponse]):
    """NAS 0x0003: Choose which NAS indications are sent to this client."""

    service = 0x03
    service_name = "nas"
    id = 0x0003
    message = "register-indications"
    response = RegisterIndicationsResponse
    system_selection_preference: bool | None = member(Bool(), tlv=0x10, required=False, default=None)
    ddtm_events: bool | None = member(Bool(), tlv=0x12, required=False, default=None)
    serving_system_events: bool | None = member(Bool(), tlv=0x13, required=False, default=None)
    dual_standby_preference: bool | None = member(Bool(), tlv=0x14, required=False, default=None)
    subscription_info: bool | None = member(Bool(), tlv=0x15, required=False, default=None)
    network_time: bool | None = member(Bool(), tlv=0x17, required=False, default=None)
    system_info: bool | None = member(Bool(), tlv=0x18, required=False, default=None)
    signal_info: bool | None = member(Bool(), tlv=0x19, required=False, default=None)
    error_rate: bool | None = member(Bool(), tlv=0x1a, required=False, default=None)
    hdr_new_uati_assigned: bool | None = member(Bool(), tlv=0x1b, required=False, default=None)
    hdr_session_closed: bool | None = member(Bool(), tlv=0x1c, required=False, default=None)
    managed_roaming: bool | None = member(Bool(), tlv=0x1d, required=False, default=None)
    current_plmn_name: bool | None = member(Bool(), tlv=0x1e, required=False, default=None)
    embms_status: bool | None = member(Bool(), tlv=0x1f, required=False, default=None)
    rf_band_information: bool | None = member(Bool(), tlv=0x20, required=False, default=None)
    network_reject_information: RegisterIndicationsNetworkRejectInformation | None = member(Nested(RegisterIndicationsNetworkRejectInformation), tlv=0x21, required=False, default=None)


class GetSupportedMessagesResponse(Response):
    """NAS 0x001e: the answer to :class:`GetSupportedMessages`."""

    service = 0x03
    service_name = "nas"
    id = 0x001e
    message = "get-supported-messages"
    list_: bytes | None = member(Bytes(U16), tlv=0x10, required=False, default=None)


class GetSupportedMessages(Request[GetSupportedMessagesResponse]):
    """NAS 0x001e: Read the bit mask of NAS message ids that this firmware knows."""

    service = 0x03
    service_name = "nas"
    id = 0x001e
    message = "get-supported-messages"
    response = GetSupportedMessagesResponse


class InitiateNetworkRegisterResponse(Response):
    """NAS 0x0022: the answer to :class:`InitiateNetworkRegister`."""

    service = 0x03
    service_name = "nas"
    id = 0x0022
    message = "initiate-network-register"


class InitiateNetworkRegister(Request[InitiateNetworkRegisterResponse]):
    """NAS 0x0022: Register with a network, chosen by the modem or by hand."""

    service = 0x03
    service_name = "nas"
    id = 0x0022
    message = "initiate-network-register"
    response = InitiateNetworkRegisterResponse
    action: NetworkRegisterType = member(Int(1, enum=NetworkRegisterType), tlv=0x01)
    manual_registration_info_3gpp: NetworkTechnology | None = member(Nested(NetworkTechnology), tlv=0x10, required=False, default=None)
    change_duration: ChangeDuration | None = member(Int(1, enum=ChangeDuration), tlv=0x11, required=False, default=None)
    mnc_pcs_digit_include_status: bool | None = member(Bool(), tlv=0x12, required=False, default=None)


class AttachDetachResponse(Response):
    """NAS 0x0023: the answer to :class:`AttachDetach`."""

    service = 0x03
    service_name = "nas"
    id = 0x0023
    message = "attach-detach"


class AttachDetach(Request[AttachDetachResponse]):
    """NAS 0x0023: Attach to the packet domain or leave it."""

    service = 0x03
    service_name = "nas"
    id = 0x0023
    message = "attach-detach"
    response = AttachDetachResponse
    action: PsAttachAction = member(Int(1, enum=PsAttachAction), tlv=0x10)


class ForceNetworkSearchResponse(Response):
    """NAS 0x0067: the answer to :class:`ForceNetworkSearch`."""

    service = 0x03
    service_name = "nas"
    id = 0x0067
    message = "force-network-search"


class ForceNetworkSearch(Request[ForceNetworkSearchResponse]):
    """NAS 0x0067: Look for a network at once instead of waiting for the next try."""

    service = 0x03
    service_name = "nas"
    id = 0x0067
    message = "force-network-search"
    response = ForceNetworkSearchResponse


class GetDrxResponse(Response):
    """NAS 0x0089: the answer to :class:`GetDrx`."""

    service = 0x03
    service_name = "nas"
    id = 0x0089
    message = "get-drx"
    info: Drx | None = member(Int(4, enum=Drx), tlv=0x10, required=False, default=None)


class GetDrx(Request[GetDrxResponse]):
    """NAS 0x0089: Read the discontinuous reception cycle."""

    service = 0x03
    service_name = "nas"
    id = 0x0089
    message = "get-drx"
    response = GetDrxResponse


class GetEndcConfigResponse(Response):
    """NAS 0x00e8: the answer to :class:`GetEndcConfig`."""

    service = 0x03
    service_name = "nas"
    id = 0x00e8
    message = "get-endc-config"
    enabled: bool | None = member(Bool(), tlv=0x10, required=False, default=None)
    immediate_scg_release: bool | None = member(Bool(), tlv=0x11, required=False, default=None)


class GetEndcConfig(Request[GetEndcConfigResponse]):
    """NAS 0x00e8: Read whether 5G may be added to an LTE connection (EN-DC)."""

    service = 0x03
    service_name = "nas"
    id = 0x00e8
    message = "get-endc-config"
    response = GetEndcConfigResponse


class SwiGetStatusResponseCommonInfoV2(Struct):
    temperature: int = member(Int(1, signed=True), unit='degree C')
    modem_mode: SwiModemMode = member(Int(1, enum=SwiModemMode))
    system_mode: SwiSystemMode = member(Int(1, enum=SwiSystemMode))
    ims_registration_state: SwiImsRegState = member(Int(1, enum=SwiImsRegState))
    packet_service_state: SwiPsState = member(Int(1, enum=SwiPsState))


class SwiGetStatusResponseLteInfo(Struct):
    band: ActiveBand = member(Int(1, enum=ActiveBand))
    bandwidth: DlBandwidth = member(Int(1, enum=DlBandwidth))
    rx_channel: int = member(U16)
    tx_channel: int = member(U16)
    emm_state: SwiEmmState = member(Int(1, enum=SwiEmmState))
    emm_sub_state: int = member(U8)
    emm_connection_state: SwiEmmConnectionState = member(Int(1, enum=SwiEmmConnectionState))


class SwiGetStatusResponse(Response):
    """NAS 0x5556: the answer to :class:`SwiGetStatus`."""

    service = 0x03
    service_name = "nas"
    id = 0x5556
    message = "swi-get-status"
    vendor: ClassVar[int] = 0x1199
    common_info_v2: SwiGetStatusResponseCommonInfoV2 = member(Nested(SwiGetStatusResponseCommonInfoV2), tlv=0x01)
    lte_info: SwiGetStatusResponseLteInfo | None = member(Nested(SwiGetStatusResponseLteInfo), tlv=0x10, required=False, default=None)


class SwiGetStatus(Request[SwiGetStatusResponse]):
    """NAS 0x5556: Read temperature, modes and LTE state of a Sierra Wireless modem."""

    service = 0x03
    service_name = "nas"
    id = 0x5556
    message = "swi-get-status"
    response = SwiGetStatusResponse
    vendor: ClassVar[int] = 0x1199


class NetworkRejectIndication(Indication):
    """NAS 0x0068: A network refused the registration; the cause says why."""

    service = 0x03
    service_name = "nas"
    id = 0x0068
    message = "network-reject"
    radio_interface: RadioInterface = member(Int(1, enum=RadioInterface), tlv=0x01)
    service_domain: NetworkServiceDomain = member(Int(1, enum=NetworkServiceDomain), tlv=0x02)
    reject_cause: RejectCause = member(Int(1, enum=RejectCause), tlv=0x03)
    plmn: NetworkCode | None = member(Nested(NetworkCode), tlv=0x10, required=False, default=None)
    closed_subscriber_group: int | None = member(U32, tlv=0x11, required=False, personal=True, default=None)


class GetRfBandInformationResponse(Response):
    """NAS 0x0031: the answer to :class:`GetRfBandInformation`."""

    service = 0x03
    service_name = "nas"
    id = 0x0031
    message = "get-rf-band-information"
    list_: list[RfBand] = member(Array(Nested(RfBand), count=U8), tlv=0x01)
    extended_list: list[RfBandExtended] | None = member(Array(Nested(RfBandExtended), count=U8), tlv=0x11, required=False, default=None)
    bandwidth_list: list[RfBandwidth] | None = member(Array(Nested(RfBandwidth), count=U8), tlv=0x12, required=False, default=None)


class GetRfBandInformation(Request[GetRfBandInformationResponse]):
    """NAS 0x0031: Read band, channel and bandwidth in use."""

    service = 0x03
    service_name = "nas"
    id = 0x0031
    message = "get-rf-band-information"
    response = GetRfBandInformationResponse


class GetCellLocationInfoResponseGeranInfoV2(Struct):
    cell_id: int = member(U32, personal=True)
    plmn: str = member(Plmn())
    lac: int = member(U16, personal=True)
    geran_absolute_rf_channel_number: int = member(U16)
    base_station_identity_code: int = member(U8)
    timing_advance: int = member(U32)
    rx_level: int = member(U16)
    cell: list[GeranNeighbor] = member(Array(Nested(GeranNeighbor), count=U8), default_factory=list)


class GetCellLocationInfoResponseUmtsInfoV2(Struct):
    cell_id: int = member(U16, personal=True)
    plmn: str = member(Plmn())
    lac: int = member(U16, personal=True)
    utra_absolute_rf_channel_number: int = member(U16)
    primary_scrambling_code: int = member(U16)
    rscp: int = member(Int(2, signed=True), unit='dBm')
    ecio: int = member(Int(2, signed=True), unit='dB')
    cell: list[UmtsNeighbor] = member(Array(Nested(UmtsNeighbor), count=U8), default_factory=list)
    neighboring_geran: list[UmtsGeranNeighbor] = member(Array(Nested(UmtsGeranNeighbor), count=U8), default_factory=list)


class GetCellLocationInfoResponseCdmaInfo(Struct):
    system_id: int = member(U16)
    network_id: int = member(U16)
    base_station_id: int = member(U16, personal=True)
    reference_pn: int = member(U16)
    latitude: int = member(U32, unit='0.25 arcsec', personal=True)
    longitude: int = member(U32, unit='0.25 arcsec', personal=True)


class GetCellLocationInfoResponseIntrafrequencyLteInfoV2(Struct):
    ue_in_idle: bool = member(Bool())
    plmn: str = member(Plmn())
    tracking_area_code: int = member(U16, personal=True)
    global_cell_id: int = member(U32, personal=True)
    eutra_absolute_rf_channel_number: int = member(U16)
    serving_cell_id: int = member(U16)
    cell_reselection_priority: int = member(U8)
    s_non_intra_search_threshold: int = member(U8)
    serving_cell_low_threshold: int = member(U8)
    s_intra_search_threshold: int = member(U8)
    cell: list[LteCell] = member(Array(Nested(LteCell), count=U8), default_factory=list)


class GetCellLocationInfoResponseInterfrequencyLteInfo(Struct):
    ue_in_idle: bool = member(Bool())
    frequency: list[LteFrequency] = member(Array(Nested(LteFrequency), count=U8), default_factory=list)


class GetCellLocationInfoResponseLteInfoNeighboringGsm(Struct):
    ue_in_idle: bool = member(Bool())
    frequency: list[LteGsmFrequency] = member(Array(Nested(LteGsmFrequency), count=U8), default_factory=list)


class GetCellLocationInfoResponseLteInfoNeighboringWcdma(Struct):
    ue_in_idle: bool = member(Bool())
    frequency: list[LteWcdmaFrequency] = member(Array(Nested(LteWcdmaFrequency), count=U8), default_factory=list)


class GetCellLocationInfoResponseUmtsInfoNeighboringLte(Struct):
    rrc_state: WcdmaRrcState = member(Int(4, enum=WcdmaRrcState))
    frequency: list[UmtsLteFrequency] = member(Array(Nested(UmtsLteFrequency), count=U8), default_factory=list)


class GetCellLocationInfoResponseNr5gCellInformation(Struct):
    plmn: str = member(Plmn())
    tracking_area_code: int = member(Int(3, big=True), personal=True)
    global_cell_id: int = member(U64, personal=True)
    physical_cell_id: int = member(U16)
    rsrq: int = member(Int(2, signed=True), unit='0.1 dB')
    rsrp: int = member(Int(2, signed=True), unit='0.1 dBm')
    snr: int = member(Int(2, signed=True), unit='0.1 dB')


class GetCellLocationInfoResponse(Response):
    """NAS 0x0043: the answer to :class:`GetCellLocationInfo`."""

    service = 0x03
    service_name = "nas"
    id = 0x0043
    message = "get-cell-location-info"
    geran_info_v2: GetCellLocationInfoResponseGeranInfoV2 | None = member(Nested(GetCellLocationInfoResponseGeranInfoV2), tlv=0x10, required=False, default=None)
    umts_info_v2: GetCellLocationInfoResponseUmtsInfoV2 | None = member(Nested(GetCellLocationInfoResponseUmtsInfoV2), tlv=0x11, required=False, default=None)
    cdma_info: GetCellLocationInfoResponseCdmaInfo | None = member(Nested(GetCellLocationInfoResponseCdmaInfo), tlv=0x12, required=False, default=None)
    intrafrequency_lte_info_v2: GetCellLocationInfoResponseIntrafrequencyLteInfoV2 | None = member(Nested(GetCellLocationInfoResponseIntrafrequencyLteInfoV2), tlv=0x13, required=False, default=None)
    interfrequency_lte_info: GetCellLocationInfoResponseInterfrequencyLteInfo | None = member(Nested(GetCellLocationInfoResponseInterfrequencyLteInfo), tlv=0x14, required=False, default=None)
    lte_info_neighboring_gsm: GetCellLocationInfoResponseLteInfoNeighboringGsm | None = member(Nested(GetCellLocationInfoResponseLteInfoNeighboringGsm), tlv=0x15, required=False, default=None)
    lte_info_neighboring_wcdma: GetCellLocationInfoResponseLteInfoNeighboringWcdma | None = member(Nested(GetCellLocationInfoResponseLteInfoNeighboringWcdma), tlv=0x16, required=False, default=None)
    umts_cell_id: int | None = member(U32, tlv=0x17, required=False, personal=True, default=None)
    umts_info_neighboring_lte: GetCellLocationInfoResponseUmtsInfoNeighboringLte | None = member(Nested(GetCellLocationInfoResponseUmtsInfoNeighboringLte), tlv=0x18, required=False, default=None)
    lte_info_timing_advance: int | None = member(U32, tlv=0x1e, required=False, unit='us', default=None)
    nr5g_arfcn: int | None = member(U32, tlv=0x2e, required=False, default=None)
    nr5g_cell_information: GetCellLocationInfoResponseNr5gCellInformation | None = member(Nested(GetCellLocationInfoResponseNr5gCellInformation), tlv=0x2f, required=False, default=None)


class GetCellLocationInfo(Request[GetCellLocationInfoResponse]):
    """NAS 0x0043: Read the serving cell and its neighbours."""

    service = 0x03
    service_name = "nas"
    id = 0x0043
    message = "get-cell-location-info"
    response = GetCellLocationInfoResponse


class GetCdmaPositionInfoResponseCdmaPositionInfo(Struct):
    ui_in_idle_mode: int = member(Int(1, signed=True))
    basestations: list[CdmaPosition] = member(Array(Nested(CdmaPosition), count=U8), default_factory=list)


class GetCdmaPositionInfoResponse(Response):
    """NAS 0x0065: the answer to :class:`GetCdmaPositionInfo`."""

    service = 0x03
    service_name = "nas"
    id = 0x0065
    message = "get-cdma-position-info"
    cdma_position_info: GetCdmaPositionInfoResponseCdmaPositionInfo | None = member(Nested(GetCdmaPositionInfoResponseCdmaPositionInfo), tlv=0x10, required=False, default=None)


class GetCdmaPositionInfo(Request[GetCdmaPositionInfoResponse]):
    """NAS 0x0065: Read the base stations in sight and where they stand (CDMA)."""

    service = 0x03
    service_name = "nas"
    id = 0x0065
    message = "get-cdma-position-info"
    response = GetCdmaPositionInfoResponse


class GetLteCphyCaInfoResponsePhyCaAggScellInfo(Struct):
    physical_cell_id: int = member(U16)
    rx_channel: int = member(U16)
    dl_bandwidth: DlBandwidth = member(Int(4, enum=DlBandwidth))
    lte_band: ActiveBand = member(Int(2, enum=ActiveBand))
    state: ScellState = member(Int(4, enum=ScellState))


class GetLteCphyCaInfoResponsePhyCaAggPcellInfo(Struct):
    physical_cell_id: int = member(U16)
    rx_channel: int = member(U16)
    dl_bandwidth: DlBandwidth = member(Int(4, enum=DlBandwidth))
    lte_band: ActiveBand = member(Int(2, enum=ActiveBand))


class GetLteCphyCaInfoResponse(Response):
    """NAS 0x00ac: the answer to :class:`GetLteCphyCaInfo`."""

    service = 0x03
    service_name = "nas"
    id = 0x00ac
    message = "get-lte-cphy-ca-info"
    dl_bandwidth: DlBandwidth | None = member(Int(4, enum=DlBandwidth), tlv=0x11, required=False, default=None)
    phy_ca_agg_scell_info: GetLteCphyCaInfoResponsePhyCaAggScellInfo | None = member(Nested(GetLteCphyCaInfoResponsePhyCaAggScellInfo), tlv=0x12, required=False, default=None)
    phy_ca_agg_pcell_info: GetLteCphyCaInfoResponsePhyCaAggPcellInfo | None = member(Nested(GetLteCphyCaInfoResponsePhyCaAggPcellInfo), tlv=0x13, required=False, default=None)
    scell_index: int | None = member(U8, tlv=0x14, required=False, default=None)
    phy_ca_agg_secondary_cells: list[SecondaryCell] | None = member(Array(Nested(SecondaryCell), count=U8), tlv=0x15, required=False, default=None)


class GetLteCphyCaInfo(Request[GetLteCphyCaInfoResponse]):
    """NAS 0x00ac: Read the cells that LTE carrier aggregation combines."""

    service = 0x03
    service_name = "nas"
    id = 0x00ac
    message = "get-lte-cphy-ca-info"
    response = GetLteCphyCaInfoResponse


class GetOperatorNameResponse(Response):
    """NAS 0x0039: the answer to :class:`GetOperatorName`."""

    service = 0x03
    service_name = "nas"
    id = 0x0039
    message = "get-operator-name"
    service_provider_name: ServiceProviderName | None = member(Nested(ServiceProviderName), tlv=0x10, required=False, default=None)
    operator_plmn_list: list[OperatorPlmn] | None = member(Array(Nested(OperatorPlmn), count=U16), tlv=0x11, required=False, default=None)
    operator_plmn_name: list[OperatorName] | None = member(Array(Nested(OperatorName), count=U8), tlv=0x12, required=False, default=None)
    operator_string_name: str | None = member(Text(), tlv=0x13, required=False, default=None)
    nitz_information: OperatorName | None = member(Nested(OperatorName), tlv=0x14, required=False, default=None)


class GetOperatorName(Request[GetOperatorNameResponse]):
    """NAS 0x0039: Read the operator's names from the card and from the network."""

    service = 0x03
    service_name = "nas"
    id = 0x0039
    message = "get-operator-name"
    response = GetOperatorNameResponse


class GetPlmnNameResponse_3gppEonsPlmnName(Struct):
    service_provider_name_encoding: NetworkDescriptionEncoding = member(Int(1, enum=NetworkDescriptionEncoding))
    service_provider_name: bytes = member(Bytes(U8))
    short_name_encoding: NetworkDescriptionEncoding = member(Int(1, enum=NetworkDescriptionEncoding))
    short_name_country_initials: PlmnNameCountryInitials = member(Int(1, enum=PlmnNameCountryInitials))
    short_name_spare_bits: PlmnNameSpareBits = member(Int(1, enum=PlmnNameSpareBits))
    short_name: bytes = member(Bytes(U8))
    long_name_encoding: NetworkDescriptionEncoding = member(Int(1, enum=NetworkDescriptionEncoding))
    long_name_country_initials: PlmnNameCountryInitials = member(Int(1, enum=PlmnNameCountryInitials))
    long_name_spare_bits: PlmnNameSpareBits = member(Int(1, enum=PlmnNameSpareBits))
    long_name: bytes = member(Bytes(U8))


class GetPlmnNameResponseDisplayBitInformation(Struct):
    service_provider_name_set: Boolean = member(Int(4, enum=Boolean))
    plmn_name_set: Boolean = member(Int(4, enum=Boolean))


class GetPlmnNameResponse(Response):
    """NAS 0x0044: the answer to :class:`GetPlmnName`."""

    service = 0x03
    service_name = "nas"
    id = 0x0044
    message = "get-plmn-name"
    _3gpp_eons_plmn_name: GetPlmnNameResponse_3gppEonsPlmnName | None = member(Nested(GetPlmnNameResponse_3gppEonsPlmnName), tlv=0x10, required=False, name="3gpp-eons-plmn-name", default=None)
    display_bit_information: GetPlmnNameResponseDisplayBitInformation | None = member(Nested(GetPlmnNameResponseDisplayBitInformation), tlv=0x11, required=False, default=None)
    network_information: Boolean | None = member(Int(4, enum=Boolean), tlv=0x12, required=False, default=None)
    plmn_name_with_language_id: list[PlmnNameInLanguage] | None = member(Array(Nested(PlmnNameInLanguage), count=U8), tlv=0x13, required=False, default=None)
    additional_information: list[int] | None = member(Array(U16, count=U8), tlv=0x14, required=False, default=None)
    network_name_source: NetworkNameSource | None = member(Int(4, enum=NetworkNameSource), tlv=0x15, required=False, default=None)


class GetPlmnNamePlmn(Struct):
    mcc: int = member(U16)
    mnc: int = member(U16)


class GetPlmnName(Request[GetPlmnNameResponse]):
    """NAS 0x0044: Look up the name of a network by its numbers."""

    service = 0x03
    service_name = "nas"
    id = 0x0044
    message = "get-plmn-name"
    response = GetPlmnNameResponse
    plmn: GetPlmnNamePlmn = member(Nested(GetPlmnNamePlmn), tlv=0x01)
    suppress_sim_error: bool | None = member(Bool(), tlv=0x10, required=False, default=None)
    mnc_pcs_digit_include_status: bool | None = member(Bool(), tlv=0x11, required=False, default=None)
    always_send_plmn_name: bool | None = member(Bool(), tlv=0x12, required=False, default=None)
    use_static_table_only: bool | None = member(Bool(), tlv=0x13, required=False, default=None)
    csg_id: int | None = member(U32, tlv=0x14, required=False, personal=True, default=None)
    radio_access_technology: RadioInterface | None = member(Int(1, enum=RadioInterface), tlv=0x15, required=False, default=None)
    send_all_information: bool | None = member(Bool(), tlv=0x16, required=False, default=None)


class GetNetworkTimeResponse(Response):
    """NAS 0x007d: the answer to :class:`GetNetworkTime`."""

    service = 0x03
    service_name = "nas"
    id = 0x007d
    message = "get-network-time"
    _3gpp2_time: NetworkTime | None = member(Nested(NetworkTime), tlv=0x10, required=False, name="3gpp2-time", default=None)
    _3gpp_time: NetworkTime | None = member(Nested(NetworkTime), tlv=0x11, required=False, name="3gpp-time", default=None)


class GetNetworkTime(Request[GetNetworkTimeResponse]):
    """NAS 0x007d: Read the time of day that the network told last."""

    service = 0x03
    service_name = "nas"
    id = 0x007d
    message = "get-network-time"
    response = GetNetworkTimeResponse


class OperatorNameIndication(Indication):
    """NAS 0x003a: The names of the operator have changed."""

    service = 0x03
    service_name = "nas"
    id = 0x003a
    message = "operator-name"
    service_provider_name: ServiceProviderName | None = member(Nested(ServiceProviderName), tlv=0x10, required=False, default=None)
    operator_plmn_list: list[OperatorPlmn] | None = member(Array(Nested(OperatorPlmn), count=U16), tlv=0x11, required=False, default=None)
    operator_plmn_name: list[OperatorName] | None = member(Array(Nested(OperatorName), count=U8), tlv=0x12, required=False, default=None)
    operator_string_name: str | None = member(Text(), tlv=0x13, required=False, default=None)
    nitz_information: OperatorName | None = member(Nested(OperatorName), tlv=0x14, required=False, default=None)


class NetworkTimeIndication(Indication):
    """NAS 0x004c: The network has told the time of day."""

    service = 0x03
    service_name = "nas"
    id = 0x004c
    message = "network-time"
    universal_time: UniversalTime = member(Nested(UniversalTime), tlv=0x01)
    timezone_offset: int | None = member(Int(1, signed=True), tlv=0x10, required=False, unit='15 min', default=None)
    daylight_savings_adjustment: DaylightSavingsAdjustment | None = member(Int(1, enum=DaylightSavingsAdjustment), tlv=0x11, required=False, default=None)
    radio_interface: RadioInterface | None = member(Int(1, signed=True, enum=RadioInterface), tlv=0x12, required=False, default=None)


class NetworkScanResponse(Response):
    """NAS 0x0021: the answer to :class:`NetworkScan`."""

    service = 0x03
    service_name = "nas"
    id = 0x0021
    message = "network-scan"
    network_information: list[ScannedNetwork] | None = member(Array(Nested(ScannedNetwork), count=U16), tlv=0x10, required=False, default=None)
    radio_access_technology: list[NetworkTechnology] | None = member(Array(Nested(NetworkTechnology), count=U16), tlv=0x11, required=False, default=None)
    mnc_pcs_digit_include_status: list[NetworkCode] | None = member(Array(Nested(NetworkCode), count=U16), tlv=0x12, required=False, default=None)
    network_scan_result: NetworkScanResult | None = member(Int(4, enum=NetworkScanResult), tlv=0x13, required=False, default=None)


class NetworkScan(Request[NetworkScanResponse]):
    """NAS 0x0021: Search all bands for networks; takes minutes and can be aborted."""

    service = 0x03
    service_name = "nas"
    id = 0x0021
    message = "network-scan"
    response = NetworkScanResponse
    abortable: ClassVar[bool] = True
    network_type: NetworkScanType | None = member(Int(1, enum=NetworkScanType), tlv=0x10, required=False, default=None)


class GetPreferredNetworksResponse(Response):
    """NAS 0x0026: the answer to :class:`GetPreferredNetworks`."""

    service = 0x03
    service_name = "nas"
    id = 0x0026
    message = "get-preferred-networks"
    preferred_networks: list[PreferredNetwork] | None = member(Array(Nested(PreferredNetwork), count=U16), tlv=0x10, required=False, default=None)
    static_preferred_networks: list[PreferredNetwork] | None = member(Array(Nested(PreferredNetwork), count=U16), tlv=0x11, required=False, default=None)
    mnc_pcs_digit_include_status: list[NetworkCode] | None = member(Array(Nested(NetworkCode), count=U8), tlv=0x12, required=False, default=None)
    static_mnc_pcs_digit_include_status: list[NetworkCode] | None = member(Array(Nested(NetworkCode), count=U8), tlv=0x13, required=False, default=None)


class GetPreferredNetworks(Request[GetPreferredNetworksResponse]):
    """NAS 0x0026: Read the list of networks that the card or the modem prefers."""

    service = 0x03
    service_name = "nas"
    id = 0x0026
    message = "get-preferred-networks"
    response = GetPreferredNetworksResponse


class SetPreferredNetworksResponse(Response):
    """NAS 0x0027: the answer to :class:`SetPreferredNetworks`."""

    service = 0x03
    service_name = "nas"
    id = 0x0027
    message = "set-preferred-networks"


class SetPreferredNetworks(Request[SetPreferredNetworksResponse]):
    """NAS 0x0027: Replace the list of preferred networks."""

    service = 0x03
    service_name = "nas"
    id = 0x0027
    message = "set-preferred-networks"
    response = SetPreferredNetworksResponse
    preferred_networks: list[PreferredNetwork] | None = member(Array(Nested(PreferredNetwork), count=U16), tlv=0x10, required=False, default=None)
    mnc_pcs_digit_include_status: list[NetworkCode] | None = member(Array(Nested(NetworkCode), count=U8), tlv=0x11, required=False, default=None)
    clear_previous_preferred_networks: bool | None = member(Bool(), tlv=0x12, required=False, default=None)


class SetTechnologyPreferenceResponse(Response):
    """NAS 0x002a: the answer to :class:`SetTechnologyPreference`."""

    service = 0x03
    service_name = "nas"
    id = 0x002a
    message = "set-technology-preference"


class SetTechnologyPreference(Request[SetTechnologyPreferenceResponse]):
    """NAS 0x002a: Choose the radio technologies that may be used (older modems)."""

    service = 0x03
    service_name = "nas"
    id = 0x002a
    message = "set-technology-preference"
    response = SetTechnologyPreferenceResponse
    current: TechnologyPreference = member(Nested(TechnologyPreference), tlv=0x01)


class GetTechnologyPreferenceResponse(Response):
    """NAS 0x002b: the answer to :class:`GetTechnologyPreference`."""

    service = 0x03
    service_name = "nas"
    id = 0x002b
    message = "get-technology-preference"
    active: TechnologyPreference = member(Nested(TechnologyPreference), tlv=0x01)
    persistent: RadioTechnologyPreference | None = member(Int(2, enum=RadioTechnologyPreference), tlv=0x10, required=False, default=None)


class GetTechnologyPreference(Request[GetTechnologyPreferenceResponse]):
    """NAS 0x002b: Read the radio technologies that may be used (older modems)."""

    service = 0x03
    service_name = "nas"
    id = 0x002b
    message = "get-technology-preference"
    response = GetTechnologyPreferenceResponse


class SetSystemSelectionPreferenceResponse(Response):
    """NAS 0x0033: the answer to :class:`SetSystemSelectionPreference`."""

    service = 0x03
    service_name = "nas"
    id = 0x0033
    message = "set-system-selection-preference"


class SetSystemSelectionPreferenceNetworkSelectionPreference(Struct):
    mode: NetworkSelectionPreference = member(Int(1, enum=NetworkSelectionPreference))
    mcc: int = member(U16)
    mnc: int = member(U16)


class SetSystemSelectionPreference(Request[SetSystemSelectionPreferenceResponse]):
    """NAS 0x0033: Choose technologies, bands, roaming, network selection and domain."""

    service = 0x03
    service_name = "nas"
    id = 0x0033
    message = "set-system-selection-preference"
    response = SetSystemSelectionPreferenceResponse
    emergency_mode: bool | None = member(Bool(), tlv=0x10, required=False, default=None)
    mode_preference: RatModePreference | None = member(Int(2, enum=RatModePreference), tlv=0x11, required=False, default=None)
    band_preference: Bands | None = member(Int(8, enum=Bands), tlv=0x12, required=False, default=None)
    cdma_prl_preference: CdmaPrlPreference | None = member(Int(2, enum=CdmaPrlPreference), tlv=0x13, required=False, default=None)
    roaming_preference: RoamingPreference | None = member(Int(2, enum=RoamingPreference), tlv=0x14, required=False, default=None)
    lte_band_preference: LteBands | None = member(Int(8, enum=LteBands), tlv=0x15, required=False, default=None)
    network_selection_preference: SetSystemSelectionPreferenceNetworkSelectionPreference | None = member(Nested(SetSystemSelectionPreferenceNetworkSelectionPreference), tlv=0x16, required=False, default=None)
    change_duration: ChangeDuration | None = member(Int(1, enum=ChangeDuration), tlv=0x17, required=False, default=None)
    service_domain_preference: ServiceDomainPreference | None = member(Int(4, enum=ServiceDomainPreference), tlv=0x18, required=False, default=None)
    gsm_wcdma_acquisition_order_preference: GsmWcdmaAcquisitionOrderPreference | None = member(Int(4, enum=GsmWcdmaAcquisitionOrderPreference), tlv=0x19, required=False, default=None)
    mnc_pcs_digit_include_status: bool | None = member(Bool(), tlv=0x1a, required=False, default=None)
    td_scdma_band_preference: TdScdmaBandPreference | None = member(Int(8, enum=TdScdmaBandPreference), tlv=0x1d, required=False, default=None)
    acquisition_order_preference: list[RadioInterface] | None = member(Array(Int(1, signed=True, enum=RadioInterface), count=U8), tlv=0x1e, required=False, default=None)
    network_selection_registration_restriction: NetworkSelectionRegistrationRestriction | None = member(Int(4, enum=NetworkSelectionRegistrationRestriction), tlv=0x1f, required=False, default=None)
    usage_preference: UsagePreference | None = member(Int(4, enum=UsagePreference), tlv=0x21, required=False, default=None)
    voice_domain_preference: VoiceDomainPreference | None = member(Int(4, enum=VoiceDomainPreference), tlv=0x23, required=False, default=None)
    extended_lte_band_preference: LteBandMasks | None = member(Nested(LteBandMasks), tlv=0x24, required=False, default=None)
    nr5g_sa_band_preference: Nr5gBandMasks | None = member(Nested(Nr5gBandMasks), tlv=0x2f, required=False, default=None)
    nr5g_nsa_band_preference: Nr5gBandMasks | None = member(Nested(Nr5gBandMasks), tlv=0x30, required=False, default=None)


class GetSystemSelectionPreferenceResponse(Response):
    """NAS 0x0034: the answer to :class:`GetSystemSelectionPreference`."""

    service = 0x03
    service_name = "nas"
    id = 0x0034
    message = "get-system-selection-preference"
    emergency_mode: bool | None = member(Bool(), tlv=0x10, required=False, default=None)
    mode_preference: RatModePreference | None = member(Int(2, enum=RatModePreference), tlv=0x11, required=False, default=None)
    band_preference: Bands | None = member(Int(8, enum=Bands), tlv=0x12, required=False, default=None)
    cdma_prl_preference: CdmaPrlPreference | None = member(Int(2, enum=CdmaPrlPreference), tlv=0x13, required=False, default=None)
    roaming_preference: RoamingPreference | None = member(Int(2, enum=RoamingPreference), tlv=0x14, required=False, default=None)
    lte_band_preference: LteBands | None = member(Int(8, enum=LteBands), tlv=0x15, required=False, default=None)
    network_selection_preference: NetworkSelectionPreference | None = member(Int(1, enum=NetworkSelectionPreference), tlv=0x16, required=False, default=None)
    service_domain_preference: ServiceDomainPreference | None = member(Int(4, enum=ServiceDomainPreference), tlv=0x18, required=False, default=None)
    gsm_wcdma_acquisition_order_preference: GsmWcdmaAcquisitionOrderPreference | None = member(Int(4, enum=GsmWcdmaAcquisitionOrderPreference), tlv=0x19, required=False, default=None)
    td_scdma_band_preference: TdScdmaBandPreference | None = member(Int(8, enum=TdScdmaBandPreference), tlv=0x1a, required=False, default=None)
    manual_network_selection: NetworkCode | None = member(Nested(NetworkCode), tlv=0x1b, required=False, default=None)
    acquisition_order_preference: list[RadioInterface] | None = member(Array(Int(1, signed=True, enum=RadioInterface), count=U8), tlv=0x1c, required=False, default=None)
    network_selection_registration_restriction: NetworkSelectionRegistrationRestriction | None = member(Int(4, enum=NetworkSelectionRegistrationRestriction), tlv=0x1d, required=False, default=None)
    usage_preference: UsagePreference | None = member(Int(4, enum=UsagePreference), tlv=0x1f, required=False, default=None)
    voice_domain_preference: VoiceDomainPreference | None = member(Int(4, enum=VoiceDomainPreference), tlv=0x20, required=False, default=None)
    disabled_modes: RatModePreference | None = member(Int(2, enum=RatModePreference), tlv=0x22, required=False, default=None)
    extended_lte_band_preference: LteBandMasks | None = member(Nested(LteBandMasks), tlv=0x23, required=False, default=None)
    nr5g_sa_band_preference: Nr5gBandMasks | None = member(Nested(Nr5gBandMasks), tlv=0x2c, required=False, default=None)
    nr5g_nsa_band_preference: Nr5gBandMasks | None = member(Nested(Nr5gBandMasks), tlv=0x2d, required=False, default=None)


class GetSystemSelectionPreference(Request[GetSystemSelectionPreferenceResponse]):
    """NAS 0x0034: Read the choice of technologies, bands, roaming, network selection and domain."""

    service = 0x03
    service_name = "nas"
    id = 0x0034
    message = "get-system-selection-preference"
    response = GetSystemSelectionPreferenceResponse


class IncrementalNetworkScanResponse(Response):
    """NAS 0x0085: the answer to :class:`IncrementalNetworkScan`."""

    service = 0x03
    service_name = "nas"
    id = 0x0085
    message = "incremental-network-scan"


class IncrementalNetworkScan(Request[IncrementalNetworkScanResponse]):
    """NAS 0x0085: Search for networks and report each one as it is found; can be aborted."""

    service = 0x03
    service_name = "nas"
    id = 0x0085
    message = "incremental-network-scan"
    response = IncrementalNetworkScanResponse
    abortable: ClassVar[bool] = True
    network_type: NetworkScanType | None = member(Int(1, enum=NetworkScanType), tlv=0x10, required=False, default=None)


class IncrementalNetworkScanIndication(Indication):
    """NAS 0x0085: Networks found so far by a running search."""

    service = 0x03
    service_name = "nas"
    id = 0x0085
    message = "incremental-network-scan"
    status: IncrementalNetworkScanStatus = member(Int(4, enum=IncrementalNetworkScanStatus), tlv=0x01)
    network_information: list[FoundNetwork] | None = member(Array(Nested(FoundNetwork), count=U16), tlv=0x10, required=False, default=None)


class GetServingSystemResponse(Response):
    """NAS 0x0024: the answer to :class:`GetServingSystem`."""

    service = 0x03
    service_name = "nas"
    id = 0x0024
    message = "get-serving-system"
    serving_system: ServingSystem = member(Nested(ServingSystem), tlv=0x01)
    roaming_indicator: RoamingIndicatorStatus | None = member(Int(1, enum=RoamingIndicatorStatus), tlv=0x10, required=False, default=None)
    """on: roaming."""
    data_service_capability: list[DataCapability] | None = member(Array(Int(1, enum=DataCapability), count=U8), tlv=0x11, required=False, default=None)
    current_plmn: NamedNetwork | None = member(Nested(NamedNetwork), tlv=0x12, required=False, default=None)
    cdma_system_id: CdmaSystemId | None = member(Nested(CdmaSystemId), tlv=0x13, required=False, default=None)
    cdma_base_station_info: CdmaBaseStation | None = member(Nested(CdmaBaseStation), tlv=0x14, required=False, default=None)
    roaming_indicator_list: list[RoamingIndicator] | None = member(Array(Nested(RoamingIndicator), count=U8), tlv=0x15, required=False, default=None)
    default_roaming_indicator: RoamingIndicatorStatus | None = member(Int(1, enum=RoamingIndicatorStatus), tlv=0x16, required=False, default=None)
    """on: roaming."""
    time_zone_3gpp2: TimeZone3gpp2 | None = member(Nested(TimeZone3gpp2), tlv=0x17, required=False, default=None)
    cdma_p_rev: int | None = member(U8, tlv=0x18, required=False, default=None)
    time_zone_3gpp: int | None = member(Int(1, signed=True), tlv=0x1a, required=False, unit='15 min', default=None)
    daylight_saving_time_adjustment_3gpp: int | None = member(U8, tlv=0x1b, required=False, default=None)
    lac_3gpp: int | None = member(U16, tlv=0x1c, required=False, personal=True, default=None)
    cid_3gpp: int | None = member(U32, tlv=0x1d, required=False, personal=True, default=None)
    concurrent_service_info_3gpp2: bool | None = member(Bool(), tlv=0x1e, required=False, default=None)
    prl_indicator_3gpp2: bool | None = member(Bool(), tlv=0x1f, required=False, default=None)
    dtm_support: bool | None = member(Bool(), tlv=0x20, required=False, default=None)
    detailed_service_status: DetailedServiceStatus | None = member(Nested(DetailedServiceStatus), tlv=0x21, required=False, default=None)
    cdma_system_info: CdmaNetworkCode | None = member(Nested(CdmaNetworkCode), tlv=0x22, required=False, default=None)
    hdr_personality: HdrPersonality | None = member(Int(1, enum=HdrPersonality), tlv=0x23, required=False, default=None)
    lte_tac: int | None = member(U16, tlv=0x24, required=False, personal=True, default=None)
    call_barring_status: CallBarring | None = member(Nested(CallBarring), tlv=0x25, required=False, default=None)
    umts_primary_scrambling_code: int | None = member(U16, tlv=0x26, required=False, default=None)
    mnc_pcs_digit_include_status: NetworkCode | None = member(Nested(NetworkCode), tlv=0x27, required=False, default=None)
    network_name_source: NetworkNameSource | None = member(Int(4, enum=NetworkNameSource), tlv=0x29, required=False, default=None)


class GetServingSystem(Request[GetServingSystemResponse]):
    """NAS 0x0024: Read registration, attachment and the serving network."""

    service = 0x03
    service_name = "nas"
    id = 0x0024
    message = "get-serving-system"
    response = GetServingSystemResponse


class GetHomeNetworkResponseHomeNetwork3gpp2Ext(Struct):
    mcc: int = member(U16)
    mnc: int = member(U16)
    display_description: NetworkDescriptionDisplay = member(Int(1, enum=NetworkDescriptionDisplay))
    description_encoding: NetworkDescriptionEncoding = member(Int(1, enum=NetworkDescriptionEncoding))
    description: bytes = member(Bytes(U8))


class GetHomeNetworkResponseHomeNetwork3gppMnc(Struct):
    is_3gpp: bool = member(Bool())
    includes_pcs_digit: bool = member(Bool())
    """The MNC has three digits."""


class GetHomeNetworkResponse(Response):
    """NAS 0x0025: the answer to :class:`GetHomeNetwork`."""

    service = 0x03
    service_name = "nas"
    id = 0x0025
    message = "get-home-network"
    home_network: NamedNetwork = member(Nested(NamedNetwork), tlv=0x01)
    home_system_id: CdmaSystemId | None = member(Nested(CdmaSystemId), tlv=0x10, required=False, default=None)
    home_network_3gpp2_ext: GetHomeNetworkResponseHomeNetwork3gpp2Ext | None = member(Nested(GetHomeNetworkResponseHomeNetwork3gpp2Ext), tlv=0x11, required=False, default=None)
    home_network_3gpp_mnc: GetHomeNetworkResponseHomeNetwork3gppMnc | None = member(Nested(GetHomeNetworkResponseHomeNetwork3gppMnc), tlv=0x12, required=False, default=None)
    network_name_source: NetworkNameSource | None = member(Int(4, enum=NetworkNameSource), tlv=0x13, required=False, default=None)


class GetHomeNetwork(Request[GetHomeNetworkResponse]):
    """NAS 0x0025: Read the home network of the subscriber."""

    service = 0x03
    service_name = "nas"
    id = 0x0025
    message = "get-home-network"
    response = GetHomeNetworkResponse


class ServingSystemIndicationUniversalTimeAndLocalTimeZone3gpp(Struct):
    year: int = member(U16)
    month: int = member(U8)
    day: int = member(U8)
    hour: int = member(U8)
    minute: int = member(U8)
    second: int = member(U8)
    time_zone: int = member(U8, unit='15 min')


class ServingSystemIndication(Indication):
    """NAS 0x0024: Registration, attachment or serving network has changed."""

    service = 0x03
    service_name = "nas"
    id = 0x0024
    message = "serving-system"
    serving_system: ServingSystem = member(Nested(ServingSystem), tlv=0x01)
    roaming_indicator: RoamingIndicatorStatus | None = member(Int(1, enum=RoamingIndicatorStatus), tlv=0x10, required=False, default=None)
    """on: roaming."""
    data_service_capability: list[DataCapability] | None = member(Array(Int(1, enum=DataCapability), count=U8), tlv=0x11, required=False, default=None)
    current_plmn: NamedNetwork | None = member(Nested(NamedNetwork), tlv=0x12, required=False, default=None)
    cdma_system_id: CdmaSystemId | None = member(Nested(CdmaSystemId), tlv=0x13, required=False, default=None)
    cdma_base_station_info: CdmaBaseStation | None = member(Nested(CdmaBaseStation), tlv=0x14, required=False, default=None)
    roaming_indicator_list: list[RoamingIndicator] | None = member(Array(Nested(RoamingIndicator), count=U8), tlv=0x15, required=False, default=None)
    default_roaming_indicator: RoamingIndicatorStatus | None = member(Int(1, enum=RoamingIndicatorStatus), tlv=0x16, required=False, default=None)
    """on: roaming."""
    time_zone_3gpp2: TimeZone3gpp2 | None = member(Nested(TimeZone3gpp2), tlv=0x17, required=False, default=None)
    cdma_p_rev: int | None = member(U8, tlv=0x18, required=False, default=None)
    plmn_name_flag_3gpp: bool | None = member(Bool(), tlv=0x19, required=False, default=None)
    time_zone_3gpp: int | None = member(Int(1, signed=True), tlv=0x1a, required=False, unit='15 min', default=None)
    daylight_saving_time_adjustment_3gpp: int | None = member(U8, tlv=0x1b, required=False, default=None)
    universal_time_and_local_time_zone_3gpp: ServingSystemIndicationUniversalTimeAndLocalTimeZone3gpp | None = member(Nested(ServingSystemIndicationUniversalTimeAndLocalTimeZone3gpp), tlv=0x1c, required=False, default=None)
    lac_3gpp: int | None = member(U16, tlv=0x1d, required=False, personal=True, default=None)
    cid_3gpp: int | None = member(U32, tlv=0x1e, required=False, personal=True, default=None)
    concurrent_service_info_3gpp2: bool | None = member(Bool(), tlv=0x1f, required=False, default=None)
    prl_indicator_3gpp2: bool | None = member(Bool(), tlv=0x20, required=False, default=None)
    dtm_support: bool | None = member(Bool(), tlv=0x21, required=False, default=None)
    detailed_service_status: DetailedServiceStatus | None = member(Nested(DetailedServiceStatus), tlv=0x22, required=False, default=None)
    cdma_system_info: CdmaNetworkCode | None = member(Nested(CdmaNetworkCode), tlv=0x23, required=False, default=None)
    hdr_personality: HdrPersonality | None = member(Int(1, enum=HdrPersonality), tlv=0x24, required=False, default=None)
    lte_tac: int | None = member(U16, tlv=0x25, required=False, personal=True, default=None)
    call_barring_status: CallBarring | None = member(Nested(CallBarring), tlv=0x26, required=False, default=None)
    plmn_not_changed_indication: bool | None = member(Bool(), tlv=0x27, required=False, default=None)
    umts_primary_scrambling_code: int | None = member(U16, tlv=0x28, required=False, default=None)
    mnc_pcs_digit_include_status: NetworkCode | None = member(Nested(NetworkCode), tlv=0x29, required=False, default=None)
    network_name_source: NetworkNameSource | None = member(Int(4, enum=NetworkNameSource), tlv=0x2b, required=False, default=None)


class SetEventReportResponse(Response):
    """NAS 0x0002: the answer to :class:`SetEventReport`."""

    service = 0x03
    service_name = "nas"
    id = 0x0002
    message = "set-event-report"


class SetEventReportSignalStrengthIndicator(Struct):
    report: bool = member(Bool())
    thresholds: list[int] = member(Array(Int(1, signed=True), count=U8), unit='dBm', default_factory=list)


class SetEventReportRssiIndicator(Struct):
    report: bool = member(Bool())
    rssi_delta: int = member(U8, unit='dB')


class SetEventReportEcioIndicator(Struct):
    report: bool = member(Bool())
    ecio_delta: int = member(U8)


class SetEventReportIoIndicator(Struct):
    report: bool = member(Bool())
    io_delta: int = member(U8)


class SetEventReportSinrIndicator(Struct):
    report: bool = member(Bool())
    sinr_delta: int = member(U8)


class SetEventReportEcioThreshold(Struct):
    report: bool = member(Bool())
    thresholds: list[int] = member(Array(Int(2, signed=True), count=U8), default_factory=list)


class SetEventReportSinrThreshold(Struct):
    report: bool = member(Bool())
    thresholds: list[int] = member(Array(U8, count=U8), default_factory=list)


class SetEventReportLteSnrDelta(Struct):
    report: bool = member(Bool())
    snr_delta: int = member(U8)


class SetEventReportLteRsrpDelta(Struct):
    report: bool = member(Bool())
    rsrp_delta: int = member(U8, unit='dB')


class SetEventReport(Request[SetEventReportResponse]):
    """NAS 0x0002: Choose thresholds at which signal and registration changes are reported (older
    modems)."""

    service = 0x03
    service_name = "nas"
    id = 0x0002
    message = "set-event-report"
    response = SetEventReportResponse
    signal_strength_indicator: SetEventReportSignalStrengthIndicator | None = member(Nested(SetEventReportSignalStrengthIndicator), tlv=0x10, required=False, default=None)
    rf_band_information: bool | None = member(Bool(), tlv=0x11, required=False, default=None)
    registration_reject_reason: bool | None = member(Bool(), tlv=0x12, required=False, default=None)
    rssi_indicator: SetEventReportRssiIndicator | None = member(Nested(SetEventReportRssiIndicator), tlv=0x13, required=False, default=None)
    ecio_indicator: SetEventReportEcioIndicator | None = member(Nested(SetEventReportEcioIndicator), tlv=0x14, required=False, default=None)
    io_indicator: SetEventReportIoIndicator | None = member(Nested(SetEventReportIoIndicator), tlv=0x15, required=False, default=None)
    sinr_indicator: SetEventReportSinrIndicator | None = member(Nested(SetEventReportSinrIndicator), tlv=0x16, required=False, default=None)
    error_rate_indicator: bool | None = member(Bool(), tlv=0x17, required=False, default=None)
    ecio_threshold: SetEventReportEcioThreshold | None = member(Nested(SetEventReportEcioThreshold), tlv=0x19, required=False, default=None)
    sinr_threshold: SetEventReportSinrThreshold | None = member(Nested(SetEventReportSinrThreshold), tlv=0x1a, required=False, default=None)
    lte_snr_delta: SetEventReportLteSnrDelta | None = member(Nested(SetEventReportLteSnrDelta), tlv=0x1b, required=False, default=None)
    lte_rsrp_delta: SetEventReportLteRsrpDelta | None = member(Nested(SetEventReportLteRsrpDelta), tlv=0x1c, required=False, default=None)


class GetSignalStrengthResponse(Response):
    """NAS 0x0020: the answer to :class:`GetSignalStrength`."""

    service = 0x03
    service_name = "nas"
    id = 0x0020
    message = "get-signal-strength"
    signal_strength: Strength = member(Nested(Strength), tlv=0x01)
    strength_list: list[Strength] | None = member(Array(Nested(Strength), count=U16), tlv=0x10, required=False, default=None)
    rssi_list: list[RssiOfInterface] | None = member(Array(Nested(RssiOfInterface), count=U16), tlv=0x11, required=False, default=None)
    ecio_list: list[EcioOfInterface] | None = member(Array(Nested(EcioOfInterface), count=U16), tlv=0x12, required=False, default=None)
    io: int | None = member(Int(4, signed=True), tlv=0x13, required=False, unit='dBm', default=None)
    sinr: EvdoSinrLevel | None = member(Int(1, enum=EvdoSinrLevel), tlv=0x14, required=False, default=None)
    error_rate_list: list[ErrorRateOfInterface] | None = member(Array(Nested(ErrorRateOfInterface), count=U16), tlv=0x15, required=False, default=None)
    rsrq: RsrqOfInterface | None = member(Nested(RsrqOfInterface), tlv=0x16, required=False, default=None)
    lte_snr: int | None = member(Int(2, signed=True), tlv=0x17, required=False, unit='0.1 dB', default=None)
    lte_rsrp: int | None = member(Int(2, signed=True), tlv=0x18, required=False, unit='dBm', default=None)


class GetSignalStrength(Request[GetSignalStrengthResponse]):
    """NAS 0x0020: Read the signal figures in the way of older modems."""

    service = 0x03
    service_name = "nas"
    id = 0x0020
    message = "get-signal-strength"
    response = GetSignalStrengthResponse
    request_mask: SignalStrengthRequest | None = member(Int(2, enum=SignalStrengthRequest), tlv=0x10, required=False, default=None)


class GetSignalInfoResponseTdmaSignalStrengthExtended(Struct):
    rssi: int = member(Int(4, signed=True))
    rscp: int = member(Int(4, signed=True))
    ecio: int = member(Int(4, signed=True))
    sinr: int = member(Int(4, signed=True))


class GetSignalInfoResponse(Response):
    """NAS 0x004f: the answer to :class:`GetSignalInfo`."""

    service = 0x03
    service_name = "nas"
    id = 0x004f
    message = "get-signal-info"
    cdma_signal_strength: CdmaSignal | None = member(Nested(CdmaSignal), tlv=0x10, required=False, default=None)
    hdr_signal_strength: HdrSignal | None = member(Nested(HdrSignal), tlv=0x11, required=False, default=None)
    gsm_signal_strength: int | None = member(Int(1, signed=True), tlv=0x12, required=False, unit='dBm', default=None)
    wcdma_signal_strength: CdmaSignal | None = member(Nested(CdmaSignal), tlv=0x13, required=False, default=None)
    lte_signal_strength: LteSignal | None = member(Nested(LteSignal), tlv=0x14, required=False, default=None)
    tdma_signal_strength: int | None = member(Int(1, signed=True), tlv=0x15, required=False, unit='dBm', default=None)
    tdma_signal_strength_extended: GetSignalInfoResponseTdmaSignalStrengthExtended | None = member(Nested(GetSignalInfoResponseTdmaSignalStrengthExtended), tlv=0x16, required=False, default=None)
    _5g_signal_strength: Nr5gSignal | None = member(Nested(Nr5gSignal), tlv=0x17, required=False, name="5g-signal-strength", default=None)
    _5g_signal_strength_extended: int | None = member(Int(2, signed=True), tlv=0x18, required=False, name="5g-signal-strength-extended", unit='dB', default=None)
    wcdma_rscp: int | None = member(Int(2, signed=True), tlv=0x19, required=False, unit='dBm', default=None)


class GetSignalInfo(Request[GetSignalInfoResponse]):
    """NAS 0x004f: Read the signal figures of every radio interface that is up."""

    service = 0x03
    service_name = "nas"
    id = 0x004f
    message = "get-signal-info"
    response = GetSignalInfoResponse


class ConfigSignalInfoResponse(Response):
    """NAS 0x0050: the answer to :class:`ConfigSignalInfo`."""

    service = 0x03
    service_name = "nas"
    id = 0x0050
    message = "config-signal-info"


class ConfigSignalInfo(Request[ConfigSignalInfoResponse]):
    """NAS 0x0050: Choose the thresholds at which signal-info is sent."""

    service = 0x03
    service_name = "nas"
    id = 0x0050
    message = "config-signal-info"
    response = ConfigSignalInfoResponse
    rssi_threshold: list[int] | None = member(Array(Int(1, signed=True), count=U8), tlv=0x10, required=False, unit='dBm', default=None)
    ecio_threshold: list[int] | None = member(Array(Int(2, signed=True), count=U8), tlv=0x11, required=False, unit='-0.5 dB', default=None)
    sinr_threshold: list[int] | None = member(Array(U8, count=U8), tlv=0x12, required=False, default=None)
    lte_snr_threshold: list[int] | None = member(Array(Int(2, signed=True), count=U8), tlv=0x13, required=False, unit='0.1 dB', default=None)
    io_threshold: list[int] | None = member(Array(Int(4, signed=True), count=U8), tlv=0x14, required=False, unit='dBm', default=None)
    rsrq_threshold: list[int] | None = member(Array(Int(1, signed=True), count=U8), tlv=0x15, required=False, unit='dB', default=None)
    rsrp_threshold: list[int] | None = member(Array(Int(2, signed=True), count=U8), tlv=0x16, required=False, unit='dBm', default=None)
    lte_report: ReportRate | None = member(Nested(ReportRate), tlv=0x17, required=False, default=None)
    rscp_threshold: list[int] | None = member(Array(Int(1, signed=True), count=U8), tlv=0x18, required=False, unit='dBm', default=None)


class GetTxRxInfoResponseTxInfo(Struct):
    is_in_traffic: bool = member(Bool())
    tx_power: int = member(Int(4, signed=True), unit='0.1 dBm')


class GetTxRxInfoResponse(Response):
    """NAS 0x005a: the answer to :class:`GetTxRxInfo`."""

    service = 0x03
    service_name = "nas"
    id = 0x005a
    message = "get-tx-rx-info"
    rx_chain_0_info: RxChain | None = member(Nested(RxChain), tlv=0x10, required=False, default=None)
    rx_chain_1_info: RxChain | None = member(Nested(RxChain), tlv=0x11, required=False, default=None)
    tx_info: GetTxRxInfoResponseTxInfo | None = member(Nested(GetTxRxInfoResponseTxInfo), tlv=0x12, required=False, default=None)
    rx_chain_2_info: RxChain | None = member(Nested(RxChain), tlv=0x15, required=False, default=None)
    rx_chain_3_info: RxChain | None = member(Nested(RxChain), tlv=0x16, required=False, default=None)


class GetTxRxInfo(Request[GetTxRxInfoResponse]):
    """NAS 0x005a: Read power and quality at each antenna for one radio technology."""

    service = 0x03
    service_name = "nas"
    id = 0x005a
    message = "get-tx-rx-info"
    response = GetTxRxInfoResponse
    radio_interface: RadioInterface = member(Int(1, signed=True, enum=RadioInterface), tlv=0x01)


class ConfigSignalInfoV2Response(Response):
    """NAS 0x006c: the answer to :class:`ConfigSignalInfoV2`."""

    service = 0x03
    service_name = "nas"
    id = 0x006c
    message = "config-signal-info-v2"


class ConfigSignalInfoV2(Request[ConfigSignalInfoV2Response]):
    """NAS 0x006c: Choose the thresholds or steps at which signal-info is sent, one set for each
    technology."""

    service = 0x03
    service_name = "nas"
    id = 0x006c
    message = "config-signal-info-v2"
    response = ConfigSignalInfoV2Response
    cdma_rssi_threshold_list: list[int] | None = member(Array(Int(2, signed=True), count=U8), tlv=0x10, required=False, unit='0.1 dBm', default=None)
    cdma_rssi_delta: int | None = member(U16, tlv=0x11, required=False, unit='0.1 dB', default=None)
    cdma_ecio_threshold_list: list[int] | None = member(Array(Int(2, signed=True), count=U8), tlv=0x12, required=False, default=None)
    cdma_ecio_delta: int | None = member(U16, tlv=0x13, required=False, default=None)
    hdr_rssi_threshold_list: list[int] | None = member(Array(Int(2, signed=True), count=U8), tlv=0x14, required=False, unit='0.1 dBm', default=None)
    hdr_rssi_delta: int | None = member(U16, tlv=0x15, required=False, unit='0.1 dB', default=None)
    hdr_ecio_threshold_list: list[int] | None = member(Array(Int(2, signed=True), count=U8), tlv=0x16, required=False, default=None)
    hdr_ecio_delta: int | None = member(U16, tlv=0x17, required=False, default=None)
    hdr_sinr_threshold_list: list[int] | None = member(Array(Int(2, signed=True), count=U8), tlv=0x18, required=False, default=None)
    hdr_sinr_delta: int | None = member(U16, tlv=0x19, required=False, default=None)
    hdr_io_threshold_list: list[int] | None = member(Array(Int(2, signed=True), count=U8), tlv=0x1a, required=False, default=None)
    hdr_io_delta: int | None = member(U16, tlv=0x1b, required=False, default=None)
    gsm_rssi_threshold_list: list[int] | None = member(Array(Int(2, signed=True), count=U8), tlv=0x1c, required=False, unit='0.1 dBm', default=None)
    gsm_rssi_delta: int | None = member(U16, tlv=0x1d, required=False, unit='0.1 dB', default=None)
    wcdma_rssi_threshold_list: list[int] | None = member(Array(Int(2, signed=True), count=U8), tlv=0x1e, required=False, unit='0.1 dBm', default=None)
    wcdma_rssi_delta: int | None = member(U16, tlv=0x1f, required=False, unit='0.1 dB', default=None)
    wcdma_ecio_threshold_list: list[int] | None = member(Array(Int(2, signed=True), count=U8), tlv=0x20, required=False, default=None)
    wcdma_ecio_delta: int | None = member(U16, tlv=0x21, required=False, default=None)
    lte_rssi_threshold_list: list[int] | None = member(Array(Int(2, signed=True), count=U8), tlv=0x22, required=False, unit='0.1 dBm', default=None)
    lte_rssi_delta: int | None = member(U16, tlv=0x23, required=False, unit='0.1 dB', default=None)
    lte_snr_threshold_list: list[int] | None = member(Array(Int(2, signed=True), count=U8), tlv=0x24, required=False, unit='0.1 dB', default=None)
    lte_snr_delta: int | None = member(U16, tlv=0x25, required=False, unit='0.1 dB', default=None)
    lte_rsrq_threshold_list: list[int] | None = member(Array(Int(2, signed=True), count=U8), tlv=0x26, required=False, unit='0.1 dB', default=None)
    lte_rsrq_delta: int | None = member(U16, tlv=0x27, required=False, unit='0.1 dB', default=None)
    lte_rsrp_threshold_list: list[int] | None = member(Array(Int(2, signed=True), count=U8), tlv=0x28, required=False, unit='0.1 dBm', default=None)
    lte_rsrp_delta: int | None = member(U16, tlv=0x29, required=False, unit='0.1 dB', default=None)
    lte_report: ReportRate | None = member(Nested(ReportRate), tlv=0x2a, required=False, default=None)
    nr5g_snr_threshold_list: list[int] | None = member(Array(Int(2, signed=True), count=U8), tlv=0x33, required=False, unit='0.1 dB', default=None)
    nr5g_snr_delta: int | None = member(U16, tlv=0x34, required=False, unit='0.1 dB', default=None)
    nr5g_rsrp_threshold_list: list[int] | None = member(Array(Int(2, signed=True), count=U8), tlv=0x35, required=False, unit='0.1 dBm', default=None)
    nr5g_rsrp_delta: int | None = member(U16, tlv=0x36, required=False, unit='0.1 dB', default=None)
    nr5g_report: ReportRate | None = member(Nested(ReportRate), tlv=0x37, required=False, default=None)
    nr5g_rsrq_threshold_list: list[int] | None = member(Array(Int(2, signed=True), count=U8), tlv=0x38, required=False, unit='0.1 dB', default=None)
    nr5g_rsrq_delta: int | None = member(U16, tlv=0x39, required=False, unit='0.1 dB', default=None)
    wcdma_rscp_threshold_list: list[int] | None = member(Array(Int(2, signed=True), count=U8), tlv=0x3a, required=False, unit='0.1 dBm', default=None)
    wcdma_rscp_delta: int | None = member(U16, tlv=0x3b, required=False, unit='0.1 dB', default=None)


class EventReportIndicationRegistrationRejectReason(Struct):
    service_domain: NetworkServiceDomain = member(Int(1, enum=NetworkServiceDomain))
    reject_cause: RejectCause = member(Int(2, enum=RejectCause))


class EventReportIndication(Indication):
    """NAS 0x0002: A signal figure has crossed a threshold, or the registration was refused."""

    service = 0x03
    service_name = "nas"
    id = 0x0002
    message = "event-report"
    signal_strength: Strength | None = member(Nested(Strength), tlv=0x10, required=False, default=None)
    rf_band_information: list[RfBand] | None = member(Array(Nested(RfBand), count=U8), tlv=0x11, required=False, default=None)
    registration_reject_reason: EventReportIndicationRegistrationRejectReason | None = member(Nested(EventReportIndicationRegistrationRejectReason), tlv=0x12, required=False, default=None)
    rssi: RssiOfInterface | None = member(Nested(RssiOfInterface), tlv=0x13, required=False, default=None)
    ecio: EcioOfInterface | None = member(Nested(EcioOfInterface), tlv=0x14, required=False, default=None)
    io: int | None = member(Int(4, signed=True), tlv=0x15, required=False, unit='dBm', default=None)
    sinr: EvdoSinrLevel | None = member(Int(1, enum=EvdoSinrLevel), tlv=0x16, required=False, default=None)
    error_rate: ErrorRateOfInterface | None = member(Nested(ErrorRateOfInterface), tlv=0x17, required=False, default=None)
    rsrq: RsrqOfInterface | None = member(Nested(RsrqOfInterface), tlv=0x18, required=False, default=None)
    lte_snr: int | None = member(Int(2, signed=True), tlv=0x19, required=False, unit='0.1 dB', default=None)
    lte_rsrp: int | None = member(Int(2, signed=True), tlv=0x1a, required=False, unit='dBm', default=None)


class SignalInfoIndication(Indication):
    """NAS 0x0051: A signal figure has crossed a threshold."""

    service = 0x03
    service_name = "nas"
    id = 0x0051
    message = "signal-info"
    cdma_signal_strength: CdmaSignal | None = member(Nested(CdmaSignal), tlv=0x10, required=False, default=None)
    hdr_signal_strength: HdrSignal | None = member(Nested(HdrSignal), tlv=0x11, required=False, default=None)
    gsm_signal_strength: int | None = member(Int(1, signed=True), tlv=0x12, required=False, unit='dBm', default=None)
    wcdma_signal_strength: CdmaSignal | None = member(Nested(CdmaSignal), tlv=0x13, required=False, default=None)
    lte_signal_strength: LteSignal | None = member(Nested(LteSignal), tlv=0x14, required=False, default=None)
    tdma_signal_strength: int | None = member(Int(1, signed=True), tlv=0x15, required=False, unit='dBm', default=None)
    _5g_signal_strength: Nr5gSignal | None = member(Nested(Nr5gSignal), tlv=0x17, required=False, name="5g-signal-strength", default=None)
    _5g_signal_strength_extended: int | None = member(Int(2, signed=True), tlv=0x18, required=False, name="5g-signal-strength-extended", unit='dB', default=None)
    wcdma_rscp: int | None = member(Int(2, signed=True), tlv=0x19, required=False, unit='dBm', default=None)


class GetSystemInfoResponse(Response):
    """NAS 0x004d: the answer to :class:`GetSystemInfo`."""

    service = 0x03
    service_name = "nas"
    id = 0x004d
    message = "get-system-info"
    cdma_service_status: CdmaServiceStatus | None = member(Nested(CdmaServiceStatus), tlv=0x10, required=False, default=None)
    hdr_service_status: CdmaServiceStatus | None = member(Nested(CdmaServiceStatus), tlv=0x11, required=False, default=None)
    gsm_service_status: ServiceState | None = member(Nested(ServiceState), tlv=0x12, required=False, default=None)
    wcdma_service_status: ServiceState | None = member(Nested(ServiceState), tlv=0x13, required=False, default=None)
    lte_service_status: ServiceState | None = member(Nested(ServiceState), tlv=0x14, required=False, default=None)
    cdma_system_info: CdmaSystemInfo | None = member(Nested(CdmaSystemInfo), tlv=0x15, required=False, default=None)
    hdr_system_info: HdrSystemInfo | None = member(Nested(HdrSystemInfo), tlv=0x16, required=False, default=None)
    gsm_system_info_v2: GsmSystemInfo | None = member(Nested(GsmSystemInfo), tlv=0x17, required=False, default=None)
    wcdma_system_info_v2: WcdmaSystemInfo | None = member(Nested(WcdmaSystemInfo), tlv=0x18, required=False, default=None)
    lte_system_info_v2: LteSystemInfo | None = member(Nested(LteSystemInfo), tlv=0x19, required=False, default=None)
    additional_cdma_system_info: AdditionalCdmaSystemInfo | None = member(Nested(AdditionalCdmaSystemInfo), tlv=0x1a, required=False, default=None)
    additional_hdr_system_info: AdditionalSystemInfo | None = member(Nested(AdditionalSystemInfo), tlv=0x1b, required=False, default=None)
    additional_gsm_system_info: AdditionalBroadcastSystemInfo | None = member(Nested(AdditionalBroadcastSystemInfo), tlv=0x1c, required=False, default=None)
    additional_wcdma_system_info: AdditionalBroadcastSystemInfo | None = member(Nested(AdditionalBroadcastSystemInfo), tlv=0x1d, required=False, default=None)
    additional_lte_system_info: AdditionalSystemInfo | None = member(Nested(AdditionalSystemInfo), tlv=0x1e, required=False, default=None)
    gsm_call_barring_status: CallBarring | None = member(Nested(CallBarring), tlv=0x1f, required=False, default=None)
    wcdma_call_barring_status: CallBarring | None = member(Nested(CallBarring), tlv=0x20, required=False, default=None)
    lte_voice_support: bool | None = member(Bool(), tlv=0x21, required=False, default=None)
    gsm_cipher_domain: NetworkServiceDomain | None = member(Int(1, enum=NetworkServiceDomain), tlv=0x22, required=False, default=None)
    wcdma_cipher_domain: NetworkServiceDomain | None = member(Int(1, enum=NetworkServiceDomain), tlv=0x23, required=False, default=None)
    td_scdma_service_status: ServiceState | None = member(Nested(ServiceState), tlv=0x24, required=False, default=None)
    td_scdma_system_info_v2: TdScdmaSystemInfo | None = member(Nested(TdScdmaSystemInfo), tlv=0x25, required=False, default=None)
    lte_embms_coverage_info_support: bool | None = member(Bool(), tlv=0x26, required=False, default=None)
    sim_reject_info: SimRejectState | None = member(Int(4, enum=SimRejectState), tlv=0x27, required=False, default=None)
    ims_voice_support: bool | None = member(Bool(), tlv=0x29, required=False, default=None)
    lte_voice_domain: LteVoiceDomain | None = member(Int(4, enum=LteVoiceDomain), tlv=0x2a, required=False, default=None)
    cdma_registration_zone_id: int | None = member(U16, tlv=0x2b, required=False, default=None)
    gsm_routing_area_code: int | None = member(U8, tlv=0x2c, required=False, default=None)
    wcdma_routing_area_code: int | None = member(U8, tlv=0x2d, required=False, default=None)
    cdma_resolved_mcc: int | None = member(U16, tlv=0x2e, required=False, default=None)
    network_selection_registration_restriction: NetworkSelectionRegistrationRestriction | None = member(Int(4, enum=NetworkSelectionRegistrationRestriction), tlv=0x2f, required=False, default=None)
    lte_registration_domain: LteRegistrationDomain | None = member(Int(4, enum=LteRegistrationDomain), tlv=0x31, required=False, default=None)
    lte_embms_coverage_info_trace_id: int | None = member(U16, tlv=0x34, required=False, default=None)
    lte_cell_access_status: LteCellAccessStatus | None = member(Int(4, enum=LteCellAccessStatus), tlv=0x44, required=False, default=None)
    nr5g_service_status_info: ServiceState | None = member(Nested(ServiceState), tlv=0x4a, required=False, default=None)
    nr5g_system_info: Nr5gSystemInfo | None = member(Nested(Nr5gSystemInfo), tlv=0x4b, required=False, default=None)
    eutra_with_nr5g_availability: bool | None = member(Bool(), tlv=0x4e, required=False, default=None)
    dcnr_restriction_info: bool | None = member(Bool(), tlv=0x4f, required=False, default=None)
    nr5g_tracking_area_code: int | None = member(Int(3, big=True), tlv=0x50, required=False, personal=True, default=None)


class GetSystemInfo(Request[GetSystemInfoResponse]):
    """NAS 0x004d: Read service, registration, cell and refusal for every radio technology."""

    service = 0x03
    service_name = "nas"
    id = 0x004d
    message = "get-system-info"
    response = GetSystemInfoResponse


class SystemInfoIndication(Indication):
    """NAS 0x004e: Service, registration, cell or refusal has changed for a radio technology."""

    service = 0x03
    service_name = "nas"
    id = 0x004e
    message = "system-info"
    cdma_service_status: CdmaServiceStatus | None = member(Nested(CdmaServiceStatus), tlv=0x10, required=False, default=None)
    hdr_service_status: CdmaServiceStatus | None = member(Nested(CdmaServiceStatus), tlv=0x11, required=False, default=None)
    gsm_service_status: ServiceState | None = member(Nested(ServiceState), tlv=0x12, required=False, default=None)
    wcdma_service_status: ServiceState | None = member(Nested(ServiceState), tlv=0x13, required=False, default=None)
    lte_service_status: ServiceState | None = member(Nested(ServiceState), tlv=0x14, required=False, default=None)
    cdma_system_info: CdmaSystemInfo | None = member(Nested(CdmaSystemInfo), tlv=0x15, required=False, default=None)
    hdr_system_info: HdrSystemInfo | None = member(Nested(HdrSystemInfo), tlv=0x16, required=False, default=None)
    gsm_system_info_v2: GsmSystemInfo | None = member(Nested(GsmSystemInfo), tlv=0x17, required=False, default=None)
    wcdma_system_info_v2: WcdmaSystemInfo | None = member(Nested(WcdmaSystemInfo), tlv=0x18, required=False, default=None)
    lte_system_info_v2: LteSystemInfo | None = member(Nested(LteSystemInfo), tlv=0x19, required=False, default=None)
    additional_cdma_system_info: AdditionalCdmaSystemInfo | None = member(Nested(AdditionalCdmaSystemInfo), tlv=0x1a, required=False, default=None)
    additional_hdr_system_info: AdditionalSystemInfo | None = member(Nested(AdditionalSystemInfo), tlv=0x1b, required=False, default=None)
    additional_gsm_system_info: AdditionalBroadcastSystemInfo | None = member(Nested(AdditionalBroadcastSystemInfo), tlv=0x1c, required=False, default=None)
    additional_wcdma_system_info: AdditionalBroadcastSystemInfo | None = member(Nested(AdditionalBroadcastSystemInfo), tlv=0x1d, required=False, default=None)
    additional_lte_system_info: AdditionalSystemInfo | None = member(Nested(AdditionalSystemInfo), tlv=0x1e, required=False, default=None)
    gsm_call_barring_status: CallBarring | None = member(Nested(CallBarring), tlv=0x1f, required=False, default=None)
    wcdma_call_barring_status: CallBarring | None = member(Nested(CallBarring), tlv=0x20, required=False, default=None)
    lte_voice_support: bool | None = member(Bool(), tlv=0x21, required=False, default=None)
    gsm_cipher_domain: NetworkServiceDomain | None = member(Int(1, enum=NetworkServiceDomain), tlv=0x22, required=False, default=None)
    wcdma_cipher_domain: NetworkServiceDomain | None = member(Int(1, enum=NetworkServiceDomain), tlv=0x23, required=False, default=None)
    plmn_not_changed_indication: bool | None = member(Bool(), tlv=0x24, required=False, default=None)
    td_scdma_service_status: ServiceState | None = member(Nested(ServiceState), tlv=0x25, required=False, default=None)
    td_scma_system_info_v2: TdScdmaSystemInfo | None = member(Nested(TdScdmaSystemInfo), tlv=0x26, required=False, default=None)
    lte_embms_coverage_info_support: bool | None = member(Bool(), tlv=0x27, required=False, default=None)
    sim_reject_info: SimRejectState | None = member(Int(4, enum=SimRejectState), tlv=0x28, required=False, default=None)
    nr5g_service_status_info: ServiceState | None = member(Nested(ServiceState), tlv=0x4c, required=False, default=None)
    nr5g_system_info: Nr5gSystemInfo | None = member(Nested(Nr5gSystemInfo), tlv=0x4d, required=False, default=None)
    eutra_with_nr5g_availability: bool | None = member(Bool(), tlv=0x50, required=False, default=None)
    dcnr_restriction_info: bool | None = member(Bool(), tlv=0x51, required=False, default=None)
    nr5g_tracking_area_code: int | None = member(Int(3, big=True), tlv=0x52, required=False, personal=True, default=None)
