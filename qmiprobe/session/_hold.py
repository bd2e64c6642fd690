# SPDX-License-Identifier: GPL-2.0-or-later
"""Keeps a session up: follows what the network changes, and starts it again when it drops."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import trio

from qmiprobe.errors import DeviceReset, MbimProtocolError, NoAnswer, QmiprobeError
from qmiprobe.errors import Refused as RefusedByModem
from qmiprobe.mbim.services._shared import ProtocolError
from qmiprobe.session._connection import Connection, Prepared, connected
from qmiprobe.session._model import SessionRefused

POLL = 10.0
"""Seconds between two looks, for changes that the modem does not tell of."""
FIRST_PAUSE, LONGEST_PAUSE = 1.0, 60.0
"""Seconds before it is started again; doubled after each failure."""
_SETTLE = 0.2
"""Seconds for indications that come together."""
_MOST_SILENT = 3
"""Looks without an answer in a row, after which the session is taken for lost."""


@dataclass(frozen=True)
class Up:
    """The session came up; ``attempts`` counts from the last time that it was up."""

    connection: Connection
    attempts: int


@dataclass(frozen=True)
class Changed:
    """The network gave other addresses, servers or sizes; the netdev has them by now."""

    connection: Connection


@dataclass(frozen=True)
class Dropped:
    """The session ended, and not by us."""


@dataclass(frozen=True)
class Refused:
    """It could not be started again; the next attempt follows."""

    error: QmiprobeError
    attempts: int
    pause: float
    """Seconds until then."""


Event = Up | Changed | Dropped | Refused
Tell = Callable[[Event], None]


async def hold(place: Prepared, tell: Tell, *, poll: float = POLL) -> None:
    """Hold a session for ever: until this is cancelled, or the port is gone (which raises).

    Raises what the first start raises; later ones are tried again.
    """
    attempts, pause = 0, FIRST_PAUSE
    came_up = False
    while True:
        attempts += 1
        try:
            async with connected(place) as connection:
                tell(Up(connection, attempts))
                begin, came_up, attempts = trio.current_time(), True, 0
                await _until_ended(connection, tell, poll)
            tell(Dropped())
            if trio.current_time() - begin > LONGEST_PAUSE:
                pause = FIRST_PAUSE  # it was sound; one that drops at once is not hurried
        except (SessionRefused, NoAnswer, RefusedByModem, DeviceReset) as error:
            if not came_up:
                raise
            tell(Refused(error, attempts, pause))
        await trio.sleep(pause)
        pause = min(2 * pause, LONGEST_PAUSE)


async def _until_ended(connection: Connection, tell: Tell, poll: float) -> None:
    silent = 0
    with connection.place.device.subscribe() as subscription:
        while True:
            with trio.move_on_after(poll):
                async for message in subscription:
                    if connection.session.concerns(message):
                        break
                await trio.sleep(_SETTLE)
            try:
                change = await connection.look()
            except NoAnswer:
                silent += 1
                if silent == _MOST_SILENT:
                    return
                continue
            except DeviceReset:  # the client ids went with it, and what was agreed on
                connection.place.stale = True
                return
            except MbimProtocolError as error:
                if error.error != ProtocolError.NOT_OPENED:
                    raise
                connection.forget()
                return
            silent = 0
            if change == "ended":
                return
            if change == "changed":
                tell(Changed(connection))
