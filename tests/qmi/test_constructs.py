# SPDX-License-Identifier: GPL-2.0-or-later
"""Each construct that QMI definitions can have, in one real definition, byte by byte by hand."""

from __future__ import annotations

import pytest

from qmiprobe._message import Message
from qmiprobe._plain import Json, fields_to_json, from_fields
from qmiprobe.qmi._codec import Result, decode, encode, encode_tlvs
from qmiprobe.qmi._registry import find, message_name
from qmiprobe.qmi._sdu import Header, Kind
from qmiprobe.qmi.services import ctl, dms, nas, uim, wda, wds
from qmiprobe.qmi.services._shared import Error

CASES: list[tuple[str, type[Message], dict[str, Json], str]] = [
    (
        "a number of one byte with an enum",
        dms.SetOperatingMode, {"mode": "low-power"},
        "01 0100 01",
    ),
    (
        "a boolean and numbers of four bytes",
        wda.SetDataFormat, {"qos-format": False, "link-layer-protocol": "raw-ip"},
        "10 0100 00  11 0400 02000000",
    ),
    (
        "a signed number of one byte",
        nas.GetSignalInfoResponse, {"gsm-signal-strength": -85},
        "12 0100 AB",
    ),
    (
        "a signed number of four bytes, and a boolean before it",
        nas.GetTxRxInfoResponse, {"tx-info": {"is-in-traffic": True, "tx-power": -100}},
        "12 0500 01 9CFFFFFF",
    ),
    (
        "a number of eight bytes",
        dms.GetTimeResponse,
        {"device-time": {"time-count": 1, "time-source": "device"}, "system-time": 1 << 40},
        "01 0800 010000000000 0000  10 0800 0000000000010000",
    ),
    (
        "a number of six bytes",
        dms.GetTimeResponse,
        {"device-time": {"time-count": 0x060504030201, "time-source": "hdr-network"}},
        "01 0800 010203040506 0200",
    ),
    (
        "a number of three bytes in network order",
        nas.GetSystemInfoResponse, {"nr5g-tracking-area-code": 0x010203},
        "50 0300 010203",
    ),
    (
        "flags of eight bytes",
        dms.GetBandCapabilitiesResponse, {"band-capability": ["wcdma-2100"]},
        "01 0800 0000400000000000",
    ),
    (
        "text that fills a TLV",
        wds.StartNetwork, {"apn": "net.example"},
        "14 0B00 6E65742E6578616D706C65",
    ),
    (
        "text behind its length in one byte",
        dms.UimVerifyPin, {"info": {"pin-id": "pin", "pin": "0000"}},
        "01 0600 01 04 30303030",
    ),
    (
        "an array of texts behind a length in two bytes each",
        wds.GetCurrentSettingsResponse, {"domain-name-list": ["a.example", ""]},
        "2A 0E00 02 0900 612E6578616D706C65 0000",
    ),
    (
        "text of a fixed size, filled up",
        dms.SetUserLockCode, {"info": {"old-code": "1", "new-code": "2345"}},
        "01 0800 31000000 32333435",
    ),
    (
        "octets behind a length in two bytes",
        dms.WriteUserData, {"user-data": "c0ffee"},
        "01 0500 0300 C0FFEE",
    ),
    (
        "a segment: count, number of the segment, items",
        dms.ActivateManual,
        {
            "info": {
                "service-programming-code": "000000", "system-identification-number": 1,
                "mobile-directory-number": "1", "mobile-identification-number": "2",
            },
            "prl": {"prl-total-length": 9, "prl-segment": {"number": 7, "items": [1, 2, 3]}},
        },
        "01 0C00 303030303030 0100 01 31 01 32  13 0800 0900 0300 07 010203",
    ),
    (
        "a struct in a struct",
        nas.GetNetworkTimeResponse,
        {
            "3gpp-time": {
                "universal-time": {
                    "year": 2026, "month": 11, "day": 23, "hour": 1, "minute": 2, "second": 3,
                    "day-of-week": "monday",
                },
                "timezone-offset": -4, "daylight-savings-adjustment": "none",
                "radio-interface": "lte",
            },
        },
        "11 0B00 EA07 0B 17 01 02 03 00 FC 00 08",
    ),
    (
        "arrays in arrays of structs",
        uim.GetCardStatusResponse,
        {
            "card-status": {
                "index-gw-primary": 0, "index-1x-primary": 0xFFFF, "index-gw-secondary": 0xFFFF,
                "index-1x-secondary": 0xFFFF,
                "cards": [
                    {
                        "card-state": "present", "upin-state": "not-initialized",
                        "upin-retries": 0, "upuk-retries": 0, "error-code": "unknown",
                        "applications": [
                            {
                                "type": "usim", "state": "ready",
                                "personalization-state": "ready",
                                "personalization-feature": "unknown",
                                "personalization-retries": 0,
                                "personalization-unblock-retries": 0,
                                "application-identifier-value": "a000",
                                "upin-replaces-pin1": False, "pin1-state": "disabled",
                                "pin1-retries": 3, "puk1-retries": 10,
                                "pin2-state": "enabled-not-verified", "pin2-retries": 3,
                                "puk2-retries": 10,
                            },
                        ],
                    },
                ],
            },
        },
        "10 1F00 0000 FFFF FFFF FFFF 01  01 00 00 00 00  01"
        "  02 07 02 0B 00 00 02 A000 00 03 03 0A 01 03 0A",
    ),
    (
        "a counted array of signed enums behind plain members",
        nas.GetServingSystemResponse,
        {
            "serving-system": {
                "registration-state": "registered", "cs-attach-state": "attached",
                "ps-attach-state": "attached", "selected-network": "3gpp",
                "radio-interfaces": ["lte", "unknown"],
            },
        },
        "01 0700 01 01 01 02 02 08 FF",
    ),
    (
        "an array counted in two bytes",
        nas.GetSignalStrengthResponse,
        {
            "signal-strength": {"strength": -88, "radio-interface": "umts"},
            "rssi-list": [{"rssi": 88, "radio-interface": "umts"}],
        },
        "01 0200 A8 05  11 0400 0100 58 05",
    ),
    (
        "floats",
        nas.GetCellLocationInfoResponse,
        {
            "umts-info-neighboring-lte": {
                "rrc-state": "disconnected",
                "frequency": [
                    {
                        "eutra-absolute-rf-channel-number": 1, "physical-cell-id": 2,
                        "rsrp": -100.5, "rsrq": 0.25, "cell-selection-rx-level": -1,
                        "is-tdd": True,
                    },
                ],
            },
        },
        "18 1400 00000000 01 0100 0200 0000C9C2 0000803E FFFF 01",
    ),
    (
        "addresses: IPv4 with its octets reversed, IPv6 in network order",
        wds.GetCurrentSettingsResponse,
        {
            "ipv4-address": "192.0.2.7",
            "ipv6-address": {"address": "2001:db8::1", "prefix-length": 64},
        },
        "1E 0400 070200C0  25 1100 20010DB8000000000000000000000001 40",
    ),
    (
        "reserved bytes, which are zero",
        wds.EventReportIndication,
        {
            "extended-data-bearer-technology": {
                "data-bearer-technology": "3gpp", "radio-access-technology": "3gpp-lte",
                "extended-data-bearer-technology-3gpp": 0x0102,
                "extended-data-bearer-technology-3gpp2": 0,
            },
        },
        "2A 1000 00000000 03000000 0201 00 0000 00 00 00",
    ),
    (
        "a network of three bytes",
        nas.GetCellLocationInfoResponse,
        {
            "umts-info-v2": {
                "cell-id": 1, "plmn": "001-01", "lac": 2, "utra-absolute-rf-channel-number": 3,
                "primary-scrambling-code": 4, "rscp": -5, "ecio": -6, "cell": [],
                "neighboring-geran": [],
            },
        },
        "11 1100 0100 00F110 0200 0300 0400 FBFF FAFF 00 00",
    ),
    (
        "digits two a byte",
        uim.GetSlotStatusResponse,
        {
            "physical-slot-status": [
                {
                    "physical-card-status": "present", "physical-slot-status": "active",
                    "logical-slot": 1, "iccid": "898821100000000000",
                },
            ],
        },
        "10 1400 01 02000000 01000000 01 09 988812010000000000",
    ),
    (
        "order of the file, which a vendor's lock insists on",
        dms.FoxconnSetFccAuthenticationV2, {"magic-number": 0x10, "magic-string": "abc"},
        "01 0300 616263  02 0100 10",
    ),
    (
        "the proxy's device path",
        ctl.InternalProxyOpen, {"device-path": "/dev/cdc-wdm0"},
        "01 0D00 2F6465762F6364632D77646D30",
    ),
]  # fmt: skip


