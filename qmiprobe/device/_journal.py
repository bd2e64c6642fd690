# SPDX-License-Identifier: GPL-2.0-or-later
"""Client ids that are held, in a file, so that the next run can give back what a killed one left.

The file stands in a folder of the user's own that does not outlive the boot. Nothing here raises:
a run goes on without a journal, and ``problem`` says why it has none. Which ids may be given back
is decided here as far as the system tells, and in ``_leftovers`` as far as the modem does.
"""

from __future__ import annotations

import contextlib
import errno
import fcntl
import os
import stat
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from qmiprobe.device._journal_entries import (
    MOST_BYTES,
    HeldId,
    PortIdentity,
    read_entries,
    stale,
    write_entries,
)
from qmiprobe.device._journal_system import LINUX, System, identify_port

FILE = "client-ids.json"
FOLDER_VARIABLE = "QMIPROBE_RUNTIME_DIR"
"""Environment: another folder for the journal."""
_NEW_FILE = ".client-ids.new"
LOCK_PATIENCE = 1.0
"""Seconds to wait, once, for other runs that have the file: each needs it for a millisecond."""
_LOCK_PAUSE = 0.001
_FOLDER_FLAGS = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
_READ_FLAGS = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
_WRITE_FLAGS = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC

Entries = list[HeldId]


def journal_of(path: str, *, folder: str | None = None) -> PortJournal | None:
    """Return the journal for the node at ``path``, in the user's folder or another one.

    None for what is no device node, and for a user without a run-time folder.
    """
    if folder is None:
        folder = journal_folder(os.environ, uid=os.geteuid())
    port = identify_port(path)
    return PortJournal(Journal(folder), port) if folder is not None and port is not None else None


def journal_folder(environment: Mapping[str, str], *, uid: int) -> str | None:
    """Return where this user's journal stands; None for a user without a run-time folder."""
    given = environment.get(FOLDER_VARIABLE, "")
    if os.path.isabs(given):
        return given
    if uid == 0:
        return "/run/qmiprobe"
    own = environment.get("XDG_RUNTIME_DIR", "")
    return os.path.join(own, "qmiprobe") if os.path.isabs(own) else None


class Journal:
    """The journal in ``folder``, which is made when there is something to note."""

    def __init__(self, folder: str, *, system: System = LINUX) -> None:
        self.folder = folder
        self.problem: str | None = None
        """Why the last change could not be written; None where it was."""
        self._system = system
        self._patience = LOCK_PATIENCE

    def note(self, port: PortIdentity, *, service: int, client: int) -> None:
        """Write down that this process holds a client id, before it is used."""
        me, boot_id = self._system.self(), self._system.boot_id()
        if me is None or boot_id is None:
            self.problem = "/proc does not tell this process or boot from others"
            return
        new = HeldId(
            service=service,
            client=client,
            port=port,
            boot_id=boot_id,
            holder=me,
            noted=self._system.now(),
        )

        def add(entries: Entries) -> Entries:
            if any(_is_id(one, port, service, client) for one in entries):
                # It was taken from whoever had it, by a Sync or a reset, and so were all others.
                entries = [one for one in entries if not one.port.is_same(port)]
            return [*entries, new]

        self._change(add, create=True)

    def forget(self, port: PortIdentity, *, service: int, client: int) -> None:
        """Strike out an id of this process. To be done before it is given back.

        The modem may hand it to another program as soon as it has it.
        """
        me = self._system.self()
        self._change(
            lambda entries: [
                one
                for one in entries
                if not (_is_id(one, port, service, client) and one.holder == me)
            ]
        )

    def void(self, port: PortIdentity) -> None:
        """Strike out every id of a port: the modem has taken all of them from whoever had them."""
        self._change(lambda entries: [one for one in entries if not one.port.is_same(port)])

    def leftovers(self, port: PortIdentity, *, held_by_others: bool = False) -> tuple[HeldId, ...]:
        """Return the ids that dead runs left on this port, with their holders.

        From now on they stand in the journal as this process's, so that two runs never give back
        the same one. ``held_by_others``: another program has the port open now, and an id may be
        its own: all are forgotten.
        """
        me, boot_id = self._system.self(), self._system.boot_id()
        if me is None or boot_id is None:
            return ()
        taken: list[HeldId] = []

        def take(entries: Entries) -> Entries:
            found = stale(
                entries,
                port=port,
                boot_id=boot_id,
                namespace=me.namespace,
                life=self._system.life,
                held_by_others=held_by_others,
            )
            taken[:] = found.give_back
            return [*found.keep, *(replace(one, holder=me) for one in taken)]

        return tuple(taken) if self._change(take) else ()

    def _change(self, change: Callable[[Entries], Entries], *, create: bool = False) -> bool:
        """Read, change and write the entries with no other run in between; False for failure."""
        try:
            with self._locked(create=create) as folder:
                if folder is not None:
                    before = read_entries(_read(folder))
                    after = change(before)
                    if after != before:
                        _write(folder, after)
        except OSError as error:
            self.problem = f"{self.folder}: {error.strerror or error}"
            return False
        self.problem = None
        return True

    @contextlib.contextmanager
    def _locked(self, *, create: bool) -> Iterator[int | None]:
        """Give the folder, locked; None where there is none and none is wanted."""
        if create:
            with contextlib.suppress(FileExistsError):
                os.mkdir(self.folder, 0o700)
        try:
            folder = os.open(self.folder, _FOLDER_FLAGS)
        except FileNotFoundError:
            if create:
                raise
            yield None
            return
        try:
            _refuse_open_to_others(folder)
            self._lock(folder)
            yield folder
        finally:
            os.close(folder)  # and so unlocks it

    def _lock(self, folder: int) -> None:
        end = self._system.now() + self._patience
        while True:
            try:
                fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                if self._system.now() >= end:
                    self._patience = 0.0  # who has it is stopped: not worth another wait
                    raise
                self._system.sleep(_LOCK_PAUSE)
            else:
                return


