# SPDX-License-Identifier: GPL-2.0-or-later OR MIT
# Do not edit: made from protocols/qmi/uim.toml, protocols/qmi/uim.enums.toml, protocols/qmi/uim.files.toml, protocols/qmi/uim.pins.toml, protocols/qmi/uim.slots.toml
# by python -m qmiprobe._codegen
"""User Identity Module service: cards, slots, SIM files, PINs and logical channels."""

from __future__ import annotations

from typing import ClassVar
from qmiprobe._arrays import Array, Nested
from qmiprobe._condition import parse_condition
from qmiprobe._enums import OpenEnum, OpenFlags
from qmiprobe._message import Indication, Request, Response, Struct, member
from qmiprobe._text import Bcd, Text, U16, U32, U8
from qmiprobe._types import Bool, Bytes, Int

class SessionType(OpenEnum):
    PRIMARY_GW_PROVISIONING: ClassVar[SessionType]
    PRIMARY_1X_PROVISIONING: ClassVar[SessionType]
    SECONDARY_GW_PROVISIONING: ClassVar[SessionType]
    SECONDARY_1X_PROVISIONING: ClassVar[SessionType]
    NONPROVISIONING_SLOT_1: ClassVar[SessionType]
    NONPROVISIONING_SLOT_2: ClassVar[SessionType]
    CARD_SLOT_1: ClassVar[SessionType]
    CARD_SLOT_2: ClassVar[SessionType]
    LOGICAL_CHANNEL_SLOT_1: ClassVar[SessionType]
    LOGICAL_CHANNEL_SLOT_2: ClassVar[SessionType]
    TERTIARY_GW_PROVISIONING: ClassVar[SessionType]
    TERTIARY_1X_PROVISIONING: ClassVar[SessionType]
    QUATERNARY_GW_PROVISIONING: ClassVar[SessionType]
    QUATERNARY_1X_PROVISIONING: ClassVar[SessionType]
    QUINARY_GW_PROVISIONING: ClassVar[SessionType]
    QUINARY_1X_PROVISIONING: ClassVar[SessionType]
    NONPROVISIONING_SLOT_3: ClassVar[SessionType]
    NONPROVISIONING_SLOT_4: ClassVar[SessionType]
    NONPROVISIONING_SLOT_5: ClassVar[SessionType]
    CARD_SLOT_3: ClassVar[SessionType]
    CARD_SLOT_4: ClassVar[SessionType]
    CARD_SLOT_5: ClassVar[SessionType]
    LOGICAL_CHANNEL_SLOT_3: ClassVar[SessionType]
    LOGICAL_CHANNEL_SLOT_4: ClassVar[SessionType]
    LOGICAL_CHANNEL_SLOT_5: ClassVar[SessionType]
    definition = "session-type"
    names = {
        0: "primary-gw-provisioning",
        1: "primary-1x-provisioning",
        2: "secondary-gw-provisioning",
        3: "secondary-1x-provisioning",
        4: "nonprovisioning-slot-1",
        5: "nonprovisioning-slot-2",
        6: "card-slot-1",
        7: "card-slot-2",
        8: "logical-channel-slot-1",
        9: "logical-channel-slot-2",
        10: "tertiary-gw-provisioning",
        11: "tertiary-1x-provisioning",
        12: "quaternary-gw-provisioning",
        13: "quaternary-1x-provisioning",
        14: "quinary-gw-provisioning",
        15: "quinary-1x-provisioning",
        16: "nonprovisioning-slot-3",
        17: "nonprovisioning-slot-4",
        18: "nonprovisioning-slot-5",
        19: "card-slot-3",
        20: "card-slot-4",
        21: "card-slot-5",
        22: "logical-channel-slot-3",
        23: "logical-channel-slot-4",
        24: "logical-channel-slot-5",
    }


class FileType(OpenEnum):
    TRANSPARENT: ClassVar[FileType]
    CYCLIC: ClassVar[FileType]
    LINEAR_FIXED: ClassVar[FileType]
    DEDICATED_FILE: ClassVar[FileType]
    MASTER_FILE: ClassVar[FileType]
    definition = "file-type"
    names = {
        0: "transparent",
        1: "cyclic",
        2: "linear-fixed",
        3: "dedicated-file",
        4: "master-file",
    }


class SecurityAttributeLogic(OpenEnum):
    ALWAYS: ClassVar[SecurityAttributeLogic]
    NEVER: ClassVar[SecurityAttributeLogic]
    AND: ClassVar[SecurityAttributeLogic]
    OR: ClassVar[SecurityAttributeLogic]
    SINGLE: ClassVar[SecurityAttributeLogic]
    definition = "security-attribute-logic"
    names = {
        0: "always",
        1: "never",
        2: "and",
        3: "or",
        4: "single",
    }


class PinId(OpenEnum):
    UNKNOWN: ClassVar[PinId]
    PIN1: ClassVar[PinId]
    PIN2: ClassVar[PinId]
    UPIN: ClassVar[PinId]
    HIDDEN_KEY: ClassVar[PinId]
    definition = "pin-id"
    names = {
        0: "unknown",
        1: "pin1",
        2: "pin2",
        3: "upin",
        4: "hidden-key",
    }


class CardState(OpenEnum):
    ABSENT: ClassVar[CardState]
    PRESENT: ClassVar[CardState]
    ERROR: ClassVar[CardState]
    definition = "card-state"
    names = {
        0: "absent",
        1: "present",
        2: "error",
    }


class PinState(OpenEnum):
    NOT_INITIALIZED: ClassVar[PinState]
    ENABLED_NOT_VERIFIED: ClassVar[PinState]
    ENABLED_VERIFIED: ClassVar[PinState]
    DISABLED: ClassVar[PinState]
    BLOCKED: ClassVar[PinState]
    PERMANENTLY_BLOCKED: ClassVar[PinState]
    definition = "pin-state"
    names = {
        0: "not-initialized",
        1: "enabled-not-verified",
        2: "enabled-verified",
        3: "disabled",
        4: "blocked",
        5: "permanently-blocked",
    }


