# SPDX-License-Identifier: GPL-2.0-or-later
"""UIM: the card, its slots, its PIN."""

from __future__ import annotations

from collections.abc import Iterator

from qmiprobe.qmi.services import uim
from qmiprobe.qmi.services._shared import Error
from qmiprobe.sim._parts import Card, Change, Kind, Sim
from qmiprobe.sim.qmi_face._service import Client, Modem, Refusal, bitmap, refuse_unless
from qmiprobe.sim.qmi_face._tables import uim as service

USIM_AID = bytes.fromhex("a0000000871002ff49ffff8904050000")
"""A USIM application (ETSI TS 101 220, annex E)."""
_ATR = bytes.fromhex("3b9f96801fc78031a073be21136743200718000001a5")

_APPLICATION = uim.CardApplicationState
_STATES = {
    Card.READY: _APPLICATION.READY,
    Card.PIN: _APPLICATION.PIN1_OR_UPIN_PIN_REQUIRED,
    Card.PUK: _APPLICATION.PUK1_OR_UPIN_PUK_REQUIRED,
    Card.BLOCKED: _APPLICATION.PIN1_BLOCKED,
    Card.STARTING: _APPLICATION.DETECTED,
}
_PINS = {
    Card.PIN: uim.PinState.ENABLED_NOT_VERIFIED,
    Card.PUK: uim.PinState.BLOCKED,
    Card.BLOCKED: uim.PinState.PERMANENTLY_BLOCKED,
    Card.STARTING: uim.PinState.NOT_INITIALIZED,
}
_NONE = 0xFFFF
"""No application of that kind."""


def _pin1_state(sim: Sim) -> uim.PinState:
    ready = uim.PinState.ENABLED_VERIFIED if sim.pin_enabled else uim.PinState.DISABLED
    return _PINS.get(sim.card, ready)


def _application(sim: Sim) -> uim.Application:
    personalization = uim.CardApplicationPersonalizationState
    return uim.Application(
        type=uim.CardApplicationType.USIM,
        state=_STATES[sim.card],
        personalization_state=(
            personalization.READY if sim.card is Card.READY else personalization.UNKNOWN
        ),
        personalization_feature=uim.CardApplicationPersonalizationFeatureStatus.UNKNOWN,
        personalization_retries=0,
        personalization_unblock_retries=0,
        application_identifier_value=USIM_AID,
        upin_replaces_pin1=False,
        pin1_state=_pin1_state(sim),
        pin1_retries=sim.pin_tries,
        puk1_retries=sim.puk_tries,
        pin2_state=uim.PinState.ENABLED_NOT_VERIFIED,
        pin2_retries=3,
        puk2_retries=10,
    )


def card_status(modem: Modem) -> uim.CardStatus:
    """Return the active slot's card with its application."""
    sim = modem.state.sim
    state = {Card.ABSENT: uim.CardState.ABSENT, Card.FAILED: uim.CardState.ERROR}.get(
        sim.card, uim.CardState.PRESENT
    )
    usable = state == uim.CardState.PRESENT
    failed = sim.card is Card.FAILED
    card = uim.Card(
        card_state=state,
        upin_state=uim.PinState.NOT_INITIALIZED,
        upin_retries=0,
        upuk_retries=0,
        error_code=uim.CardError.NO_ATR_RECEIVED if failed else uim.CardError.UNKNOWN,
        applications=[_application(sim)] if usable else [],
    )
    return uim.CardStatus(
        index_gw_primary=0 if usable else _NONE,
        index_1x_primary=_NONE,
        index_gw_secondary=_NONE,
        index_1x_secondary=_NONE,
        cards=[card],
    )


@service.answers(uim.GetCardStatus)
def get_card_status(
    modem: Modem, _client: Client, _request: uim.GetCardStatus
) -> uim.GetCardStatusResponse:
    return uim.GetCardStatusResponse(card_status=card_status(modem))


def _slot_status(sim: Sim, slot: int) -> uim.SlotStatus:
    active = slot == sim.active_slot
    card = sim.card if active else sim.beside
    present, absent = uim.PhysicalCardState.PRESENT, uim.PhysicalCardState.ABSENT
    return uim.SlotStatus(
        physical_card_status=absent if card is Card.ABSENT else present,
        physical_slot_status=uim.SlotState.ACTIVE if active else uim.SlotState.INACTIVE,
        logical_slot=1 if active else 0,
        iccid="" if card in (Card.ABSENT, Card.FAILED) else sim.iccid,
    )


