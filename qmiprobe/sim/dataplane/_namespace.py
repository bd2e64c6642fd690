# SPDX-License-Identifier: GPL-2.0-or-later
"""Network namespaces: one for this process, and one more for the carrier's side.

As root a network namespace is enough; anybody else gets it inside a user namespace, where this
process is root. Both end with the last process, socket or descriptor that belongs to them.

Never read ``/sys/class/net`` in there: sysfs shows the namespace it was mounted from, while
``/proc/sys/net`` and ``/proc/self/net`` follow the task that asks.
"""

from __future__ import annotations

import contextlib
import ctypes
import errno
import os
import select
import signal
import threading
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from qmiprobe.errors import CannotTest

from ._interface import open_tun, set_up

if TYPE_CHECKING:
    from collections.abc import Callable

_CLONE_NEWUSER = 0x10000000
_CLONE_NEWNET = 0x40000000
_TRIAL_SECONDS = 5.0

_ADVICE = {
    errno.EPERM: (
        "user namespaces are forbidden here (container, chroot, "
        "kernel.unprivileged_userns_clone=0, "
        "kernel.apparmor_restrict_unprivileged_userns=1): allow them, or run as root"
    ),
    errno.EACCES: "a security module forbids user namespaces to this program: run as root",
    errno.ENOSPC: (
        "the limit of namespaces is reached: raise user.max_user_namespaces and "
        "user.max_net_namespaces"
    ),
    errno.EUSERS: "user namespaces are nested too deep: start from an outer one",
    errno.EINVAL: "the kernel was built without network or user namespaces: use another kernel",
}

Made = TypeVar("Made")


def enter_namespace() -> None:
    """Move this process into a new network namespace of its own, with ``lo`` up.

    Call it while the process has one thread, before trio runs. Raises CannotTest with the step
    that failed and what to do; RuntimeError when there are other threads already.
    """
    if len(os.listdir("/proc/self/task")) != 1:
        raise RuntimeError("enter_namespace: other threads run already and would stay behind")
    uid, gid = os.geteuid(), os.getegid()
    if uid != 0 or not _unshare_as_root():
        _unshare(_CLONE_NEWUSER | _CLONE_NEWNET)
        _write_map("setgroups", "deny")
        _write_map("uid_map", f"0 {uid} 1")
        _write_map("gid_map", f"0 {gid} 1")
    _bring_loopback_up()
    _entered.add(os.getpid())


def in_own_namespace() -> bool:
    """Return whether this process, or the one it was forked from, has entered its namespace."""
    return bool(_entered)


def can_enter_namespace() -> str | None:
    """Try it all, a TUN included, in a forked child; return None, or the reason why not."""
    reading, writing = os.pipe()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # fork beside idle worker threads
        child = os.fork()
    if child == 0:
        _report_trial(writing)
    os.close(writing)
    try:
        readable, _, _ = select.select([reading], [], [], _TRIAL_SECONDS)
        answer = os.read(reading, 4096).decode() if readable else "no result in time"
    finally:
        os.close(reading)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
    return None if answer == "works" else answer or "the trial process died"


def open_in_namespace(function: Callable[[], Made]) -> Made:
    """Run ``function`` in one more new network namespace and return what it returns.

    It runs in a thread of its own, which ends; sockets and TUN descriptors that it opened keep
    the namespace alive, and work in any trio loop of this process. Its exceptions come through;
    CannotTest when the namespace cannot be made.
    """
    made: list[Made] = []
    failed: list[BaseException] = []

    def run() -> None:
        try:
            _unshare(_CLONE_NEWNET)
            _bring_loopback_up()
            made.append(function())
        except BaseException as error:
            failed.append(error)

    thread = threading.Thread(target=run, name="qmiprobe-namespace")
    thread.start()
    thread.join()
    if failed:
        raise failed[0]
    return made[0]


_entered: set[int] = set()


def _unshare_as_root() -> bool:
    """Take a network namespace alone; False where root lacks the capability (containers)."""
    try:
        _unshare(_CLONE_NEWNET)
    except CannotTest as error:
        cause = error.__cause__
        if isinstance(cause, OSError) and cause.errno == errno.EPERM:
            return False
        raise
    return True


def _unshare(flags: int) -> None:
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.unshare(ctypes.c_int(flags)) == 0:
        return
    error = OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    if flags & _CLONE_NEWUSER:
        raise _cannot("make a user and network namespace (unshare)", error) from error
    if error.errno == errno.EPERM:
        text = f"cannot make a network namespace (unshare): {error.strerror}"
        raise CannotTest(f"{text}; call enter_namespace() first, or run as root") from error
    raise _cannot("make a network namespace (unshare)", error) from error


def _write_map(name: str, text: str) -> None:
    try:
        Path(f"/proc/self/{name}").write_text(text, encoding="ascii")
    except OSError as error:
        raise _cannot(f"become root in the user namespace (/proc/self/{name})", error) from error


def _bring_loopback_up() -> None:
    try:
        set_up("lo")
    except OSError as error:
        raise _cannot("bring lo up in the new network namespace", error) from error


def _cannot(step: str, error: OSError) -> CannotTest:
    advice = _ADVICE.get(error.errno or 0, "run as root")
    return CannotTest(f"cannot {step}: {error.strerror}; {advice}")


def _report_trial(writing: int) -> None:
    """Do in the child what a data plane needs, write the outcome, and end the process."""
    text = "the trial process failed"
    try:
        enter_namespace()
        open_in_namespace(lambda: os.close(open_tun("qmiprobe-trial")))
        text = "works"
    except (CannotTest, OSError, RuntimeError) as error:
        text = str(error)
    finally:
        with contextlib.suppress(OSError):
            os.write(writing, text.encode())
        os._exit(0)
