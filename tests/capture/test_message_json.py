# SPDX-License-Identifier: GPL-2.0-or-later
"""The JSON object of a message, key by key, held against the schema."""

from __future__ import annotations

import json
import math
from typing import Any

import pytest

from qmiprobe._as_json import json_line, undecodable_json
from qmiprobe.errors import DecodeError
from qmiprobe.mbim import _codec as mbim
from qmiprobe.mbim._header import split
from qmiprobe.mbim._json import mbim_message_json
from qmiprobe.mbim.services import basic_connect
from qmiprobe.mbim.services._shared import Status
from qmiprobe.qmi import _codec as qmi
from qmiprobe.qmi._json import qmi_message_json
from qmiprobe.qmi.services import dms, nas
from tests.capture.messages import (
    GET_IDS_ANSWER,
    GET_IDS_REFUSED,
    GET_IDS_REQUEST,
    IMEI,
    OPEN,
    OPEN_DONE,
    RADIO_STATE,
    RADIO_STATE_QUERY,
    UNDEFINED,
    assert_valid,
    mbim_message,
    qmi_message,
    unhex,
)


def of_qmi(data: bytes | str) -> dict[str, Any]:
    raw = unhex(data) if isinstance(data, str) else data
    document = qmi_message_json(qmi.decode(raw))
    assert_valid(document)
    return dict(document)


def of_mbim(data: bytes | str, *, mbimex: str | None = None) -> dict[str, Any]:
    raw = unhex(data) if isinstance(data, str) else data
    document = mbim_message_json(mbim.decode(raw, mbimex=mbimex))
    assert_valid(document)
    return dict(document)


def test_a_qmi_answer_is_the_object_of_the_contract():
    assert of_qmi(GET_IDS_ANSWER) == {
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
        "fields": {"imei": IMEI},
        "notes": [],
        "time": None,
        "hex": unhex(GET_IDS_ANSWER).hex(),
    }


def test_a_qmi_request_has_no_result():
    found = of_qmi(GET_IDS_REQUEST)
    assert (found["kind"], found["direction"]) == ("request", "to-device")
    assert (found["result"], found["fields"]) == (None, {})


def test_a_refusal_has_the_error_as_name_and_number():
    found = of_qmi(GET_IDS_REFUSED)
    assert found["result"] == {"ok": False, "error": {"name": "device-unsupported", "value": 25}}


def test_an_error_without_a_name_is_its_number():
    data = unhex(GET_IDS_REFUSED)
    found = of_qmi(data[:-2] + b"\xe8\xfd")
    assert found["result"] == {"ok": False, "error": {"name": None, "value": 65000}}
    assert found["notes"][0]["code"] == "unknown-value"


def test_an_undefined_message_keeps_its_numbers_and_tlvs():
    found = of_qmi(UNDEFINED)
    assert (found["service"], found["service_id"]) == ("fox", 0xE3)
    assert (found["message"], found["message_id"], found["fields"]) == (None, 1, None)
    assert found["unknown_tlvs"] == [{"tlv": 0x10, "hex": "2a"}]


def test_an_unknown_tlv_of_a_defined_message_is_a_note_too():
    data = unhex("01 1100 00 02 01  00 0500 2500 0500  26 0200 abcd")
    found = of_qmi(data)
    assert found["unknown_tlvs"] == [{"tlv": 0x26, "hex": "abcd"}]
    assert found["notes"] == [
        {"code": "unknown-tlv", "text": "TLV 0x26: abcd", "tlv": 0x26},
    ]


def test_enums_flags_structs_and_numbers_have_the_shapes_of_the_contract():
    mode = dms.GetOperatingModeResponse.empty()
    mode.mode = dms.OperatingMode(0)
    mode.offline_reason = dms.OfflineReason(0x11)
    found = of_qmi(qmi_message(mode))["fields"]
    assert found == {
        "mode": {"name": "online", "value": 0},
        "offline-reason": [
            {"name": "host-image-misconfiguration", "value": 1},
            {"name": None, "value": 0x10},
        ],
    }
    signal = nas.GetSignalInfoResponse.empty()
    signal.lte_signal_strength = nas.LteSignal(rssi=-63, rsrq=-9, rsrp=-98, snr=124)
    assert of_qmi(qmi_message(signal))["fields"] == {
        "lte-signal-strength": {"rssi": -63, "rsrq": -9, "rsrp": -98, "snr": 124}
    }


