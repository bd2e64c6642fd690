# SPDX-License-Identifier: GPL-2.0-or-later OR MIT
# Do not edit: made from protocols/mbim/ms-basic-connect-extensions.toml, protocols/mbim/ms-basic-connect-extensions.cells.toml, protocols/mbim/ms-basic-connect-extensions.contexts.toml, protocols/mbim/ms-basic-connect-extensions.mbimex3.toml, protocols/mbim/ms-basic-connect-extensions.mbimex4.toml
# by python -m qmiprobe._codegen
"""Microsoft's additions to basic-connect: version, SIM slots, attach contexts, cells, reset."""

from __future__ import annotations

from typing import ClassVar
from qmiprobe._arrays import Nested
from qmiprobe._enums import OpenEnum, OpenFlags, Uuid
from qmiprobe._message import Indication, Request, Response, Struct, member
from qmiprobe._text import U32, U64, Utf16Text
from qmiprobe._types import Bool, Bytes, Int, UuidWire
from qmiprobe.mbim._buffer import InTlv, MbimTlv, OffsetSize, Packed, Pairs, TlvList
from qmiprobe.mbim.services._shared import AuthProtocol, CellularClass, Compression, ContextIpType, ContextType, ControlCaps, DataClass, DataClassV3, DataSubclass, DeviceType, NwError, SimClass, SmsCaps, Versions, VoiceClass

class DenylistType(OpenEnum):
    SIM: ClassVar[DenylistType]
    NETWORK: ClassVar[DenylistType]
    definition = "denylist-type"
    names = {
        0: "sim",
        1: "network",
    }


class UiccSlotState(OpenEnum):
    STATE_UNKNOWN: ClassVar[UiccSlotState]
    SATE_OFF_EMPTY: ClassVar[UiccSlotState]
    STATE_OFF: ClassVar[UiccSlotState]
    STATE_EMPTY: ClassVar[UiccSlotState]
    STATE_NOT_READY: ClassVar[UiccSlotState]
    STATE_ACTIVE: ClassVar[UiccSlotState]
    STATE_ERROR: ClassVar[UiccSlotState]
    STATE_ACTIVE_ESIM: ClassVar[UiccSlotState]
    STATE_ACTIVE_ESIM_NO_PROFILES: ClassVar[UiccSlotState]
    definition = "uicc-slot-state"
    names = {
        0: "state-unknown",
        1: "sate-off-empty",
        2: "state-off",
        3: "state-empty",
        4: "state-not-ready",
        5: "state-active",
        6: "state-error",
        7: "state-active-esim",
        8: "state-active-esim-no-profiles",
    }


class PcoType(OpenEnum):
    COMPLETE: ClassVar[PcoType]
    PARTIAL: ClassVar[PcoType]
    definition = "pco-type"
    names = {
        0: "complete",
        1: "partial",
    }


class ModemConfigurationStatus(OpenEnum):
    UNKNOWN: ClassVar[ModemConfigurationStatus]
    STARTED: ClassVar[ModemConfigurationStatus]
    COMPLETED: ClassVar[ModemConfigurationStatus]
    definition = "modem-configuration-status"
    names = {
        0: "unknown",
        1: "started",
        2: "completed",
    }


class MicoMode(OpenEnum):
    DISABLED: ClassVar[MicoMode]
    ENABLED: ClassVar[MicoMode]
    UNSUPPORTED: ClassVar[MicoMode]
    DEFAULT: ClassVar[MicoMode]
    definition = "mico-mode"
    names = {
        0: "disabled",
        1: "enabled",
        2: "unsupported",
        3: "default",
    }


class DrxCycle(OpenEnum):
    NOT_SPECIFIED: ClassVar[DrxCycle]
    NOT_SUPPORTED: ClassVar[DrxCycle]
    FRAMES_32: ClassVar[DrxCycle]
    FRAMES_64: ClassVar[DrxCycle]
    FRAMES_128: ClassVar[DrxCycle]
    FRAMES_256: ClassVar[DrxCycle]
    definition = "drx-cycle"
    names = {
        0: "not-specified",
        1: "not-supported",
        2: "frames-32",
        3: "frames-64",
        4: "frames-128",
        5: "frames-256",
    }


class LadnInfo(OpenEnum):
    NOT_NEEDED: ClassVar[LadnInfo]
    REQUESTED: ClassVar[LadnInfo]
    definition = "ladn-info"
    names = {
        0: "not-needed",
        1: "requested",
    }


class DefaultPduActivationHint(OpenEnum):
    UNLIKELY: ClassVar[DefaultPduActivationHint]
    LIKELY: ClassVar[DefaultPduActivationHint]
    definition = "default-pdu-activation-hint"
    names = {
        0: "unlikely",
        1: "likely",
    }


class WakeType(OpenEnum):
    CID_RESPONSE: ClassVar[WakeType]
    CID_INDICATION: ClassVar[WakeType]
    PACKET: ClassVar[WakeType]
    definition = "wake-type"
    names = {
        0: "cid-response",
        1: "cid-indication",
        2: "packet",
    }


class DenylistState(OpenFlags):
    SIM_PROVIDER_ACTUATED: ClassVar[DenylistState]
    NETWORK_PROVIDER_ACTUATED: ClassVar[DenylistState]
    definition = "denylist-state"
    names = {
        0x1: "sim-provider-actuated",
        0x2: "network-provider-actuated",
    }


class ContextOperation(OpenEnum):
    DEFAULT: ClassVar[ContextOperation]
    DELETE: ClassVar[ContextOperation]
    RESTORE_FACTORY: ClassVar[ContextOperation]
    definition = "context-operation"
    names = {
        0: "default",
        1: "delete",
        2: "restore-factory",
    }


class ContextState(OpenEnum):
    DISABLED: ClassVar[ContextState]
    ENABLED: ClassVar[ContextState]
    definition = "context-state"
    names = {
        0: "disabled",
        1: "enabled",
    }


class ContextRoamingControl(OpenEnum):
    HOME_ONLY: ClassVar[ContextRoamingControl]
    PARTNER_ONLY: ClassVar[ContextRoamingControl]
    NON_PARTNER_ONLY: ClassVar[ContextRoamingControl]
    HOME_AND_PARTNER: ClassVar[ContextRoamingControl]
    HOME_AND_NON_PARTNER: ClassVar[ContextRoamingControl]
    PARTNER_AND_NON_PARTNER: ClassVar[ContextRoamingControl]
    ALLOW_ALL: ClassVar[ContextRoamingControl]
    definition = "context-roaming-control"
    names = {
        0: "home-only",
        1: "partner-only",
        2: "non-partner-only",
        3: "home-and-partner",
        4: "home-and-non-partner",
        5: "partner-and-non-partner",
        6: "allow-all",
    }


