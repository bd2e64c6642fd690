# SPDX-License-Identifier: GPL-2.0-or-later
"""The scapy layers against our own codec: every definition, and what scapy does with packets."""

from __future__ import annotations

import subprocess
import sys
from contextlib import redirect_stdout
from io import StringIO
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from scapy.config import conf
from scapy.fields import RawVal
from scapy.packet import Packet, Raw, fuzz

from qmiprobe._message import Message
from qmiprobe.errors import DecodeError, DefinitionError
from qmiprobe.mbim import _codec as mbim
from qmiprobe.mbim.services import basic_connect
from qmiprobe.qmi import _codec as qmi
from qmiprobe.qmi.services import dms, nas
from qmiprobe.scapy import ABSENT, MBIM, QMI, QMITLV, QMUX, Octets, layer
from qmiprobe.scapy._fields import field_name
from qmiprobe.scapy._mbim import buffer_layer
from qmiprobe.scapy._qmi import message_layer
from tests.core.test_round_trips import mbim_packet, qmi_header
from tests.core.values import Maker, mbim_classes, qmi_classes, randoms
from tests.vectors.load import Vector, load

QUICK = settings(
    derandomize=True, max_examples=4, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)


@pytest.fixture(autouse=True)
def strict(monkeypatch: pytest.MonkeyPatch):
    """What goes wrong in dissecting is an error, not a Raw layer."""
    monkeypatch.setattr(conf, "debug_dissector", True)


def values(body: Message) -> dict[str, Any]:
    return {field_name(field.attr): value for field, value in body.public() if field.init}


def shown(packet: Packet) -> str:
    text = StringIO()
    with redirect_stdout(text):
        packet.show()
    return text.getvalue()


@given(random=randoms())
@QUICK
def test_every_qmi_message_is_built_and_dissected_as_by_the_codec(random: Random):
    for cls in qmi_classes():
        body, result = Maker(random).message(cls)
        header = qmi_header(body, random)
        vendor = getattr(cls, "vendor", None)
        expected = qmi.encode(header, body, result=result)
        upper = message_layer(cls)(**values(body))
        if result is not None:
            upper.result = result.error
        head = QMUX(client=header.client) / QMI(transaction=header.transaction)
        assert bytes(head / upper) == expected, cls
        if vendor is not None:
            continue  # found by the class's own vendor: below
        again = QMUX(expected)
        assert bytes(again) == expected
        assert type(again.lastlayer()) is message_layer(cls)
        assert shown(again)
        again.client = again.client  # drops what is remembered of the bytes
        again.lastlayer().raw_packet_cache = None
        assert bytes(again) == expected, cls
        for field, value in body.public():
            there = again.lastlayer().getfieldval(field_name(field.attr))
            assert (None if there is ABSENT else there) == value


@given(random=randoms())
@QUICK
def test_every_mbim_message_is_built_and_dissected_as_by_the_codec(random: Random):
    for entry, cls in mbim_classes():
        body, _ = Maker(random).message(cls)
        packet = mbim_packet(entry, random)
        expected = mbim.encode(packet, body)
        built = MBIM(transaction=packet.transaction) / buffer_layer(cls)(**values(body))
        assert bytes(built) == expected, cls
        try:
            MBIM.mbimex = entry.mbimex
            again = MBIM(expected)
        finally:
            MBIM.mbimex = None
        assert type(again.lastlayer()) is buffer_layer(cls)
        assert bytes(again) == expected
        assert shown(again)
        again.lastlayer().raw_packet_cache = None
        assert bytes(again) == expected, cls


def test_a_vendors_message_is_found_for_that_vendor(monkeypatch: pytest.MonkeyPatch):
    cls = next(one for one in qmi_classes() if getattr(one, "vendor", None) is not None)
    data = bytes(
        QMUX(client=1) / QMI() / message_layer(cls)(**values(Maker(Random(1)).message(cls)[0]))
    )
    monkeypatch.setattr(QMI, "vendor", cls.vendor)  # type: ignore[attr-defined]
    assert type(QMUX(data).lastlayer()) is message_layer(cls)


@pytest.mark.needs("vectors")
@pytest.mark.parametrize("name", ["qmi", "qmi_rebuilt", "mbim"])
def test_every_message_of_a_real_modem_is_the_same_after_scapy(name: str):
    vectors = load(name)
    frame = MBIM if name == "mbim" else QMUX
    assert vectors
    for vector in vectors:
        dissected = _dissected(frame, vector)
        if dissected is None:
            continue
        assert bytes(dissected) == vector.data, vector.place
        assert shown(dissected), vector.place


def _dissected(frame: type[Packet], vector: Vector) -> Packet | None:
    """Return what scapy makes of it; None for what is no message for the codec either."""
    try:
        (mbim.decode if frame is MBIM else qmi.decode)(vector.data)
    except DecodeError:
        return None
    return frame(vector.data)


