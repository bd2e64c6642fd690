# SPDX-License-Identifier: GPL-2.0-or-later OR MIT
# Do not edit: made from protocols/qmi/wds.toml, protocols/qmi/wds.bearer.toml, protocols/qmi/wds.call-end-reasons-cm.toml, protocols/qmi/wds.call-end-reasons.toml, protocols/qmi/wds.enums.toml, protocols/qmi/wds.profiles.toml
# by python -m qmiprobe._codegen
"""Wireless Data Service: starts and stops data sessions, keeps profiles, tells addresses and counters."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address
from typing import ClassVar
from qmiprobe._arrays import Array, Nested
from qmiprobe._condition import parse_condition
from qmiprobe._enums import OpenEnum, OpenFlags
from qmiprobe._message import Indication, Request, Response, Struct, member
from qmiprobe._text import Text, U16, U32, U64, U8
from qmiprobe._types import Bool, Bytes, IPv4, IPv6, Int
from qmiprobe.qmi.services._shared import Endpoint

class CallEndReasonVerboseCm(OpenEnum):
    CDMA_LOCK: ClassVar[CallEndReasonVerboseCm]
    INTERCEPT: ClassVar[CallEndReasonVerboseCm]
    REORDER: ClassVar[CallEndReasonVerboseCm]
    RELEASE_SO_REJECT: ClassVar[CallEndReasonVerboseCm]
    INCOMING_CALL: ClassVar[CallEndReasonVerboseCm]
    ALERT_STOP: ClassVar[CallEndReasonVerboseCm]
    ACTIVATION: ClassVar[CallEndReasonVerboseCm]
    MAX_ACCESS_PROBES: ClassVar[CallEndReasonVerboseCm]
    CCS_NOT_SUPPORTED_BY_BS: ClassVar[CallEndReasonVerboseCm]
    NO_RESPONSE_FROM_BS: ClassVar[CallEndReasonVerboseCm]
    REJECTED_BY_BS: ClassVar[CallEndReasonVerboseCm]
    INCOMPATIBLE: ClassVar[CallEndReasonVerboseCm]
    ALREADY_IN_TC: ClassVar[CallEndReasonVerboseCm]
    USER_CALL_ORIGINATED_DURING_GPS: ClassVar[CallEndReasonVerboseCm]
    USER_CALL_ORIGINATED_DURING_SMS: ClassVar[CallEndReasonVerboseCm]
    NO_CDMA_SERVICE: ClassVar[CallEndReasonVerboseCm]
    MC_ABORT: ClassVar[CallEndReasonVerboseCm]
    PSIST_NG: ClassVar[CallEndReasonVerboseCm]
    UIM_NOT_PRESENT: ClassVar[CallEndReasonVerboseCm]
    RETRY_ORDER: ClassVar[CallEndReasonVerboseCm]
    ACCESS_BLOCK: ClassVar[CallEndReasonVerboseCm]
    ACCESS_BLOCK_ALL: ClassVar[CallEndReasonVerboseCm]
    IS707B_MAX_ACCESS_PROBES: ClassVar[CallEndReasonVerboseCm]
    THERMAL_EMERGENCY: ClassVar[CallEndReasonVerboseCm]
    CALL_ORIGINATION_THROTTLED: ClassVar[CallEndReasonVerboseCm]
    USER_CALL_ORIGINATED: ClassVar[CallEndReasonVerboseCm]
    CONFERENCE_FAILED: ClassVar[CallEndReasonVerboseCm]
    INCOMING_REJECTED: ClassVar[CallEndReasonVerboseCm]
    NO_GATEWAY_SERVICE: ClassVar[CallEndReasonVerboseCm]
    NO_GPRS_CONTEXT: ClassVar[CallEndReasonVerboseCm]
    ILLEGAL_MS: ClassVar[CallEndReasonVerboseCm]
    ILLEGAL_ME: ClassVar[CallEndReasonVerboseCm]
    GPRS_AND_NON_GPRS_SERVICES_NOT_ALLOWED: ClassVar[CallEndReasonVerboseCm]
    GPRS_SERVICES_NOT_ALLOWED: ClassVar[CallEndReasonVerboseCm]
    MS_IDENTITY_NOT_DERIVED_BY_THE_NETWORK: ClassVar[CallEndReasonVerboseCm]
    IMPLICITLY_DETACHED: ClassVar[CallEndReasonVerboseCm]
    PLMN_NOT_ALLOWED: ClassVar[CallEndReasonVerboseCm]
    LA_NOT_ALLOWED: ClassVar[CallEndReasonVerboseCm]
    GPRS_SERVICES_NOT_ALLOWED_IN_PLMN: ClassVar[CallEndReasonVerboseCm]
    PDP_DUPLICATE: ClassVar[CallEndReasonVerboseCm]
    UE_RAT_CHANGE: ClassVar[CallEndReasonVerboseCm]
    CONGESTION: ClassVar[CallEndReasonVerboseCm]
    NO_PDP_CONTEXT_ACTIVATED: ClassVar[CallEndReasonVerboseCm]
    ACCESS_CLASS_DSAC_REJECTION: ClassVar[CallEndReasonVerboseCm]
    PDP_ACTIVATE_MAX_RETRY_FAILED: ClassVar[CallEndReasonVerboseCm]
    RAB_FAILURE: ClassVar[CallEndReasonVerboseCm]
    EPS_SERVICE_NOT_ALLOWED: ClassVar[CallEndReasonVerboseCm]
    TRACKING_AREA_NOT_ALLOWED: ClassVar[CallEndReasonVerboseCm]
    ROAMING_NOT_ALLOWED_IN_TRACKING_AREA: ClassVar[CallEndReasonVerboseCm]
    NO_SUITABLE_CELLS_IN_TRACKING_AREA: ClassVar[CallEndReasonVerboseCm]
    NOT_AUTHORIZED_CLOSED_SUBSCRIBER_GROUP: ClassVar[CallEndReasonVerboseCm]
    ESM_UNKNOWN_EPS_BEARER_CONTEXT: ClassVar[CallEndReasonVerboseCm]
    DRB_RELEASED_AT_RRC: ClassVar[CallEndReasonVerboseCm]
    NAS_SIGNAL_CONNECTION_RELEASED: ClassVar[CallEndReasonVerboseCm]
    EMM_DETACHED: ClassVar[CallEndReasonVerboseCm]
    EMM_ATTACH_FAILED: ClassVar[CallEndReasonVerboseCm]
    EMM_ATTACH_STARTED: ClassVar[CallEndReasonVerboseCm]
    LTE_NAS_SERVICE_REQUEST_FAILED: ClassVar[CallEndReasonVerboseCm]
    ESM_ACTIVE_DEDICATED_BEARER_REACTIVATED_BY_NW: ClassVar[CallEndReasonVerboseCm]
    ESM_LOWER_LAYER_FAILURE: ClassVar[CallEndReasonVerboseCm]
    ESM_SYNC_UP_WITH_NW: ClassVar[CallEndReasonVerboseCm]
    ESM_NW_ACTIVATED_DEDICATED_BEARER_WITH_ID_OF_DEFAULT_BEARER: ClassVar[CallEndReasonVerboseCm]
    ESM_BAD_OTA_MESSAGE: ClassVar[CallEndReasonVerboseCm]
    ESM_DS_REJECTED_CALL: ClassVar[CallEndReasonVerboseCm]
    ESM_CONTEXT_TRANSFERRED_DUE_TO_IRAT: ClassVar[CallEndReasonVerboseCm]
    DS_EXPLICIT_DEACT: ClassVar[CallEndReasonVerboseCm]
    ESM_LOCAL_CAUSE_NONE: ClassVar[CallEndReasonVerboseCm]
    LTE_NAS_SERVICE_REQUEST_FAILED_NO_THROTTLE: ClassVar[CallEndReasonVerboseCm]
    ACL_FAILURE: ClassVar[CallEndReasonVerboseCm]
    LTE_NAS_SERVICE_REQUEST_FAILED_DS_DISALLOW: ClassVar[CallEndReasonVerboseCm]
    EMM_T3417_EXPIRED: ClassVar[CallEndReasonVerboseCm]
    EMM_T3417_EXT_EXPIRED: ClassVar[CallEndReasonVerboseCm]
    LRRC_UL_DATA_CONFIRMATION_FAILURE_TXN: ClassVar[CallEndReasonVerboseCm]
    LRRC_UL_DATA_CONFIRMATION_FAILURE_HANDOVER: ClassVar[CallEndReasonVerboseCm]
    LRRC_UL_DATA_CONFIRMATION_FAILURE_CONN_REL: ClassVar[CallEndReasonVerboseCm]
    LRRC_UL_DATA_CONFIRMATION_FAILURE_RLF: ClassVar[CallEndReasonVerboseCm]
    LRRC_UL_DATA_CONFIRMATION_FAILURE_CTRL_NOT_CONN: ClassVar[CallEndReasonVerboseCm]
    LRRC_CONNECTION_ESTABLISHMENT_FAILURE: ClassVar[CallEndReasonVerboseCm]
    LRRC_CONNECTION_ESTABLISHMENT_FAILURE_ABORTED: ClassVar[CallEndReasonVerboseCm]
    LRRC_CONNECTION_ESTABLISHMENT_FAILURE_ACCESS_BARRED: ClassVar[CallEndReasonVerboseCm]
    LRRC_CONNECTION_ESTABLISHMENT_FAILURE_CELL_RESELECTION: ClassVar[CallEndReasonVerboseCm]
    LRRC_CONNECTION_ESTABLISHMENT_FAILURE_CONFIG_FAILURE: ClassVar[CallEndReasonVerboseCm]
    LRRC_CONNECTION_ESTABLISHMENT_FAILURE_TIMER_EXPIRED: ClassVar[CallEndReasonVerboseCm]
    LRRC_CONNECTION_ESTABLISHMENT_FAILURE_LINK_FAILURE: ClassVar[CallEndReasonVerboseCm]
    LRRC_CONNECTION_ESTABLISHMENT_FAILURE_NOT_CAMPED: ClassVar[CallEndReasonVerboseCm]
    LRRC_CONNECTION_ESTABLISHMENT_FAILURE_SI_FAILURE: ClassVar[CallEndReasonVerboseCm]
    LRRC_CONNECTION_ESTABLISHMENT_FAILURE_REJECTED: ClassVar[CallEndReasonVerboseCm]
    LRRC_CONNECTION_RELEASE_NORMAL: ClassVar[CallEndReasonVerboseCm]
    LRRC_CONNECTION_RELEASE_RLF: ClassVar[CallEndReasonVerboseCm]
    LRRC_CONNECTION_RELEASE_CRE_FAILURE: ClassVar[CallEndReasonVerboseCm]
    LRRC_CONNECTION_RELEASE_OOS_DURING_CRE: ClassVar[CallEndReasonVerboseCm]
    LRRC_CONNECTION_RELEASE_ABORTED: ClassVar[CallEndReasonVerboseCm]
    LRRC_CONNECTION_RELEASE_SIB_READ_ERROR: ClassVar[CallEndReasonVerboseCm]
    DETACH_WITH_REATTACH_LTE_NW_DETACH: ClassVar[CallEndReasonVerboseCm]
    DETACH_WITHOUT_REATTACH_LTE_NW_DETACH: ClassVar[CallEndReasonVerboseCm]
    ESM_PROC_TIMEOUT: ClassVar[CallEndReasonVerboseCm]
    INVALID_CONNECTION_ID: ClassVar[CallEndReasonVerboseCm]
    INVALID_NSAPI: ClassVar[CallEndReasonVerboseCm]
    INVALID_PRI_NSAPI: ClassVar[CallEndReasonVerboseCm]
    INVALID_FIELD: ClassVar[CallEndReasonVerboseCm]
    RADIO_ACCESS_BEARER_SETUP_FAILURE: ClassVar[CallEndReasonVerboseCm]
    PDP_ESTABLISH_MAX_TIMEOUT: ClassVar[CallEndReasonVerboseCm]
    PDP_MODIFY_MAX_TIMEOUT: ClassVar[CallEndReasonVerboseCm]
    PDP_INACTIVE_MAX_TIMEOUT: ClassVar[CallEndReasonVerboseCm]
    PDP_LOWERLAYER_ERROR: ClassVar[CallEndReasonVerboseCm]
    PPD_UNKNOWN_REASON: ClassVar[CallEndReasonVerboseCm]
    PDP_MODIFY_COLLISION: ClassVar[CallEndReasonVerboseCm]
    PDP_MBMS_REQUEST_COLLISION: ClassVar[CallEndReasonVerboseCm]
    MBMS_DUPLICATE: ClassVar[CallEndReasonVerboseCm]
    SM_PS_DETACHED: ClassVar[CallEndReasonVerboseCm]
    SM_NO_RADIO_AVAILABLE: ClassVar[CallEndReasonVerboseCm]
    SM_ABORT_SERVICE_NOT_AVAILABLE: ClassVar[CallEndReasonVerboseCm]
    MESSAGE_EXCEEDS_MAX_L2_LIMIT: ClassVar[CallEndReasonVerboseCm]
    SM_NAS_SERVICE_REQUEST_FAILURE: ClassVar[CallEndReasonVerboseCm]
    RRC_CONNECTION_ESTABLISHMENT_FAILURE_REQUEST_ERROR: ClassVar[CallEndReasonVerboseCm]
    RRC_CONNECTION_ESTABLISHMENT_FAILURE_TAI_CHANGE: ClassVar[CallEndReasonVerboseCm]
    RRC_CONNECTION_ESTABLISHMENT_FAILURE_RF_UNAVAILABLE: ClassVar[CallEndReasonVerboseCm]
    RRC_CONNECTION_RELEASE_ABORTED_INTER_RAT_SUCCESS: ClassVar[CallEndReasonVerboseCm]
    RRC_CONNECTION_RELEASE_RLF_SEC_NOT_ACTIVE: ClassVar[CallEndReasonVerboseCm]
    RRC_CONNECTION_RELEASE_INTER_RAT_TO_LTE_ABORTED: ClassVar[CallEndReasonVerboseCm]
    RRC_CONNECTION_RELEASE_INTER_RAT_FROM_LTE_TO_GERAN_CCO_SUCCESS: ClassVar[CallEndReasonVerboseCm]
    RRC_CONNECTION_RELEASE_INTER_RAT_FROM_LTE_TO_GERAN_CCO_ABORTED: ClassVar[CallEndReasonVerboseCm]
    IMSI_UNKNOWN_IN_HOME_SUBSCRIBER_SERVER: ClassVar[CallEndReasonVerboseCm]
    IMEI_NOT_ACCEPTED: ClassVar[CallEndReasonVerboseCm]
    EPS_SERVICES_AND_NON_EPS_SERVICES_NOT_ALLOWED: ClassVar[CallEndReasonVerboseCm]
    EPS_SERVICES_NOT_ALLOWED_IN_PLMN: ClassVar[CallEndReasonVerboseCm]
    MSC_TEMPORARILY_NOT_REACHABLE: ClassVar[CallEndReasonVerboseCm]
    CS_DOMAIN_NOT_AVAILABLE: ClassVar[CallEndReasonVerboseCm]
    ESM_FAILURE: ClassVar[CallEndReasonVerboseCm]
    MAC_FAILURE: ClassVar[CallEndReasonVerboseCm]
    SYNCHRONIZATION_FAILURE: ClassVar[CallEndReasonVerboseCm]
    UE_SECURITY_CAPABILITIES_MISMATCH: ClassVar[CallEndReasonVerboseCm]
    SECURITY_MODE_REJECT_UNSPECIFIED: ClassVar[CallEndReasonVerboseCm]
    NON_EPS_AUTH_UNACCEPTABLE: ClassVar[CallEndReasonVerboseCm]
    CS_FALLBACK_CALL_ESTABLISHMENT_NOT_ALLOWED: ClassVar[CallEndReasonVerboseCm]
    NO_EPS_BEARER_CONTEXT_ACTIVATED: ClassVar[CallEndReasonVerboseCm]
    EMM_INVALID_STATE: ClassVar[CallEndReasonVerboseCm]
    NAS_LAYER_FAILURE: ClassVar[CallEndReasonVerboseCm]
    MULTI_PDN_NOT_ALLOWED: ClassVar[CallEndReasonVerboseCm]
    EMBMS_NOT_ENABLED: ClassVar[CallEndReasonVerboseCm]
    PENDING_REDIAL_CALL_CLEANUP: ClassVar[CallEndReasonVerboseCm]
    EMBMS_REGULAR_DEACTIVATION: ClassVar[CallEndReasonVerboseCm]
    TLB_REGULAR_DEACTIVATION: ClassVar[CallEndReasonVerboseCm]
    LOWER_LAYER_REGISTRATION_FAILURE: ClassVar[CallEndReasonVerboseCm]
    DETACH_EPS_SERVICES_NOT_ALLOWED: ClassVar[CallEndReasonVerboseCm]
    SM_INTERNAL_PDP_DEACTIVATION: ClassVar[CallEndReasonVerboseCm]
    CONNECTION_DENY_GENERAL_OR_BUSY: ClassVar[CallEndReasonVerboseCm]
    CONNECTION_DENY_BILLING_OR_AUTHENTICATION_FAILURE: ClassVar[CallEndReasonVerboseCm]
    HDR_CHANGE: ClassVar[CallEndReasonVerboseCm]
    HDR_EXIT: ClassVar[CallEndReasonVerboseCm]
    HDR_NO_SESSION: ClassVar[CallEndReasonVerboseCm]
    HDR_ORIGINATION_DURING_GPS_FIX: ClassVar[CallEndReasonVerboseCm]
    HDR_CONNECTION_SETUP_TIMEOUT: ClassVar[CallEndReasonVerboseCm]
    HDR_RELEASED_BY_CM: ClassVar[CallEndReasonVerboseCm]
    HDR_COLLOCATED_ACQUISITION_FAILED: ClassVar[CallEndReasonVerboseCm]
    OTASP_COMMIT_IN_PROGRESS: ClassVar[CallEndReasonVerboseCm]
    HDR_NO_HYBRID_SERVICE: ClassVar[CallEndReasonVerboseCm]
    HDR_NO_LOCK_GRANTED: ClassVar[CallEndReasonVerboseCm]
    HOLD_OTHER_IN_PROGRESS: ClassVar[CallEndReasonVerboseCm]
    HDR_FADE: ClassVar[CallEndReasonVerboseCm]
    HDR_ACCESS_FAILURE: ClassVar[CallEndReasonVerboseCm]
    UNSUPPORTED_1X_PREV: ClassVar[CallEndReasonVerboseCm]
    CLIENT_END: ClassVar[CallEndReasonVerboseCm]
    NO_SERVICE: ClassVar[CallEndReasonVerboseCm]
    FADE: ClassVar[CallEndReasonVerboseCm]
    RELEASE_NORMAL: ClassVar[CallEndReasonVerboseCm]
    ACCESS_ATTEMPT_IN_PROGRESS: ClassVar[CallEndReasonVerboseCm]
    ACCESS_FAILURE: ClassVar[CallEndReasonVerboseCm]
    REDIRECTION_OR_HANDOFF: ClassVar[CallEndReasonVerboseCm]
    OFFLINE: ClassVar[CallEndReasonVerboseCm]
    EMERGENCY_MODE: ClassVar[CallEndReasonVerboseCm]
    PHONE_IN_USE: ClassVar[CallEndReasonVerboseCm]
    INVALID_MODE: ClassVar[CallEndReasonVerboseCm]
    INVALID_SIM_STATE: ClassVar[CallEndReasonVerboseCm]
    NO_COLLOCATED_HDR: ClassVar[CallEndReasonVerboseCm]
    CALL_CONTROL_REJECTED: ClassVar[CallEndReasonVerboseCm]
    EMM_DETACHED_PSM: ClassVar[CallEndReasonVerboseCm]
    DUAL_SWITCH: ClassVar[CallEndReasonVerboseCm]
    CALL_MANAGER: ClassVar[CallEndReasonVerboseCm]
    INVALID_CLASS3_APN: ClassVar[CallEndReasonVerboseCm]
    MPLMN_IN_PROGRESS: ClassVar[CallEndReasonVerboseCm]
    definition = "call-end-reason-verbose-cm"
    names = {
        500: "cdma-lock",
        501: "intercept",
        502: "reorder",
        503: "release-so-reject",
        504: "incoming-call",
        505: "alert-stop",
        506: "activation",
        507: "max-access-probes",
        508: "ccs-not-supported-by-bs",
        509: "no-response-from-bs",
        510: "rejected-by-bs",
        511: "incompatible",
        512: "already-in-tc",
        513: "user-call-originated-during-gps",
        514: "user-call-originated-during-sms",
        515: "no-cdma-service",
        516: "mc-abort",
        517: "psist-ng",
        518: "uim-not-present",
        519: "retry-order",
        520: "access-block",
        521: "access-block-all",
        522: "is707b-max-access-probes",
        523: "thermal-emergency",
        524: "call-origination-throttled",
        525: "user-call-originated",
        1000: "conference-failed",
        1001: "incoming-rejected",
        1002: "no-gateway-service",
        1003: "no-gprs-context",
        1004: "illegal-ms",
        1005: "illegal-me",
        1006: "gprs-and-non-gprs-services-not-allowed",
        1007: "gprs-services-not-allowed",
        1008: "ms-identity-not-derived-by-the-network",
        1009: "implicitly-detached",
        1010: "plmn-not-allowed",
        1011: "la-not-allowed",
        1012: "gprs-services-not-allowed-in-plmn",
        1013: "pdp-duplicate",
        1014: "ue-rat-change",
        1015: "congestion",
        1016: "no-pdp-context-activated",
        1017: "access-class-dsac-rejection",
        1018: "pdp-activate-max-retry-failed",
        1019: "rab-failure",
        1020: "eps-service-not-allowed",
        1021: "tracking-area-not-allowed",
        1022: "roaming-not-allowed-in-tracking-area",
        1023: "no-suitable-cells-in-tracking-area",
        1024: "not-authorized-closed-subscriber-group",
        1025: "esm-unknown-eps-bearer-context",
        1026: "drb-released-at-rrc",
        1027: "nas-signal-connection-released",
        1028: "emm-detached",
        1029: "emm-attach-failed",
        1030: "emm-attach-started",
        1031: "lte-nas-service-request-failed",
        1032: "esm-active-dedicated-bearer-reactivated-by-nw",
        1033: "esm-lower-layer-failure",
        1034: "esm-sync-up-with-nw",
        1035: "esm-nw-activated-dedicated-bearer-with-id-of-default-bearer",
        1036: "esm-bad-ota-message",
        1037: "esm-ds-rejected-call",
        1038: "esm-context-transferred-due-to-irat",
        1039: "ds-explicit-deact",
        1040: "esm-local-cause-none",
        1041: "lte-nas-service-request-failed-no-throttle",
        1042: "acl-failure",
        1043: "lte-nas-service-request-failed-ds-disallow",
        1044: "emm-t3417-expired",
        1045: "emm-t3417-ext-expired",
        1046: "lrrc-ul-data-confirmation-failure-txn",
        1047: "lrrc-ul-data-confirmation-failure-handover",
        1048: "lrrc-ul-data-confirmation-failure-conn-rel",
        1049: "lrrc-ul-data-confirmation-failure-rlf",
        1050: "lrrc-ul-data-confirmation-failure-ctrl-not-conn",
        1051: "lrrc-connection-establishment-failure",
        1052: "lrrc-connection-establishment-failure-aborted",
        1053: "lrrc-connection-establishment-failure-access-barred",
        1054: "lrrc-connection-establishment-failure-cell-reselection",
        1055: "lrrc-connection-establishment-failure-config-failure",
        1056: "lrrc-connection-establishment-failure-timer-expired",
        1057: "lrrc-connection-establishment-failure-link-failure",
        1058: "lrrc-connection-establishment-failure-not-camped",
        1059: "lrrc-connection-establishment-failure-si-failure",
        1060: "lrrc-connection-establishment-failure-rejected",
        1061: "lrrc-connection-release-normal",
        1062: "lrrc-connection-release-rlf",
        1063: "lrrc-connection-release-cre-failure",
        1064: "lrrc-connection-release-oos-during-cre",
        1065: "lrrc-connection-release-aborted",
        1066: "lrrc-connection-release-sib-read-error",
        1067: "detach-with-reattach-lte-nw-detach",
        1068: "detach-without-reattach-lte-nw-detach",
        1069: "esm-proc-timeout",
        1070: "invalid-connection-id",
        1071: "invalid-nsapi",
        1072: "invalid-pri-nsapi",
        1073: "invalid-field",
        1074: "radio-access-bearer-setup-failure",
        1075: "pdp-establish-max-timeout",
        1076: "pdp-modify-max-timeout",
        1077: "pdp-inactive-max-timeout",
        1078: "pdp-lowerlayer-error",
        1079: "ppd-unknown-reason",
        1080: "pdp-modify-collision",
        1081: "pdp-mbms-request-collision",
        1082: "mbms-duplicate",
        1083: "sm-ps-detached",
        1084: "sm-no-radio-available",
        1085: "sm-abort-service-not-available",
        1086: "message-exceeds-max-l2-limit",
        1087: "sm-nas-service-request-failure",
        1088: "rrc-connection-establishment-failure-request-error",
        1089: "rrc-connection-establishment-failure-tai-change",
        1090: "rrc-connection-establishment-failure-rf-unavailable",
        1091: "rrc-connection-release-aborted-inter-rat-success",
        1092: "rrc-connection-release-rlf-sec-not-active",
        1093: "rrc-connection-release-inter-rat-to-lte-aborted",
        1094: "rrc-connection-release-inter-rat-from-lte-to-geran-cco-success",
        1095: "rrc-connection-release-inter-rat-from-lte-to-geran-cco-aborted",
        1096: "imsi-unknown-in-home-subscriber-server",
        1097: "imei-not-accepted",
        1098: "eps-services-and-non-eps-services-not-allowed",
        1099: "eps-services-not-allowed-in-plmn",
        1100: "msc-temporarily-not-reachable",
        1101: "cs-domain-not-available",
        1102: "esm-failure",
        1103: "mac-failure",
        1104: "synchronization-failure",
        1105: "ue-security-capabilities-mismatch",
        1106: "security-mode-reject-unspecified",
        1107: "non-eps-auth-unacceptable",
        1108: "cs-fallback-call-establishment-not-allowed",
        1109: "no-eps-bearer-context-activated",
        1110: "emm-invalid-state",
        1111: "nas-layer-failure",
        1112: "multi-pdn-not-allowed",
        1113: "embms-not-enabled",
        1114: "pending-redial-call-cleanup",
        1115: "embms-regular-deactivation",
        1116: "tlb-regular-deactivation",
        1117: "lower-layer-registration-failure",
        1118: "detach-eps-services-not-allowed",
        1119: "sm-internal-pdp-deactivation",
        1500: "connection-deny-general-or-busy",
        1501: "connection-deny-billing-or-authentication-failure",
        1502: "hdr-change",
        1503: "hdr-exit",
        1504: "hdr-no-session",
        1505: "hdr-origination-during-gps-fix",
        1506: "hdr-connection-setup-timeout",
        1507: "hdr-released-by-cm",
        1508: "hdr-collocated-acquisition-failed",
        1509: "otasp-commit-in-progress",
        1510: "hdr-no-hybrid-service",
        1511: "hdr-no-lock-granted",
        1512: "hold-other-in-progress",
        1513: "hdr-fade",
        1514: "hdr-access-failure",
        1515: "unsupported-1x-prev",
        2000: "client-end",
        2001: "no-service",
        2002: "fade",
        2003: "release-normal",
        2004: "access-attempt-in-progress",
        2005: "access-failure",
        2006: "redirection-or-handoff",
        2500: "offline",
        2501: "emergency-mode",
        2502: "phone-in-use",
        2503: "invalid-mode",
        2504: "invalid-sim-state",
        2505: "no-collocated-hdr",
        2506: "call-control-rejected",
        2507: "emm-detached-psm",
        2508: "dual-switch",
        2509: "call-manager",
        2510: "invalid-class3-apn",
        2511: "mplmn-in-progress",
    }


class CallEndReason(OpenEnum):
    GENERIC_UNSPECIFIED: ClassVar[CallEndReason]
    GENERIC_CLIENT_END: ClassVar[CallEndReason]
    GENERIC_NO_SERVICE: ClassVar[CallEndReason]
    GENERIC_FADE: ClassVar[CallEndReason]
    GENERIC_RELEASE_NORMAL: ClassVar[CallEndReason]
    GENERIC_ACCESS_ATTEMPT_IN_PROGRESS: ClassVar[CallEndReason]
    GENERIC_ACCESS_FAILURE: ClassVar[CallEndReason]
    GENERIC_REDIRECTION_OR_HANDOFF: ClassVar[CallEndReason]
    GENERIC_CLOSE_IN_PROGRESS: ClassVar[CallEndReason]
    GENERIC_AUTHENTICATION_FAILED: ClassVar[CallEndReason]
    GENERIC_INTERNAL_ERROR: ClassVar[CallEndReason]
    CDMA_LOCK: ClassVar[CallEndReason]
    CDMA_INTERCEPT: ClassVar[CallEndReason]
    CDMA_REORDER: ClassVar[CallEndReason]
    CDMA_RELEASE_SO_REJECT: ClassVar[CallEndReason]
    CDMA_INCOMING_CALL: ClassVar[CallEndReason]
    CDMA_ALERT_STOP: ClassVar[CallEndReason]
    CDMA_ACTIVATION: ClassVar[CallEndReason]
    CDMA_MAX_ACCESS_PROBES: ClassVar[CallEndReason]
    CDMA_CCS_NOT_SUPPORTED_BY_BS: ClassVar[CallEndReason]
    CDMA_NO_RESPONSE_FROM_BS: ClassVar[CallEndReason]
    CDMA_REJECTED_BY_BS: ClassVar[CallEndReason]
    CDMA_INCOMPATIBLE: ClassVar[CallEndReason]
    CDMA_ALREADY_IN_TC: ClassVar[CallEndReason]
    CDMA_USER_CALL_ORIGINATED_DURING_GPS: ClassVar[CallEndReason]
    CDMA_USER_CALL_ORIGINATED_DURING_SMS: ClassVar[CallEndReason]
    CDMA_NO_SERVICE: ClassVar[CallEndReason]
    GSM_WCDMA_CONFERENCE_FAILED: ClassVar[CallEndReason]
    GSM_WCDMA_INCOMING_REJECTED: ClassVar[CallEndReason]
    GSM_WCDMA_NO_SERVICE: ClassVar[CallEndReason]
    GSM_WCDMA_NETWORK_END: ClassVar[CallEndReason]
    GSM_WCDMA_LLC_SNDCP_FAILURE: ClassVar[CallEndReason]
    GSM_WCDMA_INSUFFICIENT_RESOURCES: ClassVar[CallEndReason]
    GSM_WCDMA_OPTION_TEMPORARILY_OUT_OF_ORDER: ClassVar[CallEndReason]
    GSM_WCDMA_NSAPI_ALREADY_USED: ClassVar[CallEndReason]
    GSM_WCDMA_REGULAR_DEACTIVATION: ClassVar[CallEndReason]
    GSM_WCDMA_NETWORK_FAILURE: ClassVar[CallEndReason]
    GSM_WCDMA_REATTACH_REQUIRED: ClassVar[CallEndReason]
    GSM_WCDMA_PROTOCOL_ERROR: ClassVar[CallEndReason]
    GSM_WCDMA_OPERATOR_DETERMINED_BARRING: ClassVar[CallEndReason]
    GSM_WCDMA_UNKNOWN_APN: ClassVar[CallEndReason]
    GSM_WCDMA_UNKNOWN_PDP: ClassVar[CallEndReason]
    GSM_WCDMA_GGSN_REJECT: ClassVar[CallEndReason]
    GSM_WCDMA_ACTIVATION_REJECT: ClassVar[CallEndReason]
    GSM_WCDMA_OPTION_NOT_SUPPORTED: ClassVar[CallEndReason]
    GSM_WCDMA_OPTION_UNSUBSCRIBED: ClassVar[CallEndReason]
    GSM_WCDMA_QOS_NOT_ACCEPTED: ClassVar[CallEndReason]
    GSM_WCDMA_TFT_SEMANTIC_ERROR: ClassVar[CallEndReason]
    GSM_WCDMA_TFT_SYNTAX_ERROR: ClassVar[CallEndReason]
    GSM_WCDMA_UNKNOWN_PDP_CONTEXT: ClassVar[CallEndReason]
    GSM_WCDMA_FILTER_SEMANTIC_ERROR: ClassVar[CallEndReason]
    GSM_WCDMA_FILTER_SYNTAX_ERROR: ClassVar[CallEndReason]
    GSM_WCDMA_PDP_WITHOUT_ACTIVE_TFT: ClassVar[CallEndReason]
    GSM_WCDMA_INVALID_TRANSACTION_ID: ClassVar[CallEndReason]
    GSM_WCDMA_MESSAGE_INCORRECT_SEMANTIC: ClassVar[CallEndReason]
    GSM_WCDMA_INVALID_MANDATORY_INFO: ClassVar[CallEndReason]
    GSM_WCDMA_MESSAGE_TYPE_UNSUPPORTED: ClassVar[CallEndReason]
    GSM_WCDMA_MESSAGE_TYPE_NONCOMPATIBLE_STATE: ClassVar[CallEndReason]
    GSM_WCDMA_UNKNOWN_INFO_ELEMENT: ClassVar[CallEndReason]
    GSM_WCDMA_CONDITIONAL_IE_ERROR: ClassVar[CallEndReason]
    GSM_WCDMA_MESSAGE_AND_PROTOCOL_STATE_UNCOMPATIBLE: ClassVar[CallEndReason]
    GSM_WCDMA_APN_TYPE_CONFLICT: ClassVar[CallEndReason]
    GSM_WCDMA_NO_GPRS_CONTEXT: ClassVar[CallEndReason]
    GSM_WCDMA_FEATURE_NOT_SUPPORTED: ClassVar[CallEndReason]
    EVDO_CONNECTION_DENY_GENERAL_OR_BUSY: ClassVar[CallEndReason]
    EVDO_CONNECTION_DENY_BILLING_OR_AUTHENTICATION_FAILURE: ClassVar[CallEndReason]
    EVDO_HDR_CHANGE: ClassVar[CallEndReason]
    EVDO_HDR_EXIT: ClassVar[CallEndReason]
    EVDO_HDR_NO_SESSION: ClassVar[CallEndReason]
    EVDO_HDR_ORIGINATION_DURING_GPS_FIX: ClassVar[CallEndReason]
    EVDO_HDR_CONNECTION_SETUP_TIMEOUT: ClassVar[CallEndReason]
    EVDO_HDR_RELEASED_BY_CM: ClassVar[CallEndReason]
    definition = "call-end-reason"
    names = {
        1: "generic-unspecified",
        2: "generic-client-end",
        3: "generic-no-service",
        4: "generic-fade",
        5: "generic-release-normal",
        6: "generic-access-attempt-in-progress",
        7: "generic-access-failure",
        8: "generic-redirection-or-handoff",
        9: "generic-close-in-progress",
        10: "generic-authentication-failed",
        11: "generic-internal-error",
        500: "cdma-lock",
        501: "cdma-intercept",
        502: "cdma-reorder",
        503: "cdma-release-so-reject",
        504: "cdma-incoming-call",
        505: "cdma-alert-stop",
        506: "cdma-activation",
        507: "cdma-max-access-probes",
        508: "cdma-ccs-not-supported-by-bs",
        509: "cdma-no-response-from-bs",
        510: "cdma-rejected-by-bs",
        511: "cdma-incompatible",
        512: "cdma-already-in-tc",
        513: "cdma-user-call-originated-during-gps",
        514: "cdma-user-call-originated-during-sms",
        515: "cdma-no-service",
        1000: "gsm-wcdma-conference-failed",
        1001: "gsm-wcdma-incoming-rejected",
        1002: "gsm-wcdma-no-service",
        1003: "gsm-wcdma-network-end",
        1004: "gsm-wcdma-llc-sndcp-failure",
        1005: "gsm-wcdma-insufficient-resources",
        1006: "gsm-wcdma-option-temporarily-out-of-order",
        1007: "gsm-wcdma-nsapi-already-used",
        1008: "gsm-wcdma-regular-deactivation",
        1009: "gsm-wcdma-network-failure",
        1010: "gsm-wcdma-reattach-required",
        1011: "gsm-wcdma-protocol-error",
        1012: "gsm-wcdma-operator-determined-barring",
        1013: "gsm-wcdma-unknown-apn",
        1014: "gsm-wcdma-unknown-pdp",
        1015: "gsm-wcdma-ggsn-reject",
        1016: "gsm-wcdma-activation-reject",
        1017: "gsm-wcdma-option-not-supported",
        1018: "gsm-wcdma-option-unsubscribed",
        1019: "gsm-wcdma-qos-not-accepted",
        1020: "gsm-wcdma-tft-semantic-error",
        1021: "gsm-wcdma-tft-syntax-error",
        1022: "gsm-wcdma-unknown-pdp-context",
        1023: "gsm-wcdma-filter-semantic-error",
        1024: "gsm-wcdma-filter-syntax-error",
        1025: "gsm-wcdma-pdp-without-active-tft",
        1026: "gsm-wcdma-invalid-transaction-id",
        1027: "gsm-wcdma-message-incorrect-semantic",
        1028: "gsm-wcdma-invalid-mandatory-info",
        1029: "gsm-wcdma-message-type-unsupported",
        1030: "gsm-wcdma-message-type-noncompatible-state",
        1031: "gsm-wcdma-unknown-info-element",
        1032: "gsm-wcdma-conditional-ie-error",
        1033: "gsm-wcdma-message-and-protocol-state-uncompatible",
        1034: "gsm-wcdma-apn-type-conflict",
        1035: "gsm-wcdma-no-gprs-context",
        1036: "gsm-wcdma-feature-not-supported",
        1500: "evdo-connection-deny-general-or-busy",
        1501: "evdo-connection-deny-billing-or-authentication-failure",
        1502: "evdo-hdr-change",
        1503: "evdo-hdr-exit",
        1504: "evdo-hdr-no-session",
        1505: "evdo-hdr-origination-during-gps-fix",
        1506: "evdo-hdr-connection-setup-timeout",
        1507: "evdo-hdr-released-by-cm",
    }


class CallEndReasonVerboseType(OpenEnum):
    MIP: ClassVar[CallEndReasonVerboseType]
    INTERNAL: ClassVar[CallEndReasonVerboseType]
    CM: ClassVar[CallEndReasonVerboseType]
    _3GPP: ClassVar[CallEndReasonVerboseType]
    PPP: ClassVar[CallEndReasonVerboseType]
    EHRPD: ClassVar[CallEndReasonVerboseType]
    IPV6: ClassVar[CallEndReasonVerboseType]
    definition = "call-end-reason-verbose-type"
    names = {
        1: "mip",
        2: "internal",
        3: "cm",
        6: "3gpp",
        7: "ppp",
        8: "ehrpd",
        9: "ipv6",
    }


class CallEndReasonVerboseMip(OpenEnum):
    ERROR_REASON_UNKNOWN: ClassVar[CallEndReasonVerboseMip]
    FA_ERROR_REASON_UNSPECIFIED: ClassVar[CallEndReasonVerboseMip]
    FA_ERROR_ADMINISTRATIVELY_PROHIBITED: ClassVar[CallEndReasonVerboseMip]
    FA_ERROR_INSUFFICIENT_RESOURCES: ClassVar[CallEndReasonVerboseMip]
    FA_ERROR_MOBILE_NODE_AUTHENTICATION_FAILURE: ClassVar[CallEndReasonVerboseMip]
    FA_ERROR_HA_AUTHENTICATION_FAILURE: ClassVar[CallEndReasonVerboseMip]
    FA_ERROR_REQUESTED_LIFETIME_TOO_LONG: ClassVar[CallEndReasonVerboseMip]
    FA_ERROR_MALFORMED_REQUEST: ClassVar[CallEndReasonVerboseMip]
    FA_ERROR_MALFORMED_REPLY: ClassVar[CallEndReasonVerboseMip]
    FA_ERROR_ENCAPSULATION_UNAVAILABLE: ClassVar[CallEndReasonVerboseMip]
    FA_ERROR_VJHC_UNAVAILABLE: ClassVar[CallEndReasonVerboseMip]
    FA_ERROR_REVERSE_TUNNEL_UNAVAILABLE: ClassVar[CallEndReasonVerboseMip]
    FA_ERROR_REVERSE_TUNNEL_MANDATORY_AND_T_BIT_NOT_SET: ClassVar[CallEndReasonVerboseMip]
    FA_ERROR_DELIVERY_STYLE_NOT_SUPPORTED: ClassVar[CallEndReasonVerboseMip]
    FA_ERROR_MISSING_NAI: ClassVar[CallEndReasonVerboseMip]
    FA_ERROR_MISSING_HA: ClassVar[CallEndReasonVerboseMip]
    FA_ERROR_MISSING_HOME_ADDRESS: ClassVar[CallEndReasonVerboseMip]
    FA_ERROR_UNKNOWN_CHALLENGE: ClassVar[CallEndReasonVerboseMip]
    FA_ERROR_MISSING_CHALLENGE: ClassVar[CallEndReasonVerboseMip]
    FA_ERROR_STALE_CHALLENGE: ClassVar[CallEndReasonVerboseMip]
    HA_ERROR_REASON_UNSPECIFIED: ClassVar[CallEndReasonVerboseMip]
    HA_ERROR_ADMINISTRATIVELY_PROHIBITED: ClassVar[CallEndReasonVerboseMip]
    HA_ERROR_INSUFFICIENT_RESOURCES: ClassVar[CallEndReasonVerboseMip]
    HA_ERROR_MOBILE_NODE_AUTHENTICATION_FAILURE: ClassVar[CallEndReasonVerboseMip]
    HA_ERROR_FA_AUTHENTICATION_FAILURE: ClassVar[CallEndReasonVerboseMip]
    HA_ERROR_REGISTRATION_ID_MISMATCH: ClassVar[CallEndReasonVerboseMip]
    HA_ERROR_MALFORMED_REQUEST: ClassVar[CallEndReasonVerboseMip]
    HA_ERROR_UNKNOWN_HA_ADDRESS: ClassVar[CallEndReasonVerboseMip]
    HA_ERROR_REVERSE_TUNNEL_UNAVAILABLE: ClassVar[CallEndReasonVerboseMip]
    HA_ERROR_REVERSE_TUNNEL_MANDATORY_AND_T_BIT_NOT_SET: ClassVar[CallEndReasonVerboseMip]
    HA_ERROR_ENCAPSULATION_UNAVAILABLE: ClassVar[CallEndReasonVerboseMip]
    definition = "call-end-reason-verbose-mip"
    names = {
        -1: "error-reason-unknown",
        64: "fa-error-reason-unspecified",
        65: "fa-error-administratively-prohibited",
        66: "fa-error-insufficient-resources",
        67: "fa-error-mobile-node-authentication-failure",
        68: "fa-error-ha-authentication-failure",
        69: "fa-error-requested-lifetime-too-long",
        70: "fa-error-malformed-request",
        71: "fa-error-malformed-reply",
        72: "fa-error-encapsulation-unavailable",
        73: "fa-error-vjhc-unavailable",
        74: "fa-error-reverse-tunnel-unavailable",
        75: "fa-error-reverse-tunnel-mandatory-and-t-bit-not-set",
        79: "fa-error-delivery-style-not-supported",
        97: "fa-error-missing-nai",
        98: "fa-error-missing-ha",
        99: "fa-error-missing-home-address",
        104: "fa-error-unknown-challenge",
        105: "fa-error-missing-challenge",
        106: "fa-error-stale-challenge",
        128: "ha-error-reason-unspecified",
        129: "ha-error-administratively-prohibited",
        130: "ha-error-insufficient-resources",
        131: "ha-error-mobile-node-authentication-failure",
        132: "ha-error-fa-authentication-failure",
        133: "ha-error-registration-id-mismatch",
        134: "ha-error-malformed-request",
        136: "ha-error-unknown-ha-address",
        137: "ha-error-reverse-tunnel-unavailable",
        138: "ha-error-reverse-tunnel-mandatory-and-t-bit-not-set",
        139: "ha-error-encapsulation-unavailable",
    }


class CallEndReasonVerboseInternal(OpenEnum):
    ERROR: ClassVar[CallEndReasonVerboseInternal]
    CALL_ENDED: ClassVar[CallEndReasonVerboseInternal]
    UNKNOWN_INTERNAL_CAUSE: ClassVar[CallEndReasonVerboseInternal]
    UNKNOWN_CAUSE: ClassVar[CallEndReasonVerboseInternal]
    CLOSE_IN_PROGRESS: ClassVar[CallEndReasonVerboseInternal]
    NETWORK_INITIATED_TERMINATION: ClassVar[CallEndReasonVerboseInternal]
    APP_PREEMPTED: ClassVar[CallEndReasonVerboseInternal]
    PDN_IPV4_CALL_DISALLOWED: ClassVar[CallEndReasonVerboseInternal]
    PDN_IPV4_CALL_THROTTLED: ClassVar[CallEndReasonVerboseInternal]
    PDN_IPV6_CALL_DISALLOWED: ClassVar[CallEndReasonVerboseInternal]
    PDN_IPV6_CALL_THROTTLED: ClassVar[CallEndReasonVerboseInternal]
    MODEM_RESTART: ClassVar[CallEndReasonVerboseInternal]
    PDP_PPP_NOT_SUPPORTED: ClassVar[CallEndReasonVerboseInternal]
    UNPREFERRED_RAT: ClassVar[CallEndReasonVerboseInternal]
    PHYSICAL_LINK_CLOSE_IN_PROGRESS: ClassVar[CallEndReasonVerboseInternal]
    APN_PENDING_HANDOVER: ClassVar[CallEndReasonVerboseInternal]
    PROFILE_BEARER_INCOMPATIBLE: ClassVar[CallEndReasonVerboseInternal]
    MMGDSI_CARD_EVENT: ClassVar[CallEndReasonVerboseInternal]
    LPM_OR_POWER_DOWN: ClassVar[CallEndReasonVerboseInternal]
    APN_DISABLED: ClassVar[CallEndReasonVerboseInternal]
    MPIT_EXPIRED: ClassVar[CallEndReasonVerboseInternal]
    IPV6_ADDRESS_TRANSFER_FAILED: ClassVar[CallEndReasonVerboseInternal]
    TRAT_SWAP_FAILED: ClassVar[CallEndReasonVerboseInternal]
    EHRPD_TO_HRPD_FALLBACK: ClassVar[CallEndReasonVerboseInternal]
    MANDATORY_APN_DISABLED: ClassVar[CallEndReasonVerboseInternal]
    MIP_CONFIG_FAILURE: ClassVar[CallEndReasonVerboseInternal]
    PDN_INACTIVITY_TIMER_EXPIRED: ClassVar[CallEndReasonVerboseInternal]
    MAX_V4_CONNECTIONS: ClassVar[CallEndReasonVerboseInternal]
    MAX_V6_CONNECTIONS: ClassVar[CallEndReasonVerboseInternal]
    APN_MISMATCH: ClassVar[CallEndReasonVerboseInternal]
    IP_VERSION_MISMATCH: ClassVar[CallEndReasonVerboseInternal]
    DUN_CALL_DISALLOWED: ClassVar[CallEndReasonVerboseInternal]
    INVALID_PROFILE: ClassVar[CallEndReasonVerboseInternal]
    EPC_NONEPC_TRANSITION: ClassVar[CallEndReasonVerboseInternal]
    INVALID_PROFILE_ID: ClassVar[CallEndReasonVerboseInternal]
    CALL_ALREADY_PRESENT: ClassVar[CallEndReasonVerboseInternal]
    INTERFACE_IN_USE: ClassVar[CallEndReasonVerboseInternal]
    IP_PDP_MISMATCH: ClassVar[CallEndReasonVerboseInternal]
    APN_DISALLOWED_ON_ROAMING: ClassVar[CallEndReasonVerboseInternal]
    APN_PARAMETER_CHANGE: ClassVar[CallEndReasonVerboseInternal]
    INTERFACE_IN_USE_CONFIG_MATCH: ClassVar[CallEndReasonVerboseInternal]
    NULL_APN_DISALLOWED: ClassVar[CallEndReasonVerboseInternal]
    THERMAL_MITIGATION: ClassVar[CallEndReasonVerboseInternal]
    SUBS_ID_MISMATCH: ClassVar[CallEndReasonVerboseInternal]
    DATA_SETTINGS_DISABLED: ClassVar[CallEndReasonVerboseInternal]
    DATA_ROAMING_SETTINGS_DISABLED: ClassVar[CallEndReasonVerboseInternal]
    APN_FORMAT_INVALID: ClassVar[CallEndReasonVerboseInternal]
    DDS_CALL_ABORT: ClassVar[CallEndReasonVerboseInternal]
    VALIDATION_FAILURE: ClassVar[CallEndReasonVerboseInternal]
    PROFILES_NOT_COMPATIBLE: ClassVar[CallEndReasonVerboseInternal]
    NULL_RESOLVED_APN_NO_MATCH: ClassVar[CallEndReasonVerboseInternal]
    INVALID_APN_NAME: ClassVar[CallEndReasonVerboseInternal]
    DDS_SWITCH_IN_PROGRESS: ClassVar[CallEndReasonVerboseInternal]
    CALL_DISALLOWED_IN_ROAMING: ClassVar[CallEndReasonVerboseInternal]
    MO_EXCEPTIONAL_NOT_SUPPORTED: ClassVar[CallEndReasonVerboseInternal]
    NON_IP_NOT_SUPPORTED: ClassVar[CallEndReasonVerboseInternal]
    ERROR_PDN_NON_IP_CALL_THROTTLED: ClassVar[CallEndReasonVerboseInternal]
    ERROR_PDN_NON_IP_CALL_DISALLOWED: ClassVar[CallEndReasonVerboseInternal]
    ERROR_NON_IP_TYPE_MISMATCH: ClassVar[CallEndReasonVerboseInternal]
    ERROR_MAX_NB_PDN_REACHED: ClassVar[CallEndReasonVerboseInternal]
    INVALID_APN: ClassVar[CallEndReasonVerboseInternal]
    SLICE_NOT_ALLOWED: ClassVar[CallEndReasonVerboseInternal]
    ROUTING_FAIL: ClassVar[CallEndReasonVerboseInternal]
    ROUTING_CHANGED: ClassVar[CallEndReasonVerboseInternal]
    LOCAL_AREA_DATA_NETWORK_DATA_NETWORK_NAME_NOT_AVAILABLE: ClassVar[CallEndReasonVerboseInternal]
    APN_TYPE_MISMATCH: ClassVar[CallEndReasonVerboseInternal]
    definition = "call-end-reason-verbose-internal"
    names = {
        201: "error",
        202: "call-ended",
        203: "unknown-internal-cause",
        204: "unknown-cause",
        205: "close-in-progress",
        206: "network-initiated-termination",
        207: "app-preempted",
        208: "pdn-ipv4-call-disallowed",
        209: "pdn-ipv4-call-throttled",
        210: "pdn-ipv6-call-disallowed",
        211: "pdn-ipv6-call-throttled",
        212: "modem-restart",
        213: "pdp-ppp-not-supported",
        214: "unpreferred-rat",
        215: "physical-link-close-in-progress",
        216: "apn-pending-handover",
        217: "profile-bearer-incompatible",
        218: "mmgdsi-card-event",
        219: "lpm-or-power-down",
        220: "apn-disabled",
        221: "mpit-expired",
        222: "ipv6-address-transfer-failed",
        223: "trat-swap-failed",
        224: "ehrpd-to-hrpd-fallback",
        225: "mandatory-apn-disabled",
        226: "mip-config-failure",
        227: "pdn-inactivity-timer-expired",
        228: "max-v4-connections",
        229: "max-v6-connections",
        230: "apn-mismatch",
        231: "ip-version-mismatch",
        232: "dun-call-disallowed",
        233: "invalid-profile",
        234: "epc-nonepc-transition",
        235: "invalid-profile-id",
        236: "call-already-present",
        237: "interface-in-use",
        238: "ip-pdp-mismatch",
        239: "apn-disallowed-on-roaming",
        240: "apn-parameter-change",
        241: "interface-in-use-config-match",
        242: "null-apn-disallowed",
        243: "thermal-mitigation",
        244: "subs-id-mismatch",
        245: "data-settings-disabled",
        246: "data-roaming-settings-disabled",
        247: "apn-format-invalid",
        248: "dds-call-abort",
        249: "validation-failure",
        251: "profiles-not-compatible",
        252: "null-resolved-apn-no-match",
        253: "invalid-apn-name",
        254: "dds-switch-in-progress",
        255: "call-disallowed-in-roaming",
        256: "mo-exceptional-not-supported",
        257: "non-ip-not-supported",
        258: "error-pdn-non-ip-call-throttled",
        259: "error-pdn-non-ip-call-disallowed",
        261: "error-non-ip-type-mismatch",
        262: "error-max-nb-pdn-reached",
        263: "invalid-apn",
        264: "slice-not-allowed",
        265: "routing-fail",
        266: "routing-changed",
        267: "local-area-data-network-data-network-name-not-available",
        268: "apn-type-mismatch",
    }


class CallEndReasonVerbose3gpp(OpenEnum):
    OPERATOR_DETERMINED_BARRING: ClassVar[CallEndReasonVerbose3gpp]
    LLC_SNDCP_FAILURE: ClassVar[CallEndReasonVerbose3gpp]
    INSUFFICIENT_RESOURCES: ClassVar[CallEndReasonVerbose3gpp]
    UNKNOWN_APN: ClassVar[CallEndReasonVerbose3gpp]
    UNKNOWN_PDP: ClassVar[CallEndReasonVerbose3gpp]
    AUTHENTICATION_FAILED: ClassVar[CallEndReasonVerbose3gpp]
    GGSN_REJECT: ClassVar[CallEndReasonVerbose3gpp]
    ACTIVATION_REJECT: ClassVar[CallEndReasonVerbose3gpp]
    OPTION_NOT_SUPPORTED: ClassVar[CallEndReasonVerbose3gpp]
    OPTION_UNSUBSCRIBED: ClassVar[CallEndReasonVerbose3gpp]
    OPTION_TEMPORARILY_OUT_OF_ORDER: ClassVar[CallEndReasonVerbose3gpp]
    NSAPI_ALREADY_USED: ClassVar[CallEndReasonVerbose3gpp]
    REGULAR_DEACTIVATION: ClassVar[CallEndReasonVerbose3gpp]
    QOS_NOT_ACCEPTED: ClassVar[CallEndReasonVerbose3gpp]
    NETWORK_FAILURE: ClassVar[CallEndReasonVerbose3gpp]
    REATTACH_REQUIRED: ClassVar[CallEndReasonVerbose3gpp]
    FEATURE_NOT_SUPPORTED: ClassVar[CallEndReasonVerbose3gpp]
    TFT_SEMANTIC_ERROR: ClassVar[CallEndReasonVerbose3gpp]
    TFT_SYNTAX_ERROR: ClassVar[CallEndReasonVerbose3gpp]
    UNKNOWN_PDP_CONTEXT: ClassVar[CallEndReasonVerbose3gpp]
    FILTER_SEMANTIC_ERROR: ClassVar[CallEndReasonVerbose3gpp]
    FILTER_SYNTAX_ERROR: ClassVar[CallEndReasonVerbose3gpp]
    PDP_WITHOUT_ACTIVE_TFT: ClassVar[CallEndReasonVerbose3gpp]
    IPV4_ONLY_ALLOWED: ClassVar[CallEndReasonVerbose3gpp]
    IPV6_ONLY_ALLOWED: ClassVar[CallEndReasonVerbose3gpp]
    SINGLE_ADDRESS_BEARER_ONLY: ClassVar[CallEndReasonVerbose3gpp]
    ESM_INFO_NOT_RECEIVED: ClassVar[CallEndReasonVerbose3gpp]
    PDN_CONNECTION_DOES_NOT_EXIST: ClassVar[CallEndReasonVerbose3gpp]
    MULTIPLE_CONNECTION_TO_SAME_PDN_NOT_ALLOWED: ClassVar[CallEndReasonVerbose3gpp]
    INVALID_TRANSACTION_ID: ClassVar[CallEndReasonVerbose3gpp]
    MESSAGE_INCORRECT_SEMANTIC: ClassVar[CallEndReasonVerbose3gpp]
    INVALID_MANDATORY_INFO: ClassVar[CallEndReasonVerbose3gpp]
    MESSAGE_TYPE_UNSUPPORTED: ClassVar[CallEndReasonVerbose3gpp]
    MESSAGE_TYPE_NONCOMPATIBLE_STATE: ClassVar[CallEndReasonVerbose3gpp]
    UNKNOWN_INFO_ELEMENT: ClassVar[CallEndReasonVerbose3gpp]
    CONDITIONAL_IE_ERROR: ClassVar[CallEndReasonVerbose3gpp]
    MESSAGE_AND_PROTOCOL_STATE_UNCOMPATIBLE: ClassVar[CallEndReasonVerbose3gpp]
    PROTOCOL_ERROR: ClassVar[CallEndReasonVerbose3gpp]
    APN_TYPE_CONFLICT: ClassVar[CallEndReasonVerbose3gpp]
    INVALID_PROXY_CALL_SESSION_CONTROL_FUNCTION_ADDRESS: ClassVar[CallEndReasonVerbose3gpp]
    INTERNAL_CALL_PREEMPTED_BY_HIGH_PRIORITY_APN: ClassVar[CallEndReasonVerbose3gpp]
    EMM_ACCESS_BARRED: ClassVar[CallEndReasonVerbose3gpp]
    EMERGENCY_INTERFACE_ONLY: ClassVar[CallEndReasonVerbose3gpp]
    INTERFACE_MISMATCH: ClassVar[CallEndReasonVerbose3gpp]
    COMPANION_INTERFACE_IN_USE: ClassVar[CallEndReasonVerbose3gpp]
    IP_ADDRESS_MISMATCH: ClassVar[CallEndReasonVerbose3gpp]
    INTERFACE_AND_POLICY_FAMILY_MISMATCH: ClassVar[CallEndReasonVerbose3gpp]
    EMM_ACCESS_BARRED_INFINITE_RETRY: ClassVar[CallEndReasonVerbose3gpp]
    AUTHENTICATION_FAILURE_ON_EMERGENCY_CALL: ClassVar[CallEndReasonVerbose3gpp]
    INVALID_DNS_ADDRESS: ClassVar[CallEndReasonVerbose3gpp]
    INVALID_PROXY_CALL_SESSION_CONTROL_FUNCTION_DNS_ADDRESS: ClassVar[CallEndReasonVerbose3gpp]
    TEST_LOOPBACK_MODE_A_OR_B_ENABLED: ClassVar[CallEndReasonVerbose3gpp]
    EMM_ACCESS_BARRED_EAB: ClassVar[CallEndReasonVerbose3gpp]
    CALL_PREEMPTED_BY_EMERGENCY_APN: ClassVar[CallEndReasonVerbose3gpp]
    UE_INIT_DETACH_OR_DISCONNECT: ClassVar[CallEndReasonVerbose3gpp]
    definition = "call-end-reason-verbose-3gpp"
    names = {
        8: "operator-determined-barring",
        25: "llc-sndcp-failure",
        26: "insufficient-resources",
        27: "unknown-apn",
        28: "unknown-pdp",
        29: "authentication-failed",
        30: "ggsn-reject",
        31: "activation-reject",
        32: "option-not-supported",
        33: "option-unsubscribed",
        34: "option-temporarily-out-of-order",
        35: "nsapi-already-used",
        36: "regular-deactivation",
        37: "qos-not-accepted",
        38: "network-failure",
        39: "reattach-required",
        40: "feature-not-supported",
        41: "tft-semantic-error",
        42: "tft-syntax-error",
        43: "unknown-pdp-context",
        44: "filter-semantic-error",
        45: "filter-syntax-error",
        46: "pdp-without-active-tft",
        50: "ipv4-only-allowed",
        51: "ipv6-only-allowed",
        52: "single-address-bearer-only",
        53: "esm-info-not-received",
        54: "pdn-connection-does-not-exist",
        55: "multiple-connection-to-same-pdn-not-allowed",
        81: "invalid-transaction-id",
        95: "message-incorrect-semantic",
        96: "invalid-mandatory-info",
        97: "message-type-unsupported",
        98: "message-type-noncompatible-state",
        99: "unknown-info-element",
        100: "conditional-ie-error",
        101: "message-and-protocol-state-uncompatible",
        111: "protocol-error",
        112: "apn-type-conflict",
        113: "invalid-proxy-call-session-control-function-address",
        114: "internal-call-preempted-by-high-priority-apn",
        115: "emm-access-barred",
        116: "emergency-interface-only",
        117: "interface-mismatch",
        118: "companion-interface-in-use",
        119: "ip-address-mismatch",
        120: "interface-and-policy-family-mismatch",
        121: "emm-access-barred-infinite-retry",
        122: "authentication-failure-on-emergency-call",
        123: "invalid-dns-address",
        124: "invalid-proxy-call-session-control-function-dns-address",
        125: "test-loopback-mode-a-or-b-enabled",
        126: "emm-access-barred-eab",
        127: "call-preempted-by-emergency-apn",
        128: "ue-init-detach-or-disconnect",
    }


class CallEndReasonVerbosePpp(OpenEnum):
    UNKNOWN: ClassVar[CallEndReasonVerbosePpp]
    TIMEOUT: ClassVar[CallEndReasonVerbosePpp]
    AUTHENTICATION_FAILURE: ClassVar[CallEndReasonVerbosePpp]
    OPTION_MISMATCH: ClassVar[CallEndReasonVerbosePpp]
    PAP_FAILURE: ClassVar[CallEndReasonVerbosePpp]
    CHAP_FAILURE: ClassVar[CallEndReasonVerbosePpp]
    CLOSE_IN_PROGRESS: ClassVar[CallEndReasonVerbosePpp]
    definition = "call-end-reason-verbose-ppp"
    names = {
        -1: "unknown",
        1: "timeout",
        2: "authentication-failure",
        3: "option-mismatch",
        31: "pap-failure",
        32: "chap-failure",
        33: "close-in-progress",
    }


class CallEndReasonVerboseEhrpd(OpenEnum):
    SUBSCRIPTION_LIMITED_TO_IPV4: ClassVar[CallEndReasonVerboseEhrpd]
    SUBSCRIPTION_LIMITED_TO_IPV6: ClassVar[CallEndReasonVerboseEhrpd]
    VSNCP_TIMEOUT: ClassVar[CallEndReasonVerboseEhrpd]
    VSNCP_FAILURE: ClassVar[CallEndReasonVerboseEhrpd]
    VSNCP_3GPP2_GENERAL_ERROR: ClassVar[CallEndReasonVerboseEhrpd]
    VSNCP_3GPP2_UNAUTHENTICATED_APN: ClassVar[CallEndReasonVerboseEhrpd]
    VSNCP_3GPP2_PDN_LIMIT_EXCEEDED: ClassVar[CallEndReasonVerboseEhrpd]
    VSNCP_3GPP2_NO_PDN_GATEWAY: ClassVar[CallEndReasonVerboseEhrpd]
    VSNCP_3GPP2_PDN_GATEWAY_UNREACHABLE: ClassVar[CallEndReasonVerboseEhrpd]
    VSNCP_3GPP2_PDN_GATEWAY_REJECTED: ClassVar[CallEndReasonVerboseEhrpd]
    VSNCP_3GPP2_INSUFFICIENT_PARAMETERS: ClassVar[CallEndReasonVerboseEhrpd]
    VSNCP_3GPP2_RESOURCE_UNAVAILABLE: ClassVar[CallEndReasonVerboseEhrpd]
    VSNCP_3GPP2_ADMINISTRATIVELY_PROHIBITED: ClassVar[CallEndReasonVerboseEhrpd]
    VSNCP_3GPP2_PDN_ID_IN_USE: ClassVar[CallEndReasonVerboseEhrpd]
    VSNCP_3GPP2_SUBSCRIPTION_LIMITATION: ClassVar[CallEndReasonVerboseEhrpd]
    VSNCP_3GPP2_PDN_EXISTS_FOR_THIS_APN: ClassVar[CallEndReasonVerboseEhrpd]
    definition = "call-end-reason-verbose-ehrpd"
    names = {
        1: "subscription-limited-to-ipv4",
        2: "subscription-limited-to-ipv6",
        4: "vsncp-timeout",
        5: "vsncp-failure",
        6: "vsncp-3gpp2-general-error",
        7: "vsncp-3gpp2-unauthenticated-apn",
        8: "vsncp-3gpp2-pdn-limit-exceeded",
        9: "vsncp-3gpp2-no-pdn-gateway",
        10: "vsncp-3gpp2-pdn-gateway-unreachable",
        11: "vsncp-3gpp2-pdn-gateway-rejected",
        12: "vsncp-3gpp2-insufficient-parameters",
        13: "vsncp-3gpp2-resource-unavailable",
        14: "vsncp-3gpp2-administratively-prohibited",
        15: "vsncp-3gpp2-pdn-id-in-use",
        16: "vsncp-3gpp2-subscription-limitation",
        17: "vsncp-3gpp2-pdn-exists-for-this-apn",
    }


class CallEndReasonVerboseIpv6(OpenEnum):
    PREFIX_UNAVAILABLE: ClassVar[CallEndReasonVerboseIpv6]
    HRPD_IPV6_DISABLED: ClassVar[CallEndReasonVerboseIpv6]
    DISABLED: ClassVar[CallEndReasonVerboseIpv6]
    definition = "call-end-reason-verbose-ipv6"
    names = {
        1: "prefix-unavailable",
        2: "hrpd-ipv6-disabled",
        3: "disabled",
    }


class IpFamily(OpenEnum):
    UNKNOWN: ClassVar[IpFamily]
    IPV4: ClassVar[IpFamily]
    IPV6: ClassVar[IpFamily]
    UNSPECIFIED: ClassVar[IpFamily]
    ETHERNET: ClassVar[IpFamily]
    definition = "ip-family"
    names = {
        0: "unknown",
        4: "ipv4",
        6: "ipv6",
        8: "unspecified",
        12: "ethernet",
    }


class ExtendedTechnologyPreference(OpenEnum):
    CDMA: ClassVar[ExtendedTechnologyPreference]
    UMTS: ClassVar[ExtendedTechnologyPreference]
    EPC: ClassVar[ExtendedTechnologyPreference]
    EMBMS: ClassVar[ExtendedTechnologyPreference]
    MODEM_LINK_LOCAL: ClassVar[ExtendedTechnologyPreference]
    definition = "extended-technology-preference"
    names = {
        32769: "cdma",
        32772: "umts",
        34944: "epc",
        34946: "embms",
        34952: "modem-link-local",
    }


class CallType(OpenEnum):
    LAPTOP: ClassVar[CallType]
    EMBEDDED: ClassVar[CallType]
    definition = "call-type"
    names = {
        0: "laptop",
        1: "embedded",
    }


class ConnectionStatus(OpenEnum):
    UNKNOWN: ClassVar[ConnectionStatus]
    DISCONNECTED: ClassVar[ConnectionStatus]
    CONNECTED: ClassVar[ConnectionStatus]
    SUSPENDED: ClassVar[ConnectionStatus]
    AUTHENTICATING: ClassVar[ConnectionStatus]
    definition = "connection-status"
    names = {
        0: "unknown",
        1: "disconnected",
        2: "connected",
        3: "suspended",
        4: "authenticating",
    }


class DataBearerTechnology(OpenEnum):
    UNKNOWN: ClassVar[DataBearerTechnology]
    CDMA20001X: ClassVar[DataBearerTechnology]
    _1XEVDO: ClassVar[DataBearerTechnology]
    GSM: ClassVar[DataBearerTechnology]
    UMTS: ClassVar[DataBearerTechnology]
    _1XEVDO_REVA: ClassVar[DataBearerTechnology]
    EDGE: ClassVar[DataBearerTechnology]
    HSDPA: ClassVar[DataBearerTechnology]
    HSUPA: ClassVar[DataBearerTechnology]
    HSDPA_HSUPDA: ClassVar[DataBearerTechnology]
    LTE: ClassVar[DataBearerTechnology]
    EHRPD: ClassVar[DataBearerTechnology]
    HSDPAPLUS: ClassVar[DataBearerTechnology]
    HSDPAPLUS_HSUPA: ClassVar[DataBearerTechnology]
    DCHSDPAPLUS: ClassVar[DataBearerTechnology]
    DCHSDPAPLUS_HSUPA: ClassVar[DataBearerTechnology]
    HSDPAPLUS_PLUS_64QAM: ClassVar[DataBearerTechnology]
    HSDPAPLUS_PLUS_64QAM_HSUPA: ClassVar[DataBearerTechnology]
    TDSCDMA: ClassVar[DataBearerTechnology]
    TDSCDMA_HSDPA: ClassVar[DataBearerTechnology]
    TDSCDMA_HSUPA: ClassVar[DataBearerTechnology]
    definition = "data-bearer-technology"
    names = {
        -1: "unknown",
        1: "cdma20001x",
        2: "1xevdo",
        3: "gsm",
        4: "umts",
        5: "1xevdo-reva",
        6: "edge",
        7: "hsdpa",
        8: "hsupa",
        9: "hsdpa-hsupda",
        10: "lte",
        11: "ehrpd",
        12: "hsdpaplus",
        13: "hsdpaplus-hsupa",
        14: "dchsdpaplus",
        15: "dchsdpaplus-hsupa",
        16: "hsdpaplus-plus-64qam",
        17: "hsdpaplus-plus-64qam-hsupa",
        18: "tdscdma",
        19: "tdscdma-hsdpa",
        20: "tdscdma-hsupa",
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


class DataSystemNetworkType(OpenEnum):
    _3GPP: ClassVar[DataSystemNetworkType]
    _3GPP2: ClassVar[DataSystemNetworkType]
    definition = "data-system-network-type"
    names = {
        0: "3gpp",
        1: "3gpp2",
    }


class DataSystem(OpenEnum):
    UNKNOWN: ClassVar[DataSystem]
    CDMA1X: ClassVar[DataSystem]
    CDMA1X_EVDO: ClassVar[DataSystem]
    GPRS: ClassVar[DataSystem]
    WCDMA: ClassVar[DataSystem]
    LTE: ClassVar[DataSystem]
    TDSCDMA: ClassVar[DataSystem]
    definition = "data-system"
    names = {
        0: "unknown",
        1: "cdma1x",
        2: "cdma1x-evdo",
        3: "gprs",
        4: "wcdma",
        5: "lte",
        6: "tdscdma",
    }


class TrafficClass(OpenEnum):
    SUBSCRIBED: ClassVar[TrafficClass]
    CONVERSATIONAL: ClassVar[TrafficClass]
    STREAMING: ClassVar[TrafficClass]
    INTERACTIVE: ClassVar[TrafficClass]
    BACKGROUND: ClassVar[TrafficClass]
    definition = "traffic-class"
    names = {
        0: "subscribed",
        1: "conversational",
        2: "streaming",
        3: "interactive",
        4: "background",
    }


class DeliveryOrder(OpenEnum):
    SUBSCRIBE: ClassVar[DeliveryOrder]
    ON: ClassVar[DeliveryOrder]
    OFF: ClassVar[DeliveryOrder]
    definition = "delivery-order"
    names = {
        0: "subscribe",
        1: "on",
        2: "off",
    }


class SduErrorRatio(OpenEnum):
    SUBSCRIBE: ClassVar[SduErrorRatio]
    _1E2: ClassVar[SduErrorRatio]
    _7E3: ClassVar[SduErrorRatio]
    _1E3: ClassVar[SduErrorRatio]
    _1E4: ClassVar[SduErrorRatio]
    _1E5: ClassVar[SduErrorRatio]
    _1E6: ClassVar[SduErrorRatio]
    _1E1: ClassVar[SduErrorRatio]
    definition = "sdu-error-ratio"
    names = {
        0: "subscribe",
        1: "1e2",
        2: "7e3",
        3: "1e3",
        4: "1e4",
        5: "1e5",
        6: "1e6",
        7: "1e1",
    }


class SduResidualBitErrorRatio(OpenEnum):
    SUBSCRIBE: ClassVar[SduResidualBitErrorRatio]
    _5E2: ClassVar[SduResidualBitErrorRatio]
    _1E2: ClassVar[SduResidualBitErrorRatio]
    _5E3: ClassVar[SduResidualBitErrorRatio]
    _4E3: ClassVar[SduResidualBitErrorRatio]
    _1E3: ClassVar[SduResidualBitErrorRatio]
    _1E4: ClassVar[SduResidualBitErrorRatio]
    _1E5: ClassVar[SduResidualBitErrorRatio]
    _1E6: ClassVar[SduResidualBitErrorRatio]
    _6E8: ClassVar[SduResidualBitErrorRatio]
    definition = "sdu-residual-bit-error-ratio"
    names = {
        0: "subscribe",
        1: "5e2",
        2: "1e2",
        3: "5e3",
        4: "4e3",
        5: "1e3",
        6: "1e4",
        7: "1e5",
        8: "1e6",
        9: "6e8",
    }


class SduErroneousDelivery(OpenEnum):
    SUBSCRIBE: ClassVar[SduErroneousDelivery]
    NO_DETECTION: ClassVar[SduErroneousDelivery]
    ENABLED: ClassVar[SduErroneousDelivery]
    DISABLED: ClassVar[SduErroneousDelivery]
    definition = "sdu-erroneous-delivery"
    names = {
        0: "subscribe",
        1: "no-detection",
        2: "enabled",
        3: "disabled",
    }


class AutoconnectSetting(OpenEnum):
    DISABLED: ClassVar[AutoconnectSetting]
    ENABLED: ClassVar[AutoconnectSetting]
    PAUSED: ClassVar[AutoconnectSetting]
    definition = "autoconnect-setting"
    names = {
        0: "disabled",
        1: "enabled",
        2: "paused",
    }


class AutoconnectSettingRoaming(OpenEnum):
    ALLOWED: ClassVar[AutoconnectSettingRoaming]
    HOME_ONLY: ClassVar[AutoconnectSettingRoaming]
    definition = "autoconnect-setting-roaming"
    names = {
        0: "allowed",
        1: "home-only",
    }


class DormancyStatus(OpenEnum):
    UNKNOWN: ClassVar[DormancyStatus]
    TRAFFIC_CHANNEL_DORMANT: ClassVar[DormancyStatus]
    TRAFFIC_CHANNEL_ACTIVE: ClassVar[DormancyStatus]
    definition = "dormancy-status"
    names = {
        0: "unknown",
        1: "traffic-channel-dormant",
        2: "traffic-channel-active",
    }


class DataCallStatus(OpenEnum):
    UNKNOWN: ClassVar[DataCallStatus]
    ACTIVATED: ClassVar[DataCallStatus]
    TERMINATED: ClassVar[DataCallStatus]
    definition = "data-call-status"
    names = {
        0: "unknown",
        1: "activated",
        2: "terminated",
    }


class DataCallType(OpenEnum):
    UNKNOWN: ClassVar[DataCallType]
    EMBEDDED: ClassVar[DataCallType]
    TETHERED: ClassVar[DataCallType]
    MODEM_EMBEDDED: ClassVar[DataCallType]
    definition = "data-call-type"
    names = {
        0: "unknown",
        1: "embedded",
        2: "tethered",
        3: "modem-embedded",
    }


class TetheredCallType(OpenEnum):
    NON_TETHERED: ClassVar[TetheredCallType]
    RMNET: ClassVar[TetheredCallType]
    DUN: ClassVar[TetheredCallType]
    definition = "tethered-call-type"
    names = {
        0: "non-tethered",
        1: "rmnet",
        2: "dun",
    }


class RadioAccessTechnology(OpenEnum):
    NULL_BEARER: ClassVar[RadioAccessTechnology]
    _3GPP_WCDMA: ClassVar[RadioAccessTechnology]
    _3GPP_GERAN: ClassVar[RadioAccessTechnology]
    _3GPP_LTE: ClassVar[RadioAccessTechnology]
    _3GPP_TDSCDMA: ClassVar[RadioAccessTechnology]
    _3GPP_WLAN: ClassVar[RadioAccessTechnology]
    _3GPP_MAXIMUM: ClassVar[RadioAccessTechnology]
    _3GPP2_1X: ClassVar[RadioAccessTechnology]
    _3GPP2_HRPD: ClassVar[RadioAccessTechnology]
    _3GPP2_EHRPD: ClassVar[RadioAccessTechnology]
    _3GPP2_WLAN: ClassVar[RadioAccessTechnology]
    _3GPP2_MAXIMUM: ClassVar[RadioAccessTechnology]
    definition = "radio-access-technology"
    names = {
        0: "null-bearer",
        1: "3gpp-wcdma",
        2: "3gpp-geran",
        3: "3gpp-lte",
        4: "3gpp-tdscdma",
        5: "3gpp-wlan",
        100: "3gpp-maximum",
        101: "3gpp2-1x",
        102: "3gpp2-hrpd",
        103: "3gpp2-ehrpd",
        104: "3gpp2-wlan",
        200: "3gpp2-maximum",
    }


class QosClassIdentifier(OpenEnum):
    NETWORK_ASSIGN: ClassVar[QosClassIdentifier]
    GUARANTEED_BITRATE1: ClassVar[QosClassIdentifier]
    GUARANTEED_BITRATE2: ClassVar[QosClassIdentifier]
    GUARANTEED_BITRATE3: ClassVar[QosClassIdentifier]
    GUARANTEED_BITRATE4: ClassVar[QosClassIdentifier]
    NON_GUARANTEED_BITRATE5: ClassVar[QosClassIdentifier]
    NON_GUARANTEED_BITRATE6: ClassVar[QosClassIdentifier]
    NON_GUARANTEED_BITRATE7: ClassVar[QosClassIdentifier]
    NON_GUARANTEED_BITRATE8: ClassVar[QosClassIdentifier]
    definition = "qos-class-identifier"
    names = {
        0: "network-assign",
        1: "guaranteed-bitrate1",
        2: "guaranteed-bitrate2",
        3: "guaranteed-bitrate3",
        4: "guaranteed-bitrate4",
        5: "non-guaranteed-bitrate5",
        6: "non-guaranteed-bitrate6",
        7: "non-guaranteed-bitrate7",
        8: "non-guaranteed-bitrate8",
    }


class AttachPdnListAction(OpenEnum):
    NONE: ClassVar[AttachPdnListAction]
    DETACH_OR_PDN_DISCONNECT: ClassVar[AttachPdnListAction]
    definition = "attach-pdn-list-action"
    names = {
        1: "none",
        2: "detach-or-pdn-disconnect",
    }


class ClientType(OpenEnum):
    TETHERED: ClassVar[ClientType]
    UNDEFINED: ClassVar[ClientType]
    definition = "client-type"
    names = {
        1: "tethered",
        255: "undefined",
    }


class IpSupportType(OpenEnum):
    IPV4: ClassVar[IpSupportType]
    IPV6: ClassVar[IpSupportType]
    IPV4V6: ClassVar[IpSupportType]
    definition = "ip-support-type"
    names = {
        0: "ipv4",
        1: "ipv6",
        2: "ipv4v6",
    }


class SioPort(OpenEnum):
    NONE: ClassVar[SioPort]
    A2_MUX_RMNET0: ClassVar[SioPort]
    A2_MUX_RMNET1: ClassVar[SioPort]
    A2_MUX_RMNET2: ClassVar[SioPort]
    A2_MUX_RMNET3: ClassVar[SioPort]
    A2_MUX_RMNET4: ClassVar[SioPort]
    A2_MUX_RMNET5: ClassVar[SioPort]
    A2_MUX_RMNET6: ClassVar[SioPort]
    A2_MUX_RMNET7: ClassVar[SioPort]
    definition = "sio-port"
    names = {
        0: "none",
        3588: "a2-mux-rmnet0",
        3589: "a2-mux-rmnet1",
        3590: "a2-mux-rmnet2",
        3591: "a2-mux-rmnet3",
        3592: "a2-mux-rmnet4",
        3593: "a2-mux-rmnet5",
        3594: "a2-mux-rmnet6",
        3595: "a2-mux-rmnet7",
    }


class SubscriptionType(OpenEnum):
    DEFAULT: ClassVar[SubscriptionType]
    PRIMARY: ClassVar[SubscriptionType]
    SECONDARY: ClassVar[SubscriptionType]
    TERITIARY: ClassVar[SubscriptionType]
    ANY: ClassVar[SubscriptionType]
    definition = "subscription-type"
    names = {
        0: "default",
        1: "primary",
        2: "secondary",
        3: "teritiary",
        255: "any",
    }


class TechnologyPreference(OpenFlags):
    _3GPP: ClassVar[TechnologyPreference]
    _3GPP2: ClassVar[TechnologyPreference]
    definition = "technology-preference"
    names = {
        0x1: "3gpp",
        0x2: "3gpp2",
    }


class Rat3gpp2(OpenFlags):
    CDMA1X: ClassVar[Rat3gpp2]
    EVDO_REV0: ClassVar[Rat3gpp2]
    EVDO_REVA: ClassVar[Rat3gpp2]
    EVDO_REVB: ClassVar[Rat3gpp2]
    EHRPD: ClassVar[Rat3gpp2]
    FMC: ClassVar[Rat3gpp2]
    NULL_BEARER: ClassVar[Rat3gpp2]
    definition = "rat-3gpp2"
    names = {
        0x1: "cdma1x",
        0x2: "evdo-rev0",
        0x4: "evdo-reva",
        0x8: "evdo-revb",
        0x10: "ehrpd",
        0x20: "fmc",
        0x8000: "null-bearer",
    }


class Rat3gpp(OpenFlags):
    WCDMA: ClassVar[Rat3gpp]
    GPRS: ClassVar[Rat3gpp]
    HSDPA: ClassVar[Rat3gpp]
    HSUPA: ClassVar[Rat3gpp]
    EDGE: ClassVar[Rat3gpp]
    LTE: ClassVar[Rat3gpp]
    HSDPAPLUS: ClassVar[Rat3gpp]
    DCHSDPAPLUS: ClassVar[Rat3gpp]
    _64QAM: ClassVar[Rat3gpp]
    TDSCDMA: ClassVar[Rat3gpp]
    _5GNR: ClassVar[Rat3gpp]
    NULL_BEARER: ClassVar[Rat3gpp]
    definition = "rat-3gpp"
    names = {
        0x1: "wcdma",
        0x2: "gprs",
        0x4: "hsdpa",
        0x8: "hsupa",
        0x10: "edge",
        0x20: "lte",
        0x40: "hsdpaplus",
        0x80: "dchsdpaplus",
        0x100: "64qam",
        0x200: "tdscdma",
        0x400: "5gnr",
        0x8000: "null-bearer",
    }


class SoCdma1x(OpenFlags):
    IS95: ClassVar[SoCdma1x]
    IS2000: ClassVar[SoCdma1x]
    IS2000_REL_A: ClassVar[SoCdma1x]
    definition = "so-cdma1x"
    names = {
        0x1: "is95",
        0x2: "is2000",
        0x4: "is2000-rel-a",
    }


class SoEvdoRev0(OpenFlags):
    DPA: ClassVar[SoEvdoRev0]
    definition = "so-evdo-rev0"
    names = {
        0x1: "dpa",
    }


class SoEvdoRevA(OpenFlags):
    DPA: ClassVar[SoEvdoRevA]
    MFPA: ClassVar[SoEvdoRevA]
    EMPA: ClassVar[SoEvdoRevA]
    EMPA_EHRPD: ClassVar[SoEvdoRevA]
    definition = "so-evdo-rev-a"
    names = {
        0x1: "dpa",
        0x2: "mfpa",
        0x4: "empa",
        0x8: "empa-ehrpd",
    }


class SoEvdoRevB(OpenFlags):
    DPA: ClassVar[SoEvdoRevB]
    MFPA: ClassVar[SoEvdoRevB]
    EMPA: ClassVar[SoEvdoRevB]
    EMPA_EHRPD: ClassVar[SoEvdoRevB]
    MMPA: ClassVar[SoEvdoRevB]
    MMPA_EHRPD: ClassVar[SoEvdoRevB]
    definition = "so-evdo-rev-b"
    names = {
        0x1: "dpa",
        0x2: "mfpa",
        0x4: "empa",
        0x8: "empa-ehrpd",
        0x10: "mmpa",
        0x20: "mmpa-ehrpd",
    }


class RequestedSettings(OpenFlags):
    PROFILE_ID: ClassVar[RequestedSettings]
    PROFILE_NAME: ClassVar[RequestedSettings]
    PDP_TYPE: ClassVar[RequestedSettings]
    APN_NAME: ClassVar[RequestedSettings]
    DNS_ADDRESS: ClassVar[RequestedSettings]
    GRANTED_QOS: ClassVar[RequestedSettings]
    USERNAME: ClassVar[RequestedSettings]
    AUTH_PROTOCOL: ClassVar[RequestedSettings]
    IP_ADDRESS: ClassVar[RequestedSettings]
    GATEWAY_INFO: ClassVar[RequestedSettings]
    PCSCF_ADDRESS: ClassVar[RequestedSettings]
    PCSCF_SERVER_ADDRESS_LIST: ClassVar[RequestedSettings]
    PCSCF_DOMAIN_NAME_LIST: ClassVar[RequestedSettings]
    MTU: ClassVar[RequestedSettings]
    DOMAIN_NAME_LIST: ClassVar[RequestedSettings]
    IP_FAMILY: ClassVar[RequestedSettings]
    IMCN_FLAG: ClassVar[RequestedSettings]
    EXTENDED_TECHNOLOGY: ClassVar[RequestedSettings]
    OPERATOR_RESERVED_PCO: ClassVar[RequestedSettings]
    definition = "requested-settings"
    names = {
        0x1: "profile-id",
        0x2: "profile-name",
        0x4: "pdp-type",
        0x8: "apn-name",
        0x10: "dns-address",
        0x20: "granted-qos",
        0x40: "username",
        0x80: "auth-protocol",
        0x100: "ip-address",
        0x200: "gateway-info",
        0x400: "pcscf-address",
        0x800: "pcscf-server-address-list",
        0x1000: "pcscf-domain-name-list",
        0x2000: "mtu",
        0x4000: "domain-name-list",
        0x8000: "ip-family",
        0x10000: "imcn-flag",
        0x20000: "extended-technology",
        0x40000: "operator-reserved-pco",
    }


class Authentication(OpenFlags):
    PAP: ClassVar[Authentication]
    CHAP: ClassVar[Authentication]
    definition = "authentication"
    names = {
        0x1: "pap",
        0x2: "chap",
    }


class PacketStatistics(OpenFlags):
    TX_PACKETS_OK: ClassVar[PacketStatistics]
    RX_PACKETS_OK: ClassVar[PacketStatistics]
    TX_PACKETS_ERROR: ClassVar[PacketStatistics]
    RX_PACKETS_ERROR: ClassVar[PacketStatistics]
    TX_OVERFLOWS: ClassVar[PacketStatistics]
    RX_OVERFLOWS: ClassVar[PacketStatistics]
    TX_BYTES_OK: ClassVar[PacketStatistics]
    RX_BYTES_OK: ClassVar[PacketStatistics]
    TX_PACKETS_DROPPED: ClassVar[PacketStatistics]
    RX_PACKETS_DROPPED: ClassVar[PacketStatistics]
    definition = "packet-statistics"
    names = {
        0x1: "tx-packets-ok",
        0x2: "rx-packets-ok",
        0x4: "tx-packets-error",
        0x8: "rx-packets-error",
        0x10: "tx-overflows",
        0x20: "rx-overflows",
        0x40: "tx-bytes-ok",
        0x80: "rx-bytes-ok",
        0x100: "tx-packets-dropped",
        0x200: "rx-packets-dropped",
    }


class ExtendedDataBearerTechnology3gpp(OpenFlags):
    WCDMA: ClassVar[ExtendedDataBearerTechnology3gpp]
    HSDPA: ClassVar[ExtendedDataBearerTechnology3gpp]
    HSUPA: ClassVar[ExtendedDataBearerTechnology3gpp]
    HSDPA_PLUS: ClassVar[ExtendedDataBearerTechnology3gpp]
    DC_HSDPA_PLUS: ClassVar[ExtendedDataBearerTechnology3gpp]
    _64QAM: ClassVar[ExtendedDataBearerTechnology3gpp]
    HSPA: ClassVar[ExtendedDataBearerTechnology3gpp]
    GPRS: ClassVar[ExtendedDataBearerTechnology3gpp]
    EDGE: ClassVar[ExtendedDataBearerTechnology3gpp]
    GSM: ClassVar[ExtendedDataBearerTechnology3gpp]
    S2B: ClassVar[ExtendedDataBearerTechnology3gpp]
    LTE_LIMITED_SERVICE: ClassVar[ExtendedDataBearerTechnology3gpp]
    LTE_FDD: ClassVar[ExtendedDataBearerTechnology3gpp]
    LTE_TDD: ClassVar[ExtendedDataBearerTechnology3gpp]
    definition = "extended-data-bearer-technology-3gpp"
    names = {
        0x1: "wcdma",
        0x2: "hsdpa",
        0x4: "hsupa",
        0x8: "hsdpa-plus",
        0x10: "dc-hsdpa-plus",
        0x20: "64qam",
        0x40: "hspa",
        0x80: "gprs",
        0x100: "edge",
        0x200: "gsm",
        0x400: "s2b",
        0x800: "lte-limited-service",
        0x1000: "lte-fdd",
        0x2000: "lte-tdd",
    }


class ExtendedDataBearerTechnology3gpp2(OpenFlags):
    RESERVED: ClassVar[ExtendedDataBearerTechnology3gpp2]
    CDMA1X_IS95: ClassVar[ExtendedDataBearerTechnology3gpp2]
    CDMA1X_IS2000: ClassVar[ExtendedDataBearerTechnology3gpp2]
    CDMA1X_IS2000_REL_A: ClassVar[ExtendedDataBearerTechnology3gpp2]
    HDR_REV_0_DPA: ClassVar[ExtendedDataBearerTechnology3gpp2]
    HDR_REV_A_DPA: ClassVar[ExtendedDataBearerTechnology3gpp2]
    HDR_REV_B_DPA: ClassVar[ExtendedDataBearerTechnology3gpp2]
    HDR_REV_A_MPA: ClassVar[ExtendedDataBearerTechnology3gpp2]
    HDR_REV_B_MPA: ClassVar[ExtendedDataBearerTechnology3gpp2]
    HDR_REV_A_EMPA: ClassVar[ExtendedDataBearerTechnology3gpp2]
    HDR_REV_B_EMPA: ClassVar[ExtendedDataBearerTechnology3gpp2]
    HDR_REV_B_MMPA: ClassVar[ExtendedDataBearerTechnology3gpp2]
    HDR_EVDO_FMC: ClassVar[ExtendedDataBearerTechnology3gpp2]
    definition = "extended-data-bearer-technology-3gpp2"
    names = {
        0x1: "reserved",
        0x2: "cdma1x-is95",
        0x4: "cdma1x-is2000",
        0x8: "cdma1x-is2000-rel-a",
        0x10: "hdr-rev-0-dpa",
        0x20: "hdr-rev-a-dpa",
        0x40: "hdr-rev-b-dpa",
        0x80: "hdr-rev-a-mpa",
        0x100: "hdr-rev-b-mpa",
        0x200: "hdr-rev-a-empa",
        0x400: "hdr-rev-b-empa",
        0x800: "hdr-rev-b-mmpa",
        0x1000: "hdr-evdo-fmc",
    }


class PdpType(OpenEnum):
    IPV4: ClassVar[PdpType]
    PPP: ClassVar[PdpType]
    IPV6: ClassVar[PdpType]
    IPV4_OR_IPV6: ClassVar[PdpType]
    NON_IP: ClassVar[PdpType]
    definition = "pdp-type"
    names = {
        0: "ipv4",
        1: "ppp",
        2: "ipv6",
        3: "ipv4-or-ipv6",
        4: "non-ip",
    }


class ProfileType(OpenEnum):
    _3GPP: ClassVar[ProfileType]
    _3GPP2: ClassVar[ProfileType]
    EPC: ClassVar[ProfileType]
    ALL: ClassVar[ProfileType]
    definition = "profile-type"
    names = {
        0: "3gpp",
        1: "3gpp2",
        2: "epc",
        255: "all",
    }


class ProfileFamily(OpenEnum):
    EMBEDDED: ClassVar[ProfileFamily]
    TETHERED: ClassVar[ProfileFamily]
    definition = "profile-family"
    names = {
        0: "embedded",
        1: "tethered",
    }


class DsProfileError(OpenEnum):
    UNKNOWN: ClassVar[DsProfileError]
    FAIL: ClassVar[DsProfileError]
    INVALID_HANDLE: ClassVar[DsProfileError]
    INVALID_OPERATION: ClassVar[DsProfileError]
    INVALID_PROFILE_TYPE: ClassVar[DsProfileError]
    INVALID_PROFILE_NUMBER: ClassVar[DsProfileError]
    INVALID_PROFILE_ID: ClassVar[DsProfileError]
    INVALID_ARGUMENT: ClassVar[DsProfileError]
    REGISTRY_NOT_INITIALIZED: ClassVar[DsProfileError]
    INVALID_PARAMETER_LENGTH: ClassVar[DsProfileError]
    LIST_END: ClassVar[DsProfileError]
    INVALID_SUBSCRIPTION_ID: ClassVar[DsProfileError]
    INVALID_PROFILE_FAMILY: ClassVar[DsProfileError]
    _3GPP_INVALID_PROFILE_FAMILY: ClassVar[DsProfileError]
    _3GPP_ACCESS_ERROR: ClassVar[DsProfileError]
    _3GPP_CONTEXT_NOT_DEFINED: ClassVar[DsProfileError]
    _3GPP_VALID_FLAG_NOT_SET: ClassVar[DsProfileError]
    _3GPP_READ_ONLY_FLAG_SET: ClassVar[DsProfileError]
    _3GPP_OUT_OF_PROFILES: ClassVar[DsProfileError]
    _3GPP2_INVALID_PROFILE_ID: ClassVar[DsProfileError]
    definition = "ds-profile-error"
    names = {
        0: "unknown",
        1: "fail",
        2: "invalid-handle",
        3: "invalid-operation",
        4: "invalid-profile-type",
        5: "invalid-profile-number",
        6: "invalid-profile-id",
        7: "invalid-argument",
        8: "registry-not-initialized",
        9: "invalid-parameter-length",
        10: "list-end",
        11: "invalid-subscription-id",
        12: "invalid-profile-family",
        1001: "3gpp-invalid-profile-family",
        1002: "3gpp-access-error",
        1003: "3gpp-context-not-defined",
        1004: "3gpp-valid-flag-not-set",
        1005: "3gpp-read-only-flag-set",
        1006: "3gpp-out-of-profiles",
        1101: "3gpp2-invalid-profile-id",
    }


class PdpHeaderCompressionType(OpenEnum):
    OFF: ClassVar[PdpHeaderCompressionType]
    MANUFACTURER_PREFERRED: ClassVar[PdpHeaderCompressionType]
    RFC1144: ClassVar[PdpHeaderCompressionType]
    RFC2507: ClassVar[PdpHeaderCompressionType]
    RFC3095: ClassVar[PdpHeaderCompressionType]
    definition = "pdp-header-compression-type"
    names = {
        0: "off",
        1: "manufacturer-preferred",
        2: "rfc1144",
        3: "rfc2507",
        4: "rfc3095",
    }


class PdpDataCompressionType(OpenEnum):
    OFF: ClassVar[PdpDataCompressionType]
    MANUFACTURER_PREFERRED: ClassVar[PdpDataCompressionType]
    V42BIS: ClassVar[PdpDataCompressionType]
    V44: ClassVar[PdpDataCompressionType]
    definition = "pdp-data-compression-type"
    names = {
        0: "off",
        1: "manufacturer-preferred",
        2: "v42bis",
        3: "v44",
    }


class ProfileChangeEvent(OpenEnum):
    CREATE_EVENT: ClassVar[ProfileChangeEvent]
    DELETE_EVENT: ClassVar[ProfileChangeEvent]
    MODIFY_EVENT: ClassVar[ProfileChangeEvent]
    SUBSCRIPTION_CHANGE_EVENT: ClassVar[ProfileChangeEvent]
    definition = "profile-change-event"
    names = {
        1: "create-event",
        2: "delete-event",
        3: "modify-event",
        4: "subscription-change-event",
    }


class AddressAllocationPreference(OpenEnum):
    NAS: ClassVar[AddressAllocationPreference]
    DHCP: ClassVar[AddressAllocationPreference]
    definition = "address-allocation-preference"
    names = {
        0: "nas",
        1: "dhcp",
    }


class PdpAccessControl(OpenEnum):
    NONE: ClassVar[PdpAccessControl]
    REJECT: ClassVar[PdpAccessControl]
    PERMISSION: ClassVar[PdpAccessControl]
    definition = "pdp-access-control"
    names = {
        0: "none",
        1: "reject",
        2: "permission",
    }


class ApnTypeMask(OpenFlags):
    DEFAULT: ClassVar[ApnTypeMask]
    IMS: ClassVar[ApnTypeMask]
    MMS: ClassVar[ApnTypeMask]
    DUN: ClassVar[ApnTypeMask]
    SUPL: ClassVar[ApnTypeMask]
    HIPRI: ClassVar[ApnTypeMask]
    FOTA: ClassVar[ApnTypeMask]
    CBS: ClassVar[ApnTypeMask]
    IA: ClassVar[ApnTypeMask]
    EMERGENCY: ClassVar[ApnTypeMask]
    UT: ClassVar[ApnTypeMask]
    MCX: ClassVar[ApnTypeMask]
    definition = "apn-type-mask"
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
        0x400: "ut",
        0x800: "mcx",
    }


class VerboseCallEndReason(Struct):
    type: CallEndReasonVerboseType = member(Int(2, enum=CallEndReasonVerboseType))
    reason: int = member(Int(2, signed=True))


class UmtsQos(Struct):
    traffic_class: TrafficClass = member(Int(1, enum=TrafficClass))
    max_uplink_bitrate: int = member(U32, unit='bit/s')
    max_downlink_bitrate: int = member(U32, unit='bit/s')
    guaranteed_uplink_bitrate: int = member(U32, unit='bit/s')
    guaranteed_downlink_bitrate: int = member(U32, unit='bit/s')
    qos_delivery_order: DeliveryOrder = member(Int(1, enum=DeliveryOrder))
    maximum_sdu_size: int = member(U32, unit='bytes')
    sdu_error_ratio: SduErrorRatio = member(Int(1, enum=SduErrorRatio))
    residual_bit_error_ratio: SduResidualBitErrorRatio = member(Int(1, enum=SduResidualBitErrorRatio))
    delivery_erroneous_sdu: SduErroneousDelivery = member(Int(1, enum=SduErroneousDelivery))
    transfer_delay: int = member(U32, unit='ms')
    traffic_handling_priority: int = member(U32)


class GprsQos(Struct):
    precedence_class: int = member(U32)
    delay_class: int = member(U32)
    reliability_class: int = member(U32)
    peak_throughput_class: int = member(U32)
    mean_throughput_class: int = member(U32)


class ProfileId(Struct):
    profile_type: ProfileType = member(Int(1, enum=ProfileType))
    profile_index: int = member(U8)


class Ipv6Address(Struct):
    address: IPv6Address = member(IPv6())
    prefix_length: int = member(U8)


class PdnThrottle(Struct):
    ipv4_throttled: bool = member(Bool())
    ipv6_throttled: bool = member(Bool())
    ipv4_throttle_time_left_ms: int = member(U32, unit='ms')
    ipv6_throttle_time_left_ms: int = member(U32, unit='ms')
    apn: str = member(Text(U8))


class DataBearerTechnologyMasks(Struct):
    network_type: NetworkType = member(Int(1, enum=NetworkType))
    rat_mask: int = member(U32)
    so_mask: int = member(U32)


class DataSystemNetwork(Struct):
    network_type: DataSystemNetworkType = member(Int(1, enum=DataSystemNetworkType))
    rat_mask: int = member(U32)
    so_mask: int = member(U32)


class Ipv6AddressPreference(Struct):
    address: IPv6Address = member(IPv6())


class UmtsQosSignaling(Struct):
    traffic_class: TrafficClass = member(Int(1, enum=TrafficClass))
    max_uplink_bitrate: int = member(U32, unit='bit/s')
    max_downlink_bitrate: int = member(U32, unit='bit/s')
    guaranteed_uplink_bitrate: int = member(U32, unit='bit/s')
    guaranteed_downlink_bitrate: int = member(U32, unit='bit/s')
    qos_delivery_order: DeliveryOrder = member(Int(1, enum=DeliveryOrder))
    maximum_sdu_size: int = member(U32, unit='bytes')
    sdu_error_ratio: SduErrorRatio = member(Int(1, enum=SduErrorRatio))
    residual_bit_error_ratio: SduResidualBitErrorRatio = member(Int(1, enum=SduResidualBitErrorRatio))
    delivery_erroneous_sdu: SduErroneousDelivery = member(Int(1, enum=SduErroneousDelivery))
    transfer_delay: int = member(U32, unit='ms')
    traffic_handling_priority: int = member(U32)
    signaling_indication: int = member(Int(1, signed=True))


class LteQos(Struct):
    qos_class_identifier: QosClassIdentifier = member(Int(1, enum=QosClassIdentifier))
    guaranteed_downlink_bitrate: int = member(U32, unit='bit/s')
    max_downlink_bitrate: int = member(U32, unit='bit/s')
    guaranteed_uplink_bitrate: int = member(U32, unit='bit/s')
    max_uplink_bitrate: int = member(U32, unit='bit/s')


class VlanIdRange(Struct):
    vlan_id_range_start: int = member(U16)
    vlan_id_range_end: int = member(U16)


class ProfileEntry(Struct):
    profile_type: ProfileType = member(Int(1, enum=ProfileType))
    profile_index: int = member(U8)
    profile_name: str = member(Text(U8))


class ResetResponse(Response):
    """WDS 0x0000: the answer to :class:`Reset`."""

    service = 0x01
    service_name = "wds"
    id = 0x0000
    message = "reset"


class Reset(Request[ResetResponse]):
    """WDS 0x0000: Forget this client's WDS state, event reports included."""

    service = 0x01
    service_name = "wds"
    id = 0x0000
    message = "reset"
    response = ResetResponse


