# SPDX-License-Identifier: GPL-2.0-or-later
"""Writes the files that make a rebind last, and has udev's own checker look at the rules."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass

from qmiprobe.errors import CannotTest
from qmiprobe.rebind._lasting import LastingFile

_VERIFY_S = 10.0
_UDEVADM = ("/usr/bin", "/bin", "/usr/sbin", "/sbin")


@dataclass(frozen=True)
class RuleCheck:
    """What ``udevadm verify`` says of a rules file."""

    ran: bool
    """Whether this machine has it: it came with systemd 254."""
    fine: bool
    said: str


def install(files: Iterable[LastingFile], folder: str) -> tuple[str, ...]:
    """Write the files below ``folder``, which stands for ``/``; return the paths written.

    Each is there as a whole or not at all; one that is there already with the same text is left.
    Raises CannotTest where one cannot be written.
    """
    return tuple(_write(os.path.join(folder, one.path.lstrip("/")), one.text) for one in files)


def _write(path: str, text: str) -> str:
    try:
        with suppress(FileNotFoundError), open(path, encoding="utf-8") as file:
            if file.read() == text:
                return path
        os.makedirs(os.path.dirname(path), exist_ok=True)
        handle, unfinished = tempfile.mkstemp(dir=os.path.dirname(path), prefix=".qmiprobe-")
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                file.write(text)
                file.flush()
                os.fchmod(file.fileno(), 0o644)
                os.fsync(file.fileno())
            os.replace(unfinished, path)
        except BaseException:
            with suppress(OSError):
                os.unlink(unfinished)
            raise
    except OSError as error:
        hint = ": run as root" if isinstance(error, PermissionError) else ""
        raise CannotTest(f"cannot write {path}: {error.strerror}{hint}") from error
    return path


def check_rules(text: str) -> RuleCheck:
    """Have ``udevadm verify`` look at the text of a rules file, where the machine has it."""
    program = shutil.which("udevadm", path=os.pathsep.join((os.environ["PATH"], *_UDEVADM)))
    if program is None:
        return RuleCheck(ran=False, fine=True, said="this machine has no udevadm")
    with tempfile.TemporaryDirectory(prefix="qmiprobe-") as folder:
        path = os.path.join(folder, "50-qmiprobe.rules")
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
        try:
            done = subprocess.run(
                [program, "verify", "--resolve-names=never", path],
                capture_output=True,
                text=True,
                timeout=_VERIFY_S,
                check=False,
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            return RuleCheck(ran=False, fine=True, said=f"udevadm verify does not run: {error}")
    said = (done.stdout + done.stderr).strip()
    if "nknown command" in said or "nknown operation" in said:
        return RuleCheck(ran=False, fine=True, said="this udevadm has no `verify` yet")
    return RuleCheck(ran=True, fine=done.returncode == 0, said=said)
