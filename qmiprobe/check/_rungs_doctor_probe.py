# SPDX-License-Identifier: GPL-2.0-or-later
"""The doctor's rung that asks the modem what sysfs cannot tell: how it frames packets."""

from __future__ import annotations

from qmiprobe.check._check import Result
from qmiprobe.check._context import CheckContext
from qmiprobe.check._evidence import measured
from qmiprobe.diagnosis import Reason


async def netdev_raw_ip(context: CheckContext) -> Result:
    """The driver frames packets as the modem does, where somebody has set it up."""
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
    evidence = (
        measured("raw_ip", "Y" if raw_ip else "N", source=facts.source("netdev.raw_ip")),
        measured("link layer protocol", expected, source="WDA Get Data Format"),
    )
    if expected == mine:
        facts.add("netdev.expected_format", expected, source="WDA Get Data Format")
        return Result.passed(f"both speak {mine}", *evidence)
    text = f"{name} speaks {mine}, the modem {expected}"
    # 802.3 is how the driver begins: whoever opens a session sets it, with the netdev down.
    if not raw_ip and facts.flag("netdev.up") is False:
        return Result.passed(f"{text}; it has to be set before the netdev is used", *evidence)
    facts.add("netdev.expected_format", expected, source="WDA Get Data Format")
    return Result.failed(Reason.DEFECT, text, *evidence)
