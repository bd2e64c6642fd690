# SPDX-License-Identifier: GPL-2.0-or-later
"""Reads what a source file imports, and whether at once or only inside a function."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.requirements import CHECKOUT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PACKAGE = CHECKOUT / "qmiprobe"


@dataclass(frozen=True)
class Import:
    """One import statement's module, absolute."""

    module: str
    line: int
    when_called: bool
    """Inside a function: not carried out when the file is imported."""
    typing_only: bool
    """Under ``if TYPE_CHECKING``: never carried out."""

    @property
    def top(self) -> str:
        """First part of the name: the library, or ``qmiprobe``."""
        return self.module.partition(".")[0]


def imports_of(source: str, *, package: str) -> list[Import]:
    """Return all imports in ``source``, a file of the dotted ``package``."""
    return list(_walk(ast.parse(source), package, when_called=False, typing_only=False))


def room_of(path: Path) -> str:
    """Return the room that a file under ``qmiprobe/`` belongs to."""
    parts = path.relative_to(PACKAGE).parts
    if len(parts) > 1:
        return parts[0]
    return {"scapy.py": "scapy", "__main__.py": "cli"}.get(parts[0], "base")


def package_of(path: Path) -> str:
    """Return the dotted package that a file under ``qmiprobe/`` stands in."""
    return ".".join(path.relative_to(PACKAGE.parent).parent.parts)


def room_of_module(module: str) -> str:
    """Return the room of a dotted name that starts with ``qmiprobe``."""
    parts = module.split(".")
    if len(parts) < 2:
        return "base"
    folder = PACKAGE / parts[1]
    return parts[1] if folder.is_dir() or parts[1] == "scapy" else "base"


def _walk(node: ast.AST, package: str, *, when_called: bool, typing_only: bool) -> Iterator[Import]:
    for child in ast.iter_child_nodes(node):
        for module in _modules(child, package):
            yield Import(module, getattr(child, "lineno", 0), when_called, typing_only)
        inside = isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
        typing = isinstance(child, ast.If) and "TYPE_CHECKING" in ast.unparse(child.test)
        yield from _walk(
            child,
            package,
            when_called=when_called or inside,
            typing_only=typing_only or typing,
        )


def _modules(node: ast.AST, package: str) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if not isinstance(node, ast.ImportFrom):
        return []
    if node.level:
        parents = package.split(".")[: len(package.split(".")) - node.level + 1]
        base = ".".join([*parents, *([node.module] if node.module else [])])
    else:
        base = node.module or ""
    if base == "qmiprobe" or (node.level and not node.module):
        return [f"{base}.{alias.name}" for alias in node.names]
    return [base]
