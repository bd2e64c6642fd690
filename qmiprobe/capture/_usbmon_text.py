# SPDX-License-Identifier: GPL-2.0-or-later
"""Reads usbmon's text, of the files 1t, 1u and 0u in /sys/kernel/debug/usb/usbmon.

Of each transfer it has 32 bytes at most: longer messages are named, and not whole. Layout: the
kernel's Documentation/usb/usbmon.rst.
"""

from __future__ import annotations

import re

from qmiprobe.capture._captured import Captured
from qmiprobe.capture._log_form import Place
from qmiprobe.capture._usb_control import UsbControl, UsbEvent

_EVENT = re.compile(
    r"(?:^|\s)(?P<urb>[0-9a-f]{8,16}) (?P<stamp>\d{1,10}) (?P<kind>[SCE]) "
    r"C[io]:(?:(?P<bus>\d+):)?(?P<device>\d+):\d+ "
    r"(?:s (?P<setup>[0-9a-f]{2} [0-9a-f]{2} [0-9a-f]{4} [0-9a-f]{4} [0-9a-f]{4})"
    r"|(?P<status>-?\d+)(?::\d+)*) "
    r"(?P<size>\d+)(?: (?:=(?P<words>(?: [0-9a-f]{2,8})*)|[<>]))?\s*$"
)
_WRAPS_AT = 4096 * 1_000_000
"""The time stamp is microseconds with twelve bits of seconds."""


class UsbmonText:
    """The form of usbmon's text files."""

    def __init__(self) -> None:
        self._usb = UsbControl(
            recorder="usbmon's text", advice="tcpdump -i usbmon1 -w FILE keeps all"
        )
        self._last = 0
        self._wraps = 0

    def line(self, text: str, place: Place) -> list[Captured]:
        """Take one line."""
        if " Co:" not in text and " Ci:" not in text:
            return []
        found = _EVENT.search(text)
        if found is None:
            return []
        return list(self._usb.add(self._event(found)))

    def end(self) -> list[Captured]:
        """Return what was sent and whose completion is missing."""
        return list(self._usb.end())

    def _event(self, found: re.Match[str]) -> UsbEvent:
        stamp = int(found["stamp"])
        if stamp < self._last - _WRAPS_AT // 2:
            self._wraps += 1
        self._last = stamp
        words = (found["words"] or "").replace(" ", "")
        return UsbEvent(
            urb=int(found["urb"], 16),
            kind=found["kind"],
            bus=int(found["bus"] or 0),
            device=int(found["device"]),
            time=(stamp + self._wraps * _WRAPS_AT) / 1e6,
            setup=_setup(found["setup"]) if found["setup"] else None,
            status=int(found["status"] or 0),
            size=int(found["size"]),
            data=bytes.fromhex(words[: len(words) // 2 * 2]),
        )


def _setup(text: str) -> bytes:
    """Return the request as it is on the wire: its three words are little-endian there."""
    kind, request, *words = text.split()
    return bytes.fromhex(kind + request) + b"".join(
        int(word, 16).to_bytes(2, "little") for word in words
    )
