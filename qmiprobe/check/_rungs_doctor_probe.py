# SPDX-License-Identifier: GPL-2.0-or-later
"""The doctor's rung that asks the modem what sysfs cannot tell: how it frames packets."""

from __future__ import annotations

from qmiprobe.check._check import Result
from qmiprobe.check._context import CheckContext
from qmiprobe.check._evidence import measured
from qmiprobe.diagnosis import Reason


async def netdev_raw_ip(context: CheckContext) -> Result:
    """The driver frames packets as the modem does."""
    facts, name = context.facts, context.port.netdev
    raw_ip = facts.flag("netdev.raw_ip")
    if name is None or raw_ip is None:
        return Result.skipped("only netdevs of qmi_wwan have two formats")
    said = await context.the_modem.data_format()
    if said is None:
        return Result.skipped("the modem does not say its format (no WDA service)")
    expected = {"802-3": "802.3"}.get(said, said)
    mine = "raw-ip" if raw_ip else "802.3"
    facts.add("netdev.format", mine, source=facts.source("netdev.raw_ip"))
    facts.add("netdev.expected_format", expected, source="WDA Get Data Format")
    evidence = (
        measured("raw_ip", "Y" if raw_ip else "N", source=facts.source("netdev.raw_ip")),
        measured("link layer protocol", expected, source="WDA Get Data Format"),
    )
    if expected != mine:
        text = f"{name} speaks {mine}, the modem {expected}"
        return Result.failed(Reason.DEFECT, text, *evidence)
    return Result.passed(f"both speak {mine}", *evidence)
