# SPDX-License-Identifier: GPL-2.0-or-later
"""Logs of uqmi, umbim, RouterOS, quectel-CM and strace, and hex among text."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qmiprobe.capture import Captured, Decoder, read_messages
from tests.capture.messages import (
    GET_IDS_ANSWER,
    GET_IDS_REQUEST,
    OPEN,
    OPEN_DONE,
    RADIO_STATE,
    RADIO_STATE_QUERY,
    unhex,
)

DATA = Path(__file__).parent / "data"
REQUEST, ANSWER = unhex(GET_IDS_REQUEST), unhex(GET_IDS_ANSWER)
QUERY, STATE = unhex(RADIO_STATE_QUERY), unhex(RADIO_STATE)


def spaced(data: bytes) -> str:
    return data.hex(" ")


def read(*lines: str) -> list[Captured]:
    text = "\n".join(["some text first", *lines])
    return list(read_messages(text.encode().splitlines(keepends=True))[1])


def told(found: list[Captured]) -> list[tuple[bytes, str | None]]:
    assert all(one.error is None for one in found)
    return [(one.data, one.direction) for one in found]


def test_uqmi():
    found = read(
        "# uqmi -d /dev/cdc-wdm0 -v --get-imei",
        f"Send packet: {spaced(REQUEST)}",
        f"Received packet: {spaced(ANSWER)} ",
        '"unknown"',
    )
    assert told(found) == [(REQUEST, "to-device"), (ANSWER, "from-device")]


def test_umbim_wrapped_by_a_mail():
    wrapped = spaced(STATE)
    at = wrapped.index(" ", 60)
    found = read(
        f"sending ({len(QUERY)}): {spaced(QUERY)}",
        "  header_type: 0003",
        f"> reading ({len(STATE)}): {wrapped[:at]}",
        f"> {wrapped[at + 1 :]}",
        "  header_type: 80000003",
    )
    assert told(found) == [(QUERY, "to-device"), (STATE, "from-device")]


def test_umbim_cut_short():
    (found,) = read("reading (16): 01 00 00 80 10 00 00 00", "  header_type: 80000001")
    assert "only 8 of 16 bytes" in str(found.error)


def test_routeros_with_other_lines_between():
    words = QUERY.hex(" ", 4)
    found = read(
        "15:24:02 lte,debug lte2 mbim: <<< open",
        "15:24:02 lte,packet,raw lte2 mbim: wdm <<< send #1",
        f"15:24:02 lte,packet,raw lte2 mbim: {unhex(OPEN).hex(' ', 4)}",
        "15:24:02 lte,async lte2: rcvd OK",
        "15:24:03 lte,packet,raw lte2 mbim: wdm >>> recv #1",
        "15:24:03 lte,async lte2: sent AT+CEREG=2",
        f"15:24:03 lte,packet,raw lte2 mbim: {unhex(OPEN_DONE).hex(' ', 4)}",
        "15:24:04 lte,packet,raw lte2 mbim: wdm <<< send #2",
        f"15:24:04 lte,packet,raw lte2 mbim: {words[:35]}",
        f"15:24:04 lte,packet,raw lte2 mbim: {words[36:]}",
    )
    assert told(found) == [
        (unhex(OPEN), "to-device"),
        (unhex(OPEN_DONE), "from-device"),
        (QUERY, "to-device"),
    ]
    assert [one.port for one in found] == ["lte2"] * 3
    assert [one.time for one in found] == [55442.0, 55443.0, 55444.0]


def test_quectel_cm_has_fine_times():
    found = read(
        f"[11-23_04:12:02:126] {spaced(REQUEST)} ",
        "[11-23_04:12:02:126] TransactionId:    0005",
        f"[11-23_04:12:02:151] {spaced(ANSWER)} ",
    )
    assert [one.data for one in found] == [REQUEST, ANSWER]
    decoder = Decoder()
    assert [decoder.decode(one).latency_s for one in found] == [None, pytest.approx(0.025)]


def test_hex_alone_that_says_another_length_is_none():
    assert read(spaced(ANSWER + b"\1"), spaced(QUERY[:40]), "text", spaced(QUERY[40:])) == []


def test_hex_alone_is_a_message_where_it_is_whole():
    found = read(
        "Sent to modem:",
        *(f"> {spaced(QUERY)[at : at + 75]}" for at in range(0, 3 * len(QUERY), 75)),
        "and then",
        spaced(ANSWER)[:40],
        "which is cut, and this is text:",
        "deadbeef deadbeef deadbeef",
        "0001020304050607080910",
        ANSWER.hex(),
    )
    assert [one.data for one in found] == [QUERY, ANSWER]


@pytest.mark.parametrize("name", ["strace-qmi-xx.log", "strace-qmi-plain.log"])
def test_strace_of_qmicli_at_the_proxys_socket(name: str):
    items = list(read_messages((DATA / name).read_bytes().splitlines(keepends=True))[1])
    decoder = Decoder(follow=True)
    found = [decoder.decode(one) for one in items]
    assert all(one.is_sound for one in found)
    assert [one.json()["message"] for one in found] == [
        "internal-proxy-open", "internal-proxy-open", "allocate-cid", "allocate-cid", "get-model",
        "get-model", "release-cid", "release-cid",
    ]  # fmt: skip
    assert [one.direction for one in found] == ["to-device", "from-device"] * 4
    assert all(one.latency_s for one in found[1::2])


def test_strace_of_mbimcli_at_the_proxys_socket():
    lines = (DATA / "strace-mbim-x.log").read_bytes().splitlines(keepends=True)
    decoder = Decoder(follow=True)
    found = [decoder.decode(one) for one in read_messages(lines)[1]]
    assert [one.json()["kind"] for one in found] == [
        "request", "response", "open", "open-done", "request", "response", "close", "close-done",
    ]  # fmt: skip
    assert all(one.is_sound for one in found)


def escaped(data: bytes) -> str:
    return "".join(f"\\x{byte:02x}" for byte in data)


def test_strace_with_calls_that_others_interrupt():
    found = read(
        "[pid 10] 1.000000 read(7, <unfinished ...>",
        f'[pid 11] 1.000100 write(8, "{escaped(REQUEST)}", {len(REQUEST)} <unfinished ...>',
        "[pid 12] 1.000200 poll([{fd=3}], 1, 0) = 0",
        f'[pid 10] 1.000300 <... read resumed>"{escaped(ANSWER)}", 4096) = {len(ANSWER)}',
        f"[pid 11] 1.000400 <... write resumed>) = {len(REQUEST)}",
    )
    assert [(one.data, one.port) for one in found] == [
        (REQUEST, "fd 8 of 11"),
        (ANSWER, "fd 7 of 10"),
    ]


def test_strace_of_pieces_and_of_what_is_no_message():
    found = read(
        'write(4, "\\1\\0\\0\\0\\0\\0\\0\\0", 8) = 8',
        f'read(5, "{escaped(ANSWER[:20])}", 20) = 20',
        f'read(5, "{escaped(ANSWER[20:] + REQUEST)}", 4096) = {len(ANSWER[20:] + REQUEST)}',
        'openat(AT_FDCWD, "/etc/hosts", O_RDONLY) = 6',
        'read(6, "127.0.0.1 localhost\\n", 4096) = 20',
        "read(5, 0x7ffe, 4096) = -1 EAGAIN (Resource temporarily unavailable)",
        f'sendmsg(5, {{msg_name=NULL, msg_iov=[{{iov_base="{escaped(REQUEST)}", iov_len=13}}], '
        "msg_iovlen=1}, 0) = 13",
    )
    assert [one.data for one in found] == [ANSWER, REQUEST, REQUEST]


def test_strace_that_cut_its_strings_is_told_how_not_to():
    (found,) = read(f'read(5, "{escaped(STATE[:32])}"..., 4096) = {len(STATE)}')
    assert found.data == STATE[:32]
    assert "only 32 of 56 bytes" in str(found.error)
    assert "-s 65536" in str(found.error)


@given(
    st.lists(
        st.sampled_from(
            [
                "Send packet: 01", "Received packet: 01 0c 00 00", "sending (99): 01",
                "reading (1): 1",
                "lte1 mbim: wdm <<< send #1", "lte1 mbim: 0100 00",
                'read(1, "\\1\\200\\xff\\", 9) = 9',
                'write(5, "\\x01\\x0c\\x00\\x00\\x02\\x01\\x00\\x05"..., 99) = 99',
                "[pid 1] read(1, <unfinished ...>", '[pid 1] <... read resumed>"\\q", 1) = 1',
                "[11-23_04:12:02:126] 01 0f", "99:99:99.1 x", "2026-13-45T25:00:00 x", "[.5]",
                "Feb 30 23:59:60 x", "[99 Foo 2026, 10:00:00] x", "1970-01-01 00:00:00+99:99",
            ]
        )
        | st.text(max_size=40),
        max_size=20,
    )
)  # fmt: skip
def test_any_text_is_messages_or_errors(lines: list[str]):
    decoder = Decoder(follow=True)
    for item in read(*lines):
        decoder.decode(item).json()
