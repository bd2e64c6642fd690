# SPDX-License-Identifier: GPL-2.0-or-later
"""Logs of qmicli, mbimcli and ModemManager: real ones, and what people do to them."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qmiprobe.capture import Captured, Decoded, Decoder, read_messages
from tests.capture.messages import GET_IDS_ANSWER, GET_IDS_REQUEST, OPEN, RADIO_STATE, unhex

DATA = Path(__file__).parent / "data"
REQUEST, ANSWER, STATE = unhex(GET_IDS_REQUEST), unhex(GET_IDS_ANSWER), unhex(RADIO_STATE)


def colons(data: bytes) -> str:
    return data.hex(":").upper()


def block(data: bytes, *, sent: bool, wording: str = "new", hexes: str | None = None) -> list[str]:
    """Return a RAW block as the tools write it; ``old``: libqmi before 2017."""
    arrow = ">>>>>>" if wording == "old" and not sent else "<<<<<<"
    verb = "sent" if sent else "received"
    sentence = f"{verb.capitalize() if wording == 'old' else verb} message..."
    shown = colons(data) if hexes is None else hexes
    return [
        f"[/dev/cdc-wdm0] {sentence}",
        f"{arrow} RAW:",
        f"{arrow}   length = {len(data)}",
        f"{arrow}   data   = {shown}",
        "",
    ]


def read(text: str) -> list[Captured]:
    found, items = read_messages(text.encode().splitlines(keepends=True))
    assert found.name == "a log"
    return list(items)


def decoded(name: str, *, keep_personal: bool = False) -> list[Decoded]:
    decoder = Decoder(follow=True, keep_personal=keep_personal)
    return [decoder.decode(item) for item in read((DATA / name).read_text(encoding="utf-8"))]


def names(found: list[Decoded]) -> list[str]:
    return [f"{one.json().get('message')} {one.json().get('kind')}" for one in found]


def test_qmicli_with_all_bytes():
    found = decoded("qmicli-1.32-verbose-full.log", keep_personal=True)
    assert names(found) == [
        "allocate-cid request", "allocate-cid response", "get-ids request", "get-ids response",
        "release-cid request", "release-cid response",
    ]  # fmt: skip
    assert all(one.is_sound and one.port == "/dev/pts/0" for one in found)
    assert [one.direction for one in found] == ["to-device", "from-device"] * 3
    assert found[3].json()["fields"]["imei"] == "001010123456780"  # type: ignore[call-overload,index]
    assert found[0].time == 1795407122.0
    assert found[1].latency_s is None  # whole seconds are no time for an answer


def test_qmicli_that_cuts_bytes_is_put_together_again_from_its_words():
    whole = decoded("qmicli-1.32-verbose-full.log")
    cut = decoded("qmicli-1.32-verbose.log")
    assert names(cut)[: len(whole)] == names(whole)
    assert len(cut) == 12
    for number, (one, other) in enumerate(zip(whole, cut, strict=False)):
        assert other.is_sound
        assert next(note.code for note in other.notes) == "rebuilt"
        if number != 3:
            assert one.raw == other.raw
    hidden = cut[3]
    assert [note.tlv for note in hidden.notes if note.code == "hidden"] == [0x11]
    fields = hidden.json()["fields"]
    assert "imei" not in fields  # type: ignore[operator]
    assert fields["imei-software-version"] == "06"  # type: ignore[call-overload,index]


def test_mbimcli_with_all_bytes():
    found = decoded("mbimcli-1.28-verbose-full.log")
    assert names(found) == [
        "None open", "None open-done", "device-caps request", "device-caps response",
        "None close", "None close-done",
    ]  # fmt: skip
    assert all(one.is_sound for one in found)


def test_mbimcli_that_cuts_bytes_still_says_which_messages_they_were():
    found = decoded("mbimcli-1.28-verbose.log")
    whole = decoded("mbimcli-1.28-verbose-full.log")
    assert [one.raw for one in found if one.is_sound] == [
        one.raw for one in whole if one.direction == "to-device"
    ]
    assert [one.error.args[0] for one in found if one.error is not None] == [
        "the log shows only 12 of 16 bytes: open-done",
        "the log shows only 48 of 200 bytes: basic-connect device-caps response",
        "the log shows only 12 of 16 bytes: close-done",
    ]


def test_qmi_inside_mbim_is_shown_on_both_layers():
    found = decoded("qmicli-1.32-inside-mbim.log")
    assert all(one.is_sound for one in found)
    inner = [one.inner.raw for one in found if one.inner is not None]
    outer = [one.raw for one in found if one.protocol == "qmi"]
    assert sorted(inner) == sorted(outer)
    assert len(outer) == 6


@pytest.mark.parametrize("protocol", ["qmi", "mbim"])
def test_modemmanagers_log_among_its_other_lines(protocol: str):
    found = decoded(f"modemmanager-1.20-{protocol}.log")
    assert all(one.is_sound and one.port == "/dev/cdc-wdm0" for one in found)
    assert [one.direction for one in found] == ["to-device", "from-device"] * (len(found) // 2)
    assert all(one.latency_s for one in found[1::2])
    assert (
        names(found)[-1]
        == {
            "qmi": "get-version-info response",
            "mbim": "device-services response",
        }[protocol]
    )


@pytest.mark.parametrize("wording", ["old", "new"])
def test_old_and_new_wording_say_which_way(wording: str):
    lines = block(REQUEST, sent=True, wording=wording) + block(ANSWER, sent=False, wording=wording)
    found = read("\n".join(["some text", *lines, "more text"]))
    assert [(one.data, one.direction) for one in found] == [
        (REQUEST, "to-device"),
        (ANSWER, "from-device"),
    ]


JOURNAL = "Nov 23 04:12:02 host ModemManager[700]: "


@pytest.mark.parametrize(
    ("first", "others", "end"),
    [
        ("", "", "\n"),
        ("ModemManager[700]: <debug> [1448315918.355566] ", "", "\n"),
        (JOURNAL + "<dbg> [1448315918.355566] ", " " * len(JOURNAL), "\n"),
        ("Tue Mar  8 18:40:41 2022 daemon.debug [2022]: ",) * 2 + ("\n",),
        (JOURNAL + "<debug> [1448315918.355566] ", "", "#012"),
        ("> > ", "> > ", "\n> > \n"),
        ("\x1b[0m", "\t", "\r\n"),
    ],
)
def test_each_way_that_a_log_is_kept_in_is_read(first: str, others: str, end: str):
    def kept(lines: list[str]) -> str:
        return end.join([first + lines[0], *(others + line for line in lines[1:])])

    text = kept(block(STATE, sent=False)) + "\n" + kept(block(REQUEST, sent=True)) + "\n"
    assert [one.data for one in read("text\n" + text)] == [STATE, REQUEST]


def test_modemmanagers_own_times_are_finer_than_the_journals():
    lines = block(REQUEST, sent=True)
    lines[0] = f"{JOURNAL}<debug> [1448315918.355566] {lines[0]}"
    (found,) = read("\n".join(lines))
    assert (found.time, found.is_coarse) == (1448315918.355566, False)


def test_an_answer_is_timed_where_the_times_are_fine_enough():
    text = ""
    for data, time in ((REQUEST, "10.000000"), (ANSWER, "10.012500")):
        text += "\n".join([f"<debug> [14483159{time}] x", *block(data, sent=data is REQUEST)])
    decoder = Decoder()
    first, second = [decoder.decode(item) for item in read(text)]
    assert first.latency_s is None
    assert second.json()["latency_ms"] == pytest.approx(12.5, abs=0.001)


@pytest.mark.parametrize("width", [1, 40, 72, 79])
def test_lines_that_a_mail_wrapped_are_joined(width: int):
    text = "\n".join(block(STATE, sent=False))
    before, hexes = text.split("data   = ")
    digits, after = hexes.split("\n", 1)
    wrapped = "\n".join(digits[at : at + width] for at in range(0, len(digits), width))
    if width == 1:
        wrapped = "\n".join(digits.split(":"))
    assert [one.data for one in read(f"{before}data   =\n{wrapped}\n{after}")] == [STATE]


def test_data_lines_alone_are_enough():
    text = "\n".join(f"> >>>>>>   data   = {colons(one)}" for one in (unhex(OPEN), STATE))
    found = read("From a mail:\n" + text)
    assert [one.data for one in found] == [unhex(OPEN), STATE]


def test_what_the_log_lost_is_said():
    lines = block(ANSWER, sent=False, hexes=colons(ANSWER[:20]))
    (found,) = read("\n".join([*lines, "next line"]))
    assert found.error is not None
    assert found.error.args[0] == "the log shows only 20 of 38 bytes: dms get-ids response"


def test_a_cut_message_without_all_its_words_is_given_up():
    cut = block(ANSWER, sent=False, hexes=colons(ANSWER[:12]) + "...")
    words = ["<<<<<< TLV:", '<<<<<<   type       = "Result" (0x02)', "<<<<<<   length     = 4",
             "<<<<<<   value      = 00:00:00:00"]  # fmt: skip
    found = read("\n".join([*cut, *words, *block(REQUEST, sent=True)]))
    assert [one.data for one in found] == [ANSWER[:12], REQUEST]
    assert "only 12 of 38 bytes: dms get-ids response" in str(found[0].error)


def test_a_cut_indication_of_mbim_is_named():
    cut = ">>>>>>   data   = 07:00:00:80:38:00:00:00:00:00:00:00..."
    words = [
        ">>>>>>   service = 'basic-connect' (a289cc33-bcbb-8b4f-b6b0-133ec2aae6df)",
        ">>>>>>   cid     = 'signal-state' (0x0000000b)",
    ]
    (found,) = read("\n".join(["x", ">>>>>> RAW:", ">>>>>>   length = 56", cut, *words]))
    assert "only 44 of 56 bytes: basic-connect signal-state indication" in str(found.error)


def test_words_that_do_not_fit_the_bytes_leave_the_message_cut():
    cut = block(ANSWER, sent=False, hexes=colons(ANSWER[:12]) + "...")
    for value in ("00:00", "zz:00:00:00", "00:00:00:00:00"):
        words = [
            '<<<<<<   type = "Result" (0x02)',
            "<<<<<<   length = 4",
            f"<<<<<<   value = {value}",
        ]
        (found,) = read("\n".join(["x", *cut, *words, "<<<<<<   value = 00:00:00:00"]))
        assert "only 12 of 38 bytes" in str(found.error)


def test_fragments_that_are_sent_are_not_told_twice():
    whole = block(STATE, sent=True)
    pieces = [line.replace("message", "fragment (0)") for line in block(STATE[:30], sent=True)]
    assert [one.data for one in read("\n".join(["x", *whole, *pieces]))] == [STATE]


def test_an_invalid_message_is_shown_as_it_is():
    text = "<<<<<< RAW INVALID MESSAGE:\n<<<<<<   length = 3\n<<<<<<   data   = FF:FF:FF\n"
    (found,) = read("warning\n" + text)
    assert found.data == b"\xff\xff\xff"
    assert Decoder().decode(found).error is not None


PIECES = st.sampled_from(
    [
        "[/dev/cdc-wdm0] sent message...",
        "received message (partial fragment)...",
        "sent fragment (1)...",
        "<<<<<< RAW:",
        ">>>>>> RAW:",
        "<<<<<<   length = 16",
        "<<<<<<   length = 99999999",
        ">>>>>>   data   = 01:0C:00:00:02:01:00:05:00:25:00:00...",
        ">>>>>>   data   = 03:00:00:80:30:00:00:00:02:00:00:00...",
        "<<<<<<   data   = 07...",
        "<<<<<<   data   = ",
        '<<<<<<   type       = "Result" (0x02)',
        "<<<<<<   value      = 0",
        "<<<<<<   value      = ###...",
        ">>>>>>   service = 'x' (a289cc33-bcbb-8b4f-b6b0-133ec2aae6df)",
        ">>>>>>   cid     = 'x' (0xffffffff)",
        ">>>>>>   status error = 'x' (0x00000001)",
        "01:02:03",
        "0",
        "",
    ]
)


@given(st.lists(PIECES | st.text(max_size=30), max_size=30))
def test_pieces_of_logs_in_any_order_are_messages_or_errors(lines: list[str]):
    decoder = Decoder(follow=True)
    for item in read("\n".join(["x", *lines])):
        decoder.decode(item).json()
