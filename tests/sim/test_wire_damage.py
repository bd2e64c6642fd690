# SPDX-License-Identifier: GPL-2.0-or-later
"""Each damaged answer is what its fault's name says, as a host sees it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import partial

import pytest
import trio

from qmiprobe._events import Malformed, Unmatched
from qmiprobe._framing import Garbage
from qmiprobe.errors import DeviceGone
from qmiprobe.mbim.services import basic_connect as bc
from qmiprobe.mbim.services._shared import ProtocolError, Status
from qmiprobe.qmi._frame import QmuxFramer
from qmiprobe.qmi.services import dms
from qmiprobe.sim import SimulatedModem, serve_pty
from qmiprobe.sim._memory_port import open_simulated
from qmiprobe.transport import open_wdm
from tests.sim.hosts import MbimHost, QmiHost, mbim_modem, qmi_modem


def seen(strange: list[object]) -> list[str]:
    """Return what a host saw that was no answer: kinds, and why bytes meant nothing."""
    return [
        one.kind if isinstance(one, Unmatched) else str(one.error)
        for one in strange
        if isinstance(one, (Unmatched, Malformed))
    ]


async def ask_in_vain(host: QmiHost | MbimHost, client: int = 0) -> list[str]:
    with trio.move_on_after(0.3):
        if isinstance(host, QmiHost):
            await host.ask(dms.GetModel(), client=client)
        else:
            await host.ask(bc.DeviceCapsQuery())
        raise AssertionError("it was answered")
    return seen(host.strange)


@pytest.mark.autojump
@pytest.mark.parametrize(
    ("fault", "expected"),
    [
        ("wrong-transaction", "wrong-transaction"),
        ("wrong-service", "wrong-service"),
        ("wrong-message", "wrong-message"),
        ("truncated", "QMUX length says"),
        ("length-lie", "QMUX length says"),
        ("tlv-overrun", "TLV 0x02 says"),
    ],
)
async def test_a_damaged_qmi_answer(fault: str, expected: str):
    async with qmi_modem(fault) as (_, host):
        client = await host.allocate("dms")
        found = await ask_in_vain(host, client)
        assert len(found) == 1
        assert found[0].startswith(expected)


@pytest.mark.autojump
@pytest.mark.parametrize(
    ("fault", "expected"),
    [
        ("wrong-transaction", "wrong-transaction"),
        ("wrong-service", "wrong-service"),
        ("wrong-message", "wrong-message"),
        ("truncated", "length says"),
        ("length-lie", "length says"),
        ("buffer-length-lie", "buffer length says"),
        ("offset-outside", ""),
        ("fragments-swapped", "fragment 2 of"),
        ("fragments-missing", "fragment 2 of"),
        ("fragments-mixed", "fragment 1 of"),
        ("fragments-total", "fragment 1 of"),
    ],
)
async def test_a_damaged_mbim_answer(fault: str, expected: str):
    async with mbim_modem(fault) as (_, host):
        found = await ask_in_vain(host)
        assert found
        assert found[0].startswith(expected)


async def test_damage_to_what_the_device_is_spares_other_answers():
    for fault in ("offset-outside", "short-buffer", "failure-with-buffer", "status-777"):
        async with mbim_modem(fault) as (_, host):
            assert (await host.call(bc.RadioStateQuery())).hw_radio_state


async def test_refusals_of_device_caps():
    async with mbim_modem("failure-with-buffer") as (_, host):
        answer = await host.ask(bc.DeviceCapsQuery())
        assert answer.status == Status.FAILURE
        assert isinstance(answer.body, bc.DeviceCapsResponse)
    async with mbim_modem("status-777") as (_, host):
        answer = await host.ask(bc.DeviceCapsQuery())
        assert answer.status == 777
        assert answer.body is None


async def test_odd_text_is_read_with_a_note():
    async with mbim_modem("odd-utf16") as (_, host):
        answer = await host.ask(bc.DeviceCapsQuery())
        assert "odd-utf16" in [note.code for note in answer.notes]


async def test_an_unknown_qmi_error():
    async with qmi_modem("error-65000") as (_, host):
        client = await host.allocate("dms")
        assert await host.refused(dms.GetModel(), client=client) == 65000
        assert (await host.call(dms.GetIds(), client=client)).imei


async def test_duplicates_and_stale_answers_come_beside_the_right_ones():
    async with qmi_modem("duplicate") as (_, host):
        client = await host.allocate("dms")
        for _ in range(3):
            assert (await host.call(dms.GetModel(), client=client)).model == "EC25"
        assert set(seen(host.strange)) == {"duplicate"}
    async with mbim_modem("stale-first") as (_, mbim):
        for _ in range(3):
            await mbim.call(bc.DeviceCapsQuery())
        assert len(seen(mbim.strange)) == 1


@pytest.mark.autojump
async def test_late_answers_are_a_second_and_a_half_late():
    async with qmi_modem("late") as (_, host):
        start = trio.current_time()
        await host.allocate("dms")
        assert trio.current_time() - start == pytest.approx(1.5)


@pytest.mark.parametrize(("fault", "byte"), [("garbage-zeros", b"\0"), ("garbage-ones", b"\xff")])
async def test_garbage_comes_before_answers(fault: str, byte: bytes):
    async with qmi_modem(fault) as (_, host):
        client = await host.allocate("dms")
        _, frame = host.connection.request(dms.GetModel(), client=client, now=0)
        await host.transport.send(frame)
        assert await host.transport.receive() == Garbage(40 * byte)
    async with serve_pty(SimulatedModem("ec25", faults=[fault])) as path:
        transport = await open_wdm(path, QmuxFramer())
        host = QmiHost(transport)
        client = await host.allocate("dms")
        _, frame = host.connection.request(dms.GetModel(), client=client, now=0)
        await transport.send(frame)
        with trio.fail_after(2):
            assert await transport.receive() == Garbage(40 * byte)
            assert (await transport.receive()).data[9:11] == b"\x22\x00"
        await transport.aclose()


@pytest.mark.parametrize("profile", ["ec25", "em7455"])
async def test_an_unplugged_modem_is_gone(profile: str):
    modem = SimulatedModem(profile, faults=["unplugged"])
    async with open_simulated(modem) as open_port:
        transport = open_port()
        qmi, mbim = QmiHost(transport), MbimHost(transport)
        asking: Callable[[], Awaitable[object]]
        if profile == "ec25":
            client = await qmi.allocate("dms")
            asking = partial(qmi.ask, dms.GetModel(), client=client)
        else:
            await mbim.open()
            asking = partial(mbim.ask, bc.DeviceCapsQuery())
        with pytest.raises(DeviceGone):
            await asking()


async def test_small_fragments_and_indications_first_do_no_harm():
    async with mbim_modem("fragments") as (modem, host):
        assert (await host.call(bc.DeviceCapsQuery())).device_id == modem.profile.identity.imei
    async with mbim_modem("indication-first") as (_, host):
        await host.call(bc.DeviceCapsQuery())
        assert (await host.told(bc.SignalStateNotification)).rssi == 20


@pytest.mark.autojump
async def test_the_ways_in_which_open_goes_wrong():
    def modem(fault: str) -> SimulatedModem:
        return SimulatedModem("em7455", faults=[fault])

    async with open_simulated(modem("open-busy-twice")) as open_port:
        host = MbimHost(open_port())
        statuses = [(await host.open()).status for _ in range(3)]
        assert statuses == [Status.BUSY, Status.BUSY, Status.NONE]
    async with open_simulated(modem("open-busy")) as open_port:
        host = MbimHost(open_port())
        assert {int((await host.open()).status or 0) for _ in range(5)} == {1}
    async with open_simulated(modem("stale-close-done")) as open_port:
        host = MbimHost(open_port())
        assert (await host.open()).status == Status.NONE
        assert seen(host.strange) == ["stale"]
    async with open_simulated(modem("open-wrong-transaction")) as open_port:
        host = MbimHost(open_port())
        with trio.move_on_after(0.3):
            await host.open()
        assert seen(host.strange) == ["wrong-transaction"]


async def test_a_small_function_opens_for_small_transfers_only():
    async with open_simulated(SimulatedModem("em7455", faults=["max-transfer"])) as open_port:
        transport = open_port()
        host = MbimHost(transport)
        _, data = host.connection.open(now=0)
        await transport.send(data)
        item = await transport.receive()
        assert item.data[12:] == int(ProtocolError.MAX_TRANSFER).to_bytes(4, "little")
        host = MbimHost(transport)
        host.connection.max_control_transfer = 512
        assert (await host.open()).status == Status.NONE


async def test_a_function_that_was_closed_once():
    async with mbim_modem("not-opened-once") as (_, host):
        assert (await host.ask(bc.DeviceCapsQuery())).error == ProtocolError.NOT_OPENED
        await host.open()
        assert (await host.call(bc.DeviceCapsQuery())).device_id
