# SPDX-License-Identifier: GPL-2.0-or-later OR MIT
# Do not edit: made from protocols/mbim/_shared.toml
# by python -m qmiprobe._codegen
"""What several MBIM services use."""

from __future__ import annotations

from typing import ClassVar
from qmiprobe._enums import OpenEnum, OpenFlags, Uuid
from qmiprobe._message import Struct, member
from qmiprobe._text import U16

class Status(OpenEnum):
    NONE: ClassVar[Status]
    BUSY: ClassVar[Status]
    FAILURE: ClassVar[Status]
    SIM_NOT_INSERTED: ClassVar[Status]
    BAD_SIM: ClassVar[Status]
    PIN_REQUIRED: ClassVar[Status]
    PIN_DISABLED: ClassVar[Status]
    NOT_REGISTERED: ClassVar[Status]
    PROVIDERS_NOT_FOUND: ClassVar[Status]
    NO_DEVICE_SUPPORT: ClassVar[Status]
    PROVIDER_NOT_VISIBLE: ClassVar[Status]
    DATA_CLASS_NOT_AVAILABLE: ClassVar[Status]
    PACKET_SERVICE_DETACHED: ClassVar[Status]
    MAX_ACTIVATED_CONTEXTS: ClassVar[Status]
    NOT_INITIALIZED: ClassVar[Status]
    VOICE_CALL_IN_PROGRESS: ClassVar[Status]
    CONTEXT_NOT_ACTIVATED: ClassVar[Status]
    SERVICE_NOT_ACTIVATED: ClassVar[Status]
    INVALID_ACCESS_STRING: ClassVar[Status]
    INVALID_USER_NAME_PWD: ClassVar[Status]
    RADIO_POWER_OFF: ClassVar[Status]
    INVALID_PARAMETERS: ClassVar[Status]
    READ_FAILURE: ClassVar[Status]
    WRITE_FAILURE: ClassVar[Status]
    NO_PHONEBOOK: ClassVar[Status]
    PARAMETER_TOO_LONG: ClassVar[Status]
    STK_BUSY: ClassVar[Status]
    OPERATION_NOT_ALLOWED: ClassVar[Status]
    MEMORY_FAILURE: ClassVar[Status]
    INVALID_MEMORY_INDEX: ClassVar[Status]
    MEMORY_FULL: ClassVar[Status]
    FILTER_NOT_SUPPORTED: ClassVar[Status]
    DSS_INSTANCE_LIMIT: ClassVar[Status]
    INVALID_DEVICE_SERVICE_OPERATION: ClassVar[Status]
    AUTH_INCORRECT_AUTN: ClassVar[Status]
    AUTH_SYNC_FAILURE: ClassVar[Status]
    AUTH_AMF_NOT_SET: ClassVar[Status]
    CONTEXT_NOT_SUPPORTED: ClassVar[Status]
    SMS_UNKNOWN_SMSC_ADDRESS: ClassVar[Status]
    SMS_NETWORK_TIMEOUT: ClassVar[Status]
    SMS_LANG_NOT_SUPPORTED: ClassVar[Status]
    SMS_ENCODING_NOT_SUPPORTED: ClassVar[Status]
    SMS_FORMAT_NOT_SUPPORTED: ClassVar[Status]
    MS_NO_LOGICAL_CHANNELS: ClassVar[Status]
    MS_SELECT_FAILED: ClassVar[Status]
    MS_INVALID_LOGICAL_CHANNEL: ClassVar[Status]
    INVALID_SIGNATURE: ClassVar[Status]
    INVALID_IMEI: ClassVar[Status]
    INVALID_TIMESTAMP: ClassVar[Status]
    NETWORK_LIST_TOO_LARGE: ClassVar[Status]
    SIGNATURE_ALGORITHM_NOT_SUPPORTED: ClassVar[Status]
    FEATURE_NOT_SUPPORTED: ClassVar[Status]
    DECODE_OR_PARSING_ERROR: ClassVar[Status]
    definition = "status"
    names = {
        0: "none",
        1: "busy",
        2: "failure",
        3: "sim-not-inserted",
        4: "bad-sim",
        5: "pin-required",
        6: "pin-disabled",
        7: "not-registered",
        8: "providers-not-found",
        9: "no-device-support",
        10: "provider-not-visible",
        11: "data-class-not-available",
        12: "packet-service-detached",
        13: "max-activated-contexts",
        14: "not-initialized",
        15: "voice-call-in-progress",
        16: "context-not-activated",
        17: "service-not-activated",
        18: "invalid-access-string",
        19: "invalid-user-name-pwd",
        20: "radio-power-off",
        21: "invalid-parameters",
        22: "read-failure",
        23: "write-failure",
        25: "no-phonebook",
        26: "parameter-too-long",
        27: "stk-busy",
        28: "operation-not-allowed",
        29: "memory-failure",
        30: "invalid-memory-index",
        31: "memory-full",
        32: "filter-not-supported",
        33: "dss-instance-limit",
        34: "invalid-device-service-operation",
        35: "auth-incorrect-autn",
        36: "auth-sync-failure",
        37: "auth-amf-not-set",
        38: "context-not-supported",
        100: "sms-unknown-smsc-address",
        101: "sms-network-timeout",
        102: "sms-lang-not-supported",
        103: "sms-encoding-not-supported",
        104: "sms-format-not-supported",
        2269315073: "ms-no-logical-channels",
        2269315074: "ms-select-failed",
        2269315075: "ms-invalid-logical-channel",
        2432696321: "invalid-signature",
        2432696322: "invalid-imei",
        2432696323: "invalid-timestamp",
        2432696324: "network-list-too-large",
        2432696325: "signature-algorithm-not-supported",
        2432696326: "feature-not-supported",
        2432696327: "decode-or-parsing-error",
    }


