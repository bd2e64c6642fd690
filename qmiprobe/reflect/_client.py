# SPDX-License-Identifier: GPL-2.0-or-later
"""A client of the reflector: opens a session, and measures by flows, connections and runs."""

from __future__ import annotations

import socket
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import trio

from qmiprobe.errors import CannotTest, NoAnswer
from qmiprobe.sockets import retire

from ._ancillary import next_error, receive
from ._bound import Ends
from ._far import Echo, FarRefused, Run
from ._flow import Flow, open_flow
from ._frame import Op
from ._held import Greeting, Held
from ._keys import ReflectorUrl, parse_url
from ._messages import NO_FEATURE, Feature, Status, without_scope
from ._runs import data_down, data_up
from ._stream import Connection, open_stream

if TYPE_CHECKING:
    from qmiprobe.bearer import IPAddress

    from ._messages import Opened

_AGAIN = 0.5
_NEEDS = {"esp": Feature.ESP, "gre": Feature.GRE}
_FOREVER = 900.0


@asynccontextmanager
async def connect(
    url: str | ReflectorUrl,
    *,
    netdev: str | None = None,
    source: IPAddress | None = None,
    address: IPAddress | None = None,
    family: int | None = None,
    timeout: float = 5.0,
    over: tuple[str, ...] = ("udp", "tcp"),
) -> AsyncGenerator[Far, None]:
    """Open a session with the reflector that ``url`` names, for as long as the context lasts.

    All sockets are bound to ``netdev`` and, where given, to ``source``. ``address`` spares asking
    the system's resolver for a host that is a name: that question may leave by another netdev.
    ``family`` (4 or 6) chooses among a name's addresses. ``over``: what the session is opened by,
    in this order; each has ``timeout`` seconds. Raises NoAnswer where nothing answers (a wrong
    token is silence too), CannotTest where this host cannot send, AddressError for a bad URL.
    """
    where = parse_url(url) if isinstance(url, str) else url
    remote = address or await _resolve(where, family)
    ends = Ends(remote=remote, port=where.port, netdev=netdev, source=source)
    held, way = await _open(where, ends, timeout=timeout, over=over)
    async with open_flow(held, ends, port=ends.port) as main:
        far = Far(held, ends, main, over=way)
        try:
            yield far
        finally:
            far.close()


class Far:
    """The far end: a session with a reflector.

    Sizes are bytes of IP packets. ``main`` is a flow to its own port; ``echo``, ``sized`` and
    ``train`` use that one. Each ``flow`` is a new 5-tuple. Where the session was opened by TCP
    because UDP is silent, flows may be silent as well: they give None.
    """

    def __init__(self, held: Held, ends: Ends, main: Flow, *, over: str) -> None:
        self.main = main
        self.over = over
        """What the session was opened by: "udp" or "tcp"."""
        self._held = held
        self._ends = ends
        self._runs = 0

    @property
    def opened(self) -> Opened:
        """What the reflector offers: ports, features, budget (bytes), rate (bytes a second)."""
        return self._held.opened

    @property
    def address(self) -> IPAddress:
        """The reflector's address."""
        return self._ends.remote

    @property
    def port(self) -> int:
        """Its own port, UDP and TCP."""
        return self._ends.port

    @property
    def smallest(self) -> int:
        """Bytes of the smallest answer."""
        return self.main.smallest

    def offers(self, feature: Feature) -> bool:
        """Return whether the reflector has a feature."""
        return feature in self.opened.features

    async def echo(
        self, *, size: int = 0, back: int = 0, timeout: float = 1.0, fragments: bool = False
    ) -> Echo | None:
        """Send a packet on the main flow; see ``Flow.echo``."""
        return await self.main.echo(size=size, back=back, timeout=timeout, fragments=fragments)

    async def sized(
        self, size: int, *, fragments: bool = False, timeout: float = 1.0
    ) -> Echo | None:
        """Have a packet of ``size`` bytes sent here; see ``Flow.sized``."""
        return await self.main.sized(size, fragments=fragments, timeout=timeout)

    @asynccontextmanager
    async def flow(
        self, *, port: int | None = None, protocol: str = "udp", any_sender: bool = False
    ) -> AsyncGenerator[Flow, None]:
        """Open a new flow: of "udp" to any of ``opened.ports``, or of "esp" or "gre".

        ``any_sender`` hears answers from other ports and addresses too. Raises CannotTest where
        this process may not use raw sockets, FarRefused where the reflector does not.
        """
        if not self.offers(_NEEDS.get(protocol, NO_FEATURE)):
            raise FarRefused(Status.NOT_HERE)
        opening = open_flow(
            self._held,
            self._ends,
            protocol=protocol,
            port=port or self._ends.port,
            any_sender=any_sender,
        )
        async with opening as flow:
            yield flow

    async def delayed(self, seconds: float, *, timeout: float = 2.0) -> Echo | None:
        """On a flow of its own, have the answer sent ``seconds`` later; see ``Flow.delayed``."""
        async with self.flow() as flow:
            return await flow.delayed(seconds, timeout=timeout)

    @asynccontextmanager
    async def stream(self, *, timeout: float = 5.0) -> AsyncGenerator[Connection, None]:
        """Open a TCP connection of this session. Raises OSError, or TooSlowError in time."""
        async with open_stream(self._ends, timeout=timeout) as connection:
            connection.held = self._held
            yield connection

    async def data_down(self, *, size: int, rate: float, seconds: float) -> Run:
        """Have UDP packets of ``size`` bytes sent here at ``rate`` bytes a second.

        The reflector's own rate bounds it. Raises FarRefused where the budget is too small or the
        packets are too long there, NoAnswer where nothing tells how many were sent.
        """
        self._runs += 1
        rate = min(rate, float(self.opened.rate))
        count = max(2, int(seconds * rate / size))
        async with self.flow() as flow:
            return await data_down(flow, self._runs, size=size, rate=rate, count=count)

    async def data_up(self, *, size: int, rate: float, seconds: float) -> Run:
        """Send UDP packets of ``size`` bytes at ``rate`` bytes a second, and ask what arrived.

        Raises NoAnswer where nothing tells, OSError where this host's kernel refuses the packets.
        """
        self._runs += 1
        async with self.flow() as flow:
            return await data_up(flow, self._runs, size=size, rate=rate, seconds=seconds)

    def close(self) -> None:
        """Tell the reflector that this was all; it forgets the session."""
        self.main.say(Op.CLOSE)