@pytest.mark.parametrize(
    ("cls", "fields", "tlvs"), [c[1:] for c in CASES], ids=[c[0] for c in CASES]
)
def test_a_construct_byte_by_byte(cls: type[Message], fields: dict[str, Json], tlvs: str):
    body = from_fields(cls, fields)
    assert isinstance(body, Message)
    assert encode_tlvs(body).hex(" ") == bytes.fromhex(tlvs).hex(" ")
    header = Header(
        service=cls.service, client=1, transaction=1, message_id=cls.id, kind=_kind(cls),
        from_service=cls.kind != "request",
    )  # fmt: skip
    decoded = decode(encode(header, body), vendor=getattr(cls, "vendor", None))
    assert decoded.body == body
    assert decoded.body is not None
    assert from_fields(cls, fields_to_json(decoded.body)) == body
    unlike_the_definition = {
        "unknown-value",
        "missing-tlv",
    }  # cases leave out what they do not show
    assert {note.code for note in decoded.notes} <= unlike_the_definition


def _kind(cls: type[Message]) -> Kind:
    kinds: dict[str, Kind] = {
        "request": "request", "response": "response", "indication": "indication",
    }  # fmt: skip
    return kinds[cls.kind]


def _header(cls: type[Message], *, transaction: int = 1) -> Header:
    return Header(
        service=cls.service, client=9, transaction=transaction, message_id=cls.id,
        kind=_kind(cls), from_service=cls.kind != "request",
    )  # fmt: skip


