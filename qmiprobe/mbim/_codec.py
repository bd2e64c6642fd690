# SPDX-License-Identifier: GPL-2.0-or-later
"""Whole MBIM messages: bytes to a message with notes, and a message to bytes."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass

from qmiprobe._message import Message
from qmiprobe._wire import Log, Note, Reader, Span
from qmiprobe.errors import DecodeError
from qmiprobe.mbim import _registry
from qmiprobe.mbim._buffer import decode_buffer, encode_buffer
from qmiprobe.mbim._header import Packet, build, parse
from qmiprobe.mbim.services._shared import ProtocolError, Status

MBIMEX = ("1.0", "2.0", "3.0", "4.0")
"""Versions of Microsoft's extensions, oldest first; a device never asked speaks 1.0."""


@dataclass(frozen=True, kw_only=True)
class MbimMessage:
    """A decoded message: packet, body where it is defined, and what was odd about the bytes."""

    packet: Packet
    raw: bytes
    body: Message | None = None
    """None where nothing is defined, a refusal's buffer is empty or means nothing, or this is one
    fragment of several."""
    mbimex: str = "1.0"
    notes: tuple[Note, ...] = ()
    spans: tuple[Span, ...] = ()
    """Where personal values stand in ``raw``, and bytes that may hold some."""

    @property
    def direction(self) -> str:
        """Kind of definition: query, set, response or notification; empty for other messages."""
        return direction(self.packet)

    @property
    def status(self) -> Status | None:
        """Status of a done message; None for others."""
        done = ("open-done", "close-done", "command-done")
        return Status(self.packet.value) if self.packet.kind in done else None

    @property
    def error(self) -> ProtocolError | None:
        """Code of an error message; None for others."""
        errors = ("host-error", "function-error")
        return ProtocolError(self.packet.value) if self.packet.kind in errors else None


def direction(packet: Packet) -> str:
    """Return which definition a packet's buffer follows; empty where it has none."""
    if packet.kind == "command":
        return "set" if packet.value else "query"
    return {"command-done": "response", "indicate-status": "notification"}.get(packet.kind, "")


def decode(data: bytes, *, mbimex: str | None = None) -> MbimMessage:
    """Return the message in ``data``; :class:`DecodeError` if it cannot mean one.

    ``mbimex`` is the negotiated version; where it is None and layouts differ, the only one that
    fits without notes is taken, with the note ``assumed-mbimex``.
    """
    packet = parse(data)
    layouts = _registry.find(str(packet.service.text), packet.cid, direction(packet))
    log = Log()
    _note_numbers(packet, log)
    if packet.total > 1:
        log.note("fragment", f"fragment {packet.current} of {packet.total}")
    used = packet.buffer_at + len(packet.buffer)
    if packet.buffer_at and used < len(data):
        log.note("trailing-bytes", f"{len(data) - used} bytes behind the information buffer")
        log.leftover(used, len(data))
    if packet.total > 1 or not layouts or _refused_without_buffer(packet):
        log.leftover(packet.buffer_at or len(data), used, personal=packet.total > 1)
        return MbimMessage(
            packet=packet, raw=data, mbimex=mbimex or "1.0", notes=tuple(log.notes),
            spans=tuple(log.spans),
        )  # fmt: skip
    try:
        version, body, read = _best(packet, data, layouts, mbimex)
    except DecodeError as error:
        if packet.kind != "command-done" or packet.value == 0:
            raise
        # what comes with a refusal is seldom what the definition says; the refusal still counts
        log.note("bad-buffer", f"the buffer of a refused command: {error}")
        version, body, read = mbimex or "1.0", None, Log()
        read.leftover(packet.buffer_at, packet.buffer_at + len(packet.buffer), personal=True)
    notes = (*log.notes, *read.notes)
    spans = (*log.spans, *read.spans)
    return MbimMessage(packet=packet, raw=data, body=body, mbimex=version, notes=notes, spans=spans)


def _note_numbers(packet: Packet, log: Log) -> None:
    if packet.kind in ("open-done", "close-done", "command-done"):
        status = Status(packet.value)
        if not status.known:
            log.note("unknown-value", f"status {packet.value} ({packet.value:#010x})")
    if packet.kind in ("host-error", "function-error") and not ProtocolError(packet.value).known:
        log.note("unknown-value", f"protocol error {packet.value}")


def _refused_without_buffer(packet: Packet) -> bool:
    return packet.kind == "command-done" and packet.value != 0 and not packet.buffer


def _best(
    packet: Packet, data: bytes, layouts: tuple[tuple[str, str, str], ...], mbimex: str | None
) -> tuple[str, Message, Log]:
    if mbimex is not None:
        fitting = [layout for layout in layouts if layout[0] <= mbimex] or list(layouts[:1])
        return _as_negotiated(packet, data, fitting[-1], layouts, mbimex)
    if len(layouts) == 1:
        return layouts[0][0], *_read(packet, data, layouts[0])
    tries: list[tuple[str, Message, Log]] = []
    first_error: DecodeError | None = None
    for layout in layouts:
        try:
            tries.append((layout[0], *_read(packet, data, layout)))
        except DecodeError as error:
            first_error = first_error or error
    clean = [attempt for attempt in tries if not attempt[2].notes]
    if not tries:
        assert first_error is not None
        raise first_error
    version, body, log = (clean or tries)[0]
    if version != layouts[0][0]:
        log.note("assumed-mbimex", f"only the layout of MBIMEx {version} fits")
    return version, body, log


def _as_negotiated(
    packet: Packet,
    data: bytes,
    chosen: tuple[str, str, str],
    layouts: tuple[tuple[str, str, str], ...],
    mbimex: str,
) -> tuple[str, Message, Log]:
    """Read the layout of the version in force; another one only if that fits and this does not.

    The version belongs to the device: another program can change it under us.
    """
    try:
        return mbimex, *_read(packet, data, chosen)
    except DecodeError:
        for layout in layouts:
            with suppress(DecodeError):
                body, log = _read(packet, data, layout)
                if not log.notes:
                    log.note("other-mbimex", f"the layout of MBIMEx {layout[0]}, not {mbimex}")
                    return layout[0], body, log
        raise


def _read(packet: Packet, data: bytes, layout: tuple[str, str, str]) -> tuple[Message, Log]:
    cls = _registry.load(layout[1], layout[2])
    end = packet.buffer_at + len(packet.buffer)
    reader = Reader(data, start=packet.buffer_at, end=end)
    body = decode_buffer(cls, reader)
    assert isinstance(body, Message)
    return body, reader.log


def encode(packet: Packet, body: Message | None) -> bytes:
    """Return the whole message; ``body`` takes the place of the packet's buffer."""
    from dataclasses import replace

    return build(packet if body is None else replace(packet, buffer=encode_buffer(body)))