def test_a_response_answers_its_request_alone():
    request = QMUX(client=3) / QMI(transaction=7) / layer("dms.get-model")()
    response = (
        QMUX(client=3) / QMI(transaction=7) / layer("dms.get-model", "response")(model="EC25")
    )
    asked, answer = QMUX(bytes(request)), QMUX(bytes(response))
    assert answer.answers(asked)
    assert answer.hashret() == asked.hashret()
    assert not asked.answers(answer)
    for other in (
        QMUX(client=4) / QMI(transaction=7) / layer("dms.get-model")(),
        QMUX(client=3) / QMI(transaction=8) / layer("dms.get-model")(),
        QMUX(client=3) / QMI(transaction=7) / layer("dms.get-revision")(),
    ):
        assert not answer.answers(QMUX(bytes(other)))
        assert not response.answers(other)


def test_a_done_answers_its_command_alone():
    query = MBIM(transaction=5) / layer("basic-connect.radio-state")()
    done = MBIM(transaction=5) / layer("basic-connect.radio-state", "response")()
    assert MBIM(bytes(done)).answers(MBIM(bytes(query)))
    assert done.answers(query)
    assert not query.answers(done)
    assert not done.answers(MBIM(transaction=6) / layer("basic-connect.radio-state")())
    assert not done.answers(MBIM(transaction=5) / layer("basic-connect.pin")())
    assert MBIM(type=0x80000001, transaction=2).answers(MBIM(type=1, transaction=2))
    assert MBIM(type=0x80000004, transaction=5, error=5).answers(query)


def test_fuzzed_messages_of_every_definition_can_be_built():
    """Also read: by us at least; they are never the same twice."""
    for cls in qmi_classes():
        upper = message_layer(cls)()
        data = bytes(fuzz(QMUX(client=1) / QMI(transaction=1) / upper))
        assert qmi.decode(data).header.message_id == cls.id
    for _, other in mbim_classes():
        packet = MBIM(transaction=1) / buffer_layer(other)()
        assert bytes(fuzz(packet))
    several = fuzz(QMUX(client=1) / QMI(transaction=1) / layer("wds.start-network")())
    assert len({bytes(several) for _ in range(20)}) > 15


def test_what_is_given_stays_when_the_rest_is_fuzzed():
    upper = layer("dms.set-operating-mode")(mode="offline")
    fuzzed = fuzz(QMUX(client=9) / QMI(transaction=4) / upper)
    for _ in range(5):
        again = QMUX(bytes(fuzzed))
        assert (again.client, again.transaction, again.mode) == (9, 4, dms.OperatingMode.OFFLINE)


def test_values_are_given_as_text_numbers_json_or_what_the_codec_has():
    cls = layer("nas.initiate-network-register")
    for action in ("manual", 2, nas.NetworkRegisterType.MANUAL):
        packet = cls(
            action=action,
            manual_registration_info_3gpp={"mcc": 1, "mnc": 1, "radio-interface": "lte"},
        )
        assert bytes(packet)[:4] == b"\x01\x01\0\x02"
    assert (
        layer("basic-connect.radio-state", "set")(radio_state="off").radio_state
        == basic_connect.RadioSwitchState.OFF
    )


def test_bytes_can_be_wrong_on_purpose():
    cls = layer("dms.set-operating-mode")
    assert bytes(cls(mode=Octets(b"\1\2\3"))) == b"\x01\x03\0\1\2\3"
    assert bytes(cls(mode=RawVal(b"?"))) == b"?"
    lying = cls(mode=1, others=[QMITLV(number=0x77, length=9, value=b"ab")])
    assert bytes(lying) == b"\x01\x01\0\x01\x77\x09\0ab"
    frame = QMUX(bytes(QMUX(length=200) / QMI() / cls(mode=1)))
    assert frame.length == 200


def test_two_frames_in_a_row_are_two():
    one = bytes(QMUX(client=1) / QMI() / layer("dms.get-model")())
    two = QMUX(one + one)
    assert bytes(two[Raw if two.haslayer(Raw) else "Padding"]) == one
    message = bytes(MBIM() / layer("basic-connect.pin")())
    assert bytes(MBIM(message + message)["Padding"]) == message


def test_noise_never_raises_more_than_scapy_takes(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(conf, "debug_dissector", False)
    random = Random(5)
    sound = [
        bytes(QMUX(client=1) / QMI() / layer("nas.get-signal-info", "response")()),
        bytes(MBIM() / layer("basic-connect.connect", "set")(access_string="a")),
    ]
    frames: tuple[Any, Any] = (QMUX, MBIM)
    for frame, data in zip(frames, sound, strict=True):
        for _ in range(300):
            noise = bytearray(data)
            for _ in range(random.randrange(1, 6)):
                noise[random.randrange(len(noise))] = random.randrange(256)
            least = 48 if frame is MBIM else 6  # an outermost header must be whole, as scapy has it
            piece = bytes(noise[: random.randrange(least, len(noise) + 1)])
            assert bytes(frame(piece)) == piece


def test_a_name_that_is_wrong_is_explained():
    with pytest.raises(DefinitionError, match=r"did you mean dms\.get-model"):
        layer("dms.get-modell")
    with pytest.raises(DefinitionError, match="has no indication, only"):
        layer("dms.get-model", "indication")


def test_nothing_else_loads_scapy():
    code = "import sys, qmiprobe.qmi, qmiprobe.cli.call; print('scapy' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True
    )
    assert done.stdout == "False\n"