class CardError(OpenEnum):
    UNKNOWN: ClassVar[CardError]
    POWER_DOWN: ClassVar[CardError]
    POLL: ClassVar[CardError]
    NO_ATR_RECEIVED: ClassVar[CardError]
    VOLTAGE_MISMATCH: ClassVar[CardError]
    PARITY: ClassVar[CardError]
    POSSIBLY_REMOVED: ClassVar[CardError]
    TECHNICAL: ClassVar[CardError]
    definition = "card-error"
    names = {
        0: "unknown",
        1: "power-down",
        2: "poll",
        3: "no-atr-received",
        4: "voltage-mismatch",
        5: "parity",
        6: "possibly-removed",
        7: "technical",
    }


class CardApplicationType(OpenEnum):
    UNKNOWN: ClassVar[CardApplicationType]
    SIM: ClassVar[CardApplicationType]
    USIM: ClassVar[CardApplicationType]
    RUIM: ClassVar[CardApplicationType]
    CSIM: ClassVar[CardApplicationType]
    ISIM: ClassVar[CardApplicationType]
    definition = "card-application-type"
    names = {
        0: "unknown",
        1: "sim",
        2: "usim",
        3: "ruim",
        4: "csim",
        5: "isim",
    }


class CardApplicationState(OpenEnum):
    UNKNOWN: ClassVar[CardApplicationState]
    DETECTED: ClassVar[CardApplicationState]
    PIN1_OR_UPIN_PIN_REQUIRED: ClassVar[CardApplicationState]
    PUK1_OR_UPIN_PUK_REQUIRED: ClassVar[CardApplicationState]
    CHECK_PERSONALIZATION_STATE: ClassVar[CardApplicationState]
    PIN1_BLOCKED: ClassVar[CardApplicationState]
    ILLEGAL: ClassVar[CardApplicationState]
    READY: ClassVar[CardApplicationState]
    definition = "card-application-state"
    names = {
        0: "unknown",
        1: "detected",
        2: "pin1-or-upin-pin-required",
        3: "puk1-or-upin-puk-required",
        4: "check-personalization-state",
        5: "pin1-blocked",
        6: "illegal",
        7: "ready",
    }


class CardApplicationPersonalizationState(OpenEnum):
    UNKNOWN: ClassVar[CardApplicationPersonalizationState]
    IN_PROGRESS: ClassVar[CardApplicationPersonalizationState]
    READY: ClassVar[CardApplicationPersonalizationState]
    CODE_REQUIRED: ClassVar[CardApplicationPersonalizationState]
    PUK_CODE_REQUIRED: ClassVar[CardApplicationPersonalizationState]
    PERMANENTLY_BLOCKED: ClassVar[CardApplicationPersonalizationState]
    definition = "card-application-personalization-state"
    names = {
        0: "unknown",
        1: "in-progress",
        2: "ready",
        3: "code-required",
        4: "puk-code-required",
        5: "permanently-blocked",
    }


class CardApplicationPersonalizationFeature(OpenEnum):
    GW_NETWORK: ClassVar[CardApplicationPersonalizationFeature]
    GW_NETWORK_SUBSET: ClassVar[CardApplicationPersonalizationFeature]
    GW_SERVICE_PROVIDER: ClassVar[CardApplicationPersonalizationFeature]
    GW_CORPORATE: ClassVar[CardApplicationPersonalizationFeature]
    GW_UIM: ClassVar[CardApplicationPersonalizationFeature]
    _1X_NETWORK_TYPE_1: ClassVar[CardApplicationPersonalizationFeature]
    _1X_NETWORK_TYPE_2: ClassVar[CardApplicationPersonalizationFeature]
    _1X_HRPD: ClassVar[CardApplicationPersonalizationFeature]
    _1X_SERVICE_PROVIDER: ClassVar[CardApplicationPersonalizationFeature]
    _1X_CORPORATE: ClassVar[CardApplicationPersonalizationFeature]
    _1X_RUIM: ClassVar[CardApplicationPersonalizationFeature]
    GW_SERVICE_PROVIDER_NAME: ClassVar[CardApplicationPersonalizationFeature]
    GW_SP_EHPLMN: ClassVar[CardApplicationPersonalizationFeature]
    GW_ICCID: ClassVar[CardApplicationPersonalizationFeature]
    GW_IMPI: ClassVar[CardApplicationPersonalizationFeature]
    GW_NETWORK_SUBSET_SERVICE_PROVIDER: ClassVar[CardApplicationPersonalizationFeature]
    GW_CARRIER: ClassVar[CardApplicationPersonalizationFeature]
    definition = "card-application-personalization-feature"
    names = {
        0: "gw-network",
        1: "gw-network-subset",
        2: "gw-service-provider",
        3: "gw-corporate",
        4: "gw-uim",
        5: "1x-network-type-1",
        6: "1x-network-type-2",
        7: "1x-hrpd",
        8: "1x-service-provider",
        9: "1x-corporate",
        10: "1x-ruim",
        11: "gw-service-provider-name",
        12: "gw-sp-ehplmn",
        13: "gw-iccid",
        14: "gw-impi",
        15: "gw-network-subset-service-provider",
        16: "gw-carrier",
    }


