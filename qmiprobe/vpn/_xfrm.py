# SPDX-License-Identifier: GPL-2.0-or-later
"""The kernel's own IPsec, whoever set it up: policies and associations, by NETLINK_XFRM.

Layouts are those of ``<linux/xfrm.h>``. Associations carry their keys, which are skipped over.
"""

from __future__ import annotations

import contextlib
import socket
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_network
from typing import TYPE_CHECKING

from ._model import IPNetwork, Kind, Tunnel

if TYPE_CHECKING:
    from qmiprobe.bearer import IPAddress

_NETLINK_XFRM = 6
_GET_SA, _NEW_SA, _GET_POLICY, _NEW_POLICY = 18, 16, 21, 19
_ERROR, _DONE = 2, 3
_DUMP = 0x301  # NLM_F_REQUEST | NLM_F_DUMP
_HEADER = struct.Struct("=IHHII")
_ATTRIBUTE = struct.Struct("=HH")
_SELECTOR = 56
_SA_SIZE, _POLICY_SIZE, _TEMPLATE_SIZE = 224, 168, 64
_ID = _SELECTOR
_SOURCE = _ID + 24
_COUNTED = _SOURCE + 16 + 64
_FAMILY = _COUNTED + 32 + 12 + 8
_DIRECTION = _SELECTOR + 64 + 32 + 8
_OUT = 1
_ESP = 50
_ALG_CRYPT, _ENCAP, _TEMPLATES, _ALG_AEAD, _ALG_AUTH = 2, 4, 5, 18, 20
_NAME = 64
_SECONDS = 2.0
_CIPHERS = {
    "rfc4106(gcm(aes))": "AES_GCM_16",
    "rfc7539esp(chacha20,poly1305)": "CHACHA20_POLY1305",
    "cbc(aes)": "AES_CBC",
    "cbc(des3_ede)": "3DES_CBC",
    "hmac(sha1)": "HMAC_SHA1_96",
    "hmac(sha256)": "HMAC_SHA2_256_128",
    "hmac(sha384)": "HMAC_SHA2_384_192",
    "hmac(sha512)": "HMAC_SHA2_512_256",
}


@dataclass(frozen=True, kw_only=True)
class Association:
    """A security association of ESP."""

    source: IPAddress
    destination: IPAddress
    bytes: int
    encapsulated: bool
    """In UDP."""
    port: int
    """The other side's UDP port; 0 where it is bare ESP."""
    cipher: str


@dataclass(frozen=True, kw_only=True)
class Policy:
    """A policy for outgoing packets that go by ESP."""

    ours: IPNetwork
    theirs: IPNetwork
    source: IPAddress
    destination: IPAddress


def find_xfrm() -> list[Tunnel]:
    """Return the tunnels that the kernel's policies make; none without the right to ask."""
    try:
        policies = [one for body in _dump(_GET_POLICY, _NEW_POLICY) for one in parse_policy(body)]
        associations = [one for body in _dump(_GET_SA, _NEW_SA) for one in parse_association(body)]
    except OSError:
        return []
    return list(tunnels(policies, associations))


def tunnels(policies: list[Policy], associations: list[Association]) -> Iterator[Tunnel]:
    """Give a tunnel for each other side, with all that its policies cover."""
    for destination in dict.fromkeys(one.destination for one in policies):
        some = [one for one in policies if one.destination == destination]
        going = [one for one in associations if one.destination == destination]
        coming = [one for one in associations if one.source == destination]
        newest = going[-1] if going else None
        encapsulated = newest is not None and newest.encapsulated
        yield Tunnel(
            kind=Kind.IPSEC,
            name=str(destination),
            source="NETLINK_XFRM",
            transport="udp" if encapsulated or newest is None else "esp",
            endpoint=destination,
            port=newest.port if newest is not None and encapsulated else 500,
            local=some[0].source,
            established=bool(going and coming),
            sent=sum(one.bytes for one in going),
            received=sum(one.bytes for one in coming),
            networks=tuple(dict.fromkeys(one.theirs for one in some)),
            ours=tuple(dict.fromkeys(one.ours for one in some)),
            cipher=newest.cipher if newest is not None else "",
            process="the kernel",
        )


