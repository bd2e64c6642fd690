# SPDX-License-Identifier: GPL-2.0-or-later
"""A client's session: its key, what it may do, the numbers that its frames carry."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from ._frame import NO_PROOF, Frame, Op, Sealed, seal, unseal
from ._keys import master_key, session_key
from ._messages import COOKIE_BYTES, HELLO_SIZE, NONCE_BYTES, OPEN_SIZE, Opened, parse_opened


@dataclass
class Held:
    """An open session."""

    opened: Opened
    key: bytes
    proof: bytes = NO_PROOF
    """For the address and port that it was opened from."""
    sent: int = 0

    def seal(
        self, op: Op, body: bytes, *, proof: bytes = NO_PROOF, prefix: bytes = b"", size: int = 0
    ) -> tuple[int, bytes]:
        """Return the number of the next frame, and the frame."""
        self.sent += 1
        frame = Frame(
            op=op,
            session=self.opened.session,
            sequence=self.sent,
            proof=proof,
            body=body,
            prefix=prefix,
        )
        return self.sent, seal(frame, key=self.key, size=size)

    def unseal(self, data: bytes) -> Frame | None:
        """Return a frame of this session; None for anything else."""
        sealed = unseal(data)
        if sealed is None or sealed.frame.session != self.opened.session:
            return None
        return sealed.frame if sealed.signed_by(self.key) else None


class Greeting:
    """How a session is opened: what to send, until ``held`` is there."""

    def __init__(self, token: bytes, *, family: int) -> None:
        self.held: Held | None = None
        self._master = master_key(token)
        self._nonce = secrets.token_bytes(NONCE_BYTES)
        self._cookie = b""
        self._family = family

    def to_send(self) -> bytes:
        """Return the next frame to send, again and again until something is taken."""
        op, size = (Op.OPEN, OPEN_SIZE) if self._cookie else (Op.HELLO, HELLO_SIZE)
        frame = Frame(op=op, body=self._nonce + self._cookie)
        return seal(frame, key=self._master, size=size)

    def take(self, data: bytes) -> bool:
        """Take what came back; return whether it brings the greeting on."""
        sealed = unseal(data)
        if sealed is None or not sealed.signed_by(self._master):
            return False
        if sealed.frame.op == Op.COOKIE:
            return self._take_cookie(sealed.frame.body)
        return sealed.frame.op == Op.OPENED and self._take_opened(sealed)

    def _take_cookie(self, body: bytes) -> bool:
        if len(body) != NONCE_BYTES + COOKIE_BYTES or body[:NONCE_BYTES] != self._nonce:
            return False
        self._cookie = body[NONCE_BYTES:]
        return True

    def _take_opened(self, sealed: Sealed) -> bool:
        opened = parse_opened(sealed.frame.body, family=self._family)
        if opened is None or opened.nonce != self._nonce or not self._cookie:
            return False
        key = session_key(
            self._master, nonce=self._nonce, cookie=self._cookie, session=opened.session
        )
        self.held = Held(opened, key, sealed.frame.proof)
        return True
