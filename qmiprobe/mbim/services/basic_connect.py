# SPDX-License-Identifier: GPL-2.0-or-later OR MIT
# Do not edit: made from protocols/mbim/basic-connect.toml, protocols/mbim/basic-connect.mbimex2.toml, protocols/mbim/basic-connect.mbimex3.toml, protocols/mbim/basic-connect.network.toml, protocols/mbim/basic-connect.sessions.toml
# by python -m qmiprobe._codegen
"""The service that every MBIM function has: device, SIM, registration, data sessions."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address
from typing import ClassVar
from qmiprobe._arrays import Array, Nested
from qmiprobe._enums import OpenEnum, OpenFlags, Uuid
from qmiprobe._message import Indication, Request, Response, Struct, member
from qmiprobe._text import U16, U32, U64, Utf16Text
from qmiprobe._types import Bytes, IPv4, IPv6, Int, UuidWire
from qmiprobe.mbim._buffer import CountedOffset, InTlv, MbimTlv, Offset, OffsetSize, Packed, Pairs, TlvList
from qmiprobe.mbim.services._shared import AuthProtocol, CellularClass, Compression, ContextIpType, ContextType, ControlCaps, DataClass, DataClassV3, DataSubclass, DeviceType, NwError, PinType, ProviderState, RegisterMode, RegisterState, RegistrationFlag, Service, SimClass, SmsCaps, VoiceClass

class SubscriberReadyState(OpenEnum):
    NOT_INITIALIZED: ClassVar[SubscriberReadyState]
    INITIALIZED: ClassVar[SubscriberReadyState]
    SIM_NOT_INSERTED: ClassVar[SubscriberReadyState]
    BAD_SIM: ClassVar[SubscriberReadyState]
    FAILURE: ClassVar[SubscriberReadyState]
    NOT_ACTIVATED: ClassVar[SubscriberReadyState]
    DEVICE_LOCKED: ClassVar[SubscriberReadyState]
    NO_ESIM_PROFILE: ClassVar[SubscriberReadyState]
    definition = "subscriber-ready-state"
    names = {
        0: "not-initialized",
        1: "initialized",
        2: "sim-not-inserted",
        3: "bad-sim",
        4: "failure",
        5: "not-activated",
        6: "device-locked",
        7: "no-esim-profile",
    }


class RadioSwitchState(OpenEnum):
    OFF: ClassVar[RadioSwitchState]
    ON: ClassVar[RadioSwitchState]
    definition = "radio-switch-state"
    names = {
        0: "off",
        1: "on",
    }


class PinOperation(OpenEnum):
    ENTER: ClassVar[PinOperation]
    ENABLE: ClassVar[PinOperation]
    DISABLE: ClassVar[PinOperation]
    CHANGE: ClassVar[PinOperation]
    definition = "pin-operation"
    names = {
        0: "enter",
        1: "enable",
        2: "disable",
        3: "change",
    }


class PinState(OpenEnum):
    UNLOCKED: ClassVar[PinState]
    LOCKED: ClassVar[PinState]
    definition = "pin-state"
    names = {
        0: "unlocked",
        1: "locked",
    }


class PinMode(OpenEnum):
    NOT_SUPPORTED: ClassVar[PinMode]
    ENABLED: ClassVar[PinMode]
    DISABLED: ClassVar[PinMode]
    definition = "pin-mode"
    names = {
        0: "not-supported",
        1: "enabled",
        2: "disabled",
    }


class PinFormat(OpenEnum):
    UNKNOWN: ClassVar[PinFormat]
    NUMERIC: ClassVar[PinFormat]
    ALPHANUMERIC: ClassVar[PinFormat]
    definition = "pin-format"
    names = {
        0: "unknown",
        1: "numeric",
        2: "alphanumeric",
    }


class EmergencyModeState(OpenEnum):
    OFF: ClassVar[EmergencyModeState]
    ON: ClassVar[EmergencyModeState]
    definition = "emergency-mode-state"
    names = {
        0: "off",
        1: "on",
    }


class ReadyInfo(OpenFlags):
    PROTECT_UNIQUE_ID: ClassVar[ReadyInfo]
    definition = "ready-info"
    names = {
        0x1: "protect-unique-id",
    }


class FrequencyRange(OpenFlags):
    FR1: ClassVar[FrequencyRange]
    FR2: ClassVar[FrequencyRange]
    definition = "frequency-range"
    names = {
        0x1: "fr1",
        0x2: "fr2",
    }


class AccessMediaType(OpenEnum):
    UNKNOWN: ClassVar[AccessMediaType]
    _3GPP: ClassVar[AccessMediaType]
    _3GPP_PREFERRED: ClassVar[AccessMediaType]
    definition = "access-media-type"
    names = {
        0: "unknown",
        1: "3gpp",
        2: "3gpp-preferred",
    }


class SubscriberReadyStatus(OpenFlags):
    ESIM: ClassVar[SubscriberReadyStatus]
    SIM_REMOVABILITY_KNOWN: ClassVar[SubscriberReadyStatus]
    SIM_REMOVABLE: ClassVar[SubscriberReadyStatus]
    definition = "subscriber-ready-status"
    names = {
        0x1: "esim",
        0x2: "sim-removability-known",
        0x4: "sim-removable",
    }


class VisibleProvidersAction(OpenEnum):
    FULL_SCAN: ClassVar[VisibleProvidersAction]
    RESTRICTED_SCAN: ClassVar[VisibleProvidersAction]
    definition = "visible-providers-action"
    names = {
        0: "full-scan",
        1: "restricted-scan",
    }


class RegisterAction(OpenEnum):
    AUTOMATIC: ClassVar[RegisterAction]
    MANUAL: ClassVar[RegisterAction]
    definition = "register-action"
    names = {
        0: "automatic",
        1: "manual",
    }


class PacketServiceAction(OpenEnum):
    ATTACH: ClassVar[PacketServiceAction]
    DETACH: ClassVar[PacketServiceAction]
    definition = "packet-service-action"
    names = {
        0: "attach",
        1: "detach",
    }


class PacketServiceState(OpenEnum):
    UNKNOWN: ClassVar[PacketServiceState]
    ATTACHING: ClassVar[PacketServiceState]
    ATTACHED: ClassVar[PacketServiceState]
    DETACHING: ClassVar[PacketServiceState]
    DETACHED: ClassVar[PacketServiceState]
    definition = "packet-service-state"
    names = {
        0: "unknown",
        1: "attaching",
        2: "attached",
        3: "detaching",
        4: "detached",
    }


class NetworkIdleHintState(OpenEnum):
    DISABLED: ClassVar[NetworkIdleHintState]
    ENABLED: ClassVar[NetworkIdleHintState]
    definition = "network-idle-hint-state"
    names = {
        0: "disabled",
        1: "enabled",
    }


class ActivationCommand(OpenEnum):
    DEACTIVATE: ClassVar[ActivationCommand]
    ACTIVATE: ClassVar[ActivationCommand]
    definition = "activation-command"
    names = {
        0: "deactivate",
        1: "activate",
    }


class ActivationState(OpenEnum):
    UNKNOWN: ClassVar[ActivationState]
    ACTIVATED: ClassVar[ActivationState]
    ACTIVATING: ClassVar[ActivationState]
    DEACTIVATED: ClassVar[ActivationState]
    DEACTIVATING: ClassVar[ActivationState]
    definition = "activation-state"
    names = {
        0: "unknown",
        1: "activated",
        2: "activating",
        3: "deactivated",
        4: "deactivating",
    }


class VoiceCallState(OpenEnum):
    NONE: ClassVar[VoiceCallState]
    IN_PROGRESS: ClassVar[VoiceCallState]
    HANG_UP: ClassVar[VoiceCallState]
    definition = "voice-call-state"
    names = {
        0: "none",
        1: "in-progress",
        2: "hang-up",
    }


class IpConfigurationAvailable(OpenFlags):
    ADDRESS: ClassVar[IpConfigurationAvailable]
    GATEWAY: ClassVar[IpConfigurationAvailable]
    DNS: ClassVar[IpConfigurationAvailable]
    MTU: ClassVar[IpConfigurationAvailable]
    definition = "ip-configuration-available"
    names = {
        0x1: "address",
        0x2: "gateway",
        0x4: "dns",
        0x8: "mtu",
    }


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


class SubscriberReadyInfo(Struct):
    ready_state: SubscriberReadyState = member(Int(4, enum=SubscriberReadyState))
    subscriber_id: str = member(OffsetSize(Utf16Text(limit=30)), personal=True, default="")
    """IMSI (3GPP) or MIN/IRM (3GPP2)."""
    sim_icc_id: str = member(OffsetSize(Utf16Text(limit=40)), personal=True, default="")
    ready_info: ReadyInfo = member(Int(4, enum=ReadyInfo))
    telephone_numbers: list[str] = member(Pairs(Utf16Text(), count=U32), personal=True, default_factory=list)


class RadioStateInfo(Struct):
    hw_radio_state: RadioSwitchState = member(Int(4, enum=RadioSwitchState))
    sw_radio_state: RadioSwitchState = member(Int(4, enum=RadioSwitchState))


class PinInfo(Struct):
    pin_type: PinType = member(Int(4, enum=PinType))
    pin_state: PinState = member(Int(4, enum=PinState))
    remaining_attempts: int = member(U32)
    """0xFFFFFFFF: the device does not know."""


class PinDesc(Struct):
    pin_mode: PinMode = member(Int(4, enum=PinMode))
    pin_format: PinFormat = member(Int(4, enum=PinFormat))
    pin_length_min: int = member(U32)
    pin_length_max: int = member(U32)


class PinListInfo(Struct):
    pin_desc_pin1: PinDesc = member(Nested(PinDesc))
    pin_desc_pin2: PinDesc = member(Nested(PinDesc))
    pin_desc_device_sim_pin: PinDesc = member(Nested(PinDesc))
    pin_desc_device_first_sim_pin: PinDesc = member(Nested(PinDesc))
    pin_desc_network_pin: PinDesc = member(Nested(PinDesc))
    pin_desc_network_subset_pin: PinDesc = member(Nested(PinDesc))
    pin_desc_service_provider_pin: PinDesc = member(Nested(PinDesc))
    pin_desc_corporate_pin: PinDesc = member(Nested(PinDesc))
    pin_desc_subsidy_lock: PinDesc = member(Nested(PinDesc))
    pin_desc_custom: PinDesc = member(Nested(PinDesc))


class DeviceServiceElement(Struct):
    device_service_id: Service = member(UuidWire(Service))
    dss_payload: int = member(U32)
    """Device service streams: 1 from the host, 2 to the host, 3 both, 0 none."""
    max_dss_instances: int = member(U32)
    cids: list[int] = member(Array(U32, count=U32), default_factory=list)


class DeviceServicesInfo(Struct):
    _device_services_count = member(U32, name="device-services-count", derived="count")
    max_dss_sessions: int = member(U32)
    device_services: list[DeviceServiceElement] = member(Pairs(Nested(DeviceServiceElement), count='_device_services_count'), default_factory=list)


class EventEntry(Struct):
    device_service_id: Service = member(UuidWire(Service))
    cids: list[int] = member(Array(U32, count=U32), default_factory=list)


class SubscribeList(Struct):
    events: list[EventEntry] = member(Pairs(Nested(EventEntry), count=U32), default_factory=list)


class EmergencyModeInfo(Struct):
    state: EmergencyModeState = member(Int(4, enum=EmergencyModeState))


class RegisterStateInfoV2(Struct):
    nw_error: NwError = member(Int(4, enum=NwError))
    register_state: RegisterState = member(Int(4, enum=RegisterState))
    register_mode: RegisterMode = member(Int(4, enum=RegisterMode))
    available_data_classes: DataClass = member(Int(4, enum=DataClass))
    current_cellular_class: CellularClass = member(Int(4, enum=CellularClass))
    provider_id: str = member(OffsetSize(Utf16Text(limit=12)), default="")
    provider_name: str = member(OffsetSize(Utf16Text(limit=40)), default="")
    roaming_text: str = member(OffsetSize(Utf16Text(limit=126)), default="")
    registration_flag: RegistrationFlag = member(Int(4, enum=RegistrationFlag))
    preferred_data_classes: DataClass = member(Int(4, enum=DataClass))


class PacketServiceInfoV2(Struct):
    nw_error: NwError = member(Int(4, enum=NwError))
    packet_service_state: PacketServiceState = member(Int(4, enum=PacketServiceState))
    current_data_class: DataClass = member(Int(4, enum=DataClass))
    uplink_speed: int = member(U64, unit='bit/s')
    downlink_speed: int = member(U64, unit='bit/s')
    frequency_range: FrequencyRange = member(Int(4, enum=FrequencyRange))


class RsrpSnrInfo(Struct):
    rsrp: int = member(U32)
    """0 is less than -156 dBm, each step 1 dB, 126 is -31 dBm or more; 127: not known."""
    snr: int = member(U32)
    """0 is less than -23 dB, each step 0.5 dB, 127 is 40 dB or more; 128: not known."""
    rsrp_threshold: int = member(U32)
    snr_threshold: int = member(U32)
    system_type: DataClass = member(Int(4, enum=DataClass))


class SignalStateInfoV2(Struct):
    rssi: int = member(U32)
    """0 is -113 dBm or less, 31 is -51 dBm or more, steps of 2 dB; 99: not known."""
    error_rate: int = member(U32)
    """Bit or frame error rate in classes 0 to 7; 99: not known."""
    signal_strength_interval: int = member(U32, unit='s')
    rssi_threshold: int = member(U32)
    error_rate_threshold: int = member(U32)
    rsrp_snr: list[RsrpSnrInfo] = member(OffsetSize(Packed(Nested(RsrpSnrInfo))), default_factory=list)


class SubscriberReadyInfoV3(Struct):
    ready_state: SubscriberReadyState = member(Int(4, enum=SubscriberReadyState))
    flags: SubscriberReadyStatus = member(Int(4, enum=SubscriberReadyStatus))
    subscriber_id: str = member(OffsetSize(Utf16Text(limit=30)), personal=True, default="")
    """IMSI (3GPP) or MIN/IRM (3GPP2)."""
    sim_icc_id: str = member(OffsetSize(Utf16Text(limit=40)), personal=True, default="")
    ready_info: ReadyInfo = member(Int(4, enum=ReadyInfo))
    telephone_numbers: list[str] = member(Pairs(Utf16Text(), count=U32), personal=True, default_factory=list)


class Tai(Struct):
    plmn_mcc: int = member(U16)
    plmn_mnc: int = member(U16)
    tac: int = member(U32, personal=True)


class PacketServiceInfoV3(Struct):
    nw_error: NwError = member(Int(4, enum=NwError))
    packet_service_state: PacketServiceState = member(Int(4, enum=PacketServiceState))
    highest_available_data_class: DataClassV3 = member(Int(4, enum=DataClassV3))
    uplink_speed: int = member(U64, unit='bit/s')
    downlink_speed: int = member(U64, unit='bit/s')
    frequency_range: FrequencyRange = member(Int(4, enum=FrequencyRange))
    data_subclass: DataSubclass = member(Int(4, enum=DataSubclass))
    tai: Tai = member(Nested(Tai))


class ConnectQueryV3(Struct):
    session_id: int = member(U32)


class ConnectSetV3(Struct):
    session_id: int = member(U32)
    activation_command: ActivationCommand = member(Int(4, enum=ActivationCommand))
    compression: Compression = member(Int(4, enum=Compression))
    auth_protocol: AuthProtocol = member(Int(4, enum=AuthProtocol))
    ip_type: ContextIpType = member(Int(4, enum=ContextIpType))
    context_type: ContextType = member(UuidWire(ContextType))
    media_preference: AccessMediaType = member(Int(4, enum=AccessMediaType))
    access_string: str = member(InTlv(Utf16Text(), type=10), default="")
    """APN (3GPP) or dial string (3GPP2)."""
    user_name: str = member(InTlv(Utf16Text(), type=10), personal=True, default="")
    password: str = member(InTlv(Utf16Text(), type=10), personal=True, default="")
    unnamed_ies: list[MbimTlv] = member(TlvList(), default_factory=list)


class ConnectInfoV3(Struct):
    session_id: int = member(U32)
    activation_state: ActivationState = member(Int(4, enum=ActivationState))
    voice_call_state: VoiceCallState = member(Int(4, enum=VoiceCallState))
    ip_type: ContextIpType = member(Int(4, enum=ContextIpType))
    context_type: ContextType = member(UuidWire(ContextType))
    nw_error: NwError = member(Int(4, enum=NwError))
    media_preference: AccessMediaType = member(Int(4, enum=AccessMediaType))
    access_string: str = member(InTlv(Utf16Text(), type=10), default="")
    unnamed_ies: list[MbimTlv] = member(TlvList(), default_factory=list)


class PacketFilterV3(Struct):
    _filter_size = member(U32, name="filter-size", derived="size")
    packet_filter: bytes = member(Offset(Bytes('_filter_size')), default=b"")
    packet_mask: bytes = member(Offset(Bytes('_filter_size')), default=b"")
    filter_id: int = member(U32)


class PacketFiltersV3(Struct):
    session_id: int = member(U32)
    packet_filters: list[PacketFilterV3] = member(Pairs(Nested(PacketFilterV3), count=U32), default_factory=list)


class Provider(Struct):
    provider_id: str = member(OffsetSize(Utf16Text(limit=12)), default="")
    """MCC and MNC (3GPP) or SID (3GPP2)."""
    provider_state: ProviderState = member(Int(4, enum=ProviderState))
    provider_name: str = member(OffsetSize(Utf16Text(limit=40)), default="")
    cellular_class: CellularClass = member(Int(4, enum=CellularClass))
    rssi: int = member(U32)
    """0 is -113 dBm or less, 31 is -51 dBm or more, steps of 2 dB; 99: not known."""
    error_rate: int = member(U32)
    """Bit or frame error rate in classes 0 to 7; 99: not known."""


class HomeProviderInfo(Struct):
    provider: Provider = member(Nested(Provider))


class Providers(Struct):
    providers: list[Provider] = member(Pairs(Nested(Provider), count=U32), default_factory=list)


class RegisterStateInfo(Struct):
    nw_error: NwError = member(Int(4, enum=NwError))
    register_state: RegisterState = member(Int(4, enum=RegisterState))
    register_mode: RegisterMode = member(Int(4, enum=RegisterMode))
    available_data_classes: DataClass = member(Int(4, enum=DataClass))
    current_cellular_class: CellularClass = member(Int(4, enum=CellularClass))
    provider_id: str = member(OffsetSize(Utf16Text(limit=12)), default="")
    provider_name: str = member(OffsetSize(Utf16Text(limit=40)), default="")
    roaming_text: str = member(OffsetSize(Utf16Text(limit=126)), default="")
    registration_flag: RegistrationFlag = member(Int(4, enum=RegistrationFlag))


class PacketServiceInfo(Struct):
    nw_error: NwError = member(Int(4, enum=NwError))
    packet_service_state: PacketServiceState = member(Int(4, enum=PacketServiceState))
    highest_available_data_class: DataClass = member(Int(4, enum=DataClass))
    uplink_speed: int = member(U64, unit='bit/s')
    downlink_speed: int = member(U64, unit='bit/s')


class SignalStateInfo(Struct):
    rssi: int = member(U32)
    """0 is -113 dBm or less, 31 is -51 dBm or more, steps of 2 dB; 99: not known."""
    error_rate: int = member(U32)
    """Bit or frame error rate in classes 0 to 7; 99: not known."""
    signal_strength_interval: int = member(U32, unit='s')
    rssi_threshold: int = member(U32)
    error_rate_threshold: int = member(U32)


class NetworkIdleHintInfo(Struct):
    state: NetworkIdleHintState = member(Int(4, enum=NetworkIdleHintState))


class ConnectInfo(Struct):
    session_id: int = member(U32)
    activation_state: ActivationState = member(Int(4, enum=ActivationState))
    voice_call_state: VoiceCallState = member(Int(4, enum=VoiceCallState))
    ip_type: ContextIpType = member(Int(4, enum=ContextIpType))
    context_type: ContextType = member(UuidWire(ContextType))
    nw_error: NwError = member(Int(4, enum=NwError))


class ProvisionedContextSet(Struct):
    context_id: int = member(U32)
    context_type: ContextType = member(UuidWire(ContextType))
    access_string: str = member(OffsetSize(Utf16Text(limit=200)), default="")
    user_name: str = member(OffsetSize(Utf16Text(limit=510)), personal=True, default="")
    password: str = member(OffsetSize(Utf16Text(limit=510)), personal=True, default="")
    compression: Compression = member(Int(4, enum=Compression))
    auth_protocol: AuthProtocol = member(Int(4, enum=AuthProtocol))
    provider_id: str = member(OffsetSize(Utf16Text(limit=12)), default="")


class ProvisionedContextElement(Struct):
    context_id: int = member(U32)
    context_type: ContextType = member(UuidWire(ContextType))
    access_string: str = member(OffsetSize(Utf16Text(limit=200)), default="")
    user_name: str = member(OffsetSize(Utf16Text(limit=510)), personal=True, default="")
    password: str = member(OffsetSize(Utf16Text(limit=510)), personal=True, default="")
    compression: Compression = member(Int(4, enum=Compression))
    auth_protocol: AuthProtocol = member(Int(4, enum=AuthProtocol))


class ProvisionedContextsInfo(Struct):
    provisioned_contexts: list[ProvisionedContextElement] = member(Pairs(Nested(ProvisionedContextElement), count=U32), default_factory=list)


class ServiceActivationInfo(Struct):
    nw_error: NwError = member(Int(4, enum=NwError))
    buffer: bytes = member(Bytes(), personal=True)


class Ipv4Element(Struct):
    on_link_prefix_length: int = member(U32)
    ipv4_address: IPv4Address = member(IPv4())


class Ipv6Element(Struct):
    on_link_prefix_length: int = member(U32)
    ipv6_address: IPv6Address = member(IPv6())


class IpConfigurationInfo(Struct):
    session_id: int = member(U32)
    ipv4_available: IpConfigurationAvailable = member(Int(4, enum=IpConfigurationAvailable), derived="mask", init=False)
    ipv6_available: IpConfigurationAvailable = member(Int(4, enum=IpConfigurationAvailable), derived="mask", init=False)
    ipv4_addresses: list[Ipv4Element] = member(CountedOffset(Nested(Ipv4Element)), valid=("ipv4_available", IpConfigurationAvailable.ADDRESS), default_factory=list)
    ipv6_addresses: list[Ipv6Element] = member(CountedOffset(Nested(Ipv6Element)), valid=("ipv6_available", IpConfigurationAvailable.ADDRESS), default_factory=list)
    ipv4_gateway: IPv4Address | None = member(Offset(IPv4()), valid=("ipv4_available", IpConfigurationAvailable.GATEWAY), default=None)
    ipv6_gateway: IPv6Address | None = member(Offset(IPv6()), valid=("ipv6_available", IpConfigurationAvailable.GATEWAY), default=None)
    ipv4_dns_servers: list[IPv4Address] = member(CountedOffset(IPv4()), valid=("ipv4_available", IpConfigurationAvailable.DNS), default_factory=list)
    ipv6_dns_servers: list[IPv6Address] = member(CountedOffset(IPv6()), valid=("ipv6_available", IpConfigurationAvailable.DNS), default_factory=list)
    ipv4_mtu: int | None = member(U32, valid=("ipv4_available", IpConfigurationAvailable.MTU), unit='bytes', default=None)
    ipv6_mtu: int | None = member(U32, valid=("ipv6_available", IpConfigurationAvailable.MTU), unit='bytes', default=None)


class PacketStatisticsInfo(Struct):
    in_discards: int = member(U32)
    in_errors: int = member(U32)
    in_octets: int = member(U64, unit='bytes')
    in_packets: int = member(U64)
    out_octets: int = member(U64, unit='bytes')
    out_packets: int = member(U64)
    out_errors: int = member(U32)
    out_discards: int = member(U32)


class PacketFilter(Struct):
    _filter_size = member(U32, name="filter-size", derived="size")
    packet_filter: bytes = member(Offset(Bytes('_filter_size')), default=b"")
    packet_mask: bytes = member(Offset(Bytes('_filter_size')), default=b"")


class PacketFilters(Struct):
    session_id: int = member(U32)
    packet_filters: list[PacketFilter] = member(Pairs(Nested(PacketFilter), count=U32), default_factory=list)


class DeviceCapsResponse(Response, DeviceCapsInfo):
    """basic-connect 1, response: Read what the device is and can do: radio, SIM and SMS classes,
    IMEI, firmware, number of sessions."""

    service = Uuid.from_name("a289cc33-bcbb-8b4f-b6b0-133ec2aae6df")
    service_name = "basic-connect"
    id = 1
    message = "device-caps"


class DeviceCapsQuery(Request[DeviceCapsResponse]):
    """basic-connect 1, query: Read what the device is and can do: radio, SIM and SMS classes,
    IMEI, firmware, number of sessions."""

    service = Uuid.from_name("a289cc33-bcbb-8b4f-b6b0-133ec2aae6df")
    service_name = "basic-connect"
    id = 1
    message = "device-caps"
    response = DeviceCapsResponse
    direction: ClassVar[str] = "query"


class SubscriberReadyStatusResponse(Response, SubscriberReadyInfo):
    """basic-connect 2, response: Read whether the SIM is there and ready, with its IMSI, ICCID and
    telephone numbers."""

    service = Uuid.from_name("a289cc33-bcbb-8b4f-b6b0-133ec2aae6df")
    service_name = "basic-connect"
    id = 2
    message = "subscriber-ready-status"


class SubscriberReadyStatusNotification(Indication, SubscriberReadyInfo):
    """basic-connect 2, notification: Read whether the SIM is there and ready, with its IMSI, ICCID
    and telephone numbers."""

    service = Uuid.from_name("a289cc33-bcbb-8b4f-b6b0-133ec2aae6df")
    service_name = "basic-connect"
    id = 2
    message = "subscriber-ready-status"


class SubscriberReadyStatusQuery(Request[SubscriberReadyStatusResponse]):
    """basic-connect 2, query: Read whether the SIM is there and ready, with its IMSI, ICCID and
    telephone numbers."""

    service = Uuid.from_name("a289cc33-bcbb-8b4f-b6b0-133ec2aae6df")
    service_name = "basic-connect"
    id = 2
    message = "subscriber-ready-status"
    response = SubscriberReadyStatusResponse
    direction: ClassVar[str] = "query"


class SubscriberReadyStatusResponseEx3(Response, SubscriberReadyInfoV3):
    """basic-connect 2, response: Read whether the SIM is there and ready, with its IMSI, ICCID and
    telephone numbers."""

    service = Uuid.from_name("a289cc33-bcbb-8b4f-b6b0-133ec2aae6df")
    service_name = "basic-connect"
    id = 2
    message = "subscriber-ready-status"
    mbimex: ClassVar[str] = "3.0"


class SubscriberReadyStatusNotificationEx3(Indication, SubscriberReadyInfoV3):
    """basic-connect 2, notification: Read whether the SIM is there and ready, with its IMSI, ICCID
    and telephone numbers."""

    service = Uuid.from_name("a289cc33-bcbb-8b4f-b6b0-133ec2aae6df")
    service_name = "basic-connect"
    id = 2
    message = "subscriber-ready-status"
    mbimex: ClassVar[str] = "3.0"


class RadioStateResponse(Response, RadioStateInfo):
    """basic-connect 3, response: Read the hardware and software radio switches, or set the
    software one."""

    service = Uuid.from_name("a289cc33-bcbb-8b4f-b6b0-133ec2aae6df")
    service_name = "basic-connect"
    id = 3
    message = "radio-state"


class RadioStateNotification(Indication, RadioStateInfo):
    """basic-connect 3, notification: Read the hardware and software radio switches, or set the
    software one."""

    service = Uuid.from_name("a289cc33-bcbb-8b4f-b6b0-133ec2aae6df")
    service_name = "basic-connect"
    id = 3
    message = "radio-state"


class RadioStateQuery(Request[RadioStateResponse]):
    """basic-connect 3, query: Read the hardware and software radio switches, or set the software
    one."""

    service = Uuid.from_name("a289cc33-bcbb-8b4f-b6b0-133ec2aae6df")
    service_name = "basic-connect"
    id = 3
    message = "radio-state"
    response = RadioStateResponse
    direction: ClassVar[str] = "query"


class RadioStateSet(Request[RadioStateResponse]):
    """basic-connect 3, set: Read the hardware and software radio switches, or set the software
    one."""

    service = Uuid.from_name("a289cc33-bcbb-8b4f-b6b0-133ec2aae6df")
    service_name = "basic-connect"
    id = 3
    message = "radio-state"
    response = RadioStateResponse
    direction: ClassVar[str] = "set"
    radio_state: RadioSwitchState = member(Int(4, enum=RadioSwitchState))


class PinResponse(Response, PinInfo):
    """basic-connect 4, response: Read which PIN the device waits for, or enter, enable, disable or
    change one."""

    service = Uuid.from_name("a289cc33-bcbb-8b4f-b6b0-133ec2aae6df")
    service_name = "basic-connect"
    id = 4
    message = "pin"


class PinQuery(Request[PinResponse]):
    """basic-connect 4, query: Read which PIN the device waits for, or enter, enable, disable or
    change one."""

    service = Uuid.from_name("a289cc33-bcbb-8b4f-b6b0-133ec2aae6df")
    service_name = "basic-connect"
    id = 4
    message = "pin"
    response = PinResponse
    direction: ClassVar[str] = "query"


class PinSet(Request[PinResponse]):
    """basic-connect 4, set: Read which PIN the device waits for, or enter, enable, disable or
    change one."""

    service = Uuid.from_name("a289cc33-bcbb-8b4f-b6b0-133ec2aae6df")
    service_name = "basic-connect"
    id = 4
    message = "pin"
    response = PinResponse
    direction: ClassVar[str] = "set"
    pin_type: PinType = member(Int(4, enum=PinType))
    pin_operation: PinOperation = member(Int(4, enum=PinOperation))
    pin: str = member(OffsetSize(Utf16Text(limit=32)), personal=True, default="")
    """The PIN, or the PUK where pin-type is one."""
    new_pin: str = member(OffsetSize(Utf16Text(limit=32)), personal=True, default="")


class PinListResponse(Response, PinListInfo):
    """basic-connect 5, response: Read which kinds of PIN the device has, whether each is enabled,
    and what a PIN of that kind looks like."""

    service = Uuid.from_name("a289cc33-bcbb-8b4f-b6b0-133ec2aae6df")
    service_name = "basic-connect"
    id = 5
    message = "pin-list"


class PinListQuery(Request[PinListResponse]):
    """basic-connect 5, query: Read which kinds of PIN the device has, whether each is enabled, and
    what a PIN of that kind looks like."""

    service = Uuid.from_name("a289cc33-bcbb-8b4f-b6b0-133ec2aae6df")
    service_name = "basic-connect"
    id = 5
    message = "pin-list"
    response = PinListResponse
    direction: ClassVar[str] = "query"


class DeviceServicesResponse(Response, DeviceServicesInfo):
    """basic-connect 16, response: Read which services the device offers and which commands of
    each."""

    service = Uuid.from_name("a289cc33-bcbb-8b4f-b6b0-133ec2aae6df")
    service_name = "basic-connect"
    id = 16
    message = "device-services"


class DeviceServicesQuery(Request[DeviceServicesResponse]):
    """basic-connect 16, query: Read which services the device offers and which commands of each."""

    service = Uuid.from_name("a289cc33-bcbb-8b4f-b6b0-133ec2aae6df")
    service_name = "basic-connect"
    id = 16
    message = "device-services"
    response = DeviceServicesResponse
    direction: ClassVar[str] = "query"


class DeviceServiceSubscribeListResponse(Response, SubscribeList):
    """basic-connect 19, response: Choose the notifications that the device sends; the list
    replaces the one before, whoever wrote it."""

    service = Uuid.from_name("a289cc33-bcbb-8b4f-b6b0-133ec2aae6df")
    service_name = "basic-connect"
    id = 19
    message = "device-service-subscribe-list"


class DeviceServiceSubscribeListSet(Request[DeviceServiceSubscribeListResponse], SubscribeList):
    """basic-connect 19, set: Choose the notifications that the device sends; the list replaces the
    one before, whoever wrote it."""

    service = Uuid.from_name("a289cc33-bcbb-8b4f-b6b0-133ec2aae6df")
    service_name = "basic-connect"
    id = 19
    message = "device-service-subscribe-list"
    response = DeviceServiceSubscribeListResponse
    direction: ClassVar[str] = "set"


class EmergencyModeResponse(Response, EmergencyModeInfo):
    """basic-connect 22, response: Read whether the device allows emergency calls only."""

    service = Uuid.from_name("a289cc33-bcbb-8b4f-b6b0-133ec2aae6df")
    service_name = "basic-connect"
    id = 22
    message = "emergency-mode"


class EmergencyModeNotification(Indication, EmergencyModeInfo):
    """basic-connect 22, notification: Read whether the device allows emergency calls only."""

    service = Uuid.from_name("a289cc33-bcbb-8b4f-b6b0-133ec2aae6df")
    service_name = "basic-connect"
    id = 22
    message = "emergency-mode"


class EmergencyModeQuery(Request[EmergencyModeResponse]):
    """basic-connect 22, query: Read whether the device allows emergency calls only."""

    service = Uuid.from_name("a289cc33-bcbb-8b4f-b6b0-133ec2aae6df")
    service_name = "basic-connect"
    id = 22
    message = "emergency-mode"
    response = EmergencyModeResponse
    direction: ClassVar[str] = "query"


class EmergencyModeSet(Request[EmergencyModeResponse], EmergencyModeInfo):
    """basic-connect 22, set: Read whether the device allows emergency calls only."""

    service = Uuid.from_name("a289cc33-bcbb-8b4f-b6b0-133ec2aae6df")
    service_name = "basic-connect"
    id = 22
    message = "emergency-mode"
    response = EmergencyModeResponse
    direction: ClassVar[str] = "set"


class HomeProviderResponse(Response, HomeProviderInfo):
    """basic-connect 6, response: Read or set the provider that the SIM belongs to."""

    service = Uuid.from_name("a289cc33-bcbb-8b4f-b6b0-133ec2aae6df")
    service_name = "basic-connect"
    id = 6
    message = "home-provider"


class HomeProviderQuery(Request[HomeProviderResponse]):
    """basic-connect 6, query: Read or set the provider that the SIM belongs to."""

    service = Uuid.from_name("a289cc33-bcbb-8b4f-b6b0-133ec2aae6df")
    service_name = "basic-connect"
    id = 6
    message = "home-provider"
    response = HomeProviderResponse
    direction: ClassVar[str] = "query"


class HomeProviderSet(Request[HomeProviderResponse], HomeProviderInfo):
    """basic-connect 6, set: Read or set the provider that the SIM belongs to."""

    service = Uuid.from_name("a289cc33-bcbb-8b4f-b6b0-133ec2aae6df")
    service_name = "basic-connect"
    id = 6
    message = "home-provider"
    response = HomeProviderResponse
    direction: ClassVar[str] = "set"


class PreferredProvidersResponse(Response, Providers):
    """basic-connect 7, response: Read or replace the list of preferred providers."""

    service = Uuid.from_name("a289cc33-bcbb-8b4f-b6b0-133ec2aae6df")
    service_name = "basic-connect"
    id = 7
    message = "preferred-providers"


class PreferredProvidersNotification(Indication, Providers):
    """basic-connect 7, notification: Read or replace the list of preferred providers."""

    service = Uuid.from_name("a289cc33-bcbb-8b4f-b6b0-133ec2aae6df")
    service_name = "basic-connect"
    id = 7
    message = "preferred-providers"


class PreferredProvidersQuery(Request[PreferredProvidersResponse]):
    """basic-connect 7, query: Read or replace the list of preferred providers."""

    service = Uuid.from_name("a289cc33-bcbb-8b4f-b6b0-133ec2aae6df")
    service_name = "basic-connect"
    id = 7
    message = "preferred-providers"
    response = PreferredProvidersResponse
    direction: ClassVar[str] = "query"


class PreferredProvidersSet(Request[PreferredProvidersResponse], Providers):
    """basic-connect 7, set: Read or replace the list of preferred providers."""

    service = Uuid.from_name("a289cc33-bcbb-8b4f-b6b0-133ec2aae6df")
    service_name = "basic-connect"
    id = 7
    message = "preferred-providers"
    response = PreferredProvidersResponse
    direction: ClassVar[str] = "set"


class VisibleProvidersResponse(Response, Providers):
    """basic-connect 8, response: Scan for the providers in reach; a full scan takes minutes."""

    service = Uuid.from_name("a289cc33-bcbb-8b4f-b6b0-133ec2aae6df")
    service_name = "basic-connect"
    id = 8
    message = "visible-providers"


class VisibleProvidersQuery(Request[VisibleProvidersResponse]):
    """basic-connect 8, query: Scan for the providers in reach; a full scan takes minutes."""

    service = Uuid.from_name("a289cc33-bcbb-8b4f-b6b0-133ec2aae6df")
    service_name = "basic-connect"
    id = 8
    message = "visible-providers"
    response = VisibleProvidersResponse
    direction: ClassVar[str] = "query"
    action: VisibleProvidersAction = member(Int(4, enum=VisibleProvidersAction))


class RegisterStateResponse(Response, RegisterStateInfo):
    """basic-connect 9, response: Read the registration, or register automatically or with a given
    provider."""

    service = Uuid.from_name("a289cc33-bcbb-8b4f-b6b0-133ec2aae6df")
    service_name = "basic-connect"
    id = 9
    message = "register-state"


class RegisterStateNotification(Indication, RegisterStateInfo):
    """basic-connect 9, notification: Read the registration, or register automatically or with a
    given provider."""

    service = Uuid.from_name("a289cc33-bcbb-8b4f-b6b0-133ec2aae6df")
    service_name = "basic-connect"
    id = 9
    message = "register-state"


class RegisterStateQuery(Request[RegisterStateResponse]):
    """basic-connect 9, query: Read the registration, or register automatically or with a given
    provider."""

    service = Uuid.from_name("a289cc33-bcbb-8b4f-b6b0-133ec2aae6df")
    service_name = "basic-connect"
    id = 9
    message = "register-state"
    response = RegisterStateResponse
    direction: ClassVar[str] = "query"


class RegisterStateSet(Request[RegisterStateResponse]):
    """basic-connect 9, set: Read the registration, or register automatically or with a given
    provider."""

    service = Uuid.from_name("a289cc33-bcbb-8b4f-b6b0-133ec2aae6df")
    service_name = "basic-connect"
    id = 9
    message = "register-state"
    response = RegisterStateResponse
    direction: ClassVar[str] = "set"
    provider_id: str = member(OffsetSize(Utf16Text(limit=12)), default="")
    register_action: RegisterAction = member(Int(4, enum=RegisterAction))
    data_class: DataClass = member(Int(4, enum=DataClass))


class RegisterStateResponseEx2(Response, RegisterStateInfoV2):
    """basic-connect 9, response: Read the registration, or register automatically or with a given
    provider."""

    service = Uuid.from_name("a289cc33-bcbb-8b4f-b6b0-133ec2aae6df")
    service_name = "basic-connect"
    id = 9
    message = "register-state"
    mbimex: ClassVar[str] = "2.0"


class RegisterStateNotificationEx2(Indication, RegisterStateInfoV2):
    """basic-connect 9, notification: Read the registration, or register automatically or with a
    given provider."""

    service = Uuid.from_name("a289cc33-bcbb-8b4f-b6b0-133ec2aae6df")
    service_name = "basic-connect"
    id = 9
    message = "register-state"
    mbimex: ClassVar[str] = "2.0"


class PacketServiceResponse(Response, PacketServiceInfo):
    """basic-connect 10, response: Read the packet service and its speeds, or attach to or detach
    from it."""

    service = Uuid.from_name("a289cc33-bcbb-8b4f-b6b0-133ec2aae6df")
    service_name = "basic-connect"
    id = 10
    message = "packet-service"


class PacketServiceNotification(Indication, PacketServiceInfo):
    """basic-connect 10, notification: Read the packet service and its speeds, or attach to or
    detach from it."""

    service = Uuid.from_name("a289cc33-bcbb-8b4f-b6b0-133ec2aae6df")
    service_name = "basic-connect"
    id = 10
    message = "packet-service"


class PacketServiceQuery(Request[PacketServiceResponse]):
    """basic-connect 10, query: Read the packet service and its speeds, or attach to or detach from
    it."""

    service = Uuid.from_name("a289cc33-bcbb-8b4f-b6b0-133ec2aae6df")
    service_name = "basic-connect"
    id = 10
    message = "packet-service"
    response = PacketServiceResponse
    direction: ClassVar[str] = "query"


class PacketServiceSet(Request[PacketServiceResponse]):
    """basic-connect 10, set: Read the packet service and its speeds, or attach to or detach from
    it."""

    service = Uuid.from_name("a289cc33-bcbb-8b4f-b6b0-133ec2aae6df")
    service_name = "basic-connect"
    id = 10
    message = "packet-service"
    response = PacketServiceResponse
    direction: ClassVar[str] = "set"
    packet_service_action: PacketServiceAction = member(Int(4, enum=PacketServiceAction))


class PacketServiceResponseEx2(Response, PacketServiceInfoV2):
    """basic-connect 10, response: Read the packet service and its speeds, or attach to or detach
    from it."""

    service = Uuid.from_name("a289cc33-bcbb-8b4f-b6b0-133ec2aae6df")
    service_name = "basic-connect"
    id = 10
    message = "packet-service"
    mbimex: ClassVar[str] = "2.0"


class PacketServiceNotificationEx2(Indication, PacketServiceInfoV2):
    """basic-connect 10, notification: Read the packet service and its speeds, or attach to or
    detach from it."""

    service = Uuid.from_name("a289cc33-bcbb-8b4f-b6b0-133ec2aae6df")
    service_name = "basic-connect"
    id = 10
    message = "packet-service"
    mbimex: ClassVar[str] = "2.0"


class PacketServiceResponseEx3(Response, PacketServiceInfoV3):
    """basic-connect 10, response: Read the packet service and its speeds, or attach to or detach
    from it."""

    service = Uuid.from_name("a289cc33-bcbb-8b4f-b6b0-133ec2aae6df")
    service_name = "basic-connect"
    id = 10
    message = "packet-service"
    mbimex: ClassVar[str] = "3.0"


class PacketServiceNotificationEx3(Indication, PacketServiceInfoV3):
    """basic-connect 10, notification: Read the packet service and its speeds, or attach to or
    detach from it."""

    service = Uuid.from_name("a289cc33-bcbb-8b4f-b6b0-133ec2aae6df")
    service_name = "basic-connect"
    id = 10
    message = "packet-service"
    mbimex: ClassVar[str] = "3.0"


class SignalStateResponse(Response, SignalStateInfo):
    """basic-connect 11, response: Read signal strength and error rate, or set when the device
    reports them."""

    service = Uuid.from_name("a289cc33-bcbb-8b4f-b6b0-133ec2aae6df")
    service_name = "basic-connect"
    id = 11
    message = "signal-state"


class SignalStateNotification(Indication, SignalStateInfo):
    """basic-connect 11, notification: Read signal strength and error rate, or set when the device
    reports them."""

    service = Uuid.from_name("a289cc33-bcbb-8b4f-b6b0-133ec2aae6df")
    service_name = "basic-connect"
    id = 11
    message = "signal-state"


class SignalStateQuery(Request[SignalStateResponse]):
    """basic-connect 11, query: Read signal strength and error rate, or set when the device reports
    them."""

    service = Uuid.from_name("a289cc33-bcbb-8b4f-b6b0-133ec2aae6df")
    service_name = "basic-connect"
    id = 11
    message = "signal-state"
    response = SignalStateResponse
    direction: ClassVar[str] = "query"


class SignalStateSet(Request[SignalStateResponse]):
    """basic-connect 11, set: Read signal strength and error rate, or set when the device reports
    them."""

    service = Uuid.from_name("a289cc33-bcbb-8b4f-b6b0-133ec2aae6df")
    service_name = "basic-connect"
    id = 11
    message = "signal-state"
    response = SignalStateResponse
    direction: ClassVar[str] = "set"
    signal_strength_interval: int = member(U32, unit='s')
    """0: the device's own choice; 0xFFFFFFFF: no reports by time."""
    rssi_threshold: int = member(U32)
    """Steps of coded RSSI; 0: the device's own choice."""
    error_rate_threshold: int = member(U32)


