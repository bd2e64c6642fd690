# SPDX-License-Identifier: GPL-2.0-or-later
"""The rungs below the port: what sysfs shows of device, configuration, driver and node."""

from __future__ import annotations

import os
from pathlib import Path

from qmiprobe import host
from qmiprobe.address import ControlPort
from qmiprobe.check._check import Result
from qmiprobe.check._context import CheckContext
from qmiprobe.check._evidence import measured
from qmiprobe.diagnosis import Evidence, JsonValue, Reason
from qmiprobe.errors import DecodeError, ModemSilent, ProxyFailed, Refused, TransportError

_NO_USB = "a simulated modem in this process has no USB side"
_NOT_ON_USB = "this port belongs to no USB or PCIe device that sysfs shows"


def _why_no_usb(context: CheckContext) -> str | None:
    if context.port.simulated:
        return _NO_USB
    return _NOT_ON_USB if context.port.modem is None else None


async def usb_enumerated(context: CheckContext) -> Result:
    """The modem is on a bus that Linux sees."""
    facts, modem = context.facts, context.port.modem
    facts.add("device.address", context.port.name, source="address")
    facts.add("device.path", context.port.path or context.port.name, source="address")
    if context.port.missing is not None:
        facts.add("usb.modems", 0, source="sysfs")
        return Result.failed(Reason.CANNOT_TEST, context.port.missing)
    why = _why_no_usb(context)
    if why is not None or modem is None:
        return Result.skipped(why or _NOT_ON_USB)
    source = f"/sys/bus/usb/devices/{modem.name}" if modem.bus == "usb" else "/sys/bus/pci/devices"
    facts.add("device.usb", modem.name, source=source)
    facts.add("device.usb_id", modem.id, source=source)
    text = f"{modem.manufacturer or ''} {modem.product or ''}".strip()
    speed = f"{modem.speed_mbit:g} Mbit/s" if modem.speed_mbit else "speed not known"
    return Result.passed(
        f"{modem.name}: {modem.id} {text}", Evidence(f"{modem.bus}, {speed}", source=source)
    )


async def usb_authorized(context: CheckContext) -> Result:
    """Linux may use the device."""
    modem = context.port.modem
    why = _why_no_usb(context)
    if why is not None or modem is None:
        return Result.skipped(why or _NOT_ON_USB)
    if modem.bus != "usb":
        return Result.skipped("PCIe devices need no authorization")
    path = f"/sys/bus/usb/devices/{modem.name}/authorized"
    value = _read(context.options.sysroot, path)
    if value is None:
        return Result.skipped(f"{path} cannot be read")
    if value == "0":
        evidence = measured("authorized", 0, source=path)
        return Result.failed(Reason.DEFECT, "the device is not authorized", evidence)
    return Result.passed("authorized")


def _read(sysroot: str, path: str) -> str | None:
    try:
        return Path(sysroot, path.lstrip("/")).read_text(encoding="ascii").strip()
    except (OSError, ValueError):
        return None


async def usb_configuration(context: CheckContext) -> Result:
    """The active configuration has a control function."""
    modem = context.port.modem
    why = _why_no_usb(context)
    if why is not None or modem is None:
        return Result.skipped(why or _NOT_ON_USB)
    if modem.bus != "usb":
        return Result.skipped("PCIe devices have no configurations")
    active = modem.active_configuration
    if active is None:
        return Result.failed(Reason.DEFECT, "no configuration is active")
    functions = _functions(active)
    shown = f"configuration {active.value} of {len(modem.configurations)}"
    if functions & {"qmi", "mbim"}:
        return Result.passed(f"{shown}: {', '.join(sorted(functions))}")
    others = [one for one in modem.configurations if _functions(one) & {"qmi", "mbim"}]
    if others:
        better = others[0]
        text = f"{shown} has no control function; configuration {better.value} has"
        source = f"/sys/bus/usb/devices/{modem.name}/descriptors"
        evidence = Evidence(
            ", ".join(sorted(_functions(better))), value=better.value, source=source
        )
        return Result.failed(Reason.DEFECT, text, evidence)
    return Result.warned(f"{shown}: no function is known to be QMI or MBIM")


def _functions(configuration: host.Configuration) -> set[str]:
    return {one.function for one in configuration.interfaces if one.function is not None}


