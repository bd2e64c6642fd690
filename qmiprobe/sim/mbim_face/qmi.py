# SPDX-License-Identifier: GPL-2.0-or-later
"""QMI inside MBIM: one command whose buffer is a QMUX message, answered by the QMI function."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from qmiprobe.mbim.services import qmi
from qmiprobe.mbim.services._shared import Status
from qmiprobe.sim.mbim_face._commands import (
    Modem,
    PortState,
    Values,
    commands,
    refuse_unless,
)

if TYPE_CHECKING:
    from qmiprobe.sim.qmi_face import QmiFace


class Tunnel:
    """One MBIM port's way to the QMI function: an :class:`~qmiprobe.sim._outlet.Outlet` of it."""

    def __init__(self, face: QmiFace, tell: Callable[[qmi.MsgNotification], None]) -> None:
        self._face = face
        self._tell = tell
        self._answer: bytes | None = None

    def ask(self, message: bytes) -> bytes | None:
        """Return what answers a QMUX message; None where nothing does."""
        self._answer = None
        self._face.receive(message, self)
        return self._answer

    def put(self, message: bytes, *, request: bytes | None = None) -> None:
        """Take what the QMI function says: an answer at once, or a notification."""
        if request is None:
            self._tell(qmi.MsgNotification(qmux=message))
        else:
            self._answer = message

    def close(self) -> None:
        """Nobody listens any more; the client ids stay taken."""
        self._face.forget(self)


@commands.answers(qmi.MsgSet)
def carry(_modem: Modem, port: PortState, request: qmi.MsgSet) -> Values:
    refuse_unless(port.tunnel, Status.NO_DEVICE_SUPPORT)
    answer = port.tunnel.ask(request.qmux) if port.tunnel else None
    refuse_unless(answer)
    return {"qmux": answer}
