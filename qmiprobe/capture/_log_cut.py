# SPDX-License-Identifier: GPL-2.0-or-later
"""Puts messages together again whose bytes a log of libqmi or libmbim cut, from the words below.

Of QMI messages the words have every TLV in hex, but for personal values. Of MBIM ones they have
the header only, so that a message is whole again where it has no information buffer.
"""

from __future__ import annotations

import re
from typing import Protocol as Interface

from qmiprobe._wire import Note
from qmiprobe.capture._captured import Captured
from qmiprobe.capture._log_form import Gathering

_REBUILT = Note("rebuilt", "the log cut its bytes: put together again from the words below them")
_NUMBER = re.compile(r"\(0x(?P<number>[0-9A-Fa-f]{1,8})\)\s*$")
_UUID = re.compile(r"\((?P<uuid>[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12})\)\s*$")
_HIDDEN = "###"
_CTL_HEADER, _HEADER = 12, 13


class Cut(Interface):
    """A message of which the beginning is known."""

    def take(self, key: str, text: str) -> None:
        """Take ``key = text`` of the words."""
        ...

    def whole(self) -> Captured | None:
        """Return the message once all of it is known."""
        ...

    def given_up(self) -> Captured:
        """Return what is known of it."""
        ...


def cut_message(gathering: Gathering, wanted: int | None) -> Cut | None:
    """Return what completes the message in ``gathering``; None where too little is known of it."""
    head = gathering.data
    if wanted is None or len(head) < _CTL_HEADER:
        return None
    return _CutQmi(gathering, wanted) if _is_qmi(head) else _CutMbim(gathering, wanted)


def _is_qmi(head: bytes) -> bool:
    return head[0] == 1 and head[3] in (0x00, 0x80) and head[1:3] != b"\0\0"


class _CutQmi:
    """A QMI message, which the TLVs complete."""

    def __init__(self, gathering: Gathering, wanted: int) -> None:
        self._gathering = gathering
        self._header_size = _HEADER if gathering.data[4] else _CTL_HEADER
        self._missing = wanted - self._header_size
        self._tlvs: list[tuple[int, bytes | None]] = []
        self._number: int | None = None
        self._size: int | None = None

    def take(self, key: str, text: str) -> None:
        """Take type, length and value of TLVs, in this order."""
        if key == "type":
            found = _NUMBER.search(text)
            number = int(found["number"], 16) if found else 256
            self._number = number if number < 256 else None
        elif key == "length" and self._number is not None:
            self._size = int(text) if text.isdecimal() and len(text) < 6 else None
        elif key == "value":
            self._value(text)

    def _value(self, text: str) -> None:
        if self._number is None or self._size is None:
            return
        value = None
        if not text.startswith(_HIDDEN):
            try:
                value = bytes.fromhex(text.replace(":", ""))
            except ValueError:
                return
            if len(value) != self._size:
                return
        self._tlvs.append((self._number, value))
        self._missing -= 3 + self._size
        self._number = self._size = None

    def whole(self) -> Captured | None:
        """Return the message, without the TLVs whose values the log hides."""
        if self._missing:
            return None
        tlvs = b"".join(
            bytes((number,)) + len(value).to_bytes(2, "little") + value
            for number, value in self._tlvs
            if value is not None
        )
        size = self._header_size
        data = bytearray(self._gathering.data[:size].ljust(size, b"\0")) + tlvs
        data[1:3] = (len(data) - 1).to_bytes(2, "little")
        data[size - 2 : size] = len(tlvs).to_bytes(2, "little")
        hidden = [
            Note("hidden", f"the log hides the value of TLV {number:#04x}: left out here", number)
            for number, value in self._tlvs
            if value is None
        ]
        return self._gathering.rebuilt(bytes(data), _REBUILT, *hidden)

    def given_up(self) -> Captured:
        """Return what is known of it: its header."""
        return self._gathering.item()


class _CutMbim:
    """An MBIM message, of which the words have the header."""

    def __init__(self, gathering: Gathering, wanted: int) -> None:
        self._gathering = gathering
        self._wanted = wanted
        self._kind = int.from_bytes(gathering.data[:4], "little")
        self._service: bytes | None = None
        self._cid: bytes | None = None
        self._value: bytes | None = None

    def take(self, key: str, text: str) -> None:
        """Take what the header has."""
        if key == "service" and self._service is None:
            found = _UUID.search(text)
            self._service = bytes.fromhex(found["uuid"].replace("-", "")) if found else None
        elif key == "cid" and self._cid is None:
            self._cid = _number(text)
        elif key == "status error" or (key == "type" and text.startswith("'")):
            self._value = self._value or _number(text)
        elif key == "max control transfer" and text.isdecimal():
            self._value = (int(text) & 0xFFFFFFFF).to_bytes(4, "little")

    def _header(self) -> bytes | None:
        head = self._gathering.data[:12]
        if self._kind & 0xF in (1, 2, 4):
            return head if self._wanted == len(head) else head + (self._value or b"")
        if self._service is None or self._cid is None:
            return None
        one = bytes((1, 0, 0, 0, 0, 0, 0, 0)) + self._service + self._cid
        if self._kind == 0x80000007:
            return head + one + (self._wanted - 44).to_bytes(4, "little", signed=True)
        if self._value is None:
            return None
        return head + one + self._value + (self._wanted - 48).to_bytes(4, "little", signed=True)

    def whole(self) -> Captured | None:
        """Return the message where all of it is header."""
        header = self._header()
        if header is None or len(header) != self._wanted:
            return None
        return self._gathering.rebuilt(header, _REBUILT)

    def given_up(self) -> Captured:
        """Return what is known of it: its header, as far as there are words."""
        header = self._header()
        if header is None or len(header) > self._wanted:
            return self._gathering.item()
        return self._gathering.rebuilt(header)


def _number(text: str) -> bytes | None:
    found = _NUMBER.search(text)
    return int(found["number"], 16).to_bytes(4, "little") if found else None