def test_the_whole_frame_of_a_service_has_13_bytes_before_its_tlvs():
    frame = encode(_header(dms.GetIds, transaction=0x1234), dms.GetIds())
    assert frame.hex(" ") == "01 0c 00 00 02 09 00 34 12 25 00 00 00"


def test_the_whole_frame_of_ctl_has_a_byte_less_and_other_flags():
    frame = encode(_header(ctl.Sync), ctl.Sync())
    assert frame.hex(" ") == "01 0b 00 00 00 09 00 01 27 00 00 00"
    header = _header(ctl.SyncIndication)
    assert encode(header, ctl.SyncIndication())[6] == 0x02
    assert encode(_header(wds.EventReportIndication), wds.EventReportIndication())[6] == 0x04


def test_a_response_begins_with_its_result():
    frame = encode(
        _header(dms.GetIdsResponse), dms.GetIdsResponse(), result=Result(False, Error.INTERNAL)
    )
    assert frame[13:].hex(" ") == "02 04 00 01 00 03 00"
    assert decode(frame).result == Result(False, Error.INTERNAL)


def test_the_same_id_means_what_the_vendor_says():
    frame = encode(
        _header(dms.HpChangeDeviceMode), dms.HpChangeDeviceMode(mode=dms.HpDeviceMode(5))
    )
    assert isinstance(decode(frame, vendor=0x03F0).body, dms.HpChangeDeviceMode)
    assert isinstance(decode(frame, vendor=0x1199).body, dms.SwiGetCurrentFirmware)
    undecided = decode(frame)
    assert undecided.body is None
    assert undecided.unknown == {0x01: b"\x05"}
    assert message_name(2, 0x5556, "request") is None
    assert message_name(2, 0x5556, "request", vendor=0x1199) == "swi-get-current-firmware"


