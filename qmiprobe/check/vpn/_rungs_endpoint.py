# SPDX-License-Identifier: GPL-2.0-or-later
"""The rung of `vpn` that asks the endpoint in its own protocol. V02."""

from __future__ import annotations

import errno
import socket
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from functools import partial

import trio

from qmiprobe import link, vpn
from qmiprobe.bearer import BearerFacts, IPAddress, Targets
from qmiprobe.check._check import Result
from qmiprobe.check.vpn._context import Rung, VpnContext
from qmiprobe.check.vpn._outer import watch_outer
from qmiprobe.check.vpn._protocols import walk_protocol
from qmiprobe.diagnosis import Evidence, JsonValue, Reason
from qmiprobe.link import ProbeResult
from qmiprobe.link._exchange import Exchange, exchange
from qmiprobe.link._sockets import open_tcp, origin_toward, socket_address
from qmiprobe.link._together import together
from qmiprobe.vpn import IKE_PORT, NATT_PORT, Hello, Kind, Tunnel

_FRESH_S = 130.0
"""Younger handshakes than this need no other proof: WireGuard makes a new one every 120 s."""
_TCP_SECONDS = 4.0
_CLOSED_PORT = 33434
_LONG_HELLO = 1900
"""Bytes of a hello that has to be cut into fragments."""


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


async def vpn_endpoint(context: VpnContext) -> Result:
    """The endpoint answers in its own protocol, or the tunnel has shaken hands lately."""
    tunnel, facts = context.the_tunnel, context.facts
    bearer = context.outside
    if bearer is None or tunnel.endpoint is None:
        return Result.skipped("it has no route")
    if tunnel.handshake_s is not None and tunnel.handshake_s < _FRESH_S:
        facts.add("vpn.endpoint.answered", True, source=tunnel.source)
        return Result.passed(f"shook hands {tunnel.handshake_s:.0f} s ago")
    source = f"packets on {bearer.netdev}"
    refused: list[int] = []
    async with watch_outer(bearer.netdev, tunnel.endpoint) as outer:
        heard = await _ask(context, bearer, tunnel)
        shaken = await _shake_hands(context, refused) if tunnel.kind is Kind.WIREGUARD else None
    if outer is not None:
        facts.add("vpn.endpoint.sent", outer.sent, source="AF_PACKET")
        facts.add("vpn.endpoint.received", outer.received, source="AF_PACKET")
    facts.add("vpn.endpoint.heard", [one.record() for one in heard], source=source)
    lines = [Evidence(str(one), source="socket") for one in heard]
    if refused and shaken is None and not any(one.result == "unreachable" for one in heard):
        names = sorted({errno.errorcode.get(one, str(one)) for one in refused})
        return Result.skipped(f"no packet gets into the tunnel ({', '.join(names)}): see vpn.ping")
    answered = any(one.answered for one in heard) or shaken is not None or _flows(tunnel)
    facts.add("vpn.endpoint.answered", answered, source=source)
    missing = _missing(tunnel, heard)
    if tunnel.kind is Kind.PPTP and answered:
        lines += await walk_protocol(context, "gre")
        if facts.text("vpn.protocol.dropped") == "gre":
            missing.append("GRE")
    if answered and not missing:
        what = f"shook hands {shaken:.0f} s ago" if shaken is not None else "answers"
        return Result.passed(f"{tunnel.endpoint} {what}", *lines)
    if not answered and not heard and tunnel.kind in (Kind.TAILSCALE, Kind.OTHER):
        return Result.skipped(f"no way to ask {tunnel.kind} of {tunnel.process or 'this program'}")
    if not answered and _secret(tunnel) and tunnel.established is not False:
        text = "silent to strangers by its configuration (tls-auth, tls-crypt): see vpn.ping"
        if not any(one.result in ("unreachable", "refused", "not-sent") for one in heard):
            return Result.skipped(text, *lines)
    lines += await _controls(context, bearer, tunnel.endpoint)
    if tunnel.host is not None:
        today = await vpn.resolve(tunnel.host, family=tunnel.endpoint.version)
        if today is not None and today != tunnel.endpoint:
            facts.add("vpn.endpoint.today", str(today), source="the system's resolver")
            lines.append(Evidence(f"{tunnel.host} is {today} today"))
    if missing:
        text = f"no answer to {', '.join(missing)}"
        return Result.failed(Reason.DEFECT, text, *lines)
    said = {one.result for one in heard}
    how = "refuses" if "refused" in said else "is silent"
    how = "is kept from us on the way" if "unreachable" in said else how
    return Result.failed(Reason.DEFECT, f"{tunnel.endpoint} {how}", *lines)


