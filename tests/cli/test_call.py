# SPDX-License-Identifier: GPL-2.0-or-later
"""``qmiprobe call`` to simulated modems: answers, refusals, silence, traces, ids given back."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from qmiprobe import sim
from qmiprobe.cli.call import MBIMEX
from qmiprobe.mbim._codec import MBIMEX as KNOWN_MBIMEX
from tests.capture.messages import RADIO_STATE_QUERY, assert_valid, unhex
from tests.cli.inside import run

GET_MODEL = "010c0000020900070022000000"


def test_a_qmi_answer_is_shown():
    ended = run("call", "sim:ec25", "dms.get-model")
    assert (ended.status, ended.err) == (0, "")
    assert ended.lines[0].startswith(
        "<- QMI dms get-model response (client 1, transaction 1) after"
    )
    assert ended.lines[0].endswith(" ms")
    assert ended.lines[1:] == ["  result: success", "  model: EC25"]


def test_an_mbim_answer_is_shown():
    ended = run("call", "sim:em7455", "basic-connect.radio-state")
    assert (ended.status, ended.err) == (0, "")
    assert ended.lines[0].startswith("<- MBIM basic-connect radio-state response (transaction 2)")
    assert ended.lines[1:] == [
        "  result: success",
        "  hw-radio-state: on (1)",
        "  sw-radio-state: on (1)",
    ]


@pytest.mark.parametrize(
    ("device", "message"),
    [("sim:ec25", "dms.get-ids"), ("sim:em7455", "basic-connect.device-caps")],
)
def test_json_is_one_valid_object_with_the_latency_and_without_identities(
    device: str, message: str
):
    imei = sim.load_profile(device.removeprefix("sim:")).identity.imei
    ended = run("call", device, message, "--json")
    (found,) = ended.objects
    assert_valid(found)
    assert 0 < found["latency_ms"] < 5000
    assert imei not in ended.out
    assert imei.encode().hex() not in ended.out
    assert imei.encode("utf-16-le").hex() not in ended.out
    assert imei in run("call", device, message, "--json", "--keep-personal").out


def test_several_messages_go_in_one_run_and_change_the_modem():
    words = ["dms.set-operating-mode", "mode=low-power", "--then", "dms.get-operating-mode"]
    ended = run("call", "sim:ec25", *words, "--json")
    first, second = ended.objects
    assert first["result"] == {"ok": True, "error": None}
    assert second["fields"]["mode"] == {"name": "low-power", "value": 1}
    assert second["client"] == first["client"]
    assert second["transaction"] == first["transaction"] + 1


def test_options_may_stand_between_the_words():
    ended = run("call", "--json", "sim:em7455", "basic-connect.radio-state", "radio-state=off",
                "--then", "--timeout", "9", "basic-connect.radio-state")  # fmt: skip
    assert [one["fields"]["sw-radio-state"]["name"] for one in ended.objects] == ["off", "off"]


def test_a_message_is_repeated():
    ended = run("call", "sim:ec25", "nas.get-signal-info", "--repeat", "3", "--json")
    assert [one["transaction"] for one in ended.objects] == [1, 2, 3]


@pytest.mark.parametrize(
    ("device", "raw", "message"),
    [
        ("sim:ec25", GET_MODEL, "get-model"),
        ("sim:em7455", unhex(RADIO_STATE_QUERY).hex(), "radio-state"),
    ],
)
def test_raw_messages_are_sent_under_our_own_ids(device: str, raw: str, message: str):
    (found,) = run("call", device, "--raw", raw, "--json").objects
    assert (found["message"], found["result"]["ok"]) == (message, True)
    assert (found["client"], found["transaction"]) in [(1, 1), (None, 2)]


@pytest.mark.parametrize(
    ("device", "words", "said"),
    [
        ("sim:ec25", ["dms.swi-get-current-firmware"], "QMI error invalid-qmi-command (71)"),
        (
            "sim:em7455",
            ["ussd.ussd:set", "action=initiate", "data-coding-scheme=15"],
            "MBIM status no-device-support (9)",
        ),
    ],
)
def test_a_refusal_is_shown_and_is_exit_status_1(device: str, words: list[str], said: str):
    ended = run("call", device, *words, "--json")
    assert ended.status == 1
    assert said in ended.err
    (found,) = ended.objects
    assert_valid(found)
    assert found["result"]["ok"] is False


def test_a_refusal_ends_its_round():
    words = ["dms.swi-get-current-firmware", "--then", "dms.get-model"]
    ended = run("call", "sim:ec25", *words, "--json", "--repeat", "2")
    assert [one["message"] for one in ended.objects] == ["swi-get-current-firmware"] * 2
    assert ended.status == 1


def test_no_client_id_to_be_had_is_said():
    ended = run("call", "sim:ec25?fault=client-ids-exhausted", "dms.get-model")
    assert (ended.status, ended.out) == (1, "")
    assert "ctl allocate-cid: QMI error client-ids-exhausted (5)" in ended.err


def test_ctl_needs_no_client_id():
    ended = run("call", "sim:ec25?fault=client-ids-exhausted", "ctl.get-version-info", "--json")
    assert ended.objects[0]["client"] == 0


@pytest.mark.parametrize(
    ("device", "message"),
    [
        ("sim:ec25?fault=mute", "ctl.get-version-info"),
        ("sim:em7455?fault=mute", "sms.configuration"),
    ],
)
def test_silence_is_exit_status_4_and_names_what_was_asked(device: str, message: str):
    ended = run("call", device, message, "--timeout", "1")
    assert (ended.status, ended.out) == (4, "")
    assert "no answer to" in ended.err


def test_what_came_in_place_of_the_answer_is_said():
    ended = run("call", "sim:ec25?fault=wrong-transaction", "dms.get-model", "--timeout", "1")
    assert ended.status == 4
    assert "also seen: wrong-transaction" in ended.err


@pytest.mark.parametrize(
    ("device", "message", "status", "said"),
    [
        ("sim:ec25", "basic-connect.radio-state", 5, "speaks QMI, and the message is of MBIM"),
        ("sim:em7455", "dms.get-model", 5, "speaks MBIM, and the message is of QMI"),
        ("qmi:sim:ec25", "basic-connect.radio-state", 2, "wanted as QMI"),
        ("/dev/no-such-node", "dms.get-model", 3, "no such node"),
        ("sim:ec26", "dms.get-model", 2, "ec26"),
        ("sim:ec25", "dms.get-modl", 2, "did you mean get-model"),
        ("sim:ec25", "dms.set-operating-mode", 2, "also needs mode="),
        ("sim:ec25", "dms.get-model=1", 2, "no message"),
    ],
)
def test_what_cannot_be_asked_has_its_own_exit_status(
    device: str, message: str, status: int, said: str
):
    ended = run("call", device, message, "--timeout", "2")
    assert (ended.status, ended.out) == (status, "")
    assert said in ended.err


def test_no_message_is_a_usage_error():
    ended = run("call", "sim:ec25")
    assert ended.status == 2
    assert "no MESSAGE" in ended.err


def test_an_mbimex_version_that_the_modem_lacks_is_said():
    ended = run("call", "sim:em7455", "basic-connect.radio-state", "--mbimex", "3.0")
    assert (ended.status, ended.out) == (1, "")
    assert "MBIMEx 3.0: the modem does not agree" in ended.err
    assert run("call", "sim:em7455", "basic-connect.radio-state", "--mbimex", "1.0").status == 0


def test_no_version_is_agreed_on_behind_a_proxy():
    words = ["mbim-proxy:/dev/cdc-wdm0", "basic-connect.radio-state", "--mbimex", "3.0"]
    ended = run("call", *words)
    assert ended.status == 2
    assert "behind a proxy" in ended.err


def test_the_versions_are_those_of_the_codec():
    assert MBIMEX == KNOWN_MBIMEX


def test_a_trace_has_every_message_by_name_and_no_identity(tmp_path: Path):
    path = tmp_path / "call.trace"
    assert run("call", "sim:ec25", "dms.get-ids", "--trace", str(path)).status == 0
    entries = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()][1:]
    assert [entry["name"] for entry in entries if entry["dir"] == "to-device"] == [
        "ctl allocate-cid request",
        "dms get-ids request",
        "ctl release-cid request",
    ]
    imei = sim.load_profile("ec25").identity.imei
    assert imei.encode().hex() not in path.read_text(encoding="utf-8")
    decoded = run("decode", "--json", str(path))
    assert decoded.status == 0
    assert [one["time"] is not None for one in decoded.objects] == [True] * 6
    run("call", "sim:ec25", "dms.get-ids", "--trace", str(path), "--keep-personal")
    assert imei.encode().hex() in path.read_text(encoding="utf-8")


def test_a_trace_that_cannot_be_written_is_a_usage_error(tmp_path: Path):
    ended = run("call", "sim:ec25", "dms.get-ids", "--trace", str(tmp_path / "no" / "t"))
    assert ended.status == 2
    assert "No such file" in ended.err


@pytest.mark.parametrize(("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_signal_gives_the_client_id_back(tmp_path: Path, number: int, status: int):
    path = tmp_path / "call.trace"
    code = "from qmiprobe.cli import main; main()"
    words = ["call", "sim:ec25", "dms.get-model", "--repeat", "1000", "--interval", "0.05"]
    command = [sys.executable, "-c", code, *words, "--json", "--trace", str(path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=os.environ) as process:
        assert process.stdout is not None
        process.stdout.readline()
        process.send_signal(number)
        process.communicate(timeout=30)
    assert process.returncode == status
    names = [json.loads(line).get("name") for line in path.read_text("utf-8").splitlines()]
    assert names[-2:] == ["ctl release-cid request", "ctl release-cid response"]


@pytest.mark.parametrize("command", ["call", "decode"])
def test_the_examples_of_the_help_work(command: str):
    lines = run(command, "--help").out.splitlines()
    examples = [line.split() for line in lines if line.startswith(f"    qmiprobe {command} ")]
    tried = [words[1:] for words in examples if "sim:" in words[2] or words[2].isalnum()]
    assert tried
    for words in tried:
        hurried = ["0" if before == "--interval" else word
                   for before, word in zip(["", *words], words, strict=False)]  # fmt: skip
        assert run(*hurried).status == 0, words