class SignalStateResponseEx2(Response, SignalStateInfoV2):
    """basic-connect 11, response: Read signal strength and error rate, or set when the device
    reports them."""

    service = Uuid.from_name("a289cc33-bcbb-8b4f-b6b0-133ec2aae6df")
    service_name = "basic-connect"
    id = 11
    message = "signal-state"
    mbimex: ClassVar[str] = "2.0"


class SignalStateNotificationEx2(Indication, SignalStateInfoV2):
    """basic-connect 11, notification: Read signal strength and error rate, or set when the device
    reports them."""

    service = Uuid.from_name("a289cc33-bcbb-8b4f-b6b0-133ec2aae6df")
    service_name = "basic-connect"
    id = 11
    message = "signal-state"
    mbimex: ClassVar[str] = "2.0"


class NetworkIdleHintResponse(Response, NetworkIdleHintInfo):
    """basic-connect 21, response: Read or tell whether the host expects little traffic for a
    while."""

    service = Uuid.from_name("a289cc33-bcbb-8b4f-b6b0-133ec2aae6df")
    service_name = "basic-connect"
    id = 21
    message = "network-idle-hint"


class NetworkIdleHintQuery(Request[NetworkIdleHintResponse]):
    """basic-connect 21, query: Read or tell whether the host expects little traffic for a while."""

    service = Uuid.from_name("a289cc33-bcbb-8b4f-b6b0-133ec2aae6df")
    service_name = "basic-connect"
    id = 21
    message = "network-idle-hint"
    response = NetworkIdleHintResponse
    direction: ClassVar[str] = "query"


