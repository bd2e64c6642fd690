# SPDX-License-Identifier: GPL-2.0-or-later OR MIT
# Do not edit: made from protocols/qmi/loc.toml, protocols/qmi/loc.assistance.toml, protocols/qmi/loc.enums.toml, protocols/qmi/loc.settings.toml
# by python -m qmiprobe._codegen
"""Location service: positioning sessions, NMEA, assistance data."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address
from typing import ClassVar
from qmiprobe._arrays import Array, Nested
from qmiprobe._enums import OpenEnum, OpenFlags
from qmiprobe._message import Indication, Request, Response, Struct, member
from qmiprobe._text import Text, U16, U32, U64, U8
from qmiprobe._types import Bool, Bytes, Float, IPv4, IPv6, Int

class IntermediateReportState(OpenEnum):
    UNKNOWN: ClassVar[IntermediateReportState]
    ENABLE: ClassVar[IntermediateReportState]
    DISABLE: ClassVar[IntermediateReportState]
    definition = "intermediate-report-state"
    names = {
        0: "unknown",
        1: "enable",
        2: "disable",
    }


class IndicationStatus(OpenEnum):
    SUCCESS: ClassVar[IndicationStatus]
    GENERAL_FAILURE: ClassVar[IndicationStatus]
    UNSUPPORTED: ClassVar[IndicationStatus]
    INVALID_PARAMETER: ClassVar[IndicationStatus]
    ENGINE_BUSY: ClassVar[IndicationStatus]
    PHONE_OFFLINE: ClassVar[IndicationStatus]
    TIMEOUT: ClassVar[IndicationStatus]
    definition = "indication-status"
    names = {
        0: "success",
        1: "general-failure",
        2: "unsupported",
        3: "invalid-parameter",
        4: "engine-busy",
        5: "phone-offline",
        6: "timeout",
    }


class SessionStatus(OpenEnum):
    SUCCESS: ClassVar[SessionStatus]
    IN_PROGRESS: ClassVar[SessionStatus]
    GENERAL_FAILURE: ClassVar[SessionStatus]
    TIMEOUT: ClassVar[SessionStatus]
    USER_ENDED: ClassVar[SessionStatus]
    BAD_PARAMETER: ClassVar[SessionStatus]
    PHONE_OFFLINE: ClassVar[SessionStatus]
    ENGINE_LOCKED: ClassVar[SessionStatus]
    definition = "session-status"
    names = {
        0: "success",
        1: "in-progress",
        2: "general-failure",
        3: "timeout",
        4: "user-ended",
        5: "bad-parameter",
        6: "phone-offline",
        7: "engine-locked",
    }


class FixRecurrenceType(OpenEnum):
    PERIODIC_FIXES: ClassVar[FixRecurrenceType]
    SINGLE_FIX: ClassVar[FixRecurrenceType]
    definition = "fix-recurrence-type"
    names = {
        1: "periodic-fixes",
        2: "single-fix",
    }


class OperationMode(OpenEnum):
    DEFAULT: ClassVar[OperationMode]
    MSB: ClassVar[OperationMode]
    MSA: ClassVar[OperationMode]
    STANDALONE: ClassVar[OperationMode]
    CELLID: ClassVar[OperationMode]
    WWAN: ClassVar[OperationMode]
    definition = "operation-mode"
    names = {
        1: "default",
        2: "msb",
        3: "msa",
        4: "standalone",
        5: "cellid",
        6: "wwan",
    }


class EngineState(OpenEnum):
    ON: ClassVar[EngineState]
    OFF: ClassVar[EngineState]
    definition = "engine-state"
    names = {
        1: "on",
        2: "off",
    }


class Reliability(OpenEnum):
    NOT_SET: ClassVar[Reliability]
    VERY_LOW: ClassVar[Reliability]
    LOW: ClassVar[Reliability]
    MEDIUM: ClassVar[Reliability]
    HIGH: ClassVar[Reliability]
    definition = "reliability"
    names = {
        0: "not-set",
        1: "very-low",
        2: "low",
        3: "medium",
        4: "high",
    }


class TimeSource(OpenEnum):
    INVALID: ClassVar[TimeSource]
    NETWORK_TIME_TRANSFER: ClassVar[TimeSource]
    NETWORK_TIME_TAGGING: ClassVar[TimeSource]
    EXTERNAL_INPUT: ClassVar[TimeSource]
    TOW_DECODE: ClassVar[TimeSource]
    TOW_CONFIRMED: ClassVar[TimeSource]
    TOW_AND_WEEK_CONFIRMED: ClassVar[TimeSource]
    NAVIGATION_SOLUTION: ClassVar[TimeSource]
    SOLVE_FOR_TIME: ClassVar[TimeSource]
    GLO_TOW_DECODE: ClassVar[TimeSource]
    TIME_TRANSFORM: ClassVar[TimeSource]
    WCDMA_SLEEP_TIME_TAG: ClassVar[TimeSource]
    GSM_SLEEP_TIME_TAG: ClassVar[TimeSource]
    UNKNOWN: ClassVar[TimeSource]
    SYSTEM_TIMETICK: ClassVar[TimeSource]
    QZSS_TOW_DECODE: ClassVar[TimeSource]
    BDS_TOW_DECODE: ClassVar[TimeSource]
    definition = "time-source"
    names = {
        0: "invalid",
        1: "network-time-transfer",
        2: "network-time-tagging",
        3: "external-input",
        4: "tow-decode",
        5: "tow-confirmed",
        6: "tow-and-week-confirmed",
        7: "navigation-solution",
        8: "solve-for-time",
        9: "glo-tow-decode",
        10: "time-transform",
        11: "wcdma-sleep-time-tag",
        12: "gsm-sleep-time-tag",
        13: "unknown",
        14: "system-timetick",
        15: "qzss-tow-decode",
        16: "bds-tow-decode",
    }


class System(OpenEnum):
    GPS: ClassVar[System]
    GALILEO: ClassVar[System]
    SBAS: ClassVar[System]
    COMPASS: ClassVar[System]
    GLONASS: ClassVar[System]
    definition = "system"
    names = {
        1: "gps",
        2: "galileo",
        3: "sbas",
        4: "compass",
        5: "glonass",
    }


class HealthStatus(OpenEnum):
    UNHEALTHY: ClassVar[HealthStatus]
    HEALTHY: ClassVar[HealthStatus]
    definition = "health-status"
    names = {
        0: "unhealthy",
        1: "healthy",
    }


class NavigationData(OpenEnum):
    EPHEMERIS: ClassVar[NavigationData]
    ALMANAC: ClassVar[NavigationData]
    definition = "navigation-data"
    names = {
        0: "ephemeris",
        1: "almanac",
    }


class SatelliteStatus(OpenEnum):
    IDLE: ClassVar[SatelliteStatus]
    SEARCHING: ClassVar[SatelliteStatus]
    TRACKING: ClassVar[SatelliteStatus]
    definition = "satellite-status"
    names = {
        0: "idle",
        1: "searching",
        2: "tracking",
    }


class ServerType(OpenEnum):
    UNKNOWN: ClassVar[ServerType]
    CDMA_PDE: ClassVar[ServerType]
    CDMA_MPC: ClassVar[ServerType]
    UMTS_SLP: ClassVar[ServerType]
    CUSTOM_PDE: ClassVar[ServerType]
    definition = "server-type"
    names = {
        0: "unknown",
        1: "cdma-pde",
        2: "cdma-mpc",
        3: "umts-slp",
        4: "custom-pde",
    }


class PredictedOrbitsDataFormat(OpenEnum):
    XTRA: ClassVar[PredictedOrbitsDataFormat]
    definition = "predicted-orbits-data-format"
    names = {
        0: "xtra",
    }


class LockType(OpenEnum):
    NONE: ClassVar[LockType]
    MI: ClassVar[LockType]
    MT: ClassVar[LockType]
    ALL: ClassVar[LockType]
    definition = "lock-type"
    names = {
        1: "none",
        2: "mi",
        3: "mt",
        4: "all",
    }


class AltitudeSource(OpenEnum):
    UNKNOWN: ClassVar[AltitudeSource]
    GPS: ClassVar[AltitudeSource]
    CELL_ID: ClassVar[AltitudeSource]
    ENHANCED_CELL_ID: ClassVar[AltitudeSource]
    WIFI: ClassVar[AltitudeSource]
    TERRESTRIAL: ClassVar[AltitudeSource]
    TERRESTRIAL_HYBRID: ClassVar[AltitudeSource]
    ALTITUDE_DATABASE: ClassVar[AltitudeSource]
    BAROMETRIC_ALTIMETER: ClassVar[AltitudeSource]
    OTHER: ClassVar[AltitudeSource]
    definition = "altitude-source"
    names = {
        0: "unknown",
        1: "gps",
        2: "cell-id",
        3: "enhanced-cell-id",
        4: "wifi",
        5: "terrestrial",
        6: "terrestrial-hybrid",
        7: "altitude-database",
        8: "barometric-altimeter",
        9: "other",
    }


class AltitudeDependency(OpenEnum):
    UNKNOWN: ClassVar[AltitudeDependency]
    FULLY_INTERDEPENDENT: ClassVar[AltitudeDependency]
    ON_LAT_LON: ClassVar[AltitudeDependency]
    FULLY_INDEPENDENT: ClassVar[AltitudeDependency]
    definition = "altitude-dependency"
    names = {
        0: "unknown",
        1: "fully-interdependent",
        2: "on-lat-lon",
        3: "fully-independent",
    }


class AltitudeUncertainty(OpenEnum):
    UNKNOWN: ClassVar[AltitudeUncertainty]
    POINT: ClassVar[AltitudeUncertainty]
    FULL: ClassVar[AltitudeUncertainty]
    definition = "altitude-uncertainty"
    names = {
        0: "unknown",
        1: "point",
        2: "full",
    }


class PositionSource(OpenEnum):
    GNSS: ClassVar[PositionSource]
    CELL_ID: ClassVar[PositionSource]
    ENHANCED_CELL_ID: ClassVar[PositionSource]
    WIFI: ClassVar[PositionSource]
    TERRESTRIAL: ClassVar[PositionSource]
    GNSS_TERRESTRIAL_HYBRID: ClassVar[PositionSource]
    OTHER: ClassVar[PositionSource]
    DRE: ClassVar[PositionSource]
    FLP: ClassVar[PositionSource]
    NLP: ClassVar[PositionSource]
    FLP_ALE: ClassVar[PositionSource]
    definition = "position-source"
    names = {
        0: "gnss",
        1: "cell-id",
        2: "enhanced-cell-id",
        3: "wifi",
        4: "terrestrial",
        5: "gnss-terrestrial-hybrid",
        6: "other",
        7: "dre",
        8: "flp",
        9: "nlp",
        10: "flp-ale",
    }


class PositionSourceProvider(OpenEnum):
    EXTERNAL: ClassVar[PositionSourceProvider]
    INTERNAL: ClassVar[PositionSourceProvider]
    definition = "position-source-provider"
    names = {
        0: "external",
        1: "internal",
    }


class InjectedOrbitUpdateType(OpenEnum):
    INJECTED_ORBIT_RATE_UPDATE: ClassVar[InjectedOrbitUpdateType]
    INTEGRITY_RATE_UPDATE: ClassVar[InjectedOrbitUpdateType]
    definition = "injected-orbit-update-type"
    names = {
        1: "injected-orbit-rate-update",
        2: "integrity-rate-update",
    }


class InjectedOrbitFileType(OpenEnum):
    XTRA: ClassVar[InjectedOrbitFileType]
    NAVIC: ClassVar[InjectedOrbitFileType]
    definition = "injected-orbit-file-type"
    names = {
        1: "xtra",
        2: "navic",
    }


class InjectedTimeSource(OpenEnum):
    UNKNOWN: ClassVar[InjectedTimeSource]
    AP: ClassVar[InjectedTimeSource]
    NTP: ClassVar[InjectedTimeSource]
    NTS: ClassVar[InjectedTimeSource]
    definition = "injected-time-source"
    names = {
        0: "unknown",
        1: "ap",
        2: "ntp",
        3: "nts",
    }


class TechnologyUsed(OpenFlags):
    SATELLITE: ClassVar[TechnologyUsed]
    CELLULAR: ClassVar[TechnologyUsed]
    WIFI: ClassVar[TechnologyUsed]
    SENSORS: ClassVar[TechnologyUsed]
    REFERENCE_LOCATION: ClassVar[TechnologyUsed]
    INJECTED_POSITION: ClassVar[TechnologyUsed]
    AFLT: ClassVar[TechnologyUsed]
    HYBRID: ClassVar[TechnologyUsed]
    definition = "technology-used"
    names = {
        0x1: "satellite",
        0x2: "cellular",
        0x4: "wifi",
        0x8: "sensors",
        0x10: "reference-location",
        0x20: "injected-position",
        0x40: "aflt",
        0x80: "hybrid",
    }


class SatelliteValidInformation(OpenFlags):
    SYSTEM: ClassVar[SatelliteValidInformation]
    GNSS_SATELLITE_ID: ClassVar[SatelliteValidInformation]
    HEALTH_STATUS: ClassVar[SatelliteValidInformation]
    PROCESS_STATUS: ClassVar[SatelliteValidInformation]
    SATELLITE_INFO_MASK: ClassVar[SatelliteValidInformation]
    ELEVATION: ClassVar[SatelliteValidInformation]
    AZIMUTH: ClassVar[SatelliteValidInformation]
    SIGNAL_TO_NOISE_RATIO: ClassVar[SatelliteValidInformation]
    definition = "satellite-valid-information"
    names = {
        0x1: "system",
        0x2: "gnss-satellite-id",
        0x4: "health-status",
        0x8: "process-status",
        0x10: "satellite-info-mask",
        0x20: "elevation",
        0x40: "azimuth",
        0x80: "signal-to-noise-ratio",
    }


class ServerAddressType(OpenFlags):
    IPV4: ClassVar[ServerAddressType]
    IPV6: ClassVar[ServerAddressType]
    URL: ClassVar[ServerAddressType]
    definition = "server-address-type"
    names = {
        0x1: "ipv4",
        0x2: "ipv6",
        0x4: "url",
    }


class DeleteSvInfo(OpenFlags):
    EPHEMERIS: ClassVar[DeleteSvInfo]
    ALMANAC: ClassVar[DeleteSvInfo]
    definition = "delete-sv-info"
    names = {
        0x1: "ephemeris",
        0x2: "almanac",
    }


class DeleteCellDatabase(OpenFlags):
    POS: ClassVar[DeleteCellDatabase]
    LATEST_GPS_POS: ClassVar[DeleteCellDatabase]
    OTA_POS: ClassVar[DeleteCellDatabase]
    EXT_REF_POS: ClassVar[DeleteCellDatabase]
    TIMETAG: ClassVar[DeleteCellDatabase]
    CELLID: ClassVar[DeleteCellDatabase]
    CACHED_CELLID: ClassVar[DeleteCellDatabase]
    LAST_SRV_CELL: ClassVar[DeleteCellDatabase]
    CUR_SRV_CELL: ClassVar[DeleteCellDatabase]
    NEIGHBOR_INFO: ClassVar[DeleteCellDatabase]
    definition = "delete-cell-database"
    names = {
        0x1: "pos",
        0x2: "latest-gps-pos",
        0x4: "ota-pos",
        0x8: "ext-ref-pos",
        0x10: "timetag",
        0x20: "cellid",
        0x40: "cached-cellid",
        0x80: "last-srv-cell",
        0x100: "cur-srv-cell",
        0x200: "neighbor-info",
    }


class DeleteClockInfo(OpenFlags):
    TIME_EST: ClassVar[DeleteClockInfo]
    FREQ_EST: ClassVar[DeleteClockInfo]
    WEEK_NUMBER: ClassVar[DeleteClockInfo]
    RTC_TIME: ClassVar[DeleteClockInfo]
    TIME_TRANSFER: ClassVar[DeleteClockInfo]
    GPS_TIME_EST: ClassVar[DeleteClockInfo]
    GLO_TIME_EST: ClassVar[DeleteClockInfo]
    GLO_DAY_NUMBER: ClassVar[DeleteClockInfo]
    GLO_YEAR_NUMBER: ClassVar[DeleteClockInfo]
    GLO_RF_GRP_DELAY: ClassVar[DeleteClockInfo]
    DISABLE_TT: ClassVar[DeleteClockInfo]
    definition = "delete-clock-info"
    names = {
        0x1: "time-est",
        0x2: "freq-est",
        0x4: "week-number",
        0x8: "rtc-time",
        0x10: "time-transfer",
        0x20: "gps-time-est",
        0x40: "glo-time-est",
        0x80: "glo-day-number",
        0x100: "glo-year-number",
        0x200: "glo-rf-grp-delay",
        0x400: "disable-tt",
    }


class NmeaType(OpenFlags):
    GGA: ClassVar[NmeaType]
    RMC: ClassVar[NmeaType]
    GSV: ClassVar[NmeaType]
    GSA: ClassVar[NmeaType]
    VTG: ClassVar[NmeaType]
    PQXFI: ClassVar[NmeaType]
    PSTIS: ClassVar[NmeaType]
    ALL: ClassVar[NmeaType]
    definition = "nmea-type"
    names = {
        0x1: "gga",
        0x2: "rmc",
        0x4: "gsv",
        0x8: "gsa",
        0x10: "vtg",
        0x20: "pqxfi",
        0x40: "pstis",
        0xffff: "all",
    }


class InjectedOrbitServerParamUpdate(OpenFlags):
    INJECT_REQUEST: ClassVar[InjectedOrbitServerParamUpdate]
    SERVER_UPDATE: ClassVar[InjectedOrbitServerParamUpdate]
    REFRESH_UPDATE_RATE: ClassVar[InjectedOrbitServerParamUpdate]
    definition = "injected-orbit-server-param-update"
    names = {
        0x1: "inject-request",
        0x2: "server-update",
        0x4: "refresh-update-rate",
    }


class EventRegistrationFlag(OpenFlags):
    POSITION_REPORT: ClassVar[EventRegistrationFlag]
    GNSS_SATELLITE_INFO: ClassVar[EventRegistrationFlag]
    NMEA: ClassVar[EventRegistrationFlag]
    NI_NOTIFY_VERIFY_REQUEST: ClassVar[EventRegistrationFlag]
    INJECT_TIME_REQUEST: ClassVar[EventRegistrationFlag]
    INJECT_PREDICTED_ORBITS_REQUEST: ClassVar[EventRegistrationFlag]
    INJECT_POSITION_REQUEST: ClassVar[EventRegistrationFlag]
    ENGINE_STATE: ClassVar[EventRegistrationFlag]
    FIX_SESSION_STATE: ClassVar[EventRegistrationFlag]
    WIFI_REQUEST: ClassVar[EventRegistrationFlag]
    SENSOR_STREAMING_READY_STATUS: ClassVar[EventRegistrationFlag]
    TIME_SYNC_REQUEST: ClassVar[EventRegistrationFlag]
    SET_SPI_STREAMING_REPORT: ClassVar[EventRegistrationFlag]
    LOCATION_SERVER_CONNECTION_REQUEST: ClassVar[EventRegistrationFlag]
    NI_GEOFENCE_NOTIFICATION: ClassVar[EventRegistrationFlag]
    GEOFENCE_GENERAL_ALERT: ClassVar[EventRegistrationFlag]
    GEOFENCE_BREACH_NOTIFICATION: ClassVar[EventRegistrationFlag]
    PEDOMETER_CONTROL: ClassVar[EventRegistrationFlag]
    MOTION_DATA_CONTROL: ClassVar[EventRegistrationFlag]
    definition = "event-registration-flag"
    names = {
        0x1: "position-report",
        0x2: "gnss-satellite-info",
        0x4: "nmea",
        0x8: "ni-notify-verify-request",
        0x10: "inject-time-request",
        0x20: "inject-predicted-orbits-request",
        0x40: "inject-position-request",
        0x80: "engine-state",
        0x100: "fix-session-state",
        0x200: "wifi-request",
        0x400: "sensor-streaming-ready-status",
        0x800: "time-sync-request",
        0x1000: "set-spi-streaming-report",
        0x2000: "location-server-connection-request",
        0x4000: "ni-geofence-notification",
        0x8000: "geofence-general-alert",
        0x10000: "geofence-breach-notification",
        0x20000: "pedometer-control",
        0x40000: "motion-data-control",
    }


class SensorDataUsage(OpenFlags):
    ACCELEROMETER_USED: ClassVar[SensorDataUsage]
    GYRO_USED: ClassVar[SensorDataUsage]
    AIDED_HEADING: ClassVar[SensorDataUsage]
    AIDED_SPEED: ClassVar[SensorDataUsage]
    AIDED_POSITION: ClassVar[SensorDataUsage]
    AIDED_VELOCITY: ClassVar[SensorDataUsage]
    definition = "sensor-data-usage"
    names = {
        0x1: "accelerometer-used",
        0x2: "gyro-used",
        0x100000000: "aided-heading",
        0x200000000: "aided-speed",
        0x400000000: "aided-position",
        0x800000000: "aided-velocity",
    }


class DeleteGnssData(OpenFlags):
    GPS_SVDIR: ClassVar[DeleteGnssData]
    GPS_SVSTEER: ClassVar[DeleteGnssData]
    GPS_TIME: ClassVar[DeleteGnssData]
    GPS_ALM_CORR: ClassVar[DeleteGnssData]
    GLO_SVDIR: ClassVar[DeleteGnssData]
    GLO_SVSTEER: ClassVar[DeleteGnssData]
    GLO_TIME: ClassVar[DeleteGnssData]
    GLO_ALM_CORR: ClassVar[DeleteGnssData]
    SBAS_SVDIR: ClassVar[DeleteGnssData]
    SBAS_SVSTEER: ClassVar[DeleteGnssData]
    POSITION: ClassVar[DeleteGnssData]
    TIME: ClassVar[DeleteGnssData]
    IONO: ClassVar[DeleteGnssData]
    UTC: ClassVar[DeleteGnssData]
    HEALTH: ClassVar[DeleteGnssData]
    SADATA: ClassVar[DeleteGnssData]
    RTI: ClassVar[DeleteGnssData]
    SV_NO_EXIST: ClassVar[DeleteGnssData]
    FREQ_BIAS_EST: ClassVar[DeleteGnssData]
    definition = "delete-gnss-data"
    names = {
        0x1: "gps-svdir",
        0x2: "gps-svsteer",
        0x4: "gps-time",
        0x8: "gps-alm-corr",
        0x10: "glo-svdir",
        0x20: "glo-svsteer",
        0x40: "glo-time",
        0x80: "glo-alm-corr",
        0x100: "sbas-svdir",
        0x200: "sbas-svsteer",
        0x400: "position",
        0x800: "time",
        0x1000: "iono",
        0x2000: "utc",
        0x4000: "health",
        0x8000: "sadata",
        0x10000: "rti",
        0x20000: "sv-no-exist",
        0x40000: "freq-bias-est",
    }


class GpsDateTime(Struct):
    gps_weeks: int = member(U16)
    gps_time_of_week_milliseconds: int = member(U32, unit='ms')


class Satellite(Struct):
    valid_information: SatelliteValidInformation = member(Int(4, enum=SatelliteValidInformation))
    system: System = member(Int(4, enum=System))
    gnss_satellite_id: int = member(U16)
    health_status: HealthStatus = member(Int(1, enum=HealthStatus))
    satellite_status: SatelliteStatus = member(Int(4, enum=SatelliteStatus))
    navigation_data: NavigationData = member(Int(1, enum=NavigationData))
    elevation_degrees: float = member(Float(4), unit='degrees', personal=True)
    azimuth_degrees: float = member(Float(4), unit='degrees', personal=True)
    signal_to_noise_ratio_bhz: float = member(Float(4))


class AllowedSizes(Struct):
    max_file_size: int = member(U32, unit='bytes')
    max_part_size: int = member(U32, unit='bytes')


class DeletedSatellite(Struct):
    gnss_sv_id: int = member(U16)
    system: System = member(Int(4, enum=System))
    delete_sv_info_mask: DeleteSvInfo = member(Int(1, enum=DeleteSvInfo))


class Ipv4Server(Struct):
    ipv4_address: IPv4Address = member(IPv4(swapped=True))
    ipv4_port: int = member(U16)


class Ipv6Server(Struct):
    ipv6_address: IPv6Address = member(IPv6())
    ipv6_port: int = member(U32)


class RegisterEventsResponse(Response):
    """LOC 0x0021: the answer to :class:`RegisterEvents`."""

    service = 0x10
    service_name = "loc"
    id = 0x0021
    message = "register-events"


class RegisterEvents(Request[RegisterEventsResponse]):
    """LOC 0x0021: Choose which events of the location engine are reported to this client."""

    service = 0x10
    service_name = "loc"
    id = 0x0021
    message = "register-events"
    response = RegisterEventsResponse
    event_registration_mask: EventRegistrationFlag = member(Int(8, enum=EventRegistrationFlag), tlv=0x01)


class StartResponse(Response):
    """LOC 0x0022: the answer to :class:`Start`."""

    service = 0x10
    service_name = "loc"
    id = 0x0022
    message = "start"


class Start(Request[StartResponse]):
    """LOC 0x0022: Start a positioning session; reports follow as indications."""

    service = 0x10
    service_name = "loc"
    id = 0x0022
    message = "start"
    response = StartResponse
    session_id: int = member(U8, tlv=0x01)
    fix_recurrence_type: FixRecurrenceType | None = member(Int(4, enum=FixRecurrenceType), tlv=0x10, required=False, default=None)
    intermediate_report_state: IntermediateReportState | None = member(Int(4, enum=IntermediateReportState), tlv=0x12, required=False, default=None)
    minimum_interval_between_position_reports: int | None = member(U32, tlv=0x13, required=False, unit='ms', default=None)


class StopResponse(Response):
    """LOC 0x0023: the answer to :class:`Stop`."""

    service = 0x10
    service_name = "loc"
    id = 0x0023
    message = "stop"


class Stop(Request[StopResponse]):
    """LOC 0x0023: End a positioning session."""

    service = 0x10
    service_name = "loc"
    id = 0x0023
    message = "stop"
    response = StopResponse
    session_id: int = member(U8, tlv=0x01)


class PositionReportIndicationDop(Struct):
    pdop: float = member(Float(4))
    hdop: float = member(Float(4))
    vdop: float = member(Float(4))


class PositionReportIndication(Indication):
    """LOC 0x0024: Where the device is, how sure that is, and how it was found."""

    service = 0x10
    service_name = "loc"
    id = 0x0024
    message = "position-report"
    session_status: SessionStatus = member(Int(4, enum=SessionStatus), tlv=0x01)
    session_id: int = member(U8, tlv=0x02)
    latitude: float | None = member(Float(8), tlv=0x10, required=False, unit='degrees', personal=True, default=None)
    longitude: float | None = member(Float(8), tlv=0x11, required=False, unit='degrees', personal=True, default=None)
    horizontal_uncertainty_circular: float | None = member(Float(4), tlv=0x12, required=False, unit='m', default=None)
    horizontal_uncertainty_elliptical_minor: float | None = member(Float(4), tlv=0x13, required=False, unit='m', default=None)
    horizontal_uncertainty_elliptical_major: float | None = member(Float(4), tlv=0x14, required=False, unit='m', default=None)
    horizontal_uncertainty_elliptical_azimuth: float | None = member(Float(4), tlv=0x15, required=False, unit='degrees', default=None)
    horizontal_confidence: int | None = member(U8, tlv=0x16, required=False, unit='%', default=None)
    horizontal_reliability: Reliability | None = member(Int(4, enum=Reliability), tlv=0x17, required=False, default=None)
    horizontal_speed: float | None = member(Float(4), tlv=0x18, required=False, unit='m/s', default=None)
    speed_uncertainty: float | None = member(Float(4), tlv=0x19, required=False, unit='m/s', default=None)
    altitude_from_ellipsoid: float | None = member(Float(4), tlv=0x1a, required=False, unit='m', personal=True, default=None)
    altitude_from_sealevel: float | None = member(Float(4), tlv=0x1b, required=False, unit='m', personal=True, default=None)
    vertical_uncertainty: float | None = member(Float(4), tlv=0x1c, required=False, unit='m', default=None)
    vertical_confidence: int | None = member(U8, tlv=0x1d, required=False, unit='%', default=None)
    vertical_reliability: Reliability | None = member(Int(4, enum=Reliability), tlv=0x1e, required=False, default=None)
    vertical_speed: float | None = member(Float(4), tlv=0x1f, required=False, unit='m/s', default=None)
    heading: float | None = member(Float(4), tlv=0x20, required=False, unit='degrees', default=None)
    heading_uncertainty: float | None = member(Float(4), tlv=0x21, required=False, unit='degrees', default=None)
    magnetic_deviation: float | None = member(Float(4), tlv=0x22, required=False, unit='degrees', default=None)
    technology_used: TechnologyUsed | None = member(Int(4, enum=TechnologyUsed), tlv=0x23, required=False, default=None)
    dop: PositionReportIndicationDop | None = member(Nested(PositionReportIndicationDop), tlv=0x24, required=False, default=None)
    utc_timestamp: int | None = member(U64, tlv=0x25, required=False, unit='ms', default=None)
    leap_seconds: int | None = member(U8, tlv=0x26, required=False, unit='s', default=None)
    gps_date_time: GpsDateTime | None = member(Nested(GpsDateTime), tlv=0x27, required=False, personal=True, default=None)
    time_uncertainty: float | None = member(Float(4), tlv=0x28, required=False, unit='ms', default=None)
    time_source: TimeSource | None = member(Int(4, enum=TimeSource), tlv=0x29, required=False, default=None)
    sensor_data_usage: SensorDataUsage | None = member(Int(8, enum=SensorDataUsage), tlv=0x2a, required=False, default=None)
    session_fix_count: int | None = member(U32, tlv=0x2b, required=False, default=None)
    satellites_used: list[int] | None = member(Array(U16, count=U8), tlv=0x2c, required=False, default=None)
    altitude_assumed: bool | None = member(Bool(), tlv=0x2d, required=False, default=None)


class GnssSvInfoIndication(Indication):
    """LOC 0x0025: The satellites in view, with their places and signal."""

    service = 0x10
    service_name = "loc"
    id = 0x0025
    message = "gnss-sv-info"
    altitude_assumed: bool = member(Bool(), tlv=0x01)
    list_: list[Satellite] | None = member(Array(Nested(Satellite), count=U8), tlv=0x10, required=False, default=None)


class NmeaIndication(Indication):
    """LOC 0x0026: One NMEA sentence."""

    service = 0x10
    service_name = "loc"
    id = 0x0026
    message = "nmea"
    nmea_string: str = member(Text(), tlv=0x01, personal=True)


class EngineStateIndication(Indication):
    """LOC 0x002b: The location engine was switched on or off."""

    service = 0x10
    service_name = "loc"
    id = 0x002b
    message = "engine-state"
    engine_state: EngineState = member(Int(4, signed=True, enum=EngineState), tlv=0x01)


class FixRecurrenceTypeIndication(Indication):
    """LOC 0x002c: How often the running session asks for a position has changed."""

    service = 0x10
    service_name = "loc"
    id = 0x002c
    message = "fix-recurrence-type"
    fix_recurrence_type: FixRecurrenceType | None = member(Int(4, enum=FixRecurrenceType), tlv=0x10, required=False, default=None)


class InjectPredictedOrbitsDataResponse(Response):
    """LOC 0x0035: the answer to :class:`InjectPredictedOrbitsData`."""

    service = 0x10
    service_name = "loc"
    id = 0x0035
    message = "inject-predicted-orbits-data"


class InjectPredictedOrbitsData(Request[InjectPredictedOrbitsDataResponse]):
    """LOC 0x0035: Hand the engine one part of a file of predicted orbits."""

    service = 0x10
    service_name = "loc"
    id = 0x0035
    message = "inject-predicted-orbits-data"
    response = InjectPredictedOrbitsDataResponse
    total_size: int = member(U32, tlv=0x01, unit='bytes')
    total_parts: int = member(U16, tlv=0x02)
    part_number: int = member(U16, tlv=0x03)
    part_data: bytes = member(Bytes(U16), tlv=0x04)
    format_type: PredictedOrbitsDataFormat | None = member(Int(4, enum=PredictedOrbitsDataFormat), tlv=0x10, required=False, default=None)


class GetPredictedOrbitsDataSourceResponse(Response):
    """LOC 0x0036: the answer to :class:`GetPredictedOrbitsDataSource`."""

    service = 0x10
    service_name = "loc"
    id = 0x0036
    message = "get-predicted-orbits-data-source"


class GetPredictedOrbitsDataSource(Request[GetPredictedOrbitsDataSourceResponse]):
    """LOC 0x0036: Ask where predicted orbits come from and how large files may be."""

    service = 0x10
    service_name = "loc"
    id = 0x0036
    message = "get-predicted-orbits-data-source"
    response = GetPredictedOrbitsDataSourceResponse


class GetPredictedOrbitsDataValidityResponse(Response):
    """LOC 0x0037: the answer to :class:`GetPredictedOrbitsDataValidity`."""

    service = 0x10
    service_name = "loc"
    id = 0x0037
    message = "get-predicted-orbits-data-validity"


class GetPredictedOrbitsDataValidity(Request[GetPredictedOrbitsDataValidityResponse]):
    """LOC 0x0037: Ask for how long the predicted orbits in the modem are good."""

    service = 0x10
    service_name = "loc"
    id = 0x0037
    message = "get-predicted-orbits-data-validity"
    response = GetPredictedOrbitsDataValidityResponse


class InjectUtcTimeResponse(Response):
    """LOC 0x0038: the answer to :class:`InjectUtcTime`."""

    service = 0x10
    service_name = "loc"
    id = 0x0038
    message = "inject-utc-time"


class InjectUtcTime(Request[InjectUtcTimeResponse]):
    """LOC 0x0038: Tell the engine the time, which shortens the first fix."""

    service = 0x10
    service_name = "loc"
    id = 0x0038
    message = "inject-utc-time"
    response = InjectUtcTimeResponse
    utc_time: int = member(U64, tlv=0x01, unit='ms')
    time_uncertainty: int = member(U32, tlv=0x02, unit='ms')
    time_source: InjectedTimeSource | None = member(Int(4, signed=True, enum=InjectedTimeSource), tlv=0x10, required=False, default=None)


class InjectPositionResponse(Response):
    """LOC 0x0039: the answer to :class:`InjectPosition`."""

    service = 0x10
    service_name = "loc"
    id = 0x0039
    message = "inject-position"


class InjectPositionAltitudeSource(Struct):
    altitude_source: AltitudeSource = member(Int(4, enum=AltitudeSource))
    altitude_dependency: AltitudeDependency = member(Int(4, enum=AltitudeDependency))
    altitude_uncertainty: AltitudeUncertainty = member(Int(4, enum=AltitudeUncertainty))


class InjectPosition(Request[InjectPositionResponse]):
    """LOC 0x0039: Tell the engine a rough position, which shortens the first fix."""

    service = 0x10
    service_name = "loc"
    id = 0x0039
    message = "inject-position"
    response = InjectPositionResponse
    latitude: float | None = member(Float(8), tlv=0x10, required=False, unit='degrees', personal=True, default=None)
    longitude: float | None = member(Float(8), tlv=0x11, required=False, unit='degrees', personal=True, default=None)
    horizontal_uncertainty_circular: float | None = member(Float(4), tlv=0x12, required=False, unit='m', default=None)
    horizontal_confidence: int | None = member(U8, tlv=0x13, required=False, unit='%', default=None)
    horizontal_reliability: Reliability | None = member(Int(4, enum=Reliability), tlv=0x14, required=False, default=None)
    altitude_from_ellipsoid: float | None = member(Float(4), tlv=0x15, required=False, unit='m', personal=True, default=None)
    altitude_from_sealevel: float | None = member(Float(4), tlv=0x16, required=False, unit='m', personal=True, default=None)
    vertical_uncertainty: float | None = member(Float(4), tlv=0x17, required=False, unit='m', default=None)
    vertical_confidence: int | None = member(U8, tlv=0x18, required=False, unit='%', default=None)
    vertical_reliability: Reliability | None = member(Int(4, enum=Reliability), tlv=0x19, required=False, default=None)
    altitude_source: InjectPositionAltitudeSource | None = member(Nested(InjectPositionAltitudeSource), tlv=0x1a, required=False, default=None)
    utc_timestamp: int | None = member(U64, tlv=0x1b, required=False, unit='ms', default=None)
    timestamp_age: int | None = member(U32, tlv=0x1c, required=False, default=None)
    position_source: PositionSource | None = member(Int(4, enum=PositionSource), tlv=0x1d, required=False, default=None)
    raw_horizontal_uncertainty_circular: float | None = member(Float(4), tlv=0x1e, required=False, unit='m', personal=True, default=None)
    raw_horizontal_confidence: int | None = member(U8, tlv=0x1f, required=False, unit='%', default=None)
    requested_position_injection: bool | None = member(Bool(), tlv=0x20, required=False, default=None)
    position_source_provider: PositionSourceProvider | None = member(Int(4, enum=PositionSourceProvider), tlv=0x21, required=False, default=None)
    gps_date_time: GpsDateTime | None = member(Nested(GpsDateTime), tlv=0x22, required=False, personal=True, default=None)
    time_uncertainty: float | None = member(Float(4), tlv=0x23, required=False, unit='ms', default=None)
    speed_east_north_up: list[float] | None = member(Array(Float(4), count=3), tlv=0x24, required=False, unit='m/s', default=None)
    speed_uncertainty_east_north_up: list[float] | None = member(Array(Float(4), count=3), tlv=0x25, required=False, unit='m/s', default=None)
    satellites_used: list[int] | None = member(Array(U16, count=U32), tlv=0x26, required=False, default=None)
    number_satellites_in_fix: int | None = member(U8, tlv=0x27, required=False, default=None)


class DeleteAssistanceDataResponse(Response):
    """LOC 0x0044: the answer to :class:`DeleteAssistanceData`."""

    service = 0x10
    service_name = "loc"
    id = 0x0044
    message = "delete-assistance-data"


class DeleteAssistanceData(Request[DeleteAssistanceDataResponse]):
    """LOC 0x0044: Forget orbits, cells or clock, to measure a cold start."""

    service = 0x10
    service_name = "loc"
    id = 0x0044
    message = "delete-assistance-data"
    response = DeleteAssistanceDataResponse
    delete_all: bool = member(Bool(), tlv=0x01)
    delete_sv_info: list[DeletedSatellite] | None = member(Array(Nested(DeletedSatellite), count=U8), tlv=0x10, required=False, default=None)
    delete_gnss_data_mask: DeleteGnssData | None = member(Int(8, enum=DeleteGnssData), tlv=0x11, required=False, default=None)
    delete_cell_database_mask: DeleteCellDatabase | None = member(Int(4, enum=DeleteCellDatabase), tlv=0x12, required=False, default=None)
    delete_clock_info_mask: DeleteClockInfo | None = member(Int(4, enum=DeleteClockInfo), tlv=0x13, required=False, default=None)


class InjectXtraDataResponse(Response):
    """LOC 0x00a7: the answer to :class:`InjectXtraData`."""

    service = 0x10
    service_name = "loc"
    id = 0x00a7
    message = "inject-xtra-data"


class InjectXtraData(Request[InjectXtraDataResponse]):
    """LOC 0x00a7: Hand the engine one part of an XTRA file."""

    service = 0x10
    service_name = "loc"
    id = 0x00a7
    message = "inject-xtra-data"
    response = InjectXtraDataResponse
    total_size: int = member(U32, tlv=0x01, unit='bytes')
    total_parts: int = member(U16, tlv=0x02)
    part_number: int = member(U16, tlv=0x03)
    part_data: bytes = member(Bytes(U16), tlv=0x04)


class InjectTimeRequestIndicationTimeServerInfo(Struct):
    delay_threshold: int = member(U32)
    time_server_list: list[str] = member(Array(Text(U8), count=U8), default_factory=list)


class InjectTimeRequestIndication(Indication):
    """LOC 0x0028: The engine would like to be told the time."""

    service = 0x10
    service_name = "loc"
    id = 0x0028
    message = "inject-time-request"
    time_server_info: InjectTimeRequestIndicationTimeServerInfo | None = member(Nested(InjectTimeRequestIndicationTimeServerInfo), tlv=0x10, required=False, default=None)


class InjectPredictedOrbitsRequestIndicationFileInfo(Struct):
    file_type: InjectedOrbitFileType = member(Int(4, enum=InjectedOrbitFileType))
    download_interval_minutes: int = member(U32, unit='min')


class InjectPredictedOrbitsRequestIndication(Indication):
    """LOC 0x0029: The engine would like a file of predicted satellite orbits."""

    service = 0x10
    service_name = "loc"
    id = 0x0029
    message = "inject-predicted-orbits-request"
    allowed_sizes: AllowedSizes = member(Nested(AllowedSizes), tlv=0x01)
    server_list: list[str] | None = member(Array(Text(U8), count=U8), tlv=0x10, required=False, default=None)
    server_update_mask: InjectedOrbitServerParamUpdate | None = member(Int(8, enum=InjectedOrbitServerParamUpdate), tlv=0x11, required=False, default=None)
    update_type: InjectedOrbitUpdateType | None = member(Int(4, enum=InjectedOrbitUpdateType), tlv=0x12, required=False, default=None)
    update_period_seconds: int | None = member(U32, tlv=0x13, required=False, unit='s', default=None)
    file_info: InjectPredictedOrbitsRequestIndicationFileInfo | None = member(Nested(InjectPredictedOrbitsRequestIndicationFileInfo), tlv=0x14, required=False, default=None)


class InjectPositionRequestIndication(Indication):
    """LOC 0x002a: The engine would like to be told a rough position."""

    service = 0x10
    service_name = "loc"
    id = 0x002a
    message = "inject-position-request"
    latitude: float = member(Float(8), tlv=0x01, unit='degrees', personal=True)
    longitude: float = member(Float(8), tlv=0x02, unit='degrees', personal=True)
    horizontal_uncertainty_circular: float = member(Float(4), tlv=0x03, unit='m')
    utc_timestamp: int = member(U64, tlv=0x04, unit='ms')


class InjectPredictedOrbitsDataIndication(Indication):
    """LOC 0x0035: What became of a part of the orbits' file."""

    service = 0x10
    service_name = "loc"
    id = 0x0035
    message = "inject-predicted-orbits-data"
    indication_status: IndicationStatus = member(Int(4, enum=IndicationStatus), tlv=0x01)
    part_number: int | None = member(U16, tlv=0x10, required=False, default=None)


