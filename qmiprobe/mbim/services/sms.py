# SPDX-License-Identifier: GPL-2.0-or-later OR MIT
# Do not edit: made from protocols/mbim/sms.toml
# by python -m qmiprobe._codegen
"""Short messages: storage, reading, sending."""

from __future__ import annotations

from typing import ClassVar
from qmiprobe._arrays import Nested
from qmiprobe._condition import parse_condition
from qmiprobe._enums import OpenEnum, OpenFlags, Uuid
from qmiprobe._message import Indication, Request, Response, Struct, member
from qmiprobe._text import U32, Utf16Text
from qmiprobe._types import Bytes, Int
from qmiprobe.mbim._buffer import OffsetSize, Pairs

class StorageState(OpenEnum):
    NOT_INITIALIZED: ClassVar[StorageState]
    INITIALIZED: ClassVar[StorageState]
    definition = "storage-state"
    names = {
        0: "not-initialized",
        1: "initialized",
    }


class Format(OpenEnum):
    PDU: ClassVar[Format]
    CDMA: ClassVar[Format]
    definition = "format"
    names = {
        0: "pdu",
        1: "cdma",
    }


class Flag(OpenEnum):
    ALL: ClassVar[Flag]
    INDEX: ClassVar[Flag]
    NEW: ClassVar[Flag]
    OLD: ClassVar[Flag]
    SENT: ClassVar[Flag]
    DRAFT: ClassVar[Flag]
    definition = "flag"
    names = {
        0: "all",
        1: "index",
        2: "new",
        3: "old",
        4: "sent",
        5: "draft",
    }


class MessageStatus(OpenEnum):
    NEW: ClassVar[MessageStatus]
    OLD: ClassVar[MessageStatus]
    DRAFT: ClassVar[MessageStatus]
    SENT: ClassVar[MessageStatus]
    definition = "message-status"
    names = {
        0: "new",
        1: "old",
        2: "draft",
        3: "sent",
    }


class CdmaEncoding(OpenEnum):
    OCTET: ClassVar[CdmaEncoding]
    EPM: ClassVar[CdmaEncoding]
    _7BIT_ASCII: ClassVar[CdmaEncoding]
    LA5: ClassVar[CdmaEncoding]
    UNICODE: ClassVar[CdmaEncoding]
    SHIFT_JIS: ClassVar[CdmaEncoding]
    KOREAN: ClassVar[CdmaEncoding]
    LATIN_HEBREW: ClassVar[CdmaEncoding]
    LATIN: ClassVar[CdmaEncoding]
    GSM_7BIT: ClassVar[CdmaEncoding]
    definition = "cdma-encoding"
    names = {
        0: "octet",
        1: "epm",
        2: "7bit-ascii",
        3: "la5",
        4: "unicode",
        5: "shift-jis",
        6: "korean",
        7: "latin-hebrew",
        8: "latin",
        9: "gsm-7bit",
    }


class CdmaLanguage(OpenEnum):
    UNKNOWN: ClassVar[CdmaLanguage]
    ENGLISH: ClassVar[CdmaLanguage]
    FRENCH: ClassVar[CdmaLanguage]
    SPANISH: ClassVar[CdmaLanguage]
    JAPANESE: ClassVar[CdmaLanguage]
    KOREAN: ClassVar[CdmaLanguage]
    CHINESE: ClassVar[CdmaLanguage]
    HEBREW: ClassVar[CdmaLanguage]
    definition = "cdma-language"
    names = {
        0: "unknown",
        1: "english",
        2: "french",
        3: "spanish",
        4: "japanese",
        5: "korean",
        6: "chinese",
        7: "hebrew",
    }


class StatusFlag(OpenFlags):
    MESSAGE_STORE_FULL: ClassVar[StatusFlag]
    NEW_MESSAGE: ClassVar[StatusFlag]
    definition = "status-flag"
    names = {
        0x1: "message-store-full",
        0x2: "new-message",
    }


class ConfigurationInfo(Struct):
    sms_storage_state: StorageState = member(Int(4, enum=StorageState))
    format: Format = member(Int(4, enum=Format))
    max_messages: int = member(U32)
    cdma_short_message_size: int = member(U32, unit='bytes')
    sc_address: str = member(OffsetSize(Utf16Text()), personal=True, default="")


class PduReadRecord(Struct):
    message_index: int = member(U32)
    message_status: MessageStatus = member(Int(4, enum=MessageStatus))
    pdu_data: bytes = member(OffsetSize(Bytes()), personal=True, default=b"")


class CdmaReadRecord(Struct):
    message_index: int = member(U32)
    message_status: MessageStatus = member(Int(4, enum=MessageStatus))
    address: str = member(OffsetSize(Utf16Text()), personal=True, default="")
    timestamp: str = member(OffsetSize(Utf16Text()), default="")
    encoding: CdmaEncoding = member(Int(4, enum=CdmaEncoding))
    language: CdmaLanguage = member(Int(4, enum=CdmaLanguage))
    encoded_message: bytes = member(OffsetSize(Bytes()), personal=True, default=b"")
    encoded_message_size_in_characters: int = member(U32)


class ReadInfo(Struct):
    format: Format = member(Int(4, enum=Format))
    _messages_count = member(U32, name="messages-count", derived="count")
    pdu_messages: list[PduReadRecord] | None = member(Pairs(Nested(PduReadRecord), count='_messages_count'), present=parse_condition('format == pdu'), default=None)
    cdma_messages: list[CdmaReadRecord] | None = member(Pairs(Nested(CdmaReadRecord), count='_messages_count'), present=parse_condition('format == cdma'), default=None)


class PduSendRecord(Struct):
    pdu_data: bytes = member(OffsetSize(Bytes()), personal=True, default=b"")


