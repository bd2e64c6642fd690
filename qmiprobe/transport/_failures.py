# SPDX-License-Identifier: GPL-2.0-or-later
"""What a failed read or write of a control port means, as one of qmiprobe's errors."""

from __future__ import annotations

import errno
from typing import TYPE_CHECKING

from qmiprobe.errors import AnswerLost, DeviceGone, DeviceReset, TransportError

if TYPE_CHECKING:
    from collections.abc import Callable

_GONE = (errno.ENODEV, errno.ENXIO)
_BROKEN = (errno.EIO, errno.EPIPE, errno.EPROTO, errno.ESHUTDOWN)
GONE_TEXT = "unplugged, or the other end closed the port"


def read_failure(error: OSError, *, port: str, is_at_end: Callable[[], bool]) -> TransportError:
    """DeviceGone, DeviceReset, AnswerLost, or a plain TransportError with the system's text.

    ``is_at_end`` is asked where the number alone does not tell a reset from the end: EIO is
    the end on a tty, and on a wwan port that was removed, which says HUP at the same time.
    """
    number = error.errno
    if number in (*_GONE, errno.EPIPE) or (number in _BROKEN and is_at_end()):
        return DeviceGone(GONE_TEXT, port=port, errno=number)
    if number == errno.ENOBUFS:
        text = "the driver dropped an answer that did not fit its buffer; ask again, or for less"
        return AnswerLost(text, port=port, errno=number)
    if number in _BROKEN:
        text = f"reading failed ({_name(error)}): the device was reset, or a transfer failed"
        return DeviceReset(text, port=port, errno=number)
    return TransportError(f"reading failed: {error.strerror}", port=port, errno=number)


def write_failure(error: OSError, *, port: str, is_at_end: Callable[[], bool]) -> TransportError:
    """DeviceGone, DeviceReset, or a plain TransportError; the message was not sent.

    cdc-wdm tells here what became of the command before: nothing is known of that one.
    """
    number = error.errno
    if number in _GONE or (number in _BROKEN and is_at_end()):
        return DeviceGone(GONE_TEXT, port=port, errno=number)
    if number in _BROKEN:
        text = (
            f"this message was not sent ({_name(error)}): the device was reset, or the command "
            "before it may not have reached the device (the driver tells that only now)"
        )
        return DeviceReset(text, port=port, errno=number)
    return TransportError(f"this message was not sent: {error.strerror}", port=port, errno=number)


def _name(error: OSError) -> str:
    return errno.errorcode.get(error.errno or 0, "no errno")
