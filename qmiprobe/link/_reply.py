# SPDX-License-Identifier: GPL-2.0-or-later
"""A GET request and the head of its answer, by hand: HTTP/1.1 as far as a probe needs it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from qmiprobe.bearer import HttpTarget

HEAD_LIMIT = 65536
_STATUS_LINE = re.compile(rb"HTTP/1\.[0-9] ([1-5][0-9]{2})(?: .*)?")
_END = re.compile(rb"\r?\n\r?\n")


class BadReply(Exception):
    """What came back is not an HTTP answer, or is cut short; the text says which."""

    def __init__(self, text: str, *, cut: bool = False) -> None:
        super().__init__(text)
        self.cut = cut
        """The connection ended before the head was whole."""


class Readable(Protocol):
    """What an answer is read from."""

    async def receive_some(self, limit: int) -> bytes:
        """Return up to ``limit`` bytes, none at the end."""


@dataclass(frozen=True)
class Head:
    """Status and fields of an answer, and what of its body came along."""

    status: int
    fields: dict[str, str]
    """Names in lower case; of a repeated field the first."""
    body: bytes


def get_request(target: HttpTarget, *, last_byte: int | None = None) -> bytes:
    """Return a GET request for the page; ``last_byte`` asks for its beginning only."""
    host = target.host if target.port == 80 else f"{target.host}:{target.port}"
    span = "" if last_byte is None else f"Range: bytes=0-{last_byte}\r\n"
    text = (
        f"GET {target.path} HTTP/1.1\r\nHost: {host}\r\nUser-Agent: qmiprobe\r\n"
        f"Accept: */*\r\nAccept-Encoding: identity\r\n{span}Connection: close\r\n\r\n"
    )
    return text.encode("ascii", "backslashreplace")


async def read_head(stream: Readable) -> Head:
    """Read until the head is whole. BadReply when it is not HTTP, too long, or cut short."""
    data = b""
    while (end := _END.search(data)) is None:
        if not _may_be_http(data):
            raise BadReply(f"not HTTP: starts with {data[:16]!r}")
        if len(data) > HEAD_LIMIT:
            raise BadReply(f"a head of more than {HEAD_LIMIT} bytes")
        part = await stream.receive_some(4096)
        if not part:
            raise BadReply(f"the connection ended after {len(data)} bytes of the head", cut=True)
        data += part
    return parse_head(data[: end.start()], data[end.end() :])


def parse_head(head: bytes, body: bytes) -> Head:
    """Return the parts of a whole head. BadReply when its first line is no status line."""
    first, *lines = re.split(rb"\r?\n", head)
    match = _STATUS_LINE.fullmatch(first)
    if match is None:
        raise BadReply(f"not an HTTP status line: {first[:64]!r}")
    fields: dict[str, str] = {}
    for line in lines:
        name, colon, value = line.partition(b":")
        if colon:
            text = value.decode("latin-1").strip()
            fields.setdefault(name.decode("latin-1").strip().lower(), text)
    return Head(int(match[1]), fields, body)


def _may_be_http(data: bytes) -> bool:
    return data[:7] == b"HTTP/1."[: len(data)]