class NetworkIdleHintSet(Request[NetworkIdleHintResponse], NetworkIdleHintInfo):
    """basic-connect 21, set: Read or tell whether the host expects little traffic for a while."""

    service = Uuid.from_name("a289cc33-bcbb-8b4f-b6b0-133ec2aae6df")
    service_name = "basic-connect"
    id = 21
    message = "network-idle-hint"
    response = NetworkIdleHintResponse
    direction: ClassVar[str] = "set"


class MulticarrierProvidersResponse(Response, Providers):
    """basic-connect 24, response: Read or replace the providers of a device that can change
    between carriers."""

    service = Uuid.from_name("a289cc33-bcbb-8b4f-b6b0-133ec2aae6df")
    service_name = "basic-connect"
    id = 24
    message = "multicarrier-providers"


class MulticarrierProvidersNotification(Indication, Providers):
    """basic-connect 24, notification: Read or replace the providers of a device that can change
    between carriers."""

    service = Uuid.from_name("a289cc33-bcbb-8b4f-b6b0-133ec2aae6df")
    service_name = "basic-connect"
    id = 24
    message = "multicarrier-providers"


class MulticarrierProvidersQuery(Request[MulticarrierProvidersResponse]):
    """basic-connect 24, query: Read or replace the providers of a device that can change between
    carriers."""

    service = Uuid.from_name("a289cc33-bcbb-8b4f-b6b0-133ec2aae6df")
    service_name = "basic-connect"
    id = 24
    message = "multicarrier-providers"
    response = MulticarrierProvidersResponse
    direction: ClassVar[str] = "query"