class PortJournal:
    """The journal as one port sees it."""

    def __init__(self, journal: Journal, port: PortIdentity) -> None:
        self.journal = journal
        self.port = port

    @property
    def problem(self) -> str | None:
        """Why the last change could not be written; None where it was."""
        return self.journal.problem

    def note(self, service: int, client: int) -> None:
        """See :meth:`Journal.note`."""
        self.journal.note(self.port, service=service, client=client)

    def forget(self, service: int, client: int) -> None:
        """See :meth:`Journal.forget`."""
        self.journal.forget(self.port, service=service, client=client)

    def void(self) -> None:
        """See :meth:`Journal.void`."""
        self.journal.void(self.port)

    def leftovers(self, *, held_by_others: bool = False) -> tuple[HeldId, ...]:
        """See :meth:`Journal.leftovers`."""
        return self.journal.leftovers(self.port, held_by_others=held_by_others)


def _is_id(entry: HeldId, port: PortIdentity, service: int, client: int) -> bool:
    return entry.port.is_same(port) and (entry.service, entry.client) == (service, client)


def _refuse_open_to_others(folder: int) -> None:
    status = os.fstat(folder)
    if status.st_uid != os.geteuid() or status.st_mode & (stat.S_IWGRP | stat.S_IWOTH):
        raise OSError(errno.EPERM, "other users can write there, so it cannot be trusted")


def _read(folder: int) -> bytes:
    """Return the file's content; empty where there is none or it is something else."""
    try:
        file = os.open(FILE, _READ_FLAGS, dir_fd=folder)
    except OSError as error:
        if error.errno in (errno.ENOENT, errno.ELOOP, errno.ENXIO):
            return b""
        raise
    try:
        if not stat.S_ISREG(os.fstat(file).st_mode):
            return b""
        return os.read(file, MOST_BYTES + 1)
    finally:
        os.close(file)


def _write(folder: int, entries: Entries) -> None:
    """Replace the file as a whole; without entries there is none."""
    if not entries:
        with contextlib.suppress(FileNotFoundError):
            os.unlink(FILE, dir_fd=folder)
        return
    with contextlib.suppress(FileNotFoundError):
        os.unlink(_NEW_FILE, dir_fd=folder)  # of a run that was killed here
    try:
        with os.fdopen(os.open(_NEW_FILE, _WRITE_FLAGS, 0o600, dir_fd=folder), "wb") as file:
            file.write(write_entries(entries))
        os.replace(_NEW_FILE, FILE, src_dir_fd=folder, dst_dir_fd=folder)
    except OSError:
        with contextlib.suppress(OSError):
            os.unlink(_NEW_FILE, dir_fd=folder)
        raise
