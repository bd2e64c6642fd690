# SPDX-License-Identifier: GPL-2.0-or-later OR MIT
# Do not edit: made from protocols/qmi/pbm.toml
# by python -m qmiprobe._codegen
"""Phonebook Manager: what the card's phonebooks can hold, and emergency numbers."""

from __future__ import annotations

from typing import ClassVar
from qmiprobe._arrays import Array, Nested
from qmiprobe._enums import OpenEnum, OpenFlags
from qmiprobe._message import Request, Response, Struct, member
from qmiprobe._text import Text, U16, U8
from qmiprobe._types import Bool, Int

class SessionType(OpenEnum):
    GW_PRIMARY: ClassVar[SessionType]
    _1X_PRIMARY: ClassVar[SessionType]
    GW_SECONDARY: ClassVar[SessionType]
    _1X_SECONDARY: ClassVar[SessionType]
    NONPROVISIONING_SLOT_1: ClassVar[SessionType]
    NONPROVISIONING_SLOT_2: ClassVar[SessionType]
    GLOBAL_PHONEBOOK_SLOT_1: ClassVar[SessionType]
    GLOBAL_PHONEBOOK_SLOT_2: ClassVar[SessionType]
    definition = "session-type"
    names = {
        0: "gw-primary",
        1: "1x-primary",
        2: "gw-secondary",
        3: "1x-secondary",
        4: "nonprovisioning-slot-1",
        5: "nonprovisioning-slot-2",
        6: "global-phonebook-slot-1",
        7: "global-phonebook-slot-2",
    }


class EventRegistrationFlag(OpenFlags):
    RECORD_UPDATE: ClassVar[EventRegistrationFlag]
    PHONEBOOK_READY: ClassVar[EventRegistrationFlag]
    EMERGENCY_NUMBER_LIST: ClassVar[EventRegistrationFlag]
    HIDDEN_RECORD_STATUS: ClassVar[EventRegistrationFlag]
    AAS_UPDATE: ClassVar[EventRegistrationFlag]
    GAS_UPDATE: ClassVar[EventRegistrationFlag]
    definition = "event-registration-flag"
    names = {
        0x1: "record-update",
        0x2: "phonebook-ready",
        0x4: "emergency-number-list",
        0x8: "hidden-record-status",
        0x10: "aas-update",
        0x20: "gas-update",
    }


class PhonebookType(OpenFlags):
    ADN: ClassVar[PhonebookType]
    FDN: ClassVar[PhonebookType]
    MSISDN: ClassVar[PhonebookType]
    MBDN: ClassVar[PhonebookType]
    SDN: ClassVar[PhonebookType]
    BDN: ClassVar[PhonebookType]
    LND: ClassVar[PhonebookType]
    MBN: ClassVar[PhonebookType]
    definition = "phonebook-type"
    names = {
        0x1: "adn",
        0x2: "fdn",
        0x4: "msisdn",
        0x8: "mbdn",
        0x10: "sdn",
        0x20: "bdn",
        0x40: "lnd",
        0x80: "mbn",
    }


class EmergencyNumberFlags(OpenFlags):
    POLICE: ClassVar[EmergencyNumberFlags]
    AMBULANCE: ClassVar[EmergencyNumberFlags]
    FIRE_BRIGADE: ClassVar[EmergencyNumberFlags]
    MARINE_GUARD: ClassVar[EmergencyNumberFlags]
    MOUNTAIN_RESCUE: ClassVar[EmergencyNumberFlags]
    MANUAL_ECALL: ClassVar[EmergencyNumberFlags]
    AUTOMATIC_ECALL: ClassVar[EmergencyNumberFlags]
    SPARE: ClassVar[EmergencyNumberFlags]
    definition = "emergency-number-flags"
    names = {
        0x1: "police",
        0x2: "ambulance",
        0x4: "fire-brigade",
        0x8: "marine-guard",
        0x10: "mountain-rescue",
        0x20: "manual-ecall",
        0x40: "automatic-ecall",
        0x80: "spare",
    }


class AlphaStringCapability(Struct):
    maximum_records: int = member(U8)
    used_records: int = member(U8)
    maximum_string_length: int = member(U8)


class Phonebook(Struct):
    phonebook_type: PhonebookType = member(Int(2, enum=PhonebookType))
    used_records: int = member(U16)
    maximum_records: int = member(U16)
    maximum_number_length: int = member(U8)
    maximum_name_length: int = member(U8)


