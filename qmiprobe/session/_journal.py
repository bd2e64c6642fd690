# SPDX-License-Identifier: GPL-2.0-or-later
"""Sessions in files, so that a later run can undo what a killed one, or one that kept it, left.

Each session has a file in the folder of the client ids' journal: a line of JSON that says whose it
is, then one for each change, written before the change is made and cut off once it is undone. The
program that has the session holds a lock on the file, which the kernel lets go when it ends, in
whatever way. A file counts for this boot and this network namespace only: indexes of netdevs mean
nothing elsewhere.
"""

from __future__ import annotations

import errno
import fcntl
import json
import os
import stat
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Self

from qmiprobe.bearer import BearerFacts
from qmiprobe.device._journal import journal_folder
from qmiprobe.device._journal_entries import Holder, PortIdentity
from qmiprobe.device._journal_system import LINUX, identify_port
from qmiprobe.errors import CannotTest
from qmiprobe.session._bearer_json import bearer_of
from qmiprobe.session._ledger import Ledger
from qmiprobe.session._steps import Bearer, Kept, MbimSession, Step, as_json, from_json

FORMAT = "qmiprobe-session-journal/1"
_PATTERN = "session-*.jsonl"
_BEGUN = ".session-*.new"
_MOST_BYTES = 1 << 16
_MOST_FILES = 64
_TRIES = 3
"""To make a file: another run may take one that is just being made for one of a killed run."""


@dataclass(frozen=True, kw_only=True)
class Owner:
    """Whose session it is: the first line of its file."""

    address: str
    """The DEVICE that was given, or stands for it."""
    netdev: str
    """Of the control port's interface; the session's own may be one above it."""
    protocol: str
    port: PortIdentity | None
    """The control port; None for one that is no device node."""
    netns: str
    boot_id: str
    holder: Holder | None


class SessionJournal(Ledger):
    """The file of one session; its lock is ours. Made by :func:`new_journal` or :func:`left`."""

    def __init__(self, path: Path, owner: Owner, descriptor: int, lines: list[bytes]) -> None:
        super().__init__()
        self.path = path
        self.owner = owner
        self._descriptor = descriptor
        self._ends: list[int] = []
        self._size = len(lines[0])
        for line in lines[1:]:
            step = from_json(_parsed(line))
            self._ends.append(self._size)
            self._size += len(line)
            if step is not None:
                super().push(step)
            else:
                self._ends.pop()

    def push(self, step: Step) -> None:
        """Write a change down; CannotTest where it cannot be written."""
        line = _line(as_json(step))
        try:
            _write_all(self._descriptor, line, self._size)
        except OSError as error:
            raise CannotTest(f"{self.path}: {error.strerror}: no change without it") from error
        self._ends.append(self._size)
        self._size += len(line)
        super().push(step)

    def drop(self) -> Step:
        """Strike out the last change."""
        self._size = self._ends.pop()
        with suppress(OSError):  # what stands there too long is undone twice, which does nothing
            os.ftruncate(self._descriptor, self._size)
        return super().drop()

    @property
    def kept(self) -> bool:
        """Whether the session is to stay although its program ended."""
        return any(isinstance(step, Kept) for step in self.steps)

    @property
    def bearer(self) -> BearerFacts | None:
        """What the network gave; None before it is up."""
        found = [step for step in self.steps if isinstance(step, Bearer)]
        return bearer_of(found[-1]) if found else None

    def close(self) -> None:
        """Let go of the file; without changes there is none any more."""
        if self._descriptor < 0:
            return
        if not self.steps:
            with suppress(OSError):
                self.path.unlink()
        os.close(self._descriptor)
        self._descriptor = -1

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


@dataclass(frozen=True)
class Running:
    """A session whose program still runs."""

    path: Path
    owner: Owner
    bearer: BearerFacts | None


def new_journal(
    *, address: str, netdev: str, protocol: str, node: str | None, folder: str | None = None
) -> SessionJournal:
    """Return a new session's journal. CannotTest where there can be none."""
    where = _folder(folder)
    boot_id = LINUX.boot_id()
    if where is None or boot_id is None:
        text = "nowhere to write down what a session changes: run as root, or set XDG_RUNTIME_DIR"
        raise CannotTest(text)
    owner = Owner(
        address=address,
        netdev=netdev,
        protocol=protocol,
        port=identify_port(node) if node is not None else None,
        netns=_netns(),
        boot_id=boot_id,
        holder=LINUX.self(),
    )
    for tries_left in reversed(range(_TRIES)):
        try:
            return _create(where, owner)
        except OSError as error:
            swept = isinstance(error, BlockingIOError | FileNotFoundError)
            if not swept or not tries_left:
                text = f"{where}: {error.strerror}: a session is written down there"
                raise CannotTest(text) from error
    raise AssertionError


