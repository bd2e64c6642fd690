# SPDX-License-Identifier: GPL-2.0-or-later OR MIT
# Do not edit: made from protocols/qmi/wms.toml, protocols/qmi/wms.enums.toml
# by python -m qmiprobe._codegen
"""Wireless Messaging Service: short messages, cell broadcast and how they are routed."""

from __future__ import annotations

from typing import ClassVar
from qmiprobe._arrays import Array, Nested
from qmiprobe._condition import parse_condition
from qmiprobe._enums import OpenEnum
from qmiprobe._message import Indication, Request, Response, Struct, member
from qmiprobe._text import Text, U16, U32, U8
from qmiprobe._types import Bool, Bytes, Int

class StorageType(OpenEnum):
    UIM: ClassVar[StorageType]
    NV: ClassVar[StorageType]
    NONE: ClassVar[StorageType]
    definition = "storage-type"
    names = {
        0: "uim",
        1: "nv",
        255: "none",
    }


class AckIndicator(OpenEnum):
    SEND: ClassVar[AckIndicator]
    DO_NOT_SEND: ClassVar[AckIndicator]
    definition = "ack-indicator"
    names = {
        0: "send",
        1: "do-not-send",
    }


class MessageFormat(OpenEnum):
    CDMA: ClassVar[MessageFormat]
    GSM_WCDMA_POINT_TO_POINT: ClassVar[MessageFormat]
    GSM_WCDMA_BROADCAST: ClassVar[MessageFormat]
    MWI: ClassVar[MessageFormat]
    definition = "message-format"
    names = {
        0: "cdma",
        6: "gsm-wcdma-point-to-point",
        7: "gsm-wcdma-broadcast",
        8: "mwi",
    }


class MessageMode(OpenEnum):
    CDMA: ClassVar[MessageMode]
    GSM_WCDMA: ClassVar[MessageMode]
    definition = "message-mode"
    names = {
        0: "cdma",
        1: "gsm-wcdma",
    }


class NotificationType(OpenEnum):
    PRIMARY: ClassVar[NotificationType]
    SECONDARY_GSM: ClassVar[NotificationType]
    SECONDARY_UMTS: ClassVar[NotificationType]
    definition = "notification-type"
    names = {
        0: "primary",
        1: "secondary-gsm",
        2: "secondary-umts",
    }


class CdmaServiceOption(OpenEnum):
    AUTO: ClassVar[CdmaServiceOption]
    _6: ClassVar[CdmaServiceOption]
    _14: ClassVar[CdmaServiceOption]
    definition = "cdma-service-option"
    names = {
        0: "auto",
        6: "6",
        14: "14",
    }


class CdmaCauseCode(OpenEnum):
    NETWORK_ADDRESS_VACANT: ClassVar[CdmaCauseCode]
    NETWORK_ADDRESS_TRANSLATION_FAILURE: ClassVar[CdmaCauseCode]
    NETWORK_RESOURCE_SHORTAGE: ClassVar[CdmaCauseCode]
    NETWORK_FAILURE: ClassVar[CdmaCauseCode]
    NETWORK_INVALID_TELESERVICE_ID: ClassVar[CdmaCauseCode]
    NETWORK_OTHER: ClassVar[CdmaCauseCode]
    DESTINATION_NO_PAGE_RESPONSE: ClassVar[CdmaCauseCode]
    DESTINATION_BUSY: ClassVar[CdmaCauseCode]
    DESTINATION_NO_ACK: ClassVar[CdmaCauseCode]
    DESTINATION_RESOURCE_SHORTAGE: ClassVar[CdmaCauseCode]
    DESTINATION_SMS_DELIVERY_POSTPONED: ClassVar[CdmaCauseCode]
    DESTINATION_OUT_OF_SERVICE: ClassVar[CdmaCauseCode]
    DESTINATION_NOT_AT_ADDRESS: ClassVar[CdmaCauseCode]
    DESTINATION_OTHER: ClassVar[CdmaCauseCode]
    RADIO_INTERFACE_RESOURCE_SHORTAGE: ClassVar[CdmaCauseCode]
    RADIO_INTERFACE_INCOMPATIBILITY: ClassVar[CdmaCauseCode]
    RADIO_INTERFACE_OTHER: ClassVar[CdmaCauseCode]
    GENERAL_ENCODING: ClassVar[CdmaCauseCode]
    GENERAL_SMS_ORIGIN_DENIED: ClassVar[CdmaCauseCode]
    GENERAL_SMS_DESTINATION_DENIED: ClassVar[CdmaCauseCode]
    GENERAL_SUPPLEMENTARY_SERVICE_NOT_SUPPORTED: ClassVar[CdmaCauseCode]
    GENERAL_SMS_NOT_SUPPORTED: ClassVar[CdmaCauseCode]
    GENERAL_MISSING_EXPECTED_PARAMETER: ClassVar[CdmaCauseCode]
    GENERAL_MISSING_MANDATORY_PARAMETER: ClassVar[CdmaCauseCode]
    GENERAL_UNRECOGNIZED_PARAMETER_VALUE: ClassVar[CdmaCauseCode]
    GENERAL_UNEXPECTED_PARAMETER_VALUE: ClassVar[CdmaCauseCode]
    GENERAL_USER_DATA_SIZE_ERROR: ClassVar[CdmaCauseCode]
    GENERAL_OTHER: ClassVar[CdmaCauseCode]
    definition = "cdma-cause-code"
    names = {
        0: "network-address-vacant",
        1: "network-address-translation-failure",
        2: "network-resource-shortage",
        3: "network-failure",
        4: "network-invalid-teleservice-id",
        5: "network-other",
        32: "destination-no-page-response",
        33: "destination-busy",
        34: "destination-no-ack",
        35: "destination-resource-shortage",
        36: "destination-sms-delivery-postponed",
        37: "destination-out-of-service",
        38: "destination-not-at-address",
        39: "destination-other",
        64: "radio-interface-resource-shortage",
        65: "radio-interface-incompatibility",
        66: "radio-interface-other",
        96: "general-encoding",
        97: "general-sms-origin-denied",
        98: "general-sms-destination-denied",
        99: "general-supplementary-service-not-supported",
        100: "general-sms-not-supported",
        101: "general-missing-expected-parameter",
        102: "general-missing-mandatory-parameter",
        103: "general-unrecognized-parameter-value",
        104: "general-unexpected-parameter-value",
        105: "general-user-data-size-error",
        106: "general-other",
    }


