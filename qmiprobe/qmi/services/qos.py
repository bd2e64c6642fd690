# SPDX-License-Identifier: GPL-2.0-or-later OR MIT
# Do not edit: made from protocols/qmi/qos.toml
# by python -m qmiprobe._codegen
"""Quality of Service: flows and their state."""

from __future__ import annotations

from typing import ClassVar
from qmiprobe._arrays import Array, Nested
from qmiprobe._enums import OpenEnum
from qmiprobe._message import Indication, Request, Response, Struct, member
from qmiprobe._text import U32, U64, U8
from qmiprobe._types import Bool, Int
from qmiprobe.qmi.services._shared import Endpoint

class Status(OpenEnum):
    UNKNOWN: ClassVar[Status]
    ACTIVATED: ClassVar[Status]
    SUSPENDED: ClassVar[Status]
    GONE: ClassVar[Status]
    definition = "status"
    names = {
        0: "unknown",
        1: "activated",
        2: "suspended",
        3: "gone",
    }


class Event(OpenEnum):
    UNKNOWN: ClassVar[Event]
    ACTIVATED: ClassVar[Event]
    SUSPENDED: ClassVar[Event]
    GONE: ClassVar[Event]
    MODIFY_ACCEPTED: ClassVar[Event]
    MODIFY_REJECTED: ClassVar[Event]
    INFO_CODE_UPDATED: ClassVar[Event]
    definition = "event"
    names = {
        0: "unknown",
        1: "activated",
        2: "suspended",
        3: "gone",
        4: "modify-accepted",
        5: "modify-rejected",
        6: "info-code-updated",
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


class FlowCounters(Struct):
    bearer_id: int = member(U32)
    tx_packets: int = member(U32)
    tx_packets_dropped: int = member(U32)
    tx_bytes: int = member(U64, unit='bytes')
    tx_bytes_dropped: int = member(U64, unit='bytes')


class ResetResponse(Response):
    """QOS 0x0000: the answer to :class:`Reset`."""

    service = 0x04
    service_name = "qos"
    id = 0x0000
    message = "reset"


class Reset(Request[ResetResponse]):
    """QOS 0x0000: Forget this client's QoS state."""

    service = 0x04
    service_name = "qos"
    id = 0x0000
    message = "reset"
    response = ResetResponse


class GetFlowStatusResponse(Response):
    """QOS 0x0026: the answer to :class:`GetFlowStatus`."""

    service = 0x04
    service_name = "qos"
    id = 0x0026
    message = "get-flow-status"
    value: Status = member(Int(1, enum=Status), tlv=0x01)


class GetFlowStatus(Request[GetFlowStatusResponse]):
    """QOS 0x0026: Read whether one flow is active, suspended or gone."""

    service = 0x04
    service_name = "qos"
    id = 0x0026
    message = "get-flow-status"
    response = GetFlowStatusResponse
    qos_id: int = member(U32, tlv=0x01)


class GetNetworkStatusResponse(Response):
    """QOS 0x0027: the answer to :class:`GetNetworkStatus`."""

    service = 0x04
    service_name = "qos"
    id = 0x0027
    message = "get-network-status"
    qos_supported: bool = member(Bool(), tlv=0x01)


class GetNetworkStatus(Request[GetNetworkStatusResponse]):
    """QOS 0x0027: Read whether the network can do quality of service."""

    service = 0x04
    service_name = "qos"
    id = 0x0027
    message = "get-network-status"
    response = GetNetworkStatusResponse


class BindMuxDataPortResponse(Response):
    """QOS 0x002b: the answer to :class:`BindMuxDataPort`."""

    service = 0x04
    service_name = "qos"
    id = 0x002b
    message = "bind-mux-data-port"


class BindMuxDataPort(Request[BindMuxDataPortResponse]):
    """QOS 0x002b: Bind this client to one multiplexed data port."""

    service = 0x04
    service_name = "qos"
    id = 0x002b
    message = "bind-mux-data-port"
    response = BindMuxDataPortResponse
    endpoint: Endpoint | None = member(Nested(Endpoint), tlv=0x10, required=False, default=None)
    mux_id: int | None = member(U8, tlv=0x11, required=False, default=None)
    direction: int | None = member(U8, tlv=0x12, required=False, default=None)


class BindSubscriptionResponse(Response):
    """QOS 0x002d: the answer to :class:`BindSubscription`."""

    service = 0x04
    service_name = "qos"
    id = 0x002d
    message = "bind-subscription"


class BindSubscription(Request[BindSubscriptionResponse]):
    """QOS 0x002d: Bind this client to one subscription of the modem."""

    service = 0x04
    service_name = "qos"
    id = 0x002d
    message = "bind-subscription"
    response = BindSubscriptionResponse
    subscription_id: SubscriptionType = member(Int(4, enum=SubscriptionType), tlv=0x01)


class GetBindSubscriptionResponse(Response):
    """QOS 0x002e: the answer to :class:`GetBindSubscription`."""

    service = 0x04
    service_name = "qos"
    id = 0x002e
    message = "get-bind-subscription"
    subscription_id: SubscriptionType | None = member(Int(4, enum=SubscriptionType), tlv=0x10, required=False, default=None)


class GetBindSubscription(Request[GetBindSubscriptionResponse]):
    """QOS 0x002e: Read which subscription this client is bound to."""

    service = 0x04
    service_name = "qos"
    id = 0x002e
    message = "get-bind-subscription"
    response = GetBindSubscriptionResponse


class SwiReadDataStatsResponseApn(Struct):
    apn_id: int = member(U32)
    tx_packets: int = member(U32)
    tx_packets_dropped: int = member(U32)
    rx_packets: int = member(U32)
    tx_bytes: int = member(U64, unit='bytes')
    tx_bytes_dropped: int = member(U64, unit='bytes')
    rx_bytes: int = member(U64, unit='bytes')


class SwiReadDataStatsResponse(Response):
    """QOS 0x5556: the answer to :class:`SwiReadDataStats`."""

    service = 0x04
    service_name = "qos"
    id = 0x5556
    message = "swi-read-data-stats"
    apn: SwiReadDataStatsResponseApn = member(Nested(SwiReadDataStatsResponseApn), tlv=0x03)
    flow: list[FlowCounters] = member(Array(Nested(FlowCounters), count=U32), tlv=0x04)


class SwiReadDataStats(Request[SwiReadDataStatsResponse]):
    """QOS 0x5556: Read the counters of one APN and its flows (Sierra Wireless)."""

    service = 0x04
    service_name = "qos"
    id = 0x5556
    message = "swi-read-data-stats"
    response = SwiReadDataStatsResponse
    apn_id: int = member(U32, tlv=0x01)


class FlowStatusIndicationValue(Struct):
    qos_id: int = member(U32)
    status: Status = member(Int(1, enum=Status))
    event: Event = member(Int(1, enum=Event))


class FlowStatusIndication(Indication):
    """QOS 0x0026: A flow has changed."""

    service = 0x04
    service_name = "qos"
    id = 0x0026
    message = "flow-status"
    value: FlowStatusIndicationValue = member(Nested(FlowStatusIndicationValue), tlv=0x01)


class NetworkStatusIndication(Indication):
    """QOS 0x0027: The network's quality of service has come or gone."""

    service = 0x04
    service_name = "qos"
    id = 0x0027
    message = "network-status"
    qos_supported: bool = member(Bool(), tlv=0x01)