class ContextMediaType(OpenEnum):
    CELLULAR_ONLY: ClassVar[ContextMediaType]
    WIFI_ONLY: ClassVar[ContextMediaType]
    ALL: ClassVar[ContextMediaType]
    definition = "context-media-type"
    names = {
        0: "cellular-only",
        1: "wifi-only",
        2: "all",
    }


class ContextSource(OpenEnum):
    ADMIN: ClassVar[ContextSource]
    USER: ClassVar[ContextSource]
    OPERATOR: ClassVar[ContextSource]
    MODEM: ClassVar[ContextSource]
    DEVICE: ClassVar[ContextSource]
    definition = "context-source"
    names = {
        0: "admin",
        1: "user",
        2: "operator",
        3: "modem",
        4: "device",
    }


class LteAttachContextOperation(OpenEnum):
    DEFAULT: ClassVar[LteAttachContextOperation]
    RESTORE_FACTORY: ClassVar[LteAttachContextOperation]
    definition = "lte-attach-context-operation"
    names = {
        0: "default",
        1: "restore-factory",
    }


class LteAttachContextRoamingControl(OpenEnum):
    HOME: ClassVar[LteAttachContextRoamingControl]
    PARTNER: ClassVar[LteAttachContextRoamingControl]
    NON_PARTNER: ClassVar[LteAttachContextRoamingControl]
    definition = "lte-attach-context-roaming-control"
    names = {
        0: "home",
        1: "partner",
        2: "non-partner",
    }


class LteAttachState(OpenEnum):
    DETACHED: ClassVar[LteAttachState]
    ATTACHED: ClassVar[LteAttachState]
    definition = "lte-attach-state"
    names = {
        0: "detached",
        1: "attached",
    }


class MicoIndication(OpenEnum):
    REGISTRATION_AREA_NOT_ALLOCATED: ClassVar[MicoIndication]
    REGISTRATION_AREA_ALLOCATED: ClassVar[MicoIndication]
    NOT_AVAILABLE: ClassVar[MicoIndication]
    definition = "mico-indication"
    names = {
        0: "registration-area-not-allocated",
        1: "registration-area-allocated",
        4294967295: "not-available",
    }


class DenylistProvider(Struct):
    mcc: int = member(U32)
    mnc: int = member(U32)
    denylist_type: DenylistType = member(Int(4, enum=DenylistType))


class NetworkDenylistInfo(Struct):
    denylist_state: DenylistState = member(Int(4, enum=DenylistState))
    providers: list[DenylistProvider] = member(Pairs(Nested(DenylistProvider), count=U32), default_factory=list)


class SysCapsInfo(Struct):
    number_of_executors: int = member(U32)
    number_of_slots: int = member(U32)
    concurrency: int = member(U32)
    """How many executors can be active at once."""
    modem_id: int = member(U64, personal=True)
    """The same in all executors of one modem, and no other's."""


class DeviceCapsInfo(Struct):
    device_type: DeviceType = member(Int(4, enum=DeviceType))
    cellular_class: CellularClass = member(Int(4, enum=CellularClass))
    voice_class: VoiceClass = member(Int(4, enum=VoiceClass))
    sim_class: SimClass = member(Int(4, enum=SimClass))
    data_class: DataClass = member(Int(4, enum=DataClass))
    sms_caps: SmsCaps = member(Int(4, enum=SmsCaps))
    control_caps: ControlCaps = member(Int(4, enum=ControlCaps))
    max_sessions: int = member(U32)
    custom_data_class: str = member(OffsetSize(Utf16Text(limit=22)), default="")
    device_id: str = member(OffsetSize(Utf16Text(limit=36)), personal=True, default="")
    """IMEI (3GPP) or ESN/MEID (3GPP2)."""
    firmware_info: str = member(OffsetSize(Utf16Text(limit=60)), default="")
    hardware_info: str = member(OffsetSize(Utf16Text(limit=60)), default="")
    executor_index: int = member(U32)


class Slot(Struct):
    slot: int = member(U32)


class SlotMappingsInfo(Struct):
    slot_map: list[Slot] = member(Pairs(Nested(Slot), count=U32), default_factory=list)


class SlotInfoStatusInfo(Struct):
    slot_index: int = member(U32)
    state: UiccSlotState = member(Int(4, enum=UiccSlotState))


class PcoValue(Struct):
    session_id: int = member(U32)
    _pco_data_size = member(U32, name="pco-data-size", derived="size")
    pco_data_type: PcoType = member(Int(4, enum=PcoType))
    pco_data_buffer: bytes = member(Bytes('_pco_data_size'))


class PcoValueInfo(Struct):
    pco_value: PcoValue = member(Nested(PcoValue))


class ModemConfigurationInfo(Struct):
    configuration_status: ModemConfigurationStatus = member(Int(4, enum=ModemConfigurationStatus))
    configuration_name: str = member(InTlv(Utf16Text(), type=10), default="")
    unnamed_ies: list[MbimTlv] = member(TlvList(), default_factory=list)


class RegistrationParametersInfo(Struct):
    mico_mode: MicoMode = member(Int(4, enum=MicoMode))
    drx_cycle: DrxCycle = member(Int(4, enum=DrxCycle))
    ladn_info: LadnInfo = member(Int(4, enum=LadnInfo))
    default_pdu_activation_hint: DefaultPduActivationHint = member(Int(4, enum=DefaultPduActivationHint))
    re_register_if_nedeed: bool = member(Bool(4))
    unnamed_ies: list[MbimTlv] = member(TlvList(), default_factory=list)


class WakeReasonInfo(Struct):
    wake_type: WakeType = member(Int(4, enum=WakeType))
    session_id: int = member(U32)
    wake_tlv: list[MbimTlv] = member(TlvList(), personal=True, default_factory=list)


class BaseStationsQuery(Struct):
    max_gsm_count: int = member(U32)
    max_umts_count: int = member(U32)
    max_tdscdma_count: int = member(U32)
    max_lte_count: int = member(U32)
    max_cdma_count: int = member(U32)


class ServingGsm(Struct):
    provider_id: str = member(OffsetSize(Utf16Text()), default="")
    location_area_code: int = member(U32, personal=True)
    cell_id: int = member(U32, personal=True)
    timing_advance: int = member(U32)
    arfcn: int = member(U32)
    base_station_id: int = member(U32, personal=True)
    rx_level: int = member(U32)