class MulticarrierProvidersSet(Request[MulticarrierProvidersResponse], Providers):
    """basic-connect 24, set: Read or replace the providers of a device that can change between
    carriers."""

    service = Uuid.from_name("a289cc33-bcbb-8b4f-b6b0-133ec2aae6df")
    service_name = "basic-connect"
    id = 24
    message = "multicarrier-providers"
    response = MulticarrierProvidersResponse
    direction: ClassVar[str] = "set"


class ConnectResponse(Response, ConnectInfo):
    """basic-connect 12, response: Read the state of one data session, or activate or deactivate
    it."""

    service = Uuid.from_name("a289cc33-bcbb-8b4f-b6b0-133ec2aae6df")
    service_name = "basic-connect"
    id = 12
    message = "connect"


class ConnectNotification(Indication, ConnectInfo):
    """basic-connect 12, notification: Read the state of one data session, or activate or
    deactivate it."""

    service = Uuid.from_name("a289cc33-bcbb-8b4f-b6b0-133ec2aae6df")
    service_name = "basic-connect"
    id = 12
    message = "connect"


class ConnectQuery(Request[ConnectResponse], ConnectInfo):
    """basic-connect 12, query: Read the state of one data session, or activate or deactivate it."""

    service = Uuid.from_name("a289cc33-bcbb-8b4f-b6b0-133ec2aae6df")
    service_name = "basic-connect"
    id = 12
    message = "connect"
    response = ConnectResponse
    direction: ClassVar[str] = "query"


