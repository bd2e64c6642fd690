# SPDX-License-Identifier: GPL-2.0-or-later
"""The group: what it lists, what it loads, and what it says to a wrong word."""

from __future__ import annotations

from pathlib import Path

import pytest

from qmiprobe import __version__, cli
from qmiprobe.cli._group import COMMANDS
from tests.cli.program import python, qmiprobe

_FILES = {path.stem for path in Path(cli.__file__).parent.glob("[!_]*.py")}
_HEAVY = ("trio", "scapy", "pyroute2", "rich", "dns", "jsonschema", "cryptography")
_LOADED = """
import atexit, sys
atexit.register(lambda: print("LOADED", *(m for m in %r if m in sys.modules), file=sys.stderr))
from qmiprobe.cli import main
main()
"""


def _loaded(*arguments: str, **environment: str) -> list[str]:
    done = python(_LOADED % (_HEAVY,), *arguments, **environment)
    assert done.returncode == 0, done.stderr
    return done.stderr.rpartition("LOADED")[2].split()


def test_every_command_file_is_in_the_table():
    assert set(COMMANDS) >= _FILES


def test_help_lists_every_command():
    done = qmiprobe("--help")
    assert done.returncode == 0
    for name in COMMANDS:
        assert f"\n  {name} " in done.stdout


@pytest.mark.parametrize("name", sorted(_FILES))
def test_help_of_each_command_has_an_example(name: str):
    done = qmiprobe(name, "--help")
    assert done.returncode == 0, done.stderr
    assert f"  qmiprobe {name}" in done.stdout.partition("Examples:")[2]
    assert [line for line in done.stdout.splitlines() if len(line) > 80] == []


@pytest.mark.parametrize(
    "arguments", [["--help"], ["--version"], ["list"], ["list", "--json"], ["list", "--help"]]
)
def test_light_commands_load_nothing_heavy(arguments: list[str]):
    assert _loaded(*arguments) == []


@pytest.mark.parametrize("line", ["qmiprobe ", "qmiprobe l", "qmiprobe list --"])
def test_completion_loads_nothing_heavy(line: str):
    assert _loaded(_QMIPROBE_COMPLETE="bash_complete", COMP_LINE=line) == []


def test_watch_on_what_is_loaded_would_see_it():
    code = _LOADED % (_HEAVY,)
    done = python("import trio\n" + code, "--version")
    assert done.stderr.split()[-1] == "trio"


def test_version_is_that_of_the_package():
    assert qmiprobe("--version").stdout == f"qmiprobe {__version__}\n"


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["lsit"], "did you mean `qmiprobe list`"),
        (["sim:ec25"], "write `qmiprobe check sim:ec25`"),
        (["/dev/cdc-wdm0"], "write `qmiprobe check /dev/cdc-wdm0`"),
        (["fly"], "see `qmiprobe --help`"),
        (["--json", "list"], "options stand after the command: qmiprobe list"),
        (["list", "--sysroot", "/nowhere"], "does not exist"),
        (["list", "--wings"], "No such option"),
    ],
)
def test_wrong_words_are_usage_errors_that_say_what_to_write(arguments: list[str], says: str):
    done = qmiprobe(*arguments)
    assert done.returncode == 2
    assert says in done.stderr
    assert done.stdout == ""


@pytest.mark.parametrize(
    ("arguments", "seen"), [([], []), (["--json"], ["--json"]), (["-v", "x"], ["-v", "x"])]
)
def test_without_a_command_check_is_run(arguments: list[str], seen: list[str]):
    code = (
        "import sys, types, click\n"
        "@click.command(context_settings={'ignore_unknown_options': True})\n"
        "@click.argument('words', nargs=-1, type=click.UNPROCESSED)\n"
        "def command(words): print(list(words))\n"
        "sys.modules['qmiprobe.cli.check'] = types.SimpleNamespace(command=command)\n"
        "from qmiprobe.cli import main; main()\n"
    )
    done = python(code, *arguments)
    assert done.stdout == f"{seen}\n"
