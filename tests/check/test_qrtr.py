# SPDX-License-Identifier: GPL-2.0-or-later
"""The ladder on a QRTR node, on a network in memory: no kernel of the tests has one."""

from __future__ import annotations

import pytest

from qmiprobe.address import parse, resolve
from qmiprobe.check import LADDER, CheckOptions, Report, climb, open_context
from qmiprobe.device import _qrtr as qrtr
from qmiprobe.qmi._codec import QmiMessage
from qmiprobe.qmi.services import dms
from qmiprobe.qmi.services._shared import Error
from tests.device.fake_qrtr import MODEM, FakeNetwork, a_modem

pytestmark = pytest.mark.autojump


def online(asked: QmiMessage) -> dms.GetOperatingModeResponse | Error:
    if isinstance(asked.body, dms.GetOperatingMode):
        return dms.GetOperatingModeResponse(mode=dms.OperatingMode.ONLINE)
    return Error.INVALID_QMI_COMMAND


async def climbed(
    monkeypatch: pytest.MonkeyPatch, network: FakeNetwork, address: str, only: str
) -> Report:
    original = qrtr.open_qrtr

    async def opened(node: int) -> qrtr.QrtrTransport:
        return await original(node, system=network)

    monkeypatch.setattr(qrtr, "open_qrtr", opened)
    async with (
        resolve(parse(address)) as port,
        open_context(port, CheckOptions()) as context,
    ):
        return await climb(LADDER, context, timeout=50, only=only)


async def test_the_control_rungs_are_climbed_without_usb_or_node(monkeypatch: pytest.MonkeyPatch):
    network, served = a_modem()
    network.replies[served.address] = online
    report = await climbed(monkeypatch, network, f"qrtr:{MODEM}", "control.answers")
    outcomes = {one.check: str(one.outcome) for one in report.verdicts}
    assert [name for name, outcome in outcomes.items() if outcome == "pass"] == [
        *("port.open", "control.protocol", "control.answers"),
    ]
    assert outcomes["port.node"] == outcomes["usb.enumerated"] == "skipped"
    assert report.exit_status == 0
    assert network.sockets == {}


async def test_a_node_that_is_not_there_cannot_be_tested(monkeypatch: pytest.MonkeyPatch):
    network, _ = a_modem()
    report = await climbed(monkeypatch, network, "qrtr:9", "control.answers")
    failure = report.first_failure
    assert failure is not None
    assert (failure.check, failure.reason) == ("port.open", "cannot-test")
    assert "no such QRTR node" in failure.summary
    assert report.exit_status == 3
