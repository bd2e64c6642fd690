# SPDX-License-Identifier: GPL-2.0-or-later
"""Functions that are busy, take small transfers only, or closed: what is tried, and how often."""

from __future__ import annotations

import pytest
import trio

from qmiprobe.device import Observed, mbim_device
from qmiprobe.errors import DecodeError, MbimError, MbimProtocolError
from qmiprobe.mbim._codec import MbimMessage
from qmiprobe.mbim._header import Packet, build
from qmiprobe.mbim.services import basic_connect as bc
from qmiprobe.mbim.services._shared import ProtocolError, Status
from tests.device.scripted import Answer, ScriptedMbim, opened_mbim, scripted_mbim

pytestmark = pytest.mark.autojump
ON = bc.RadioSwitchState.ON
RADIO = bc.RadioStateResponse(hw_radio_state=ON, sw_radio_state=ON)


def _refuse_above(modem: ScriptedMbim, limit: int) -> list[int]:
    """Let OPEN succeed for transfers of at most ``limit`` bytes; return what was asked for."""
    sizes: list[int] = []
    take = modem.take

    def taking(data: bytes) -> object:
        if int.from_bytes(data[:4], "little") == 1:
            sizes.append(int.from_bytes(data[12:16], "little"))
            number = int.from_bytes(data[8:12], "little")
            refusal = modem.connection.function_error(number, ProtocolError.MAX_TRANSFER)
            modem.script("open", refusal if sizes[-1] > limit else None)
        return take(data)

    modem.take = taking  # type: ignore[method-assign,assignment]
    return sizes


async def test_a_function_that_is_busy_twice_is_opened_at_the_third_try():
    async with scripted_mbim() as (port, modem):
        modem.script("open", Status.BUSY, Status.BUSY, None)
        begin = trio.current_time()
        async with mbim_device(port) as device:
            assert trio.current_time() - begin == 1
            assert device.connection.is_open
        assert modem.count("open") == 3
        assert device.observed.counts == {"open-busy": 2}
        assert "try 2 of 3" in device.observed.anomalies[-1].text


async def test_a_function_that_stays_busy_is_given_up_after_three_tries():
    async with scripted_mbim() as (port, modem):
        modem.script("open", Status.BUSY)
        observed = Observed()
        with pytest.raises(MbimError, match=r"OPEN: MBIM status busy \(1\)"):
            async with mbim_device(port, observed=observed):
                pytest.fail("it is not open")
        assert modem.asked == ["open"] * 3
        assert observed.counts == {"open-busy": 3}


@pytest.mark.parametrize(
    ("limit", "asked"),
    [(4096, [4096]), (1500, [4096, 2048, 1024]), (64, [4096, 2048, 1024, 512, 256, 128, 64])],
)
async def test_a_function_that_wants_small_transfers_is_asked_for_smaller_ones(
    limit: int, asked: list[int]
):
    async with scripted_mbim(max_control_transfer=limit) as (port, modem):
        sizes = _refuse_above(modem, limit)
        modem.script(bc.RadioStateQuery, RADIO)
        async with mbim_device(port) as device:
            assert (await device.call(bc.RadioStateQuery())).hw_radio_state == ON
            assert device.connection.max_control_transfer == asked[-1]
        assert sizes == asked
        texts = [one.text for one in device.observed.anomalies if one.kind == "max-transfer"]
        assert len(texts) == (len(asked) > 1)
        assert all(f"transfers of {asked[-1]} bytes, not of 4096" in text for text in texts)


async def test_the_sizes_begin_below_what_a_write_can_carry():
    async with scripted_mbim(max_command=300) as (port, modem):
        sizes = _refuse_above(modem, 100)
        async with mbim_device(port):
            pass
        assert sizes == [300, 256, 128, 64]


async def test_a_function_that_takes_no_size_at_all_is_a_protocol_error():
    async with scripted_mbim() as (port, modem):
        sizes = _refuse_above(modem, 0)
        with pytest.raises(
            MbimProtocolError, match=r"OPEN: MBIM protocol error max-transfer \(8\)"
        ):
            async with mbim_device(port):
                pytest.fail("it is not open")
        assert sizes[-1] == 64