def test_a_vendors_message_names_the_vendor_or_stays_without_a_name():
    firmware = qmi_message(dms.SwiGetCurrentFirmware())
    message = qmi.decode(firmware, vendor=0x1199)
    found = qmi_message_json(message)
    assert (found["message"], found["vendor"]) == ("swi-get-current-firmware", 0x1199)
    # Service and id mean something else at another vendor: without one, neither name is right.
    assert of_qmi(firmware)["message"] is None


def test_an_mbim_answer_is_the_object_of_the_contract():
    assert of_mbim(RADIO_STATE) == {
        "protocol": "mbim",
        "kind": "response",
        "service": "basic-connect",
        "service_id": "a289cc33-bcbb-8b4f-b6b0-133ec2aae6df",
        "message": "radio-state",
        "message_id": 3,
        "vendor": None,
        "client": None,
        "transaction": 2,
        "direction": "from-device",
        "result": {"ok": True, "error": None},
        "fields": {
            "hw-radio-state": {"name": "on", "value": 1},
            "sw-radio-state": {"name": "off", "value": 0},
        },
        "notes": [],
        "mbimex": "1.0",
        "time": None,
        "hex": unhex(RADIO_STATE).hex(),
    }


def test_mbim_requests_say_whether_they_ask():
    found = of_mbim(RADIO_STATE_QUERY)
    assert (found["kind"], found["query"], found["fields"]) == ("request", True, {})
    off = basic_connect.RadioStateSet(radio_state=basic_connect.RadioSwitchState(0))
    assert of_mbim(mbim_message(off))["query"] is False
    assert "query" not in of_mbim(RADIO_STATE)


def test_mbim_open_and_its_answer_have_no_service():
    found = of_mbim(OPEN)
    assert (found["kind"], found["service"], found["message"]) == ("open", None, None)
    assert found["fields"] == {"max-control-transfer": 4096}
    answer = of_mbim(OPEN_DONE)
    assert (answer["kind"], answer["result"]) == ("open-done", {"ok": True, "error": None})


@pytest.mark.parametrize(
    ("number", "name"), [(int(Status.BUSY), "busy"), (777, None)], ids=["known", "unknown"]
)
def test_an_mbim_status_is_an_enum(number: int, name: str | None):
    data = bytearray(unhex(OPEN_DONE))
    data[12:16] = number.to_bytes(4, "little")
    error = {"name": name, "value": number}
    assert of_mbim(bytes(data))["result"] == {"ok": False, "error": error}


def test_an_mbim_protocol_error_is_a_result():
    found = of_mbim("04000080 10000000 01000000 05000000")
    assert found["kind"] == "function-error"
    assert found["result"] == {"ok": False, "error": {"name": "not-opened", "value": 5}}


def test_a_fragment_is_reported_as_one():
    first, *_, last = split(unhex(RADIO_STATE), 48)
    found = of_mbim(first)
    assert (found["kind"], found["message"], found["fields"]) == ("fragment", "radio-state", None)
    assert found["fragment"] == {"of": "response", "current": 0, "total": 2}
    assert found["result"] == {"ok": True, "error": None}
    later = of_mbim(last)
    assert (later["kind"], later["service"], later["result"]) == ("fragment", None, None)


def test_an_unknown_mbim_service_is_its_uuid():
    found = of_mbim(RADIO_STATE.replace("a289cc33", "a289cc34"))
    assert (found["service"], found["message"], found["message_id"]) == (None, None, 3)
    assert found["service_id"] == "a289cc34-bcbb-8b4f-b6b0-133ec2aae6df"


def test_direction_and_time_may_come_from_the_record():
    message = qmi.decode(unhex(GET_IDS_REQUEST))
    found = qmi_message_json(message, direction="from-device", time=1.5)
    assert (found["direction"], found["time"]) == ("from-device", 1.5)
    assert_valid(found)


def test_what_means_nothing_has_an_object_of_its_own():
    found = undecodable_json(None, DecodeError("cut short", offset=3), b"\x01\xff")
    assert found == {"protocol": None, "error": "cut short", "offset": 3, "hex": "01ff"}
    assert_valid(found)


def test_a_line_is_ascii_without_line_ends_and_without_nan():
    line = json_line({"text": "Ünïcode\u009b\n", "number": math.nan, "list": [math.inf, 1.5]})
    assert line.isascii()
    assert "\n" not in line
    assert json.loads(line) == {"text": "Ünïcode\u009b\n", "number": None, "list": [None, 1.5]}
