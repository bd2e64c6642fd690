# SPDX-License-Identifier: GPL-2.0-or-later
"""What the pages show of runs is what a run gives: the README's session, faults, JSON."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from typing import Literal, TypeAlias

import jsonschema
import pytest

from qmiprobe.capture import read_trace
from qmiprobe.report import schema
from qmiprobe.sim import all_faults
from tests.docs.pages import DOCS, README, ROOT, blocks, faults

# Seconds and milliseconds differ from run to run, and so may the decimals of their own.
_TIME = re.compile(r"\d+\.\d+ (?=m?s\b)")
PROFILES = {"qmi": "ec25", "mbim": "em7455"}
LEFT_OUT = "..."


def qmiprobe(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the command line and return what it wrote."""
    return subprocess.run(
        [sys.executable, "-m", "qmiprobe", *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL": "C.UTF-8"},
        check=False,
    )


def timeless(text: str) -> list[str]:
    """The lines of a text, without times."""
    return _TIME.sub("N ", text).splitlines()


@pytest.mark.needs("tun")
def test_the_session_in_the_readme_is_a_real_one():
    block = blocks(README, "console")[0]
    command, shown = block.text.split("\n", 1)
    assert command == "$ qmiprobe check 'sim:ec25?fault=mtu-black-hole' --connect"
    run = qmiprobe("check", "sim:ec25?fault=mtu-black-hole", "--connect")
    assert run.returncode == 1, run.stderr
    real, left_out = iter(timeless(run.stdout)), False
    for line in timeless(shown):
        if line == LEFT_OUT:
            left_out = True
        elif left_out:
            assert line in real, f"not in the output, or not in this order: {line}"
            left_out = False
        else:
            assert next(real, None) == line, run.stdout
    assert left_out or next(real, None) is None


Name: TypeAlias = Literal[
    "report", "message", "list", "bundle", "protocol", "rebind", "session", "reflect"
]
_SCHEMA: dict[str, Name] = {
    "check": "report",
    "connect": "session",
    "decode": "message",
    "list": "list",
    "protocol": "protocol",
    "rebind": "rebind",
    "reflect": "reflect",
    "report": "bundle",
}


def documents() -> list[tuple[Name, str]]:
    """Each JSON example of json.md, with the name of the schema that its heading asks for."""
    text = (DOCS / "json.md").read_text(encoding="utf-8")
    found: list[tuple[Name, str]] = []
    for section in re.split(r"^## ", text, flags=re.MULTILINE)[1:]:
        command = re.search(r"`(\w+) --json`", section.splitlines()[0])
        assert command is not None, section.splitlines()[0]
        examples = re.findall(r"^```json\n(.*?)^```", section, re.MULTILINE | re.DOTALL)
        found += [(_SCHEMA[command[1]], example) for example in examples]
    return found


@pytest.mark.parametrize(("name", "example"), documents())
def test_each_json_example_follows_its_schema(name: Name, example: str):
    jsonschema.validate(json.loads(example), schema(name))


def test_the_lines_of_a_trace_in_the_page_can_be_read():
    lines = [json.dumps(json.loads(block.text)) for block in blocks(DOCS / "traces.md", "json")]
    entries = list(read_trace(lines))
    assert [entry.name for entry in entries] == ["dms get-ids request"]


def verdict(protocol: str, fault: str) -> str:
    """What the page would say of a run with this fault."""
    address = f"sim:{PROFILES[protocol]}?fault={fault}"
    report = json.loads(qmiprobe("check", address, "--connect", "--json").stdout)
    causes = {
        check: finding["id"] for finding in report["findings"] for check in finding["explains"]
    }
    failed, warned = [], []
    for check in report["checks"]:
        if check["outcome"] == "fail":
            cause = causes[check["id"]]
            named = "not explained" if cause == "unexplained" else f"`{cause}`"
            reason = "" if check["reason"] == "defect" else f"{check['reason']}, "
            failed.append(f"fails `{check['id']}` ({reason}{named})")
        elif check["outcome"] == "warn":
            warned.append(f"warns at `{check['id']}`")
        else:
            assert check["outcome"] != "broken", check
    return ", ".join(failed + warned) or "passes"


@pytest.mark.soak
@pytest.mark.needs("tun")
@pytest.mark.parametrize("fault", all_faults())
def test_each_fault_gives_what_the_page_says(fault: str):
    protocols = all_faults()[fault].protocols
    said = {protocol: verdict(protocol, fault) for protocol in protocols}
    if len(said) == 1:
        (protocol, only), *_ = said.items()
        text = f"{protocol.upper()} only: {only}."
    elif said["qmi"] == said["mbim"]:
        text = f"{said['qmi'].capitalize()}."
    else:
        text = f"QMI {said['qmi']}; MBIM {said['mbim']}."
    assert faults()[fault] == f"{all_faults()[fault].doc} {text}"
