# SPDX-License-Identifier: GPL-2.0-or-later
"""ModemManager's say in a session: its bearer is used rather than fought for."""

from __future__ import annotations

import os
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qmiprobe.cli._group import PROGRAM
from qmiprobe.dbus import ManagedModem, NoBus, NoService, inhibited, open_modem_manager
from qmiprobe.errors import CannotTest

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from qmiprobe.address import ControlPort
    from qmiprobe.bearer import BearerFacts

_BUSES = {"usb": "/sys/bus/usb/devices", "pci": "/sys/bus/pci/devices"}


@dataclass(frozen=True)
class Managed:
    """What ModemManager has of a modem."""

    modem: ManagedModem
    bearer: BearerFacts | None
    """What the network gave its session; None where none is up."""

    @property
    def number(self) -> str:
        """What mmcli calls the modem."""
        return self.modem.path.rpartition("/")[2]

    def refusal(self, *, hold: bool) -> CannotTest:
        """Return why there is no session beside it, and what to do."""
        if self.bearer is not None and hold:
            text = f"ModemManager has a session on {self.bearer.netdev}, and holds it itself"
            return CannotTest(f"{text}; leave --hold out to see it, or --force to take the modem")
        text = f"ModemManager has this modem: `mmcli -m {self.number} --simple-connect=apn=APN`"
        return CannotTest(
            f"{text} has it connect, and `{PROGRAM} connect` shows it then; --force with --hold "
            "keeps ModemManager from the modem meanwhile"
        )


async def managed(port: ControlPort) -> Managed | None:
    """Return what ModemManager has of a port's modem; None where it has none of it."""
    names = _names(port)
    if not names:
        return None
    try:
        async with open_modem_manager() as manager:
            for modem in await manager.modems():
                if names & set(modem.ports):
                    bearers = await manager.bearers(modem)
                    up = [one.facts for one in bearers if one.connected and one.facts is not None]
                    return Managed(modem, up[0] if up else None)
    except (NoBus, NoService):
        pass
    return None


@asynccontextmanager
async def kept_away(port: ControlPort) -> AsyncIterator[bool]:
    """Keep ModemManager from a port's modem while the block runs; give whether it is needed."""
    if port.modem is None or port.modem.bus not in _BUSES:
        yield False
        return
    folder = f"{_BUSES[port.modem.bus]}/{port.modem.name}"
    async with inhibited(folder, ports=_names(port)) as inhibition:
        yield inhibition.held


def _names(port: ControlPort) -> set[str]:
    """Return the names by which ModemManager knows a port."""
    if port.simulated or port.path is None or port.path.startswith("/dev/pts/"):
        return set()
    also = port.port.also if port.port is not None else ()
    names = {os.path.basename(path) for path in (port.path, *also)}
    return names | ({port.netdev} if port.netdev is not None else set())
