# SPDX-License-Identifier: GPL-2.0-or-later
"""From a state and a target to the steps between them; no I/O.

The same steps finish what a killed run began: what is done already is left out, and what such a
run had put up for the time of its work (the fence, an id, power) is put back to what it was
before it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from qmiprobe.host import Modem, Module
from qmiprobe.rebind import _steps as steps
from qmiprobe.rebind._model import DEVICES, Plan, Step, Target
from qmiprobe.rebind._state import InterfaceState, State

_SERIAL = frozenset({"option", "qcserial", "sierra", "usbserial_generic", "hso", "usbserial"})
_UNCONFIGURE_FIRST = frozenset({"12d1"})
"""Vendors of modems that may want to be unconfigured before another configuration."""


def make_plan(
    modem: Modem,
    *,
    state: State,
    target: Target,
    modules: Mapping[str, Module],
    before: State | None = None,
    folder: str | None = None,
    unconfigure: bool | None = None,
    refusals: tuple[str, ...] = (),
    notes: tuple[str, ...] = (),
) -> Plan:
    """Return what leads from ``state`` to ``target``.

    ``before``: the state before a run that was killed. ``folder``: the device's own in sysfs, by
    which ModemManager knows it. ``unconfigure``: whether to set no
    configuration before another one; None: where the modem is known to need it.
    """
    making = _Making(modem, state, before or state, target, modules, unconfigure)
    path = folder or f"{DEVICES}/{state.name}"
    work = tuple(making.work())
    asking = tuple(making.asking())
    around = (_inhibit(path), *work) if work else ()
    return Plan(
        state=state,
        before=before or state,
        target=target,
        steps=(*around, *asking),
        right=not work,
        refusals=refusals,
        notes=notes,
    )


def _inhibit(path: str) -> Step:
    why = "ModemManager lets go of the modem meanwhile, and may have it again afterwards"
    return Step(op="inhibit", path=path, value=path, why=why)


class _Making:
    def __init__(
        self,
        modem: Modem,
        state: State,
        before: State,
        target: Target,
        modules: Mapping[str, Module],
        unconfigure: bool | None,
    ) -> None:
        self._modem, self._target, self._modules = modem, target, modules
        self._state, self._before = state, before
        vendor = state.usb_id.partition(":")[0]
        self._unconfigure = vendor in _UNCONFIGURE_FIRST if unconfigure is None else unconfigure
        self._switch = state.configuration != target.configuration
        self._began_elsewhere = before.configuration != target.configuration
        self._control = state.interface(target.control) if not self._switch else None

    def work(self) -> Iterator[Step]:
        """Everything that changes something; empty where there is nothing to change."""
        inner = [*self._ids(), *self._configuration(), *self._thieves(), *self._binding()]
        inner += self._others()
        after = [*self._lift()]
        if inner or after:
            yield from self._raise() if inner else ()
            yield from inner
            yield from self._lift_after(bool(inner), after)

    def asking(self) -> Iterator[Step]:
        """What shows that it worked."""
        state, target = self._state, self._target
        yield Step(
            op="verify", path=state.name, value=target.protocol, timeout_s=40.0,
            why=f"the port has to answer in {target.protocol.upper()}, on this very interface",
        )  # fmt: skip
        if target.driver == "qmi_wwan":
            yield Step(
                op="format", path=state.name, value="raw_ip", timeout_s=20.0,
                why="the netdev has to carry what the modem sends: bare IP packets or Ethernet",
            )  # fmt: skip

    def _raise(self) -> Iterator[Step]:
        """The fence goes up where interfaces are to come; the modem stays awake."""
        state = self._state
        if self._fences and state.fence is False:
            yield steps.fence(
                state, up=True, old=False, why="no other driver may be quicker: the new "
                "interfaces of this bus start without authorization",
            )  # fmt: skip
        if state.power == "auto":
            path = f"{DEVICES}/{state.name}/power/control"
            yield steps.set_to(path, "on", old="auto", why="the modem stays awake meanwhile")

    @property
    def _fences(self) -> bool:
        return self._switch or not self._state.authorized

    def _lift(self) -> Iterator[Step]:
        """What a killed run left standing."""
        state, before = self._state, self._before
        if state.fence and before.fence is False:
            yield steps.fence(state, up=False, old=True, why="the fence comes down again")
        if state.power == "on" and before.power == "auto":
            path = f"{DEVICES}/{state.name}/power/control"
            yield steps.set_to(path, "auto", old="on", why="as it was")

    def _lift_after(self, changed: bool, left: list[Step]) -> Iterator[Step]:
        state, before = self._state, self._before
        if left:
            yield from left
        if not changed:
            return
        if self._fences and state.fence is False and before.fence is False:
            yield steps.fence(state, up=False, old=True, why="the fence comes down again")
        if state.power == "auto":
            path = f"{DEVICES}/{state.name}/power/control"
            yield steps.set_to(path, "auto", old="on", why="as it was")

    def _ids(self) -> Iterator[Step]:
        """Dynamic ids that would give an interface to the wrong driver at the next replug."""
        for driver, text in self._state.dynamic_ids:
            if driver in _SERIAL:
                continue  # there is no way to take those back but to remove the module
            left = (driver, text) not in self._before.dynamic_ids
            if left or driver != self._target.driver or self._row_words is not None:
                why = "an id counts for all interfaces, and comes before the drivers' own tables"
                yield steps.remove_id(driver, text, why=why, ours=left)

    @property
    def _hides_the_row(self) -> bool:
        """Whether a dynamic id keeps the driver's own row, with its quirk, from being used."""
        told = {driver for driver, _ in self._state.dynamic_ids}
        return self._target.driver in told and "dtr" in (self._row_words or ())

    @property
    def _row_words(self) -> frozenset[str] | None:
        """What the driver's table says of the control interface; None where it is not in there."""
        wanted = (self._target.configuration, self._target.control, self._target.driver)
        return next(
            (
                offer.row.words
                for each in self._modem.configurations
                for one in each.interfaces
                for offer in one.offers
                if (each.value, one.number, offer.driver) == wanted and offer.row is not None
            ),
            None,
        )

    def _configuration(self) -> Iterator[Step]:
        state, target = self._state, self._target
        if not state.authorized:
            yield steps.authorize(
                state.name, old=False, why="Linux may not use the device at all: no configuration "
                "is set as long as that is so",
            )  # fmt: skip
        if not self._switch:
            return
        old = state.configuration if state.authorized else None
        if self._unconfigure and state.configuration:
            yield steps.configure(
                state, 0, old=old, why="some firmware takes another configuration only from here"
            )
            old = None
        yield steps.configure(
            state, target.configuration, old=old,
            why=f"configuration {target.configuration} has the control port "
            f"({target.protocol.upper()})",
        )  # fmt: skip
        yield self._wait_for_interfaces()

    def _wait_for_interfaces(self) -> Step:
        path = f"{DEVICES}/{self._state.name}:{self._target.configuration}.*"
        text = f"interfaces {', '.join(map(str, self._numbers))}"
        return Step(op="wait", path=path, value=text, why="its interfaces have to come")

    @property
    def _numbers(self) -> list[int]:
        found = (
            one for one in self._modem.configurations if one.value == self._target.configuration
        )
        return sorted({each.number for one in found for each in one.interfaces})

    def _thieves(self) -> Iterator[Step]:
        """In the configuration that stays: whoever has what the target needs."""
        state, target = self._state, self._target
        if self._switch:
            return
        control_right = self._control is not None and self._control.driver == target.driver
        for number in target.members:
            one = state.interface(number)
            if one is None or one.driver is None:
                continue
            name = state.interface_name(number)
            if one.driver != target.driver:
                why = f"it belongs to {target.driver}"
                other_half = number != target.control
                yield steps.unbind(name, one.driver, why=why, tolerant=other_half)
            elif number == target.control and self._hides_the_row:
                why = "it was bound by the id, which keeps DTR from being set"
                yield steps.unbind(name, one.driver, why=why)
            elif number != target.control and not control_right:
                yield steps.unbind(name, one.driver, why="half a pair is of no use")

    def _binding(self) -> Iterator[Step]:
        state, target = self._state, self._target
        bound = self._control is not None and self._control.driver == target.driver
        if bound and not self._hides_the_row:
            return
        module = self._modules[target.driver]
        if not module.registered:
            out = f", though {module.blacklisted} keeps it out" if module.blacklisted else ""
            yield steps.modprobe(target.driver, why=f"the driver is not loaded{out}")
        for number in target.members:
            one = state.interface(number) if not self._switch else None
            if self._is_fenced(one):
                name = state.interface_name(number, configuration=target.configuration)
                yield steps.authorize(name, old=False, why="drivers may have this one")
        name = state.interface_name(target.control, configuration=target.configuration)
        if target.by_example:
            yield from steps.by_example(state, target, self._free_others())
        else:
            yield steps.bind(name, target.driver, why="the right driver for the control interface")
        yield Step(
            op="wait", path=f"{DEVICES}/{name}", value="control port and netdev",
            timeout_s=steps.NODE_S, why="the driver has to make its control port and its netdev",
        )  # fmt: skip

    def _is_fenced(self, one: InterfaceState | None) -> bool:
        """Whether drivers may not have it: one that is yet to come, behind a fence, if any."""
        return self._state.fence is not None if one is None else not one.authorized

    def _free_others(self) -> tuple[int, ...]:
        """The other interfaces that an id would be tried on: those that nobody has."""
        return tuple(
            one.number
            for one in (self._state.interfaces if not self._switch else ())
            if one.driver is None and one.authorized and one.number not in self._target.members
        )

    def _others(self) -> Iterator[Step]:
        """The other interfaces that came behind the fence, or were kept off: as they should be."""
        state, target = self._state, self._target
        for number in self._numbers:
            if number in target.members:
                continue
            one = state.interface(number) if not self._switch else None
            was = self._before.interface(number) if not self._began_elsewhere else None
            if was is not None and (one is None or one.authorized or not was.authorized):
                continue  # it is as it was before us
            name = state.interface_name(number, configuration=target.configuration)
            if self._is_fenced(one):
                yield steps.authorize(name, old=False, why="the others may be had again")
            free = self._is_fenced(one) if one is None else one.driver is None
            if free if was is None else was.driver is not None:
                yield steps.probe(name, why="whoever wants it")
