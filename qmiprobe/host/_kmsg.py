# SPDX-License-Identifier: GPL-2.0-or-later
"""The kernel's log: what it said about a USB device, and which probes failed.

Read from ``/dev/kmsg``, or from a saved copy of it or of what ``dmesg`` prints. A probe that ends
with -ENODEV or -ENXIO leaves no line: its absence proves nothing.
"""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass

from qmiprobe.host._files import Tree

_RECORD = re.compile(r"(\d+),(\d+),(\d+),[^;]*;(.*)")
_PRINTED = re.compile(r"(?:<\d+>)?\[\s*(\d+\.\d+)\] ?(.*)")
_AT_MOST = 50_000
_FAILED = (
    # Since 2024, and before.
    re.compile(r"(\S+) (\S+:\d+\.\d+): probe with driver \S+ failed with error (-\d+)"),
    re.compile(r"(\S+): probe of (\S+:\d+\.\d+) failed with error (-\d+)"),
)
_FOUND = re.compile(r"usb (\S+): New USB device found, idVendor=(\w{4}), idProduct=(\w{4})")
_LEFT = re.compile(r"usb (\S+): USB disconnect, device number \d+")


_GIVEN_BACK = re.compile(
    r"(cdc_\w+) (\S+:\d+\.\d+)(?: \S+)?: (failed GET_NTB_PARAMETERS|SET_CRC_MODE failed|"
    r"SET_NTB_FORMAT failed|CDC Union missing|MBIM functional descriptor missing|"
    r"NCM or ECM functional descriptors missing|failed to claim data intf|"
    r"failed to get mac address|bind\(\) failure)"
)


def _came_to(text: str, plug: str) -> bool:
    found = _FOUND.search(text)
    return found is not None and found[1] == plug


@dataclass(frozen=True, kw_only=True)
class KernelLine:
    """One line of the log."""

    time_s: float | None
    """Seconds since the machine started; None where the copy does not say."""
    text: str


@dataclass(frozen=True, kw_only=True)
class FailedProbe:
    """A driver that was offered an interface and failed."""

    driver: str
    interface: str
    """As sysfs calls it: ``2-6:1.4``."""
    errno: int
    """Positive: 22 is EINVAL."""
    text: str
    """The whole line."""


@dataclass(frozen=True, kw_only=True)
class BusEvent:
    """A device that came or went."""

    plug: str
    """Where: ``2-6``."""
    id: str | None
    """Vendor and product of one that came; None: it left."""
    time_s: float | None
    text: str


class KernelLog:
    """The lines that could be read; ``unread`` says why there are none."""

    def __init__(self, lines: tuple[KernelLine, ...], unread: str | None = None) -> None:
        self.lines = lines
        self.unread = unread

    def failed_probes(self) -> Iterator[FailedProbe]:
        """Give every probe that failed aloud, in order."""
        for line in self.lines:
            found = next((one for each in _FAILED if (one := each.search(line.text))), None)
            if found is not None:
                yield FailedProbe(
                    driver=found[1], interface=found[2], errno=-int(found[3]), text=line.text
                )

    def bus_events(self) -> Iterator[BusEvent]:
        """Give every device that came or went, in order."""
        for line in self.lines:
            if came := _FOUND.search(line.text):
                usb_id = f"{came[2]}:{came[3]}"
                yield BusEvent(plug=came[1], id=usb_id, time_s=line.time_s, text=line.text)
            elif left := _LEFT.search(line.text):
                yield BusEvent(plug=left[1], id=None, time_s=line.time_s, text=line.text)

    def failed_binds(self) -> Iterator[FailedProbe]:
        """Give what cdc_ncm and cdc_mbim say before they give an interface back (-ENODEV)."""
        for line in self.lines:
            if found := _GIVEN_BACK.search(line.text):
                yield FailedProbe(
                    driver=found[1], interface=found[2], errno=errno.ENODEV, text=line.text
                )

    def since_plugged(self, plug: str) -> KernelLog:
        """Return the log from where the device that is at this place now came there."""
        found = [n for n, line in enumerate(self.lines) if _came_to(line.text, plug)]
        return KernelLog(self.lines[found[-1] :], self.unread) if found else self

    def about(self, name: str) -> tuple[str, ...]:
        """Return the lines that name a device or an interface."""
        pattern = re.compile(rf"(?<![\w.-]){re.escape(name)}(?![\w-])")
        return tuple(line.text for line in self.lines if pattern.search(line.text))


def kernel_log(sysroot: str = "/") -> KernelLog:
    """Return the kernel's log of a machine. Never raises, and never waits for a new line."""
    try:
        raw = records(sysroot)
    except OSError as error:
        return KernelLog((), f"/dev/kmsg: {error.strerror}")
    return KernelLog(tuple(line for text in raw if (line := _line(text)) is not None))


def records(sysroot: str = "/") -> list[str]:
    """Return the log's records as they are, a line each. Raises OSError."""
    tree = Tree(sysroot)
    path = tree.real("/dev/kmsg")
    if tree.live:
        return _read_device(path)
    why = None if os.path.exists(path) else tree.unread("/dev/kmsg")
    if why is not None:
        raise OSError(errno.EPERM, why)
    return _read_file(path)


def _read_file(path: str) -> list[str]:
    with open(path, encoding="utf-8", errors="replace") as file:
        return file.read(16 << 20).splitlines()


def _read_device(path: str) -> list[str]:
    """Read what is in the ring now, a record a read."""
    records: list[str] = []
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    try:
        while len(records) < _AT_MOST:
            try:
                record = os.read(descriptor, 8192)
            except BlockingIOError:
                break
            except OSError as error:
                if error.errno == errno.EPIPE:
                    continue  # the ring went round under us: what is left comes next
                raise
            if not record:
                break
            # Keys of the record follow in lines of their own.
            records.append(record.decode(errors="replace").partition("\n")[0])
    finally:
        os.close(descriptor)
    return records


def _line(text: str) -> KernelLine | None:
    if record := _RECORD.fullmatch(text):
        return KernelLine(time_s=int(record[3]) / 1e6, text=record[4])
    if printed := _PRINTED.fullmatch(text.strip()):
        return KernelLine(time_s=float(printed[1]), text=printed[2])
    return KernelLine(time_s=None, text=text) if text.strip() and not text.startswith(" ") else None