def _secret(tunnel: Tunnel) -> bool:
    return any(name.startswith(("tls-auth", "tls-crypt")) for name, _ in tunnel.options)


def _flows(tunnel: Tunnel) -> bool:
    """An IPsec association that is up has had its answer, whatever a stranger's hello gets."""
    return tunnel.kind is Kind.IPSEC and tunnel.established is True


def _missing(tunnel: Tunnel, heard: list[Heard]) -> list[str]:
    """What must be answered and was not, though something else was."""
    if tunnel.kind not in (Kind.IPSEC, Kind.L2TP, Kind.OPENCONNECT) or tunnel.established:
        return []
    answered = [one for one in heard if one.answered]
    return [one.name for one in heard if not one.answered] if answered else []


async def _ask(context: VpnContext, bearer: BearerFacts, tunnel: Tunnel) -> list[Heard]:
    """Say each hello of the tunnel's protocol, all at once."""
    assert tunnel.endpoint is not None
    port, endpoint = tunnel.port or 0, tunnel.endpoint
    udp = partial(_udp, bearer, endpoint)
    asking: list[Callable[[], Awaitable[Heard]]] = []
    if tunnel.transport == "tcp" or tunnel.kind in (Kind.OPENCONNECT, Kind.PPTP):
        asking.append(partial(_tcp, bearer, endpoint, port))
    if tunnel.kind is Kind.OPENVPN and tunnel.transport != "tcp":
        asking.append(partial(udp, port, vpn.openvpn_hello()))
    if tunnel.kind is Kind.OPENCONNECT:
        asking.append(partial(udp, port, vpn.dtls_hello()))
    if tunnel.kind is Kind.WIREGUARD:
        # nothing of WireGuard's that it would answer: this one is for who refuses the port
        probe = Hello("any packet", b"\0", lambda data: False, attempts=2)
        asking.append(partial(udp, port, probe))
    if tunnel.kind in (Kind.IPSEC, Kind.L2TP):
        asking += [
            partial(udp, IKE_PORT, vpn.ike_hello(natt=False)),
            partial(udp, NATT_PORT, vpn.ike_hello(natt=True)),
        ]
        if not tunnel.established:
            long = replace(vpn.ike_hello(natt=True, size=_LONG_HELLO), name="IKE in fragments")
            asking.append(partial(udp, NATT_PORT, long))
    return list(await together(asking))


async def _udp(bearer: BearerFacts, endpoint: IPAddress, port: int, hello: Hello) -> Heard:
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


async def _tcp(bearer: BearerFacts, endpoint: IPAddress, port: int) -> Heard:
    origin = origin_toward(bearer, endpoint)
    heard = Heard(name="connection", port=port, transport="TCP", result="silent")
    started = trio.current_time()
    with trio.move_on_after(_TCP_SECONDS):
        try:
            sock = trio.socket.from_stdlib_socket(open_tcp(origin, endpoint))
            with sock:
                await sock.connect(socket_address(origin.netdev, endpoint, port))
        except OSError as error:
            refused = error.errno == errno.ECONNREFUSED
            result = "refused" if refused else "unreachable"
            return replace(heard, result=result, errno=error.errno)
        return replace(heard, result="answered", latency_s=trio.current_time() - started)
    return heard


