# SPDX-License-Identifier: GPL-2.0-or-later
"""Asks a serial port what it speaks: first by listening, then by ``AT``; nothing is changed."""

from __future__ import annotations

import re
from dataclasses import dataclass

from qmiprobe.at._port import AtPort, open_at
from qmiprobe.at._recognise import Spoken, recognise
from qmiprobe.errors import NoAnswer

LISTEN_S = 0.3
AFTER_S = 1.2
"""A GPS port says something each second."""
_DIGITS = re.compile(r"\d{14,}")
_LONGEST = 60


@dataclass(frozen=True)
class Heard:
    """What came of a port."""

    spoken: Spoken | None
    """None: silent, or not to be understood."""
    said: tuple[str, ...] = ()
    """Of an AT port: maker, model and firmware as ``ATI`` gives them, without numbers of persons
    and devices."""
    bytes_heard: int = 0
    """Of anything, also of what was not understood."""


async def probe_serial(path: str) -> Heard:
    """Return what is spoken at a tty; raises what :func:`open_at` raises, and DeviceGone."""
    async with open_at(path) as port:
        data = await port.listen(LISTEN_S, until=_speaks_by_itself)
        spoken = recognise(data)
        if _speaks_by_itself(data):
            return Heard(spoken, bytes_heard=len(data))
        try:
            answer = await port.ask("AT")
        except NoAnswer as error:
            data += error.observed if isinstance(error.observed, bytes) else b""
            if recognise(data) is None:
                data += await port.listen(AFTER_S, until=_speaks_by_itself)
            return Heard(recognise(_without_echo(data)), bytes_heard=len(data))
        data += answer.data
        return Heard("at", await _identity(port), len(data))


def _speaks_by_itself(data: bytes) -> bool:
    return recognise(data) in ("nmea", "qcdm")


async def _identity(port: AtPort) -> tuple[str, ...]:
    try:
        answer = await port.ask("ATI")
    except NoAnswer:
        return ()
    lines = (line[:_LONGEST] for line in answer.lines if not _DIGITS.search(line))
    return tuple(line for line in lines if not line.upper().startswith(("IMEI", "MEID", "ESN")))


def _without_echo(data: bytes) -> bytes:
    """Leave out the command itself: a port that only echoes has not answered."""
    return data.replace(b"AT\r", b"")
