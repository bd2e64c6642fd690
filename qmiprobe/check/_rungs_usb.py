# SPDX-License-Identifier: GPL-2.0-or-later
"""The lowest rungs: is the modem on the bus, in the right configuration, with the right driver?

Everything is read from sysfs and the kernel's log, of this machine or of a saved one.
"""

from __future__ import annotations

from qmiprobe import host
from qmiprobe.check import _doctor_facts as doctor
from qmiprobe.check import _usb_facts as usb
from qmiprobe.check._check import Result
from qmiprobe.check._context import CheckContext
from qmiprobe.check._evidence import measured
from qmiprobe.check._saved import is_saved
from qmiprobe.diagnosis import Evidence, Reason

_NO_USB = "a simulated modem in this process has no USB side"
_NOT_ON_USB = "this port belongs to no USB or PCIe device that sysfs shows"
COMINGS = 5
"""A modem that came so often within a minute does not stay."""


def on_bus(context: CheckContext) -> host.Modem | Result:
    """Return the modem as sysfs shows it, or the result of a rung that has none to look at."""
    if context.port.simulated:
        return Result.skipped(_NO_USB)
    return context.port.modem or Result.skipped(_NOT_ON_USB)


async def usb_enumerated(context: CheckContext) -> Result:
    """The modem is on a bus that Linux sees, and stays there."""
    facts = context.facts
    facts.add("device.address", context.port.name, source="address")
    facts.add("device.path", context.port.path or context.port.name, source="address")
    if context.port.missing is not None:
        return _missing(context, context.port.missing)
    modem = on_bus(context)
    if isinstance(modem, Result):
        return modem
    source = f"{usb.DEVICES}/{modem.name}" if modem.bus == "usb" else "/sys/bus/pci/devices"
    facts.add("device.usb", modem.name, source=source)
    facts.add("device.usb_id", modem.id, source=source)
    maker, product = modem.manufacturer or "", modem.product or ""
    text = product if product.startswith(maker) else f"{maker} {product}".strip()
    named = f"{modem.name}: {modem.id} {text}"
    if modem.bus == "usb" and not modem.ports:
        bad = _no_modem_yet(context, modem, named)
        if bad is not None:
            return bad
    speed = f"{modem.speed_mbit:g} Mbit/s" if modem.speed_mbit else "speed not known"
    return Result.passed(named, Evidence(f"{modem.bus}, {speed}", source=source))


def _missing(context: CheckContext, why: str) -> Result:
    """Nothing is where the modem should be; say what is there in its place."""
    facts, sysroot = context.facts, context.options.sysroot
    disc = usb.add_discs(facts, context.port.name, sysroot=sysroot)
    if disc is not None:
        evidence = Evidence(f"{disc.name}: {disc.id} {disc.product or ''}", source=usb.DEVICES)
        return Result.failed(Reason.DEFECT, "there is a disc in place of a modem", evidence)
    instead = usb.add_history(facts, context.port.name, None, sysroot=sysroot)
    if instead is not None:
        facts.add("usb.instead", instead, source="/dev/kmsg")
        plug = facts.text("usb.history.plug")
        evidence = measured("there now", instead, source=f"{usb.DEVICES}/{plug}")
        return Result.failed(Reason.DEFECT, f"it came back under another id: {instead}", evidence)
    facts.add("usb.modems", len(host.modems(sysroot)), source="sysfs")
    plug = doctor.add_enumeration(facts, context.port.name, sysroot=sysroot)
    if plug is not None:
        evidence = Evidence(facts.texts("usb.log.enumeration")[-1], source="/dev/kmsg")
        return Result.failed(Reason.DEFECT, f"{why}; at {plug} a device does not come up", evidence)
    return Result.failed(Reason.CANNOT_TEST, why)


