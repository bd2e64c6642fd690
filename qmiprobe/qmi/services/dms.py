# SPDX-License-Identifier: GPL-2.0-or-later OR MIT
# Do not edit: made from protocols/qmi/dms.toml, protocols/qmi/dms.enums.toml, protocols/qmi/dms.firmware.toml, protocols/qmi/dms.uim.toml
# by python -m qmiprobe._codegen
"""Device Management Service: what the modem is, its operating mode, its clock, its firmware, the SIM's PIN on older modems."""

from __future__ import annotations

from typing import ClassVar
from qmiprobe._arrays import Array, Nested, Sequenced
from qmiprobe._condition import parse_condition
from qmiprobe._enums import OpenEnum, OpenFlags
from qmiprobe._message import Indication, Request, Response, Struct, member
from qmiprobe._text import Text, U16, U32, U64, U8
from qmiprobe._types import Bool, Bytes, Int
from qmiprobe.qmi.services._shared import Bands, LteBands

class DataServiceCapability(OpenEnum):
    NONE: ClassVar[DataServiceCapability]
    CS: ClassVar[DataServiceCapability]
    PS: ClassVar[DataServiceCapability]
    SIMULTANEOUS_CS_PS: ClassVar[DataServiceCapability]
    NON_SIMULTANEOUS_CS_PS: ClassVar[DataServiceCapability]
    definition = "data-service-capability"
    names = {
        0: "none",
        1: "cs",
        2: "ps",
        3: "simultaneous-cs-ps",
        4: "non-simultaneous-cs-ps",
    }


class SimCapability(OpenEnum):
    NOT_SUPPORTED: ClassVar[SimCapability]
    SUPPORTED: ClassVar[SimCapability]
    definition = "sim-capability"
    names = {
        1: "not-supported",
        2: "supported",
    }


class RadioInterface(OpenEnum):
    CDMA20001X: ClassVar[RadioInterface]
    EVDO: ClassVar[RadioInterface]
    GSM: ClassVar[RadioInterface]
    UMTS: ClassVar[RadioInterface]
    LTE: ClassVar[RadioInterface]
    TDS: ClassVar[RadioInterface]
    _5GNR: ClassVar[RadioInterface]
    definition = "radio-interface"
    names = {
        1: "cdma20001x",
        2: "evdo",
        4: "gsm",
        5: "umts",
        8: "lte",
        9: "tds",
        10: "5gnr",
    }


class UimPinId(OpenEnum):
    PIN: ClassVar[UimPinId]
    PIN2: ClassVar[UimPinId]
    definition = "uim-pin-id"
    names = {
        1: "pin",
        2: "pin2",
    }


class UimPinStatus(OpenEnum):
    NOT_INITIALIZED: ClassVar[UimPinStatus]
    ENABLED_NOT_VERIFIED: ClassVar[UimPinStatus]
    ENABLED_VERIFIED: ClassVar[UimPinStatus]
    DISABLED: ClassVar[UimPinStatus]
    BLOCKED: ClassVar[UimPinStatus]
    PERMANENTLY_BLOCKED: ClassVar[UimPinStatus]
    UNBLOCKED: ClassVar[UimPinStatus]
    CHANGED: ClassVar[UimPinStatus]
    definition = "uim-pin-status"
    names = {
        0: "not-initialized",
        1: "enabled-not-verified",
        2: "enabled-verified",
        3: "disabled",
        4: "blocked",
        5: "permanently-blocked",
        6: "unblocked",
        7: "changed",
    }


class OperatingMode(OpenEnum):
    ONLINE: ClassVar[OperatingMode]
    LOW_POWER: ClassVar[OperatingMode]
    FACTORY_TEST: ClassVar[OperatingMode]
    OFFLINE: ClassVar[OperatingMode]
    RESET: ClassVar[OperatingMode]
    SHUTTING_DOWN: ClassVar[OperatingMode]
    PERSISTENT_LOW_POWER: ClassVar[OperatingMode]
    MODE_ONLY_LOW_POWER: ClassVar[OperatingMode]
    UNKNOWN: ClassVar[OperatingMode]
    definition = "operating-mode"
    names = {
        0: "online",
        1: "low-power",
        2: "factory-test",
        3: "offline",
        4: "reset",
        5: "shutting-down",
        6: "persistent-low-power",
        7: "mode-only-low-power",
        255: "unknown",
    }


class TimeSource(OpenEnum):
    DEVICE: ClassVar[TimeSource]
    CDMA_NETWORK: ClassVar[TimeSource]
    HDR_NETWORK: ClassVar[TimeSource]
    definition = "time-source"
    names = {
        0: "device",
        1: "cdma-network",
        2: "hdr-network",
    }


class ActivationState(OpenEnum):
    NOT_ACTIVATED: ClassVar[ActivationState]
    ACTIVATED: ClassVar[ActivationState]
    CONNECTING: ClassVar[ActivationState]
    CONNECTED: ClassVar[ActivationState]
    OTASP_AUTHENTICATED: ClassVar[ActivationState]
    OTASP_NAM: ClassVar[ActivationState]
    OTASP_MDN: ClassVar[ActivationState]
    OTASP_IMSI: ClassVar[ActivationState]
    OTASP_PRL: ClassVar[ActivationState]
    OTASP_SPC: ClassVar[ActivationState]
    OTASP_COMMITED: ClassVar[ActivationState]
    definition = "activation-state"
    names = {
        0: "not-activated",
        1: "activated",
        2: "connecting",
        3: "connected",
        4: "otasp-authenticated",
        5: "otasp-nam",
        6: "otasp-mdn",
        7: "otasp-imsi",
        8: "otasp-prl",
        9: "otasp-spc",
        10: "otasp-commited",
    }


class UimFacility(OpenEnum):
    PN: ClassVar[UimFacility]
    PU: ClassVar[UimFacility]
    PP: ClassVar[UimFacility]
    PC: ClassVar[UimFacility]
    PF: ClassVar[UimFacility]
    definition = "uim-facility"
    names = {
        0: "pn",
        1: "pu",
        2: "pp",
        3: "pc",
        4: "pf",
    }


class UimFacilityState(OpenEnum):
    DEACTIVATED: ClassVar[UimFacilityState]
    ACTIVATED: ClassVar[UimFacilityState]
    BLOCKED: ClassVar[UimFacilityState]
    definition = "uim-facility-state"
    names = {
        0: "deactivated",
        1: "activated",
        2: "blocked",
    }


class UimState(OpenEnum):
    INITIALIZATION_COMPLETED: ClassVar[UimState]
    LOCKED_OR_FAILED: ClassVar[UimState]
    NOT_PRESENT: ClassVar[UimState]
    RESERVED: ClassVar[UimState]
    UNKNOWN: ClassVar[UimState]
    definition = "uim-state"
    names = {
        0: "initialization-completed",
        1: "locked-or-failed",
        2: "not-present",
        3: "reserved",
        255: "unknown",
    }


class TimeReferenceType(OpenEnum):
    USER: ClassVar[TimeReferenceType]
    definition = "time-reference-type"
    names = {
        0: "user",
    }


class FirmwareImageType(OpenEnum):
    MODEM: ClassVar[FirmwareImageType]
    PRI: ClassVar[FirmwareImageType]
    definition = "firmware-image-type"
    names = {
        0: "modem",
        1: "pri",
    }


class BootImageDownloadMode(OpenEnum):
    NORMAL: ClassVar[BootImageDownloadMode]
    BOOT_AND_RECOVERY: ClassVar[BootImageDownloadMode]
    definition = "boot-image-download-mode"
    names = {
        0: "normal",
        1: "boot-and-recovery",
    }


