# SPDX-License-Identifier: GPL-2.0-or-later
"""``qmiprobe protocol``: services, messages, enums, sources, search, JSON, completion."""

from __future__ import annotations

import io
import sys
import tomllib
from typing import Any

import jsonschema
import pytest

from qmiprobe._definitions import definitions_folder
from qmiprobe.cli import _say
from qmiprobe.cli._catalogue import choose, part_names
from qmiprobe.cli._known import definitions, services
from qmiprobe.cli._options import Options
from qmiprobe.cli.protocol import candidates
from qmiprobe.report import schema
from tests.cli.inside import run
from tests.cli.program import python

HEAVY = ("trio", "scapy", "pyroute2", "rich", "dns", "jsonschema")


def document(*words: str) -> dict[str, Any]:
    ended = run("protocol", "--json", *words)
    assert (ended.status, ended.err) == (0, "")
    (found,) = ended.objects
    jsonschema.Draft202012Validator(schema("protocol")).validate(found)
    return found


@pytest.fixture(scope="module")
def everything() -> dict[str, Any]:
    return document()


def test_services_of_both_protocols_are_listed():
    lines = run("protocol").lines
    assert lines[0] == "QMI"
    assert any(line.startswith("  0x02  dms") for line in lines)
    assert any(line.startswith("  basic-connect ") for line in lines)
    assert sum("known by name only: " in line for line in lines) == 1, "all of MBIM is defined"
    known = next(line for line in lines if line.startswith("  0x2f  dpm"))
    assert known.split()[2] == "2"


def test_json_has_every_service_definition_and_layout(everything: dict[str, Any]):
    found = everything["services"]
    assert [(one["protocol"], one["id"]) for one in found] == [
        (one.protocol, one.id) for one in services()
    ]
    entries = [
        (one["protocol"], one["id"], entry["id"], entry["kind"], entry["vendor"], entry["mbimex"])
        for one in found
        for entry in one["definitions"]
    ]
    assert len(entries) == len(set(entries)) == len(definitions())


def test_every_enum_that_a_field_names_is_there(everything: dict[str, Any]):
    def walk(fields: list[dict[str, Any]]) -> set[str]:
        names = {field["enum"] for field in fields if field["enum"]}
        return names.union(*(walk(field["fields"] or []) for field in fields))

    for service in everything["services"]:
        used = set().union(*(walk(entry["fields"]) for entry in service["definitions"]))
        assert used == {enum["name"] for enum in service["enums"]}, service["name"]
        assert all(enum["values"] for enum in service["enums"])


def test_a_service_has_its_messages_and_enums():
    lines = run("protocol", "dms").lines
    assert lines[0] == "QMI dms (0x02)"
    assert any(line.split()[:2] == ["0x0025", "get-ids"] for line in lines)
    assert any(line.startswith("  Enums: ") and "operating-mode" in line for line in lines)


def test_a_service_without_definitions_says_so():
    assert run("protocol", "qchat").lines == [
        "QMI qchat (0x0d)",
        "  No messages of it are defined.",
    ]


def test_a_qmi_message_has_its_directions_and_fields():
    lines = run("protocol", "dms.get-operating-mode").lines
    assert lines[0] == "QMI dms.get-operating-mode (message 0x002d)"
    assert "  request: no fields" in lines
    assert "  response:" in lines
    mode = next(line for line in lines if line.split()[:2] == ["0x01", "mode"])
    assert "enum operating-mode" in mode
    assert "required" in mode


def test_units_and_personal_values_are_marked():
    text = run("protocol", "nas.get-signal-info").out
    assert "in dBm" in text
    assert "in 0.1 dB" in text
    assert "personal" in run("protocol", "dms.get-ids").out


def test_an_mbim_command_has_its_layouts():
    lines = run("protocol", "basic-connect.connect").lines
    assert lines[0] == "MBIM basic-connect.connect (command 12)"
    assert [line.strip() for line in lines if line.startswith("  ") and line[2] != " "][1:] == [
        "query:",
        "set:",
        "response: the same as query",
        "notification: the same as query",
        "query, MBIMEx 3.0 on:",
        "set, MBIMEx 3.0 on:",
        "response, MBIMEx 3.0 on:",
        "notification, MBIMEx 3.0 on: the same as response, MBIMEx 3.0 on",
    ]


