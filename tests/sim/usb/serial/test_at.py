# SPDX-License-Identifier: GPL-2.0-or-later
"""AT ports: lines in any pieces, answers from profile and state, ERROR to what is not known."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qmiprobe.sim import SimulatedModem
from qmiprobe.sim._parts import Card, Mode, Registration
from qmiprobe.sim.usb.serial import AtPort
from qmiprobe.sim.usb.serial._line import Command, split_line


class Terminal:
    """A modem that came up, and one of its AT ports, without echo."""

    def __init__(self, profile: str = "ec25", *faults: str) -> None:
        self.modem = SimulatedModem(profile, faults=faults)
        self.modem.power_up()
        self.port = AtPort(self.modem.profile, self.modem.state)
        assert self.port.feed(b"ATE0\r") == b"ATE0\r\r\nOK\r\n"

    def ask(self, text: str) -> list[str]:
        """Return the lines of the answer, the result code last."""
        answer = self.port.feed(text.encode() + b"\r").decode()
        assert answer.startswith("\r\n")
        assert answer.endswith("\r\n")
        return answer[2:-2].split("\r\n\r\n")


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("AT", []),
        ("ATI", ["Manufacturer: Quectel", "Model: EC25", "Revision: EC25EFAR06A06M4G",
                 "IMEI: 001010123456780", "+GCAP: +CGSM,+DS,+ES"]),
        ("AT+CGMI", ["Quectel"]),
        ("AT+CGMM", ["EC25"]),
        ("AT+CGMR", ["EC25EFAR06A06M4G"]),
        ("AT+CGSN", ["001010123456780"]),
        ("AT+CGSN=?", []),
        ("AT+GCAP", ["+GCAP: +CGSM,+DS,+ES"]),
        ("AT+CPIN?", ["+CPIN: READY"]),
        ("AT+CIMI", ["001010123456789"]),
        ("AT+CCID", ["+CCID: 8988211000000000003"]),
        ("AT+CNUM", ['+CNUM: "","+15550100",145']),
        ("AT+CFUN?", ["+CFUN: 1"]),
        ("AT+CSQ", ["+CSQ: 24,99"]),
        ("AT+CESQ", ["+CESQ: 99,99,255,255,22,48"]),
        ("AT+CREG?", ["+CREG: 0,1"]),
        ("AT+CREG=?", ["+CREG: (0-2)"]),
        ("AT+COPS?", ['+COPS: 0,0,"Test Network",7']),
        ("AT+COPS=?", ['+COPS: (2,"Test Network","Test","00101",7),'
                       '(1,"Other Network","Other Network","00102",7),,(0-4),(0-2)']),
        ("AT+CGATT?", ["+CGATT: 1"]),
        ("AT+CGDCONT?", ['+CGDCONT: 1,"IPV4V6","internet.example","",0,0',
                         '+CGDCONT: 2,"IPV4V6","ims","",0,0']),
        ("AT+CGACT?", ["+CGACT: 1,0", "+CGACT: 2,0"]),
        ("AT+CGPADDR", ["+CGPADDR: 1", "+CGPADDR: 2"]),
        ("ATS3?", ["013"]),
        ("ATZ", []),
        ("AT&F", []),
        ("ATQ0V1E0S0=0&C1&D2", []),
        ("at+cgmm", ["EC25"]),
        ("AT +CGMM", ["EC25"]),
    ],
)  # fmt: skip
def test_what_a_modem_answers(text: str, lines: list[str]):
    assert Terminal().ask(text) == [*lines, "OK"]


@pytest.mark.parametrize(
    "text",
    [
        "AT+CTZU=?", "AT+CTZU=1", "AT+NOSUCH", "AT^NDISDUP=1,1", "AT!GSTATUS?", "AT#QSS?",
        "AT+CPIN", "AT+CSQ?", "ATE7", "ATY", "AT?", "AT+", "AT+CGMM+CGMI", "ATI9", "ATZ1", "AT&Z",
        "AT+CMEE=3", "AT+CREG=9", "AT+CREG=", "AT+CREG=x", "AT+COPS=1,0,\"Test\"", "ATS200=1",
        "AT+CFUN=9", "AT+CGDCONT=0", "AT+CGDCONT=1,\"PPP\"", "AT+CGACT=1,9", "AT+CPIN=\"1234\"",
        "AT\N{SNOWMAN}", "AT=", "AT\"", "AT+CSCS=\"UTF-8\"",
    ],
)  # fmt: skip
def test_what_it_does_not_know_is_an_error_and_never_ok(text: str):
    assert Terminal().ask(text) == ["ERROR"]


def test_commands_of_one_line_end_at_the_first_that_fails():
    terminal = Terminal()
    assert terminal.ask("AT+CGMI;+CGMM") == ["Quectel", "EC25", "OK"]
    assert terminal.ask("ATE0+CGMI;+NOSUCH;+CGMM") == ["Quectel", "ERROR"]
    assert terminal.ask('AT+CGDCONT=3,"IP","a;b";+CGMM') == ["EC25", "OK"]
    assert '+CGDCONT: 3,"IP","a;b","",0,0' in terminal.ask("AT+CGDCONT?")


def test_a_line_may_come_in_pieces_and_several_in_one():
    terminal = Terminal()
    assert terminal.port.feed(b"AT+C") == b""
    assert terminal.port.feed(b"GMM") == b""
    assert terminal.port.feed(b"\r\nAT\rAT+CG") == b"\r\nEC25\r\n\r\nOK\r\n\r\nOK\r\n"
    assert terminal.port.feed(b"MI\r") == b"\r\nQuectel\r\n\r\nOK\r\n"


def test_what_stands_before_at_is_ignored():
    terminal = Terminal()
    for noise in (b"+++", b"\0\xff\x7e", b"no "):
        assert terminal.port.feed(noise + b"AT\r") == b"\r\nOK\r\n"
    assert terminal.port.feed(b"\r\nnothing\r\r") == b""
    assert terminal.port.feed(b"AX\x08T+CGMM\r") == b"\r\nEC25\r\n\r\nOK\r\n"


def test_echo_and_results_are_as_the_host_wants_them():
    terminal = Terminal()
    assert terminal.port.feed(b"ATE1\r") == b"\r\nOK\r\n"
    assert terminal.port.feed(b"AT+CGMM\r\n") == b"AT+CGMM\r\r\nEC25\r\n\r\nOK\r\n\n"
    assert terminal.port.feed(b"ATE0V0\r") == b"ATE0V0\r0\r"
    assert terminal.port.feed(b"AT+CGMM\r") == b"EC25\r\n0\r"
    assert terminal.port.feed(b"AT+NOSUCH\rATD*99#\r") == b"4\r3\r"
    assert terminal.port.feed(b"ATV1Q1\r") == b""
    assert terminal.port.feed(b"AT+CGMM\r") == b"\r\nEC25\r\n"
    assert terminal.port.feed(b"ATZ\r") == b"\r\nOK\r\n"
    assert terminal.port.feed(b"AT\r") == b"AT\r\r\nOK\r\n"


def test_a_slash_repeats_the_line_before():
    terminal = Terminal()
    terminal.ask("AT+CGMM")
    assert terminal.port.feed(b"a/") == b"\r\nEC25\r\n\r\nOK\r\n"


def test_there_are_no_calls():
    terminal = Terminal()
    for text in ("ATD*99***1#", "ATDT5550100;", "ATA", "ATO"):
        assert terminal.ask(text) == ["NO CARRIER"]
    assert terminal.ask("ATH") == ["OK"]


def test_errors_have_numbers_or_texts_where_the_host_wants_them():
    terminal = Terminal("ec25", "no-sim")
    assert terminal.ask("AT+CPIN?") == ["ERROR"]
    assert terminal.ask("AT+CMEE=1;+CPIN?") == ["+CME ERROR: 10"]
    assert terminal.ask("AT+CMEE=2;+CPIN?") == ["+CME ERROR: SIM not inserted"]
    assert terminal.ask("AT+CIMI") == ["+CME ERROR: SIM not inserted"]
    assert terminal.ask("AT+NOSUCH") == ["ERROR"], "unknown has no number"
    assert terminal.ask("AT+CMEE?") == ["+CMEE: 2", "OK"]


def test_pin_and_puk_open_the_card():
    terminal = Terminal("ec25", "pin-required")
    terminal.ask("AT+CMEE=1")
    assert terminal.ask("AT+CPIN?") == ["+CPIN: SIM PIN", "OK"]
    assert terminal.ask("AT+CIMI") == ["+CME ERROR: 11"]
    assert terminal.ask('AT+CPIN="0000"') == ["+CME ERROR: 16"]
    assert terminal.ask('AT+CPIN="1234"') == ["OK"]
    assert terminal.modem.state.sim.card is Card.READY
    terminal = Terminal("ec25", "puk-required")
    assert terminal.ask("AT+CPIN?") == ["+CPIN: SIM PUK", "OK"]
    assert terminal.ask('AT+CPIN="12345678"') == ["ERROR"]
    assert terminal.ask('AT+CPIN="12345678","4321"') == ["OK"]
    assert terminal.modem.state.sim.pin == "4321"


def test_the_radio_is_switched():
    terminal = Terminal()
    assert terminal.ask("AT+CFUN=4") == ["OK"]
    assert terminal.modem.state.radio.mode is Mode.LOW_POWER
    assert terminal.ask("AT+CFUN?") == ["+CFUN: 0", "OK"]
    assert terminal.ask("AT+CSQ") == ["+CSQ: 99,99", "OK"]
    assert terminal.ask("AT+COPS?") == ["+COPS: 0", "OK"]
    assert terminal.ask("AT+CREG?") == ["+CREG: 0,0", "OK"]
    assert terminal.ask("AT+CGATT=1") == ["ERROR"]
    assert terminal.ask("AT+COPS=?") == ["ERROR"]
    assert terminal.ask("AT+CFUN=1") == ["OK"]
    assert terminal.modem.state.radio.on
    assert Terminal("ec25", "fcc-locked").ask("AT+CFUN=1") == ["ERROR"]


def test_operators_are_named_and_chosen_in_each_form():
    terminal = Terminal()
    assert terminal.ask("AT+COPS=3,2;+COPS?") == ['+COPS: 0,2,"00101",7', "OK"]
    assert terminal.ask("AT+COPS=3,1;+COPS?") == ['+COPS: 0,1,"Test",7', "OK"]
    assert terminal.ask('AT+COPS=1,2,"00102"') == ["OK"]
    assert terminal.modem.state.manual_plmn == ("001", "02")
    assert terminal.ask("AT+COPS=0") == ["OK"]
    assert terminal.modem.state.manual_plmn is None


def test_registration_tells_where_and_unasked():
    terminal = Terminal()
    heard: list[bytes] = []
    unwatch = terminal.port.watch(heard.append)
    assert terminal.ask("AT+CREG=2;+CREG?") == ['+CREG: 2,1,"1234","000A0B01",7', "OK"]
    terminal.modem.state.meet(Registration.DENIED, reject=11)
    assert heard == [b"\r\n+CREG: 3\r\n"]
    terminal.modem.state.meet(Registration.ROAMING)
    assert heard[1:] == [b'\r\n+CREG: 5,"1234","000A0B01",7\r\n']
    assert terminal.ask("AT+CREG=0") == ["OK"]
    terminal.modem.state.meet(Registration.HOME)
    unwatch()
    assert len(heard) == 2


def test_packet_registration_needs_to_be_attached():
    terminal = Terminal("ec25", "not-attached")
    assert terminal.ask("AT+CREG?") == ["+CREG: 0,1", "OK"]
    assert terminal.ask("AT+CEREG?") == ["+CEREG: 0,0", "OK"]
    assert terminal.ask("AT+CGACT=1,1") == ["ERROR"]


def test_contexts_are_stored_and_deleted():
    terminal = Terminal()
    assert terminal.ask('AT+CGDCONT=1,"IPV6","other.example"') == ["OK"]
    assert terminal.modem.state.contexts[1].family == "ipv6"
    assert terminal.ask("AT+CGDCONT=2") == ["OK"]
    assert terminal.ask("AT+CGDCONT?") == ['+CGDCONT: 1,"IPV6","other.example","",0,0', "OK"]


def test_a_context_is_activated_with_its_addresses():
    terminal = Terminal()
    assert terminal.ask("AT+CGACT=1,1") == ["OK"]
    assert terminal.modem.state.sessions.families(0) == [4, 6]
    assert terminal.ask("AT+CGACT?") == ["+CGACT: 1,1", "+CGACT: 2,0", "OK"]
    assert terminal.ask("AT+CGPADDR=1") == ['+CGPADDR: 1,"192.0.2.2","2001:db8:1::2"', "OK"]
    assert terminal.ask("AT$QCRMCALL?") == ["$QCRMCALL: 1,V4", "$QCRMCALL: 1,V6", "OK"]
    assert terminal.ask("AT+CGACT=0,1") == ["OK"]
    assert terminal.modem.state.sessions.families(0) == []
    refused = Terminal("ec25", "call-refused")
    assert refused.ask("AT+CMEE=2;+CGACT=1,1") == ["+CME ERROR: unspecified GPRS error"]
    assert Terminal("ec25", "v6-refused").ask("AT+CGACT=1,1") == ["OK"], "IPv4 came up"


def test_an_ethernet_function_is_connected_by_its_makers_command():
    terminal = Terminal("lt4112")
    assert terminal.ask('AT^NDISDUP=1,1,"internet.example"') == ["OK"]
    assert terminal.modem.state.sessions.families(0) == [4, 6]
    assert terminal.ask("AT^NDISSTATQRY?") == ['^NDISSTATQRY: 1,,,"IPV4",1,,,"IPV6"', "OK"]
    answer = terminal.ask("AT^DHCP?")[0]
    assert answer.startswith("^DHCP: C0000202,FFFFFFFC,C0000201,C0000201,C6336435,C6336436,")
    assert terminal.ask("AT^NDISDUP=1,0") == ["OK"]
    assert terminal.ask("AT^NDISSTATQRY?") == ['^NDISSTATQRY: 0,,,"IPV4",0,,,"IPV6"', "OK"]
    assert terminal.ask("AT^DHCP?") == ["ERROR"]
    assert terminal.ask("AT$QCRMCALL=1,1") == ["ERROR"], "another maker's"


def test_all_commands_are_listed_by_maker():
    listed = Terminal("lt4112").ask("AT+CLAC")
    assert {"+CGMI", "^NDISDUP", "&F", "S0"} <= set(listed)
    assert "$QCRMCALL" not in listed
    assert "$QCRMCALL" in Terminal().ask("AT+CLAC")
    assert Terminal("lt4120").ask("AT^NDISDUP=1,1") == ["ERROR"], "HP's, and not Huawei's"


@pytest.mark.parametrize(
    ("text", "commands"),
    [
        ("", []),
        ("E0V1", [Command("E", values=("0",)), Command("V", values=("1",))]),
        ("&C1", [Command("&C", values=("1",))]),
        ("S3=13S4?", [Command("S3", "set", ("13",)), Command("S4", "read")]),
        ('+A="x,y",2,', [Command("+A", "set", ("x,y", "2", ""))]),
        ("+A?;+B=?", [Command("+A", "read"), Command("+B", "test")]),
        ("D*99#;+A", [Command("D", values=("*99#;+A",))]),
        ("+A!", None),
        ("1", None),
    ],
)
def test_lines_are_split(text: str, commands: list[Command] | None):
    assert split_line(text) == commands


@given(st.binary(max_size=200))
def test_any_bytes_are_borne(data: bytes):
    port = TERMINAL.port
    port.feed(data)
    assert port.feed(b"\rATZ\r").endswith(b"OK\r\n")


@given(st.text('AT+CGREGOPS?=;,"1%&DSZ0', max_size=40))
def test_any_line_has_one_result_at_least(text: str):
    port = TERMINAL.port
    port.feed(b"\rATZE0\r")
    assert (
        port.feed(b"AT" + text.encode() + b"\r").endswith(
            (b"OK\r\n", b"ERROR\r\n", b"NO CARRIER\r\n", b"0\r", b"4\r", b"3\r")
        )
        or "Q" in text
    )


@given(st.binary(max_size=3000).filter(lambda data: b"\r" not in data))
def test_a_line_without_end_takes_no_more_room_than_a_line(data: bytes):
    port = TERMINAL.port
    port.feed(data * 2)
    assert len(port._modem.line._buffer) <= 2048  # that is what is tested


TERMINAL = Terminal()
