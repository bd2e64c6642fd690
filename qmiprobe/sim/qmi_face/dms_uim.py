# SPDX-License-Identifier: GPL-2.0-or-later
"""DMS: the SIM and its PIN as modems without the UIM service have them."""

from __future__ import annotations

from collections.abc import Iterator

from qmiprobe.qmi.services import dms
from qmiprobe.qmi.services._shared import Error
from qmiprobe.sim._parts import Card, Change, Kind, Sim
from qmiprobe.sim.qmi_face._service import Client, Modem, Refusal, refuse_unless
from qmiprobe.sim.qmi_face._tables import dms as service

_STATES = {
    Card.ABSENT: dms.UimState.NOT_PRESENT,
    Card.FAILED: dms.UimState.UNKNOWN,
    Card.STARTING: dms.UimState.UNKNOWN,
    Card.BLOCKED: dms.UimState.LOCKED_OR_FAILED,
    Card.PIN: dms.UimState.LOCKED_OR_FAILED,
    Card.PUK: dms.UimState.LOCKED_OR_FAILED,
}


def pin1_state(sim: Sim) -> dms.UimPinStatus:
    """Return how PIN1 is."""
    match sim.card:
        case Card.PIN:
            return dms.UimPinStatus.ENABLED_NOT_VERIFIED
        case Card.PUK:
            return dms.UimPinStatus.BLOCKED
        case Card.BLOCKED:
            return dms.UimPinStatus.PERMANENTLY_BLOCKED
        case Card.READY if sim.pin_enabled:
            return dms.UimPinStatus.ENABLED_VERIFIED
        case Card.READY:
            return dms.UimPinStatus.DISABLED
    return dms.UimPinStatus.NOT_INITIALIZED


def _retries(sim: Sim) -> dms.PinRetries:
    return dms.PinRetries(verify_retries_left=sim.pin_tries, unblock_retries_left=sim.puk_tries)


def _refuse_without_card(modem: Modem) -> Sim:
    sim = modem.state.sim
    refuse_unless(
        sim.card not in (Card.ABSENT, Card.FAILED, Card.STARTING), Error.UIM_UNINITIALIZED
    )
    return sim


def _pin1(modem: Modem) -> dms.PinStatus:
    sim = modem.state.sim
    return dms.PinStatus(
        current_status=pin1_state(sim),
        verify_retries_left=sim.pin_tries,
        unblock_retries_left=sim.puk_tries,
    )


@service.answers(dms.UimGetPinStatus)
def get_pin_status(
    modem: Modem, _client: Client, _request: dms.UimGetPinStatus
) -> dms.UimGetPinStatusResponse:
    _refuse_without_card(modem)
    pin2 = dms.PinStatus(
        current_status=dms.UimPinStatus.ENABLED_NOT_VERIFIED,
        verify_retries_left=3,
        unblock_retries_left=10,
    )
    return dms.UimGetPinStatusResponse(pin1_status=_pin1(modem), pin2_status=pin2)


@service.answers(dms.UimVerifyPin)
def verify_pin(
    modem: Modem, _client: Client, request: dms.UimVerifyPin
) -> dms.UimVerifyPinResponse:
    sim = _refuse_without_card(modem)
    refuse_unless(request.info.pin_id == dms.UimPinId.PIN, Error.INVALID_PIN_ID)
    if sim.card in (Card.PUK, Card.BLOCKED):
        retries = _retries(sim)
        raise Refusal(Error.PIN_BLOCKED, dms.UimVerifyPinResponse(pin_retries_status=retries))
    refuse_unless(sim.card is Card.PIN or sim.pin_enabled, Error.NO_EFFECT)
    if not modem.state.verify_pin(request.info.pin):
        retries = _retries(sim)
        raise Refusal(Error.INCORRECT_PIN, dms.UimVerifyPinResponse(pin_retries_status=retries))
    return dms.UimVerifyPinResponse()