def test_the_only_vendor_is_assumed_with_a_note():
    frame = encode(_header(dms.SwiGetUsbComposition), dms.SwiGetUsbComposition())
    decoded = decode(frame)
    assert isinstance(decoded.body, dms.SwiGetUsbComposition)
    assert [note.code for note in decoded.notes] == ["assumed-vendor"]


def test_a_message_and_an_indication_share_an_id():
    assert [entry[2] for entry in find(0, 0x27, "request")] == ["Sync"]
    assert [entry[2] for entry in find(0, 0x27, "indication")] == ["SyncIndication"]


def test_a_request_that_can_be_aborted_says_so():
    assert wds.StartNetwork.abortable
    assert nas.NetworkScan.abortable
    assert not hasattr(dms.GetIds, "abortable")


def test_a_tlv_is_expected_under_a_condition_only():
    reason = wds.StartNetworkResponse.empty()
    reason.call_end_reason = wds.CallEndReason.GENERIC_NO_SERVICE
    failed = encode(
        _header(wds.StartNetworkResponse), reason, result=Result(False, Error.CALL_FAILED)
    )
    assert decode(failed).notes == ()
    fine = encode(_header(wds.StartNetworkResponse), reason)
    codes = {note.code: note.tlv for note in decode(fine).notes}
    assert codes == {"unexpected-tlv": 0x10, "missing-tlv": 0x01}


def test_what_is_odd_about_tlvs_leaves_notes_with_their_numbers():
    body = dms.GetOperatingModeResponse(mode=dms.OperatingMode.ONLINE)
    extra = bytes.fromhex("01 0100 05  F0 0200 BEEF  12 0000  11 0200 0107")
    decoded = decode(encode(_header(dms.GetOperatingModeResponse), body, extra=extra))
    notes = [(note.code, note.tlv) for note in decoded.notes]
    assert notes == [
        ("repeated-tlv", 0x01), ("unknown-tlv", 0xF0), ("unknown-tlv", 0x12),
        ("trailing-bytes", 0x11),
    ]  # fmt: skip
    assert isinstance(decoded.body, dms.GetOperatingModeResponse)
    assert decoded.body.mode == dms.OperatingMode.ONLINE


def test_one_tlv_that_ends_too_early_does_not_lose_the_others():
    tlvs = bytes.fromhex("11 0300 333539  10 0000") + bytes.fromhex("13 0200 0141")
    decoded = decode(encode(_header(uim.GetSlotStatusResponse), None, extra=tlvs))
    assert isinstance(decoded.body, uim.GetSlotStatusResponse)
    assert {note.code for note in decoded.notes} >= {"bad-tlv", "empty-tlv"}
    assert decoded.unknown[0x11] == b"359"


def test_a_struct_that_older_firmware_ends_between_members_is_shorter():
    tlv = bytes.fromhex("21 0300 02 02 00")
    decoded = decode(encode(_header(nas.GetServingSystemResponse), None, extra=tlv))
    assert isinstance(decoded.body, nas.GetServingSystemResponse)
    status = decoded.body.detailed_service_status
    assert status is not None
    assert status.hdr_hybrid is None
    assert "short" in {note.code for note in decoded.notes}


def test_a_required_tlv_that_cannot_be_read_is_missing():
    tlv = bytes.fromhex("01 0100 01")
    decoded = decode(encode(_header(nas.GetSignalStrengthResponse), None, extra=tlv))
    assert {note.code for note in decoded.notes} == {"short"}
    decoded = decode(encode(_header(wds.StartNetworkResponse), None, extra=tlv))
    assert {note.code for note in decoded.notes} == {"bad-tlv", "missing-tlv"}