class MacType(OpenEnum):
    WLAN: ClassVar[MacType]
    BT: ClassVar[MacType]
    definition = "mac-type"
    names = {
        0: "wlan",
        1: "bt",
    }


class HpDeviceMode(OpenEnum):
    FASTBOOT: ClassVar[HpDeviceMode]
    definition = "hp-device-mode"
    names = {
        5: "fastboot",
    }


class SwiUsbComposition(OpenEnum):
    _0: ClassVar[SwiUsbComposition]
    _1: ClassVar[SwiUsbComposition]
    _2: ClassVar[SwiUsbComposition]
    _3: ClassVar[SwiUsbComposition]
    _4: ClassVar[SwiUsbComposition]
    _5: ClassVar[SwiUsbComposition]
    _6: ClassVar[SwiUsbComposition]
    _7: ClassVar[SwiUsbComposition]
    _8: ClassVar[SwiUsbComposition]
    _9: ClassVar[SwiUsbComposition]
    _10: ClassVar[SwiUsbComposition]
    _11: ClassVar[SwiUsbComposition]
    _12: ClassVar[SwiUsbComposition]
    _13: ClassVar[SwiUsbComposition]
    _14: ClassVar[SwiUsbComposition]
    _15: ClassVar[SwiUsbComposition]
    _16: ClassVar[SwiUsbComposition]
    _17: ClassVar[SwiUsbComposition]
    _18: ClassVar[SwiUsbComposition]
    _19: ClassVar[SwiUsbComposition]
    _20: ClassVar[SwiUsbComposition]
    _21: ClassVar[SwiUsbComposition]
    _22: ClassVar[SwiUsbComposition]
    definition = "swi-usb-composition"
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
        9: "9",
        10: "10",
        11: "11",
        12: "12",
        13: "13",
        14: "14",
        15: "15",
        16: "16",
        17: "17",
        18: "18",
        19: "19",
        20: "20",
        21: "21",
        22: "22",
    }


class FoxconnDeviceMode(OpenEnum):
    UNKNOWN: ClassVar[FoxconnDeviceMode]
    FASTBOOT_ONLINE: ClassVar[FoxconnDeviceMode]
    FASTBOOT_OTA: ClassVar[FoxconnDeviceMode]
    definition = "foxconn-device-mode"
    names = {
        0: "unknown",
        5: "fastboot-online",
        10: "fastboot-ota",
    }


class FoxconnFirmwareVersionType(OpenEnum):
    FIRMWARE_MCFG: ClassVar[FoxconnFirmwareVersionType]
    FIRMWARE_MCFG_APPS: ClassVar[FoxconnFirmwareVersionType]
    APPS: ClassVar[FoxconnFirmwareVersionType]
    definition = "foxconn-firmware-version-type"
    names = {
        0: "firmware-mcfg",
        1: "firmware-mcfg-apps",
        2: "apps",
    }


class PowerState(OpenFlags):
    EXTERNAL_SOURCE: ClassVar[PowerState]
    BATTERY_CONNECTED: ClassVar[PowerState]
    BATTERY_CHARGING: ClassVar[PowerState]
    FAULT: ClassVar[PowerState]
    definition = "power-state"
    names = {
        0x1: "external-source",
        0x2: "battery-connected",
        0x4: "battery-charging",
        0x8: "fault",
    }


class OfflineReason(OpenFlags):
    HOST_IMAGE_MISCONFIGURATION: ClassVar[OfflineReason]
    PRI_IMAGE_MISCONFIGURATION: ClassVar[OfflineReason]
    PRI_VERSION_INCOMPATIBLE: ClassVar[OfflineReason]
    DEVICE_MEMORY_FULL: ClassVar[OfflineReason]
    definition = "offline-reason"
    names = {
        0x1: "host-image-misconfiguration",
        0x2: "pri-image-misconfiguration",
        0x4: "pri-version-incompatible",
        0x8: "device-memory-full",
    }


class PowerLevel(Struct):
    power_state_flags: PowerState = member(Int(1, enum=PowerState))
    battery_level: int = member(U8, unit='%')


class PinStatus(Struct):
    current_status: UimPinStatus = member(Int(1, enum=UimPinStatus))
    verify_retries_left: int = member(U8)
    unblock_retries_left: int = member(U8)


class FirmwareImage(Struct):
    type: FirmwareImageType = member(Int(1, enum=FirmwareImageType))
    unique_id: bytes = member(Bytes(16))
    build_id: str = member(Text(U8))


class StoredImage(Struct):
    storage_index: int = member(U8)
    failure_count: int = member(U8)
    unique_id: bytes = member(Bytes(16))
    build_id: str = member(Text(U8))


class StoredImageList(Struct):
    type: FirmwareImageType = member(Int(1, enum=FirmwareImageType))
    maximum_images: int = member(U8)
    index_of_running_image: int = member(U8)
    sublist: list[StoredImage] = member(Array(Nested(StoredImage), count=U8), default_factory=list)


class PinRetries(Struct):
    verify_retries_left: int = member(U8)
    unblock_retries_left: int = member(U8)


class ResetResponse(Response):
    """DMS 0x0000: the answer to :class:`Reset`."""

    service = 0x02
    service_name = "dms"
    id = 0x0000
    message = "reset"


class Reset(Request[ResetResponse]):
    """DMS 0x0000: Forget this client's DMS state, event reports included."""

    service = 0x02
    service_name = "dms"
    id = 0x0000
    message = "reset"
    response = ResetResponse


class SetEventReportResponse(Response):
    """DMS 0x0001: the answer to :class:`SetEventReport`."""

    service = 0x02
    service_name = "dms"
    id = 0x0001
    message = "set-event-report"


class SetEventReportBatteryLevelReportLimits(Struct):
    lower_limit: int = member(U8, unit='%')
    upper_limit: int = member(U8, unit='%')


class SetEventReport(Request[SetEventReportResponse]):
    """DMS 0x0001: Choose which changes of power, PIN, activation, mode and card are reported to
    this client."""

    service = 0x02
    service_name = "dms"
    id = 0x0001
    message = "set-event-report"
    response = SetEventReportResponse
    power_state_reporting: bool | None = member(Bool(), tlv=0x10, required=False, default=None)
    battery_level_report_limits: SetEventReportBatteryLevelReportLimits | None = member(Nested(SetEventReportBatteryLevelReportLimits), tlv=0x11, required=False, default=None)
    pin_state_reporting: bool | None = member(Bool(), tlv=0x12, required=False, default=None)
    activation_state_reporting: bool | None = member(Bool(), tlv=0x13, required=False, default=None)
    operating_mode_reporting: bool | None = member(Bool(), tlv=0x14, required=False, default=None)
    uim_state_reporting: bool | None = member(Bool(), tlv=0x15, required=False, default=None)
    wireless_disable_state_reporting: bool | None = member(Bool(), tlv=0x16, required=False, default=None)
    prl_init_reporting: bool | None = member(Bool(), tlv=0x17, required=False, default=None)


class GetSupportedMessagesResponse(Response):
    """DMS 0x001e: the answer to :class:`GetSupportedMessages`."""

    service = 0x02
    service_name = "dms"
    id = 0x001e
    message = "get-supported-messages"
    list_: bytes | None = member(Bytes(U16), tlv=0x10, required=False, default=None)


class GetSupportedMessages(Request[GetSupportedMessagesResponse]):
    """DMS 0x001e: Read the bit mask of DMS message ids that this firmware knows."""

    service = 0x02
    service_name = "dms"
    id = 0x001e
    message = "get-supported-messages"
    response = GetSupportedMessagesResponse