class ServingUmts(Struct):
    provider_id: str = member(OffsetSize(Utf16Text()), default="")
    location_area_code: int = member(U32, personal=True)
    cell_id: int = member(U32, personal=True)
    frequency_info_ul: int = member(U32)
    frequency_info_dl: int = member(U32)
    frequency_info_nt: int = member(U32)
    uarfcn: int = member(U32)
    primary_scrambling_code: int = member(U32)
    rscp: int = member(Int(4, signed=True), unit='dBm')
    ecno: int = member(Int(4, signed=True), unit='dB')
    path_loss: int = member(U32, unit='dB')


class ServingTdscdma(Struct):
    provider_id: str = member(OffsetSize(Utf16Text()), default="")
    location_area_code: int = member(U32, personal=True)
    cell_id: int = member(U32, personal=True)
    uarfcn: int = member(U32)
    cell_parameter_id: int = member(U32)
    timing_advance: int = member(U32)
    rscp: int = member(Int(4, signed=True), unit='dBm')
    path_loss: int = member(U32, unit='dB')


class ServingLte(Struct):
    provider_id: str = member(OffsetSize(Utf16Text()), default="")
    cell_id: int = member(U32, personal=True)
    earfcn: int = member(U32)
    physical_cell_id: int = member(U32)
    tac: int = member(U32, personal=True)
    rsrp: int = member(Int(4, signed=True), unit='dBm')
    rsrq: int = member(Int(4, signed=True), unit='dB')
    timing_advance: int = member(U32)


class NeighboringGsm(Struct):
    provider_id: str = member(OffsetSize(Utf16Text()), default="")
    location_area_code: int = member(U32, personal=True)
    cell_id: int = member(U32, personal=True)
    arfcn: int = member(U32)
    base_station_id: int = member(U32, personal=True)
    rx_level: int = member(U32)


class NeighboringUmts(Struct):
    provider_id: str = member(OffsetSize(Utf16Text()), default="")
    location_area_code: int = member(U32, personal=True)
    cell_id: int = member(U32, personal=True)
    uarfcn: int = member(U32)
    primary_scrambling_code: int = member(U32)
    rscp: int = member(Int(4, signed=True), unit='dBm')
    ecno: int = member(Int(4, signed=True), unit='dB')
    path_loss: int = member(U32, unit='dB')


class NeighboringTdscdma(Struct):
    provider_id: str = member(OffsetSize(Utf16Text()), default="")
    location_area_code: int = member(U32, personal=True)
    cell_id: int = member(U32, personal=True)
    uarfcn: int = member(U32)
    cell_parameter_id: int = member(U32)
    timing_advance: int = member(U32)
    rscp: int = member(Int(4, signed=True), unit='dBm')
    path_loss: int = member(U32, unit='dB')


class NeighboringLte(Struct):
    provider_id: str = member(OffsetSize(Utf16Text()), default="")
    cell_id: int = member(U32, personal=True)
    earfcn: int = member(U32)
    physical_cell_id: int = member(U32)
    tac: int = member(U32, personal=True)
    rsrp: int = member(Int(4, signed=True), unit='dBm')
    rsrq: int = member(Int(4, signed=True), unit='dB')


class CdmaCell(Struct):
    serving_cell_flag: int = member(U32)
    nid: int = member(U32)
    sid: int = member(U32)
    base_station_id: int = member(U32, personal=True)
    base_latitude: int = member(U32, personal=True)
    base_longitude: int = member(U32, personal=True)
    ref_pn: int = member(U32)
    gps_seconds: int = member(U32, unit='s')
    pilot_strength: int = member(U32)


class BaseStationsInfo(Struct):
    system_type: DataClass = member(Int(4, enum=DataClass))
    gsm_serving_cell: ServingGsm | None = member(OffsetSize(Nested(ServingGsm)), default=None)
    umts_serving_cell: ServingUmts | None = member(OffsetSize(Nested(ServingUmts)), default=None)
    tdscdma_serving_cell: ServingTdscdma | None = member(OffsetSize(Nested(ServingTdscdma)), default=None)
    lte_serving_cell: ServingLte | None = member(OffsetSize(Nested(ServingLte)), default=None)
    gsm_neighboring_cells: list[NeighboringGsm] = member(OffsetSize(Packed(Nested(NeighboringGsm))), default_factory=list)
    umts_neighboring_cells: list[NeighboringUmts] = member(OffsetSize(Packed(Nested(NeighboringUmts))), default_factory=list)
    tdscdma_neighboring_cells: list[NeighboringTdscdma] = member(OffsetSize(Packed(Nested(NeighboringTdscdma))), default_factory=list)
    lte_neighboring_cells: list[NeighboringLte] = member(OffsetSize(Packed(Nested(NeighboringLte))), default_factory=list)
    cdma_cells: list[CdmaCell] = member(OffsetSize(Packed(Nested(CdmaCell))), default_factory=list)


class LocationInfo(Struct):
    location_area_code: int = member(U32, personal=True)
    tracking_area_code: int = member(U32, personal=True)
    cell_id: int = member(U32, personal=True)


class ProvisionedContextSet(Struct):
    operation: ContextOperation = member(Int(4, enum=ContextOperation))
    context_type: ContextType = member(UuidWire(ContextType))
    ip_type: ContextIpType = member(Int(4, enum=ContextIpType))
    state: ContextState = member(Int(4, enum=ContextState))
    roaming: ContextRoamingControl = member(Int(4, enum=ContextRoamingControl))
    media_type: ContextMediaType = member(Int(4, enum=ContextMediaType))
    source: ContextSource = member(Int(4, enum=ContextSource))
    access_string: str = member(OffsetSize(Utf16Text(limit=200)), default="")
    user_name: str = member(OffsetSize(Utf16Text(limit=510)), personal=True, default="")
    password: str = member(OffsetSize(Utf16Text(limit=510)), personal=True, default="")
    compression: Compression = member(Int(4, enum=Compression))
    auth_protocol: AuthProtocol = member(Int(4, enum=AuthProtocol))


class ProvisionedContextElement(Struct):
    context_id: int = member(U32)
    context_type: ContextType = member(UuidWire(ContextType))
    ip_type: ContextIpType = member(Int(4, enum=ContextIpType))
    state: ContextState = member(Int(4, enum=ContextState))
    roaming: ContextRoamingControl = member(Int(4, enum=ContextRoamingControl))
    media_type: ContextMediaType = member(Int(4, enum=ContextMediaType))
    source: ContextSource = member(Int(4, enum=ContextSource))
    access_string: str = member(OffsetSize(Utf16Text(limit=200)), default="")
    user_name: str = member(OffsetSize(Utf16Text(limit=510)), personal=True, default="")
    password: str = member(OffsetSize(Utf16Text(limit=510)), personal=True, default="")
    compression: Compression = member(Int(4, enum=Compression))
    auth_protocol: AuthProtocol = member(Int(4, enum=AuthProtocol))


