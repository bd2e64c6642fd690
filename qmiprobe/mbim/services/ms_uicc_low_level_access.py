# SPDX-License-Identifier: GPL-2.0-or-later OR MIT
# Do not edit: made from protocols/mbim/ms-uicc-low-level-access.toml
# by python -m qmiprobe._codegen
"""APDUs, logical channels and files of the SIM."""

from __future__ import annotations

from typing import ClassVar
from qmiprobe._arrays import Nested
from qmiprobe._enums import OpenEnum, Uuid
from qmiprobe._message import Request, Response, Struct, member
from qmiprobe._text import Text, U32, Utf16Text
from qmiprobe._types import Bytes, Int
from qmiprobe.mbim._buffer import OffsetSize, Pairs
from qmiprobe.mbim.services._shared import PinType

class SecureMessaging(OpenEnum):
    NONE: ClassVar[SecureMessaging]
    NO_HDR_AUTH: ClassVar[SecureMessaging]
    definition = "secure-messaging"
    names = {
        0: "none",
        1: "no-hdr-auth",
    }


class ClassByteType(OpenEnum):
    INTER_INDUSTRY: ClassVar[ClassByteType]
    EXTENDED: ClassVar[ClassByteType]
    definition = "class-byte-type"
    names = {
        0: "inter-industry",
        1: "extended",
    }


class PassThroughAction(OpenEnum):
    DISABLE: ClassVar[PassThroughAction]
    ENABLE: ClassVar[PassThroughAction]
    definition = "pass-through-action"
    names = {
        0: "disable",
        1: "enable",
    }


class PassThroughStatus(OpenEnum):
    DISABLED: ClassVar[PassThroughStatus]
    ENABLED: ClassVar[PassThroughStatus]
    definition = "pass-through-status"
    names = {
        0: "disabled",
        1: "enabled",
    }


class ApplicationType(OpenEnum):
    UNKNOWN: ClassVar[ApplicationType]
    MF: ClassVar[ApplicationType]
    MF_SIM: ClassVar[ApplicationType]
    MF_RUIM: ClassVar[ApplicationType]
    USIM: ClassVar[ApplicationType]
    CSIM: ClassVar[ApplicationType]
    ISIM: ClassVar[ApplicationType]
    definition = "application-type"
    names = {
        0: "unknown",
        1: "mf",
        2: "mf-sim",
        3: "mf-ruim",
        4: "usim",
        5: "csim",
        6: "isim",
    }


class FileAccessibility(OpenEnum):
    UNKNOWN: ClassVar[FileAccessibility]
    NOT_SHAREABLE: ClassVar[FileAccessibility]
    SHAREABLE: ClassVar[FileAccessibility]
    definition = "file-accessibility"
    names = {
        0: "unknown",
        1: "not-shareable",
        2: "shareable",
    }


class FileType(OpenEnum):
    UNKNOWN: ClassVar[FileType]
    WORKING_EF: ClassVar[FileType]
    INTERNAL_EF: ClassVar[FileType]
    DF_OR_ADF: ClassVar[FileType]
    definition = "file-type"
    names = {
        0: "unknown",
        1: "working-ef",
        2: "internal-ef",
        3: "df-or-adf",
    }


class FileStructure(OpenEnum):
    UNKNOWN: ClassVar[FileStructure]
    TRANSPARENT: ClassVar[FileStructure]
    CYCLIC: ClassVar[FileStructure]
    LINEAR: ClassVar[FileStructure]
    BER_TLV: ClassVar[FileStructure]
    definition = "file-structure"
    names = {
        0: "unknown",
        1: "transparent",
        2: "cyclic",
        3: "linear",
        4: "ber-tlv",
    }


class AtrInfo(Struct):
    atr: bytes = member(OffsetSize(Bytes(), swapped=True), default=b"")


class OpenChannelInfo(Struct):
    status: int = member(U32)
    """The card's status words SW1 and SW2, not an MBIM status."""
    channel: int = member(U32)
    response_: bytes = member(OffsetSize(Bytes(), swapped=True), default=b"")


class CloseChannelInfo(Struct):
    status: int = member(U32)