class ProtocolError(OpenEnum):
    INVALID: ClassVar[ProtocolError]
    TIMEOUT_FRAGMENT: ClassVar[ProtocolError]
    FRAGMENT_OUT_OF_SEQUENCE: ClassVar[ProtocolError]
    LENGTH_MISMATCH: ClassVar[ProtocolError]
    DUPLICATED_TID: ClassVar[ProtocolError]
    NOT_OPENED: ClassVar[ProtocolError]
    UNKNOWN: ClassVar[ProtocolError]
    CANCEL: ClassVar[ProtocolError]
    MAX_TRANSFER: ClassVar[ProtocolError]
    definition = "protocol-error"
    names = {
        0: "invalid",
        1: "timeout-fragment",
        2: "fragment-out-of-sequence",
        3: "length-mismatch",
        4: "duplicated-tid",
        5: "not-opened",
        6: "unknown",
        7: "cancel",
        8: "max-transfer",
    }


class NwError(OpenEnum):
    NONE: ClassVar[NwError]
    IMSI_UNKNOWN_IN_HLR: ClassVar[NwError]
    ILLEGAL_MS: ClassVar[NwError]
    IMSI_UNKNOWN_IN_VLR: ClassVar[NwError]
    IMEI_NOT_ACCEPTED: ClassVar[NwError]
    ILLEGAL_ME: ClassVar[NwError]
    GPRS_NOT_ALLOWED: ClassVar[NwError]
    GPRS_AND_NON_GPRS_NOT_ALLOWED: ClassVar[NwError]
    MS_IDENTITY_NOT_DERIVED_BY_NETWORK: ClassVar[NwError]
    IMPLICITLY_DETACHED: ClassVar[NwError]
    PLMN_NOT_ALLOWED: ClassVar[NwError]
    LOCATION_AREA_NOT_ALLOWED: ClassVar[NwError]
    ROAMING_NOT_ALLOWED_IN_LOCATION_AREA: ClassVar[NwError]
    GPRS_NOT_ALLOWED_IN_PLMN: ClassVar[NwError]
    NO_CELLS_IN_LOCATION_AREA: ClassVar[NwError]
    MSC_TEMPORARILY_NOT_REACHABLE: ClassVar[NwError]
    NETWORK_FAILURE: ClassVar[NwError]
    MAC_FAILURE: ClassVar[NwError]
    SYNCH_FAILURE: ClassVar[NwError]
    CONGESTION: ClassVar[NwError]
    GSM_AUTHENTICATION_UNACCEPTABLE: ClassVar[NwError]
    NOT_AUTHORIZED_FOR_CSG: ClassVar[NwError]
    INSUFFICIENT_RESOURCES: ClassVar[NwError]
    MISSING_OR_UNKNOWN_APN: ClassVar[NwError]
    UNKNOWN_PDP_ADDRESS_OR_TYPE: ClassVar[NwError]
    USER_AUTHENTICATION_FAILED: ClassVar[NwError]
    ACTIVATION_REJECTED_BY_GGSN_OR_GW: ClassVar[NwError]
    ACTIVATION_REJECTED_UNSPECIFIED: ClassVar[NwError]
    SERVICE_OPTION_NOT_SUPPORTED: ClassVar[NwError]
    REQUESTED_SERVICE_OPTION_NOT_SUBSCRIBED: ClassVar[NwError]
    SERVICE_OPTION_TEMPORARILY_OUT_OF_ORDER: ClassVar[NwError]
    NO_PDP_CONTEXT_ACTIVATED: ClassVar[NwError]
    SEMANTIC_ERROR_IN_THE_TFT_OPERATION: ClassVar[NwError]
    SYNTACTICAL_ERROR_IN_THE_TFT_OPERATION: ClassVar[NwError]
    UNKNOWN_PDP_CONTEXT: ClassVar[NwError]
    SEMANTIC_ERRORS_IN_PACKET_FILTER: ClassVar[NwError]
    SYNTACTICAL_ERRORS_IN_PACKET_FILTER: ClassVar[NwError]
    PDP_CONTEXT_WITHOUT_TFT_ALREADY_ACTIVATED: ClassVar[NwError]
    REQUEST_REJECTED_OR_BEARER_CONTROL_MODE_VIOLATION: ClassVar[NwError]
    LAST_PDN_DISCONNECTION_NOT_ALLOWED: ClassVar[NwError]
    PDP_TYPE_IPV4_ONLY_ALLOWED: ClassVar[NwError]
    PDP_TYPE_IPV6_ONLY_ALLOWED: ClassVar[NwError]
    NO_NETWORK_SLICES_AVAILABLE: ClassVar[NwError]
    MAXIMUM_NUMBER_OF_PDP_CONTEXTS_REACHED: ClassVar[NwError]
    REQUESTED_APN_NOT_SUPPORTED_IN_CURRENT_RAT_AND_PLMN: ClassVar[NwError]
    INSUFFICIENT_RESOURCES_FOR_SPECIFIC_SLICE_AND_DNN: ClassVar[NwError]
    INSUFFICIENT_RESOURCES_FOR_SPECIFIC_SLICE: ClassVar[NwError]
    NGKSI_ALREADY_IN_USE: ClassVar[NwError]
    NON_3GPP_ACCESS_TO_5GCN_NOT_ALLOWED: ClassVar[NwError]
    SERVING_NETWORK_NOT_AUTHORIZED: ClassVar[NwError]
    TEMPORARILY_NOT_AUTHORIZED_FOR_THIS_SNPN: ClassVar[NwError]
    PERMANENTLY_NOT_AUTHORIZED_FOR_THIS_SNPN: ClassVar[NwError]
    NOT_AUTHORIZED_FOR_THIS_CAG_OR_AUTHORIZED_FOR_CAG_CELLS_ONLY: ClassVar[NwError]
    WIRELINE_ACCESS_AREA_NOT_ALLOWED: ClassVar[NwError]
    PAYLOAD_WAS_NOT_FORWARDED: ClassVar[NwError]
    DNN_NOT_SUPPORTED_OR_NOT_SUBSCRIBED_IN_THE_SLICE: ClassVar[NwError]
    INSUFFICIENT_USER_PLANE_RESOURCES_FOR_THE_PDU_SESSION: ClassVar[NwError]
    SEMANTICALLY_INCORRECT_MESSAGE: ClassVar[NwError]
    INVALID_MANDATORY_INFORMATION: ClassVar[NwError]
    MESSAGE_TYPE_NON_EXISTENT_OR_NOT_IMPLEMENTED: ClassVar[NwError]
    MESSAGE_TYPE_NOT_COMPATIBLE_WITH_PROTOCOL_STATE: ClassVar[NwError]
    INFORMATION_ELEMENT_NON_EXISTENT_OR_NOT_IMPLEMENTED: ClassVar[NwError]
    CONDITIONAL_IE_ERROR: ClassVar[NwError]
    MESSAGE_NOT_COMPATIBLE_WITH_PROTOCOL_STATE: ClassVar[NwError]
    PROTOCOL_ERROR_UNSPECIFIED: ClassVar[NwError]
    APN_RESTRICTION_VALUE_INCOMPATIBLE_WITH_ACTIVE_PDP_CONTEXT: ClassVar[NwError]
    MULTIPLE_ACCESSES_TO_A_PDN_CONNECTION_NOT_ALLOWED: ClassVar[NwError]
    definition = "nw-error"
    names = {
        0: "none",
        2: "imsi-unknown-in-hlr",
        3: "illegal-ms",
        4: "imsi-unknown-in-vlr",
        5: "imei-not-accepted",
        6: "illegal-me",
        7: "gprs-not-allowed",
        8: "gprs-and-non-gprs-not-allowed",
        9: "ms-identity-not-derived-by-network",
        10: "implicitly-detached",
        11: "plmn-not-allowed",
        12: "location-area-not-allowed",
        13: "roaming-not-allowed-in-location-area",
        14: "gprs-not-allowed-in-plmn",
        15: "no-cells-in-location-area",
        16: "msc-temporarily-not-reachable",
        17: "network-failure",
        20: "mac-failure",
        21: "synch-failure",
        22: "congestion",
        23: "gsm-authentication-unacceptable",
        25: "not-authorized-for-csg",
        26: "insufficient-resources",
        27: "missing-or-unknown-apn",
        28: "unknown-pdp-address-or-type",
        29: "user-authentication-failed",
        30: "activation-rejected-by-ggsn-or-gw",
        31: "activation-rejected-unspecified",
        32: "service-option-not-supported",
        33: "requested-service-option-not-subscribed",
        34: "service-option-temporarily-out-of-order",
        40: "no-pdp-context-activated",
        41: "semantic-error-in-the-tft-operation",
        42: "syntactical-error-in-the-tft-operation",
        43: "unknown-pdp-context",
        44: "semantic-errors-in-packet-filter",
        45: "syntactical-errors-in-packet-filter",
        46: "pdp-context-without-tft-already-activated",
        48: "request-rejected-or-bearer-control-mode-violation",
        49: "last-pdn-disconnection-not-allowed",
        50: "pdp-type-ipv4-only-allowed",
        51: "pdp-type-ipv6-only-allowed",
        62: "no-network-slices-available",
        65: "maximum-number-of-pdp-contexts-reached",
        66: "requested-apn-not-supported-in-current-rat-and-plmn",
        67: "insufficient-resources-for-specific-slice-and-dnn",
        69: "insufficient-resources-for-specific-slice",
        71: "ngksi-already-in-use",
        72: "non-3gpp-access-to-5gcn-not-allowed",
        73: "serving-network-not-authorized",
        74: "temporarily-not-authorized-for-this-snpn",
        75: "permanently-not-authorized-for-this-snpn",
        76: "not-authorized-for-this-cag-or-authorized-for-cag-cells-only",
        77: "wireline-access-area-not-allowed",
        90: "payload-was-not-forwarded",
        91: "dnn-not-supported-or-not-subscribed-in-the-slice",
        92: "insufficient-user-plane-resources-for-the-pdu-session",
        95: "semantically-incorrect-message",
        96: "invalid-mandatory-information",
        97: "message-type-non-existent-or-not-implemented",
        98: "message-type-not-compatible-with-protocol-state",
        99: "information-element-non-existent-or-not-implemented",
        100: "conditional-ie-error",
        101: "message-not-compatible-with-protocol-state",
        111: "protocol-error-unspecified",
        112: "apn-restriction-value-incompatible-with-active-pdp-context",
        113: "multiple-accesses-to-a-pdn-connection-not-allowed",
    }