class CardApplicationPersonalizationFeatureStatus(OpenEnum):
    GW_NETWORK: ClassVar[CardApplicationPersonalizationFeatureStatus]
    GW_NETWORK_SUBSET: ClassVar[CardApplicationPersonalizationFeatureStatus]
    GW_SERVICE_PROVIDER: ClassVar[CardApplicationPersonalizationFeatureStatus]
    GW_CORPORATE: ClassVar[CardApplicationPersonalizationFeatureStatus]
    GW_UIM: ClassVar[CardApplicationPersonalizationFeatureStatus]
    _1X_NETWORK_TYPE_1: ClassVar[CardApplicationPersonalizationFeatureStatus]
    _1X_NETWORK_TYPE_2: ClassVar[CardApplicationPersonalizationFeatureStatus]
    _1X_HRPD: ClassVar[CardApplicationPersonalizationFeatureStatus]
    _1X_SERVICE_PROVIDER: ClassVar[CardApplicationPersonalizationFeatureStatus]
    _1X_CORPORATE: ClassVar[CardApplicationPersonalizationFeatureStatus]
    _1X_RUIM: ClassVar[CardApplicationPersonalizationFeatureStatus]
    UNKNOWN: ClassVar[CardApplicationPersonalizationFeatureStatus]
    GW_SERVICE_PROVIDER_NAME: ClassVar[CardApplicationPersonalizationFeatureStatus]
    GW_SP_EHPLMN: ClassVar[CardApplicationPersonalizationFeatureStatus]
    GW_ICCID: ClassVar[CardApplicationPersonalizationFeatureStatus]
    GW_IMPI: ClassVar[CardApplicationPersonalizationFeatureStatus]
    GW_NETWORK_SUBSET_SERVICE_PROVIDER: ClassVar[CardApplicationPersonalizationFeatureStatus]
    GW_CARRIER: ClassVar[CardApplicationPersonalizationFeatureStatus]
    definition = "card-application-personalization-feature-status"
    names = {
        0: "gw-network",
        1: "gw-network-subset",
        2: "gw-service-provider",
        3: "gw-corporate",
        4: "gw-uim",
        5: "1x-network-type-1",
        6: "1x-network-type-2",
        7: "1x-hrpd",
        8: "1x-service-provider",
        9: "1x-corporate",
        10: "1x-ruim",
        11: "unknown",
        12: "gw-service-provider-name",
        13: "gw-sp-ehplmn",
        14: "gw-iccid",
        15: "gw-impi",
        16: "gw-network-subset-service-provider",
        17: "gw-carrier",
    }


class RefreshStage(OpenEnum):
    WAIT_FOR_OK: ClassVar[RefreshStage]
    START: ClassVar[RefreshStage]
    END_WITH_SUCCESS: ClassVar[RefreshStage]
    END_WITH_FAILURE: ClassVar[RefreshStage]
    definition = "refresh-stage"
    names = {
        0: "wait-for-ok",
        1: "start",
        2: "end-with-success",
        3: "end-with-failure",
    }


class RefreshMode(OpenEnum):
    RESET: ClassVar[RefreshMode]
    INIT: ClassVar[RefreshMode]
    INIT_FCN: ClassVar[RefreshMode]
    FCN: ClassVar[RefreshMode]
    INIT_FULL_FCN: ClassVar[RefreshMode]
    APP_RESET: ClassVar[RefreshMode]
    _3G_RESET: ClassVar[RefreshMode]
    definition = "refresh-mode"
    names = {
        0: "reset",
        1: "init",
        2: "init-fcn",
        3: "fcn",
        4: "init-full-fcn",
        5: "app-reset",
        6: "3g-reset",
    }


class PhysicalCardState(OpenEnum):
    UNKNOWN: ClassVar[PhysicalCardState]
    ABSENT: ClassVar[PhysicalCardState]
    PRESENT: ClassVar[PhysicalCardState]
    definition = "physical-card-state"
    names = {
        0: "unknown",
        1: "absent",
        2: "present",
    }


class SlotState(OpenEnum):
    INACTIVE: ClassVar[SlotState]
    ACTIVE: ClassVar[SlotState]
    definition = "slot-state"
    names = {
        0: "inactive",
        1: "active",
    }


class CardProtocol(OpenEnum):
    UNKNOWN: ClassVar[CardProtocol]
    ICC: ClassVar[CardProtocol]
    UICC: ClassVar[CardProtocol]
    definition = "card-protocol"
    names = {
        0: "unknown",
        1: "icc",
        2: "uicc",
    }


class DepersonalizationOperation(OpenEnum):
    DEACTIVATE: ClassVar[DepersonalizationOperation]
    UNBLOCK: ClassVar[DepersonalizationOperation]
    definition = "depersonalization-operation"
    names = {
        0: "deactivate",
        1: "unblock",
    }


class FileControlInformation(OpenEnum):
    NO_DATA: ClassVar[FileControlInformation]
    FCP: ClassVar[FileControlInformation]
    FCI: ClassVar[FileControlInformation]
    FCI_WITH_INTERFACES: ClassVar[FileControlInformation]
    FMD: ClassVar[FileControlInformation]
    definition = "file-control-information"
    names = {
        0: "no-data",
        1: "fcp",
        2: "fci",
        3: "fci-with-interfaces",
        4: "fmd",
    }


class EventRegistration(OpenFlags):
    CARD_STATUS: ClassVar[EventRegistration]
    SAP_CONNECTION: ClassVar[EventRegistration]
    EXTENDED_CARD_STATUS: ClassVar[EventRegistration]
    PHYSICAL_SLOT_STATUS: ClassVar[EventRegistration]
    definition = "event-registration"
    names = {
        0x1: "card-status",
        0x2: "sap-connection",
        0x4: "extended-card-status",
        0x10: "physical-slot-status",
    }


class SecurityAttribute(OpenFlags):
    PIN1: ClassVar[SecurityAttribute]
    PIN2: ClassVar[SecurityAttribute]
    UPIN: ClassVar[SecurityAttribute]
    ADM: ClassVar[SecurityAttribute]
    definition = "security-attribute"
    names = {
        0x1: "pin1",
        0x2: "pin2",
        0x4: "upin",
        0x8: "adm",
    }


class Configuration(OpenFlags):
    AUTOMATIC_SELECTION: ClassVar[Configuration]
    PERSONALIZATION_STATUS: ClassVar[Configuration]
    HALT_SUBSCRIPTION: ClassVar[Configuration]
    definition = "configuration"
    names = {
        0x1: "automatic-selection",
        0x2: "personalization-status",
        0x4: "halt-subscription",
    }


class Application(Struct):
    type: CardApplicationType = member(Int(1, enum=CardApplicationType))
    state: CardApplicationState = member(Int(1, enum=CardApplicationState))
    personalization_state: CardApplicationPersonalizationState = member(Int(1, enum=CardApplicationPersonalizationState))
    personalization_feature: CardApplicationPersonalizationFeatureStatus = member(Int(1, enum=CardApplicationPersonalizationFeatureStatus))
    personalization_retries: int = member(U8)
    personalization_unblock_retries: int = member(U8)
    application_identifier_value: bytes = member(Bytes(U8))
    upin_replaces_pin1: bool = member(Bool())
    pin1_state: PinState = member(Int(1, enum=PinState))
    pin1_retries: int = member(U8)
    puk1_retries: int = member(U8)
    pin2_state: PinState = member(Int(1, enum=PinState))
    pin2_retries: int = member(U8)
    puk2_retries: int = member(U8)