def test_a_vendors_message_names_the_vendor():
    first = run("protocol", "dms.swi-get-current-firmware").lines[0]
    assert first == "QMI dms.swi-get-current-firmware (message 0x5556, vendor 0x1199)"


@pytest.mark.parametrize("name", ["dms.operating-mode", "operating-mode", "qmi/operating_mode"])
def test_an_enum_has_its_values(name: str):
    assert run("protocol", name).lines[:3] == [
        "QMI dms.operating-mode",
        "  online                0",
        "  low-power             1",
    ]


def test_a_shared_enum_is_shown_once_for_each_protocol():
    lines = run("protocol", "qmi/error").lines
    assert [line for line in lines if not line.startswith(" ")] == ["QMI error"]
    both = run("protocol", "service").lines
    assert [line for line in both if line and line[0] != " "] == ["QMI service", "MBIM service"]


def test_a_message_is_found_without_its_service():
    assert run("protocol", "get-model").lines[0].startswith("QMI dms.get-model")


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("dms.get-modl", "did you mean get-model"),
        ("dsm", "did you mean dms"),
        ("dsm.get-model", "no service 'dsm': did you mean dms"),
        ("mbim/dms", "nothing is called"),
        ("operating-mod", "did you mean operating-mode"),
    ],
)
def test_a_wrong_name_gets_the_nearest(name: str, said: str):
    ended = run("protocol", name)
    assert (ended.status, ended.out) == (2, "")
    assert said in ended.err


def test_json_of_a_message_has_that_message_and_its_enums():
    (service,) = document("dms.get-operating-mode")["services"]
    kinds = [entry["kind"] for entry in service["definitions"]]
    assert kinds == ["request", "response"]
    fields = service["definitions"][1]["fields"]
    mode = next(field for field in fields if field["name"] == "mode")
    assert (mode["tlv"], mode["required"], mode["enum"]) == (1, True, "operating-mode")
    enums = {enum["name"]: enum["values"] for enum in service["enums"]}
    assert enums["operating-mode"]["low-power"] == 1


def test_json_of_an_enum_has_that_enum_alone():
    (service,) = document("dms.operating-mode")["services"]
    assert service["definitions"] == []
    assert [enum["name"] for enum in service["enums"]] == ["operating-mode"]


def test_nested_fields_and_uuids_are_in_the_json():
    (service,) = document("basic-connect.connect")["services"]
    context = next(enum for enum in service["enums"] if enum["name"] == "context-type")
    assert context["values"]["internet"] == "7e5e2a7e-4e6f-7272-736b-656e7e5e2a7e"
    (signal,) = document("nas.get-signal-info")["services"]
    answer = signal["definitions"][1]["fields"]
    lte = next(field for field in answer if field["name"] == "lte-signal-strength")
    assert [inner["name"] for inner in lte["fields"]] == ["rssi", "rsrq", "rsrp", "snr"]


def test_a_search_finds_messages_fields_and_values():
    text = run("protocol", "--search", "roaming").out
    assert "qmi nas." in text
    assert "mbim basic-connect.register-state" in text
    assert "qmi wds.get-profile-settings  Read the settings" in text
    lines = run("protocol", "--search", "low-power").lines
    assert any("dms.operating-mode  enum: low-power = 1" in line for line in lines)
    within = run("protocol", "basic-connect", "--search", "dns").lines
    assert within
    assert all(line.startswith(("mbim basic-connect", "    ")) for line in within)
    assert any("response: ipv4-dns-servers" in line for line in within)


def test_a_search_without_a_hit_says_so():
    ended = run("protocol", "--search", "zzzzzz")
    assert (ended.status, ended.out) == (0, "")
    assert "nothing has 'zzzzzz'" in ended.err


def test_a_search_may_be_json():
    found = document("--search", "operating-mode")["services"]
    names = {entry["name"] for one in found for entry in one["definitions"]}
    assert {"get-operating-mode", "set-operating-mode"} <= names
    assert "get-model" not in names


