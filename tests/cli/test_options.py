# SPDX-License-Identifier: GPL-2.0-or-later
"""Options that commands share: defaults, the command's own time limit, colour."""

from __future__ import annotations

import click
import pytest
from click.testing import CliRunner

from qmiprobe.cli._options import Options, shared


def _parse(*arguments: str, names: tuple[str, ...] = (), timeout: float | None = None) -> Options:
    seen: list[Options] = []

    @click.command()
    @click.argument("word", default="")
    @shared(*names, timeout=timeout)
    def command(options: Options, word: str) -> None:
        seen.append(options)

    result = CliRunner().invoke(command, arguments, catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return seen[0]


def test_command_without_an_option_sees_its_default():
    assert _parse() == Options()


def test_options_arrive_beside_the_commands_own():
    names = ("json", "trace", "keep_personal")
    options = _parse("w", "--json", "--trace", "t", "--keep-personal", "-vv", names=names)
    assert options == Options(json=True, trace="t", keep_personal=True, verbose=2)


def test_timeout_has_the_commands_own_default():
    assert _parse(timeout=30.0).timeout == 30
    assert _parse("--timeout", "2.5", timeout=30.0).timeout == 2.5


@pytest.mark.parametrize("wrong", ["0", "-1", "soon"])
def test_timeout_must_be_a_time(wrong: str):
    with pytest.raises(AssertionError, match="--timeout"):
        _parse("--timeout", wrong, timeout=30.0)


@pytest.mark.parametrize(
    ("arguments", "environment", "color"),
    [([], "", None), (["--no-color"], "", False), ([], "1", False)],
)
def test_colour_is_for_terminals_unless_forbidden(
    monkeypatch: pytest.MonkeyPatch, arguments: list[str], environment: str, color: bool | None
):
    monkeypatch.setenv("NO_COLOR", environment)
    assert _parse(*arguments).color is color
