# SPDX-License-Identifier: GPL-2.0-or-later
"""The token that both sides know, and what is derived from it.

The token names a reflector's user, as a password does. Whoever has it may use the reflector; who
has it not gets no answer at all. It stands in the URL ``qp://TOKEN@HOST:PORT``.
"""

from __future__ import annotations

import base64
import binascii
import hmac
import secrets
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from qmiprobe.errors import AddressError

from ._messages import COOKIE_BYTES

DEFAULT_PORT = 47900
TOKEN_BYTES = 32
EPOCH_SECONDS = 60.0
_SCHEME = "qp"
_EXAMPLE = f"{_SCHEME}://TOKEN@HOST:PORT"


@dataclass(frozen=True)
class ReflectorUrl:
    """Where a reflector is, and the token that it answers to; as text without the token."""

    token: bytes = field(repr=False)
    host: str
    port: int = DEFAULT_PORT

    def __str__(self) -> str:
        return f"{_SCHEME}://{self._place}"

    @property
    def with_token(self) -> str:
        """The whole URL, which is a secret."""
        return f"{_SCHEME}://{token_text(self.token)}@{self._place}"

    @property
    def _place(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{host}:{self.port}"


def parse_url(text: str) -> ReflectorUrl:
    """Read ``qp://TOKEN@HOST:PORT``, or ``@FILE`` that holds it.

    AddressError, which never shows the token, says what fails.
    """
    if text.startswith("@"):
        text = _read_file(text[1:])
    try:
        parts = urlsplit(text)
        host, port = parts.hostname, parts.port
    except ValueError:
        raise AddressError(f"the reflector's URL is not of the form {_EXAMPLE}") from None
    if parts.scheme != _SCHEME or not host or not parts.username:
        text = f"the reflector's URL is not of the form {_EXAMPLE}; `qmiprobe reflect --init`"
        raise AddressError(f"{text} on the server prints it")
    return ReflectorUrl(parse_token(parts.username), host, port or DEFAULT_PORT)


def _read_file(name: str) -> str:
    try:
        return Path(name).read_text(encoding="ascii").strip()
    except (OSError, UnicodeError) as error:
        raise AddressError(f"the file with the reflector's URL cannot be read: {error}") from error


def new_token() -> bytes:
    """Return a token that nobody can guess."""
    return secrets.token_bytes(TOKEN_BYTES)


def token_text(token: bytes) -> str:
    """Return the token as it is written in URLs and files."""
    return base64.urlsafe_b64encode(token).decode().rstrip("=")


def parse_token(text: str) -> bytes:
    """Read a token; AddressError, which does not show it, where it is none."""
    try:
        token = base64.b64decode(text.strip() + "=", altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        token = b""
    if len(token) != TOKEN_BYTES:
        raise AddressError(
            "the token is not one that `qmiprobe reflect --init` made: copy it whole"
        )
    return token


def master_key(token: bytes) -> bytes:
    """Return the key that sessions are opened with."""
    return hmac.digest(token, b"qmiprobe reflector 1", "sha256")


def session_key(master: bytes, *, nonce: bytes, cookie: bytes, session: bytes) -> bytes:
    """Return the key of one session."""
    return hmac.digest(master, b"session" + nonce + cookie + session, "sha256")


class Proofs:
    """The reflector's own secret: what it can check later without having kept anything.

    A cookie or proof is sent to an address; who brings it back hears what is sent there. It is
    good for the epoch that it was made in and for the next one.
    """

    def __init__(self, secret: bytes | None = None) -> None:
        self._secret = secret or secrets.token_bytes(32)

    def cookie(self, place: bytes, nonce: bytes, *, now: float) -> bytes:
        """Return the cookie for an address and port and a client's nonce."""
        return self._make(b"cookie" + nonce + place, _epoch(now))[:COOKIE_BYTES]

    def is_cookie(self, cookie: bytes, place: bytes, nonce: bytes, *, now: float) -> bool:
        """Return whether the cookie was made for these, lately."""
        return len(cookie) == COOKIE_BYTES and self._is(cookie, b"cookie" + nonce + place, now)

    def path(self, session: bytes, place: bytes, *, now: float) -> bytes:
        """Return what proves the way back to an address and port of a session."""
        return self._make(b"path" + session + place, _epoch(now))[:8]

    def is_path(self, proof: bytes, session: bytes, place: bytes, *, now: float) -> bool:
        """Return whether the proof was made for these, lately."""
        return len(proof) == 8 and self._is(proof, b"path" + session + place, now)

    def _make(self, what: bytes, epoch: int) -> bytes:
        return hmac.digest(self._secret, what + epoch.to_bytes(8, "big"), "sha256")

    def _is(self, given: bytes, what: bytes, now: float) -> bool:
        epoch = _epoch(now)
        return any(
            hmac.compare_digest(given, self._make(what, one)[: len(given)])
            for one in (epoch, max(0, epoch - 1))
        )


def _epoch(now: float) -> int:
    return int(now // EPOCH_SECONDS)