class CdmaErrorClass(OpenEnum):
    TEMPORARY: ClassVar[CdmaErrorClass]
    PERMANENT: ClassVar[CdmaErrorClass]
    TEMPORARY_DEVICE: ClassVar[CdmaErrorClass]
    PERMANENT_DEVICE: ClassVar[CdmaErrorClass]
    definition = "cdma-error-class"
    names = {
        0: "temporary",
        1: "permanent",
        2: "temporary-device",
        3: "permanent-device",
    }


class GsmUmtsRpCause(OpenEnum):
    UNASSIGNED_NUMBER: ClassVar[GsmUmtsRpCause]
    OPERATOR_DETERMINED_BARRING: ClassVar[GsmUmtsRpCause]
    CALL_BARRED: ClassVar[GsmUmtsRpCause]
    RESERVED: ClassVar[GsmUmtsRpCause]
    SMS_TRANSFER_REJECTED: ClassVar[GsmUmtsRpCause]
    MEMORY_CAPACITY_EXCEEDED: ClassVar[GsmUmtsRpCause]
    DESTINATION_OUT_OF_ORDER: ClassVar[GsmUmtsRpCause]
    UNIDENTIFIED_SUBSCRIBER: ClassVar[GsmUmtsRpCause]
    FACILITY_REJECTED: ClassVar[GsmUmtsRpCause]
    UNKNOWN_SUBSCRIBER: ClassVar[GsmUmtsRpCause]
    NETWORK_OUF_OF_ORDER: ClassVar[GsmUmtsRpCause]
    TEMPORARY_FAILURE: ClassVar[GsmUmtsRpCause]
    CONGESTION: ClassVar[GsmUmtsRpCause]
    RESOURCES_UNAVAILABLE: ClassVar[GsmUmtsRpCause]
    FACILITY_NOT_SUBSCRIBED: ClassVar[GsmUmtsRpCause]
    FACILITY_NOT_IMPLEMENTED: ClassVar[GsmUmtsRpCause]
    INVALID_SMS_TRANSFER_REFERENCE_VALUE: ClassVar[GsmUmtsRpCause]
    SEMANTICALLY_INCORRECT_MESSAGE: ClassVar[GsmUmtsRpCause]
    INVALID_MANDATORY_INFO: ClassVar[GsmUmtsRpCause]
    MESSAGE_TYPE_NOT_IMPLEMENTED: ClassVar[GsmUmtsRpCause]
    MESSAGE_NOT_COMPATIBLE_WITH_SMS: ClassVar[GsmUmtsRpCause]
    INFORMATION_ELEMENT_NOT_IMPLEMENTED: ClassVar[GsmUmtsRpCause]
    PROTOCOL_ERROR: ClassVar[GsmUmtsRpCause]
    INTERWORKING: ClassVar[GsmUmtsRpCause]
    definition = "gsm-umts-rp-cause"
    names = {
        1: "unassigned-number",
        8: "operator-determined-barring",
        10: "call-barred",
        11: "reserved",
        21: "sms-transfer-rejected",
        22: "memory-capacity-exceeded",
        27: "destination-out-of-order",
        28: "unidentified-subscriber",
        29: "facility-rejected",
        30: "unknown-subscriber",
        32: "network-ouf-of-order",
        33: "temporary-failure",
        42: "congestion",
        47: "resources-unavailable",
        50: "facility-not-subscribed",
        69: "facility-not-implemented",
        81: "invalid-sms-transfer-reference-value",
        95: "semantically-incorrect-message",
        96: "invalid-mandatory-info",
        97: "message-type-not-implemented",
        98: "message-not-compatible-with-sms",
        99: "information-element-not-implemented",
        111: "protocol-error",
        127: "interworking",
    }