class Card(Struct):
    card_state: CardState = member(Int(1, enum=CardState))
    upin_state: PinState = member(Int(1, enum=PinState))
    upin_retries: int = member(U8)
    upuk_retries: int = member(U8)
    error_code: CardError = member(Int(1, enum=CardError))
    applications: list[Application] = member(Array(Nested(Application), count=U8), default_factory=list)


class CardStatus(Struct):
    index_gw_primary: int = member(U16)
    index_1x_primary: int = member(U16)
    index_gw_secondary: int = member(U16)
    index_1x_secondary: int = member(U16)
    cards: list[Card] = member(Array(Nested(Card), count=U8), default_factory=list)


class Personalization(Struct):
    feature: CardApplicationPersonalizationFeature = member(Int(1, enum=CardApplicationPersonalizationFeature))
    verify_left: int = member(U8)
    unblock_left: int = member(U8)


class SlotPersonalization(Struct):
    slot: list[Personalization] = member(Array(Nested(Personalization), count=U8), default_factory=list)


class Session(Struct):
    session_type: SessionType = member(Int(1, enum=SessionType))
    application_identifier: bytes = member(Bytes(U8))


class File(Struct):
    file_id: int = member(U16)
    file_path: bytes = member(Bytes(U8))
    """File ids from the root down, two bytes each, low byte first."""


class CardResult(Struct):
    sw1: int = member(U8)
    sw2: int = member(U8)


class RefreshFile(Struct):
    file_id: int = member(U16)
    path: bytes = member(Bytes(U8))


class PinRetries(Struct):
    verify_retries_left: int = member(U8)
    unblock_retries_left: int = member(U8)


class SlotStatus(Struct):
    physical_card_status: PhysicalCardState = member(Int(4, enum=PhysicalCardState))
    physical_slot_status: SlotState = member(Int(4, enum=SlotState))
    logical_slot: int = member(U8)
    iccid: str = member(Bcd(U8), personal=True)


class SlotInformation(Struct):
    card_protocol: CardProtocol = member(Int(4, enum=CardProtocol))
    valid_applications: int = member(U8)
    atr_value: bytes = member(Bytes(U8))
    is_euicc: bool = member(Bool())


class SlotEid(Struct):
    eid: bytes = member(Bytes(U8), personal=True)


class ResetResponse(Response):
    """UIM 0x0000: the answer to :class:`Reset`."""

    service = 0x0b
    service_name = "uim"
    id = 0x0000
    message = "reset"


class Reset(Request[ResetResponse]):
    """UIM 0x0000: Forget this client's UIM state, event registrations included."""

    service = 0x0b
    service_name = "uim"
    id = 0x0000
    message = "reset"
    response = ResetResponse


class GetSupportedMessagesResponse(Response):
    """UIM 0x001e: the answer to :class:`GetSupportedMessages`."""

    service = 0x0b
    service_name = "uim"
    id = 0x001e
    message = "get-supported-messages"
    list_: bytes | None = member(Bytes(U16), tlv=0x10, required=False, default=None)


class GetSupportedMessages(Request[GetSupportedMessagesResponse]):
    """UIM 0x001e: Read the bit mask of UIM message ids that this firmware knows."""

    service = 0x0b
    service_name = "uim"
    id = 0x001e
    message = "get-supported-messages"
    response = GetSupportedMessagesResponse


class RegisterEventsResponse(Response):
    """UIM 0x002e: the answer to :class:`RegisterEvents`."""

    service = 0x0b
    service_name = "uim"
    id = 0x002e
    message = "register-events"
    event_registration_mask: EventRegistration | None = member(Int(4, enum=EventRegistration), tlv=0x10, required=False, default=None)


class RegisterEvents(Request[RegisterEventsResponse]):
    """UIM 0x002e: Choose which card and slot events are reported to this client."""

    service = 0x0b
    service_name = "uim"
    id = 0x002e
    message = "register-events"
    response = RegisterEventsResponse
    event_registration_mask: EventRegistration = member(Int(4, enum=EventRegistration), tlv=0x01)


class GetCardStatusResponse(Response):
    """UIM 0x002f: the answer to :class:`GetCardStatus`."""

    service = 0x0b
    service_name = "uim"
    id = 0x002f
    message = "get-card-status"
    card_status: CardStatus | None = member(Nested(CardStatus), tlv=0x10, required=False, default=None)


class GetCardStatus(Request[GetCardStatusResponse]):
    """UIM 0x002f: Read every card with its applications, their state and the PIN tries left."""

    service = 0x0b
    service_name = "uim"
    id = 0x002f
    message = "get-card-status"
    response = GetCardStatusResponse


class PowerOffSimResponse(Response):
    """UIM 0x0030: the answer to :class:`PowerOffSim`."""

    service = 0x0b
    service_name = "uim"
    id = 0x0030
    message = "power-off-sim"


class PowerOffSim(Request[PowerOffSimResponse]):
    """UIM 0x0030: Switch off the card in a slot."""

    service = 0x0b
    service_name = "uim"
    id = 0x0030
    message = "power-off-sim"
    response = PowerOffSimResponse
    slot: int = member(U8, tlv=0x01)


class PowerOnSimResponse(Response):
    """UIM 0x0031: the answer to :class:`PowerOnSim`."""

    service = 0x0b
    service_name = "uim"
    id = 0x0031
    message = "power-on-sim"


class PowerOnSim(Request[PowerOnSimResponse]):
    """UIM 0x0031: Switch on the card in a slot."""

    service = 0x0b
    service_name = "uim"
    id = 0x0031
    message = "power-on-sim"
    response = PowerOnSimResponse
    slot: int = member(U8, tlv=0x01)


class ChangeProvisioningSessionResponse(Response):
    """UIM 0x0038: the answer to :class:`ChangeProvisioningSession`."""

    service = 0x0b
    service_name = "uim"
    id = 0x0038
    message = "change-provisioning-session"


