# SPDX-License-Identifier: GPL-2.0-or-later OR MIT
# Do not edit: made from protocols/qmi/voice.toml, protocols/qmi/voice.enums.toml, protocols/qmi/voice.ussd.toml
# by python -m qmiprobe._codegen
"""Voice Service: calls, supplementary services and USSD."""

from __future__ import annotations

from typing import ClassVar
from qmiprobe._arrays import Array, Nested
from qmiprobe._enums import OpenEnum, OpenFlags
from qmiprobe._message import Indication, Request, Response, Struct, member
from qmiprobe._text import Text, U16, U32, U8
from qmiprobe._types import Bool, Bytes, Int

class CallState(OpenEnum):
    UNKNOWN: ClassVar[CallState]
    ORIGINATION: ClassVar[CallState]
    INCOMING: ClassVar[CallState]
    CONVERSATION: ClassVar[CallState]
    CC_IN_PROGRESS: ClassVar[CallState]
    ALERTING: ClassVar[CallState]
    HOLD: ClassVar[CallState]
    WAITING: ClassVar[CallState]
    DISCONNECTING: ClassVar[CallState]
    END: ClassVar[CallState]
    SETUP: ClassVar[CallState]
    definition = "call-state"
    names = {
        0: "unknown",
        1: "origination",
        2: "incoming",
        3: "conversation",
        4: "cc-in-progress",
        5: "alerting",
        6: "hold",
        7: "waiting",
        8: "disconnecting",
        9: "end",
        10: "setup",
    }


class CallType(OpenEnum):
    VOICE: ClassVar[CallType]
    VOICE_IP: ClassVar[CallType]
    OTAPA: ClassVar[CallType]
    NON_STD_OTASP: ClassVar[CallType]
    EMERGENCY: ClassVar[CallType]
    SUPS: ClassVar[CallType]
    definition = "call-type"
    names = {
        0: "voice",
        2: "voice-ip",
        6: "otapa",
        8: "non-std-otasp",
        9: "emergency",
        10: "sups",
    }


class CallDirection(OpenEnum):
    UNKNOWN: ClassVar[CallDirection]
    MO: ClassVar[CallDirection]
    MT: ClassVar[CallDirection]
    definition = "call-direction"
    names = {
        0: "unknown",
        1: "mo",
        2: "mt",
    }


class CallMode(OpenEnum):
    UNKNOWN: ClassVar[CallMode]
    CDMA: ClassVar[CallMode]
    GSM: ClassVar[CallMode]
    UMTS: ClassVar[CallMode]
    LTE: ClassVar[CallMode]
    definition = "call-mode"
    names = {
        0: "unknown",
        1: "cdma",
        2: "gsm",
        3: "umts",
        4: "lte",
    }


class Als(OpenEnum):
    _1: ClassVar[Als]
    _2: ClassVar[Als]
    definition = "als"
    names = {
        0: "1",
        1: "2",
    }


class Presentation(OpenEnum):
    ALLOWED: ClassVar[Presentation]
    RESTRICTED: ClassVar[Presentation]
    UNAVAILABLE: ClassVar[Presentation]
    PAYPHONE: ClassVar[Presentation]
    definition = "presentation"
    names = {
        0: "allowed",
        1: "restricted",
        2: "unavailable",
        4: "payphone",
    }


class TtyMode(OpenEnum):
    FULL: ClassVar[TtyMode]
    VCO: ClassVar[TtyMode]
    HCO: ClassVar[TtyMode]
    OFF: ClassVar[TtyMode]
    definition = "tty-mode"
    names = {
        0: "full",
        1: "vco",
        2: "hco",
        3: "off",
    }


class ServiceOption(OpenEnum):
    WILD: ClassVar[ServiceOption]
    IS_96A: ClassVar[ServiceOption]
    EVRC: ClassVar[ServiceOption]
    _13K_IS733: ClassVar[ServiceOption]
    SELECTABLE_MODE_VOCODER: ClassVar[ServiceOption]
    _4GV_NARROW_BAND: ClassVar[ServiceOption]
    _4GV_WIDE_BAND: ClassVar[ServiceOption]
    _13K: ClassVar[ServiceOption]
    IS_96: ClassVar[ServiceOption]
    WVRC: ClassVar[ServiceOption]
    definition = "service-option"
    names = {
        0: "wild",
        1: "is-96a",
        3: "evrc",
        17: "13k-is733",
        56: "selectable-mode-vocoder",
        68: "4gv-narrow-band",
        70: "4gv-wide-band",
        32768: "13k",
        32769: "is-96",
        32803: "wvrc",
    }


class Privacy(OpenEnum):
    STANDARD: ClassVar[Privacy]
    ENHANCED: ClassVar[Privacy]
    definition = "privacy"
    names = {
        0: "standard",
        1: "enhanced",
    }


class Domain(OpenEnum):
    CS_ONLY: ClassVar[Domain]
    PS_ONLY: ClassVar[Domain]
    CS_PREFERRED: ClassVar[Domain]
    PS_PREFERRED: ClassVar[Domain]
    definition = "domain"
    names = {
        0: "cs-only",
        1: "ps-only",
        2: "cs-preferred",
        3: "ps-preferred",
    }


class UserAction(OpenEnum):
    UNKNOWN: ClassVar[UserAction]
    NOT_REQUIRED: ClassVar[UserAction]
    REQUIRED: ClassVar[UserAction]
    definition = "user-action"
    names = {
        0: "unknown",
        1: "not-required",
        2: "required",
    }


class UssDataCodingScheme(OpenEnum):
    UNKNOWN: ClassVar[UssDataCodingScheme]
    ASCII: ClassVar[UssDataCodingScheme]
    _8BIT: ClassVar[UssDataCodingScheme]
    UCS2: ClassVar[UssDataCodingScheme]
    definition = "uss-data-coding-scheme"
    names = {
        0: "unknown",
        1: "ascii",
        2: "8bit",
        3: "ucs2",
    }


class AlphaDataCodingScheme(OpenEnum):
    GSM: ClassVar[AlphaDataCodingScheme]
    UCS2: ClassVar[AlphaDataCodingScheme]
    definition = "alpha-data-coding-scheme"
    names = {
        1: "gsm",
        2: "ucs2",
    }