class GsmUmtsTpCause(OpenEnum):
    TELE_INTERWORKING_NOT_SUPPORTED: ClassVar[GsmUmtsTpCause]
    SHORT_MESSAGE_TYPE_0_NOT_SUPPORTED: ClassVar[GsmUmtsTpCause]
    SHORT_MESSAGE_CANNOT_BE_REPLACED: ClassVar[GsmUmtsTpCause]
    UNSPECIFIED_PID_ERROR: ClassVar[GsmUmtsTpCause]
    DCS_NOT_SUPPORTED: ClassVar[GsmUmtsTpCause]
    MESSAGE_CLASS_NOT_SUPPORTED: ClassVar[GsmUmtsTpCause]
    UNSPECIFIED_DCS_ERROR: ClassVar[GsmUmtsTpCause]
    COMMAND_CANNOT_BE_ACTIONED: ClassVar[GsmUmtsTpCause]
    COMMAND_UNSUPPORTED: ClassVar[GsmUmtsTpCause]
    UNSPECIFIED_COMMAND_ERROR: ClassVar[GsmUmtsTpCause]
    TPDU_NOT_SUPPORTED: ClassVar[GsmUmtsTpCause]
    SC_BUSY: ClassVar[GsmUmtsTpCause]
    NO_SC_SUBSCRIPTION: ClassVar[GsmUmtsTpCause]
    SC_SYSTEM_FAILURE: ClassVar[GsmUmtsTpCause]
    INVALID_SME_ADDRESS: ClassVar[GsmUmtsTpCause]
    DESTINATION_SME_BARRED: ClassVar[GsmUmtsTpCause]
    SM_REJECTED_OR_DUPLICATE: ClassVar[GsmUmtsTpCause]
    VPF_NOT_SUPPORTED: ClassVar[GsmUmtsTpCause]
    VP_NOT_SUPPORTED: ClassVar[GsmUmtsTpCause]
    SIM_SMS_STORAGE_FULL: ClassVar[GsmUmtsTpCause]
    NO_SMS_STORAGE_CAPABILITY_IN_SIM: ClassVar[GsmUmtsTpCause]
    MS_ERROR: ClassVar[GsmUmtsTpCause]
    MEMORY_CAPACITY_EXCEEDED: ClassVar[GsmUmtsTpCause]
    SIM_APPLICATION_TOOLKIT_BUSY: ClassVar[GsmUmtsTpCause]
    SIM_DATA_DOWNLOAD_ERROR: ClassVar[GsmUmtsTpCause]
    UNSPECIFIED_ERROR: ClassVar[GsmUmtsTpCause]
    definition = "gsm-umts-tp-cause"
    names = {
        128: "tele-interworking-not-supported",
        129: "short-message-type-0-not-supported",
        130: "short-message-cannot-be-replaced",
        143: "unspecified-pid-error",
        144: "dcs-not-supported",
        145: "message-class-not-supported",
        159: "unspecified-dcs-error",
        160: "command-cannot-be-actioned",
        161: "command-unsupported",
        175: "unspecified-command-error",
        176: "tpdu-not-supported",
        192: "sc-busy",
        193: "no-sc-subscription",
        194: "sc-system-failure",
        195: "invalid-sme-address",
        196: "destination-sme-barred",
        197: "sm-rejected-or-duplicate",
        198: "vpf-not-supported",
        199: "vp-not-supported",
        208: "sim-sms-storage-full",
        209: "no-sms-storage-capability-in-sim",
        210: "ms-error",
        211: "memory-capacity-exceeded",
        212: "sim-application-toolkit-busy",
        213: "sim-data-download-error",
        255: "unspecified-error",
    }


class DeliveryFailureType(OpenEnum):
    TEMPORARY: ClassVar[DeliveryFailureType]
    PERMANENT: ClassVar[DeliveryFailureType]
    definition = "delivery-failure-type"
    names = {
        0: "temporary",
        1: "permanent",
    }


class MessageTagType(OpenEnum):
    MT_READ: ClassVar[MessageTagType]
    MT_NOT_READ: ClassVar[MessageTagType]
    MO_SENT: ClassVar[MessageTagType]
    MO_NOT_SENT: ClassVar[MessageTagType]
    definition = "message-tag-type"
    names = {
        0: "mt-read",
        1: "mt-not-read",
        2: "mo-sent",
        3: "mo-not-sent",
    }