class GetCapabilitiesResponseInfo(Struct):
    max_tx_channel_rate: int = member(U32, unit='bit/s')
    max_rx_channel_rate: int = member(U32, unit='bit/s')
    data_service_capability: DataServiceCapability = member(Int(1, enum=DataServiceCapability))
    sim_capability: SimCapability = member(Int(1, enum=SimCapability))
    radio_interface_list: list[RadioInterface] = member(Array(Int(1, enum=RadioInterface), count=U8), default_factory=list)


class GetCapabilitiesResponse(Response):
    """DMS 0x0020: the answer to :class:`GetCapabilities`."""

    service = 0x02
    service_name = "dms"
    id = 0x0020
    message = "get-capabilities"
    info: GetCapabilitiesResponseInfo = member(Nested(GetCapabilitiesResponseInfo), tlv=0x01)


class GetCapabilities(Request[GetCapabilitiesResponse]):
    """DMS 0x0020: Read the data rates, the kinds of service and the radio interfaces that the
    modem can do."""

    service = 0x02
    service_name = "dms"
    id = 0x0020
    message = "get-capabilities"
    response = GetCapabilitiesResponse


class GetManufacturerResponse(Response):
    """DMS 0x0021: the answer to :class:`GetManufacturer`."""

    service = 0x02
    service_name = "dms"
    id = 0x0021
    message = "get-manufacturer"
    manufacturer: str = member(Text(), tlv=0x01)


class GetManufacturer(Request[GetManufacturerResponse]):
    """DMS 0x0021: Read who made the modem, as its firmware says it."""

    service = 0x02
    service_name = "dms"
    id = 0x0021
    message = "get-manufacturer"
    response = GetManufacturerResponse


class GetModelResponse(Response):
    """DMS 0x0022: the answer to :class:`GetModel`."""

    service = 0x02
    service_name = "dms"
    id = 0x0022
    message = "get-model"
    model: str = member(Text(), tlv=0x01)


class GetModel(Request[GetModelResponse]):
    """DMS 0x0022: Read the model name."""

    service = 0x02
    service_name = "dms"
    id = 0x0022
    message = "get-model"
    response = GetModelResponse


class GetRevisionResponse(Response):
    """DMS 0x0023: the answer to :class:`GetRevision`."""

    service = 0x02
    service_name = "dms"
    id = 0x0023
    message = "get-revision"
    revision: str = member(Text(), tlv=0x01)


class GetRevision(Request[GetRevisionResponse]):
    """DMS 0x0023: Read the firmware revision."""

    service = 0x02
    service_name = "dms"
    id = 0x0023
    message = "get-revision"
    response = GetRevisionResponse


class GetMsisdnResponse(Response):
    """DMS 0x0024: the answer to :class:`GetMsisdn`."""

    service = 0x02
    service_name = "dms"
    id = 0x0024
    message = "get-msisdn"
    msisdn: str = member(Text(), tlv=0x01, personal=True)


class GetMsisdn(Request[GetMsisdnResponse]):
    """DMS 0x0024: Read the subscriber's own telephone number, where the card holds one."""

    service = 0x02
    service_name = "dms"
    id = 0x0024
    message = "get-msisdn"
    response = GetMsisdnResponse


class GetIdsResponse(Response):
    """DMS 0x0025: the answer to :class:`GetIds`."""

    service = 0x02
    service_name = "dms"
    id = 0x0025
    message = "get-ids"
    esn: str | None = member(Text(), tlv=0x10, required=False, personal=True, default=None)
    imei: str | None = member(Text(limit=15), tlv=0x11, required=False, personal=True, default=None)
    meid: str | None = member(Text(), tlv=0x12, required=False, personal=True, default=None)
    imei_software_version: str | None = member(Text(), tlv=0x13, required=False, default=None)


class GetIds(Request[GetIdsResponse]):
    """DMS 0x0025: Read the serial numbers of the modem: ESN, IMEI, MEID."""

    service = 0x02
    service_name = "dms"
    id = 0x0025
    message = "get-ids"
    response = GetIdsResponse


class GetPowerStateResponse(Response):
    """DMS 0x0026: the answer to :class:`GetPowerState`."""

    service = 0x02
    service_name = "dms"
    id = 0x0026
    message = "get-power-state"
    info: PowerLevel = member(Nested(PowerLevel), tlv=0x01)


class GetPowerState(Request[GetPowerStateResponse]):
    """DMS 0x0026: Read battery level and power supply."""

    service = 0x02
    service_name = "dms"
    id = 0x0026
    message = "get-power-state"
    response = GetPowerStateResponse


class GetHardwareRevisionResponse(Response):
    """DMS 0x002c: the answer to :class:`GetHardwareRevision`."""

    service = 0x02
    service_name = "dms"
    id = 0x002c
    message = "get-hardware-revision"
    revision: str = member(Text(), tlv=0x01)


class GetHardwareRevision(Request[GetHardwareRevisionResponse]):
    """DMS 0x002c: Read the revision of the hardware."""

    service = 0x02
    service_name = "dms"
    id = 0x002c
    message = "get-hardware-revision"
    response = GetHardwareRevisionResponse


class GetOperatingModeResponse(Response):
    """DMS 0x002d: the answer to :class:`GetOperatingMode`."""

    service = 0x02
    service_name = "dms"
    id = 0x002d
    message = "get-operating-mode"
    mode: OperatingMode = member(Int(1, enum=OperatingMode), tlv=0x01)
    offline_reason: OfflineReason | None = member(Int(2, enum=OfflineReason), tlv=0x10, required=False, expected=parse_condition('mode == offline'), default=None)
    hardware_restricted_mode: bool | None = member(Bool(), tlv=0x11, required=False, default=None)


class GetOperatingMode(Request[GetOperatingModeResponse]):
    """DMS 0x002d: Read whether the radio is on, and if not, why."""

    service = 0x02
    service_name = "dms"
    id = 0x002d
    message = "get-operating-mode"
    response = GetOperatingModeResponse


class SetOperatingModeResponse(Response):
    """DMS 0x002e: the answer to :class:`SetOperatingMode`."""

    service = 0x02
    service_name = "dms"
    id = 0x002e
    message = "set-operating-mode"


class SetOperatingMode(Request[SetOperatingModeResponse]):
    """DMS 0x002e: Switch the radio on or off, or reset or power down the modem."""

    service = 0x02
    service_name = "dms"
    id = 0x002e
    message = "set-operating-mode"
    response = SetOperatingModeResponse
    mode: OperatingMode = member(Int(1, enum=OperatingMode), tlv=0x01)


class GetTimeResponseDeviceTime(Struct):
    time_count: int = member(Int(6), unit='1.25 ms')
    time_source: TimeSource = member(Int(2, enum=TimeSource))


class GetTimeResponse(Response):
    """DMS 0x002f: the answer to :class:`GetTime`."""

    service = 0x02
    service_name = "dms"
    id = 0x002f
    message = "get-time"
    device_time: GetTimeResponseDeviceTime = member(Nested(GetTimeResponseDeviceTime), tlv=0x01)
    system_time: int | None = member(U64, tlv=0x10, required=False, unit='ms', default=None)
    user_time: int | None = member(U64, tlv=0x11, required=False, unit='ms', default=None)


class GetTime(Request[GetTimeResponse]):
    """DMS 0x002f: Read the modem's clock and where it got its time from."""

    service = 0x02
    service_name = "dms"
    id = 0x002f
    message = "get-time"
    response = GetTimeResponse