class ProvisionedContextsInfo(Struct):
    provisioned_contexts: list[ProvisionedContextElement] = member(Pairs(Nested(ProvisionedContextElement), count=U32), default_factory=list)


class LteAttachConfiguration(Struct):
    ip_type: ContextIpType = member(Int(4, enum=ContextIpType))
    roaming: LteAttachContextRoamingControl = member(Int(4, enum=LteAttachContextRoamingControl))
    source: ContextSource = member(Int(4, enum=ContextSource))
    access_string: str = member(OffsetSize(Utf16Text(limit=200)), default="")
    user_name: str = member(OffsetSize(Utf16Text(limit=510)), personal=True, default="")
    password: str = member(OffsetSize(Utf16Text(limit=510)), personal=True, default="")
    compression: Compression = member(Int(4, enum=Compression))
    auth_protocol: AuthProtocol = member(Int(4, enum=AuthProtocol))


class LteAttachConfigurationInfo(Struct):
    configurations: list[LteAttachConfiguration] = member(Pairs(Nested(LteAttachConfiguration), count=U32), default_factory=list)


class LteAttachInfo(Struct):
    lte_attach_state: LteAttachState = member(Int(4, enum=LteAttachState))
    ip_type: ContextIpType = member(Int(4, enum=ContextIpType))
    access_string: str = member(OffsetSize(Utf16Text(limit=200)), default="")
    user_name: str = member(OffsetSize(Utf16Text(limit=510)), personal=True, default="")
    password: str = member(OffsetSize(Utf16Text(limit=510)), personal=True, default="")
    compression: Compression = member(Int(4, enum=Compression))
    auth_protocol: AuthProtocol = member(Int(4, enum=AuthProtocol))


class LteAttachInfoV3(Struct):
    lte_attach_state: LteAttachState = member(Int(4, enum=LteAttachState))
    nw_error: NwError = member(Int(4, enum=NwError))
    ip_type: ContextIpType = member(Int(4, enum=ContextIpType))
    access_string: str = member(OffsetSize(Utf16Text(limit=200)), default="")
    user_name: str = member(OffsetSize(Utf16Text(limit=510)), personal=True, default="")
    password: str = member(OffsetSize(Utf16Text(limit=510)), personal=True, default="")
    compression: Compression = member(Int(4, enum=Compression))
    auth_protocol: AuthProtocol = member(Int(4, enum=AuthProtocol))


class DeviceCapsInfoV3(Struct):
    device_type: DeviceType = member(Int(4, enum=DeviceType))
    cellular_class: CellularClass = member(Int(4, enum=CellularClass))
    voice_class: VoiceClass = member(Int(4, enum=VoiceClass))
    sim_class: SimClass = member(Int(4, enum=SimClass))
    data_class: DataClassV3 = member(Int(4, enum=DataClassV3))
    sms_caps: SmsCaps = member(Int(4, enum=SmsCaps))
    control_caps: ControlCaps = member(Int(4, enum=ControlCaps))
    data_subclass: DataSubclass = member(Int(8, enum=DataSubclass))
    max_sessions: int = member(U32)
    executor_index: int = member(U32)
    wcdma_band_class: int = member(U32)
    lte_band_class: bytes = member(InTlv(Bytes(), type=11), default=b"")
    """Band numbers of 16 bits, little-endian."""
    nr_band_class: bytes = member(InTlv(Bytes(), type=11), default=b"")
    """Band numbers of 16 bits, little-endian."""
    custom_data_class: str = member(InTlv(Utf16Text(), type=10), default="")
    device_id: str = member(InTlv(Utf16Text(), type=10), personal=True, default="")
    """IMEI (3GPP) or ESN/MEID (3GPP2)."""
    firmware_info: str = member(InTlv(Utf16Text(), type=10), default="")
    hardware_info: str = member(InTlv(Utf16Text(), type=10), default="")


class BaseStationsQueryV3(Struct):
    max_gsm_count: int = member(U32)
    max_umts_count: int = member(U32)
    max_tdscdma_count: int = member(U32)
    max_lte_count: int = member(U32)
    max_cdma_count: int = member(U32)
    max_nr_count: int = member(U32)


class ServingNr(Struct):
    provider_id: str = member(OffsetSize(Utf16Text()), default="")
    nci: int = member(U64, personal=True)
    """NR cell identity, 36 bits."""
    physical_cell_id: int = member(U32)
    nrarfcn: int = member(U32)
    tac: int = member(U32, personal=True)
    rsrp: int = member(U32)
    rsrq: int = member(U32)
    sinr: int = member(U32)
    timing_advance: int = member(U64)


class NeighboringNr(Struct):
    system_sub_type: DataSubclass = member(Int(4, enum=DataSubclass))
    provider_id: str = member(OffsetSize(Utf16Text()), default="")
    cell_id: str = member(OffsetSize(Utf16Text()), personal=True, default="")
    physical_cell_id: int = member(U32)
    tac: int = member(U32, personal=True)
    rsrp: int = member(U32)
    rsrq: int = member(U32)
    sinr: int = member(U32)


class BaseStationsInfoV3(Struct):
    system_type: DataClassV3 = member(Int(4, enum=DataClassV3))
    system_sub_type: DataSubclass = member(Int(4, enum=DataSubclass))
    gsm_serving_cell: ServingGsm | None = member(OffsetSize(Nested(ServingGsm)), default=None)
    umts_serving_cell: ServingUmts | None = member(OffsetSize(Nested(ServingUmts)), default=None)
    tdscdma_serving_cell: ServingTdscdma | None = member(OffsetSize(Nested(ServingTdscdma)), default=None)
    lte_serving_cell: ServingLte | None = member(OffsetSize(Nested(ServingLte)), default=None)
    gsm_neighboring_cells: list[NeighboringGsm] = member(OffsetSize(Packed(Nested(NeighboringGsm))), default_factory=list)
    umts_neighboring_cells: list[NeighboringUmts] = member(OffsetSize(Packed(Nested(NeighboringUmts))), default_factory=list)
    tdscdma_neighboring_cells: list[NeighboringTdscdma] = member(OffsetSize(Packed(Nested(NeighboringTdscdma))), default_factory=list)
    lte_neighboring_cells: list[NeighboringLte] = member(OffsetSize(Packed(Nested(NeighboringLte))), default_factory=list)
    cdma_cells: list[CdmaCell] = member(OffsetSize(Packed(Nested(CdmaCell))), default_factory=list)
    nr_serving_cells: list[ServingNr] = member(OffsetSize(Packed(Nested(ServingNr))), default_factory=list)
    nr_neighbor_cells: list[NeighboringNr] = member(OffsetSize(Packed(Nested(NeighboringNr))), default_factory=list)