class MessageProtocol(OpenEnum):
    CDMA: ClassVar[MessageProtocol]
    WCDMA: ClassVar[MessageProtocol]
    definition = "message-protocol"
    names = {
        0: "cdma",
        1: "wcdma",
    }


class MessageType(OpenEnum):
    POINT_TO_POINT: ClassVar[MessageType]
    definition = "message-type"
    names = {
        0: "point-to-point",
    }


class MessageClass(OpenEnum):
    _0: ClassVar[MessageClass]
    _1: ClassVar[MessageClass]
    _2: ClassVar[MessageClass]
    _3: ClassVar[MessageClass]
    NONE: ClassVar[MessageClass]
    CDMA: ClassVar[MessageClass]
    definition = "message-class"
    names = {
        0: "0",
        1: "1",
        2: "2",
        3: "3",
        4: "none",
        5: "cdma",
    }


class ReceiptAction(OpenEnum):
    DISCARD: ClassVar[ReceiptAction]
    STORE_AND_NOTIFY: ClassVar[ReceiptAction]
    TRANSFER_ONLY: ClassVar[ReceiptAction]
    TRANSFER_AND_ACK: ClassVar[ReceiptAction]
    UNKNOWN: ClassVar[ReceiptAction]
    definition = "receipt-action"
    names = {
        0: "discard",
        1: "store-and-notify",
        2: "transfer-only",
        3: "transfer-and-ack",
        255: "unknown",
    }


class TransferIndication(OpenEnum):
    CLIENT: ClassVar[TransferIndication]
    definition = "transfer-indication"
    names = {
        1: "client",
    }


class AckFailureCause(OpenEnum):
    NO_NETWORK_RESPONSE: ClassVar[AckFailureCause]
    NETWORK_RELEASED_LINK: ClassVar[AckFailureCause]
    NOT_SENT: ClassVar[AckFailureCause]
    definition = "ack-failure-cause"
    names = {
        0: "no-network-response",
        1: "network-released-link",
        2: "not-sent",
    }


class NwRegistration(OpenEnum):
    NO_SERVICE: ClassVar[NwRegistration]
    IN_PROCESS: ClassVar[NwRegistration]
    FAILURE: ClassVar[NwRegistration]
    LIMITED_SERVICE: ClassVar[NwRegistration]
    FULL_SERVICE: ClassVar[NwRegistration]
    definition = "nw-registration"
    names = {
        0: "no-service",
        1: "in-process",
        2: "failure",
        3: "limited-service",
        4: "full-service",
    }


class StoredMessage(Struct):
    storage_type: StorageType = member(Int(1, enum=StorageType))
    memory_index: int = member(U32)


class GsmWcdmaCause(Struct):
    rp_cause: GsmUmtsRpCause = member(Int(2, enum=GsmUmtsRpCause))
    tp_cause: GsmUmtsTpCause = member(Int(1, enum=GsmUmtsTpCause))


class ListedMessage(Struct):
    memory_index: int = member(U32)
    message_tag: MessageTagType = member(Int(1, enum=MessageTagType))


class Route(Struct):
    message_type: MessageType = member(Int(1, enum=MessageType))
    message_class: MessageClass = member(Int(1, enum=MessageClass))
    storage: StorageType = member(Int(1, enum=StorageType))
    receipt_action: ReceiptAction = member(Int(1, enum=ReceiptAction))


class BroadcastChannels(Struct):
    start: int = member(U16)
    end: int = member(U16)
    selected: bool = member(Bool())


class ResetResponse(Response):
    """WMS 0x0000: the answer to :class:`Reset`."""

    service = 0x05
    service_name = "wms"
    id = 0x0000
    message = "reset"


class Reset(Request[ResetResponse]):
    """WMS 0x0000: Forget this client's WMS state, event reports included."""

    service = 0x05
    service_name = "wms"
    id = 0x0000
    message = "reset"
    response = ResetResponse


class SetEventReportResponse(Response):
    """WMS 0x0001: the answer to :class:`SetEventReport`."""

    service = 0x05
    service_name = "wms"
    id = 0x0001
    message = "set-event-report"


class SetEventReportNewMtMessageIndicator(Struct):
    report: bool = member(Bool())


class SetEventReport(Request[SetEventReportResponse]):
    """WMS 0x0001: Ask to be told of new messages, or no longer."""

    service = 0x05
    service_name = "wms"
    id = 0x0001
    message = "set-event-report"
    response = SetEventReportResponse
    new_mt_message_indicator: SetEventReportNewMtMessageIndicator | None = member(Nested(SetEventReportNewMtMessageIndicator), tlv=0x10, required=False, default=None)


class GetSupportedMessagesResponse(Response):
    """WMS 0x001e: the answer to :class:`GetSupportedMessages`."""

    service = 0x05
    service_name = "wms"
    id = 0x001e
    message = "get-supported-messages"
    list_: bytes | None = member(Bytes(U16), tlv=0x10, required=False, default=None)