async def _open(
    where: ReflectorUrl, ends: Ends, *, timeout: float, over: tuple[str, ...]
) -> tuple[Held, str]:
    """Return the session, and what it was opened by."""
    failures = []
    for way in over:
        greeting = Greeting(where.token, family=ends.remote.version)
        greet = _greet_by_udp if way == "udp" else _greet_by_tcp
        try:
            with trio.move_on_after(timeout):
                return await greet(ends, greeting), way
        except (OSError, NoAnswer) as error:
            failures.append(f"{way}: {error}")
    ways = " or ".join(way.upper() for way in over)
    text = (
        f"no answer from the reflector {where} by {ways} within {timeout:g} s: is it running, has "
        f"it the same token, does a firewall let port {where.port} pass?"
    )
    raise NoAnswer(" ".join([text, *failures]))


async def _greet_by_udp(ends: Ends, greeting: Greeting) -> Held:
    sock = ends.open("udp", port=ends.port)
    try:
        while greeting.held is None:
            _send_quietly(sock, greeting.to_send())
            with trio.move_on_after(_AGAIN):
                while True:
                    await trio.lowlevel.wait_readable(sock)
                    if _take(sock, greeting):
                        break
    finally:
        retire(sock)
    return greeting.held


def _send_quietly(sock: socket.socket, data: bytes) -> None:
    try:
        sock.send(data)
    except ConnectionRefusedError:
        sock.send(data)  # that was the last packet's: once more for this one


def _take(sock: socket.socket, greeting: Greeting) -> bool:
    while next_error(sock) is not None:
        pass
    try:
        got = receive(sock)
    except OSError:
        return False
    return got is not None and greeting.take(got[0])


async def _greet_by_tcp(ends: Ends, greeting: Greeting) -> Held:
    async with open_stream(ends, timeout=_FOREVER) as connection:
        await connection.greet(greeting)
    assert greeting.held is not None
    return greeting.held


async def _resolve(where: ReflectorUrl, family: int | None) -> IPAddress:
    wanted = {None: socket.AF_UNSPEC, 4: socket.AF_INET, 6: socket.AF_INET6}[family]
    try:
        found = await trio.socket.getaddrinfo(
            where.host, where.port, family=wanted, type=socket.SOCK_DGRAM
        )
    except OSError as error:
        text = f"the reflector's host {where.host!r} has no address ({error.strerror})"
        raise CannotTest(f"{text}: write the address itself into the URL") from error
    return without_scope(str(found[0][4][0]))