class AbortResponse(Response):
    """WDS 0x0002: the answer to :class:`Abort`."""

    service = 0x01
    service_name = "wds"
    id = 0x0002
    message = "abort"


class Abort(Request[AbortResponse]):
    """WDS 0x0002: Give up a WDS request that has not been answered yet."""

    service = 0x01
    service_name = "wds"
    id = 0x0002
    message = "abort"
    response = AbortResponse
    transaction_id: int = member(U16, tlv=0x01)


class IndicationRegisterResponse(Response):
    """WDS 0x0003: the answer to :class:`IndicationRegister`."""

    service = 0x01
    service_name = "wds"
    id = 0x0003
    message = "indication-register"


class IndicationRegister(Request[IndicationRegisterResponse]):
    """WDS 0x0003: Choose whether changes of addresses and of profiles are reported to this client."""

    service = 0x01
    service_name = "wds"
    id = 0x0003
    message = "indication-register"
    response = IndicationRegisterResponse
    report_extended_ip_configuration_change: bool | None = member(Bool(), tlv=0x12, required=False, default=None)
    report_profile_changes: bool | None = member(Bool(), tlv=0x19, required=False, default=None)


class GetSupportedMessagesResponse(Response):
    """WDS 0x001e: the answer to :class:`GetSupportedMessages`."""

    service = 0x01
    service_name = "wds"
    id = 0x001e
    message = "get-supported-messages"
    list_: bytes | None = member(Bytes(U16), tlv=0x10, required=False, default=None)


