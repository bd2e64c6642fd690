# SPDX-License-Identifier: GPL-2.0-or-later OR MIT
# Do not edit: made from protocols/qmi/wda.toml
# by python -m qmiprobe._codegen
"""Wireless Data Administrative service: how packets are framed between host and modem."""

from __future__ import annotations

from typing import ClassVar
from qmiprobe._arrays import Nested
from qmiprobe._enums import OpenEnum
from qmiprobe._message import Indication, Request, Response, member
from qmiprobe._text import U16, U32, U8
from qmiprobe._types import Bool, Bytes, Int
from qmiprobe.qmi.services._shared import Endpoint

class LinkLayerProtocol(OpenEnum):
    UNKNOWN: ClassVar[LinkLayerProtocol]
    _802_3: ClassVar[LinkLayerProtocol]
    RAW_IP: ClassVar[LinkLayerProtocol]
    ETHERNET_PDU: ClassVar[LinkLayerProtocol]
    definition = "link-layer-protocol"
    names = {
        0: "unknown",
        1: "802-3",
        2: "raw-ip",
        3: "ethernet-pdu",
    }


class DataAggregationProtocol(OpenEnum):
    DISABLED: ClassVar[DataAggregationProtocol]
    TLP: ClassVar[DataAggregationProtocol]
    QC_NCM: ClassVar[DataAggregationProtocol]
    MBIM: ClassVar[DataAggregationProtocol]
    RNDIS: ClassVar[DataAggregationProtocol]
    QMAP: ClassVar[DataAggregationProtocol]
    QMAPV2: ClassVar[DataAggregationProtocol]
    QMAPV3: ClassVar[DataAggregationProtocol]
    QMAPV4: ClassVar[DataAggregationProtocol]
    QMAPV5: ClassVar[DataAggregationProtocol]
    definition = "data-aggregation-protocol"
    names = {
        0: "disabled",
        1: "tlp",
        2: "qc-ncm",
        3: "mbim",
        4: "rndis",
        5: "qmap",
        6: "qmapv2",
        7: "qmapv3",
        8: "qmapv4",
        9: "qmapv5",
    }


class LoopbackState(OpenEnum):
    DISABLED: ClassVar[LoopbackState]
    ENABLED: ClassVar[LoopbackState]
    definition = "loopback-state"
    names = {
        0: "disabled",
        1: "enabled",
    }


class EthernetHardwareConfig(OpenEnum):
    DEFAULT: ClassVar[EthernetHardwareConfig]
    VLAN_IP: ClassVar[EthernetHardwareConfig]
    NON_VLAN_IP: ClassVar[EthernetHardwareConfig]
    definition = "ethernet-hardware-config"
    names = {
        0: "default",
        1: "vlan-ip",
        2: "non-vlan-ip",
    }


class GetSupportedMessagesResponse(Response):
    """WDA 0x001e: the answer to :class:`GetSupportedMessages`."""

    service = 0x1a
    service_name = "wda"
    id = 0x001e
    message = "get-supported-messages"
    list_: bytes | None = member(Bytes(U16), tlv=0x10, required=False, default=None)


class GetSupportedMessages(Request[GetSupportedMessagesResponse]):
    """WDA 0x001e: Read the bit mask of WDA message ids that this firmware knows."""

    service = 0x1a
    service_name = "wda"
    id = 0x001e
    message = "get-supported-messages"
    response = GetSupportedMessagesResponse


class SetDataFormatResponse(Response):
    """WDA 0x0020: the answer to :class:`SetDataFormat`."""

    service = 0x1a
    service_name = "wda"
    id = 0x0020
    message = "set-data-format"
    qos_format: bool | None = member(Bool(), tlv=0x10, required=False, default=None)
    """A QoS header stands before each packet."""
    link_layer_protocol: LinkLayerProtocol | None = member(Int(4, enum=LinkLayerProtocol), tlv=0x11, required=False, default=None)
    uplink_data_aggregation_protocol: DataAggregationProtocol | None = member(Int(4, enum=DataAggregationProtocol), tlv=0x12, required=False, default=None)
    downlink_data_aggregation_protocol: DataAggregationProtocol | None = member(Int(4, enum=DataAggregationProtocol), tlv=0x13, required=False, default=None)
    ndp_signature: int | None = member(U32, tlv=0x14, required=False, default=None)
    """Of NCM and MBIM aggregation."""
    downlink_data_aggregation_max_datagrams: int | None = member(U32, tlv=0x15, required=False, default=None)
    downlink_data_aggregation_max_size: int | None = member(U32, tlv=0x16, required=False, unit='bytes', default=None)
    uplink_data_aggregation_max_datagrams: int | None = member(U32, tlv=0x17, required=False, default=None)
    uplink_data_aggregation_max_size: int | None = member(U32, tlv=0x18, required=False, unit='bytes', default=None)
    download_minimum_padding: int | None = member(U32, tlv=0x1a, required=False, unit='bytes', default=None)
    flow_control: int | None = member(U8, tlv=0x1b, required=False, default=None)


