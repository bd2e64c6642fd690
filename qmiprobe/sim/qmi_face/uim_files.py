# SPDX-License-Identifier: GPL-2.0-or-later
"""UIM: files of the card, and its PINs."""

from __future__ import annotations

from qmiprobe.qmi.services import uim
from qmiprobe.qmi.services._shared import Error
from qmiprobe.sim._parts import Card, Sim
from qmiprobe.sim.qmi_face._service import Client, Modem, Refusal, refuse_unless
from qmiprobe.sim.qmi_face._tables import uim as service

EF_ICCID, EF_IMSI, EF_AD, EF_SPN = 0x2FE2, 0x6F07, 0x6FAD, 0x6F46
_OK = uim.CardResult(sw1=0x90, sw2=0x00)


def _swapped(digits: str) -> bytes:
    """Return digits two a byte, the low half first (3GPP 31.102)."""
    padded = digits + "f" * (len(digits) % 2)
    return bytes(int(padded[at + 1] + padded[at], 16) for at in range(0, len(padded), 2))


def _file(modem: Modem, number: int) -> bytes | None:
    """Return a transparent file's bytes, or None for one that the card lacks."""
    sim, name = modem.state.sim, modem.state.air.name
    match number:
        case 0x2FE2:
            return _swapped(sim.iccid).ljust(10, b"\xff")
        case 0x6F07:
            # Length, then parity (9: an odd number of digits) in front of the first digit.
            body = _swapped(("9" if len(sim.imsi) % 2 else "1") + sim.imsi)
            return bytes((len(body),)) + body.ljust(8, b"\xff")
        case 0x6FAD:
            return bytes((0, 0, 0, len(modem.state.air.mnc)))
        case 0x6F46:
            return b"\x00" + name.encode("ascii", "replace")[:16].ljust(16, b"\xff")
    return None


def _refuse_without_card(modem: Modem) -> Sim:
    sim = modem.state.sim
    refuse_unless(
        sim.card not in (Card.ABSENT, Card.FAILED, Card.STARTING), Error.UIM_UNINITIALIZED
    )
    return sim


@service.answers(uim.ReadTransparent)
def read_transparent(
    modem: Modem, _client: Client, request: uim.ReadTransparent
) -> uim.ReadTransparentResponse:
    sim = _refuse_without_card(modem)
    number, part = request.file.file_id, request.read_information
    if number != EF_ICCID and sim.card is not Card.READY:
        raise Refusal(Error.ACCESS_DENIED)
    data = _file(modem, number)
    if data is None:
        missing = uim.CardResult(sw1=0x6A, sw2=0x82)
        raise Refusal(Error.SIM_FILE_NOT_FOUND, uim.ReadTransparentResponse(card_result=missing))
    refuse_unless(part.offset <= len(data))
    end = part.offset + part.length if part.length else len(data)
    return uim.ReadTransparentResponse(card_result=_OK, read_result=data[part.offset : end])


@service.answers(uim.GetFileAttributes)
def get_file_attributes(
    modem: Modem, _client: Client, request: uim.GetFileAttributes
) -> uim.GetFileAttributesResponse:
    _refuse_without_card(modem)
    data = _file(modem, request.file.file_id)
    refuse_unless(data is not None, Error.SIM_FILE_NOT_FOUND)
    assert data is not None
    always, never = uim.SecurityAttributeLogic.ALWAYS, uim.SecurityAttributeLogic.NEVER
    nobody = uim.SecurityAttribute(0)
    attributes = uim.GetFileAttributesResponseFileAttributes(
        file_size=len(data),
        file_id=request.file.file_id,
        file_type=uim.FileType.TRANSPARENT,
        record_size=0,
        record_count=0,
        read_security_attributes_logic=always,
        read_security_attributes=nobody,
        write_security_attributes_logic=never,
        write_security_attributes=nobody,
        increase_security_attributes_logic=never,
        increase_security_attributes=nobody,
        deactivate_security_attributes_logic=never,
        deactivate_security_attributes=nobody,
        activate_security_attributes_logic=never,
        activate_security_attributes=nobody,
        raw_data=b"",
    )
    return uim.GetFileAttributesResponse(card_result=_OK, file_attributes=attributes)


def _left(sim: Sim) -> uim.PinRetries:
    return uim.PinRetries(verify_retries_left=sim.pin_tries, unblock_retries_left=sim.puk_tries)


def _refuse_locked(sim: Sim, pin: uim.PinId) -> None:
    refuse_unless(pin == uim.PinId.PIN1, Error.INVALID_PIN_ID)
    refuse_unless(sim.card is not Card.BLOCKED, Error.PIN_ALWAYS_BLOCKED)


@service.answers(uim.VerifyPin)
def verify_pin(modem: Modem, _client: Client, request: uim.VerifyPin) -> uim.VerifyPinResponse:
    sim = _refuse_without_card(modem)
    _refuse_locked(sim, request.info.pin_id)
    if sim.card is Card.PUK:
        raise Refusal(Error.PIN_BLOCKED, uim.VerifyPinResponse(retries_remaining=_left(sim)))
    refuse_unless(sim.card is Card.PIN or sim.pin_enabled, Error.NO_EFFECT)
    if not modem.state.verify_pin(request.info.pin_value):
        raise Refusal(Error.INCORRECT_PIN, uim.VerifyPinResponse(retries_remaining=_left(sim)))
    return uim.VerifyPinResponse()


@service.answers(uim.UnblockPin)
def unblock_pin(modem: Modem, _client: Client, request: uim.UnblockPin) -> uim.UnblockPinResponse:
    sim, info = _refuse_without_card(modem), request.info
    _refuse_locked(sim, info.pin_id)
    if not modem.state.unblock_pin(info.puk, info.new_pin):
        raise Refusal(Error.INCORRECT_PIN, uim.UnblockPinResponse(retries_remaining=_left(sim)))
    return uim.UnblockPinResponse()


@service.answers(uim.SetPinProtection)
def set_pin_protection(
    modem: Modem, _client: Client, request: uim.SetPinProtection
) -> uim.SetPinProtectionResponse:
    sim, info = _refuse_without_card(modem), request.info
    _refuse_locked(sim, info.pin_id)
    refuse_unless(sim.card is not Card.PUK, Error.PIN_BLOCKED)
    refuse_unless(sim.pin_enabled is not info.pin_enabled, Error.NO_EFFECT)
    if not modem.state.set_pin_enabled(info.pin_value, enabled=info.pin_enabled):
        body = uim.SetPinProtectionResponse(retries_remaining=_left(sim))
        raise Refusal(Error.INCORRECT_PIN, body)
    return uim.SetPinProtectionResponse()


@service.answers(uim.ChangePin)
def change_pin(modem: Modem, _client: Client, request: uim.ChangePin) -> uim.ChangePinResponse:
    sim, info = _refuse_without_card(modem), request.info
    _refuse_locked(sim, info.pin_id)
    refuse_unless(sim.card is not Card.PUK, Error.PIN_BLOCKED)
    refuse_unless(sim.pin_enabled, Error.NO_EFFECT)
    if not modem.state.change_pin(info.old_pin, info.new_pin):
        raise Refusal(Error.INCORRECT_PIN, uim.ChangePinResponse(retries_remaining=_left(sim)))
    return uim.ChangePinResponse()
