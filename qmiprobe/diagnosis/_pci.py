# SPDX-License-Identifier: GPL-2.0-or-later
"""Rules about modems on PCI Express: who has them, and why there are no ports."""

from __future__ import annotations

from qmiprobe.diagnosis._configurations import write
from qmiprobe.diagnosis._driver_facts import let_in
from qmiprobe.diagnosis._facts import Facts
from qmiprobe.diagnosis._model import Evidence, Remedy
from qmiprobe.diagnosis._rules import Cause, Verdicts, observed, rule

_DRIVERS = "/sys/bus/pci/drivers"
_DEVICES = "/sys/bus/pci/devices"
_MHI = "mhi-pci-generic"
_LASTING = "/etc/modules-load.d/wwan.conf"


def _place(facts: Facts) -> str:
    return facts.text("device.usb") or "DOMAIN:BUS:DEVICE.FUNCTION"


def _module(driver: str) -> str:
    return driver.replace("-", "_")


def _driver(facts: Facts) -> Evidence:
    return observed(facts, "pci.driver", "driver")


@rule(id="pci/unbound", explains=("driver.bound",))
def unbound(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """No driver has it."""
    expected = facts.text("pci.expected")
    if expected is None or "pci.driver" in facts:
        return None
    why, remedy = _why_unbound(facts, expected)
    return Cause(
        f"no driver has the modem at {_place(facts)}, which is for {expected}{why}",
        remedy,
        (observed(facts, "pci.expected", "expected"), observed(facts, "pci.registered", "loaded")),
    )


def _why_unbound(facts: Facts, expected: str) -> tuple[str, Remedy]:
    name, file = _module(expected), facts.text("pci.blacklisted")
    if facts.flag("pci.registered"):
        bind = write(_place(facts), f"{_DRIVERS}/{expected}/bind")
        return "", Remedy("Bind it: the error of the write is the driver's own.", commands=(bind,))
    if facts.flag("pci.installed") is False:
        return " and not installed", Remedy(
            "Small images leave it out: install the kernel's other modules.",
            commands=(f"modinfo {name}",),
        )
    return f": {file} keeps it out" if file else ": it is not loaded", Remedy(
        "Load it by name; it takes the modem by itself.",
        commands=(f"modprobe {name}",),
        undo=(f"modprobe -r {name}",),
        lasting=(let_in(name, file) if file else f"echo {name} > {_LASTING}",),
    )


@rule(id="pci/other-driver", explains=("driver.bound",))
def other_driver(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """Another driver has it, as that of a maker, and it has no ports."""
    driver, expected = facts.text("pci.driver"), facts.text("pci.expected")
    if driver is None or expected is None or driver == expected:
        return None
    place = _place(facts)
    return Cause(
        f"{driver} has the modem at {place}, which is for {expected}",
        Remedy(
            "Makers' drivers have nodes of their own that other programs do not know. Use the "
            "kernel's own in its place.",
            commands=(
                write(place, f"{_DRIVERS}/{driver}/unbind"),
                f"modprobe {_module(expected)}",
                f"[ -e {_DEVICES}/{place}/driver ] || "
                + write(place, f"{_DRIVERS}/{expected}/bind"),
            ),
            undo=(
                write(place, f"{_DRIVERS}/{expected}/unbind"),
                write(place, f"{_DRIVERS}/{driver}/bind"),
            ),
            lasting=(f"echo blacklist {_module(driver)} > /etc/modprobe.d/wwan.conf",),
        ),
        (_driver(facts), observed(facts, "pci.expected", "expected")),
    )


@rule(id="pci/not-ready", explains=("driver.bound",))
def not_ready(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """Its driver says that its firmware does not run."""
    mode = facts.text("pci.mode")
    if mode in (None, "ready") or "pci.driver" not in facts:
        return None
    file = f"{_DEVICES}/{_place(facts)}/t7xx_mode"
    return Cause(
        f"the modem's driver says that it is in the state {mode}: its firmware does not run",
        Remedy(
            "Let it start anew. If it comes back like this, only new firmware with its maker's "
            "tool helps.",
            commands=(write("reset", file),),
        ),
        (observed(facts, "pci.mode", "state"), _driver(facts)),
    )


@rule(id="pci/no-ports", explains=("driver.bound",))
def no_ports(facts: Facts, verdicts: Verdicts) -> Cause | None:
    """Its driver has it, and there are no ports of the wwan class."""
    driver = facts.text("pci.driver")
    if driver is None or driver != facts.text("pci.expected"):
        return None
    if facts.text("pci.mode") not in (None, "ready"):
        return None
    mhi = driver == _MHI
    return Cause(
        f"{driver} has the modem at {_place(facts)}, and it has no ports",
        Remedy(
            (
                "The ports are made by a module of their own: load it. Where that is loaded, the "
                'modem may be set to talk over USB (Quectel: AT+QCFG="data_interface" on its AT '
                "port asks; setting it stays in the modem), or its firmware does not start: see "
                "the kernel's log."
            )
            if mhi
            else "Its firmware may not have started: see the kernel's log.",
            commands=("modprobe mhi_wwan_ctrl", "modprobe mhi_wwan_mbim")
            if mhi
            else (f"dmesg | grep -i {_module(driver)}",),
            undo=("modprobe -r mhi_wwan_mbim", "modprobe -r mhi_wwan_ctrl") if mhi else (),
            lasting=(f"printf 'mhi_wwan_ctrl\\nmhi_wwan_mbim\\n' > {_LASTING}",) if mhi else (),
        ),
        (_driver(facts),),
    )