class NetworkParamsQueryV4(Struct):
    unnamed_ies: list[MbimTlv] = member(TlvList(), default_factory=list)


class NetworkParamsInfo(Struct):
    mico_indication: MicoIndication = member(Int(4, enum=MicoIndication))
    drx_params: DrxCycle = member(Int(4, enum=DrxCycle))
    unnamed_ies: list[MbimTlv] = member(TlvList(), personal=True, default_factory=list)


class UePolicyInfo(Struct):
    unnamed_ies: list[MbimTlv] = member(TlvList(), default_factory=list)


class NetworkDenylistResponse(Response, NetworkDenylistInfo):
    """ms-basic-connect-extensions 2, response: Read or replace the networks and SIM providers with
    which the device must not register."""

    service = Uuid.from_name("3d01dcc5-fef5-4d05-0d3a-bef7058e9aaf")
    service_name = "ms-basic-connect-extensions"
    id = 2
    message = "network-denylist"


class NetworkDenylistNotification(Indication, NetworkDenylistInfo):
    """ms-basic-connect-extensions 2, notification: Read or replace the networks and SIM providers
    with which the device must not register."""

    service = Uuid.from_name("3d01dcc5-fef5-4d05-0d3a-bef7058e9aaf")
    service_name = "ms-basic-connect-extensions"
    id = 2
    message = "network-denylist"


class NetworkDenylistQuery(Request[NetworkDenylistResponse]):
    """ms-basic-connect-extensions 2, query: Read or replace the networks and SIM providers with
    which the device must not register."""

    service = Uuid.from_name("3d01dcc5-fef5-4d05-0d3a-bef7058e9aaf")
    service_name = "ms-basic-connect-extensions"
    id = 2
    message = "network-denylist"
    response = NetworkDenylistResponse
    direction: ClassVar[str] = "query"


class NetworkDenylistSet(Request[NetworkDenylistResponse], NetworkDenylistInfo):
    """ms-basic-connect-extensions 2, set: Read or replace the networks and SIM providers with
    which the device must not register."""

    service = Uuid.from_name("3d01dcc5-fef5-4d05-0d3a-bef7058e9aaf")
    service_name = "ms-basic-connect-extensions"
    id = 2
    message = "network-denylist"
    response = NetworkDenylistResponse
    direction: ClassVar[str] = "set"


class SysCapsResponse(Response, SysCapsInfo):
    """ms-basic-connect-extensions 5, response: Read how many SIM slots and executors (independent
    registrations) the modem has."""

    service = Uuid.from_name("3d01dcc5-fef5-4d05-0d3a-bef7058e9aaf")
    service_name = "ms-basic-connect-extensions"
    id = 5
    message = "sys-caps"


class SysCapsQuery(Request[SysCapsResponse]):
    """ms-basic-connect-extensions 5, query: Read how many SIM slots and executors (independent
    registrations) the modem has."""

    service = Uuid.from_name("3d01dcc5-fef5-4d05-0d3a-bef7058e9aaf")
    service_name = "ms-basic-connect-extensions"
    id = 5
    message = "sys-caps"
    response = SysCapsResponse
    direction: ClassVar[str] = "query"


class DeviceCapsResponse(Response, DeviceCapsInfo):
    """ms-basic-connect-extensions 6, response: Read what one executor is and can do; basic-
    connect's device-caps with its executor index."""

    service = Uuid.from_name("3d01dcc5-fef5-4d05-0d3a-bef7058e9aaf")
    service_name = "ms-basic-connect-extensions"
    id = 6
    message = "device-caps"


class DeviceCapsQuery(Request[DeviceCapsResponse]):
    """ms-basic-connect-extensions 6, query: Read what one executor is and can do; basic-connect's
    device-caps with its executor index."""

    service = Uuid.from_name("3d01dcc5-fef5-4d05-0d3a-bef7058e9aaf")
    service_name = "ms-basic-connect-extensions"
    id = 6
    message = "device-caps"
    response = DeviceCapsResponse
    direction: ClassVar[str] = "query"


class DeviceCapsResponseEx3(Response, DeviceCapsInfoV3):
    """ms-basic-connect-extensions 6, response: Read what one executor is and can do; basic-
    connect's device-caps with its executor index."""

    service = Uuid.from_name("3d01dcc5-fef5-4d05-0d3a-bef7058e9aaf")
    service_name = "ms-basic-connect-extensions"
    id = 6
    message = "device-caps"
    mbimex: ClassVar[str] = "3.0"


class DeviceSlotMappingsResponse(Response, SlotMappingsInfo):
    """ms-basic-connect-extensions 7, response: Read or set which SIM slot each executor uses."""

    service = Uuid.from_name("3d01dcc5-fef5-4d05-0d3a-bef7058e9aaf")
    service_name = "ms-basic-connect-extensions"
    id = 7
    message = "device-slot-mappings"


class DeviceSlotMappingsQuery(Request[DeviceSlotMappingsResponse]):
    """ms-basic-connect-extensions 7, query: Read or set which SIM slot each executor uses."""

    service = Uuid.from_name("3d01dcc5-fef5-4d05-0d3a-bef7058e9aaf")
    service_name = "ms-basic-connect-extensions"
    id = 7
    message = "device-slot-mappings"
    response = DeviceSlotMappingsResponse
    direction: ClassVar[str] = "query"


class DeviceSlotMappingsSet(Request[DeviceSlotMappingsResponse], SlotMappingsInfo):
    """ms-basic-connect-extensions 7, set: Read or set which SIM slot each executor uses."""

    service = Uuid.from_name("3d01dcc5-fef5-4d05-0d3a-bef7058e9aaf")
    service_name = "ms-basic-connect-extensions"
    id = 7
    message = "device-slot-mappings"
    response = DeviceSlotMappingsResponse
    direction: ClassVar[str] = "set"


class SlotInfoStatusResponse(Response, SlotInfoStatusInfo):
    """ms-basic-connect-extensions 8, response: Read what is in one SIM slot."""

    service = Uuid.from_name("3d01dcc5-fef5-4d05-0d3a-bef7058e9aaf")
    service_name = "ms-basic-connect-extensions"
    id = 8
    message = "slot-info-status"


