# SPDX-License-Identifier: GPL-2.0-or-later
"""Programs that run VPNs, and the TUN netdevs that they hold: from /proc."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

NAMES = {
    "openvpn": "openvpn",
    "openconnect": "openconnect",
    "vpnagentd": "openconnect",
    "tailscaled": "tailscale",
    "xl2tpd": "l2tp",
    "pptp": "pptp",
    "charon": "ipsec",
    "charon-systemd": "ipsec",
    "pluto": "ipsec",
    "wireguard-go": "wireguard",
    "wireguard": "wireguard",
    "boringtun": "wireguard",
    "boringtun-cli": "wireguard",
}


@dataclass(frozen=True, kw_only=True)
class Program:
    """A process that runs a VPN or holds a TUN netdev."""

    pid: int
    name: str
    """The kernel's name of it (comm)."""
    kind: str | None
    """Which VPN it is for; None: only its TUN netdev is known."""
    words: tuple[str, ...]
    """Its command line."""
    folder: Path
    """Its working directory, as far as it may be read."""
    netdevs: tuple[str, ...] = field(default=())
    """TUN and TAP netdevs that it holds open."""

    @property
    def title(self) -> str:
        """Name and id for people."""
        return f"{self.name} ({self.pid})"


def find_programs(proc: Path) -> list[Program]:
    """Return these processes of this network namespace, as far as they may be looked into."""
    own = _namespace(proc / "self")
    found = []
    for folder in sorted(proc.glob("[0-9]*"), key=lambda path: int(path.name)):
        with contextlib.suppress(OSError):
            program = _read(folder, own)
            if program is not None:
                found.append(program)
    return found


def _read(folder: Path, own: str | None) -> Program | None:
    name = (folder / "comm").read_text(encoding="ascii", errors="replace").strip()
    netdevs = tuple(_netdevs(folder))
    if name not in NAMES and not netdevs:
        return None
    if own is not None and _namespace(folder) not in (own, None):
        return None
    data = (folder / "cmdline").read_bytes()
    words = tuple(word.decode("utf-8", "replace") for word in data.split(b"\0") if word)
    if not words:
        return None  # it is ending: nobody tells of what namespace it was
    with contextlib.suppress(OSError):
        return Program(
            pid=int(folder.name),
            name=name,
            kind=NAMES.get(name),
            words=words,
            folder=Path((folder / "cwd").readlink()),
            netdevs=netdevs,
        )
    return Program(
        pid=int(folder.name),
        name=name,
        kind=NAMES.get(name),
        words=words,
        folder=Path("/"),
        netdevs=netdevs,
    )


def _netdevs(folder: Path) -> Iterator[str]:
    """Give the names that a process's descriptors of /dev/net/tun have (fdinfo: ``iff``)."""
    with contextlib.suppress(OSError):
        for link in (folder / "fd").iterdir():
            with contextlib.suppress(OSError):
                if link.readlink().name != "tun":
                    continue
                text = (folder / "fdinfo" / link.name).read_text(encoding="ascii")
                for line in text.splitlines():
                    if line.startswith("iff:"):
                        yield line.partition(":")[2].strip()


def _namespace(folder: Path) -> str | None:
    try:
        return str((folder / "ns" / "net").readlink())
    except OSError:
        return None
