# SPDX-License-Identifier: GPL-2.0-or-later
"""ModemManager leaves a modem alone for a while.

It closes all of the modem's ports, and opens none that come, until it is told otherwise or until
the connection that asked for it is gone: also where this program is killed.
"""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Iterable
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass

import trio

from qmiprobe.dbus._bus import BusRefused, NoBus, NoService
from qmiprobe.dbus._modem_manager import ModemManager, open_modem_manager
from qmiprobe.errors import CannotTest

PATIENCE_S = 20.0
"""For a modem that ModemManager is still bringing up: only then it can be kept from it."""
_LOOK_AGAIN_S = 0.5
_NOT_YET = ".WrongState"
"""The end of D-Bus' name of its refusal: there is no object of the modem on the bus yet."""
_RELEASE_S = 3.0


@dataclass
class Inhibition:
    """Whether ModemManager leaves the modem alone; made by :func:`inhibited`."""

    folder: str
    """Of the device in sysfs, links resolved."""
    ports: frozenset[str]
    uid: str | None = None
    """What it is inhibited by; None where it is not."""
    why_not: str | None = None
    """Why it is not, and need not be; None where it is."""
    _manager: ModemManager | None = None

    @property
    def held(self) -> bool:
        """Whether ModemManager is kept from the modem."""
        return self.uid is not None

    async def again(self) -> bool:
        """Try once more where ModemManager did not know the device; return whether it is held.

        It may have come to know it since: call this once the modem has new ports. Never raises.
        """
        if self._manager is not None and not self.held:
            try:
                await self._take(self._manager, patience=0.0)
            except CannotTest as error:
                self.why_not = str(error)
        return self.held

    async def _take(self, manager: ModemManager, *, patience: float) -> None:
        self._manager = manager
        give_up = trio.current_time() + patience
        while True:
            uid = await self._known_as(manager)
            try:
                await manager.inhibit(uid, inhibited=True)
            except BusRefused as error:
                if error.name.endswith(".NotFound"):
                    self.why_not = "ModemManager does not know this device"
                    return
                starting = error.name.endswith(_NOT_YET) and trio.current_time() < give_up
                if not starting:
                    raise _cannot(error) from error
                await trio.sleep(_LOOK_AGAIN_S)
            else:
                self.uid, self.why_not = uid, None
                return

    async def _known_as(self, manager: ModemManager) -> str:
        """Find what ModemManager calls the device; while it still probes that is its folder."""
        for one in await manager.modems():
            folders = {_resolved(name) for name in (one.uid, one.folder) if name}
            if self.folder in folders or self.ports & set(one.ports):
                return one.uid
        return self.folder

    async def _release(self) -> None:
        if self._manager is None or self.uid is None:
            return
        with trio.CancelScope(shield=True), suppress(CannotTest):
            with trio.move_on_after(_RELEASE_S):
                await self._manager.inhibit(self.uid, inhibited=False)
        self.uid = None


@asynccontextmanager
async def inhibited(
    folder: str,
    *,
    ports: Iterable[str] = (),
    address: str | None = None,
    patience: float | None = None,
) -> AsyncIterator[Inhibition]:
    """Keep ModemManager from the modem at ``folder`` of sysfs until the block ends.

    ``ports`` are names of its nodes and netdevs, by which ModemManager may know it too; ``address``
    is the bus, None the system's. Where no ModemManager runs, or where it does not know the device,
    the inhibition says so and nothing is held. Raises CannotTest where it runs and refuses: then
    it would go on using the modem. One that is still brought up is waited for, ``patience`` seconds
    (:data:`PATIENCE_S` of them if not given).
    """
    names = frozenset(os.path.basename(port) for port in ports)
    inhibition = Inhibition(_resolved(folder), names)
    async with AsyncExitStack() as stack:
        try:
            manager = await stack.enter_async_context(open_modem_manager(address))
            seconds = PATIENCE_S if patience is None else patience
            await inhibition._take(manager, patience=seconds)
        except (NoBus, NoService) as error:
            inhibition.why_not = str(error)
        try:
            yield inhibition
        finally:
            await inhibition._release()


def _resolved(folder: str) -> str:
    return os.path.realpath(folder)


def _cannot(error: BusRefused) -> CannotTest:
    if error.name.endswith((".InProgress", ".Inhibited")):
        text = "another program already keeps ModemManager from this modem: let it finish"
    elif error.name.endswith(_NOT_YET):
        text = "ModemManager still brings this modem up: wait until `mmcli -L` lists it"
    elif error.name.endswith((".AccessDenied", ".Unauthorized", ".AuthFailed")):
        text = "ModemManager is not to be kept from this modem without the right to: run as root"
    else:
        text = "ModemManager does not leave this modem alone; `systemctl stop ModemManager` does"
    return CannotTest(f"{text}: {error}")
