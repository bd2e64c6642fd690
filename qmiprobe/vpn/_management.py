# SPDX-License-Identifier: GPL-2.0-or-later
"""What an OpenVPN process says of itself on its management socket: ``state`` and ``status``.

It is only read, and no password is given. Sockets whose loss would restart the tunnel or have it
forget passwords are left alone.
"""

from __future__ import annotations

import contextlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import trio

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ._model import Tunnel

_PATIENCE = 1.5
_LARGEST = 1 << 16
_ANSWERS = 2
_LEFT_ALONE = ("management-client", "management-signal", "management-forget-disconnect")
_SENT, _RECEIVED = "TCP/UDP write bytes", "TCP/UDP read bytes"


@dataclass(frozen=True)
class Management:
    """Where it listens: a path, or a host and its port."""

    host: str
    port: int | None


def management_of(settings: Mapping[str, Sequence[tuple[str, ...]]]) -> Management | None:
    """Return where settings have it listen; None where it may not be asked."""
    words = next(iter(settings.get("management", ())), ())
    if len(words) < 2 or any(name in settings for name in _LEFT_ALONE):
        return None
    if words[1] == "unix":
        return Management(words[0], None)
    return Management(words[0], int(words[1])) if words[1].isdigit() else None


async def with_management(tunnel: Tunnel) -> Tunnel:
    """Return the tunnel with what its process says: whether it is up, and its bytes."""
    if tunnel.management is None:
        return tunnel
    said = await ask_management(tunnel.management)
    return completed(tunnel, said)


async def ask_management(place: Management) -> str:
    """Return what it says, within 1.5 s; empty where it wants a password, or talks to another."""
    heard = b""
    with contextlib.suppress(OSError, trio.BrokenResourceError), trio.move_on_after(_PATIENCE):
        stream = (
            await trio.open_unix_socket(place.host)
            if place.port is None
            else await trio.open_tcp_stream(place.host, place.port)
        )
        async with stream:
            while b">INFO" not in heard and b"PASSWORD" not in heard.upper():
                part = await stream.receive_some(4096)
                if not part:
                    return ""
                heard += part
            if b"PASSWORD" in heard.upper():
                return ""
            await stream.send_all(b"state\nstatus\n")  # not quit: it takes unsent answers with it
            while heard.count(b"END") < _ANSWERS and len(heard) < _LARGEST:
                part = await stream.receive_some(4096)
                if not part:
                    break
                heard += part
    return heard.decode("utf-8", "replace")


def completed(tunnel: Tunnel, said: str) -> Tunnel:
    """Return the tunnel with what stands in an answer."""
    lines = [line.strip() for line in said.splitlines() if not line.startswith(">")]
    for line in lines:
        words = line.split(",")
        if len(words) >= 3 and words[0].isdigit():
            state = " ".join(word for word in words[1:3] if word)
            tunnel = replace(
                tunnel,
                established=words[1] == "CONNECTED",
                options=(*tunnel.options, ("state", state)),
            )
        elif len(words) == 2 and words[1].isdigit():
            if words[0] == _SENT:
                tunnel = replace(tunnel, sent=int(words[1]))
            elif words[0] == _RECEIVED:
                tunnel = replace(tunnel, received=int(words[1]))
    return tunnel
