# SPDX-License-Identifier: GPL-2.0-or-later
"""What the kernel's log says went wrong: with a device, at a port, with a module.

Wordings of older and of newer kernels; those of a driver have its name and the interface in front.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from qmiprobe.host._kmsg import KernelLine, KernelLog

_AT_PORT = (
    re.compile(r"usb usb(?P<bus>\d+)-port(?P<port>\d+): "),
    re.compile(r"usb (?P<hub>[0-9]+-[0-9.]+)-port(?P<port>\d+): "),
    re.compile(r"hub (?P<bus>\d+)-0:1\.0: .*\bport (?P<port>\d+)"),
    re.compile(r"hub (?P<hub>[0-9]+-[0-9.]+):1\.0: .*\bport (?P<port>\d+)"),
)
_AT_DEVICE = re.compile(r"(?:^|\s)(\d+-[\d.]+)(?::\d+\.\d+)?(?=[: ])")
_KINDS = {
    "over-current": r"over-current",
    "enumeration": (
        r"device descriptor read/\S+, error -\d+|device not accepting address \d+, error -\d+|"
        r"Device not responding to setup address|unable to enumerate USB device|"
        r"attempt power cycle|Cannot enable|disabled by hub \(EMI"
    ),
    "bandwidth": (
        r"can't set config #\d+, error -28|Not enough bandwidth|"
        r"Not enough host controller resources"
    ),
    "set-configuration": r"can't set config #\d+, error -\d+",
    "stall": r"nonzero urb status received: (?:-EPIPE|-32)|Stall on int endpoint",
    "interrupt": r"nonzero urb status received: -\d+|wdm_int_callback - \d+ bytes",
    "notification": r"unknown notification \d+ received",
    "transfer": r"Tx URB error: -\d+|usb_submit_urb failed with result|Unexpected error -\d+",
    "resume": r"Error autopm|can't resume|[Ff]ailed to resume|Wakeup from suspend failed",
    "watchdog": r"NETDEV WATCHDOG",
    "running": r"Cannot change a running device",
    "numbering": r"config \d+ has an invalid interface number",
    "claimed": r"usbfs: interface \d+ claimed by \S+ while",
}
_PATTERNS = {kind: re.compile(pattern) for kind, pattern in _KINDS.items()}
_ANY = re.compile("|".join(_KINDS.values()))
_REFUSED_MODULE = re.compile(
    r"Lockdown: .*unsigned module loading is restricted|"
    r"[Ll]oading of (?:unsigned module|module with unavailable key) is rejected|"
    r"Key was rejected by service"
)


@dataclass(frozen=True, kw_only=True)
class Trouble:
    """A line that tells of a fault."""

    kind: str
    """``enumeration``, ``over-current``, ``bandwidth``, ``stall``, ``interrupt``, ..."""
    plug: str | None
    """The device or port that it is about: ``2-6``; None where the line names none."""
    time_s: float | None
    text: str


def troubles(log: KernelLog) -> Iterator[Trouble]:
    """Give the lines that tell of a fault, in order; each once, by the first kind that fits."""
    for line in log.lines:
        if _ANY.search(line.text) is None:
            continue
        kind = next(kind for kind, pattern in _PATTERNS.items() if pattern.search(line.text))
        yield Trouble(kind=kind, plug=_plug(line.text), time_s=line.time_s, text=line.text)


def rejected_modules(log: KernelLog) -> tuple[str, ...]:
    """Return the lines by which the kernel refused to load a module for want of a signature."""
    return tuple(line.text for line in log.lines if _REFUSED_MODULE.search(line.text))


def busiest_second(lines: Iterable[KernelLine | Trouble]) -> int:
    """Return how many of these lines came within one second, at the most; 0 without times."""
    times = sorted(line.time_s for line in lines if line.time_s is not None)
    most = first = 0
    for last, time in enumerate(times):
        while time - times[first] > 1.0:
            first += 1
        most = max(most, last - first + 1)
    return most


def _plug(text: str) -> str | None:
    for pattern in _AT_PORT:
        if found := pattern.match(text):
            parts = found.groupdict()
            hub = parts.get("hub")
            return f"{hub}.{parts['port']}" if hub else f"{parts['bus']}-{parts['port']}"
    device = _AT_DEVICE.search(text)
    return device[1] if device else None
