# SPDX-License-Identifier: GPL-2.0-or-later
"""The rungs of the port itself: its node, who holds it, whether it opens."""

from __future__ import annotations

import errno
import os
from pathlib import Path

from qmiprobe import host
from qmiprobe.address import ControlPort
from qmiprobe.check._check import Result
from qmiprobe.check._context import CheckContext
from qmiprobe.check._evidence import measured
from qmiprobe.check._port_facts import add_access, other_names
from qmiprobe.diagnosis import Evidence, JsonValue, Reason
from qmiprobe.errors import DecodeError, ModemSilent, ProxyFailed, Refused, TransportError


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
        others: list[JsonValue] = [
            port.path for one in host.modems(context.options.sysroot) for port in one.ports
        ]
        context.facts.add("port.others", others, source="sysfs")
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
    if (held := _held_by_other_name(context)) is not None:
        return held
    if proxy is not None:
        return Result.passed(f"asked through {proxy}, beside the other programs that use it")
    if others:
        return Result.warned(f"held by {named}: reading beside a proxy may lose answers")
    unread = f" ({seen.unread} processes could not be looked into)" if seen.unread else ""
    return Result.passed(f"nobody else has it open{unread}")


def _held_by_other_name(context: CheckContext) -> Result | None:
    """The failed result where somebody has the port open by its other node: it cannot be had."""
    found: list[JsonValue] = [
        {"pid": one.pid, "program": one.program, "path": name}
        for name in other_names(context)
        for one in host.holders(name, sysroot=context.options.sysroot).found
        if one.pid != os.getpid()
    ]
    if not found:
        return None
    context.facts.add("port.other_name", found, source="/proc/*/fd")
    first = context.facts.records("port.other_name")[0]
    text = f"{first['program']} ({first['pid']}) has {first['path']} open, which is the same port"
    return Result.failed(Reason.CANNOT_TEST, text, Evidence(text, source="/proc/*/fd"))


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
        if error.errno is not None:
            name = errno.errorcode.get(error.errno, str(error.errno))
            context.facts.add("port.errno", name, source=port.name)
        if kind == "permission" and port.path is not None:
            add_access(context, port.path)
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
