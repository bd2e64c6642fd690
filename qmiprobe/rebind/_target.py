# SPDX-License-Identifier: GPL-2.0-or-later
"""Which control port a modem is to have: the best of all that its descriptors offer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from qmiprobe.host import Configuration, Descriptors, Interface, Modem, Module
from qmiprobe.host._drivers import data_of, probe_by_dynamic_id
from qmiprobe.rebind._model import PROTOCOL_OF, NoHelp, Target, Wanted

_DRIVER_OF = {"qmi": "qmi_wwan", "mbim": "cdc_mbim"}
_ORDER = ("mbim", "qmi")
"""MBIM first: usb_modeswitch would take a modem away from QMI again."""


@dataclass(frozen=True)
class _Candidate:
    target: Target
    active: bool
    bound: bool
    """Whether its driver has it already."""

    @property
    def rank(self) -> tuple[bool, bool, bool, int, int, int]:
        """The smallest is the best: what is there already, then what costs least."""
        one = self.target
        order = _ORDER.index(one.protocol)
        return (
            not (self.active and self.bound), not self.active, one.by_example, order,
            one.configuration, one.control,
        )  # fmt: skip


def choose_target(
    modem: Modem,
    *,
    wanted: Wanted,
    modules: Mapping[str, Module],
    descriptors: Descriptors | None,
) -> Target | NoHelp:
    """Return the control port to aim for, or why there can be none.

    ``modules``: what the machine has of the drivers; ``descriptors``: for the data interfaces.
    """
    refused: list[str] = []
    found = sorted(_candidates(modem, descriptors, refused), key=lambda one: one.rank)
    fitting = [one for one in found if _fits(one.target, wanted)]
    there = [one for one in fitting if modules[one.target.driver].installed is not False]
    if there:
        return there[0].target
    asked = (wanted.driver, _DRIVER_OF.get(wanted.protocol or ""))
    if not found and not refused and "qmi_wwan" in asked:
        return _by_shape(modem, wanted, descriptors)
    if fitting:
        return _without_module(sorted({one.target.driver for one in fitting}))
    if found:
        offers = "; ".join(str(one.target) for one in found)
        why = f"it has no {_asked(wanted)}"
        return NoHelp(why=why, instead=f"what it has: {offers}", evidence=tuple(refused))
    if refused:
        return NoHelp(
            why="no driver takes its control interface as it is",
            instead="a control interface without its endpoints is the firmware's fault: cut the "
            "modem off its power, then look for another firmware or composition",
            evidence=tuple(refused),
        )
    return NoHelp(
        why="none of its configurations has a control interface (QMI or MBIM)",
        instead="only the modem itself can change what it shows on USB (its composition), by a "
        "command of its maker; `qmiprobe doctor` names it where it is known. If it is known to "
        "speak QMI though Linux does not know it: --driver qmi_wwan",
    )


def _without_module(drivers: list[str]) -> NoHelp:
    return NoHelp(
        why=f"this kernel has no {' and no '.join(drivers)}",
        instead="install the package of your distribution that has the module (on Debian it is in "
        "the kernel's own, on Ubuntu in linux-modules-extra, on OpenWrt kmod-usb-net-qmi-wwan or "
        "kmod-usb-net-cdc-mbim), then try again",
    )


def _by_shape(modem: Modem, wanted: Wanted, descriptors: Descriptors | None) -> Target | NoHelp:
    """The interface that could be QMI by its endpoints, of a modem that no table has."""
    shaped = [
        Target(
            configuration=each.value, control=one.number, data=_data(each, one, descriptors),
            driver="qmi_wwan", by_example=True,
        )
        for each in modem.configurations
        for one in each.interfaces
        if one.cls.startswith("ff") and one.driver in (None, "qmi_wwan")
        and _no_example(modem, each, one, descriptors) is None
    ]  # fmt: skip
    fitting = [one for one in shaped if _fits(one, wanted)]
    if len(fitting) == 1:
        return fitting[0]
    places = "; ".join(f"interface {one.control} of {one.configuration}" for one in fitting)
    return NoHelp(
        why="Linux does not know this modem, and "
        + (
            "several of its interfaces could be QMI"
            if fitting
            else "no free interface could be QMI"
        ),
        instead="its maker's manual says which one is; AT ports look the same"
        if fitting
        else "see which driver has which interface: `qmiprobe list`",
        evidence=(places,) if places else (),
    )


def _fits(target: Target, wanted: Wanted) -> bool:
    return (
        wanted.configuration in (None, target.configuration)
        and wanted.driver in (None, target.driver)
        and wanted.protocol in (None, target.protocol)
    )


def _asked(wanted: Wanted) -> str:
    parts = ["control port"]
    if wanted.protocol is not None:
        parts.append(f"that speaks {wanted.protocol.upper()}")
    if wanted.driver is not None:
        parts.append(f"by {wanted.driver}")
    if wanted.configuration is not None:
        parts.append(f"in configuration {wanted.configuration}")
    return " ".join(parts)


def _candidates(
    modem: Modem, descriptors: Descriptors | None, refused: list[str]
) -> Iterator[_Candidate]:
    known = any(
        offer.driver == "qmi_wwan" and offer.errno is None
        for each in modem.configurations
        for one in each.interfaces
        for offer in one.offers
    )
    for each in modem.configurations:
        for one in each.interfaces:
            driver = _DRIVER_OF.get(one.function or "")
            if driver is None or one.expected_driver not in (driver, None):
                continue
            place = f"interface {one.number} of configuration {each.value}"
            offer = next((offer for offer in one.offers if offer.driver == driver), None)
            # Where the table has a control interface of the modem that works, it is that one.
            unlisted = offer is None and driver == "qmi_wwan" and not known
            by_example = unlisted and one.cls.startswith("ff")
            why = offer.why if offer is not None and offer.errno else None
            if offer is None and not by_example:
                why = f"{driver} does not look at its class"
            elif by_example:
                why = _no_example(modem, each, one, descriptors)
            if why is not None:
                refused.append(f"{place}: {driver} does not take it: {why}")
                continue
            target = Target(
                configuration=each.value,
                control=one.number,
                data=_data(each, one, descriptors),
                driver=driver,
                by_example=by_example,
            )
            yield _Candidate(target, each.active, each.active and one.driver == driver)


def _no_example(
    modem: Modem, configuration: Configuration, one: Interface, descriptors: Descriptors | None
) -> str | None:
    """Why qmi_wwan would not take an interface that it is told of; None where it would."""
    for each in descriptors.configurations if descriptors is not None else ():
        settings = each.alternates(one.number) if each.value == configuration.value else ()
        if settings:
            return probe_by_dynamic_id("qmi_wwan", modem.id, settings[0], each).why or None
    return None if one.endpoints >= 3 else "it has too few endpoints"


def _data(
    configuration: Configuration, one: Interface, descriptors: Descriptors | None
) -> int | None:
    for each in descriptors.configurations if descriptors is not None else ():
        settings = each.alternates(one.number) if each.value == configuration.value else ()
        found = [data_of(setting, each) for setting in settings]
        if any(number is not None for number in found):
            return next(number for number in found if number is not None)
        if settings:
            return None
    # A saved machine without the binary descriptors: a data interface follows its control.
    after = [each for each in configuration.interfaces if each.number == one.number + 1]
    return after[0].number if after and after[0].function == "data" else None


def control_drivers() -> tuple[str, ...]:
    """Return the drivers that give a control port."""
    return tuple(PROTOCOL_OF)