def parse_association(body: bytes) -> Iterator[Association]:
    """Give the association in a message, if it is one of ESP."""
    if len(body) < _SA_SIZE or body[_ID + 20] != _ESP:
        return
    (family,) = struct.unpack_from("=H", body, _FAMILY)
    destination = _address(body[_ID : _ID + 16], family)
    source = _address(body[_SOURCE : _SOURCE + 16], family)
    if destination is None or source is None:
        return
    (count,) = struct.unpack_from("=Q", body, _COUNTED)
    port, names = 0, []
    encapsulated = False
    for kind, value in _attributes(body[_SA_SIZE:]):
        if kind == _ENCAP and len(value) >= 6:
            encapsulated, port = True, int.from_bytes(value[4:6], "big")
        elif kind in (_ALG_AEAD, _ALG_CRYPT, _ALG_AUTH):
            names.append(_algorithm(value))
    yield Association(
        source=source,
        destination=destination,
        bytes=count,
        encapsulated=encapsulated,
        port=port,
        cipher="/".join(sorted(names)),
    )


def parse_policy(body: bytes) -> Iterator[Policy]:
    """Give the policy in a message, if it sends packets by ESP."""
    if len(body) < _POLICY_SIZE or body[_DIRECTION] != _OUT:
        return
    theirs, ours = _selected(body)
    if theirs is None or ours is None:
        return
    for kind, value in _attributes(body[_POLICY_SIZE:]):
        if kind != _TEMPLATES:
            continue
        for start in range(0, len(value) - _TEMPLATE_SIZE + 1, _TEMPLATE_SIZE):
            template = value[start : start + _TEMPLATE_SIZE]
            (family,) = struct.unpack_from("=H", template, 24)
            destination = _address(template[:16], family)
            source = _address(template[28:44], family)
            if template[20] == _ESP and destination is not None and source is not None:
                if not destination.is_unspecified:
                    yield Policy(ours=ours, theirs=theirs, source=source, destination=destination)


def _selected(body: bytes) -> tuple[IPNetwork | None, IPNetwork | None]:
    """Return the networks that a selector is for: theirs and ours."""
    (family,) = struct.unpack_from("=H", body, 40)
    found = []
    for start, length in ((0, body[42]), (16, body[43])):
        address = _address(body[start : start + 16], family)
        network = None
        with contextlib.suppress(ValueError):
            network = ip_network(f"{address}/{length}", strict=False) if address else None
        found.append(network)
    return found[0], found[1]


def _algorithm(value: bytes) -> str:
    name = value[:_NAME].split(b"\0")[0].decode("ascii", "replace")
    return _CIPHERS.get(name, name.upper())


def _address(packed: bytes, family: int) -> IPAddress | None:
    if family == socket.AF_INET:
        return IPv4Address(packed[:4])
    return IPv6Address(packed) if family == socket.AF_INET6 else None


def _attributes(data: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    while at + _ATTRIBUTE.size <= len(data):
        length, kind = _ATTRIBUTE.unpack_from(data, at)
        if length < _ATTRIBUTE.size:
            return
        yield kind & 0x3FFF, data[at + _ATTRIBUTE.size : at + length]
        at += (length + 3) & ~3


def _dump(request: int, answer: int) -> Iterator[bytes]:
    """Ask the kernel for all of a kind and give the body of each message. OSError: it refuses."""
    with socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, _NETLINK_XFRM) as sock:
        sock.settimeout(_SECONDS)
        sock.bind((0, 0))
        sock.send(_HEADER.pack(_HEADER.size, request, _DUMP, 1, 0))
        while True:
            data = sock.recv(1 << 18)
            at = 0
            while at + _HEADER.size <= len(data):
                length, kind, _, _, _ = _HEADER.unpack_from(data, at)
                if kind == _DONE or length < _HEADER.size:
                    return
                if kind == _ERROR:
                    (number,) = struct.unpack_from("=i", data, at + _HEADER.size)
                    raise OSError(-number, "NETLINK_XFRM")
                if kind == answer:
                    yield data[at + _HEADER.size : at + length]
                at += (length + 3) & ~3