class ChangeProvisioningSessionSessionChange(Struct):
    session_type: SessionType = member(Int(1, enum=SessionType))
    activate: bool = member(Bool())


class ChangeProvisioningSessionApplicationInformation(Struct):
    slot: int = member(U8)
    application_identifier: bytes = member(Bytes(U8))


class ChangeProvisioningSession(Request[ChangeProvisioningSessionResponse]):
    """UIM 0x0038: Choose the card application that registers with the network, or stop using it."""

    service = 0x0b
    service_name = "uim"
    id = 0x0038
    message = "change-provisioning-session"
    response = ChangeProvisioningSessionResponse
    session_change: ChangeProvisioningSessionSessionChange = member(Nested(ChangeProvisioningSessionSessionChange), tlv=0x01)
    application_information: ChangeProvisioningSessionApplicationInformation | None = member(Nested(ChangeProvisioningSessionApplicationInformation), tlv=0x10, required=False, default=None)


class GetConfigurationResponse(Response):
    """UIM 0x003a: the answer to :class:`GetConfiguration`."""

    service = 0x0b
    service_name = "uim"
    id = 0x003a
    message = "get-configuration"
    automatic_selection: bool | None = member(Bool(), tlv=0x10, required=False, default=None)
    personalization_status: list[Personalization] | None = member(Array(Nested(Personalization), count=U8), tlv=0x11, required=False, default=None)
    halt_subscription: bool | None = member(Bool(), tlv=0x12, required=False, default=None)
    personalization_status_other: list[SlotPersonalization] | None = member(Array(Nested(SlotPersonalization), count=U8), tlv=0x13, required=False, default=None)


class GetConfiguration(Request[GetConfigurationResponse]):
    """UIM 0x003a: Read card settings, personalisation locks included."""

    service = 0x0b
    service_name = "uim"
    id = 0x003a
    message = "get-configuration"
    response = GetConfigurationResponse
    configuration_mask: Configuration | None = member(Int(4, enum=Configuration), tlv=0x10, required=False, default=None)


class CardStatusIndication(Indication):
    """UIM 0x0032: A card or one of its applications has changed state."""

    service = 0x0b
    service_name = "uim"
    id = 0x0032
    message = "card-status"
    card_status: CardStatus | None = member(Nested(CardStatus), tlv=0x10, required=False, default=None)


class ReadTransparentResponse(Response):
    """UIM 0x0020: the answer to :class:`ReadTransparent`."""

    service = 0x0b
    service_name = "uim"
    id = 0x0020
    message = "read-transparent"
    card_result: CardResult | None = member(Nested(CardResult), tlv=0x10, required=False, default=None)
    read_result: bytes | None = member(Bytes(U16), tlv=0x11, required=False, personal=True, default=None)
    response_in_indication_token: int | None = member(U32, tlv=0x12, required=False, default=None)
    encrypted_data: bool | None = member(Bool(), tlv=0x13, required=False, default=None)


class ReadTransparentReadInformation(Struct):
    offset: int = member(U16, unit='bytes')
    length: int = member(U16, unit='bytes')


class ReadTransparent(Request[ReadTransparentResponse]):
    """UIM 0x0020: Read bytes of a plain SIM file."""

    service = 0x0b
    service_name = "uim"
    id = 0x0020
    message = "read-transparent"
    response = ReadTransparentResponse
    session: Session = member(Nested(Session), tlv=0x01)
    file: File = member(Nested(File), tlv=0x02)
    read_information: ReadTransparentReadInformation = member(Nested(ReadTransparentReadInformation), tlv=0x03)
    response_in_indication_token: int | None = member(U32, tlv=0x10, required=False, default=None)
    """Ask for the answer in an indication that carries this number."""
    encrypt_data: bool | None = member(Bool(), tlv=0x11, required=False, default=None)


class ReadRecordResponse(Response):
    """UIM 0x0021: the answer to :class:`ReadRecord`."""

    service = 0x0b
    service_name = "uim"
    id = 0x0021
    message = "read-record"
    card_result: CardResult | None = member(Nested(CardResult), tlv=0x10, required=False, default=None)
    read_result: bytes | None = member(Bytes(U16), tlv=0x11, required=False, personal=True, default=None)
    additional_read_result: bytes | None = member(Bytes(U16), tlv=0x12, required=False, personal=True, default=None)
    response_in_indication_token: int | None = member(U32, tlv=0x13, required=False, default=None)


class ReadRecordRecord(Struct):
    record_number: int = member(U16)
    record_length: int = member(U16, unit='bytes')


class ReadRecord(Request[ReadRecordResponse]):
    """UIM 0x0021: Read one record of a SIM file."""

    service = 0x0b
    service_name = "uim"
    id = 0x0021
    message = "read-record"
    response = ReadRecordResponse
    session: Session = member(Nested(Session), tlv=0x01)
    file: File = member(Nested(File), tlv=0x02)
    record: ReadRecordRecord = member(Nested(ReadRecordRecord), tlv=0x03)
    last_record: int | None = member(U16, tlv=0x10, required=False, default=None)
    response_in_indication_token: int | None = member(U32, tlv=0x11, required=False, default=None)
    """Ask for the answer in an indication that carries this number."""


class WriteRecordResponse(Response):
    """UIM 0x0023: the answer to :class:`WriteRecord`."""

    service = 0x0b
    service_name = "uim"
    id = 0x0023
    message = "write-record"
    card_result: CardResult | None = member(Nested(CardResult), tlv=0x10, required=False, default=None)
    response_in_indication_token: int | None = member(U32, tlv=0x11, required=False, default=None)


class WriteRecordWriteRecord(Struct):
    record_number: int = member(U16)
    record: bytes = member(Bytes(U16), personal=True)


class WriteRecord(Request[WriteRecordResponse]):
    """UIM 0x0023: Overwrite one record of a SIM file."""

    service = 0x0b
    service_name = "uim"
    id = 0x0023
    message = "write-record"
    response = WriteRecordResponse
    session: Session = member(Nested(Session), tlv=0x01)
    file: File = member(Nested(File), tlv=0x02)
    write_record: WriteRecordWriteRecord = member(Nested(WriteRecordWriteRecord), tlv=0x03)
    response_in_indication_token: int | None = member(U32, tlv=0x10, required=False, default=None)
    """Ask for the answer in an indication that carries this number."""


