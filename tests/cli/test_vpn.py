# SPDX-License-Identifier: GPL-2.0-or-later
"""``qmiprobe vpn`` as a user runs it: no tunnel here, a server that is asked, wrong words."""

from __future__ import annotations

import json
from typing import Any

import jsonschema
import pytest

from qmiprobe.check.vpn import VPN_LADDER
from qmiprobe.report import schema
from tests.cli.program import qmiprobe


def test_an_unknown_check_is_a_usage_error():
    done = qmiprobe("vpn", "--only", "vpn.pong")
    assert done.returncode == 2
    assert "vpn.ping" in done.stderr


def test_a_wrong_url_of_a_reflector_is_a_usage_error_that_shows_no_token():
    done = qmiprobe("vpn", "--reflector", "qp://secretsecret@host")
    assert done.returncode == 2
    assert "secretsecret" not in done.stderr + done.stdout


def test_help_has_examples():
    done = qmiprobe("vpn", "--help")
    assert "qmiprobe vpn --tunnel wg0" in done.stdout


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    done = qmiprobe("vpn", "--tunnel", "no-such-tunnel", "--json")
    assert done.returncode == 3
    assert done.stderr == ""
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_without_a_tunnel_it_cannot_test_and_says_what_to_do(document: dict[str, Any]):
    assert [one["id"] for one in document["findings"]] == ["vpn/none"]
    assert [one["id"] for one in document["checks"]] == [check.id for check in VPN_LADDER]
    assert document["findings"][0]["remedy"]["commands"]


def test_its_document_is_a_report_by_the_schema(document: dict[str, Any]):
    jsonschema.validate(document, schema("report"))


def test_as_text_it_ends_with_the_cause():
    done = qmiprobe("vpn", "--tunnel", "no-such-tunnel")
    assert done.returncode == 3
    assert "vpn/none" in done.stdout
