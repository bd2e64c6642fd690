# SPDX-License-Identifier: GPL-2.0-or-later
"""``qmiprobe decode``: sources, protocols, redaction, exit statuses, what it loads."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

import pytest

from qmiprobe._trace_format import TraceEntry, TraceHeader, entry_line, header_line
from qmiprobe.cli.decode import MBIMEX
from qmiprobe.mbim._codec import MBIMEX as KNOWN_MBIMEX
from qmiprobe.mbim._header import split
from qmiprobe.mbim.services import basic_connect
from tests.capture.captures import Usbmon, pcap
from tests.capture.messages import (
    GET_IDS_ANSWER,
    GET_IDS_REFUSED,
    GET_IDS_REQUEST,
    IMEI,
    OPEN,
    RADIO_STATE,
    UNDEFINED,
    assert_valid,
    mbim_message,
    unhex,
)
from tests.cli.inside import run
from tests.cli.program import python
from tests.requirements import vectors_folder

if TYPE_CHECKING:
    from pathlib import Path

HEAVY = ("trio", "scapy", "pyroute2", "rich", "dns", "jsonschema")


def test_hex_on_the_command_line_is_decoded():
    ended = run("decode", GET_IDS_ANSWER)
    assert (ended.status, ended.err) == (0, "")
    assert ended.lines == [
        "<- QMI dms get-ids response (client 1, transaction 5)",
        "  result: success",
        "  imei: 000000000000000",
    ]


def test_hex_may_be_several_words():
    ended = run("decode", *GET_IDS_REQUEST.split())
    assert ended.lines == ["-> QMI dms get-ids request (client 1, transaction 5)"]


@pytest.mark.parametrize("arguments", [(), ("-",)])
def test_standard_input_gives_an_object_for_each_line_in_order(arguments: tuple[str, ...]):
    lines = [GET_IDS_REQUEST, "", "not hex", RADIO_STATE, "ffff", OPEN]
    ended = run("decode", "--json", *arguments, stdin="\n".join(lines).encode())
    assert ended.status == 1
    found = ended.objects
    for one in found:
        assert_valid(one)
    assert [one.get("message", one.get("error")) for one in found] == [
        "get-ids",
        "line 3 is no hex: 'n' is no hex digit",
        "radio-state",
        "ffff begins neither a QMUX frame (01) nor an MBIM message",
        None,
    ]


def test_fragments_in_hex_text_stay_apart():
    parts = [part.hex() for part in split(unhex(RADIO_STATE), 48)]
    ended = run("decode", "--json", stdin="\n".join(parts).encode())
    assert [one["kind"] for one in ended.objects] == ["fragment", "fragment"]
    assert ended.status == 0
    text = run("decode", stdin="\n".join(parts).encode()).lines
    assert text[0] == (
        "<- MBIM basic-connect radio-state fragment 1 of 2 of a response (transaction 2)"
    )


def write_trace(path: Path, *entries: TraceEntry) -> str:
    header = TraceHeader(version="1.0", protocol="mbim")
    lines = [header_line(header), *map(entry_line, entries)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return str(path)


def test_a_trace_is_joined_and_has_times(tmp_path: Path):
    parts = list(split(unhex(RADIO_STATE), 48))
    entries = [TraceEntry(time=0.0, direction="to-device", data=unhex(OPEN))]
    entries += [
        TraceEntry(time=1.0 + number, direction="from-device", data=part)
        for number, part in enumerate(parts)
    ]
    path = write_trace(tmp_path / "modem.trace", *entries)
    ended = run("decode", path)
    assert (ended.status, ended.err) == (0, "")
    assert ended.lines == [
        "0.000000 -> MBIM open (transaction 1)",
        "  max-control-transfer: 4096",
        "2.000000 <- MBIM basic-connect radio-state response (transaction 2)",
        "  result: success",
        "  hw-radio-state: on (1)",
        "  sw-radio-state: off (0)",
    ]
    assert [one["time"] for one in run("decode", "--json", path).objects] == [0.0, 2.0]


def test_garbage_in_a_trace_is_said_and_changes_the_status(tmp_path: Path):
    garbage = TraceEntry(time=0.0, direction="from-device", data=b"\0" * 3, kind="garbage")
    ended = run("decode", write_trace(tmp_path / "t", garbage))
    assert ended.status == 1
    assert "3 bytes that belong to no message" in ended.out


def test_raw_bytes_of_a_port_are_decoded(tmp_path: Path):
    path = tmp_path / "bytes"
    path.write_bytes(unhex(GET_IDS_REQUEST) + unhex(GET_IDS_ANSWER))
    assert [one["kind"] for one in run("decode", "--json", str(path)).objects] == [
        "request",
        "response",
    ]


def test_a_file_comes_before_hex_of_that_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "0102").write_text(GET_IDS_REQUEST, encoding="utf-8")
    assert run("decode", "0102").status == 0


def test_a_capture_of_something_else_is_refused(tmp_path: Path):
    path = tmp_path / "some.pcap"
    path.write_bytes(pcap([bytes(60)], link_type=1))
    ended = run("decode", str(path))
    assert ended.status == 3
    assert "a capture of link type 1" in ended.err


def test_a_capture_of_usbmon_is_decoded(tmp_path: Path):
    usb = Usbmon()
    usb.send(unhex(GET_IDS_REQUEST))
    usb.get(unhex(GET_IDS_ANSWER))
    path = tmp_path / "some.pcap"
    path.write_bytes(pcap(usb.packets))
    ended = run("decode", str(path))
    assert (ended.status, ended.err) == (0, "")
    assert ended.lines[:4] == [
        "usb 1:5 interface 4:",
        "times count from 2023-11-14 22:13:20.000000 (as the record has it)",
        "0.000000 -> QMI dms get-ids request (client 1, transaction 5)",
        "0.003000 <- QMI dms get-ids response (client 1, transaction 5) after 3.0 ms",
    ]


@pytest.mark.parametrize("word", ["no-such-file", "0102xyz"])
def test_what_is_neither_file_nor_hex_is_a_usage_error(word: str):
    ended = run("decode", word)
    assert (ended.status, ended.out) == (2, "")
    assert f"'{word}' is no file, and not written as hex" in ended.err


def test_a_file_that_cannot_be_read_is_a_usage_error(tmp_path: Path):
    ended = run("decode", str(tmp_path))
    assert ended.status == 2
    assert "Is a directory" in ended.err


def test_nothing_to_decode_is_said():
    ended = run("decode", "-")
    assert (ended.status, ended.out) == (0, "")
    assert ended.err == "-: no messages in it\n"


def test_bytes_that_mean_nothing_are_shown_with_the_place():
    ended = run("decode", "01 05 00 00")
    assert ended.status == 1
    assert ended.lines == ["-- QMI: 4 bytes are no QMUX frame (at byte 4)", "  hex: 01050000"]


def test_the_protocol_can_be_named():
    ended = run("decode", "--json", "--protocol", "mbim", GET_IDS_REQUEST)
    assert ended.status == 1
    assert ended.objects[0]["protocol"] == "mbim"


def test_personal_values_are_masked_unless_they_are_wanted():
    for options in ((), ("--json",), ("-v",)):
        masked = run("decode", *options, GET_IDS_ANSWER).out
        assert IMEI not in masked
        assert IMEI.encode().hex() not in masked
        assert IMEI in run("decode", "--keep-personal", *options, GET_IDS_ANSWER).out


def test_an_error_in_the_answer_is_not_an_error_of_the_bytes():
    ended = run("decode", GET_IDS_REFUSED)
    assert ended.status == 0
    assert ended.lines[1] == "  result: device-unsupported (25)"


def test_an_undefined_message_is_shown_by_number():
    assert run("decode", UNDEFINED).lines == [
        "-> QMI fox message 0x0001 request (client 3, transaction 7)",
        "  (not defined: shown as it is)",
        "  TLV 0x10: 2a",
    ]


def test_the_mbimex_version_chooses_the_layout():
    body = basic_connect.ConnectResponseEx3.blank(session_id=1, access_string="internet")
    data = mbim_message(body).hex()
    (found,) = run("decode", "--json", "--mbimex", "3.0", data).objects
    assert (found["mbimex"], found["fields"]["access-string"]) == ("3.0", "internet")
    assert found["notes"] == []
    (older,) = run("decode", "--json", "--mbimex", "1.0", data).objects
    assert "access-string" not in older["fields"]
    assert older["notes"] != []


def test_the_versions_are_those_of_the_codec():
    assert MBIMEX == KNOWN_MBIMEX


def test_nothing_heavy_is_loaded():
    code = (
        "import sys; from qmiprobe.cli import main\n"
        "try: main()\n"
        f"finally: print([n for n in {HEAVY!r} if n in sys.modules], file=sys.stderr)"
    )
    for options in ((), ("--json",)):
        ended = python(code, "decode", *options, GET_IDS_ANSWER)
        assert (ended.returncode, ended.stderr) == (0, "[]\n")


def test_an_encoding_without_the_characters_gets_escapes():
    name = basic_connect.DeviceCapsResponse.blank(firmware_info="Grüße ☎")
    code = "from qmiprobe.cli import main; main()"
    data = mbim_message(name).hex()
    ended = python(code, "decode", data, PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert "firmware-info: Gr\\xfc\\xdfe \\u260e" in ended.stdout


@pytest.mark.needs("vectors")
def test_each_real_message_gives_a_valid_object():
    hexes = []
    for name in ("qmi", "mbim"):
        lines = (vectors_folder() / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
        hexes += [json.loads(line)["hex"] for line in lines]
    for options in ((), ("--keep-personal",)):
        found = run("decode", "--json", *options, stdin=os.linesep.join(hexes).encode()).objects
        assert len(found) == len(hexes)
        for one, text in zip(found, hexes, strict=True):
            assert_valid(one)
            assert len(one["hex"]) == len(bytes.fromhex(text)) * 2
    assert sum("error" in one for one in found) < len(found) / 10


def test_hex_too_long_for_a_file_name_is_hex():
    long = unhex(GET_IDS_REQUEST) + bytes(500)
    ended = run("decode", long.hex())
    assert ended.status == 1
    assert "QMUX length says 13 bytes, there are 513" in ended.out
