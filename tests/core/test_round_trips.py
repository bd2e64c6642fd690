# SPDX-License-Identifier: GPL-2.0-or-later
"""Every definition of both protocols: encoded and decoded, a message is the same, without notes."""

from __future__ import annotations

import json
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings

from qmiprobe._enums import Uuid
from qmiprobe._message import Message
from qmiprobe._plain import fields_to_json, from_fields
from qmiprobe.mbim import _codec as mbim
from qmiprobe.mbim._header import Packet
from qmiprobe.mbim.services import _index as mbim_index
from qmiprobe.qmi import _codec as qmi
from qmiprobe.qmi._sdu import Header
from tests.core.values import Maker, mbim_classes, qmi_classes, randoms

QUICK = settings(
    derandomize=True, max_examples=10, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)


def qmi_header(body: Message, random: Random) -> Header:
    """Return a header for ``body`` with numbers drawn from ``random``."""
    return Header(
        service=body.service,
        client=random.randrange(256),
        transaction=random.randrange(1, 256 if body.service == 0 else 65536),
        message_id=body.id,
        kind=body.kind,  # type: ignore[arg-type]
        from_service=body.kind != "request",
    )


def _plain_round_trip(body: Message) -> None:
    """Hold a message against what its JSON says of it."""
    plain = json.loads(json.dumps(fields_to_json(body)))
    for field in body.__fields__:
        if not field.init:
            plain.pop(field.name)
    assert from_fields(type(body), plain) == body


def qmi_round_trip(cls: type[Message], random: Random, *, full: bool = False) -> None:
    """Encode and decode one message of ``cls`` and hold both against each other."""
    body, result = Maker(random, full=full).message(cls)
    header = qmi_header(body, random)
    data = qmi.encode(header, body, result=result)
    decoded = qmi.decode(data, vendor=getattr(cls, "vendor", None))
    assert (decoded.header, decoded.result) == (header, result)
    assert decoded.body == body
    assert decoded.notes == ()
    assert qmi.encode(header, decoded.body, result=result) == data
    _plain_round_trip(body)


def mbim_packet(entry: mbim_index.Definition, random: Random) -> Packet:
    """Return a packet for a definition, without its buffer."""
    kinds = {"response": "command-done", "notification": "indicate-status"}
    return Packet(
        kind=kinds.get(entry.kind, "command"),  # type: ignore[arg-type]
        transaction=random.randrange(1, 2**32),
        value=int(entry.kind == "set"),
        service=Uuid.from_name(entry.service),
        cid=entry.id,
    )


def mbim_round_trip(
    entry: mbim_index.Definition, cls: type[Message], random: Random, *, full: bool = False
) -> None:
    """Encode and decode one message of ``cls`` and hold both against each other."""
    body, _ = Maker(random, full=full).message(cls)
    packet = mbim_packet(entry, random)
    data = mbim.encode(packet, body)
    decoded = mbim.decode(data, mbimex=entry.mbimex)
    assert decoded.body == body
    assert decoded.notes == ()
    assert (decoded.packet.kind, decoded.packet.cid) == (packet.kind, entry.id)
    assert mbim.encode(packet, decoded.body) == data
    _plain_round_trip(body)


@pytest.mark.parametrize("full", [False, True], ids=["as drawn", "everything there"])
@given(random=randoms())
@QUICK
def test_every_qmi_message_is_the_same_after_a_round_trip(full: bool, random: Random):
    for cls in qmi_classes():
        qmi_round_trip(cls, random, full=full)


@pytest.mark.parametrize("full", [False, True], ids=["as drawn", "everything there"])
@given(random=randoms())
@QUICK
def test_every_mbim_message_is_the_same_after_a_round_trip(full: bool, random: Random):
    for entry, cls in mbim_classes():
        mbim_round_trip(entry, cls, random, full=full)