class CallEndReason(OpenEnum):
    OFFLINE: ClassVar[CallEndReason]
    CDMA_LOCK: ClassVar[CallEndReason]
    NO_SERVICE: ClassVar[CallEndReason]
    FADE: ClassVar[CallEndReason]
    INTERCEPT: ClassVar[CallEndReason]
    REORDER: ClassVar[CallEndReason]
    RELEASE_NORMAL: ClassVar[CallEndReason]
    RELEASE_SO_REJECT: ClassVar[CallEndReason]
    INCOMING_CALL: ClassVar[CallEndReason]
    ALERT_STOP: ClassVar[CallEndReason]
    CLIENT_END: ClassVar[CallEndReason]
    ACTIVATION: ClassVar[CallEndReason]
    MC_ABORT: ClassVar[CallEndReason]
    MAX_ACCESS_PROBE: ClassVar[CallEndReason]
    PSIST_N: ClassVar[CallEndReason]
    UIM_NOT_PRESENT: ClassVar[CallEndReason]
    ACCESS_ATTEMPT_IN_PROGRESS: ClassVar[CallEndReason]
    ACCESS_FAILURE: ClassVar[CallEndReason]
    ACCESS_RETRY_ORDER: ClassVar[CallEndReason]
    CCS_NOT_SUPPORTED_BY_BS: ClassVar[CallEndReason]
    NO_RESPONSE_FROM_BS: ClassVar[CallEndReason]
    REJECTED_BY_BS: ClassVar[CallEndReason]
    INCOMPATIBLE: ClassVar[CallEndReason]
    ACCESS_BLOCK: ClassVar[CallEndReason]
    ALREADY_IN_TC: ClassVar[CallEndReason]
    EMERGENCY_FLASHED: ClassVar[CallEndReason]
    USER_CALL_ORIGINATED_DURING_GPS: ClassVar[CallEndReason]
    USER_CALL_ORIGINATED_DURING_SMS: ClassVar[CallEndReason]
    USER_CALL_ORIGINATED_DURING_DATA: ClassVar[CallEndReason]
    REDIRECTION_OR_HANDOFF: ClassVar[CallEndReason]
    ACCESS_BLOCK_ALL: ClassVar[CallEndReason]
    OTASP_SPC_ERR: ClassVar[CallEndReason]
    IS707B_MAX_ACCESS_PROBES: ClassVar[CallEndReason]
    ACCESS_FAILURE_REJECT_ORDER: ClassVar[CallEndReason]
    ACCESS_FAILURE_RETRY_ORDER: ClassVar[CallEndReason]
    TIMEOUT_T42: ClassVar[CallEndReason]
    TIMEOUT_T40: ClassVar[CallEndReason]
    SERVICE_INIT_FAILURE: ClassVar[CallEndReason]
    TIMEOUT_T50: ClassVar[CallEndReason]
    TIMEOUT_T51: ClassVar[CallEndReason]
    RL_ACK_TIMEOUT: ClassVar[CallEndReason]
    BAD_FORWARD_LINK: ClassVar[CallEndReason]
    TRM_REQUEST_FAILED: ClassVar[CallEndReason]
    TIMEOUT_T41: ClassVar[CallEndReason]
    INCOMING_REJECTED: ClassVar[CallEndReason]
    SETUP_REJECTED: ClassVar[CallEndReason]
    NETWORK_END: ClassVar[CallEndReason]
    NO_FUNDS: ClassVar[CallEndReason]
    NO_GW_SERVICE: ClassVar[CallEndReason]
    NO_CDMA_SERVICE: ClassVar[CallEndReason]
    NO_FULL_SERVICE: ClassVar[CallEndReason]
    MAX_PS_CALLS: ClassVar[CallEndReason]
    UNKNOWN_SUBSCRIBER: ClassVar[CallEndReason]
    ILLEGAL_SUBSCRIBER: ClassVar[CallEndReason]
    BEARER_SERVICE_NOT_PROVISIONED: ClassVar[CallEndReason]
    TELE_SERVICE_NOT_PROVISIONED: ClassVar[CallEndReason]
    ILLEGAL_EQUIPMENT: ClassVar[CallEndReason]
    CALL_BARRED: ClassVar[CallEndReason]
    ILLEGAL_SS_OPERATION: ClassVar[CallEndReason]
    SS_ERROR_STATUS: ClassVar[CallEndReason]
    SS_NOT_AVAILABLE: ClassVar[CallEndReason]
    SS_SUBSCRIPTION_VIOLATION: ClassVar[CallEndReason]
    SS_INCOMPATIBILITY: ClassVar[CallEndReason]
    FACILITY_NOT_SUPPORTED: ClassVar[CallEndReason]
    ABSENT_SUBSCRIBER: ClassVar[CallEndReason]
    SHORT_TERM_DENIAL: ClassVar[CallEndReason]
    LONG_TERM_DENIAL: ClassVar[CallEndReason]
    SYSTEM_FAILURE: ClassVar[CallEndReason]
    DATA_MISSING: ClassVar[CallEndReason]
    UNEXPECTED_DATA_VALUE: ClassVar[CallEndReason]
    PASSWORD_REGISTRATION_FAILURE: ClassVar[CallEndReason]
    NEGATIVE_PASSWORD_CHECK: ClassVar[CallEndReason]
    NUM_OF_PASSWORD_ATTEMPTS_VIOLATION: ClassVar[CallEndReason]
    POSITION_METHOD_FAILURE: ClassVar[CallEndReason]
    UNKNOWN_ALPHABET: ClassVar[CallEndReason]
    USSD_BUSY: ClassVar[CallEndReason]
    REJECTED_BY_USER: ClassVar[CallEndReason]
    REJECTED_BY_NETWORK: ClassVar[CallEndReason]
    DEFLECTION_TO_SERVED_SUBSCRIBER: ClassVar[CallEndReason]
    SPECIAL_SERVICE_CODE: ClassVar[CallEndReason]
    INVALID_DEFLECTED_TO_NUMBER: ClassVar[CallEndReason]
    MULTIPARTY_PARTICIPANTS_EXCEEDED: ClassVar[CallEndReason]
    RESOURCES_NOT_AVAILABLE: ClassVar[CallEndReason]
    UNASSIGNED_NUMBER: ClassVar[CallEndReason]
    NO_ROUTE_TO_DESTINATION: ClassVar[CallEndReason]
    CHANNEL_UNACCEPTABLE: ClassVar[CallEndReason]
    OPERATOR_DETERMINED_BARRING: ClassVar[CallEndReason]
    NORMAL_CALL_CLEARING: ClassVar[CallEndReason]
    USER_BUSY: ClassVar[CallEndReason]
    NO_USER_RESPONDING: ClassVar[CallEndReason]
    USER_ALERTING_NO_ANSWER: ClassVar[CallEndReason]
    CALL_REJECTED: ClassVar[CallEndReason]
    NUMBER_CHANGED: ClassVar[CallEndReason]
    PREEMPTION: ClassVar[CallEndReason]
    DESTINATION_OUT_OF_ORDER: ClassVar[CallEndReason]
    INVALID_NUMBER_FORMAT: ClassVar[CallEndReason]
    FACILITY_REJECTED: ClassVar[CallEndReason]
    RESPONSE_TO_STATUS_ENQUIRY: ClassVar[CallEndReason]
    NORMAL_UNSPECIFIED: ClassVar[CallEndReason]
    NO_CIRCUIT_OR_CHANNEL_AVAILABLE: ClassVar[CallEndReason]
    NETWORK_OUT_OF_ORDER: ClassVar[CallEndReason]
    TEMPORARY_FAILURE: ClassVar[CallEndReason]
    SWITCHING_EQUIPMENT_CONGESTION: ClassVar[CallEndReason]
    ACCESS_INFORMATION_DISCARDED: ClassVar[CallEndReason]
    REQUESTED_CIRCUIT_OR_CHANNEL_NOT_AVAILABLE: ClassVar[CallEndReason]
    RESOURCES_UNAVAILABLE_OR_UNSPECIFIED: ClassVar[CallEndReason]
    QOS_UNAVAILABLE: ClassVar[CallEndReason]
    REQUESTED_FACILITY_NOT_SUBSCRIBED: ClassVar[CallEndReason]
    INCOMING_CALLS_BARRED_WITHIN_CUG: ClassVar[CallEndReason]
    BEARER_CAPABILITY_NOT_AUTH: ClassVar[CallEndReason]
    BEARER_CAPABILITY_UNAVAILABLE: ClassVar[CallEndReason]
    SERVICE_OPTION_NOT_AVAILABLE: ClassVar[CallEndReason]
    ACM_LIMIT_EXCEEDED: ClassVar[CallEndReason]
    BEARER_SERVICE_NOT_IMPLEMENTED: ClassVar[CallEndReason]
    REQUESTED_FACILITY_NOT_IMPLEMENTED: ClassVar[CallEndReason]
    ONLY_DIGITAL_INFORMATION_BEARER_AVAILABLE: ClassVar[CallEndReason]
    SERVICE_OR_OPTION_NOT_IMPLEMENTED: ClassVar[CallEndReason]
    INVALID_TRANSACTION_IDENTIFIER: ClassVar[CallEndReason]
    USER_NOT_MEMBER_OF_CUG: ClassVar[CallEndReason]
    INCOMPATIBLE_DESTINATION: ClassVar[CallEndReason]
    INVALID_TRANSIT_NETWORK_SELECTION: ClassVar[CallEndReason]
    SEMANTICALLY_INCORRECT_MESSAGE: ClassVar[CallEndReason]
    INVALID_MANDATORY_INFORMATION: ClassVar[CallEndReason]
    MESSAGE_TYPE_NOT_IMPLEMENTED: ClassVar[CallEndReason]
    MESSAGE_TYPE_NOT_COMPATIBLE_WITH_PROTOCOL_STATE: ClassVar[CallEndReason]
    INFORMATION_ELEMENT_NON_EXISTENT: ClassVar[CallEndReason]
    CONDITIONAL_IE_ERROR: ClassVar[CallEndReason]
    MESSAGE_NOT_COMPATIBLE_WITH_PROTOCOL_STATE: ClassVar[CallEndReason]
    RECOVERY_ON_TIMER_EXPIRED: ClassVar[CallEndReason]
    PROTOCOL_ERROR_UNSPECIFIED: ClassVar[CallEndReason]
    INTERWORKING_UNSPECIFIED: ClassVar[CallEndReason]
    OUTGOING_CALLS_BARRED_WITHIN_CUG: ClassVar[CallEndReason]
    NO_CUG_SELECTION: ClassVar[CallEndReason]
    UNKNOWN_CUG_INDEX: ClassVar[CallEndReason]
    CUG_INDEX_INCOMPATIBLE: ClassVar[CallEndReason]
    CUG_CALL_FAILURE_UNSPECIFIED: ClassVar[CallEndReason]
    CLIR_NOT_SUBSCRIBED: ClassVar[CallEndReason]
    CCBS_POSSIBLE: ClassVar[CallEndReason]
    CCBS_NOT_POSSIBLE: ClassVar[CallEndReason]
    IMSI_UNKNOWN_IN_HLR: ClassVar[CallEndReason]
    ILLEGAL_MS: ClassVar[CallEndReason]
    IMSI_UNKNOWN_IN_VLR: ClassVar[CallEndReason]
    IMEI_NOT_ACCEPTED: ClassVar[CallEndReason]
    ILLEGAL_ME: ClassVar[CallEndReason]
    PLMN_NOT_ALLOWED: ClassVar[CallEndReason]
    LOCATION_AREA_NOT_ALLOWED: ClassVar[CallEndReason]
    ROAMING_NOT_ALLOWED_IN_THIS_LOCATION_AREA: ClassVar[CallEndReason]
    NO_SUITABLE_CELLS_IN_LOCATION_AREA: ClassVar[CallEndReason]
    NETWORK_FAILURE: ClassVar[CallEndReason]
    MAC_FAILURE: ClassVar[CallEndReason]
    SYNCH_FAILURE: ClassVar[CallEndReason]
    NETWORK_CONGESTION: ClassVar[CallEndReason]
    GSM_AUTHENTICATION_UNACCEPTABLE: ClassVar[CallEndReason]
    SERVICE_NOT_SUBSCRIBED: ClassVar[CallEndReason]
    SERVICE_TEMPORARILY_OUT_OF_ORDER: ClassVar[CallEndReason]
    CALL_CANNOT_BE_IDENTIFIED: ClassVar[CallEndReason]
    INCORRECT_SEMANTICS_IN_MESSAGE: ClassVar[CallEndReason]
    MANDATORY_INFORMATION_INVALID: ClassVar[CallEndReason]
    ACCESS_STRATUM_FAILURE: ClassVar[CallEndReason]
    INVALID_SIM: ClassVar[CallEndReason]
    WRONG_STATE: ClassVar[CallEndReason]
    ACCESS_CLASS_BLOCKED: ClassVar[CallEndReason]
    NO_RESOURCES: ClassVar[CallEndReason]
    INVALID_USER_DATA: ClassVar[CallEndReason]
    TIMER_T3230_EXPIRED: ClassVar[CallEndReason]
    NO_CELL_AVAILABLE: ClassVar[CallEndReason]
    ABORT_MESSAGE_RECEIVED: ClassVar[CallEndReason]
    RADIO_LINK_LOST: ClassVar[CallEndReason]
    TIMER_T303_EXPIRED: ClassVar[CallEndReason]
    CNM_MM_RELEASE_PENDING: ClassVar[CallEndReason]
    ACCESS_STRATUM_REJECT_RR_RELEASE_INDICATION: ClassVar[CallEndReason]
    ACCESS_STRATUM_REJECT_RR_RANDOM_ACCESS_FAILURE: ClassVar[CallEndReason]
    ACCESS_STRATUM_REJECT_RRC_RELEASE_INDICATION: ClassVar[CallEndReason]
    ACCESS_STRATUM_REJECT_RRC_CLOSE_SESSION_INDICATION: ClassVar[CallEndReason]
    ACCESS_STRATUM_REJECT_RRC_OPEN_SESSION_FAILURE: ClassVar[CallEndReason]
    ACCESS_STRATUM_REJECT_LOW_LEVEL_FAILURE: ClassVar[CallEndReason]
    ACCESS_STRATUM_REJECT_LOW_LEVEL_FAILURE_REDIAL_NOT_ALLOWED: ClassVar[CallEndReason]
    ACCESS_STRATUM_REJECT_LOW_LEVEL_IMMEDIATE_RETRY: ClassVar[CallEndReason]
    ACCESS_STRATUM_REJECT_ABORT_RADIO_UNAVAILABLE: ClassVar[CallEndReason]
    SERVICE_OPTION_NOT_SUPPORTED: ClassVar[CallEndReason]
    BAD_REQUEST_WAIT_INVITE: ClassVar[CallEndReason]
    BAD_REQUEST_WAIT_REINVITE: ClassVar[CallEndReason]
    INVALID_REMOTE_URI: ClassVar[CallEndReason]
    REMOTE_UNSUPPORTED_MEDIA_TYPE: ClassVar[CallEndReason]
    PEER_NOT_REACHABLE: ClassVar[CallEndReason]
    NETWORK_NO_RESPONSE_TIMEOUT: ClassVar[CallEndReason]
    NETWORK_NO_RESPONSE_HOLD_FAILURE: ClassVar[CallEndReason]
    DATA_CONNECTION_LOST: ClassVar[CallEndReason]
    UPGRADE_DOWNGRADE_REJECTED: ClassVar[CallEndReason]
    SIP_403_FORBIDDEN: ClassVar[CallEndReason]
    NO_NETWORK_RESPONSE: ClassVar[CallEndReason]
    UPGRADE_DOWNGRADE_FAILED: ClassVar[CallEndReason]
    UPGRADE_DOWNGRADE_CANCELLED: ClassVar[CallEndReason]
    SSAC_REJECT: ClassVar[CallEndReason]
    THERMAL_EMERGENCY: ClassVar[CallEndReason]
    _1XCSFB_SOFT_FAILURE: ClassVar[CallEndReason]
    _1XCSFB_HARD_FAILURE: ClassVar[CallEndReason]
    definition = "call-end-reason"
    names = {
        0: "offline",
        20: "cdma-lock",
        21: "no-service",
        22: "fade",
        23: "intercept",
        24: "reorder",
        25: "release-normal",
        26: "release-so-reject",
        27: "incoming-call",
        28: "alert-stop",
        29: "client-end",
        30: "activation",
        31: "mc-abort",
        32: "max-access-probe",
        33: "psist-n",
        34: "uim-not-present",
        35: "access-attempt-in-progress",
        36: "access-failure",
        37: "access-retry-order",
        38: "ccs-not-supported-by-bs",
        39: "no-response-from-bs",
        40: "rejected-by-bs",
        41: "incompatible",
        42: "access-block",
        43: "already-in-tc",
        44: "emergency-flashed",
        45: "user-call-originated-during-gps",
        46: "user-call-originated-during-sms",
        47: "user-call-originated-during-data",
        48: "redirection-or-handoff",
        49: "access-block-all",
        50: "otasp-spc-err",
        51: "is707b-max-access-probes",
        52: "access-failure-reject-order",
        53: "access-failure-retry-order",
        54: "timeout-t42",
        55: "timeout-t40",
        56: "service-init-failure",
        57: "timeout-t50",
        58: "timeout-t51",
        59: "rl-ack-timeout",
        60: "bad-forward-link",
        61: "trm-request-failed",
        62: "timeout-t41",
        102: "incoming-rejected",
        103: "setup-rejected",
        104: "network-end",
        105: "no-funds",
        106: "no-gw-service",
        107: "no-cdma-service",
        108: "no-full-service",
        109: "max-ps-calls",
        110: "unknown-subscriber",
        111: "illegal-subscriber",
        112: "bearer-service-not-provisioned",
        113: "tele-service-not-provisioned",
        114: "illegal-equipment",
        115: "call-barred",
        116: "illegal-ss-operation",
        117: "ss-error-status",
        118: "ss-not-available",
        119: "ss-subscription-violation",
        120: "ss-incompatibility",
        121: "facility-not-supported",
        122: "absent-subscriber",
        123: "short-term-denial",
        124: "long-term-denial",
        125: "system-failure",
        126: "data-missing",
        127: "unexpected-data-value",
        128: "password-registration-failure",
        129: "negative-password-check",
        130: "num-of-password-attempts-violation",
        131: "position-method-failure",
        132: "unknown-alphabet",
        133: "ussd-busy",
        134: "rejected-by-user",
        135: "rejected-by-network",
        136: "deflection-to-served-subscriber",
        137: "special-service-code",
        138: "invalid-deflected-to-number",
        139: "multiparty-participants-exceeded",
        140: "resources-not-available",
        141: "unassigned-number",
        142: "no-route-to-destination",
        143: "channel-unacceptable",
        144: "operator-determined-barring",
        145: "normal-call-clearing",
        146: "user-busy",
        147: "no-user-responding",
        148: "user-alerting-no-answer",
        149: "call-rejected",
        150: "number-changed",
        151: "preemption",
        152: "destination-out-of-order",
        153: "invalid-number-format",
        154: "facility-rejected",
        155: "response-to-status-enquiry",
        156: "normal-unspecified",
        157: "no-circuit-or-channel-available",
        158: "network-out-of-order",
        159: "temporary-failure",
        160: "switching-equipment-congestion",
        161: "access-information-discarded",
        162: "requested-circuit-or-channel-not-available",
        163: "resources-unavailable-or-unspecified",
        164: "qos-unavailable",
        165: "requested-facility-not-subscribed",
        166: "incoming-calls-barred-within-cug",
        167: "bearer-capability-not-auth",
        168: "bearer-capability-unavailable",
        169: "service-option-not-available",
        170: "acm-limit-exceeded",
        171: "bearer-service-not-implemented",
        172: "requested-facility-not-implemented",
        173: "only-digital-information-bearer-available",
        174: "service-or-option-not-implemented",
        175: "invalid-transaction-identifier",
        176: "user-not-member-of-cug",
        177: "incompatible-destination",
        178: "invalid-transit-network-selection",
        179: "semantically-incorrect-message",
        180: "invalid-mandatory-information",
        181: "message-type-not-implemented",
        182: "message-type-not-compatible-with-protocol-state",
        183: "information-element-non-existent",
        184: "conditional-ie-error",
        185: "message-not-compatible-with-protocol-state",
        186: "recovery-on-timer-expired",
        187: "protocol-error-unspecified",
        188: "interworking-unspecified",
        189: "outgoing-calls-barred-within-cug",
        190: "no-cug-selection",
        191: "unknown-cug-index",
        192: "cug-index-incompatible",
        193: "cug-call-failure-unspecified",
        194: "clir-not-subscribed",
        195: "ccbs-possible",
        196: "ccbs-not-possible",
        197: "imsi-unknown-in-hlr",
        198: "illegal-ms",
        199: "imsi-unknown-in-vlr",
        200: "imei-not-accepted",
        201: "illegal-me",
        202: "plmn-not-allowed",
        203: "location-area-not-allowed",
        204: "roaming-not-allowed-in-this-location-area",
        205: "no-suitable-cells-in-location-area",
        206: "network-failure",
        207: "mac-failure",
        208: "synch-failure",
        209: "network-congestion",
        210: "gsm-authentication-unacceptable",
        211: "service-not-subscribed",
        212: "service-temporarily-out-of-order",
        213: "call-cannot-be-identified",
        214: "incorrect-semantics-in-message",
        215: "mandatory-information-invalid",
        216: "access-stratum-failure",
        217: "invalid-sim",
        218: "wrong-state",
        219: "access-class-blocked",
        220: "no-resources",
        221: "invalid-user-data",
        222: "timer-t3230-expired",
        223: "no-cell-available",
        224: "abort-message-received",
        225: "radio-link-lost",
        226: "timer-t303-expired",
        227: "cnm-mm-release-pending",
        228: "access-stratum-reject-rr-release-indication",
        229: "access-stratum-reject-rr-random-access-failure",
        230: "access-stratum-reject-rrc-release-indication",
        231: "access-stratum-reject-rrc-close-session-indication",
        232: "access-stratum-reject-rrc-open-session-failure",
        233: "access-stratum-reject-low-level-failure",
        234: "access-stratum-reject-low-level-failure-redial-not-allowed",
        235: "access-stratum-reject-low-level-immediate-retry",
        236: "access-stratum-reject-abort-radio-unavailable",
        237: "service-option-not-supported",
        300: "bad-request-wait-invite",
        301: "bad-request-wait-reinvite",
        302: "invalid-remote-uri",
        303: "remote-unsupported-media-type",
        304: "peer-not-reachable",
        305: "network-no-response-timeout",
        306: "network-no-response-hold-failure",
        307: "data-connection-lost",
        308: "upgrade-downgrade-rejected",
        309: "sip-403-forbidden",
        310: "no-network-response",
        311: "upgrade-downgrade-failed",
        312: "upgrade-downgrade-cancelled",
        313: "ssac-reject",
        314: "thermal-emergency",
        315: "1xcsfb-soft-failure",
        316: "1xcsfb-hard-failure",
    }