class GetFileAttributesResponseFileAttributes(Struct):
    file_size: int = member(U16, unit='bytes')
    file_id: int = member(U16)
    file_type: FileType = member(Int(1, enum=FileType))
    record_size: int = member(U16, unit='bytes')
    record_count: int = member(U16)
    read_security_attributes_logic: SecurityAttributeLogic = member(Int(1, enum=SecurityAttributeLogic))
    read_security_attributes: SecurityAttribute = member(Int(2, enum=SecurityAttribute))
    write_security_attributes_logic: SecurityAttributeLogic = member(Int(1, enum=SecurityAttributeLogic))
    write_security_attributes: SecurityAttribute = member(Int(2, enum=SecurityAttribute))
    increase_security_attributes_logic: SecurityAttributeLogic = member(Int(1, enum=SecurityAttributeLogic))
    increase_security_attributes: SecurityAttribute = member(Int(2, enum=SecurityAttribute))
    deactivate_security_attributes_logic: SecurityAttributeLogic = member(Int(1, enum=SecurityAttributeLogic))
    deactivate_security_attributes: SecurityAttribute = member(Int(2, enum=SecurityAttribute))
    activate_security_attributes_logic: SecurityAttributeLogic = member(Int(1, enum=SecurityAttributeLogic))
    activate_security_attributes: SecurityAttribute = member(Int(2, enum=SecurityAttribute))
    raw_data: bytes = member(Bytes(U16))


class GetFileAttributesResponse(Response):
    """UIM 0x0024: the answer to :class:`GetFileAttributes`."""

    service = 0x0b
    service_name = "uim"
    id = 0x0024
    message = "get-file-attributes"
    card_result: CardResult | None = member(Nested(CardResult), tlv=0x10, required=False, default=None)
    file_attributes: GetFileAttributesResponseFileAttributes | None = member(Nested(GetFileAttributesResponseFileAttributes), tlv=0x11, required=False, default=None)
    response_in_indication_token: int | None = member(U32, tlv=0x12, required=False, default=None)


class GetFileAttributes(Request[GetFileAttributesResponse]):
    """UIM 0x0024: Read size, kind and access rights of a SIM file."""

    service = 0x0b
    service_name = "uim"
    id = 0x0024
    message = "get-file-attributes"
    response = GetFileAttributesResponse
    session: Session = member(Nested(Session), tlv=0x01)
    file: File = member(Nested(File), tlv=0x02)
    response_in_indication_token: int | None = member(U32, tlv=0x10, required=False, default=None)
    """Ask for the answer in an indication that carries this number."""


class RefreshRegisterResponse(Response):
    """UIM 0x002a: the answer to :class:`RefreshRegister`."""

    service = 0x0b
    service_name = "uim"
    id = 0x002a
    message = "refresh-register"


class RefreshRegisterInfo(Struct):
    register_flag: bool = member(Bool())
    vote_for_init: bool = member(Bool())
    files: list[RefreshFile] = member(Array(Nested(RefreshFile), count=U16), default_factory=list)


class RefreshRegister(Request[RefreshRegisterResponse]):
    """UIM 0x002a: Ask to be told, and perhaps to vote, when given SIM files are refreshed."""

    service = 0x0b
    service_name = "uim"
    id = 0x002a
    message = "refresh-register"
    response = RefreshRegisterResponse
    session: Session = member(Nested(Session), tlv=0x01)
    info: RefreshRegisterInfo = member(Nested(RefreshRegisterInfo), tlv=0x02)


class RefreshCompleteResponse(Response):
    """UIM 0x002c: the answer to :class:`RefreshComplete`."""

    service = 0x0b
    service_name = "uim"
    id = 0x002c
    message = "refresh-complete"


class RefreshCompleteInfo(Struct):
    refresh_success: bool = member(Bool())


class RefreshComplete(Request[RefreshCompleteResponse]):
    """UIM 0x002c: Report to the card that a refresh has been dealt with."""

    service = 0x0b
    service_name = "uim"
    id = 0x002c
    message = "refresh-complete"
    response = RefreshCompleteResponse
    session: Session = member(Nested(Session), tlv=0x01)
    info: RefreshCompleteInfo = member(Nested(RefreshCompleteInfo), tlv=0x02)


class RefreshRegisterAllResponse(Response):
    """UIM 0x0044: the answer to :class:`RefreshRegisterAll`."""

    service = 0x0b
    service_name = "uim"
    id = 0x0044
    message = "refresh-register-all"


class RefreshRegisterAllInfo(Struct):
    register_flag: bool = member(Bool())


class RefreshRegisterAll(Request[RefreshRegisterAllResponse]):
    """UIM 0x0044: Ask to be told of every refresh, whatever the files."""

    service = 0x0b
    service_name = "uim"
    id = 0x0044
    message = "refresh-register-all"
    response = RefreshRegisterAllResponse
    session: Session = member(Nested(Session), tlv=0x01)
    info: RefreshRegisterAllInfo = member(Nested(RefreshRegisterAllInfo), tlv=0x02)


class RefreshIndicationEvent(Struct):
    stage: RefreshStage = member(Int(1, enum=RefreshStage))
    mode: RefreshMode = member(Int(1, enum=RefreshMode))
    session_type: SessionType = member(Int(1, enum=SessionType))
    application_identifier: bytes = member(Bytes(U8))
    files: list[RefreshFile] = member(Array(Nested(RefreshFile), count=U16), default_factory=list)


class RefreshIndication(Indication):
    """UIM 0x0033: The card asks for files to be read again or for a restart."""

    service = 0x0b
    service_name = "uim"
    id = 0x0033
    message = "refresh"
    event: RefreshIndicationEvent | None = member(Nested(RefreshIndicationEvent), tlv=0x10, required=False, default=None)