class SetDataFormat(Request[SetDataFormatResponse]):
    """WDA 0x0020: Choose link protocol and aggregation of the data port; the answer says what the
    modem took."""

    service = 0x1a
    service_name = "wda"
    id = 0x0020
    message = "set-data-format"
    response = SetDataFormatResponse
    qos_format: bool | None = member(Bool(), tlv=0x10, required=False, default=None)
    """A QoS header stands before each packet."""
    link_layer_protocol: LinkLayerProtocol | None = member(Int(4, enum=LinkLayerProtocol), tlv=0x11, required=False, default=None)
    uplink_data_aggregation_protocol: DataAggregationProtocol | None = member(Int(4, enum=DataAggregationProtocol), tlv=0x12, required=False, default=None)
    downlink_data_aggregation_protocol: DataAggregationProtocol | None = member(Int(4, enum=DataAggregationProtocol), tlv=0x13, required=False, default=None)
    ndp_signature: int | None = member(U32, tlv=0x14, required=False, default=None)
    """Of NCM and MBIM aggregation."""
    downlink_data_aggregation_max_datagrams: int | None = member(U32, tlv=0x15, required=False, default=None)
    downlink_data_aggregation_max_size: int | None = member(U32, tlv=0x16, required=False, unit='bytes', default=None)
    endpoint_info: Endpoint | None = member(Nested(Endpoint), tlv=0x17, required=False, default=None)
    uplink_data_aggregation_max_datagrams: int | None = member(U32, tlv=0x1b, required=False, default=None)
    uplink_data_aggregation_max_size: int | None = member(U32, tlv=0x1c, required=False, unit='bytes', default=None)


class GetDataFormatResponse(Response):
    """WDA 0x0021: the answer to :class:`GetDataFormat`."""

    service = 0x1a
    service_name = "wda"
    id = 0x0021
    message = "get-data-format"
    qos_format: bool | None = member(Bool(), tlv=0x10, required=False, default=None)
    """A QoS header stands before each packet."""
    link_layer_protocol: LinkLayerProtocol | None = member(Int(4, enum=LinkLayerProtocol), tlv=0x11, required=False, default=None)
    uplink_data_aggregation_protocol: DataAggregationProtocol | None = member(Int(4, enum=DataAggregationProtocol), tlv=0x12, required=False, default=None)
    downlink_data_aggregation_protocol: DataAggregationProtocol | None = member(Int(4, enum=DataAggregationProtocol), tlv=0x13, required=False, default=None)
    ndp_signature: int | None = member(U32, tlv=0x14, required=False, default=None)
    """Of NCM and MBIM aggregation."""
    downlink_data_aggregation_max_datagrams: int | None = member(U32, tlv=0x15, required=False, default=None)
    downlink_data_aggregation_max_size: int | None = member(U32, tlv=0x16, required=False, unit='bytes', default=None)
    uplink_data_aggregation_max_datagrams: int | None = member(U32, tlv=0x17, required=False, default=None)
    uplink_data_aggregation_max_size: int | None = member(U32, tlv=0x18, required=False, unit='bytes', default=None)
    download_minimum_padding: int | None = member(U32, tlv=0x1a, required=False, unit='bytes', default=None)
    flow_control: int | None = member(U8, tlv=0x1b, required=False, default=None)


class GetDataFormat(Request[GetDataFormatResponse]):
    """WDA 0x0021: Read link protocol and aggregation of the data port."""

    service = 0x1a
    service_name = "wda"
    id = 0x0021
    message = "get-data-format"
    response = GetDataFormatResponse
    endpoint_info: Endpoint | None = member(Nested(Endpoint), tlv=0x10, required=False, default=None)


