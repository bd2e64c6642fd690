# SPDX-License-Identifier: GPL-2.0-or-later
"""Each ``bad-*.toml`` breaks one rule; the generator refuses it and names file and place.

Its line ``# refused:`` is part of what the refusal says; ``# file:`` names the file that it would
be, where that is not ``PROTOCOL/bad.toml``.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from qmiprobe._codegen.__main__ import generate
from qmiprobe.errors import DefinitionError

HERE = Path(__file__).parent
GOOD = HERE / "good"
BAD = sorted(HERE.glob("bad-*.toml"))


def _comment(text: str, key: str) -> str | None:
    match = re.search(rf"^# {key}: (.*)$", text, re.MULTILINE)
    return match[1] if match else None


def test_the_definitions_that_the_bad_ones_are_put_beside_are_good():
    assert generate(GOOD)


@pytest.mark.parametrize("path", BAD, ids=lambda path: path.stem)
def test_a_broken_rule_is_refused_with_its_place(path: Path, tmp_path: Path):
    folder = tmp_path / "protocols"
    shutil.copytree(GOOD, folder)
    text = path.read_text(encoding="utf-8")
    name = _comment(text, "file")
    if name is None:
        name = "mbim/bad.toml" if 'protocol = "mbim"' in text else "qmi/bad.toml"
    (folder / name).write_text(text, encoding="utf-8")
    refused = _comment(text, "refused")
    assert refused is not None
    with pytest.raises(DefinitionError) as caught:
        generate(folder)
    assert refused in str(caught.value)
    assert name in str(caught.value)
