# SPDX-License-Identifier: GPL-2.0-or-later OR MIT
# Do not edit: made from protocols/qmi/pds.toml
# by python -m qmiprobe._codegen
"""Position Determination Service of older modems: GPS sessions and NMEA."""

from __future__ import annotations

from ipaddress import IPv4Address
from typing import ClassVar
from qmiprobe._arrays import Nested
from qmiprobe._enums import OpenEnum, OpenFlags
from qmiprobe._message import Indication, Request, Response, Struct, member
from qmiprobe._text import Text, U16, U32, U8
from qmiprobe._types import Bool, Bytes, IPv4, Int

class OperationMode(OpenEnum):
    UNKNOWN: ClassVar[OperationMode]
    STANDALONE: ClassVar[OperationMode]
    MS_BASED: ClassVar[OperationMode]
    MS_ASSISTED: ClassVar[OperationMode]
    definition = "operation-mode"
    names = {
        -1: "unknown",
        0: "standalone",
        1: "ms-based",
        2: "ms-assisted",
    }


class PositionSessionStatus(OpenEnum):
    SUCCESS: ClassVar[PositionSessionStatus]
    IN_PROGRESS: ClassVar[PositionSessionStatus]
    GENERAL_FAILURE: ClassVar[PositionSessionStatus]
    TIMEOUT: ClassVar[PositionSessionStatus]
    USER_ENDED_SESSION: ClassVar[PositionSessionStatus]
    BAD_PARAMETER: ClassVar[PositionSessionStatus]
    PHONE_OFFLINE: ClassVar[PositionSessionStatus]
    ENGINE_LOCKED: ClassVar[PositionSessionStatus]
    E911_SESSION_IN_PROGRESS: ClassVar[PositionSessionStatus]
    definition = "position-session-status"
    names = {
        0: "success",
        1: "in-progress",
        2: "general-failure",
        3: "timeout",
        4: "user-ended-session",
        5: "bad-parameter",
        6: "phone-offline",
        7: "engine-locked",
        8: "e911-session-in-progress",
    }


class TrackingSessionState(OpenEnum):
    UNKNOWN: ClassVar[TrackingSessionState]
    INACTIVE: ClassVar[TrackingSessionState]
    ACTIVE: ClassVar[TrackingSessionState]
    definition = "tracking-session-state"
    names = {
        0: "unknown",
        1: "inactive",
        2: "active",
    }


class OperatingMode(OpenEnum):
    STANDALONE: ClassVar[OperatingMode]
    MS_BASED: ClassVar[OperatingMode]
    MS_ASSISTED: ClassVar[OperatingMode]
    definition = "operating-mode"
    names = {
        0: "standalone",
        1: "ms-based",
        2: "ms-assisted",
    }


class NetworkMode(OpenEnum):
    UMTS: ClassVar[NetworkMode]
    CDMA: ClassVar[NetworkMode]
    definition = "network-mode"
    names = {
        0: "umts",
        1: "cdma",
    }


