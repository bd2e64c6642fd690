# SPDX-License-Identifier: GPL-2.0-or-later
"""Whatever somebody did to a modem before: a rebind gets it right, or leaves it as it was."""

from __future__ import annotations

import tempfile
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from qmiprobe.rebind import Plan, differences, open_journal, read_leftover
from qmiprobe.rebind._engine import Engine
from tests.rebind.around import Manager, Port, plan_of, state_of
from tests.rebind.kernel import Kernel, Killed
from tests.rebind.test_engine import _stop_at, rebound

DEVICE = "/sys/bus/usb/devices/2-6"
DRIVERS = ("qmi_wwan", "cdc_mbim", "option", "qcserial", "usbserial_generic")
_number, _driver = some.integers(0, 13), some.sampled_from(DRIVERS)
CHANGES = some.one_of(
    some.tuples(some.just(f"{DEVICE}/bConfigurationValue"), some.sampled_from("0123")),
    some.tuples(some.just(f"{DEVICE}/authorized"), some.sampled_from("01")),
    some.tuples(some.just("/sys/bus/usb/devices/usb2/interface_authorized_default"),
                some.sampled_from("01")),
    some.tuples(some.just("authorized"), _number, some.sampled_from("01")),
    some.tuples(some.sampled_from(("bind", "unbind")), _number, _driver),
    some.tuples(some.just("new_id"), _driver),
    some.tuples(some.just("rmmod"), _driver),
)  # fmt: skip
PROFILES = some.sampled_from(("lt4112", "em7455", "ec25", "me909s"))


def changed(kernel: Kernel, change: tuple[str | int, ...]) -> None:
    """Do to the machine what somebody may have done."""
    what, *words = change
    name = f"2-6:{kernel.configuration}.{words[0]}"
    if what == "authorized":
        kernel._write(f"{DEVICE}:{kernel.configuration}.{words[0]}/authorized", str(words[1]))
    elif what in ("bind", "unbind"):
        kernel._write(f"/sys/bus/usb/drivers/{words[1]}/{what}", name)
    elif what == "new_id":
        usb = kernel.profile.usb
        text = f"{usb.vendor:04x} {usb.product:04x}"
        kernel._write(f"/sys/bus/usb/drivers/{words[0]}/new_id", text)
    elif what == "rmmod":
        for number, driver in list(kernel.bound.items()):
            if driver == words[0]:
                kernel._unbind(number)
        kernel.dynamic_ids.pop(str(words[0]), None)
        kernel.loaded.discard(str(words[0]))
    else:
        kernel._write(str(what), str(words[0]))


@given(
    profile=PROFILES,
    changes=some.lists(CHANGES, max_size=6),
    where=some.integers(1, 24),
    after=some.booleans(),
    finish=some.booleans(),
)
@settings(max_examples=80, deadline=None)
async def test_from_any_start_it_is_mended_or_as_before_wherever_it_was_killed(
    profile: str, changes: list[tuple[str | int, ...]], where: int, *, after: bool, finish: bool
):
    kernel = Kernel.with_modem(profile)
    for change in changes:
        with suppress(OSError):
            changed(kernel, change)
    before = state_of(kernel)
    plan = plan_of(kernel)
    if not isinstance(plan, Plan):
        return
    _stop_at(kernel, -where if after else where, Killed())
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with suppress(Killed):
            assert (await rebound(kernel, folder)).outcome == "applied"
        kernel.dead = False
        kernel.before_write = lambda number: None
        if read_leftover(str(folder / "journal")) is None:
            return
        if finish:
            assert (await rebound(kernel, folder)).outcome == "applied"
            now = state_of(kernel)
            assert (now.fence, now.power) == (before.fence, before.power)
            assert now.interface(plan.target.control).driver == plan.target.driver  # type: ignore[union-attr]
            return
        with open_journal(str(folder / "journal")) as journal:
            assert journal.leftover is not None
            engine = Engine(kernel, journal, Manager().inhibited, Port(kernel))
            left = await engine.roll_back(journal.leftover.before)
        if left:
            pytest.fail(f"{left}: {changes}, {kernel.writes}")
        assert differences(state_of(kernel), before) == ()
