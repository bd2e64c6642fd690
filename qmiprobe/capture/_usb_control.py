# SPDX-License-Identifier: GPL-2.0-or-later
"""Finds control messages among USB transfers: CDC's encapsulated commands and responses.

SEND_ENCAPSULATED_COMMAND (21 00) carries one message to the modem, GET_ENCAPSULATED_RESPONSE
(a1 01) brings one; wIndex is the interface (CDC PSTN 1.2, section 6.3, used alike by QMI and MBIM).
A transfer is submitted and completed: of what goes out the bytes stand at the first, of what
comes in at the second, and the request itself only at the first.
"""

from __future__ import annotations

import errno
from collections.abc import Iterator
from dataclasses import dataclass

from qmiprobe._wire import Note
from qmiprobe.capture._captured import Captured
from qmiprobe.capture._log_form import cut_short
from qmiprobe.capture._protocol import recognised
from qmiprobe.errors import DecodeError

_SEND, _GET = b"\x21\x00", b"\xa1\x01"
_MOST = 4096
"""Transfers that are remembered until they complete."""
_TAKEN_BACK = (errno.ENOENT, errno.ECONNRESET, errno.ESHUTDOWN, errno.ENODEV)
"""With these a transfer ends that the driver took back, as it does when a port is closed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UsbEvent:
    """A control transfer's submission, its completion, or that it could not be submitted."""

    urb: int
    kind: str
    """``S``, ``C`` or ``E``, as usbmon has it."""
    bus: int
    device: int
    time: float | None
    setup: bytes | None
    """The eight bytes of the request; None where the event does not have them."""
    status: int
    """0, or less: an error of errno."""
    size: int
    """Bytes to be sent or received; at the completion those that were."""
    data: bytes
    """What there is of them."""


@dataclass(frozen=True, slots=True)
class _Pending:
    event: UsbEvent
    setup: bytes


class UsbControl:
    """Joins submissions with completions, and gives the messages they carried."""

    def __init__(self, *, recorder: str, advice: str) -> None:
        """Name, for errors, what ``recorder`` it is and how it would have kept whole messages."""
        self._recorder = recorder
        self._advice = advice
        self._pending: dict[tuple[int, int], _Pending] = {}

    def add(self, event: UsbEvent) -> Iterator[Captured]:
        """Give what ``event`` completes."""
        key = event.bus, event.urb
        if event.kind == "S":
            self._pending.pop(key, None)
            if event.setup is not None and event.setup[:2] in (_SEND, _GET):
                if len(self._pending) >= _MOST:
                    del self._pending[next(iter(self._pending))]
                self._pending[key] = _Pending(event, event.setup)
            return
        pending = self._pending.pop(key, None)
        if pending is None:
            return
        if pending.setup[:2] == _SEND:
            yield self._sent(pending, event)
        elif event.status == 0 and event.size:
            yield self._item(pending, event, event.data, event.size)
        elif event.status and -event.status not in _TAKEN_BACK:
            what = f"GET_ENCAPSULATED_RESPONSE {_failed(event.status)}"
            yield self._item(pending, event, b"", 0, error=DecodeError(what))

    def end(self) -> Iterator[Captured]:
        """Give what was sent and whose completion is not in the record."""
        for pending in self._pending.values():
            if pending.setup[:2] == _SEND:
                yield self._sent(pending, None)
        self._pending.clear()

    def _sent(self, pending: _Pending, completion: UsbEvent | None) -> Captured:
        event = pending.event
        notes = []
        if completion is not None and completion.status:
            text = f"the modem did not take it: the transfer {_failed(completion.status)}"
            notes.append(Note("not-taken", text))
        return self._item(pending, event, event.data, event.size, notes=tuple(notes))

    def _item(
        self,
        pending: _Pending,
        event: UsbEvent,
        data: bytes,
        size: int,
        *,
        notes: tuple[Note, ...] = (),
        error: DecodeError | None = None,
    ) -> Captured:
        protocol, unknown = recognised(data)
        error = error or unknown
        if len(data) < size:
            who = f"{self._recorder} kept"
            error = cut_short(data, size, who)
            error = DecodeError(f"{error.args[0]} ({self._advice})", offset=error.offset)
        interface = int.from_bytes(pending.setup[4:6], "little")
        return Captured(
            data=data,
            direction="to-device" if pending.setup[:2] == _SEND else "from-device",
            time=event.time,
            port=f"usb {event.bus}:{event.device} interface {interface}",
            protocol=protocol,
            error=error,
            notes=notes,
        )


def _failed(status: int) -> str:
    name = errno.errorcode.get(-status, "no error that is known")
    return f"failed with status {status} ({name}{', a stall' if -status == errno.EPIPE else ''})"