class DataValid(OpenFlags):
    TIMESTAMP_CALENDAR: ClassVar[DataValid]
    TIMESTAMP_UTC: ClassVar[DataValid]
    LEAP_SECONDS: ClassVar[DataValid]
    TIME_UNCERTAINTY: ClassVar[DataValid]
    LATITUDE: ClassVar[DataValid]
    LONGITUDE: ClassVar[DataValid]
    ELLIPSOID_ALTITUDE: ClassVar[DataValid]
    MEAN_SEA_LEVEL_ALTITUDE: ClassVar[DataValid]
    HORIZONTAL_SPEED: ClassVar[DataValid]
    VERTICAL_SPEED: ClassVar[DataValid]
    HEADING: ClassVar[DataValid]
    HORIZONTAL_UNCERTAINTY_CIRCULAR: ClassVar[DataValid]
    HORIZONTAL_UNCERTAINTY_ELLIPSE_SEMI_MAJOR: ClassVar[DataValid]
    HORIZONTAL_UNCERTAINTY_ELLIPSE_SEMI_MINOR: ClassVar[DataValid]
    HORIZONTAL_UNCERTAINTY_ELLIPSE_ORIENT_AZIMUTH: ClassVar[DataValid]
    VERTICAL_UNCERTAINTY: ClassVar[DataValid]
    HORIZONTAL_VELOCITY_UNCERTAINTY: ClassVar[DataValid]
    VERTICAL_VELOCITY_UNCERTAINTY: ClassVar[DataValid]
    HORIZONTAL_CONFIDENCE: ClassVar[DataValid]
    POSITION_DOP: ClassVar[DataValid]
    HORIZONTAL_DOP: ClassVar[DataValid]
    VERTICAL_DOP: ClassVar[DataValid]
    OPERATING_MODE: ClassVar[DataValid]
    definition = "data-valid"
    names = {
        0x1: "timestamp-calendar",
        0x2: "timestamp-utc",
        0x4: "leap-seconds",
        0x8: "time-uncertainty",
        0x10: "latitude",
        0x20: "longitude",
        0x40: "ellipsoid-altitude",
        0x80: "mean-sea-level-altitude",
        0x100: "horizontal-speed",
        0x200: "vertical-speed",
        0x400: "heading",
        0x800: "horizontal-uncertainty-circular",
        0x1000: "horizontal-uncertainty-ellipse-semi-major",
        0x2000: "horizontal-uncertainty-ellipse-semi-minor",
        0x4000: "horizontal-uncertainty-ellipse-orient-azimuth",
        0x8000: "vertical-uncertainty",
        0x10000: "horizontal-velocity-uncertainty",
        0x20000: "vertical-velocity-uncertainty",
        0x40000: "horizontal-confidence",
        0x80000: "position-dop",
        0x100000: "horizontal-dop",
        0x200000: "vertical-dop",
        0x400000: "operating-mode",
    }


class TrackingSession(Struct):
    session_operation: OperatingMode = member(Int(1, enum=OperatingMode))
    position_data_timeout: int = member(U8, unit='s')
    interval: int = member(U32, unit='s')
    accuracy_threshold: int = member(U32, unit='m')


class LocationServer(Struct):
    ip: IPv4Address = member(IPv4(swapped=True))
    port: int = member(U32)


class AutoTrackingState(Struct):
    auto_tracking_state: bool = member(Bool())


class ResetResponse(Response):
    """PDS 0x0000: the answer to :class:`Reset`."""

    service = 0x06
    service_name = "pds"
    id = 0x0000
    message = "reset"


class Reset(Request[ResetResponse]):
    """PDS 0x0000: Forget this client's PDS state, event reports included."""

    service = 0x06
    service_name = "pds"
    id = 0x0000
    message = "reset"
    response = ResetResponse


class SetEventReportResponse(Response):
    """PDS 0x0001: the answer to :class:`SetEventReport`."""

    service = 0x06
    service_name = "pds"
    id = 0x0001
    message = "set-event-report"


