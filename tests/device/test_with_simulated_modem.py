# SPDX-License-Identifier: GPL-2.0-or-later
"""Both devices on the simulated modem: healthy, cancelled at any moment, with faults."""

from __future__ import annotations

import pytest
import trio

from qmiprobe.device import QmiClient, mbim_device, qmi_device
from qmiprobe.errors import DecodeError, MbimProtocolError, NoAnswer
from qmiprobe.mbim.services import basic_connect as bc
from qmiprobe.qmi.services import ctl, dms, nas, wds
from qmiprobe.sim import SimulatedModem, open_simulated
from qmiprobe.transport import MemoryTransport
from tests.device.lag import lagging

pytestmark = pytest.mark.autojump


def _held(modem: SimulatedModem) -> list[tuple[int, int]]:
    return modem.face.connection.clients.held()  # type: ignore[union-attr]


async def test_a_healthy_qmi_modem_shows_no_anomaly_and_gets_all_ids_back():
    modem = SimulatedModem("ec25")
    async with open_simulated(modem) as open_port, qmi_device(open_port()) as device:
        await device.call(ctl.GetVersionInfo())
        async with device.client("dms") as dms_client, device.client("nas") as nas_client:
            assert "EC25" in (await dms_client.call(dms.GetModel())).model
            await nas_client.call(nas.GetServingSystem())
            assert len(_held(modem)) == 2
        assert _held(modem) == []
        assert device.observed.anomalies == []


async def test_a_healthy_mbim_modem_shows_no_anomaly():
    modem = SimulatedModem("em7455")
    async with open_simulated(modem) as open_port:
        async with mbim_device(open_port()) as device:
            caps = await device.call(bc.DeviceCapsQuery())
            assert caps.max_sessions > 0
        assert device.observed.anomalies == []
        assert not device.left_open


async def _ask(port: MemoryTransport, protocol: str) -> None:
    """Ask a few things in one protocol."""
    if protocol == "qmi":
        async with qmi_device(port) as device, device.client("dms") as client:
            for _ in range(3):
                await client.call(dms.GetModel(), timeout=2)
    else:
        async with mbim_device(port, timeout=2) as mbim:
            for _ in range(3):
                await mbim.call(bc.DeviceCapsQuery(), timeout=2)


@pytest.mark.parametrize(("profile", "other"), [("ec25", "mbim"), ("em7455", "qmi")])
async def test_each_protocol_is_silent_to_the_other(profile: str, other: str):
    async with open_simulated(SimulatedModem(profile)) as open_port:
        with pytest.raises(NoAnswer):
            await _ask(open_port(), other)
    assert trio.current_time() <= 5


@pytest.mark.parametrize("moment", range(0, 60, 2))
async def test_cancelled_at_any_moment_a_start_leaves_no_call_and_no_id(moment: int):
    modem = SimulatedModem("ec25")
    async with open_simulated(modem) as open_port, lagging(open_port(), 0.05) as port:
        with trio.move_on_after(moment / 100):
            async with qmi_device(port) as device, device.client("wds") as client:
                await _start(client)
        await trio.sleep(5)
        assert _held(modem) == []
        assert modem.state.sessions.numbers == []
        assert device.held == set()


async def _start(client: QmiClient) -> None:
    await client.call(wds.SetIpFamily(preference=wds.IpFamily.IPV4))
    await client.call(wds.StartNetwork(ip_family_preference=wds.IpFamily.IPV4))
    await trio.sleep_forever()


@pytest.mark.parametrize("profile", ["ec25", "em7455"])
@pytest.mark.parametrize(
    "fault",
    [
        "mute",
        "mute-after-first",
        "wrong-transaction",
        "wrong-service",
        "wrong-message",
        "truncated",
        "length-lie",
    ],
)
async def test_faults_of_messages_are_errors_in_bounded_time(profile: str, fault: str):
    modem = SimulatedModem(profile, faults=[fault])
    async with open_simulated(modem) as open_port:
        with pytest.raises((NoAnswer, DecodeError)):
            await _ask(open_port(), modem.profile.protocol)
    assert trio.current_time() < 10


async def test_a_second_program_that_closes_makes_ours_not_opened():
    modem = SimulatedModem("em7455")
    async with open_simulated(modem) as open_port:
        port = open_port()
        async with mbim_device(port) as device:
            await device.close()
            with pytest.raises(MbimProtocolError, match="not-opened"):
                await device.call(bc.DeviceCapsQuery())