class CallControlResultType(OpenEnum):
    VOICE: ClassVar[CallControlResultType]
    SUPS: ClassVar[CallControlResultType]
    USSD: ClassVar[CallControlResultType]
    definition = "call-control-result-type"
    names = {
        0: "voice",
        1: "sups",
        2: "ussd",
    }


class CallControlSupplementaryServiceType(OpenEnum):
    ACTIVATE: ClassVar[CallControlSupplementaryServiceType]
    DEACTIVATE: ClassVar[CallControlSupplementaryServiceType]
    REGISTER: ClassVar[CallControlSupplementaryServiceType]
    ERASE: ClassVar[CallControlSupplementaryServiceType]
    INTERROGATE: ClassVar[CallControlSupplementaryServiceType]
    REGISTER_PASSWORD: ClassVar[CallControlSupplementaryServiceType]
    USSD: ClassVar[CallControlSupplementaryServiceType]
    definition = "call-control-supplementary-service-type"
    names = {
        1: "activate",
        2: "deactivate",
        3: "register",
        4: "erase",
        5: "interrogate",
        6: "register-password",
        7: "ussd",
    }


class SupplementaryServiceType(OpenEnum):
    RELEASE_HELD_OR_WAITING: ClassVar[SupplementaryServiceType]
    RELEASE_ACTIVE_ACCEPT_HELD_OR_WAITING: ClassVar[SupplementaryServiceType]
    HOLD_ACTIVE_ACCEPT_WAITING_OR_HELD: ClassVar[SupplementaryServiceType]
    HOLD_ALL_EXCEPT_SPECIFIED_CALL: ClassVar[SupplementaryServiceType]
    MAKE_CONFERENCE_CALL: ClassVar[SupplementaryServiceType]
    EXPLICIT_CALL_TRANSFER: ClassVar[SupplementaryServiceType]
    CCBS_ACTIVATION: ClassVar[SupplementaryServiceType]
    END_ALL_CALLS: ClassVar[SupplementaryServiceType]
    RELEASE_SPECIFIED_CALL: ClassVar[SupplementaryServiceType]
    LOCAL_HOLD: ClassVar[SupplementaryServiceType]
    LOCAL_UNHOLD: ClassVar[SupplementaryServiceType]
    definition = "supplementary-service-type"
    names = {
        1: "release-held-or-waiting",
        2: "release-active-accept-held-or-waiting",
        3: "hold-active-accept-waiting-or-held",
        4: "hold-all-except-specified-call",
        5: "make-conference-call",
        6: "explicit-call-transfer",
        7: "ccbs-activation",
        8: "end-all-calls",
        9: "release-specified-call",
        10: "local-hold",
        11: "local-unhold",
    }