class SetQmapSettingsResponse(Response):
    """WDA 0x002b: the answer to :class:`SetQmapSettings`."""

    service = 0x1a
    service_name = "wda"
    id = 0x002b
    message = "set-qmap-settings"
    in_band_flow_control: bool | None = member(Bool(), tlv=0x10, required=False, default=None)
    data_flow_control: bool | None = member(Bool(), tlv=0x11, required=False, default=None)


class SetQmapSettings(Request[SetQmapSettingsResponse]):
    """WDA 0x002b: Choose how the modem tells the host to hold back packets inside QMAP."""

    service = 0x1a
    service_name = "wda"
    id = 0x002b
    message = "set-qmap-settings"
    response = SetQmapSettingsResponse
    in_band_flow_control: bool | None = member(Bool(), tlv=0x10, required=False, default=None)
    """By QMAP commands between the packets."""
    endpoint_info: Endpoint | None = member(Nested(Endpoint), tlv=0x11, required=False, default=None)
    data_flow_control: bool | None = member(Bool(), tlv=0x12, required=False, default=None)


class GetQmapSettingsResponse(Response):
    """WDA 0x002c: the answer to :class:`GetQmapSettings`."""

    service = 0x1a
    service_name = "wda"
    id = 0x002c
    message = "get-qmap-settings"
    in_band_flow_control: bool | None = member(Bool(), tlv=0x10, required=False, default=None)
    data_flow_control: bool | None = member(Bool(), tlv=0x11, required=False, default=None)


class GetQmapSettings(Request[GetQmapSettingsResponse]):
    """WDA 0x002c: Read how the modem tells the host to hold back packets inside QMAP."""

    service = 0x1a
    service_name = "wda"
    id = 0x002c
    message = "get-qmap-settings"
    response = GetQmapSettingsResponse
    endpoint_info: Endpoint | None = member(Nested(Endpoint), tlv=0x10, required=False, default=None)


class LoopbackConfigurationResponse(Response):
    """WDA 0x002f: the answer to :class:`LoopbackConfiguration`."""

    service = 0x1a
    service_name = "wda"
    id = 0x002f
    message = "loopback-configuration"


class LoopbackConfiguration(Request[LoopbackConfigurationResponse]):
    """WDA 0x002f: Let the modem send every uplink packet back, or stop that."""

    service = 0x1a
    service_name = "wda"
    id = 0x002f
    message = "loopback-configuration"
    response = LoopbackConfigurationResponse
    loopback_state: LoopbackState = member(Int(1, enum=LoopbackState), tlv=0x01)
    replication_factor: int | None = member(U32, tlv=0x10, required=False, default=None)


class SetCapabilityResponse(Response):
    """WDA 0x0030: the answer to :class:`SetCapability`."""

    service = 0x1a
    service_name = "wda"
    id = 0x0030
    message = "set-capability"
    ethernet_pdu_capability: bool | None = member(Bool(), tlv=0x15, required=False, default=None)


class SetCapability(Request[SetCapabilityResponse]):
    """WDA 0x0030: Announce what the host's end of a data port can do."""

    service = 0x1a
    service_name = "wda"
    id = 0x0030
    message = "set-capability"
    response = SetCapabilityResponse
    endpoint_info: Endpoint = member(Nested(Endpoint), tlv=0x01)
    ethernet_pdu_capability: bool | None = member(Bool(), tlv=0x15, required=False, default=None)


class GetEthernetConfigResponse(Response):
    """WDA 0x0033: the answer to :class:`GetEthernetConfig`."""

    service = 0x1a
    service_name = "wda"
    id = 0x0033
    message = "get-ethernet-config"
    hardware_config: EthernetHardwareConfig | None = member(Int(4, enum=EthernetHardwareConfig), tlv=0x10, required=False, default=None)


class GetEthernetConfig(Request[GetEthernetConfigResponse]):
    """WDA 0x0033: Read how Ethernet frames are carried by the hardware."""

    service = 0x1a
    service_name = "wda"
    id = 0x0033
    message = "get-ethernet-config"
    response = GetEthernetConfigResponse


class LoopbackConfigurationIndication(Indication):
    """WDA 0x002f: The loopback of packets was switched on or off."""

    service = 0x1a
    service_name = "wda"
    id = 0x002f
    message = "loopback-configuration"
    loopback_state: LoopbackState = member(Int(1, enum=LoopbackState), tlv=0x01)
    replication_factor: int | None = member(U32, tlv=0x10, required=False, default=None)