class GetSupportedMessages(Request[GetSupportedMessagesResponse]):
    """WDS 0x001e: Read the bit mask of WDS message ids that this firmware knows."""

    service = 0x01
    service_name = "wds"
    id = 0x001e
    message = "get-supported-messages"
    response = GetSupportedMessagesResponse


class StartNetworkResponse(Response):
    """WDS 0x0020: the answer to :class:`StartNetwork`."""

    service = 0x01
    service_name = "wds"
    id = 0x0020
    message = "start-network"
    packet_data_handle: int = member(U32, tlv=0x01)
    """Stops this session; 0xFFFFFFFF in stop-network means every one."""
    call_end_reason: CallEndReason | None = member(Int(2, enum=CallEndReason), tlv=0x10, required=False, expected=parse_condition('result.error == call-failed'), default=None)
    verbose_call_end_reason: VerboseCallEndReason | None = member(Nested(VerboseCallEndReason), tlv=0x11, required=False, expected=parse_condition('result.error == call-failed'), default=None)


class StartNetwork(Request[StartNetworkResponse]):
    """WDS 0x0020: Bring a data session up; the answer carries the handle that stops it, or the
    reason of failure."""

    service = 0x01
    service_name = "wds"
    id = 0x0020
    message = "start-network"
    response = StartNetworkResponse
    abortable: ClassVar[bool] = True
    primary_dns_address_preference: IPv4Address | None = member(IPv4(swapped=True), tlv=0x10, required=False, default=None)
    secondary_dns_address_preference: IPv4Address | None = member(IPv4(swapped=True), tlv=0x11, required=False, default=None)
    primary_nbns_address_preference: IPv4Address | None = member(IPv4(swapped=True), tlv=0x12, required=False, default=None)
    secondary_nbns_address_preference: IPv4Address | None = member(IPv4(swapped=True), tlv=0x13, required=False, default=None)
    apn: str | None = member(Text(), tlv=0x14, required=False, default=None)
    ipv4_address_preference: IPv4Address | None = member(IPv4(swapped=True), tlv=0x15, required=False, default=None)
    authentication_preference: Authentication | None = member(Int(1, enum=Authentication), tlv=0x16, required=False, default=None)
    username: str | None = member(Text(), tlv=0x17, required=False, personal=True, default=None)
    password: str | None = member(Text(), tlv=0x18, required=False, personal=True, default=None)
    ip_family_preference: IpFamily | None = member(Int(1, enum=IpFamily), tlv=0x19, required=False, default=None)
    technology_preference: TechnologyPreference | None = member(Int(1, enum=TechnologyPreference), tlv=0x30, required=False, default=None)
    profile_index_3gpp: int | None = member(U8, tlv=0x31, required=False, default=None)
    profile_index_3gpp2: int | None = member(U8, tlv=0x32, required=False, default=None)
    enable_autoconnect: bool | None = member(Bool(), tlv=0x33, required=False, default=None)
    extended_technology_preference: ExtendedTechnologyPreference | None = member(Int(2, enum=ExtendedTechnologyPreference), tlv=0x34, required=False, default=None)
    call_type: CallType | None = member(Int(1, enum=CallType), tlv=0x35, required=False, default=None)