class ConnectSet(Request[ConnectResponse]):
    """basic-connect 12, set: Read the state of one data session, or activate or deactivate it."""

    service = Uuid.from_name("a289cc33-bcbb-8b4f-b6b0-133ec2aae6df")
    service_name = "basic-connect"
    id = 12
    message = "connect"
    response = ConnectResponse
    direction: ClassVar[str] = "set"
    session_id: int = member(U32)
    activation_command: ActivationCommand = member(Int(4, enum=ActivationCommand))
    access_string: str = member(OffsetSize(Utf16Text(limit=200)), default="")
    """APN (3GPP) or dial string (3GPP2)."""
    user_name: str = member(OffsetSize(Utf16Text(limit=510)), personal=True, default="")
    password: str = member(OffsetSize(Utf16Text(limit=510)), personal=True, default="")
    compression: Compression = member(Int(4, enum=Compression))
    auth_protocol: AuthProtocol = member(Int(4, enum=AuthProtocol))
    ip_type: ContextIpType = member(Int(4, enum=ContextIpType))
    context_type: ContextType = member(UuidWire(ContextType))


class ConnectResponseEx3(Response, ConnectInfoV3):
    """basic-connect 12, response: Read the state of one data session, or activate or deactivate
    it."""

    service = Uuid.from_name("a289cc33-bcbb-8b4f-b6b0-133ec2aae6df")
    service_name = "basic-connect"
    id = 12
    message = "connect"
    mbimex: ClassVar[str] = "3.0"