class TlvType(OpenEnum):
    INVALID: ClassVar[TlvType]
    UE_POLICITES: ClassVar[TlvType]
    SINGLE_NSSAI: ClassVar[TlvType]
    ALLOWED_NSSAI: ClassVar[TlvType]
    CFG_NSSAI: ClassVar[TlvType]
    DFLT_CFG_NSSAI: ClassVar[TlvType]
    PRECFG_DFLT_CFG_NSSAI: ClassVar[TlvType]
    REJ_NSSAI: ClassVar[TlvType]
    LADN: ClassVar[TlvType]
    TAI: ClassVar[TlvType]
    WCHAR_STR: ClassVar[TlvType]
    UINT16_TBL: ClassVar[TlvType]
    EAP_PACKET: ClassVar[TlvType]
    PCO: ClassVar[TlvType]
    ROUTE_SELECTION_DESCRIPTORS: ClassVar[TlvType]
    TRAFFIC_PARAMETERS: ClassVar[TlvType]
    WAKE_COMMAND: ClassVar[TlvType]
    WAKE_PACKET: ClassVar[TlvType]
    definition = "tlv-type"
    names = {
        0: "invalid",
        1: "ue-policites",
        2: "single-nssai",
        3: "allowed-nssai",
        4: "cfg-nssai",
        5: "dflt-cfg-nssai",
        6: "precfg-dflt-cfg-nssai",
        7: "rej-nssai",
        8: "ladn",
        9: "tai",
        10: "wchar-str",
        11: "uint16-tbl",
        12: "eap-packet",
        13: "pco",
        14: "route-selection-descriptors",
        15: "traffic-parameters",
        16: "wake-command",
        17: "wake-packet",
    }


