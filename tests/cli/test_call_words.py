# SPDX-License-Identifier: GPL-2.0-or-later
"""The words of ``call``: names, fields and their values, and what is said of wrong ones."""

from __future__ import annotations

import json
from contextlib import suppress
from ipaddress import IPv4Address
from typing import TYPE_CHECKING, Any

import click
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qmiprobe._plain import fields_to_json
from qmiprobe.cli._assignments import assemble
from qmiprobe.cli._known import definitions, find_messages
from qmiprobe.cli._steps import Step, make_steps, mark
from qmiprobe.errors import EncodeError
from qmiprobe.mbim.services import basic_connect
from qmiprobe.mbim.services._shared import Service
from qmiprobe.qmi.services import dms, uim
from tests.capture.messages import GET_IDS_ANSWER, OPEN, RADIO_STATE, RADIO_STATE_QUERY

if TYPE_CHECKING:
    from pathlib import Path


def one(*words: str, **options: Any) -> Step:  # noqa: ANN401  # options of make_steps
    (step,) = make_steps(mark(words), **options)
    return step


def fields(*words: str, **options: Any) -> dict[str, Any]:  # noqa: ANN401
    body = one(*words, **options).body
    assert body is not None
    return dict(fields_to_json(body))


@pytest.mark.parametrize(
    ("words", "nested"),
    [
        ([], {}),
        (["a=1"], {"a": "1"}),
        (["a="], {"a": ""}),
        (["a=b=c"], {"a": "b=c"}),
        (["a.b=1", "a.c=2"], {"a": {"b": "1", "c": "2"}}),
        (["a[0]=1", "a[1]=2"], {"a": ["1", "2"]}),
        (["a[1].b=2", "a[0].b=1"], {"a": [{"b": "1"}, {"b": "2"}]}),
        (["some_name=1"], {"some-name": "1"}),
        (["5g-signal=1"], {"5g-signal": "1"}),
        (["a=@@home"], {"a": "@home"}),
        (["a=two\nlines"], {"a": "two\nlines"}),
    ],
)
def test_assignments_become_nested_data(words: list[str], nested: object):
    assert assemble(words) == nested


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["a"], "'a' is no FIELD=VALUE"),
        (["=1"], "'=1' is no FIELD=VALUE"),
        (["a..b=1"], "'a..b' is no field"),
        (["a[x]=1"], "'a[x]' is no field"),
        (["a.=1"], "'a.' is no field"),
        (["a=1", "a=2"], "'a=2': that field has a value already"),
        (["a=1", "a.b=2"], "'a.b=2': that field has a value already"),
        (["a[1]=1"], "a: items are counted from [0]"),
        (["a[0]=1", "a.b=1"], "a: items are counted from [0]"),
        (["a=@/no/such/file"], "No such file"),
    ],
)
def test_what_is_no_assignment_is_said(words: list[str], said: str):
    with pytest.raises(click.ClickException) as caught:
        assemble(words)
    assert said in caught.value.format_message()


def test_a_value_may_be_json_in_a_file(tmp_path: Path):
    path = tmp_path / "value.json"
    path.write_text('{"b": [1, 2]}', encoding="utf-8")
    assert assemble([f"a=@{path}", "a.c=3"]) == {"a": {"b": [1, 2], "c": "3"}}
    path.write_text("{", encoding="utf-8")
    with pytest.raises(click.UsageError, match="not JSON"):
        assemble([f"a=@{path}"])


def test_all_fields_may_stand_in_a_file(tmp_path: Path):
    path = tmp_path / "fields.json"
    path.write_text('{"some_name": {"b": 1}, "c": [2]}', encoding="utf-8")
    assert assemble([f"@{path}", "some-name.d=3"]) == {
        "some-name": {"b": 1, "d": "3"},
        "c": [2],
    }
    with pytest.raises(click.UsageError, match=r"c of @.* has a value already"):
        assemble(["c=1", f"@{path}"])
    path.write_text("[1]", encoding="utf-8")
    with pytest.raises(click.UsageError, match="a JSON object with fields is wanted"):
        assemble([f"@{path}"])


def test_what_decode_shows_of_a_message_can_be_sent(tmp_path: Path):
    """Fields that decode wrote are the fields of a call."""
    from qmiprobe._plain import fields_to_json
    from qmiprobe.mbim.services import basic_connect

    sent = basic_connect.RadioStateSet(radio_state=basic_connect.RadioSwitchState.OFF)
    path = tmp_path / "fields.json"
    path.write_text(json.dumps(fields_to_json(sent)), encoding="utf-8")
    assert one("basic-connect.radio-state:set", f"@{path}").body == sent


@given(st.lists(st.text(max_size=20), max_size=4))
def test_any_words_are_data_or_a_usage_error(words: list[str]):
    with suppress(click.ClickException):
        assert isinstance(assemble(words), dict)


