# SPDX-License-Identifier: GPL-2.0-or-later
"""One WireGuard handshake of our own, where the tunnel's own ones get nowhere.

It leaves with the tunnel's keys from the tunnel's own address and port, by a raw socket, so that
the peer has nothing to follow elsewhere; a tap hears the answer, whatever filters of this host
do. It is stamped with the time that servers tell, not with this clock's, and nothing comes after
it: no session begins, and the tunnel's own next handshake takes its place.
"""

from __future__ import annotations

import socket
import struct
import time
from typing import TYPE_CHECKING

import trio

from qmiprobe import vpn
from qmiprobe.diagnosis import Evidence
from qmiprobe.link._fragments import checked
from qmiprobe.link._sockets import open_sender, origin_toward
from qmiprobe.link._tap import open_snaps

if TYPE_CHECKING:
    from qmiprobe.bearer import BearerFacts, IPAddress
    from qmiprobe.check.vpn._context import VpnContext
    from qmiprobe.vpn import Answer, PeerKeys

_TIMES, _WAIT_S = 3, 1.2
_LATE_S = 30
"""Less than this is not a wrong clock: stamps are those of this one then."""
_UDP = 17
_LARGEST = 2048
_SAID = {
    vpn.Answer.AGREES: "is answered, and all keys are the same on both sides",
    vpn.Answer.SECRET_DIFFERS: "is answered, but the pre-shared key is another one there",
    vpn.Answer.BUSY: "is answered: the peer is under load",
    None: "is not answered",
}


async def own_handshake(context: VpnContext, bearer: BearerFacts) -> list[Evidence]:
    """Note what the peer says to a handshake of ours; return a line about it.

    Within 4 s. Nothing where the keys or raw sockets are not for this user, or no time is told.
    """
    tunnel, facts = context.the_tunnel, context.facts
    keys = await vpn.read_keys(tunnel, context.options.machine.run)
    if keys is None or tunnel.local_port is None:
        return []
    ahead = facts.integer("vpn.clock_ahead_s") or 0
    ahead = ahead if abs(ahead) >= _LATE_S else 0
    try:
        answer = await _asked(context, bearer, keys, ahead)
    except OSError:
        return []
    source = f"packets on {bearer.netdev}"
    facts.add("vpn.own_handshake", str(answer) if answer else "silent", source=source)
    facts.add("vpn.own_handshake.ahead_s", ahead, source=source)
    stamped = f", stamped {ahead} s later than this clock," if ahead else ""
    return [Evidence(f"a handshake of our own{stamped} {_SAID[answer]}", source=source)]


async def _asked(
    context: VpnContext, bearer: BearerFacts, keys: PeerKeys, ahead: int
) -> Answer | None:
    endpoint = context.the_endpoint
    with (
        open_snaps(bearer.netdev) as tap,
        open_sender(origin_toward(bearer, endpoint), endpoint) as sender,
    ):
        for _ in range(_TIMES):
            initiation = vpn.Initiation(keys, now=time.time() + ahead)
            sender.send(_packet(context, bearer, initiation.message))
            with trio.move_on_after(_WAIT_S):
                while True:
                    answer = initiation.answer(await _heard(context, tap))
                    if answer is not None:
                        return answer
    return None


async def _heard(context: VpnContext, tap: socket.socket) -> bytes:
    """Return what the next packet for the tunnel's port carries."""
    tunnel, endpoint = context.the_tunnel, context.the_endpoint
    while True:
        await trio.lowlevel.wait_readable(tap)
        packet, _ = tap.recvfrom(_LARGEST)
        header = _header_size(packet, endpoint)
        if header is None or len(packet) < header + 8:
            continue
        source, destination = struct.unpack_from("!HH", packet, header)
        if (source, destination) == (tunnel.port, tunnel.local_port):
            size = struct.unpack_from("!H", packet, header + 4)[0]
            return packet[header + 8 : header + size]


def _header_size(packet: bytes, endpoint: IPAddress) -> int | None:
    """Return the length of the IP header of a UDP packet of the endpoint; None for others."""
    if endpoint.version == 4:
        fits = packet[:1] and packet[0] >> 4 == 4 and packet[9:10] == bytes((_UDP,))
        return (packet[0] & 15) * 4 if fits and packet[12:16] == endpoint.packed else None
    fits = packet[:1] and packet[0] >> 4 == 6 and packet[6:7] == bytes((_UDP,))
    return 40 if fits and packet[8:24] == endpoint.packed else None


def _packet(context: VpnContext, bearer: BearerFacts, payload: bytes) -> bytes:
    """Return a whole IP packet from the tunnel's own address and port to the endpoint."""
    tunnel, endpoint = context.the_tunnel, context.the_endpoint
    facts = bearer.family(endpoint.version)
    assert facts is not None
    source = facts.interface.ip
    udp = struct.pack("!HHHH", tunnel.local_port, tunnel.port, 8 + len(payload), 0) + payload
    body = checked(source, endpoint, _UDP, udp)
    ends = source.packed + endpoint.packed
    if endpoint.version == 4:  # the kernel fills in the checksum and the number
        head = struct.pack("!BBHHHBBH", 0x45, 0, 20 + len(body), 0, 0, 64, _UDP, 0)
    else:
        head = struct.pack("!IHBB", 6 << 28, len(body), _UDP, 64)
    return head + ends + body