class ConnectNotificationEx3(Indication, ConnectInfoV3):
    """basic-connect 12, notification: Read the state of one data session, or activate or
    deactivate it."""

    service = Uuid.from_name("a289cc33-bcbb-8b4f-b6b0-133ec2aae6df")
    service_name = "basic-connect"
    id = 12
    message = "connect"
    mbimex: ClassVar[str] = "3.0"


class ConnectQueryEx3(Request[ConnectResponseEx3], ConnectQueryV3):
    """basic-connect 12, query: Read the state of one data session, or activate or deactivate it."""

    service = Uuid.from_name("a289cc33-bcbb-8b4f-b6b0-133ec2aae6df")
    service_name = "basic-connect"
    id = 12
    message = "connect"
    response = ConnectResponseEx3
    direction: ClassVar[str] = "query"
    mbimex: ClassVar[str] = "3.0"


class ConnectSetEx3(Request[ConnectResponseEx3], ConnectSetV3):
    """basic-connect 12, set: Read the state of one data session, or activate or deactivate it."""

    service = Uuid.from_name("a289cc33-bcbb-8b4f-b6b0-133ec2aae6df")
    service_name = "basic-connect"
    id = 12
    message = "connect"
    response = ConnectResponseEx3
    direction: ClassVar[str] = "set"
    mbimex: ClassVar[str] = "3.0"


