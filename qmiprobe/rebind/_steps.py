# SPDX-License-Identifier: GPL-2.0-or-later
"""Single steps of a plan, each with its way back."""

from __future__ import annotations

from qmiprobe.rebind._model import DEVICES, DRIVERS, EXAMPLE, Step, Target, Undo
from qmiprobe.rebind._state import State

_CONFIGURATION_S = 15.0
"""Seconds for SET_CONFIGURATION: the kernel gives each request to the modem five."""
NODE_S = 10.0
"""Seconds for a node and a netdev to come."""


def set_to(
    path: str, value: int | str, *, old: int | str | None, why: str, timeout_s: float = 5.0
) -> Step:
    """Write an attribute."""
    undo = None if old is None else Undo(path, str(old))
    expected = None if old is None else str(old)
    return Step(
        op="set", path=path, value=str(value), why=why, expected=expected, undo=undo,
        timeout_s=timeout_s,
    )  # fmt: skip


def fence(state: State, *, up: bool, old: bool | None, why: str) -> Step:
    """Have new interfaces of the bus start without authorization, or with it again."""
    path = f"{DEVICES}/{state.hub}/interface_authorized_default"
    return set_to(path, 0 if up else 1, old=None if old is None else int(not old), why=why)


def configure(state: State, value: int, *, old: int | None, why: str) -> Step:
    """Set a configuration; 0 for none."""
    path = f"{DEVICES}/{state.name}/bConfigurationValue"
    return set_to(path, value, old=old, why=why, timeout_s=_CONFIGURATION_S)


def authorize(name: str, *, old: bool | None, why: str, allow: bool = True) -> Step:
    """Let drivers have an interface (or the whole device), or keep them from it."""
    before = None if old is None else int(old)
    timeout_s = 5.0 if ":" in name else _CONFIGURATION_S
    path = f"{DEVICES}/{name}/authorized"
    return set_to(path, int(allow), old=before, why=why, timeout_s=timeout_s)


def unbind(name: str, driver: str, *, why: str, tolerant: bool = False) -> Step:
    """Take an interface from a driver; ``tolerant``: it may go with the other half of a pair."""
    undo = Undo(f"{DRIVERS}/{driver}/bind", name)
    path = f"{DRIVERS}/{driver}/unbind"
    return Step(
        op="unbind", path=path, value=name, why=why, expected=driver, undo=undo, tolerant=tolerant
    )


def bind(name: str, driver: str, *, why: str, tolerant: bool = False) -> Step:
    """Give an interface to a driver."""
    undo = Undo(f"{DRIVERS}/{driver}/unbind", name)
    path = f"{DRIVERS}/{driver}/bind"
    return Step(
        op="bind", path=path, value=name, why=why, expected="", undo=undo, tolerant=tolerant,
        timeout_s=_CONFIGURATION_S,
    )  # fmt: skip


def modprobe(driver: str, *, why: str) -> Step:
    """Load a driver, also one that is kept out of automatic loading."""
    return Step(op="modprobe", path=f"{DRIVERS}/{driver}", value=driver, why=why)


def add_id(driver: str, text: str, *, why: str) -> Step:
    """Tell a driver of a device."""
    undo = Undo(f"{DRIVERS}/{driver}/remove_id", " ".join(text.split()[:2]))
    path = f"{DRIVERS}/{driver}/new_id"
    return Step(op="add-id", path=path, value=text, why=why, undo=undo)


def remove_id(driver: str, text: str, *, why: str, ours: bool = False) -> Step:
    """Take back what a driver was told; ``ours``: by this very plan."""
    undo = None if ours else Undo(f"{DRIVERS}/{driver}/new_id", text)
    value = " ".join(text.split()[:2])
    path = f"{DRIVERS}/{driver}/remove_id"
    return Step(op="remove-id", path=path, value=value, why=why, undo=undo)


def probe(name: str, *, why: str) -> Step:
    """Offer an interface to all drivers; nobody has to want it."""
    path = "/sys/bus/usb/drivers_probe"
    return Step(op="probe", path=path, value=name, why=why, tolerant=True)


def by_example(state: State, target: Target, others: tuple[int, ...]) -> tuple[Step, ...]:
    """Have qmi_wwan take the control interface, and no other one, though it does not know it."""
    control = state.interface_name(target.control, configuration=target.configuration)
    names = [state.interface_name(one, configuration=target.configuration) for one in others]
    text = f"{state.usb_id.replace(':', ' ')} {EXAMPLE}"
    keep_off = [
        authorize(one, old=True, allow=False, why="an id counts for every interface that is free")
        for one in names
    ]
    let_on = [authorize(one, old=False, why="the others may be had again") for one in names]
    return (
        *keep_off,
        add_id(target.driver, text, why="the driver does not know this modem; like one with DTR"),
        bind(control, target.driver, why="where the id alone did not do it"),
        remove_id(target.driver, text, why="an id left there comes before the tables", ours=True),
        *let_on,
    )
