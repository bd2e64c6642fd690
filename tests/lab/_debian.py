# SPDX-License-Identifier: GPL-2.0-or-later
"""Debian packages that are fetched and unpacked into a folder, never installed.

Where they come from is the machine's own apt configuration.
"""

from __future__ import annotations

import os
import re
import subprocess
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

_SECONDS = 600
_INST = re.compile(r"^Inst (?P<name>\S+) (?:\[\S+\] )?\((?P<version>\S+)")
_MERGED = ("bin", "lib", "lib64", "sbin")


class CannotPrepare(Exception):
    """The lab cannot be made ready here; the text says why and what to do."""


def dependency(package: str, prefix: str) -> str:
    """Return what ``package`` depends on that starts with ``prefix``: the one kernel, say."""
    for line in _run("apt-cache", "depends", "--important", package).splitlines():
        relation, _, name = line.strip().partition(": ")
        if relation == "Depends" and name.startswith(prefix):
            return name
    raise CannotPrepare(f"apt knows no {package}: is this Debian, and did `apt-get update` run?")


def candidate(package: str) -> str:
    """Return the version that apt would take."""
    found = re.search(r"Candidate: (\S+)", _run("apt-cache", "policy", package))
    if found is None or found[1] == "(none)":
        raise CannotPrepare(f"apt has no {package}: run `apt-get update`")
    return found[1]


def lacking(packages: Iterable[str]) -> list[str]:
    """Return ``name=version`` of what installing ``packages`` here would bring, in order."""
    text = _run("apt-get", "install", "--simulate", "--no-install-recommends", *packages)
    found = (_INST.match(line) for line in text.splitlines())
    return sorted(f"{match['name']}={match['version']}" for match in found if match)


def unpack(packages: Sequence[str], into: Path, *, without: Sequence[str] = ()) -> None:
    """Fetch ``packages`` (name or name=version) and unpack them into ``into``.

    /bin, /lib and /sbin are links into /usr as in an installed system; members that match a
    pattern of ``without`` are left out.
    """
    for name in _MERGED:
        (into / "usr" / name).mkdir(parents=True, exist_ok=True)
        if not (into / name).is_symlink():
            (into / name).symlink_to(f"usr/{name}")
    fetched = into / "fetched"
    fetched.mkdir()
    if packages:
        _run("apt-get", "download", "-q", *packages, folder=fetched)
    excluded = [f"--exclude={pattern}" for pattern in without]
    for archive in sorted(fetched.glob("*.deb")):
        _unpack_one(archive, into, excluded)
        archive.unlink()
    fetched.rmdir()


def _unpack_one(archive: Path, into: Path, excluded: Sequence[str]) -> None:
    packed = subprocess.Popen(["dpkg-deb", "--fsys-tarfile", archive], stdout=subprocess.PIPE)
    command = ("tar", "-x", "-C", str(into), "--keep-directory-symlink", *excluded)
    with packed:
        done = subprocess.run(
            command, stdin=packed.stdout, stderr=subprocess.PIPE, timeout=_SECONDS, check=False
        )
    if done.returncode or packed.returncode:
        raise CannotPrepare(f"cannot unpack {archive.name}: {done.stderr.decode()[-300:]}")


def _run(*command: str, folder: Path | None = None) -> str:
    try:
        done = subprocess.run(
            command,
            cwd=folder,
            env={**os.environ, "LC_ALL": "C"},
            capture_output=True,
            text=True,
            timeout=_SECONDS,
            check=False,
        )
    except OSError as error:
        raise CannotPrepare(f"the lab takes its kernel from Debian by apt: {error}") from error
    if done.returncode:
        text = f"`{' '.join(command)}` failed: {done.stderr.strip()[-500:]}"
        raise CannotPrepare(f"{text}\n(are apt's lists old? `apt-get update` renews them)")
    return done.stdout