class StopNetworkResponse(Response):
    """WDS 0x0021: the answer to :class:`StopNetwork`."""

    service = 0x01
    service_name = "wds"
    id = 0x0021
    message = "stop-network"


class StopNetwork(Request[StopNetworkResponse]):
    """WDS 0x0021: Take down the data session that a handle stands for."""

    service = 0x01
    service_name = "wds"
    id = 0x0021
    message = "stop-network"
    response = StopNetworkResponse
    packet_data_handle: int = member(U32, tlv=0x01)
    disable_autoconnect: bool | None = member(Bool(), tlv=0x10, required=False, default=None)


class GetPacketServiceStatusResponse(Response):
    """WDS 0x0022: the answer to :class:`GetPacketServiceStatus`."""

    service = 0x01
    service_name = "wds"
    id = 0x0022
    message = "get-packet-service-status"
    connection_status: ConnectionStatus = member(Int(1, enum=ConnectionStatus), tlv=0x01)


class GetPacketServiceStatus(Request[GetPacketServiceStatusResponse]):
    """WDS 0x0022: Read whether this client's data session is up."""

    service = 0x01
    service_name = "wds"
    id = 0x0022
    message = "get-packet-service-status"
    response = GetPacketServiceStatusResponse


class GetCurrentSettingsResponseOperatorReservedPco(Struct):
    mcc: int = member(U16)
    mnc: int = member(U16)
    mnc_includes_pcs_digit: bool = member(Bool())
    """The MNC has three digits."""
    app_specific_info: bytes = member(Bytes(U8))
    container_id: int = member(U16)