class GetSupportedMessages(Request[GetSupportedMessagesResponse]):
    """WMS 0x001e: Read the bit mask of WMS message ids that this firmware knows."""

    service = 0x05
    service_name = "wms"
    id = 0x001e
    message = "get-supported-messages"
    response = GetSupportedMessagesResponse


class RawSendResponse(Response):
    """WMS 0x0020: the answer to :class:`RawSend`."""

    service = 0x05
    service_name = "wms"
    id = 0x0020
    message = "raw-send"
    message_id: int = member(U16, tlv=0x01)
    cdma_cause_code: CdmaCauseCode | None = member(Int(2, enum=CdmaCauseCode), tlv=0x10, required=False, expected=parse_condition('result.error == wms-cause-code'), default=None)
    cdma_error_class: CdmaErrorClass | None = member(Int(1, enum=CdmaErrorClass), tlv=0x11, required=False, expected=parse_condition('result.error == wms-cause-code'), default=None)
    gsm_wcdma_cause_info: GsmWcdmaCause | None = member(Nested(GsmWcdmaCause), tlv=0x12, required=False, expected=parse_condition('result.error == wms-cause-code'), default=None)
    message_delivery_failure_type: DeliveryFailureType | None = member(Int(1, enum=DeliveryFailureType), tlv=0x13, required=False, expected=parse_condition('result.error == wms-cause-code'), default=None)


class RawSendRawMessageData(Struct):
    format: MessageFormat = member(Int(1, enum=MessageFormat))
    raw_data: bytes = member(Bytes(U16), personal=True)


class RawSendCdmaForceOnDc(Struct):
    force: bool = member(Bool())
    service_option: CdmaServiceOption = member(Int(1, enum=CdmaServiceOption))


class RawSendCdmaFollowOnDc(Struct):
    follow: bool = member(Bool())


class RawSend(Request[RawSendResponse]):
    """WMS 0x0020: Send a message given as its raw bytes."""

    service = 0x05
    service_name = "wms"
    id = 0x0020
    message = "raw-send"
    response = RawSendResponse
    raw_message_data: RawSendRawMessageData = member(Nested(RawSendRawMessageData), tlv=0x01)
    cdma_force_on_dc: RawSendCdmaForceOnDc | None = member(Nested(RawSendCdmaForceOnDc), tlv=0x10, required=False, default=None)
    cdma_follow_on_dc: RawSendCdmaFollowOnDc | None = member(Nested(RawSendCdmaFollowOnDc), tlv=0x11, required=False, default=None)
    gsm_wcdma_link_timer: int | None = member(U8, tlv=0x12, required=False, default=None)
    sms_on_ims: bool | None = member(Bool(), tlv=0x13, required=False, default=None)


class RawWriteResponse(Response):
    """WMS 0x0021: the answer to :class:`RawWrite`."""

    service = 0x05
    service_name = "wms"
    id = 0x0021
    message = "raw-write"
    memory_index: int = member(U32, tlv=0x01)


class RawWriteRawMessageData(Struct):
    storage_type: StorageType = member(Int(1, enum=StorageType))
    format: MessageFormat = member(Int(1, enum=MessageFormat))
    raw_data: bytes = member(Bytes(U16), personal=True)


class RawWrite(Request[RawWriteResponse]):
    """WMS 0x0021: Store a message given as its raw bytes."""

    service = 0x05
    service_name = "wms"
    id = 0x0021
    message = "raw-write"
    response = RawWriteResponse
    raw_message_data: RawWriteRawMessageData = member(Nested(RawWriteRawMessageData), tlv=0x01)


class RawReadResponseRawMessageData(Struct):
    message_tag: MessageTagType = member(Int(1, enum=MessageTagType))
    format: MessageFormat = member(Int(1, enum=MessageFormat))
    raw_data: bytes = member(Bytes(U16), personal=True)


class RawReadResponse(Response):
    """WMS 0x0022: the answer to :class:`RawRead`."""

    service = 0x05
    service_name = "wms"
    id = 0x0022
    message = "raw-read"
    raw_message_data: RawReadResponseRawMessageData = member(Nested(RawReadResponseRawMessageData), tlv=0x01)


class RawRead(Request[RawReadResponse]):
    """WMS 0x0022: Read one stored message as its raw bytes."""

    service = 0x05
    service_name = "wms"
    id = 0x0022
    message = "raw-read"
    response = RawReadResponse
    message_memory_storage_id: StoredMessage = member(Nested(StoredMessage), tlv=0x01)
    message_mode: MessageMode | None = member(Int(1, enum=MessageMode), tlv=0x10, required=False, default=None)
    sms_on_ims: bool | None = member(Bool(), tlv=0x11, required=False, default=None)


class ModifyTagResponse(Response):
    """WMS 0x0023: the answer to :class:`ModifyTag`."""

    service = 0x05
    service_name = "wms"
    id = 0x0023
    message = "modify-tag"


