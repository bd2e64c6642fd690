# SPDX-License-Identifier: GPL-2.0-or-later
"""A machine saved in one file, ``.tar.gz``: its tree, and what was found on it.

In the archive: ``about.json``, further documents, and ``tree/`` with the machine's files, which
``--sysroot`` reads like the machine itself. Somebody else made the file: it is unpacked as such.
"""

from __future__ import annotations

import io
import os
import platform
import tarfile
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import IO

from qmiprobe.errors import CannotTest
from qmiprobe.host._copy import Copier, MachineCopy
from qmiprobe.host._copy_masks import masked
from qmiprobe.host._copy_sysfs import copy_sysfs
from qmiprobe.host._copy_system import copy_system
from qmiprobe.host._files import UNREAD, Tree

FOLDER = "qmiprobe-report"
TREE = "tree"
_MOST_MEMBERS = 100_000
_MOST_BYTES = 256 << 20
_DEEPEST = 64


def copy_machine(sysroot: str = "/", *, keep_personal: bool = False) -> MachineCopy:
    """Return all files of a machine that say something of its modems.

    Nothing is sent to a modem. Serial numbers and the like are masked unless ``keep_personal``.
    Never raises: ``unread`` says what is missing.
    """
    copier = Copier(Tree(sysroot))
    copy_sysfs(copier)
    copy_system(copier)
    copy = copier.copy
    if copy.unread:
        lines = (f"{path}\t{why}\n" for path, why in sorted(copy.unread.items()))
        copier.text(UNREAD, "".join(lines).encode())
    return copy if keep_personal else masked(copy, host_name=platform.node())


def write_bundle(
    file: IO[bytes], copy: MachineCopy, *, documents: Mapping[str, bytes], made: float
) -> None:
    """Write the archive. ``made``: seconds since 1970, for every member."""
    with tarfile.open(fileobj=file, mode="w:gz", compresslevel=6) as archive:
        for name, data in documents.items():
            _add(archive, name, made=made, data=data)
        for path, data in sorted(copy.files.items()):
            _add(archive, f"{TREE}/{path}", made=made, data=data)
        for path, target in sorted(copy.links.items()):
            _add(archive, f"{TREE}/{path}", made=made, link=target)


def _add(
    archive: tarfile.TarFile, name: str, *, made: float, data: bytes = b"", link: str | None = None
) -> None:
    member = tarfile.TarInfo(f"{FOLDER}/{name}")
    member.mtime = int(made)
    member.mode = 0o644
    if link is None:
        member.size = len(data)
    else:
        member.type, member.linkname = tarfile.SYMTYPE, link
    archive.addfile(member, io.BytesIO(data) if link is None else None)


def unpack_bundle(path: str, folder: Path) -> str:
    """Unpack into a folder that is empty; return the sysroot in it.

    Raises CannotTest for what is no such archive, or one that would reach out of the folder or
    fill the disc.
    """
    try:
        with tarfile.open(path, "r:gz") as archive:
            links = dict(_unpacked(archive, folder))
    except (OSError, EOFError, tarfile.TarError, ValueError, zlib.error) as error:
        raise CannotTest(f"{path}: no report that can be read: {error}") from error
    for name, target in links.items():
        if any(str(one) in links for one in PurePosixPath(name).parents):
            raise CannotTest(f"{path}: its member {name[:80]!r} lies behind a link")
        _make_link(folder / name, target)
    root = os.path.realpath(saved_tree(str(folder)))
    for name in links:
        if not _stays(folder / name, root):
            raise CannotTest(f"{path}: its link {name[:80]!r} leads out of it")
    return root


def saved_tree(folder: str) -> str:
    """Return the sysroot in an unpacked report; the folder itself where it is a plain tree."""
    for place in (os.path.join(folder, FOLDER), folder):
        inner = os.path.join(place, TREE)
        if os.path.isdir(inner) and os.path.isfile(os.path.join(place, "about.json")):
            return inner
    return folder


def _unpacked(archive: tarfile.TarFile, folder: Path) -> Iterator[tuple[str, str]]:
    """Write the files, never through a link; give the links."""
    left = _MOST_BYTES
    for count, member in enumerate(archive):
        parts = PurePosixPath(member.name).parts
        bad = member.name.startswith("/") or ".." in parts or len(parts) > _DEEPEST or not parts
        if bad or count >= _MOST_MEMBERS:
            raise tarfile.TarError(f"it has a member that does not belong: {member.name[:80]!r}")
        if member.issym():
            yield member.name, member.linkname
        elif member.isfile():
            left -= member.size
            source = archive.extractfile(member)
            if left < 0 or source is None:
                raise tarfile.TarError(f"it is larger than {_MOST_BYTES >> 20} MB when unpacked")
            place = folder / member.name
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(source.read())
        elif not member.isdir():
            raise tarfile.TarError(f"it has a device or a hard link: {member.name[:80]!r}")


def _make_link(place: Path, target: str) -> None:
    place.parent.mkdir(parents=True, exist_ok=True)
    if not os.path.lexists(place):
        place.symlink_to(target)


def _stays(place: Path, root: str) -> bool:
    """Return whether a link ends in the tree, by whatever other links it leads through."""
    parts = place.parts
    if len(parts) > 4 and parts[-4] == "proc" and parts[-2] == "fd":
        return os.path.realpath(place.parent).startswith(f"{root}/")  # a name to read, no way to go
    ends = os.path.realpath(place)
    return not os.path.isabs(os.readlink(place)) and ends.startswith(f"{root}/")