class GetPrlVersionResponse(Response):
    """DMS 0x0030: the answer to :class:`GetPrlVersion`."""

    service = 0x02
    service_name = "dms"
    id = 0x0030
    message = "get-prl-version"
    version: int = member(U16, tlv=0x01)
    prl_only_preference: bool | None = member(Bool(), tlv=0x10, required=False, default=None)


class GetPrlVersion(Request[GetPrlVersionResponse]):
    """DMS 0x0030: Read the version of the preferred roaming list (CDMA)."""

    service = 0x02
    service_name = "dms"
    id = 0x0030
    message = "get-prl-version"
    response = GetPrlVersionResponse


class GetActivationStateResponse(Response):
    """DMS 0x0031: the answer to :class:`GetActivationState`."""

    service = 0x02
    service_name = "dms"
    id = 0x0031
    message = "get-activation-state"
    info: ActivationState = member(Int(2, enum=ActivationState), tlv=0x01)


class GetActivationState(Request[GetActivationStateResponse]):
    """DMS 0x0031: Read how far the activation of the line has come (CDMA)."""

    service = 0x02
    service_name = "dms"
    id = 0x0031
    message = "get-activation-state"
    response = GetActivationStateResponse


class ActivateAutomaticResponse(Response):
    """DMS 0x0032: the answer to :class:`ActivateAutomatic`."""

    service = 0x02
    service_name = "dms"
    id = 0x0032
    message = "activate-automatic"


class ActivateAutomatic(Request[ActivateAutomaticResponse]):
    """DMS 0x0032: Activate the line by dialling a code of the operator (CDMA)."""

    service = 0x02
    service_name = "dms"
    id = 0x0032
    message = "activate-automatic"
    response = ActivateAutomaticResponse
    activation_code: str = member(Text(U8), tlv=0x01, personal=True)


class ActivateManualResponse(Response):
    """DMS 0x0033: the answer to :class:`ActivateManual`."""

    service = 0x02
    service_name = "dms"
    id = 0x0033
    message = "activate-manual"


class ActivateManualInfo(Struct):
    service_programming_code: str = member(Text(6), personal=True)
    system_identification_number: int = member(U16, personal=True)
    mobile_directory_number: str = member(Text(U8, limit=15), personal=True)
    mobile_identification_number: str = member(Text(U8, limit=15), personal=True)


class ActivateManualPrl(Struct):
    prl_total_length: int = member(U16)
    prl_segment: Sequenced[int] = member(Array(U8, count=U16, sequence=U8))


class ActivateManual(Request[ActivateManualResponse]):
    """DMS 0x0033: Activate the line with numbers typed in by hand (CDMA)."""

    service = 0x02
    service_name = "dms"
    id = 0x0033
    message = "activate-manual"
    response = ActivateManualResponse
    info: ActivateManualInfo = member(Nested(ActivateManualInfo), tlv=0x01)
    mn_ha_key: str | None = member(Text(U8, limit=16), tlv=0x11, required=False, personal=True, default=None)
    mn_aaa_key: str | None = member(Text(U8, limit=16), tlv=0x12, required=False, personal=True, default=None)
    prl: ActivateManualPrl | None = member(Nested(ActivateManualPrl), tlv=0x13, required=False, default=None)


class GetUserLockStateResponse(Response):
    """DMS 0x0034: the answer to :class:`GetUserLockState`."""

    service = 0x02
    service_name = "dms"
    id = 0x0034
    message = "get-user-lock-state"
    enabled: bool = member(Bool(), tlv=0x01)


class GetUserLockState(Request[GetUserLockStateResponse]):
    """DMS 0x0034: Read whether the user's lock code is in force."""

    service = 0x02
    service_name = "dms"
    id = 0x0034
    message = "get-user-lock-state"
    response = GetUserLockStateResponse


class SetUserLockStateResponse(Response):
    """DMS 0x0035: the answer to :class:`SetUserLockState`."""

    service = 0x02
    service_name = "dms"
    id = 0x0035
    message = "set-user-lock-state"


class SetUserLockStateInfo(Struct):
    enabled: bool = member(Bool())
    lock_code: str = member(Text(4), personal=True)


class SetUserLockState(Request[SetUserLockStateResponse]):
    """DMS 0x0035: Put the user's lock code in force or lift it."""

    service = 0x02
    service_name = "dms"
    id = 0x0035
    message = "set-user-lock-state"
    response = SetUserLockStateResponse
    info: SetUserLockStateInfo = member(Nested(SetUserLockStateInfo), tlv=0x01)


class SetUserLockCodeResponse(Response):
    """DMS 0x0036: the answer to :class:`SetUserLockCode`."""

    service = 0x02
    service_name = "dms"
    id = 0x0036
    message = "set-user-lock-code"


class SetUserLockCodeInfo(Struct):
    old_code: str = member(Text(4), personal=True)
    new_code: str = member(Text(4), personal=True)


class SetUserLockCode(Request[SetUserLockCodeResponse]):
    """DMS 0x0036: Replace the user's lock code."""

    service = 0x02
    service_name = "dms"
    id = 0x0036
    message = "set-user-lock-code"
    response = SetUserLockCodeResponse
    info: SetUserLockCodeInfo = member(Nested(SetUserLockCodeInfo), tlv=0x01)


class ReadUserDataResponse(Response):
    """DMS 0x0037: the answer to :class:`ReadUserData`."""

    service = 0x02
    service_name = "dms"
    id = 0x0037
    message = "read-user-data"
    user_data: bytes = member(Bytes(U16), tlv=0x01, personal=True)


class ReadUserData(Request[ReadUserDataResponse]):
    """DMS 0x0037: Read the free data area that the modem keeps for the user."""

    service = 0x02
    service_name = "dms"
    id = 0x0037
    message = "read-user-data"
    response = ReadUserDataResponse


class WriteUserDataResponse(Response):
    """DMS 0x0038: the answer to :class:`WriteUserData`."""

    service = 0x02
    service_name = "dms"
    id = 0x0038
    message = "write-user-data"


class WriteUserData(Request[WriteUserDataResponse]):
    """DMS 0x0038: Fill the free data area that the modem keeps for the user."""

    service = 0x02
    service_name = "dms"
    id = 0x0038
    message = "write-user-data"
    response = WriteUserDataResponse
    user_data: bytes = member(Bytes(U16), tlv=0x01, personal=True)


class ReadEriFileResponse(Response):
    """DMS 0x0039: the answer to :class:`ReadEriFile`."""

    service = 0x02
    service_name = "dms"
    id = 0x0039
    message = "read-eri-file"
    eri_file: bytes = member(Bytes(U16), tlv=0x01)


class ReadEriFile(Request[ReadEriFileResponse]):
    """DMS 0x0039: Read the table of texts for roaming indicators (CDMA)."""

    service = 0x02
    service_name = "dms"
    id = 0x0039
    message = "read-eri-file"
    response = ReadEriFileResponse


class RestoreFactoryDefaultsResponse(Response):
    """DMS 0x003a: the answer to :class:`RestoreFactoryDefaults`."""

    service = 0x02
    service_name = "dms"
    id = 0x003a
    message = "restore-factory-defaults"


class RestoreFactoryDefaults(Request[RestoreFactoryDefaultsResponse]):
    """DMS 0x003a: Put every setting of the modem back as it left the factory."""

    service = 0x02
    service_name = "dms"
    id = 0x003a
    message = "restore-factory-defaults"
    response = RestoreFactoryDefaultsResponse
    service_programming_code: str = member(Text(6), tlv=0x01, personal=True)