class ModifyTagMessageTag(Struct):
    storage_type: StorageType = member(Int(1, enum=StorageType))
    memory_index: int = member(U32)
    message_tag: MessageTagType = member(Int(1, enum=MessageTagType))


class ModifyTag(Request[ModifyTagResponse]):
    """WMS 0x0023: Mark a stored message as read, unread, sent or unsent."""

    service = 0x05
    service_name = "wms"
    id = 0x0023
    message = "modify-tag"
    response = ModifyTagResponse
    message_tag: ModifyTagMessageTag = member(Nested(ModifyTagMessageTag), tlv=0x01)
    message_mode: MessageMode | None = member(Int(1, enum=MessageMode), tlv=0x10, required=False, default=None)


class DeleteResponse(Response):
    """WMS 0x0024: the answer to :class:`Delete`."""

    service = 0x05
    service_name = "wms"
    id = 0x0024
    message = "delete"


class Delete(Request[DeleteResponse]):
    """WMS 0x0024: Delete one stored message, or all that match."""

    service = 0x05
    service_name = "wms"
    id = 0x0024
    message = "delete"
    response = DeleteResponse
    memory_storage: StorageType = member(Int(1, enum=StorageType), tlv=0x01)
    memory_index: int | None = member(U32, tlv=0x10, required=False, default=None)
    message_tag: MessageTagType | None = member(Int(1, enum=MessageTagType), tlv=0x11, required=False, default=None)
    message_mode: MessageMode | None = member(Int(1, enum=MessageMode), tlv=0x12, required=False, default=None)


class GetMessageProtocolResponse(Response):
    """WMS 0x0030: the answer to :class:`GetMessageProtocol`."""

    service = 0x05
    service_name = "wms"
    id = 0x0030
    message = "get-message-protocol"
    message_protocol: MessageProtocol = member(Int(1, enum=MessageProtocol), tlv=0x01)


class GetMessageProtocol(Request[GetMessageProtocolResponse]):
    """WMS 0x0030: Read whether messages are those of CDMA or of GSM and its heirs."""

    service = 0x05
    service_name = "wms"
    id = 0x0030
    message = "get-message-protocol"
    response = GetMessageProtocolResponse


class ListMessagesResponse(Response):
    """WMS 0x0031: the answer to :class:`ListMessages`."""

    service = 0x05
    service_name = "wms"
    id = 0x0031
    message = "list-messages"
    message_list: list[ListedMessage] = member(Array(Nested(ListedMessage), count=U32), tlv=0x01)


class ListMessages(Request[ListMessagesResponse]):
    """WMS 0x0031: List the places and tags of stored messages."""

    service = 0x05
    service_name = "wms"
    id = 0x0031
    message = "list-messages"
    response = ListMessagesResponse
    storage_type: StorageType = member(Int(1, enum=StorageType), tlv=0x01)
    message_tag: MessageTagType | None = member(Int(1, enum=MessageTagType), tlv=0x11, required=False, default=None)
    message_mode: MessageMode | None = member(Int(1, enum=MessageMode), tlv=0x12, required=False, default=None)


class SetRoutesResponse(Response):
    """WMS 0x0032: the answer to :class:`SetRoutes`."""

    service = 0x05
    service_name = "wms"
    id = 0x0032
    message = "set-routes"


class SetRoutes(Request[SetRoutesResponse]):
    """WMS 0x0032: Choose what happens to arriving messages: store, hand over, acknowledge."""

    service = 0x05
    service_name = "wms"
    id = 0x0032
    message = "set-routes"
    response = SetRoutesResponse
    route_list: list[Route] = member(Array(Nested(Route), count=U16), tlv=0x01)
    transfer_status_report: TransferIndication | None = member(Int(1, enum=TransferIndication), tlv=0x10, required=False, default=None)


class GetRoutesResponse(Response):
    """WMS 0x0033: the answer to :class:`GetRoutes`."""

    service = 0x05
    service_name = "wms"
    id = 0x0033
    message = "get-routes"
    route_list: list[Route] = member(Array(Nested(Route), count=U16), tlv=0x01)
    transfer_status_report: TransferIndication | None = member(Int(1, enum=TransferIndication), tlv=0x10, required=False, default=None)


class GetRoutes(Request[GetRoutesResponse]):
    """WMS 0x0033: Read what happens to arriving messages."""

    service = 0x05
    service_name = "wms"
    id = 0x0033
    message = "get-routes"
    response = GetRoutesResponse


class SendAckResponse(Response):
    """WMS 0x0037: the answer to :class:`SendAck`."""

    service = 0x05
    service_name = "wms"
    id = 0x0037
    message = "send-ack"
    failure_cause: AckFailureCause | None = member(Int(1, enum=AckFailureCause), tlv=0x10, required=False, expected=parse_condition('result.error == ack-not-sent'), default=None)


class SendAckInformation(Struct):
    transaction_id: int = member(U32)
    message_protocol: MessageProtocol = member(Int(1, enum=MessageProtocol))
    success: bool = member(Bool())


