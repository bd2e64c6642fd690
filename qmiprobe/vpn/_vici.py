# SPDX-License-Identifier: GPL-2.0-or-later
"""strongSwan's connections and security associations, by its vici socket.

The protocol is that of strongSwan's ``src/libcharon/plugins/vici/README.md``: packets behind their
length, messages of sections, keys and lists.
"""

from __future__ import annotations

import contextlib
import struct
from collections.abc import Iterator, Mapping
from ipaddress import ip_address, ip_network
from pathlib import Path
from typing import TypeAlias

import trio

from qmiprobe.bearer import IPAddress

from ._model import IPNetwork, Kind, Tunnel

Section: TypeAlias = "dict[str, str | list[str] | Section]"

_REQUEST, _RESPONSE, _REGISTER, _CONFIRM, _EVENT = 0, 1, 3, 5, 7
_START, _END, _VALUE, _LIST, _ITEM, _LIST_END = 1, 2, 3, 4, 5, 6
_PATIENCE = 2.0
_LONGEST = 1 << 20


async def find_ipsec(run: Path) -> list[Tunnel]:
    """Return a tunnel for each child of each connection that strongSwan knows."""
    path = run / "charon.vici"
    associations: list[Section] = []
    connections: list[Section] = []
    with contextlib.suppress(OSError, trio.BrokenResourceError), trio.move_on_after(_PATIENCE):
        async with await trio.open_unix_socket(str(path)) as stream:
            associations = await _streamed(stream, "list-sas", "list-sa")
            connections = await _streamed(stream, "list-conns", "list-conn")
    return list(tunnels(associations, connections, source=str(path)))


def tunnels(
    associations: list[Section], connections: list[Section], *, source: str
) -> Iterator[Tunnel]:
    """Give the tunnels in what strongSwan listed; of those up also the numbers."""
    up = set()
    for message in associations:
        for name, ike in _sections(message):
            up.add(name)
            yield from _of_association(name, ike, source)
    for message in connections:
        for name, connection in _sections(message):
            if name not in up and (addresses := _texts(connection, "remote_addrs")):
                yield from _of_connection(name, connection, addresses[0], source)


def _of_association(name: str, ike: Section, source: str) -> Iterator[Tunnel]:
    port = int(_text(ike, "remote-port") or 500)
    common = {
        "ike-state": _text(ike, "state") or "",
        "nat": "yes" if _text(ike, "nat-any") == "yes" else "no",
    }
    children = list(_sections(_section(ike, "child-sas")))
    for _, child in children or [("", {})]:
        encapsulated = _text(child, "encap") == "yes"
        installed = _text(child, "state") == "INSTALLED"
        yield Tunnel(
            kind=Kind.IPSEC,
            name=name,
            source=source,
            transport="udp" if encapsulated or not installed else "esp",
            endpoint=_address(_text(ike, "remote-host")),
            port=port,
            local=_address(_text(ike, "local-host")),
            established=_text(ike, "state") == "ESTABLISHED" and installed,
            sent=_number(child, "bytes-out"),
            received=_number(child, "bytes-in"),
            networks=tuple(_networks(child, "remote-ts")),
            ours=tuple(_networks(child, "local-ts")),
            cipher=_cipher(child),
            process="charon",
            options=tuple(common.items()),
        )


def _of_connection(name: str, connection: Section, remote: str, source: str) -> Iterator[Tunnel]:
    address = _address(remote)
    for _, child in _sections(_section(connection, "children")) or [("", {})]:
        yield Tunnel(
            kind=Kind.IPSEC,
            name=name,
            source=source,
            endpoint=address,
            port=int(_text(connection, "remote_port") or 500),
            host=None if address else remote,
            established=False,
            networks=tuple(_networks(child, "remote-ts")),
            ours=tuple(_networks(child, "local-ts")),
            process="charon",
        )


def _cipher(child: Section) -> str:
    encryption = _text(child, "encr-alg") or ""
    size, integrity = _text(child, "encr-keysize"), _text(child, "integ-alg")
    return "/".join(part for part in (encryption, size, integrity) if part)


async def _streamed(stream: trio.SocketStream, command: str, event: str) -> list[Section]:
    """Run a command that answers by events; return their messages."""
    reader = _Reader(stream)
    await _send(stream, _REGISTER, event)
    if (await reader.packet())[:1] != bytes([_CONFIRM]):
        return []
    await _send(stream, _REQUEST, command)
    found = []
    while (packet := await reader.packet())[:1] == bytes([_EVENT]):
        found.append(parse_message(packet[2 + packet[1] :]))
    return found


async def _send(stream: trio.SocketStream, kind: int, name: str) -> None:
    data = bytes([kind, len(name)]) + name.encode()
    await stream.send_all(struct.pack("!I", len(data)) + data)


class _Reader:
    def __init__(self, stream: trio.SocketStream) -> None:
        self._stream = stream

    async def packet(self) -> bytes:
        """Return the next packet; empty at the end or where it is too long."""
        (length,) = struct.unpack("!I", await self._exactly(4) or bytes(4))
        return await self._exactly(length) if 0 < length <= _LONGEST else b""

    async def _exactly(self, count: int) -> bytes:
        data = b""
        while len(data) < count:
            part = await self._stream.receive_some(count - len(data))
            if not part:
                return b""
            data += part
        return data


def parse_message(data: bytes) -> Section:
    """Return a vici message as nested dicts; what is cut short ends it."""
    root: Section = {}
    stack = [root]
    items: list[str] | None = None
    at = 0
    with contextlib.suppress(IndexError, struct.error):
        while at < len(data):
            kind, at = data[at], at + 1
            name, value = "", ""
            if kind in (_START, _VALUE, _LIST):
                name, at = (
                    data[at + 1 : at + 1 + data[at]].decode("utf-8", "replace"),
                    (at + 1 + data[at]),
                )
            if kind in (_VALUE, _ITEM):
                (length,) = struct.unpack_from("!H", data, at)
                value = data[at + 2 : at + 2 + length].decode("utf-8", "replace")
                at += 2 + length
            if kind == _START:
                inner: Section = {}
                stack[-1][name] = inner
                stack.append(inner)
            elif kind == _END:
                stack.pop()
            elif kind == _VALUE:
                stack[-1][name] = value
            elif kind == _LIST:
                items = []
                stack[-1][name] = items
            elif kind == _ITEM and items is not None:
                items.append(value)
    return root


def _sections(section: Section) -> list[tuple[str, Section]]:
    return [(name, one) for name, one in section.items() if isinstance(one, dict)]


def _section(section: Section, name: str) -> Section:
    value = section.get(name)
    return value if isinstance(value, dict) else {}


def _text(section: Mapping[str, object], name: str) -> str | None:
    value = section.get(name)
    return value if isinstance(value, str) else None


def _texts(section: Section, name: str) -> list[str]:
    value = section.get(name)
    return value if isinstance(value, list) else []


def _number(section: Section, name: str) -> int | None:
    text = _text(section, name)
    return int(text) if text is not None and text.isdigit() else None


def _networks(child: Section, name: str) -> Iterator[IPNetwork]:
    for text in _texts(child, name):
        with contextlib.suppress(ValueError):
            yield ip_network(text.partition("[")[0].partition("|")[0], strict=False)


def _address(text: str | None) -> IPAddress | None:
    try:
        return ip_address((text or "").partition("%")[0])
    except ValueError:
        return None