class ValidateServiceProgrammingCodeResponse(Response):
    """DMS 0x003b: the answer to :class:`ValidateServiceProgrammingCode`."""

    service = 0x02
    service_name = "dms"
    id = 0x003b
    message = "validate-service-programming-code"


class ValidateServiceProgrammingCode(Request[ValidateServiceProgrammingCodeResponse]):
    """DMS 0x003b: Check a service programming code without changing anything."""

    service = 0x02
    service_name = "dms"
    id = 0x003b
    message = "validate-service-programming-code"
    response = ValidateServiceProgrammingCodeResponse
    service_programming_code: str = member(Text(6), tlv=0x01, personal=True)


class GetBandCapabilitiesResponse(Response):
    """DMS 0x0045: the answer to :class:`GetBandCapabilities`."""

    service = 0x02
    service_name = "dms"
    id = 0x0045
    message = "get-band-capabilities"
    band_capability: Bands = member(Int(8, enum=Bands), tlv=0x01)
    lte_band_capability: LteBands | None = member(Int(8, enum=LteBands), tlv=0x10, required=False, default=None)
    extended_lte_band_capability: list[int] | None = member(Array(U16, count=U16), tlv=0x12, required=False, default=None)
    nr5g_band_capability: list[int] | None = member(Array(U16, count=U16), tlv=0x13, required=False, default=None)


class GetBandCapabilities(Request[GetBandCapabilitiesResponse]):
    """DMS 0x0045: Read the frequency bands that the hardware can use."""

    service = 0x02
    service_name = "dms"
    id = 0x0045
    message = "get-band-capabilities"
    response = GetBandCapabilitiesResponse


class GetFactorySkuResponse(Response):
    """DMS 0x0046: the answer to :class:`GetFactorySku`."""

    service = 0x02
    service_name = "dms"
    id = 0x0046
    message = "get-factory-sku"
    sku: str = member(Text(), tlv=0x01)


class GetFactorySku(Request[GetFactorySkuResponse]):
    """DMS 0x0046: Read the stock keeping unit that the factory wrote."""

    service = 0x02
    service_name = "dms"
    id = 0x0046
    message = "get-factory-sku"
    response = GetFactorySkuResponse


class SetTimeResponse(Response):
    """DMS 0x004b: the answer to :class:`SetTime`."""

    service = 0x02
    service_name = "dms"
    id = 0x004b
    message = "set-time"


class SetTime(Request[SetTimeResponse]):
    """DMS 0x004b: Set the modem's clock."""

    service = 0x02
    service_name = "dms"
    id = 0x004b
    message = "set-time"
    response = SetTimeResponse
    time_value: int = member(U64, tlv=0x01, unit='ms')
    time_reference_type: TimeReferenceType = member(Int(4, enum=TimeReferenceType), tlv=0x10)


class GetAltNetConfigResponse(Response):
    """DMS 0x004d: the answer to :class:`GetAltNetConfig`."""

    service = 0x02
    service_name = "dms"
    id = 0x004d
    message = "get-alt-net-config"
    config: bool = member(Bool(), tlv=0x01)


class GetAltNetConfig(Request[GetAltNetConfigResponse]):
    """DMS 0x004d: Read whether the alternate network configuration is in use."""

    service = 0x02
    service_name = "dms"
    id = 0x004d
    message = "get-alt-net-config"
    response = GetAltNetConfigResponse


class SetAltNetConfigResponse(Response):
    """DMS 0x004e: the answer to :class:`SetAltNetConfig`."""

    service = 0x02
    service_name = "dms"
    id = 0x004e
    message = "set-alt-net-config"


class SetAltNetConfig(Request[SetAltNetConfigResponse]):
    """DMS 0x004e: Switch the alternate network configuration on or off."""

    service = 0x02
    service_name = "dms"
    id = 0x004e
    message = "set-alt-net-config"
    response = SetAltNetConfigResponse
    config: bool = member(Bool(), tlv=0x01)


class SetServiceProgrammingCodeResponse(Response):
    """DMS 0x0052: the answer to :class:`SetServiceProgrammingCode`."""

    service = 0x02
    service_name = "dms"
    id = 0x0052
    message = "set-service-programming-code"


class SetServiceProgrammingCode(Request[SetServiceProgrammingCodeResponse]):
    """DMS 0x0052: Replace the service programming code."""

    service = 0x02
    service_name = "dms"
    id = 0x0052
    message = "set-service-programming-code"
    response = SetServiceProgrammingCodeResponse
    current_code: str = member(Text(6), tlv=0x01, personal=True)
    new_code: str = member(Text(6), tlv=0x02, personal=True)


class GetMacAddressResponse(Response):
    """DMS 0x005c: the answer to :class:`GetMacAddress`."""

    service = 0x02
    service_name = "dms"
    id = 0x005c
    message = "get-mac-address"
    mac_address: bytes | None = member(Bytes(U8), tlv=0x10, required=False, personal=True, default=None)


class GetMacAddress(Request[GetMacAddressResponse]):
    """DMS 0x005c: Read the MAC address that the modem keeps for Wi-Fi or Bluetooth."""

    service = 0x02
    service_name = "dms"
    id = 0x005c
    message = "get-mac-address"
    response = GetMacAddressResponse
    device: MacType = member(Int(4, enum=MacType), tlv=0x01)


class SetFccAuthenticationResponse(Response):
    """DMS 0x555f: the answer to :class:`SetFccAuthentication`."""

    service = 0x02
    service_name = "dms"
    id = 0x555f
    message = "set-fcc-authentication"


class SetFccAuthentication(Request[SetFccAuthenticationResponse]):
    """DMS 0x555f: Unlock the transmitter of a modem that waits for its host's approval (FCC lock)."""

    service = 0x02
    service_name = "dms"
    id = 0x555f
    message = "set-fcc-authentication"
    response = SetFccAuthenticationResponse


class EventReportIndication(Indication):
    """DMS 0x0001: Something that was asked for with set-event-report has changed."""

    service = 0x02
    service_name = "dms"
    id = 0x0001
    message = "event-report"
    power_state: PowerLevel | None = member(Nested(PowerLevel), tlv=0x10, required=False, default=None)
    pin1_status: PinStatus | None = member(Nested(PinStatus), tlv=0x11, required=False, default=None)
    pin2_status: PinStatus | None = member(Nested(PinStatus), tlv=0x12, required=False, default=None)
    activation_state: ActivationState | None = member(Int(2, enum=ActivationState), tlv=0x13, required=False, default=None)
    operating_mode: OperatingMode | None = member(Int(1, enum=OperatingMode), tlv=0x14, required=False, default=None)
    uim_state: UimState | None = member(Int(1, enum=UimState), tlv=0x15, required=False, default=None)
    wireless_disable_state: bool | None = member(Bool(), tlv=0x16, required=False, default=None)
    prl_init_notification: bool | None = member(Bool(), tlv=0x17, required=False, default=None)


class SetFirmwareIdResponse(Response):
    """DMS 0x003e: the answer to :class:`SetFirmwareId`."""

    service = 0x02
    service_name = "dms"
    id = 0x003e
    message = "set-firmware-id"


class SetFirmwareId(Request[SetFirmwareIdResponse]):
    """DMS 0x003e: Mark the running firmware image (Gobi modems)."""

    service = 0x02
    service_name = "dms"
    id = 0x003e
    message = "set-firmware-id"
    response = SetFirmwareIdResponse


