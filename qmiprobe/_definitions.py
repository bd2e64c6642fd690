# SPDX-License-Identifier: GPL-2.0-or-later
"""Where the definition files are: in the installed package, or beside it in a checkout."""

from __future__ import annotations

from pathlib import Path

from qmiprobe.errors import DefinitionError


def definitions_folder() -> Path:
    """Return the folder ``protocols``; a wheel holds it inside, an editable install beside."""
    package = Path(__file__).parent
    for folder in (package / "protocols", package.parent / "protocols"):
        if (folder / "qmi" / "_shared.toml").is_file():
            return folder
    raise DefinitionError(f"no folder 'protocols' in or beside {package}: reinstall qmiprobe")