class ApduInfo(Struct):
    status: int = member(U32)
    response_: bytes = member(OffsetSize(Bytes(), swapped=True), personal=True, default=b"")


class TerminalCapabilityElement(Struct):
    terminal_capability_data: bytes = member(Bytes())


class TerminalCapabilityInfo(Struct):
    terminal_capability: list[TerminalCapabilityElement] = member(Pairs(Nested(TerminalCapabilityElement), count=U32), default_factory=list)


class ResetInfo(Struct):
    pass_through_status: PassThroughStatus = member(Int(4, enum=PassThroughStatus))


class Application(Struct):
    application_type: ApplicationType = member(Int(4, enum=ApplicationType))
    application_id: bytes = member(OffsetSize(Bytes()), default=b"")
    application_name: str = member(OffsetSize(Text()), default="")
    pin_key_reference_count: int = member(U32)
    pin_key_references: bytes = member(OffsetSize(Bytes()), default=b"")


class ApplicationListInfo(Struct):
    version: int = member(U32)
    _application_count = member(U32, name="application-count", derived="count")
    active_application_index: int = member(U32)
    application_list_size_bytes: int = member(U32, unit='bytes')
    applications: list[Application] = member(Pairs(Nested(Application), count='_application_count'), default_factory=list)


class FileStatusInfo(Struct):
    version: int = member(U32)
    status_word1: int = member(U32)
    status_word2: int = member(U32)
    file_accessibility: FileAccessibility = member(Int(4, enum=FileAccessibility))
    file_type: FileType = member(Int(4, enum=FileType))
    file_structure: FileStructure = member(Int(4, enum=FileStructure))
    file_item_count: int = member(U32)
    file_item_size: int = member(U32, unit='bytes')
    access_condition_read: PinType = member(Int(4, enum=PinType))
    access_condition_update: PinType = member(Int(4, enum=PinType))
    access_condition_activate: PinType = member(Int(4, enum=PinType))
    access_condition_deactivate: PinType = member(Int(4, enum=PinType))


class ReadInfo(Struct):
    version: int = member(U32)
    status_word1: int = member(U32)
    status_word2: int = member(U32)
    data: bytes = member(OffsetSize(Bytes()), personal=True, default=b"")


class AtrResponse(Response, AtrInfo):
    """ms-uicc-low-level-access 1, response: Read what the card answered to its reset."""

    service = Uuid.from_name("c2f6588e-f037-4bc9-8665-f4d44bd09367")
    service_name = "ms-uicc-low-level-access"
    id = 1
    message = "atr"


class AtrQuery(Request[AtrResponse]):
    """ms-uicc-low-level-access 1, query: Read what the card answered to its reset."""

    service = Uuid.from_name("c2f6588e-f037-4bc9-8665-f4d44bd09367")
    service_name = "ms-uicc-low-level-access"
    id = 1
    message = "atr"
    response = AtrResponse
    direction: ClassVar[str] = "query"


class OpenChannelResponse(Response, OpenChannelInfo):
    """ms-uicc-low-level-access 2, response: Open a logical channel and select an application on
    it."""

    service = Uuid.from_name("c2f6588e-f037-4bc9-8665-f4d44bd09367")
    service_name = "ms-uicc-low-level-access"
    id = 2
    message = "open-channel"


class OpenChannelSet(Request[OpenChannelResponse]):
    """ms-uicc-low-level-access 2, set: Open a logical channel and select an application on it."""

    service = Uuid.from_name("c2f6588e-f037-4bc9-8665-f4d44bd09367")
    service_name = "ms-uicc-low-level-access"
    id = 2
    message = "open-channel"
    response = OpenChannelResponse
    direction: ClassVar[str] = "set"
    app_id: bytes = member(OffsetSize(Bytes(), swapped=True), default=b"")
    select_p2_arg: int = member(U32)
    channel_group: int = member(U32)
    """The caller's own number, to close all its channels at once."""


class CloseChannelResponse(Response, CloseChannelInfo):
    """ms-uicc-low-level-access 3, response: Close one logical channel, or all of a group."""

    service = Uuid.from_name("c2f6588e-f037-4bc9-8665-f4d44bd09367")
    service_name = "ms-uicc-low-level-access"
    id = 3
    message = "close-channel"