class GetFirmwarePreferenceResponse(Response):
    """DMS 0x0047: the answer to :class:`GetFirmwarePreference`."""

    service = 0x02
    service_name = "dms"
    id = 0x0047
    message = "get-firmware-preference"
    list_: list[FirmwareImage] = member(Array(Nested(FirmwareImage), count=U8), tlv=0x01)


class GetFirmwarePreference(Request[GetFirmwarePreferenceResponse]):
    """DMS 0x0047: Read which firmware and carrier images shall run after the next reset."""

    service = 0x02
    service_name = "dms"
    id = 0x0047
    message = "get-firmware-preference"
    response = GetFirmwarePreferenceResponse


class SetFirmwarePreferenceResponse(Response):
    """DMS 0x0048: the answer to :class:`SetFirmwarePreference`."""

    service = 0x02
    service_name = "dms"
    id = 0x0048
    message = "set-firmware-preference"
    image_download_list: list[FirmwareImageType] = member(Array(Int(1, enum=FirmwareImageType), count=U8), tlv=0x01)


class SetFirmwarePreference(Request[SetFirmwarePreferenceResponse]):
    """DMS 0x0048: Choose the firmware and carrier images for the next reset."""

    service = 0x02
    service_name = "dms"
    id = 0x0048
    message = "set-firmware-preference"
    response = SetFirmwarePreferenceResponse
    list_: list[FirmwareImage] = member(Array(Nested(FirmwareImage), count=U8), tlv=0x01)
    download_override: bool | None = member(Bool(), tlv=0x10, required=False, default=None)
    modem_storage_index: int | None = member(U8, tlv=0x11, required=False, default=None)


class ListStoredImagesResponse(Response):
    """DMS 0x0049: the answer to :class:`ListStoredImages`."""

    service = 0x02
    service_name = "dms"
    id = 0x0049
    message = "list-stored-images"
    list_: list[StoredImageList] = member(Array(Nested(StoredImageList), count=U8), tlv=0x01)


class ListStoredImages(Request[ListStoredImagesResponse]):
    """DMS 0x0049: List the firmware and carrier images in the modem's storage."""

    service = 0x02
    service_name = "dms"
    id = 0x0049
    message = "list-stored-images"
    response = ListStoredImagesResponse


class DeleteStoredImageResponse(Response):
    """DMS 0x004a: the answer to :class:`DeleteStoredImage`."""

    service = 0x02
    service_name = "dms"
    id = 0x004a
    message = "delete-stored-image"


class DeleteStoredImage(Request[DeleteStoredImageResponse]):
    """DMS 0x004a: Remove one firmware or carrier image from the modem's storage."""

    service = 0x02
    service_name = "dms"
    id = 0x004a
    message = "delete-stored-image"
    response = DeleteStoredImageResponse
    image_details: FirmwareImage = member(Nested(FirmwareImage), tlv=0x01)


class GetStoredImageInfoResponseBootVersion(Struct):
    major_version: int = member(U16)
    minor_version: int = member(U16)


class GetStoredImageInfoResponsePriVersion(Struct):
    pri_version: int = member(U32)
    pri_info: str = member(Text(32))


class GetStoredImageInfoResponse(Response):
    """DMS 0x004c: the answer to :class:`GetStoredImageInfo`."""

    service = 0x02
    service_name = "dms"
    id = 0x004c
    message = "get-stored-image-info"
    boot_version: GetStoredImageInfoResponseBootVersion | None = member(Nested(GetStoredImageInfoResponseBootVersion), tlv=0x10, required=False, default=None)
    pri_version: GetStoredImageInfoResponsePriVersion | None = member(Nested(GetStoredImageInfoResponsePriVersion), tlv=0x11, required=False, default=None)
    oem_lock_id: int | None = member(U32, tlv=0x12, required=False, default=None)


class GetStoredImageInfo(Request[GetStoredImageInfoResponse]):
    """DMS 0x004c: Read boot version, PRI version and lock of one stored image."""

    service = 0x02
    service_name = "dms"
    id = 0x004c
    message = "get-stored-image-info"
    response = GetStoredImageInfoResponse
    image_details: FirmwareImage = member(Nested(FirmwareImage), tlv=0x01)


class GetBootImageDownloadModeResponse(Response):
    """DMS 0x004f: the answer to :class:`GetBootImageDownloadMode`."""

    service = 0x02
    service_name = "dms"
    id = 0x004f
    message = "get-boot-image-download-mode"
    mode: BootImageDownloadMode | None = member(Int(1, enum=BootImageDownloadMode), tlv=0x10, required=False, default=None)


class GetBootImageDownloadMode(Request[GetBootImageDownloadModeResponse]):
    """DMS 0x004f: Read whether the next download replaces the boot images too."""

    service = 0x02
    service_name = "dms"
    id = 0x004f
    message = "get-boot-image-download-mode"
    response = GetBootImageDownloadModeResponse


class SetBootImageDownloadModeResponse(Response):
    """DMS 0x0050: the answer to :class:`SetBootImageDownloadMode`."""

    service = 0x02
    service_name = "dms"
    id = 0x0050
    message = "set-boot-image-download-mode"


class SetBootImageDownloadMode(Request[SetBootImageDownloadModeResponse]):
    """DMS 0x0050: Choose whether the next download replaces the boot images too."""

    service = 0x02
    service_name = "dms"
    id = 0x0050
    message = "set-boot-image-download-mode"
    response = SetBootImageDownloadModeResponse
    mode: BootImageDownloadMode = member(Int(1, enum=BootImageDownloadMode), tlv=0x01)


class GetSoftwareVersionResponse(Response):
    """DMS 0x0051: the answer to :class:`GetSoftwareVersion`."""

    service = 0x02
    service_name = "dms"
    id = 0x0051
    message = "get-software-version"
    version: str = member(Text(), tlv=0x01)


class GetSoftwareVersion(Request[GetSoftwareVersionResponse]):
    """DMS 0x0051: Read the software version."""

    service = 0x02
    service_name = "dms"
    id = 0x0051
    message = "get-software-version"
    response = GetSoftwareVersionResponse


class HpChangeDeviceModeResponse(Response):
    """DMS 0x5556: the answer to :class:`HpChangeDeviceMode`."""

    service = 0x02
    service_name = "dms"
    id = 0x5556
    message = "hp-change-device-mode"
    vendor: ClassVar[int] = 0x03f0


class HpChangeDeviceMode(Request[HpChangeDeviceModeResponse]):
    """DMS 0x5556: Send an HP branded modem into another mode, such as fastboot."""

    service = 0x02
    service_name = "dms"
    id = 0x5556
    message = "hp-change-device-mode"
    response = HpChangeDeviceModeResponse
    vendor: ClassVar[int] = 0x03f0
    mode: HpDeviceMode = member(Int(1, enum=HpDeviceMode), tlv=0x01)


class SwiGetCurrentFirmwareResponse(Response):
    """DMS 0x5556: the answer to :class:`SwiGetCurrentFirmware`."""

    service = 0x02
    service_name = "dms"
    id = 0x5556
    message = "swi-get-current-firmware"
    vendor: ClassVar[int] = 0x1199
    model: str | None = member(Text(), tlv=0x10, required=False, default=None)
    boot_version: str | None = member(Text(), tlv=0x11, required=False, default=None)
    amss_version: str | None = member(Text(), tlv=0x12, required=False, default=None)
    sku_id: str | None = member(Text(), tlv=0x13, required=False, default=None)
    package_id: str | None = member(Text(), tlv=0x14, required=False, default=None)
    carrier_id: str | None = member(Text(), tlv=0x15, required=False, default=None)
    pri_version: str | None = member(Text(), tlv=0x16, required=False, default=None)
    carrier: str | None = member(Text(), tlv=0x17, required=False, default=None)
    config_version: str | None = member(Text(), tlv=0x18, required=False, default=None)