class GetPredictedOrbitsDataSourceIndication(Indication):
    """LOC 0x0036: Where predicted orbits come from and how large files may be."""

    service = 0x10
    service_name = "loc"
    id = 0x0036
    message = "get-predicted-orbits-data-source"
    indication_status: IndicationStatus = member(Int(4, enum=IndicationStatus), tlv=0x01)
    allowed_sizes: AllowedSizes | None = member(Nested(AllowedSizes), tlv=0x10, required=False, default=None)
    server_list: list[str] | None = member(Array(Text(U8), count=U8), tlv=0x11, required=False, default=None)


class GetPredictedOrbitsDataValidityIndicationValidityInfo(Struct):
    start_utc_timestamp: int = member(U64, unit='ms')
    duration_hours: int = member(U16, unit='h')


class GetPredictedOrbitsDataValidityIndication(Indication):
    """LOC 0x0037: For how long the predicted orbits in the modem are good."""

    service = 0x10
    service_name = "loc"
    id = 0x0037
    message = "get-predicted-orbits-data-validity"
    indication_status: IndicationStatus = member(Int(4, enum=IndicationStatus), tlv=0x01)
    validity_info: GetPredictedOrbitsDataValidityIndicationValidityInfo | None = member(Nested(GetPredictedOrbitsDataValidityIndicationValidityInfo), tlv=0x10, required=False, default=None)