class SetPinProtectionResponse(Response):
    """UIM 0x0025: the answer to :class:`SetPinProtection`."""

    service = 0x0b
    service_name = "uim"
    id = 0x0025
    message = "set-pin-protection"
    retries_remaining: PinRetries | None = member(Nested(PinRetries), tlv=0x10, required=False, expected=parse_condition('result.error != none'), default=None)
    response_in_indication_token: int | None = member(U32, tlv=0x12, required=False, default=None)


class SetPinProtectionInfo(Struct):
    pin_id: PinId = member(Int(1, enum=PinId))
    pin_enabled: bool = member(Bool())
    pin_value: str = member(Text(U8), personal=True)


class SetPinProtection(Request[SetPinProtectionResponse]):
    """UIM 0x0025: Switch a PIN question on or off."""

    service = 0x0b
    service_name = "uim"
    id = 0x0025
    message = "set-pin-protection"
    response = SetPinProtectionResponse
    session: Session = member(Nested(Session), tlv=0x01)
    info: SetPinProtectionInfo = member(Nested(SetPinProtectionInfo), tlv=0x02)
    response_in_indication_token: int | None = member(U32, tlv=0x11, required=False, default=None)
    """Ask for the answer in an indication that carries this number."""


class VerifyPinResponse(Response):
    """UIM 0x0026: the answer to :class:`VerifyPin`."""

    service = 0x0b
    service_name = "uim"
    id = 0x0026
    message = "verify-pin"
    retries_remaining: PinRetries | None = member(Nested(PinRetries), tlv=0x10, required=False, expected=parse_condition('result.error != none'), default=None)
    response_in_indication_token: int | None = member(U32, tlv=0x12, required=False, default=None)
    card_result: CardResult | None = member(Nested(CardResult), tlv=0x13, required=False, default=None)


class VerifyPinInfo(Struct):
    pin_id: PinId = member(Int(1, enum=PinId))
    pin_value: str = member(Text(U8), personal=True)


class VerifyPin(Request[VerifyPinResponse]):
    """UIM 0x0026: Unlock a card application with its PIN; a wrong one costs a try."""

    service = 0x0b
    service_name = "uim"
    id = 0x0026
    message = "verify-pin"
    response = VerifyPinResponse
    session: Session = member(Nested(Session), tlv=0x01)
    info: VerifyPinInfo = member(Nested(VerifyPinInfo), tlv=0x02)
    response_in_indication_token: int | None = member(U32, tlv=0x12, required=False, default=None)
    """Ask for the answer in an indication that carries this number."""


class UnblockPinResponse(Response):
    """UIM 0x0027: the answer to :class:`UnblockPin`."""

    service = 0x0b
    service_name = "uim"
    id = 0x0027
    message = "unblock-pin"
    retries_remaining: PinRetries | None = member(Nested(PinRetries), tlv=0x10, required=False, expected=parse_condition('result.error != none'), default=None)
    response_in_indication_token: int | None = member(U32, tlv=0x12, required=False, default=None)
    card_result: CardResult | None = member(Nested(CardResult), tlv=0x13, required=False, default=None)


class UnblockPinInfo(Struct):
    pin_id: PinId = member(Int(1, enum=PinId))
    puk: str = member(Text(U8), personal=True)
    new_pin: str = member(Text(U8), personal=True)


class UnblockPin(Request[UnblockPinResponse]):
    """UIM 0x0027: Set a new PIN on a blocked card application with the help of its PUK."""

    service = 0x0b
    service_name = "uim"
    id = 0x0027
    message = "unblock-pin"
    response = UnblockPinResponse
    session: Session = member(Nested(Session), tlv=0x01)
    info: UnblockPinInfo = member(Nested(UnblockPinInfo), tlv=0x02)
    response_in_indication_token: int | None = member(U32, tlv=0x11, required=False, default=None)
    """Ask for the answer in an indication that carries this number."""


class ChangePinResponse(Response):
    """UIM 0x0028: the answer to :class:`ChangePin`."""

    service = 0x0b
    service_name = "uim"
    id = 0x0028
    message = "change-pin"
    retries_remaining: PinRetries | None = member(Nested(PinRetries), tlv=0x10, required=False, expected=parse_condition('result.error != none'), default=None)
    response_in_indication_token: int | None = member(U32, tlv=0x12, required=False, default=None)
    card_result: CardResult | None = member(Nested(CardResult), tlv=0x13, required=False, default=None)


class ChangePinInfo(Struct):
    pin_id: PinId = member(Int(1, enum=PinId))
    old_pin: str = member(Text(U8), personal=True)
    new_pin: str = member(Text(U8), personal=True)


class ChangePin(Request[ChangePinResponse]):
    """UIM 0x0028: Replace a PIN by another."""

    service = 0x0b
    service_name = "uim"
    id = 0x0028
    message = "change-pin"
    response = ChangePinResponse
    session: Session = member(Nested(Session), tlv=0x01)
    info: ChangePinInfo = member(Nested(ChangePinInfo), tlv=0x02)
    response_in_indication_token: int | None = member(U32, tlv=0x11, required=False, default=None)
    """Ask for the answer in an indication that carries this number."""


class DepersonalizationResponseRetriesRemaining(Struct):
    verify_left: int = member(U8)
    unblock_left: int = member(U8)


class DepersonalizationResponse(Response):
    """UIM 0x0029: the answer to :class:`Depersonalization`."""

    service = 0x0b
    service_name = "uim"
    id = 0x0029
    message = "depersonalization"
    retries_remaining: DepersonalizationResponseRetriesRemaining | None = member(Nested(DepersonalizationResponseRetriesRemaining), tlv=0x10, required=False, expected=parse_condition('result.error != none'), default=None)


class DepersonalizationInfo(Struct):
    feature: CardApplicationPersonalizationFeature = member(Int(1, enum=CardApplicationPersonalizationFeature))
    operation: DepersonalizationOperation = member(Int(1, enum=DepersonalizationOperation))
    control_key: str = member(Text(U8), personal=True)


class Depersonalization(Request[DepersonalizationResponse]):
    """UIM 0x0029: Lift or unblock a personalisation lock with its control key."""

    service = 0x0b
    service_name = "uim"
    id = 0x0029
    message = "depersonalization"
    response = DepersonalizationResponse
    info: DepersonalizationInfo = member(Nested(DepersonalizationInfo), tlv=0x01)
    slot: int | None = member(U8, tlv=0x10, required=False, default=None)