class SlotInfoStatusNotification(Indication, SlotInfoStatusInfo):
    """ms-basic-connect-extensions 8, notification: Read what is in one SIM slot."""

    service = Uuid.from_name("3d01dcc5-fef5-4d05-0d3a-bef7058e9aaf")
    service_name = "ms-basic-connect-extensions"
    id = 8
    message = "slot-info-status"


class SlotInfoStatusQuery(Request[SlotInfoStatusResponse]):
    """ms-basic-connect-extensions 8, query: Read what is in one SIM slot."""

    service = Uuid.from_name("3d01dcc5-fef5-4d05-0d3a-bef7058e9aaf")
    service_name = "ms-basic-connect-extensions"
    id = 8
    message = "slot-info-status"
    response = SlotInfoStatusResponse
    direction: ClassVar[str] = "query"
    slot_index: int = member(U32)


class PcoResponse(Response, PcoValueInfo):
    """ms-basic-connect-extensions 9, response: Read the protocol configuration options that the
    network gave a session."""

    service = Uuid.from_name("3d01dcc5-fef5-4d05-0d3a-bef7058e9aaf")
    service_name = "ms-basic-connect-extensions"
    id = 9
    message = "pco"


class PcoNotification(Indication, PcoValueInfo):
    """ms-basic-connect-extensions 9, notification: Read the protocol configuration options that
    the network gave a session."""

    service = Uuid.from_name("3d01dcc5-fef5-4d05-0d3a-bef7058e9aaf")
    service_name = "ms-basic-connect-extensions"
    id = 9
    message = "pco"


class PcoQuery(Request[PcoResponse], PcoValueInfo):
    """ms-basic-connect-extensions 9, query: Read the protocol configuration options that the
    network gave a session."""

    service = Uuid.from_name("3d01dcc5-fef5-4d05-0d3a-bef7058e9aaf")
    service_name = "ms-basic-connect-extensions"
    id = 9
    message = "pco"
    response = PcoResponse
    direction: ClassVar[str] = "query"


class DeviceResetResponse(Response):
    """ms-basic-connect-extensions 10, response: Reset the modem; it leaves the bus and comes back."""

    service = Uuid.from_name("3d01dcc5-fef5-4d05-0d3a-bef7058e9aaf")
    service_name = "ms-basic-connect-extensions"
    id = 10
    message = "device-reset"


class DeviceResetSet(Request[DeviceResetResponse]):
    """ms-basic-connect-extensions 10, set: Reset the modem; it leaves the bus and comes back."""

    service = Uuid.from_name("3d01dcc5-fef5-4d05-0d3a-bef7058e9aaf")
    service_name = "ms-basic-connect-extensions"
    id = 10
    message = "device-reset"
    response = DeviceResetResponse
    direction: ClassVar[str] = "set"


class VersionResponse(Response, Versions):
    """ms-basic-connect-extensions 15, response: Agree on the MBIM and MBIMEx versions; it counts
    for every program that uses the device."""

    service = Uuid.from_name("3d01dcc5-fef5-4d05-0d3a-bef7058e9aaf")
    service_name = "ms-basic-connect-extensions"
    id = 15
    message = "version"


class VersionQuery(Request[VersionResponse], Versions):
    """ms-basic-connect-extensions 15, query: Agree on the MBIM and MBIMEx versions; it counts for
    every program that uses the device."""

    service = Uuid.from_name("3d01dcc5-fef5-4d05-0d3a-bef7058e9aaf")
    service_name = "ms-basic-connect-extensions"
    id = 15
    message = "version"
    response = VersionResponse
    direction: ClassVar[str] = "query"


class ModemConfigurationResponse(Response, ModemConfigurationInfo):
    """ms-basic-connect-extensions 16, response: Read whether the modem is loading a carrier's
    configuration, and which."""

    service = Uuid.from_name("3d01dcc5-fef5-4d05-0d3a-bef7058e9aaf")
    service_name = "ms-basic-connect-extensions"
    id = 16
    message = "modem-configuration"


class ModemConfigurationNotification(Indication, ModemConfigurationInfo):
    """ms-basic-connect-extensions 16, notification: Read whether the modem is loading a carrier's
    configuration, and which."""

    service = Uuid.from_name("3d01dcc5-fef5-4d05-0d3a-bef7058e9aaf")
    service_name = "ms-basic-connect-extensions"
    id = 16
    message = "modem-configuration"


class ModemConfigurationQuery(Request[ModemConfigurationResponse]):
    """ms-basic-connect-extensions 16, query: Read whether the modem is loading a carrier's
    configuration, and which."""

    service = Uuid.from_name("3d01dcc5-fef5-4d05-0d3a-bef7058e9aaf")
    service_name = "ms-basic-connect-extensions"
    id = 16
    message = "modem-configuration"
    response = ModemConfigurationResponse
    direction: ClassVar[str] = "query"


class RegistrationParametersResponse(Response, RegistrationParametersInfo):
    """ms-basic-connect-extensions 17, response: Read or set what the modem asks of a 5G network
    when it registers."""

    service = Uuid.from_name("3d01dcc5-fef5-4d05-0d3a-bef7058e9aaf")
    service_name = "ms-basic-connect-extensions"
    id = 17
    message = "registration-parameters"


class RegistrationParametersQuery(Request[RegistrationParametersResponse]):
    """ms-basic-connect-extensions 17, query: Read or set what the modem asks of a 5G network when
    it registers."""

    service = Uuid.from_name("3d01dcc5-fef5-4d05-0d3a-bef7058e9aaf")
    service_name = "ms-basic-connect-extensions"
    id = 17
    message = "registration-parameters"
    response = RegistrationParametersResponse
    direction: ClassVar[str] = "query"


class RegistrationParametersSet(Request[RegistrationParametersResponse], RegistrationParametersInfo):
    """ms-basic-connect-extensions 17, set: Read or set what the modem asks of a 5G network when it
    registers."""

    service = Uuid.from_name("3d01dcc5-fef5-4d05-0d3a-bef7058e9aaf")
    service_name = "ms-basic-connect-extensions"
    id = 17
    message = "registration-parameters"
    response = RegistrationParametersResponse
    direction: ClassVar[str] = "set"


class WakeReasonResponse(Response, WakeReasonInfo):
    """ms-basic-connect-extensions 19, response: Read which message or packet made the modem wake
    the host."""

    service = Uuid.from_name("3d01dcc5-fef5-4d05-0d3a-bef7058e9aaf")
    service_name = "ms-basic-connect-extensions"
    id = 19
    message = "wake-reason"