class DeviceType(OpenEnum):
    UNKNOWN: ClassVar[DeviceType]
    EMBEDDED: ClassVar[DeviceType]
    REMOVABLE: ClassVar[DeviceType]
    REMOTE: ClassVar[DeviceType]
    definition = "device-type"
    names = {
        0: "unknown",
        1: "embedded",
        2: "removable",
        3: "remote",
    }


class VoiceClass(OpenEnum):
    UNKNOWN: ClassVar[VoiceClass]
    NO_VOICE: ClassVar[VoiceClass]
    SEPARATED_VOICE_DATA: ClassVar[VoiceClass]
    SIMULTANEOUS_VOICE_DATA: ClassVar[VoiceClass]
    definition = "voice-class"
    names = {
        0: "unknown",
        1: "no-voice",
        2: "separated-voice-data",
        3: "simultaneous-voice-data",
    }


class RegisterState(OpenEnum):
    UNKNOWN: ClassVar[RegisterState]
    DEREGISTERED: ClassVar[RegisterState]
    SEARCHING: ClassVar[RegisterState]
    HOME: ClassVar[RegisterState]
    ROAMING: ClassVar[RegisterState]
    PARTNER: ClassVar[RegisterState]
    DENIED: ClassVar[RegisterState]
    definition = "register-state"
    names = {
        0: "unknown",
        1: "deregistered",
        2: "searching",
        3: "home",
        4: "roaming",
        5: "partner",
        6: "denied",
    }