class SupplementaryServiceNotificationType(OpenEnum):
    OUTGOING_CALL_IS_FORWARDED: ClassVar[SupplementaryServiceNotificationType]
    OUTGOING_CALL_IS_WAITING: ClassVar[SupplementaryServiceNotificationType]
    OUTGOING_CUG_CALL: ClassVar[SupplementaryServiceNotificationType]
    OUTGOING_CALLS_BARRED: ClassVar[SupplementaryServiceNotificationType]
    OUTGOING_CALL_IS_DEFLECTED: ClassVar[SupplementaryServiceNotificationType]
    INCOMING_CUG_CALL: ClassVar[SupplementaryServiceNotificationType]
    INCOMING_CALLS_BARRED: ClassVar[SupplementaryServiceNotificationType]
    INCOMING_FORWARDED_CALL: ClassVar[SupplementaryServiceNotificationType]
    INCOMING_DEFLECTED_CALL: ClassVar[SupplementaryServiceNotificationType]
    INCOMING_CALL_IS_FORWARDED: ClassVar[SupplementaryServiceNotificationType]
    UNCONDITIONAL_CALL_FORWARD_ACTIVE: ClassVar[SupplementaryServiceNotificationType]
    CONDITIONAL_CALL_FORWARD_ACTIVE: ClassVar[SupplementaryServiceNotificationType]
    CLIR_SUPPRESSION_REJECTED: ClassVar[SupplementaryServiceNotificationType]
    CALL_IS_ON_HOLD: ClassVar[SupplementaryServiceNotificationType]
    CALL_IS_RETRIEVED: ClassVar[SupplementaryServiceNotificationType]
    CALL_IS_IN_MULTIPARTY: ClassVar[SupplementaryServiceNotificationType]
    INCOMING_CALL_IS_ECT: ClassVar[SupplementaryServiceNotificationType]
    definition = "supplementary-service-notification-type"
    names = {
        1: "outgoing-call-is-forwarded",
        2: "outgoing-call-is-waiting",
        3: "outgoing-cug-call",
        4: "outgoing-calls-barred",
        5: "outgoing-call-is-deflected",
        6: "incoming-cug-call",
        7: "incoming-calls-barred",
        8: "incoming-forwarded-call",
        9: "incoming-deflected-call",
        10: "incoming-call-is-forwarded",
        11: "unconditional-call-forward-active",
        12: "conditional-call-forward-active",
        13: "clir-suppression-rejected",
        14: "call-is-on-hold",
        15: "call-is-retrieved",
        16: "call-is-in-multiparty",
        17: "incoming-call-is-ect",
    }


