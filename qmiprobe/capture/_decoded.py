# SPDX-License-Identifier: GPL-2.0-or-later
"""What recorded messages mean, with personal values masked first, as values and as JSON."""

from __future__ import annotations

import re
from dataclasses import dataclass

from qmiprobe._as_json import notes_json, undecodable_json
from qmiprobe._message import Message
from qmiprobe._plain import Json
from qmiprobe._trace_format import Direction
from qmiprobe._wire import Note
from qmiprobe.capture._captured import Captured, Protocol
from qmiprobe.capture._pairing import Pairing
from qmiprobe.capture._protocol import protocol_of
from qmiprobe.capture._redact import redact
from qmiprobe.errors import DecodeError
from qmiprobe.mbim import _codec as _mbim
from qmiprobe.mbim._codec import MbimMessage
from qmiprobe.mbim._json import direction_of as _mbim_direction
from qmiprobe.mbim._json import mbim_message_json
from qmiprobe.qmi import _codec as _qmi
from qmiprobe.qmi._codec import QmiMessage
from qmiprobe.qmi._json import direction_of as _qmi_direction
from qmiprobe.qmi._json import qmi_message_json

_DIGITS = re.compile(rb"[0-9]{8}|(?:[0-9]\0){7}[0-9]")
"""As few in a row as redaction ever masks, also as UTF-16."""
_sensitive: dict[type[Message], bool] = {}


@dataclass(frozen=True, kw_only=True)
class Decoded:
    """One message, or bytes that mean nothing."""

    raw: bytes
    """Redacted where that was asked for; ``message`` was read out of these bytes."""
    protocol: Protocol | None
    """None where the bytes begin like neither protocol."""
    message: QmiMessage | MbimMessage | None
    error: DecodeError | None
    """Why the bytes mean nothing; None exactly where there is a message."""
    direction: Direction | None
    time: float | None
    port: str | None = None
    """The control port, as the record names it."""
    notes: tuple[Note, ...] = ()
    """What is odd about the record; ``message`` has notes of its own."""
    latency_s: float | None = None
    """Seconds since the request that this answers, where the record has both and fine times."""
    inner: Decoded | None = None
    """The QMI message that an MBIM one carries."""

    @property
    def is_sound(self) -> bool:
        """Whether all of it means something, the message inside included."""
        return self.error is None and (self.inner is None or self.inner.is_sound)

    def json(self) -> dict[str, Json]:
        """Return the object of the command line's contract, ``inner`` as a key of its own."""
        document = self._json()
        if self.notes:
            own = document.get("notes")
            document["notes"] = [*notes_json(self.notes), *(own if isinstance(own, list) else [])]
        if self.port is not None:
            document["port"] = self.port
        if self.latency_s is not None:
            document["latency_ms"] = round(1000 * self.latency_s, 3)
        if self.inner is not None:
            document["inner"] = self.inner.json()
        return document

    def _json(self) -> dict[str, Json]:
        if self.message is None:
            document = undecodable_json(self.protocol, self.error or DecodeError("?"), self.raw)
            known = {"direction": self.direction, "time": self.time}
            return {**document, **{key: it for key, it in known.items() if it is not None}}
        if isinstance(self.message, QmiMessage):
            return qmi_message_json(self.message, direction=self.direction, time=self.time)
        return mbim_message_json(self.message, direction=self.direction, time=self.time)


