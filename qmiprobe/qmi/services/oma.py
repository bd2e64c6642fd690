# SPDX-License-Identifier: GPL-2.0-or-later OR MIT
# Do not edit: made from protocols/qmi/oma.toml
# by python -m qmiprobe._codegen
"""Open Mobile Alliance device management: provisioning sessions with the operator."""

from __future__ import annotations

from typing import ClassVar
from qmiprobe._arrays import Nested
from qmiprobe._condition import parse_condition
from qmiprobe._enums import OpenEnum
from qmiprobe._message import Indication, Request, Response, Struct, member
from qmiprobe._text import U16, U8
from qmiprobe._types import Bool, Int

class SessionType(OpenEnum):
    CLIENT_INITIATED_DEVICE_CONFIGURE: ClassVar[SessionType]
    CLIENT_INITIATED_PRL_UPDATE: ClassVar[SessionType]
    CLIENT_INITIATED_HANDS_FREE_ACTIVATION: ClassVar[SessionType]
    DEVICE_INITIATED_HANDS_FREE_ACTIVATION: ClassVar[SessionType]
    NETWORK_INITIATED_PRL_UPDATE: ClassVar[SessionType]
    NETWORK_INITIATED_DEVICE_CONFIGURE: ClassVar[SessionType]
    DEVICE_INITIATED_PRL_UPDATE: ClassVar[SessionType]
    definition = "session-type"
    names = {
        0: "client-initiated-device-configure",
        1: "client-initiated-prl-update",
        2: "client-initiated-hands-free-activation",
        3: "device-initiated-hands-free-activation",
        4: "network-initiated-prl-update",
        5: "network-initiated-device-configure",
        6: "device-initiated-prl-update",
    }


class SessionState(OpenEnum):
    COMPLETE_INFORMATION_UPDATED: ClassVar[SessionState]
    COMPLETE_UPDATED_INFORMATION_UNAVAILABLE: ClassVar[SessionState]
    FAILED: ClassVar[SessionState]
    RETRYING: ClassVar[SessionState]
    CONNECTING: ClassVar[SessionState]
    CONNECTED: ClassVar[SessionState]
    AUTHENTICATED: ClassVar[SessionState]
    MDN_DOWNLOADED: ClassVar[SessionState]
    MSID_DOWNLOADED: ClassVar[SessionState]
    PRL_DOWNLOADED: ClassVar[SessionState]
    MIP_PROFILE_DOWNLOADED: ClassVar[SessionState]
    definition = "session-state"
    names = {
        0: "complete-information-updated",
        1: "complete-updated-information-unavailable",
        2: "failed",
        3: "retrying",
        4: "connecting",
        5: "connected",
        6: "authenticated",
        7: "mdn-downloaded",
        8: "msid-downloaded",
        9: "prl-downloaded",
        10: "mip-profile-downloaded",
    }


class SessionFailedReason(OpenEnum):
    UNKNOWN: ClassVar[SessionFailedReason]
    NETWORK_UNAVAILABLE: ClassVar[SessionFailedReason]
    SERVER_UNAVAILABLE: ClassVar[SessionFailedReason]
    AUTHENTICATION_FAILED: ClassVar[SessionFailedReason]
    MAX_RETRY_EXCEEDED: ClassVar[SessionFailedReason]
    SESSION_CANCELLED: ClassVar[SessionFailedReason]
    definition = "session-failed-reason"
    names = {
        0: "unknown",
        1: "network-unavailable",
        2: "server-unavailable",
        3: "authentication-failed",
        4: "max-retry-exceeded",
        5: "session-cancelled",
    }


class HfaFeatureDoneState(OpenEnum):
    NONE: ClassVar[HfaFeatureDoneState]
    SUCCEEDED: ClassVar[HfaFeatureDoneState]
    FAILED: ClassVar[HfaFeatureDoneState]
    definition = "hfa-feature-done-state"
    names = {
        0: "none",
        1: "succeeded",
        2: "failed",
    }


class NetworkInitiatedAlert(Struct):
    session_type: SessionType = member(Int(1, enum=SessionType))
    session_id: int = member(U16)


class ResetResponse(Response):
    """OMA 0x0000: the answer to :class:`Reset`."""

    service = 0xe2
    service_name = "oma"
    id = 0x0000
    message = "reset"


class Reset(Request[ResetResponse]):
    """OMA 0x0000: Forget this client's OMA state, event reports included."""

    service = 0xe2
    service_name = "oma"
    id = 0x0000
    message = "reset"
    response = ResetResponse


class SetEventReportResponse(Response):
    """OMA 0x0001: the answer to :class:`SetEventReport`."""

    service = 0xe2
    service_name = "oma"
    id = 0x0001
    message = "set-event-report"


class SetEventReport(Request[SetEventReportResponse]):
    """OMA 0x0001: Choose which events of device management are reported to this client."""

    service = 0xe2
    service_name = "oma"
    id = 0x0001
    message = "set-event-report"
    response = SetEventReportResponse
    network_initiated_alert_reporting: bool | None = member(Bool(), tlv=0x10, required=False, default=None)
    session_state_reporting: bool | None = member(Bool(), tlv=0x11, required=False, default=None)


class StartSessionResponse(Response):
    """OMA 0x0020: the answer to :class:`StartSession`."""

    service = 0xe2
    service_name = "oma"
    id = 0x0020
    message = "start-session"