class WakeReasonQuery(Request[WakeReasonResponse]):
    """ms-basic-connect-extensions 19, query: Read which message or packet made the modem wake the
    host."""

    service = Uuid.from_name("3d01dcc5-fef5-4d05-0d3a-bef7058e9aaf")
    service_name = "ms-basic-connect-extensions"
    id = 19
    message = "wake-reason"
    response = WakeReasonResponse
    direction: ClassVar[str] = "query"


class BaseStationsInfoResponse(Response, BaseStationsInfo):
    """ms-basic-connect-extensions 11, response: Read the serving cells and the neighbours, as many
    of each kind as asked for."""

    service = Uuid.from_name("3d01dcc5-fef5-4d05-0d3a-bef7058e9aaf")
    service_name = "ms-basic-connect-extensions"
    id = 11
    message = "base-stations-info"


class BaseStationsInfoQuery(Request[BaseStationsInfoResponse], BaseStationsQuery):
    """ms-basic-connect-extensions 11, query: Read the serving cells and the neighbours, as many of
    each kind as asked for."""

    service = Uuid.from_name("3d01dcc5-fef5-4d05-0d3a-bef7058e9aaf")
    service_name = "ms-basic-connect-extensions"
    id = 11
    message = "base-stations-info"
    response = BaseStationsInfoResponse
    direction: ClassVar[str] = "query"


class BaseStationsInfoResponseEx3(Response, BaseStationsInfoV3):
    """ms-basic-connect-extensions 11, response: Read the serving cells and the neighbours, as many
    of each kind as asked for."""

    service = Uuid.from_name("3d01dcc5-fef5-4d05-0d3a-bef7058e9aaf")
    service_name = "ms-basic-connect-extensions"
    id = 11
    message = "base-stations-info"
    mbimex: ClassVar[str] = "3.0"


class BaseStationsInfoQueryEx3(Request[BaseStationsInfoResponseEx3], BaseStationsQueryV3):
    """ms-basic-connect-extensions 11, query: Read the serving cells and the neighbours, as many of
    each kind as asked for."""

    service = Uuid.from_name("3d01dcc5-fef5-4d05-0d3a-bef7058e9aaf")
    service_name = "ms-basic-connect-extensions"
    id = 11
    message = "base-stations-info"
    response = BaseStationsInfoResponseEx3
    direction: ClassVar[str] = "query"
    mbimex: ClassVar[str] = "3.0"


class LocationInfoStatusResponse(Response, LocationInfo):
    """ms-basic-connect-extensions 12, response: Read the location or tracking area and the cell
    that the modem is in."""

    service = Uuid.from_name("3d01dcc5-fef5-4d05-0d3a-bef7058e9aaf")
    service_name = "ms-basic-connect-extensions"
    id = 12
    message = "location-info-status"


class LocationInfoStatusNotification(Indication, LocationInfo):
    """ms-basic-connect-extensions 12, notification: Read the location or tracking area and the
    cell that the modem is in."""

    service = Uuid.from_name("3d01dcc5-fef5-4d05-0d3a-bef7058e9aaf")
    service_name = "ms-basic-connect-extensions"
    id = 12
    message = "location-info-status"


class LocationInfoStatusQuery(Request[LocationInfoStatusResponse]):
    """ms-basic-connect-extensions 12, query: Read the location or tracking area and the cell that
    the modem is in."""

    service = Uuid.from_name("3d01dcc5-fef5-4d05-0d3a-bef7058e9aaf")
    service_name = "ms-basic-connect-extensions"
    id = 12
    message = "location-info-status"
    response = LocationInfoStatusResponse
    direction: ClassVar[str] = "query"


class ProvisionedContextsResponse(Response, ProvisionedContextsInfo):
    """ms-basic-connect-extensions 1, response: Read the contexts stored in device and SIM, with IP
    type, roaming and media rules, or write one."""

    service = Uuid.from_name("3d01dcc5-fef5-4d05-0d3a-bef7058e9aaf")
    service_name = "ms-basic-connect-extensions"
    id = 1
    message = "provisioned-contexts"


class ProvisionedContextsNotification(Indication, ProvisionedContextsInfo):
    """ms-basic-connect-extensions 1, notification: Read the contexts stored in device and SIM,
    with IP type, roaming and media rules, or write one."""

    service = Uuid.from_name("3d01dcc5-fef5-4d05-0d3a-bef7058e9aaf")
    service_name = "ms-basic-connect-extensions"
    id = 1
    message = "provisioned-contexts"


class ProvisionedContextsQuery(Request[ProvisionedContextsResponse]):
    """ms-basic-connect-extensions 1, query: Read the contexts stored in device and SIM, with IP
    type, roaming and media rules, or write one."""

    service = Uuid.from_name("3d01dcc5-fef5-4d05-0d3a-bef7058e9aaf")
    service_name = "ms-basic-connect-extensions"
    id = 1
    message = "provisioned-contexts"
    response = ProvisionedContextsResponse
    direction: ClassVar[str] = "query"


class ProvisionedContextsSet(Request[ProvisionedContextsResponse], ProvisionedContextSet):
    """ms-basic-connect-extensions 1, set: Read the contexts stored in device and SIM, with IP
    type, roaming and media rules, or write one."""

    service = Uuid.from_name("3d01dcc5-fef5-4d05-0d3a-bef7058e9aaf")
    service_name = "ms-basic-connect-extensions"
    id = 1
    message = "provisioned-contexts"
    response = ProvisionedContextsResponse
    direction: ClassVar[str] = "set"


class LteAttachConfigurationResponse(Response, LteAttachConfigurationInfo):
    """ms-basic-connect-extensions 3, response: Read or set the contexts to attach to LTE with: at
    home, with partners, elsewhere."""

    service = Uuid.from_name("3d01dcc5-fef5-4d05-0d3a-bef7058e9aaf")
    service_name = "ms-basic-connect-extensions"
    id = 3
    message = "lte-attach-configuration"


class LteAttachConfigurationNotification(Indication, LteAttachConfigurationInfo):
    """ms-basic-connect-extensions 3, notification: Read or set the contexts to attach to LTE with:
    at home, with partners, elsewhere."""

    service = Uuid.from_name("3d01dcc5-fef5-4d05-0d3a-bef7058e9aaf")
    service_name = "ms-basic-connect-extensions"
    id = 3
    message = "lte-attach-configuration"