class SetEventReport(Request[SetEventReportResponse]):
    """PDS 0x0001: Choose which events of positioning are reported to this client."""

    service = 0x06
    service_name = "pds"
    id = 0x0001
    message = "set-event-report"
    response = SetEventReportResponse
    nmea_position_reporting: bool | None = member(Bool(), tlv=0x10, required=False, default=None)
    extended_nmea_position_reporting: bool | None = member(Bool(), tlv=0x11, required=False, default=None)
    parsed_position_reporting: bool | None = member(Bool(), tlv=0x12, required=False, default=None)
    external_xtra_data_request_reporting: bool | None = member(Bool(), tlv=0x13, required=False, default=None)
    external_time_injection_request_reporting: bool | None = member(Bool(), tlv=0x14, required=False, default=None)
    external_wifi_position_request_reporting: bool | None = member(Bool(), tlv=0x15, required=False, default=None)
    satellite_information_reporting: bool | None = member(Bool(), tlv=0x16, required=False, default=None)
    vx_network_initiated_request_reporting: bool | None = member(Bool(), tlv=0x17, required=False, default=None)
    supl_network_initiated_prompt_reporting: bool | None = member(Bool(), tlv=0x18, required=False, default=None)
    umts_cp_network_initiated_prompt_reporting: bool | None = member(Bool(), tlv=0x19, required=False, default=None)
    pds_comm_event_reporting: bool | None = member(Bool(), tlv=0x1a, required=False, default=None)
    accelerometer_data_streaming_ready_reporting: bool | None = member(Bool(), tlv=0x1b, required=False, default=None)
    gyro_data_streaming_ready_reporting: bool | None = member(Bool(), tlv=0x1c, required=False, default=None)
    time_sync_request_reporting: bool | None = member(Bool(), tlv=0x1d, required=False, default=None)
    position_reliability_indicator_reporting: bool | None = member(Bool(), tlv=0x1e, required=False, default=None)
    sensor_data_usage_indicator_reporting: bool | None = member(Bool(), tlv=0x1f, required=False, default=None)
    time_source_information_reporting: bool | None = member(Bool(), tlv=0x20, required=False, default=None)
    heading_uncertainty_reporting: bool | None = member(Bool(), tlv=0x21, required=False, default=None)
    nmea_debug_strings_reporting: bool | None = member(Bool(), tlv=0x22, required=False, default=None)
    extended_external_xtra_data_request_reporting: bool | None = member(Bool(), tlv=0x23, required=False, default=None)


class GetGpsServiceStateResponseState(Struct):
    gps_service_state: bool = member(Bool())
    tracking_session_state: TrackingSessionState = member(Int(1, enum=TrackingSessionState))


class GetGpsServiceStateResponse(Response):
    """PDS 0x0020: the answer to :class:`GetGpsServiceState`."""

    service = 0x06
    service_name = "pds"
    id = 0x0020
    message = "get-gps-service-state"
    state: GetGpsServiceStateResponseState = member(Nested(GetGpsServiceStateResponseState), tlv=0x01)


class GetGpsServiceState(Request[GetGpsServiceStateResponse]):
    """PDS 0x0020: Read whether GPS is on and a session runs."""

    service = 0x06
    service_name = "pds"
    id = 0x0020
    message = "get-gps-service-state"
    response = GetGpsServiceStateResponse


class SetGpsServiceStateResponse(Response):
    """PDS 0x0021: the answer to :class:`SetGpsServiceState`."""

    service = 0x06
    service_name = "pds"
    id = 0x0021
    message = "set-gps-service-state"


class SetGpsServiceStateState(Struct):
    gps_service_state: bool = member(Bool())


class SetGpsServiceState(Request[SetGpsServiceStateResponse]):
    """PDS 0x0021: Switch GPS on or off."""

    service = 0x06
    service_name = "pds"
    id = 0x0021
    message = "set-gps-service-state"
    response = SetGpsServiceStateResponse
    state: SetGpsServiceStateState = member(Nested(SetGpsServiceStateState), tlv=0x01)


class GetDefaultTrackingSessionResponse(Response):
    """PDS 0x0029: the answer to :class:`GetDefaultTrackingSession`."""

    service = 0x06
    service_name = "pds"
    id = 0x0029
    message = "get-default-tracking-session"
    info: TrackingSession = member(Nested(TrackingSession), tlv=0x01)


class GetDefaultTrackingSession(Request[GetDefaultTrackingSessionResponse]):
    """PDS 0x0029: Read how a tracking session runs unless told otherwise."""

    service = 0x06
    service_name = "pds"
    id = 0x0029
    message = "get-default-tracking-session"
    response = GetDefaultTrackingSessionResponse


class SetDefaultTrackingSessionResponse(Response):
    """PDS 0x002a: the answer to :class:`SetDefaultTrackingSession`."""

    service = 0x06
    service_name = "pds"
    id = 0x002a
    message = "set-default-tracking-session"


class SetDefaultTrackingSession(Request[SetDefaultTrackingSessionResponse]):
    """PDS 0x002a: Set how a tracking session runs unless told otherwise."""

    service = 0x06
    service_name = "pds"
    id = 0x002a
    message = "set-default-tracking-session"
    response = SetDefaultTrackingSessionResponse
    info: TrackingSession = member(Nested(TrackingSession), tlv=0x01)


