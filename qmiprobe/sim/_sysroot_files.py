# SPDX-License-Identifier: GPL-2.0-or-later
"""Files and links of a saved machine."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from qmiprobe.errors import CannotTest


class SavedTree:
    """A folder that stands for ``/`` of the machine; paths are without the slash in front."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def write(self, path: str, content: str | bytes) -> None:
        """Write a file, with the folders above it. Raises CannotTest where that is refused."""
        place = self.root / path
        try:
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(content if isinstance(content, bytes) else content.encode())
        except OSError as error:
            raise CannotTest(f"{place}: {error.strerror}") from error

    def attributes(self, folder: str, values: Mapping[str, str | int]) -> None:
        """Write attributes of sysfs: one file each, ending in a new line."""
        for name, value in values.items():
            self.write(f"{folder}/{name}", f"{value}\n")

    def link(self, path: str, target: str) -> None:
        """Make ``path`` lead to ``target``, relative as in sysfs, so that the folder can move."""
        place, aim = self.root / path, self.root / target
        try:
            place.parent.mkdir(parents=True, exist_ok=True)
            aim.mkdir(parents=True, exist_ok=True)
            place.symlink_to(os.path.relpath(aim, place.parent))
        except OSError as error:
            raise CannotTest(f"{place}: {error.strerror}") from error
