# SPDX-License-Identifier: GPL-2.0-or-later
"""Where a modem leaves during a check, the bus is asked what came back in its place."""

from __future__ import annotations

from pathlib import Path

import pytest
from trio.testing import MockClock

from qmiprobe import host
from qmiprobe.address import ControlPort
from qmiprobe.check import CheckOptions, open_context
from qmiprobe.check._check import Check, Result
from qmiprobe.check._context import CheckContext
from qmiprobe.check._followed import followed
from qmiprobe.diagnosis import Facts, Reason

CAME = "usb 2-6: New USB device found, idVendor={}, idProduct={}, bcdDevice= 0.00\n"
LEFT = "usb 2-6: USB disconnect, device number 5\n"
MODEM = host.Modem(bus="usb", name="2-6", id="2c7c:0125")


async def after(folder: Path, log: str, *, error: str | None, bus: str = "usb") -> Facts:
    """Return the facts after a rung that failed, with this log of the kernel."""
    (folder / "dev").mkdir()
    (folder / "dev/kmsg").write_text(log, encoding="utf-8")

    async def fail(context: CheckContext) -> Result:
        if error is not None:
            context.facts.add("port.error", error, source="/dev/cdc-wdm0")
        return Result.failed(Reason.DEFECT, "it failed")

    modem = MODEM if bus == "usb" else host.Modem(bus=bus, name="0000:01:00.0", id="17cb:0306")
    port = ControlPort(name="/dev/cdc-wdm0", open=None, modem=modem)
    rung: Check[CheckContext] = followed(Check("control.answers", (), fail, "answers"))
    async with open_context(port, CheckOptions(sysroot=str(folder))) as context:
        result = await rung.run(context)
        assert result.summary == "it failed"
        return context.facts


@pytest.mark.parametrize(
    ("log", "left", "returned"),
    [
        (CAME.format("2c7c", "0125") + LEFT + CAME.format("05c6", "9008"), True, "05c6:9008"),
        (CAME.format("2c7c", "0125") + LEFT + CAME.format("2c7c", "0125"), True, "2c7c:0125"),
        (CAME.format("2c7c", "0125") + LEFT, True, None),
        (CAME.format("2c7c", "0125"), False, None),
        ("", False, None),
    ],
    ids=["as a boot loader", "as itself", "not at all", "never left", "no log"],
)
async def test_what_came_back_is_read_in_the_kernels_log(
    tmp_path: Path, autojump_clock: MockClock, log: str, left: bool,
    returned: str | None,
):  # fmt: skip
    facts = await after(tmp_path, log, error="gone")
    assert facts.flag("usb.left") is left
    assert facts.text("usb.returned") == returned


@pytest.mark.parametrize(("error", "bus"), [(None, "usb"), ("permission", "usb"), ("gone", "pci")])
async def test_nobody_looks_where_nothing_left_a_usb_bus(
    tmp_path: Path, error: str | None, bus: str
):
    facts = await after(tmp_path, CAME.format("05c6", "9008"), error=error, bus=bus)
    assert "usb.left" not in facts