def _slot_information(card: Card) -> uim.SlotInformation:
    there = card is not Card.ABSENT
    return uim.SlotInformation(
        card_protocol=uim.CardProtocol.UICC if there else uim.CardProtocol.UNKNOWN,
        valid_applications=1 if there else 0,
        atr_value=_ATR if there else b"",
        is_euicc=False,
    )


def _slots(modem: Modem) -> dict[str, object]:
    sim = modem.state.sim
    numbers = range(1, sim.slots + 1)
    cards = [sim.card if slot == sim.active_slot else sim.beside for slot in numbers]
    return {
        "physical_slot_status": [_slot_status(sim, slot) for slot in numbers],
        "physical_slot_information": [_slot_information(card) for card in cards],
    }


@service.answers(uim.GetSlotStatus)
def get_slot_status(
    modem: Modem, _client: Client, _request: uim.GetSlotStatus
) -> uim.GetSlotStatusResponse:
    return uim.GetSlotStatusResponse(**_slots(modem))  # type: ignore[arg-type]


@service.answers(uim.SwitchSlot)
def switch_slot(modem: Modem, _client: Client, request: uim.SwitchSlot) -> uim.SwitchSlotResponse:
    sim = modem.state.sim
    refuse_unless(request.logical_slot == 1 and 1 <= request.physical_slot <= sim.slots)
    if request.physical_slot == sim.active_slot:
        raise Refusal(Error.NO_EFFECT)
    modem.state.switch_slot()
    return uim.SwitchSlotResponse()


@service.answers(uim.RegisterEvents)
def register_events(
    _modem: Modem, client: Client, request: uim.RegisterEvents
) -> uim.RegisterEventsResponse:
    offered = uim.EventRegistration.CARD_STATUS | uim.EventRegistration.PHYSICAL_SLOT_STATUS
    given = uim.EventRegistration(int(request.event_registration_mask) & int(offered))
    client.register(
        card=given.has(uim.EventRegistration.CARD_STATUS),
        slot=given.has(uim.EventRegistration.PHYSICAL_SLOT_STATUS),
    )
    return uim.RegisterEventsResponse(event_registration_mask=given)


@service.answers(uim.GetConfiguration)
def get_configuration(
    _modem: Modem, _client: Client, _request: uim.GetConfiguration
) -> uim.GetConfigurationResponse:
    return uim.GetConfigurationResponse(
        automatic_selection=True, personalization_status=[], halt_subscription=False
    )


@service.answers(uim.PowerOffSim)
def power_off_sim(
    modem: Modem, _client: Client, request: uim.PowerOffSim
) -> uim.PowerOffSimResponse:
    refuse_unless(request.slot == 1)
    refuse_unless(modem.state.sim.card is not Card.ABSENT, Error.NO_EFFECT)
    modem.settings["powered-off-card"] = modem.state.sim.card.value
    modem.state.set_card(Card.ABSENT)
    return uim.PowerOffSimResponse()


@service.answers(uim.PowerOnSim)
def power_on_sim(modem: Modem, _client: Client, request: uim.PowerOnSim) -> uim.PowerOnSimResponse:
    refuse_unless(request.slot == 1)
    before = modem.settings.pop("powered-off-card", None)
    refuse_unless(before is not None, Error.NO_EFFECT)
    locked = modem.state.sim.pin_enabled and before == Card.READY
    modem.state.set_card(Card.PIN if locked else Card(str(before)))
    return uim.PowerOnSimResponse()


@service.answers(uim.Reset)
def reset(_modem: Modem, client: Client, _request: uim.Reset) -> uim.ResetResponse:
    client.reset()
    return uim.ResetResponse()


@service.answers(uim.GetSupportedMessages)
def get_supported_messages(
    modem: Modem, _client: Client, _request: uim.GetSupportedMessages
) -> uim.GetSupportedMessagesResponse:
    return uim.GetSupportedMessagesResponse(list_=bitmap(service.supported(modem)))


@service.announces(Kind.SIM)
def announce_card(
    modem: Modem, client: Client, _change: Change
) -> Iterator[uim.CardStatusIndication | uim.SlotStatusIndication]:
    if "card" in client.registered:
        yield uim.CardStatusIndication(card_status=card_status(modem))
    if "slot" in client.registered:
        yield uim.SlotStatusIndication(**_slots(modem))  # type: ignore[arg-type]