class SupplementaryServiceAction(OpenEnum):
    ACTIVATE: ClassVar[SupplementaryServiceAction]
    DEACTIVATE: ClassVar[SupplementaryServiceAction]
    REGISTER: ClassVar[SupplementaryServiceAction]
    ERASE: ClassVar[SupplementaryServiceAction]
    definition = "supplementary-service-action"
    names = {
        1: "activate",
        2: "deactivate",
        3: "register",
        4: "erase",
    }


class SupplementaryServiceReason(OpenEnum):
    FORWARD_UNCONDITIONAL: ClassVar[SupplementaryServiceReason]
    FORWARD_MOBILE_BUSY: ClassVar[SupplementaryServiceReason]
    FORWARD_NO_REPLY: ClassVar[SupplementaryServiceReason]
    FORWARD_UNREACHABLE: ClassVar[SupplementaryServiceReason]
    FORWARD_ALL: ClassVar[SupplementaryServiceReason]
    FORWARD_ALL_CONDITIONAL: ClassVar[SupplementaryServiceReason]
    ALL_OUTGOING: ClassVar[SupplementaryServiceReason]
    OUTGOING_INTERNAL: ClassVar[SupplementaryServiceReason]
    OUTGOING_INTERNAL_EXTERNAL_TO_HOME: ClassVar[SupplementaryServiceReason]
    ALL_INCOMING: ClassVar[SupplementaryServiceReason]
    INCOMING_ROAMING: ClassVar[SupplementaryServiceReason]
    BAR_ALL: ClassVar[SupplementaryServiceReason]
    BAR_ALL_OUTGOING: ClassVar[SupplementaryServiceReason]
    BAR_ALL_INCOMING: ClassVar[SupplementaryServiceReason]
    CALL_WAITING: ClassVar[SupplementaryServiceReason]
    definition = "supplementary-service-reason"
    names = {
        1: "forward-unconditional",
        2: "forward-mobile-busy",
        3: "forward-no-reply",
        4: "forward-unreachable",
        5: "forward-all",
        6: "forward-all-conditional",
        7: "all-outgoing",
        8: "outgoing-internal",
        9: "outgoing-internal-external-to-home",
        10: "all-incoming",
        11: "incoming-roaming",
        12: "bar-all",
        13: "bar-all-outgoing",
        14: "bar-all-incoming",
        15: "call-waiting",
    }