class InjectUtcTimeIndication(Indication):
    """LOC 0x0038: What became of the time that was injected."""

    service = 0x10
    service_name = "loc"
    id = 0x0038
    message = "inject-utc-time"
    indication_status: IndicationStatus = member(Int(4, enum=IndicationStatus), tlv=0x01)


class InjectPositionIndication(Indication):
    """LOC 0x0039: What became of the position that was injected."""

    service = 0x10
    service_name = "loc"
    id = 0x0039
    message = "inject-position"
    indication_status: IndicationStatus = member(Int(4, enum=IndicationStatus), tlv=0x01)


class DeleteAssistanceDataIndication(Indication):
    """LOC 0x0044: What became of the wish to forget assistance data."""

    service = 0x10
    service_name = "loc"
    id = 0x0044
    message = "delete-assistance-data"
    indication_status: IndicationStatus = member(Int(4, enum=IndicationStatus), tlv=0x01)


class InjectXtraDataIndication(Indication):
    """LOC 0x00a7: What became of a part of the XTRA file."""

    service = 0x10
    service_name = "loc"
    id = 0x00a7
    message = "inject-xtra-data"
    indication_status: IndicationStatus = member(Int(4, enum=IndicationStatus), tlv=0x01)
    part_number: int | None = member(U16, tlv=0x10, required=False, default=None)