def _no_modem_yet(context: CheckContext, modem: host.Modem, named: str) -> Result | None:
    """The failed result of a device without a control port that does not even try to be one."""
    facts, sysroot = context.facts, context.options.sysroot
    disc = usb.add_discs(facts, modem.id, sysroot=sysroot)
    if disc is not None and disc.name == modem.name:
        return Result.failed(Reason.DEFECT, f"{named} is a disc, not a modem yet")
    instead = usb.add_history(facts, context.port.name, modem.name, sysroot=sysroot)
    interfaces = modem.active_configuration.interfaces if modem.active_configuration else ()
    if host.waits_for_firmware(modem.id) and len(interfaces) <= 1:
        facts.add("usb.boot_loader", modem.id, source=f"{usb.DEVICES}/{modem.name}")
        return Result.failed(Reason.DEFECT, f"{named} is a boot loader that waits for firmware")
    if instead == modem.id:
        facts.add("usb.instead", instead, source="/dev/kmsg")
        return Result.failed(Reason.DEFECT, f"{named} came back under this id")
    comings = facts.integer("usb.comings") or 0
    if comings >= COMINGS and not host.plugged_by_program(modem.name, sysroot=sysroot):
        evidence = measured("came within a minute", comings, source="/dev/kmsg")
        return Result.failed(Reason.DEFECT, f"{named} comes and goes", evidence)
    return None


async def usb_authorized(context: CheckContext) -> Result:
    """Linux may use the device."""
    modem = on_bus(context)
    if isinstance(modem, Result):
        return modem
    if modem.bus != "usb":
        return Result.skipped("PCIe devices need no authorization")
    path = f"{usb.DEVICES}/{modem.name}/authorized"
    authorized = usb.add_authorized(context.facts, modem, sysroot=context.options.sysroot)
    if authorized is None:
        return Result.skipped(f"{path} cannot be read")
    if not authorized:
        evidence = measured("authorized", 0, source=path)
        return Result.failed(Reason.DEFECT, "the device is not authorized", evidence)
    return Result.passed("authorized")


async def usb_configuration(context: CheckContext) -> Result:
    """The active configuration has a control function."""
    # A port that there is says itself what it speaks, where it can be asked.
    asked = context.port.path is not None and not is_saved(context)
    return _configuration(context, wanted=None if asked else context.port.wanted)


async def usb_wanted_configuration(context: CheckContext) -> Result:
    """The active configuration has a control function of the protocol that is wanted."""
    return _configuration(context, wanted=context.port.wanted)


def _configuration(context: CheckContext, *, wanted: str | None) -> Result:
    modem = on_bus(context)
    if isinstance(modem, Result):
        return modem
    if modem.bus != "usb":
        return Result.skipped("PCIe devices have no configurations")
    usb.add_configurations(context.facts, modem)
    if context.port.wanted is not None:
        context.facts.add("device.protocol.wanted", context.port.wanted, source="address")
    active = modem.active_configuration
    if active is None:
        return _unconfigured(context, modem)
    has = usb.functions(active)
    shown = f"configuration {active.value} of {len(modem.configurations)}"
    good = {wanted} if wanted else set(usb.CONTROL)
    if has & good:
        return Result.passed(f"{shown}: {', '.join(sorted(has - {'data'}))}")
    others = [one for one in modem.configurations if usb.functions(one) & good]
    if not others and not has & set(usb.CONTROL):
        return Result.warned(f"{shown}: no function is known to be QMI or MBIM")
    _look_around(context, modem, active)
    named = [
        f"{one.value} ({', '.join(sorted(usb.functions(one) & set(usb.CONTROL)))})"
        for one in others
    ]
    lacks = f"no {wanted}" if wanted else "no control function"
    text = f"{shown} has {lacks}; "
    text += f"{' and '.join(named)} would have one" if named else "no other one has it"
    source = f"{usb.DEVICES}/{modem.name}/descriptors"
    evidence = Evidence(
        f"configuration {active.value}: {', '.join(sorted(has - {'data'}))}", source=source
    )
    return Result.failed(Reason.DEFECT, text, evidence)


def _unconfigured(context: CheckContext, modem: host.Modem) -> Result:
    facts, sysroot = context.facts, context.options.sysroot
    usb.add_authorized(facts, modem, sysroot=sysroot)
    doctor.add_choice(facts, modem, sysroot=sysroot)
    log = host.kernel_log(sysroot).about(modem.name)
    said = [line for line in log if "configuration" in line or "power" in line]
    facts.add("usb.unconfigured", said, source="/dev/kmsg")
    return Result.failed(Reason.DEFECT, "no configuration is active")


def _look_around(context: CheckContext, modem: host.Modem, active: host.Configuration) -> None:
    """Add who chose the configuration, and who has its interfaces."""
    facts, sysroot = context.facts, context.options.sysroot
    usb.add_interfaces(facts, modem, active)
    usb.add_drivers(facts, modem, (), sysroot=sysroot)
    doctor.add_choice(facts, modem, sysroot=sysroot)