class CloseChannelSet(Request[CloseChannelResponse]):
    """ms-uicc-low-level-access 3, set: Close one logical channel, or all of a group."""

    service = Uuid.from_name("c2f6588e-f037-4bc9-8665-f4d44bd09367")
    service_name = "ms-uicc-low-level-access"
    id = 3
    message = "close-channel"
    response = CloseChannelResponse
    direction: ClassVar[str] = "set"
    channel: int = member(U32)
    """0: all of the group."""
    channel_group: int = member(U32)


class ApduResponse(Response, ApduInfo):
    """ms-uicc-low-level-access 4, response: Send one APDU on a logical channel."""

    service = Uuid.from_name("c2f6588e-f037-4bc9-8665-f4d44bd09367")
    service_name = "ms-uicc-low-level-access"
    id = 4
    message = "apdu"


class ApduSet(Request[ApduResponse]):
    """ms-uicc-low-level-access 4, set: Send one APDU on a logical channel."""

    service = Uuid.from_name("c2f6588e-f037-4bc9-8665-f4d44bd09367")
    service_name = "ms-uicc-low-level-access"
    id = 4
    message = "apdu"
    response = ApduResponse
    direction: ClassVar[str] = "set"
    channel: int = member(U32)
    secure_messaging: SecureMessaging = member(Int(4, enum=SecureMessaging))
    class_byte_type: ClassByteType = member(Int(4, enum=ClassByteType))
    command: bytes = member(OffsetSize(Bytes(), swapped=True), personal=True, default=b"")


class TerminalCapabilityResponse(Response, TerminalCapabilityInfo):
    """ms-uicc-low-level-access 5, response: Read or set the terminal capability objects that the
    card is told."""

    service = Uuid.from_name("c2f6588e-f037-4bc9-8665-f4d44bd09367")
    service_name = "ms-uicc-low-level-access"
    id = 5
    message = "terminal-capability"


class TerminalCapabilityQuery(Request[TerminalCapabilityResponse]):
    """ms-uicc-low-level-access 5, query: Read or set the terminal capability objects that the card
    is told."""

    service = Uuid.from_name("c2f6588e-f037-4bc9-8665-f4d44bd09367")
    service_name = "ms-uicc-low-level-access"
    id = 5
    message = "terminal-capability"
    response = TerminalCapabilityResponse
    direction: ClassVar[str] = "query"


class TerminalCapabilitySet(Request[TerminalCapabilityResponse], TerminalCapabilityInfo):
    """ms-uicc-low-level-access 5, set: Read or set the terminal capability objects that the card
    is told."""

    service = Uuid.from_name("c2f6588e-f037-4bc9-8665-f4d44bd09367")
    service_name = "ms-uicc-low-level-access"
    id = 5
    message = "terminal-capability"
    response = TerminalCapabilityResponse
    direction: ClassVar[str] = "set"


class ResetResponse(Response, ResetInfo):
    """ms-uicc-low-level-access 6, response: Read whether the modem leaves the card to the host, or
    reset the card and say so."""

    service = Uuid.from_name("c2f6588e-f037-4bc9-8665-f4d44bd09367")
    service_name = "ms-uicc-low-level-access"
    id = 6
    message = "reset"


class ResetQuery(Request[ResetResponse]):
    """ms-uicc-low-level-access 6, query: Read whether the modem leaves the card to the host, or
    reset the card and say so."""

    service = Uuid.from_name("c2f6588e-f037-4bc9-8665-f4d44bd09367")
    service_name = "ms-uicc-low-level-access"
    id = 6
    message = "reset"
    response = ResetResponse
    direction: ClassVar[str] = "query"


class ResetSet(Request[ResetResponse]):
    """ms-uicc-low-level-access 6, set: Read whether the modem leaves the card to the host, or
    reset the card and say so."""

    service = Uuid.from_name("c2f6588e-f037-4bc9-8665-f4d44bd09367")
    service_name = "ms-uicc-low-level-access"
    id = 6
    message = "reset"
    response = ResetResponse
    direction: ClassVar[str] = "set"
    pass_through_action: PassThroughAction = member(Int(4, enum=PassThroughAction))


