# SPDX-License-Identifier: GPL-2.0-or-later
"""Waits until a modem is there as it should be: told by the kernel, not by the clock.

Only what Linux shows is looked at; nothing is sent to the modem.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass

from qmiprobe import host
from qmiprobe.address import (
    Address,
    NetdevAddress,
    NodeAddress,
    Protocol,
    ProxyAddress,
    TunnelAddress,
    UsbAddress,
)
from qmiprobe.uevents import Uevent, Uevents

_NODES = (NodeAddress, ProxyAddress, TunnelAddress)


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What is waited for."""

    address: Address | None
    """None: whichever modem comes."""
    protocol: Protocol | None = None
    driver: str | None = None
    sysroot: str = "/"


async def wait_until_ready(wish: Wish, *, events: Uevents, timeout: float) -> bool:
    """Return whether what is wished for was there within ``timeout`` seconds."""
    return await events.wait_for(lambda: is_ready(wish) or None, timeout=timeout) is True


def is_ready(wish: Wish) -> bool:
    """Return whether it is there now; always so for what does not come and go."""
    address = wish.address
    if isinstance(address, _NODES):
        return _is_node_ready(address.path, wish)
    if address is None or isinstance(address, (NetdevAddress, UsbAddress)):
        return any(_has_port(modem, wish) for modem in _meant(wish))
    return True


def came_again(events: Iterable[Uevent], device: str) -> int:
    """Return how often a device (``2-6``) was enumerated after it had come once.

    It is there already, so all that is heard of its coming is another one; what was heard while
    it was waited for has the first one among it.
    """
    comings = [one for one in events if one.is_usb_device and one.name == device]
    added = sum(one.action == "add" for one in comings)
    first = next((one.action for one in comings if one.action in ("add", "remove")), None)
    return max(0, added - 1) if first == "add" else added


def _is_node_ready(path: str, wish: Wish) -> bool:
    real = _real(path, wish)
    # udev gives the rights to a node after the kernel has made it.
    if not os.access(real, os.R_OK | os.W_OK):
        return False
    if wish.driver is None and wish.protocol is None:
        return True
    port = host.find_port(path, sysroot=wish.sysroot)
    return port is None or _fits(port, wish)


def _meant(wish: Wish) -> tuple[host.Modem, ...]:
    found, address = host.modems(wish.sysroot), wish.address
    if isinstance(address, NetdevAddress):
        return host.select(found, netdev=address.name)
    if isinstance(address, UsbAddress):
        return host.select(found, usb_name=address.name, usb_id=address.id)
    return found


def _has_port(modem: host.Modem, wish: Wish) -> bool:
    return any(
        _fits(port, wish) and os.access(_real(port.path, wish), os.R_OK | os.W_OK)
        for port in modem.ports
    )


def _real(path: str, wish: Wish) -> str:
    return os.path.join(wish.sysroot, path.lstrip("/"))


def _fits(port: host.Port, wish: Wish) -> bool:
    return wish.driver in (None, port.driver) and wish.protocol in (None, port.protocol)
