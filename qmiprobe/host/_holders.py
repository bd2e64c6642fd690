# SPDX-License-Identifier: GPL-2.0-or-later
"""Which programs hold a node open, and which proxies listen: best effort, from proc."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from qmiprobe.host._files import Tree, names_in, read_bytes, read_text
from qmiprobe.host._proxy_clients import inode_of, peers

PROXIES = ("qmi-proxy", "mbim-proxy")
CLIENTS = "/qmiprobe/proxy-clients"
"""In a saved machine: who talked through which proxy."""
_ACCEPTS = 0x10000
"""__SO_ACCEPTCON in the flags of /proc/net/unix: a listening socket."""


@dataclass(frozen=True, kw_only=True)
class Holder:
    """A process that has the node open."""

    pid: int
    program: str
    through: str | None = None
    """The proxy by which it reaches the port; None where it has the node open itself."""

    @property
    def is_proxy(self) -> bool:
        """Whether it shares the port with others."""
        return self.program in PROXIES


@dataclass(frozen=True, kw_only=True)
class Holders:
    """Who holds a node, as far as this process may see."""

    found: tuple[Holder, ...]
    unread: int
    """Processes whose open files this user may not see: any of them may be a holder."""


def holders(path: str, *, sysroot: str = "/") -> Holders:
    """Return the processes that have ``path`` open. Never raises; see ``Holders.unread``."""
    return holders_of_each((path,), sysroot=sysroot)[path]


def holders_of_each(paths: Iterable[str], *, sysroot: str = "/") -> dict[str, Holders]:
    """Return the holders of several nodes: the processes are gone through once for all."""
    tree = Tree(sysroot)
    wanted = {path: _Wanted.of(path, live=tree.live) for path in paths}
    found: dict[str, list[Holder]] = {path: [] for path in wanted}
    unread = 0
    for name in sorted((one for one in tree.names("/proc") if one.isdecimal()), key=int):
        folder = tree.real(f"/proc/{name}")
        targets = open_files(os.path.join(folder, "fd"))
        if targets is None:
            unread += 1
        for path, one in wanted.items():
            if any(one.is_at(target) for target in targets or ()):
                program = read_text(folder, "comm") or "?"
                found[path].append(Holder(pid=int(name), program=program))
    return {path: Holders(found=tuple(each), unread=unread) for path, each in found.items()}


def clients_of(proxy: Holder, *, sysroot: str = "/") -> tuple[Holder, ...]:
    """Return the programs that are connected to a proxy, as the running kernel tells.

    Of a saved machine what was noted when it was saved.
    A proxy that serves several ports has the clients of all of them: nothing outside of it knows
    which is whose. Never raises; what this user may not see is missing.
    """
    tree = Tree(sysroot)
    if not tree.live:
        return tuple(_noted(tree, proxy))
    other_end = peers()
    own = _inodes(proxy.pid)
    wanted = {other_end[inode] for inode in own if inode in other_end}
    found = []
    for name in names_in("/proc"):
        if not name.isdecimal() or int(name) == proxy.pid:
            continue
        if wanted & _inodes(int(name)):
            program = read_text(f"/proc/{name}", "comm") or "?"
            found.append(Holder(pid=int(name), program=program, through=proxy.program))
    return tuple(sorted(found, key=lambda one: one.pid))


def _noted(tree: Tree, proxy: Holder) -> Iterator[Holder]:
    text = read_text(tree.real(CLIENTS)) or ""
    for line in text.splitlines():
        through, pid, program = (*line.split(" ", 2), "", "", "")[:3]
        if through == str(proxy.pid) and pid.isdecimal():
            yield Holder(pid=int(pid), program=program, through=proxy.program)


def _inodes(pid: int) -> set[int]:
    """Return the inodes of a process's sockets."""
    targets = open_files(f"/proc/{pid}/fd") or []
    return {inode for target in targets if (inode := inode_of(target)) is not None}


def listening_proxies(sysroot: str = "/") -> tuple[str, ...]:
    """Return which of qmi-proxy and mbim-proxy accept programs in this network namespace."""
    table = read_bytes(Tree(sysroot).real("/proc/net/unix")) or b""
    names = set()
    for line in table.decode(errors="replace").splitlines()[1:]:
        fields = line.split()
        if len(fields) >= 8 and fields[7].startswith("@") and _accepts(fields[3]):
            names.add(fields[7][1:])
    return tuple(name for name in PROXIES if name in names)


def _accepts(flags: str) -> bool:
    try:
        return bool(int(flags, 16) & _ACCEPTS)
    except ValueError:
        return False


def open_files(folder: str) -> list[str] | None:
    """Return what the links in an fd folder lead to; None where they may not be read."""
    if not os.access(folder, os.R_OK | os.X_OK):
        # A process that ended meanwhile holds nothing.
        return None if os.path.exists(folder) else []
    targets = []
    for name in names_in(folder):
        try:
            targets.append(os.readlink(os.path.join(folder, name)))
        except PermissionError:
            return None
        except OSError:
            continue
    return targets


@dataclass(frozen=True)
class _Wanted:
    """A node, by its name and, on this machine, by its device number."""

    path: str
    device: int | None

    @classmethod
    def of(cls, path: str, *, live: bool) -> _Wanted:
        real = os.path.realpath(path) if live else path
        return cls(real, _device_number(real) if live else None)

    def is_at(self, target: str) -> bool:
        if target == self.path:
            return True
        known = self.device is not None and target.startswith("/dev/")
        return known and _device_number(target) == self.device


def _device_number(path: str) -> int | None:
    try:
        return os.stat(path).st_rdev or None
    except OSError:
        return None