class GetCurrentSettingsResponse(Response):
    """WDS 0x002d: the answer to :class:`GetCurrentSettings`."""

    service = 0x01
    service_name = "wds"
    id = 0x002d
    message = "get-current-settings"
    profile_name: str | None = member(Text(), tlv=0x10, required=False, default=None)
    pdp_type: PdpType | None = member(Int(1, enum=PdpType), tlv=0x11, required=False, default=None)
    apn_name: str | None = member(Text(), tlv=0x14, required=False, default=None)
    primary_ipv4_dns_address: IPv4Address | None = member(IPv4(swapped=True), tlv=0x15, required=False, default=None)
    secondary_ipv4_dns_address: IPv4Address | None = member(IPv4(swapped=True), tlv=0x16, required=False, default=None)
    umts_granted_qos: UmtsQos | None = member(Nested(UmtsQos), tlv=0x17, required=False, default=None)
    gprs_granted_qos: GprsQos | None = member(Nested(GprsQos), tlv=0x19, required=False, default=None)
    username: str | None = member(Text(), tlv=0x1b, required=False, personal=True, default=None)
    authentication: Authentication | None = member(Int(1, enum=Authentication), tlv=0x1d, required=False, default=None)
    ipv4_address: IPv4Address | None = member(IPv4(swapped=True), tlv=0x1e, required=False, default=None)
    profile_id: ProfileId | None = member(Nested(ProfileId), tlv=0x1f, required=False, default=None)
    ipv4_gateway_address: IPv4Address | None = member(IPv4(swapped=True), tlv=0x20, required=False, default=None)
    ipv4_gateway_subnet_mask: IPv4Address | None = member(IPv4(swapped=True), tlv=0x21, required=False, default=None)
    pcscf_address_using_pco: int | None = member(U8, tlv=0x22, required=False, default=None)
    pcscf_server_address_list: list[IPv4Address] | None = member(Array(IPv4(swapped=True), count=U8), tlv=0x23, required=False, default=None)
    pcscf_domain_name_list: list[str] | None = member(Array(Text(U16), count=U8), tlv=0x24, required=False, default=None)
    ipv6_address: Ipv6Address | None = member(Nested(Ipv6Address), tlv=0x25, required=False, default=None)
    ipv6_gateway_address: Ipv6Address | None = member(Nested(Ipv6Address), tlv=0x26, required=False, default=None)
    ipv6_primary_dns_address: IPv6Address | None = member(IPv6(), tlv=0x27, required=False, default=None)
    ipv6_secondary_dns_address: IPv6Address | None = member(IPv6(), tlv=0x28, required=False, default=None)
    mtu: int | None = member(U32, tlv=0x29, required=False, unit='bytes', default=None)
    domain_name_list: list[str] | None = member(Array(Text(U16), count=U8), tlv=0x2a, required=False, default=None)
    ip_family: IpFamily | None = member(Int(1, enum=IpFamily), tlv=0x2b, required=False, default=None)
    imcn_flag: int | None = member(Int(1, signed=True), tlv=0x2c, required=False, default=None)
    extended_technology_preference: ExtendedTechnologyPreference | None = member(Int(2, enum=ExtendedTechnologyPreference), tlv=0x2d, required=False, default=None)
    operator_reserved_pco: GetCurrentSettingsResponseOperatorReservedPco | None = member(Nested(GetCurrentSettingsResponseOperatorReservedPco), tlv=0x2f, required=False, default=None)


