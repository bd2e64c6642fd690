# SPDX-License-Identifier: GPL-2.0-or-later
"""One message of the kernel about a device, read from its bytes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Uevent:
    """What happened to one device of sysfs."""

    action: str
    """``add``, ``remove``, ``bind``, ``unbind``, ``change``, ``move``, ..."""
    path: str
    """Of the device, without the ``/sys`` in front."""
    fields: Mapping[str, str]
    """All that the kernel says of it: SUBSYSTEM, DEVTYPE, DRIVER, DEVNAME, PRODUCT, ..."""

    @property
    def name(self) -> str:
        """Last part of the path: ``1-1``, ``1-1:1.4``, ``cdc-wdm0``, ``wwan0``."""
        return self.path.rpartition("/")[2]

    @property
    def subsystem(self) -> str:
        """``usb``, ``usbmisc``, ``net``, ``tty``, ``wwan``, ...; empty where it is not said."""
        return self.fields.get("SUBSYSTEM", "")

    @property
    def is_usb_device(self) -> bool:
        """Whether it is about a whole USB device, not about one of its interfaces."""
        return self.subsystem == "usb" and self.fields.get("DEVTYPE") == "usb_device"

    @property
    def usb_id(self) -> str | None:
        """Vendor and product, ``03f0:581d``; None where the event is not about USB."""
        vendor, _, rest = self.fields.get("PRODUCT", "").partition("/")
        product = rest.partition("/")[0]
        if self.subsystem != "usb" or not vendor or not product:
            return None
        return f"{vendor:0>4}:{product:0>4}".lower()


def parse_uevent(data: bytes) -> Uevent | None:
    """Return the event in a datagram of the kernel's group; None for bytes that are none.

    (``ACTION@DEVPATH``, then ``KEY=value``, each ended by a zero byte: lib/kobject_uevent.c.)
    """
    head, *rest = data.split(b"\0")
    action, at, path = head.decode(errors="replace").partition("@")
    if not action or not at or not path.startswith("/"):
        return None
    pairs = (line.decode(errors="replace").partition("=") for line in rest)
    fields = {key: value for key, equals, value in pairs if key and equals}
    if fields.get("ACTION", action) != action or fields.get("DEVPATH", path) != path:
        return None
    return Uevent(action, path, fields)