async def _shake_hands(context: VpnContext, refused: list[int]) -> float | None:
    """Have the tunnel itself shake hands, by a packet into it; return how long ago it did.

    ``refused`` takes the errors by which this host keeps all such packets back: then there is
    nothing to wait for. It uses its own port and keys, so the peer has nothing to follow elsewhere.
    """
    tunnel = context.the_tunnel
    with trio.move_on_after(context.options.pace.handshake_s):
        while True:
            errors = _nudge(context)
            if errors and None not in errors:
                refused += [one for one in errors if one is not None]
                return None
            await trio.sleep(0.5)
            for one in await vpn.find_tunnels(context.options.machine):
                same = one.netdev == tunnel.netdev and one.endpoint == tunnel.endpoint
                if same and one.handshake_s is not None and one.handshake_s < _FRESH_S:
                    context.tunnel = one
                    return one.handshake_s
    return None


def _nudge(context: VpnContext) -> list[int | None]:
    """Send small packets into the tunnel, to the discard port of addresses behind it.

    Returns the error of each, None where it was taken.
    """
    tunnel = context.the_tunnel
    found: list[int | None] = []
    for network in tunnel.networks[:2]:
        address = network[1] if network.num_addresses > 1 else network.network_address
        family = socket.AF_INET if address.version == 4 else socket.AF_INET6
        try:
            with socket.socket(family, socket.SOCK_DGRAM | socket.SOCK_NONBLOCK) as sock:
                name = (tunnel.netdev or "").encode() + b"\0"
                sock.setsockopt(socket.SOL_SOCKET, socket.SO_BINDTODEVICE, name)
                sock.sendto(b"", (str(address), 9))
        except OSError as error:
            found.append(error.errno)
        else:
            found.append(None)
    return found


async def _controls(
    context: VpnContext, bearer: BearerFacts, endpoint: IPAddress
) -> list[Evidence]:
    """Ask the endpoint's host by other means, and what time it is: silence has many causes."""
    facts = context.facts
    silent = vpn.Hello("a closed port", b"\0", lambda data: False, attempts=2)
    targets = Targets(
        name="endpoint",
        echo=(endpoint,),
        tcp=((endpoint, 443), (endpoint, 22)),
        http=(),
        large=(),
        existing_name="example.com",
        missing_name="nowhere.invalid",
    )
    found: dict[str, object] = {}

    async def returning() -> None:
        found["seen"] = await link.measure_return(bearer, targets=targets)

    async def closed() -> None:
        found["closed"] = await _udp(bearer, endpoint, _CLOSED_PORT, silent)

    async def clock() -> None:
        time = context.options.targets or link.default_targets()
        found["clock"] = await link.measure_clock(bearer, targets=time)

    async with trio.open_nursery() as nursery:
        for one in (returning, closed, clock):
            nursery.start_soon(one)
    seen, other, clock_facts = found["seen"], found["closed"], found["clock"]
    assert isinstance(seen, link.ReturnFacts)
    assert isinstance(other, Heard)
    assert isinstance(clock_facts, link.ClockFacts)
    there = (ProbeResult.ANSWERED, ProbeResult.REFUSED)
    kinds = sorted({str(probe.kind) for probe in seen.probes if probe.result in there})
    if other.result == "refused":
        kinds.append("udp")
    source = f"packets on {bearer.netdev}"
    facts.add("vpn.endpoint.reached", [*kinds], source=source)
    errors = [errno.errorcode.get(one, str(one)) for one in seen.send_errors]
    facts.add("vpn.endpoint.send_errors", [*errors], source=source)
    if seen.reverse_path_drops is not None:
        drops = seen.reverse_path_drops
        facts.add("vpn.endpoint.rp_filtered", drops, source="/proc/self/net/netstat")
    lines = [Evidence(f"otherwise comes back from there: {', '.join(kinds) or 'nothing'}")]
    if clock_facts.ahead_s is not None:
        ahead = round(clock_facts.ahead_s)
        facts.add("vpn.clock_ahead_s", ahead, source=source)
        lines.append(Evidence(f"time servers are {ahead} s ahead of this clock", value=ahead))
    return lines


RUNGS = (Rung("vpn.endpoint", ("vpn.route",), vpn_endpoint, "the endpoint answers"),)