class CdmaSendRecord(Struct):
    encoding: CdmaEncoding = member(Int(4, enum=CdmaEncoding))
    language: CdmaLanguage = member(Int(4, enum=CdmaLanguage))
    address: str = member(OffsetSize(Utf16Text()), personal=True, default="")
    encoded_message: bytes = member(OffsetSize(Bytes()), personal=True, default=b"")
    encoded_message_size_in_characters: int = member(U32)


class SendInfo(Struct):
    message_reference: int = member(U32)


class MessageStoreStatusInfo(Struct):
    flag: StatusFlag = member(Int(4, enum=StatusFlag))
    message_index: int = member(U32)


class ConfigurationResponse(Response, ConfigurationInfo):
    """sms 1, response: Read the state of the message store, or set format and service centre."""

    service = Uuid.from_name("533fbeeb-14fe-4467-9f90-33a223e56c3f")
    service_name = "sms"
    id = 1
    message = "configuration"


class ConfigurationNotification(Indication, ConfigurationInfo):
    """sms 1, notification: Read the state of the message store, or set format and service centre."""

    service = Uuid.from_name("533fbeeb-14fe-4467-9f90-33a223e56c3f")
    service_name = "sms"
    id = 1
    message = "configuration"


class ConfigurationQuery(Request[ConfigurationResponse]):
    """sms 1, query: Read the state of the message store, or set format and service centre."""

    service = Uuid.from_name("533fbeeb-14fe-4467-9f90-33a223e56c3f")
    service_name = "sms"
    id = 1
    message = "configuration"
    response = ConfigurationResponse
    direction: ClassVar[str] = "query"


class ConfigurationSet(Request[ConfigurationResponse]):
    """sms 1, set: Read the state of the message store, or set format and service centre."""

    service = Uuid.from_name("533fbeeb-14fe-4467-9f90-33a223e56c3f")
    service_name = "sms"
    id = 1
    message = "configuration"
    response = ConfigurationResponse
    direction: ClassVar[str] = "set"
    format: Format = member(Int(4, enum=Format))
    sc_address: str = member(OffsetSize(Utf16Text()), personal=True, default="")


class ReadResponse(Response, ReadInfo):
    """sms 2, response: Read stored messages; a new message of class 0 comes as a notification."""

    service = Uuid.from_name("533fbeeb-14fe-4467-9f90-33a223e56c3f")
    service_name = "sms"
    id = 2
    message = "read"


class ReadNotification(Indication, ReadInfo):
    """sms 2, notification: Read stored messages; a new message of class 0 comes as a notification."""

    service = Uuid.from_name("533fbeeb-14fe-4467-9f90-33a223e56c3f")
    service_name = "sms"
    id = 2
    message = "read"


class ReadQuery(Request[ReadResponse]):
    """sms 2, query: Read stored messages; a new message of class 0 comes as a notification."""

    service = Uuid.from_name("533fbeeb-14fe-4467-9f90-33a223e56c3f")
    service_name = "sms"
    id = 2
    message = "read"
    response = ReadResponse
    direction: ClassVar[str] = "query"
    format: Format = member(Int(4, enum=Format))
    flag: Flag = member(Int(4, enum=Flag))
    message_index: int = member(U32)


class SendResponse(Response, SendInfo):
    """sms 3, response: Send one message."""

    service = Uuid.from_name("533fbeeb-14fe-4467-9f90-33a223e56c3f")
    service_name = "sms"
    id = 3
    message = "send"


class SendSet(Request[SendResponse]):
    """sms 3, set: Send one message."""

    service = Uuid.from_name("533fbeeb-14fe-4467-9f90-33a223e56c3f")
    service_name = "sms"
    id = 3
    message = "send"
    response = SendResponse
    direction: ClassVar[str] = "set"
    format: Format = member(Int(4, enum=Format))
    pdu_message: PduSendRecord | None = member(Nested(PduSendRecord), present=parse_condition('format == pdu'), default=None)
    cdma_message: CdmaSendRecord | None = member(Nested(CdmaSendRecord), present=parse_condition('format == cdma'), default=None)


class DeleteResponse(Response):
    """sms 4, response: Delete stored messages."""

    service = Uuid.from_name("533fbeeb-14fe-4467-9f90-33a223e56c3f")
    service_name = "sms"
    id = 4
    message = "delete"


class DeleteSet(Request[DeleteResponse]):
    """sms 4, set: Delete stored messages."""

    service = Uuid.from_name("533fbeeb-14fe-4467-9f90-33a223e56c3f")
    service_name = "sms"
    id = 4
    message = "delete"
    response = DeleteResponse
    direction: ClassVar[str] = "set"
    flag: Flag = member(Int(4, enum=Flag))
    message_index: int = member(U32)


class MessageStoreStatusResponse(Response, MessageStoreStatusInfo):
    """sms 5, response: Read whether the store is full and which message is new."""

    service = Uuid.from_name("533fbeeb-14fe-4467-9f90-33a223e56c3f")
    service_name = "sms"
    id = 5
    message = "message-store-status"


class MessageStoreStatusNotification(Indication, MessageStoreStatusInfo):
    """sms 5, notification: Read whether the store is full and which message is new."""

    service = Uuid.from_name("533fbeeb-14fe-4467-9f90-33a223e56c3f")
    service_name = "sms"
    id = 5
    message = "message-store-status"


class MessageStoreStatusQuery(Request[MessageStoreStatusResponse]):
    """sms 5, query: Read whether the store is full and which message is new."""

    service = Uuid.from_name("533fbeeb-14fe-4467-9f90-33a223e56c3f")
    service_name = "sms"
    id = 5
    message = "message-store-status"
    response = MessageStoreStatusResponse
    direction: ClassVar[str] = "query"