class StartSession(Request[StartSessionResponse]):
    """OMA 0x0020: Start a device management session."""

    service = 0xe2
    service_name = "oma"
    id = 0x0020
    message = "start-session"
    response = StartSessionResponse
    session_type: SessionType | None = member(Int(1, enum=SessionType), tlv=0x10, required=False, default=None)


class CancelSessionResponse(Response):
    """OMA 0x0021: the answer to :class:`CancelSession`."""

    service = 0xe2
    service_name = "oma"
    id = 0x0021
    message = "cancel-session"


class CancelSession(Request[CancelSessionResponse]):
    """OMA 0x0021: Give the running session up."""

    service = 0xe2
    service_name = "oma"
    id = 0x0021
    message = "cancel-session"
    response = CancelSessionResponse


class GetSessionInfoResponseSessionInfo(Struct):
    session_state: SessionState = member(Int(1, enum=SessionState))
    session_type: SessionType = member(Int(1, enum=SessionType))


class GetSessionInfoResponseRetryInfo(Struct):
    retry_count: int = member(U8)
    retry_pause_timer: int = member(U16)
    retry_pause_timer_remaining: int = member(U16)


class GetSessionInfoResponse(Response):
    """OMA 0x0022: the answer to :class:`GetSessionInfo`."""

    service = 0xe2
    service_name = "oma"
    id = 0x0022
    message = "get-session-info"
    session_info: GetSessionInfoResponseSessionInfo | None = member(Nested(GetSessionInfoResponseSessionInfo), tlv=0x10, required=False, default=None)
    session_failed_reason: SessionFailedReason | None = member(Int(1, enum=SessionFailedReason), tlv=0x11, required=False, expected=parse_condition('session-info.session-state == failed'), default=None)
    retry_info: GetSessionInfoResponseRetryInfo | None = member(Nested(GetSessionInfoResponseRetryInfo), tlv=0x12, required=False, default=None)
    network_initiated_alert: NetworkInitiatedAlert | None = member(Nested(NetworkInitiatedAlert), tlv=0x13, required=False, default=None)


class GetSessionInfo(Request[GetSessionInfoResponse]):
    """OMA 0x0022: Read how the running or last session stands."""

    service = 0xe2
    service_name = "oma"
    id = 0x0022
    message = "get-session-info"
    response = GetSessionInfoResponse


class SendSelectionResponse(Response):
    """OMA 0x0023: the answer to :class:`SendSelection`."""

    service = 0xe2
    service_name = "oma"
    id = 0x0023
    message = "send-selection"


class SendSelectionNetworkInitiatedAlertSelection(Struct):
    control_point_selection_accept: bool = member(Bool())
    session_id: int = member(U16)


class SendSelection(Request[SendSelectionResponse]):
    """OMA 0x0023: Accept or refuse a session that the network asks for."""

    service = 0xe2
    service_name = "oma"
    id = 0x0023
    message = "send-selection"
    response = SendSelectionResponse
    network_initiated_alert_selection: SendSelectionNetworkInitiatedAlertSelection | None = member(Nested(SendSelectionNetworkInitiatedAlertSelection), tlv=0x10, required=False, default=None)


class GetFeatureSettingResponse(Response):
    """OMA 0x0024: the answer to :class:`GetFeatureSetting`."""

    service = 0xe2
    service_name = "oma"
    id = 0x0024
    message = "get-feature-setting"
    device_provisioning_service_update_config: bool | None = member(Bool(), tlv=0x10, required=False, default=None)
    prl_update_service_config: bool | None = member(Bool(), tlv=0x11, required=False, default=None)
    hfa_feature_config: bool | None = member(Bool(), tlv=0x12, required=False, default=None)
    hfa_feature_done_state: HfaFeatureDoneState | None = member(Int(1, enum=HfaFeatureDoneState), tlv=0x13, required=False, default=None)


class GetFeatureSetting(Request[GetFeatureSettingResponse]):
    """OMA 0x0024: Read which kinds of provisioning are allowed."""

    service = 0xe2
    service_name = "oma"
    id = 0x0024
    message = "get-feature-setting"
    response = GetFeatureSettingResponse


class SetFeatureSettingResponse(Response):
    """OMA 0x0025: the answer to :class:`SetFeatureSetting`."""

    service = 0xe2
    service_name = "oma"
    id = 0x0025
    message = "set-feature-setting"


class SetFeatureSetting(Request[SetFeatureSettingResponse]):
    """OMA 0x0025: Allow or forbid kinds of provisioning."""

    service = 0xe2
    service_name = "oma"
    id = 0x0025
    message = "set-feature-setting"
    response = SetFeatureSettingResponse
    device_provisioning_service_update_config: bool | None = member(Bool(), tlv=0x10, required=False, default=None)
    prl_update_service_config: bool | None = member(Bool(), tlv=0x11, required=False, default=None)
    hfa_feature_config: bool | None = member(Bool(), tlv=0x12, required=False, default=None)


class EventReportIndication(Indication):
    """OMA 0x0001: The operator asks for a session, or a session has changed."""

    service = 0xe2
    service_name = "oma"
    id = 0x0001
    message = "event-report"
    network_initiated_alert: NetworkInitiatedAlert | None = member(Nested(NetworkInitiatedAlert), tlv=0x10, required=False, default=None)
    session_state: SessionState | None = member(Int(1, enum=SessionState), tlv=0x11, required=False, default=None)
    session_fail_reason: SessionFailedReason | None = member(Int(1, enum=SessionFailedReason), tlv=0x12, required=False, default=None)
