# SPDX-License-Identifier: GPL-2.0-or-later
"""Control ports over USB: commands, announcements, answers, as cdc-wdm has them."""

from __future__ import annotations

from tests.sim.usb.usbhost import modem_on_bus

VERSIONS = bytes.fromhex("010b00000000000121000000")
"""CTL Get Version Info of transaction 1."""
EC25 = 4, 0x89
"""Interface of QMI, and its interrupt endpoint."""


async def test_a_qmi_command_is_answered_after_an_announcement():
    async with modem_on_bus("ec25") as (host, _):
        await host.enumerate()
        answer = await host.ask(*EC25, VERSIONS)
        assert answer[:6] == bytes((1, len(answer) - 1, 0, 0x80, 0, 0))
        assert answer[6:10] == bytes((1, 1, 0x21, 0))