def test_a_message_is_found_by_its_name():
    step = one("dms.get-model")
    assert (step.protocol, step.service, step.message_id) == ("qmi", 2, dms.GetModel.id)
    assert isinstance(step.body, dms.GetModel)
    assert step.name == "dms get-model"
    assert isinstance(one("DMS.get_model").body, dms.GetModel)
    assert isinstance(one("qmi/dms.get-model").body, dms.GetModel)


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("dms.get-modl", "service dms has no message 'get-modl': did you mean get-model"),
        ("dsm.get-model", "no service 'dsm': did you mean"),
        ("get-model", "no SERVICE.MESSAGE such as dms.get-model: did you mean dms.get-model"),
        ("mbim/dms.get-model", "no service 'dms'"),
        ("dms.zzzzzz", "`qmiprobe protocol dms` lists them"),
        ("qchat.reset", "of service qchat no messages are defined: --raw"),
        ("nas.network-time", "nas.network-time comes from the modem alone"),
        ("basic-connect.radio-state:get", "after the colon stands set or query"),
        ("basic-connect.device-caps:set", "has no set, only query"),
        ("dms.get-model:set", "has no set, only request"),
    ],
)
def test_a_name_that_is_wrong_gets_the_nearest(word: str, said: str):
    with pytest.raises(click.UsageError) as caught:
        one(word)
    assert said in caught.value.format_message()


def test_every_message_that_can_be_sent_is_found_by_its_name():
    names = {
        f"{entry.protocol}/{entry.service}.{entry.message}"
        for entry in definitions()
        if entry.kind in ("request", "query", "set")
    }
    for name in names:
        assert find_messages(name), name


def test_mbim_asks_unless_something_is_set():
    assert isinstance(one("basic-connect.radio-state").body, basic_connect.RadioStateQuery)
    off = one("basic-connect.radio-state", "radio-state=off").body
    assert isinstance(off, basic_connect.RadioStateSet)
    assert off.radio_state == basic_connect.RadioSwitchState(0)
    connect = one("basic-connect.connect", "session-id=1").body
    assert isinstance(connect, basic_connect.ConnectQuery)
    assert connect.session_id == 1


@pytest.mark.parametrize(
    "words",
    [
        ("basic-connect.network-idle-hint:set", "state=disabled"),
        ("basic-connect.network-idle-hint", "--set", "state=disabled"),
        ("--set", "basic-connect.network-idle-hint", "state=disabled"),
    ],
)
def test_a_set_can_be_asked_for(words: tuple[str, ...]):
    assert isinstance(one(*words).body, basic_connect.NetworkIdleHintSet)


def test_the_mbimex_version_chooses_the_layout():
    query = "basic-connect.connect", "session-id=1"
    assert isinstance(one(*query, mbimex="2.0").body, basic_connect.ConnectQuery)
    assert isinstance(one(*query, mbimex="3.0").body, basic_connect.ConnectQueryEx3)
    assert isinstance(one(*query, mbimex="4.0").body, basic_connect.ConnectQueryEx3)


def test_values_are_read_as_their_types():
    assert fields("dms.set-operating-mode", "mode=low-power") == {
        "mode": {"name": "low-power", "value": 1}
    }
    assert fields("dms.set-operating-mode", "mode=0x63")["mode"]["value"] == 99
    found = fields("wds.start-network", "apn=internet", "ipv4-address-preference=192.0.2.7")
    assert found["ipv4-address-preference"] == str(IPv4Address("192.0.2.7"))
    mask = fields("wds.get-current-settings", "requested-settings=dns-address,ip-address")
    assert [flag["name"] for flag in mask["requested-settings"]] == ["dns-address", "ip-address"]


READ = [
    "uim.read-transparent",
    "session.session-type=primary-gw-provisioning",
    "session.application-identifier=",
    "file.file-id=0x2fe2",
    "file.file-path=3f:00",
    "read-information.offset=0",
    "read-information.length=0",
]


def test_structs_are_given_member_by_member():
    body = one(*READ).body
    assert isinstance(body, uim.ReadTransparent)
    assert body.file.file_id == 0x2FE2
    assert body.file.file_path == b"\x3f\x00"


@pytest.mark.parametrize(
    "words",
    [
        ["networks[0]=1", "networks[1]=2"],
        ["networks=1,2"],
        ["networks=[1, 2]"],
    ],
)
def test_lists_are_given_in_three_ways(words: list[str]):
    assert _networks(*words) == [1, 2]


def _networks(*words: str) -> object:
    from qmiprobe._arrays import Array
    from qmiprobe._message import Request, Response, member
    from qmiprobe._types import Int
    from qmiprobe.cli._body import make_body

    class Lists(Request[Response]):
        service_name = "test"
        message = "lists"
        networks: list[int] = member(Array(Int(2), count=Int(1)))

    body = make_body(Lists, assemble(words), blank=False)
    return body.__dict__["networks"]


