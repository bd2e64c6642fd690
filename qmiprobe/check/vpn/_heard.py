# SPDX-License-Identifier: GPL-2.0-or-later
"""One question to an endpoint, by UDP or TCP, and what became of it."""

from __future__ import annotations

import errno
from dataclasses import dataclass, replace

import trio

from qmiprobe.bearer import BearerFacts, IPAddress
from qmiprobe.diagnosis import JsonValue
from qmiprobe.link._exchange import Exchange, exchange
from qmiprobe.link._sockets import open_tcp, origin_toward
from qmiprobe.sockets import socket_address
from qmiprobe.vpn import Hello, Validity, validity

_TCP_SECONDS = 4.0


@dataclass(frozen=True, kw_only=True)
class Heard:
    """What became of one question to the endpoint."""

    name: str
    port: int
    transport: str
    result: str
    latency_s: float | None = None
    errno: int | None = None
    offender: IPAddress | None = None
    prohibited: bool = False

    @property
    def answered(self) -> bool:
        """Whether the endpoint itself answered in the protocol."""
        return self.result == "answered"

    def record(self) -> JsonValue:
        """As a fact."""
        return {
            "name": self.name,
            "port": self.port,
            "transport": self.transport,
            "result": self.result,
            "errno": errno.errorcode.get(self.errno) if self.errno else None,
            "offender": str(self.offender) if self.offender else None,
            "prohibited": self.prohibited,
        }

    def __str__(self) -> str:
        parts = [f"{self.name}, {self.transport} port {self.port}: {self.result}"]
        if self.latency_s is not None and self.answered:
            parts.append(f"after {self.latency_s * 1000:.0f} ms")
        if self.errno:
            parts.append(errno.errorcode.get(self.errno, str(self.errno)))
        if self.offender is not None:
            parts.append(f"by {self.offender}")
        return " ".join(parts)


async def ask_udp(bearer: BearerFacts, endpoint: IPAddress, port: int, hello: Hello) -> Heard:
    """Say a hello by UDP."""
    origin = origin_toward(bearer, endpoint)
    got = await exchange(
        origin, endpoint, port, hello.payload, fits=hello.fits, attempts=hello.attempts
    )
    return _heard(hello.name, port, got)


def _heard(name: str, port: int, got: Exchange) -> Heard:
    return Heard(
        name=name,
        port=port,
        transport="UDP",
        result=str(got.result),
        latency_s=got.latency_s,
        errno=got.errno,
        offender=got.offender,
        prohibited=got.prohibited,
    )


async def ask_tcp(bearer: BearerFacts, endpoint: IPAddress, port: int) -> Heard:
    """Connect by TCP, and hang up."""
    heard, stream = await _connect(bearer, endpoint, port, name="connection")
    if stream is not None:
        stream.socket.close()
    return heard


async def ask_tls(
    bearer: BearerFacts, endpoint: IPAddress, port: int, *, host: str | None
) -> tuple[Heard, Validity | None]:
    """Shake hands by TLS, whoever answers, and hang up; return when its certificate is valid.

    ``host``: the name that is asked for. Nothing is sent that would need to be kept secret.
    """
    import ssl

    heard, stream = await _connect(bearer, endpoint, port, name="TLS hello")
    if stream is None:
        return heard, None
    anyone = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    anyone.check_hostname, anyone.verify_mode = False, ssl.CERT_NONE
    started = trio.current_time()
    with trio.move_on_after(_TCP_SECONDS), stream.socket:
        try:
            tls = trio.SSLStream(stream, anyone, server_hostname=host)
            await tls.do_handshake()
            der = tls.getpeercert(binary_form=True)
        except trio.BrokenResourceError as error:
            spoken = isinstance(error.__cause__, ssl.SSLError)  # by TLS too old, or an alert
            return replace(heard, result="answered" if spoken else "silent"), None
        latency = trio.current_time() - started
        return replace(heard, latency_s=latency), validity(der) if der else None
    return replace(heard, result="silent"), None


async def _connect(
    bearer: BearerFacts, endpoint: IPAddress, port: int, *, name: str
) -> tuple[Heard, trio.SocketStream | None]:
    origin = origin_toward(bearer, endpoint)
    heard = Heard(name=name, port=port, transport="TCP", result="silent")
    started = trio.current_time()
    with trio.move_on_after(_TCP_SECONDS):
        sock = None
        try:
            sock = trio.socket.from_stdlib_socket(open_tcp(origin, endpoint))
            await sock.connect(socket_address(origin.netdev, endpoint, port))
        except BaseException as error:
            if sock is not None:
                sock.close()
            if not isinstance(error, OSError):
                raise
            refused = error.errno == errno.ECONNREFUSED
            result = "refused" if refused else "unreachable"
            return replace(heard, result=result, errno=error.errno), None
        latency = trio.current_time() - started
        return replace(heard, result="answered", latency_s=latency), trio.SocketStream(sock)
    return heard, None