class GetAgpsConfigResponse(Response):
    """PDS 0x002e: the answer to :class:`GetAgpsConfig`."""

    service = 0x06
    service_name = "pds"
    id = 0x002e
    message = "get-agps-config"
    location_server_address: LocationServer | None = member(Nested(LocationServer), tlv=0x10, required=False, default=None)
    location_server_url: bytes | None = member(Bytes(U8), tlv=0x11, required=False, default=None)


class GetAgpsConfig(Request[GetAgpsConfigResponse]):
    """PDS 0x002e: Read the server for assisted GPS."""

    service = 0x06
    service_name = "pds"
    id = 0x002e
    message = "get-agps-config"
    response = GetAgpsConfigResponse
    network_mode: NetworkMode | None = member(Int(1, enum=NetworkMode), tlv=0x12, required=False, default=None)


class SetAgpsConfigResponse(Response):
    """PDS 0x002f: the answer to :class:`SetAgpsConfig`."""

    service = 0x06
    service_name = "pds"
    id = 0x002f
    message = "set-agps-config"


class SetAgpsConfig(Request[SetAgpsConfigResponse]):
    """PDS 0x002f: Set the server for assisted GPS."""

    service = 0x06
    service_name = "pds"
    id = 0x002f
    message = "set-agps-config"
    response = SetAgpsConfigResponse
    location_server_address: LocationServer | None = member(Nested(LocationServer), tlv=0x10, required=False, default=None)
    location_server_url: bytes | None = member(Bytes(U8), tlv=0x11, required=False, default=None)
    network_mode: NetworkMode | None = member(Int(1, enum=NetworkMode), tlv=0x14, required=False, default=None)


class GetAutoTrackingStateResponse(Response):
    """PDS 0x0030: the answer to :class:`GetAutoTrackingState`."""

    service = 0x06
    service_name = "pds"
    id = 0x0030
    message = "get-auto-tracking-state"
    state: AutoTrackingState = member(Nested(AutoTrackingState), tlv=0x01)


class GetAutoTrackingState(Request[GetAutoTrackingStateResponse]):
    """PDS 0x0030: Read whether tracking starts by itself with the modem."""

    service = 0x06
    service_name = "pds"
    id = 0x0030
    message = "get-auto-tracking-state"
    response = GetAutoTrackingStateResponse


class SetAutoTrackingStateResponse(Response):
    """PDS 0x0031: the answer to :class:`SetAutoTrackingState`."""

    service = 0x06
    service_name = "pds"
    id = 0x0031
    message = "set-auto-tracking-state"


class SetAutoTrackingState(Request[SetAutoTrackingStateResponse]):
    """PDS 0x0031: Let tracking start by itself with the modem, or not."""

    service = 0x06
    service_name = "pds"
    id = 0x0031
    message = "set-auto-tracking-state"
    response = SetAutoTrackingStateResponse
    state: AutoTrackingState = member(Nested(AutoTrackingState), tlv=0x01)


class EventReportIndicationExtendedNmeaPosition(Struct):
    operation_mode: OperationMode = member(Int(1, signed=True, enum=OperationMode))
    nmea: str = member(Text(U16, limit=200), personal=True)


class EventReportIndication(Indication):
    """PDS 0x0001: A position or a change of the positioning session."""

    service = 0x06
    service_name = "pds"
    id = 0x0001
    message = "event-report"
    nmea_position: str | None = member(Text(limit=200), tlv=0x10, required=False, personal=True, default=None)
    extended_nmea_position: EventReportIndicationExtendedNmeaPosition | None = member(Nested(EventReportIndicationExtendedNmeaPosition), tlv=0x11, required=False, default=None)
    position_session_status: PositionSessionStatus | None = member(Int(1, enum=PositionSessionStatus), tlv=0x12, required=False, default=None)


class GpsReadyIndication(Indication):
    """PDS 0x0060: The GPS receiver is ready for use."""

    service = 0x06
    service_name = "pds"
    id = 0x0060
    message = "gps-ready"