class RegisterMode(OpenEnum):
    UNKNOWN: ClassVar[RegisterMode]
    AUTOMATIC: ClassVar[RegisterMode]
    MANUAL: ClassVar[RegisterMode]
    definition = "register-mode"
    names = {
        0: "unknown",
        1: "automatic",
        2: "manual",
    }


class PinType(OpenEnum):
    UNKNOWN: ClassVar[PinType]
    CUSTOM: ClassVar[PinType]
    PIN1: ClassVar[PinType]
    PIN2: ClassVar[PinType]
    DEVICE_SIM_PIN: ClassVar[PinType]
    DEVICE_FIRST_SIM_PIN: ClassVar[PinType]
    NETWORK_PIN: ClassVar[PinType]
    NETWORK_SUBSET_PIN: ClassVar[PinType]
    SERVICE_PROVIDER_PIN: ClassVar[PinType]
    CORPORATE_PIN: ClassVar[PinType]
    SUBSIDY_PIN: ClassVar[PinType]
    PUK1: ClassVar[PinType]
    PUK2: ClassVar[PinType]
    DEVICE_FIRST_SIM_PUK: ClassVar[PinType]
    NETWORK_PUK: ClassVar[PinType]
    NETWORK_SUBSET_PUK: ClassVar[PinType]
    SERVICE_PROVIDER_PUK: ClassVar[PinType]
    CORPORATE_PUK: ClassVar[PinType]
    NEV: ClassVar[PinType]
    ADM: ClassVar[PinType]
    definition = "pin-type"
    names = {
        0: "unknown",
        1: "custom",
        2: "pin1",
        3: "pin2",
        4: "device-sim-pin",
        5: "device-first-sim-pin",
        6: "network-pin",
        7: "network-subset-pin",
        8: "service-provider-pin",
        9: "corporate-pin",
        10: "subsidy-pin",
        11: "puk1",
        12: "puk2",
        13: "device-first-sim-puk",
        14: "network-puk",
        15: "network-subset-puk",
        16: "service-provider-puk",
        17: "corporate-puk",
        18: "nev",
        19: "adm",
    }


class ContextIpType(OpenEnum):
    DEFAULT: ClassVar[ContextIpType]
    IPV4: ClassVar[ContextIpType]
    IPV6: ClassVar[ContextIpType]
    IPV4V6: ClassVar[ContextIpType]
    IPV4_AND_IPV6: ClassVar[ContextIpType]
    definition = "context-ip-type"
    names = {
        0: "default",
        1: "ipv4",
        2: "ipv6",
        3: "ipv4v6",
        4: "ipv4-and-ipv6",
    }