class ProvisionedContextsResponse(Response, ProvisionedContextsInfo):
    """basic-connect 13, response: Read the contexts stored in device and SIM, or write one."""

    service = Uuid.from_name("a289cc33-bcbb-8b4f-b6b0-133ec2aae6df")
    service_name = "basic-connect"
    id = 13
    message = "provisioned-contexts"


class ProvisionedContextsNotification(Indication, ProvisionedContextsInfo):
    """basic-connect 13, notification: Read the contexts stored in device and SIM, or write one."""

    service = Uuid.from_name("a289cc33-bcbb-8b4f-b6b0-133ec2aae6df")
    service_name = "basic-connect"
    id = 13
    message = "provisioned-contexts"


class ProvisionedContextsQuery(Request[ProvisionedContextsResponse]):
    """basic-connect 13, query: Read the contexts stored in device and SIM, or write one."""

    service = Uuid.from_name("a289cc33-bcbb-8b4f-b6b0-133ec2aae6df")
    service_name = "basic-connect"
    id = 13
    message = "provisioned-contexts"
    response = ProvisionedContextsResponse
    direction: ClassVar[str] = "query"


class ProvisionedContextsSet(Request[ProvisionedContextsResponse], ProvisionedContextSet):
    """basic-connect 13, set: Read the contexts stored in device and SIM, or write one."""

    service = Uuid.from_name("a289cc33-bcbb-8b4f-b6b0-133ec2aae6df")
    service_name = "basic-connect"
    id = 13
    message = "provisioned-contexts"
    response = ProvisionedContextsResponse
    direction: ClassVar[str] = "set"