def test_the_source_of_a_message_is_toml_with_the_structs_it_names():
    text = run("protocol", "nas.get-signal-info", "--source").out
    assert text.startswith("# protocols/qmi/nas.signal.toml\n")
    tables = tomllib.loads(text)
    assert set(tables["messages"]) == {"get-signal-info"}
    assert "lte-signal" in tables["structs"]
    written = tomllib.loads((definitions_folder() / "qmi" / "nas.signal.toml").read_text("utf-8"))
    assert tables["messages"]["get-signal-info"] == written["messages"]["get-signal-info"]


def test_the_source_of_an_enum_is_its_table():
    assert tomllib.loads(run("protocol", "dms.operating-mode", "--source").out) == {
        "enums": {"operating-mode": {
            "online": 0, "low-power": 1, "factory-test": 2, "offline": 3, "reset": 4,
            "shutting-down": 5, "persistent-low-power": 6, "mode-only-low-power": 7,
            "unknown": 255,
        }}
    }  # fmt: skip


@pytest.mark.parametrize("name", [one.name for one in services() if one.module is not None])
def test_every_message_has_a_source_that_is_toml(name: str):
    for chosen in choose(name):
        protocol, service = chosen.service.protocol, chosen.service.name
        for message in dict.fromkeys(entry.message for entry in chosen.definitions):
            text = run("protocol", f"{protocol}/{service}.{message}", "--source").out
            assert tomllib.loads(text), message


def test_the_source_of_a_service_is_its_files():
    text = run("protocol", "ctl", "--source").out
    assert text.startswith("# protocols/qmi/ctl.toml\n")
    assert (definitions_folder() / "qmi" / "ctl.toml").read_text("utf-8") in text


@pytest.mark.parametrize("words", [["--source"], ["dms", "--source", "--json"]])
def test_a_source_needs_a_name_and_is_no_json(words: list[str]):
    assert run("protocol", *words).status == 2


@pytest.mark.parametrize(
    ("incomplete", "found"),
    [
        ("dm", ["dms"]),
        ("qmi/dm", ["qmi/dms"]),
        ("dms.operating", ["dms.operating-mode"]),
        ("basic-connect.radio-st", ["basic-connect.radio-state"]),
        ("zzz", []),
    ],
)
def test_names_are_completed(incomplete: str, found: list[str]):
    assert candidates(incomplete) == found


def test_a_service_knows_the_names_of_its_parts():
    dms = next(one for one in services() if one.name == "dms")
    assert {"get-ids", "operating-mode"} <= set(part_names(dms))


def test_nothing_heavy_is_loaded():
    code = (
        "import sys; from qmiprobe.cli import main\n"
        "try: main()\n"
        f"finally: print([n for n in {HEAVY!r} if n in sys.modules], file=sys.stderr)"
    )
    for words in (["protocol"], ["protocol", "--json"], ["protocol", "dms", "--search", "mode"]):
        ended = python(code, *words)
        assert (ended.returncode, ended.stderr) == (0, "[]\n")


def test_a_long_line_ends_between_words_on_a_terminal_and_is_whole_elsewhere(
    monkeypatch: pytest.MonkeyPatch,
):
    monkeypatch.setenv("COLUMNS", "80")
    text = "qmiprobe: " + "word " * 30
    lines = _say.broken(text, Terminal())
    assert " ".join(" ".join(lines).split()) == text.strip()
    assert all(len(line) <= 80 and line.split()[-1] == "word" for line in lines)
    assert lines[1].startswith("  word")
    assert _say.broken(text, io.StringIO()) == [text]


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_on_a_terminal_lines_break_between_words_below_their_last_column(
    monkeypatch: pytest.MonkeyPatch,
):
    monkeypatch.setenv("COLUMNS", "80")
    plain = run("protocol").lines
    assert max(map(len, plain)) > 80, "a pipe gets a line for each"
    found: list[str] = []
    monkeypatch.setattr(_say, "say", lambda text, options: found.append(text))
    monkeypatch.setattr(sys, "stdout", Terminal())
    for line in plain:
        _say.say_row(line, Options())
    monkeypatch.undo()
    assert max(map(len, found)) <= 80
    assert " ".join(" ".join(found).split()) == " ".join(" ".join(plain).split())
    wda = next(number for number, line in enumerate(found) if "  wda " in line)
    assert found[wda + 1].index("framed") == found[wda].index("Wireless")
