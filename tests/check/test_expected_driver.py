# SPDX-License-Identifier: GPL-2.0-or-later
"""``--expect-driver``: also where no table knows the modem, and where nothing is to be seen."""

from __future__ import annotations

import pytest

from qmiprobe.address import ControlPort
from qmiprobe.check._context import CheckOptions, open_context
from qmiprobe.check._rungs_usb import driver_bound
from qmiprobe.diagnosis import Outcome, Reason
from qmiprobe.host import Modem, Port

PCI = Modem(bus="pci", name="0000:01:00.0", id="17cb:0308")
PORT = Port(
    path="/dev/wwan0mbim0",
    protocol="mbim",
    driver="mhi-pci-generic",
    interface=None,
    device=PCI.name,
)


async def outcome(port: ControlPort, expected: str | None) -> tuple[Outcome, Reason | None]:
    async with open_context(port, CheckOptions(expect_driver=expected)) as context:
        result = await driver_bound(context)
    return result.outcome, result.reason


@pytest.mark.parametrize(
    ("expected", "wanted"),
    [
        (None, (Outcome.PASS, None)),
        ("mhi-pci-generic", (Outcome.PASS, None)),
        ("mtk_t7xx", (Outcome.FAIL, Reason.DEFECT)),
    ],
)
async def test_the_driver_of_a_port_is_compared_where_no_interface_is_known(
    expected: str | None, wanted: tuple[Outcome, Reason | None]
):
    port = ControlPort(name=PORT.path, open=None, modem=PCI, port=PORT)
    assert await outcome(port, expected) == wanted


async def test_a_driver_that_is_expected_where_none_can_be_seen_was_not_tested():
    port = ControlPort(name="/dev/pts/7", open=None)
    assert await outcome(port, "qmi_wwan") == (Outcome.FAIL, Reason.CANNOT_TEST)
    assert await outcome(port, None) == (Outcome.SKIPPED, None)


async def test_a_simulated_modem_has_no_driver():
    port = ControlPort(name="sim:ec25", open=None, simulated=True)
    assert await outcome(port, "qmi_wwan") == (Outcome.SKIPPED, None)