async def driver_bound(context: CheckContext) -> Result:
    """The right driver is bound to the control interface."""
    modem, expected = context.port.modem, context.options.expect_driver
    why = _why_no_usb(context)
    if why is not None or modem is None:
        return Result.skipped(why or _NOT_ON_USB)
    active = modem.active_configuration
    control = [
        one
        for one in (active.interfaces if active is not None else ())
        if one.function in ("qmi", "mbim") and one.alternate == 0
    ]
    for one in control:
        wanted = expected or one.expected_driver
        if wanted is not None and one.driver != wanted:
            text = f"interface {one.number} ({one.function}): {one.driver or 'no driver'} is bound"
            evidence = Evidence(
                f"{wanted} is expected", source=f"/sys/bus/usb/devices/{modem.name}"
            )
            return Result.failed(Reason.DEFECT, f"{text}, not {wanted}", evidence)
    drivers = [f"{one.number}: {one.driver}" for one in control if one.driver is not None]
    if not drivers and context.port.port is not None:
        drivers = [f"{context.port.port.driver}"]
    if not drivers:
        return Result.failed(Reason.DEFECT, "no driver is bound to a control interface")
    return Result.passed(f"bound: {', '.join(drivers)}")


async def port_node(context: CheckContext) -> Result:
    """There is a node to open."""
    if context.port.simulated:
        return Result.skipped("in memory")
    path = context.port.path
    if path is None and context.port.open is not None:
        return Result.skipped("QRTR has sockets, no node")
    if path is None:
        text = "this modem has no control port: no cdc-wdm node, no wwan port"
        return Result.failed(Reason.CANNOT_TEST, text)
    context.facts.add("device.path", path, source="address")
    if not _exists(path):
        context.facts.add("port.error", "missing", source=path)
        return Result.failed(Reason.CANNOT_TEST, f"{path} does not exist", Evidence(path))
    driver = context.port.port.driver if context.port.port is not None else None
    return Result.passed(f"{path}" + (f", driver {driver}" if driver else ", no driver known"))


def _exists(path: str) -> bool:
    return Path(path).exists()


def _proxy_used(port: ControlPort) -> str | None:
    """The proxy that the port is opened through, ``qmi-proxy``; None where it is opened itself."""
    protocol = port.driver_protocol or port.wanted or "qmi"
    return f"{protocol}-proxy" if protocol in port.proxies else None


async def port_holder(context: CheckContext) -> Result:
    """Nobody else reads the node, or only by way of a proxy."""
    path, proxy = context.port.path, _proxy_used(context.port)
    if path is None:
        return Result.skipped("there is no node to hold")
    seen = host.holders(path, sysroot=context.options.sysroot)
    others = [one for one in seen.found if one.pid != os.getpid()]
    named = ", ".join(f"{one.program} ({one.pid})" for one in others)
    proxies = bool(others) and all(one.is_proxy for one in others)
    is_pty = path.startswith("/dev/pts/")
    # Who made a pty has it open too, and takes nobody's answers.
    holders: list[JsonValue] = [
        {"pid": one.pid, "program": one.program} for one in others if one.is_proxy or not is_pty
    ]
    context.facts.add("port.holders", holders, source="/proc/*/fd")
    shared = (is_pty or proxies) if holders else proxy is not None
    context.facts.add("port.proxy", shared, source="/proc/*/fd")
    if is_pty:
        through = f"; asked through {proxy}" if proxy is not None else ""
        return Result.passed(f"a pty: its other end is whoever made it{through}")
    if others and not proxies:
        text = f"{path} is read by {named}, which would take our answers"
        return Result.failed(Reason.CANNOT_TEST, text, Evidence(named, source="/proc/*/fd"))
    if proxy is not None:
        return Result.passed(f"asked through {proxy}, beside the other programs that use it")
    if others:
        return Result.warned(f"held by {named}: reading beside a proxy may lose answers")
    unread = f" ({seen.unread} processes could not be looked into)" if seen.unread else ""
    return Result.passed(f"nobody else has it open{unread}")


async def port_open(context: CheckContext) -> Result:
    """The node can be opened."""
    port = context.port
    if port.open is None:
        return Result.failed(Reason.CANNOT_TEST, "this modem has no control port")
    try:
        context.transport = await port.open(port.driver_protocol or port.wanted or "qmi")
    except (ModemSilent, Refused, DecodeError) as error:
        context.opening_error = error
        return Result.passed(f"open{_through(port)}")
    except ProxyFailed:
        context.facts.add("port.error", "proxy", source=port.name)
        raise
    except TransportError as error:
        names = {"PortMissing": "missing", "PortPermission": "permission", "PortBusy": "busy"}
        names |= {"DeviceGone": "gone", "DeviceReset": "io"}
        kind = names.get(type(error).__name__, "io")
        context.facts.add("port.error", kind, source=port.name)
        raise
    limit = context.transport.max_command
    size = f"; one command may have {limit} bytes" if limit is not None else ""
    return Result.passed(f"open{_through(port)}{size}", *_size_evidence(limit))


def _through(port: ControlPort) -> str:
    proxy = _proxy_used(port)
    return f" through {proxy}" if proxy is not None else ""


def _size_evidence(limit: int | None) -> list[Evidence]:
    if limit is None:
        return []
    return [measured("maximum command", limit, unit="bytes", source="IOCTL_WDM_MAX_COMMAND")]