class SwiGetCurrentFirmware(Request[SwiGetCurrentFirmwareResponse]):
    """DMS 0x5556: Read the versions of firmware, PRI and carrier configuration of a Sierra
    Wireless modem."""

    service = 0x02
    service_name = "dms"
    id = 0x5556
    message = "swi-get-current-firmware"
    response = SwiGetCurrentFirmwareResponse
    vendor: ClassVar[int] = 0x1199


class SwiGetUsbCompositionResponse(Response):
    """DMS 0x555b: the answer to :class:`SwiGetUsbComposition`."""

    service = 0x02
    service_name = "dms"
    id = 0x555b
    message = "swi-get-usb-composition"
    vendor: ClassVar[int] = 0x1199
    current: SwiUsbComposition | None = member(Int(1, enum=SwiUsbComposition), tlv=0x10, required=False, default=None)
    supported: list[SwiUsbComposition] | None = member(Array(Int(1, enum=SwiUsbComposition), count=U8), tlv=0x11, required=False, default=None)


class SwiGetUsbComposition(Request[SwiGetUsbCompositionResponse]):
    """DMS 0x555b: Read which set of USB interfaces a Sierra Wireless modem shows, and which others
    it has."""

    service = 0x02
    service_name = "dms"
    id = 0x555b
    message = "swi-get-usb-composition"
    response = SwiGetUsbCompositionResponse
    vendor: ClassVar[int] = 0x1199


class SwiSetUsbCompositionResponse(Response):
    """DMS 0x555c: the answer to :class:`SwiSetUsbComposition`."""

    service = 0x02
    service_name = "dms"
    id = 0x555c
    message = "swi-set-usb-composition"
    vendor: ClassVar[int] = 0x1199


class SwiSetUsbComposition(Request[SwiSetUsbCompositionResponse]):
    """DMS 0x555c: Choose the set of USB interfaces that a Sierra Wireless modem shows after its
    next reset."""

    service = 0x02
    service_name = "dms"
    id = 0x555c
    message = "swi-set-usb-composition"
    response = SwiSetUsbCompositionResponse
    vendor: ClassVar[int] = 0x1199
    current: SwiUsbComposition = member(Int(1, enum=SwiUsbComposition), tlv=0x01)


class FoxconnGetFirmwareVersionResponse(Response):
    """DMS 0x555e: the answer to :class:`FoxconnGetFirmwareVersion`."""

    service = 0x02
    service_name = "dms"
    id = 0x555e
    message = "foxconn-get-firmware-version"
    vendor: ClassVar[int] = 0x0489
    version: str = member(Text(), tlv=0x01)


class FoxconnGetFirmwareVersion(Request[FoxconnGetFirmwareVersionResponse]):
    """DMS 0x555e: Read one of the firmware versions of a Foxconn modem."""

    service = 0x02
    service_name = "dms"
    id = 0x555e
    message = "foxconn-get-firmware-version"
    response = FoxconnGetFirmwareVersionResponse
    vendor: ClassVar[int] = 0x0489
    version_type: FoxconnFirmwareVersionType = member(Int(1, enum=FoxconnFirmwareVersionType), tlv=0x01)


class FoxconnChangeDeviceModeResponse(Response):
    """DMS 0x5562: the answer to :class:`FoxconnChangeDeviceMode`."""

    service = 0x02
    service_name = "dms"
    id = 0x5562
    message = "foxconn-change-device-mode"
    vendor: ClassVar[int] = 0x0489


class FoxconnChangeDeviceMode(Request[FoxconnChangeDeviceModeResponse]):
    """DMS 0x5562: Send a Foxconn modem into another mode, such as fastboot."""

    service = 0x02
    service_name = "dms"
    id = 0x5562
    message = "foxconn-change-device-mode"
    response = FoxconnChangeDeviceModeResponse
    vendor: ClassVar[int] = 0x0489
    mode: FoxconnDeviceMode = member(Int(1, enum=FoxconnDeviceMode), tlv=0x01)


class FoxconnSetFccAuthenticationResponse(Response):
    """DMS 0x5571: the answer to :class:`FoxconnSetFccAuthentication`."""

    service = 0x02
    service_name = "dms"
    id = 0x5571
    message = "foxconn-set-fcc-authentication"
    vendor: ClassVar[int] = 0x0489


class FoxconnSetFccAuthentication(Request[FoxconnSetFccAuthenticationResponse]):
    """DMS 0x5571: Unlock the transmitter of an older Foxconn modem (FCC lock)."""

    service = 0x02
    service_name = "dms"
    id = 0x5571
    message = "foxconn-set-fcc-authentication"
    response = FoxconnSetFccAuthenticationResponse
    vendor: ClassVar[int] = 0x0489
    value: int = member(U8, tlv=0x01)


class FoxconnSetFccAuthenticationV2Response(Response):
    """DMS 0x5571: the answer to :class:`FoxconnSetFccAuthenticationV2`."""

    service = 0x02
    service_name = "dms"
    id = 0x5571
    message = "foxconn-set-fcc-authentication-v2"
    vendor: ClassVar[int] = 0x0490


class FoxconnSetFccAuthenticationV2(Request[FoxconnSetFccAuthenticationV2Response]):
    """DMS 0x5571: Unlock the transmitter of a newer Foxconn modem (FCC lock), which wants a text
    and a number."""

    service = 0x02
    service_name = "dms"
    id = 0x5571
    message = "foxconn-set-fcc-authentication-v2"
    response = FoxconnSetFccAuthenticationV2Response
    vendor: ClassVar[int] = 0x0490
    magic_string: str = member(Text(), tlv=0x01)
    magic_number: int = member(U8, tlv=0x02)


class UimSetPinProtectionResponse(Response):
    """DMS 0x0027: the answer to :class:`UimSetPinProtection`."""

    service = 0x02
    service_name = "dms"
    id = 0x0027
    message = "uim-set-pin-protection"
    pin_retries_status: PinRetries | None = member(Nested(PinRetries), tlv=0x10, required=False, expected=parse_condition('result.error != none'), default=None)


class UimSetPinProtectionInfo(Struct):
    pin_id: UimPinId = member(Int(1, enum=UimPinId))
    protection_enabled: bool = member(Bool())
    pin: str = member(Text(U8), personal=True)


class UimSetPinProtection(Request[UimSetPinProtectionResponse]):
    """DMS 0x0027: Switch the PIN question of the card on or off."""

    service = 0x02
    service_name = "dms"
    id = 0x0027
    message = "uim-set-pin-protection"
    response = UimSetPinProtectionResponse
    info: UimSetPinProtectionInfo = member(Nested(UimSetPinProtectionInfo), tlv=0x01)


class UimVerifyPinResponse(Response):
    """DMS 0x0028: the answer to :class:`UimVerifyPin`."""

    service = 0x02
    service_name = "dms"
    id = 0x0028
    message = "uim-verify-pin"
    pin_retries_status: PinRetries | None = member(Nested(PinRetries), tlv=0x10, required=False, expected=parse_condition('result.error != none'), default=None)


class UimVerifyPinInfo(Struct):
    pin_id: UimPinId = member(Int(1, enum=UimPinId))
    pin: str = member(Text(U8), personal=True)


