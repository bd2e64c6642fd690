# SPDX-License-Identifier: GPL-2.0-or-later
"""Short messages: the bytes of one that arrives, and the store as hosts see it over MBIM."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from qmiprobe.errors import EncodeError
from qmiprobe.mbim.services import sms
from qmiprobe.mbim.services._shared import Status
from qmiprobe.sim._messages import ROOM, deliver_pdu
from qmiprobe.sim._parts import Card
from tests.sim.hosts import MbimHost, mbim_modem

WHEN = datetime(2026, 2, 3, 4, 5, 6, tzinfo=UTC)


def read(flag: sms.Flag = sms.Flag.ALL, index: int = 0) -> sms.ReadQuery:
    return sms.ReadQuery(format=sms.Format.PDU, flag=flag, message_index=index)


async def indexes(host: MbimHost, flag: sms.Flag) -> list[int]:
    records = (await host.call(read(flag))).pdu_messages
    return [one.message_index for one in records or []]


def test_a_plain_text_is_packed_seven_bits_a_character():
    pdu = deliver_pdu("+15550100", "hellohello", when=WHEN)
    assert pdu.hex() == (
        "059151551099"  # service centre +15550199: 5 bytes, international
        "04"  # deliver, no more to come
        "089151551000"  # from +15550100: 8 digits
        "0000"  # plain, GSM alphabet
        "62203040506000"  # the time, each byte's digits swapped
        "0ae8329bfd4697d9ec37"  # 10 characters in 9 bytes
    )


def test_a_text_beyond_the_plain_alphabet_is_ucs2():
    pdu = deliver_pdu("12345", "Grüße 1€", when=WHEN)
    assert pdu[6:].startswith(bytes.fromhex("0405812143f50008"))
    assert pdu.endswith(bytes((16,)) + "Grüße 1€".encode("utf-16-be"))


@pytest.mark.parametrize("text", ["x" * 160, "ü" * 70, ""])
def test_what_just_fits_is_one_message(text: str):
    assert deliver_pdu("+15550100", text)


@pytest.mark.parametrize(
    ("sender", "text", "complaint"),
    [
        ("+15550100", "x" * 161, "161 characters: one message takes 160"),
        ("+15550100", "ü" * 71, "71 UCS-2 units: one message takes 70"),
        ("operator", "hi", "'operator' is no phone number"),
        ("1" * 21, "hi", "no phone number"),
    ],
)
def test_what_is_no_single_message_is_refused(sender: str, text: str, complaint: str):
    with pytest.raises(EncodeError, match=complaint):
        deliver_pdu(sender, text)


async def test_a_message_that_arrives_is_told_and_can_be_read_and_deleted():
    async with mbim_modem() as (modem, host):
        pdu = deliver_pdu("+15550100", "hello")
        assert modem.state.messages.arrive(pdu) == 1
        told = await host.told(sms.MessageStoreStatusNotification)
        assert (told.flag, told.message_index) == (sms.StatusFlag.NEW_MESSAGE, 1)
        status = await host.call(sms.MessageStoreStatusQuery())
        assert (status.flag, status.message_index) == (sms.StatusFlag.NEW_MESSAGE, 1)
        records = (await host.call(read(sms.Flag.INDEX, 1))).pdu_messages
        assert records is not None
        assert records[0].pdu_data == pdu
        assert records[0].message_status == sms.MessageStatus.NEW
        assert await indexes(host, sms.Flag.NEW) == []  # it was read
        assert await indexes(host, sms.Flag.OLD) == [1]
        assert (await host.call(sms.MessageStoreStatusQuery())).flag == sms.StatusFlag(0)
        await host.call(sms.DeleteSet(flag=sms.Flag.INDEX, message_index=1))
        assert await indexes(host, sms.Flag.ALL) == []
        answer = await host.ask(read(sms.Flag.INDEX, 1))
        assert answer.status == Status.INVALID_MEMORY_INDEX


async def test_a_full_store_takes_no_more():
    async with mbim_modem() as (modem, host):
        pdu = deliver_pdu("+15550100", "hello")
        for number in range(ROOM):
            assert modem.state.messages.arrive(pdu) == number + 1
        assert modem.state.messages.arrive(pdu) is None
        status = await host.call(sms.MessageStoreStatusQuery())
        assert status.flag.has(sms.StatusFlag.MESSAGE_STORE_FULL)
        await host.call(sms.DeleteSet(flag=sms.Flag.ALL, message_index=0))
        assert modem.state.messages.arrive(pdu) == 1


async def test_the_service_centre_can_be_changed_and_a_message_sent():
    async with mbim_modem(profile="l850") as (modem, host):
        found = await host.call(sms.ConfigurationQuery())
        assert (found.max_messages, found.sms_storage_state) == (ROOM, sms.StorageState.INITIALIZED)
        wanted = sms.ConfigurationSet(format=sms.Format.PDU, sc_address="+15550198")
        assert (await host.call(wanted)).sc_address == "+15550198"
        record = sms.PduSendRecord(pdu_data=b"\x00\x01\x02")
        sent = await host.call(sms.SendSet(format=sms.Format.PDU, pdu_message=record))
        assert sent.message_reference == 1
        assert modem.state.messages.sent == [b"\x00\x01\x02"]


async def test_without_a_sim_there_are_no_messages():
    async with mbim_modem() as (modem, host):
        modem.state.set_card(Card.ABSENT)
        assert (await host.ask(read())).status == Status.SIM_NOT_INSERTED
        found = await host.call(sms.ConfigurationQuery())
        assert found.sms_storage_state == sms.StorageState.NOT_INITIALIZED