class AlertingType(OpenEnum):
    NETWORK: ClassVar[AlertingType]
    UE: ClassVar[AlertingType]
    definition = "alerting-type"
    names = {
        0: "network",
        1: "ue",
    }


class WcdmaAmrStatus(OpenFlags):
    NOT_SUPPORTED: ClassVar[WcdmaAmrStatus]
    WCDMA_AMR_WB: ClassVar[WcdmaAmrStatus]
    GSM_HR_AMR: ClassVar[WcdmaAmrStatus]
    GSM_AMR_WB: ClassVar[WcdmaAmrStatus]
    GSM_AMR_NB: ClassVar[WcdmaAmrStatus]
    definition = "wcdma-amr-status"
    names = {
        0x1: "not-supported",
        0x2: "wcdma-amr-wb",
        0x4: "gsm-hr-amr",
        0x8: "gsm-amr-wb",
        0x10: "gsm-amr-nb",
    }


class Call(Struct):
    id_: int = member(U8)
    state: CallState = member(Int(1, enum=CallState))
    type: CallType = member(Int(1, enum=CallType))
    direction: CallDirection = member(Int(1, enum=CallDirection))
    mode: CallMode = member(Int(1, enum=CallMode))
    multipart_indicator: bool = member(Bool())
    als: Als = member(Int(1, enum=Als))


class RemoteParty(Struct):
    id_: int = member(U8)
    presentation_indicator: Presentation = member(Int(1, enum=Presentation))
    type: str = member(Text(U8), personal=True)
    """The number."""


class CallAlerting(Struct):
    id_: int = member(U8)
    alerttype: AlertingType = member(Int(1, enum=AlertingType))


class UssData(Struct):
    data_coding_scheme: UssDataCodingScheme = member(Int(1, enum=UssDataCodingScheme))
    data: bytes = member(Bytes(U8), personal=True)


class Alpha(Struct):
    data_coding_scheme: AlphaDataCodingScheme = member(Int(1, enum=AlphaDataCodingScheme))
    alpha: bytes = member(Bytes(U8), personal=True)


class IndicationRegisterResponse(Response):
    """VOICE 0x0003: the answer to :class:`IndicationRegister`."""

    service = 0x09
    service_name = "voice"
    id = 0x0003
    message = "indication-register"


class IndicationRegister(Request[IndicationRegisterResponse]):
    """VOICE 0x0003: Choose which events of calls are reported to this client."""

    service = 0x09
    service_name = "voice"
    id = 0x0003
    message = "indication-register"
    response = IndicationRegisterResponse
    dtmf_events: bool | None = member(Bool(), tlv=0x10, required=False, default=None)
    voice_privacy_events: bool | None = member(Bool(), tlv=0x11, required=False, default=None)
    supplementary_service_notification_events: bool | None = member(Bool(), tlv=0x12, required=False, default=None)
    call_notification_events: bool | None = member(Bool(), tlv=0x13, required=False, default=None)
    handover_events: bool | None = member(Bool(), tlv=0x14, required=False, default=None)
    speech_codec_events: bool | None = member(Bool(), tlv=0x15, required=False, default=None)
    ussd_notification_events: bool | None = member(Bool(), tlv=0x16, required=False, default=None)
    modification_events: bool | None = member(Bool(), tlv=0x18, required=False, default=None)
    uus_events: bool | None = member(Bool(), tlv=0x19, required=False, default=None)
    aoc_events: bool | None = member(Bool(), tlv=0x1a, required=False, default=None)
    conference_events: bool | None = member(Bool(), tlv=0x1b, required=False, default=None)
    extended_burst_type_international_information_events: bool | None = member(Bool(), tlv=0x1c, required=False, default=None)
    mt_page_miss_information_events: bool | None = member(Bool(), tlv=0x1d, required=False, default=None)


class GetSupportedMessagesResponse(Response):
    """VOICE 0x001e: the answer to :class:`GetSupportedMessages`."""

    service = 0x09
    service_name = "voice"
    id = 0x001e
    message = "get-supported-messages"
    list_: bytes | None = member(Bytes(U16), tlv=0x10, required=False, default=None)


class GetSupportedMessages(Request[GetSupportedMessagesResponse]):
    """VOICE 0x001e: Read the bit mask of VOICE message ids that this firmware knows."""

    service = 0x09
    service_name = "voice"
    id = 0x001e
    message = "get-supported-messages"
    response = GetSupportedMessagesResponse


class DialCallResponse(Response):
    """VOICE 0x0020: the answer to :class:`DialCall`."""

    service = 0x09
    service_name = "voice"
    id = 0x0020
    message = "dial-call"
    call_id: int | None = member(U8, tlv=0x10, required=False, default=None)


class DialCall(Request[DialCallResponse]):
    """VOICE 0x0020: Call a number."""

    service = 0x09
    service_name = "voice"
    id = 0x0020
    message = "dial-call"
    response = DialCallResponse
    calling_number: str = member(Text(), tlv=0x01, personal=True)


class EndCallResponse(Response):
    """VOICE 0x0021: the answer to :class:`EndCall`."""

    service = 0x09
    service_name = "voice"
    id = 0x0021
    message = "end-call"
    call_id: int | None = member(U8, tlv=0x10, required=False, default=None)


class EndCall(Request[EndCallResponse]):
    """VOICE 0x0021: Hang one call up."""

    service = 0x09
    service_name = "voice"
    id = 0x0021
    message = "end-call"
    response = EndCallResponse
    call_id: int = member(U8, tlv=0x01)


class AnswerCallResponse(Response):
    """VOICE 0x0022: the answer to :class:`AnswerCall`."""

    service = 0x09
    service_name = "voice"
    id = 0x0022
    message = "answer-call"
    call_id: int | None = member(U8, tlv=0x10, required=False, default=None)


class AnswerCall(Request[AnswerCallResponse]):
    """VOICE 0x0022: Take an incoming call."""

    service = 0x09
    service_name = "voice"
    id = 0x0022
    message = "answer-call"
    response = AnswerCallResponse
    call_id: int = member(U8, tlv=0x01)


class BurstDtmfResponse(Response):
    """VOICE 0x0028: the answer to :class:`BurstDtmf`."""

    service = 0x09
    service_name = "voice"
    id = 0x0028
    message = "burst-dtmf"
    call_id: int | None = member(U8, tlv=0x10, required=False, personal=True, default=None)


class BurstDtmfData(Struct):
    call_id: int = member(U8, personal=True)
    digit_buffer: str = member(Text(U8), personal=True)