class ServiceActivationResponse(Response, ServiceActivationInfo):
    """basic-connect 14, response: Activate a subscription with the carrier's own data."""

    service = Uuid.from_name("a289cc33-bcbb-8b4f-b6b0-133ec2aae6df")
    service_name = "basic-connect"
    id = 14
    message = "service-activation"


class ServiceActivationSet(Request[ServiceActivationResponse]):
    """basic-connect 14, set: Activate a subscription with the carrier's own data."""

    service = Uuid.from_name("a289cc33-bcbb-8b4f-b6b0-133ec2aae6df")
    service_name = "basic-connect"
    id = 14
    message = "service-activation"
    response = ServiceActivationResponse
    direction: ClassVar[str] = "set"
    buffer: bytes = member(Bytes(), personal=True)
    """Carrier specific; may hold numbers and unlock codes."""


class IpConfigurationResponse(Response, IpConfigurationInfo):
    """basic-connect 15, response: Read addresses, gateways, name servers and MTU of one data
    session."""

    service = Uuid.from_name("a289cc33-bcbb-8b4f-b6b0-133ec2aae6df")
    service_name = "basic-connect"
    id = 15
    message = "ip-configuration"


class IpConfigurationNotification(Indication, IpConfigurationInfo):
    """basic-connect 15, notification: Read addresses, gateways, name servers and MTU of one data
    session."""

    service = Uuid.from_name("a289cc33-bcbb-8b4f-b6b0-133ec2aae6df")
    service_name = "basic-connect"
    id = 15
    message = "ip-configuration"


class IpConfigurationQuery(Request[IpConfigurationResponse], IpConfigurationInfo):
    """basic-connect 15, query: Read addresses, gateways, name servers and MTU of one data session."""

    service = Uuid.from_name("a289cc33-bcbb-8b4f-b6b0-133ec2aae6df")
    service_name = "basic-connect"
    id = 15
    message = "ip-configuration"
    response = IpConfigurationResponse
    direction: ClassVar[str] = "query"


class PacketStatisticsResponse(Response, PacketStatisticsInfo):
    """basic-connect 20, response: Read the counters of the data path since the device was opened."""

    service = Uuid.from_name("a289cc33-bcbb-8b4f-b6b0-133ec2aae6df")
    service_name = "basic-connect"
    id = 20
    message = "packet-statistics"


class PacketStatisticsQuery(Request[PacketStatisticsResponse]):
    """basic-connect 20, query: Read the counters of the data path since the device was opened."""

    service = Uuid.from_name("a289cc33-bcbb-8b4f-b6b0-133ec2aae6df")
    service_name = "basic-connect"
    id = 20
    message = "packet-statistics"
    response = PacketStatisticsResponse
    direction: ClassVar[str] = "query"


class IpPacketFiltersResponse(Response, PacketFilters):
    """basic-connect 23, response: Read or replace the filters that let packets through to a
    sleeping host; filters left behind can block all traffic."""

    service = Uuid.from_name("a289cc33-bcbb-8b4f-b6b0-133ec2aae6df")
    service_name = "basic-connect"
    id = 23
    message = "ip-packet-filters"


class IpPacketFiltersQuery(Request[IpPacketFiltersResponse], PacketFilters):
    """basic-connect 23, query: Read or replace the filters that let packets through to a sleeping
    host; filters left behind can block all traffic."""

    service = Uuid.from_name("a289cc33-bcbb-8b4f-b6b0-133ec2aae6df")
    service_name = "basic-connect"
    id = 23
    message = "ip-packet-filters"
    response = IpPacketFiltersResponse
    direction: ClassVar[str] = "query"


class IpPacketFiltersSet(Request[IpPacketFiltersResponse], PacketFilters):
    """basic-connect 23, set: Read or replace the filters that let packets through to a sleeping
    host; filters left behind can block all traffic."""

    service = Uuid.from_name("a289cc33-bcbb-8b4f-b6b0-133ec2aae6df")
    service_name = "basic-connect"
    id = 23
    message = "ip-packet-filters"
    response = IpPacketFiltersResponse
    direction: ClassVar[str] = "set"


class IpPacketFiltersResponseEx3(Response, PacketFiltersV3):
    """basic-connect 23, response: Read or replace the filters that let packets through to a
    sleeping host; filters left behind can block all traffic."""

    service = Uuid.from_name("a289cc33-bcbb-8b4f-b6b0-133ec2aae6df")
    service_name = "basic-connect"
    id = 23
    message = "ip-packet-filters"
    mbimex: ClassVar[str] = "3.0"


class IpPacketFiltersQueryEx3(Request[IpPacketFiltersResponseEx3], PacketFiltersV3):
    """basic-connect 23, query: Read or replace the filters that let packets through to a sleeping
    host; filters left behind can block all traffic."""

    service = Uuid.from_name("a289cc33-bcbb-8b4f-b6b0-133ec2aae6df")
    service_name = "basic-connect"
    id = 23
    message = "ip-packet-filters"
    response = IpPacketFiltersResponseEx3
    direction: ClassVar[str] = "query"
    mbimex: ClassVar[str] = "3.0"


class IpPacketFiltersSetEx3(Request[IpPacketFiltersResponseEx3], PacketFiltersV3):
    """basic-connect 23, set: Read or replace the filters that let packets through to a sleeping
    host; filters left behind can block all traffic."""

    service = Uuid.from_name("a289cc33-bcbb-8b4f-b6b0-133ec2aae6df")
    service_name = "basic-connect"
    id = 23
    message = "ip-packet-filters"
    response = IpPacketFiltersResponseEx3
    direction: ClassVar[str] = "set"
    mbimex: ClassVar[str] = "3.0"