def test_lists_of_structs_are_given_item_by_item():
    words = [
        "basic-connect.ip-packet-filters:set",
        "session-id=1",
        "packet-filters[0].packet-filter=0102",
        "packet-filters[0].packet-mask=ffff",
    ]
    body = one(*words).body
    assert isinstance(body, basic_connect.IpPacketFiltersSet)
    assert [item.packet_mask for item in body.packet_filters] == [b"\xff\xff"]
    as_json = json.dumps([{"packet-filter": "0102", "packet-mask": "ffff"}])
    same = one("basic-connect.ip-packet-filters:set", "session-id=1", f"packet-filters={as_json}")
    assert same.body == body


def test_lists_of_mbim_tlvs_are_json():
    step = one(
        "basic-connect.connect:set",
        "session-id=1",
        "activation-command=activate",
        "compression=none",
        "auth-protocol=none",
        "ip-type=ipv4",
        "context-type=internet",
        "media-preference=0",
        'unnamed-ies=[{"type": 10, "data": "4100"}]',
        mbimex="3.0",
    )
    assert isinstance(step.body, basic_connect.ConnectSetEx3)
    assert [(tlv.type, tlv.data) for tlv in step.body.unnamed_ies] == [(10, b"A\0")]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["dms.set-operating-mode"], "also needs mode=online|low-power|factory-test|..."),
        (["dms.set-operating-mode", "mod=1"], "no field 'mod': did you mean mode?"),
        (["dms.get-model", "x=1"], "dms.get-model has no field 'x'; it has none"),
        (["dms.set-operating-mode", "mode=onlin"], "mode: 'onlin' is no OperatingMode"),
        (["dms.set-operating-mode", "mode=256"], "256 does not fit 1 unsigned bytes"),
        (READ[:1], "session.session-type=primary-gw-provisioning|"),
        ([*READ[:-1], "read-information.lenth=0"], "no field 'lenth': did you mean length?"),
        (["wds.start-network", "ipv4-address-preference=192.0.2"], "ipv4-address-preference: "),
        (["basic-connect.connect:set", "session-id=x"], "session-id: 'x' is no number"),
        (["basic-connect.connect", "context-type=interne"], "'interne' is no UUID"),
        ([*READ[:5], "read-information={"], "not JSON"),
    ],
)
def test_a_wrong_value_is_named_with_its_field(words: list[str], said: str):
    with pytest.raises(EncodeError) as caught:
        one(*words)
    assert said in str(caught.value)


def test_several_messages_keep_their_own_fields():
    steps = make_steps(
        mark(
            ["nas.reset", "--then", "dms.set-operating-mode", "mode=online", "--then", "wds.reset"]
        )
    )
    assert [step.name for step in steps] == ["nas reset", "dms set-operating-mode", "wds reset"]
    assert fields("nas.reset") == {}


def test_one_run_speaks_one_protocol():
    with pytest.raises(click.UsageError, match="one run speaks one protocol"):
        make_steps(mark(["dms.get-model", "--then", "basic-connect.device-caps"]))


@pytest.mark.parametrize("words", [["--raw", GET_IDS_ANSWER], [f"--raw={GET_IDS_ANSWER}"]])
def test_a_raw_qmi_message_gives_service_id_and_tlvs(words: list[str]):
    step = one(*words)
    assert (step.protocol, step.service, step.message_id) == ("qmi", 2, 0x25)
    assert step.payload.startswith(b"\x02\x04\x00")
    assert step.body is None


def test_a_raw_mbim_command_gives_service_id_and_buffer():
    step = one("--raw", RADIO_STATE_QUERY)
    assert (step.protocol, step.message_id, step.is_set, step.payload) == ("mbim", 3, False, b"")
    assert step.service == Service.from_name("basic-connect")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--raw"], "no MESSAGE"),
        (["--raw", "01"], "--raw: 1 bytes are no QMUX frame"),
        (["--raw", "xyz"], "'x' is no hex digit"),
        (["--raw", OPEN], "open is not one whole COMMAND"),
        (["--raw", RADIO_STATE], "basic-connect radio-state response is not one whole COMMAND"),
        (["--raw", RADIO_STATE_QUERY, "a=1"], "no name and no fields beside it"),
        ([], "no MESSAGE"),
        (["dms.get-model", "--then"], "no MESSAGE"),
    ],
)
def test_what_cannot_be_sent_is_said(words: list[str], said: str):
    with pytest.raises(click.UsageError) as caught:
        make_steps(mark(words))
    assert said in caught.value.format_message()


def test_behind_two_hyphens_words_are_words():
    assert mark(["a", "--", "--then"]) == ["a", "--", "--then"]


def test_a_vendors_message_brings_its_vendor():
    assert one("dms.swi-get-current-firmware").vendor == 0x1199
