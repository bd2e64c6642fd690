# SPDX-License-Identifier: GPL-2.0-or-later
"""Every page: links lead somewhere, commands are ones that there are, lines are short."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import click
import pytest

from qmiprobe.cli._group import group
from tests.docs.pages import DOCS, README, ROOT, blocks, headings, pages, without_blocks

LONGEST = 120
TERMINAL = 80
# The words of a workshop: a page speaks of the project alone.
STRANGE = re.compile(r"/root/|/home/|\bTODO\b|\bFIXME\b")
_LINK = re.compile(r"\]\(([^)\s]+)\)")
_DEFINED = re.compile(r"^\[([^\]]+)\]: (\S+)", re.MULTILINE)
_USED = re.compile(r"\]\[([^\]]+)\]")

each_page = pytest.mark.parametrize("page", pages(), ids=lambda page: page.name)


def commands(page: Path) -> list[str]:
    """The lines of a page's shell blocks that call qmiprobe, without what is piped or remarked."""
    found = []
    for block in blocks(page, "sh", "console"):
        for line in block.text.splitlines():
            command = line.removeprefix("$ ")
            asked = block.language == "sh" or line.startswith("$ ")
            if asked and command.startswith("qmiprobe "):
                found.append(command)
    return found


@each_page
def test_lines_are_short(page: Path):
    long = [
        f"{page.name}:{number}: {len(line)}"
        for number, line in enumerate(page.read_text(encoding="utf-8").splitlines(), 1)
        if len(line) > LONGEST
    ]
    assert long == []


@each_page
def test_terminal_sessions_fit_80_columns(page: Path):
    lines = [line for block in blocks(page, "console") for line in block.text.splitlines()]
    assert [line for line in lines if len(line) > TERMINAL] == []


@each_page
def test_a_page_speaks_of_the_project_alone(page: Path):
    assert STRANGE.findall(page.read_text(encoding="utf-8")) == []


@each_page
def test_links_inside_the_project_lead_somewhere(page: Path):
    for target in _LINK.findall(without_blocks(page)):
        if "://" in target:
            continue
        name, _, anchor = target.partition("#")
        file = page.parent / name if name else page
        assert file.exists(), target
        if anchor:
            assert anchor in [slug(heading) for heading in headings(file)], target


@each_page
def test_each_reference_is_defined_once_and_used(page: Path):
    text = without_blocks(page)
    defined = [name for name, _ in _DEFINED.findall(text)]
    assert sorted(defined) == sorted(set(defined))
    assert set(_USED.findall(text)) == set(defined)


def slug(heading: str) -> str:
    """The anchor that a heading gets."""
    kept = re.sub(r"[^\w\- ]", "", heading.lower())
    return kept.replace(" ", "-")


def test_the_index_and_the_readme_link_every_page():
    names = {page.name for page in DOCS.glob("*.md")} - {"index.md"}
    index = _LINK.findall((DOCS / "index.md").read_text(encoding="utf-8"))
    assert names == {target for target in index if "/" not in target}
    readme = _LINK.findall(README.read_text(encoding="utf-8"))
    assert names == {Path(target).name for target in readme if target.startswith("docs/")}


@pytest.mark.parametrize(
    "command", sorted({command for page in pages() for command in commands(page)})
)
def test_each_command_is_one_that_qmiprobe_takes(command: str):
    """Parsed as the command line would be, and not run."""
    words = shlex.split(command, comments=True)[1:]
    for end in ("|", "<", ">", "&&"):
        if end in words:
            words = words[: words.index(end)]
    context = click.Context(group, info_name="qmiprobe")
    name, found, rest = group.resolve_command(context, words)
    assert found is not None
    with found.make_context(name, rest, parent=context):
        pass


def test_some_commands_are_found_in_the_pages():
    assert len({command for page in pages() for command in commands(page)}) > 15


def test_the_changelog_names_every_command():
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    context = click.Context(group)
    assert [name for name in group.list_commands(context) if f"`qmiprobe {name}" not in text] == []