class Decoder:
    """Decodes messages in the order of their record.

    ``mbimex`` counts where the messages do not say otherwise.
    ``follow``: the record is of one control port, so that an agreement on an MBIMEx version holds
    for what comes after it. ``vendor``: USB vendor id, for QMI messages that vendors define.
    """

    def __init__(
        self,
        *,
        keep_personal: bool = False,
        mbimex: str | None = None,
        follow: bool = False,
        vendor: int | None = None,
    ) -> None:
        self._keep_personal = keep_personal
        self._mbimex = mbimex
        self._follow = follow
        self._vendor = vendor
        self._pairing = Pairing()

    def decode(self, item: Captured) -> Decoded:
        """Return what ``item`` means; never raises."""
        protocol = item.protocol
        try:
            if item.error is not None:
                raise item.error
            protocol = protocol or protocol_of(item.data)
            return self._qmi(item) if protocol == "qmi" else self._mbim(item)
        except DecodeError as error:
            return Decoded(
                raw=self._shown(item.data, protocol),
                protocol=protocol,
                message=None,
                error=error,
                direction=item.direction,
                time=item.time,
                port=item.port,
                notes=item.notes,
            )

    def _shown(self, data: bytes, protocol: Protocol | None) -> bytes:
        if self._keep_personal:
            return data
        return redact(data, protocol=protocol, mbimex=self._mbimex, vendor=self._vendor)

    def _qmi(self, item: Captured) -> Decoded:
        raw = item.data
        message = _qmi.decode(raw, vendor=self._vendor)
        if not (self._keep_personal or _is_impersonal(message, raw)):
            raw = self._shown(raw, "qmi")
            message = _qmi.decode(raw, vendor=self._vendor)
        direction = item.direction or _qmi_direction(message.header)
        return Decoded(
            raw=raw, protocol="qmi", message=message, error=None, direction=direction,
            time=item.time, port=item.port, notes=item.notes,
            latency_s=self._pairing.latency_s(item, message),
        )  # fmt: skip

    def _mbim(self, item: Captured) -> Decoded:
        raw = item.data
        message = _mbim.decode(raw, mbimex=self._mbimex)
        if not (self._keep_personal or _is_impersonal(message, raw)):
            raw = self._shown(raw, "mbim")
            message = _mbim.decode(raw, mbimex=self._mbimex)
        if self._follow:
            self._mbimex = _agreed(message) or self._mbimex
        direction = item.direction or _mbim_direction(message.packet)
        return Decoded(
            raw=raw, protocol="mbim", message=message, error=None, direction=direction,
            time=item.time, port=item.port, notes=item.notes,
            latency_s=self._pairing.latency_s(item, message),
            inner=self._inner(message, direction),
        )  # fmt: skip

    def _inner(self, message: MbimMessage, direction: Direction) -> Decoded | None:
        body = message.body
        if body is None or (body.service_name, body.message) != ("qmi", "msg"):
            return None
        data = getattr(body, "qmux", None)
        if not data:
            return None
        # Redacted with the message around it.
        inside = Decoder(keep_personal=True, vendor=self._vendor)
        return inside.decode(Captured(data=data, protocol="qmi", direction=direction))


def _is_impersonal(message: QmiMessage | MbimMessage, data: bytes) -> bool:
    """Whether redacting ``message`` would change nothing, so that it need not be done.

    It is defined, without a personal field, and no digits stand in it that could name anybody.
    In QMI, what is odd may be a personal TLV that comes twice: then it has to be looked at.
    """
    body = message.body
    if body is None or _is_sensitive(type(body)):
        return False
    if message.notes and isinstance(message, QmiMessage):
        return False
    return _DIGITS.search(data) is None


def _is_sensitive(cls: type[Message]) -> bool:
    """Whether messages of a class may hold something personal, a message inside included."""
    known = _sensitive.get(cls)
    if known is None:
        known = cls.service_name == "qmi" or any(field.sensitive for field in cls.__fields__)
        _sensitive[cls] = known
    return known


def _agreed(message: MbimMessage) -> str | None:
    """Return the MBIMEx version that is in force after ``message``, where it says one."""
    if message.packet.kind == "open-done" and not message.status:
        return "1.0"  # until both sides agree on more
    body = message.body
    if body is None or body.message != "version" or message.direction == "query":
        return None
    number = getattr(body, "mbim_extended_version", None)
    return f"{number >> 8:x}.{number & 0xFF:x}" if number and not message.status else None
