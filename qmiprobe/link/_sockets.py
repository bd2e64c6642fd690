# SPDX-License-Identifier: GPL-2.0-or-later
"""Sockets that can send and hear through one netdev only.

Every socket is bound to the netdev by SO_BINDTODEVICE, whatever the routing table says, and to
the data session's own address where the netdev has it. The openers raise OSError, which callers
turn into facts; ``require_netdev`` alone raises CannotTest, once and before any measurement.
"""

from __future__ import annotations

import contextlib
import errno
import socket
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qmiprobe.errors import CannotTest
from qmiprobe.sockets import bind_to_netdev, queue_errors, set_whole, socket_address

if TYPE_CHECKING:
    from qmiprobe.bearer import BearerFacts, IPAddress


@dataclass(frozen=True)
class Origin:
    """Where probes start: a netdev, and the address that they carry as their source."""

    netdev: str
    source: IPAddress | None = None
    fwmark: int = 0
    """Mark of the probes (SO_MARK), as far as this user may set it."""


def origin_toward(bearer: BearerFacts, remote: IPAddress) -> Origin:
    """Return the origin of probes to ``remote``: the netdev and the session's own address."""
    facts = bearer.family(remote.version)
    source = facts.interface.ip if facts is not None else None
    return Origin(bearer.netdev, source, bearer.fwmark)


