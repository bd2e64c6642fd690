# SPDX-License-Identifier: GPL-2.0-or-later
"""The layer rules: who may import whom, read from the sources themselves."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from tests.rules.imports import (
    PACKAGE,
    Import,
    imports_of,
    package_of,
    room_of,
    room_of_module,
)
from tests.rules.rooms import LOADED_LATE, ONLY_IN_FILES, ROOMS, TRANSPORT_MAY_SEE

if TYPE_CHECKING:
    from pathlib import Path

FILES = sorted(PACKAGE.rglob("*.py"))
_NEVER_IMPORTED = ("cli", "_codegen")


def complaint(path: str, room: str, found: Import) -> str | None:
    """Return what is wrong with an import in a file (relative to qmiprobe/) of ``room``."""
    if found.top == "qmiprobe":
        return _complaint_inside(path, room, found)
    if found.top in sys.stdlib_module_names:
        return "not in this room" if found.top in ROOMS[room].forbidden else None
    if found.typing_only:
        return None
    files = ONLY_IN_FILES.get(found.top, (path,))
    if path not in files:
        return f"only in {', '.join(files)}"
    return _complaint_when(path, room, found.top, found, ROOMS[room].libraries)


def _complaint_inside(path: str, room: str, found: Import) -> str | None:
    other = room_of_module(found.module)
    if other in (room, "base"):
        return None
    if other in _NEVER_IMPORTED:
        return "nobody imports that room"
    if room == "transport" and not found.module.startswith(TRANSPORT_MAY_SEE):
        return "transport knows framing only"
    return _complaint_when(path, room, other, found, ROOMS[room].rooms)


def _complaint_when(
    path: str, room: str, name: str, found: Import, always: frozenset[str]
) -> str | None:
    if name in always:
        return None
    if name not in ROOMS[room].when_called:
        return f"{room} may not know {name}: tests/rules/rooms.py says what it may"
    if found.when_called or found.typing_only or path in LOADED_LATE:
        return None
    return "only inside a function: it is heavy, and not always needed"


def test_there_are_files_to_read():
    assert len(FILES) > 3


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_file_imports_only_what_its_room_may(path: Path):
    room = room_of(path)
    assert room in ROOMS, f"{room}: a new room gets its line in tests/rules/rooms.py"
    inside = path.relative_to(PACKAGE).as_posix()
    found = imports_of(path.read_text(encoding="utf-8"), package=package_of(path))
    wrong = [
        f"line {one.line}: {one.module}: {text}"
        for one in found
        if (text := complaint(inside, room, one)) is not None
    ]
    assert wrong == []


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("qmi/x.py", "import trio"),
        ("qmi/x.py", "def f():\n    import time"),
        ("qmi/x.py", "from qmiprobe.mbim import frame"),
        ("mbim/x.py", "from ..qmi import frame"),
        ("errors.py", "from qmiprobe import qmi"),
        ("errors.py", "import click"),
        ("diagnosis/x.py", "from os import path"),
        ("transport/x.py", "from qmiprobe.qmi._connection import Connection"),
        ("link/x.py", "from qmiprobe.qmi import services"),
        ("link/x.py", "import scapy.all"),
        ("check/x.py", "def f():\n    from scapy.layers import inet"),
        ("report/_json.py", "import rich.text"),
        ("session/x.py", "import pyroute2"),
        ("check/x.py", "from qmiprobe.cli import main"),
        ("sim/x.py", "from qmiprobe.device import QmiDevice"),
        ("cli/x.py", "import trio"),
        ("cli/x.py", "import qmiprobe.device"),
        ("device/x.py", "import asyncio"),
        ("host/x.py", "if True:\n    import pyroute2"),
    ],
)
def test_rule_sees_each_kind_of_breach(path: str, source: str):
    folder = path.rpartition("/")[0]
    (found,) = imports_of(source, package=f"qmiprobe.{folder}" if folder else "qmiprobe")
    assert complaint(path, folder or "base", found) is not None


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("cli/x.py", "def f():\n    import trio"),
        ("link/x.py", "async def f():\n    from scapy.layers import inet"),
        ("transport/x.py", "from qmiprobe.qmi._frame import QmuxFramer"),
        ("device/x.py", "from . import transport_names"),
        ("host/x.py", "if TYPE_CHECKING:\n    import click"),
        ("report/_terminal.py", "from rich.text import Text"),
        ("qmi/x.py", "from qmiprobe._wire import Reader"),
        ("qmi/x.py", "from .. import errors"),
    ],
)
def test_rule_lets_pass_what_is_allowed(path: str, source: str):
    folder = path.rpartition("/")[0]
    (found,) = imports_of(source, package=f"qmiprobe.{folder}")
    assert complaint(path, folder, found) is None


def test_folder_with_code_is_a_package():
    bare = {path.parent for path in FILES if not (path.parent / "__init__.py").is_file()}
    assert sorted(str(folder.relative_to(PACKAGE)) for folder in bare) == []
