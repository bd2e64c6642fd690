# SPDX-License-Identifier: GPL-2.0-or-later
"""The schemas are valid, ship with the package, and accept and refuse what they should."""

from __future__ import annotations

import subprocess
import sys
from typing import Any, get_args

import jsonschema
import pytest

from qmiprobe.report import SCHEMAS, schema
from qmiprobe.report._schemas import SchemaName

MESSAGE: dict[str, Any] = {
    "protocol": "qmi",
    "kind": "response",
    "service": "dms",
    "service_id": 2,
    "message": "get-ids",
    "message_id": 37,
    "vendor": None,
    "client": 1,
    "transaction": 5,
    "direction": "from-device",
    "result": {"ok": True, "error": None},
    "fields": {"imei": "***************"},
    "notes": [{"code": "unknown-tlv", "text": "TLV 0x26 is not known", "tlv": 38}],
    "time": None,
    "hex": "0102",
}
MBIM_REQUEST: dict[str, Any] = {
    **MESSAGE,
    "protocol": "mbim",
    "kind": "request",
    "service": "basic-connect",
    "service_id": "a289cc33-bcbb-8b4f-b6b0-133ec2aae6df",
    "client": None,
    "direction": None,
    "result": None,
    "query": True,
    "mbimex": "1.0",
    "notes": [],
}
UNDECODABLE = {"protocol": "qmi", "error": "cut short", "offset": 3, "hex": "01ff00"}


def accepts(name: SchemaName, document: object) -> bool:
    return bool(jsonschema.Draft202012Validator(schema(name)).is_valid(document))


@pytest.mark.parametrize("name", SCHEMAS)
def test_each_schema_is_a_schema_of_the_draft_that_it_names(name: SchemaName):
    loaded = schema(name)
    assert loaded["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert loaded["$id"] == f"urn:qmiprobe:schema:{name}:1"
    jsonschema.Draft202012Validator.check_schema(loaded)


def test_the_names_are_all_listed():
    assert get_args(SchemaName) == SCHEMAS


def test_another_name_is_a_lookup_error():
    with pytest.raises(LookupError, match="there are report, message, protocol, list"):
        schema("../report")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "change",
    [
        {},
        {"result": {"ok": False, "error": {"name": "no-effect", "value": 26}}},
        {"result": {"ok": False, "error": {"name": None, "value": 9999}}},
        {"latency_ms": 12.5},
        {"service": None, "message": None, "fields": None},
        {"time": 1714564800.25},
        {"later": "an unknown key"},
    ],
)
def test_a_message_is_accepted(change: dict[str, Any]):
    assert accepts("message", {**MESSAGE, **change})


@pytest.mark.parametrize(
    "change",
    [
        {"protocol": "at"},
        {"kind": "answer"},
        {"hex": "0x01"},
        {"hex": "abc"},
        {"hex": "AB"},
        {"direction": "up"},
        {"result": {"ok": True}},
        {"result": {"ok": False, "error": "no-effect"}},
        {"notes": [{"text": "no code"}]},
        {"message_id": "get-ids"},
    ],
)
def test_what_is_no_message_is_refused(change: dict[str, Any]):
    assert not accepts("message", {**MESSAGE, **change})


@pytest.mark.parametrize("key", sorted(MESSAGE))
def test_a_message_lacks_no_key(key: str):
    assert not accepts("message", {k: v for k, v in MESSAGE.items() if k != key})


def test_mbim_requests_say_whether_they_ask_and_in_which_version():
    assert accepts("message", MBIM_REQUEST)
    for key in ("query", "mbimex"):
        assert not accepts("message", {k: v for k, v in MBIM_REQUEST.items() if k != key})


def test_bytes_that_mean_nothing_are_an_object_of_their_own():
    assert accepts("message", UNDECODABLE)
    assert accepts("message", {**UNDECODABLE, "protocol": None})
    assert not accepts("message", {**UNDECODABLE, "offset": -1})
    assert not accepts("message", {**UNDECODABLE, "kind": "request"})


FIELD: dict[str, Any] = {
    "name": "imei",
    "type": "text",
    "tlv": 17,
    "required": False,
    "personal": True,
    "unit": None,
    "enum": None,
    "fields": None,
}
PROTOCOL: dict[str, Any] = {
    "services": [
        {
            "protocol": "qmi",
            "name": "dms",
            "id": 2,
            "doc": "What the modem is.",
            "definitions": [
                {
                    "name": "get-ids",
                    "id": 37,
                    "vendor": None,
                    "kind": "response",
                    "mbimex": None,
                    "fields": [FIELD, {**FIELD, "name": "ids", "fields": [FIELD]}],
                }
            ],
            "enums": [{"name": "operating-mode", "values": {"online": 0}}],
        }
    ]
}


def test_the_protocol_document_is_accepted_and_its_damage_seen():
    assert accepts("protocol", {"services": []})
    assert accepts("protocol", PROTOCOL)
    for spoilt in ({**FIELD, "personal": "yes"}, {**FIELD, "fields": [{"name": "x"}]}):
        service = PROTOCOL["services"][0]
        definition = {**service["definitions"][0], "fields": [spoilt]}
        assert not accepts("protocol", {"services": [{**service, "definitions": [definition]}]})


LIST: dict[str, Any] = {
    "format": "qmiprobe-list/1",
    "modems": [
        {
            "bus": "usb",
            "name": "2-6",
            "id": "03f0:581d",
            "manufacturer": "Hewlett-Packard",
            "product": "HP lt4112",
            "speed_mbit": 480,
            "configurations": [
                {
                    "value": 1,
                    "active": True,
                    "kernel_would_choose": False,
                    "interfaces": [
                        {
                            "number": 3,
                            "alternate": 0,
                            "class": "ff/01/07",
                            "function": "qmi",
                            "driver": None,
                            "expected_driver": "qmi_wwan",
                        }
                    ],
                }
            ],
            "ports": [
                {
                    "path": "/dev/cdc-wdm0",
                    "protocol": "qmi",
                    "driver": "qmi_wwan",
                    "interface": 3,
                    "holders": [{"pid": 1, "program": "ModemManager"}],
                }
            ],
            "netdevs": [{"name": "wwan0"}],
            "serial": [{"path": "/dev/ttyUSB0"}],
        }
    ],
}


def test_the_list_document_is_accepted_and_its_damage_seen():
    assert accepts("list", {"format": "qmiprobe-list/1", "modems": []})
    assert accepts("list", LIST)
    assert not accepts("list", {"modems": []})
    modem = LIST["modems"][0]
    assert not accepts("list", {**LIST, "modems": [{**modem, "ports": [{"path": "/dev/x"}]}]})


def test_views_for_programs_load_neither_rich_nor_trio():
    code = (
        "import sys, qmiprobe.report as report; report.schema('message'); "
        "print([name for name in ('rich', 'trio') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
