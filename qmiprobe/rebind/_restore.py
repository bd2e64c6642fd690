# SPDX-License-Identifier: GPL-2.0-or-later
"""The way back: from whatever is there now to the state before; no I/O.

It is worked out from the two states and not from what was done, so that it is right also after a
run that was killed in the middle of a step, and after a step that did something else as well.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from qmiprobe.host import PAIRED
from qmiprobe.rebind import _steps as steps
from qmiprobe.rebind._model import DEVICES, Step
from qmiprobe.rebind._state import InterfaceState, State

_WHY = "as it was"


def restoring(now: State, before: State) -> tuple[Step, ...]:
    """Return what leads back; empty where all is as it was.

    The last steps put the fence and power back. What the first ones do may change more than they
    say (an id offers interfaces to its driver), so: do them, look, and ask again.
    """
    changes = tuple(_changes(now, before))
    return (*_before_changes(now, before, changes), *changes, *_after_changes(now, before, changes))


def since_replugged(now: State, before: State) -> State:
    """Return what is to be put back where the modem was plugged in again since.

    That took all of its own with it; what is left is its bus's, and what drivers were told.
    """
    return replace(now, fence=before.fence, dynamic_ids=before.dynamic_ids)


def _switches(now: State, before: State) -> bool:
    return now.configuration != before.configuration or now.authorized != before.authorized


def _before_changes(now: State, before: State, changes: tuple[Step, ...]) -> Iterator[Step]:
    if changes and _switches(now, before) and now.fence is False:
        yield steps.fence(now, up=True, old=False, why="nobody else may be quicker")


def _after_changes(now: State, before: State, changes: tuple[Step, ...]) -> Iterator[Step]:
    raised = bool(changes) and _switches(now, before) and now.fence is False
    if before.fence is not None and (now.fence != before.fence or raised):
        yield steps.fence(now, up=before.fence, old=None, why=_WHY)
    if before.power is not None and now.power != before.power:
        path = f"{DEVICES}/{now.name}/power/control"
        yield steps.set_to(path, before.power, old=None, why=_WHY)


def _changes(now: State, before: State) -> Iterator[Step]:
    for driver in _told_more(now, before):
        text = next(one for name, one in now.dynamic_ids if name == driver)
        yield steps.remove_id(driver, text, why="it was not there before", ours=True)
    if not before.authorized:
        if now.authorized:
            yield steps.authorize(now.name, old=None, allow=False, why=_WHY)
        yield from _ids(now, before)
        return
    if not now.authorized:
        yield steps.authorize(now.name, old=None, why=_WHY)
    if now.configuration != before.configuration or not now.authorized:
        yield steps.configure(now, before.configuration, old=None, why=_WHY)
        yield from _wait(before)
        # Its interfaces are new ones by now, and nobody has them.
        now = _fresh(now, before)
    wrong = [one for one in before.interfaces if _driver(now, one) != one.driver]
    for one in wrong:
        has = _driver(now, one)
        if has is not None:
            yield steps.unbind(before.interface_name(one.number), has, why=_WHY)
    yield from _ids(now, before)
    for one in before.interfaces:
        there = now.interface(one.number)
        if there is None or (one.authorized and not there.authorized):
            name = before.interface_name(one.number)
            yield steps.authorize(name, old=None, why=_WHY)
    for one in _in_order(wrong, before):
        assert one.driver is not None
        name = before.interface_name(one.number)
        # The second half of a pair comes with the first, and cannot be had by itself.
        yield steps.bind(name, one.driver, why=_WHY, tolerant=one.driver in PAIRED)
    for one in before.interfaces:
        there = now.interface(one.number)
        if not one.authorized and (there is None or there.authorized):
            name = before.interface_name(one.number)
            yield steps.authorize(name, old=None, allow=False, why=_WHY)
    yield from _formats(now, before)


def _in_order(wrong: list[InterfaceState], before: State) -> list[InterfaceState]:
    """Those that had a driver: pairs by their control interfaces, which have the lower number."""
    return sorted((one for one in wrong if one.driver is not None), key=lambda one: one.number)


def _ids(now: State, before: State) -> Iterator[Step]:
    more = _told_more(now, before)
    # To remove an id is to remove all of the modem's at that driver.
    there = Counter(one for one in now.dynamic_ids if one[0] not in more)
    for driver, text in (Counter(before.dynamic_ids) - there).elements():
        yield steps.add_id(driver, text, why="it was there before")


def _told_more(now: State, before: State) -> list[str]:
    """The drivers that have an id of the modem that they did not have before."""
    more = Counter(now.dynamic_ids) - Counter(before.dynamic_ids)
    return sorted({driver for driver, _ in more})


def _formats(now: State, before: State) -> Iterator[Step]:
    for one in before.interfaces:
        there = now.interface(one.number)
        has = there.raw_ip if there is not None and there.driver == one.driver else False
        if one.raw_ip is not None and has != one.raw_ip:
            path = f"{DEVICES}/{before.interface_name(one.number)}/net"
            yield Step(op="raw-ip", path=path, value="Y" if one.raw_ip else "N", why=_WHY)


def _driver(now: State, one: InterfaceState) -> str | None:
    there = now.interface(one.number)
    return there.driver if there is not None else None


def _wait(before: State) -> Iterator[Step]:
    if before.configuration:
        text = f"interfaces {', '.join(str(one.number) for one in before.interfaces)}"
        path = f"{DEVICES}/{before.name}:{before.configuration}.*"
        yield Step(op="wait", path=path, value=text, why="the kernel makes them one by one")


def _fresh(now: State, before: State) -> State:
    """As it was, but that nobody has the interfaces yet; ids are the drivers' and stay."""
    free = tuple(
        replace(one, driver=None, authorized=False, raw_ip=None) for one in before.interfaces
    )
    return replace(before, interfaces=free, dynamic_ids=now.dynamic_ids)


def without_modem(before: State, *, fence: bool | None) -> tuple[Step, ...]:
    """Return what leads back where the modem is gone; ``fence``: whether it is up now."""
    found: list[Step] = []
    told = {driver for driver, _ in before.dynamic_ids}
    if "qmi_wwan" not in told:
        ids = before.usb_id.replace(":", " ")
        found.append(steps.remove_id("qmi_wwan", ids, why="it was not there before", ours=True))
    if before.fence is not None and fence != before.fence:
        found.append(steps.fence(before, up=before.fence, old=None, why=_WHY))
    return tuple(found)