class SetEngineLockResponse(Response):
    """LOC 0x003a: the answer to :class:`SetEngineLock`."""

    service = 0x10
    service_name = "loc"
    id = 0x003a
    message = "set-engine-lock"


class SetEngineLock(Request[SetEngineLockResponse]):
    """LOC 0x003a: Forbid or allow positioning asked for by the device or by the network."""

    service = 0x10
    service_name = "loc"
    id = 0x003a
    message = "set-engine-lock"
    response = SetEngineLockResponse
    lock_type: LockType = member(Int(4, enum=LockType), tlv=0x01)


class GetEngineLockResponse(Response):
    """LOC 0x003b: the answer to :class:`GetEngineLock`."""

    service = 0x10
    service_name = "loc"
    id = 0x003b
    message = "get-engine-lock"


class GetEngineLock(Request[GetEngineLockResponse]):
    """LOC 0x003b: Ask which positioning is forbidden."""

    service = 0x10
    service_name = "loc"
    id = 0x003b
    message = "get-engine-lock"
    response = GetEngineLockResponse


class SetNmeaTypesResponse(Response):
    """LOC 0x003e: the answer to :class:`SetNmeaTypes`."""

    service = 0x10
    service_name = "loc"
    id = 0x003e
    message = "set-nmea-types"


