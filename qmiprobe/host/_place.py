# SPDX-License-Identifier: GPL-2.0-or-later
"""Where this program runs: as whom, in what kind of container, and what it may not see."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass

from qmiprobe.host._files import Tree, read_bytes, read_text
from qmiprobe.host._holders import open_files

_LOCKDOWN = "/sys/kernel/security/lockdown"
_CONTAINERS = ("/run/.containerenv", "/.dockerenv", "/run/systemd/container")


@dataclass(frozen=True, kw_only=True)
class Access:
    """Who may open a node, without opening it."""

    mode: str
    """``crw-------``."""
    owner: int
    group: int
    allowed: bool
    """Whether owner, group and mode let this process read and write it."""


def container(sysroot: str = "/") -> str | None:
    """Return what tells that this is a container; None where nothing does."""
    tree = Tree(sysroot)
    return next((path for path in _CONTAINERS if os.path.exists(tree.real(path))), None)


def read_only_sysfs(sysroot: str = "/") -> bool | None:
    """Return whether sysfs is mounted read-only; None where the mounts cannot be read."""
    data = read_bytes(Tree(sysroot).real("/proc/mounts"))
    if data is None:
        return None
    for line in data.decode(errors="replace").splitlines():
        fields = line.split()
        if len(fields) >= 4 and fields[1:3] == ["/sys", "sysfs"]:
            return "ro" in fields[3].split(",")
    return None


def lockdown(sysroot: str = "/") -> str | None:
    """Return the kernel's lockdown: ``none``, ``integrity``, ``confidentiality``."""
    text = read_text(Tree(sysroot).real(_LOCKDOWN)) or ""
    return text[text.index("[") + 1 : text.index("]")] if "[" in text and "]" in text else None


def access_of(path: str) -> Access | None:
    """Return who may open a device node of this machine; None for anything else."""
    try:
        found = os.stat(path)
    except OSError:
        return None
    if not stat.S_ISCHR(found.st_mode):
        return None
    return Access(
        mode=stat.filemode(found.st_mode),
        owner=found.st_uid,
        group=found.st_gid,
        allowed=os.access(path, os.R_OK | os.W_OK, effective_ids=True),
    )


def exists(path: str, *, sysroot: str = "/") -> bool:
    """Return whether the machine has a file or folder."""
    return os.path.exists(Tree(sysroot).real(path))


def module_parameter(module: str, name: str, *, sysroot: str = "/") -> str | None:
    """Return a parameter of a loaded module: ``Y``, ``0x1199``."""
    return read_text(Tree(sysroot).real(f"/sys/module/{module}/parameters/{name}"))


def hidden_processes(sysroot: str = "/") -> int:
    """Return how many processes there are whose open files this user may not see."""
    tree = Tree(sysroot)
    folders = (tree.real(f"/proc/{name}/fd") for name in tree.names("/proc") if name.isdecimal())
    return sum(open_files(one) is None for one in folders)


@dataclass(frozen=True, kw_only=True)
class Process:
    """A running program and what it was called with."""

    pid: int
    program: str
    arguments: tuple[str, ...]


def processes(names: frozenset[str], *, sysroot: str = "/") -> tuple[Process, ...]:
    """Return the running programs of these names. Never raises."""
    tree = Tree(sysroot)
    found = []
    for name in tree.names("/proc"):
        folder = tree.real(f"/proc/{name}")
        program = read_text(folder, "comm") if name.isdecimal() else None
        if program in names and program is not None:
            words = (read_bytes(folder, "cmdline") or b"").decode(errors="replace").split("\0")
            arguments = tuple(word for word in words if word)
            found.append(Process(pid=int(name), program=program, arguments=arguments))
    return tuple(found)
