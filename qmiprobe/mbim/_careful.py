# SPDX-License-Identifier: GPL-2.0-or-later
"""The careful decoder of MBIM messages: by the field tables alone, with spans of personal values.

It is the truth that the compiled one (``_codec``) is held against, and reads for it what is odd.
"""

from __future__ import annotations

from contextlib import suppress

from qmiprobe._message import Message
from qmiprobe._wire import Log, Reader, Span
from qmiprobe.errors import DecodeError
from qmiprobe.mbim import _registry
from qmiprobe.mbim._buffer import decode_buffer
from qmiprobe.mbim._header import Packet, parse
from qmiprobe.mbim._model import MBIMEX, MbimMessage, direction
from qmiprobe.mbim.services._shared import ProtocolError, Status


def decode(data: bytes, *, mbimex: str | None = None) -> tuple[MbimMessage, list[Span]]:
    """Return the message in ``data``, and where personal values stand in it.

    :class:`DecodeError` if the bytes cannot mean one.
    """
    packet = parse(data)
    layouts = _registry.layouts(packet.service, packet.cid, direction(packet))
    log = Log()
    note_numbers(packet, log)
    if packet.total > 1:
        log.note("fragment", f"fragment {packet.current} of {packet.total}")
    used = packet.buffer_at + len(packet.buffer)
    if packet.buffer_at and used < len(data):
        log.note("trailing-bytes", f"{len(data) - used} bytes behind the information buffer")
        log.leftover(used, len(data))
    if packet.total > 1 or not layouts or refused_without_buffer(packet):
        log.leftover(packet.buffer_at or len(data), used, personal=packet.total > 1)
        version, notes = mbimex or MBIMEX[0], tuple(log.notes)
        return MbimMessage(packet=packet, raw=data, mbimex=version, notes=notes), log.spans
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
    message = MbimMessage(packet=packet, raw=data, body=body, mbimex=version, notes=notes)
    return message, [*log.spans, *read.spans]


def note_numbers(packet: Packet, log: Log) -> None:
    """Note a status or an error that nobody knows."""
    if packet.kind in ("open-done", "close-done", "command-done"):
        status = Status(packet.value)
        if not status.known:
            log.note("unknown-value", f"status {packet.value} ({packet.value:#010x})")
    if packet.kind in ("host-error", "function-error") and not ProtocolError(packet.value).known:
        log.note("unknown-value", f"protocol error {packet.value}")


def refused_without_buffer(packet: Packet) -> bool:
    """Whether a command was refused and nothing more said."""
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