class BurstDtmf(Request[BurstDtmfResponse]):
    """VOICE 0x0028: Play a string of digits into a call."""

    service = 0x09
    service_name = "voice"
    id = 0x0028
    message = "burst-dtmf"
    response = BurstDtmfResponse
    data: BurstDtmfData = member(Nested(BurstDtmfData), tlv=0x01)


class StartContinuousDtmfResponse(Response):
    """VOICE 0x0029: the answer to :class:`StartContinuousDtmf`."""

    service = 0x09
    service_name = "voice"
    id = 0x0029
    message = "start-continuous-dtmf"
    call_id: int | None = member(U8, tlv=0x10, required=False, personal=True, default=None)


class StartContinuousDtmfData(Struct):
    call_id: int = member(U8, personal=True)
    digit: int = member(U8, personal=True)


class StartContinuousDtmf(Request[StartContinuousDtmfResponse]):
    """VOICE 0x0029: Begin to play one digit into a call."""

    service = 0x09
    service_name = "voice"
    id = 0x0029
    message = "start-continuous-dtmf"
    response = StartContinuousDtmfResponse
    data: StartContinuousDtmfData = member(Nested(StartContinuousDtmfData), tlv=0x01)


class StopContinuousDtmfResponse(Response):
    """VOICE 0x002a: the answer to :class:`StopContinuousDtmf`."""

    service = 0x09
    service_name = "voice"
    id = 0x002a
    message = "stop-continuous-dtmf"
    call_id: int | None = member(U8, tlv=0x10, required=False, personal=True, default=None)


class StopContinuousDtmfData(Struct):
    call_id: int = member(U8, personal=True)


class StopContinuousDtmf(Request[StopContinuousDtmfResponse]):
    """VOICE 0x002a: Stop the digit that plays."""

    service = 0x09
    service_name = "voice"
    id = 0x002a
    message = "stop-continuous-dtmf"
    response = StopContinuousDtmfResponse
    data: StopContinuousDtmfData = member(Nested(StopContinuousDtmfData), tlv=0x01)


class GetAllCallInfoResponse(Response):
    """VOICE 0x002f: the answer to :class:`GetAllCallInfo`."""

    service = 0x09
    service_name = "voice"
    id = 0x002f
    message = "get-all-call-info"
    call_information: list[Call] | None = member(Array(Nested(Call), count=U8), tlv=0x10, required=False, default=None)
    remote_party_number: list[RemoteParty] | None = member(Array(Nested(RemoteParty), count=U8), tlv=0x11, required=False, personal=True, default=None)
    alerting_type: list[CallAlerting] | None = member(Array(Nested(CallAlerting), count=U8), tlv=0x13, required=False, default=None)


class GetAllCallInfo(Request[GetAllCallInfoResponse]):
    """VOICE 0x002f: List all calls with their state."""

    service = 0x09
    service_name = "voice"
    id = 0x002f
    message = "get-all-call-info"
    response = GetAllCallInfoResponse


class ManageCallsResponse(Response):
    """VOICE 0x0031: the answer to :class:`ManageCalls`."""

    service = 0x09
    service_name = "voice"
    id = 0x0031
    message = "manage-calls"


class ManageCalls(Request[ManageCallsResponse]):
    """VOICE 0x0031: Hold, switch, join or release calls."""

    service = 0x09
    service_name = "voice"
    id = 0x0031
    message = "manage-calls"
    response = ManageCallsResponse
    service_type: SupplementaryServiceType = member(Int(1, enum=SupplementaryServiceType), tlv=0x01)
    call_id: int | None = member(U8, tlv=0x10, required=False, default=None)


class SetSupplementaryServiceResponseServiceStatus(Struct):
    active: bool = member(Bool())
    provisioned: bool = member(Bool())


class SetSupplementaryServiceResponse(Response):
    """VOICE 0x0033: the answer to :class:`SetSupplementaryService`."""

    service = 0x09
    service_name = "voice"
    id = 0x0033
    message = "set-supplementary-service"
    service_status: SetSupplementaryServiceResponseServiceStatus | None = member(Nested(SetSupplementaryServiceResponseServiceStatus), tlv=0x15, required=False, default=None)


class SetSupplementaryServiceSupplementaryServiceInformation(Struct):
    supplementary_service_action: SupplementaryServiceAction = member(Int(1, enum=SupplementaryServiceAction))
    supplementary_service_reason: SupplementaryServiceReason = member(Int(1, enum=SupplementaryServiceReason))


class SetSupplementaryService(Request[SetSupplementaryServiceResponse]):
    """VOICE 0x0033: Switch a supplementary service on or off, register or erase it."""

    service = 0x09
    service_name = "voice"
    id = 0x0033
    message = "set-supplementary-service"
    response = SetSupplementaryServiceResponse
    supplementary_service_information: SetSupplementaryServiceSupplementaryServiceInformation = member(Nested(SetSupplementaryServiceSupplementaryServiceInformation), tlv=0x01)


class GetCallWaitingResponse(Response):
    """VOICE 0x0034: the answer to :class:`GetCallWaiting`."""

    service = 0x09
    service_name = "voice"
    id = 0x0034
    message = "get-call-waiting"
    service_class: int | None = member(U8, tlv=0x10, required=False, default=None)


class GetCallWaiting(Request[GetCallWaitingResponse]):
    """VOICE 0x0034: Read whether call waiting is on."""

    service = 0x09
    service_name = "voice"
    id = 0x0034
    message = "get-call-waiting"
    response = GetCallWaitingResponse
    service_class: int | None = member(U8, tlv=0x10, required=False, default=None)


class GetConfigResponseAirTimerCount(Struct):
    nam_id: int = member(U8)
    air_timer: int = member(U32)


class GetConfigResponseRoamTimerCount(Struct):
    nam_id: int = member(U8)
    roam_timer: int = member(U32)


class GetConfigResponseCurrentPreferredVoiceSo(Struct):
    nam_id: int = member(U8)
    evrc_capability: bool = member(Bool())
    home_page_voice_service_option: ServiceOption = member(Int(2, enum=ServiceOption))
    home_origination_voice_service_option: ServiceOption = member(Int(2, enum=ServiceOption))
    roaming_origination_voice_service_option: ServiceOption = member(Int(2, enum=ServiceOption))


class GetConfigResponseCurrentAmrStatus(Struct):
    gsm: bool = member(Bool())
    wcdma: WcdmaAmrStatus = member(Int(1, enum=WcdmaAmrStatus))


class GetConfigResponse(Response):
    """VOICE 0x0041: the answer to :class:`GetConfig`."""

    service = 0x09
    service_name = "voice"
    id = 0x0041
    message = "get-config"
    auto_answer_status: bool | None = member(Bool(), tlv=0x10, required=False, default=None)
    air_timer_count: GetConfigResponseAirTimerCount | None = member(Nested(GetConfigResponseAirTimerCount), tlv=0x11, required=False, default=None)
    roam_timer_count: GetConfigResponseRoamTimerCount | None = member(Nested(GetConfigResponseRoamTimerCount), tlv=0x12, required=False, default=None)
    current_tty_mode: TtyMode | None = member(Int(1, enum=TtyMode), tlv=0x13, required=False, default=None)
    current_preferred_voice_so: GetConfigResponseCurrentPreferredVoiceSo | None = member(Nested(GetConfigResponseCurrentPreferredVoiceSo), tlv=0x14, required=False, default=None)
    current_amr_status: GetConfigResponseCurrentAmrStatus | None = member(Nested(GetConfigResponseCurrentAmrStatus), tlv=0x15, required=False, default=None)
    current_voice_privacy_preference: Privacy | None = member(Int(1, enum=Privacy), tlv=0x16, required=False, default=None)
    current_voice_domain_preference: Domain | None = member(Int(1, enum=Domain), tlv=0x17, required=False, default=None)