class GetCurrentSettings(Request[GetCurrentSettingsResponse]):
    """WDS 0x002d: Read what the running session got: addresses, gateway, DNS servers, MTU."""

    service = 0x01
    service_name = "wds"
    id = 0x002d
    message = "get-current-settings"
    response = GetCurrentSettingsResponse
    requested_settings: RequestedSettings = member(Int(4, enum=RequestedSettings), tlv=0x10)


class GetAutoconnectSettingsResponse(Response):
    """WDS 0x0034: the answer to :class:`GetAutoconnectSettings`."""

    service = 0x01
    service_name = "wds"
    id = 0x0034
    message = "get-autoconnect-settings"
    status: AutoconnectSetting = member(Int(1, enum=AutoconnectSetting), tlv=0x01)
    roaming: AutoconnectSettingRoaming | None = member(Int(1, enum=AutoconnectSettingRoaming), tlv=0x10, required=False, default=None)


class GetAutoconnectSettings(Request[GetAutoconnectSettingsResponse]):
    """WDS 0x0034: Read whether the modem dials by itself."""

    service = 0x01
    service_name = "wds"
    id = 0x0034
    message = "get-autoconnect-settings"
    response = GetAutoconnectSettingsResponse


class SetIpFamilyResponse(Response):
    """WDS 0x004d: the answer to :class:`SetIpFamily`."""

    service = 0x01
    service_name = "wds"
    id = 0x004d
    message = "set-ip-family"


class SetIpFamily(Request[SetIpFamilyResponse]):
    """WDS 0x004d: Choose IPv4 or IPv6 for the sessions of this client."""

    service = 0x01
    service_name = "wds"
    id = 0x004d
    message = "set-ip-family"
    response = SetIpFamilyResponse
    preference: IpFamily = member(Int(1, enum=IpFamily), tlv=0x01)


class SetAutoconnectSettingsResponse(Response):
    """WDS 0x0051: the answer to :class:`SetAutoconnectSettings`."""

    service = 0x01
    service_name = "wds"
    id = 0x0051
    message = "set-autoconnect-settings"


class SetAutoconnectSettings(Request[SetAutoconnectSettingsResponse]):
    """WDS 0x0051: Let the modem dial by itself, or stop it from doing so."""

    service = 0x01
    service_name = "wds"
    id = 0x0051
    message = "set-autoconnect-settings"
    response = SetAutoconnectSettingsResponse
    status: AutoconnectSetting = member(Int(1, enum=AutoconnectSetting), tlv=0x01)
    roaming: AutoconnectSettingRoaming | None = member(Int(1, enum=AutoconnectSettingRoaming), tlv=0x10, required=False, default=None)


class GetPdnThrottleInfoResponse(Response):
    """WDS 0x006c: the answer to :class:`GetPdnThrottleInfo`."""

    service = 0x01
    service_name = "wds"
    id = 0x006c
    message = "get-pdn-throttle-info"
    info: list[PdnThrottle] | None = member(Array(Nested(PdnThrottle), count=U8), tlv=0x10, required=False, default=None)


class GetPdnThrottleInfo(Request[GetPdnThrottleInfoResponse]):
    """WDS 0x006c: Read for which APNs the modem holds connection attempts back, and for how long."""

    service = 0x01
    service_name = "wds"
    id = 0x006c
    message = "get-pdn-throttle-info"
    response = GetPdnThrottleInfoResponse
    network_type: DataSystemNetworkType = member(Int(1, enum=DataSystemNetworkType), tlv=0x01)


class GetLteAttachParametersResponse(Response):
    """WDS 0x0085: the answer to :class:`GetLteAttachParameters`."""

    service = 0x01
    service_name = "wds"
    id = 0x0085
    message = "get-lte-attach-parameters"
    apn: str | None = member(Text(), tlv=0x10, required=False, default=None)
    ip_support_type: IpSupportType | None = member(Int(1, enum=IpSupportType), tlv=0x11, required=False, default=None)
    ota_attach_performed: bool | None = member(Bool(), tlv=0x12, required=False, default=None)


class GetLteAttachParameters(Request[GetLteAttachParametersResponse]):
    """WDS 0x0085: Read the APN and the kind of IP that the LTE attach was done with."""

    service = 0x01
    service_name = "wds"
    id = 0x0085
    message = "get-lte-attach-parameters"
    response = GetLteAttachParametersResponse


class BindDataPortResponse(Response):
    """WDS 0x0089: the answer to :class:`BindDataPort`."""

    service = 0x01
    service_name = "wds"
    id = 0x0089
    message = "bind-data-port"


class BindDataPort(Request[BindDataPortResponse]):
    """WDS 0x0089: Tie this client to a data port of a BAM-DMUX modem, before starting a session."""

    service = 0x01
    service_name = "wds"
    id = 0x0089
    message = "bind-data-port"
    response = BindDataPortResponse
    data_port: SioPort = member(Int(2, enum=SioPort), tlv=0x01)


class GetMaxLteAttachPdnNumberResponse(Response):
    """WDS 0x0092: the answer to :class:`GetMaxLteAttachPdnNumber`."""

    service = 0x01
    service_name = "wds"
    id = 0x0092
    message = "get-max-lte-attach-pdn-number"
    info: int | None = member(U8, tlv=0x10, required=False, default=None)


class GetMaxLteAttachPdnNumber(Request[GetMaxLteAttachPdnNumberResponse]):
    """WDS 0x0092: Read how many profiles the attach list can hold."""

    service = 0x01
    service_name = "wds"
    id = 0x0092
    message = "get-max-lte-attach-pdn-number"
    response = GetMaxLteAttachPdnNumberResponse


class SetLteAttachPdnListResponse(Response):
    """WDS 0x0093: the answer to :class:`SetLteAttachPdnList`."""

    service = 0x01
    service_name = "wds"
    id = 0x0093
    message = "set-lte-attach-pdn-list"


class SetLteAttachPdnList(Request[SetLteAttachPdnListResponse]):
    """WDS 0x0093: Choose the profiles that the LTE attach tries, in order."""

    service = 0x01
    service_name = "wds"
    id = 0x0093
    message = "set-lte-attach-pdn-list"
    response = SetLteAttachPdnListResponse
    list_: list[int] = member(Array(U16, count=U8), tlv=0x01)
    action: AttachPdnListAction | None = member(Int(4, enum=AttachPdnListAction), tlv=0x10, required=False, default=None)


class GetLteAttachPdnListResponse(Response):
    """WDS 0x0094: the answer to :class:`GetLteAttachPdnList`."""

    service = 0x01
    service_name = "wds"
    id = 0x0094
    message = "get-lte-attach-pdn-list"
    current_list: list[int] | None = member(Array(U16, count=U8), tlv=0x10, required=False, default=None)
    pending_list: list[int] | None = member(Array(U16, count=U8), tlv=0x11, required=False, default=None)


class GetLteAttachPdnList(Request[GetLteAttachPdnListResponse]):
    """WDS 0x0094: Read the list of attach profiles in use, and the one that waits."""

    service = 0x01
    service_name = "wds"
    id = 0x0094
    message = "get-lte-attach-pdn-list"
    response = GetLteAttachPdnListResponse


class BindMuxDataPortResponse(Response):
    """WDS 0x00a2: the answer to :class:`BindMuxDataPort`."""

    service = 0x01
    service_name = "wds"
    id = 0x00a2
    message = "bind-mux-data-port"


class BindMuxDataPort(Request[BindMuxDataPortResponse]):
    """WDS 0x00a2: Tie this client to a data endpoint and a QMAP mux id, before starting a session."""

    service = 0x01
    service_name = "wds"
    id = 0x00a2
    message = "bind-mux-data-port"
    response = BindMuxDataPortResponse
    endpoint_info: Endpoint | None = member(Nested(Endpoint), tlv=0x10, required=False, default=None)
    mux_id: int | None = member(U8, tlv=0x11, required=False, default=None)
    client_type: ClientType | None = member(Int(4, enum=ClientType), tlv=0x13, required=False, default=None)


class BindSubscriptionResponse(Response):
    """WDS 0x00af: the answer to :class:`BindSubscription`."""

    service = 0x01
    service_name = "wds"
    id = 0x00af
    message = "bind-subscription"


class BindSubscription(Request[BindSubscriptionResponse]):
    """WDS 0x00af: Tie this client to one of the SIM subscriptions."""

    service = 0x01
    service_name = "wds"
    id = 0x00af
    message = "bind-subscription"
    response = BindSubscriptionResponse
    subscription_id: SubscriptionType = member(Int(4, enum=SubscriptionType), tlv=0x01)


class GetBindSubscriptionResponse(Response):
    """WDS 0x00b0: the answer to :class:`GetBindSubscription`."""

    service = 0x01
    service_name = "wds"
    id = 0x00b0
    message = "get-bind-subscription"
    subscription_id: SubscriptionType | None = member(Int(4, enum=SubscriptionType), tlv=0x10, required=False, default=None)


class GetBindSubscription(Request[GetBindSubscriptionResponse]):
    """WDS 0x00b0: Read the SIM subscription that this client is tied to."""

    service = 0x01
    service_name = "wds"
    id = 0x00b0
    message = "get-bind-subscription"
    response = GetBindSubscriptionResponse


class PacketServiceStatusIndicationConnectionStatus(Struct):
    status: ConnectionStatus = member(Int(1, enum=ConnectionStatus))
    reconfiguration_required: bool = member(Bool())
    """The host has to read its addresses again."""


