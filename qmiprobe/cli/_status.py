# SPDX-License-Identifier: GPL-2.0-or-later
"""Exit statuses, and which exception means which one: an interface that scripts build on."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING

from qmiprobe import errors

if TYPE_CHECKING:
    from collections.abc import Iterator


class ExitStatus(IntEnum):
    """What ``qmiprobe`` tells the shell."""

    OK = 0
    DEFECT = 1
    """Something is wrong with the modem, the link or the data that was read."""
    USAGE = 2
    CANNOT_TEST = 3
    NO_ANSWER = 4
    OTHER_PROTOCOL = 5
    FAILED = 70
    """A check is broken or the program failed: a bug of qmiprobe."""
    INTERRUPTED = 130
    PIPE_CLOSED = 141
    """The reader of the output went away, as with ``| head``."""
    TERMINATED = 143


_BY_KIND: tuple[tuple[type[BaseException], ExitStatus], ...] = (
    (KeyboardInterrupt, ExitStatus.INTERRUPTED),
    (BrokenPipeError, ExitStatus.PIPE_CLOSED),
    (errors.AddressError, ExitStatus.USAGE),
    (errors.EncodeError, ExitStatus.USAGE),
    (errors.CannotTest, ExitStatus.CANNOT_TEST),
    (errors.PortMissing, ExitStatus.CANNOT_TEST),
    (errors.PortPermission, ExitStatus.CANNOT_TEST),
    (errors.PortBusy, ExitStatus.CANNOT_TEST),
    (errors.NoAnswer, ExitStatus.NO_ANSWER),
    (errors.OtherProtocol, ExitStatus.OTHER_PROTOCOL),
    (errors.DefinitionError, ExitStatus.FAILED),
    (errors.QmiprobeError, ExitStatus.DEFECT),
)
"""The first that fits wins; anything else is a bug."""


def status_of(error: BaseException) -> ExitStatus:
    """Return the exit status for ``error``; of a group, that of its gravest member."""
    return max((_status_of_one(one) for one in single_errors(error)), key=_gravity)


def single_errors(error: BaseException) -> Iterator[BaseException]:
    """Give ``error``, or all that a group of errors holds."""
    if isinstance(error, BaseExceptionGroup):
        for member in error.exceptions:
            yield from single_errors(member)
    else:
        yield error


def _status_of_one(error: BaseException) -> ExitStatus:
    return next((status for kind, status in _BY_KIND if isinstance(error, kind)), ExitStatus.FAILED)


def _gravity(status: ExitStatus) -> int:
    # A bug outweighs what it may have caused; otherwise what the user did, then the lower number.
    if status is ExitStatus.FAILED:
        return 1000
    return 999 if status >= ExitStatus.INTERRUPTED else -status