class Compression(OpenEnum):
    NONE: ClassVar[Compression]
    ENABLE: ClassVar[Compression]
    definition = "compression"
    names = {
        0: "none",
        1: "enable",
    }


class AuthProtocol(OpenEnum):
    NONE: ClassVar[AuthProtocol]
    PAP: ClassVar[AuthProtocol]
    CHAP: ClassVar[AuthProtocol]
    MSCHAPV2: ClassVar[AuthProtocol]
    definition = "auth-protocol"
    names = {
        0: "none",
        1: "pap",
        2: "chap",
        3: "mschapv2",
    }


class CellularClass(OpenFlags):
    GSM: ClassVar[CellularClass]
    CDMA: ClassVar[CellularClass]
    definition = "cellular-class"
    names = {
        0x1: "gsm",
        0x2: "cdma",
    }


class SimClass(OpenFlags):
    LOGICAL: ClassVar[SimClass]
    REMOVABLE: ClassVar[SimClass]
    definition = "sim-class"
    names = {
        0x1: "logical",
        0x2: "removable",
    }


class DataClass(OpenFlags):
    GPRS: ClassVar[DataClass]
    EDGE: ClassVar[DataClass]
    UMTS: ClassVar[DataClass]
    HSDPA: ClassVar[DataClass]
    HSUPA: ClassVar[DataClass]
    LTE: ClassVar[DataClass]
    _5G_NSA: ClassVar[DataClass]
    _5G_SA: ClassVar[DataClass]
    _1XRTT: ClassVar[DataClass]
    _1XEVDO: ClassVar[DataClass]
    _1XEVDO_REVA: ClassVar[DataClass]
    _1XEVDV: ClassVar[DataClass]
    _3XRTT: ClassVar[DataClass]
    _1XEVDO_REVB: ClassVar[DataClass]
    UMB: ClassVar[DataClass]
    CUSTOM: ClassVar[DataClass]
    definition = "data-class"
    names = {
        0x1: "gprs",
        0x2: "edge",
        0x4: "umts",
        0x8: "hsdpa",
        0x10: "hsupa",
        0x20: "lte",
        0x40: "5g-nsa",
        0x80: "5g-sa",
        0x10000: "1xrtt",
        0x20000: "1xevdo",
        0x40000: "1xevdo-reva",
        0x80000: "1xevdv",
        0x100000: "3xrtt",
        0x200000: "1xevdo-revb",
        0x400000: "umb",
        0x80000000: "custom",
    }


class DataClassV3(OpenFlags):
    GPRS: ClassVar[DataClassV3]
    EDGE: ClassVar[DataClassV3]
    UMTS: ClassVar[DataClassV3]
    HSDPA: ClassVar[DataClassV3]
    HSUPA: ClassVar[DataClassV3]
    LTE: ClassVar[DataClassV3]
    _5G: ClassVar[DataClassV3]
    _1XRTT: ClassVar[DataClassV3]
    _1XEVDO: ClassVar[DataClassV3]
    _1XEVDO_REVA: ClassVar[DataClassV3]
    _1XEVDV: ClassVar[DataClassV3]
    _3XRTT: ClassVar[DataClassV3]
    _1XEVDO_REVB: ClassVar[DataClassV3]
    UMB: ClassVar[DataClassV3]
    CUSTOM: ClassVar[DataClassV3]
    definition = "data-class-v3"
    names = {
        0x1: "gprs",
        0x2: "edge",
        0x4: "umts",
        0x8: "hsdpa",
        0x10: "hsupa",
        0x20: "lte",
        0x40: "5g",
        0x10000: "1xrtt",
        0x20000: "1xevdo",
        0x40000: "1xevdo-reva",
        0x80000: "1xevdv",
        0x100000: "3xrtt",
        0x200000: "1xevdo-revb",
        0x400000: "umb",
        0x80000000: "custom",
    }


class DataSubclass(OpenFlags):
    _5G_ENDC: ClassVar[DataSubclass]
    _5G_NR: ClassVar[DataSubclass]
    _5G_NEDC: ClassVar[DataSubclass]
    _5G_ELTE: ClassVar[DataSubclass]
    _5G_NGENDC: ClassVar[DataSubclass]
    definition = "data-subclass"
    names = {
        0x1: "5g-endc",
        0x2: "5g-nr",
        0x4: "5g-nedc",
        0x8: "5g-elte",
        0x10: "5g-ngendc",
    }


