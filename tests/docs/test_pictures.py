# SPDX-License-Identifier: GPL-2.0-or-later
"""Pictures of the pages: small, shown, and made by the program that makes them all."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.docs import pictures
from tests.docs.pages import DOCS

LARGEST = 150_000
FILES = sorted(pictures.FOLDER.iterdir())


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_a_picture_is_small_and_shown_and_can_be_made_again(file: Path):
    assert file.read_bytes().startswith(b"\x89PNG")
    assert file.stat().st_size < LARGEST
    assert f"(pictures/{file.name})" in (DOCS / "pictures.md").read_text(encoding="utf-8")
    with open(pictures.__file__, encoding="utf-8") as source:
        assert f'"{file.name}"' in source.read()


def test_there_is_one_of_each_kind():
    assert len(FILES) >= 7
