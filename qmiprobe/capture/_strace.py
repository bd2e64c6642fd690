# SPDX-License-Identifier: GPL-2.0-or-later
"""Reads what strace shows of a program that talks to a control port or to a proxy's socket.

Of read, write and their kin the buffers count that are messages, whole or in pieces: a stream has
no bounds. Strings are as strace writes them, with -x and -xx or without; -s has to be as long as
the messages, or all but 32 bytes are missing.
"""

from __future__ import annotations

import re

from qmiprobe._framing import Frame, Framer
from qmiprobe.capture._captured import Captured, Protocol
from qmiprobe.capture._log_form import Place, cut_short, length_said
from qmiprobe.capture._protocol import protocol_of
from qmiprobe.errors import DecodeError
from qmiprobe.mbim._frame import MbimFramer
from qmiprobe.qmi._frame import QmuxFramer

_CALL = re.compile(
    r"(?:^|[\s\]])(?P<call>p?readv?(?:64)?|p?writev?(?:64)?|sendto|recvfrom|sendmsg|recvmsg)"
    r"\((?P<fd>\d+)(?:<(?P<path>.{0,200}?)>)?, (?P<rest>.*)"
)
_RESUMED = re.compile(r"<\.\.\. (?P<call>\w+) resumed>(?P<rest>.*)")
_TEXT = re.compile(r'(?:^|iov_base=)"(?P<text>(?:[^"\\]|\\.)*)"(?P<cut>\.\.\.)?')
_RESULT = re.compile(r"\)\s+= (?P<result>-?\d+)")
_WHO = re.compile(r"^(?:\[pid +(?P<pid>\d+)\]|(?P<number>\d+) )")
_ESCAPE = re.compile(r"\\(x[0-9a-fA-F]{2}|[0-7]{1,3}|.)")
_NAMED = {"n": 10, "t": 9, "r": 13, "v": 11, "f": 12, "a": 7, "b": 8, "e": 27}
_MOST = 64
"""Streams of which the beginning of a message is kept."""


class StraceLines:
    """The form of strace's output; see the module."""

    def __init__(self) -> None:
        self._waiting: dict[str, tuple[str, str]] = {}
        self._streams: dict[tuple[str, str, str], tuple[Protocol, Framer]] = {}

    def line(self, text: str, place: Place) -> list[Captured]:
        """Take one line of a log."""
        if "(" not in text and "resumed>" not in text:
            return []
        found = _WHO.match(text)
        who = (found["pid"] or found["number"]) if found is not None else ""
        call = _CALL.search(text)
        if call is not None:
            name, fd, rest = call["call"], call["path"] or f"fd {call['fd']}", call["rest"]
            if rest.rstrip().endswith("<unfinished ...>"):
                if len(self._waiting) < _MOST:
                    self._waiting[who] = (name, fd)
                if "read" in name or "recv" in name:
                    return []  # what it read stands where it is resumed
        elif (resumed := _RESUMED.search(text)) is not None:
            name, fd = self._waiting.pop(who, ("", ""))
            rest = resumed["rest"]
            if name != resumed["call"] or not ("read" in name or "recv" in name):
                return []
        else:
            return []
        return self._buffers(who, fd, name, rest, place)

    def end(self) -> list[Captured]:
        """Return nothing: the beginning of a message on a stream may be anything."""
        return []

    def _buffers(self, who: str, fd: str, name: str, rest: str, place: Place) -> list[Captured]:
        result = _RESULT.search(rest)
        count = int(result["result"]) if result is not None else None
        if count is not None and count <= 0:
            return []
        here = Place(place.time, place.is_coarse, f"{fd} of {who}" if who else fd)
        parts = [(_unescaped(one["text"]), one["cut"] is not None) for one in _TEXT.finditer(rest)]
        data = b"".join(part for part, _ in parts)
        if any(cut for _, cut in parts):
            wanted = length_said(data)
            if wanted is None or count is None or count < wanted or wanted < len(data):
                return []
            error = cut_short(data, wanted, "strace shows (-s 65536 would have shown all)")
            return [_item(data, protocol_of(data), here, error)]
        direction = "in" if "read" in name or "recv" in name else "out"
        return self._stream((who, fd, direction), data if count is None else data[:count], here)

    def _stream(self, key: tuple[str, str, str], data: bytes, here: Place) -> list[Captured]:
        known = self._streams.get(key)
        if known is None:
            if length_said(data) is None:
                return []
            protocol = protocol_of(data)
            known = protocol, QmuxFramer() if protocol == "qmi" else MbimFramer()
        protocol, framer = known
        items = [
            _item(one.data, protocol, here, None)
            for one in framer.feed(data)
            if isinstance(one, Frame)
        ]
        if framer.partial and len(self._streams) < _MOST:
            self._streams[key] = known
        else:
            self._streams.pop(key, None)
        return items


def _item(data: bytes, protocol: Protocol, here: Place, error: DecodeError | None) -> Captured:
    return Captured(
        data=data, time=here.time, is_coarse=here.is_coarse, port=here.port, protocol=protocol,
        error=error,
    )  # fmt: skip


def _unescaped(text: str) -> bytes:
    """Return the bytes of a string as strace writes it."""
    out = bytearray()
    at = 0
    for found in _ESCAPE.finditer(text):
        out += text[at : found.start()].encode("utf-8", "replace")
        code = found[1]
        if code[0] == "x" and len(code) == 3:
            out.append(int(code[1:], 16))
        elif code[0] in "01234567":
            out.append(int(code, 8) & 0xFF)
        else:
            out += bytes((_NAMED[code],)) if code in _NAMED else code.encode("utf-8", "replace")
        at = found.end()
    return bytes(out + text[at:].encode("utf-8", "replace"))
