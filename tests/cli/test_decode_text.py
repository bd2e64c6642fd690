# SPDX-License-Identifier: GPL-2.0-or-later
"""Messages as text: values with units, structs and lists, notes, nothing that steers a terminal."""

from __future__ import annotations

from ipaddress import IPv4Address
from typing import TYPE_CHECKING

import click
import pytest

from qmiprobe._arrays import Sequenced
from qmiprobe._enums import Uuid
from qmiprobe.capture import Captured, Decoder
from qmiprobe.cli._message_text import message_lines
from qmiprobe.cli._value_text import printable, value_text
from qmiprobe.mbim._buffer import MbimTlv
from qmiprobe.mbim.services import basic_connect, ms_basic_connect_extensions, qmi
from qmiprobe.mbim.services._shared import ContextType
from qmiprobe.qmi.services import dms, nas, wds
from qmiprobe.qmi.services._shared import Error
from tests.capture.messages import (
    GET_IDS_ANSWER,
    GET_IDS_REFUSED,
    RADIO_STATE,
    mbim_message,
    qmi_message,
    unhex,
)

if TYPE_CHECKING:
    from qmiprobe._message import Message


def lines_of(data: bytes, **options: bool) -> list[str]:
    decoder = Decoder(keep_personal=options.pop("keep", True))
    decoded = decoder.decode(Captured(data=data))
    return [click.unstyle(line) for line in message_lines(decoded, **options)]


def body_of(body: Message) -> list[str]:
    data = mbim_message(body) if isinstance(body.service, Uuid) else qmi_message(body)
    return [line.removeprefix("  ") for line in lines_of(data)[1:]]


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (True, None, "yes"),
        (False, None, "no"),
        (7, None, "7"),
        (-63, "dBm", "-63 dBm"),
        (-905, "0.1 dBm", "-90.5 dBm"),
        (12, "-0.5 dB", "-6.0 dB"),
        (3, "15 min", "45 min"),
        (100, "0.01 degree", "1.00 degree"),
        (1.5, None, "1.5"),
        (1.5, "s", "1.5 s"),
        ("", None, '""'),
        ("two words", None, "two words"),
        (b"", None, "(empty)"),
        (b"\x01\xff", None, "01ff"),
        ([], None, "(none)"),
        ([1, 2], None, "1, 2"),
        ([-905, -900], "0.1 dBm", "-90.5 dBm, -90.0 dBm"),
        (IPv4Address("192.0.2.1"), None, "192.0.2.1"),
        (dms.OperatingMode(0), None, "online (0)"),
        (dms.OperatingMode(99), None, "no name (99)"),
        (dms.OfflineReason(0), None, "none (0x0)"),
        (dms.OfflineReason(0x11), None, "host-image-misconfiguration, 0x10 (0x11)"),
        (MbimTlv(10, b"\x41"), None, "type 10 data 41"),
    ],
)
def test_values_read_as_a_person_says_them(value: object, unit: str | None, text: str):
    assert value_text(value, unit) == text


def test_a_uuid_has_its_name_where_it_has_one():
    internet = ContextType.from_name("internet")
    assert value_text(internet) == "internet (7e5e2a7e-4e6f-7272-736b-656e7e5e2a7e)"
    assert value_text(Uuid(bytes(16))) == "00000000-0000-0000-0000-000000000000"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain", "plain"),
        ("Grüße", "Grüße"),
        ("red\x1b[31m", "red\\x1b[31m"),
        ("two\nlines", "two\\nlines"),
        ("\u202ereversed", "\\u202ereversed"),
        ("\x9b", "\\x9b"),
    ],
)
def test_nothing_that_steers_a_terminal_comes_through(text: str, shown: str):
    assert printable(text) == shown


def test_structs_are_indented_and_have_units():
    signal = nas.GetSignalInfoResponse.empty()
    signal.lte_signal_strength = nas.LteSignal(rssi=-63, rsrq=-9, rsrp=-98, snr=124)
    assert body_of(signal) == [
        "result: success",
        "lte-signal-strength:",
        "  rssi: -63 dBm",
        "  rsrq: -9 dB",
        "  rsrp: -98 dBm",
        "  snr: 12.4 dB",
    ]


