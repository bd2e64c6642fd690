# SPDX-License-Identifier: GPL-2.0-or-later
"""The committed modules are what the definitions say; generating is repeatable."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from qmiprobe._codegen.__main__ import generate, main, stale
from qmiprobe._definitions import definitions_folder
from tests.requirements import CHECKOUT

PACKAGE = CHECKOUT / "qmiprobe"


def test_the_committed_modules_are_what_the_definitions_say(capsys: pytest.CaptureFixture[str]):
    assert main(["--check"]) == 0
    assert capsys.readouterr().err == ""


def test_generating_twice_gives_the_same_texts_whatever_the_order_of_sets():
    code = (
        "import hashlib, json; from qmiprobe._codegen.__main__ import generate;"
        "from qmiprobe._definitions import definitions_folder;"
        "print(hashlib.sha256(json.dumps(generate(definitions_folder())).encode()).hexdigest())"
    )
    hashes = set()
    for seed in ("0", "1", "12345"):
        done = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=CHECKOUT,
            env={**os.environ, "PYTHONHASHSEED": seed},
        )  # fmt: skip
        hashes.add(done.stdout)
    assert len(hashes) == 1


def _package_of(tmp_path: Path, texts: dict[str, str]) -> Path:
    for name, text in texts.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path


def test_a_changed_definition_makes_its_module_stale(tmp_path: Path):
    folder = tmp_path / "protocols"
    shutil.copytree(definitions_folder(), folder)
    package = _package_of(tmp_path / "package", generate(folder))
    assert stale(generate(folder), package) == []
    changed = folder / "qmi" / "dms.toml"
    text = changed.read_text(encoding="utf-8")
    changed.write_text(text.replace("[messages.get-ids", "[messages.get-numbers"), "utf-8")
    found = stale(generate(folder), package)
    assert found == ["qmi/services/_index.py", "qmi/services/dms.py"]


def test_a_module_whose_definition_is_gone_is_stale(tmp_path: Path):
    texts = generate(definitions_folder())
    package = _package_of(tmp_path, {**texts, "qmi/services/old.py": ""})
    assert stale(texts, package) == ["qmi/services/old.py"]


def test_the_command_says_what_is_stale_and_what_to_do(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("qmiprobe._codegen.__main__.generate", lambda folder: {"qmi/x.py": ""})
    assert main(["--check"]) == 1
    said = capsys.readouterr().err
    assert "qmiprobe/qmi/services/dms.py is not what protocols/ says" in said
    assert "run: python -m qmiprobe._codegen" in said


def test_generated_modules_name_their_sources_and_forbid_editing():
    for path in (PACKAGE / "qmi" / "services").glob("*.py"):
        head = path.read_text(encoding="utf-8")[:300]
        assert head.startswith("# SPDX-License-Identifier: GPL-2.0-or-later OR MIT\n")
        assert path.name == "__init__.py" or "Do not edit: made from protocols/qmi/" in head
