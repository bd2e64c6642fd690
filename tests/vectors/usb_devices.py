# SPDX-License-Identifier: GPL-2.0-or-later
"""Reads blocks of ``usb-devices`` and of ``/sys/kernel/debug/usb/devices`` as people paste them.

Into mails (quoted, indented, folded at any blank), issues (several devices in one paste, lines that
are missing), and with any line ends. Of several configurations the active one counts, and of
alternate settings the one that is set, where the text marks them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

_QUOTES = re.compile(r"^[ \t]*(?:[>|+-][ \t]?)*[ \t]*", re.MULTILINE)
_ITEM = re.compile(r"(?:^|(?<=\s))([TDPSCIAE]):(\*?)\s+(?=[A-Z#][\w#]*=)")
_VALUE = re.compile(r"([A-Z#][\w#]*)=\s*([^\s(,]*)")
_NAMED = re.compile(r"Product=(.*?)(?=\s[A-Z]:|\n|$)")
_DRIVER = re.compile(r"Driver=\s*(\S*)")
_NOBODY = ("", "(none)", "[none]", "none", "<none>")


@dataclass
class Setting:
    """An alternate setting of an interface."""

    number: int
    alternate: int
    endpoints: int
    cls: str
    driver: str | None
    active: bool
    pipes: list[tuple[int, int]] = field(default_factory=list)
    """Address and type of each endpoint that the text shows."""


@dataclass
class Device:
    """One device with its active configuration."""

    usb_id: str
    product: str | None = None
    device_class: str = "00"
    settings: list[Setting] = field(default_factory=list)

    @property
    def interfaces(self) -> list[Setting]:
        """Each interface in the setting that is set, or in the last one that is shown."""
        found: dict[int, Setting] = {}
        for one in self.settings:
            if one.active or one.number not in found or not found[one.number].active:
                found[one.number] = one
        return list(found.values())


def without_quotes(text: str) -> str:
    """Return the text without what mail and issues put before lines, and odd blanks and ends."""
    return _QUOTES.sub("", text.replace("\r", "").replace("\xa0", " "))


def read_devices(text: str) -> Iterator[Device]:
    """Give every device of a text that shows interfaces, in order."""
    plain = without_quotes(text).replace("'", "")
    device: Device | None = None
    kind_of_device, counts = "00", True
    for letter, star, rest in _items(plain):
        values = dict(_VALUE.findall(rest))
        if letter in "TP" and device is not None and device.settings:
            yield device
            device = None
        if letter in "TD":
            kind_of_device, counts = (values.get("Cls", "00")[:2] if letter == "D" else "00"), True
        elif letter == "P" and {"Vendor", "ProdID"} <= set(values):
            usb_id = f"{values['Vendor']:0>4}:{values['ProdID']:0>4}".lower()
            device, counts = Device(usb_id, device_class=kind_of_device), True
        elif device is None:
            continue
        elif letter == "S" and (named := _NAMED.search(rest)):
            device.product = named[1].strip()
        elif letter == "C":
            # Only debugfs shows those that are not set; there the one that is has a star.
            counts = bool(star) or not device.settings
            if star:
                device.settings.clear()
        elif letter == "I" and counts and (one := _setting(values, rest, star)) is not None:
            device.settings.append(one)
        elif letter == "E" and counts and device.settings and "Ad" in values:
            pipe = int(values["Ad"], 16), int(values.get("Atr", "0"), 16)
            device.settings[-1].pipes.append(pipe)
    if device is not None and device.settings:
        yield device


def _items(text: str) -> Iterator[tuple[str, str, str]]:
    """Give letter, star and the rest of each line, however it was folded."""
    starts = list(_ITEM.finditer(text))
    for index, one in enumerate(starts):
        end = starts[index + 1].start() if index + 1 < len(starts) else len(text)
        rest = text[one.end() : end]
        # What a person writes after the block is none of it.
        yield one[1], one[2], re.split(r"\n\s*\n", rest)[0]


def _setting(values: dict[str, str], rest: str, star: str) -> Setting | None:
    driver = _DRIVER.search(rest)
    name = driver[1] if driver is not None else ""
    try:
        triple = [int(values[key][:2], 16) for key in ("Cls", "Sub", "Prot")]
        return Setting(
            number=_number(values["If#"]),
            alternate=_number(values.get("Alt", "0")),
            endpoints=_number(values.get("#EPs", "0")),
            cls="/".join(f"{part:02x}" for part in triple),
            driver=None if name in _NOBODY else name,
            active=bool(star),
        )
    except (KeyError, ValueError):
        return None


def _number(text: str) -> int:
    return int(text, 16) if text.lower().startswith("0x") else int(text)