async def driver_bound(context: CheckContext) -> Result:
    """The right driver is bound to the control interface."""
    modem, expected = on_bus(context), context.options.expect_driver
    if isinstance(modem, Result):
        if expected is None or context.port.simulated:
            return modem
        text = f"{expected} is expected, and which driver has the port cannot be seen"
        return Result.failed(Reason.CANNOT_TEST, text)
    if modem.bus == "pci" and context.port.port is None:
        doctor.add_pci(context.facts, modem, sysroot=context.options.sysroot)
        state = f"{modem.driver or 'no driver'} has it"
        return Result.failed(Reason.DEFECT, f"{state}, and it has no control port")
    active = modem.active_configuration
    facts, sysroot = context.facts, context.options.sysroot
    if active is not None and modem.bus == "usb":
        usb.add_interfaces(facts, modem, active)
    control = [
        one
        for one in (active.interfaces if active is not None else ())
        if one.function in usb.CONTROL and one.alternate == 0
    ]
    if (wrong := _wrong_driver(context, modem, control)) is not None:
        return wrong
    port = context.port.port
    for one in control:
        if port is None or port.interface == one.number:
            usb.add_dtr(facts, modem, one, sysroot=sysroot)
    drivers = [f"{one.number}: {one.driver}" for one in control if one.driver is not None]
    stolen = None if control or modem.bus != "usb" else _stolen(context, modem)
    if stolen is not None:
        return stolen
    if not drivers and port is not None:
        if expected not in (None, port.driver):
            text = f"{port.path}: {port.driver or 'no driver'} is bound, not {expected}"
            return Result.failed(Reason.DEFECT, text, Evidence(f"{expected} is expected"))
        drivers = [f"{port.driver}"]
    if not drivers:
        if modem.bus == "usb":
            usb.add_drivers(facts, modem, (), sysroot=sysroot)
        return Result.failed(Reason.DEFECT, "no driver is bound to a control interface")
    left = doctor.add_left_over(facts, modem, sysroot=sysroot) if modem.bus == "usb" else []
    if left:
        return Result.warned(f"bound: {', '.join(drivers)}; an id was left in new_id")
    return Result.passed(f"bound: {', '.join(drivers)}")


def _wrong_driver(
    context: CheckContext, modem: host.Modem, control: list[host.Interface]
) -> Result | None:
    """The failed result of the first control interface that has not its driver."""
    for one in control:
        wanted = context.options.expect_driver or one.expected_driver
        if wanted is not None and one.driver != wanted:
            _look_closer(context, modem)
            text = f"interface {one.number} ({one.function}): {one.driver or 'no driver'} is bound"
            source = f"{usb.DEVICES}/{modem.name}"
            evidence = Evidence(f"{wanted} is expected", source=source)
            return Result.failed(Reason.DEFECT, f"{text}, not {wanted}", evidence)
    return None


def _stolen(context: CheckContext, modem: host.Modem) -> Result | None:
    """The failed result of an interface that a driver has only by an id in new_id."""
    facts = context.facts
    usb.add_drivers(facts, modem, (), sysroot=context.options.sysroot)
    by_hand = {one.get("driver") for one in facts.records("driver.dynamic_ids")}
    for one in facts.records("usb.interfaces"):
        packets = one.get("function") in ("ecm", "ncm", "rndis")
        if packets and one.get("driver") in by_hand and one.get("expected") != one.get("driver"):
            evidence = Evidence(f"{one['expected']} is expected", source=usb.DEVICES)
            text = f"{one['name']} ({one['function']}): {one['driver']} is bound"
            return Result.failed(Reason.DEFECT, f"{text}, not {one['expected']}", evidence)
    return None


def _look_closer(context: CheckContext, modem: host.Modem) -> None:
    """Add what tells why the right driver is not bound."""
    facts, sysroot = context.facts, context.options.sysroot
    wrong = usb.wrong_ones(facts.records("usb.interfaces"))
    names = [str(one["expected"]) for one in wrong]
    names += [context.options.expect_driver] if context.options.expect_driver else []
    usb.add_drivers(facts, modem, names, sysroot=sysroot)
    for one in wrong[:1]:
        usb.add_alias(facts, modem, one, sysroot=sysroot)
    doctor.add_obstacles(facts, modem, sysroot=sysroot)
