# SPDX-License-Identifier: GPL-2.0-or-later
"""ModemManager during a rebind: kept from the modem, and asked whether it has a session up."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Iterable
from contextlib import AsyncExitStack, asynccontextmanager

from qmiprobe.dbus import BusRefused, Inhibition, inhibited, open_modem_manager
from qmiprobe.errors import CannotTest

PATIENCE_S = 20.0
"""For a ModemManager that has only just met the modem."""
_SESSIONS = frozenset({"connecting", "connected", "disconnecting"})


class KeptOff:
    """Whether ModemManager is kept from a modem; made by :func:`kept_off`."""

    def __init__(self, stack: AsyncExitStack, folder: str, *, ports: Iterable[str]) -> None:
        self.why_not: str | None = None
        """Why it is not; None where it is."""
        self._stack, self._folder, self._ports = stack, folder, tuple(ports)
        self._inhibition: Inhibition | None = None

    async def again(self) -> bool:
        """Try once more; return whether it is kept off now. Raises nothing."""
        try:
            if self._inhibition is None:
                await self.take(patience=0.0)
            else:
                await self._inhibition.again()
                self.why_not = self._inhibition.why_not
        except CannotTest as error:
            self.why_not = str(error)
        return self.why_not is None

    async def take(self, *, patience: float) -> None:
        """Keep it off. Raises CannotTest where it has the modem and does not let go.

        A device of which it has made no modem cannot be taken from it: after ``patience``
        seconds that is taken for granted. It has nothing open then that answers would be lost to.
        """
        try:
            manager = inhibited(self._folder, ports=self._ports, patience=patience)
            self._inhibition = await self._stack.enter_async_context(manager)
        except CannotTest as error:
            if not _has_no_modem(error):
                raise
            self.why_not = "ModemManager has met the device and made no modem of it"
        else:
            self.why_not = self._inhibition.why_not


def _has_no_modem(error: CannotTest) -> bool:
    refused = error.__cause__
    return isinstance(refused, BusRefused) and refused.name.endswith(".WrongState")


@asynccontextmanager
async def kept_off(
    folder: str, *, ports: Iterable[str] = (), patience: float = PATIENCE_S
) -> AsyncIterator[KeptOff]:
    """Keep ModemManager from the modem at ``folder`` of sysfs until the block ends.

    ``ports`` are its nodes and netdevs, by which ModemManager may know it too. Where nothing is
    held, ``why_not`` says why. Raises CannotTest where it has the modem and does not let go.
    """
    async with AsyncExitStack() as stack:
        kept = KeptOff(stack, folder, ports=ports)
        await kept.take(patience=patience)
        yield kept


async def sessions_of_modem_manager(folder: str, *, ports: Iterable[str] = ()) -> tuple[str, ...]:
    """Return a sentence for each session of the modem at ``folder``; none where none is seen.

    ``ports``: names or paths of its nodes and netdevs, by which ModemManager may know it too.
    """
    names = {os.path.basename(port) for port in ports}
    try:
        async with open_modem_manager() as manager:
            modems = await manager.modems()
    except CannotTest:  # it does not run: it has none
        return ()
    return tuple(
        f"ModemManager is {one.state}: a data session of its own would end"
        for one in modems
        if one.state in _SESSIONS
        and (_same(one.folder or one.uid, folder) or names & set(one.ports))
    )


def _same(one: str, other: str) -> bool:
    return os.path.realpath(one) == os.path.realpath(other)