class UimVerifyPin(Request[UimVerifyPinResponse]):
    """DMS 0x0028: Unlock the card with its PIN; a wrong one costs a try."""

    service = 0x02
    service_name = "dms"
    id = 0x0028
    message = "uim-verify-pin"
    response = UimVerifyPinResponse
    info: UimVerifyPinInfo = member(Nested(UimVerifyPinInfo), tlv=0x01)


class UimUnblockPinResponse(Response):
    """DMS 0x0029: the answer to :class:`UimUnblockPin`."""

    service = 0x02
    service_name = "dms"
    id = 0x0029
    message = "uim-unblock-pin"
    pin_retries_status: PinRetries | None = member(Nested(PinRetries), tlv=0x10, required=False, expected=parse_condition('result.error != none'), default=None)


class UimUnblockPinInfo(Struct):
    pin_id: UimPinId = member(Int(1, enum=UimPinId))
    puk: str = member(Text(U8), personal=True)
    new_pin: str = member(Text(U8), personal=True)


class UimUnblockPin(Request[UimUnblockPinResponse]):
    """DMS 0x0029: Set a new PIN on a blocked card with the help of its PUK."""

    service = 0x02
    service_name = "dms"
    id = 0x0029
    message = "uim-unblock-pin"
    response = UimUnblockPinResponse
    info: UimUnblockPinInfo = member(Nested(UimUnblockPinInfo), tlv=0x01)


class UimChangePinResponse(Response):
    """DMS 0x002a: the answer to :class:`UimChangePin`."""

    service = 0x02
    service_name = "dms"
    id = 0x002a
    message = "uim-change-pin"
    pin_retries_status: PinRetries | None = member(Nested(PinRetries), tlv=0x10, required=False, expected=parse_condition('result.error != none'), default=None)


class UimChangePinInfo(Struct):
    pin_id: UimPinId = member(Int(1, enum=UimPinId))
    old_pin: str = member(Text(U8), personal=True)
    new_pin: str = member(Text(U8), personal=True)


class UimChangePin(Request[UimChangePinResponse]):
    """DMS 0x002a: Replace the card's PIN by another."""

    service = 0x02
    service_name = "dms"
    id = 0x002a
    message = "uim-change-pin"
    response = UimChangePinResponse
    info: UimChangePinInfo = member(Nested(UimChangePinInfo), tlv=0x01)


class UimGetPinStatusResponse(Response):
    """DMS 0x002b: the answer to :class:`UimGetPinStatus`."""

    service = 0x02
    service_name = "dms"
    id = 0x002b
    message = "uim-get-pin-status"
    pin1_status: PinStatus | None = member(Nested(PinStatus), tlv=0x11, required=False, default=None)
    pin2_status: PinStatus | None = member(Nested(PinStatus), tlv=0x12, required=False, default=None)


class UimGetPinStatus(Request[UimGetPinStatusResponse]):
    """DMS 0x002b: Read whether PIN1 and PIN2 are enabled, verified or blocked, and the tries left."""

    service = 0x02
    service_name = "dms"
    id = 0x002b
    message = "uim-get-pin-status"
    response = UimGetPinStatusResponse


class UimGetIccidResponse(Response):
    """DMS 0x003c: the answer to :class:`UimGetIccid`."""

    service = 0x02
    service_name = "dms"
    id = 0x003c
    message = "uim-get-iccid"
    iccid: str = member(Text(), tlv=0x01, personal=True)


class UimGetIccid(Request[UimGetIccidResponse]):
    """DMS 0x003c: Read the serial number of the card."""

    service = 0x02
    service_name = "dms"
    id = 0x003c
    message = "uim-get-iccid"
    response = UimGetIccidResponse


class UimGetCkStatusResponseCkStatus(Struct):
    facility_state: UimFacilityState = member(Int(1, enum=UimFacilityState))
    verify_retries_left: int = member(U8)
    unblock_retries_left: int = member(U8)


class UimGetCkStatusResponse(Response):
    """DMS 0x0040: the answer to :class:`UimGetCkStatus`."""

    service = 0x02
    service_name = "dms"
    id = 0x0040
    message = "uim-get-ck-status"
    ck_status: UimGetCkStatusResponseCkStatus = member(Nested(UimGetCkStatusResponseCkStatus), tlv=0x01)
    operation_blocking_facility: bool | None = member(Bool(), tlv=0x10, required=False, default=None)


class UimGetCkStatus(Request[UimGetCkStatusResponse]):
    """DMS 0x0040: Read the state of one personalisation lock and the tries left."""

    service = 0x02
    service_name = "dms"
    id = 0x0040
    message = "uim-get-ck-status"
    response = UimGetCkStatusResponse
    facility: UimFacility = member(Int(1, enum=UimFacility), tlv=0x01)


class UimSetCkProtectionResponse(Response):
    """DMS 0x0041: the answer to :class:`UimSetCkProtection`."""

    service = 0x02
    service_name = "dms"
    id = 0x0041
    message = "uim-set-ck-protection"
    verify_retries_left: int | None = member(U8, tlv=0x10, required=False, default=None)


class UimSetCkProtectionFacility(Struct):
    facility: UimFacility = member(Int(1, enum=UimFacility))
    facility_state: UimFacilityState = member(Int(1, enum=UimFacilityState))
    facility_depersonalization_control_key: str = member(Text(U8), personal=True)


class UimSetCkProtection(Request[UimSetCkProtectionResponse]):
    """DMS 0x0041: Lift one personalisation lock with its control key."""

    service = 0x02
    service_name = "dms"
    id = 0x0041
    message = "uim-set-ck-protection"
    response = UimSetCkProtectionResponse
    facility: UimSetCkProtectionFacility = member(Nested(UimSetCkProtectionFacility), tlv=0x01)


class UimUnblockCkResponse(Response):
    """DMS 0x0042: the answer to :class:`UimUnblockCk`."""

    service = 0x02
    service_name = "dms"
    id = 0x0042
    message = "uim-unblock-ck"
    unblock_retries_left: int | None = member(U8, tlv=0x10, required=False, default=None)


class UimUnblockCkFacility(Struct):
    facility: UimFacility = member(Int(1, enum=UimFacility))
    facility_control_key: str = member(Text(U8), personal=True)


class UimUnblockCk(Request[UimUnblockCkResponse]):
    """DMS 0x0042: Unblock a personalisation lock whose tries are used up."""

    service = 0x02
    service_name = "dms"
    id = 0x0042
    message = "uim-unblock-ck"
    response = UimUnblockCkResponse
    facility: UimUnblockCkFacility = member(Nested(UimUnblockCkFacility), tlv=0x01)


class UimGetImsiResponse(Response):
    """DMS 0x0043: the answer to :class:`UimGetImsi`."""

    service = 0x02
    service_name = "dms"
    id = 0x0043
    message = "uim-get-imsi"
    imsi: str = member(Text(), tlv=0x01, personal=True)


class UimGetImsi(Request[UimGetImsiResponse]):
    """DMS 0x0043: Read the subscriber identity of the card."""

    service = 0x02
    service_name = "dms"
    id = 0x0043
    message = "uim-get-imsi"
    response = UimGetImsiResponse


class UimGetStateResponse(Response):
    """DMS 0x0044: the answer to :class:`UimGetState`."""

    service = 0x02
    service_name = "dms"
    id = 0x0044
    message = "uim-get-state"
    state: UimState = member(Int(1, enum=UimState), tlv=0x01)


class UimGetState(Request[UimGetStateResponse]):
    """DMS 0x0044: Read whether the card is there and has been initialised."""

    service = 0x02
    service_name = "dms"
    id = 0x0044
    message = "uim-get-state"
    response = UimGetStateResponse
