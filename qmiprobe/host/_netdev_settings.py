# SPDX-License-Identifier: GPL-2.0-or-later
"""A netdev's settings and counters, as sysfs shows them."""

from __future__ import annotations

from dataclasses import dataclass

from qmiprobe.host._files import Tree, names_in, read_number, read_text

_UP = 0x1
"""IFF_UP"""
_UPPER = "upper_"


@dataclass(frozen=True, kw_only=True)
class NetdevSettings:
    """What a netdev is set to, and what it has counted; None where sysfs does not say."""

    up: bool | None
    mtu: int | None
    raw_ip: bool | None
    pass_through: bool | None
    above: tuple[str, ...]
    """Netdevs that stand on it: those of multiplexed sessions, VLANs."""
    rx_packets: int | None
    rx_errors: int | None
    tx_packets: int | None


def netdev_settings(name: str, *, sysroot: str = "/") -> NetdevSettings | None:
    """Return the settings of ``wwan0``; None where there is none. Never raises."""
    folder = Tree(sysroot).resolved(f"/sys/class/net/{name}")
    if folder is None:
        return None
    flags = read_number(folder, "flags", radix=16)
    return NetdevSettings(
        up=None if flags is None else bool(flags & _UP),
        mtu=read_number(folder, "mtu"),
        raw_ip=_flag(read_text(folder, "qmi", "raw_ip")),
        pass_through=_flag(read_text(folder, "qmi", "pass_through")),
        above=tuple(one.removeprefix(_UPPER) for one in names_in(folder) if one.startswith(_UPPER)),
        rx_packets=read_number(folder, "statistics", "rx_packets"),
        rx_errors=read_number(folder, "statistics", "rx_errors"),
        tx_packets=read_number(folder, "statistics", "tx_packets"),
    )


def _flag(text: str | None) -> bool | None:
    return None if text is None else text in ("Y", "1")
