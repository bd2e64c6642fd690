# SPDX-License-Identifier: GPL-2.0-or-later
"""Takes out of a copy of a machine what names its owner or the subscriber.

Serial numbers of USB devices, the owner's half of Ethernet addresses, long runs of digits (IMEI,
IMSI, ICCID), phone numbers, the host's name and the names of home folders. Lengths stay, one value
becomes the same thing everywhere, and what the rules read stays as it was.
"""

from __future__ import annotations

import re

from qmiprobe.host._copy import MachineCopy

_BINARY = ("descriptors", "configPack.tar.gz", "modules.alias", "modules.dep")
_OWN_BUS = re.compile(r"usb[0-9]+/serial$")
"""Root hubs have their controller's address for a serial number."""
_SHORTEST = 6
_MAC = re.compile(r"\b([0-9A-Fa-f]{2}(?::[0-9A-Fa-f]{2}){2})((?::[0-9A-Fa-f]{2}){3})\b")
_NAME_BY_MAC = re.compile(r"\b(enx|wwx)([0-9a-f]{6})([0-9a-f]{6})\b")
_NOBODYS = frozenset({":00:00:00", ":ff:ff:ff"})
_DIGITS = re.compile(r"(?<![0-9A-Za-z.])[0-9]{14,20}(?![0-9A-Za-z])")
_PHONE = re.compile(r"(?<![0-9A-Za-z])\+[0-9]{8,15}\b")
_HOME = re.compile(r"/home/[^/\s:\0]+")
_UDEV_SERIAL = re.compile(r"^E:ID_(?:USB_)?SERIAL_SHORT=(.+)$", re.MULTILINE)
_SAID_SERIAL = re.compile(r"SerialNumber: (\S+)")
_DUMB_HOSTS = frozenset({"localhost", "debian", "ubuntu", "linux", "host", "fedora", "arch"})


def masked(copy: MachineCopy, *, host_name: str = "") -> MachineCopy:
    """Return the copy without personal values."""
    mask = _Mask(copy, host_name)
    return MachineCopy(
        files={mask.name(path): mask.content(path, data) for path, data in copy.files.items()},
        links={mask.name(path): mask.name(target) for path, target in copy.links.items()},
        unread={mask.name(path): why for path, why in copy.unread.items()},
        mask=mask.text,
    )


class _Mask:
    """Remembers what became of each value."""

    def __init__(self, copy: MachineCopy, host_name: str) -> None:
        self._tails: dict[str, str] = {}
        secrets = sorted(_serials(copy), key=len, reverse=True)
        words = [re.escape(one) for one in secrets]
        self._serial = re.compile(rf"(?<![0-9A-Za-z])(?:{'|'.join(words)})(?![0-9A-Za-z])")
        self._any = bool(words)
        known = len(host_name) > 2 and host_name.lower() not in _DUMB_HOSTS
        self._host = re.compile(rf"(?<![\w.-]){re.escape(host_name)}(?![\w-])") if known else None

    def name(self, path: str) -> str:
        return _NAME_BY_MAC.sub(self._mac_name, path)

    def content(self, path: str, data: bytes) -> bytes:
        name = path.rpartition("/")[2]
        if name.endswith(_BINARY) or name.startswith("modules."):
            return data
        text = data.decode("latin-1")
        if name == "serial" and not _OWN_BUS.search(path):
            return _blank(text).encode("latin-1")
        return self.text(text).encode("latin-1")

    def text(self, text: str) -> str:
        if self._any:
            text = self._serial.sub(lambda found: _blank(found[0]), text)
        text = _MAC.sub(self._mac, text)
        text = _NAME_BY_MAC.sub(self._mac_name, text)
        text = _PHONE.sub(lambda found: "+" + "0" * (len(found[0]) - 1), text)
        text = _DIGITS.sub(lambda found: "0" * len(found[0]), text)
        text = _HOME.sub("/home/user", text)
        return text if self._host is None else self._host.sub("host", text)

    def _mac(self, found: re.Match[str]) -> str:
        maker, own = found[1], found[2].lower()
        if own in _NOBODYS:
            return found[0]
        tail = self._tail(maker.replace(":", "") + own.replace(":", ""))
        return f"{maker}:{tail[:2]}:{tail[2:4]}:{tail[4:]}"

    def _mac_name(self, found: re.Match[str]) -> str:
        return f"{found[1]}{found[2]}{self._tail(found[2] + found[3])}"

    def _tail(self, address: str) -> str:
        """Return the three octets that stand for an owner's."""
        return self._tails.setdefault(address.lower(), f"{len(self._tails) + 1:06x}")


def _serials(copy: MachineCopy) -> set[str]:
    found = set()
    for path, data in copy.files.items():
        text = data.decode("latin-1")
        if path.endswith("/serial") and not _OWN_BUS.search(path):
            found.add(text.strip())
        elif path.startswith("run/udev/data/"):
            found |= set(_UDEV_SERIAL.findall(text))
        elif path == "dev/kmsg":
            # Of a device that is gone by now, too; those of root hubs are names of controllers.
            found |= {one for one in _SAID_SERIAL.findall(text) if ":" not in one}
    return {one for one in found if len(one) >= _SHORTEST and not one.startswith("vhci_hcd")}


def _blank(text: str) -> str:
    return "".join("0" if one.isdigit() else "X" if one.isalpha() else one for one in text)
