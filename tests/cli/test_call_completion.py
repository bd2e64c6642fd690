# SPDX-License-Identifier: GPL-2.0-or-later
"""Completion of the words of ``call``, down to what click answers a shell."""

from __future__ import annotations

import pytest

from qmiprobe.cli._step_words import candidates
from qmiprobe.cli._steps import RAW, SET, THEN
from tests.cli.program import python

HEAVY = ("trio", "scapy", "pyroute2", "rich", "dns")


def words(incomplete: str, *before: str, wanted: str | None = None) -> list[str]:
    return [word for word, _ in candidates(incomplete, before, wanted=wanted)]


@pytest.mark.parametrize(
    ("incomplete", "found"),
    [
        ("dm", ["dms."]),
        ("dms.get-mo", ["dms.get-model"]),
        ("qmi/dm", ["qmi/dms."]),
        ("mbim/dm", []),
        ("mbim/basic-connect.radio", ["mbim/basic-connect.radio-state"]),
        ("basic-connect.radio", ["basic-connect.radio-state"]),
        ("zzz", []),
    ],
)
def test_services_come_first_then_their_messages(incomplete: str, found: list[str]):
    assert words(incomplete) == found


def test_only_what_can_be_sent_is_offered():
    assert "nas.network-time" not in words("nas.")
    assert "nas.reset" in words("nas.")


def test_the_wanted_protocol_narrows_the_choice():
    assert "basic-connect." in words("") != words("", wanted="qmi")
    assert "basic-connect." not in words("", wanted="qmi")


@pytest.mark.parametrize(
    ("incomplete", "before", "found"),
    [
        ("mo", ["dms.set-operating-mode"], ["mode="]),
        ("mode=onl", ["dms.set-operating-mode"], ["mode=online"]),
        ("mode=", ["dms.set-operating-mode"], "mode=low-power"),
        ("fi", ["uim.read-transparent"], ["file."]),
        ("file.file-p", ["uim.read-transparent"], ["file.file-path="]),
        ("radio-state=o", ["basic-connect.radio-state:set"], ["radio-state=off", "radio-state=on"]),
        ("radio-state=of", ["basic-connect.radio-state", SET], ["radio-state=off"]),
        ("mode=onl", ["nas.reset", THEN, "dms.set-operating-mode"], ["mode=online"]),
        (
            "requested-settings=dns-address,gateway",
            ["wds.get-current-settings"],
            ["requested-settings=dns-address,gateway-info"],
        ),
        (
            "packet-filters[0].packet-m",
            ["basic-connect.ip-packet-filters"],
            ["packet-filters[0].packet-mask="],
        ),
        ("x", ["no.such"], []),
        ("x", ["dms.get-model"], []),
        ("nothing.x", ["dms.get-model"], []),
        ("nothing=x", ["dms.get-model"], []),
        ("01", [RAW], []),
    ],
)
def test_fields_and_values_follow(incomplete: str, before: list[str], found: list[str] | str):
    offered = words(incomplete, *before)
    assert found in offered if isinstance(found, str) else offered == found


def test_files_of_values_are_left_to_the_shell():
    assert candidates("mode=@fi", ["dms.set-operating-mode"]) == [("fi", "file")]
    assert candidates("@fi", ["dms.set-operating-mode"]) == [("fi", "file")]


@pytest.mark.parametrize(
    ("line", "answer"),
    [
        ("qmiprobe call sim:ec25 dms.get-mod", ["plain,dms.get-model"]),
        ("qmiprobe call sim:ec25 dms.set-operating-mode mode=onl", ["plain,online"]),
        ("qmiprobe call sim:ec25 nas.reset --then wds.rese", ["plain,wds.reset"]),
        ("qmiprobe call qmi:sim:ec25 basic-conn", []),
        ("qmiprobe call sim:ec25 dms.get-model --th", ["plain,--then"]),
        ("qmiprobe decode --protocol m", ["plain,mbim"]),
        ("qmiprobe decode some", ["file,some"]),
        ("qmiprobe protocol dms.get-mod", ["plain,dms.get-model"]),
    ],
)
def test_a_shell_is_answered_without_anything_heavy(line: str, answer: list[str]):
    code = (
        "import sys; from qmiprobe.cli import main\n"
        "try: main()\n"
        f"finally: print([n for n in {HEAVY!r} if n in sys.modules], file=sys.stderr)"
    )
    ended = python(code, _QMIPROBE_COMPLETE="bash_complete", COMP_LINE=line)
    assert ended.stdout.split() == answer
    assert ended.stderr == "[]\n"