@service.answers(dms.UimUnblockPin)
def unblock_pin(
    modem: Modem, _client: Client, request: dms.UimUnblockPin
) -> dms.UimUnblockPinResponse:
    sim = _refuse_without_card(modem)
    refuse_unless(request.info.pin_id == dms.UimPinId.PIN, Error.INVALID_PIN_ID)
    refuse_unless(sim.card is not Card.BLOCKED, Error.PIN_ALWAYS_BLOCKED)
    if not modem.state.unblock_pin(request.info.puk, request.info.new_pin):
        retries = _retries(sim)
        raise Refusal(Error.INCORRECT_PIN, dms.UimUnblockPinResponse(pin_retries_status=retries))
    return dms.UimUnblockPinResponse()


@service.answers(dms.UimSetPinProtection)
def set_pin_protection(
    modem: Modem, _client: Client, request: dms.UimSetPinProtection
) -> dms.UimSetPinProtectionResponse:
    sim, info = _refuse_without_card(modem), request.info
    refuse_unless(info.pin_id == dms.UimPinId.PIN, Error.INVALID_PIN_ID)
    if sim.card in (Card.PUK, Card.BLOCKED):
        raise Refusal(Error.PIN_BLOCKED)
    refuse_unless(sim.pin_enabled is not info.protection_enabled, Error.NO_EFFECT)
    if not modem.state.set_pin_enabled(info.pin, enabled=info.protection_enabled):
        body = dms.UimSetPinProtectionResponse(pin_retries_status=_retries(sim))
        raise Refusal(Error.INCORRECT_PIN, body)
    return dms.UimSetPinProtectionResponse()


@service.answers(dms.UimChangePin)
def change_pin(
    modem: Modem, _client: Client, request: dms.UimChangePin
) -> dms.UimChangePinResponse:
    sim, info = _refuse_without_card(modem), request.info
    refuse_unless(info.pin_id == dms.UimPinId.PIN, Error.INVALID_PIN_ID)
    refuse_unless(sim.pin_enabled, Error.NO_EFFECT)
    if sim.card in (Card.PUK, Card.BLOCKED):
        raise Refusal(Error.PIN_BLOCKED)
    if not modem.state.change_pin(info.old_pin, info.new_pin):
        body = dms.UimChangePinResponse(pin_retries_status=_retries(sim))
        raise Refusal(Error.INCORRECT_PIN, body)
    return dms.UimChangePinResponse()


@service.answers(dms.UimGetIccid)
def get_iccid(modem: Modem, _client: Client, _request: dms.UimGetIccid) -> dms.UimGetIccidResponse:
    return dms.UimGetIccidResponse(iccid=_refuse_without_card(modem).iccid)


@service.answers(dms.UimGetImsi)
def get_imsi(modem: Modem, _client: Client, _request: dms.UimGetImsi) -> dms.UimGetImsiResponse:
    refuse_unless(modem.state.card_is_open, Error.UIM_UNINITIALIZED)
    return dms.UimGetImsiResponse(imsi=modem.state.sim.imsi)


def _uim_state(modem: Modem) -> dms.UimState:
    return _STATES.get(modem.state.sim.card, dms.UimState.INITIALIZATION_COMPLETED)


@service.answers(dms.UimGetState)
def get_state(modem: Modem, _client: Client, _request: dms.UimGetState) -> dms.UimGetStateResponse:
    return dms.UimGetStateResponse(state=_uim_state(modem))


@service.answers(dms.UimGetCkStatus)
def get_ck_status(
    modem: Modem, _client: Client, _request: dms.UimGetCkStatus
) -> dms.UimGetCkStatusResponse:
    _refuse_without_card(modem)
    status = dms.UimGetCkStatusResponseCkStatus(
        facility_state=dms.UimFacilityState.DEACTIVATED,
        verify_retries_left=10,
        unblock_retries_left=10,
    )
    return dms.UimGetCkStatusResponse(ck_status=status)


@service.announces(Kind.SIM)
def announce_sim(
    modem: Modem, client: Client, _change: Change
) -> Iterator[dms.EventReportIndication]:
    if "pin" in client.registered:
        yield dms.EventReportIndication(pin1_status=_pin1(modem))
    if "uim" in client.registered:
        yield dms.EventReportIndication(uim_state=_uim_state(modem))