def _create(folder: Path, owner: Owner) -> SessionJournal:
    with suppress(FileExistsError):
        folder.mkdir(mode=0o700)
    _refuse_open_to_others(folder)
    new = folder / f".session-{os.getpid()}.new"
    with suppress(FileNotFoundError):
        new.unlink()  # of a run that was killed here
    flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
    descriptor = os.open(new, flags, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        line = _line({"format": FORMAT, **asdict(owner)})
        _write_all(descriptor, line, 0)
        for number in range(_MOST_FILES):
            path = folder / f"session-{number}.jsonl"
            with suppress(FileExistsError):
                os.link(new, path)
                return SessionJournal(path, owner, descriptor, [line])
        raise OSError(errno.EMFILE, "too many sessions were left: `qmiprobe disconnect` ends them")
    except OSError:
        os.close(descriptor)
        raise
    finally:
        with suppress(OSError):
            new.unlink()


def sessions(*, folder: str | None = None) -> Iterator[SessionJournal | Running]:
    """Give the sessions of this boot and network namespace, those left behind with their lock.

    A journal is the caller's to close. Files that mean nothing any more are removed. Never raises.
    """
    for path in _files(folder, _BEGUN):
        with suppress(OSError):
            _sweep(path)
    for path in _files(folder, _PATTERN):
        with suppress(OSError):
            found = _read(path)
            if found is not None:
                yield found


def _files(folder: str | None, pattern: str) -> list[Path]:
    """Return the files in the folder, none where it is not there or cannot be trusted."""
    where = _folder(folder)
    if where is None:
        return []
    try:
        _refuse_open_to_others(where)
        return sorted(where.glob(pattern))[:_MOST_FILES]
    except OSError:
        return []


def _sweep(path: Path) -> None:
    """Remove a file that a run was killed over before it had its name."""
    descriptor = os.open(path, os.O_RDWR | os.O_NOFOLLOW | os.O_CLOEXEC)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        path.unlink()
    finally:
        os.close(descriptor)


def held_bearer(netdev: str, *, folder: str | None = None) -> BearerFacts | None:
    """Return what the network gave the session on a netdev; None where no session is known.

    Held by a running program or kept by one that ended, as long as it is of this boot.
    """
    for path in _files(folder, _PATTERN):
        with suppress(OSError):
            bearer = _held(path)
            if bearer is not None and bearer.netdev == netdev:
                return bearer
    return None


def _held(path: Path) -> BearerFacts | None:
    """Return what a session was given that is kept or whose program runs."""
    journal = _glance(path)
    if journal is None:
        return None
    holder = journal.owner.holder
    alive = holder is not None and LINUX.life(holder) == "alive"
    return journal.bearer if journal.kept or alive else None


def keeps_mbim_session(node: str, *, folder: str | None = None) -> bool:
    """Whether a session was left up, or is held, by way of this MBIM control port."""
    now = identify_port(node)
    for path in _files(folder, _PATTERN) if now is not None else ():
        with suppress(OSError):
            journal = _glance(path)
            noted = journal.owner.port if journal is not None else None
            if journal is None or noted is None or now is None or not noted.is_same(now):
                continue
            if any(isinstance(step, MbimSession) for step in journal.steps):
                return True
    return False


def noted_elsewhere(step: Step, *, but: Ledger, folder: str | None = None) -> bool:
    """Whether another session's journal has this change too."""
    own = but.path if isinstance(but, SessionJournal) else None
    for path in _files(folder, _PATTERN):
        with suppress(OSError):
            journal = _glance(path) if path != own else None
            if journal is not None and step in journal.steps:
                return True
    return False


def _glance(path: Path) -> SessionJournal | None:
    """Read a journal without taking its lock; None where it does not count here."""
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
    try:
        lines = _lines(descriptor)
    finally:
        os.close(descriptor)
    owner = _owner(lines[0]) if lines else None
    if owner is None or owner.boot_id != LINUX.boot_id() or owner.netns != _netns():
        return None
    return SessionJournal(path, owner, -1, lines)


def _read(path: Path) -> SessionJournal | Running | None:
    descriptor = os.open(path, os.O_RDWR | os.O_NOFOLLOW | os.O_CLOEXEC)
    locked = True
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        locked = False
    try:
        status = os.fstat(descriptor)
        same = stat.S_ISREG(status.st_mode) and status.st_ino == path.stat().st_ino
        lines = _lines(descriptor)
        owner = _owner(lines[0]) if lines and same else None
        if owner is not None and owner.boot_id == LINUX.boot_id():
            if owner.netns != _netns():
                return None
            journal = SessionJournal(path, owner, descriptor, lines)
            if not locked:
                return Running(path, owner, journal.bearer)
            descriptor = -1
            return journal
        if locked and same:
            path.unlink()  # of another boot, or nothing at all
        return None
    finally:
        if descriptor >= 0:
            os.close(descriptor)


def _lines(descriptor: int) -> list[bytes]:
    """Return the lines that are complete: the last may be cut short."""
    lines = os.pread(descriptor, _MOST_BYTES, 0).splitlines(keepends=True)
    return [line for line in lines if line.endswith(b"\n")]


def _owner(line: bytes) -> Owner | None:
    value = _parsed(line)
    if not isinstance(value, dict) or value.pop("format", None) != FORMAT:
        return None
    try:
        port, holder = value.pop("port"), value.pop("holder")
        owner = Owner(port=None, holder=None, **value)
        if port is not None:
            owner = replace(owner, port=PortIdentity(**port))
        return replace(owner, holder=Holder(**holder)) if holder is not None else owner
    except (KeyError, TypeError):
        return None


def _parsed(line: bytes) -> object:
    try:
        return json.loads(line)
    except (ValueError, RecursionError):
        return None


def _line(value: object) -> bytes:
    return json.dumps(value).encode() + b"\n"


def _write_all(descriptor: int, data: bytes, offset: int) -> None:
    while data:
        written = os.pwrite(descriptor, data, offset)
        data, offset = data[written:], offset + written


def _folder(given: str | None) -> Path | None:
    where = given or journal_folder(os.environ, uid=os.geteuid())
    return Path(where) if where is not None else None


def _netns() -> str:
    return os.readlink("/proc/self/ns/net")


def _refuse_open_to_others(folder: Path) -> None:
    status = folder.stat(follow_symlinks=False)
    trusted = stat.S_ISDIR(status.st_mode) and status.st_uid == os.geteuid()
    if not trusted or status.st_mode & (stat.S_IWGRP | stat.S_IWOTH):
        raise OSError(errno.EPERM, "other users can write there, so it cannot be trusted")