class SmsCaps(OpenFlags):
    PDU_RECEIVE: ClassVar[SmsCaps]
    PDU_SEND: ClassVar[SmsCaps]
    TEXT_RECEIVE: ClassVar[SmsCaps]
    TEXT_SEND: ClassVar[SmsCaps]
    definition = "sms-caps"
    names = {
        0x1: "pdu-receive",
        0x2: "pdu-send",
        0x4: "text-receive",
        0x8: "text-send",
    }


class ControlCaps(OpenFlags):
    REG_MANUAL: ClassVar[ControlCaps]
    HW_RADIO_SWITCH: ClassVar[ControlCaps]
    CDMA_MOBILE_IP: ClassVar[ControlCaps]
    CDMA_SIMPLE_IP: ClassVar[ControlCaps]
    MULTI_CARRIER: ClassVar[ControlCaps]
    ESIM: ClassVar[ControlCaps]
    UE_POLICY_ROUTE_SELECTION: ClassVar[ControlCaps]
    SIM_HOT_SWAP_CAPABLE: ClassVar[ControlCaps]
    definition = "control-caps"
    names = {
        0x1: "reg-manual",
        0x2: "hw-radio-switch",
        0x4: "cdma-mobile-ip",
        0x8: "cdma-simple-ip",
        0x10: "multi-carrier",
        0x20: "esim",
        0x40: "ue-policy-route-selection",
        0x80: "sim-hot-swap-capable",
    }


class ProviderState(OpenFlags):
    HOME: ClassVar[ProviderState]
    FORBIDDEN: ClassVar[ProviderState]
    PREFERRED: ClassVar[ProviderState]
    VISIBLE: ClassVar[ProviderState]
    REGISTERED: ClassVar[ProviderState]
    PREFERRED_MULTICARRIER: ClassVar[ProviderState]
    definition = "provider-state"
    names = {
        0x1: "home",
        0x2: "forbidden",
        0x4: "preferred",
        0x8: "visible",
        0x10: "registered",
        0x20: "preferred-multicarrier",
    }


class RegistrationFlag(OpenFlags):
    MANUAL_SELECTION_NOT_AVAILABLE: ClassVar[RegistrationFlag]
    PACKET_SERVICE_AUTOMATIC_ATTACH: ClassVar[RegistrationFlag]
    definition = "registration-flag"
    names = {
        0x1: "manual-selection-not-available",
        0x2: "packet-service-automatic-attach",
    }


class ContextType(Uuid):
    NONE: ClassVar[ContextType]
    INTERNET: ClassVar[ContextType]
    VPN: ClassVar[ContextType]
    VOICE: ClassVar[ContextType]
    VIDEO_SHARE: ClassVar[ContextType]
    PURCHASE: ClassVar[ContextType]
    IMS: ClassVar[ContextType]
    MMS: ClassVar[ContextType]
    LOCAL: ClassVar[ContextType]
    ADMIN: ClassVar[ContextType]
    APP: ClassVar[ContextType]
    XCAP: ClassVar[ContextType]
    TETHERING: ClassVar[ContextType]
    EMERGENCY_CALLING: ClassVar[ContextType]
    definition = "context-type"
    names = {
        'b43f758c-a560-4b46-b35e-c5869641fb54': "none",
        '7e5e2a7e-4e6f-7272-736b-656e7e5e2a7e': "internet",
        '9b9f7bbe-8952-44b7-83ac-ca41318df7a0': "vpn",
        '88918294-0ef4-4396-8cca-a8588fbc02b2': "voice",
        '05a2a716-7c34-4b4d-9a91-c5ef0c7aaacc': "video-share",
        'b3272496-ac6c-422b-a8c0-acf687a27217': "purchase",
        '21610d01-3074-4bce-9425-b53a07d697d6': "ims",
        '46726664-7269-6bc6-9624-d1d35389aca9': "mms",
        'a57a9afc-b09f-45d7-bb40-033c39f60db9': "local",
        '5f7e4c2e-e80b-40a9-a239-f0abcfd11f4b': "admin",
        '74d88a3d-dfbd-4799-9a8c-7310a37bb2ee': "app",
        '50d378a7-baa5-4a50-b872-3fe5bb463411': "xcap",
        '5e4e0601-48dc-4e2b-acb8-08b4016bbaac': "tethering",
        '5f41adb8-204e-4d31-9da8-b3c960e360f2': "emergency-calling",
    }


