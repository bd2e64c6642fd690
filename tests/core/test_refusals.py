# SPDX-License-Identifier: GPL-2.0-or-later
"""Encoding refuses what a definition does not allow, with the field's name and nothing but that."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from random import Random

import pytest

from qmiprobe._arrays import Array, Nested
from qmiprobe._message import Field, Message, Struct, encode_struct
from qmiprobe._text import Text
from qmiprobe._types import Int
from qmiprobe._wire import Writer
from qmiprobe.errors import EncodeError
from qmiprobe.mbim._buffer import encode_buffer
from qmiprobe.mbim.services import basic_connect, sms
from qmiprobe.qmi._codec import encode_tlvs
from qmiprobe.qmi.services import dms, nas, uim, wds
from tests.core.values import Maker, mbim_classes, qmi_classes

STRANGE: tuple[object, ...] = (
    object(), "x", "x" * 300, -1, 2**80, None, [], [None], b"", b"x" * 70000, 1.5, {}, True, ("a",),
)  # fmt: skip
"""What nobody should put into a field, each of another type or size."""


def _everything() -> Iterator[tuple[type[Message], Callable[[Message], bytes]]]:
    for cls in qmi_classes():
        yield cls, encode_tlvs
    for _, cls in mbim_classes():
        yield cls, encode_buffer


def _structs(value: object) -> Iterator[Struct]:
    """Return the structs in ``value``, itself included."""
    if isinstance(value, Struct):
        yield value
        for _, inner in value.public():
            yield from _structs(inner)
    for item in value if isinstance(value, list) else ():
        yield from _structs(item)


def _refusal(encode: Callable[[Message], bytes], body: Message) -> str | None:
    try:
        encode(body)
    except EncodeError as error:
        return str(error)
    return None


def test_whatever_stands_in_a_field_only_an_encode_error_comes_of_it():
    random = Random(7)
    refused = 0
    for cls, encode in _everything():
        body, _ = Maker(random, full=True, most=1).message(cls)
        for struct in list(_structs(body)):
            for field, value in struct.public():
                struct.__dict__[field.attr] = random.choice(STRANGE)
                text = _refusal(encode, body)
                assert text is None or field.name in text or "another member" in text
                refused += text is not None
                struct.__dict__[field.attr] = value
    assert refused > 1500


def test_no_number_beyond_its_bytes_is_encoded():
    for cls, encode in _everything():
        body, _ = Maker(Random(3), full=True, most=1).message(cls)
        for struct in list(_structs(body)):
            for field, value in struct.public():
                if not isinstance(field.wire, Int) or field.derived:
                    continue
                bits = 8 * field.wire.fixed
                for number in (
                    1 << bits,
                    -(1 << (bits - 1)) - 1,
                    -1 if not field.wire.signed else 2**70,
                ):
                    struct.__dict__[field.attr] = number
                    with pytest.raises(EncodeError, match=field.name):
                        encode(body)
                struct.__dict__[field.attr] = value


def test_required_tlvs_of_a_request_are_demanded():
    request = dms.SetOperatingMode(mode=dms.OperatingMode.ONLINE)
    request.mode = None  # type: ignore[assignment]
    with pytest.raises(EncodeError, match="mode is required"):
        encode_tlvs(request)


def test_a_member_that_is_not_given_or_not_known_is_a_type_error():
    with pytest.raises(TypeError, match="needs mode="):
        dms.SetOperatingMode()  # type: ignore[call-arg]
    with pytest.raises(TypeError, match="has no colour"):
        dms.SetOperatingMode(mode=dms.OperatingMode.ONLINE, colour=3)  # type: ignore[call-arg]


def _field(cls: type[Struct], name: str) -> Field:
    return next(field for field in cls.__fields__ if field.name == name)


def _refuses(field: Field, value: object) -> str:
    with pytest.raises(EncodeError) as caught:
        field.wire.encode(Writer(), value, {})
    return str(caught.value)


def test_texts_and_octets_have_their_sizes():
    pin = _field(dms.UimVerifyPinInfo, "pin")
    assert "256 bytes do not fit a 1-byte length" in _refuses(pin, "1" * 256)
    imei = _field(dms.GetIdsResponse, "imei")
    assert "16 bytes, at most 15" in _refuses(imei, "1" * 16)
    lock = Text(4)
    with pytest.raises(EncodeError, match="5 bytes, exactly 4"):
        lock.encode(Writer(), "12345", {})
    assert "zero character" in _refuses(pin, "12\0")


def test_arrays_have_their_counts():
    bands = _field(nas.GetSystemSelectionPreferenceResponse, "acquisition-order-preference")
    assert isinstance(bands.wire, Array)
    too_many = [nas.RadioInterface.LTE] * 256
    assert "256 items do not fit a 1-byte count" in _refuses(bands, too_many)
    fixed = Array(Int(2), count=3)
    with pytest.raises(EncodeError, match="2 items, exactly 3"):
        fixed.encode(Writer(), [1, 2], {})
    with pytest.raises(EncodeError, match=r"\[1\]: 70000 does not fit"):
        fixed.encode(Writer(), [1, 70000, 3], {})


def test_members_that_share_a_size_must_agree():
    item = basic_connect.PacketFilter(packet_filter=b"12345678", packet_mask=b"1234")
    body = basic_connect.IpPacketFiltersSet(session_id=0, packet_filters=[item])
    with pytest.raises(EncodeError, match="packet-mask: size 4, another member has 8"):
        encode_buffer(body)


def test_a_member_that_the_layout_does_not_have_is_refused():
    record = sms.PduSendRecord(pdu_data=b"1")
    body = sms.SendSet(format=sms.Format.CDMA, pdu_message=record)
    with pytest.raises(EncodeError, match="pdu-message is given, but format == pdu does not hold"):
        encode_buffer(body)


def test_a_tlv_that_does_not_fit_its_length_is_refused():
    with pytest.raises(EncodeError, match="apn"):
        encode_tlvs(wds.StartNetwork(apn="x" * 70000))


def test_a_struct_of_another_kind_is_refused():
    session = uim.Session(session_type=uim.SessionType.CARD_SLOT_1, application_identifier=b"")
    writer = Writer()
    with pytest.raises(EncodeError, match="is no PinRetries"):
        Nested(dms.PinRetries).encode(writer, session, {})
    encode_struct(session, writer)