class LteAttachConfigurationQuery(Request[LteAttachConfigurationResponse]):
    """ms-basic-connect-extensions 3, query: Read or set the contexts to attach to LTE with: at
    home, with partners, elsewhere."""

    service = Uuid.from_name("3d01dcc5-fef5-4d05-0d3a-bef7058e9aaf")
    service_name = "ms-basic-connect-extensions"
    id = 3
    message = "lte-attach-configuration"
    response = LteAttachConfigurationResponse
    direction: ClassVar[str] = "query"


class LteAttachConfigurationSet(Request[LteAttachConfigurationResponse]):
    """ms-basic-connect-extensions 3, set: Read or set the contexts to attach to LTE with: at home,
    with partners, elsewhere."""

    service = Uuid.from_name("3d01dcc5-fef5-4d05-0d3a-bef7058e9aaf")
    service_name = "ms-basic-connect-extensions"
    id = 3
    message = "lte-attach-configuration"
    response = LteAttachConfigurationResponse
    direction: ClassVar[str] = "set"
    operation: LteAttachContextOperation = member(Int(4, enum=LteAttachContextOperation))
    configurations: list[LteAttachConfiguration] = member(Pairs(Nested(LteAttachConfiguration), count=U32), default_factory=list)


class LteAttachInfoResponse(Response, LteAttachInfo):
    """ms-basic-connect-extensions 4, response: Read whether the modem is attached to LTE and with
    which context."""

    service = Uuid.from_name("3d01dcc5-fef5-4d05-0d3a-bef7058e9aaf")
    service_name = "ms-basic-connect-extensions"
    id = 4
    message = "lte-attach-info"


class LteAttachInfoNotification(Indication, LteAttachInfo):
    """ms-basic-connect-extensions 4, notification: Read whether the modem is attached to LTE and
    with which context."""

    service = Uuid.from_name("3d01dcc5-fef5-4d05-0d3a-bef7058e9aaf")
    service_name = "ms-basic-connect-extensions"
    id = 4
    message = "lte-attach-info"


class LteAttachInfoQuery(Request[LteAttachInfoResponse]):
    """ms-basic-connect-extensions 4, query: Read whether the modem is attached to LTE and with
    which context."""

    service = Uuid.from_name("3d01dcc5-fef5-4d05-0d3a-bef7058e9aaf")
    service_name = "ms-basic-connect-extensions"
    id = 4
    message = "lte-attach-info"
    response = LteAttachInfoResponse
    direction: ClassVar[str] = "query"


class LteAttachInfoResponseEx3(Response, LteAttachInfoV3):
    """ms-basic-connect-extensions 4, response: Read whether the modem is attached to LTE and with
    which context."""

    service = Uuid.from_name("3d01dcc5-fef5-4d05-0d3a-bef7058e9aaf")
    service_name = "ms-basic-connect-extensions"
    id = 4
    message = "lte-attach-info"
    mbimex: ClassVar[str] = "3.0"


class LteAttachInfoNotificationEx3(Indication, LteAttachInfoV3):
    """ms-basic-connect-extensions 4, notification: Read whether the modem is attached to LTE and
    with which context."""

    service = Uuid.from_name("3d01dcc5-fef5-4d05-0d3a-bef7058e9aaf")
    service_name = "ms-basic-connect-extensions"
    id = 4
    message = "lte-attach-info"
    mbimex: ClassVar[str] = "3.0"


class NetworkParamsResponse(Response, NetworkParamsInfo):
    """ms-basic-connect-extensions 18, response: Read what the 5G network configured: slices,
    tracking areas, local networks."""

    service = Uuid.from_name("3d01dcc5-fef5-4d05-0d3a-bef7058e9aaf")
    service_name = "ms-basic-connect-extensions"
    id = 18
    message = "network-params"


class NetworkParamsNotification(Indication, NetworkParamsInfo):
    """ms-basic-connect-extensions 18, notification: Read what the 5G network configured: slices,
    tracking areas, local networks."""

    service = Uuid.from_name("3d01dcc5-fef5-4d05-0d3a-bef7058e9aaf")
    service_name = "ms-basic-connect-extensions"
    id = 18
    message = "network-params"


class NetworkParamsQuery(Request[NetworkParamsResponse]):
    """ms-basic-connect-extensions 18, query: Read what the 5G network configured: slices, tracking
    areas, local networks."""

    service = Uuid.from_name("3d01dcc5-fef5-4d05-0d3a-bef7058e9aaf")
    service_name = "ms-basic-connect-extensions"
    id = 18
    message = "network-params"
    response = NetworkParamsResponse
    direction: ClassVar[str] = "query"
    configurations_needed: bool = member(Bool(2))
    ue_policies_needed: bool = member(Bool(2))
    unnamed_ies: list[MbimTlv] = member(TlvList(), default_factory=list)


class NetworkParamsQueryEx4(Request[NetworkParamsResponse], NetworkParamsQueryV4):
    """ms-basic-connect-extensions 18, query: Read what the 5G network configured: slices, tracking
    areas, local networks."""

    service = Uuid.from_name("3d01dcc5-fef5-4d05-0d3a-bef7058e9aaf")
    service_name = "ms-basic-connect-extensions"
    id = 18
    message = "network-params"
    response = NetworkParamsResponse
    direction: ClassVar[str] = "query"
    mbimex: ClassVar[str] = "4.0"


class UePolicyResponse(Response, UePolicyInfo):
    """ms-basic-connect-extensions 20, response: Read the operator's rules for which traffic takes
    which route (URSP), as TLV 20."""

    service = Uuid.from_name("3d01dcc5-fef5-4d05-0d3a-bef7058e9aaf")
    service_name = "ms-basic-connect-extensions"
    id = 20
    message = "ue-policy"


class UePolicyNotification(Indication, UePolicyInfo):
    """ms-basic-connect-extensions 20, notification: Read the operator's rules for which traffic
    takes which route (URSP), as TLV 20."""

    service = Uuid.from_name("3d01dcc5-fef5-4d05-0d3a-bef7058e9aaf")
    service_name = "ms-basic-connect-extensions"
    id = 20
    message = "ue-policy"


class UePolicyQuery(Request[UePolicyResponse]):
    """ms-basic-connect-extensions 20, query: Read the operator's rules for which traffic takes
    which route (URSP), as TLV 20."""

    service = Uuid.from_name("3d01dcc5-fef5-4d05-0d3a-bef7058e9aaf")
    service_name = "ms-basic-connect-extensions"
    id = 20
    message = "ue-policy"
    response = UePolicyResponse
    direction: ClassVar[str] = "query"
    unnamed_ies: list[MbimTlv] = member(TlvList(), default_factory=list)
