# SPDX-License-Identifier: GPL-2.0-or-later
"""``qmiprobe reflect``: its token, its unit, where it listens, how it ends."""

from __future__ import annotations

import configparser
import json
import os
import signal
import stat
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest

from qmiprobe.reflect import parse_url, token_text
from qmiprobe.report import schema
from tests.cli.program import qmiprobe

HOST = "203.0.113.9"


def init(file: Path, *more: str) -> subprocess.CompletedProcess[str]:
    return qmiprobe("reflect", "--init", "--host", HOST, "--token-file", str(file), *more)


def test_init_makes_a_token_that_only_its_user_reads_and_prints_the_url(tmp_path: Path):
    file = tmp_path / "folder" / "token"
    done = init(file)
    assert done.returncode == 0
    url = parse_url(done.stdout.strip())
    assert (url.host, url.port) == (HOST, 47900)
    assert file.read_text(encoding="ascii").strip() == token_text(url.token)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_init_again_prints_the_same_url(tmp_path: Path):
    file = tmp_path / "token"
    first, second = init(file), init(file, "--json")
    document = json.loads(second.stdout)
    jsonschema.validate(document, schema("reflect"))
    assert document["url"] == first.stdout.strip()
    assert "token found" in init(file).stderr


def test_without_a_token_it_says_how_to_make_one(tmp_path: Path):
    done = qmiprobe("reflect", "--token-file", str(tmp_path / "none"))
    assert done.returncode == 3
    assert "reflect --init" in done.stderr


def test_a_damaged_token_is_a_usage_error_that_does_not_show_it(tmp_path: Path):
    file = tmp_path / "token"
    file.write_text("half-a-secret", encoding="ascii")
    done = qmiprobe("reflect", "--token-file", str(file))
    assert done.returncode == 2
    assert "half-a-secret" not in done.stderr + done.stdout


def test_an_address_that_is_none_is_a_usage_error():
    done = qmiprobe("reflect", "--address", "here")
    assert done.returncode == 2
    assert "--address" in done.stderr


@pytest.mark.parametrize(("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_it_says_where_it_listens_and_ends_on_a_signal(
    tmp_path: Path, number: signal.Signals, status: int
):
    file = tmp_path / "token"
    init(file)
    command = ["reflect", "--json", "--port", "0", "--address", "127.0.0.1", "--no-raw"]
    process = subprocess.Popen(
        [
            *(sys.executable, "-W", "error", "-c", "from qmiprobe.cli import main; main()"),
            *(*command, "--token-file", str(file)),
        ],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=dict(os.environ),
    )
    try:
        assert process.stdout is not None
        where = json.loads(process.stdout.readline())
        jsonschema.validate(where, schema("reflect"))
        assert where["udp_ports"] == [where["port"]]
        assert where["tcp"]
        process.send_signal(number)
        assert process.wait(30) == status
        assert process.stderr is not None
        assert process.stderr.read() == ""
    finally:
        process.kill()
        process.communicate()


def test_the_unit_holds_least_privileges_and_the_options():
    done = qmiprobe("reflect", "--unit", "--udp-port", "443", "--rate", "5")
    unit = configparser.ConfigParser(strict=False, interpolation=None)
    unit.optionxform = str  # type: ignore[assignment,method-assign]
    unit.read_string(done.stdout)
    service = unit["Service"]
    assert service["ExecStart"].endswith("reflect --udp-port 443 --rate 5")
    assert service["DynamicUser"] == "yes"
    assert service["CapabilityBoundingSet"] == "CAP_NET_RAW CAP_NET_BIND_SERVICE"
    assert service["LoadCredential"] == "token:/etc/qmiprobe/reflect.token"