class PacketServiceStatusIndication(Indication):
    """WDS 0x0022: The data session came up, went down or changed its settings."""

    service = 0x01
    service_name = "wds"
    id = 0x0022
    message = "packet-service-status"
    connection_status: PacketServiceStatusIndicationConnectionStatus = member(Nested(PacketServiceStatusIndicationConnectionStatus), tlv=0x01)
    call_end_reason: CallEndReason | None = member(Int(2, enum=CallEndReason), tlv=0x10, required=False, default=None)
    verbose_call_end_reason: VerboseCallEndReason | None = member(Nested(VerboseCallEndReason), tlv=0x11, required=False, default=None)
    ip_family: IpFamily | None = member(Int(1, enum=IpFamily), tlv=0x12, required=False, default=None)
    bearer_id: int | None = member(U8, tlv=0x14, required=False, default=None)
    xlat_capability: bool | None = member(Bool(), tlv=0x15, required=False, default=None)
    extended_technology_preference: ExtendedTechnologyPreference | None = member(Int(2, enum=ExtendedTechnologyPreference), tlv=0x34, required=False, default=None)


class ExtendedIpConfigIndication(Indication):
    """WDS 0x008c: Addresses or other settings of the running session have changed."""

    service = 0x01
    service_name = "wds"
    id = 0x008c
    message = "extended-ip-config"
    changed_ip_configuration: RequestedSettings | None = member(Int(4, enum=RequestedSettings), tlv=0x10, required=False, default=None)


class SetLteAttachPdnListIndication(Indication):
    """WDS 0x0093: Tells whether the new list of attach profiles was taken."""

    service = 0x01
    service_name = "wds"
    id = 0x0093
    message = "set-lte-attach-pdn-list"
    action_result: bool = member(Bool(), tlv=0x01)


class SetEventReportResponse(Response):
    """WDS 0x0001: the answer to :class:`SetEventReport`."""

    service = 0x01
    service_name = "wds"
    id = 0x0001
    message = "set-event-report"


class SetEventReportTransferStatistics(Struct):
    interval_seconds: int = member(U8, unit='s')
    indicators: PacketStatistics = member(Int(4, enum=PacketStatistics))


class SetEventReport(Request[SetEventReportResponse]):
    """WDS 0x0001: Choose which changes of the data session are reported to this client."""

    service = 0x01
    service_name = "wds"
    id = 0x0001
    message = "set-event-report"
    response = SetEventReportResponse
    channel_rate: bool | None = member(Bool(), tlv=0x10, required=False, default=None)
    transfer_statistics: SetEventReportTransferStatistics | None = member(Nested(SetEventReportTransferStatistics), tlv=0x11, required=False, default=None)
    data_bearer_technology: bool | None = member(Bool(), tlv=0x12, required=False, default=None)
    dormancy_status: bool | None = member(Bool(), tlv=0x13, required=False, default=None)
    mip_status: int | None = member(U8, tlv=0x14, required=False, default=None)
    """Mobile IP (CDMA)."""
    current_data_bearer_technology: bool | None = member(Bool(), tlv=0x15, required=False, default=None)
    data_call_status: bool | None = member(Bool(), tlv=0x17, required=False, default=None)
    preferred_data_system: bool | None = member(Bool(), tlv=0x18, required=False, default=None)
    evdo_pm_change: bool | None = member(Bool(), tlv=0x19, required=False, default=None)
    data_systems: bool | None = member(Bool(), tlv=0x1a, required=False, default=None)
    uplink_flow_control: bool | None = member(Bool(), tlv=0x1b, required=False, default=None)
    limited_data_system_status: bool | None = member(Bool(), tlv=0x1c, required=False, default=None)
    pdn_filter_removals: bool | None = member(Bool(), tlv=0x1d, required=False, default=None)
    extended_data_bearer_technology: bool | None = member(Bool(), tlv=0x1e, required=False, default=None)


class GetChannelRatesResponseChannelRates(Struct):
    channel_tx_rate_bps: int = member(U32, unit='bit/s')
    channel_rx_rate_bps: int = member(U32, unit='bit/s')
    max_channel_tx_rate_bps: int = member(U32, unit='bit/s')
    max_channel_rx_rate_bps: int = member(U32, unit='bit/s')


class GetChannelRatesResponse(Response):
    """WDS 0x0023: the answer to :class:`GetChannelRates`."""

    service = 0x01
    service_name = "wds"
    id = 0x0023
    message = "get-channel-rates"
    channel_rates: GetChannelRatesResponseChannelRates = member(Nested(GetChannelRatesResponseChannelRates), tlv=0x01)


class GetChannelRates(Request[GetChannelRatesResponse]):
    """WDS 0x0023: Read the present and the highest data rate of the session."""

    service = 0x01
    service_name = "wds"
    id = 0x0023
    message = "get-channel-rates"
    response = GetChannelRatesResponse


class GetPacketStatisticsResponse(Response):
    """WDS 0x0024: the answer to :class:`GetPacketStatistics`."""

    service = 0x01
    service_name = "wds"
    id = 0x0024
    message = "get-packet-statistics"
    tx_packets_ok: int | None = member(U32, tlv=0x10, required=False, default=None)
    rx_packets_ok: int | None = member(U32, tlv=0x11, required=False, default=None)
    tx_packets_error: int | None = member(U32, tlv=0x12, required=False, default=None)
    rx_packets_error: int | None = member(U32, tlv=0x13, required=False, default=None)
    tx_overflows: int | None = member(U32, tlv=0x14, required=False, default=None)
    rx_overflows: int | None = member(U32, tlv=0x15, required=False, default=None)
    tx_bytes_ok: int | None = member(U64, tlv=0x19, required=False, unit='bytes', default=None)
    rx_bytes_ok: int | None = member(U64, tlv=0x1a, required=False, unit='bytes', default=None)
    last_call_tx_bytes_ok: int | None = member(U64, tlv=0x1b, required=False, unit='bytes', default=None)
    last_call_rx_bytes_ok: int | None = member(U64, tlv=0x1c, required=False, unit='bytes', default=None)
    tx_packets_dropped: int | None = member(U32, tlv=0x1d, required=False, default=None)
    rx_packets_dropped: int | None = member(U32, tlv=0x1e, required=False, default=None)


class GetPacketStatistics(Request[GetPacketStatisticsResponse]):
    """WDS 0x0024: Read how many packets and bytes the modem itself has counted in each direction."""

    service = 0x01
    service_name = "wds"
    id = 0x0024
    message = "get-packet-statistics"
    response = GetPacketStatisticsResponse
    mask: PacketStatistics = member(Int(4, enum=PacketStatistics), tlv=0x01)


class GoDormantResponse(Response):
    """WDS 0x0025: the answer to :class:`GoDormant`."""

    service = 0x01
    service_name = "wds"
    id = 0x0025
    message = "go-dormant"


class GoDormant(Request[GoDormantResponse]):
    """WDS 0x0025: Let the traffic channel fall asleep."""

    service = 0x01
    service_name = "wds"
    id = 0x0025
    message = "go-dormant"
    response = GoDormantResponse


class GoActiveResponse(Response):
    """WDS 0x0026: the answer to :class:`GoActive`."""

    service = 0x01
    service_name = "wds"
    id = 0x0026
    message = "go-active"


class GoActive(Request[GoActiveResponse]):
    """WDS 0x0026: Wake the traffic channel."""

    service = 0x01
    service_name = "wds"
    id = 0x0026
    message = "go-active"
    response = GoActiveResponse


class GetDormancyStatusResponse(Response):
    """WDS 0x0030: the answer to :class:`GetDormancyStatus`."""

    service = 0x01
    service_name = "wds"
    id = 0x0030
    message = "get-dormancy-status"
    dormancy_status: DormancyStatus = member(Int(1, enum=DormancyStatus), tlv=0x01)


class GetDormancyStatus(Request[GetDormancyStatusResponse]):
    """WDS 0x0030: Read whether the traffic channel sleeps."""

    service = 0x01
    service_name = "wds"
    id = 0x0030
    message = "get-dormancy-status"
    response = GetDormancyStatusResponse


class GetDataBearerTechnologyResponse(Response):
    """WDS 0x0037: the answer to :class:`GetDataBearerTechnology`."""

    service = 0x01
    service_name = "wds"
    id = 0x0037
    message = "get-data-bearer-technology"
    current: DataBearerTechnology = member(Int(1, signed=True, enum=DataBearerTechnology), tlv=0x01)
    last: DataBearerTechnology | None = member(Int(1, signed=True, enum=DataBearerTechnology), tlv=0x10, required=False, expected=parse_condition('result.error == out-of-call'), default=None)


class GetDataBearerTechnology(Request[GetDataBearerTechnologyResponse]):
    """WDS 0x0037: Read the technology that carries the data session, as one value (older modems)."""

    service = 0x01
    service_name = "wds"
    id = 0x0037
    message = "get-data-bearer-technology"
    response = GetDataBearerTechnologyResponse


class GetCurrentDataBearerTechnologyResponse(Response):
    """WDS 0x0044: the answer to :class:`GetCurrentDataBearerTechnology`."""

    service = 0x01
    service_name = "wds"
    id = 0x0044
    message = "get-current-data-bearer-technology"
    current: DataBearerTechnologyMasks = member(Nested(DataBearerTechnologyMasks), tlv=0x01)
    last: DataBearerTechnologyMasks | None = member(Nested(DataBearerTechnologyMasks), tlv=0x10, required=False, default=None)


class GetCurrentDataBearerTechnology(Request[GetCurrentDataBearerTechnologyResponse]):
    """WDS 0x0044: Read the technology that carries the data session, as masks."""

    service = 0x01
    service_name = "wds"
    id = 0x0044
    message = "get-current-data-bearer-technology"
    response = GetCurrentDataBearerTechnologyResponse


class EventReportIndicationChannelRates(Struct):
    tx_rate_bps: int = member(Int(4, signed=True), unit='bit/s')
    rx_rate_bps: int = member(Int(4, signed=True), unit='bit/s')


class EventReportIndicationDataCallType(Struct):
    data_call_type: DataCallType = member(Int(1, enum=DataCallType))
    tethered_call_type: TetheredCallType = member(Int(1, enum=TetheredCallType))


class EventReportIndicationEvdoPageMonitorPeriodChange(Struct):
    period_change: int = member(U8)
    force_long_sleep: bool = member(Bool())


class EventReportIndicationDataSystems(Struct):
    preferred_network_type: DataSystemNetworkType = member(Int(1, enum=DataSystemNetworkType))
    networks: list[DataSystemNetwork] = member(Array(Nested(DataSystemNetwork), count=U8), default_factory=list)


class EventReportIndicationPdnFiltersRemoved(Struct):
    pdn_filter_handler: list[int] = member(Array(U32, count=U8), default_factory=list)


class EventReportIndicationExtendedDataBearerTechnology(Struct):
    data_bearer_technology: DataSystemNetworkType = member(Int(4, enum=DataSystemNetworkType))
    radio_access_technology: RadioAccessTechnology = member(Int(4, enum=RadioAccessTechnology))
    extended_data_bearer_technology_3gpp: ExtendedDataBearerTechnology3gpp = member(Int(2, enum=ExtendedDataBearerTechnology3gpp))
    _reserved1 = member(U8, name="reserved1", reserved=True)
    extended_data_bearer_technology_3gpp2: ExtendedDataBearerTechnology3gpp2 = member(Int(2, enum=ExtendedDataBearerTechnology3gpp2))
    _reserved2 = member(U8, name="reserved2", reserved=True)
    _reserved3 = member(U8, name="reserved3", reserved=True)
    _reserved4 = member(U8, name="reserved4", reserved=True)


class EventReportIndication(Indication):
    """WDS 0x0001: Counters, rates, bearer or dormancy that were asked for with set-event-report
    have changed."""

    service = 0x01
    service_name = "wds"
    id = 0x0001
    message = "event-report"
    tx_packets_ok: int | None = member(U32, tlv=0x10, required=False, default=None)
    rx_packets_ok: int | None = member(U32, tlv=0x11, required=False, default=None)
    tx_packets_error: int | None = member(U32, tlv=0x12, required=False, default=None)
    rx_packets_error: int | None = member(U32, tlv=0x13, required=False, default=None)
    tx_overflows: int | None = member(U32, tlv=0x14, required=False, default=None)
    rx_overflows: int | None = member(U32, tlv=0x15, required=False, default=None)
    channel_rates: EventReportIndicationChannelRates | None = member(Nested(EventReportIndicationChannelRates), tlv=0x16, required=False, default=None)
    data_bearer_technology: DataBearerTechnology | None = member(Int(1, signed=True, enum=DataBearerTechnology), tlv=0x17, required=False, default=None)
    dormancy_status: DormancyStatus | None = member(Int(1, enum=DormancyStatus), tlv=0x18, required=False, default=None)
    tx_bytes_ok: int | None = member(U64, tlv=0x19, required=False, unit='bytes', default=None)
    rx_bytes_ok: int | None = member(U64, tlv=0x1a, required=False, unit='bytes', default=None)
    mip_status: bool | None = member(Bool(), tlv=0x1b, required=False, default=None)
    """Mobile IP (CDMA)."""
    current_data_bearer_technology: DataBearerTechnologyMasks | None = member(Nested(DataBearerTechnologyMasks), tlv=0x1d, required=False, default=None)
    data_call_status: DataCallStatus | None = member(Int(1, enum=DataCallStatus), tlv=0x1f, required=False, default=None)
    preferred_data_system: DataSystem | None = member(Int(4, enum=DataSystem), tlv=0x20, required=False, default=None)
    data_call_type: EventReportIndicationDataCallType | None = member(Nested(EventReportIndicationDataCallType), tlv=0x22, required=False, default=None)
    evdo_page_monitor_period_change: EventReportIndicationEvdoPageMonitorPeriodChange | None = member(Nested(EventReportIndicationEvdoPageMonitorPeriodChange), tlv=0x23, required=False, default=None)
    data_systems: EventReportIndicationDataSystems | None = member(Nested(EventReportIndicationDataSystems), tlv=0x24, required=False, default=None)
    tx_packets_dropped: int | None = member(U32, tlv=0x25, required=False, default=None)
    rx_packets_dropped: int | None = member(U32, tlv=0x26, required=False, default=None)
    uplink_flow_control_enabled: bool | None = member(Bool(), tlv=0x27, required=False, default=None)
    data_call_address_family: IpFamily | None = member(Int(4, enum=IpFamily), tlv=0x28, required=False, default=None)
    pdn_filters_removed: EventReportIndicationPdnFiltersRemoved | None = member(Nested(EventReportIndicationPdnFiltersRemoved), tlv=0x29, required=False, default=None)
    extended_data_bearer_technology: EventReportIndicationExtendedDataBearerTechnology | None = member(Nested(EventReportIndicationExtendedDataBearerTechnology), tlv=0x2a, required=False, default=None)


class CreateProfileResponse(Response):
    """WDS 0x0027: the answer to :class:`CreateProfile`."""

    service = 0x01
    service_name = "wds"
    id = 0x0027
    message = "create-profile"
    profile_identifier: ProfileId = member(Nested(ProfileId), tlv=0x01)
    extended_error_code: DsProfileError | None = member(Int(2, enum=DsProfileError), tlv=0xe0, required=False, expected=parse_condition('result.error == extended-internal'), default=None)


class CreateProfile(Request[CreateProfileResponse]):
    """WDS 0x0027: Store a new connection profile in the modem."""

    service = 0x01
    service_name = "wds"
    id = 0x0027
    message = "create-profile"
    response = CreateProfileResponse
    profile_type: ProfileType = member(Int(1, enum=ProfileType), tlv=0x01)
    profile_name: str | None = member(Text(), tlv=0x10, required=False, default=None)
    pdp_type: PdpType | None = member(Int(1, enum=PdpType), tlv=0x11, required=False, default=None)
    pdp_header_compression_type: PdpHeaderCompressionType | None = member(Int(1, enum=PdpHeaderCompressionType), tlv=0x12, required=False, default=None)
    pdp_data_compression_type: PdpDataCompressionType | None = member(Int(1, enum=PdpDataCompressionType), tlv=0x13, required=False, default=None)
    apn_name: str | None = member(Text(), tlv=0x14, required=False, default=None)
    primary_ipv4_dns_address: IPv4Address | None = member(IPv4(swapped=True), tlv=0x15, required=False, default=None)
    secondary_ipv4_dns_address: IPv4Address | None = member(IPv4(swapped=True), tlv=0x16, required=False, default=None)
    umts_requested_qos: UmtsQos | None = member(Nested(UmtsQos), tlv=0x17, required=False, default=None)
    umts_minimum_qos: UmtsQos | None = member(Nested(UmtsQos), tlv=0x18, required=False, default=None)
    gprs_requested_qos: GprsQos | None = member(Nested(GprsQos), tlv=0x19, required=False, default=None)
    gprs_minimum_qos: GprsQos | None = member(Nested(GprsQos), tlv=0x1a, required=False, default=None)
    username: str | None = member(Text(), tlv=0x1b, required=False, personal=True, default=None)
    password: str | None = member(Text(), tlv=0x1c, required=False, personal=True, default=None)
    authentication: Authentication | None = member(Int(1, enum=Authentication), tlv=0x1d, required=False, default=None)
    ipv4_address_preference: IPv4Address | None = member(IPv4(swapped=True), tlv=0x1e, required=False, default=None)
    pcscf_address_using_pco: bool | None = member(Bool(), tlv=0x1f, required=False, default=None)
    pdp_access_control: PdpAccessControl | None = member(Int(1, enum=PdpAccessControl), tlv=0x20, required=False, default=None)
    pcscf_address_using_dhcp: bool | None = member(Bool(), tlv=0x21, required=False, default=None)
    imcn_flag: bool | None = member(Bool(), tlv=0x22, required=False, default=None)
    pdp_context_number: int | None = member(U8, tlv=0x25, required=False, default=None)
    pdp_context_secondary_flag: bool | None = member(Bool(), tlv=0x26, required=False, default=None)
    pdp_context_primary_id: int | None = member(U8, tlv=0x27, required=False, default=None)
    ipv6_address_preference: Ipv6AddressPreference | None = member(Nested(Ipv6AddressPreference), tlv=0x28, required=False, default=None)
    umts_requested_qos_with_signaling_indication_flag: UmtsQosSignaling | None = member(Nested(UmtsQosSignaling), tlv=0x29, required=False, default=None)
    umts_minimum_qos_with_signaling_indication_flag: UmtsQosSignaling | None = member(Nested(UmtsQosSignaling), tlv=0x2a, required=False, default=None)
    ipv6_primary_dns_address_preference: IPv6Address | None = member(IPv6(), tlv=0x2b, required=False, default=None)
    ipv6_secondary_dns_address_preference: IPv6Address | None = member(IPv6(), tlv=0x2c, required=False, default=None)
    address_allocation_preference: AddressAllocationPreference | None = member(Int(1, enum=AddressAllocationPreference), tlv=0x2d, required=False, default=None)
    lte_qos_parameters: LteQos | None = member(Nested(LteQos), tlv=0x2e, required=False, default=None)
    apn_disabled_flag: bool | None = member(Bool(), tlv=0x2f, required=False, default=None)
    roaming_disallowed_flag: bool | None = member(Bool(), tlv=0x3e, required=False, default=None)
    vlan_id_type: VlanIdRange | None = member(Nested(VlanIdRange), tlv=0x50, required=False, default=None)
    apn_type_mask: ApnTypeMask | None = member(Int(8, enum=ApnTypeMask), tlv=0xdd, required=False, default=None)


class ModifyProfileResponse(Response):
    """WDS 0x0028: the answer to :class:`ModifyProfile`."""

    service = 0x01
    service_name = "wds"
    id = 0x0028
    message = "modify-profile"
    extended_error_code: DsProfileError | None = member(Int(2, enum=DsProfileError), tlv=0xe0, required=False, expected=parse_condition('result.error == extended-internal'), default=None)