def require_netdev(netdev: str) -> None:
    """Raise CannotTest unless a socket can be bound to ``netdev``: with the reason and advice."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as trial:
        try:
            bind_to_netdev(trial, netdev)
        except OSError as error:
            raise CannotTest(_binding_failure(netdev, error)) from error


def open_udp(origin: Origin, remote: IPAddress, port: int, *, probe: bool = False) -> socket.socket:
    """Return a connected UDP socket whose ICMP errors are queued (IP_RECVERR).

    ``probe`` sets Don't Fragment and ignores what the kernel thinks it knows of the path MTU.
    """
    sock = _open(origin, remote, socket.SOCK_DGRAM, 0)
    try:
        report_errors(sock, probe=probe)
        sock.connect(socket_address(origin.netdev, remote, port))
    except BaseException:
        sock.close()
        raise
    return sock


def open_unconnected(origin: Origin, remote: IPAddress) -> socket.socket:
    """Return a UDP socket with a port of its own that may send to any host of ``remote``'s family.

    Nobody's ICMP errors fail it.
    """
    sock = _open(origin, remote, socket.SOCK_DGRAM, 0)
    try:
        if sock.getsockname()[1] == 0:
            sock.bind(("", 0))
    except BaseException:
        sock.close()
        raise
    return sock


def open_tcp(
    origin: Origin, remote: IPAddress, *, segment: int | None = None, buffer: int | None = None
) -> socket.socket:
    """Return a TCP socket that is not connected yet.

    ``segment`` (bytes) limits the MSS that is offered to the other side, ``buffer`` (bytes) the
    data that it may have on its way.
    """
    sock = _open(origin, remote, socket.SOCK_STREAM, 0)
    try:
        report_errors(sock)
        if segment is not None:
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_MAXSEG, segment)
        if buffer is not None:
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, buffer)
    except BaseException:
        sock.close()
        raise
    return sock


def open_icmp(
    origin: Origin, remote: IPAddress, *, probe: bool = False
) -> tuple[socket.socket, bool]:
    """Return a connected ICMP or ICMPv6 socket, and whether it is a raw one.

    Raw needs CAP_NET_RAW; a ping socket, which sets the echo identifier to its own port, needs
    ``net.ipv4.ping_group_range``. PermissionError where neither is allowed.
    """
    protocol = socket.IPPROTO_ICMP if remote.version == 4 else socket.IPPROTO_ICMPV6
    try:
        sock, raw = _open(origin, remote, socket.SOCK_RAW, protocol), True
    except PermissionError:
        sock, raw = _open(origin, remote, socket.SOCK_DGRAM, protocol), False
    try:
        report_errors(sock, probe=probe)
        sock.connect(socket_address(origin.netdev, remote, 0))
    except BaseException:
        sock.close()
        raise
    return sock, raw


def open_raw(origin: Origin, remote: IPAddress, protocol: int) -> socket.socket:
    """Return a connected raw socket of an IP protocol, ESP or GRE: PermissionError without a right.

    Its error queue holds the errors of all such sockets toward ``remote``.
    """
    sock = _open(origin, remote, socket.SOCK_RAW, protocol)
    try:
        report_errors(sock)
        sock.connect(socket_address(origin.netdev, remote, 0))
    except BaseException:
        sock.close()
        raise
    return sock


def open_sender(origin: Origin, remote: IPAddress) -> socket.socket:
    """Return a connected raw socket that takes whole IP packets: PermissionError without a right.

    It hears nothing.
    """
    sock = _open(origin, remote, socket.SOCK_RAW, socket.IPPROTO_RAW)
    try:
        sock.connect(socket_address(origin.netdev, remote, 0))
    except BaseException:
        sock.close()
        raise
    return sock


def open_quotes(origin: Origin, family: int) -> socket.socket:
    """Return a raw socket that hears all ICMP of a family that comes in by the netdev.

    PermissionError without CAP_NET_RAW.
    """
    domain, protocol = (
        (socket.AF_INET, socket.IPPROTO_ICMP)
        if family == 4
        else (socket.AF_INET6, socket.IPPROTO_ICMPV6)
    )
    sock = socket.socket(domain, socket.SOCK_RAW | socket.SOCK_NONBLOCK, protocol)
    try:
        bind_to_netdev(sock, origin.netdev)
    except BaseException:
        sock.close()
        raise
    return sock


def mark(sock: socket.socket, *, hops: int | None = None, tos: int | None = None) -> None:
    """Give what ``sock`` sends a TTL (hop limit), or a TOS byte (traffic class)."""
    v6 = sock.family == socket.AF_INET6
    level = socket.IPPROTO_IPV6 if v6 else socket.IPPROTO_IP
    if hops is not None:
        sock.setsockopt(level, socket.IPV6_UNICAST_HOPS if v6 else socket.IP_TTL, hops)
    if tos is not None:
        sock.setsockopt(level, socket.IPV6_TCLASS if v6 else socket.IP_TOS, tos)


def report_errors(sock: socket.socket, *, probe: bool = False) -> None:
    """Have ICMP errors queued on ``sock``; with ``probe`` send whole packets or none."""
    queue_errors(sock)
    if probe:
        set_whole(sock, True)


def _open(origin: Origin, remote: IPAddress, kind: int, protocol: int) -> socket.socket:
    family = socket.AF_INET if remote.version == 4 else socket.AF_INET6
    sock = socket.socket(family, kind | socket.SOCK_NONBLOCK, protocol)
    try:
        bind_to_netdev(sock, origin.netdev)
        if origin.fwmark:
            with contextlib.suppress(PermissionError):
                sock.setsockopt(socket.SOL_SOCKET, socket.SO_MARK, origin.fwmark)
        if origin.source is not None and origin.source.version == remote.version:
            _bind_to_source(sock, origin)
    except BaseException:
        sock.close()
        raise
    return sock


def _bind_to_source(sock: socket.socket, origin: Origin) -> None:
    assert origin.source is not None
    if origin.source.is_link_local and sock.family == socket.AF_INET6:
        return  # the kernel takes it by itself where the other side is link-local too
    try:
        sock.bind(socket_address(origin.netdev, origin.source, 0))
    except OSError as error:
        if error.errno != errno.EADDRNOTAVAIL:
            raise
        # not on the netdev: netdev.address says so; the kernel's choice still measures the path


def _binding_failure(netdev: str, error: OSError) -> str:
    if error.errno == errno.ENODEV:
        return (
            f"netdev {netdev!r} does not exist in this network namespace; "
            f"see `ip link` for the names that do"
        )
    if error.errno == errno.EPERM:
        return (
            f"a socket may not be bound to netdev {netdev!r} (SO_BINDTODEVICE: "
            f"{error.strerror}); run as root or with CAP_NET_RAW, or use Linux 5.7 or newer"
        )
    return f"a socket cannot be bound to netdev {netdev!r} (SO_BINDTODEVICE: {error.strerror})"
