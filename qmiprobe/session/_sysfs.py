# SPDX-License-Identifier: GPL-2.0-or-later
"""What qmi_wwan shows of a netdev in sysfs: its framing, and the netdevs of mux ids."""

from __future__ import annotations

from pathlib import Path

NET = Path("/sys/class/net")


def qmi_folder(netdev: str, *, index: int) -> Path | None:
    """Return where a netdev's QMI settings stand; None for other drivers.

    sysfs shows the network namespace that it was mounted from: a netdev of the same name and
    another index is not this one.
    """
    try:
        shown = int((NET / netdev / "ifindex").read_text(encoding="ascii"))
    except (OSError, ValueError):
        return None
    folder = NET / netdev / "qmi"
    return folder if shown == index and (folder / "raw_ip").exists() else None


def mux_netdev(netdev: str, *, mux_id: int) -> str | None:
    """Return the netdev that carries a mux id of another one; None where there is none."""
    for link in sorted((NET / netdev).glob("upper_*")):
        name = link.name.removeprefix("upper_")
        try:
            number = int((NET / name / "qmap/mux_id").read_text(encoding="ascii"), 16)
        except (OSError, ValueError):
            continue
        if number == mux_id:
            return name
    return None


def wwan_device(netdev: str) -> str | None:
    """Return the wwan device (``wwan0``) that makes a netdev's links; None where none does.

    USB modems have one too, but there their drivers make the netdev, and it has no links.
    """
    parent = (NET / netdev / "device").resolve()
    return parent.name if parent.parent.name == "wwan" else None
