# SPDX-License-Identifier: GPL-2.0-or-later
"""The web server of the simulated network: three kinds of pages, one request a connection."""

from __future__ import annotations

from typing import TYPE_CHECKING

import trio

from . import _addresses

if TYPE_CHECKING:
    from ._faults import NetworkFaults

_HEAD_LIMIT = 32 * 1024
_SECONDS = 20.0
_PHRASES = {
    200: "OK",
    204: "No Content",
    302: "Found",
    400: "Bad Request",
    404: "Not Found",
    405: "Method Not Allowed",
    431: "Request Header Fields Too Large",
}
_PORTAL = b"<html><title>Portal</title><p>Buy a day pass to go on.</p></html>\n"
_LARGE = (b"0123456789abcdef" * 64)[:1023] + b"\n"


async def serve_http(stream: trio.SocketStream, faults: NetworkFaults) -> None:
    """Answer the one request of a connection, and close it."""
    async with stream:
        with trio.move_on_after(_SECONDS):
            try:
                head = await _read_head(stream)
                if head:
                    await stream.send_all(answer_request(head, faults))
                    await stream.send_eof()
                    await _drain(stream)
            except (trio.BrokenResourceError, trio.ClosedResourceError):
                return


def answer_request(head: bytes, faults: NetworkFaults) -> bytes:
    """Return the whole answer to a request, given its head up to the empty line."""
    if not head.endswith(b"\r\n\r\n"):
        return _answer(431)
    first, *lines = head.decode("latin-1").split("\r\n")
    words = first.split(" ")
    if len(words) != 3 or not words[2].startswith("HTTP/1."):
        return _answer(400)
    if words[0] != "GET":
        return _answer(405, extra="Allow: GET\r\n")
    fields = dict(line.lower().split(":", 1) for line in lines if ":" in line)
    host = fields.get("host", "").strip().removesuffix(":80")
    return _page(host, words[1], faults)


def _page(host: str, path: str, faults: NetworkFaults) -> bytes:
    portals = (_addresses.PORTAL_NAME, str(_addresses.PORTAL_V4), f"[{_addresses.PORTAL_V6}]")
    if host in portals:
        return _answer(200, body=_PORTAL)
    if faults.walled_garden:
        return _answer(302, extra=f"Location: http://{_addresses.PORTAL_NAME}/login\r\n")
    if (host, path) in _addresses.CONNECTIVITY:
        return _answer(204)
    if (host, path) in _addresses.LARGE:
        return _answer(200, body=_LARGE * (_addresses.LARGE_SIZE // len(_LARGE)))
    return _answer(404, body=b"no such page\n")


def _answer(status: int, *, body: bytes = b"", extra: str = "") -> bytes:
    length = "" if status == 204 else f"Content-Length: {len(body)}\r\n"
    head = f"HTTP/1.1 {status} {_PHRASES[status]}\r\n{extra}{length}Connection: close\r\n\r\n"
    return head.encode("latin-1") + body


async def _read_head(stream: trio.SocketStream) -> bytes:
    """Return the head of a request; without its empty line where it is too long or cut off."""
    head = b""
    while len(head) < _HEAD_LIMIT:
        part = await stream.receive_some(4096)
        head += part
        end = head.find(b"\r\n\r\n")
        if end >= 0:
            return head[: end + 4]
        if not part:
            break
    return head


async def _drain(stream: trio.SocketStream) -> None:
    """Read until the client closes too: closing with unread bytes would reset the connection."""
    while await stream.receive_some(4096):
        pass
