# SPDX-License-Identifier: GPL-2.0-or-later
"""What ``--sysroot`` takes: a folder, or a file that ``qmiprobe report`` wrote."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import click

from qmiprobe.errors import CannotTest

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    _ParamType = click.ParamType[str]
else:
    _ParamType = click.ParamType  # generic only in newer releases of click


class SavedMachine(_ParamType):
    """Gives the folder that stands for the machine's root; a file is unpacked for the time."""

    name = "path"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the folder. A usage error for what is neither; temporary ones go with ``ctx``."""
        if os.path.isdir(value):
            return _tree_in(value)
        if not os.path.isfile(value):
            self.fail(
                f"{value!r} does not exist: give a folder, or a file that `qmiprobe report` wrote",
                param,
                ctx,
            )
        import shutil
        import tempfile
        from pathlib import Path

        from qmiprobe.host import unpack_bundle

        folder = tempfile.mkdtemp(prefix="qmiprobe-saved-")
        if ctx is not None:
            ctx.call_on_close(lambda: shutil.rmtree(folder, ignore_errors=True))
        try:
            return unpack_bundle(value, Path(folder))
        except CannotTest as error:
            shutil.rmtree(folder, ignore_errors=True)
            self.fail(str(error), param, ctx)

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        """Let the shell complete files and folders."""
        from click.shell_completion import CompletionItem

        return [CompletionItem(incomplete, type="file")]


def _tree_in(folder: str) -> str:
    if not os.path.exists(os.path.join(folder, "about.json")) and not os.path.isdir(
        os.path.join(folder, "qmiprobe-report")
    ):
        return folder
    from qmiprobe.host import saved_tree

    return saved_tree(folder)
