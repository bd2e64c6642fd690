# SPDX-License-Identifier: GPL-2.0-or-later OR MIT
# Do not edit: made from protocols/qmi/atr.toml
# by python -m qmiprobe._codegen
"""AT commands and their answers over QMI."""

from __future__ import annotations

from qmiprobe._message import Indication, Request, Response, member
from qmiprobe._text import Text, U16

class SendResponse(Response):
    """ATR 0x0000: the answer to :class:`Send`."""

    service = 0xed
    service_name = "atr"
    id = 0x0000
    message = "send"


class Send(Request[SendResponse]):
    """ATR 0x0000: Run one AT command."""

    service = 0xed
    service_name = "atr"
    id = 0x0000
    message = "send"
    response = SendResponse
    message_: str = member(Text(U16, limit=1024), tlv=0x01, personal=True)


class ReceivedIndication(Indication):
    """ATR 0x0001: The modem printed something on the AT channel."""

    service = 0xed
    service_name = "atr"
    id = 0x0001
    message = "received"
    message_: str = member(Text(U16), tlv=0x01, personal=True)
