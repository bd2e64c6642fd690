# SPDX-License-Identifier: GPL-2.0-or-later
"""The rung of `vpn` that asks the endpoint in its own protocol. V02."""

from __future__ import annotations

import errno
import socket
from collections.abc import Awaitable, Callable
from dataclasses import replace
from functools import partial

import trio

from qmiprobe import vpn
from qmiprobe.bearer import BearerFacts, IPAddress
from qmiprobe.check._check import Result
from qmiprobe.check.vpn._context import Rung, VpnContext
from qmiprobe.check.vpn._controls import controls
from qmiprobe.check.vpn._heard import Heard, ask_tcp, ask_tls, ask_udp
from qmiprobe.check.vpn._outer import Outer, watch_outer
from qmiprobe.check.vpn._own_handshake import own_handshake
from qmiprobe.check.vpn._protocols import walk_protocol
from qmiprobe.check.vpn._tailscale import tailscale_network
from qmiprobe.check.vpn._validity import ask_time, note_certificates
from qmiprobe.diagnosis import Evidence, Reason
from qmiprobe.link._together import together
from qmiprobe.sockets import bind_to_netdev
from qmiprobe.vpn import IKE_PORT, NATT_PORT, Hello, Kind, Tunnel

_FRESH_S = 130.0
"""Younger handshakes than this need no other proof: WireGuard makes a new one every 120 s."""
_LONG_HELLO = 1900
"""Bytes of a hello that has to be cut into fragments."""


async def vpn_endpoint(context: VpnContext) -> Result:
    """The endpoint answers in its own protocol, or the tunnel has shaken hands lately."""
    tunnel, facts = context.the_tunnel, context.facts
    bearer = context.outside
    if tunnel.kind is Kind.TAILSCALE:
        return await tailscale_network(context)
    if tunnel.endpoint is None:
        return Result.skipped("nobody tells where it leads")
    if bearer is None or tunnel.endpoint is None:
        return Result.skipped("it has no route")
    if tunnel.handshake_s is not None and tunnel.handshake_s < _FRESH_S:
        facts.add("vpn.endpoint.answered", True, source=tunnel.source)
        return Result.passed(f"shook hands {tunnel.handshake_s:.0f} s ago")
    refused: list[int] = []
    async with watch_outer(bearer.netdev, tunnel.endpoint) as outer:
        heard = await _ask(context, bearer, tunnel)
        shaken = await _shake_hands(context, refused) if tunnel.kind is Kind.WIREGUARD else None
    answered = any(one.answered for one in heard) or shaken is not None
    _note(context, heard, outer, answered=answered)
    lines = [Evidence(str(one), source="socket") for one in heard]
    if refused and shaken is None and not any(one.result == "unreachable" for one in heard):
        names = sorted({errno.errorcode.get(one, str(one)) for one in refused})
        return Result.skipped(f"no packet gets into the tunnel ({', '.join(names)}): see vpn.ping")
    missing = _missing(tunnel, heard)
    if tunnel.kind is Kind.PPTP and answered:
        lines += await walk_protocol(context, "gre")
        missing += ["GRE"] if facts.text("vpn.protocol.dropped") == "gre" else []
    if answered and tunnel.netdev is None and facts.records("vpn.certificates"):
        lines += await ask_time(context, bearer)
        text = "its certificate is not valid at the time of this clock"
        return Result.failed(Reason.DEFECT, text, *lines)
    if answered and not missing:
        what = f"shook hands {shaken:.0f} s ago" if shaken is not None else "answers"
        return Result.passed(f"{tunnel.endpoint} {what}", *lines)
    if not answered and _flows(tunnel) and all(_says_little(tunnel, one) for one in heard):
        facts.add("vpn.endpoint.unasked", True, source=tunnel.source)
        return Result.passed("no answer to strangers, but both sides have keys", *lines)
    unasked = None if answered else _unasked(tunnel, heard)
    if unasked is not None:
        facts.add("vpn.endpoint.unasked", True, source=tunnel.source)
        return Result.skipped(unasked, *lines)
    lines += await controls(context, bearer, tunnel.endpoint)
    if tunnel.kind is Kind.WIREGUARD:
        late = await _shaken(context)
        if late is not None:
            facts.add("vpn.endpoint.answered", True, source=tunnel.source)
            return Result.passed(f"{tunnel.endpoint} shook hands {late:.0f} s ago", *lines)
        arrived = facts.texts("vpn.endpoint.reached") or facts.integer("vpn.endpoint.received")
        if arrived and all(one.result == "silent" for one in heard):
            lines += await own_handshake(context, bearer)
    lines += await _today(context, tunnel.endpoint)
    return Result.failed(Reason.DEFECT, _summary(tunnel, heard, missing), *lines)


def _note(context: VpnContext, heard: list[Heard], outer: Outer | None, *, answered: bool) -> None:
    facts = context.facts
    if outer is not None:
        facts.add("vpn.endpoint.sent", outer.sent, source="AF_PACKET")
        facts.add("vpn.endpoint.received", outer.received, source="AF_PACKET")
    source = f"packets on {context.carrier.name}" if context.carrier is not None else ""
    facts.add("vpn.endpoint.heard", [one.record() for one in heard], source=source)
    facts.add("vpn.endpoint.answered", answered, source=source)


