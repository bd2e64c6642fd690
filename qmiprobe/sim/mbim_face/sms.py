# SPDX-License-Identifier: GPL-2.0-or-later
"""Short messages: the store, reading, sending, and word of those that arrive."""

from __future__ import annotations

from collections.abc import Iterator

from qmiprobe.mbim.services import sms
from qmiprobe.mbim.services._shared import Status
from qmiprobe.sim._messages import ROOM, is_number
from qmiprobe.sim._parts import Card, Change, Kind, ShortMessage
from qmiprobe.sim.mbim_face._commands import (
    Modem,
    PortState,
    Values,
    commands,
    refuse_unless,
)
from qmiprobe.sim.mbim_face.sim import refuse_without_sim


def _configuration_values(modem: Modem) -> Values:
    states = sms.StorageState
    ready = modem.state.sim.card is Card.READY
    return {
        "sms_storage_state": states.INITIALIZED if ready else states.NOT_INITIALIZED,
        "format": sms.Format.PDU,
        "max_messages": ROOM,
        "cdma_short_message_size": 0,
        "sc_address": modem.state.messages.service_centre,
    }


@commands.answers(sms.ConfigurationQuery)
def configuration(modem: Modem, _port: PortState, _request: sms.ConfigurationQuery) -> Values:
    return _configuration_values(modem)


@commands.answers(sms.ConfigurationSet)
def set_configuration(modem: Modem, _port: PortState, request: sms.ConfigurationSet) -> Values:
    refuse_without_sim(modem)
    refuse_unless(request.format == sms.Format.PDU, Status.SMS_FORMAT_NOT_SUPPORTED)
    refuse_unless(not request.sc_address or is_number(request.sc_address))
    if request.sc_address:
        modem.state.messages.service_centre = request.sc_address
    return _configuration_values(modem)


def _chosen(modem: Modem, flag: sms.Flag, index: int) -> list[ShortMessage]:
    """Return the messages that a host means; what it wrote itself is never among them."""
    held = modem.state.messages.held
    if flag == sms.Flag.INDEX:
        found = [message for message in held if message.index == index]
        refuse_unless(found, Status.INVALID_MEMORY_INDEX)
        return found
    refuse_unless(flag.known)
    kinds = {sms.Flag.ALL: (True, False), sms.Flag.NEW: (False,), sms.Flag.OLD: (True,)}
    return [message for message in held if message.seen in kinds.get(flag, ())]


@commands.answers(sms.ReadQuery)
def read(modem: Modem, _port: PortState, request: sms.ReadQuery) -> Values:
    refuse_without_sim(modem)
    refuse_unless(request.format == sms.Format.PDU, Status.SMS_FORMAT_NOT_SUPPORTED)
    records = []
    for message in _chosen(modem, request.flag, request.message_index):
        status = sms.MessageStatus.OLD if message.seen else sms.MessageStatus.NEW
        records.append(
            sms.PduReadRecord(
                message_index=message.index, message_status=status, pdu_data=message.pdu
            )
        )
        message.seen = True
    return {"format": sms.Format.PDU, "pdu_messages": records}


@commands.answers(sms.SendSet)
def send(modem: Modem, _port: PortState, request: sms.SendSet) -> Values:
    refuse_without_sim(modem)
    refuse_unless(modem.state.registered, Status.NOT_REGISTERED)
    refuse_unless(request.pdu_message, Status.SMS_FORMAT_NOT_SUPPORTED)
    sent = modem.state.messages.sent
    if request.pdu_message is not None:
        sent.append(request.pdu_message.pdu_data)
    return {"message_reference": len(sent) % 256}


@commands.answers(sms.DeleteSet)
def delete(modem: Modem, _port: PortState, request: sms.DeleteSet) -> Values:
    refuse_without_sim(modem)
    chosen = _chosen(modem, request.flag, request.message_index)
    modem.state.messages.delete(message.index for message in chosen)
    return {}


def _status_values(modem: Modem, index: int | None) -> Values:
    flag = sms.StatusFlag(0)
    if modem.state.messages.full:
        flag |= sms.StatusFlag.MESSAGE_STORE_FULL
    if index is not None:
        flag |= sms.StatusFlag.NEW_MESSAGE
    return {"flag": flag, "message_index": index or 0}


@commands.answers(sms.MessageStoreStatusQuery)
def message_store_status(
    modem: Modem, _port: PortState, _request: sms.MessageStoreStatusQuery
) -> Values:
    return _status_values(modem, modem.state.messages.newest)


@commands.notifies(sms.MessageStoreStatusNotification, Kind.MESSAGE)
def notify_message(modem: Modem, change: Change) -> Iterator[Values]:
    yield _status_values(modem, change.index)
