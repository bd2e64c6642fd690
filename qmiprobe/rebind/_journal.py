# SPDX-License-Identifier: GPL-2.0-or-later
"""What a rebind is about to change, in a file: the next run can mend what a killed one left.

One rebind at a time on a machine: the fence is a whole bus's. Who is at work has the file's folder
locked under a name of its own; the lock ends with the process, however that ends, so a journal
without it is a killed run's. Without a journal nothing is changed.
"""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import stat
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from typing import cast

from qmiprobe.device._journal import journal_folder
from qmiprobe.errors import CannotTest
from qmiprobe.rebind._model import Target
from qmiprobe.rebind._state import State, state_from_json, state_json

FORMAT = "qmiprobe-rebind-journal/1"
FILE, LOCK, _NEW = "rebind.json", "rebind.lock", ".rebind.new"
_MOST_BYTES = 1 << 18
_BOOT_ID = "/proc/sys/kernel/random/boot_id"


@dataclass(frozen=True, kw_only=True)
class Leftover:
    """A rebind that was killed."""

    before: State
    """The state that it began in."""
    target: Target
    step: int
    """How many steps it had begun."""
    steps: int
    what: str
    """What it was doing."""
    under_way: bool = False
    """Whether it was not killed at all, but is at work."""


def read_leftover(folder: str | None = None) -> Leftover | None:
    """Return the rebind of this boot that was killed and not mended, or that is under way.

    None where there is none, or where its journal is not to be seen. Raises nothing.
    """
    folder = _folder(folder)
    found = None if folder is None else _read(folder)
    if folder is None or found is None:
        return None
    return replace(found, under_way=_is_locked(folder))


def _is_locked(folder: str) -> bool:
    try:
        lock = os.open(os.path.join(folder, LOCK), os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
    except OSError:
        return False
    try:
        fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:
        return False
    else:
        return False
    finally:
        os.close(lock)


class RebindJournal:
    """The journal of one run, which holds the lock; made by :func:`open_journal`."""

    def __init__(self, folder: str, leftover: Leftover | None) -> None:
        self._folder = folder
        self.leftover = leftover
        """What a killed run left."""

    def begin(self, *, before: State, target: Target, step: int, steps: int, what: str) -> None:
        """Write down what is done next, before it is done. Raises CannotTest where it cannot be."""
        document = {
            "format": FORMAT, "boot_id": _boot_id(), "pid": os.getpid(),
            "before": state_json(before), "target": asdict(target),
            "step": step, "steps": steps, "what": what,
        }  # fmt: skip
        try:
            _replace(self._folder, json.dumps(document, indent=1).encode() + b"\n")
        except OSError as error:
            raise _unwritten(self._folder, error) from error

    def end(self) -> None:
        """Strike it out: all is done, or taken back."""
        with contextlib.suppress(FileNotFoundError):
            os.unlink(os.path.join(self._folder, FILE))
        self.leftover = None


@contextlib.contextmanager
def open_journal(folder: str | None = None) -> Iterator[RebindJournal]:
    """Have the machine's journal of rebinds to oneself while the block runs.

    Raises CannotTest where there is no place for one, or where another run has it.
    """
    folder = _folder(folder)
    if folder is None:
        raise CannotTest("no folder for the journal: set QMIPROBE_RUNTIME_DIR, or run as root")
    try:
        with contextlib.suppress(FileExistsError):
            os.makedirs(folder, 0o700)
        _refuse_open_to_others(folder)
        flags = os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC
        lock = os.open(os.path.join(folder, LOCK), flags, 0o600)
    except OSError as error:
        raise _unwritten(folder, error) from error
    try:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise CannotTest("another rebind is under way: wait until it is done") from None
        yield RebindJournal(folder, _read(folder))
    finally:
        os.close(lock)  # and so unlocks it


def _folder(given: str | None) -> str | None:
    return given if given is not None else journal_folder(os.environ, uid=os.geteuid())


def _unwritten(folder: str, error: OSError) -> CannotTest:
    return CannotTest(
        f"{folder}: {error.strerror or error}: without a journal nothing is changed, since a run "
        "that is killed could not be mended; run as root, or set QMIPROBE_RUNTIME_DIR"
    )


def _refuse_open_to_others(folder: str) -> None:
    status = os.stat(folder, follow_symlinks=False)
    others = status.st_mode & (stat.S_IWGRP | stat.S_IWOTH)
    if not stat.S_ISDIR(status.st_mode) or status.st_uid != os.geteuid() or others:
        text = "other users can write there, so it cannot be trusted"
        raise PermissionError(1, text)


def _replace(folder: str, data: bytes) -> None:
    """Replace the file as a whole, and have it on disk before this returns."""
    new = os.path.join(folder, _NEW)
    with contextlib.suppress(FileNotFoundError):
        os.unlink(new)
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
    with os.fdopen(os.open(new, flags, 0o600), "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    os.replace(new, os.path.join(folder, FILE))
    directory = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(directory)
    finally:
        os.close(directory)


def _read(folder: str) -> Leftover | None:
    flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
    try:
        file = os.open(os.path.join(folder, FILE), flags)
    except OSError:
        return None
    try:
        status = os.fstat(file)
        ours = stat.S_ISREG(status.st_mode) and status.st_uid in (0, os.geteuid())
        return _leftover(os.read(file, _MOST_BYTES + 1)) if ours else None
    finally:
        os.close(file)


def _leftover(data: bytes) -> Leftover | None:
    """Read a journal; None for one of another boot, which took everything with it."""
    try:
        document = cast("Mapping[str, object]", json.loads(data))
        if document["format"] != FORMAT or document["boot_id"] != _boot_id():
            return None
        target = Target(**cast("dict[str, int]", document["target"]))  # type: ignore[arg-type]
        return Leftover(
            before=state_from_json(document["before"]),
            target=target,
            step=int(cast("int", document["step"])),
            steps=int(cast("int", document["steps"])),
            what=str(document["what"]),
        )
    except (KeyError, TypeError, ValueError, RecursionError):
        return None


def _boot_id() -> str:
    try:
        with open(_BOOT_ID, encoding="ascii") as file:
            return file.read().strip()
    except OSError:
        return ""