class SendAck_3gpp2FailureInformation(Struct):
    error_class: CdmaErrorClass = member(Int(1, enum=CdmaErrorClass))
    cause_code: CdmaCauseCode = member(Int(1, enum=CdmaCauseCode))


class SendAck_3gppFailureInformation(Struct):
    rp_cause: GsmUmtsRpCause = member(Int(1, enum=GsmUmtsRpCause))
    tp_cause: GsmUmtsTpCause = member(Int(1, enum=GsmUmtsTpCause))


class SendAck(Request[SendAckResponse]):
    """WMS 0x0037: Acknowledge a message that was handed over, or refuse it."""

    service = 0x05
    service_name = "wms"
    id = 0x0037
    message = "send-ack"
    response = SendAckResponse
    information: SendAckInformation = member(Nested(SendAckInformation), tlv=0x01)
    _3gpp2_failure_information: SendAck_3gpp2FailureInformation | None = member(Nested(SendAck_3gpp2FailureInformation), tlv=0x10, required=False, name="3gpp2-failure-information", default=None)
    _3gpp_failure_information: SendAck_3gppFailureInformation | None = member(Nested(SendAck_3gppFailureInformation), tlv=0x11, required=False, name="3gpp-failure-information", default=None)
    sms_on_ims: bool | None = member(Bool(), tlv=0x12, required=False, default=None)


class SetBroadcastActivationResponse(Response):
    """WMS 0x003c: the answer to :class:`SetBroadcastActivation`."""

    service = 0x05
    service_name = "wms"
    id = 0x003c
    message = "set-broadcast-activation"


class SetBroadcastActivationActivation(Struct):
    message_mode: MessageMode = member(Int(1, enum=MessageMode))
    activate: bool = member(Bool())


class SetBroadcastActivation(Request[SetBroadcastActivationResponse]):
    """WMS 0x003c: Switch cell broadcast on or off."""

    service = 0x05
    service_name = "wms"
    id = 0x003c
    message = "set-broadcast-activation"
    response = SetBroadcastActivationResponse
    activation: SetBroadcastActivationActivation = member(Nested(SetBroadcastActivationActivation), tlv=0x01)


class SetBroadcastConfigResponse(Response):
    """WMS 0x003d: the answer to :class:`SetBroadcastConfig`."""

    service = 0x05
    service_name = "wms"
    id = 0x003d
    message = "set-broadcast-config"


class SetBroadcastConfig(Request[SetBroadcastConfigResponse]):
    """WMS 0x003d: Choose the channels of cell broadcast."""

    service = 0x05
    service_name = "wms"
    id = 0x003d
    message = "set-broadcast-config"
    response = SetBroadcastConfigResponse
    message_mode: MessageMode = member(Int(1, enum=MessageMode), tlv=0x01)
    channels: list[BroadcastChannels] | None = member(Array(Nested(BroadcastChannels), count=U16), tlv=0x10, required=False, default=None)


class GetBroadcastConfigResponseConfig(Struct):
    activated: bool = member(Bool())
    channels: list[BroadcastChannels] = member(Array(Nested(BroadcastChannels), count=U16), default_factory=list)


class GetBroadcastConfigResponse(Response):
    """WMS 0x003e: the answer to :class:`GetBroadcastConfig`."""

    service = 0x05
    service_name = "wms"
    id = 0x003e
    message = "get-broadcast-config"
    config: GetBroadcastConfigResponseConfig | None = member(Nested(GetBroadcastConfigResponseConfig), tlv=0x10, required=False, default=None)


class GetBroadcastConfig(Request[GetBroadcastConfigResponse]):
    """WMS 0x003e: Read the channels of cell broadcast."""

    service = 0x05
    service_name = "wms"
    id = 0x003e
    message = "get-broadcast-config"
    response = GetBroadcastConfigResponse
    message_mode: MessageMode = member(Int(1, enum=MessageMode), tlv=0x01)


class SendFromMemoryStorageResponse(Response):
    """WMS 0x0042: the answer to :class:`SendFromMemoryStorage`."""

    service = 0x05
    service_name = "wms"
    id = 0x0042
    message = "send-from-memory-storage"
    message_id: int | None = member(U16, tlv=0x10, required=False, default=None)
    cdma_cause_code: CdmaCauseCode | None = member(Int(2, enum=CdmaCauseCode), tlv=0x11, required=False, expected=parse_condition('result.error == wms-cause-code'), default=None)
    cdma_error_class: CdmaErrorClass | None = member(Int(1, enum=CdmaErrorClass), tlv=0x12, required=False, expected=parse_condition('result.error == wms-cause-code'), default=None)
    gsm_wcdma_cause_info: GsmWcdmaCause | None = member(Nested(GsmWcdmaCause), tlv=0x13, required=False, expected=parse_condition('result.error == wms-cause-code'), default=None)
    message_delivery_failure_type: DeliveryFailureType | None = member(Int(1, enum=DeliveryFailureType), tlv=0x14, required=False, expected=parse_condition('result.error == wms-cause-code'), default=None)


