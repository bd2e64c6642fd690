# SPDX-License-Identifier: GPL-2.0-or-later
"""How drivers and modem have agreed on a control port: settings that another run may compare."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from qmiprobe.host._files import Tree, read_number
from qmiprobe.host._modem import Modem, Port

_USB = "/sys/bus/usb/devices"
_NTB = (
    *("bmNtbFormatsSupported", "dwNtbInMaxSize", "dwNtbOutMaxSize", "wNdpInAlignment"),
    *("wNdpInDivisor", "wNdpInPayloadRemainder", "wNdpOutAlignment", "wNdpOutDivisor"),
    *("wNdpOutPayloadRemainder", "wNtbOutMaxDatagrams", "rx_max", "tx_max"),
)
"""What cdc_ncm and cdc_mbim show below ``/sys/class/net/NAME/cdc_ncm``, the kernel's own limits
last."""


@dataclass(frozen=True, kw_only=True)
class SettledPort:
    """A control port with its interface, netdev and transfer parameters."""

    device: str
    """``2-6``."""
    id: str
    device_number: int | None
    """Another one each time the device is enumerated."""
    configuration: int | None
    interface: int | None
    driver: str | None
    alternates: dict[int, int]
    """By interface of that driver, the alternate setting that is chosen."""
    ntb: dict[str, int]
    """Parameters of NCM transfer blocks; empty for other drivers."""


def settled_port(modem: Modem, port: Port | None, *, sysroot: str = "/") -> SettledPort:
    """Return how a modem's control port stands now. Never raises: what is not there is None."""
    tree = Tree(sysroot)
    active = modem.active_configuration
    value = active.value if active is not None else None
    driver = port.driver if port is not None else None
    numbers = {
        one.number
        for one in (active.interfaces if active is not None else ())
        if driver is not None and one.driver == driver
    }
    chosen = {}
    for number in sorted(numbers):
        path = f"{_USB}/{modem.name}:{value}.{number}/bAlternateSetting"
        setting = read_number(tree.real(path))
        if setting is not None:
            chosen[number] = setting
    return SettledPort(
        device=modem.name,
        id=modem.id,
        device_number=read_number(tree.real(f"{_USB}/{modem.name}/devnum")),
        configuration=value,
        interface=port.interface if port is not None else None,
        driver=driver,
        alternates=chosen,
        ntb=dict(_ntb(tree, modem, port)),
    )


def _ntb(tree: Tree, modem: Modem, port: Port | None) -> Iterator[tuple[str, int]]:
    for netdev in modem.netdevs:
        if port is None or netdev.interface != port.interface:
            continue
        for name in _NTB:
            path = f"/sys/class/net/{netdev.name}/cdc_ncm/{name}"
            value = read_number(tree.real(path), radix=0)
            if value is not None:
                yield name, value