class GetConfig(Request[GetConfigResponse]):
    """VOICE 0x0041: Read settings of voice: automatic answer, timers, codecs, domain."""

    service = 0x09
    service_name = "voice"
    id = 0x0041
    message = "get-config"
    response = GetConfigResponse
    auto_answer: bool | None = member(Bool(), tlv=0x10, required=False, default=None)
    air_timer: bool | None = member(Bool(), tlv=0x11, required=False, default=None)
    roam_timer: bool | None = member(Bool(), tlv=0x12, required=False, default=None)
    tty_mode: bool | None = member(Bool(), tlv=0x13, required=False, default=None)
    preferred_voice_service_option: bool | None = member(Bool(), tlv=0x14, required=False, default=None)
    amr_status: bool | None = member(Bool(), tlv=0x15, required=False, default=None)
    preferred_voice_privacy: bool | None = member(Bool(), tlv=0x16, required=False, default=None)
    nam_index: bool | None = member(Bool(), tlv=0x17, required=False, default=None)
    voice_domain_preference: bool | None = member(Bool(), tlv=0x18, required=False, default=None)


class AllCallStatusIndication(Indication):
    """VOICE 0x002e: A call has changed; all calls are listed."""

    service = 0x09
    service_name = "voice"
    id = 0x002e
    message = "all-call-status"
    call_information: list[Call] = member(Array(Nested(Call), count=U8), tlv=0x01)
    remote_party_number: list[RemoteParty] | None = member(Array(Nested(RemoteParty), count=U8), tlv=0x10, required=False, personal=True, default=None)
    alerting_type: list[CallAlerting] | None = member(Array(Nested(CallAlerting), count=U8), tlv=0x12, required=False, default=None)


class SupplementaryServiceIndicationInfo(Struct):
    call_id: int = member(U8)
    notification_type: SupplementaryServiceNotificationType = member(Int(1, enum=SupplementaryServiceNotificationType))


class SupplementaryServiceIndication(Indication):
    """VOICE 0x0032: The network told something about a call, such as that it waits."""

    service = 0x09
    service_name = "voice"
    id = 0x0032
    message = "supplementary-service"
    info: SupplementaryServiceIndicationInfo = member(Nested(SupplementaryServiceIndicationInfo), tlv=0x01)


class OriginateUssdResponse(Response):
    """VOICE 0x003a: the answer to :class:`OriginateUssd`."""

    service = 0x09
    service_name = "voice"
    id = 0x003a
    message = "originate-ussd"
    failure_cause: CallEndReason | None = member(Int(2, enum=CallEndReason), tlv=0x10, required=False, default=None)
    alpha_identifier: Alpha | None = member(Nested(Alpha), tlv=0x11, required=False, default=None)
    uss_data: UssData | None = member(Nested(UssData), tlv=0x12, required=False, default=None)
    call_control_result_type: CallControlResultType | None = member(Int(1, enum=CallControlResultType), tlv=0x13, required=False, default=None)
    call_id: int | None = member(U8, tlv=0x14, required=False, default=None)
    call_control_supplementary_service_type: CallControlSupplementaryServiceType | None = member(Int(1, enum=CallControlSupplementaryServiceType), tlv=0x15, required=False, default=None)
    uss_data_utf16: list[int] | None = member(Array(U16, count=U8), tlv=0x16, required=False, personal=True, default=None)


class OriginateUssd(Request[OriginateUssdResponse]):
    """VOICE 0x003a: Send a USSD code and wait for the network's answer."""

    service = 0x09
    service_name = "voice"
    id = 0x003a
    message = "originate-ussd"
    response = OriginateUssdResponse
    uss_data: UssData = member(Nested(UssData), tlv=0x01)


class AnswerUssdResponse(Response):
    """VOICE 0x003b: the answer to :class:`AnswerUssd`."""

    service = 0x09
    service_name = "voice"
    id = 0x003b
    message = "answer-ussd"


class AnswerUssd(Request[AnswerUssdResponse]):
    """VOICE 0x003b: Reply to the network within a USSD session."""

    service = 0x09
    service_name = "voice"
    id = 0x003b
    message = "answer-ussd"
    response = AnswerUssdResponse
    uss_data: UssData = member(Nested(UssData), tlv=0x01)


class CancelUssdResponse(Response):
    """VOICE 0x003c: the answer to :class:`CancelUssd`."""

    service = 0x09
    service_name = "voice"
    id = 0x003c
    message = "cancel-ussd"


class CancelUssd(Request[CancelUssdResponse]):
    """VOICE 0x003c: End the USSD session."""

    service = 0x09
    service_name = "voice"
    id = 0x003c
    message = "cancel-ussd"
    response = CancelUssdResponse


class OriginateUssdNoWaitResponse(Response):
    """VOICE 0x0043: the answer to :class:`OriginateUssdNoWait`."""

    service = 0x09
    service_name = "voice"
    id = 0x0043
    message = "originate-ussd-no-wait"


class OriginateUssdNoWait(Request[OriginateUssdNoWaitResponse]):
    """VOICE 0x0043: Send a USSD code; the answer comes as an indication."""

    service = 0x09
    service_name = "voice"
    id = 0x0043
    message = "originate-ussd-no-wait"
    response = OriginateUssdNoWaitResponse
    uss_data: UssData = member(Nested(UssData), tlv=0x01)


class ReleaseUssdIndication(Indication):
    """VOICE 0x003d: The network ended the USSD session."""

    service = 0x09
    service_name = "voice"
    id = 0x003d
    message = "release-ussd"


class UssdIndication(Indication):
    """VOICE 0x003e: The network sent a USSD text, as a notice or as a question."""

    service = 0x09
    service_name = "voice"
    id = 0x003e
    message = "ussd"
    user_action: UserAction = member(Int(1, enum=UserAction), tlv=0x01)
    uss_data: UssData | None = member(Nested(UssData), tlv=0x10, required=False, default=None)
    uss_data_utf16: list[int] | None = member(Array(U16, count=U8), tlv=0x11, required=False, personal=True, default=None)


class OriginateUssdNoWaitIndication(Indication):
    """VOICE 0x0043: The network's answer to a USSD code."""

    service = 0x09
    service_name = "voice"
    id = 0x0043
    message = "originate-ussd-no-wait"
    error_code: int | None = member(U16, tlv=0x10, required=False, default=None)
    failure_cause: CallEndReason | None = member(Int(2, enum=CallEndReason), tlv=0x11, required=False, default=None)
    uss_data: UssData | None = member(Nested(UssData), tlv=0x12, required=False, default=None)
    alpha_identifier: Alpha | None = member(Nested(Alpha), tlv=0x13, required=False, default=None)
    uss_data_utf16: list[int] | None = member(Array(U16, count=U8), tlv=0x14, required=False, personal=True, default=None)