class SessionPhonebooks(Struct):
    session_type: SessionType = member(Int(1, enum=SessionType))
    phonebooks: list[Phonebook] = member(Array(Nested(Phonebook), count=U8), default_factory=list)


class SessionGroupCapability(Struct):
    session_type: SessionType = member(Int(1, enum=SessionType))
    maximum_groups: int = member(U8)
    maximum_group_tag_length: int = member(U8)


class SessionAdditionalNumberCapability(Struct):
    session_type: SessionType = member(Int(1, enum=SessionType))
    maximum_additional_numbers: int = member(U8)
    maximum_additional_number_length: int = member(U8)
    maximum_additional_number_tag_length: int = member(U8)


class SessionEmailCapability(Struct):
    session_type: SessionType = member(Int(1, enum=SessionType))
    maximum_emails: int = member(U8)
    maximum_email_address_length: int = member(U8)


class SessionSecondNameCapability(Struct):
    session_type: SessionType = member(Int(1, enum=SessionType))
    maximum_second_name_length: int = member(U8)


class SessionHiddenRecordsCapability(Struct):
    session_type: SessionType = member(Int(1, enum=SessionType))
    supported: bool = member(Bool())


class SessionAlphaStringCapability(Struct):
    session_type: SessionType = member(Int(1, enum=SessionType))
    maximum_records: int = member(U8)
    used_records: int = member(U8)
    maximum_string_length: int = member(U8)


class EmergencyNumber(Struct):
    flags: EmergencyNumberFlags = member(Int(1, enum=EmergencyNumberFlags))
    emergency_number: str = member(Text(U8))


class EmergencyNumbersOfSession(Struct):
    session_type: SessionType = member(Int(1, enum=SessionType))
    emergency_numbers: list[EmergencyNumber] = member(Array(Nested(EmergencyNumber), count=U8), default_factory=list)


class IndicationRegisterResponse(Response):
    """PBM 0x0001: the answer to :class:`IndicationRegister`."""

    service = 0x0c
    service_name = "pbm"
    id = 0x0001
    message = "indication-register"
    event_registration_mask: EventRegistrationFlag | None = member(Int(4, enum=EventRegistrationFlag), tlv=0x10, required=False, default=None)


class IndicationRegister(Request[IndicationRegisterResponse]):
    """PBM 0x0001: Choose which changes of phonebooks are reported to this client."""

    service = 0x0c
    service_name = "pbm"
    id = 0x0001
    message = "indication-register"
    response = IndicationRegisterResponse
    event_registration_mask: EventRegistrationFlag = member(Int(4, enum=EventRegistrationFlag), tlv=0x01)


class GetCapabilitiesResponseCapabilityBasicInformation(Struct):
    session_type: SessionType = member(Int(1, enum=SessionType))
    phonebook_type: PhonebookType = member(Int(2, enum=PhonebookType))
    used_records: int = member(U16)
    maximum_records: int = member(U16)
    maximum_number_length: int = member(U8)
    maximum_name_length: int = member(U8)


class GetCapabilitiesResponseGroupCapability(Struct):
    maximum_groups: int = member(U8)
    maximum_group_tag_length: int = member(U8)


class GetCapabilitiesResponseAdditionalNumberCapability(Struct):
    maximum_additional_numbers: int = member(U8)
    maximum_additional_number_length: int = member(U8)
    maximum_additional_number_tag_length: int = member(U8)


class GetCapabilitiesResponseEmailCapability(Struct):
    maximum_emails: int = member(U8)
    maximum_email_address_length: int = member(U8)


class GetCapabilitiesResponseSecondNameCapability(Struct):
    maximum_second_name_length: int = member(U8)


class GetCapabilitiesResponseHiddenRecordsCapability(Struct):
    supported: bool = member(Bool())


class GetCapabilitiesResponse(Response):
    """PBM 0x0002: the answer to :class:`GetCapabilities`."""

    service = 0x0c
    service_name = "pbm"
    id = 0x0002
    message = "get-capabilities"
    capability_basic_information: GetCapabilitiesResponseCapabilityBasicInformation | None = member(Nested(GetCapabilitiesResponseCapabilityBasicInformation), tlv=0x10, required=False, default=None)
    group_capability: GetCapabilitiesResponseGroupCapability | None = member(Nested(GetCapabilitiesResponseGroupCapability), tlv=0x11, required=False, default=None)
    additional_number_capability: GetCapabilitiesResponseAdditionalNumberCapability | None = member(Nested(GetCapabilitiesResponseAdditionalNumberCapability), tlv=0x12, required=False, default=None)
    email_capability: GetCapabilitiesResponseEmailCapability | None = member(Nested(GetCapabilitiesResponseEmailCapability), tlv=0x13, required=False, default=None)
    second_name_capability: GetCapabilitiesResponseSecondNameCapability | None = member(Nested(GetCapabilitiesResponseSecondNameCapability), tlv=0x14, required=False, default=None)
    hidden_records_capability: GetCapabilitiesResponseHiddenRecordsCapability | None = member(Nested(GetCapabilitiesResponseHiddenRecordsCapability), tlv=0x15, required=False, default=None)
    grouping_information_alpha_string_capability: AlphaStringCapability | None = member(Nested(AlphaStringCapability), tlv=0x16, required=False, default=None)
    additional_number_alpha_string_capability: AlphaStringCapability | None = member(Nested(AlphaStringCapability), tlv=0x17, required=False, default=None)


