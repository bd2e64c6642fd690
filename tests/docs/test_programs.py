# SPDX-License-Identifier: GPL-2.0-or-later
"""The examples of the library: each Python block is a program with the output below it."""

from __future__ import annotations

import contextlib
import io
from pathlib import Path

import pytest

from tests.docs.pages import DOCS, Block, blocks


def examples(name: str) -> list[tuple[Block, Block]]:
    """Each program of a page with the block that follows it."""
    found = blocks(DOCS / name, "python", "text")
    return [
        (block, found[index + 1]) for index, block in enumerate(found) if block.language == "python"
    ]


CASES = [
    pytest.param(program, output, id=f"{name}:{program.line}")
    for name in ("python.md", "json.md", "reflect.md")
    for program, output in examples(name)
]


@pytest.mark.parametrize(("program", "output"), CASES)
def test_the_program_prints_what_stands_below_it(program: Block, output: Block):
    assert output.language == "text", "a program without the output that it gives"
    shown = io.StringIO()
    with contextlib.redirect_stdout(shown):
        exec(compile(program.text, "example", "exec"), {"__name__": "__main__"})
    assert shown.getvalue() == output.text


def test_no_other_page_has_programs():
    others = [page for page in DOCS.glob("*.md") if blocks(page, "python")]
    assert {Path(page).name for page in others} == {"python.md", "json.md", "reflect.md"}
