# SPDX-License-Identifier: GPL-2.0-or-later
"""Basic-connect: the subscriber and the PIN."""

from __future__ import annotations

from collections.abc import Iterator

from qmiprobe.mbim.services import basic_connect as bc
from qmiprobe.mbim.services._shared import PinType, Status
from qmiprobe.sim._parts import Card, Change, Kind
from qmiprobe.sim.mbim_face._commands import (
    Modem,
    PortState,
    Refusal,
    Values,
    commands,
    refuse_unless,
)

_READY = bc.SubscriberReadyState
_READY_STATES = {
    Card.READY: _READY.INITIALIZED,
    Card.ABSENT: _READY.SIM_NOT_INSERTED,
    Card.FAILED: _READY.BAD_SIM,
    Card.STARTING: _READY.NOT_INITIALIZED,
    Card.PIN: _READY.DEVICE_LOCKED,
    Card.PUK: _READY.DEVICE_LOCKED,
    Card.BLOCKED: _READY.BAD_SIM,
}
UNLIMITED = 0xFFFFFFFF
"""Attempts where nothing counts them."""
_REFUSALS = {
    Card.ABSENT: Status.SIM_NOT_INSERTED,
    Card.FAILED: Status.BAD_SIM,
    Card.BLOCKED: Status.BAD_SIM,
    Card.STARTING: Status.NOT_INITIALIZED,
    Card.PIN: Status.PIN_REQUIRED,
    Card.PUK: Status.PIN_REQUIRED,
}


def refuse_without_sim(modem: Modem) -> None:
    """Refuse what needs an open SIM."""
    status = _REFUSALS.get(modem.state.sim.card)
    if status is not None:
        raise Refusal(status)


def _refuse_without_card(modem: Modem) -> None:
    if modem.state.sim.card not in (Card.READY, Card.PIN, Card.PUK):
        refuse_without_sim(modem)


def _subscriber_values(modem: Modem) -> Values:
    sim = modem.state.sim
    is_open, readable = sim.card is Card.READY, sim.card in (Card.READY, Card.PIN, Card.PUK)
    return {
        "ready_state": _READY_STATES[sim.card],
        "flags": bc.SubscriberReadyStatus(0),
        "subscriber_id": sim.imsi if is_open else "",
        "sim_icc_id": sim.iccid if readable else "",
        "ready_info": bc.ReadyInfo(0),
        "telephone_numbers": [sim.msisdn] if is_open and sim.msisdn else [],
    }


@commands.answers(bc.SubscriberReadyStatusQuery)
def subscriber_ready(
    modem: Modem, _port: PortState, _request: bc.SubscriberReadyStatusQuery
) -> Values:
    return _subscriber_values(modem)


@commands.notifies(bc.SubscriberReadyStatusNotification, Kind.SIM)
def notify_subscriber(modem: Modem, _change: Change) -> Iterator[Values]:
    yield _subscriber_values(modem)


def _pin_values(modem: Modem) -> Values:
    sim = modem.state.sim
    if sim.card is Card.PUK:
        kind, state, tries = PinType.PUK1, bc.PinState.LOCKED, sim.puk_tries
    elif sim.card is Card.PIN:
        kind, state, tries = PinType.PIN1, bc.PinState.LOCKED, sim.pin_tries
    else:
        kind, state, tries = PinType.PIN1, bc.PinState.UNLOCKED, sim.pin_tries
    return {"pin_type": kind, "pin_state": state, "remaining_attempts": tries}


@commands.answers(bc.PinQuery)
def pin(modem: Modem, _port: PortState, _request: bc.PinQuery) -> Values:
    _refuse_without_card(modem)
    return _pin_values(modem)


@commands.answers(bc.PinSet)
def set_pin(modem: Modem, _port: PortState, request: bc.PinSet) -> Values:
    _refuse_without_card(modem)
    refuse_unless(request.pin_operation.known)
    if request.pin_type == PinType.PUK1:
        refuse_unless(request.pin_operation == bc.PinOperation.ENTER)
        refuse_unless(modem.state.sim.card is Card.PUK, Status.OPERATION_NOT_ALLOWED)
        right = modem.state.unblock_pin(request.pin, request.new_pin)
    else:
        refuse_unless(request.pin_type == PinType.PIN1, Status.NO_DEVICE_SUPPORT)
        right = _set_pin1(modem, request)
    if not right:
        raise Refusal(Status.FAILURE, _pin_values(modem))
    return _pin_values(modem)


def _set_pin1(modem: Modem, request: bc.PinSet) -> bool:
    state, operation = modem.state, request.pin_operation
    refuse_unless(state.sim.card is not Card.PUK, Status.PIN_REQUIRED)
    if operation == bc.PinOperation.ENTER:
        refuse_unless(state.sim.card is Card.PIN or state.sim.pin_enabled, Status.PIN_DISABLED)
        return state.verify_pin(request.pin)
    if operation == bc.PinOperation.CHANGE:
        refuse_unless(state.sim.pin_enabled, Status.PIN_DISABLED)
        return state.change_pin(request.pin, request.new_pin)
    return state.set_pin_enabled(request.pin, enabled=operation == bc.PinOperation.ENABLE)


@commands.answers(bc.PinListQuery)
def pin_list(modem: Modem, _port: PortState, _request: bc.PinListQuery) -> Values:
    _refuse_without_card(modem)
    enabled = modem.state.sim.pin_enabled
    numeric = {"pin_format": bc.PinFormat.NUMERIC, "pin_length_min": 4, "pin_length_max": 8}
    none = bc.PinDesc(
        pin_mode=bc.PinMode.NOT_SUPPORTED,
        pin_format=bc.PinFormat.UNKNOWN,
        pin_length_min=0,
        pin_length_max=0,
    )
    pin1 = bc.PinDesc(
        pin_mode=bc.PinMode.ENABLED if enabled else bc.PinMode.DISABLED,
        **numeric,  # type: ignore[arg-type]
    )
    pin2 = bc.PinDesc(pin_mode=bc.PinMode.ENABLED, **numeric)  # type: ignore[arg-type]
    fields = (one.attr for one in bc.PinListInfo.__fields__)
    return {**dict.fromkeys(fields, none), "pin_desc_pin1": pin1, "pin_desc_pin2": pin2}