class SetNmeaTypes(Request[SetNmeaTypesResponse]):
    """LOC 0x003e: Choose the kinds of NMEA sentences."""

    service = 0x10
    service_name = "loc"
    id = 0x003e
    message = "set-nmea-types"
    response = SetNmeaTypesResponse
    nmea_types: NmeaType = member(Int(4, enum=NmeaType), tlv=0x01)


class GetNmeaTypesResponse(Response):
    """LOC 0x003f: the answer to :class:`GetNmeaTypes`."""

    service = 0x10
    service_name = "loc"
    id = 0x003f
    message = "get-nmea-types"


class GetNmeaTypes(Request[GetNmeaTypesResponse]):
    """LOC 0x003f: Ask which kinds of NMEA sentences are chosen."""

    service = 0x10
    service_name = "loc"
    id = 0x003f
    message = "get-nmea-types"
    response = GetNmeaTypesResponse


class SetServerResponse(Response):
    """LOC 0x0042: the answer to :class:`SetServer`."""

    service = 0x10
    service_name = "loc"
    id = 0x0042
    message = "set-server"


class SetServer(Request[SetServerResponse]):
    """LOC 0x0042: Set the address of an assistance server."""

    service = 0x10
    service_name = "loc"
    id = 0x0042
    message = "set-server"
    response = SetServerResponse
    server_type: ServerType = member(Int(4, enum=ServerType), tlv=0x01)
    ipv4: Ipv4Server | None = member(Nested(Ipv4Server), tlv=0x10, required=False, default=None)
    ipv6: Ipv6Server | None = member(Nested(Ipv6Server), tlv=0x11, required=False, default=None)
    url: str | None = member(Text(limit=256), tlv=0x12, required=False, default=None)