class SendFromMemoryStorageInformation(Struct):
    storage_type: StorageType = member(Int(1, enum=StorageType))
    memory_index: int = member(U32)
    message_mode: MessageMode = member(Int(1, enum=MessageMode))


class SendFromMemoryStorage(Request[SendFromMemoryStorageResponse]):
    """WMS 0x0042: Send a message that is stored in the modem."""

    service = 0x05
    service_name = "wms"
    id = 0x0042
    message = "send-from-memory-storage"
    response = SendFromMemoryStorageResponse
    information: SendFromMemoryStorageInformation = member(Nested(SendFromMemoryStorageInformation), tlv=0x01)
    sms_on_ims: bool | None = member(Bool(), tlv=0x10, required=False, default=None)


class IndicationRegisterResponse(Response):
    """WMS 0x0047: the answer to :class:`IndicationRegister`."""

    service = 0x05
    service_name = "wms"
    id = 0x0047
    message = "indication-register"


class IndicationRegister(Request[IndicationRegisterResponse]):
    """WMS 0x0047: Choose which changes of messaging are reported to this client."""

    service = 0x05
    service_name = "wms"
    id = 0x0047
    message = "indication-register"
    response = IndicationRegisterResponse
    report_transport_network_registration_status: bool | None = member(Bool(), tlv=0x11, required=False, default=None)


class GetTransportNetworkRegistrationStatusResponse(Response):
    """WMS 0x004a: the answer to :class:`GetTransportNetworkRegistrationStatus`."""

    service = 0x05
    service_name = "wms"
    id = 0x004a
    message = "get-transport-network-registration-status"
    registration_status: NwRegistration | None = member(Int(1, enum=NwRegistration), tlv=0x10, required=False, default=None)


class GetTransportNetworkRegistrationStatus(Request[GetTransportNetworkRegistrationStatusResponse]):
    """WMS 0x004a: Read whether the network for messages is registered."""

    service = 0x05
    service_name = "wms"
    id = 0x004a
    message = "get-transport-network-registration-status"
    response = GetTransportNetworkRegistrationStatusResponse


class EventReportIndicationTransferRouteMtMessage(Struct):
    ack_indicator: AckIndicator = member(Int(1, enum=AckIndicator))
    transaction_id: int = member(U32)
    format: MessageFormat = member(Int(1, enum=MessageFormat))
    raw_data: bytes = member(Bytes(U16), personal=True)


class EventReportIndicationEtwsMessage(Struct):
    notification_type: NotificationType = member(Int(1, enum=NotificationType))
    raw_data: bytes = member(Bytes(U16), personal=True)


class EventReportIndicationEtwsPlmnInformation(Struct):
    mcc: int = member(U16)
    mnc: int = member(U16)


class EventReportIndication(Indication):
    """WMS 0x0001: A message has arrived, or something about messaging has changed."""

    service = 0x05
    service_name = "wms"
    id = 0x0001
    message = "event-report"
    mt_message: StoredMessage | None = member(Nested(StoredMessage), tlv=0x10, required=False, default=None)
    transfer_route_mt_message: EventReportIndicationTransferRouteMtMessage | None = member(Nested(EventReportIndicationTransferRouteMtMessage), tlv=0x11, required=False, default=None)
    message_mode: MessageMode | None = member(Int(1, enum=MessageMode), tlv=0x12, required=False, default=None)
    etws_message: EventReportIndicationEtwsMessage | None = member(Nested(EventReportIndicationEtwsMessage), tlv=0x13, required=False, default=None)
    etws_plmn_information: EventReportIndicationEtwsPlmnInformation | None = member(Nested(EventReportIndicationEtwsPlmnInformation), tlv=0x14, required=False, default=None)
    smsc_address: str | None = member(Text(), tlv=0x15, required=False, personal=True, default=None)
    sms_on_ims: bool | None = member(Bool(), tlv=0x16, required=False, default=None)


class SmscAddressIndicationAddress(Struct):
    type: str = member(Text(3))
    digits: str = member(Text(U8), personal=True)


class SmscAddressIndication(Indication):
    """WMS 0x0046: The address of the message centre, as far as the modem found it."""

    service = 0x05
    service_name = "wms"
    id = 0x0046
    message = "smsc-address"
    address: SmscAddressIndicationAddress = member(Nested(SmscAddressIndicationAddress), tlv=0x01)


class TransportNetworkRegistrationStatusIndication(Indication):
    """WMS 0x004b: The registration of the network for messages has changed."""

    service = 0x05
    service_name = "wms"
    id = 0x004b
    message = "transport-network-registration-status"
    registration_status: NwRegistration = member(Int(1, enum=NwRegistration), tlv=0x01)