class Service(Uuid):
    BASIC_CONNECT: ClassVar[Service]
    SMS: ClassVar[Service]
    USSD: ClassVar[Service]
    PHONEBOOK: ClassVar[Service]
    STK: ClassVar[Service]
    AUTH: ClassVar[Service]
    DSS: ClassVar[Service]
    MULTICARRIER: ClassVar[Service]
    MS_BASIC_CONNECT_EXTENSIONS: ClassVar[Service]
    MS_UICC_LOW_LEVEL_ACCESS: ClassVar[Service]
    MS_SAR: ClassVar[Service]
    MS_FIRMWARE_ID: ClassVar[Service]
    MS_HOST_SHUTDOWN: ClassVar[Service]
    MS_VOICE_EXTENSIONS: ClassVar[Service]
    PROXY_CONTROL: ClassVar[Service]
    QMI: ClassVar[Service]
    QMBE: ClassVar[Service]
    ATDS: ClassVar[Service]
    QDU: ClassVar[Service]
    QUECTEL: ClassVar[Service]
    INTEL_FIRMWARE_UPDATE: ClassVar[Service]
    INTEL_THERMAL_RF: ClassVar[Service]
    INTEL_MUTUAL_AUTHENTICATION: ClassVar[Service]
    INTEL_TOOLS: ClassVar[Service]
    INTEL_AT_TUNNEL: ClassVar[Service]
    GOOGLE: ClassVar[Service]
    FIBOCOM: ClassVar[Service]
    COMPAL: ClassVar[Service]
    definition = "service"
    names = {
        'a289cc33-bcbb-8b4f-b6b0-133ec2aae6df': "basic-connect",
        '533fbeeb-14fe-4467-9f90-33a223e56c3f': "sms",
        'e550a0c8-5e82-479e-82f7-10abf4c3351f': "ussd",
        '4bf38476-1e6a-41db-b1d8-bed289c25bdb': "phonebook",
        'd8f20131-fcb5-4e17-8602-d6ed3816164c': "stk",
        '1d2b5ff7-0aa1-48b2-aa52-50f15767174e': "auth",
        'c08a26dd-7718-4382-8482-6e0d583c4d0e': "dss",
        '8b569648-628d-4653-9b9f-1025404424e1': "multicarrier",
        '3d01dcc5-fef5-4d05-0d3a-bef7058e9aaf': "ms-basic-connect-extensions",
        'c2f6588e-f037-4bc9-8665-f4d44bd09367': "ms-uicc-low-level-access",
        '68223d04-9f6c-4e0f-822d-28441fb72340': "ms-sar",
        'e9f7dea2-feaf-4009-93ce-90a3694103b6': "ms-firmware-id",
        '883b7c26-985f-43fa-9804-27d7fb80959c': "ms-host-shutdown",
        '8d8b9eba-37be-449b-8f1e-61cb034a702e': "ms-voice-extensions",
        '838cf7fb-8d0d-4d7f-871e-d71dbefbb39b': "proxy-control",
        'd1a30bc2-f97a-6e43-bf65-c7e24fb0f0d3': "qmi",
        '2d0c12c9-0e6a-495a-915c-8d174fe5d63c': "qmbe",
        '5967bdcc-7fd2-49a2-9f5c-b2e70e527db3': "atds",
        '6427015f-579d-48f5-8c54-f43ed1e76f83': "qdu",
        '11223344-5566-7788-99aa-bbccddeeff11': "quectel",
        '0ed374cb-f835-4474-bc11-3b3fd76f5641': "intel-firmware-update",
        'fdc22af2-f441-4d46-af8d-259fcdde4635': "intel-thermal-rf",
        'f85d46ef-ab26-4081-9868-4d183c0a3aec': "intel-mutual-authentication",
        '4ada4962-b988-46c3-87a7-97f20f994abb': "intel-tools",
        'da138c64-6515-4893-92b2-a1e1ca7c81ca': "intel-at-tunnel",
        '3e1e92cf-c53d-4f14-85d0-a86ad9e12245': "google",
        'ffffffff-abca-4b11-a4e2-f2fc87f94488': "fibocom",
        'a2a32a97-cab1-4f57-9ae1-451c74dda957': "compal",
    }


class Versions(Struct):
    mbim_version: int = member(U16)
    mbim_extended_version: int = member(U16)
