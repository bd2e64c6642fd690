# SPDX-License-Identifier: GPL-2.0-or-later
"""The doctor's own rungs: what the machine shows of a modem beyond the ladder's lowest rungs.

All of it is read from sysfs, proc and the kernel's log; nothing is opened and nobody is asked.
"""

from __future__ import annotations

from qmiprobe import host
from qmiprobe.check import _doctor_facts as doctor
from qmiprobe.check._check import Result
from qmiprobe.check._context import CheckContext
from qmiprobe.check._evidence import measured
from qmiprobe.check._port_facts import add_access, other_names
from qmiprobe.check._rungs_usb import COMINGS, on_bus
from qmiprobe.check._saved import is_saved
from qmiprobe.check._usb_facts import add_history
from qmiprobe.diagnosis import Evidence, JsonValue, Reason

_NOT_ON_USB = "this modem is not on USB"
_FLOOD = 50
"""Failed transfers in one second: the driver asks a dead modem without a pause."""
_STALLS = 3
"""One or two are usual while a modem starts."""
_SUPER_SPEED_MBIT = 5000
_MANAGER = "ModemManager"
_MAKE_A_NETDEV = ("qmi_wwan", "cdc_mbim")


def _on_usb(context: CheckContext) -> host.Modem | Result:
    modem = on_bus(context)
    if isinstance(modem, Result):
        return modem
    return modem if modem.bus == "usb" else Result.skipped(_NOT_ON_USB)


async def usb_errors(context: CheckContext) -> Result:
    """The bus carries the modem's transfers."""
    modem, sysroot = _on_usb(context), context.options.sysroot
    if isinstance(modem, Result):
        return modem
    log = host.kernel_log(sysroot)
    if log.unread is not None:
        return Result.skipped(f"the kernel's log cannot be read: {log.unread}")
    doctor.add_errors(context.facts, modem, sysroot=sysroot)
    records = {str(one["kind"]): one for one in context.facts.records("usb.log.errors")}
    lines = [
        measured(f"{one['kind']}: {one['text']}", one["count"], unit="times", source="/dev/kmsg")
        for one in records.values()
    ]
    add_history(context.facts, modem.name, modem.name, sysroot=sysroot)
    comings = context.facts.integer("usb.comings") or 0
    if comings >= COMINGS and not host.plugged_by_program(modem.name, sysroot=sysroot):
        return Result.failed(Reason.DEFECT, f"it came {comings} times within a minute", *lines)
    flood = records.get("interrupt", {}).get("most_in_a_second", 0)
    if isinstance(flood, int) and flood >= _FLOOD:
        return Result.failed(Reason.DEFECT, f"{flood} failed transfers in one second", *lines)
    stalls = records.get("stall", {}).get("count", 0)
    if "watchdog" in records or (isinstance(stalls, int) and stalls >= _STALLS):
        return Result.warned("transfers failed since the modem came", *lines)
    if records:
        return Result.passed("some transfers failed, as when a modem starts or leaves", *lines)
    return Result.passed("no failed transfers in the kernel's log")


async def usb_speed(context: CheckContext) -> Result:
    """The modem is connected as fast as it can be."""
    modem = _on_usb(context)
    if isinstance(modem, Result):
        return modem
    facts = context.facts
    doctor.add_speed(facts, modem, sysroot=context.options.sysroot)
    if modem.speed_mbit is None:
        return Result.skipped("sysfs does not say how fast it is connected")
    text = f"{modem.speed_mbit:g} Mbit/s"
    if facts.flag("usb.super_speed") and modem.speed_mbit < _SUPER_SPEED_MBIT:
        evidence = measured(
            "speed", modem.speed_mbit, unit="Mbit/s", source=facts.source("usb.speed")
        )
        return Result.warned(f"{text}, and it can do {_SUPER_SPEED_MBIT}", evidence)
    return Result.passed(text)


async def usb_power(context: CheckContext) -> Result:
    """The modem has the power that it needs, also after a pause."""
    modem = _on_usb(context)
    if isinstance(modem, Result):
        return modem
    facts = context.facts
    found = doctor.add_power(facts, modem, sysroot=context.options.sysroot)
    shown = f"power/control {found.control}, {found.status or 'state not known'}"
    if found.over_currents:
        evidence = measured("over-currents", found.over_currents, source=f"{found.port}")
        return Result.warned("its port was switched off for its current", evidence)
    resume = any(one.get("kind") == "resume" for one in facts.records("usb.log.errors"))
    if found.control == "auto" and (resume or found.status == "error"):
        return Result.warned(f"{shown}: it does not come back from being suspended")
    if found.control is None:
        return Result.skipped("sysfs does not show its power management")
    return Result.passed(shown)


async def driver_others(context: CheckContext) -> Result:
    """The interfaces beside the control port have their own drivers, or none."""
    modem = _on_usb(context)
    if isinstance(modem, Result):
        return modem
    found = doctor.add_others(context.facts, modem, sysroot=context.options.sysroot)
    lines = [
        Evidence(
            f"{one['name']}: {one['driver'] or 'no driver'}, expected {one['expected']}",
            value=one,
            source=f"/sys/bus/usb/devices/{one['name']}",
        )
        for one in found
    ]
    if any(one["driver"] == "qmi_wwan" for one in found):
        return Result.failed(Reason.DEFECT, "qmi_wwan has a serial interface", *lines)
    if found:
        return Result.warned("serial interfaces have not their own driver", *lines)
    return Result.passed("as they should be")