class ModifyProfile(Request[ModifyProfileResponse]):
    """WDS 0x0028: Change settings of a stored connection profile."""

    service = 0x01
    service_name = "wds"
    id = 0x0028
    message = "modify-profile"
    response = ModifyProfileResponse
    profile_identifier: ProfileId = member(Nested(ProfileId), tlv=0x01)
    profile_name: str | None = member(Text(), tlv=0x10, required=False, default=None)
    pdp_type: PdpType | None = member(Int(1, enum=PdpType), tlv=0x11, required=False, default=None)
    pdp_header_compression_type: PdpHeaderCompressionType | None = member(Int(1, enum=PdpHeaderCompressionType), tlv=0x12, required=False, default=None)
    pdp_data_compression_type: PdpDataCompressionType | None = member(Int(1, enum=PdpDataCompressionType), tlv=0x13, required=False, default=None)
    apn_name: str | None = member(Text(), tlv=0x14, required=False, default=None)
    primary_ipv4_dns_address: IPv4Address | None = member(IPv4(swapped=True), tlv=0x15, required=False, default=None)
    secondary_ipv4_dns_address: IPv4Address | None = member(IPv4(swapped=True), tlv=0x16, required=False, default=None)
    umts_requested_qos: UmtsQos | None = member(Nested(UmtsQos), tlv=0x17, required=False, default=None)
    umts_minimum_qos: UmtsQos | None = member(Nested(UmtsQos), tlv=0x18, required=False, default=None)
    gprs_requested_qos: GprsQos | None = member(Nested(GprsQos), tlv=0x19, required=False, default=None)
    gprs_minimum_qos: GprsQos | None = member(Nested(GprsQos), tlv=0x1a, required=False, default=None)
    username: str | None = member(Text(), tlv=0x1b, required=False, personal=True, default=None)
    password: str | None = member(Text(), tlv=0x1c, required=False, personal=True, default=None)
    authentication: Authentication | None = member(Int(1, enum=Authentication), tlv=0x1d, required=False, default=None)
    ipv4_address_preference: IPv4Address | None = member(IPv4(swapped=True), tlv=0x1e, required=False, default=None)
    pcscf_address_using_pco: bool | None = member(Bool(), tlv=0x1f, required=False, default=None)
    pdp_access_control: PdpAccessControl | None = member(Int(1, enum=PdpAccessControl), tlv=0x20, required=False, default=None)
    pcscf_address_using_dhcp: bool | None = member(Bool(), tlv=0x21, required=False, default=None)
    imcn_flag: bool | None = member(Bool(), tlv=0x22, required=False, default=None)
    pdp_context_number: int | None = member(U8, tlv=0x25, required=False, default=None)
    pdp_context_secondary_flag: bool | None = member(Bool(), tlv=0x26, required=False, default=None)
    pdp_context_primary_id: int | None = member(U8, tlv=0x27, required=False, default=None)
    ipv6_address_preference: Ipv6AddressPreference | None = member(Nested(Ipv6AddressPreference), tlv=0x28, required=False, default=None)
    umts_requested_qos_with_signaling_indication_flag: UmtsQosSignaling | None = member(Nested(UmtsQosSignaling), tlv=0x29, required=False, default=None)
    umts_minimum_qos_with_signaling_indication_flag: UmtsQosSignaling | None = member(Nested(UmtsQosSignaling), tlv=0x2a, required=False, default=None)
    ipv6_primary_dns_address_preference: IPv6Address | None = member(IPv6(), tlv=0x2b, required=False, default=None)
    ipv6_secondary_dns_address_preference: IPv6Address | None = member(IPv6(), tlv=0x2c, required=False, default=None)
    address_allocation_preference: AddressAllocationPreference | None = member(Int(1, enum=AddressAllocationPreference), tlv=0x2d, required=False, default=None)
    lte_qos_parameters: LteQos | None = member(Nested(LteQos), tlv=0x2e, required=False, default=None)
    apn_disabled_flag: bool | None = member(Bool(), tlv=0x2f, required=False, default=None)
    roaming_disallowed_flag: bool | None = member(Bool(), tlv=0x3e, required=False, default=None)
    vlan_id_type: VlanIdRange | None = member(Nested(VlanIdRange), tlv=0x50, required=False, default=None)
    apn_type_mask: ApnTypeMask | None = member(Int(8, enum=ApnTypeMask), tlv=0xdd, required=False, default=None)
    clat_enabled: bool | None = member(Bool(), tlv=0xde, required=False, default=None)
    ipv6_prefix_delegation: bool | None = member(Bool(), tlv=0xdf, required=False, default=None)


class DeleteProfileResponse(Response):
    """WDS 0x0029: the answer to :class:`DeleteProfile`."""

    service = 0x01
    service_name = "wds"
    id = 0x0029
    message = "delete-profile"
    extended_error_code: DsProfileError | None = member(Int(2, enum=DsProfileError), tlv=0xe0, required=False, expected=parse_condition('result.error == extended-internal'), default=None)


class DeleteProfile(Request[DeleteProfileResponse]):
    """WDS 0x0029: Remove a stored connection profile."""

    service = 0x01
    service_name = "wds"
    id = 0x0029
    message = "delete-profile"
    response = DeleteProfileResponse
    profile_identifier: ProfileId = member(Nested(ProfileId), tlv=0x01)


class GetProfileListResponse(Response):
    """WDS 0x002a: the answer to :class:`GetProfileList`."""

    service = 0x01
    service_name = "wds"
    id = 0x002a
    message = "get-profile-list"
    profile_list: list[ProfileEntry] = member(Array(Nested(ProfileEntry), count=U8), tlv=0x01)
    extended_error_code: DsProfileError | None = member(Int(2, enum=DsProfileError), tlv=0xe0, required=False, expected=parse_condition('result.error == extended-internal'), default=None)


class GetProfileList(Request[GetProfileListResponse]):
    """WDS 0x002a: List the connection profiles that are stored."""

    service = 0x01
    service_name = "wds"
    id = 0x002a
    message = "get-profile-list"
    response = GetProfileListResponse
    profile_type: ProfileType | None = member(Int(1, enum=ProfileType), tlv=0x10, required=False, default=None)


class GetProfileSettingsResponse(Response):
    """WDS 0x002b: the answer to :class:`GetProfileSettings`."""

    service = 0x01
    service_name = "wds"
    id = 0x002b
    message = "get-profile-settings"
    profile_name: str | None = member(Text(), tlv=0x10, required=False, default=None)
    pdp_type: PdpType | None = member(Int(1, enum=PdpType), tlv=0x11, required=False, default=None)
    pdp_header_compression_type: PdpHeaderCompressionType | None = member(Int(1, enum=PdpHeaderCompressionType), tlv=0x12, required=False, default=None)
    pdp_data_compression_type: PdpDataCompressionType | None = member(Int(1, enum=PdpDataCompressionType), tlv=0x13, required=False, default=None)
    apn_name: str | None = member(Text(), tlv=0x14, required=False, default=None)
    primary_ipv4_dns_address: IPv4Address | None = member(IPv4(swapped=True), tlv=0x15, required=False, default=None)
    secondary_ipv4_dns_address: IPv4Address | None = member(IPv4(swapped=True), tlv=0x16, required=False, default=None)
    umts_requested_qos: UmtsQos | None = member(Nested(UmtsQos), tlv=0x17, required=False, default=None)
    umts_minimum_qos: UmtsQos | None = member(Nested(UmtsQos), tlv=0x18, required=False, default=None)
    gprs_requested_qos: GprsQos | None = member(Nested(GprsQos), tlv=0x19, required=False, default=None)
    gprs_minimum_qos: GprsQos | None = member(Nested(GprsQos), tlv=0x1a, required=False, default=None)
    username: str | None = member(Text(), tlv=0x1b, required=False, personal=True, default=None)
    password: str | None = member(Text(), tlv=0x1c, required=False, personal=True, default=None)
    authentication: Authentication | None = member(Int(1, enum=Authentication), tlv=0x1d, required=False, default=None)
    ipv4_address_preference: IPv4Address | None = member(IPv4(swapped=True), tlv=0x1e, required=False, default=None)
    pcscf_address_using_pco: bool | None = member(Bool(), tlv=0x1f, required=False, default=None)
    pdp_access_control: PdpAccessControl | None = member(Int(1, enum=PdpAccessControl), tlv=0x20, required=False, default=None)
    pcscf_address_using_dhcp: bool | None = member(Bool(), tlv=0x21, required=False, default=None)
    imcn_flag: bool | None = member(Bool(), tlv=0x22, required=False, default=None)
    pdp_context_number: int | None = member(U8, tlv=0x25, required=False, default=None)
    pdp_context_secondary_flag: bool | None = member(Bool(), tlv=0x26, required=False, default=None)
    pdp_context_primary_id: int | None = member(U8, tlv=0x27, required=False, default=None)
    ipv6_address_preference: Ipv6AddressPreference | None = member(Nested(Ipv6AddressPreference), tlv=0x28, required=False, default=None)
    umts_requested_qos_with_signaling_indication_flag: UmtsQosSignaling | None = member(Nested(UmtsQosSignaling), tlv=0x29, required=False, default=None)
    umts_minimum_qos_with_signaling_indication_flag: UmtsQosSignaling | None = member(Nested(UmtsQosSignaling), tlv=0x2a, required=False, default=None)
    ipv6_primary_dns_address_preference: IPv6Address | None = member(IPv6(), tlv=0x2b, required=False, default=None)
    ipv6_secondary_dns_address_preference: IPv6Address | None = member(IPv6(), tlv=0x2c, required=False, default=None)
    address_allocation_preference: AddressAllocationPreference | None = member(Int(1, enum=AddressAllocationPreference), tlv=0x2d, required=False, default=None)
    lte_qos_parameters: LteQos | None = member(Nested(LteQos), tlv=0x2e, required=False, default=None)
    apn_disabled_flag: bool | None = member(Bool(), tlv=0x2f, required=False, default=None)
    roaming_disallowed_flag: bool | None = member(Bool(), tlv=0x3e, required=False, default=None)
    vlan_id_type: VlanIdRange | None = member(Nested(VlanIdRange), tlv=0x50, required=False, default=None)
    apn_type_mask: ApnTypeMask | None = member(Int(8, enum=ApnTypeMask), tlv=0xdd, required=False, default=None)
    clat_enabled: bool | None = member(Bool(), tlv=0xde, required=False, default=None)
    ipv6_prefix_delegation: bool | None = member(Bool(), tlv=0xdf, required=False, default=None)
    extended_error_code: DsProfileError | None = member(Int(2, enum=DsProfileError), tlv=0xe0, required=False, expected=parse_condition('result.error == extended-internal'), default=None)


class GetProfileSettings(Request[GetProfileSettingsResponse]):
    """WDS 0x002b: Read the settings of one connection profile."""

    service = 0x01
    service_name = "wds"
    id = 0x002b
    message = "get-profile-settings"
    response = GetProfileSettingsResponse
    profile_id: ProfileId = member(Nested(ProfileId), tlv=0x01)


class GetDefaultSettingsResponse(Response):
    """WDS 0x002c: the answer to :class:`GetDefaultSettings`."""

    service = 0x01
    service_name = "wds"
    id = 0x002c
    message = "get-default-settings"
    profile_name: str | None = member(Text(), tlv=0x10, required=False, default=None)
    pdp_type: PdpType | None = member(Int(1, enum=PdpType), tlv=0x11, required=False, default=None)
    pdp_header_compression_type: PdpHeaderCompressionType | None = member(Int(1, enum=PdpHeaderCompressionType), tlv=0x12, required=False, default=None)
    pdp_data_compression_type: PdpDataCompressionType | None = member(Int(1, enum=PdpDataCompressionType), tlv=0x13, required=False, default=None)
    apn_name: str | None = member(Text(), tlv=0x14, required=False, default=None)
    primary_ipv4_dns_address: IPv4Address | None = member(IPv4(swapped=True), tlv=0x15, required=False, default=None)
    secondary_ipv4_dns_address: IPv4Address | None = member(IPv4(swapped=True), tlv=0x16, required=False, default=None)
    umts_requested_qos: UmtsQos | None = member(Nested(UmtsQos), tlv=0x17, required=False, default=None)
    umts_minimum_qos: UmtsQos | None = member(Nested(UmtsQos), tlv=0x18, required=False, default=None)
    gprs_requested_qos: GprsQos | None = member(Nested(GprsQos), tlv=0x19, required=False, default=None)
    gprs_minimum_qos: GprsQos | None = member(Nested(GprsQos), tlv=0x1a, required=False, default=None)
    username: str | None = member(Text(), tlv=0x1b, required=False, personal=True, default=None)
    password: str | None = member(Text(), tlv=0x1c, required=False, personal=True, default=None)
    authentication: Authentication | None = member(Int(1, enum=Authentication), tlv=0x1d, required=False, default=None)
    ipv4_address_preference: IPv4Address | None = member(IPv4(swapped=True), tlv=0x1e, required=False, default=None)
    pcscf_address_using_pco: bool | None = member(Bool(), tlv=0x1f, required=False, default=None)
    pdp_access_control: PdpAccessControl | None = member(Int(1, enum=PdpAccessControl), tlv=0x20, required=False, default=None)
    pcscf_address_using_dhcp: bool | None = member(Bool(), tlv=0x21, required=False, default=None)
    imcn_flag: bool | None = member(Bool(), tlv=0x22, required=False, default=None)
    pdp_context_number: int | None = member(U8, tlv=0x25, required=False, default=None)
    pdp_context_secondary_flag: bool | None = member(Bool(), tlv=0x26, required=False, default=None)
    pdp_context_primary_id: int | None = member(U8, tlv=0x27, required=False, default=None)
    ipv6_address_preference: Ipv6AddressPreference | None = member(Nested(Ipv6AddressPreference), tlv=0x28, required=False, default=None)
    umts_requested_qos_with_signaling_indication_flag: UmtsQosSignaling | None = member(Nested(UmtsQosSignaling), tlv=0x29, required=False, default=None)
    umts_minimum_qos_with_signaling_indication_flag: UmtsQosSignaling | None = member(Nested(UmtsQosSignaling), tlv=0x2a, required=False, default=None)
    ipv6_primary_dns_address_preference: IPv6Address | None = member(IPv6(), tlv=0x2b, required=False, default=None)
    ipv6_secondary_dns_address_preference: IPv6Address | None = member(IPv6(), tlv=0x2c, required=False, default=None)
    address_allocation_preference: AddressAllocationPreference | None = member(Int(1, enum=AddressAllocationPreference), tlv=0x2d, required=False, default=None)
    lte_qos_parameters: LteQos | None = member(Nested(LteQos), tlv=0x2e, required=False, default=None)
    apn_disabled_flag: bool | None = member(Bool(), tlv=0x2f, required=False, default=None)
    vlan_id_type: VlanIdRange | None = member(Nested(VlanIdRange), tlv=0x50, required=False, default=None)
    extended_error_code: DsProfileError | None = member(Int(2, enum=DsProfileError), tlv=0xe0, required=False, expected=parse_condition('result.error == extended-internal'), default=None)


class GetDefaultSettings(Request[GetDefaultSettingsResponse]):
    """WDS 0x002c: Read the settings that a new profile starts with."""

    service = 0x01
    service_name = "wds"
    id = 0x002c
    message = "get-default-settings"
    response = GetDefaultSettingsResponse
    profile_type: ProfileType = member(Int(1, enum=ProfileType), tlv=0x01)


class GetDefaultProfileNumberResponse(Response):
    """WDS 0x0049: the answer to :class:`GetDefaultProfileNumber`."""

    service = 0x01
    service_name = "wds"
    id = 0x0049
    message = "get-default-profile-number"
    index: int = member(U8, tlv=0x01)
    extended_error_code: DsProfileError | None = member(Int(2, enum=DsProfileError), tlv=0xe0, required=False, expected=parse_condition('result.error == extended-internal'), default=None)


class GetDefaultProfileNumberProfileType(Struct):
    type: ProfileType = member(Int(1, enum=ProfileType))
    family: ProfileFamily = member(Int(1, enum=ProfileFamily))


class GetDefaultProfileNumber(Request[GetDefaultProfileNumberResponse]):
    """WDS 0x0049: Read which profile is used when none is named."""

    service = 0x01
    service_name = "wds"
    id = 0x0049
    message = "get-default-profile-number"
    response = GetDefaultProfileNumberResponse
    profile_type: GetDefaultProfileNumberProfileType = member(Nested(GetDefaultProfileNumberProfileType), tlv=0x01)


class SetDefaultProfileNumberResponse(Response):
    """WDS 0x004a: the answer to :class:`SetDefaultProfileNumber`."""

    service = 0x01
    service_name = "wds"
    id = 0x004a
    message = "set-default-profile-number"
    extended_error_code: DsProfileError | None = member(Int(2, enum=DsProfileError), tlv=0xe0, required=False, expected=parse_condition('result.error == extended-internal'), default=None)


class SetDefaultProfileNumberProfileIdentifier(Struct):
    type: ProfileType = member(Int(1, enum=ProfileType))
    family: ProfileFamily = member(Int(1, enum=ProfileFamily))
    index: int = member(U8)


class SetDefaultProfileNumber(Request[SetDefaultProfileNumberResponse]):
    """WDS 0x004a: Choose the profile that is used when none is named."""

    service = 0x01
    service_name = "wds"
    id = 0x004a
    message = "set-default-profile-number"
    response = SetDefaultProfileNumberResponse
    profile_identifier: SetDefaultProfileNumberProfileIdentifier = member(Nested(SetDefaultProfileNumberProfileIdentifier), tlv=0x01)


class ConfigureProfileEventListResponse(Response):
    """WDS 0x00a7: the answer to :class:`ConfigureProfileEventList`."""

    service = 0x01
    service_name = "wds"
    id = 0x00a7
    message = "configure-profile-event-list"


class ConfigureProfileEventList(Request[ConfigureProfileEventListResponse]):
    """WDS 0x00a7: Name the profiles whose changes shall be reported."""

    service = 0x01
    service_name = "wds"
    id = 0x00a7
    message = "configure-profile-event-list"
    response = ConfigureProfileEventListResponse
    register: list[ProfileId] | None = member(Array(Nested(ProfileId), count=U8), tlv=0x10, required=False, default=None)


class SwiCreateProfileIndexedResponse(Response):
    """WDS 0x5558: the answer to :class:`SwiCreateProfileIndexed`."""

    service = 0x01
    service_name = "wds"
    id = 0x5558
    message = "swi-create-profile-indexed"
    profile_identifier: ProfileId = member(Nested(ProfileId), tlv=0x01)


class SwiCreateProfileIndexed(Request[SwiCreateProfileIndexedResponse]):
    """WDS 0x5558: Store a profile under a chosen number (Sierra Wireless)."""

    service = 0x01
    service_name = "wds"
    id = 0x5558
    message = "swi-create-profile-indexed"
    response = SwiCreateProfileIndexedResponse
    profile_identifier: ProfileId = member(Nested(ProfileId), tlv=0x01)
    profile_name: str | None = member(Text(), tlv=0x10, required=False, default=None)
    pdp_type: PdpType | None = member(Int(1, enum=PdpType), tlv=0x11, required=False, default=None)
    apn_name: str | None = member(Text(), tlv=0x14, required=False, default=None)
    primary_ipv4_dns_address: IPv4Address | None = member(IPv4(swapped=True), tlv=0x15, required=False, default=None)
    secondary_ipv4_dns_address: IPv4Address | None = member(IPv4(swapped=True), tlv=0x16, required=False, default=None)
    username: str | None = member(Text(), tlv=0x1b, required=False, personal=True, default=None)
    password: str | None = member(Text(), tlv=0x1c, required=False, personal=True, default=None)
    authentication: Authentication | None = member(Int(1, enum=Authentication), tlv=0x1d, required=False, default=None)
    ipv4_address_preference: IPv4Address | None = member(IPv4(swapped=True), tlv=0x1e, required=False, default=None)
    pdp_context_number: int | None = member(U8, tlv=0x25, required=False, default=None)
    apn_disabled_flag: bool | None = member(Bool(), tlv=0x2f, required=False, default=None)
    roaming_disallowed_flag: bool | None = member(Bool(), tlv=0x3e, required=False, default=None)


class ProfileChangedIndicationProfileEvent(Struct):
    profile_type: ProfileType = member(Int(1, enum=ProfileType))
    profile_index: int = member(U8)
    change_event: ProfileChangeEvent = member(Int(1, enum=ProfileChangeEvent))


class ProfileChangedIndication(Indication):
    """WDS 0x00a8: A profile was made, changed or removed."""

    service = 0x01
    service_name = "wds"
    id = 0x00a8
    message = "profile-changed"
    profile_event: ProfileChangedIndicationProfileEvent | None = member(Nested(ProfileChangedIndicationProfileEvent), tlv=0x10, required=False, default=None)