def _not_opened(modem: ScriptedMbim) -> Answer:
    def refuse(message: MbimMessage) -> bytes:
        number = message.packet.transaction
        return modem.connection.function_error(number, ProtocolError.NOT_OPENED)

    return refuse


async def test_a_function_that_closed_by_itself_is_opened_again_and_the_command_repeated():
    async with scripted_mbim() as (port, modem):
        async with mbim_device(port) as device:
            modem.script(bc.RadioStateQuery, _not_opened(modem), RADIO)
            assert (await device.call(bc.RadioStateQuery())).sw_radio_state == ON
            assert device.observed.counts == {"not-opened": 1}
            assert "radio-state" in device.observed.anomalies[0].text
        assert (modem.count("open"), modem.count("close")) == (2, 1)


async def test_commands_that_find_it_closed_together_open_it_once():
    async with opened_mbim() as (device, modem):
        refuse = _not_opened(modem)
        modem.script(bc.RadioStateQuery, refuse, refuse, refuse, RADIO)
        async with trio.open_nursery() as nursery:
            for _ in range(3):
                nursery.start_soon(device.call, bc.RadioStateQuery())
        assert modem.count("open") == 2
        assert modem.count(bc.RadioStateQuery) == 6


async def test_a_function_that_stays_closed_is_an_error_and_then_nothing_is_closed():
    async with scripted_mbim() as (port, modem):
        async with mbim_device(port) as device:
            modem.script(bc.RadioStateQuery, _not_opened(modem))
            with pytest.raises(MbimProtocolError, match="not-opened") as got:
                await device.call(bc.RadioStateQuery())
            assert got.value.error == ProtocolError.NOT_OPENED
        assert modem.count("open") == 2
        assert modem.count("close") == 0


async def test_a_function_with_a_session_of_ours_is_not_opened_again():
    async with opened_mbim() as (device, modem):
        device.owned_sessions.add(0)
        modem.script(bc.RadioStateQuery, _not_opened(modem))
        with pytest.raises(MbimProtocolError, match="not-opened"):
            await device.call(bc.RadioStateQuery())
        assert modem.count("open") == 1
        device.owned_sessions.clear()


async def test_what_is_lost_of_an_answer_is_kept_and_what_is_usual_is_not():
    async with opened_mbim() as (device, modem):
        caps = bc.DeviceCapsResponse.blank(firmware_info="T1.0", hardware_info="T77")

        def odd(message: MbimMessage) -> bytes:
            (data,) = modem.connection.answer(message, caps)
            return data[:100] + (7).to_bytes(4, "little") + data[104:]

        modem.script(bc.DeviceCapsQuery, odd)
        await device.exchange(bc.DeviceCapsQuery())
        assert device.observed.counts == {"odd-utf16": 1}
        assert device.observed.anomalies[0].text.startswith("basic-connect device-caps: ")
        unknown = bc.RadioStateResponse(hw_radio_state=bc.RadioSwitchState(7), sw_radio_state=ON)
        modem.script(bc.RadioStateQuery, unknown)
        await device.exchange(bc.RadioStateQuery())
        assert device.observed.counts == {"odd-utf16": 1}
        modem.script(bc.DeviceCapsQuery, caps)


async def test_an_answer_that_cannot_be_read_says_to_what():
    async with opened_mbim() as (device, modem):

        def short(message: MbimMessage) -> bytes:
            asked = message.packet
            packet = Packet(
                kind="command-done",
                transaction=asked.transaction,
                service=asked.service,
                cid=asked.cid,
                buffer=bytes(6),
            )
            return build(packet)

        modem.script(bc.RadioStateQuery, short)
        with pytest.raises(DecodeError, match=r"basic-connect radio-state: .*\(at byte"):
            await device.call(bc.RadioStateQuery())