class GetServerResponse(Response):
    """LOC 0x0043: the answer to :class:`GetServer`."""

    service = 0x10
    service_name = "loc"
    id = 0x0043
    message = "get-server"


class GetServer(Request[GetServerResponse]):
    """LOC 0x0043: Ask for the address of an assistance server."""

    service = 0x10
    service_name = "loc"
    id = 0x0043
    message = "get-server"
    response = GetServerResponse
    server_type: ServerType = member(Int(4, enum=ServerType), tlv=0x01)
    server_address_type: ServerAddressType | None = member(Int(1, enum=ServerAddressType), tlv=0x10, required=False, default=None)


class SetOperationModeResponse(Response):
    """LOC 0x004a: the answer to :class:`SetOperationMode`."""

    service = 0x10
    service_name = "loc"
    id = 0x004a
    message = "set-operation-mode"


class SetOperationMode(Request[SetOperationModeResponse]):
    """LOC 0x004a: Choose who computes positions: the device, the network, or cells alone."""

    service = 0x10
    service_name = "loc"
    id = 0x004a
    message = "set-operation-mode"
    response = SetOperationModeResponse
    operation_mode: OperationMode = member(Int(4, enum=OperationMode), tlv=0x01)


class GetOperationModeResponse(Response):
    """LOC 0x004b: the answer to :class:`GetOperationMode`."""

    service = 0x10
    service_name = "loc"
    id = 0x004b
    message = "get-operation-mode"