def test_lists_of_structs_are_counted_and_lists_of_values_are_one_line():
    body = basic_connect.IpConfigurationResponse.blank(
        ipv4_addresses=[
            basic_connect.Ipv4Element(
                on_link_prefix_length=30, ipv4_address=IPv4Address("192.0.2.2")
            )
        ],
        ipv4_dns_servers=[IPv4Address("198.51.100.53"), IPv4Address("198.51.100.54")],
    )
    found = body_of(body)
    assert found[found.index("ipv4-addresses:") :][:3] == [
        "ipv4-addresses:",
        "  [0]:",
        "    on-link-prefix-length: 30",
    ]
    assert "ipv4-dns-servers: 198.51.100.53, 198.51.100.54" in found


def test_a_segment_of_a_sequence_says_its_number():
    from qmiprobe.cli._value_text import _lines

    assert list(_lines("data", Sequenced(3, [1, 2]), None)) == ["data (segment 3): 1, 2"]


def test_notes_stand_below_the_fields():
    data = unhex("01 1100 00 02 01  00 0500 2500 0500  26 0200 abcd")
    assert lines_of(data) == [
        "-> QMI dms get-ids request (client 1, transaction 5)",
        "  TLV 0x26: abcd",
        "  note: TLV 0x26: abcd [unknown-tlv]",
    ]


def test_hex_is_shown_when_it_is_wanted():
    assert lines_of(unhex(RADIO_STATE), with_hex=True)[-1] == f"  hex: {unhex(RADIO_STATE).hex()}"


def test_a_refusal_without_a_buffer_is_not_called_undefined():
    refused = bytearray(unhex(RADIO_STATE)[:-8])
    refused[4], refused[40], refused[44] = len(refused), 9, 0
    assert lines_of(bytes(refused)) == [
        "<- MBIM basic-connect radio-state response (transaction 2)",
        "  result: no-device-support (9)",
        "  no-device-support (9): This modem has no such function.",
    ]


def test_an_undefined_command_shows_its_buffer():
    unknown = unhex(RADIO_STATE.replace("a289cc33", "a289cc34"))
    service = "a289cc34-bcbb-8b4f-b6b0-133ec2aae6df"
    assert lines_of(unknown) == [
        f"<- MBIM service {service} command 3 response (transaction 2)",
        "  result: success",
        "  (not defined: shown as it is)",
        "  information buffer: 0100000000000000",
    ]


def test_vendor_and_mbimex_stand_in_the_heading():
    firmware = Decoder(vendor=0x1199).decode(
        Captured(data=qmi_message(dms.SwiGetCurrentFirmware()))
    )
    assert "vendor 0x1199)" in next(iter(message_lines(firmware)))
    newer = ms_basic_connect_extensions.DeviceCapsResponseEx3.blank()
    decoded = Decoder(mbimex="3.0").decode(Captured(data=mbim_message(newer)))
    assert "MBIMEx 3.0)" in next(iter(message_lines(decoded)))


def test_a_message_inside_is_indented_below_the_one_around_it():
    around = mbim_message(qmi.MsgResponse(qmux=unhex(GET_IDS_REFUSED)))
    assert lines_of(around)[-3:] == [
        "  <- QMI dms get-ids response (client 1, transaction 5)",
        "    result: device-unsupported (25)",
        "    device-unsupported (25): This modem has no such function.",
    ]


def test_codes_that_people_meet_say_what_to_do():
    answer = wds.StartNetworkResponse(
        packet_data_handle=0,
        call_end_reason=wds.CallEndReason.GENERIC_UNSPECIFIED,
        verbose_call_end_reason=wds.VerboseCallEndReason(
            type=wds.CallEndReasonVerboseType.from_name("3gpp"), reason=27
        ),
    )
    shown = [line.strip() for line in lines_of(qmi_message(answer, error=Error.CALL_FAILED))]
    assert shown[-2].startswith("call-failed (14): ")
    assert shown[-1].startswith("unknown-apn (27): The network does not know this APN")


def test_the_latency_stands_behind_the_heading():
    decoded = Decoder().decode(Captured(data=unhex(GET_IDS_ANSWER)))
    first = click.unstyle(next(iter(message_lines(decoded, latency_ms=12.345))))
    assert first.endswith("(client 1, transaction 5) after 12.3 ms")