async def port_protocol(context: CheckContext) -> Result:
    """The port's driver carries QMI or MBIM."""
    port, facts = context.port, context.facts
    driver = port.port.driver if port.port is not None else None
    if driver is not None:
        facts.add("port.driver", driver, source="sysfs")
    if port.carries is None:
        return Result.passed(f"{(port.driver_protocol or 'not told by a driver').upper()}")
    facts.add("port.protocol", port.carries, source="the driver")
    evidence = measured("driver", driver, source="sysfs")
    text = f"{port.path or port.name} carries {port.carries.upper()}, not QMI or MBIM"
    return Result.failed(Reason.DEFECT, text, evidence)


async def port_access(context: CheckContext) -> Result:
    """This user may open the port, as far as owner, group and mode say."""
    path = context.port.path
    if path is None or is_saved(context):
        return Result.skipped("a saved machine cannot be asked" if path else "there is no node")
    found = add_access(context, path)
    if found is None:
        return Result.skipped(f"{path} is no device node")
    evidence = measured("mode", found.mode, source=path)
    if not found.allowed:
        context.facts.add("port.error", "permission", source=path)
        context.facts.add("port.errno", "EACCES", source=path)
        return Result.failed(Reason.CANNOT_TEST, f"this user may not open {path}", evidence)
    return Result.passed(f"{found.mode}", evidence)


async def port_manager(context: CheckContext) -> Result:
    """ModemManager, where it has the modem's tty, has its control port too."""
    modem, path, sysroot = on_bus(context), context.port.path, context.options.sysroot
    if isinstance(modem, Result):
        return modem
    if path is None:
        return Result.skipped("there is no node")
    ttys: list[JsonValue] = [
        {"pid": one.pid, "program": one.program, "path": tty.path}
        for tty in modem.serial
        for one in host.holders(tty.path, sysroot=sysroot).found
        if one.program == _MANAGER
    ]
    if not ttys:
        return Result.passed("ModemManager has none of its ttys open")
    names = (path, *other_names(context))
    if any(host.holders(name, sysroot=sysroot).found for name in names):
        return Result.passed("ModemManager has its ttys, and the control port is in use")
    context.facts.add("port.manager", ttys, source="/proc/*/fd")
    return Result.warned("ModemManager has its ttys open, and nobody the control port")


async def netdev_settings(context: CheckContext) -> Result:
    """What sysfs shows of the netdev does not contradict itself."""
    name, facts = context.port.netdev, context.facts
    if name is None:
        driver = context.port.port.driver if context.port.port is not None else None
        if driver not in _MAKE_A_NETDEV or is_saved(context):
            return Result.skipped("this port has no netdev that sysfs shows")
        facts.add("port.driver", driver, source="sysfs")
        facts.add("netdev.present", False, source="/sys/class/net")
        return Result.failed(Reason.DEFECT, f"{driver} has made a netdev that is not to be seen")
    found = doctor.add_netdev(facts, name, sysroot=context.options.sysroot)
    if found is None:
        return Result.skipped(f"sysfs has no {name}")
    state = {True: "up", False: "down", None: "state not known"}[found.up]
    form = {True: ", raw-IP", False: ", 802.3", None: ""}[found.raw_ip]
    size = f", MTU {found.mtu}" if found.mtu is not None else ""
    shown = f"{name}: {state}{form}{size}"
    if facts.records("netdev.dhcp_clients") and found.raw_ip:
        return Result.warned(f"{shown}; a DHCP client runs on it")
    if found.raw_ip and "netdev.usbnet" in facts:
        return Result.warned(f"{shown}; this kernel's usbnet is too old for that")
    if facts.texts("netdev.muxes") and found.rx_errors and (found.mtu or 0) < 2048:
        return Result.warned(f"{shown}; {found.rx_errors} packets could not be taken")
    if found.up and found.raw_ip is not None and not context.options.probe:
        shown += "; whether the modem has that format too, only --probe asks"
    return Result.passed(shown)


async def radio_rfkill(context: CheckContext) -> Result:
    """No switch of the machine keeps cellular radios off."""
    if context.port.simulated:
        return Result.skipped("a simulated modem has no radio")
    off = doctor.add_switches(context.facts, sysroot=context.options.sysroot)
    if not off:
        return Result.passed("none is off")
    lines = [
        Evidence(f"{one.name}: soft {int(one.soft)}, hard {int(one.hard)}", source=one.path)
        for one in off
    ]
    return Result.failed(Reason.DEFECT, "the machine's switch keeps cellular radios off", *lines)


async def host_sight(context: CheckContext) -> Result:
    """This user, at this place, can see what is to be seen."""
    if context.port.simulated:
        return Result.skipped("a simulated modem is seen as a whole")
    facts, sysroot = context.facts, context.options.sysroot
    inside, read_only = host.container(sysroot), host.read_only_sysfs(sysroot)
    if inside is not None:
        facts.add("host.container", inside, source=inside)
    if read_only is not None:
        facts.add("host.sysfs_read_only", read_only, source="/proc/mounts")
    log, hidden = host.kernel_log(sysroot), host.hidden_processes(sysroot)
    unseen: list[JsonValue] = []
    if log.unread is not None:
        unseen.append(f"the kernel's log ({log.unread}): failed probes and transfers")
    if hidden:
        whose = "1 process: it" if hidden == 1 else f"{hidden} processes: they"
        unseen.append(f"the open files of {whose} may hold the port")
    if host.drivers_by_alias("0000:0000", "", sysroot=sysroot) is None:
        unseen.append("the kernel's modules: which are installed, and which ids they know")
    facts.add("host.unseen", unseen, source="this process")
    lines = [Evidence(f"not seen: {one}") for one in unseen]
    if read_only:
        lines.append(Evidence("sysfs is read-only", source="/proc/mounts"))
    if not lines:
        return Result.passed("everything could be read")
    more = "; root sees more" if hidden else ""
    things = "one thing" if len(lines) == 1 else f"{len(lines)} things"
    return Result.warned(f"{things} could not be seen or done{more}", *lines)