class GetOperationMode(Request[GetOperationModeResponse]):
    """LOC 0x004b: Ask who computes positions."""

    service = 0x10
    service_name = "loc"
    id = 0x004b
    message = "get-operation-mode"
    response = GetOperationModeResponse


class SetEngineLockIndication(Indication):
    """LOC 0x003a: What became of the new lock."""

    service = 0x10
    service_name = "loc"
    id = 0x003a
    message = "set-engine-lock"
    indication_status: IndicationStatus = member(Int(4, enum=IndicationStatus), tlv=0x01)


class GetEngineLockIndication(Indication):
    """LOC 0x003b: Which positioning is forbidden."""

    service = 0x10
    service_name = "loc"
    id = 0x003b
    message = "get-engine-lock"
    indication_status: IndicationStatus = member(Int(4, enum=IndicationStatus), tlv=0x01)
    lock_type: LockType | None = member(Int(4, enum=LockType), tlv=0x10, required=False, default=None)


class SetNmeaTypesIndication(Indication):
    """LOC 0x003e: What became of the choice of NMEA sentences."""

    service = 0x10
    service_name = "loc"
    id = 0x003e
    message = "set-nmea-types"
    indication_status: IndicationStatus = member(Int(4, enum=IndicationStatus), tlv=0x01)