class RemoteUnlockResponse(Response):
    """UIM 0x005d: the answer to :class:`RemoteUnlock`."""

    service = 0x0b
    service_name = "uim"
    id = 0x005d
    message = "remote-unlock"


class RemoteUnlock(Request[RemoteUnlockResponse]):
    """UIM 0x005d: Load signed data that changes the modem's SIM lock."""

    service = 0x0b
    service_name = "uim"
    id = 0x005d
    message = "remote-unlock"
    response = RemoteUnlockResponse
    simlock_data: bytes | None = member(Bytes(U16), tlv=0x10, required=False, personal=True, default=None)
    simlock_extended_data: bytes | None = member(Bytes(U16), tlv=0x12, required=False, personal=True, default=None)


class SendApduResponse(Response):
    """UIM 0x003b: the answer to :class:`SendApdu`."""

    service = 0x0b
    service_name = "uim"
    id = 0x003b
    message = "send-apdu"
    apdu_response: bytes | None = member(Bytes(U16), tlv=0x10, required=False, personal=True, default=None)


class SendApdu(Request[SendApduResponse]):
    """UIM 0x003b: Send a command straight to the card."""

    service = 0x0b
    service_name = "uim"
    id = 0x003b
    message = "send-apdu"
    response = SendApduResponse
    slot: int = member(U8, tlv=0x01)
    apdu: bytes = member(Bytes(U16), tlv=0x02, personal=True)
    channel_id: int | None = member(U8, tlv=0x10, required=False, default=None)
    procedure_bytes: int | None = member(U8, tlv=0x11, required=False, default=None)


class LogicalChannelResponse(Response):
    """UIM 0x003f: the answer to :class:`LogicalChannel`."""

    service = 0x0b
    service_name = "uim"
    id = 0x003f
    message = "logical-channel"
    channel_id: int | None = member(U8, tlv=0x10, required=False, default=None)
    card_result: CardResult | None = member(Nested(CardResult), tlv=0x11, required=False, default=None)
    select_response: bytes | None = member(Bytes(U8), tlv=0x12, required=False, default=None)


class LogicalChannel(Request[LogicalChannelResponse]):
    """UIM 0x003f: Open or close a logical channel to the card (older form)."""

    service = 0x0b
    service_name = "uim"
    id = 0x003f
    message = "logical-channel"
    response = LogicalChannelResponse
    slot: int = member(U8, tlv=0x01)
    aid: bytes | None = member(Bytes(U8), tlv=0x10, required=False, default=None)
    channel_id: int | None = member(U8, tlv=0x11, required=False, default=None)
    file_control_information: FileControlInformation | None = member(Int(1, enum=FileControlInformation), tlv=0x12, required=False, default=None)
    terminate_application: int | None = member(U8, tlv=0x13, required=False, default=None)


class OpenLogicalChannelResponse(Response):
    """UIM 0x0042: the answer to :class:`OpenLogicalChannel`."""

    service = 0x0b
    service_name = "uim"
    id = 0x0042
    message = "open-logical-channel"
    channel_id: int | None = member(U8, tlv=0x10, required=False, default=None)
    card_result: CardResult | None = member(Nested(CardResult), tlv=0x11, required=False, default=None)
    select_response: bytes | None = member(Bytes(U8), tlv=0x12, required=False, default=None)


class OpenLogicalChannel(Request[OpenLogicalChannelResponse]):
    """UIM 0x0042: Open a logical channel to the card and select an application on it."""

    service = 0x0b
    service_name = "uim"
    id = 0x0042
    message = "open-logical-channel"
    response = OpenLogicalChannelResponse
    slot: int = member(U8, tlv=0x01)
    aid: bytes | None = member(Bytes(U8), tlv=0x10, required=False, default=None)
    file_control_information: FileControlInformation | None = member(Int(1, enum=FileControlInformation), tlv=0x11, required=False, default=None)


class SwitchSlotResponse(Response):
    """UIM 0x0046: the answer to :class:`SwitchSlot`."""

    service = 0x0b
    service_name = "uim"
    id = 0x0046
    message = "switch-slot"


class SwitchSlot(Request[SwitchSlotResponse]):
    """UIM 0x0046: Connect a logical slot with another physical slot."""

    service = 0x0b
    service_name = "uim"
    id = 0x0046
    message = "switch-slot"
    response = SwitchSlotResponse
    logical_slot: int = member(U8, tlv=0x01)
    physical_slot: int = member(U32, tlv=0x02)


class GetSlotStatusResponse(Response):
    """UIM 0x0047: the answer to :class:`GetSlotStatus`."""

    service = 0x0b
    service_name = "uim"
    id = 0x0047
    message = "get-slot-status"
    physical_slot_status: list[SlotStatus] | None = member(Array(Nested(SlotStatus), count=U8), tlv=0x10, required=False, default=None)
    physical_slot_information: list[SlotInformation] | None = member(Array(Nested(SlotInformation), count=U8), tlv=0x11, required=False, default=None)
    slot_eid: list[SlotEid] | None = member(Array(Nested(SlotEid), count=U8), tlv=0x12, required=False, default=None)


class GetSlotStatus(Request[GetSlotStatusResponse]):
    """UIM 0x0047: Read what is in each physical slot and which ones are in use."""

    service = 0x0b
    service_name = "uim"
    id = 0x0047
    message = "get-slot-status"
    response = GetSlotStatusResponse


class SlotStatusIndication(Indication):
    """UIM 0x0048: A card was put in or taken out, or the use of a slot has changed."""

    service = 0x0b
    service_name = "uim"
    id = 0x0048
    message = "slot-status"
    physical_slot_status: list[SlotStatus] | None = member(Array(Nested(SlotStatus), count=U8), tlv=0x10, required=False, default=None)
    physical_slot_information: list[SlotInformation] | None = member(Array(Nested(SlotInformation), count=U8), tlv=0x11, required=False, default=None)
    slot_eid: list[SlotEid] | None = member(Array(Nested(SlotEid), count=U8), tlv=0x12, required=False, default=None)
