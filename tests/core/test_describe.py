# SPDX-License-Identifier: GPL-2.0-or-later
"""What is said of a definition's fields is what the definition files say."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from qmiprobe._codegen._load import load
from qmiprobe._definitions import definitions_folder
from qmiprobe._describe import FieldJson, describe
from qmiprobe._message import Message
from qmiprobe.mbim.services import basic_connect, sms, stk
from qmiprobe.mbim.services import ms_basic_connect_extensions as extensions
from qmiprobe.qmi.services import dms, nas, uim, wds
from tests.core.values import mbim_classes, qmi_classes

KEYS = {"name", "type", "tlv", "required", "personal", "unit", "enum", "when", "fields"}


def _all(fields: list[FieldJson]) -> Iterator[FieldJson]:
    for field in fields:
        yield field
        inside = field["fields"]
        assert isinstance(inside, list)
        yield from _all([one for one in inside if isinstance(one, dict)])


def _named(cls: type[Message], path: str) -> FieldJson:
    fields = describe(cls)
    *outer, last = path.split(".")
    for step in outer:
        inside = next(field for field in fields if field["name"] == step)["fields"]
        assert isinstance(inside, list)
        fields = [one for one in inside if isinstance(one, dict)]
    return next(field for field in fields if field["name"] == last)


def test_every_field_of_every_definition_is_described_with_all_keys():
    known = {
        (service.protocol, name) for service in load(definitions_folder()) for name in service.enums
    }
    count = 0
    for protocol, classes in (
        ("qmi", qmi_classes()), ("mbim", [cls for _, cls in mbim_classes()]),
    ):  # fmt: skip
        for cls in classes:
            described = describe(cls)
            json.dumps(described)
            for field in _all(described):
                assert field.keys() == KEYS
                assert field["enum"] is None or (protocol, field["enum"]) in known
                assert ("struct" in str(field["type"])) == bool(field["fields"])
                count += 1
    assert count > 3000


@pytest.mark.parametrize(
    ("cls", "path", "said"),
    [
        (dms.SetOperatingMode, "mode",
         {"type": "u8", "tlv": 1, "required": True, "enum": "operating-mode"}),
        (dms.GetIdsResponse, "imei", {"type": "text", "required": False, "personal": True}),
        (dms.GetTimeResponse, "device-time.time-count", {"type": "u48", "unit": "1.25 ms"}),
        (nas.GetSystemInfoResponse, "lte-system-info-v2.mcc", {"type": "text", "tlv": None}),
        (nas.GetServingSystemResponse, "serving-system.radio-interfaces",
         {"type": "array of s8", "enum": "radio-interface"}),
        (uim.GetSlotStatusResponse, "physical-slot-status.iccid", {"type": "bcd"}),
        (wds.GetCurrentSettingsResponse, "domain-name-list", {"type": "array of text"}),
        (wds.StartNetworkResponse, "call-end-reason", {"when": "result.error == call-failed"}),
        (sms.SendSet, "pdu-message", {"when": "format == pdu", "required": False}),
        (sms.SendSet, "pdu-message.pdu-data", {"type": "bytes", "personal": True}),
        (basic_connect.IpConfigurationResponse, "ipv4-gateway",
         {"type": "ipv4", "when": "ipv4-available has gateway", "required": False}),
        (basic_connect.IpConfigurationResponse, "ipv4-available",
         {"required": False, "enum": "ip-configuration-available"}),
        (basic_connect.ConnectSet, "context-type", {"type": "uuid", "enum": "context-type"}),
        (basic_connect.ConnectSetEx3, "access-string", {"type": "text"}),
        (basic_connect.ConnectSetEx3, "unnamed-ies", {"type": "tlv-list"}),
        (basic_connect.VisibleProvidersResponse, "providers", {"type": "array of struct"}),
        (extensions.BaseStationsInfoResponse, "lte-neighboring-cells.tac",
         {"type": "u32", "personal": True}),
        (stk.TerminalResponseSet, "response", {"type": "bytes", "personal": True}),
    ],
)  # fmt: skip
def test_a_field_is_what_its_definition_says(
    cls: type[Message], path: str, said: dict[str, object]
):
    field = _named(cls, path)
    assert {key: field[key] for key in said} == said


def test_what_is_inside_a_personal_field_is_personal():
    inside = _named(extensions.WakeReasonResponse, "wake-tlv")
    assert inside["personal"] is True


def test_counts_and_reserved_bytes_are_not_shown():
    names = [field["name"] for field in _all(describe(wds.EventReportIndication))]
    assert "reserved1" not in names
    assert "messages-count" not in [field["name"] for field in describe(sms.ReadResponse)]