def _unasked(tunnel: Tunnel, heard: list[Heard]) -> str | None:
    """Why silence says nothing here; None where it does."""
    if not heard and tunnel.kind in (Kind.TAILSCALE, Kind.OTHER):
        return f"no way to ask {tunnel.kind} of {tunnel.process or 'this program'}"
    if not _secret(tunnel) or tunnel.established is False:
        return None
    if any(one.result in ("unreachable", "refused", "not-sent") for one in heard):
        return None
    return "silent to strangers by its configuration (tls-auth, tls-crypt): see vpn.ping"


async def _today(context: VpnContext, endpoint: IPAddress) -> list[Evidence]:
    """Ask what the endpoint's name is now; note it where it is another address."""
    host = context.the_tunnel.host
    today = await vpn.resolve(host, family=endpoint.version) if host is not None else None
    if today is None or today == endpoint:
        return []
    context.facts.add("vpn.endpoint.today", str(today), source="the system's resolver")
    return [Evidence(f"{host} is {today} today")]


def _summary(tunnel: Tunnel, heard: list[Heard], missing: list[str]) -> str:
    if missing:
        return f"no answer to {', '.join(missing)}"
    said = {one.result for one in heard}
    if "unreachable" in said:
        return f"{tunnel.endpoint} is kept from us"
    return f"{tunnel.endpoint} {'refuses' if 'refused' in said else 'is silent'}"


def _secret(tunnel: Tunnel) -> bool:
    return any(name.startswith(("tls-auth", "tls-crypt")) for name, _ in tunnel.options)


def _flows(tunnel: Tunnel) -> bool:
    """An IPsec association that is up has had its answer, whatever a stranger's hello gets."""
    return tunnel.kind is Kind.IPSEC and tunnel.established is True


def _says_little(tunnel: Tunnel, heard: Heard) -> bool:
    """Keys may be set by hand, or outlive the daemon that agreed on them: the kernel has them."""
    return heard.result == "silent" or (heard.result == "refused" and not tunnel.user_space)


def _missing(tunnel: Tunnel, heard: list[Heard]) -> list[str]:
    """What must be answered and was not, though something else was."""
    if tunnel.kind not in (Kind.IPSEC, Kind.L2TP) or tunnel.established:
        return []
    answered = [one for one in heard if one.answered]
    return [one.name for one in heard if not one.answered] if answered else []


async def _ask(context: VpnContext, bearer: BearerFacts, tunnel: Tunnel) -> list[Heard]:
    """Say each hello of the tunnel's protocol, all at once."""
    assert tunnel.endpoint is not None
    port, endpoint = tunnel.port or 0, tunnel.endpoint
    udp = partial(ask_udp, bearer, endpoint)
    asking: list[Callable[[], Awaitable[Heard]]] = []
    if tunnel.transport == "tcp" or tunnel.kind is Kind.PPTP:
        asking.append(partial(ask_tcp, bearer, endpoint, port))
    if tunnel.kind is Kind.OPENVPN and tunnel.transport != "tcp":
        asking.append(partial(udp, port, vpn.openvpn_hello()))
    if tunnel.kind is Kind.OPENCONNECT:
        asking.append(partial(_hello_by_tls, context, bearer, port))
        # servers seldom answer it to strangers: this one is for who refuses the port
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


async def _hello_by_tls(context: VpnContext, bearer: BearerFacts, port: int) -> Heard:
    """Shake hands by TLS; note the server's certificate if it is not valid."""
    host = context.the_tunnel.host
    heard, valid = await ask_tls(bearer, context.the_endpoint, port, host=host)
    if valid is not None:
        note_certificates(context, [("server", valid)], source=f"TLS, port {port}")
    return heard


async def _shake_hands(context: VpnContext, refused: list[int]) -> float | None:
    """Have the tunnel itself shake hands, by a packet into it; return how long ago it did.

    ``refused`` takes the errors by which this host keeps all such packets back: then there is
    nothing to wait for. It uses its own port and keys, so the peer has nothing to follow elsewhere.
    """
    with trio.move_on_after(context.options.pace.handshake_s):
        while True:
            errors = _nudge(context)
            if errors and None not in errors:
                refused += [one for one in errors if one is not None]
                return None
            await trio.sleep(0.5)
            shaken = await _shaken(context)
            if shaken is not None:
                return shaken
    return None


async def _shaken(context: VpnContext) -> float | None:
    """Return how long ago the tunnel shook hands; None if that is too long."""
    tunnel = context.the_tunnel
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
                bind_to_netdev(sock, tunnel.netdev or "")
                sock.sendto(b"", (str(address), 9))
        except OSError as error:
            found.append(error.errno)
        else:
            found.append(None)
    return found


RUNGS = (Rung("vpn.endpoint", ("vpn.route",), vpn_endpoint, "the endpoint answers"),)