class GetNmeaTypesIndication(Indication):
    """LOC 0x003f: Which kinds of NMEA sentences are chosen."""

    service = 0x10
    service_name = "loc"
    id = 0x003f
    message = "get-nmea-types"
    indication_status: IndicationStatus = member(Int(4, enum=IndicationStatus), tlv=0x01)
    nmea_types: NmeaType | None = member(Int(4, enum=NmeaType), tlv=0x10, required=False, default=None)


class SetServerIndication(Indication):
    """LOC 0x0042: What became of the server's new address."""

    service = 0x10
    service_name = "loc"
    id = 0x0042
    message = "set-server"
    indication_status: IndicationStatus = member(Int(4, enum=IndicationStatus), tlv=0x01)


class GetServerIndication(Indication):
    """LOC 0x0043: The address of an assistance server."""

    service = 0x10
    service_name = "loc"
    id = 0x0043
    message = "get-server"
    indication_status: IndicationStatus = member(Int(4, enum=IndicationStatus), tlv=0x01)
    server_type: ServerType = member(Int(4, enum=ServerType), tlv=0x02)
    ipv4: Ipv4Server | None = member(Nested(Ipv4Server), tlv=0x10, required=False, default=None)
    ipv6: Ipv6Server | None = member(Nested(Ipv6Server), tlv=0x11, required=False, default=None)
    url: str | None = member(Text(limit=256), tlv=0x12, required=False, default=None)


class SetOperationModeIndication(Indication):
    """LOC 0x004a: What became of the new operation mode."""

    service = 0x10
    service_name = "loc"
    id = 0x004a
    message = "set-operation-mode"
    indication_status: IndicationStatus = member(Int(4, enum=IndicationStatus), tlv=0x01)


class GetOperationModeIndication(Indication):
    """LOC 0x004b: Who computes positions."""

    service = 0x10
    service_name = "loc"
    id = 0x004b
    message = "get-operation-mode"
    indication_status: IndicationStatus = member(Int(4, enum=IndicationStatus), tlv=0x01)
    operation_mode: OperationMode | None = member(Int(4, enum=OperationMode), tlv=0x10, required=False, default=None)
