# SPDX-License-Identifier: GPL-2.0-or-later
"""One datagram to a port, sent up to three times, and the answer that fits it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import trio

from qmiprobe.sockets import retire

from ._events import Datagram, NetworkError, next_events
from ._probes import PORT_UNREACHABLE, ProbeResult
from ._sockets import open_udp

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable

    from qmiprobe.bearer import IPAddress

    from ._sockets import Origin

ATTEMPTS = 3
ATTEMPT_SECONDS = 0.8


@dataclass(frozen=True, kw_only=True)
class Exchange:
    """What became of it."""

    result: ProbeResult
    data: bytes = b""
    """The answer."""
    latency_s: float | None = None
    """From the last time it was sent."""
    errno: int | None = None
    offender: IPAddress | None = None
    """Who sent the ICMP error."""
    prohibited: bool = False
    """Whether that error says that a filter forbids it."""
    odd: bool = False
    """Something came that does not fit."""


async def exchange(
    origin: Origin,
    target: IPAddress,
    port: int,
    payload: bytes,
    *,
    fits: Callable[[bytes], bool],
    attempts: int = ATTEMPTS,
    seconds: float = ATTEMPT_SECONDS,
) -> Exchange:
    """Send ``payload`` and return the first answer that ``fits``, or the ICMP error, or silence.

    Within ``attempts`` times ``seconds``; each attempt may still be answered in a later one.
    """
    try:
        sock = open_udp(origin, target, port)
    except OSError as error:
        return Exchange(result=ProbeResult.NOT_SENT, errno=error.errno)
    found: Exchange | None = None
    odd: list[bytes] = []
    try:
        for _ in range(attempts):
            started = trio.current_time()
            sock.send(payload)
            with trio.move_on_after(seconds):
                found = await _wait(sock, target, fits, odd)
                return replace(found, latency_s=trio.current_time() - started)
    except OSError as error:
        return Exchange(result=ProbeResult.NOT_SENT, errno=error.errno)
    finally:
        if found is None:
            retire(sock)
        else:
            sock.close()
    return Exchange(result=ProbeResult.SILENT, odd=bool(odd))


async def _wait(
    sock: socket.socket, target: IPAddress, fits: Callable[[bytes], bool], odd: list[bytes]
) -> Exchange:
    while True:
        for event in await next_events(sock):
            if isinstance(event, Datagram):
                if fits(event.data):
                    return Exchange(result=ProbeResult.ANSWERED, data=event.data)
                odd.append(event.data)
            else:
                return _refusal(event, target)


_PROHIBITED = {4: ((3, 9), (3, 10), (3, 13)), 6: ((1, 1), (1, 5), (1, 6))}


def _refusal(error: NetworkError, target: IPAddress) -> Exchange:
    kind = (error.type, error.code)
    if not error.from_network:
        result = ProbeResult.NOT_SENT
    elif error.offender == target and kind == PORT_UNREACHABLE[target.version]:
        result = ProbeResult.REFUSED
    else:
        result = ProbeResult.UNREACHABLE
    return Exchange(
        result=result,
        errno=error.errno,
        offender=error.offender,
        prohibited=error.from_network and kind in _PROHIBITED[target.version],
    )
