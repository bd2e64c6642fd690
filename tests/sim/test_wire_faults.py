# SPDX-License-Identifier: GPL-2.0-or-later
"""What faults do to messages on their way out."""

from __future__ import annotations

import pytest
import trio

from qmiprobe._events import Unmatched
from qmiprobe.mbim.services import basic_connect as bc
from qmiprobe.qmi.services import ctl, dms
from qmiprobe.qmi.services._shared import Error, Service
from qmiprobe.sim import SimulatedModem
from qmiprobe.sim._memory_port import open_simulated
from tests.sim.hosts import MbimHost, QmiHost, qmi_modem


async def unanswered(asking: object) -> bool:
    """Whether a question gets no answer in time."""
    assert callable(asking)
    with trio.move_on_after(0.3) as scope:
        await asking()
    return scope.cancelled_caught


@pytest.mark.autojump
async def test_a_mute_qmi_modem_answers_nothing():
    async with qmi_modem("mute") as (_, host):
        assert await unanswered(lambda: host.ask(ctl.GetVersionInfo()))


@pytest.mark.autojump
async def test_a_mute_mbim_modem_answers_nothing():
    modem = SimulatedModem("em7455", faults=["mute"])
    async with open_simulated(modem) as open_port:
        assert await unanswered(MbimHost(open_port()).open)


@pytest.mark.autojump
async def test_a_modem_that_falls_silent_answers_the_first_question_only():
    async with qmi_modem("mute-after-first") as (_, host):
        await host.call(ctl.GetVersionInfo())
        assert await unanswered(lambda: host.ask(ctl.AllocateCid(service_=Service.DMS)))
    modem = SimulatedModem("em7455", faults=["mute-after-first"])
    async with open_simulated(modem) as open_port:
        mbim = MbimHost(open_port())
        assert (await mbim.open()).status == 0
        assert await unanswered(lambda: mbim.ask(bc.DeviceCapsQuery()))


@pytest.mark.autojump
async def test_wrong_transactions_spare_ctl():
    async with qmi_modem("wrong-transaction") as (_, host):
        client = await host.allocate("dms")
        assert await unanswered(lambda: host.ask(dms.GetModel(), client=client))
        assert [one.kind for one in host.strange if isinstance(one, Unmatched)] == [
            "wrong-transaction"
        ]


@pytest.mark.autojump
async def test_wrong_transactions_spare_open():
    modem = SimulatedModem("em7455", faults=["wrong-transaction"])
    async with open_simulated(modem) as open_port:
        host = MbimHost(open_port())
        assert (await host.open()).status == 0
        assert await unanswered(lambda: host.ask(bc.DeviceCapsQuery()))
        assert [one.kind for one in host.strange if isinstance(one, Unmatched)] == [
            "wrong-transaction"
        ]


@pytest.mark.autojump
async def test_client_ids_can_be_exhausted_from_the_start():
    async with qmi_modem("client-ids-exhausted") as (_, host):
        refusal = await host.refused(ctl.AllocateCid(service_=Service.DMS))
        assert refusal == Error.CLIENT_IDS_EXHAUSTED


@pytest.mark.autojump
@pytest.mark.parametrize("count", [1, 3])
async def test_several_ports_have_the_fault_alike(count: int):
    modem = SimulatedModem("ec25", faults=["mute"])
    async with open_simulated(modem) as open_port:
        for _ in range(count):
            host = QmiHost(open_port())
            assert await unanswered(lambda host=host: host.ask(ctl.GetVersionInfo()))
