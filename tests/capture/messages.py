# SPDX-License-Identifier: GPL-2.0-or-later
"""Messages for tests: some written out by hand, others made by our own encoder."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import jsonschema

from qmiprobe._enums import Uuid
from qmiprobe.mbim import _codec as mbim
from qmiprobe.mbim._header import Packet
from qmiprobe.qmi import _codec as qmi
from qmiprobe.qmi._codec import Result
from qmiprobe.qmi._sdu import Header
from qmiprobe.qmi.services._shared import Error
from qmiprobe.report import schema

if TYPE_CHECKING:
    from qmiprobe._message import Message

IMEI = "001010123456789"
BASIC_CONNECT = "a289cc33bcbb8b4fb6b0133ec2aae6df"

# QMUX: marker, length, flags, service 2, client 1; SDU: flags, transaction 5, message 0x0025,
# length of the TLVs.
GET_IDS_REQUEST = "01 0c00 00 02 01  00 0500 2500 0000"
GET_IDS_ANSWER = (
    "01 2500 80 02 01  02 0500 2500 1900  02 0400 0000 0000  11 0f00" + IMEI.encode().hex()
)
# The same refused with error 25 and without the IMEI.
GET_IDS_REFUSED = "01 1300 80 02 01  02 0500 2500 0700  02 0400 0100 1900"
# Service 0xE3 is known by name only, message 0x0001; one TLV.
UNDEFINED = "01 1000 00 e3 03  00 0700 0100 0400  10 0100 2a"
# MBIM: OPEN with MaxControlTransfer 4096, and its answer.
OPEN = "01000000 10000000 01000000 00100000"
OPEN_DONE = "01000080 10000000 01000000 00000000"
# COMMAND_DONE of basic-connect radio-state: hardware on, software off.
RADIO_STATE = (
    f"03000080 38000000 02000000 01000000 00000000 {BASIC_CONNECT} 03000000 00000000 08000000"
    "01000000 00000000"
)
RADIO_STATE_QUERY = (
    f"03000000 30000000 02000000 01000000 00000000 {BASIC_CONNECT} 03000000 00000000 00000000"
)


def unhex(text: str) -> bytes:
    """Return the bytes of one of the texts above."""
    return bytes.fromhex(text)


def qmi_message(body: Message, *, error: int = 0, client: int = 1, transaction: int = 5) -> bytes:
    """Return ``body`` as the frame that a host or a modem would send."""
    header = Header(
        service=body.service,
        client=client,
        transaction=transaction,
        message_id=body.id,
        kind=body.kind,  # type: ignore[arg-type]
        from_service=body.kind != "request",
    )
    return qmi.encode(header, body, result=Result(not error, Error(error)))


def mbim_message(body: Message, *, status: int = 0, transaction: int = 2) -> bytes:
    """Return ``body`` as the message that a host or a function would send."""
    if body.kind == "request":
        is_set = getattr(body, "direction", "query") == "set"
        packet = _packet("command", body, transaction, int(is_set))
    elif body.kind == "response":
        packet = _packet("command-done", body, transaction, status)
    else:
        packet = _packet("indicate-status", body, 0, 0)
    return mbim.encode(packet, body)


def _packet(kind: str, body: Message, transaction: int, value: int) -> Packet:
    return Packet(
        kind=kind,  # type: ignore[arg-type]
        transaction=transaction,
        value=value,
        service=Uuid(body.service),
        cid=body.id,
    )


@cache
def _validator() -> jsonschema.Draft202012Validator:
    return jsonschema.Draft202012Validator(schema("message"))


def assert_valid(document: object) -> None:
    """Hold one object against the schema of messages."""
    _validator().validate(document)
