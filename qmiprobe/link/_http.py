# SPDX-License-Identifier: GPL-2.0-or-later
"""Do TCP connections come about, and does a page with a known answer give that answer.

A page is asked for by address, and by a name that the network's own servers resolve: a walled
garden may show in one and not in the other.
"""

from __future__ import annotations

import errno
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING

import trio

from ._dns import resolve
from ._packets import require_names
from ._reply import BadReply, get_request, read_head
from ._sockets import origin_toward, require_netdev
from ._stream import connect
from ._together import together

if TYPE_CHECKING:
    from qmiprobe.bearer import BearerFacts, HttpTarget, IPAddress, Targets

    from ._dns import DnsFacts
    from ._stream import Stream

CONNECT_SECONDS = 3.5
PAGE_SECONDS = 4.5
_BODY_LIMIT = 65536
_BODY_SECONDS = 0.3
_RECORDS = {4: "A", 6: "AAAA"}


class HttpResult(StrEnum):
    """How far a connection or a page came."""

    ANSWERED = "answered"
    """Connected; of a page: an HTTP answer came, see ``status``."""
    REFUSED = "refused"
    UNREACHABLE = "unreachable"
    SILENT = "silent"
    """No SYN+ACK, or no answer after it, in time."""
    BROKEN = "broken"
    """The connection ended before the answer was whole."""
    MALFORMED = "malformed"
    """What came back is not HTTP."""
    NO_NAME = "no-name"
    """No server of the network gave an address for the name."""
    NOT_SENT = "not-sent"
    """This host's kernel refused it."""


_RESULTS = {
    errno.ECONNREFUSED: HttpResult.REFUSED,
    errno.ETIMEDOUT: HttpResult.SILENT,
    errno.ECONNRESET: HttpResult.BROKEN,
    errno.EPIPE: HttpResult.BROKEN,
    errno.EPERM: HttpResult.NOT_SENT,
    errno.EACCES: HttpResult.NOT_SENT,
}


@dataclass(frozen=True, kw_only=True)
class ConnectFact:
    """One TCP connection."""

    address: IPAddress
    port: int
    result: HttpResult
    latency_s: float | None = None
    errno: int | None = None
    error: str | None = None

    @property
    def family(self) -> int:
        """IP family of the connection."""
        return self.address.version


@dataclass(frozen=True, kw_only=True)
class PageFact:
    """One page, by address or by name, over one family."""

    host: str
    path: str
    family: int
    by_name: bool
    """Whether the network's own servers resolved ``host``; else the address was known."""
    expected: int
    """The status that an honest path gives."""
    result: HttpResult = HttpResult.SILENT
    address: IPAddress | None = None
    status: int | None = None
    location: str | None = None
    """Where a redirect leads."""
    connect_s: float | None = None
    latency_s: float | None = None
    """From the request to the end of the answer's head."""
    errno: int | None = None
    error: str | None = None

    @property
    def as_expected(self) -> bool:
        """Whether the answer has the expected status."""
        return self.status == self.expected


@dataclass(frozen=True, kw_only=True)
class HttpFacts:
    """All connections and pages."""

    connects: tuple[ConnectFact, ...]
    pages: tuple[PageFact, ...]


async def fetch_pages(
    bearer: BearerFacts, *, targets: Targets, dns: DnsFacts | None = None
) -> HttpFacts:
    """Connect to every TCP target and ask for every page, all at once, within 5 s.

    With ``dns``, where no server answered there, no name is asked for again. Raises CannotTest
    when the netdev is not there or may not be used.
    """
    require_netdev(bearer.netdev)
    require_names(*(target.host for target in targets.http))
    resolvable = dns is None or bool(dns.answering)
    families = [facts.family for facts in bearer.families]
    connecting = [
        partial(_connect, bearer, address, port)
        for address, port in targets.tcp
        if address.version in families
    ]
    fetching = [
        partial(_fetch, bearer, target, family, address, resolvable=resolvable)
        for target in targets.http
        for family in families
        for address in (*(a for a in target.addresses if a.version == family), None)
    ]
    connects: tuple[ConnectFact, ...] = ()
    pages: tuple[PageFact, ...] = ()

    async def connect_all() -> None:
        nonlocal connects
        connects = await together(connecting)

    async with trio.open_nursery() as nursery:
        nursery.start_soon(connect_all)
        pages = await together(fetching)
    return HttpFacts(connects=connects, pages=pages)


async def _connect(bearer: BearerFacts, address: IPAddress, port: int) -> ConnectFact:
    fact = ConnectFact(address=address, port=port, result=HttpResult.SILENT)
    with trio.move_on_after(CONNECT_SECONDS):
        try:
            async with await connect(origin_toward(bearer, address), address, port) as stream:
                return replace(fact, result=HttpResult.ANSWERED, latency_s=stream.latency_s)
        except OSError as error:
            result = result_of(error)
            return replace(fact, result=result, errno=error.errno, error=error.strerror)
    return fact


async def _fetch(
    bearer: BearerFacts,
    target: HttpTarget,
    family: int,
    address: IPAddress | None,
    *,
    resolvable: bool,
) -> PageFact:
    """Ask for one page; without ``address`` its name is resolved first."""
    fact = PageFact(
        host=target.host,
        path=target.path,
        family=family,
        by_name=address is None,
        expected=target.status,
        address=address,
    )
    deadline = trio.current_time() + PAGE_SECONDS
    if address is None:
        found: tuple[IPAddress, ...] = ()
        with trio.CancelScope(deadline=deadline):
            if resolvable:
                found = await resolve(bearer, target.host, record=_RECORDS[family])
        if not found:
            return replace(fact, result=HttpResult.NO_NAME)
        fact = replace(fact, address=found[0])
    return await _fetch_from(bearer, target, fact, deadline=deadline)


async def _fetch_from(
    bearer: BearerFacts, target: HttpTarget, fact: PageFact, *, deadline: float
) -> PageFact:
    assert fact.address is not None
    origin = origin_toward(bearer, fact.address)
    try:
        with trio.CancelScope(deadline=deadline):
            async with await connect(origin, fact.address, target.port) as stream:
                fact = replace(fact, connect_s=stream.latency_s)
                started = trio.current_time()
                await stream.send_all(get_request(target))
                head = await read_head(stream)
                fact = replace(
                    fact,
                    result=HttpResult.ANSWERED,
                    status=head.status,
                    location=head.fields.get("location"),
                    latency_s=trio.current_time() - started,
                )
                await _read_rest(stream)
    except OSError as error:
        if fact.result is not HttpResult.ANSWERED:
            fact = replace(fact, result=result_of(error), errno=error.errno, error=error.strerror)
    except BadReply as error:
        result = HttpResult.BROKEN if error.cut else HttpResult.MALFORMED
        fact = replace(fact, result=result, error=str(error))
    return fact


def result_of(error: OSError) -> HttpResult:
    """Return what an error of connecting, sending or receiving means."""
    return _RESULTS.get(error.errno or 0, HttpResult.UNREACHABLE)


async def _read_rest(stream: Stream) -> None:
    """Read a short body to its end, so that nothing is on its way when the socket closes."""
    with trio.move_on_after(_BODY_SECONDS):
        left = _BODY_LIMIT
        while left > 0 and (part := await stream.receive_some(left)):
            left -= len(part)
