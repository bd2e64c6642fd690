# SPDX-License-Identifier: GPL-2.0-or-later
"""How far this machine's clock is off, by time servers (SNTP) and by the Date of web servers."""

from __future__ import annotations

import random
import struct
import time
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from functools import partial
from typing import TYPE_CHECKING

import trio

from ._exchange import exchange
from ._probes import ProbeResult
from ._reply import BadReply, get_request, read_head
from ._sockets import origin_toward, require_netdev
from ._stream import connect
from ._together import together

if TYPE_CHECKING:
    from qmiprobe.bearer import BearerFacts, HttpTarget, IPAddress, Targets

_EPOCH = 2208988800  # seconds from 1900 to 1970
_ERA = 1 << 32
_REQUEST = struct.pack("!B39x", 0x23)  # version 4, mode 3: client
_DATE_SECONDS = 4.0


@dataclass(frozen=True, kw_only=True)
class ClockAnswer:
    """What one server says."""

    server: str
    way: str
    """ntp or http; an HTTP date is only good to a second."""
    ahead_s: float
    """How far the server is ahead of this machine's clock; negative: this machine is ahead."""


@dataclass(frozen=True, kw_only=True)
class ClockFacts:
    """What all servers say that answered."""

    answers: tuple[ClockAnswer, ...]
    asked: int

    @property
    def ahead_s(self) -> float | None:
        """The median, of time servers where one answered; None without any."""
        by_ntp = [one.ahead_s for one in self.answers if one.way == "ntp"]
        values = sorted(by_ntp or [one.ahead_s for one in self.answers])
        return values[len(values) // 2] if values else None


def time_request() -> bytes:
    """Return an SNTP request; its time is random, which the answer repeats (RFC 9109's advice)."""
    return _REQUEST + random.randbytes(8)


def is_time(data: bytes, *, request: bytes) -> bool:
    """Return whether ``data`` is a synchronised server's answer to ``request`` (RFC 5905, 7.3)."""
    if len(data) < 48 or data[0] & 7 != 4 or data[24:32] != request[40:48]:
        return False
    return data[0] >> 6 != 3 and 0 < data[1] < 16


def read_time(data: bytes) -> float:
    """Return when the answer was sent: seconds since 1970."""
    whole, fraction = struct.unpack_from("!II", data, 40)
    seconds: int = whole - _EPOCH
    if seconds < 0:  # the counter began anew in 2036
        seconds += _ERA
    return seconds + float(fraction) / _ERA


async def measure_clock(bearer: BearerFacts, *, targets: Targets) -> ClockFacts:
    """Return how far this machine's clock is off, within 5 s.

    Raises CannotTest when the netdev is not there or may not be used.
    """
    require_netdev(bearer.netdev)
    families = [facts.family for facts in bearer.families]
    asking = [partial(_ask, bearer, server) for server in targets.ntp if server.version in families]
    reading = [
        partial(_read_date, bearer, page, address)
        for page in targets.http[:1]
        for address in page.addresses[:2]
        if address.version in families
    ]
    found = await together([*asking, *reading])
    answers = tuple(one for one in found if one is not None)
    return ClockFacts(answers=answers, asked=len(found))


async def _ask(bearer: BearerFacts, server: IPAddress) -> ClockAnswer | None:
    request = time_request()
    origin = origin_toward(bearer, server)
    got = await exchange(origin, server, 123, request, fits=partial(is_time, request=request))
    now = time.time()
    if got.result is not ProbeResult.ANSWERED or got.latency_s is None:
        return None
    ahead = read_time(got.data) - (now - got.latency_s / 2)
    return ClockAnswer(server=str(server), way="ntp", ahead_s=ahead)


async def _read_date(
    bearer: BearerFacts, page: HttpTarget, address: IPAddress
) -> ClockAnswer | None:
    with trio.move_on_after(_DATE_SECONDS):
        try:
            async with await connect(origin_toward(bearer, address), address, page.port) as stream:
                await stream.send_all(get_request(page))
                head = await read_head(stream)
                now = time.time()
                while await stream.receive_some(4096):
                    pass
            there = parsedate_to_datetime(head.fields["date"]).timestamp()
        except (OSError, BadReply, KeyError, ValueError, TypeError):
            return None
        # The date is cut to whole seconds: on the average half of one is missing.
        return ClockAnswer(server=page.host, way="http", ahead_s=there + 0.5 - now)
    return None
