# SPDX-License-Identifier: GPL-2.0-or-later
"""The resolver's file, for machines without a resolver that is told over D-Bus."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from qmiprobe.bearer import IPAddress
from qmiprobe.errors import CannotTest
from qmiprobe.session._ledger import Ledger
from qmiprobe.session._steps import ResolvConf

PATH = Path("/etc/resolv.conf")
_MOST_SERVERS = 3
"""More are not read (resolv.conf(5))."""
_USUAL_MODE = 0o644
_ADVICE = {
    errno.EBUSY: "it is mounted there (a container's): leave DNS alone with --dns none",
    errno.EROFS: "the file system is read-only: leave DNS alone with --dns none",
    errno.EACCES: "run as root",
    errno.EPERM: "run as root, or see whether it is immutable (lsattr)",
}


def replace_resolv_conf(
    servers: Iterable[IPAddress], ledger: Ledger, *, path: Path = PATH
) -> tuple[IPAddress, ...]:
    """Have names asked of these servers; return those that count. CannotTest with the reason.

    The file is replaced as a whole, whoever reads it meanwhile; what stood there is noted.
    """
    used = tuple(servers)[:_MOST_SERVERS]
    lines = ["# Written by qmiprobe for a data session; `qmiprobe disconnect` puts back the other."]
    after = "\n".join([*lines, *(f"nameserver {server}" for server in used), ""])
    before = link = None
    mode = _USUAL_MODE
    try:
        if path.is_symlink():
            link = os.readlink(path)
        elif path.exists():
            before, mode = path.read_bytes().hex(), stat.S_IMODE(path.stat().st_mode)
        step = ResolvConf(path=str(path), after=after, before=before, link=link, mode=mode)
        ledger.push(step)
        try:
            _replace(path, after.encode(), mode=_USUAL_MODE)
        except OSError:
            ledger.drop()
            raise
    except OSError as error:
        advice = _ADVICE.get(error.errno or 0, "leave DNS alone with --dns none")
        raise CannotTest(f"cannot replace {path}: {error.strerror}; {advice}") from error
    return used


def restore_resolv_conf(step: ResolvConf, path: Path) -> None:
    """Put back what stood there, unless somebody has written another one since."""
    if path.is_symlink() or path.read_bytes() != step.after.encode():
        return
    if step.link is not None:
        new = _new(path)
        with suppress(FileNotFoundError):
            new.unlink()
        new.symlink_to(step.link)
        new.replace(path)
    elif step.before is not None:
        _replace(path, bytes.fromhex(step.before), mode=step.mode)
    else:
        path.unlink()


def _new(path: Path) -> Path:
    return path.with_name(f".{path.name}.qmiprobe")


def _replace(path: Path, content: bytes, *, mode: int) -> None:
    new = _new(path)
    with suppress(FileNotFoundError):
        new.unlink()  # of a run that was killed here
    try:
        with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as file:
            os.fchmod(file.fileno(), mode)
            file.write(content)
        new.replace(path)
    except OSError:
        with suppress(OSError):
            new.unlink()
        raise
