# SPDX-License-Identifier: GPL-2.0-or-later
"""A copy of the files of a machine that say something of its modems, kept in memory.

Paths are those of the machine. What cannot be read is left out, with its reason where that is
worth knowing.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from qmiprobe.host._files import Tree, names_in

_MOST = 1 << 20
"""Of one attribute or file; longer ones are cut."""
_MOST_OF_ALL = 96 << 20
_OLD_NAMES = ("/power/level", "/power/autosuspend")
"""Whoever reads these is told off in the kernel's log; others say the same."""


@dataclass
class MachineCopy:
    """Files and links by path, without the leading slash."""

    files: dict[str, bytes] = field(default_factory=dict)
    links: dict[str, str] = field(default_factory=dict)
    unread: dict[str, str] = field(default_factory=dict)
    """Why something that matters could not be read."""
    mask: Callable[[str], str] = str
    """Takes out of another text what was taken out of the files."""

    @property
    def size(self) -> int:
        """Bytes of all files."""
        return sum(map(len, self.files.values()))


class Copier:
    """Takes files of a machine over into a copy, each once."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self.copy = MachineCopy()
        self._root = os.path.realpath(tree.sysroot)
        self._left = _MOST_OF_ALL

    def path_of(self, real: str) -> str:
        """Return the machine's name for a path on this one: ``sys/devices/...``."""
        return os.path.relpath(real, self._root)

    def text(self, path: str, data: bytes) -> None:
        """Put a file there that the machine does not have in this form."""
        self.copy.files[path.lstrip("/")] = data

    def file(self, path: str, *, most: int = _MOST, part: Callable[[bytes], bytes] = bytes) -> bool:
        """Take one file, or a part of it; return whether it could be read."""
        try:
            with open(self.tree.real(path), "rb") as file:
                data = part(file.read(min(most, self._left)))
        except (OSError, ValueError) as error:
            if not isinstance(error, FileNotFoundError | NotADirectoryError):
                reason = error.strerror if isinstance(error, OSError) else None
                self.copy.unread[path] = reason or "cannot be read"
            return False
        self._left -= len(data)
        self.copy.files[path.lstrip("/")] = data
        return True

    def folder(self, path: str, *, wanted: Callable[[str, bytes], bool] | None = None) -> None:
        """Take the files that lie in a folder, those that are wanted by name and content."""
        for name in self.tree.names(path):
            full = f"{path}/{name}"
            if not os.path.isfile(self.tree.real(full)) or not self.file(full):
                continue
            key = full.lstrip("/")
            if wanted is not None and not wanted(name, self.copy.files[key]):
                del self.copy.files[key]

    def link(self, path: str) -> None:
        """Take a link as it is."""
        try:
            self.copy.links[path.lstrip("/")] = os.readlink(self.tree.real(path))
        except OSError:
            return

    def attributes(self, real: str, *, into: Callable[[str], bool]) -> None:
        """Take a folder of sysfs, named by its path on this machine, and what is below it.

        ``into`` says by a subfolder's path whether that is taken too.
        """
        path = self.path_of(real)
        for name in names_in(real):
            full = os.path.join(real, name)
            key = f"{path}/{name}"
            try:
                mode = os.lstat(full).st_mode
            except OSError:
                continue
            if stat.S_ISLNK(mode):
                self.link(f"/{key}")
            elif full.endswith(_OLD_NAMES):
                continue
            elif stat.S_ISREG(mode) and mode & 0o444 and key not in self.copy.files:
                self._attribute(key)
            elif stat.S_ISDIR(mode) and into(full):
                self.attributes(full, into=into)

    def _attribute(self, key: str) -> None:
        # Attributes that have nothing to say answer with an error: that is no news.
        known = dict(self.copy.unread)
        self.file(f"/{key}", most=1 << 16)
        self.copy.unread = known

    def links_into(self, folder: str, roots: Iterable[str]) -> None:
        """Take the links of a class or bus that lead below one of some folders of the machine."""
        starts = tuple(f"{root}/" for root in roots)
        for name in self.tree.names(folder):
            resolved = self.tree.resolved(f"{folder}/{name}")
            if resolved is not None and f"{self.path_of(resolved)}/".startswith(starts):
                self.link(f"{folder}/{name}")
