# SPDX-License-Identifier: GPL-2.0-or-later
"""Small formats around a kernel: the initramfs' cpio, and the ELF inside a packed kernel."""

from __future__ import annotations

import gzip
import lzma
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_FILE, _FOLDER = 0o100755, 0o040755


def initramfs(files: Mapping[str, bytes], folders: Iterable[str]) -> bytes:
    """Return a gzipped newc archive with executable ``files`` and empty ``folders``."""
    entries = [(name, _FOLDER, b"") for name in folders]
    entries += [(name, _FILE, data) for name, data in files.items()]
    entries.append(("TRAILER!!!", 0, b""))
    packed = b"".join(_entry(number, *entry) for number, entry in enumerate(entries, 1))
    return gzip.compress(packed, compresslevel=1, mtime=0)


def _entry(number: int, name: str, mode: int, data: bytes) -> bytes:
    encoded = name.encode() + b"\0"
    fields = (number, mode, 0, 0, 1, 0, len(data), 0, 0, 0, 0, len(encoded), 0)
    head = b"070701" + b"".join(b"%08X" % field for field in fields)
    return _padded(head + encoded) + _padded(data)


def _padded(data: bytes) -> bytes:
    return data + bytes(-len(data) % 4)


def unpacked_kernel(vmlinuz: bytes) -> bytes:
    """Return the ELF inside ``vmlinuz``: it starts twice as fast as one that unpacks itself.

    Raises ValueError when there is none that was packed by xz.
    """
    start = vmlinuz.find(b"\xfd7zXZ\0")
    if start < 0:
        raise ValueError("the kernel is not packed by xz")
    kernel = lzma.LZMADecompressor().decompress(vmlinuz[start:])
    if not kernel.startswith(b"\x7fELF"):
        raise ValueError("what the kernel unpacks to is no ELF file")
    return kernel