class GetCapabilitiesPhonebookInformation(Struct):
    session_type: SessionType = member(Int(1, enum=SessionType))
    phonebook_type: PhonebookType = member(Int(2, enum=PhonebookType))


class GetCapabilities(Request[GetCapabilitiesResponse]):
    """PBM 0x0002: Read how much one phonebook can hold."""

    service = 0x0c
    service_name = "pbm"
    id = 0x0002
    message = "get-capabilities"
    response = GetCapabilitiesResponse
    phonebook_information: GetCapabilitiesPhonebookInformation = member(Nested(GetCapabilitiesPhonebookInformation), tlv=0x01)


class GetAllCapabilitiesResponse(Response):
    """PBM 0x0003: the answer to :class:`GetAllCapabilities`."""

    service = 0x0c
    service_name = "pbm"
    id = 0x0003
    message = "get-all-capabilities"
    capability_basic_information: list[SessionPhonebooks] | None = member(Array(Nested(SessionPhonebooks), count=U8), tlv=0x10, required=False, default=None)
    group_capability: list[SessionGroupCapability] | None = member(Array(Nested(SessionGroupCapability), count=U8), tlv=0x11, required=False, default=None)
    additional_number_capability: list[SessionAdditionalNumberCapability] | None = member(Array(Nested(SessionAdditionalNumberCapability), count=U8), tlv=0x12, required=False, default=None)
    email_capability: list[SessionEmailCapability] | None = member(Array(Nested(SessionEmailCapability), count=U8), tlv=0x13, required=False, default=None)
    second_name_capability: list[SessionSecondNameCapability] | None = member(Array(Nested(SessionSecondNameCapability), count=U8), tlv=0x14, required=False, default=None)
    hidden_records_capability: list[SessionHiddenRecordsCapability] | None = member(Array(Nested(SessionHiddenRecordsCapability), count=U8), tlv=0x15, required=False, default=None)
    grouping_information_alpha_string_capability: list[SessionAlphaStringCapability] | None = member(Array(Nested(SessionAlphaStringCapability), count=U8), tlv=0x16, required=False, default=None)
    additional_number_alpha_string_capability: list[SessionAlphaStringCapability] | None = member(Array(Nested(SessionAlphaStringCapability), count=U8), tlv=0x17, required=False, default=None)


class GetAllCapabilities(Request[GetAllCapabilitiesResponse]):
    """PBM 0x0003: Read how much each phonebook of each card can hold."""

    service = 0x0c
    service_name = "pbm"
    id = 0x0003
    message = "get-all-capabilities"
    response = GetAllCapabilitiesResponse


class GetEmergencyListResponse(Response):
    """PBM 0x000e: the answer to :class:`GetEmergencyList`."""

    service = 0x0c
    service_name = "pbm"
    id = 0x000e
    message = "get-emergency-list"
    hardcoded_numbers: list[str] | None = member(Array(Text(U8), count=U8), tlv=0x10, required=False, default=None)
    nv_numbers: list[str] | None = member(Array(Text(U8), count=U8), tlv=0x11, required=False, default=None)
    card_numbers: list[EmergencyNumbersOfSession] | None = member(Array(Nested(EmergencyNumbersOfSession), count=U8), tlv=0x12, required=False, default=None)
    network_numbers: list[EmergencyNumbersOfSession] | None = member(Array(Nested(EmergencyNumbersOfSession), count=U8), tlv=0x13, required=False, default=None)


class GetEmergencyList(Request[GetEmergencyListResponse]):
    """PBM 0x000e: List the emergency numbers of firmware, card and network."""

    service = 0x0c
    service_name = "pbm"
    id = 0x000e
    message = "get-emergency-list"
    response = GetEmergencyListResponse