class ApplicationListResponse(Response, ApplicationListInfo):
    """ms-uicc-low-level-access 7, response: Read which applications (USIM, ISIM, CSIM) the card
    has."""

    service = Uuid.from_name("c2f6588e-f037-4bc9-8665-f4d44bd09367")
    service_name = "ms-uicc-low-level-access"
    id = 7
    message = "application-list"


class ApplicationListQuery(Request[ApplicationListResponse]):
    """ms-uicc-low-level-access 7, query: Read which applications (USIM, ISIM, CSIM) the card has."""

    service = Uuid.from_name("c2f6588e-f037-4bc9-8665-f4d44bd09367")
    service_name = "ms-uicc-low-level-access"
    id = 7
    message = "application-list"
    response = ApplicationListResponse
    direction: ClassVar[str] = "query"


class FileStatusResponse(Response, FileStatusInfo):
    """ms-uicc-low-level-access 8, response: Read kind, size and access conditions of one file of
    the card."""

    service = Uuid.from_name("c2f6588e-f037-4bc9-8665-f4d44bd09367")
    service_name = "ms-uicc-low-level-access"
    id = 8
    message = "file-status"


class FileStatusQuery(Request[FileStatusResponse]):
    """ms-uicc-low-level-access 8, query: Read kind, size and access conditions of one file of the
    card."""

    service = Uuid.from_name("c2f6588e-f037-4bc9-8665-f4d44bd09367")
    service_name = "ms-uicc-low-level-access"
    id = 8
    message = "file-status"
    response = FileStatusResponse
    direction: ClassVar[str] = "query"
    version: int = member(U32)
    application_id: bytes = member(OffsetSize(Bytes()), default=b"")
    file_path: bytes = member(OffsetSize(Bytes()), default=b"")


class ReadBinaryResponse(Response, ReadInfo):
    """ms-uicc-low-level-access 9, response: Read from a transparent file of the card."""

    service = Uuid.from_name("c2f6588e-f037-4bc9-8665-f4d44bd09367")
    service_name = "ms-uicc-low-level-access"
    id = 9
    message = "read-binary"


class ReadBinaryQuery(Request[ReadBinaryResponse]):
    """ms-uicc-low-level-access 9, query: Read from a transparent file of the card."""

    service = Uuid.from_name("c2f6588e-f037-4bc9-8665-f4d44bd09367")
    service_name = "ms-uicc-low-level-access"
    id = 9
    message = "read-binary"
    response = ReadBinaryResponse
    direction: ClassVar[str] = "query"
    version: int = member(U32)
    application_id: bytes = member(OffsetSize(Bytes()), default=b"")
    file_path: bytes = member(OffsetSize(Bytes()), default=b"")
    read_offset: int = member(U32, unit='bytes')
    read_size: int = member(U32, unit='bytes')
    local_pin: str = member(OffsetSize(Utf16Text()), personal=True, default="")
    data: bytes = member(OffsetSize(Bytes()), personal=True, default=b"")


class ReadRecordResponse(Response, ReadInfo):
    """ms-uicc-low-level-access 10, response: Read one record of a linear or cyclic file of the
    card."""

    service = Uuid.from_name("c2f6588e-f037-4bc9-8665-f4d44bd09367")
    service_name = "ms-uicc-low-level-access"
    id = 10
    message = "read-record"


class ReadRecordQuery(Request[ReadRecordResponse]):
    """ms-uicc-low-level-access 10, query: Read one record of a linear or cyclic file of the card."""

    service = Uuid.from_name("c2f6588e-f037-4bc9-8665-f4d44bd09367")
    service_name = "ms-uicc-low-level-access"
    id = 10
    message = "read-record"
    response = ReadRecordResponse
    direction: ClassVar[str] = "query"
    version: int = member(U32)
    application_id: bytes = member(OffsetSize(Bytes()), default=b"")
    file_path: bytes = member(OffsetSize(Bytes()), default=b"")
    record_number: int = member(U32)
    local_pin: str = member(OffsetSize(Utf16Text()), personal=True, default="")
    data: bytes = member(OffsetSize(Bytes()), personal=True, default=b"")
