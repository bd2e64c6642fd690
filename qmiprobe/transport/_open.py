# SPDX-License-Identifier: GPL-2.0-or-later
"""Opens a control port and finds out what it is; every refusal says what can be done."""

from __future__ import annotations

import contextlib
import errno
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qmiprobe.errors import (
    DeviceGone,
    DeviceReset,
    PortBusy,
    PortMissing,
    PortPermission,
    TransportError,
)

if TYPE_CHECKING:
    from qmiprobe.transport._system import System, Terminal

FLAGS = os.O_RDWR | os.O_NONBLOCK | os.O_NOCTTY | os.O_CLOEXEC

_REFUSALS: dict[int, tuple[type[TransportError], str]] = {
    errno.ENOENT: (PortMissing, "no such node; `qmiprobe list` shows the control ports there are"),
    errno.ENOTDIR: (PortMissing, "no such node; `qmiprobe list` shows the control ports there are"),
    errno.ENXIO: (
        PortMissing,
        "a node without a device; `qmiprobe list` shows those that have one",
    ),
    errno.EACCES: (PortPermission, "permission denied; run as root, or as a member of its group"),
    errno.EPERM: (
        PortPermission,
        "the system forbids it, also to root; allow the device in the container or the unit",
    ),
    errno.EBUSY: (
        PortBusy,
        "held by another program, maybe by the other node of this port (cdc-wdm and wwan nodes "
        "exclude each other); `fuser -v` names it: stop it, or use its proxy",
    ),
    errno.ENODEV: (DeviceGone, "the device behind the node is gone; plug it in again"),
    errno.EIO: (DeviceReset, "the device does not wake up; reset it or plug it in again"),
}
_NO_MAX_COMMAND = (errno.ENOTTY, errno.EINVAL, errno.ENOSYS, errno.EOPNOTSUPP)


@dataclass(frozen=True, kw_only=True)
class OpenPort:
    """An open character device and what its driver says of itself."""

    path: str
    fd: int
    max_command: int | None
    is_terminal: bool
    settings: Terminal | None
    system: System

    def close(self) -> None:
        """Puts a terminal's settings back and closes. Waits as long as the driver does.

        cdc-wdm reports the failure of the last command here (EIO), or an unplug (ENODEV):
        there is nothing left to be done about either.
        """
        with contextlib.suppress(OSError):
            if self.settings is not None:
                self.system.restore(self.fd, self.settings)
        with contextlib.suppress(OSError):
            self.system.close(self.fd)


def open_port(path: str, system: System) -> OpenPort:
    """Opens ``path`` without blocking reads and writes; may itself wait for the device to wake."""
    try:
        fd = system.open(path, FLAGS)
    except OSError as error:
        raise _refusal(error, path) from error
    try:
        return _look_at(fd, path, system)
    except BaseException as error:
        with contextlib.suppress(OSError):
            system.close(fd)
        if isinstance(error, OSError):
            raise _refusal(error, path) from error
        raise


def _look_at(fd: int, path: str, system: System) -> OpenPort:
    if not system.is_character_device(fd) or not system.is_pollable(fd):
        raise TransportError(
            "not a control port but a file or a device that cannot be waited for; "
            "`qmiprobe list` shows the control ports there are",
            port=path,
        )
    is_terminal = system.is_terminal(fd)
    return OpenPort(
        path=path,
        fd=fd,
        max_command=None if is_terminal else _max_command(fd, system),
        is_terminal=is_terminal,
        settings=system.make_raw(fd) if is_terminal else None,
        system=system,
    )


def _max_command(fd: int, system: System) -> int | None:
    try:
        return system.max_command(fd) or None
    except OSError as error:
        if error.errno in _NO_MAX_COMMAND:
            return None
        raise


def _refusal(error: OSError, path: str) -> TransportError:
    number = error.errno or 0
    kind, text = _REFUSALS.get(number, (TransportError, f"cannot be opened: {error.strerror}"))
    name = errno.errorcode.get(number, "no errno")
    return kind(f"{text} ({name})", port=path, errno=error.errno)
