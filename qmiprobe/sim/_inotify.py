# SPDX-License-Identifier: GPL-2.0-or-later
"""Hears when other programs open and close a node: a pty does not tell its master."""

from __future__ import annotations

import ctypes
import errno
import os
import struct
from collections.abc import Iterator

from qmiprobe.errors import CannotTest

_IN_CLOSE_WRITE, _IN_CLOSE_NOWRITE, _IN_OPEN = 0x08, 0x10, 0x20
_EVENT = struct.Struct("=iIII")


class OpenWatch:
    """Counts the programs that have a node open, those after it was made."""

    def __init__(self, path: str) -> None:
        libc = ctypes.CDLL(None, use_errno=True)
        self.fd: int = libc.inotify_init1(os.O_NONBLOCK | os.O_CLOEXEC)
        if self.fd < 0:
            raise _cannot(path)
        mask = _IN_OPEN | _IN_CLOSE_WRITE | _IN_CLOSE_NOWRITE
        if libc.inotify_add_watch(self.fd, os.fsencode(path), mask) < 0:
            error = _cannot(path)
            os.close(self.fd)
            raise error
        self.programs = 0
        self._path = path
        self._own = _openings(path)[0]

    def look(self) -> bool:
        """Take in what happened; True where the last program has closed the node meanwhile."""
        closed = emptied = False
        found: tuple[int, bool] | None = None
        while True:
            try:
                data = os.read(self.fd, 4096)
            except BlockingIOError:
                if not closed:
                    return False
                if found is None:
                    found = _openings(self._path)
                    continue  # what was told meanwhile may contradict what was found
                # Where the count was wrong, nobody had left: two openings were told as one.
                return self._count_is_right(*found) and emptied
            found = None
            for mask in _masks(data):
                if mask & _IN_OPEN:
                    self.programs += 1
                elif mask & (_IN_CLOSE_WRITE | _IN_CLOSE_NOWRITE):
                    self.programs = max(0, self.programs - 1)
                    closed = True
                    emptied = emptied or not self.programs

    def _count_is_right(self, found: int, complete: bool) -> bool:
        """Correct the count by what was found: the kernel merges equal events."""
        there = max(0, found - self._own)
        counted = self.programs
        self.programs = there if complete else max(there, counted)
        return self.programs == counted

    def close(self) -> None:
        """Stop listening."""
        os.close(self.fd)


def _masks(data: bytes) -> Iterator[int]:
    at = 0
    while at < len(data):
        _, mask, _, length = _EVENT.unpack_from(data, at)
        at += _EVENT.size + length
        yield mask


def _openings(path: str) -> tuple[int, bool]:
    """How many descriptors lead to ``path``, and whether every process could be looked into."""
    found, complete = 0, True
    for process in filter(str.isdecimal, os.listdir("/proc")):
        folder = f"/proc/{process}/fd"
        try:
            descriptors = os.listdir(folder)
        except PermissionError:
            complete = False
            continue
        except OSError:  # it has just ended
            continue
        for descriptor in descriptors:
            try:
                found += os.readlink(f"{folder}/{descriptor}") == path
            except OSError:
                continue
    return found, complete


def _cannot(path: str) -> CannotTest:
    number = ctypes.get_errno()
    hint = ": raise fs.inotify.max_user_instances" if number == errno.EMFILE else ""
    return CannotTest(f"cannot watch who opens {path}: {os.strerror(number)}{hint}")
